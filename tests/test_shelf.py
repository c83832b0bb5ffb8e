"""What lies on disk between two checks: the answer is the same, and only what changed is read."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ska import check as checking
from ska import cli, once, proposal
from ska.check import Memory, Outcome, check, load
from ska.files.tree import Tree, read_tree
from ska.lag import citat
from ska.memory import cache, shelf
from ska.memory.packing import packed, unpacked
from ska.problems import Problem
from ska.reading import schema, yaml_source
from ska.reading.yaml_source import Document, unread
from ska.site.kept import Kept
from tests.helpers import TESTS, site

DAY = date(2027, 3, 1)
FULL = TESTS / "sites" / "full"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    return tmp_path / "minne" / "ska"


@pytest.fixture
def tree() -> Tree:
    return site("full")


def run(tree: Tree, root: Path = FULL) -> Outcome:
    """Check as the command does, with nothing of the last run but what lies on disk."""
    memory: Memory = {}
    box = shelf.Shelf.of(root, tree)
    assert box is not None
    box.fetch(tree, memory)
    outcome = check(tree, DAY, kinds=schema.load(tree.schemas), memory=memory)
    box.put(memory)
    return outcome


def places(outcome: Outcome) -> object:
    """Return all that is read anew where a file was kept: where everything stands."""
    plan = outcome.plan
    if plan is None:
        return None
    return (
        [thing.where() for thing in plan.ting()],
        [mention.plats for mention in plan.hänvisningar],
        [text.plats(text.text[-9:]) for text in plan.texter],
        [granskning.where("sak") for granskning in plan.granskningar],
    )


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count the files that are read and judged, by path."""
    read: list[str] = []
    one: Callable[..., Any] = checking._one

    def counting(path: str, raw: bytes, kinds: Any) -> Any:
        read.append(path)
        return one(path, raw, kinds)

    with mock.patch.object(checking, "_one", counting):
        yield read


def edited(tree: Tree, path: str = "plan/metoder/anhorigrad.yml") -> Tree:
    assert b"syfte: " in tree.plan[path]
    changed = tree.plan[path].replace(b"syfte: ", "syfte: Så här. ".encode(), 1)
    return replace(tree, plan={**tree.plan, path: changed})


# Never wrong


def line_gone(lines: list[bytes], random: Random) -> None:
    del lines[random.randrange(len(lines))]


def line_twice(lines: list[bytes], random: Random) -> None:
    at = random.randrange(len(lines))
    lines.insert(at, lines[at])


def lines_swapped(lines: list[bytes], random: Random) -> None:
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def letter_changed(lines: list[bytes], random: Random) -> None:
    at = random.randrange(len(lines))
    column = random.randrange(len(lines[at]) + 1)
    sign = random.choice([b"x", b"7", b" ", b"-", b"'"])
    lines[at] = lines[at][:column] + sign + lines[at][column:]


def comment_added(lines: list[bytes], random: Random) -> None:
    lines.insert(random.randrange(len(lines)), b"# ...")


EDITS = (line_gone, line_twice, lines_swapped, letter_changed, comment_added)


