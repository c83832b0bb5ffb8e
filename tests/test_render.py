"""The plan's pages as text: what stands on them and where they lead, before any site is built."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest

from ska import words
from ska.check import check, load
from ska.files.tree import Tree, read_tree
from ska.model import Plan
from ska.reading import schema
from ska.reading.schema import bodies_of
from ska.render import rich, tree
from ska.render.addresses import SLAG, address, relative, source_path
from ska.render.calendars import calendar
from ska.render.gemensamt import Settings
from ska.render.page import Page
from ska.ting import Frekvens, Genomförs, Inom, Månad, Rapporteras, Spår, Säsong, Ting
from tests import filled
from tests.helpers import MINIMAL, TODAY, minimal, outcome, site

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).resolve().parent / "golden"
Pages = Mapping[str, Page]


PLAIN = Settings(TODAY)


def render(files: Tree, settings: Settings = PLAIN) -> tuple[Plan, Pages]:
    result = check(files, settings.today)
    assert result.plan is not None, result.problems
    bodies = schema.bodies_of(schema.load(files.schemas))
    return result.plan, tree.pages(result.plan, bodies, settings)


@cache
def real() -> tuple[Plan, Pages]:
    return render(read_tree(ROOT))


@cache
def older() -> tuple[Plan, Pages]:
    return render(site("handlingsplan-2018"))


def whole(which: str) -> tuple[Plan, Pages]:
    return {"real": real, "older": older, "full": lambda: full()[:2]}[which]()


def numbered() -> tuple[Callable[[str, str, str], str], list[tuple[str, str, str]]]:
    """Return a writer of texts that can be told apart, and the list of what it wrote."""
    wrote: list[tuple[str, str, str]] = []

    def write(shown: str, slag: str, path: str) -> str:
        wrote.append((f"Text{len(wrote)}x", slag, path))
        return wrote[-1][0]

    return write, wrote


@cache
def full() -> tuple[Plan, Pages, list[tuple[str, str, str]]]:
    write, wrote = numbered()
    plan, pages = render(Tree(filled.files(write), minimal().schemas))
    return plan, pages, wrote


def page_of(pages: Pages, ting: Ting) -> Page:
    return pages[source_path(address(ting))]


def links(page: Page) -> set[str]:
    """Return the addresses from the root that a page leads to, without anchors."""
    at = re.sub(r"(^|/)index\.md$", r"\1", page.path).removesuffix(".md")
    at = at if not at or at.endswith("/") else at + "/"
    found = re.findall(r'href="([^"]*)"', page.body)
    inner = (re.split("[?#]", href)[0] for href in found if not re.match(r"[a-z]+:", href))
    joined = (normpath(f"/{at}{href}") for href in inner if href)
    return {f"{path.strip('/')}/".lstrip("/") for path in joined}


# The pages as they are read


GOLDEN_PAGES = (
    "rutiner/ta-emot-klagomal.md",
    "metoder/klagomal.md",
    "roller/enhetschef.md",
    "arshjul/uppfoljning-klagomal.md",
)


@pytest.mark.parametrize("path", GOLDEN_PAGES)
def test_a_page_is_as_it_was_read_and_approved(path: str) -> None:
    """Renew with SKA_FORNYA=1, and read what has changed before it is committed."""
    _, pages = render(minimal())
    made = tree.markdown(pages[path])
    kept = GOLDEN / path.replace("/", "-")
    if os.environ.get("SKA_FORNYA"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(made, encoding="utf-8", newline="\n")
    assert made == kept.read_text(encoding="utf-8")


def test_pages_don_t_depend_on_the_order_of_the_files() -> None:
    files = minimal()
    backwards = Tree(dict(reversed(files.plan.items())), files.schemas)
    written = [
        {path: (tree.markdown(page), page.file) for path, page in render(one)[1].items()}
        for one in (files, backwards)
    ]
    assert written[0] == written[1]


# What has a page


@pytest.mark.parametrize("which", ["real", "older", "full"])
def test_each_thing_has_one_page_at_its_address(which: str) -> None:
    plan, pages = whole(which)
    paths = Counter(source_path(address(ting)) for ting in plan.ting())
    assert not [path for path, times in paths.items() if times > 1]
    for ting in plan.ting():
        page = page_of(pages, ting)
        assert page.title.startswith(ting.rubrik)
        assert page.title == ting.rubrik or page.title.endswith(")")  # past, or ended
        assert page.file == ting.where().file
        assert f"<code>{ting.id}</code>" in page.body
    assert all(re.fullmatch(r"[a-z0-9/-]+\.md", path) for path in pages)


def test_every_kind_is_tried() -> None:
    """The full plan holds a thing of each kind, so that no test below passes for want of one."""
    plan, _, wrote = full()
    assert {ting.slag for ting in plan.ting()} == set(filled.IDS)
    assert {slag for _, slag, _ in wrote} == set(filled.IDS)


def test_every_text_stands_on_its_thing_s_page() -> None:
    plan, pages, wrote = full()
    by_kind = {ting.slag: page_of(pages, ting) for ting in plan.ting()}
    missing = [
        path
        for text, slag, path in wrote
        if text not in by_kind[slag].body and text not in by_kind[slag].keywords
    ]
    assert not missing


def test_dates_numbers_and_choices_stand_on_the_page() -> None:
    plan, pages, _ = full()
    by_kind = {ting.slag: page_of(pages, ting).body for ting in plan.ting()}
    assert "1 februari 2026" in by_kind["årshjul"]
    assert "februari 2026" in by_kind["aktivitet"]
    assert "EX 2025-7" in by_kind["källa"]
    assert "§ 12" in by_kind["utgåva"]
    assert "SFS 2020:1" in by_kind["författning"]
    assert "1 kap. 2 §" in by_kind["lagrum"]
    assert "Inom 1 dag" in by_kind["rutin"]
    assert "https://example.org/blankett" in by_kind["rutin"]
    assert "Varje vecka, utom" in by_kind["metod"]
    assert "2026" in by_kind["begrepp"]


# Where pages lead


@pytest.mark.parametrize("which", ["real", "older", "full"])
def test_relations_are_links_both_ways(which: str) -> None:
    plan, pages = whole(which)
    lead = {path: links(page) for path, page in pages.items()}
    for path in list(lead):  # what is too long for a source's own page stands under it
        own = source_path("/".join(path.split("/")[:2]) + "/")
        if path.startswith("kallor/") and path != own and own in lead:
            lead[own] = lead[own] | lead[path]
    missing = set()
    for mention in plan.hänvisningar:
        if mention.från.nyckel == mention.till.nyckel:
            continue
        for one, other in ((mention.från, mention.till), (mention.till, mention.från)):
            if address(other) not in lead[source_path(address(one))]:
                missing.add((one.nyckel, other.nyckel, mention.fält))
    assert not missing


@pytest.mark.parametrize("which", ["real", "older", "full"])
def test_links_lead_to_pages_that_exist(which: str) -> None:
    plan, pages = whole(which)
    made = {re.sub(r"(\bindex)?\.md$", "", path).rstrip("/") + "/" for path in pages}
    by_hand = {"/", "", "hjalp/andra/", "hjalp/kalender/", "hjalp/kontroll/", "hjalp/krav/"}
    # Files for programs, which the build writes beside the pages (tests/test_site.py).
    by_hand |= {"api/att-se-over.json/", "kalender/att-se-over.ics/", "andringar.atom/",
                "dokument/plan.pdf/", "api/tackning.csv/", "api/tackning.json/"}  # fmt: skip
    by_hand |= {f"{at}/" for at in calendar.addresses(calendar.feeds(plan, {})).values()}
    wrong = {
        (path, target)
        for path, page in pages.items()
        for target in links(page)
        if target not in made and target not in by_hand
    }
    assert not wrong


@pytest.mark.parametrize("which", ["real", "older"])
def test_no_thing_is_a_dead_end_or_an_orphan(which: str) -> None:
    plan, pages = whole(which)
    lead = {path: links(page) for path, page in pages.items()}
    for ting in plan.ting():
        path = source_path(address(ting))
        way_back = {"/", "", f"{SLAG[ting.slag].mapp}/"}
        assert lead[path] - way_back, f"{path} leads nowhere"
        assert any(address(ting) in lead[other] for other in pages if other != path), path


def test_a_unit_s_page_says_how_something_is_done_before_the_whole_year() -> None:
    pages = real()[1]
    for path in ("enheter/mottagningen.md", "avdelningar/arbetsliv-och-forsorjning.md"):
        headings = re.findall(r"^## (.*)$", pages[path].body, re.MULTILINE)
        assert headings.index("Rutiner som gäller här") < headings.index("Året 2025"), path


def test_a_sub_plan_says_who_answers_for_a_method_there() -> None:
    plan, pages = render(site("full"))
    method = plan.metoder["egenkontroll"]
    (own,) = method.skillnader
    assert own.ansvariga != method.ansvariga
    for delplan in plan.delplaner.values():
        row = re.search(
            r"<tr>.*>Egenkontroll</a></th>.*</tr>", pages[f"delplaner/{delplan.id}.md"].body
        )
        assert row is not None
        who = own.ansvariga if delplan.id == own.delplan else method.ansvariga
        said = re.findall(r"roller/([\w-]+)/", row[0])
        assert said == list(who), delplan.id


def test_a_repealed_law_says_so_where_something_rests_on_it() -> None:
    pages = real()[1]
    law = pages["rutiner/lex-sarah.md"].body.partition("## Lag")[2].partition("## ")[0]
    old, *new = re.findall(r"<li>(.*?)</li>", law)
    assert old.endswith("(äldre bestämmelser)</a> <small>upphävd från 1 juli 2025</small>")
    assert len(new) == 2
    assert not [line for line in new if "upphävd" in line]
    facts = pages["avdelningar/arbetsliv-och-forsorjning.md"].body
    assert "Socialtjänstlagen (2001:453)</a> <small>upphävd från 1 juli 2025</small>" in facts


def test_notes_in_the_text_lead_to_the_list_of_sources() -> None:
    for page in [*real()[1].values(), *older()[1].values(), *full()[1].values()]:
        noted = set(re.findall(r'href="#(kalla-\d+)"', page.body))
        listed = re.findall(r'id="(kalla-\d+)"', page.body)
        assert noted == set(listed), page.path
        assert len(listed) == len(set(listed)), page.path


@pytest.mark.parametrize("which", ["real", "older"])
def test_the_plan_can_be_read_from_first_to_last(which: str) -> None:
    plan, pages = whole(which)
    order = [plan.ram, *sorted(
        [*plan.kapitel.values(), *plan.delplaner.values()],
        key=lambda thing: [int(part) for part in thing.nummer.split(".")],
    )]  # fmt: skip
    for before, after in pairwise(order):
        here, there = page_of(pages, before), page_of(pages, after)
        assert f'Nästa: <a href="{relative(address(after), address(before))}"' in here.body
        assert f'Föregående: <a href="{relative(address(before), address(after))}"' in there.body


def test_a_page_links_to_its_line_when_the_repository_is_known() -> None:
    settings = Settings(TODAY, "https://git.example.org/namnd/ska/", "main")
    plan, with_address = render(minimal(), settings)
    _, without = render(minimal())
    path = "arshjul/uppfoljning-klagomal.md"
    line = plan.aktiviteter["uppfoljning-klagomal"].where().line
    there = f"https://git.example.org/namnd/ska/blob/main/plan/arshjul.yml#L{line}"
    assert minimal().plan["plan/arshjul.yml"].decode().splitlines()[line - 1].strip() == (
        "- id: uppfoljning-klagomal"
    )
    assert f'href="{there}"' in with_address[path].body
    assert not any("https://" in page.body for page in without.values())


# What holds


def notice(today: date) -> str:
    result = outcome({}, today)
    assert result.plan is not None
    bodies = bodies_of(schema.load(minimal().schemas))
    return tree.pages(result.plan, bodies, Settings(today))["planen/index.md"].body


def test_a_page_says_when_the_period_has_passed() -> None:
    assert "Perioden har passerat." not in notice(date(2026, 12, 31))
    assert "Perioden har passerat." in notice(date(2027, 1, 1))


ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
ROUTINE_PAGE = "rutiner/ta-emot-klagomal.md"


def routine(*changes: tuple[str, str]) -> str:
    """Render the small plan's routine after replacing pieces of its file."""
    text = minimal().plan[ROUTINE].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    _, pages = render(Tree({**minimal().plan, ROUTINE: text.encode()}, minimal().schemas))
    return pages[ROUTINE_PAGE].body


