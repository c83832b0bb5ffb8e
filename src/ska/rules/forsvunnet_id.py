"""Något som fanns i en tidigare utgåva är borta, och ingen har skrivit varför.

Ett id är permanent: samma sak har samma id i varje utgåva. Då går det att följa en metod eller en
rutin genom åren, och gamla länkar leder rätt. När något upphör skrivs det i plan/upphort.yml, med
skäl och med det som kom i stället. En rutin eller ett mål som redan hade ”ersatt_av” i den
tidigare utgåvan behöver inte stå där.

Regeln jämför med nämndens egna tidigare utgåvor. Den gäller inte det som hör till ett enda år, till
exempel risker, budgettabeller och årsrapporter.

Fel: metoden ”enkat” fanns i utgåvan för 2025. I planen för 2026 finns den inte, och
plan/upphort.yml nämner den inte.

Rätt:

```yaml
upphört:
  - id: metoden-enkat
    sakslag: metod
    sak: enkat
    titel: Enkät
    utgåva: exempelnamnden-2025
    ersatt_av: intervjuer
    skäl: Svaren blev för få.
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ska.context import Context
from ska.model import Plan
from ska.problems import Location, Problem, Severity
from ska.reading.yaml_source import Document
from ska.rules._hjalp import den
from ska.ting import Mål, Nyckel, Rutin, Ting

ID = "forsvunnet-id"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True

#: Kinds that live on from edition to edition. The others belong to one year or hold no promise.
_PERMANENT = frozenset(
    {
        "utgåva", "nämnd", "förvaltning", "verksamhet", "avdelning", "enhet", "utförare", "roll",
        "aktivitet", "delplan", "metod", "rutin", "begrepp", "målområde", "kommunmål", "mål",
        "indikator", "uppdrag", "krav",
    }
)  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that an earlier edition of the same board has and this one lacks."""
    accounted_for = {thing.nyckel for thing in plan.ting()}
    accounted_for |= {(past.sakslag, past.sak) for past in plan.upphörda.values()}
    earlier = [edition for edition in context.earlier if edition.ram.nämnd == plan.ram.nämnd]
    before = {
        thing.nyckel: (thing, _titel(edition))
        for edition in reversed(earlier)  # the newest edition that had it is the one to name
        for thing in edition.ting()
    }
    new = {(t.slag, t.rubrik): t for t in plan.ting() if t.nyckel not in before}
    documents = {t.spår.document.file: t.spår.document for t in plan.ting()}
    for nyckel, (thing, edition) in before.items():
        if (
            nyckel[0] not in _PERMANENT
            or nyckel in accounted_for
            or _replaced(thing, accounted_for)
        ):
            continue
        renamed = new.get((thing.slag, thing.rubrik))
        if renamed:
            yield _renamed(thing, renamed, edition)
        else:
            yield _lost(thing, edition, _place(plan, documents, thing))


def _titel(edition: Plan) -> str:
    known = edition.utgåvor.get(edition.ram.utgåva)
    return known.titel if known else edition.ram.utgåva


def _replaced(thing: Ting, known: set[Nyckel]) -> bool:
    """Tell whether the earlier edition itself said what came instead."""
    by = thing.ersatt_av if isinstance(thing, Rutin | Mål) else None
    return by is not None and (thing.slag, by) in known


def _renamed(thing: Ting, renamed: Ting, edition: str) -> Problem:
    return Problem(
        renamed.where("id"),
        ID,
        f"{den(thing)} hade id ”{thing.id}” i utgåvan ”{edition}” och har nu "
        f"”{renamed.id}”, så gamla länkar och jämförelser tappar bort den",
        f"behåll id ”{thing.id}”; är det en annan sak, skriv i plan/upphort.yml varför den gamla "
        "har upphört",
        thing=thing.nyckel,
    )


def _lost(thing: Ting, edition: str, place: Location) -> Problem:
    return Problem(
        place,
        ID,
        f"{den(thing)} fanns i utgåvan ”{edition}” med id ”{thing.id}” men saknas nu, "
        "och ingenstans står varför",
        f"lägg tillbaka den, eller skriv i plan/upphort.yml varför den har upphört (sakslag: "
        f"{thing.slag}, sak: {thing.id})",
        thing=thing.nyckel,
    )


def _place(plan: Plan, documents: Mapping[str, Document], thing: Ting) -> Location:
    """Locate where the thing would stand: its list or its file, else the plan's own edition."""
    document = documents.get(thing.spår.document.file)
    if document is None:
        return plan.ram.where("utgåva")
    stood_in = thing.spår.path[:-1]
    if stood_in in document.keys:
        return document.where_key(stood_in)
    return document.where(("id",))
