"""What follows from the changes, worked out from relations: who does what, where, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ska.changes.compare import Change, Sort
from ska.changes.weight import Klass
from ska.lankar.avtryck import Avtryck, Länk, granskas_av, länkar, minnen, upp_ändrade
from ska.model import SAMLINGAR, Plan
from ska.ting import Månad, Nyckel, Rutin, Ting

#: (kind, field): what a role has to do. Not what it only reads or is told.
ARBETE: Final = {
    ("aktivitet", "ansvariga"): "ansvarar för aktiviteten",
    ("metod", "ansvariga"): "ansvarar för metoden",
    ("metod", "deltar"): "deltar i metoden",
    ("metod", "skillnader.ansvariga"): "ansvarar för metoden",
    ("rutin", "ägare"): "äger rutinen",
    ("rutin", "steg.roll"): "gör steg i rutinen",
    ("rutin", "steg.med"): "deltar i steg i rutinen",
    ("kontrollmoment", "roll"): "gör kontrollen",
}
_ENHETER: Final = ("avdelning", "enhet", "utförare")
#: Fields that say when.
_TIDER: Final = frozenset(
    {
        "rapporteras", "genomförs", "gäller_från", "gäller_till", "ses_över_senast", "beslutad",
        "sammanträden", "när",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uppgift:
    """One thing that a role has to do: how, and in what."""

    gör: str
    slag: str
    id: str
    titel: str


@dataclass(frozen=True, slots=True)
class Rollföljd:
    """What a role gets and no longer has to do."""

    id: str
    titel: str
    får: tuple[Uppgift, ...]
    slipper: tuple[Uppgift, ...]


@dataclass(frozen=True, slots=True)
class Berörd:
    """A thing, and the changed things that touch it."""

    slag: str
    id: str
    titel: str
    av: tuple[Nyckel, ...]


@dataclass(frozen=True, slots=True)
class Granskning:
    """A thing that must be looked at again, by whom, and the changed things that it rests on."""

    slag: str
    id: str
    titel: str
    roller: tuple[str, ...]
    av: tuple[Nyckel, ...]


@dataclass(frozen=True, slots=True)
class Flytt:
    """A time that is another one now."""

    slag: str
    id: str
    titel: str
    fält: str
    bara_år: bool  # the same month of the wheel's new year


@dataclass(frozen=True, slots=True)
class Följder:
    """All that follows."""

    roller: tuple[Rollföljd, ...]
    enheter: tuple[Berörd, ...]
    datum: tuple[Flytt, ...]
    granskas: tuple[Granskning, ...]


def consequences(old: Plan, new: Plan, changes: Iterable[Change]) -> Följder:
    """Work out what the changes mean for roles, units, dates, and what rests on them."""
    changes = tuple(changes)
    heavy = [change for change in changes if change.klass is Klass.MATERIELL]
    return Följder(
        tuple(_roller(old, new, changes)),
        tuple(_enheter(old, new, heavy)),
        tuple(_datum(old, new, heavy)),
        tuple(_granskas(old, new, changes)),
    )


def _roller(old: Plan, new: Plan, changes: tuple[Change, ...]) -> Iterator[Rollföljd]:
    heirs = {c.nyckel: c.ersatt_av for c in changes if c.sort is Sort.ERSATT}
    for id in {**new.roller, **old.roller}:
        before, after = _uppgifter(old, id), _uppgifter(new, id)
        kept = {
            (gör, heir)
            for gör, nyckel in before
            if (heir := heirs.get(nyckel)) and (gör, heir) in after
        }
        går = [u for key, u in before.items() if key not in after]
        går = [u for u in går if (u.gör, heirs.get((u.slag, u.id))) not in kept]
        kommer = [u for key, u in after.items() if key not in before and key not in kept]
        if går or kommer:
            role = new.roller.get(id) or old.roller[id]
            yield Rollföljd(id, role.rubrik, tuple(kommer), tuple(går))


def _uppgifter(plan: Plan, roll: str) -> dict[tuple[str, Nyckel], Uppgift]:
    found = {}
    for mention in plan.till.get(("roll", roll), ()):
        thing = mention.från
        gör = ARBETE.get((thing.slag, mention.fält))
        if gör and not (isinstance(thing, Rutin) and thing.status == "upphörd"):
            found[gör, thing.nyckel] = Uppgift(gör, thing.slag, thing.id, thing.rubrik)
    return found


def _enheter(old: Plan, new: Plan, heavy: list[Change]) -> Iterator[Berörd]:
    by: dict[Nyckel, dict[Nyckel, None]] = {}
    for change in heavy:
        if change.slag in _ENHETER:
            by.setdefault(change.nyckel, {})[change.nyckel] = None
        for plan in (old, new):
            for mention in plan.från.get(change.nyckel, ()):
                if mention.till.slag in _ENHETER and change.slag not in _ENHETER:
                    by.setdefault(mention.till.nyckel, {})[change.nyckel] = None
    for thing in _both(old, new, _ENHETER):
        if thing.nyckel in by:
            yield Berörd(thing.slag, thing.id, thing.rubrik, tuple(by[thing.nyckel]))


def _both(old: Plan, new: Plan, kinds: Iterable[str]) -> Iterator[Ting]:
    for slag in kinds:
        things: dict[str, Ting] = {**getattr(old, SAMLINGAR[slag]), **getattr(new, SAMLINGAR[slag])}
        yield from things.values()


def _datum(old: Plan, new: Plan, heavy: list[Change]) -> Iterator[Flytt]:
    seen = set()
    for change in heavy:
        if not change.väg or change.väg[0] not in _TIDER:
            continue
        place = (change.nyckel, str(change.väg[0]))
        if place not in seen:
            seen.add(place)
            only = bara_år(old, new, change.nyckel, place[1])
            yield Flytt(change.slag, change.id, change.titel, place[1], only)


def bara_år(old: Plan, new: Plan, nyckel: Nyckel, fält: str) -> bool:
    """Tell whether an activity's time only follows the wheel to its new year."""
    slag, id = nyckel
    before, after = old.aktiviteter.get(id), new.aktiviteter.get(id)
    step = new.årshjul.år - old.årshjul.år
    if slag != "aktivitet" or before is None or after is None or not step:
        return False
    return bool(_moved(getattr(before, fält), step) == _moved(getattr(after, fält), 0))