STEP_WITHOUT_TIME = "    inom: ej_angivet\n"
TIME = "    inom:\n      antal: 1\n      enhet: dag\n"
UNIT = "  - roll: ej_angivet\n    utförs_av: [mottagningen]\n    med: [enhetschef]\n"


def test_a_routine_says_what_holds() -> None:
    body = routine()
    assert "Återgiven ur källa</span>" in body
    facts = re.findall("<dt>(.*?)</dt> <dd>(.*?)</dd>", body)
    assert [(name, re.sub("<[^>]+>", "", said)) for name, said in facts] == [
        ("Gäller sedan", "1 januari 2026"), ("Ses över senast", "31 december 2026"),
        ("Ägare", "Enhetschef"), ("Gäller för", "Mottagningen"),
    ]  # fmt: skip
    assert "Källorna säger inte" not in body
    assert (
        body.index("Gäller sedan") < body.index("Den som klagar ska få svar") < body.index("# St")
    )
    assert '<span class="ska-inom">Inom 1 dag</span>' in body


def test_a_routine_says_once_what_no_source_tells() -> None:
    bare = routine(("ägare: enhetschef", "ägare: ej_angivet"), ("2026-01-01", "ej_angivet"),
                   ("2026-12-31", "ej_angivet"))  # fmt: skip
    lacking = "vem som äger rutinen, från när den gäller eller när den ses över"
    assert f"Källorna säger inte {lacking}." in bare
    assert "Fråga registratorn efter originalet" in bare
    one = routine(("2026-12-31", "ej_angivet"))
    assert "Källorna säger inte när den ses över." in one


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], None),
        ([(TIME, STEP_WITHOUT_TIME)], "Källorna säger inte hur snabbt stegen ska göras."),
        ([("- roll: enhetschef", "- roll: ej_angivet")],
         "Källorna säger inte vem som gör stegen."),
        ([("- roll: enhetschef", "- roll: ej_angivet"), (TIME, STEP_WITHOUT_TIME)],
         "Källorna säger varken vem som gör stegen eller hur snabbt."),
    ],
)  # fmt: skip
def test_a_routine_says_once_what_no_step_tells(
    changes: list[tuple[str, str]], said: str | None
) -> None:
    body = routine(*changes)
    assert ("Källorna säger" in body) == (said is not None)
    assert said is None or said in body
    assert "Vem: ej angivet" not in body


