"""One comment on a proposal, kept up to date at a fake of GitHub on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ska import proposal
from ska.changes.report import Rapport
from ska.check import Outcome, check
from ska.cli import main
from ska.comment import MARK, Länkar, text
from ska.forge import Forge, ForgeError, ReadOnlyError, keep_comment
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import forms_of
from tests.forge_server import KEY, REPOSITORY, Fake, served
from tests.helpers import TODAY, Files, english, laid_over, minimal, minimal_text
from tests.repository import commit, git, write

Capture = pytest.CaptureFixture[str]
WHEEL, METHOD = "plan/arshjul.yml", "plan/metoder/klagomal.yml"
NUMBER = 7
LINKS = Länkar("https://exempel.example/fil", "https://exempel.example/run")
FORMS = forms_of(schema.load(minimal().schemas))


@pytest.fixture
def fake() -> Iterator[Fake]:
    with served(Fake()) as made:
        yield made


def forge(fake: Fake, key: str = KEY) -> Forge:
    return Forge(fake.address, REPOSITORY, key)


def keep(fake: Fake, body: str = "Ett.") -> str:
    fake.asked.clear()
    return keep_comment(forge(fake), NUMBER, body, MARK)


# --- Keeping it ------------------------------------------------------------------------------


def test_it_is_written_once_and_then_kept(fake: Fake) -> None:
    assert keep(fake) == "Kommentaren är skriven."
    (made,) = fake.comments
    assert (made["issue"], made["body"]) == (NUMBER, f"Ett.\n\n{MARK}\n")
    assert keep(fake) == "Kommentaren stämmer redan."
    assert fake.changes() == []
    assert keep(fake, "Två.\n") == "Kommentaren är ändrad."
    (made,) = fake.comments
    assert made["body"] == f"Två.\n\n{MARK}\n"


def test_other_comments_are_left_alone(fake: Fake) -> None:
    said = [
        fake.say(NUMBER, "Bra!", "User"),
        fake.say(NUMBER, f"> Ett.\n{MARK}", "User"),  # a quotation
        fake.say(NUMBER, "Ett annat program"),
        fake.say(NUMBER, None),
        fake.say(8, f"Annat förslag\n{MARK}"),
    ]
    before = [dict(comment) for comment in said]
    assert keep(fake) == "Kommentaren är skriven."
    assert fake.comments[:-1] == before
    assert keep(fake, "Två.") == "Kommentaren är ändrad."
    assert fake.comments[:-1] == before


def test_of_two_one_is_left(fake: Fake) -> None:
    first = fake.say(NUMBER, f"Gammal\n{MARK}")
    fake.say(NUMBER, f"Dubblett\n{MARK}")
    keep(fake)
    assert fake.comments == [first]
    assert first["body"].startswith("Ett.")


def test_it_is_found_among_many(fake: Fake) -> None:
    for number in range(150):
        fake.say(NUMBER, f"Kommentar {number}", "User")
    keep(fake)
    assert keep(fake, "Två.") == "Kommentaren är ändrad."
    assert len(fake.comments) == 151


def test_a_refusal_says_why(fake: Fake) -> None:
    fake.read_only = True
    with pytest.raises(ReadOnlyError):
        keep(fake)
    with pytest.raises(ForgeError, match="nyckeln godtas inte"):
        keep_comment(forge(fake, "fel"), NUMBER, "Ett.", MARK)


# --- What it says ----------------------------------------------------------------------------


def told(files: Files, links: Länkar = LINKS) -> str:
    outcome = check(laid_over(files), TODAY)
    return text(outcome, reported(outcome.plan) if outcome.plan else None, links)


def reported(new: Plan) -> Rapport:
    old = check(minimal(), TODAY).plan
    assert old is not None
    return proposal.propose(proposal.Bas("main"), old, new, FORMS).rapport


def later() -> dict[str, str]:
    return {WHEEL: minimal_text(WHEEL).replace("månad: 2026-03", "månad: 2026-05")}


def test_it_says_what_changes_what_the_check_found_and_where_to_look() -> None:
    said = told(later())
    assert said.startswith("## Ändringar i förslaget\n\nFörslaget ändrar en sak")
    assert "rapporteras i maj i stället för mars" in said
    assert "[Hämta webbplatsen med förslaget](https://exempel.example/fil)" in said
    assert "(https://exempel.example/run)" in said
    assert "**Planen är hel: inga fel och inga varningar" in said
    assert english(said.replace("https://exempel.example/run", "").replace("index.html", "")) == []


def test_a_plan_with_errors_has_them_as_a_table_and_no_site() -> None:
    said = told({METHOD: minimal_text(METHOD).replace("- enhetschef", "- chefen")},
                Länkar("", LINKS.körning))  # fmt: skip
    assert "| Var | Vad | Råd | Regel |" in said
    assert "| plan/metoder/klagomal.yml, rad " in said
    assert "Webbplatsen med förslaget byggs när felen är rättade." in said


def test_a_plan_that_cannot_be_read_says_so() -> None:
    said = told({METHOD: "id: x\nid: y\n"}, Länkar())
    assert "Vad förslaget ändrar går inte att visa" in said
    assert "| dubbelt-falt |" in said


def test_what_the_plan_says_is_never_mark_up() -> None:
    title = "x @namnd [a](http://b) *c* `d` #1"
    said = told({METHOD: minimal_text(METHOD).replace("titel: Klagomål", f"titel: '{title}'")})
    assert "@namnd" not in said
    assert "[a](" not in said
    assert "&#64;namnd" in said


def test_it_fits_where_it_is_shown() -> None:
    one = check(laid_over({METHOD: "id: x\nid: y\n"}), TODAY).problems[0]
    problems = tuple(
        type(one)(one.location, one.rule, f"{number} {'ord ' * 500}") for number in range(60)
    )
    said = text(Outcome(None, problems, 1), None, LINKS)
    assert len(said) < 65_000
    assert said.endswith("Resten får inte plats här. Kör ”make check” för att se allt.\n")


# --- The command -----------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: Fake) -> Path:
    """Stand in a repository with a proposal, as a run at GitHub does."""
    root = tmp_path / "förråd"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, dict(minimal().plan))
    git(root, "checkout", "-qb", "förslag")
    commit(root, {name: said.encode() for name, said in later().items()})
    monkeypatch.chdir(root)
    event(tmp_path, REPOSITORY)
    for name, value in {
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_API_URL": fake.address,
        "GITHUB_SERVER_URL": "https://exempel.example",
        "GITHUB_RUN_ID": "42",
        "GITHUB_TOKEN": KEY,
        "SKA_WEBBPLATS": "https://exempel.example/fil",
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def event(folder: Path, home: str | None) -> None:
    repo = {"full_name": home} if home else None
    made = {"pull_request": {"number": NUMBER, "head": {"repo": repo}}}
    (folder / "event.json").write_text(json.dumps(made))


def test_the_command_writes_the_comment(here: Path, fake: Fake, capsys: Capture) -> None:
    assert main(["comment", "main", "--date", "2026-03-01"]) == 0
    assert capsys.readouterr().out == "Kommentaren är skriven.\n"
    (made,) = fake.comments
    assert "rapporteras i maj i stället för mars" in made["body"]
    assert "(https://exempel.example/namnd/ska/actions/runs/42)" in made["body"]
    assert not (here / "summary.md").exists()
    assert main(["comment", "main", "--date", "2026-03-01"]) == 0
    assert capsys.readouterr().out == "Kommentaren stämmer redan.\n"


def test_errors_in_the_plan_are_told_not_an_error_of_the_comment(here: Path, fake: Fake) -> None:
    write(Path(), {METHOD: "id: x\nid: y\n"})
    assert main(["comment", "main"]) == 0
    assert "| dubbelt-falt |" in fake.comments[0]["body"]


@pytest.mark.parametrize("home", ["nagon/ska", None])
def test_from_a_copy_the_run_s_summary_has_it(
    here: Path, fake: Fake, capsys: Capture, home: str | None
) -> None:
    event(here, home)
    (here / "summary.md").write_text("Förut.\n")
    assert main(["comment", "main", "--date", "2026-03-01"]) == 0
    said = (here / "summary.md").read_text(encoding="utf-8")
    assert said.startswith("Förut.\n## Ändringar i förslaget")
    assert "rapporteras i maj" in said
    assert fake.asked == []  # the key isn't even tried
    assert "sammanfattning" in capsys.readouterr().out


def test_a_key_that_may_only_read_leads_to_the_summary_too(
    here: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.read_only = True
    assert main(["comment", "main", "--date", "2026-03-01"]) == 0
    assert "rapporteras i maj" in (here / "summary.md").read_text(encoding="utf-8")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert main(["comment", "main"]) == 2


def test_what_the_command_needs_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert main(["comment", "finns-inte", "--date", "2026-03-01"]) == 0
    assert "finns inte här" in capsys.readouterr().err
    monkeypatch.setenv("GITHUB_TOKEN", "")
    assert main(["comment", "main"]) == 2
    assert "nyckeln till GitHub saknas" in capsys.readouterr().err
    for wrong in ("{}", "[", '{"pull_request": null}'):
        (here / "event.json").write_text(wrong)
        assert main(["comment", "main"]) == 2
        assert "bara för ett ändringsförslag" in capsys.readouterr().err
    monkeypatch.delenv("GITHUB_EVENT_PATH")
    assert main(["comment", "main"]) == 2
