"""A small whole plan to damage, and cases written as Markdown.

A case is a heading and fenced blocks. A block is one of

    ```yaml                        a file to read, on its own
    ```yaml plan/begrepp.yml       a file of the plan: replaces the one in sites/minimal, or is new
    ```diff plan/begrepp.yml       a change of the one in sites/minimal: "-" goes, "+" comes
    ```json                        what the file holds

What is expected stands in the block. A line with a caret tells where, on the line above, and what:

    titel: Rutin #4 för fritids
                ^ tappad-text: texten från ”#4 för fritids”

(rule, then a piece of the message); or a comment that ends the line tells which rule, and that
the place is somewhere on the line: `ägare: chef  # fel: [okand-hanvisning]`; two rules on one
line are `# fel: [a] [b]`. Both are taken away before the file is read. A character that can't be
seen is written `⟨U+00A0⟩`.

The text of a case may say `Site: full` (laid over sites/full), `Datum: 2026-06-01` (the day that
counts as today), `Ta bort: plan/x.yml`. What follows `### Tidigare utgåva` is an earlier edition,
laid over the same site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from ska import codeowners
from ska.check import Outcome, check
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.problems import Problem

TESTS = Path(__file__).resolve().parent
MINIMAL = TESTS / "sites" / "minimal"
TODAY = date(2026, 6, 1)
Files = Mapping[str, str | bytes | None]


@cache
def site(name: str) -> Tree:
    """Return a whole plan of our own making, without faults."""
    return read_tree(TESTS / "sites" / name)


def minimal() -> Tree:
    """Return the smallest whole plan, without faults."""
    return site("minimal")


def laid_over(files: Files, name: str = "minimal") -> Tree:
    """Lay `files` over a whole plan; None takes a file away. CODEOWNERS stands outside it."""
    owners = None
    plan: dict[str, bytes] = dict(site(name).plan)
    for path, content in files.items():
        plan.pop(path, None)
        raw = content.encode() if isinstance(content, str) else content
        if path in codeowners.PLACES and raw is not None:
            owners = (path, raw)
        elif raw is not None:
            plan[path] = raw
    return Tree(plan, site(name).schemas, codeowners=owners)


def outcome_of(case: Case) -> Outcome:
    """Check a case's plan, on its day and against its earlier edition."""
    earlier: tuple[Plan, ...] = ()
    if case.earlier is not None:
        before = check(laid_over(case.earlier, case.site), case.today)
        assert before.plan is not None, before.problems
        earlier = (before.plan,)
    return check(laid_over(case.files, case.site), case.today, earlier)


def outcome(files: Files, today: date = TODAY) -> Outcome:
    """Check the smallest plan with `files` laid over it."""
    return check(laid_over(files), today)


def minimal_text(path: str) -> str:
    return site_text("minimal", path)


def site_text(name: str, path: str) -> str:
    return site(name).plan[path].decode()


#: Words of argparse, jsonschema, libyaml and Python that no Swedish sentence holds.
_ENGLISH = re.compile(
    r"\b(the|is|of|and|or|not|with|while|expected|found|did|does|cannot|could|invalid|unexpected"
    r"|required|property|properties|match|matches|instance|too|long|short|unique|value|values|key"
    r"|mapping|sequence|token|context|indentation|character|arguments|usage|error"
    r"|choice|choose|unrecognized|ambiguous|positional|message|exit|dict|list|str|int|bool)\b"
)


def english(text: str) -> list[str]:
    """Return the English words of a text, apart from what it quotes."""
    return _ENGLISH.findall(re.sub(r"”[^”]*”", "", text))


def words(problem: Problem) -> str:
    """Return all that a reader sees of a problem."""
    related = (other.text for other in problem.related)
    return " / ".join([problem.message, problem.hint or "", *related])


@dataclass(frozen=True)
class Expected:
    """A problem that a case expects; `column` and `piece` only where the case says them."""

    file: str
    line: int
    rule: str
    severity: str = "fel"
    column: int | None = None
    piece: str = ""


@dataclass
class Case:
    """One heading of a case file."""

    name: str
    files: dict[str, str | None] = field(default_factory=dict)
    site: str = "minimal"
    today: date = TODAY
    earlier: dict[str, str | None] | None = None
    expected: list[Expected] = field(default_factory=list)
    json: str | None = None