def test_a_step_can_be_done_by_a_unit_and_with_others() -> None:
    body = routine(("  - roll: enhetschef\n    gör: Svara", UNIT + "    gör: Svara"))
    assert '<span class="ska-chip"><a href="../../enheter/mottagningen/">Mottagningen</a>' in body
    assert 'Tillsammans med <a href="../../roller/enhetschef/">enhetschef</a>.' in body
    only_one = ("  - roll: enhetschef\n    gör: Svara", "  - roll: ej_angivet\n    gör: Svara")
    assert "Vem: ej angivet" in routine(only_one)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("status: återgiven", "status: utkast")], "Rutinen gäller inte än."),
        ([("status: återgiven", "status: gällande")], ""),
        ([("status: återgiven", "status: upphörd")], "Rutinen gäller inte längre."),
    ],
)
def test_a_routine_says_that_it_does_not_hold(changes: list[tuple[str, str]], said: str) -> None:
    body = routine(*changes)
    assert said in body
    assert ('class="ska-notis"' in body) == bool(said)


def test_a_frame_says_that_it_is_one() -> None:
    text = minimal().plan[ROUTINE].decode()
    start, end = (
        text.index("steg:"),
        text.index("källor:\n  - dokument: exempelplan\n    avsnitt: 2"),
    )
    frame = text[:start] + text[text.rindex("\nkällor:") + 1 :]
    assert end
    files = Tree({**minimal().plan, ROUTINE: frame.replace("fullständig", "stomme").encode()},
                 minimal().schemas)  # fmt: skip
    _, pages = render(files)
    assert "Det här är en stomme" in pages[ROUTINE_PAGE].body
    assert "Stommar" in pages["rutiner/index.md"].body
    assert "Med steg" not in pages["rutiner/index.md"].body


