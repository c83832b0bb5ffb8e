"""The feed of decisions and changes, read as a reader reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import feedparser

from ska.changes.compare import Sort
from ska.changes.marked import Bit
from ska.changes.report import Sak
from ska.changes.weight import Klass
from ska.check import load
from ska.model import Plan
from ska.past.chronicle import Krönika, Steg
from ska.past.gathering import Historia
from ska.proposal import Bas, propose
from ska.reading import schema
from ska.reading.schema import forms_of
from ska.render import atom
from ska.render.gemensamt import Settings, Site
from ska.render.start import nyheter
from ska.ting import Redaktionell
from tests.helpers import TODAY, english, minimal
from tests.test_editions import decided
from tests.test_manifest import proposal

FORMS = forms_of(schema.load(minimal().schemas))
ADDRESS = "https://ska.example.org/namnd/"


def plan() -> Plan:
    made = load(decided(proposal())).plan
    assert made is not None
    return made


def step(number: int, *saker: Sak, edition: str = "exempelnamnden-2026") -> Steg:
    when = datetime(2026, 3, 1, 12, number % 60, tzinfo=UTC)
    named = {("metod", f"m{place}"): sak for place, sak in enumerate(saker)}
    return Steg(f"{number:040x}", when, edition, named)


def changed(name: str, klass: Klass = Klass.MATERIELL, text: str = "mer") -> Sak:
    return Sak(f"Metoden ”{name}”", Sort.ÄNDRAD, klass, ((Bit("Syfte: "), Bit(text, "+")),))


def written(*steps: Steg, of: Plan | None = None, address: str = ADDRESS) -> bytes:
    settings = Settings(TODAY, address=address, historia=Historia(Krönika((), steps), ""))
    return atom.feed(Site(of or plan(), settings))


def read(raw: bytes) -> Any:
    found = feedparser.parse(raw)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_decision_is_an_entry_with_who_when_and_where() -> None:
    found = read(written())
    (entry,) = found.entries
    assert entry.id == "tag:ska.example.org,2025:beslut:exempelnamnden-2026"
    assert entry.title.startswith("Beslut: ")
    assert entry.content[0].value == (
        "<p>Exempelnämnden beslutade den 20 november 2025 (§ 45, EX 2025-8).</p>"
    )
    assert entry.updated == "2025-11-19T23:00:00Z"  # midnight in Stockholm
    assert entry.link == f"{ADDRESS}utgavor/exempelnamnden-2026/"
    assert entry.tags[0].term == "beslut"


def test_a_proposal_is_no_decision_and_the_feed_is_whole_without_entries() -> None:
    draft = load(proposal()).plan
    assert draft is not None
    found = read(written(of=draft))
    assert found.entries == []
    assert found.feed.updated == "2025-12-31T23:00:00Z"


def test_changes_are_told_newest_first_by_their_weight() -> None:
    first = step(1, changed("A"), changed("B", Klass.REDAKTIONELL))
    found = read(written(first, step(2, changed("C", Klass.REDAKTIONELL)), step(3, changed("D"))))
    titles = [entry.title for entry in found.entries]
    assert titles[:2] == ["Metoden ”D” ändras", "Redaktionell ändring: metoden ”C” ändras"]
    assert titles[2].startswith("Ny utgåva här: ")
    assert [e.tags[0].term for e in found.entries[:2]] == ["materiell", "redaktionell"]
    assert found.feed.updated == found.entries[0].updated == "2026-03-01T12:03:00Z"
    assert found.entries[0].id == f"tag:ska.example.org,2025:andring:{3:040x}"
    several = read(written(first, step(2, changed("C"), changed("D")))).entries[0]
    assert several.title == "Två saker ändras"


def test_the_start_page_tells_what_the_plan_says_and_not_how_its_registers_are_kept() -> None:
    newest = step(3)
    register = replace(newest, saker={("roll", "r"): changed("C")})
    law = replace(newest, saker={("lagrum", "l"): changed("C")})
    for last, told in ((register, "Metoden ”A” ändras"), (law, "Metoden ”C” ändras")):
        steps = (step(1, changed("X")), step(2, changed("A")), last)
        history = Historia(Krönika((), steps), "")
        news = nyheter(Site(plan(), Settings(TODAY, historia=history)))
        assert news[0].titel == told
        assert news[-1].titel.startswith("Beslut: ")


def test_news_of_several_things_names_one_and_leads_to_it() -> None:
    there = replace(
        step(2), saker={("metod", "klagomal"): changed("A"), ("metod", "x"): changed("B")}
    )
    gone = replace(step(3), saker={("metod", "x"): changed("B")})
    history = Historia(Krönika((), (step(1, changed("X")), there)), "")
    assert nyheter(Site(plan(), Settings(TODAY, historia=history)))[0][1:] == (
        "Metoden ”A” och en sak till ändras", "metoder/klagomal/",
    )  # fmt: skip
    history = Historia(Krönika((), (step(1, changed("X")), gone)), "")
    news = nyheter(Site(plan(), Settings(TODAY, historia=history)))
    assert news[0].adress == "utgavor/exempelnamnden-2026/"


def test_what_a_shown_proposal_changes_is_no_news() -> None:
    steps = (step(1, changed("X")), step(2, changed("A")), step(3, changed("B")))
    history = Historia(Krönika((), steps), "")
    shown = propose(Bas("main", "", steps[1].när), plan(), plan(), FORMS)
    for förslag, told in ((None, "B"), (shown, "A")):
        settings = Settings(TODAY, historia=history, förslag=förslag)
        assert nyheter(Site(plan(), settings))[0].titel == f"Metoden ”{told}” ändras"


def test_a_recorded_correction_is_an_entry() -> None:
    made = plan()
    edition = made.utgåvor["exempelnamnden-2026"]
    row = Redaktionell(
        spår=edition.spår, datum=date(2026, 2, 3), roll="enhetschef", vad="Ett stavfel <rättat>.",
        delegation="EX 1", sha256="a" * 64,
    )  # fmt: skip
    register = {**made.utgåvor, edition.id: replace(edition, redaktionella=(row,))}
    entry = read(written(of=replace(made, utgåvor=register))).entries[0]
    assert entry.tags[0].term == "redaktionell"
    assert entry.id.endswith(f":rattelse:{'a' * 64}")
    assert "Ett stavfel &lt;rättat&gt;." in entry.content[0].value


def test_what_a_text_holds_is_text() -> None:
    evil = "<script>x</script> & ]]> ”"
    raw = written(step(1, changed(evil, text=evil)), step(2, changed(evil, text=evil)))
    entry = read(raw).entries[0]
    assert "<script" not in raw.decode()
    assert entry.title == f"Metoden ”{evil}” ändras"
    assert "&lt;script&gt;x&lt;/script&gt;" in raw.decode().replace("&amp;lt;", "&lt;").replace(
        "&amp;gt;", "&gt;"
    )
    assert entry.content[0].value.count("<ins>") == 1


def test_the_same_input_gives_the_same_bytes_in_swedish() -> None:
    steps = [step(n, changed("A"), changed("B")) for n in range(1, 4)]
    assert written(*steps) == written(*steps) == written(*reversed(steps[:1]), *steps[1:])
    for entry in read(written(*steps)).entries:
        assert english(f"{entry.title} {entry.content[0].value}".replace("<", " ")) == []
    assert read(written()).feed.language == "sv"


def test_it_is_bounded_and_says_how_much_it_leaves_out() -> None:
    steps = [step(n, changed("A")) for n in range(1, 60)]
    assert len(read(written(*steps)).entries) == 50
    many = step(1, *(changed(str(n)) for n in range(23)))
    assert read(written(many)).entries[0].content[0].value.endswith("<p>Och tre till.</p>")


def test_without_an_address_of_its_own_it_leads_nowhere() -> None:
    found = read(written(step(1, changed("A")), address=""))
    assert "links" not in found.feed
    assert all(not entry.get("links") for entry in found.entries)
    assert found.feed.id == "tag:ska.invalid,2025:andringar"
