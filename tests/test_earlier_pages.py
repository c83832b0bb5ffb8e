"""A build that uses pages of the one before gives what a build without them would have given."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from ska import check
from ska.memory import cache
from ska.model import SAMLINGAR
from ska.reading import schema
from ska.reading.schema import bodies_of
from ska.reads import ALLT, Key
from ska.render import tree
from ska.render.addresses import address, source_path
from ska.render.gemensamt import Settings, Site
from ska.render.page import Page
from ska.site import building
from ska.site.earlier_pages import own
from ska.site.prints import Prints, digest
from tests.building import EPOCH, small
from tests.helpers import TESTS, site

FULL = TESTS / "sites" / "full" / "plan"
ROUTINE = "rutiner/ta-emot-klagomal"
#: A line of a plan's file with words for a reader, to which words can be added.
WORDS = re.compile(
    r"^ *(- )?(titel|namn|kortnamn|syfte|beskrivning|text|gör|lydelse|sammanfattning|utläses|"
    r"analys|slutsats|orsak): (?!ej_angivet)[A-ZÅÄÖa-zåäö][\w ,.()–-]*$",
    re.MULTILINE,
)
DAY = re.compile(r"(ses_över_senast|kontrollerad|datum): 20(\d\d)-")

pytestmark = pytest.mark.no_cover  # the pages of one plan run the lines that a build has


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with a plan that has everything, to edit as one likes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "minne"))
    # A plan that is edited at random would break many a rule.
    monkeypatch.setattr(check, "RULES", ())
    monkeypatch.setattr(check, "RULES_ON_EXCEPTIONS", ())
    plan = {
        f"plan/{path.relative_to(FULL).as_posix()}": path.read_bytes()
        for path in FULL.rglob("*.yml")
    }
    return small(tmp_path / "projekt", plan)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses of the plan's pages that have been made."""
    found: list[str] = []
    page = building._page

    def counted(making: object, shapes: object, file: object) -> None:
        found.append(file.url)  # type: ignore[attr-defined]
        page(making, shapes, file)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "_page", counted)
    return found


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def build(project: Path) -> dict[str, bytes]:
    building.build(project, project / "site")
    return content(project / "site")


def build_anew(project: Path) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.SETTING, "")
        building.build(project, project / "nytt")
    return content(project / "nytt")


def assert_same(got: Mapping[str, bytes], wanted: Mapping[str, bytes], after: str) -> None:
    assert got.keys() == wanted.keys(), after
    assert [at for at in wanted if got[at] != wanted[at]] == [], after


def edit(project: Path, random: Random, files: list[Path]) -> str:
    """Change some words, or a day, in a file that has not been changed yet."""
    while True:
        file = files.pop(random.randrange(len(files)))
        text = file.read_text("utf-8")
        places = [match.end() for match in WORDS.finditer(text)]
        days = [match.start(2) for match in DAY.finditer(text)]
        if not places and not days:
            continue
        at = random.choice([*places, *days])
        new = f"{text[:at]} nu{text[at:]}" if at in places else f"{text[:at]}30{text[at + 2 :]}"
        file.write_text(new, "utf-8")
        return f"{file.relative_to(project)}, tecken {at}"


def test_after_any_edits_the_site_is_that_of_a_build_anew(project: Path) -> None:
    random = Random(1)
    files = sorted((project / "plan").rglob("*.yml"))
    build(project)
    for _ in range(4):
        after = edit(project, random, files)
        assert_same(build(project), build_anew(project), after)


def test_what_comes_and_goes_is_seen_everywhere(project: Path) -> None:
    build(project)
    first = project / "plan" / f"{ROUTINE}.yml"
    second = first.with_name("en-till.yml")
    second.write_text(
        first.read_text("utf-8")
        .replace("id: ta-emot-klagomal", "id: en-till")
        .replace("titel: ", "titel: Nu ", 1),
        "utf-8",
    )
    assert_same(build(project), build_anew(project), "en rutin till")
    second.unlink()
    assert_same(build(project), build_anew(project), "en rutin mindre")


def test_an_edit_makes_the_pages_that_tell_it(project: Path, made: list[str]) -> None:
    build(project)
    every = len(made)
    made.clear()
    build(project)
    assert [url for url in made if url.count("/") > 2] == []
    made.clear()
    file = project / "plan" / f"{ROUTINE}.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("titel: ", "titel: Nu ", 1), "utf-8")
    build(project)
    assert f"{ROUTINE}/" in made
    assert len(made) < every / 3


def test_a_page_that_says_the_same_is_used_though_what_it_read_is_another(
    project: Path, made: list[str]
) -> None:
    build(project)
    file = project / "plan" / f"{ROUTINE}.yml"
    text = file.read_text("utf-8")
    for words in ("Nu ", "Sedan "):  # the second finds what the first has kept of a used page
        made.clear()
        file.write_text(text.replace("syfte: ", f"syfte: {words}", 1), "utf-8")
        got, again = build(project), set(made)
        assert_same(got, build_anew(project), words)
        assert f"{ROUTINE}/" in again
        assert {"att-se-over/", "ej-angivet/", "motsagelser/"}.isdisjoint(again)
    made.clear()
    file.write_text(text.replace("titel: ", "titel: Nu ", 1), "utf-8")
    assert_same(build(project), build_anew(project), "en titel")
    assert "rutiner/" in made


def test_a_list_is_made_anew_when_one_of_its_rows_is_another(
    project: Path, made: list[str]
) -> None:
    build(project)
    made.clear()
    file = project / "plan" / f"{ROUTINE}.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("titel: ", "titel: Nu ", 1), "utf-8")
    build(project)
    assert "rutiner/" in made
    assert {"enheter/", "mal/", "delplaner/", "regler/"}.isdisjoint(made)