# Lists


def test_a_list_says_once_what_holds_for_all_rows() -> None:
    text = minimal().plan[ROUTINE].decode()
    more = {
        f"plan/rutiner/{id}.yml": text.replace("ta-emot-klagomal", id).encode()
        for id in ("en", "tva")
    }
    _, pages = render(Tree({**minimal().plan, **more}, minimal().schemas))
    body = pages["rutiner/index.md"].body
    assert "Läge för alla 3: Återgiven ur källa." in body
    assert '<th scope="col">Läge</th>' not in body
    assert '<th scope="col">Läge</th>' in render(minimal())[1]["rutiner/index.md"].body


def test_what_is_not_stated_has_words_and_leads_there() -> None:
    plan, pages = real()
    body = pages["ej-angivet/index.md"].body
    assert f"Just nu gäller det {len(plan.luckor)} uppgifter." in body
    for name in ("ses_över_senast", "laga_kraft", "ej_angivet", "frekvens.typ"):
        assert name not in body
    assert "eller ej angivet" not in body
    assert "Dagen då beslutet vann laga kraft" in body


def test_words_are_sorted_as_swedish_does() -> None:
    unsorted = ["öppen", "Zebra", "ärende", "åtgärd", "avvikelse", "Årshjul", "idé"]
    ordered = ["avvikelse", "idé", "Zebra", "Årshjul", "åtgärd", "ärende", "öppen"]
    assert sorted(unsorted, key=words.ordning) == ordered


