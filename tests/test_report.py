"""Problems in words: for a person, for GitHub and for programs."""

from __future__ import annotations

import json
import re

import pytest

from ska import report
from ska.check import Outcome
from ska.problems import Location, Problem, Related, Severity, in_order, nearest

WARNING = Problem(
    Location("plan/a.yml", 3, 7),
    "oanvand",
    "rollen ”x” används inte",
    "ta bort den",
    Severity.VARNING,
)
ERROR = Problem(
    Location("plan/b.yml", 12, 1),
    "dubbelt-id",
    "id ”x” finns redan",
    None,
    related=(Related(Location("plan/a.yml", 2, 5), "den första"),),
)
BOTH = Outcome(None, (WARNING, ERROR), 10)
CLEAN = Outcome(None, (), 10)


def test_text_for_a_person() -> None:
    assert report.text(BOTH) == (
        "plan/a.yml:3:7: varning: rollen ”x” används inte [oanvand]\n"
        "    tips: ta bort den\n"
        "plan/b.yml:12:1: fel: id ”x” finns redan [dubbelt-id]\n"
        "    plan/a.yml:2:5: den första\n"
        "1 fel och 1 varning i 10 filer.\n"
    )


def test_colour_adds_nothing_but_colour() -> None:
    coloured = report.text(BOTH, colour=True)
    assert "\x1b[31mfel\x1b[0m" in coloured
    assert "\x1b[33mvarning\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == report.text(BOTH)


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "words"),
    [
        (0, 0, 10, "Planen är hel: inga fel och inga varningar i 10 filer."),
        (0, 0, 1, "Planen är hel: inga fel och inga varningar i 1 fil."),
        (1, 0, 1, "1 fel och 0 varningar i 1 fil."),
        (2, 1, 2, "2 fel och 1 varning i 2 filer."),
        (0, 2, 2, "0 fel och 2 varningar i 2 filer."),
    ],
)
def test_the_last_line_sums_up(errors: int, warnings: int, files: int, words: str) -> None:
    found = Outcome(None, (ERROR,) * errors + (WARNING,) * warnings, files)
    assert report.summary(found) == words
    assert report.text(found).splitlines()[-1] == words
    assert report.github(found).splitlines()[-1] == words


def test_a_file_name_cannot_break_the_lines_or_steer_the_terminal() -> None:
    at = Location("plan/a\nfel: \x1b[2J\x9b.yml")
    problem = Problem(
        at, "okand-fil", f"filen ”{at.file}”", f"byt namn på {at.file}", related=(Related(at, "x"),)
    )
    lines = report.text(Outcome(None, (problem,), 1)).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("plan/a·fel: ·[2J·.yml:1:1: fel: ")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "\n".join(lines))


def test_annotations_for_github() -> None:
    assert report.github(BOTH) == (
        "::warning file=plan/a.yml,line=3,col=7,title=oanvand::"
        "rollen ”x” används inte%0Atips: ta bort den\n"
        "::error file=plan/b.yml,line=12,col=1,title=dubbelt-id::"
        "id ”x” finns redan%0Aden första: plan/a.yml:2:5\n"
        "1 fel och 1 varning i 10 filer.\n"
    )


def test_annotations_are_escaped() -> None:
    problem = Problem(Location("a,b:c%d\r\n.yml"), "r", "50 % ska: bort, \r\n::error::x", "a,b:c%")
    line, _ = report.github(Outcome(None, (problem,), 1)).split("\n", 1)
    assert line == (
        "::error file=a%2Cb%3Ac%25d%0D%0A.yml,line=1,col=1,title=r::"
        "50 %25 ska: bort, %0D%0A::error::x%0Atips: a,b:c%25"
    )


def test_data_for_programs() -> None:
    text = report.as_json(BOTH)
    assert text.endswith("}\n")
    assert "rollen ”x” används inte" in text  # å, ä, ö as they are
    assert json.loads(text) == {
        "version": 1,
        "problems": [
            {
                "rule": "oanvand",
                "severity": "varning",
                "message": "rollen ”x” används inte",
                "hint": "ta bort den",
                "file": "plan/a.yml",
                "line": 3,
                "column": 7,
                "related": [],
            },
            {
                "rule": "dubbelt-id",
                "severity": "fel",
                "message": "id ”x” finns redan",
                "hint": None,
                "file": "plan/b.yml",
                "line": 12,
                "column": 1,
                "related": [
                    {"file": "plan/a.yml", "line": 2, "column": 5, "text": "den första"}
                ],
            },
        ],
        "summary": {"errors": 1, "warnings": 1, "files": 10},
    }  # fmt: skip


def test_data_of_nothing() -> None:
    assert json.loads(report.as_json(CLEAN))["problems"] == []


def test_every_format_words_every_outcome() -> None:
    assert set(report.FORMATS) == {"text", "github", "json", "markdown"}
    for words in report.FORMATS.values():
        assert words(CLEAN).endswith("\n")
        assert words(BOTH) == words(BOTH)


def test_problems_in_order() -> None:
    def at(file: str, line: int, column: int, rule: str = "a", message: str = "a") -> Problem:
        return Problem(Location(file, line, column), rule, message)

    ordered = [
        at("a", 1, 1), at("a", 1, 2, "a", "b"), at("a", 1, 2, "b", "a"), at("a", 2, 1),
        at("a", 10, 1), at("b", 1, 1),
    ]  # fmt: skip
    assert in_order(reversed(ordered)) == tuple(ordered)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("enhetchef", "menade du ”enhetschef”?"),
        ("enhetschefen", "menade du ”enhetschef”?"),
        ("registrator", None),
        ("", None),
    ],
)
def test_the_nearest_name(name: str, hint: str | None) -> None:
    assert nearest(name, ["rektor", "enhetschef", "ordforande"]) == hint


def test_a_place_as_text() -> None:
    assert str(Location("plan/a.yml", 3, 7)) == "plan/a.yml:3:7"
    assert str(Location("plan/a.yml")) == "plan/a.yml:1:1"
