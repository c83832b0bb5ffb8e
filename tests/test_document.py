"""The document: what a reader, an archive and a screen reader get, read out of the PDF itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import typst

from ska import glyphs
from ska.beslut.decide import Beslutsdata
from ska.beslut.decision import decide
from ska.check import load
from ska.cli import main
from ska.documents import blocks
from ska.documents.document import DocumentError, Made, make
from ska.documents.typesetting import pdf
from ska.files.tree import Tree, read_tree
from ska.manifest import manifest
from ska.model import Plan, Text
from ska.reading import schema
from ska.reading.forms import Former
from ska.reading.schema import forms_of
from ska.render import rich
from tests.helpers import TESTS, english, laid_over, minimal, minimal_text, site
from tests.pdf_reading import bare, elements, opened, outline, pages, sorts
from tests.repository import commit, git, write

DAY = date(2026, 6, 1)
METHOD = "plan/metoder/klagomal.yml"
Capture = pytest.CaptureFixture[str]


@cache
def forms() -> Former:
    kinds = schema.load(minimal().schemas)
    return forms_of(kinds)


def made(tree: Tree, base: Tree | None = None, day: date = DAY) -> pikepdf.Pdf:
    answer = make(tree, base, day)
    assert answer.pdf is not None, answer.outcome.problems
    return opened(answer.pdf)


def plan_of(tree: Tree) -> Plan:
    plan = load(tree).plan
    assert plan is not None
    return plan


def text_of(document: pikepdf.Pdf) -> str:
    return "".join(pages(document))


def changed(old: str, new: str, path: str = METHOD) -> Tree:
    text = minimal_text(path)
    assert old in text
    return laid_over({path: text.replace(old, new, 1)})


@pytest.fixture(scope="module")
def real() -> Tree:
    """Return the project's own plan."""
    return read_tree(TESTS.parent)


@pytest.fixture(scope="module")
def document(real: Tree) -> pikepdf.Pdf:
    return made(real)


@pytest.fixture(scope="module")
def report(real: Tree) -> pikepdf.Pdf:
    return made(real, site("handlingsplan-2018"))


# What an archive and a screen reader ask for


@pytest.fixture(params=["document", "report"])
def either(request: pytest.FixtureRequest) -> pikepdf.Pdf:
    found: pikepdf.Pdf = request.getfixturevalue(request.param)
    return found


def test_it_claims_both_standards_and_is_dated_by_argument(either: pikepdf.Pdf) -> None:
    with either.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
        assert said["pdfuaid:part"] == "1"
        assert str(said["xmp:CreateDate"]).startswith("2026-06-01T00:00:00")


def test_it_is_tagged_in_swedish_and_shows_its_title(either: pikepdf.Pdf) -> None:
    assert either.Root.MarkInfo.Marked
    assert str(either.Root.Lang) == "sv"
    assert either.Root.ViewerPreferences.DisplayDocTitle
    with either.open_metadata() as said:
        assert len(str(said["dc:title"])) > 20
        assert bare(str(said["dc:title"])) in pages(either)[0]
    assert sorts(either).count("Title") == 1


def test_each_page_is_a4_and_numbered(either: pikepdf.Pdf) -> None:
    last = len(either.pages)
    for number, (page, around) in enumerate(
        zip(either.pages, pages(either, artifacts=True), strict=True), 1
    ):
        assert [round(float(v)) for v in page.mediabox] == [0, 0, 595, 842]
        assert f"sida{number}av{last}" in around


def test_headings_are_bookmarks_and_skip_no_level(either: pikepdf.Pdf) -> None:
    marks = outline(either)
    levels = [int(sort[1:]) for sort in sorts(either) if re.fullmatch(r"H\d", sort)]
    contents, *rest = levels
    assert contents == 1  # ”Innehåll”, which is no bookmark
    assert [level for level, _ in marks] == rest
    assert rest[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(rest))
    assert {"TOC", "TOCI"} <= set(sorts(either))