# Words

SPÅR: Any = Spår(None, ())  # type: ignore[arg-type]  # where it stands doesn't matter here


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Frekvens(spår=SPÅR, typ="antal", antal=1, per="år"), "varje år"),
        (Frekvens(spår=SPÅR, typ="antal", antal=4, per="år"), "fyra gånger om året"),
        (
            Frekvens(spår=SPÅR, typ="antal", antal=1, per="termin", gräns="minst"),
            "minst en gång per termin",
        ),
        (Frekvens(spår=SPÅR, typ="antal", antal=13, per="år"), "13 gånger om året"),
        (
            Frekvens(spår=SPÅR, typ="antal", antal=1, per="månad", utom="i juli"),
            "varje månad, utom i juli",
        ),
        (Frekvens(spår=SPÅR, typ="vid_behov"), "vid behov"),
        (Frekvens(spår=SPÅR, typ="ej_angivet"), "ej angivet"),
    ],
)
def test_how_often(made: Frekvens, said: str) -> None:
    assert words.frekvens(made) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Genomförs(spår=SPÅR, typ="period", från=Månad(2025, 3), till=Månad(2025, 3)), "mars 2025"),
        (
            Genomförs(spår=SPÅR, typ="period", från=Månad(2025, 3), till=Månad(2025, 4)),
            "mars–april 2025",
        ),
        (
            Genomförs(spår=SPÅR, typ="period", från=Månad(2024, 12), till=Månad(2025, 1)),
            "december 2024–januari 2025",
        ),
        (Genomförs(spår=SPÅR, typ="löpande", år=2024), "löpande under 2024"),
        (Genomförs(spår=SPÅR, typ="löpande"), "löpande"),
        (Genomförs(spår=SPÅR, typ="återkommande"), "återkommande under året"),
        (Genomförs(spår=SPÅR, typ="ej_angivet"), "ej angivet"),
    ],
)
def test_when_the_work_is_done(made: Genomförs, said: str) -> None:
    assert words.genomförs(made) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Rapporteras(spår=SPÅR, typ="månad", månad=Månad(2025, 3)), "mars 2025"),
        (Rapporteras(spår=SPÅR, typ="varje_sammanträde"), "varje sammanträde"),
        (Rapporteras(spår=SPÅR, typ="enligt_plan", plan="Plan för besök"), "enligt plan för besök"),
        (Rapporteras(spår=SPÅR, typ="enligt_plan", plan="SKA-planen"), "enligt SKA-planen"),
        (Rapporteras(spår=SPÅR, typ="enligt_plan"), "enligt en särskild plan"),
        (Rapporteras(spår=SPÅR, typ="ej_angivet"), "ej angivet"),
    ],
)
def test_when_it_is_reported(made: Rapporteras, said: str) -> None:
    assert words.rapporteras(made) == said


