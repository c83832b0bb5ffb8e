"""Pages to the files that the search loads: the same pages give the same bytes.

`sok/index.json` has what finds and names a page, `sok/text.json` what is shown of it. A word's
weight on a page is worked out here (BM25F: where it stands, how often, on how long a page), so
that a search only looks up and adds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ska.sok.ordform import words
from ska.sok.sidtext import Avsnitt

INDEX: Final = "sok/index.json"
TEXT: Final = "sok/text.json"

#: How much a word says of a page, by where it stands.
_WEIGHT: Final = {"titel": 8.0, "ord": 6.0, "ingress": 3.0, "rubrik": 2.0, "slag": 2.0,
                  "text": 1.0, "hänvisning": 0.25}  # fmt: skip
#: How much is enough: a word in the title and nowhere else gets two thirds of all there is.
_ENOUGH: Final = 4.0
#: How much a long page's words count less, and a long title's.
_LONG: Final = {"titel": 0.4, "text": 0.6}
#: Weights are whole numbers up to this.
_STEPS: Final = 99


@dataclass(frozen=True, slots=True)
class Träff:
    """What a result says of its page, beside the title: ”Rutin · Gäller · IAF”."""

    slag: str
    läge: str = ""
    enhet: str = ""
    gäller: bool = True
    kallas: tuple[str, ...] = ()  # what else names this very page: a number, a short form
    vikt: float = 1  # how likely it is what someone looks for


@dataclass(frozen=True, slots=True)
class Sida:
    """A page as the search sees it."""

    adress: str
    titel: str
    träff: Träff
    sökord: Sequence[str]
    avsnitt: Sequence[Avsnitt]


def files(pages: Iterable[Sida]) -> dict[str, bytes]:
    """Make the search's files, by their addresses from the site's root."""
    ordered = sorted(pages, key=lambda page: page.adress)
    counted = [_counted(page) for page in ordered]
    lengths = {
        part: sum(sum(one.get(part, Counter()).values()) for one in counted) / (len(counted) or 1)
        for part in ("titel", "text")
    }
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, page in enumerate(counted):
        for word, weight in sorted(_weights(page, lengths).items()):
            # Pages by their distance from the one before: shorter numbers.
            found.setdefault(word, []).extend((number - last.get(word, 0), weight))
            last[word] = number
    ordlista = sorted(found)
    index = {
        "sidor": [_named(page) for page in ordered],
        "ord": " ".join(ordlista),
        "träffar": [found[word] for word in ordlista],
    }
    return {INDEX: _json(index), TEXT: _json([_shown(page) for page in ordered])}


def _named(page: Sida) -> list[Any]:
    träff = page.träff
    return [
        page.adress, page.titel, träff.slag, träff.läge, träff.enhet, int(träff.gäller),
        round(träff.vikt * 100), list(träff.kallas), list(page.sökord),
    ]  # fmt: skip


def _shown(page: Sida) -> list[list[str]]:
    """Give what can be shown of a page: lists of links say more of other pages."""
    return [
        [part.ankare, part.rubrik, "\n".join(part.visas)]
        for number, part in enumerate(page.avsnitt)
        if part.visas or not number
    ]


def _counted(page: Sida) -> dict[str, Counter[str]]:
    """Count a page's words by where they stand."""
    parts: dict[str, list[str]] = {"titel": [page.titel]}
    parts["ord"] = [*page.sökord, *page.träff.kallas]
    parts["slag"] = [page.träff.slag, page.träff.enhet]
    for number, section in enumerate(page.avsnitt):
        if number:  # the first is the page's own
            parts.setdefault("rubrik", []).append(section.rubrik)
        for line, text in enumerate(section.rader):
            parts.setdefault(section.ställen.get(line, "text"), []).append(text)
    counted = {}
    for part, texts in parts.items():
        found = Counter(words(" ".join(texts)))
        if part not in ("titel", "ord"):  # a lone figure or letter finds nothing in a text
            found = Counter({word: n for word, n in found.items() if len(word) > 1})
        counted[part] = found
    return counted


def _weights(counted: dict[str, Counter[str]], lengths: dict[str, float]) -> dict[str, int]:
    total: dict[str, float] = {}
    for part, found in counted.items():
        long = "titel" if part == "titel" else "text"
        size = sum(counted.get(long, Counter()).values())
        share = size / lengths[long] if lengths[long] else 1
        factor = _WEIGHT[part]
        if part in ("titel", "text", "ingress"):
            factor /= 1 - _LONG[long] + _LONG[long] * share
        for word, times in found.items():
            total[word] = total.get(word, 0) + factor * times
    return {w: max(1, round(_STEPS * sum_ / (_ENOUGH + sum_))) for w, sum_ in total.items()}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
