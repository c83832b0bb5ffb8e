"""The change report: first what a board member needs, then everything, by chapter.

Data before words: `report` makes sections of sentences; `FORMATS` shows them. What goes is struck
out and what comes is underlined or bold, so that no colour is needed to tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from markupsafe import Markup

from ska.change_words import BESTÄMT, Bit, Mening, Ordare, den
from ska.changes import Change, Sort, compare
from ska.consequences import Följder, Rollföljd, consequences
from ska.content import Former
from ska.model import Plan
from ska.render import words
from ska.render.addresses import SLAG
from ska.ting import Nyckel
from ska.weight import Klass

#: Grows when a program that reads the JSON would have to change.
VERSION: Final = 1
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
    "Budget": ("budget",),
    "Organisation": (
        "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
    ),
    "Lagar och krav": ("författning", "lagrum", "krav"),
    "Ord och förkortningar": ("begrepp",),
    "Register": ("utgåva", "upphört", "källa", "undantag"),
}  # fmt: skip
_REGISTER: Final = ("Organisation", "Lagar och krav", "Ord och förkortningar", "Register")
#: Names told before ”och tre till”.
_MEST: Final = 6


@dataclass(frozen=True, slots=True)
class Sak:
    """One thing in the report: what has happened to it, why, and each change as a sentence."""

    rubrik: str
    sort: Sort
    klass: Klass
    rader: tuple[Mening, ...]
    skäl: str = ""


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
    changes = compare(old, new, forms)
    follows = consequences(old, new, changes)
    ordare = Ordare(old, new, forms)
    things = _things(changes)
    chapters = tuple(_chapters(ordare, things))
    return Rapport(
        _titel(old, new),
        tuple(_ingress(ordare, things, follows)),
        tuple(_follows(ordare, follows)),
        chapters,
        changes,
        follows,
        tuple(ordare.mening(c) if c.väg else (Bit(_hel(ordare, c)),) for c in changes),
    )


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


# On top


def _ingress(
    ordare: Ordare, things: Mapping[Nyckel, list[Change]], follows: Följder
) -> Iterator[str]:
    planned = {k: c for k, c in things.items() if _kapitel(k[0]) not in _REGISTER}
    registered = len(things) - len(planned)
    if not things:
        yield "Ingenting har ändrats."
        return
    heavy = [k for k, cs in planned.items() if any(c.klass is Klass.MATERIELL for c in cs)]
    light = len(planned) - len(heavy)
    if planned:
        said = f"{words.stor(_antal(len(planned), 'sak', 'saker'))} ändras i planen."
        if heavy and light:
            said += f" {words.stor(words.tal(len(heavy)))} av ändringarna är materiella; "
            said += "de andra rättar bara ord, källor och anmärkningar."
        elif not heavy:
            said += " Ingen av ändringarna är materiell; de rättar bara ord, källor och "
            said += "anmärkningar."
        yield said
    yield from _doing(follows)
    for sort, phrase in _SORTER.items():
        yield from _counted(planned, sort, phrase)
    yield from _times(ordare, follows)
    if registered:
        more = "Dessutom ändras" if planned else "Planen själv är oförändrad. I registren ändras"
        yield (
            f"{more} {_antal(registered, 'uppgift', 'uppgifter')} om organisation, lagar, "
            "ord och källor."
        )


def _doing(follows: Följder) -> Iterator[str]:
    får = [r.titel for r in follows.roller if r.får]
    slipper = [r.titel for r in follows.roller if r.slipper]
    if får:
        yield f"Får nya uppgifter: {_namn(får)}."
    if slipper:
        yield f"Får färre uppgifter: {_namn(slipper)}."


_SORTER: Final = {
    Sort.TILLAGD: ("ny", "nya"),
    Sort.ERSATT: ("ersätts", "ersätts"),
    Sort.BORTTAGEN: ("tas bort", "tas bort"),
}


def _counted(
    things: Mapping[Nyckel, list[Change]], sort: Sort, phrase: tuple[str, str]
) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for (slag, _), changes in things.items():
        if changes[0].sort is sort and not changes[0].väg:
            groups.setdefault(slag, []).append(changes[0].titel)
    for slag, names in groups.items():
        one, many = words.liten(SLAG[slag].en), words.liten(SLAG[slag].flera)
        kind = one if len(names) == 1 else many
        count = _ett(one) if len(names) == 1 else words.tal(len(names))
        verb = phrase[len(names) > 1]
        verb = f"är {_ny(one) if len(names) == 1 else verb}" if sort is Sort.TILLAGD else verb
        yield f"{words.stor(count)} {kind} {verb}: {_namn(names)}."


def _times(ordare: Ordare, follows: Följder) -> Iterator[str]:
    only = {f.id for f in follows.datum if f.bara_år and f.fält == "rapporteras"}
    moved = [f for f in follows.datum if f.slag == "aktivitet" and not f.bara_år]
    reports = [f for f in moved if f.fält == "rapporteras"]
    if 0 < len(reports) <= _MEST:
        for flytt in reports:
            yield f"{_rapport(ordare, flytt.id, flytt.titel)}"
    elif reports:
        yield (
            f"{words.stor(_antal(len(reports), 'aktivitet', 'aktiviteter'))} rapporteras i en "
            f"annan månad: {_namn([f.titel for f in reports])}."
        )
    if only:
        years = ordare.old.årshjul.år, ordare.new.årshjul.år
        yield (
            f"{words.stor(_antal(len(only), 'aktivitet', 'aktiviteter'))} rapporteras i samma "
            f"månad som förut, men {years[1]} i stället för {years[0]}."
        )


def _rapport(ordare: Ordare, id: str, titel: str) -> str:
    change = Change(Sort.ÄNDRAD, "aktivitet", id, titel, Klass.MATERIELL, ("rapporteras",))
    said = "".join(bit.text for bit in ordare.tid(change) or ())
    return f"Aktiviteten ”{titel}” {words.liten(said)}"


def _namn(names: list[str]) -> str:
    if len(names) > _MEST + 1:
        rest = len(names) - _MEST
        return words.uppräkning([*names[:_MEST], f"{words.tal(rest)} till"])
    return words.uppräkning(names)


def _antal(number: int, one: str, many: str) -> str:
    return f"{_ett(one) if number == 1 else words.tal(number)} {one if number == 1 else many}"


#: Words of which one is ”ett”.
_ETT: Final = frozenset(
    {"kapitel", "årshjul", "lagrum", "krav", "uppdrag", "nämndmål", "kommunövergripande mål",
     "målområde", "kontrollmoment"}
)  # fmt: skip


def _ett(word: str) -> str:
    return "ett" if word in _ETT else "en"


def _ny(word: str) -> str:
    return "nytt" if word in _ETT else "ny"


# What follows


def _follows(ordare: Ordare, follows: Följder) -> Iterator[tuple[str, tuple[str, ...]]]:
    roles = tuple(_roll(role) for role in follows.roller)
    if roles:
        yield "Vem gör något annat än förut?", roles
    units = tuple(
        f"{words.stor(den(u.slag, u.titel))}: {_av(ordare, u.av)}." for u in follows.enheter
    )
    if units:
        yield "Vilka delar av organisationen berörs?", units
    dates = tuple(_flytt(f.slag, f.titel, f.fält) for f in follows.datum if f.slag != "aktivitet")
    if dates:
        yield "Vilka andra datum ändras?", dates
    routines = tuple(f"Rutinen ”{r.titel}” bygger på {_av(ordare, r.av)}." for r in follows.rutiner)
    if routines:
        yield "Vilka rutiner behöver ses över?", routines


def _roll(role: Rollföljd) -> str:
    said = []
    for label, duties in (("får", role.får), ("slipper", role.slipper)):
        if duties:
            groups: dict[str, list[str]] = {}
            for duty in duties:
                groups.setdefault(duty.gör, []).append(f"”{duty.titel}”")
            what = "; ".join(f"{gör} {words.uppräkning(names)}" for gör, names in groups.items())
            said.append(f"{'nytt' if label == 'får' else 'inte längre'}: {what}")
    return f"{words.stor(role.titel)} – {'. '.join(said)}."


def _av(ordare: Ordare, keys: tuple[Nyckel, ...]) -> str:
    shown = [ordare.sak(key) for key in keys[:_MEST]]
    rest = len(keys) - len(shown)
    return words.uppräkning([*shown, f"{words.tal(rest)} till"] if rest else shown)


def _flytt(slag: str, titel: str, fält: str) -> str:
    names = {
        "gäller_från": "gäller från en annan dag",
        "gäller_till": "gäller till en annan dag",
        "ses_över_senast": "ska ses över en annan dag",
        "beslutad": "har en annan beslutsdag",
        "sammanträden": "har andra sammanträdesdagar",
        "när": "görs en annan tid",
    }
    return f"{words.stor(den(slag, titel))} {names.get(fält, 'har en annan tid')}."


# By chapter


def _kapitel(slag: str) -> str:
    return next(name for name, kinds in KAPITEL.items() if slag in kinds)


def _chapters(
    ordare: Ordare, things: Mapping[Nyckel, list[Change]]
) -> Iterator[tuple[str, tuple[Sak, ...]]]:
    told = _told(ordare)
    for name in KAPITEL:
        saker = [
            _sak(ordare, changes, told)
            for key, changes in things.items()
            if _kapitel(key[0]) == name and not (key[0] == "upphört" and not changes[0].väg)
        ]
        if saker:
            # What must be decided comes first, within each what is new, then what goes.
            yield name, tuple(sorted(saker, key=lambda sak: sak.klass is not Klass.MATERIELL))


def _told(ordare: Ordare) -> dict[Nyckel, str]:
    """Collect the reasons that somebody has written."""
    told = {(past.sakslag, past.sak): past.skäl for past in ordare.new.upphörda.values()}
    edition = ordare.new.utgåvor.get(ordare.new.ram.utgåva)
    for reason in edition.motiveringar if edition else ():
        told[reason.sakslag, reason.sak] = reason.skäl
    return told


def _sak(ordare: Ordare, changes: list[Change], told: Mapping[Nyckel, str]) -> Sak:
    first = changes[0]
    klass = Klass.REDAKTIONELL
    if any(change.klass is Klass.MATERIELL for change in changes):
        klass = Klass.MATERIELL
    why = told.get(first.nyckel, "")
    if not first.väg:
        return Sak(_hel(ordare, first), first.sort, klass, tuple(_kort(ordare, first)), why)
    form = ordare.forms.av(first.slag)
    lines: list[Mening] = []
    notes: dict[str, None] = {}
    for change in changes:
        own = form.vid(change.väg[:1])
        if any(form.vid(change.väg[: n + 1]).tyngd == "redaktionell"
               for n in range(len(change.väg))):  # fmt: skip
            within = next(
                form.vid(change.väg[: n + 1]) for n in range(len(change.väg))
                if form.vid(change.väg[: n + 1]).tyngd == "redaktionell"
            )  # fmt: skip
            notes[words.liten(within.titel or own.titel)] = None
        elif (line := ordare.mening(change)) not in lines:
            lines.append(line)
    if notes:
        also = "Också ändrat" if lines else "Ändrat"
        lines.append((Bit(f"{also}: {words.uppräkning(list(notes))}."),))
    rubrik = words.stor(den(first.slag, first.titel))
    if first.slag in ("plan", "årshjul"):
        rubrik = words.stor(BESTÄMT[first.slag])
    return Sak(rubrik, Sort.ÄNDRAD, klass, tuple(lines), why)


def _hel(ordare: Ordare, change: Change) -> str:
    """Word what has happened to a whole thing."""
    name = words.stor(den(change.slag, change.titel))
    if change.sort is Sort.TILLAGD:
        return f"{name} är {_ny(words.liten(SLAG[change.slag].en))}"
    if change.sort is Sort.ERSATT and change.ersatt_av:
        heir = ordare.sak(change.ersatt_av)
        return f"{name} ersätts av {heir}"
    return f"{name} tas bort"


#: What to say of a thing that comes, the first three that it has.
_KÄRNA: Final = (
    "rapporteras", "genomförs", "frekvens", "syfte", "kräver", "kontrollerar", "uppdrag",
    "sammanfattning", "förklaring", "beskrivning", "text", "ansvariga", "ägare", "säger", "skäl",
)  # fmt: skip


def _kort(ordare: Ordare, change: Change) -> Iterator[Mening]:
    """Say the most important of a thing that comes. What goes is known."""
    if change.sort is not Sort.TILLAGD:
        return
    form = ordare.forms.av(change.slag)
    plan_thing = ordare.new.aktiviteter.get(change.id) if change.slag == "aktivitet" else None
    said = 0
    for name in _KÄRNA:
        if name not in change.efter or change.efter[name] == "ej_angivet" or said == 3:
            continue
        own = form.fält[name]
        value = ordare.värde(change.efter[name], own)
        if plan_thing is not None and name == "rapporteras":
            value = words.rapporteras(plan_thing.rapporteras)
        if not value or value == words.EJ_ANGIVET_ORD:
            continue
        said += 1
        yield (Bit(f"{own.titel}: "), Bit(_kapad(value), "+"))


def _kapad(text: str) -> str:
    """Keep the first sentences of a long text: the whole of it stands in the plan."""
    if len(text) <= 300:
        return text
    end = text.rfind(". ", 0, 300)
    return f"{text[: end + 1] if end > 80 else text[: text.rfind(' ', 0, 300)]} …"


# How it is shown


def text(rapport: Rapport) -> str:
    """Show the report as plain text; [-goes-] and [+comes+]."""

    def line(mening: Mening) -> str:
        signs = {"": "", "-": "-", "+": "+"}
        return "".join(
            f"[{signs[b.märke]}{b.text}{signs[b.märke]}]" if b.märke and b.text else b.text
            for b in mening
        )

    out = [rapport.titel, "=" * len(rapport.titel), "", *rapport.ingress, ""]
    for heading, lines in rapport.följder:
        out += [heading, "-" * len(heading), *(f"- {said}" for said in lines), ""]
    if rapport.kapitel:
        out += [
            "I listan nedan står det som tas bort som [-så här-] och det nya som [+så här+].",
            "",
        ]
    for heading, saker in rapport.kapitel:
        out += [heading, "-" * len(heading), ""]
        for sak in saker:
            out.append(f"{sak.rubrik} ({sak.klass.value})")
            out += [f"  Skäl: {' '.join(sak.skäl.split())}"] if sak.skäl else []
            out += [f"  - {line(row)}" for row in sak.rader]
            out.append("")
    return "\n".join(out).rstrip() + "\n"


_MARKUP: Final = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>|#~"})


def markdown(rapport: Rapport) -> str:
    """Show the report for a pull request: ~~goes~~ and **comes**."""

    def plain(value: str) -> str:
        return value.translate(_MARKUP).replace("@", "@\u2060")

    def line(mening: Mening) -> str:
        around = {"": "", "-": "~~", "+": "**"}
        return "".join(
            f"{around[b.märke]}{plain(b.text)}{around[b.märke]}" if b.text.strip() else b.text
            for b in mening
        )

    out = [f"# {plain(rapport.titel)}", "", *(f"{plain(p)}\n" for p in rapport.ingress)]
    for heading, lines in rapport.följder:
        out += [f"## {heading}", "", *(f"- {plain(said)}" for said in lines), ""]
    for heading, saker in rapport.kapitel:
        out += [f"## {heading}", ""]
        for sak in saker:
            mark = "" if sak.klass is Klass.MATERIELL else " (redaktionell)"
            out += [f"### {plain(sak.rubrik)}{mark}", ""]
            out += [f"Skäl: {plain(' '.join(sak.skäl.split()))}", ""] if sak.skäl else []
            out += [f"- {line(row)}" for row in sak.rader]
            out += [""] if sak.rader else []
    return "\n".join(out).rstrip() + "\n"


def html(mening: Mening) -> Markup:
    """Show one sentence on a page: `<del>` goes, `<ins>` comes."""
    shown = {"": Markup("{}"), "-": Markup("<del>{}</del>"), "+": Markup("<ins>{}</ins>")}
    return Markup("").join(shown[bit.märke].format(bit.text) for bit in mening)


def as_json(rapport: Rapport) -> str:
    """Give the report as data. The shape is documented in docs/hjalp/data.md."""
    document = {
        "version": VERSION,
        "titel": rapport.titel,
        "sammanfattning": list(rapport.ingress),
        "changes": [
            {**_change(change), "mening": "".join(_signed(bit) for bit in mening)}
            for change, mening in zip(rapport.changes, rapport.meningar, strict=True)
        ],
        "följder": asdict(rapport.data),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _signed(bit: Bit) -> str:
    return f"[{bit.märke}{bit.text}{bit.märke}]" if bit.märke and bit.text else bit.text


def _change(change: Change) -> dict[str, Any]:
    return {
        "sort": change.sort.value,
        "slag": change.slag,
        "id": change.id,
        "titel": change.titel,
        "klass": change.klass.value,
        "väg": list(change.väg),
        "före": change.före,
        "efter": change.efter,
        "plats": change.plats,
        "ersatt_av": list(change.ersatt_av) if change.ersatt_av else None,
    }


FORMATS: Final[Mapping[str, Callable[[Rapport], str]]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
