"""Problems as a reader wants them: text for a person, annotations for GitHub, JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from ska.check import Outcome
from ska.problems import Location, Problem, Severity

_COLOURS: Final = {Severity.FEL: "\x1b[31m", Severity.VARNING: "\x1b[33m"}
_BOLD: Final = "\x1b[1m"
_PLAIN: Final = "\x1b[0m"
# The name of a file can hold what would break the lines or steer the terminal.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_NO_MARKUP: Final = str.maketrans({c: f"&#{ord(c)};" for c in "&\\`*_{}[]<>|#@~"})
#: GitHub cuts a comment at 65,536 characters; a table of this many rows stays below it.
_ROWS: Final = 60


def text(outcome: Outcome, colour: bool = False) -> str:
    """Word each problem as `file:line:column: severity: message [rule]`, then one summary line."""
    lines = [_problem_text(problem, colour) for problem in outcome.problems]
    return "\n".join([*lines, summary(outcome)]) + "\n"


def summary(outcome: Outcome) -> str:
    """Say in one line how the check went."""
    files = f"{outcome.files} {'fil' if outcome.files == 1 else 'filer'}"
    if not outcome.problems:
        return f"Planen är hel: inga fel och inga varningar i {files}."
    warnings = f"{outcome.warnings} {'varning' if outcome.warnings == 1 else 'varningar'}"
    return f"{outcome.errors} fel och {warnings} i {files}."


def github(outcome: Outcome) -> str:
    """Word each problem as a workflow command that GitHub shows at the line.

    Escapes as docs.github.com/actions (workflow commands) and actions/toolkit's command.ts do.
    """
    level = {Severity.FEL: "error", Severity.VARNING: "warning"}
    lines = []
    for problem in outcome.problems:
        at = problem.location
        where = (
            f"file={_property(at.file)},line={at.line},col={at.column},"
            f"title={_property(problem.rule)}"
        )
        lines.append(f"::{level[problem.severity]} {where}::{_data(_annotation(problem))}")
    return "\n".join([*lines, summary(outcome)]) + "\n"


def as_json(outcome: Outcome) -> str:
    """Give the problems as data. The shape is documented in docs/hjalp/kontroll.md."""
    document = {
        "version": 1,
        "problems": [
            {
                "rule": problem.rule,
                "severity": problem.severity.value,
                "message": problem.message,
                "hint": problem.hint,
                **_place(problem.location),
                "related": [{**_place(r.location), "text": r.text} for r in problem.related],
            }
            for problem in outcome.problems
        ],
        "summary": {
            "errors": outcome.errors,
            "warnings": outcome.warnings,
            "files": outcome.files,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def markdown(outcome: Outcome) -> str:
    """Word the problems as a table for a pull request, at most `_ROWS` rows, errors first."""
    lines = [f"**{summary(outcome)}**", ""]
    if outcome.problems:
        lines += ["| Var | Vad | Råd | Regel |", "|---|---|---|---|"]
    ordered = sorted(outcome.problems, key=lambda p: p.severity is not Severity.FEL)
    for problem in ordered[:_ROWS]:
        what = [f"{problem.severity.value}: {problem.message}"]
        what += [f"{related.text}: {related.location}" for related in problem.related]
        at = problem.location
        where = f"{at.file}, rad {at.line}"
        cells = (where, "\n".join(what), problem.hint or "", problem.rule)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    if len(ordered) > _ROWS:
        lines += ["", f"… och {len(ordered) - _ROWS} till. Kör ”make check” för att se alla."]
    return "\n".join(lines) + "\n"


FORMATS: Final[Mapping[str, Callable[[Outcome], str]]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "markdown": markdown,
}


def _problem_text(problem: Problem, colour: bool) -> str:
    severity = problem.severity.value
    where = _one_line(str(problem.location))
    if colour:
        severity = f"{_COLOURS[problem.severity]}{severity}{_PLAIN}"
        where = f"{_BOLD}{where}{_PLAIN}"
    lines = [f"{where}: {severity}: {_one_line(problem.message)} [{problem.rule}]"]
    lines += [_one_line(f"    {other.location}: {other.text}") for other in problem.related]
    if problem.hint:
        lines.append(_one_line(f"    tips: {problem.hint}"))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return _CONTROL.sub("·", text)


def _annotation(problem: Problem) -> str:
    parts = [problem.message]
    parts += [f"{related.text}: {related.location}" for related in problem.related]
    if problem.hint:
        parts.append(f"tips: {problem.hint}")
    return "\n".join(parts)


def _place(location: Location) -> dict[str, str | int]:
    return {"file": location.file, "line": location.line, "column": location.column}


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _cell(value: str) -> str:
    """Make text safe inside a table: no new columns or rows either."""
    return unmarked(value).replace("\n", "<br>")


def unmarked(text: str) -> str:
    """Make text safe inside Markdown: no mark-up, no links, no mention of users."""
    return text.translate(_NO_MARKUP)
