"""Every figure of the sources, read twice: what plan/ says is what the other reading says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from itertools import groupby, pairwise

import pytest

from ska.model import SAMLINGAR
from tests.fakta import (
    LEFT_OUT,
    OLDER,
    SOURCES,
    Faktum,
    cell,
    cells,
    document,
    facts,
    field,
    plain,
    plan_for,
    says,
    thing,
    with_documents,
)


def same(one: str, other: str) -> bool:
    """Compare two values: 84,0 is 84, and a word may begin with a capital."""
    try:
        return Decimal(one.replace(",", ".")) == Decimal(other.replace(",", "."))
    except InvalidOperation:
        return one.casefold() == other.casefold()


def wrong(fact: Faktum) -> str:
    """Say what the model says instead, at the first of the fact's addresses that differs."""
    if fact.adress == LEFT_OUT:
        return "" if fact.anm else "left out without a reason"
    for address in fact.adress.split("; "):
        ting = thing(fact.källa, address)
        if ting is None:
            return f"{address} is not there"
        if address.endswith("#"):
            if not says(fact.källa, ting, fact.värde):
                return f"{address} does not say it"
            continue
        table = cells(fact.källa)
        found = table[address] if address in table else field(fact.källa, address)
        if not same(found, fact.värde):
            return f"{address} is {found!r}"
    return ""


def told(pairs: Iterable[tuple[Faktum, str]]) -> list[str]:
    return [f"{f.källa}:{f.rad}: {f.vad} = {f.värde!r}: {what}" for f, what in pairs if what]


@pytest.mark.parametrize("källa", SOURCES)
def test_planen_sager_det_som_dokumentet_sager(källa: str) -> None:
    own = [fact for fact in facts() if fact.källa == källa]
    assert len(own) >= 40
    assert told((fact, wrong(fact)) for fact in own) == []


@pytest.mark.parametrize(("källa", "least"), [("internbudget-2024", 1000), (OLDER, 37)])
def test_varje_ruta_i_planens_tabeller_ar_last_tva_ganger(källa: str, least: int) -> None:
    """A cell that one of the two readings forgot is found; an empty one says nothing."""
    read = {address for fact in facts() for address in fact.adress.split("; ")}
    table = cells(källa)
    assert len(table) >= least
    assert [
        f"{at} = {value}"
        for at, value in table.items()
        if at not in read | {""} and value != "tomt"
    ] == []


def test_en_fotnot_vid_en_ruta_star_vid_rutan() -> None:
    marked = [fact for fact in facts() if fact.fotnot and fact.adress.startswith("indikator/")]
    assert len(marked) >= 15
    without = []
    for fact in marked:
        indikator = plan_for(fact.källa).indikatorer[fact.adress.split("/")[1]]
        notes = [value.fotnot for value in indikator.värden if cell(value) == fact.värde]
        if not any(notes) and not indikator.anmärkning:
            without.append(fact.vad)
    assert without == []


def test_varje_rad_ar_hel_och_star_en_gang() -> None:
    for fact in facts():
        assert fact.källa in SOURCES
        assert all((fact.vad, fact.värde, fact.adress))
        assert fact.rader.start >= 1
        assert fact.fotnot == "" or fact.fotnot.isdigit()
        for address in fact.adress.split("; ") if fact.adress != LEFT_OUT else ():
            assert address.split("/")[0] in SAMLINGAR
    counts = Counter((f.källa, f.rad, f.vad, f.värde) for f in facts())
    assert [key for key, count in counts.items() if count > 1] == []
    order = [key for key, _ in groupby(facts(), key=lambda f: f.källa)]
    assert tuple(order) == SOURCES
    for källa, own in groupby(facts(), key=lambda f: f.källa):
        lines = [fact.rader.start for fact in own]
        assert lines == sorted(lines), källa


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("84,0", "84", True),
        ("Ska öka", "ska öka", True),
        ("≤30", "≤30", True),
        ("≤30", "30", False),
        ("1363 (preliminärt)", "1363", False),
        ("tomt", "I.U", False),
        ("0,048", "4,8", False),
    ],
)
def test_tva_varden_jamfors_med_relation_och_tillstand(one: str, other: str, equal: bool) -> None:
    assert same(one, other) is equal


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Inom två veckor.", "inom 2 veckor."),
        ("372 809 tkr", "372809 tkr"),
        ("den 2023-02-01", "den 1 februari 2023"),
        ("nästan 85 procent", "nästan 85 %"),
    ],
)
def test_tal_i_text_kan_vara_ord(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(("said", "value"), [(True, "500"), (False, "50"), (False, "5")])
def test_ett_tal_ar_inte_en_del_av_ett_annat(said: bool, value: str) -> None:
    plan = plan_for("internbudget-2024")
    assert says("internbudget-2024", plan.uppdrag["nya-arbetsmarknadsplatser"], value) is said


# The documents


def squeezed(text: str) -> str:
    return re.sub(r"\s|</?(?:i|b|sup)>", "", text)


@with_documents
@pytest.mark.parametrize("källa", SOURCES)
def test_varje_ruta_star_pa_sin_rad_i_dokumentet(källa: str) -> None:
    lines = document(källa)
    missing = []
    for fact in (fact for fact in facts() if fact.källa == källa):
        line = squeezed("".join(lines[number - 1] for number in fact.rader))
        if squeezed(fact.står) not in line:
            missing.append(f"{fact.rad}: {fact.vad}: {fact.står!r}")
    assert missing == []


@with_documents
@pytest.mark.parametrize("källa", SOURCES)
def test_varje_tal_i_dokumentets_tabeller_ar_last(källa: str) -> None:
    """When what was read is taken away, only figures of headings and labels are left."""
    lines = document(källa)
    parts = plan_for(källa).källor[källa].innehåll
    for part, following in pairwise([*parts, None]):
        if part is None or part.typ != "tabell" or not part.finns_i:
            continue
        end = following.rad if following else len(lines) + 1
        table = {number: unmarked(lines[number - 1]) for number in range(part.rad, end)}
        read = [f for f in facts() if f.källa == källa and set(f.rader) <= table.keys()]
        for fact in sorted(read, key=lambda fact: -len(fact.står)):
            take(fact, table)
        near = range(part.rad - 20, end)  # a table may go on over a footnote
        labels = " ".join(f.vad for f in facts() if f.källa == källa and f.rader.start in near)
        left = [
            f"{number}: {figure}"
            for number, line in table.items()
            for figure in re.findall(r"\d[\d,]*", line)
            if not re.search(rf"(?<!\d){figure}(?!\d)", labels)
        ]
        assert left == [], part.text


def unmarked(line: str) -> str:
    return re.sub(r"</?[ib]>", "", line)


def take(fact: Faktum, table: dict[int, str]) -> None:
    """Take a cell, which may stand on several lines, away from a table."""
    text = "\n".join(table[number] for number in fact.rader)
    cell = r"\s*".join(re.escape(part) for part in squeezed(fact.står))
    kept = re.sub(cell, lambda found: re.sub(r"\S", " ", found[0]), text, count=1)
    table.update(zip(fact.rader, kept.split("\n"), strict=True))