_FENCE = re.compile(r"^```(\w+)(?: (\S+))?$")
_CARET = re.compile(r" *\^ ([a-z0-9-]+)(?:: (.*))?")
_COMMENT = re.compile(r" *# (fel|varning): (\[[a-z0-9-]+\](?: \[[a-z0-9-]+\])*)$")
_SAYS = re.compile(r"(Site|Datum|Ta bort): (\S+)")
_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")
ALONE = "fil.yml"


def cases(path: Path) -> list[Case]:
    """Read a file of cases."""
    found: list[Case] = []
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    for number, line in lines:
        if line.startswith("## "):
            found.append(Case(line[3:]))
        elif fence := _FENCE.match(line):
            block = list(_until_fence(lines, f"{path.name}:{number}"))
            _add(found[-1], fence[1], fence[2] or ALONE, block)
        elif said := _SAYS.fullmatch(line):
            _say(found[-1], said[1], said[2])
        elif line == "### Tidigare utgåva":
            found[-1].earlier = {}
        elif line.startswith("```"):
            raise ValueError(f"{path.name}:{number}: not a block of a case: {line}")
    names = [case.name for case in found]
    assert len(set(names)) == len(names), f"{path.name}: two cases have one name"
    return found


def _say(case: Case, what: str, value: str) -> None:
    if what == "Site":
        case.site = value
    elif what == "Datum":
        case.today = date.fromisoformat(value)
    else:
        _files(case)[value] = None


def _files(case: Case) -> dict[str, str | None]:
    return case.files if case.earlier is None else case.earlier


def _until_fence(lines: Iterator[tuple[int, str]], where: str) -> Iterator[str]:
    for _, line in lines:
        if line == "```":
            return
        yield line
    raise ValueError(f"{where}: the block has no end")


def _add(case: Case, language: str, path: str, block: list[str]) -> None:
    if language == "json":
        case.json = "\n".join(block)
        return
    content: list[str] = []
    above = ""
    for line in _patched(site_text(case.site, path), block) if language == "diff" else block:
        if caret := _CARET.fullmatch(line):
            before = _shown(above[: line.index("^")])
            column = len(unicodedata.normalize("NFC", before)) + 1
            piece = caret[2] or ""
            case.expected.append(Expected(path, len(content), caret[1], "fel", column, piece))
            continue
        above = line
        while comment := _COMMENT.search(line):
            line = line[: comment.start()]
            for rule in re.findall(r"[a-z0-9-]+", comment[2]):
                case.expected.append(Expected(path, len(content) + 1, rule, comment[1]))
        content.append(_shown(line))
    _files(case)[path] = "\n".join(content) + "\n"


def _patched(text: str, block: list[str]) -> list[str]:
    """Return the changed file's lines, the carets among them."""
    for line in block:
        assert line[:1] in (" ", "+", "-"), f"not a line of a change: {line!r}"
    old = [line[1:] for line in block if line[0] != "+" and not _CARET.fullmatch(line)]
    new = [line[1:] for line in block if line[0] != "-"]
    lines = text.splitlines()
    places = [n for n in range(len(lines)) if lines[n : n + len(old)] == old]
    assert len(places) == 1, f"found {len(places)} times in the file: {old}"
    return [*lines[: places[0]], *new, *lines[places[0] + len(old) :]]


def _shown(line: str) -> str:
    return _HIDDEN.sub(lambda code: chr(int(code[1], 16)), line)


def missed(case: Case, problems: Iterable[Problem]) -> list[str]:
    """Compare what was found with what the case expects; say each difference."""
    left = list(case.expected)
    wrong = []
    for problem in problems:
        fit = next((want for want in left if _fits(want, problem)), None)
        if fit is None:
            at, rule = problem.location, problem.rule
            wrong.append(f"not expected: {at}: {problem.severity}: {problem.message} [{rule}]")
        else:
            left.remove(fit)
    return wrong + [f"not found: {want}" for want in left]


def _fits(want: Expected, problem: Problem) -> bool:
    at = problem.location
    return (
        (want.file, want.line, want.rule) == (at.file, at.line, problem.rule)
        and want.severity == problem.severity
        and want.column in (None, at.column)
        and want.piece in problem.message
    )
