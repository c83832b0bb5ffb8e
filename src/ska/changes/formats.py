"""The change report shown as text, Markdown, HTML or JSON.

What goes is struck out and what comes is bold or underlined, so that no colour is needed to tell
them apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from markupsafe import Markup

from ska.changes.compare import Change
from ska.changes.marked import Bit, Mening
from ska.changes.report import Rapport, Sak
from ska.changes.weight import Klass

#: Grows when a program that reads the JSON would have to change.
VERSION: Final = 2


def _mark(sak: Sak) -> str:
    return "" if sak.klass is Klass.MATERIELL else " (redaktionell ändring)"


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
            out.append(f"{sak.rubrik}{_mark(sak)}")
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
            out += [f"### {plain(sak.rubrik)}{_mark(sak)}", ""]
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
