"""One issue for each role, kept up to date at a fake of GitHub on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ska import cli
from ska.check import check
from ska.due import due
from ska.forge import LABEL, Forge, ForgeError, Wanted, marked, sync
from ska.render import oversyn
from tests.forge_server import KEY, REPOSITORY, Fake, served
from tests.helpers import MINIMAL, TODAY, english, laid_over, site_text

Capture = pytest.CaptureFixture[str]
WANTED = [Wanted("chef", "Att se över: chef", "Ett."), Wanted("-", "Att se över: ingen", "Två.")]
NOTHING = "Inget."


@pytest.fixture
def fake() -> Iterator[Fake]:
    with served(Fake()) as made:
        yield made


def keep(fake: Fake, wanted: list[Wanted] = WANTED) -> list[str]:
    fake.asked.clear()
    return list(sync(Forge(fake.address, REPOSITORY, KEY), wanted, NOTHING))


def standing(fake: Fake) -> list[tuple[int, str, str]]:
    return [(issue["number"], issue["title"], issue["state"]) for issue in fake.issues]


# --- Keeping them ----------------------------------------------------------------------------


def test_each_role_gets_an_issue_and_the_next_week_nothing_is_touched(fake: Fake) -> None:
    assert keep(fake) == [
        "Nytt ärende 1: Att se över: chef",
        "Nytt ärende 2: Att se över: ingen",
    ]
    assert standing(fake) == [(1, "Att se över: chef", "open"), (2, "Att se över: ingen", "open")]
    assert fake.issues[0]["labels"] == [{"name": LABEL}]
    assert fake.issues[0]["body"].startswith("Ett.\n")
    assert keep(fake) == []
    assert fake.changes() == []


def test_what_has_changed_is_written_into_the_same_issue(fake: Fake) -> None:
    keep(fake)
    later = [WANTED[0]._replace(body="Något annat."), WANTED[1]]
    assert keep(fake, later) == ["Ändrat ärende 1: Att se över: chef"]
    assert len(fake.issues) == 2
    assert fake.issues[0]["body"] == marked("chef", "Något annat.")
    assert len(fake.changes()) == 1


def test_when_all_is_done_it_is_closed_and_opened_again_when_there_is_more(fake: Fake) -> None:
    keep(fake)
    assert keep(fake, WANTED[1:]) == ["Stängt ärende 1: Att se över: chef"]
    assert fake.issues[0]["state"] == "closed"
    assert fake.issues[0]["body"] == marked("chef", NOTHING)
    assert keep(fake, WANTED[1:]) == []
    assert keep(fake) == ["Ändrat ärende 1: Att se över: chef"]
    assert standing(fake)[0] == (1, "Att se över: chef", "open")
    assert len(fake.issues) == 2


def test_one_that_somebody_closed_too_early_is_opened_again(fake: Fake) -> None:
    keep(fake)
    fake.issues[1]["state"] = "closed"
    assert keep(fake) == ["Ändrat ärende 2: Att se över: ingen"]
    assert fake.issues[1]["state"] == "open"


def test_line_breaks_of_a_browser_s_editing_are_no_change(fake: Fake) -> None:
    keep(fake)
    fake.issues[0]["body"] = fake.issues[0]["body"].replace("\n", "\r\n") + "\r\n"
    assert keep(fake) == []


def test_of_two_for_a_role_the_open_one_counts_and_the_other_is_closed(fake: Fake) -> None:
    fake.add("Att se över: chef", marked("chef", "Ett."), "closed")
    fake.add("Att se över: chef", marked("chef", "Ett."))
    fake.add("Att se över: chef", marked("chef", "Ett."))
    assert keep(fake, WANTED[:1]) == ["Stängt ärende 3: Att se över: chef"]
    assert [issue["state"] for issue in fake.issues] == ["closed", "open", "closed"]


def test_others_issues_are_left_alone(fake: Fake) -> None:
    fake.add("Något annat", "Ingen märkning här.")
    fake.add("Utan text", None)
    fake.add("Fel etikett", marked("chef", "Ett."), labels=[{"name": "fel"}])
    fake.add("En ändring", marked("chef", "Ett."), pull_request={"url": "x"})
    before = [dict(issue) for issue in fake.issues]
    assert keep(fake, WANTED[:1]) == ["Nytt ärende 5: Att se över: chef"]
    assert fake.issues[:4] == before
    assert keep(fake, []) == ["Stängt ärende 5: Att se över: chef"]
    assert fake.issues[:4] == before


def test_an_issue_is_found_however_many_there_are(fake: Fake) -> None:
    for number in range(230):
        fake.add(f"Annat {number}", "Text.")
    fake.add("Att se över: chef", marked("chef", "Ett."))
    assert keep(fake, WANTED[:1]) == []
    assert len(fake.asked) == 3


# --- Refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "nyckeln godtas inte"),
        (403, "nyckeln får inte läsa och ändra ärenden"),
        (404, "förrådet finns inte, eller så får nyckeln inte se det"),
        (410, "förrådet har inga ärenden"),
        (429, "för många frågor på kort tid; försök igen senare"),
        (500, "svaret hade koden 500"),
        (302, "svaret hade koden 302"),
    ],
)
def test_a_refusal_is_told_in_swedish_without_the_key(fake: Fake, status: int, said: str) -> None:
    fake.refuse = status
    with pytest.raises(ForgeError) as told:
        keep(fake)
    assert str(told.value) == f"127.0.0.1 gjorde inte som vi bad: {said}"
    assert KEY not in str(told.value)
    assert len(fake.asked) == 1


def test_a_wrong_key_is_refused(fake: Fake) -> None:
    with pytest.raises(ForgeError, match="nyckeln godtas inte"):
        list(sync(Forge(fake.address, REPOSITORY, "fel"), WANTED, NOTHING))


def test_an_answer_that_is_no_data_and_a_server_that_is_not_there(fake: Fake) -> None:
    fake.raw = b"<html>"
    with pytest.raises(ForgeError, match="inte är JSON"):
        keep(fake)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody answers
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ForgeError, match="svarar inte"):
            list(sync(Forge(address, REPOSITORY, KEY), WANTED, NOTHING))


@pytest.mark.parametrize(
    ("api", "repository", "key"),
    [
        ("http://api.example.org", REPOSITORY, KEY),
        ("file:///etc", REPOSITORY, KEY),
        ("api.example.org", REPOSITORY, KEY),
        ("https://", REPOSITORY, KEY),
        ("https://api.example.org", "ska", KEY),
        ("https://api.example.org", "namnd/ska/../annan", KEY),
        ("https://api.example.org", "", KEY),
        ("https://api.example.org", REPOSITORY, ""),
        ("https://api.example.org", REPOSITORY, "ny\nckel"),
    ],
)
def test_what_would_send_the_key_astray_is_refused(api: str, repository: str, key: str) -> None:
    with pytest.raises(ForgeError) as told:
        Forge(api, repository, key)
    assert not english(str(told.value))


# --- The words -------------------------------------------------------------------------------


def test_an_issue_says_what_by_when_and_where() -> None:
    plan = check(laid_over({}), TODAY).plan
    assert plan is not None
    at = "https://git.example.org/namnd/ska/blob/main"
    found = due(plan, date(2027, 1, 10), 60)
    mine, nobodys = oversyn.issues(plan, found, 60, at)
    assert (mine.owner, mine.title) == ("enhetschef", "Att se över: enhetschef")
    assert mine.body.splitlines()[:3] == [
        "1 försenad.",
        "",
        "- **31 december 2026, försenad:** Se över rutinen ”Ta emot klagomål”. "
        f"[plan/rutiner/ta-emot-klagomal.yml]({at}/plan/rutiner/ta-emot-klagomal.yml)",
    ]
    assert (nobodys.owner, nobodys.title) == ("-", "Att se över: utan angiven roll")
    assert "15 januari 2027:** Kontrollera" in nobodys.body


def test_an_issue_is_the_same_until_something_changes() -> None:
    plan = check(laid_over({}), TODAY).plan
    assert plan is not None
    weeks = [oversyn.issues(plan, due(plan, date(2027, 2, day), 60), 60, "") for day in (1, 8)]
    assert weeks[0] == weeks[1]


def test_text_from_the_plan_stays_text() -> None:
    path = "plan/rutiner/ta-emot-klagomal.yml"
    title = "titel: '@alla [x](https://example.org) #1 **y**'"
    text = site_text("minimal", path).replace("titel: Ta emot klagomål", title)
    plan = check(laid_over({path: text}), TODAY).plan
    assert plan is not None
    mine, _ = oversyn.issues(plan, due(plan, date(2027, 1, 10), 60), 60, "")
    line = mine.body.splitlines()[2].removeprefix("- **31 december 2026, försenad:** ")
    assert not set("@[]*#") & set(line.partition(". `")[0].replace("&#", ""))


def test_a_long_list_is_cut_before_github_cuts_it() -> None:
    plan = check(laid_over({}), TODAY).plan
    assert plan is not None
    (one, *_) = due(plan, date(2027, 1, 10))
    (made,) = oversyn.issues(plan, [one] * 250, 60, "https://git.example.org/namnd/ska/blob/main")
    assert "… och 150 till." in made.body
    assert len(made.body) < 60_000


# --- The command -----------------------------------------------------------------------------


def run(fake: Fake, monkeypatch: pytest.MonkeyPatch, *arguments: Any, **env: str) -> int:
    known = {"GITHUB_API_URL": fake.address, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": KEY}
    for name, value in {**known, **env}.items():
        monkeypatch.setenv(name, value)
    return cli.main(["issues", str(MINIMAL), *arguments])


def test_ska_issues_keeps_the_issues(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert run(fake, monkeypatch, "--date", "2027-01-10") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Nytt ärende 1: Att se över: enhetschef",
        "Nytt ärende 2: Att se över: utan angiven roll",
        "Roller som har något att se över: 2.",
    ]
    assert run(fake, monkeypatch, "--date", "2026-06-01") == 0
    assert [issue["state"] for issue in fake.issues] == ["closed", "closed"]
    assert "Inget att se över" in fake.issues[0]["body"]


def test_ska_issues_says_why_it_could_not(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert run(fake, monkeypatch, GITHUB_TOKEN="") == 2
    assert capsys.readouterr().err == (
        "ska: ärendena kunde inte hållas aktuella: nyckeln till GitHub saknas eller går inte att"
        " använda.\n"
    )
    fake.refuse = 403
    assert run(fake, monkeypatch) == 2
    assert "får inte läsa och ändra ärenden" in capsys.readouterr().err
