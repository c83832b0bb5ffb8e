"""The change report: first what a board member needs, then everything, by chapter.

Here facts become sections of sentences; `formats.py` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ska import words
from ska.changes.compare import Change, Saker, Sort, compare
from ska.changes.consequences import Följder, consequences
from ska.changes.foljder import follows_in_words
from ska.changes.marked import Bit, Mening
from ska.changes.ord import ORD, är_ett
from ska.changes.summary import ingress
from ska.changes.weight import Klass
from ska.changes.wording import Ordare
from ska.model import Plan
from ska.namn import BESTÄMT, den
from ska.reading.forms import Form, Former
from ska.ting import EJ_ANGIVET, Nyckel

#: The chapters of the report, and the kinds in each.
KAPITEL: Final = {
    "Planen": ("plan", "kapitel"),
    "Årshjulet": ("årshjul", "aktivitet"),
    "Delplaner": ("delplan",),
    "Metoder": ("metod",),
    "Rutiner": ("rutin",),
    "Mål och uppdrag": ("målområde", "kommunmål", "mål", "indikator", "uppdrag"),
    "Internkontroll": ("internkontroll", "risk", "kontrollmoment"),
    "Avvikelser": ("avvikelser",),
    "Budget": ("planering", "budget"),
    "Organisation": (
        "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
    ),
    "Lagar och krav": ("författning", "lagrum", "krav"),
    "Ord och förkortningar": ("begrepp",),
    "Register": ("utgåva", "upphört", "källa", "undantag", "tillgänglighet"),
}  # fmt: skip
#: Kinds of which one reads in a list what is new and what goes.
_LISTADE: Final = ("begrepp", "författning", "lagrum", "utgåva", "källa", "undantag")


@dataclass(frozen=True, slots=True)
class Sak:
    """One thing in the report: what has happened to it, why, and each change as a sentence."""

    rubrik: str
    sort: Sort
    klass: Klass
    rader: tuple[Mening, ...]
    skäl: str = ""
    nycklar: tuple[Nyckel, ...] = ()  # the thing; several where they are told in one list


@dataclass(frozen=True, slots=True)
class Rapport:
    """The whole report. `följder` and `kapitel` are headings with what stands under them."""

    titel: str
    ingress: tuple[str, ...]
    följder: tuple[tuple[str, tuple[str, ...]], ...]
    kapitel: tuple[tuple[str, tuple[Sak, ...]], ...]
    changes: tuple[Change, ...]
    data: Följder
    meningar: tuple[Mening, ...]


def report(old: Plan, new: Plan, forms: Former) -> Rapport:
    """Compare two plans and word what differs."""
    return compared(old, new, forms)[2]


def compared(
    old: Plan, new: Plan, forms: Former, proposed: bool | None = None
) -> tuple[Ordare, Saker, Rapport]:
    """Give the report with what it was made from, for who lays old and new side by side."""
    changes = compare(old, new, forms)
    follows = consequences(old, new, changes)
    ordare = Ordare(old, new, forms, proposed)
    things = _things(changes)
    chapters = tuple(_chapters(ordare, things))
    rapport = Rapport(
        _titel(old, new),
        tuple(ingress(ordare, things, follows)),
        tuple(follows_in_words(ordare, things, follows)),
        chapters,
        changes,
        follows,
        tuple(ordare.mening(c) if c.väg else (Bit(_hel(ordare, c)),) for c in changes),
    )
    return ordare, things, rapport


def worded(old: Plan, new: Plan, forms: Former) -> dict[Nyckel, Sak]:
    """Compare two plans and word, thing by thing, what has happened to each."""
    ordare = Ordare(old, new, forms)
    told = _told(ordare)
    things = _things(compare(old, new, forms))
    return {key: _sak(ordare, changes, told) for key, changes in things.items()}


def _titel(old: Plan, new: Plan) -> str:
    titles = [plan.utgåvor[plan.ram.utgåva].titel if plan.ram.utgåva in plan.utgåvor
              else plan.ram.titel for plan in (old, new)]  # fmt: skip
    if titles[0] == titles[1]:
        return f"Ändringar i ”{titles[1]}”"
    return f"Ändringar från ”{titles[0]}” till ”{titles[1]}”"


def _things(changes: Iterable[Change]) -> dict[Nyckel, list[Change]]:
    things: dict[Nyckel, list[Change]] = {}
    for change in changes:
        things.setdefault(change.nyckel, []).append(change)
    return things


# By chapter


def _chapters(ordare: Ordare, things: Saker) -> Iterator[tuple[str, tuple[Sak, ...]]]:
    told = _told(ordare)
    for name, kinds in KAPITEL.items():
        mine = [changes for key, changes in things.items() if key[0] in kinds]
        saker = list(_listade(mine))
        saker += [
            _sak(ordare, changes, told)
            for changes in mine
            if changes[0].väg or changes[0].slag not in (*_LISTADE, "upphört")
        ]
        if saker:  # what must be decided comes first
            yield name, tuple(sorted(saker, key=lambda sak: sak.klass is not Klass.MATERIELL))


def _listade(things: list[list[Change]]) -> Iterator[Sak]:
    """List what comes and goes in the registers; a line each would drown the rest."""
    groups: dict[tuple[str, Sort], list[Change]] = {}
    for changes in things:
        if not changes[0].väg and changes[0].slag in _LISTADE:
            groups.setdefault((changes[0].slag, changes[0].sort), []).append(changes[0])
    for (slag, sort), group in groups.items():
        new = "Nytt" if är_ett(slag) else "Ny"
        new = "Nya" if len(group) > 1 else new
        noun = ORD[slag][len(group) > 1]
        heading = f"{new} {noun}" if sort is Sort.TILLAGD else f"{words.stor(noun)} som tas bort"
        line: list[Bit] = []
        for number, change in enumerate(group):
            line += [Bit("; ")] if number else []
            line.append(Bit(change.titel, "+" if sort is Sort.TILLAGD else "-"))
        keys = tuple(change.nyckel for change in group)
        yield Sak(heading, sort, _klass(group), (tuple(line),), nycklar=keys)


def _klass(changes: Iterable[Change]) -> Klass:
    heavy = any(change.klass is Klass.MATERIELL for change in changes)
    return Klass.MATERIELL if heavy else Klass.REDAKTIONELL


def _told(ordare: Ordare) -> dict[Nyckel, str]:
    """Collect the reasons that somebody has written."""
    told = {(past.sakslag, past.sak): past.skäl for past in ordare.new.upphörda.values()}
    edition = ordare.new.utgåvor.get(ordare.new.ram.utgåva)
    for reason in edition.motiveringar if edition else ():
        told[reason.sakslag, reason.sak] = reason.skäl
    return told


def _sak(ordare: Ordare, changes: list[Change], told: Mapping[Nyckel, str]) -> Sak:
    first = changes[0]
    why = told.get(first.nyckel, "")
    if not first.väg:
        lines = tuple(_kort(ordare, first))
        return Sak(_hel(ordare, first), first.sort, _klass(changes), lines, why, (first.nyckel,))
    name = (
        BESTÄMT[first.slag] if first.slag in ("plan", "årshjul") else den(first.slag, first.titel)
    )
    form = ordare.forms.av(first.slag)
    said: dict[Mening, None] = {}
    notes: dict[str, None] = {}
    for change in changes:
        if note := _not(change, form):
            notes[note] = None
        else:
            said[ordare.mening(change)] = None
    if notes:
        also = "Också ändrat" if said else "Ändrat"
        said[(Bit(f"{also}: {words.uppräkning(list(notes))}."),)] = None
    return Sak(words.stor(name), Sort.ÄNDRAD, _klass(changes), tuple(said), why, (first.nyckel,))


def _not(change: Change, form: Form) -> str:
    """Name the note that a change is in: sources and the like are told by name only."""
    if change.väg == ("id",):
        return "id"
    for end in range(1, len(change.väg) + 1):
        own = form.vid(change.väg[:end])
        if own.tyngd == "redaktionell":
            return words.liten(own.titel or str(change.väg[end - 1]))
    return ""


def _hel(ordare: Ordare, change: Change) -> str:
    """Word what has happened to a whole thing."""
    name = words.stor(den(change.slag, change.titel))
    if change.sort is Sort.TILLAGD:
        return f"{name} är {'nytt' if är_ett(change.slag) else 'ny'}"
    if change.sort is Sort.ERSATT and change.ersatt_av:
        return f"{name} ersätts av {ordare.sak(change.ersatt_av)}"
    return f"{name} tas bort"


#: What to say of a thing that comes, the first few that it has.
_KÄRNA: Final = (
    "rapporteras", "genomförs", "frekvens", "syfte", "gör", "kräver", "kontrollerar", "uppdrag",
    "sammanfattning", "förklaring", "beskrivning", "text", "ansvariga", "ägare", "säger", "skäl",
)  # fmt: skip
_MEST: Final = 4
_LÄNGST: Final = 300


def _kort(ordare: Ordare, change: Change) -> Iterator[Mening]:
    """Say the most important of a thing that comes. What goes is known."""
    if change.sort is not Sort.TILLAGD:
        return
    form = ordare.forms.av(change.slag)
    said = 0
    for name in _KÄRNA:
        if said == _MEST or change.efter.get(name, EJ_ANGIVET) == EJ_ANGIVET:
            continue
        value = ordare.värde(change.efter[name], form.fält[name])
        if change.slag == "aktivitet" and name == "rapporteras":
            value = words.rapporteras(ordare.new.aktiviteter[change.id].rapporteras)
        if value and value != words.EJ_ANGIVET_ORD:
            said += 1
            yield (Bit(f"{form.fält[name].titel}: "), Bit(_kapad(value), "+"))


def _kapad(text: str) -> str:
    """Keep the first sentences of a long text: the whole of it stands in the plan."""
    if len(text) <= _LÄNGST:
        return text
    end = text.rfind(". ", 0, _LÄNGST)
    return f"{text[: end + 1] if end > 0 else text[: text.rfind(' ', 0, _LÄNGST)]} …"
