"""Changed provisions: a list is read, bad rows are told of, and what they touch is found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ska import cli
from ska.check import load
from ska.lag.andringar import FLEST, Lagändring, läs
from ska.lag.lagkoll import Lagkoll, lagkoll
from ska.lankar.avtryck import länkar
from ska.model import Plan
from ska.render.lagkoll import FORMATS
from ska.ting import Krav
from tests.helpers import TESTS, english, site

FULL = TESTS / "sites" / "full"
HEAD = "nummer;kapitel;paragraf;datum;vad\n"
Capture = pytest.CaptureFixture[str]


def full() -> Plan:
    plan = load(site("full")).plan
    assert plan is not None
    return plan


def rows(text: str, name: str = "lista.csv") -> tuple[Lagändring, ...]:
    found, bad = läs(name, text.encode())
    assert bad == ()
    return found


# --- Reading -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{HEAD}SFS 2019:9990;4;1;2027-03-01;Ny lydelse\n", "lista.csv"),
        (f"\ufeff{HEAD}2019:9990 ; 4 ;1;2027-03-01; Ny  lydelse \r\n\n", "LISTA.CSV"),
        ('vad,datum,nummer,paragraf,kapitel\n"Ny lydelse",2027-03-01,2019:9990,1,"4"', "l.csv"),
        (
            '[{"nummer": "SFS 2019:9990", "kapitel": "4", "paragraf": "1", "datum": "2027-03-01",'
            ' "vad": "Ny lydelse"}]',
            "lista.json",
        ),
    ],
)
def test_one_row_in_each_form(text: str, name: str) -> None:
    (row,) = rows(text, name)
    said = (row.nummer, row.kapitel, row.paragraf, row.datum, row.vad)
    assert said == ("SFS 2019:9990", "4", "1", date(2027, 3, 1), "Ny lydelse")


def test_a_value_may_hold_the_separator_and_quotation_marks() -> None:
    (row,) = rows(f'{HEAD}2019:9990;;;2027-03-01;"Nytt; med ""ord"" inuti"\n')
    assert row.vad == 'Nytt; med "ord" inuti'
    assert (row.kapitel, row.paragraf) == ("", "")


def test_a_range_takes_either_dash() -> None:
    assert [r.paragraf for r in rows(f"{HEAD}2019:1;4;3-7;2027-03-01;x\n2019:1;4;3–7;2027-03-01;x")
            ] == ["3–7", "3–7"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "place", "says"),
    [
        ("l.csv", "", "1:1", "filen har ingen rubrikrad"),
        ("l.csv", "nummer;datum;vadd\n", "1:14", "kolumnen ”vadd” finns inte"),
        ("l.csv", "nummer;datum;datum;vad\n", "1:8", "kolumnen ”datum” finns två gånger"),
        ("l.csv", "nummer;vad\n", "1:1", "kolumnen ”datum” saknas"),
        ("l.csv", f"{HEAD}2019:1;4;1;2027-13-01;x\n", "2:12", "”2027-13-01” är ingen dag"),
        ("l.csv", f"{HEAD}\n2019:1;4;1;2027-1-1;x\n", "3:12", "”2027-1-1” är ingen dag"),
        ("l.csv", f"{HEAD}skollagen;4;1;2027-01-01;x\n", "2:1",
         "”skollagen” är inget nummer på en författning"),
        ("l.csv", f"{HEAD}2019:1;fyra;1;2027-01-01;x\n", "2:8", "”fyra” är inget kapitelnummer"),
        ("l.csv", f"{HEAD}2019:1;4;1 st;2027-01-01;x\n", "2:10", "”1 st” är inget paragrafnummer"),
        ("l.csv", f"{HEAD}2019:1;4;1;2027-01-01\n", "2:12", "raden har 4 värden, men rubrikraden "
         "har 5"),
        ("l.csv", f"{HEAD}2019:1;4;1;2027-01-01;\n", "2:23", "”vad” saknas"),
        ("l.csv", f'{HEAD}2019:1;4;1;2027-01-01;"x\n', "2:23", "citattecknet runt värdet slutar"),
        ("l.csv", f"{HEAD}2019:1;4;1;2027-01-01;{'x' * 401}\n", "2:23", "texten är längre än 400"),
        ("l.json", "[", "1:2", "filen är inte giltig JSON"),
        ("l.json", "{}", "1:1", "filen är ingen lista"),
        ("l.json", "[\n 1]", "2:2", "raden är inget objekt"),
        ("l.json", '[\n {"numer": "2019:1"}]', "2:12", "fältet ”numer” finns inte"),
        ("l.json", '[{"nummer": 1}]', "1:13", "”nummer” är ingen text"),
        ("l.json", '[{"nummer": "2019:1", "datum": "i maj", "vad": "x"}]', "1:32",
         "”i maj” är ingen dag"),
        ("l.json", "[" * 100_000, "1:1", "filen har för många nivåer"),
        ("l.json", f"[{'1' * 5_000}]", "1:1", "ett tal i filen är för långt"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_of_where_it_is(name: str, text: str, place: str, says: str) -> None:
    found, bad = läs(name, text.encode())
    assert found == ()
    assert (str(bad[0].plats), bad[0].säger[: len(says)]) == (f"{name}:{place}", says)
    assert all(english(str(fault)) == [] for fault in bad)
    assert bad[0].tips


def test_a_file_in_another_code_is_refused() -> None:
    found, (bad,) = läs("l.csv", HEAD.encode() + "2019:1;;;2027-01-01;på".encode("latin-1"))
    assert found == ()
    assert (bad.plats.line, bad.säger) == (2, "filen är inte i UTF-8")


def test_a_list_without_end_is_refused() -> None:
    row = "2019:1;;;2027-01-01;x\n"
    assert len(rows(HEAD + row * FLEST)) == FLEST
    found, (bad,) = läs("l.csv", (HEAD + row * (FLEST + 1)).encode())
    assert found == ()
    assert bad.säger == f"filen har fler än {FLEST} rader"


def test_a_bad_row_stops_itself_only() -> None:
    found, bad = läs("l.csv", f"{HEAD}2019:1;;;nyss;x\n2019:2;;;2027-01-01;x\n".encode())
    assert [one.nummer for one in found] == ["SFS 2019:2"]
    assert len(bad) == 1


# --- What is touched -----------------------------------------------------------------------


def asked(*lines: str) -> Lagkoll:
    return lagkoll(full(), rows(HEAD + "\n".join(lines)))


def laws(line: str) -> set[str]:
    (one,) = asked(line).berörda
    return {law.id for law in one.lagar}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2019:9990;;;2027-03-01;x", {"omsorgslagen", "omsorgslagen-4-1", "omsorgslagen-4-2"}),
        ("2019:9990;4;;2027-03-01;x", {"omsorgslagen", "omsorgslagen-4-1", "omsorgslagen-4-2"}),
        ("2019:9990;4;1;2027-03-01;x", {"omsorgslagen", "omsorgslagen-4-1"}),
        ("2019:9990;4;2 a;2027-03-01;x", {"omsorgslagen", "omsorgslagen-4-2"}),
        ("2019:9990;4;2 b;2027-03-01;x", {"omsorgslagen"}),
        ("2019:9990;4;1-5;2027-03-01;x", {"omsorgslagen", "omsorgslagen-4-1", "omsorgslagen-4-2"}),
        ("2019:9990;5;;2027-03-01;x", {"omsorgslagen"}),
        ("SOSFS 2019:9990;4;1;2027-03-01;x", set()),
        ("2019:999;4;1;2027-03-01;x", set()),
    ],
)
def test_a_change_finds_its_provisions(line: str, expected: set[str]) -> None:
    assert laws(line) == expected


def test_what_rests_on_it_is_found_straight_and_through_a_requirement() -> None:
    plan = full()
    (one,) = lagkoll(plan, rows(f"{HEAD}2019:9990;4;2 a;2027-03-01;x")).berörda
    links = {(länk.upp.nyckel, länk.ned.nyckel) for länk in länkar(plan)}
    law = {("lagrum", "omsorgslagen-4-2"), ("författning", "omsorgslagen")}
    straight = {ned for upp, ned in links if upp in law}
    through = {ned for upp, ned in links if upp[0] == "krav" and upp in straight} - straight
    assert {t.ting.nyckel for t in one.träffar if t.genom is None} == straight
    assert {t.ting.nyckel for t in one.träffar if t.genom} == through
    assert any(isinstance(t.ting, Krav) for t in one.träffar)


def test_each_thing_has_its_first_day() -> None:
    koll = asked("2019:9990;4;1;2027-09-01;x", "2019:9990;4;1;2027-03-01;y")
    assert [one.ändring.datum.month for one in koll.berörda] == [3, 9]
    assert {day for _, day in koll.saker.values()} == {date(2027, 3, 1)}


def test_the_register_may_have_been_compared_since() -> None:
    assert asked("2019:9990;4;1;2020-03-01;x").berörda[0].sedd == date(2026, 9, 15)
    assert asked("2019:9990;4;1;2027-03-01;x").berörda[0].sedd is None


# --- The command ---------------------------------------------------------------------------


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text(
        f"{HEAD}2019:9990;4;2 a;2027-03-01;Nya tider\n1999:1;;;2027-01-01;Något annat\n"
    )
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_the_answer_in_every_form(listed: Path, capsys: Capture, form: str) -> None:
    assert cli.main(["lagkoll", str(listed), "--path", str(FULL), "--format", form]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("\n")
    if form == "json":
        data = json.loads(out)
        assert data["tidigast"] == "2027-03-01"
        assert [one["nummer"] for one in data["ändringar"]] == ["SFS 1999:1", "SFS 2019:9990"]
        assert data["ändringar"][0]["författning"] is None
        touched = {row["id"] for row in data["ändringar"][1]["berör"]}
        assert "ta-emot-klagomal" in touched
        assert {r["id"] for role in data["roller"].values() for r in role} == touched
        return
    assert english(out) == []
    assert "Numret finns inte i lagregistret" in out
    assert "Kvalitetssamordnare: " in out
    assert "tidigast den 1 mars 2027" in out


def test_bad_rows_give_1_and_the_rest_is_answered(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(f"{HEAD}2019:9990;4;1;2027-03-01;x\n2019:9990;4;1;igår;x\n")
    assert cli.main(["lagkoll", str(path), "--path", str(FULL)]) == 1
    out, err = capsys.readouterr()
    assert "En lagändring är prövad." in out
    assert f"{path}:3:15: fel: ”igår” är ingen dag" in err
    assert err.endswith("ska: en rad gick inte att läsa och är inte prövad.\n")


def test_a_list_that_can_t_be_read_is_not_told_as_one_row(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("nummer\tdatum\tvad\n2019:9990\t2027-03-01\tx\n")
    assert cli.main(["lagkoll", str(path), "--path", str(FULL)]) == 1
    err = capsys.readouterr().err
    assert err.endswith("ska: inget i listan gick att läsa, så ingenting är prövat.\n")


def test_a_missing_file_is_wrong_use(capsys: Capture) -> None:
    assert cli.main(["lagkoll", "finns-inte.csv", "--path", str(FULL)]) == 2
    assert capsys.readouterr().err == "ska: filen finns-inte.csv finns inte.\n"


def test_the_list_of_this_project_is_read() -> None:
    raw = (TESTS.parent / "docs" / "hjalp" / "lagandringar.csv").read_bytes()
    found, bad = läs("lagandringar.csv", raw)
    assert bad == ()
    assert len(found) == 4
