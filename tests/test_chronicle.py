"""A thing's history in words: out of real repositories of git, onto its page."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ska.changes.compare import Sort
from ska.changes.formats import html
from ska.changes.weight import Klass
from ska.check import check
from ska.files.revisions import Revision, lacks, revisions
from ska.files.tree import Tree, read_tree
from ska.past.chronicle import SENASTE, Krönika, chronicle
from ska.past.gathering import Historia, gather, read_commits
from ska.proposal import Bas, propose
from ska.reading import schema, yaml_source
from ska.reading.forms import former
from ska.reading.schema import bodies_of
from ska.render import tree
from ska.render.gemensamt import Settings
from ska.ting import Nyckel
from tests.helpers import MINIMAL, TODAY, minimal, minimal_text
from tests.test_editions import NEXT, as_edition, decided
from tests.test_history import ACTIVITY, ROUTINE, WHEEL, Repository, with_title
from tests.test_manifest import proposal

KINDS = schema.load(minimal().schemas)
BODIES = bodies_of(KINDS)
FORMS = former(BODIES)
ROUTINE_KEY: Nyckel = ("rutin", "ta-emot-klagomal")
FRAME = "plan/plan.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    made = Repository(tmp_path / "rot")
    made.commit({})
    return made


def told(root: Path, **how: Any) -> Krönika:
    return chronicle(revisions(root), KINDS, FORMS, **how)


def body(root: Path, page: str, base: Revision | None = None) -> str:
    """Give a page of the plan, as a proposal beside the revision `base` where one is given."""
    files = Tree(read_tree(root).plan, minimal().schemas)
    plan = check(files, TODAY).plan
    assert plan is not None
    shown = propose(Bas("main", base.commit, base.when), plan, plan, FORMS) if base else None
    historia = gather(plan, KINDS, read_commits(root, files, KINDS))
    settings = Settings(TODAY, historia=historia, förslag=shown)
    return tree.pages(plan, BODIES, settings)[page].body


def section(root: Path, page: str = "arshjul/uppfoljning-klagomal.md") -> str:
    """Give what stands under ”Historik”."""
    text = body(root, page)
    return text[text.index("## Historik") : text.index('<div class="ska-fot"')]


# --- Steps -----------------------------------------------------------------------------------


def test_what_comes_with_the_first_commit_has_come(repository: Repository) -> None:
    (step,) = told(repository.folder).steg
    assert {sak.sort for sak in step.saker.values()} == {Sort.TILLAGD}
    assert step.saker.keys() >= {ACTIVITY, ROUTINE_KEY, ("årshjul", ""), ("plan", "")}
    assert step.utgåva == "exempelnamnden-2026"
    assert step.förslag == {key for key in step.saker if key[0] in FORMS.beslutade}


def test_a_change_is_told_in_the_words_of_the_report(repository: Repository) -> None:
    commit = repository.commit({WHEEL: with_title("Klagomålen följs upp")})
    step = told(repository.folder).steg[-1]
    assert (step.commit, list(step.saker)) == (commit, [ACTIVITY])
    (line,) = step.saker[ACTIVITY].rader
    assert html(line).startswith("Titel: <del>Uppföljning av klagomål</del>")


def test_a_shown_proposal_does_not_say_its_changes_as_if_they_held(
    repository: Repository,
) -> None:
    repository.commit({ROUTINE: minimal_text(ROUTINE) + "sökord: [missnöje]\n"})
    base = revisions(repository.folder)[-1]
    repository.commit({ROUTINE: minimal_text(ROUTINE) + "sökord: [missnöje, klagan]\n"})
    page = "rutiner/ta-emot-klagomal.md"
    beside = body(repository.folder, page, base)
    assert beside.count("I förslaget: ändrades") == 1
    assert beside.count(" Ändrades") == 1
    assert "I förslaget:" not in body(repository.folder, page)


def test_layout_and_moves_between_files_are_no_steps(repository: Repository) -> None:
    repository.commit({WHEEL: minimal_text(WHEEL) + "\n# samma\n"})
    repository.commit({ROUTINE: None, "plan/rutiner/annan.yml": minimal_text(ROUTINE)})
    repository.commit({"README.md": "x"})
    assert len(told(repository.folder).steg) == 1


def test_a_merge_is_one_step(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "forslag")
    for title in ("Ett", "Två"):
        repository.commit({WHEEL: with_title(title)})
    repository.git("checkout", "-q", "main")
    repository.commit({"README.md": "x"})
    repository.git("merge", "-q", "--no-ff", "-m", "beslut", "forslag")
    steps = told(repository.folder).steg
    assert [step.commit for step in steps[1:]] == [repository.git("rev-parse", "HEAD")]
    (line,) = steps[-1].saker[ACTIVITY].rader
    assert "<ins>Två</ins>" in html(line)


def test_what_goes_is_told_and_what_comes_back(repository: Repository) -> None:
    repository.commit({ROUTINE: None})
    repository.commit({ROUTINE: minimal_text(ROUTINE)})
    sorts = [s.saker[ROUTINE_KEY].sort for s in told(repository.folder).steg]
    assert sorts == [Sort.TILLAGD, Sort.BORTTAGEN, Sort.TILLAGD]
    said = section(repository.folder, "rutiner/ta-emot-klagomal.md")
    assert said.index("Kom tillbaka.") < said.index("Togs bort.") < said.index("Tillkom.")


def test_a_file_that_could_not_be_read_at_first_was_there_all_the_same(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    repository = Repository(tmp_path / "rot")
    repository.commit({ROUTINE: "namn: ett äldre slag av fil\n"})
    repository.commit({ROUTINE: minimal_text(ROUTINE)})
    step = told(repository.folder).steg[-1]
    assert step.fanns == {ROUTINE_KEY}
    assert "Fanns redan den här dagen." in section(repository.folder, "rutiner/ta-emot-klagomal.md")
    assert "Tillkom." in section(repository.folder, "roller/enhetschef.md")


def test_a_plan_waits_for_its_frame(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "rot")
    repository = Repository(tmp_path / "rot")
    repository.commit({FRAME: "format: 0\n"})
    assert told(repository.folder).steg == ()
    repository.commit({FRAME: minimal_text(FRAME)})
    (step,) = told(repository.folder).steg
    assert ACTIVITY in step.fanns
    assert ("plan", "") in step.fanns


# --- Bounds ----------------------------------------------------------------------------------


def made(number: int, text: str) -> Revision:
    when = datetime.fromtimestamp(1_700_000_000 + number * 86_400, UTC)
    return Revision(f"{number:040}", when, {WHEEL: text.encode()})


def long_history(length: int) -> list[Revision]:
    first = Revision("0" * 40, datetime(2023, 1, 1, tzinfo=UTC), dict(minimal().plan))
    return [first, *(made(n, with_title(f"Titel {n}")) for n in range(1, length))]


def test_only_the_newest_are_told_and_the_day_before_them_is_known() -> None:
    history = long_history(SENASTE + 20)
    found = chronicle(history, KINDS, FORMS)
    assert len(found.steg) == SENASTE
    assert found.börjar == history[19].when
    assert found.steg[-1].commit == history[-1].commit
    (line,) = found.steg[0].saker[ACTIVITY].rader
    assert html(line).count("Titel 19") == 0  # only the number goes and comes
    assert "<del>19</del> <ins>20</ins>" in html(line)


def test_the_work_does_not_grow_with_a_history_that_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads: list[str] = []
    read = yaml_source.read

    def counted(path: str, raw: bytes) -> Any:
        reads.append(path)
        return read(path, raw)

    monkeypatch.setattr("ska.past.history.yaml_source.read", counted)
    counts = []
    for length in (SENASTE, SENASTE + 1, SENASTE * 4):
        reads.clear()
        chronicle(long_history(length), KINDS, FORMS)
        counts.append(len(reads))
    files = len(minimal().plan)
    assert counts == [files + SENASTE - 1, files + SENASTE, files + SENASTE]


# --- In force --------------------------------------------------------------------------------


def test_the_steps_in_force_pass_over_a_proposal_and_tell_it_when_it_is_decided(
    repository: Repository,
) -> None:
    def put(files: Tree) -> None:
        shutil.rmtree(repository.folder / "plan")
        repository.commit({path: raw.decode() for path, raw in files.plan.items()})

    put(decided(proposal()))
    draft = as_edition(decided(proposal()), NEXT, 2027)
    put(draft)
    method = "plan/metoder/klagomal.yml"
    changed = draft.plan[method].decode().replace("antal: 1", "antal: 2")
    repository.commit({method: changed})
    found = told(repository.folder)
    assert ("metod", "klagomal") in found.steg[-1].förslag
    assert [bool(step.förslag) for step in found.steg] == [True, False, True, True]
    before = len(found.i_kraft)
    frame = draft.plan[FRAME].decode().replace("status: utkast", "status: beslutad")
    repository.commit({FRAME: frame})
    after = told(repository.folder).i_kraft
    assert len(after) == before + 1
    assert ("metod", "klagomal") in after[-1].saker
    assert after[-1].utgåva == NEXT
    repository.commit({method: changed.replace("antal: 2", "antal: 3")})
    assert list(told(repository.folder).i_kraft[-1].saker) == [("metod", "klagomal")]


# --- On the page -----------------------------------------------------------------------------


def test_a_page_tells_newest_first_with_day_and_edition(repository: Repository) -> None:
    text = minimal_text(ROUTINE)
    at = text.index("syfte: ")
    line = text[at : text.index("\n", at)]
    repository.commit({ROUTINE: text.replace(line, 'syfte: "Allt <b onclick=x> & annat"')})
    said = section(repository.folder, "rutiner/ta-emot-klagomal.md")
    assert said.index("3 januari 2026</strong> Ändrades.") < said.index("Tillkom.")
    assert '<a href="../../utgavor/exempelnamnden-2026/">Plan för 2026</a>' in said
    assert "Allt &lt;b onclick=x&gt; &amp; annat" in said
    assert "Det som är struket togs bort." in said


def test_what_is_only_proposed_is_told_as_that(repository: Repository) -> None:
    repository.commit({WHEEL: with_title("Annat")})
    assert "I ett förslag: ändrades." in section(repository.folder)


def test_nobody_s_name_or_address_is_told(repository: Repository) -> None:
    repository.commit({WHEEL: with_title("Annat")})
    files = read_tree(repository.folder)
    plan = check(Tree(files.plan, minimal().schemas), TODAY).plan
    assert plan is not None
    settings = Settings(
        TODAY, historia=gather(plan, KINDS, read_commits(repository.folder, files, KINDS))
    )
    for page in tree.pages(plan, BODIES, settings).values():
        assert "prov@example.org" not in page.body
        assert ">Prov<" not in page.body


def test_an_editorial_change_is_named_as_one(repository: Repository) -> None:
    text = minimal_text(ROUTINE)
    repository.commit({ROUTINE: text + "sökord: [missnöje]\n"})
    step = told(repository.folder).steg[-1]
    assert step.saker[ROUTINE_KEY].klass is Klass.REDAKTIONELL
    assert "Ändrades redaktionellt." in section(repository.folder, "rutiner/ta-emot-klagomal.md")


def test_without_git_the_page_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "rot"
    shutil.copytree(MINIMAL, root)
    assert "är byggd av en kopia utan git" in section(root)
    assert lacks(root) == "förråd"
    Repository(root)
    assert "inget i planen är sparat i git än" in section(root)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lacks(root) == "git"
    assert "programmet git fanns inte" in section(root)


def test_a_page_made_without_asking_says_nothing() -> None:
    plan = check(minimal(), TODAY).plan
    assert plan is not None
    pages: Iterable[Any] = tree.pages(plan, BODIES, Settings(TODAY)).values()
    assert all("Historik" not in page.body for page in pages)


def test_a_shallow_copy_says_that_it_is_cut_and_nothing_came_with_it(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({ROUTINE: minimal_text(ROUTINE) + "sökord: [missnöje]\n"})
    repository.commit({WHEEL: with_title("Annat")})
    copy = tmp_path / "kopia"
    where = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth", "2", where, str(copy))
    assert lacks(copy) == "början"
    said = section(copy)
    assert "ändrades." in said
    assert "illkom." not in said
    assert "Äldre ändringar syns inte här, för kopian" in said
    other = section(copy, "rutiner/ta-emot-klagomal.md")
    assert "Ändringar syns inte här, för kopian" in other
    assert "från tiden före 3 januari 2026" in other


def test_a_thing_that_is_not_saved_yet_says_so(repository: Repository) -> None:
    text = minimal_text(ROUTINE).replace("id: ta-emot-klagomal", "id: en-ny-rutin")
    (repository.folder / "plan/rutiner/en-ny-rutin.yml").write_text(text, encoding="utf-8")
    assert "inte sparat i git än" in section(repository.folder, "rutiner/en-ny-rutin.md")


# --- Editions --------------------------------------------------------------------------------


def put(repository: Repository, files: Tree) -> None:
    shutil.rmtree(repository.folder / "plan")
    repository.commit({path: raw.decode() for path, raw in files.plan.items()})


@pytest.fixture
def two_editions(repository: Repository) -> Path:
    tree_ = decided(proposal())
    put(repository, tree_)
    after = as_edition(tree_, NEXT, 2027)
    method = "plan/metoder/klagomal.yml"
    text = after.plan[method].decode().replace("antal: 1", "antal: 2")
    put(repository, Tree({**after.plan, method: text.encode()}, after.schemas))
    return repository.folder


def test_an_edition_tells_what_it_changed_from_the_one_before(two_editions: Path) -> None:
    own = body(two_editions, f"utgavor/{NEXT}.md")
    assert "## Vad utgåvan ändrade" in own
    assert f'href="../../utgavor/{NEXT}/andringar/"' in own
    report = body(two_editions, f"utgavor/{NEXT}/andringar.md")
    assert "<del>varje år</del> <ins>två gånger om året</ins>" in report
    assert "## Metoder" in report
    assert "<details" not in report
    assert "Ändringar</a>" in body(two_editions, "utgavor/index.md")
    assert "däremellan" not in own + report
    first = body(two_editions, "utgavor/exempelnamnden-2026.md")
    assert "det finns inget att jämföra med" in first
    assert "<dd>I planens historik, visas inte här</dd>" in first
    assert "<dt>Innehåll</dt>" not in own


def test_a_long_comparison_is_folded_chapter_by_chapter(
    two_editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ska.render.utgavor._LONG", 0)
    report = body(two_editions, f"utgavor/{NEXT}/andringar.md")
    assert report.count("<details") == report.count("</details>") > 0
    assert '<summary>Visa 1 sak<span class="ska-utlast"> under Metoder</span></summary>' in report


def test_an_edition_between_the_compared_ones_that_is_not_here_is_named(
    repository: Repository,
) -> None:
    tree_ = decided(proposal())
    put(repository, tree_)
    after = as_edition(tree_, "exempelnamnden-2028", 2028)
    register = after.plan["plan/utgavor.yml"].decode()
    known = as_edition(tree_, NEXT, 2027).plan["plan/utgavor.yml"].decode()
    entry = known.partition("  - id: ")[2].partition("  - id: ")[0].replace("förslag", "känd")
    between = Tree(
        {**after.plan, "plan/utgavor.yml": f"{register}  - id: {entry}".encode()}, after.schemas
    )
    put(repository, between)
    said = "Utgåvan däremellan, ”Plan för 2027”, finns inte här."
    assert said in body(repository.folder, "utgavor/exempelnamnden-2028.md")
    assert said in body(repository.folder, "utgavor/exempelnamnden-2028/andringar.md")


def test_an_edition_that_cannot_be_read_is_named(repository: Repository) -> None:
    tree_ = decided(proposal())
    old = {path: raw.decode() for path, raw in tree_.plan.items()}
    repository.commit({**old, "plan/begrepp.yml": "ord: []\n"})
    new = as_edition(tree_, NEXT, 2027)
    repository.commit({path: raw.decode() for path, raw in new.plan.items()})
    files = read_tree(repository.folder)
    plan = check(Tree(files.plan, minimal().schemas), TODAY).plan
    assert plan is not None
    held = read_commits(repository.folder, Tree(files.plan, minimal().schemas), KINDS)
    found = gather(plan, KINDS, held)
    assert found.oläsliga == ("exempelnamnden-2026",)
    page = body(repository.folder, "utgavor/exempelnamnden-2026.md")
    assert "dagens program kan inte läsa det" in page


def test_nothing_is_asked_for_by_itself() -> None:
    assert Historia().brist is None
