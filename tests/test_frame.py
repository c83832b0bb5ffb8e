"""The plan's own line: an older plan that is put in afterwards is no change of the newer one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ska.check import load
from ska.files.revisions import Revision, lacks
from ska.files.tree import Tree, read_tree
from ska.loading import frame
from ska.loading.frame import Ramen, own_line
from ska.past.chronicle import chronicle
from ska.past.editions import earlier
from ska.past.gathering import gather, read_commits
from ska.reading import schema
from ska.reading.schema import bodies_of
from ska.render import atom
from ska.render.gemensamt import Settings, Site
from ska.render.tree import pages
from tests.building import ROOT
from tests.helpers import minimal
from tests.repository import git
from tests.test_chronicle import FORMS, KINDS
from tests.test_publish import save

DAY = datetime(2026, 11, 22, tzinfo=UTC)
BODIES = bodies_of(KINDS)


def of_year(year: int, **changed: str) -> Tree:
    """Make the smallest plan one for another year; `changed` replaces texts of one routine."""
    path = "plan/plan.yml"
    own = minimal().plan[path].decode().replace("exempelnamnden-2026", f"exempelnamnden-{year}")
    own = own.replace("status: utkast", "status: återgivning")
    register = minimal().plan["plan/utgavor.yml"].decode()
    register = register.replace("exempelnamnden-2026", f"exempelnamnden-{year}")
    plan = {
        **minimal().plan,
        path: own.replace("2026-", f"{year}-").encode(),
        "plan/utgavor.yml": register.replace("2026-", f"{year}-").encode(),
    }
    routine = "plan/rutiner/ta-emot-klagomal.yml"
    for old, new in changed.items():
        plan[routine] = plan[routine].replace(f"{old}: ".encode(), f"{old}: {new} ".encode(), 1)
    return replace(minimal(), plan=plan)


def history(*trees: Tree) -> list[Revision]:
    """Make the revisions that lead from tree to tree."""
    made, before = [], {}
    for number, tree in enumerate(trees):
        files = {p: raw for p, raw in tree.plan.items() if before.get(p) != raw}
        gone = {p: None for p in before if p not in tree.plan}
        made.append(Revision(f"{number}", DAY, {**files, **gone}))
        before = tree.plan
    return made


def told(revisions: list[Revision]) -> list[tuple[str, int]]:
    return [(step.commit, len(step.saker)) for step in chronicle(revisions, KINDS, FORMS).steg]


NOW, NEWER = of_year(2026), of_year(2026, titel="Nu")


def test_a_frame_is_read_whatever_else_it_holds() -> None:
    raw = "format: 99\nnytt: [x]\nutgåva: a-2018\nstatus: ny\ngäller_från: 2018-01-01\n"
    assert frame.read(raw.encode()) == Ramen("a-2018", "ny", date(2018, 1, 1))
    assert frame.read(b"status: [") == Ramen()
    assert frame.read(b"status: x\n") == Ramen("", "x", None)


def test_an_older_plan_put_in_and_taken_out_again_is_no_change() -> None:
    revisions = history(NOW, of_year(2018), NOW, NEWER)
    assert [(r.commit, sorted(r.files)) for r in own_line(revisions)[1:]] == [
        ("2", []),
        ("3", ["plan/rutiner/ta-emot-klagomal.yml"]),
    ]
    assert [commit for commit, _ in told(own_line(revisions))] == ["0", "3"]
    assert len(told(revisions)) == 4  # what it would say else


def test_what_came_with_the_newer_plan_when_it_was_back_is_a_change_of_it() -> None:
    (_, back) = own_line(history(NOW, of_year(2018), of_year(2017), NEWER))
    assert (back.commit, sorted(back.files)) == ("3", ["plan/rutiner/ta-emot-klagomal.yml"])


def test_an_older_plan_has_no_past_in_the_newer_one() -> None:
    (only,) = own_line(history(NOW, NEWER, of_year(2018)))
    assert only.commit == "2"
    assert set(only.files) == set(of_year(2018).plan)


@pytest.mark.parametrize(
    "years",
    [
        (2026, 2027, 2028),  # as years go
        (2026, 2027, 2026),  # a new plan that is taken back: that happened
        (2026, 2027, 2026, 2027),
        (2026, 2026),
        (2026,),
        (),
    ],
)
def test_the_years_in_their_order_are_left_alone(years: tuple[int, ...]) -> None:
    revisions = history(*map(of_year, years))
    assert own_line(revisions) == revisions


def test_a_plan_without_a_readable_frame_is_left_alone() -> None:
    broken = replace(NOW, plan={**NOW.plan, frame.FRAME: b"["})
    revisions = history(broken, NOW, broken, NEWER)
    assert own_line(revisions) == revisions


def test_pages_and_the_feed_say_nothing_of_the_detour(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    for tree in (NOW, of_year(2018), NOW):
        save(tmp_path, tree)
    plan = load(NOW).plan
    assert plan is not None
    past = gather(plan, KINDS, read_commits(tmp_path, NOW, KINDS))
    made = pages(plan, BODIES, Settings(date(2026, 3, 1), historia=past))
    routine = made["rutiner/ta-emot-klagomal.md"].body
    assert "Kom tillbaka" not in routine
    assert "Togs bort" not in routine
    feed = atom.feed(Site(plan, Settings(date(2026, 3, 1), historia=past))).decode()
    assert feed.count("Ny utgåva här") == 1
    # From where the older plan stands the newer one is no earlier edition.
    older = of_year(2018)
    assert earlier(tmp_path, older, at="HEAD~1").planer == ()
    assert [p.ram.utgåva for p in earlier(tmp_path, NOW).planer] == ["exempelnamnden-2018"]


def test_what_comes_into_a_retold_plan_is_laid_in(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    for status, said in (("återgivning", "Lades in i återgivningen."), ("beslutad", "Tillkom.")):
        text = NOW.plan[frame.FRAME].decode()
        begins = text.index("status: ")
        text = text.replace(text[begins : text.index("\n", begins)], f"status: {status}")
        tree = replace(NOW, plan={**NOW.plan, frame.FRAME: text.encode()})
        save(tmp_path, tree)
        plan = load(tree).plan
        assert plan is not None
        past = gather(plan, KINDS, read_commits(tmp_path, tree, KINDS))
        body = pages(plan, BODIES, Settings(date(2026, 3, 1), historia=past))
        assert said in body["rutiner/ta-emot-klagomal.md"].body
        git(tmp_path, "checkout", "-q", "--orphan", f"efter-{plan.ram.status}".replace("å", "a"))


def test_editions_that_the_register_claims_and_history_lacks_are_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    register = NOW.plan["plan/utgavor.yml"].decode()
    entry = register[register.index("  - id:") :]
    older = entry.replace("exempelnamnden-2026", "exempelnamnden-2025").replace("2026", "2025")
    known = older.replace("2025", "2024").replace("typ: återgivning", "typ: känd")
    text = f"{register}{older}{known}"
    tree = replace(NOW, plan={**NOW.plan, "plan/utgavor.yml": text.encode()})
    save(tmp_path, tree)
    plan = load(tree).plan
    assert plan is not None
    past = gather(plan, KINDS, read_commits(tmp_path, tree, KINDS))
    assert past.saknade == ("exempelnamnden-2025",)
    made = pages(plan, BODIES, Settings(date(2026, 3, 1), historia=past))
    listed = made["utgavor/index.md"].body
    assert "Enligt registret ska innehållet i ”Plan för 2025” finnas" in listed
    assert "Saknas i historiken" in listed
    assert "I planens historik" not in listed
    assert "Enligt registret ska innehållet finnas" in made["utgavor/exempelnamnden-2025.md"].body
    assert "Enligt registret" not in made["utgavor/exempelnamnden-2024.md"].body
    assert "Enligt registret" not in made["rutiner/index.md"].body


# The project's own


def test_every_edition_in_the_project_s_history_is_still_read() -> None:
    if lack := lacks(ROOT):
        pytest.skip(f"the history isn't whole here ({lack})")
    tree = read_tree(ROOT)
    found = earlier(ROOT, tree, schema.load(tree.schemas))
    assert found.oläsliga == ()
    assert {plan.ram.utgåva for plan in found.planer} >= {"bildningsnamnden-2018"}
    plan = load(tree).plan
    assert plan is not None
    held = {e.id for e in plan.utgåvor.values() if e.typ in ("beslutad", "återgivning")}
    assert held == {plan.ram.utgåva, *(p.ram.utgåva for p in found.planer)}
