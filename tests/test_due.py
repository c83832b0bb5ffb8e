"""What someone must look at again: which things, by when, whose; in words and as data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from ska import cli
from ska.check import check
from ska.due import Vad, Översyn, by_role, due
from ska.model import Plan
from ska.render import att_se_over, oversyn
from ska.render.gemensamt import Settings, Site
from ska.render.oversyn import Antal
from tests.helpers import MINIMAL, TESTS, TODAY, laid_over, minimal_text, site_text

ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
LAW = "plan/lagrum.yml"
GOALS = "plan/mal/trygg-omsorg.yml"
EXCEPTIONS = "plan/undantag.yml"
ROUTINE_DAY = date(2026, 12, 31)
LAW_DAY = date(2027, 1, 15)
Capture = pytest.CaptureFixture[str]


def plan_of(files: dict[str, str] | None = None, name: str = "minimal") -> Plan:
    plan = check(laid_over(files or {}, name), TODAY).plan
    assert plan is not None
    return plan


def changed(path: str, *changes: tuple[str, str], name: str = "minimal") -> dict[str, str]:
    text = site_text(name, path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def short(found: tuple[Översyn, ...]) -> list[tuple[str, str, date | None, bool]]:
    return [(one.vad, one.ting.id, one.dag, one.försenad) for one in found]


def exception(rule: str, kind: str, thing: str, until: str) -> dict[str, str]:
    return {
        EXCEPTIONS: f"""\
undantag:
  - id: ett-undantag
    titel: Ett undantag
    regel: {rule}
    sakslag: {kind}
    sak: {thing}
    skäl: Det tar tid att rätta.
    godtaget_av: enhetschef
    gäller_till: {until}