def after(plan: dict[str, bytes], random: Random) -> dict[str, bytes]:
    """Return the files as they are when somebody has worked with them."""
    plan = dict(plan)
    path = random.choice(sorted(plan))
    match random.randrange(8):
        case 0:
            del plan[path]
        case 1:
            plan[path.removesuffix(".yml") + "-2.yml"] = plan[path]  # each id in it twice
        case 2:
            plan |= {p: raw for p, raw in site("full").plan.items() if p not in plan}
        case _:
            lines = plan[path].split(b"\n")
            random.choice(EDITS)(lines, random)
            plan[path] = b"\n".join(lines)
    return plan


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_whatever_is_edited_the_answer_is_that_of_a_check_without(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    random = Random(seed)
    tree = site("full")
    with mock.patch.dict(os.environ, {cache.SETTING: str(tmp_path_factory.mktemp("minne"))}):
        run(tree)
        for _ in range(3):
            tree = replace(tree, plan=after(tree.plan, random))
            found = run(tree)
            fresh = check(tree, DAY)
            assert found == fresh
            assert places(found) == places(fresh)


@pytest.mark.usefixtures("home")
def test_the_same_plan_again_is_the_same(tree: Tree) -> None:
    first, again = run(tree), run(tree)
    assert first == again == check(tree, DAY)
    assert first.plan is not None
    assert places(first) == places(again)


@pytest.mark.usefixtures("home")
def test_another_day_has_another_answer(tree: Tree) -> None:
    run(tree)
    memory: Memory = {}
    box = shelf.Shelf.of(FULL, tree)
    assert box is not None
    box.fetch(tree, memory)
    later = date(2040, 1, 1)
    found = check(tree, later, memory=memory)
    assert found == check(tree, later)
    assert found.problems != run(tree).problems


@pytest.mark.usefixtures("home")
def test_a_fault_is_told_of_each_time(tree: Tree) -> None:
    broken = replace(tree, plan={**tree.plan, "plan/begrepp.yml": b"a: [", "plan/x.txt": b""})
    first = run(broken)
    with counted() as read:
        assert run(broken) == first == check(broken, DAY)
    assert {problem.rule for problem in first.problems} >= {"inte-yaml", "okand-fil"}
    assert len(read) == len(broken.plan)  # all by the check that keeps nothing


# Only what has changed


@pytest.mark.usefixtures("home")
def test_after_one_edit_one_file_is_read(tree: Tree) -> None:
    with counted() as read:
        run(tree)
    assert sorted(read) == sorted(tree.plan)
    with counted() as read:
        run(tree)
    assert read == []
    with counted() as read:
        run(edited(tree))
    assert read == ["plan/metoder/anhorigrad.yml"]
    with counted() as read:
        run(edited(tree))
    assert read == []


@pytest.mark.usefixtures("home")
def test_after_one_edit_one_box_is_written(tree: Tree) -> None:
    run(tree)
    with mock.patch.object(cache, "save", wraps=cache.save) as save:
        run(tree)
        assert save.call_count == 0
        run(edited(tree))
        assert save.call_count == 1


@contextmanager
def looked_through() -> Iterator[list[str]]:
    """Note each text in which one of the rules looks for something."""
    asked: list[str] = []
    texts_with = once.texts_with

    def counting(plan: Any, sign: Any, among: Any = None) -> Any:
        def sought(text: str) -> object:
            asked.append(text)
            return sign(text)

        sought.__module__, sought.__qualname__ = sign.__module__, sign.__qualname__
        return texts_with(plan, sought, among)

    with mock.patch("ska.rules.personnummer.texts_with", counting):
        yield asked


@pytest.mark.usefixtures("home")
def test_after_one_edit_only_its_own_texts_are_looked_through(tree: Tree) -> None:
    with looked_through() as asked:
        plan = run(tree).plan
        assert plan is not None
        assert len(asked) == len(plan.texter)
        asked.clear()
        changed = run(edited(tree)).plan
    assert changed is not None
    own = {t.text for t in changed.texter if t.ting.where().file.endswith("anhorigrad.yml")}
    assert set(asked) == own


@pytest.mark.usefixtures("home")
def test_texts_that_no_rule_has_seen_are_looked_through_once(tree: Tree) -> None:
    memory: Memory = {}
    box = shelf.Shelf.of(FULL, tree)
    assert box is not None
    box.fetch(tree, memory)
    load(tree, memory=memory)
    box.put(memory)
    with looked_through() as asked, counted() as read:
        run(tree)
        assert asked
        asked.clear()
        run(tree)
        assert asked == read == []


@pytest.mark.usefixtures("home")
def test_where_things_stand_is_read_when_it_is_asked_for(tree: Tree) -> None:
    run(tree)
    with mock.patch.object(yaml_source, "read", wraps=yaml_source.read) as read:
        plan = run(tree).plan
        before = read.call_count
        assert plan is not None
        thing = next(iter(plan.metoder.values()))
        thing.where("syfte")
        thing.where("titel")
    assert read.call_count == before + 1
    assert before < len(tree.plan) / 4  # by rules with something to tell


@pytest.mark.usefixtures("home")
def test_where_something_stands_is_read_once(tree: Tree) -> None:
    """What one run has told the place of, the next tells of without the file."""
    first = run(tree).problems
    run(tree)
    with mock.patch.object(yaml_source, "read", wraps=yaml_source.read) as read:
        assert run(tree).problems == first
    assert read.call_count == 0


# Never in the way


@pytest.mark.usefixtures("home")
def test_a_small_plan_is_kept_nowhere() -> None:
    assert shelf.Shelf.of(TESTS / "sites" / "minimal", site("minimal")) is None


@pytest.mark.usefixtures("home")
def test_a_small_edition_in_the_history_is_kept() -> None:
    tree = site("minimal")
    memory: Memory = {}
    box = shelf.Shelf.of(FULL, tree, "exempelnamnden-2026")
    assert box is not None
    box.fetch(tree, memory)
    load(tree, memory=memory)
    box.put(memory)
    with counted() as read:
        again: Memory = {}
        box.fetch(tree, again)
        assert load(tree, memory=again).plan is not None
    assert read == []


@pytest.mark.usefixtures("home")
def test_a_proposal_and_what_it_changes_are_read_from_what_the_check_read(
    tree: Tree, tmp_path: Path
) -> None:
    for path, raw in tree.plan.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    run(tree, tmp_path)
    kept = Kept()
    kept.fetch(tmp_path, tree)
    before = dict(kept.files)
    with counted() as read:
        kinds = kept.kinds(tree)
        _, plan = proposal.base(tmp_path, ".", tree.schemas, kinds, memory=kept.files)
    assert (read, len(plan.rutiner)) == (
        [],
        sum(path.startswith("plan/rutiner/") for path in tree.plan),
    )
    assert kept.files == before, "det som förslaget läser står kvar"


def test_without_a_cache_there_is_no_shelf(tree: Tree) -> None:
    assert os.environ[cache.SETTING] == ""
    assert shelf.Shelf.of(FULL, tree) is None


def boxes(home: Path) -> list[str]:
    return sorted(os.listdir(home))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"nonsense", b"\x80\x05", pickle.dumps(None), pickle.dumps([1]), pickle.dumps({}),
        packed(None), packed([1, 2]),
    ],
)  # fmt: skip
def test_a_box_with_something_else_in_it_is_not_used(
    home: Path, tree: Tree, content: bytes
) -> None:
    fresh = run(tree)
    for name in boxes(home):
        cache.save(name, content)
    with counted() as read:
        assert run(tree) == fresh
    assert len(read) == len(tree.plan)
    with counted() as read:
        assert run(tree) == fresh
    assert read == []


