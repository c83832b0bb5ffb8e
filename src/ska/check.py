"""Files to a plan and its problems: reading, then schema, then rules. Only orchestrates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ska import codeowners, exceptions
from ska.context import Context
from ska.files.tree import Tree
from ska.loading import build, formats, frame
from ska.loading.held import Held, hold
from ska.loading.uncollected import uncollected
from ska.model import Plan
from ska.problems import Location, Problem, Severity, in_order, nearest
from ska.reading import schema, yaml_source
from ska.reading.bindning import bindningar
from ska.reading.schema import bodies_of
from ska.rules import RULES, RULES_ON_EXCEPTIONS
from ska.told import Told, silent

#: Path -> the bytes that a file held, and what came of them. It belongs to the schemas that it was
#: made with.
Memory = dict[str, tuple[bytes, Held | list[Problem]]]


@dataclass(frozen=True)
class Outcome:
    """What a check came to. `plan` is None when a file failed: it would be incomplete."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    files: int

    @property
    def errors(self) -> int:
        """How many problems stop a merge."""
        return sum(problem.severity is Severity.FEL for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are only shown."""
        return len(self.problems) - self.errors


@uncollected()
def check(
    tree: Tree,
    today: date,
    earlier: tuple[Plan, ...] = (),
    kinds: Mapping[str, schema.Kind] | None = None,
    memory: Memory | None = None,
    told: Told = silent,
) -> Outcome:
    """Check a whole plan as of `today`, against `earlier` editions; all problems at once, sorted.

    A file that fails stops itself only: rules about single things run on the rest, rules along
    relations wait until every file is accepted. `kinds` are the schemas, where the caller has
    loaded them already; `memory` holds what they made of files that may be the same still. `told`
    hears how far the reading has come.
    """
    kinds = schema.load(tree.schemas) if kinds is None else kinds
    plan, problems = _read(tree, kinds, {} if memory is None else memory, told)
    whole = not problems
    context = Context(
        today,
        earlier,
        schemas=bodies_of(kinds),
        filer=tuple(sorted(tree.plan)),
        ägarlista=codeowners.read(*tree.codeowners) if tree.codeowners else None,
        regler=frozenset(rule.ID for rule in RULES),
        tidsregler=frozenset(rule.ID for rule in RULES if getattr(rule, "COMES_WITH_TIME", False)),
    )
    found = [
        problem
        for rule in RULES
        if whole or not rule.ALONG_RELATIONS
        for problem in rule.check(plan, context)
    ]
    context = replace(context, found=tuple(found))
    found = exceptions.not_accepted(plan, context)
    if whole:
        for rule in RULES_ON_EXCEPTIONS:
            found += rule.check(plan, context)
    return Outcome(plan if whole else None, in_order([*problems, *found]), len(tree.plan))


@uncollected()
def load(
    tree: Tree, kinds: Mapping[str, schema.Kind] | None = None, memory: Memory | None = None
) -> Outcome:
    """Read a plan without asking the rules: one to compare with, which is decided or only tried.

    `kinds` are the schemas, where the caller has loaded them already; `memory` is as in `check`.
    """
    kinds = schema.load(tree.schemas) if kinds is None else kinds
    plan, problems = _read(tree, kinds, {} if memory is None else memory)
    return Outcome(None if problems else plan, in_order(problems), len(tree.plan))


def _read(
    tree: Tree, kinds: Mapping[str, schema.Kind], memory: Memory, told: Told = silent
) -> tuple[Plan, list[Problem]]:
    problems = list(tree.problems)
    if newer := formats.newer(tree.plan.get(frame.FRAME)):
        return build.plan([]), [*problems, newer]
    accepted: list[Held] = []
    for number, held in enumerate(_each(tree, kinds, memory), 1):
        told("Läser filer", number, len(tree.plan))
        problems += held if isinstance(held, list) else ()
        accepted += () if isinstance(held, list) else (held,)
    problems += _missing(tree, kinds)
    links = bindningar(bodies_of(kinds))
    return build.plan(accepted, links), problems


def _each(
    tree: Tree, kinds: Mapping[str, schema.Kind], memory: Memory
) -> Iterator[Held | list[Problem]]:
    number = formats.of(tree.plan.get(frame.FRAME))
    files = sorted(tree.plan.items())
    if number == formats.current():
        for path in memory.keys() - tree.plan.keys():
            del memory[path]
        for path, raw in files:
            known = memory.get(path)
            if known is None or known[0] != raw:
                known = memory[path] = raw, _one(path, raw, kinds)
            yield known[1]
        return
    documents = {}
    for path, raw in files:
        document = yaml_source.read(path, raw)
        if isinstance(document, Problem):
            yield [document]
        else:
            documents[path] = document
    for path, document in sorted(formats.upgraded(documents, number).items()):
        kind = _kind_of(path, kinds.values())
        yield [kind] if isinstance(kind, Problem) else _judged(document, kind)


def _one(path: str, raw: bytes, kinds: Mapping[str, schema.Kind]) -> Held | list[Problem]:
    kind = _kind_of(path, kinds.values())
    if isinstance(kind, Problem):
        return [kind]
    document = yaml_source.read(path, raw)
    if isinstance(document, Problem):
        return [document]
    held = _judged(document, kind)
    if isinstance(held, Held):  # which has all that the file says; where it says it is asked seldom
        document.forget(raw, (thing.spår.path for thing, _ in held.ting))
    return held


def _judged(document: yaml_source.Document, kind: schema.Kind) -> Held | list[Problem]:
    checked = schema.check(document, kind)
    return checked.problems or hold(checked)


def _kind_of(path: str, kinds: Iterable[schema.Kind]) -> schema.Kind | Problem:
    name = path.removeprefix("plan/")
    patterns: list[str] = []
    for kind in kinds:
        if kind.claims(name):
            return kind
        patterns += kind.patterns
    message = f"filen ”{path}” hör inte till något slag i planen och läses inte"
    return Problem(Location(path), "okand-fil", message, _where_files_go(name, patterns))


def _where_files_go(name: str, patterns: Iterable[str]) -> str:
    """Say what to do about a file that no pattern takes."""
    folder, _, file = name.rpartition("/")
    stem, _, ending = file.removesuffix(".txt").rpartition(".")
    folders = {pattern.rpartition("/")[0] for pattern in patterns} - {""}
    outermost = name.partition("/")[0] if folder else stem
    if ending.lower() in ("yml", "yaml") and not file.endswith(".yml"):
        return f"döp om filen till ”{stem.lower()}.yml”"
    if ending != "yml":
        return "skriv innehållet i en fil som slutar på .yml, eller lägg filen utanför plan/"
    if outermost in folders:
        return f"lägg filen direkt i mappen ”{outermost}”"
    if folder:
        close = nearest(f"{folder}/", (f"{known}/" for known in folders))
    else:
        close = nearest(stem, (p.removesuffix(".yml") for p in patterns if "*" not in p))
    return close or f"filer i planen heter {', '.join(sorted(patterns))}"


def _missing(tree: Tree, kinds: Mapping[str, schema.Kind]) -> Iterable[Problem]:
    names = [path.removeprefix("plan/") for path in tree.plan]
    for kind in kinds.values():
        if kind.body.get("x-måste_finnas") and not any(map(kind.claims, names)):
            path = f"plan/{kind.patterns[0]}"
            message = f"filen ”{path}” saknas, och utan den är planen inte hel"
            yield Problem(Location(path), "saknad-fil", message, "lägg till filen")