def test_times_and_periods() -> None:
    assert words.period(date(2025, 1, 1), date(2025, 12, 31)) == "1 januari–31 december 2025"
    assert words.period(date(2024, 7, 1), date(2025, 6, 30)) == "1 juli 2024–30 juni 2025"
    months = (Månad(2025, 2), Månad(2025, 5), Månad(2025, 9))
    assert words.månader(months) == "februari, maj och september 2025"
    assert words.månader((Månad(2025, 11), Månad(2026, 2))) == "november 2025 och februari 2026"
    assert words.inom(Inom(spår=SPÅR, antal=2, enhet="arbetsdag")) == "inom 2 arbetsdagar"
    assert words.inom("ej_angivet") == ""
    assert words.säsong(
        Säsong(spår=SPÅR, omfattar=(), årstid="höst", månader=("maj", "juni"), längd="fyra veckor")
    ) == ("på hösten, i maj och juni, fyra veckor")


# Text fields


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Enkel text.", "<p>Enkel text.</p>"),
        ("Ett.\n\nTvå.", "<p>Ett.</p><p>Två.</p>"),
        ("- a\n- b", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("*a* och **b**", "<p><em>a</em> och <strong>b</strong></p>"),
        ("[a](https://example.org)", '<p><a href="https://example.org">a</a></p>'),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](http://example.org)", "<p><a>a</a></p>"),
        ("![a](https://example.org/a.png)", '<p>!<a href="https://example.org/a.png">a</a></p>'),
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>"),
        ("</div><b onclick=x()>", "<p>&lt;/div&gt;&lt;b onclick=x()&gt;</p>"),
        ("a &lt; b &#40; c & d", "<p>a &amp;lt; b &amp;#40; c &amp; d</p>"),
        ("{{ 7*7 }} {% raw %}", "<p>{{ 7*7 }} {% raw %}</p>"),
        ('{: onclick="x()" }', '<p>{: onclick="x()" }</p>'),
    ],
)
def test_text_becomes_safe_html(text: str, made: str) -> None:
    assert rich.html(text).replace("&#34;", '"') == made


def test_a_heading_is_only_text() -> None:
    assert rich.heading("# A *b* {: .c } `d` [e](f) <g>") == (
        r"\# A \*b\* \{: \.c \} \`d\` \[e\]\(f\) &lt;g&gt;"
    )