@pytest.mark.parametrize("keep", [0, 1, 30, 5000])
def test_a_truncated_box_is_not_used(home: Path, tree: Tree, keep: int) -> None:
    fresh = run(tree)
    for name in boxes(home):
        os.truncate(home / name, keep)
    with counted() as read:
        assert run(tree) == fresh
    assert len(read) == len(tree.plan)


def test_a_box_that_is_gone_is_made_again(home: Path, tree: Tree) -> None:
    fresh = run(tree)
    first, *rest = boxes(home)
    assert rest
    (home / first).unlink()
    with counted() as read:
        assert run(tree) == fresh
    assert 0 < len(read) < len(tree.plan)
    shutil.rmtree(home)
    assert run(tree) == fresh
    assert boxes(home) == [first, *rest]


def test_a_cache_that_goes_while_it_is_used(home: Path, tree: Tree) -> None:
    run(tree)
    memory: Memory = {}
    box = shelf.Shelf.of(FULL, tree)
    assert box is not None
    shutil.rmtree(home.parent)
    box.fetch(tree, memory)
    assert check(tree, DAY, memory=memory) == check(tree, DAY)
    shutil.rmtree(home.parent)
    home.parent.write_bytes(b"")
    box.put(memory)


class Harmful:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return (os.mkdir, (str(self.path),))


def test_what_is_kept_can_make_facts_only(home: Path, tree: Tree, tmp_path: Path) -> None:
    run(tree)
    harm = pickle.dumps(Harmful(tmp_path / "gjord"))
    with pytest.raises(pickle.UnpicklingError):
        unpacked(harm)
    for name in boxes(home):
        cache.save(name, harm)
    run(tree)
    assert not (tmp_path / "gjord").exists()
    pickle.loads(harm)
    assert (tmp_path / "gjord").exists()


@pytest.mark.usefixtures("home")
def test_other_schemas_make_it_anew(tree: Tree) -> None:
    run(tree)
    name = "schemas/gemensamt.schema.json"
    other = replace(tree, schemas={**tree.schemas, name: tree.schemas[name] + b"\n"})
    with counted() as read:
        run(other)
    assert len(read) == len(tree.plan)


@pytest.mark.usefixtures("home")
def test_another_program_makes_it_anew(tree: Tree) -> None:
    run(tree)
    with mock.patch.object(cache, "program", return_value="another"), counted() as read:
        run(tree)
    assert len(read) == len(tree.plan)


@pytest.mark.usefixtures("home")
def test_another_plan_has_its_own(tree: Tree, tmp_path: Path) -> None:
    run(tree)
    with counted() as read:
        run(tree, tmp_path)
        run(tree)
    assert len(read) == len(tree.plan)


