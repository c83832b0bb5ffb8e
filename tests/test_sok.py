"""The search's index: which words a page is found by, what is shown of it, what it says it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bench.search import large_index
from ska.check import check
from ska.files.tree import read_tree
from ska.model import Plan
from ska.render.gemensamt import Settings, Site
from ska.render.lists.urval import läge
from ska.render.traff import träff
from ska.sok.index import INDEX, TEXT, Sida, Träff, files
from ska.sok.ordform import fold, words
from ska.sok.sidtext import Avsnitt, sections
from ska.ting import Ting
from tests.building import ROOT
from tests.search import HALVES, held_out, questions

# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Årshjulet ÄR Öppet", ["arshjulet", "ar", "oppet"]),
        ("Café Vidingsjö", ["cafe", "vidingsjo"]),
        ("(SOSFS 2011:9)", ["sosfs", "2011:9"]),
        ("AMF:s rutin", ["amf", "s", "rutin"]),
        ("4 kap. 6 a §", ["4", "kap", "6", "a"]),
        ("dnr AN 2023-167", ["dnr", "an", "2023", "167"]),
        ("klagomåls- och avvikelse/hantering", ["klagomals", "och", "avvikelse", "hantering"]),
        ("Cafe\u0301 och a\u030arshjul", ["cafe", "och", "arshjul"]),
        ("§§ – ”…”", []),
    ],
)
def test_a_text_s_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_folding_twice_changes_nothing() -> None:
    text = "Åtgärd, är smörgåsbord – café, œuvre, Ærø, naïve, façade"
    assert fold(fold(text)) == fold(text)


# A page's text


def lines(html: str) -> list[str]:
    return [line for section in sections(html) for line in section.rader]


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>Ett</p><p>Två</p>", ["Ett", "Två"]),
        ("<p>Ta <strong>emot</strong> klago<em>mål</em>et.</p>", ["Ta emot klagomålet."]),
        ("<p>Kap. 4 &amp; 5\n  § &lt;b&gt;</p>", ["Kap. 4 & 5 § <b>"]),
        ("<ul><li>Ett<ul><li>Inuti</li></ul></li><li>Två</li></ul>", ["Ett", "Inuti", "Två"]),
        ("<p>Rad<br>rad</p>", ["Rad", "rad"]),
        ("<p>Före</p><!-- inget --><svg><title>Hjul</title></svg>", ["Före"]),
        ('<p title="a > b">Text</p>', ["Text"]),
        ("<div data-search-exclude><p>Inte <b>det</b> här</p></div><p>Det här</p>", ["Det här"]),
    ],
)
def test_a_page_is_read_line_by_line(html: str, read: list[str]) -> None:
    assert lines(html) == read


def test_label_and_value_are_never_joined() -> None:
    facts = "<dl><div><dt>Ägare</dt> <dd>Utvecklingsledare</dd></div></dl>"
    assert lines(facts) == ["Ägare: Utvecklingsledare"]
    row = (
        "<table><thead><tr><th>År</th><th>Utfall</th><th>Mål</th></tr></thead><tbody><tr>"
        '<th scope="row">2017</th><td data-rubrik="Utfall">81</td><td data-rubrik="Mål"></td>'
        "</tr></tbody></table>"
    )
    assert lines(row) == ["2017 · Utfall: 81"]
    assert lines("<li><a>Metoden</a> <small>löpande</small></li>") == ["Metoden – löpande"]


def test_sections_have_the_anchors_of_their_headings() -> None:
    html = (
        '<h1 id="titel">Titel<a class="headerlink" href="#titel">¶</a></h1><p>Ingress</p>'
        '<h2 id="steg">Steg</h2><p>Gör så.</p>'
        '<h2 id="historik" data-search-exclude>Historik</h2><p>Tillkom.</p>'
    )
    found = [(part.ankare, part.rubrik, part.rader) for part in sections(html)]
    assert found == [("titel", "Titel", ["Ingress"]), ("steg", "Steg", ["Gör så."])]


def test_lists_of_links_are_found_but_not_shown() -> None:
    (part,) = sections(
        '<h1 id="a">A</h1><p>Själva texten</p><ul class="ska-lista"><li>En annan sida</li></ul>'
    )
    assert part.rader == ["Själva texten", "En annan sida"]
    assert part.visas == ["Själva texten"]


def test_the_lead_is_shown_first() -> None:
    (part,) = sections('<h1 id="a">A</h1><p>Läge</p><div class="ska-ingress"><p>Syfte</p></div>')
    assert part.visas == ["Syfte", "Läge"]


# The index


def sida(adress: str, titel: str, text: str = "", *sökord: str, slag: str = "Rutin") -> Sida:
    return Sida(adress, titel, Träff(slag), sökord, [Avsnitt("a", titel, [text] if text else [])])


def weights(*pages: Sida) -> dict[str, dict[str, int]]:
    """Give word -> address -> weight."""
    index = json.loads(files(pages)[INDEX])
    found: dict[str, dict[str, int]] = {}
    for word, hits in zip(index["ord"].split(" "), index["träffar"], strict=True):
        page = 0
        for step, weight in zip(hits[::2], hits[1::2], strict=True):
            page += step
            found.setdefault(word, {})[index["sidor"][page][0]] = weight
    return found


def test_a_word_weighs_by_where_it_stands() -> None:
    found = weights(
        sida("a/", "Ta emot klagomål"),
        sida("b/", "Något annat", "Här nämns klagomål", "missnöjd"),
        sida("c/", "En tredje", "", "klagomål"),
        sida("d/", "En fjärde", "Klagomål på klagomål på klagomål"),
    )["klagomal"]
    assert found["a/"] > found["c/"] > found["d/"] > found["b/"]


def test_a_word_on_a_long_page_weighs_less() -> None:
    found = weights(sida("a/", "Ett", "klagomål"), sida("b/", "Två", "klagomål " + "fyllnad " * 99))
    assert found["klagomal"]["a/"] > found["klagomal"]["b/"]


def test_a_lone_figure_finds_titles_only() -> None:
    found = weights(sida("a/", "Enhet 4"), sida("b/", "Annat", "steg 4 av 9"))
    assert found["4"].keys() == {"a/"}


def test_the_same_pages_give_the_same_bytes_in_any_order() -> None:
    pages = [sida("b/", "Bä", "text å"), sida("a/", "Ab", "ord"), sida("c/", "Ce", "ord", "sök")]
    assert files(pages) == files(reversed(pages))


def test_what_is_shown_follows_the_pages() -> None:
    made = files([sida("b/", "B", "Andra"), sida("a/", "A", "Första")])
    index, text = json.loads(made[INDEX]), json.loads(made[TEXT])
    assert [page[0] for page in index["sidor"]] == ["a/", "b/"]
    assert text == [[["a", "A", "Första"]], [["a", "B", "Andra"]]]


def test_a_site_without_pages_has_an_index() -> None:
    assert json.loads(files([])[INDEX])["sidor"] == []


# What a result says


@cache
def real() -> Plan:
    """The plan of this project."""
    plan = check(read_tree(ROOT), date(2026, 3, 1)).plan
    assert plan is not None
    return plan


def told(slag: str, id: str, today: date = date(2026, 3, 1)) -> Träff:
    plan = real()
    thing: Ting = next(t for t in plan.ting() if t.nyckel == (slag, id))
    return träff(Site(plan, Settings(today)), thing)


@pytest.mark.parametrize(
    ("slag", "id", "said"),
    [
        ("rutin", "lex-sarah", ("Rutin", "Återgiven ur källa", "IAF", True)),
        ("rutin", "klagomal-avvikelser-amf-2022", ("Rutin", "Ersatt", "IAF", False)),
        ("författning", "skollagen", ("Författning", "Gäller", "", True)),
        (
            "lagrum",
            "sol-2001-14-3-7",
            ("Lagrum", "Upphävd 1 juli 2025", "", False),
        ),
        ("enhet", "mottagningen", ("Enhet", "", "ALF", True)),
        ("indikator", "total-sjukfranvaro-2019", ("Indikator", "Gällde 2019–2022", "", False)),
        ("metod", "kvalitetsrapport", ("Metod", "", "Vux", True)),
    ],
)
def test_kind_status_and_unit(slag: str, id: str, said: tuple[str, str, str, bool]) -> None:
    found = told(slag, id)
    assert (found.slag, found.läge, found.enhet, found.gäller) == said


def test_a_law_holds_until_its_last_day() -> None:
    at = ("författning", "socialtjanstlagen-2001")
    last, after = (told(*at, today=date(2025, *day)) for day in ((6, 30), (7, 1)))
    assert (last.läge, last.gäller) == ("Upphör 1 juli 2025", True)
    assert (after.läge, after.gäller) == ("Upphävd 1 juli 2025", False)
    law = real().författningar[at[1]]
    states = [läge(Site(real(), Settings(date(2025, *day))), law) for day in ((6, 30), (7, 1))]
    assert states[0] in ("Gäller", "Inte kontrollerad")
    assert states[1] == "Upphävd"


def test_a_law_that_is_to_come_says_from_when() -> None:
    at = ("författning", "socialtjanstlagen-2025")
    before, on = (told(*at, today=date(2025, *day)) for day in ((6, 30), (7, 1)))
    assert before.läge == "Gäller från 1 juli 2025"
    assert on.läge in ("Gäller", "Inte kontrollerad")


def test_what_names_a_thing() -> None:
    assert "Skollagen 4 kap. 8 §" in told("lagrum", "skollagen-4-8").kallas
    assert "2011:9" in told("författning", "sosfs-2011-9").kallas
    assert "lex Sarah" in told("rutin", "lex-sarah").kallas
    # The act that holds is what ”socialtjänstlagen” means.
    assert "Socialtjänstlagen" in told("författning", "socialtjanstlagen-2025").kallas
    assert "Socialtjänstlagen" not in told("författning", "socialtjanstlagen-2001").kallas


def test_ended_routines_do_not_hold_whatever_ended_them() -> None:
    plan = real()
    site = Site(plan, Settings(date(2026, 3, 1)))
    routine = plan.rutiner["lex-sarah"]
    assert not träff(site, replace(routine, status="upphörd")).gäller
    assert not träff(site, replace(routine, ersatt_av="stickprov")).gäller
    assert träff(site, replace(routine, status="utkast")).läge == "Utkast"


# The searches


def test_the_searches_were_split_by_lot() -> None:
    kept, drawn = (questions(half) for half in HALVES)
    places = held_out(len(kept) + len(drawn))
    assert len(drawn) == len(places) == 79
    # Both halves keep the order in which all were written: by kind of difficulty.
    left, taken = iter(kept), iter(drawn)
    merged = [next(taken if n in places else left) for n in range(len(kept) + len(drawn))]
    kinds = [one.art for one in merged]
    assert len(dict.fromkeys(kinds)) == sum(a != b for a, b in pairwise(kinds)) + 1
    assert len({one.fråga for one in merged}) == len(merged) >= 120


# Size


@pytest.mark.no_cover  # as long again, and no line that the others don't show
def test_the_index_grows_no_faster_than_the_pages(tmp_path: Path) -> None:
    few, many = (large_index(tmp_path / str(count), count) for count in (40, 240))
    size = [sum(map(len, made.files.values())) / made.pages for made in (few, many)]
    assert many.pages > 3 * few.pages
    assert size[1] < 1.15 * size[0]
    assert size[1] < 5000  # bytes a page: 25 MB at 5,000 pages