class TestAbbreviations:
    explainer = rich.Explainer(
        {"IAF": "Förvaltningen", "lt": "mindre än", "A&B": 'x"y', "39": "trettionio"},
        {"IAF": "begrepp/iaf/", "lt": "begrepp/lt/", "A&B": "begrepp/ab/", "39": "begrepp/n/"},
    )

    def explained(self, text: str, at: str = "rutiner/x/") -> str:
        return str(self.explainer.page(at).rik(text))

    def test_the_first_is_explained_and_leads_to_its_page(self) -> None:
        abbr = '<abbr title="Förvaltningen">IAF</abbr>'
        link = f'<a class="ska-ord" href="../../begrepp/iaf/">{abbr}</a>'
        assert self.explained("IAF och IAF.") == f"<p>{link} och IAF.</p>"

    def test_only_as_a_word_of_its_own(self) -> None:
        assert "abbr" not in self.explained("IAFs XIAF MIAF-IAF iaf")

    def test_not_inside_an_entity(self) -> None:
        page = self.explainer.page("")
        assert page.rik("a < b") == "<p>a &lt; b</p>"
        assert page.ord("rock'n") == "rock&#39;n"

    def test_no_link_inside_a_link_nor_to_itself(self) -> None:
        inside = self.explained("[om IAF](https://example.org)")
        assert inside == (
            '<p><a href="https://example.org">om <abbr title="Förvaltningen">IAF</abbr></a></p>'
        )
        assert self.explained("IAF", "begrepp/iaf/") == (
            '<p><abbr title="Förvaltningen">IAF</abbr></p>'
        )

    def test_headings_and_code_stand_for_themselves(self) -> None:
        page = self.explainer.page("")
        assert page.html("<h2>IAF</h2><code>IAF</code>") == "<h2>IAF</h2><code>IAF</code>"
        choice = "<option>IAF</option><svg><a><p>IAF</p></a></svg>"
        assert page.html(choice) == choice
        assert "abbr" in page.html("<p>IAF</p>")

    def test_a_term_s_signs_are_escaped(self) -> None:
        assert 'title="x&#34;y">A&amp;B</abbr>' in self.explained("A&B")

    def test_without_terms(self) -> None:
        assert rich.Explainer({}, {}).page("").ord("IAF <b>") == "IAF &lt;b&gt;"


def test_an_abbreviation_has_the_meaning_of_its_time() -> None:
    begrepp = """\
begrepp:
  - id: {0}
    term: AMI
    typ: förkortning
    utläses: {0}
    förklaring: Något.
    gäller_från: {1}
    gäller_till: {2}
    källor: [{{dokument: exempelplan, avsnitt: Ord}}]
"""
    for first, last, holds in ((2017, 2022, False), (2020, 2026, True), (2027, 2028, False)):
        content = begrepp.format("gammal", first, last)
        result = outcome({"plan/begrepp.yml": content})
        assert result.plan is not None, result.problems
        site_meanings = rich.meanings(result.plan.begrepp.values(), 2026, 2026)
        assert site_meanings == ({"AMI": "gammal"} if holds else {})


def test_minimal_is_the_smallest() -> None:
    """The golden pages are of the plan that opens as it is."""
    assert (MINIMAL / "plan" / "plan.yml").is_file()


def test_each_page_names_the_manifest_of_what_was_decided() -> None:
    register = minimal().plan["plan/utgavor.yml"].decode()
    sha = "5d" * 32
    register = register.replace("typ: återgivning", "typ: beslutad") + (
        f'    manifest: {{version: 1, sha256: "{sha}"}}\n'
    )
    frame = minimal().plan["plan/plan.yml"].decode().replace("status: utkast", "status: beslutad")
    files = {"plan/utgavor.yml": register.encode(), "plan/plan.yml": frame.encode()}
    plan = load(Tree({**minimal().plan, **files}, minimal().schemas)).plan
    assert plan is not None
    bodies = bodies_of(schema.load(minimal().schemas))
    pages = tree.pages(plan, bodies, PLAIN)
    assert all(f"Manifest: {sha[:12]}." in page.body for page in pages.values() if page.file)
    assert sha in pages["utgavor/exempelnamnden-2026.md"].body