# In a program that lives on, and in the command


@pytest.mark.usefixtures("home")
def test_a_program_that_lives_on_takes_it_in_and_leaves_it(tree: Tree) -> None:
    kept = Kept()
    kept.fetch(FULL, tree)
    check(tree, DAY, kinds=kept.kinds(tree), memory=kept.files)
    kept.put()
    with counted() as read:
        later = edited(tree)
        check(later, DAY, kinds=kept.kinds(later), memory=kept.files)
        kept.put()
        run(later)
    assert read == ["plan/metoder/anhorigrad.yml"]
    with mock.patch.object(cache, "save") as save:
        kept.put()
    assert not save.called


def test_one_that_lives_on_without_a_cache(tree: Tree) -> None:
    kept = Kept()
    kept.fetch(FULL, tree)
    check(tree, DAY, kinds=kept.kinds(tree), memory=kept.files)
    kept.put()
    assert len(kept.files) == len(tree.plan)


def test_the_command_says_the_same(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(FULL, tmp_path / "full", ignore=shutil.ignore_patterns("site"))
    method = tmp_path / "full/plan/metoder/anhorigrad.yml"

    def said() -> tuple[int, str]:
        arguments = ["check", "--date", str(DAY), "--format", "json", str(tmp_path / "full")]
        return cli.main(arguments), capsys.readouterr().out

    whole = said()
    assert boxes(home)
    with counted() as read:
        assert said() == whole
        assert read == []
        method.write_bytes(method.read_bytes() + "okänt: fält\n".encode())
        broken = said()
        assert read == ["plan/metoder/anhorigrad.yml"]
    assert broken != whole
    home.chmod(0o755)  # no longer the user's alone
    with counted() as read:
        assert said() == broken
    assert len(read) == len(read_tree(tmp_path / "full").plan)


# The parts


def test_facts_are_the_same_when_they_are_unpacked(tree: Tree) -> None:
    memory: Memory = {}
    check(tree, DAY, memory=memory)
    for path, (raw, held) in memory.items():
        assert not isinstance(held, list)
        again = unpacked(packed(held))
        object.__setattr__(again.document, "raw", raw)
        assert again == held
        assert again.document == held.document
        for (thing, _), (same, _) in zip(held.ting, again.ting, strict=True):
            assert type(thing) is type(same)
            assert repr(thing) == repr(same)
            assert thing.spår.path == same.spår.path
            assert same.where() == thing.where()
            assert thing.where().file == path
            with pytest.raises(FrozenInstanceError):
                same.id = "annat"  # type: ignore[misc] # what is tried


def test_a_document_that_is_read_when_it_is_asked_for() -> None:
    raw = "a: 1\nå:\n  - x\n".encode()
    late = unread("plan/x.yml", {}, raw)
    fresh = yaml_source.read("plan/x.yml", raw)
    assert isinstance(fresh, Document)
    assert late.where_key(("å",)) == fresh.where_key(("å",))
    assert late == fresh
    with pytest.raises(AttributeError):
        late.what  # type: ignore[attr-defined]  # noqa: B018


def test_problems_are_kept_too() -> None:
    problem = yaml_source.read("plan/x.yml", b"a: 1\na: 2\n")
    assert isinstance(problem, Problem)
    assert problem.related
    assert unpacked(packed([problem])) == [problem]


def test_a_text_that_cites_a_law_has_the_sign_of_it(tree: Tree) -> None:
    outcome = check(tree, DAY)
    assert outcome.plan is not None
    register = citat.Register(outcome.plan)
    told = [
        *(text.text for text in outcome.plan.texter),
        *(law.namn for law in outcome.plan.författningar.values()),
        *(f"enligt {law.namn.upper()}S." for law in outcome.plan.författningar.values()),
        *(form for law in outcome.plan.författningar.values() for form in law.sökord),
        "lagen (2001:1)  om stöd", "2 kap. 3 §", "Lex Sarah", "SFS 2010:800", "LSS och SoL",
    ]  # fmt: skip
    cited = [text for text in told if [*register.citat(text)]]
    assert len(cited) > 5
    assert all(citat.kan_citera(text) for text in cited)
    assert all(citat.kan_citera(f"Se {name}.") for name in ("LSS", "SoL", "OSL", "KL"))
    assert not citat.kan_citera("Ett förslag är underlag för kapitlet.")
