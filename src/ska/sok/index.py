"""Pages to the files that the search loads: the same pages give the same bytes.

`sok/index.json` has what finds and names a page, `sok/text.json` what is shown of it. A word's
weight on a page is worked out here (BM25F: where it stands, how often, on how long a page), so
that a search only looks up and adds.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import compress, decompress

from ska.pieces import Pieces, json_list
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
#: Where in a page's numbers the words of a part stand, whose weight its length decides.
_BY_LENGTH: Final = {"titel": 1, "text": 2, "ingress": 3}
_NUMBERS: Final = 4
_END: Final = b"\0"  # between the words and their numbers
_NONE: Final[Counter[str]] = Counter()
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


@dataclass(frozen=True, slots=True)
class Inläst:
    """A page once its words have been counted: packed, since all pages are held at once.

    `orden` has the words, and four numbers for each: what it weighs whatever the others say, and
    how often it stands in the title, the text and the lead, which weigh less on a page longer than
    most.
    """

    adress: str
    namn: bytes
    visas: bytes
    orden: bytes
    titelns: int
    textens: int


def read_in(page: Sida) -> Inläst:
    """Count a page's words."""
    counted = _counted(page)
    found: dict[str, list[float]] = {}
    for part, times_of in counted.items():
        place = _BY_LENGTH.get(part, 0)
        for word, times in times_of.items():
            numbers = found.setdefault(word, [0.0] * _NUMBERS)
            numbers[place] += times if place else _WEIGHT[part] * times
    ordered = sorted(found)
    titelns, textens = (sum(counted.get(part, _NONE).values()) for part in ("titel", "text"))
    tal = array("f", (number for word in ordered for number in found[word]))
    orden = " ".join(ordered).encode() + _END + tal.tobytes()
    return Inläst(
        page.adress, _json(_named(page)), _packed(_json(_shown(page))), _packed(orden),
        titelns, textens,
    )  # fmt: skip


def files(pages: Iterable[Sida]) -> dict[str, bytes]:
    """Make the search's files of pages, by their addresses from the site's root."""
    return {at: b"".join(pieces) for at, pieces in joined(map(read_in, pages))}


def joined(pages: Iterable[Inläst]) -> Iterator[tuple[str, Pieces]]:
    """Make the search's files of pages whose words have been counted, each when asked for."""
    ordered = sorted(pages, key=lambda page: page.adress)
    yield INDEX, _index(ordered)
    yield TEXT, json_list(decompress(page.visas) for page in ordered)


def _index(ordered: list[Inläst]) -> Iterator[bytes]:
    many = len(ordered) or 1
    lengths = sum(page.titelns for page in ordered) / many, sum(p.textens for p in ordered) / many
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, page in enumerate(ordered):
        for word, weight in _weights(page, *lengths):
            # Pages by their distance from the one before: shorter numbers.
            found.setdefault(word, []).extend((number - last.get(word, 0), weight))
            last[word] = number
    ordlista = sorted(found)
    yield b'{"sidor":'
    yield from json_list(page.namn for page in ordered)
    yield b',"ord":' + _json(" ".join(ordlista))
    yield ',"träffar":'.encode()
    yield from json_list(_json(found.pop(word)) for word in ordlista)
    yield b"}"


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


def _weights(page: Inläst, title: float, text: float) -> Iterator[tuple[str, int]]:
    """Weigh a page's words, where titles and texts are so long on average."""
    titles = _LONG["titel"] * (page.titelns / title if title else 1) + 1 - _LONG["titel"]
    texts = _LONG["text"] * (page.textens / text if text else 1) + 1 - _LONG["text"]
    said, _, packed = decompress(page.orden).partition(_END)
    numbers = iter(memoryview(packed).cast("f"))
    title, text, lead = (
        _WEIGHT["titel"] / titles, _WEIGHT["text"] / texts, _WEIGHT["ingress"] / texts,
    )  # fmt: skip
    of_each = zip(*[numbers] * _NUMBERS, strict=True)
    for word, (whole, in_title, in_text, in_lead) in zip(
        said.decode().split(), of_each, strict=True
    ):
        total = whole + (title * in_title + text * in_text + lead * in_lead)
        yield word, max(1, round(_STEPS * total / (_ENOUGH + total)))


def _packed(raw: bytes) -> bytes:
    return compress(raw, 1)  # what takes more time makes little of it smaller


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
