"""What was measured, as a table for a terminal and as the site's page on it."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.mutations import EACH, Score
from bench.timing import Cost, Spread, ratios, spread


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    unit: str
    found: Spread
    target: float | None = None
    runs: int = 1

    @property
    def met(self) -> bool:
        return self.target is None or self.found.middle <= self.target


def per_page(
    name: str,
    pages: int,
    ours: Sequence[Cost],
    theirs: Sequence[Cost],
    *,
    how: str = "",
    goal: float | None = None,
) -> list[Figure]:
    """What `ska site` takes of what another builder does, and each page by that one alone."""
    each = spread([cost.cpu * 1000 / pages for cost in theirs])
    runs = len(ours)
    return [
        Figure(f"ska site mot {name}, {pages} sidor", "×", ratios(ours, theirs), goal, runs),
        Figure(f"{name}{how}: per sida, {pages} sidor", "ms", each, None, runs),
    ]


def table(figures: Sequence[Figure]) -> str:
    """Lay the figures out for a terminal or a file."""
    rows = [("", "median", "minst", "mest", "mål", "", "körningar")]
    for figure in figures:
        found = figure.found
        low, middle, high = (f"{v:.2f}" for v in (found.low, found.middle, found.high))
        target = "" if figure.target is None else f"{figure.target:g} {figure.unit}"
        verdict = "" if figure.target is None else ("nått" if figure.met else "MISSAT")
        rows.append(
            (figure.what, f"{middle} {figure.unit}", low, high, target, verdict, str(figure.runs))
        )
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return "\n".join(lines) + "\n"


def surroundings() -> list[str]:
    """Say on what it was measured: machine and versions."""
    names = ("mkdocs", "mkdocs-material", "PyYAML")
    return [
        f"{_processor()}, {os.cpu_count()} kärnor, {platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in names),
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "okänd processor"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


_PAGE = """---
title: Prestanda
description: Hur lång tid kontrollen och bygget tar, och vad andra verktyg tar för samma arbete.
---

# Prestanda

Så lång tid tar kontrollen och bygget, mätt på planer som är gjorda för att mätas. De är skrivna som
den riktiga planen men större. Sidan skrivs av `make bench`, som körs
[på den egna datorn](andra.md#prova-pa-din-egen-dator), och ändras inte för hand.

Varje siffra är medianen av flera körningar. Jämförelser med andra verktyg är gjorda i samma
körning, turvis och på samma innehåll. Där två saker jämförs räknas processorns tid och inte
klockans, så att annat arbete på datorn inte stör. Ett missat mål står kvar tills det är nått.

De andra verktygen används så väl som de kan:

- yamllint och check-jsonschema får alla rutiner i ett anrop, och bara det som en rutin till kostar
  räknas. Schemana har först lagts ihop till ett, och YAML läses med den snabbaste läsaren som
  check-jsonschema tar. Utan det tar check-jsonschema flera gånger så lång tid.
- Ren MkDocs, med temat Material, bygger samma sidor skrivna som ren Markdown: rubriker, stycken,
  listor, tabeller och länkar. Ingen kod och inga mallar härifrån är med. Tiden per sida är hela
  byggets, delad på antalet sidor: att starta, läsa Markdown, göra sökindexet och fylla i temats
  mallar, där menyn ritas på varje sida.
- Zensical bygger sidorna som `ska pages` skriver, utan något sparat från förra gången.
- Hugo bygger samma Markdown som MkDocs. Sidmallen har bara rubriken och texten: ingen meny och
  ingen sökning.

## Mätt på

{surroundings}

## Tid, storlek och minne

{figures}

## Fel som hittas

En plan skadas med flit på många sätt: ett id som inte finns, en summa som inte stämmer, en lag som
är upphävd. Tabellen visar hur många av skadorna som hittas, av vår kontroll och av två allmänna
verktyg som prövar samma fil mot samma scheman. Av varje familj har {each} skador lottats.

{scores}
"""


def page(figures: Sequence[Figure], found_by: Sequence[Score], notes: Sequence[str]) -> str:
    """Write the page of the site."""
    rows = [
        (
            figure.what,
            _number(figure.found.middle, figure.unit),
            "" if figure.target is None else f"högst {_number(figure.target, figure.unit)}",
            "" if figure.target is None else ("nått" if figure.met else "missat"),
            str(figure.runs),
        )
        for figure in figures
    ]
    scores = [
        (score.family, str(score.total), str(score.ours), str(score.theirs)) for score in found_by
    ]
    return _PAGE.format(
        surroundings="\n".join(f"- {line}" for line in (*surroundings(), *notes)),
        figures=_markdown(("Vad", "Median", "Mål", "Utfall", "Körningar"), rows),
        scores=_markdown(
            ("Familj", "Skador", "ska check", "yamllint och check-jsonschema"), scores
        ),
        each=EACH,
    )


def _number(value: float, unit: str) -> str:
    text = f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return f"{text.replace('.', ',')} {unit}"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruler = ["---", *("---" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruler, *rows))
