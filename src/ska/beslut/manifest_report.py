"""The manifest and the list behind it, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ska import words
from ska.manifest import Summa, gällande_summa
from ska.model import Plan
from ska.ting import EJ_ANGIVET, Utgåva


def text(plan: Plan, summa: Summa) -> str:
    """Show the number, whether it is the decided one, and each thing's own number."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    if edition and återgivning(plan):
        lines = [*_retold(edition), f"Summa, version {summa.version}: {summa.sha256}"]
    else:
        lines = [f"Manifest, version {summa.version}: {summa.sha256}"]
    if edition and not återgivning(plan):
        lines.append(f"Utgåva: {edition.titel} ({edition.id})")
        if edition.manifest is None:
            lines.append("Utgåvan har inget beslutat manifest.")
        elif gällande_summa(edition) == summa.sha256:
            lines.append("Det stämmer med det som nämnden beslutade.")
        else:
            lines.append(f"Det stämmer inte. Utgåvan har {gällande_summa(edition)}.")
    lines += ["", f"{len(summa.rader)} saker ingår:"]
    lines += [f"{row.sha256}  {row.slag}/{row.id}  {row.titel}" for row in summa.rader]
    lines += ["", f"{len(summa.titlar)} namn på roller och enheter ingår:"]
    lines += [f"{slag}/{id}  {title}" for slag, id, title in summa.titlar]
    return "\n".join(lines) + "\n"


def återgivning(plan: Plan) -> bool:
    """Tell whether the plan retells one that was decided elsewhere: it never has a manifest."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    return plan.ram.status == "återgivning" or bool(edition and edition.typ == "återgivning")


def _retold(edition: Utgåva) -> Iterator[str]:
    """Say that there is no manifest, and where to look instead."""
    yield f"Utgåvan ”{edition.titel}” ({edition.id}) har inget manifest, för den är en återgivning."
    yield words.återgiven(edition)
    beslut = edition.beslut
    facts = [beslut.organ, words.datum(beslut.datum), beslut.paragraf, beslut.dnr]
    if beslut.datum != EJ_ANGIVET:
        known = [fact for fact in facts if fact not in (EJ_ANGIVET, words.EJ_ANGIVET_ORD)]
        yield f"Beslutet: {', '.join(known)}."
    yield "Summan nedan är räknad på återgivningens text. Den visar inte vad nämnden beslutade."
    yield ""


def as_json(plan: Plan, summa: Summa) -> str:
    """Give the same as data. The shape is documented in docs/hjalp/data.md."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    document = {
        "version": summa.version,
        "sha256": summa.sha256,
        "utgåva": plan.ram.utgåva,
        "återgivning": återgivning(plan),
        "beslutat": gällande_summa(edition) or None if edition else None,
        "saker": [
            {"slag": row.slag, "id": row.id, "titel": row.titel, "sha256": row.sha256}
            for row in summa.rader
        ],
        "titlar": [{"slag": slag, "id": id, "titel": title} for slag, id, title in summa.titlar],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMATS: Final[Mapping[str, Callable[[Plan, Summa], str]]] = {"text": text, "json": as_json}
