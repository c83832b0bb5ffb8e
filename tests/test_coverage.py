"""Nothing skipped: every part of the sources is in the plan, or left out for a stated reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

import pytest

from ska.render import undersidor
from ska.render.addresses import source_path
from ska.render.gemensamt import Settings, Site
from ska.render.page import thing_page
from ska.ting import Källa, Källdel
from tests.fakta import DAY, DOCUMENTS, OLDER, SOURCES, document, plan_for, with_documents

#: Kinds that are what the documents say; each thing of them stands in some part of its document.
_CONTENT = {
    "kapitel", "aktivitet", "delplan", "metod", "avdelning", "enhet", "kommunmål", "mål",
    "indikator", "uppdrag", "planering", "internkontroll", "kontrollmoment", "risk", "avvikelser",
    "budget", "målområde",
}  # fmt: skip
#: Lines that stand alone between blank lines but are running text: a page ended in the middle of
#: the sentence, a text in a figure, those who get the decision, an address.
_RUNNING_TEXT = {
    "ska-plan-2025": {233, 284, 292, 341, 378, 390},
    "internbudget-2024": {133, 135, 137, 404},
}
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def source(id: str) -> Källa:
    return plan_for(id).källor[id]


@pytest.fixture(params=SOURCES)
def källa(request: pytest.FixtureRequest) -> Källa:
    return source(request.param)


def test_varje_del_finns_i_planen_eller_har_ett_skal(källa: Källa) -> None:
    plan = plan_for(källa.id)
    assert len(källa.innehåll) >= 50
    things = {ting.nyckel for ting in plan.ting()}
    for del_ in källa.innehåll:
        assert del_.finns_i or del_.utelämnat, del_.text
        assert set(del_.nycklar) <= things, del_.text


def test_delarna_star_i_dokumentets_ordning(källa: Källa) -> None:
    lines = [del_.rad for del_ in källa.innehåll]
    assert lines == sorted(set(lines))


def test_det_som_har_innehallet_anger_dokumentet_som_kalla(källa: Källa) -> None:
    """From the document to the thing, and from the thing back."""
    plan = plan_for(källa.id)
    cites = {mention.från.nyckel for mention in plan.till[källa.nyckel]}
    own = {("årshjul", plan.årshjul.id), ("plan", plan.ram.id)}  # what they hold cites it
    silent = {
        f"{slag}/{id}"
        for del_ in källa.innehåll
        for slag, id in del_.nycklar
        if (slag, id) not in cites | own
    }
    assert silent == set()


def test_allt_som_kommer_ur_dokumentet_star_i_nagon_del(källa: Källa) -> None:
    plan = plan_for(källa.id)
    listed = {nyckel for del_ in källa.innehåll for nyckel in del_.nycklar}
    first = {  # a thing may cite several documents; the first is the one it comes from
        mention.från.nyckel
        for mention in plan.till[källa.nyckel]
        if mention.från.källor and mention.från.källor[0].dokument == källa.id
    }
    assert {f"{slag}/{id}" for slag, id in first - listed if slag in _CONTENT} == set()


def test_skalen_ar_meningar(källa: Källa) -> None:
    for del_ in källa.innehåll:
        if del_.utelämnat:
            assert re.fullmatch(r"[A-ZÅÄÖ].*\.", del_.utelämnat)


def test_det_mesta_ar_med(källa: Källa) -> None:
    kept = sum(bool(del_.finns_i) for del_ in källa.innehåll)
    assert kept / len(källa.innehåll) >= 0.8


def test_den_aldre_planen_hanvisas_till_sin_egen_utgava() -> None:
    (del_,) = plan_for("ska-plan-2025").källor[OLDER].innehåll
    assert del_.finns_i
    assert del_.utelämnat


@pytest.mark.parametrize("id", SOURCES)
def test_kallans_sida_visar_varje_del(id: str) -> None:
    plan, own = plan_for(id), source(id)
    site = Site(plan, Settings(DAY))
    body = thing_page(site, own).body
    assert "## Dokumentet från början till slut" in body
    under = {page.path: page.body for page in undersidor.pages(site)}
    first = f"kallor/{id}/innehall/"
    places = [first, *(f"{first}{number}/" for number in range(2, len(under) + 2))]
    tables = [body, *(under[at] for place in places if (at := source_path(place)) in under)]
    assert ('<a href="innehall/">' in body) is (len(tables) > 1)
    rows = [
        row
        for table in tables
        if (found := re.search(r"<caption>Varje del.*?</table>", table, re.S))
        for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', found[0], re.S)
    ]
    at = 0
    for row in rows:  # points that one thing holds share a row
        head, cell = row.split("</th>")
        together = own.innehåll[at : at + max(head.count("<li>"), 1)]
        assert {del_.finns_i for del_ in together} == {together[0].finns_i}
        assert cell.count("<a href=") == len(together[0].finns_i)
        assert ("Utelämnat:" in cell) is bool(together[0].utelämnat)
        at += len(together)
    assert at == len(own.innehåll)


# The documents


def parts(id: str) -> Iterator[tuple[Källdel, range]]:
    """Yield each part with the lines it reaches over: to the next part."""
    own = source(id).innehåll
    ends = [*(del_.rad for del_ in own[1:]), len(document(id)) + 1]
    for del_, end in zip(own, ends, strict=True):
        yield del_, range(del_.rad, end)


def bare(text: str) -> str:
    """Keep the letters that optical reading leaves alone, and figures."""
    text = re.sub(r"</?\w+>|[*#_]", "", text).lower()
    return re.sub(r"[^a-z0-9]", "", text.translate(str.maketrans("åäöéü", "aaoou")))


@cache
def headings(id: str) -> tuple[int, ...]:
    """Find the lines that look like headings: short, alone, without an end."""
    lines = ["", *document(id), ""]
    heading = _wrapped if id == "internbudget-2019" else _alone
    return tuple(
        number
        for number in range(1, len(lines) - 1)
        if "\t" not in lines[number]
        and re.match(r"\s*[^\s\-•]", lines[number])
        and heading(lines[number - 1], lines[number], lines[number + 1])
    )


def _alone(before: str, line: str, after: str) -> bool:
    alone = not before.strip() and not after.strip()
    return line.startswith("#") or (alone and len(line) <= 140 and line.strip()[-1] not in ".;")


def _wrapped(before: str, line: str, after: str) -> bool:
    """Where paragraphs follow upon the heading, it begins a page or stands after a full stop."""
    begins = line.startswith(" ") or before.strip()[-1:] in ("", ".")
    line = line.strip()
    return begins and line[0].isupper() and len(line) <= 90 and line[-1] not in ".,-"


@with_documents
@pytest.mark.parametrize("id", SOURCES)
def test_ingen_rubrik_i_dokumentet_saknas(id: str) -> None:
    listed = {del_.rad for del_ in source(id).innehåll}
    inside = {
        number
        for del_, lines in parts(id)
        for number in lines
        if del_.typ in ("tabell", "sidhuvud") or not del_.finns_i
    }
    missing = set(headings(id)) - listed - inside - _RUNNING_TEXT.get(id, set())
    lines = document(id)
    assert [f"{number}: {lines[number - 1].strip()}" for number in sorted(missing)] == []


@with_documents
@pytest.mark.parametrize("id", SOURCES)
def test_ingen_tabell_i_dokumentet_saknas(id: str) -> None:
    inside = {
        number
        for del_, lines in parts(id)
        if del_.typ == "tabell" or not del_.finns_i
        for number in lines
    }
    lines = document(id)
    rows = {number for number, line in enumerate(lines, 1) if "\t" in line}
    assert sorted(rows - inside) == []


@with_documents
@pytest.mark.parametrize(
    ("id", "count"),
    [("ska-plan-2025", 4), (OLDER, 14), ("internbudget-2024", 27), ("internbudget-2019", 1)],
)
def test_ingen_fotnot_i_dokumentet_saknas(id: str, count: int) -> None:
    pattern = rf"^(?:[{_SUPERSCRIPT}]+ ?\S|<sup>\d+</sup> |1 Uppgifterna)"
    notes = [number for number, line in enumerate(document(id), 1) if re.match(pattern, line)]
    listed = [del_.rad for del_ in source(id).innehåll if del_.typ == "fotnot"]
    assert listed == notes
    assert len(notes) == count


@with_documents
@pytest.mark.parametrize("id", SOURCES)
def test_varje_del_star_pa_sin_rad(id: str) -> None:
    lines = document(id)
    wrong = []
    for del_ in source(id).innehåll:
        if del_.typ in ("tabell", "figur", "sidhuvud") or not del_.finns_i:
            continue
        there = bare(" ".join(lines[del_.rad - 1 : del_.rad + 3]))
        words = [bare(word) for word in re.findall(r"\w+", re.sub(r"^Fotnot \d+ ", "", del_.text))]
        known = [word for word in words if len(word) > 3] or words
        hits = [word for word in known if _near(word, there)]
        if len(hits) < 0.6 * len(known):
            wrong.append(f"{del_.rad}: {del_.text}")
    assert wrong == []


def _near(word: str, text: str) -> bool:
    """Tell whether a word stands in a text that may have been read wrong."""
    if word in text:
        return True
    match = SequenceMatcher(None, word, text, autojunk=False).find_longest_match()
    return match.size >= 0.5 * len(word)


def test_en_rubrik_star_en_gang_pa_varje_rad() -> None:
    counts = Counter((id, del_.rad) for id in SOURCES for del_ in source(id).innehåll)
    assert max(counts.values()) == 1


def test_dokumenten_ar_fem() -> None:
    known = {*plan_for("ska-plan-2025").källor} - {"lagunderlag"}
    assert known == set(SOURCES)
    if DOCUMENTS.is_dir():
        assert {path.stem for path in DOCUMENTS.glob("*.txt")} == set(SOURCES)
