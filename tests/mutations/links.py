"""Damage to what rests on what: changes above, a memory that is lost, wrong or about nothing."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ska.lankar.avtryck import Länk, länkar
from ska.ting import Granskning, Länkminne, Ting
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site
from tests.mutations.things import field, file_of

#: The field that says what a thing is about, kind by kind.
SAYS = {
    "lagrum": "säger", "krav": "kräver", "metod": "gör", "rutin": "syfte", "risk": "beskrivning",
}  # fmt: skip


def above(site: Site) -> dict[Ting, list[Länk]]:
    """Return each thing that something rests on, with the links to it."""
    found: dict[tuple[str, str], list[Länk]] = {}
    for länk in länkar(site.plan):
        found.setdefault(länk.upp.nyckel, []).append(länk)
    return {links[0].upp: links for links in found.values()}


def below(links: list[Länk]) -> tuple[str, ...]:
    return tuple({file_of(länk.ned) for länk in links})


def rows(site: Site) -> Iterator[tuple[Granskning, int, Länkminne]]:
    """Yield each row of the memory of what is in use."""
    used = {länk.nyckel for länk in länkar(site.plan)}
    for granskning in site.plan.granskningar:
        for number, minne in enumerate(granskning.länkar):
            if (granskning.nyckel, minne.nyckel) in used:
                yield granskning, number, minne


def seen(site: Site, granskning: Granskning) -> Ting:
    """Return the thing that a memory is of."""
    return next(länk.ned for länk in länkar(site.plan) if länk.ned.nyckel == granskning.nyckel)


def in_memory(place: str, granskning: Granskning, *edits: edit.Edit) -> Damage:
    return Damage(f"{granskning.sak}: {place}", {granskning.spår.document.file: list(edits)})


@operator("Länkar")
def what_is_rested_on_says_something_else(site: Site) -> Iterator[Damage]:
    for thing, links in above(site).items():
        if thing.slag in SAYS:
            new = edit.put(field(thing, SAYS[thing.slag]), "Något annat än förut.")
            yield Damage(f"{thing.slag} {thing.id}", {file_of(thing): [new]}, below(links))


@operator("Länkar")
def a_provision_is_amended(site: Site) -> Iterator[Damage]:
    for thing, links in above(site).items():
        if thing.slag == "lagrum":
            new = edit.put(field(thing, "lydelse"), "SFS 2031:1")
            yield Damage(f"lagrum {thing.id}", {file_of(thing): [new]}, below(links))


@operator("Länkar")
def an_act_is_repealed(site: Site) -> Iterator[Damage]:
    """What rests on one of its provisions is touched, and what cites it as a whole."""
    for act in site.plan.författningar.values():
        links = [
            länk
            for länk in länkar(site.plan)
            if länk.upp.nyckel == act.nyckel or getattr(länk.upp, "författning", "") == act.id
        ]
        if links and not act.upphävd:
            new = edit.put(field(act, "upphävd"), "2031-07-01")
            yield Damage(f"författning {act.id}", {file_of(act): [new]}, below(links))


@operator("Länkar")
def an_act_ceased_on_another_day(site: Site) -> Iterator[Damage]:
    for act in site.plan.författningar.values():
        if act.upphävd and any(upp.nyckel == act.nyckel for upp in above(site)):
            new = edit.put(field(act, "upphävd"), "2031-07-01")
            yield Damage(f"författning {act.id}", {file_of(act): [new]})


@operator("Länkar")
def a_method_is_used_more_often(site: Site) -> Iterator[Damage]:
    for thing, links in above(site).items():
        if thing.slag == "metod":
            new = edit.put(field(thing, "frekvens"), {"typ": "antal", "antal": 11, "per": "år"})
            yield Damage(f"metod {thing.id}", {file_of(thing): [new]}, below(links))


@operator("Länkar")
def an_activity_is_reported_at_another_time(site: Site) -> Iterator[Damage]:
    for thing, links in above(site).items():
        if thing.slag == "aktivitet":
            new = edit.put(field(thing, "rapporteras"), {"typ": "varje_sammanträde"})
            yield Damage(f"aktivitet {thing.id}", {file_of(thing): [new]}, below(links))


@operator("Länkar")
def somebody_else_answers(site: Site) -> Iterator[Damage]:
    for thing, links in above(site).items():
        if thing.slag in ("metod", "aktivitet"):
            now = getattr(thing, "ansvariga", ())
            other = Random(thing.id).choice([r for r in site.plan.roller if r not in now])
            new = edit.put(field(thing, "ansvariga"), [other])
            yield Damage(f"{thing.slag} {thing.id}", {file_of(thing): [new]}, below(links))


@operator("Länkar")
def a_broken_print(site: Site) -> Iterator[Damage]:
    for granskning, number, minne in rows(site):
        at = Random(minne.mot + granskning.sak).randrange(len(minne.mot))
        other = "0" if minne.mot[at] != "0" else "1"
        wrong = edit.Quoted(minne.mot[:at] + other + minne.mot[at + 1 :])
        damage = in_memory(minne.till, granskning, edit.put(("länkar", number, "mot"), wrong))
        thing = seen(site, granskning)
        yield Damage(damage.place, damage.changes, (file_of(thing),))


@operator("Länkar")
def a_memory_lost(site: Site) -> Iterator[Damage]:
    for granskning in {granskning.sak: granskning for granskning, _, _ in rows(site)}.values():
        thing = seen(site, granskning)
        yield Damage(granskning.sak, {granskning.spår.document.file: None}, (file_of(thing),))


@operator("Länkar")
def a_row_lost(site: Site) -> Iterator[Damage]:
    for granskning, number, minne in rows(site):
        if len(granskning.länkar) > 1:
            damage = in_memory(minne.till, granskning, edit.drop(("länkar", number)))
            thing = seen(site, granskning)
            yield Damage(damage.place, damage.changes, (file_of(thing),))


@operator("Länkar")
def a_row_about_something_else(site: Site) -> Iterator[Damage]:
    for granskning, number, minne in rows(site):
        wrong = edit.put(("länkar", number, "till"), f"{minne.till}-x")
        yield in_memory(minne.till, granskning, wrong)


@operator("Länkar")
def a_memory_of_something_else(site: Site) -> Iterator[Damage]:
    for granskning, _, _ in rows(site):
        yield in_memory("saken", granskning, edit.put(("sak",), f"{granskning.sak}-x"))


@operator("Länkar")
def a_row_twice(site: Site) -> Iterator[Damage]:
    for granskning, number, minne in rows(site):
        twin = edit.add_copy(("länkar", number), {"utfall": "ändrad"})
        yield in_memory(minne.till, granskning, twin)


@operator("Länkar")
def a_role_that_is_not_there(site: Site) -> Iterator[Damage]:
    for granskning, number, minne in rows(site):
        wrong = edit.put(("länkar", number, "roll"), f"{minne.roll}x")
        yield in_memory(minne.till, granskning, wrong)


@operator("Länkar")
def a_link_taken_away(site: Site) -> Iterator[Damage]:
    """The memory is still there."""
    for länk in länkar(site.plan):
        path = länk.mention.väg
        if isinstance(path[-1], int) and len(_list(länk)) > 1:
            gone = edit.without(path[:-1], länk.upp.id)
            memory = f"plan/granskat/{länk.ned.slag}-{länk.ned.id}.yml"
            place = f"{länk.ned.id} {länk.upp.id}"
            yield Damage(place, {file_of(länk.mention.från): [gone]}, (memory,))


def _list(länk: Länk) -> list[str]:
    found = länk.mention.från.spår.document.data
    for part in länk.mention.väg[:-1]:
        found = found[part]
    return list(found)


@operator("Länkar")
def a_new_link(site: Site) -> Iterator[Damage]:
    for rutin in {länk.ned for länk in länkar(site.plan) if länk.ned.slag == "rutin"}:
        others = [m for m in site.plan.metoder if m not in getattr(rutin, "metoder", ())]
        new = Random(rutin.id).choice(others)
        yield Damage(f"{rutin.id} {new}", {file_of(rutin): [edit.add(("metoder",), new)]})