def _moved(value: object, step: int) -> object:
    """Return a time as plain facts, so many years later."""
    names = [
        name for name in ("typ", "plan", "månad", "från", "till", "år") if hasattr(value, name)
    ]
    facts: list[object] = [_later(getattr(value, name), step) for name in names]
    for own in getattr(value, "avvikande", ()):
        facts.append(
            (own.verksamhet, sorted(map(str, (_later(month, step) for month in own.månader))))
        )
    return facts


def _later(value: object, step: int) -> object:
    if isinstance(value, Månad):
        return Månad(value.år + step, value.månad)
    return value + step if isinstance(value, int) else value


def _granskas(old: Plan, new: Plan, changes: tuple[Change, ...]) -> Iterator[Granskning]:
    """Yield what must be looked at again when the new plan holds, as the check will say then.

    A link without memory was seen by whoever added it or changed what rests on it.
    """
    touched = {change.nyckel for change in changes}
    above = upp_ändrade(old, new)
    kept, prints = minnen(new), Avtryck(new)
    before = {länk.nyckel for länk in länkar(old)}
    found: dict[Nyckel, list[Länk]] = {}
    for länk in länkar(new):
        if länk.upp.nyckel not in above:
            continue
        minne = kept.get(länk.nyckel)
        unseen = länk.nyckel in before and länk.ned.nyckel not in touched
        if minne.mot != prints.av(länk.upp) if minne else unseen:
            found.setdefault(länk.ned.nyckel, []).append(länk)
    for links in found.values():
        thing = links[0].ned
        by = dict.fromkeys(key for länk in links for key in _ändrat(new, länk.upp, touched))
        roles = granskas_av(new, thing)
        yield Granskning(thing.slag, thing.id, thing.rubrik, roles, tuple(by))


def _ändrat(new: Plan, above: Ting, touched: set[Nyckel]) -> Iterator[Nyckel]:
    """Name what was changed: the thing itself, or what its print takes in."""
    if above.nyckel in touched:
        yield above.nyckel
        return
    with_it = new.bindningar[above.slag].avtryck_med
    for mention in new.från.get(above.nyckel, ()):
        if mention.fält in with_it and mention.till.nyckel in touched:
            yield mention.till.nyckel