def test_every_font_goes_with_it(either: pikepdf.Pdf) -> None:
    fonts = [font for page in either.pages for font in page.resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_every_table_has_a_caption_and_a_header_of_each_column(document: pikepdf.Pdf) -> None:
    tables = [node for path, node in elements(document) if path[-1] == "Table"]
    heads = [node for path, node in elements(document) if path[-1] == "TH"]
    assert len(tables) > 5
    assert all(node.A[0].Scope == "/Column" for node in heads)
    assert sorts(document).count("THead") == len(tables)
    assert sorts(document).count("Caption") == len(tables) + 1  # the wheel


def test_the_wheel_says_in_words_what_it_shows(document: pikepdf.Pdf) -> None:
    [wheel] = [node for path, node in elements(document) if path[-1] == "Figure"]
    said = str(wheel.Alt)
    assert "Årshjul för 2025 med 13 aktiviteter" in said
    assert "Tabellen efter bilden säger samma sak i ord." in said


# What it says


def paragraphs(value: str) -> Iterator[str]:
    """Give a field's text as the site shows it, a piece for each paragraph and list item."""
    for piece in re.split(r"</?(?:p|li|ul|ol)\b[^>]*>|<br ?/?>", rich.html(value)):
        if piece.strip():
            yield bare(html.unescape(re.sub(r"<[^>]+>", "", piece)))


def shown(text: Text) -> bool:
    hidden = {"källor", "motsägelser", "sökord", "uppfyller_delvis"}  # the administration's own
    kinds = ("plan", "kapitel", "aktivitet", "delplan", "metod", "årshjul")
    return text.ting.slag in kinds and hidden.isdisjoint(text.fält)


@pytest.mark.parametrize("name", ["real", "full", "handlingsplan-2018", "minimal"])
def test_it_has_every_word_of_the_plan(name: str, real: Tree) -> None:
    tree = real if name == "real" else site(name)
    there = text_of(made(tree)).casefold()  # a name inside a sentence may begin with a small letter
    checked = 0
    for text in plan_of(tree).texter:
        for piece in paragraphs(text.text) if shown(text) else ():
            assert piece.casefold() in there, (text.ting.nyckel, text.fält)
            checked += 1
    assert checked > 8


def test_the_headings_are_the_plans_parts_in_order(document: pikepdf.Pdf, real: Tree) -> None:
    plan = plan_of(real)
    marks = outline(document)
    names = [name for _, name in marks]
    parts = [*plan.kapitel.values(), *plan.delplaner.values()]
    numbered = [name for name in names if re.match(r"\d+(\.\d+)* ", name)]
    assert sorted(numbered) == sorted(f"{part.nummer} {part.titel}" for part in parts)
    assert numbered == sorted(numbered)
    assert (2, "4.2.1 Vuxenutbildning inom auktorisationen") in marks  # there is no 4.2
    assert [name for name in names if name in {m.titel for m in plan.metoder.values()}] == [
        metod.titel for metod in plan.metoder.values()
    ]


def test_the_front_says_what_a_proposal_is(real: Tree) -> None:
    document = made(minimal())
    front = pages(document)[0]
    number = manifest(plan_of(minimal()), forms()).sha256
    assert bare("Det här är ett utkast. Nämnden har inte beslutat om det.") in front
    assert f"Manifest{number}" in front
    assert "UtgåvaPlanför2026" in front
    assert number[:12] in pages(document, artifacts=True)[-1]


def test_the_front_says_what_was_decided() -> None:
    proposal = laid_over({
        "plan/plan.yml": minimal_text("plan/plan.yml").replace("utkast", "förslag"),
        "plan/utgavor.yml": minimal_text("plan/utgavor.yml").replace("återgivning", "förslag"),
    })  # fmt: skip
    beslut = Beslutsdata("Exempelnämnden", date(2025, 11, 20), "§ 12", "EX 2025-7")
    written = decide(proposal, beslut, DAY)
    assert written.files, written.outcome.problems
    front = pages(made(Tree({**proposal.plan, **written.files}, proposal.schemas)))[0]
    for said in ("Beslutad av Exempelnämnden", "Beslutsdatum 20 november 2025",
                 "Paragraf § 12", "Diarienummer EX 2025-7", "Justerat ej angivet",
                 f"Manifest {written.sha256}"):  # fmt: skip
        assert bare(said) in front


def test_a_retelling_has_no_manifest_and_says_where_the_original_is(
    document: pikepdf.Pdf,
) -> None:
    front = pages(document)[0]
    assert "Manifest" not in front + pages(document, artifacts=True)[0]
    assert bare("Originalet är den beslutade planen tillsammans med nämndens protokoll") in front


def test_it_says_when_the_period_has_passed() -> None:
    assert bare("Planens period har passerat") not in pages(made(minimal()))[0]
    late = made(minimal(), day=date(2027, 1, 1))
    assert bare("Planens period har passerat") in pages(late)[0]


# Text is data


def test_source_in_a_text_is_shown_and_never_run() -> None:
    text = "Här: #panic(1) $x^2$ @b <c> = d // e /* f ~ --- #let x = 1; [g] 'h' sys.inputs"
    there = text_of(made(changed(
        "gör: Enheten samlar klagomålen och ser efter om de har något gemensamt.",
        f"gör: |-\n  {text}",
    )))  # fmt: skip
    assert bare(text) in there


def test_markdown_is_read_and_its_traps_are_not() -> None:
    text = (
        "gör: |-\n  **Fet** och *kursiv* och `kod`, [en länk](https://example.org/a) och\n"
        "  [en annan](javascript:alert(1)) <b>inte html</b>.\n\n"
        "  3. tre\n  4. fyra\n\n     - inuti"
    )
    document = made(changed(
        "gör: Enheten samlar klagomålen och ser efter om de har något gemensamt.", text
    ))  # fmt: skip
    there = text_of(document)
    assert bare("Fet och kursiv och kod, en länk och") in there
    assert bare("<b>inte html</b>") in there
    assert bare("3.tre4.fyra") in there
    paths = [path for path, _ in elements(document)]
    assert any(path[-2:] == ("P", "Em") for path in paths)
    assert any(path.count("L") == 2 for path in paths)
    leads = [
        str(note.A.URI)
        for page in document.pages
        for note in page.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    ]
    assert leads == ["https://example.org/a"]


def test_text_becomes_its_parts() -> None:
    [first, listed] = blocks.text("Ett **två**\ntre\n\n- a\n- b")
    assert [(bit["t"], bit["s"]) for bit in first["bitar"]] == [
        ("Ett ", []), ("två", ["fet"]), (" ", []), ("tre", []),
    ]  # fmt: skip
    assert (listed["ordnad"], len(listed["punkter"])) == (False, 2)
    assert blocks.text("") == []


# What can't be shown


def test_each_character_that_is_promised_can_be_set() -> None:
    """Both upright and bold: a font may have one and not the other."""
    source = (
        b'#set document(title: "x")\n#set text(font: "Libertinus Serif")\n'
        b"#sys.inputs.t #strong(sys.inputs.t) #raw(sys.inputs.t)"
    )
    compiler = typst.Compiler(ignore_system_fonts=True)
    for first, last in glyphs.RUNS:
        signs = "".join(map(chr, range(first, last + 1)))
        assert glyphs.outside(signs) is None
        compiler.compile(
            source, format="pdf", sys_inputs={"t": signs}, pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )  # fmt: skip
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compiler.compile(
            source, format="pdf", sys_inputs={"t": "🙂"}, pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )  # fmt: skip


def test_a_character_without_a_glyph_is_found_by_the_check() -> None:
    answer = make(changed("något gemensamt", "något 🙂 gemensamt"), None, DAY)
    assert isinstance(answer, Made)
    assert answer.pdf is None
    assert [problem.rule for problem in answer.outcome.problems] == ["ovisbart-tecken"]


def test_elsewhere_it_stops_the_document_in_swedish() -> None:
    """A routine is in no plan's document, so the check only warns; its change is in a report."""
    path = "plan/rutiner/ta-emot-klagomal.yml"
    tree = changed("Den som klagar ska få svar.", "Den som klagar ska få 漢 svar.", path)
    assert make(tree, None, DAY).pdf
    with pytest.raises(DocumentError, match=r"”漢” \(U\+6F22\).*ska få") as caught:
        make(tree, minimal(), DAY)
    assert english(str(caught.value)) == []


# The change report


def test_the_report_marks_what_goes_and_what_comes_without_colour(report: pikepdf.Pdf) -> None:
    marks = {
        str(part.TextDecorationType)
        for path, node in elements(report)
        if path[-1] == "Span" and "/A" in node
        for part in node.A
        if "/TextDecorationType" in part
    }
    assert marks == {"/LineThrough", "/Underline"}


def test_the_report_has_every_sentence() -> None:
    before, after = minimal(), changed("samma fel inte ska hända", "ett fel inte får hända")
    document = made(after, before)
    there = text_of(document)
    assert bare("Ändringar i ”Plan för 2026”") in there
    assert bare("Att samma ett fel inte ska får hända igen.") in there
    assert bare("Det som tas bort är överstruket. Det nya är understruket") in there
    assert (2, "Metoden ”Klagomål”") in outline(document)
    assert bare("Jämförs med Plan för 2026") in there


def test_a_report_on_nothing_says_so() -> None:
    assert bare("Ingenting har ändrats.") in text_of(made(minimal(), minimal()))


# The same bytes, and the command


def test_the_same_plan_and_day_give_the_same_bytes() -> None:
    first, second = (make(site("full"), None, DAY).pdf for _ in range(2))
    assert first == second
    assert first != make(site("full"), None, date(2026, 6, 2)).pdf
    a, b = (make(site("full"), minimal(), DAY).pdf for _ in range(2))
    assert a == b


def test_no_font_of_the_machines_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    own = typst.Compiler

    def compiler(ignore_system_fonts: bool = False) -> typst.Compiler:
        asked.append(ignore_system_fonts)
        return own(ignore_system_fonts=ignore_system_fonts)

    monkeypatch.setattr(typst, "Compiler", compiler)
    data = {
        "titel": "T", "överrad": "Ö", "utgivare": "U", "beskrivning": "B", "datum": [2026, 6, 1],
        "fot": "F", "framsida": [], "innehållsdjup": 1, "block": [blocks.rubrik(1, "R")],
    }  # fmt: skip
    assert pdf(data, DAY).startswith(b"%PDF")
    assert asked == [True]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with the smallest plan, in which the command is given."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, dict(minimal().plan))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_the_plan(root: Path, capsys: Capture) -> None:
    assert main(["document", "--date", "2026-06-01"]) == 0
    assert capsys.readouterr().out == "Dokumentet är skrivet: plan.pdf.\n"
    assert (root / "plan.pdf").read_bytes() == make(minimal(), None, DAY).pdf


def test_the_command_writes_what_has_changed_since_a_revision(root: Path) -> None:
    new = minimal_text(METHOD).replace("samma fel", "ett fel")
    (root / METHOD).write_text(new, encoding="utf-8")
    for option in ("--ändringar", "--andringar"):
        assert main(["document", option, "main", "--date", "2026-06-01", "--out", "a.pdf"]) == 0
        expected = make(laid_over({METHOD: new}), minimal(), DAY).pdf
        assert (root / "a.pdf").read_bytes() == expected
        (root / "a.pdf").unlink()


def test_both_folders_are_counted_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = laid_over({METHOD: minimal_text(METHOD).replace("samma fel", "ett fel")})
    write(tmp_path / "gammal", minimal().plan)
    write(tmp_path / "ny", new.plan)
    monkeypatch.chdir(tmp_path)
    assert main(["document", "--ändringar", "gammal", "--date", "2026-06-01", "ny"]) == 0
    assert (tmp_path / "andringar.pdf").read_bytes() == make(new, minimal(), DAY).pdf


def test_no_document_of_a_plan_with_errors(root: Path, capsys: Capture) -> None:
    (root / METHOD).write_text("id: [", encoding="utf-8")
    assert main(["document"]) == 1
    said = capsys.readouterr()
    assert METHOD in said.out
    assert "inget dokument är gjort" in said.err
    assert not (root / "plan.pdf").exists()


def test_what_stops_a_report_is_said(root: Path, capsys: Capture) -> None:
    assert main(["document", "--ändringar", "finns-inte"]) == 2
    assert "finns-inte" in capsys.readouterr().err
    commit(root, {METHOD: "id: ["})
    (root / METHOD).write_text(minimal_text(METHOD), encoding="utf-8")
    assert main(["document", "--ändringar", "HEAD"]) == 1
    assert "planen i HEAD går inte att läsa" in capsys.readouterr().err
    path = root / "plan/rutiner/ta-emot-klagomal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("få svar", "få 漢"), encoding="utf-8")
    assert main(["document", "--ändringar", "HEAD~1"]) == 1
    said = capsys.readouterr().err
    assert "U+6F22" in said
    assert english(said) == []
    assert not list(root.glob("*.pdf"))