def test_a_mended_explanation_makes_the_pages_that_tell_it(project: Path, made: list[str]) -> None:
    build(project)
    every = len(made)
    made.clear()
    file = project / "plan" / "begrepp.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("förklaring: ", "förklaring: Nu ", 1), "utf-8")
    got, again = build(project), set(made)
    assert_same(got, build_anew(project), "en förklaring")
    assert {"begrepp/arshjul/", "begrepp/"} <= again
    assert len(again) < every / 2


def test_a_new_abbreviation_is_explained_on_every_page(project: Path) -> None:
    build(project)
    file = project / "plan" / "begrepp.yml"
    new = (
        "begrepp:\n  - id: ny\n    term: felet\n    typ: förkortning\n"
        "    utläses: ny förkortning\n    förklaring: En ny.\n"
        "    källor:\n      - dokument: reglemente\n        avsnitt: Bilagan\n"
    )
    file.write_text(file.read_text("utf-8").replace("begrepp:\n", new, 1), "utf-8")
    got = build(project)
    assert b"ny f\xc3\xb6rkortning" in got[f"{ROUTINE}/index.html"]
    assert_same(got, build_anew(project), "en ny förkortning")


def test_a_page_that_somebody_has_changed_is_made_anew(project: Path, made: list[str]) -> None:
    wanted = build(project)
    made.clear()
    (project / "site" / ROUTINE / "index.html").write_text("ändrad för hand", "utf-8")
    assert_same(build(project), wanted, "en ändrad sida")
    assert f"{ROUTINE}/" in made


@pytest.mark.parametrize("what", ["borta", "skräp", "mall"])
def test_what_all_pages_rest_on_makes_all_anew(project: Path, made: list[str], what: str) -> None:
    build(project)
    every = sorted(made)
    made.clear()
    kept = next((project.parent / "minne" / "ska").glob("sidor-*"))
    if what == "borta":
        shutil.rmtree(project.parent / "minne")
    elif what == "skräp":
        kept.write_bytes(b"\x80\x05skr\xc3\xa4p")
    else:
        footer = project / "docs" / "tema" / "partials" / "footer.html"
        footer.write_text(footer.read_text("utf-8").replace("Källor", "Alla källor"), "utf-8")
    got, again = build(project), sorted(made)
    assert again == every
    assert_same(got, build_anew(project), what)


@dataclass
class Read:
    """The pages of a plan, with their texts and what was read for each."""

    site: Site
    files: dict[str, bytes]
    pages: dict[str, Page]
    texts: dict[str, str]

    @classmethod
    def of(cls, files: Mapping[str, bytes], step: int = 1) -> Read:
        held = replace(site("full"), plan=dict(files))
        kinds = schema.load(held.schemas)
        plan = check.load(held, kinds).plan
        assert plan is not None
        made = Site(plan, Settings(date(2027, 3, 1)))
        pages = tree.site_pages(made, bodies_of(kinds))
        texts = {path: pages[path].marked for path in sorted(pages)[::step]}
        return cls(made, dict(files), pages, texts)

    def prints(self, rests: Mapping[str, set[Key]]) -> Prints:
        whole = digest(*(path.encode() + raw for path, raw in sorted(self.files.items())))
        ordered = {name: sorted(keys, key=repr) for name, keys in rests.items()}
        return Prints(self.site, self.files, whole, ordered)


def edits(files: Mapping[str, bytes], number: int) -> Iterator[tuple[str, str, bytes]]:
    """Give plans with one edit each: where, and the file's new bytes."""
    places = []
    for path, raw in sorted(files.items()):
        text = raw.decode()
        places += [(path, match.end(), match.end(), " nu") for match in WORDS.finditer(text)]
        places += [(path, *match.span(2), "30") for match in DAY.finditer(text)]
    for path, start, end, new in Random(3).sample(places, number):
        text = files[path].decode()
        yield f"{path}, tecken {start}", path, (text[:start] + new + text[end:]).encode()


def test_a_page_that_an_edit_changes_is_never_taken_for_the_same() -> None:
    """Seen from the pages' texts, so that many edits can be tried."""
    files = site("full").plan
    before = Read.of(files)
    prints = before.prints(before.site.reads.of)
    read = {path: page.läst or {ALLT} for path, page in before.pages.items()}
    marks = {path: prints.of_all(sorted(keys, key=repr)) for path, keys in read.items()}
    same = changed = 0
    for where, path, raw in edits(files, 40):
        after = Read.of({**files, path: raw})
        prints = after.prints(before.site.reads.of)
        for at, page in after.pages.items():
            earlier = before.pages[at]
            kept = (
                own(page) == own(earlier) and prints.of_all(sorted(read[at], key=repr)) == marks[at]
            )
            same += kept
            changed += after.texts[at] != before.texts[at]
            assert not (kept and after.texts[at] != before.texts[at]), f"{where}: {at}"
    assert same > 10 * changed > 0, "det mesta av en plan berörs inte av en ändring"


def test_what_a_page_reads_is_the_same_whoever_comes_first() -> None:
    """Else what is worked out for one page and used by another would hide what it rests on."""
    files = site("full").plan
    forwards, backwards = (
        {path: page.läst for path, page in Read.of(files, step).pages.items()} for step in (1, -1)
    )
    assert forwards == backwards
    assert sum(found is not None for found in forwards.values()) > len(forwards) / 2


def test_the_page_of_a_thing_rests_on_the_thing() -> None:
    read = Read.of(site("full").plan)
    for ting in read.site.plan.ting():
        page = read.pages[source_path(address(ting))]
        assert page.läst is not None
        assert (SAMLINGAR[ting.slag], ting.id) in page.läst
