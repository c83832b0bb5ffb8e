"""The manifest and the list behind it, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from ska.manifest import Summa, gällande_summa
from ska.model import Plan


def text(plan: Plan, summa: Summa) -> str:
    """Show the number, whether it is the decided one, and each thing's own number."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    lines = [f"Manifest, version {summa.version}: {summa.sha256}"]
    if edition:
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


def as_json(plan: Plan, summa: Summa) -> str:
    """Give the same as data. The shape is documented in docs/hjalp/data.md."""
    edition = plan.utgåvor.get(plan.ram.utgåva)
    document = {
        "version": summa.version,
        "sha256": summa.sha256,
        "utgåva": plan.ram.utgåva,
        "beslutat": gällande_summa(edition) or None if edition else None,
        "saker": [
            {"slag": row.slag, "id": row.id, "titel": row.titel, "sha256": row.sha256}
            for row in summa.rader
        ],
        "titlar": [{"slag": slag, "id": id, "titel": title} for slag, id, title in summa.titlar],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMATS: Final[Mapping[str, Callable[[Plan, Summa], str]]] = {"text": text, "json": as_json}