"""
    }


# --- Which, and by when ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "within", "expected"),
    [
        (date(2026, 6, 1), None, [("rutin", ROUTINE_DAY, False), ("lag", LAW_DAY, False)]),
        (date(2026, 6, 1), 60, []),
        (date(2026, 12, 1), 29, []),
        (date(2026, 12, 1), 30, [("rutin", ROUTINE_DAY, False)]),
        (date(2026, 12, 31), 0, [("rutin", ROUTINE_DAY, False)]),
        (date(2027, 1, 1), 0, [("rutin", ROUTINE_DAY, True)]),
        (date(2027, 1, 15), 0, [("rutin", ROUTINE_DAY, True), ("lag", LAW_DAY, False)]),
        (date(2027, 1, 16), 0, [("rutin", ROUTINE_DAY, True), ("lag", LAW_DAY, True)]),
        (date(2027, 1, 16), 10**9, [("rutin", ROUTINE_DAY, True), ("lag", LAW_DAY, True)]),
    ],
)
def test_the_last_day_is_not_late_and_the_window_holds_its_last_day(
    today: date, within: int | None, expected: list[tuple[str, date, bool]]
) -> None:
    found = due(plan_of(), today, within)
    assert [(one.vad, one.dag, one.försenad) for one in found] == expected


@pytest.mark.parametrize("status", ["utkast", "upphörd"])
def test_a_routine_that_is_not_in_use_is_left_alone(status: str) -> None:
    plan = plan_of(changed(ROUTINE, ("status: återgiven", f"status: {status}")))
    assert [one.vad for one in due(plan, date(2027, 6, 1))] == ["lag"]


def test_a_routine_without_a_day_is_not_due() -> None:
    plan = plan_of(changed(ROUTINE, ("ses_över_senast: 2026-12-31", "ses_över_senast: ej_angivet")))
    assert [one.vad for one in due(plan, date(2027, 6, 1))] == ["lag"]


def test_a_law_that_nobody_has_checked_is_due_without_a_day_and_never_late() -> None:
    plan = plan_of(changed(LAW, ("kontrollerad: 2026-01-15", "kontrollerad: ej_angivet")))
    found = due(plan, date(2027, 6, 1), 0)
    assert {(one.vad, one.dag, one.försenad) for one in found} == {
        ("rutin", ROUTINE_DAY, True),
        ("lag", None, False),
    }
    assert found[-1].dag is None


def test_a_leap_day_comes_back_on_the_28th() -> None:
    plan = plan_of(changed(LAW, ("kontrollerad: 2026-01-15", "kontrollerad: 2024-02-29")))
    assert date(2025, 2, 28) in {one.dag for one in due(plan, date(2027, 6, 1))}


def test_an_exception_runs_out_and_until_then_hides_what_it_accepts() -> None:
    (law, *_) = plan_of().författningar
    files = exception("lag-ej-kontrollerad", "författning", law, "2027-03-31")
    plan = plan_of(files)
    accepted = due(plan, date(2027, 3, 31))
    assert [(one.vad, one.roll) for one in accepted if one.vad != "rutin"] == [
        ("undantag", "enhetschef")
    ]
    afterwards = due(plan, date(2027, 4, 1))
    assert {one.vad: one.försenad for one in afterwards} == {
        "rutin": True,
        "lag": True,
        "undantag": True,
    }
    assert [one.vad for one in due(plan, date(2027, 1, 1), 88)] == ["rutin"]
    assert [one.vad for one in due(plan, date(2027, 1, 1), 89)] == ["rutin", "undantag"]


def test_an_indicator_off_target_is_due_without_a_day_and_says_what_it_lacks() -> None:
    assert "analys" not in {one.vad for one in due(plan_of(name="full"), TODAY)}
    reason = "    orsak: Många medarbetare slutade under sommaren.\n"
    measure = "    åtgärd: Enheterna planerar i mindre grupper från januari.\n"
    plan = plan_of(changed(GOALS, (reason, ""), (measure, ""), name="full"), "full")
    (found,) = (one for one in due(plan, date(2040, 1, 1), 0) if one.vad == "analys")
    assert (found.dag, found.försenad, found.roll) == (None, False, None)
    assert found.saknas == ("orsak", "åtgärd")


def test_the_plan_without_faults_has_nothing_late_in_its_year() -> None:
    assert not any(one.försenad for one in due(plan_of(name="full"), date(2027, 3, 1)))


def test_what_is_late_comes_first_then_by_day_and_last_what_has_none() -> None:
    text = minimal_text(LAW)
    other = text[text.index("  - id: exempellagen\n") : text.index("\nlagrum:") + 1]
    second = other.replace("id: exempellagen", "id: annan-lag").replace("Exempellagen", "Annan lag")
    second = second.replace("SFS 2020:1", "SFS 2020:2").replace("2026-01-15", "ej_angivet")
    cited = changed(ROUTINE, ("lagrum:\n", "lagrum:\n  - annan-lag\n"))
    plan = plan_of({LAW: text.replace("\nlagrum:\n", f"\n{second}lagrum:\n", 1), **cited})
    assert short(due(plan, date(2027, 1, 10))) == [
        ("rutin", "ta-emot-klagomal", ROUTINE_DAY, True),
        ("lag", "exempellagen", LAW_DAY, False),
        ("lag", "annan-lag", None, False),
    ]


def test_each_role_has_its_own_in_the_plan_s_order() -> None:
    plan = plan_of(name="full")
    groups = by_role(plan, due(plan, date(2027, 3, 1)))
    roles = [role.id if role else None for role, _ in groups]
    order = [*plan.roller, None]
    assert roles == [id for id in order if id in roles]
    assert roles[-1] is None
    assert sum(len(group) for _, group in groups) == len(due(plan, date(2027, 3, 1)))
    for role, group in groups:
        assert {one.roll for one in group} == {role.id if role else None}
    owners = {one.ting.id: one.roll for one in due(plan, date(2027, 3, 1)) if one.vad == "rutin"}
    assert owners == {
        rutin.id: rutin.ägare for rutin in plan.rutiner.values() if rutin.id in owners
    }


# --- In words and as data --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Antal(0, 0, 0), "inget"),
        (Antal(1, 0, 0), "1 försenad"),
        (Antal(2, 1, 0), "2 försenade och 1 inom 60 dagar"),
        (Antal(2, 1, 3), "2 försenade, 1 inom 60 dagar och 3 utan dag"),
    ],
)
def test_counts_are_worded(counts: Antal, said: str) -> None:
    assert counts.ord(60) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 1), "Den 1 juni 2026 är ingenting försenat, och inget har en dag inom 60"),
        (date(2027, 1, 1), "Den 1 januari 2027 gäller det 1 försenad"),
    ],
)
def test_the_page_says_whether_there_is_anything(day: date, said: str) -> None:
    body = att_se_over.page(Site(plan_of(), Settings(day))).body
    assert said in body
    assert ("Allt som enhetschef ansvarar för" in body) == ("försenad" in said.split())


def test_tasks_are_worded() -> None:
    reason = "    orsak: Många medarbetare slutade under sommaren.\n"
    full = plan_of(changed(GOALS, (reason, ""), name="full"), "full")
    said = {one.vad: str(oversyn.uppgift(full, one)) for one in due(full, TODAY)}
    assert said == {
        "rutin": "Se över rutinen ”Göra brukarundersökningen”",
        "lag": "Kontrollera lydelsen av ”Omsorgslagen (2019:9990)” (senast kontrollerad 15"
        " september 2026)",
        "redogörelse": "Se över tillgänglighetsredogörelsen ”Tillgänglighet på webbplatsen”",
        "undantag": "Ta ställning till undantaget ”Biståndsenheten finns i två delplaner” (gäller"
        " Biståndsenheten)",
        "analys": "Skriv orsak för indikatorn ”Antal medarbetare som en brukare möter under två"
        " veckor” (målet är inte nått)",
    }


def test_data_says_what_the_list_says() -> None:
    plan = plan_of()
    found = due(plan, date(2027, 1, 10))
    data = json.loads(oversyn.as_json(plan, found, date(2027, 1, 10)))
    assert {key: data[key] for key in ("version", "datum")} == {
        "version": 1,
        "datum": "2027-01-10",
    }
    assert data["att_se_över"][0] == {
        "vad": "rutin",
        "uppgift": "Se över rutinen ”Ta emot klagomål”",
        "slag": "rutin",
        "id": "ta-emot-klagomal",
        "roll": "enhetschef",
        "dag": "2026-12-31",
        "försenad": True,
        "adress": "/rutiner/ta-emot-klagomal/",
    }
    assert [one["roll"] for one in data["att_se_över"]] == ["enhetschef", None]


# --- The command -----------------------------------------------------------------------------


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_ska_due_prints_a_line_for_each_role_and_leaves_with_1(capsys: Capture) -> None:
    assert run("due", MINIMAL, "--date", "2027-01-10", "--within", "60") == 1
    out, err = capsys.readouterr()
    assert out == (
        "Enhetschef: 1 försenad\n"
        "    2026-12-31 försenad: se över rutinen ”Ta emot klagomål”"
        " [plan/rutiner/ta-emot-klagomal.yml:2]\n"
        "Utan angiven roll: 1 inom 60 dagar\n"
        "    2027-01-15: kontrollera lydelsen av ”Exempellagen” (senast kontrollerad 15 januari"
        " 2026) [plan/lagrum.yml:3]\n"
        "Att se över den 10 januari 2027: 1 försenad och 1 inom 60 dagar.\n"
    )
    assert err == ""


@pytest.mark.parametrize(
    ("day", "within", "code", "last"),
    [
        ("2026-12-31", 60, 0, "Att se över den 31 december 2026: 2 inom 60 dagar."),
        ("2027-01-01", 0, 1, "Att se över den 1 januari 2027: 1 försenad."),
        ("2026-06-01", 60, 0, "Att se över den 1 juni 2026: inget."),
        ("2026-06-01", 99999, 0, "Att se över den 1 juni 2026: 2 inom 99999 dagar."),
    ],
)
def test_only_what_is_late_makes_it_fail(
    day: str, within: int, code: int, last: str, capsys: Capture
) -> None:
    assert run("due", MINIMAL, "--date", day, "--within", within) == code
    assert capsys.readouterr().out.splitlines()[-1] == last


def test_ska_due_as_data(capsys: Capture) -> None:
    assert run("due", MINIMAL, "--date", "2027-01-10", "--format", "json", "--within", 0) == 1
    assert len(json.loads(capsys.readouterr().out)["att_se_över"]) == 1


def test_a_plan_that_can_t_be_read_is_told_as_a_check_does(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "plan.yml").write_text("id: [", encoding="utf-8")
    assert run("due", tmp_path) == 1
    assert "plan/plan.yml:1" in capsys.readouterr().out
    assert run("due", tmp_path / "tom") == 2
    assert "har ingen mapp plan/" in capsys.readouterr().err


#: How the help pages name each thing that is due, and whether it has a day, and so an event.
NAMED = {
    "rutin": ("rutin", True),
    "lag": ("lag", True),
    "redogörelse": ("tillgänglighetsredogörelsen", True),
    "undantag": ("undantag", True),
    "analys": ("saknar analys", False),
    "granskning": ("vilar på något som har ändrats", False),
}


def test_the_help_pages_name_all_that_can_be_due() -> None:
    assert NAMED.keys() == set(get_args(Vad))
    help_ = TESTS.parent / "docs" / "hjalp"
    check_ = " ".join((help_ / "kontroll.md").read_text(encoding="utf-8").split())
    listed = check_.partition("## Det som ska ses över")[2].partition("## ")[0]
    calendars = " ".join((help_ / "kalender.md").read_text(encoding="utf-8").split())
    (event,) = [row for row in calendars.split("| ") if row.startswith("Se över")]
    without_day = calendars.partition("inte har någon dag")[2].partition(".")[0]
    for words, dated in NAMED.values():
        assert words in listed
        assert (words in event) == dated
        assert (words in without_day) != dated
    reason = "    orsak: Många medarbetare slutade under sommaren.\n"
    found = due(plan_of(changed(GOALS, (reason, ""), name="full"), "full"), TODAY)
    said = {one.vad: NAMED[one.vad][1] for one in found}
    assert said == {one.vad: one.dag is not None for one in found}
    assert {True, False} == set(said.values())
