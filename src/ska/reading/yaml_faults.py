"""What libyaml gives up on: the place where it went wrong, and why, in Swedish.

libyaml says where it noticed, often a line or a whole file after what needs mending, and doesn't
know what the writer meant. Both are worked out here from its words and the lines around.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from ska.reading.yaml_words import REFUSALS

Mark = tuple[int, int]  # line and column, from 0
Words = tuple[str, str]  # what is wrong, and what to do


class Fault(NamedTuple):
    """Why libyaml gave up: the place, from 0, what is wrong and what to do."""

    at: Mark
    what: str
    advice: str


class _Place(NamedTuple):
    """Where libyaml noticed, and where what it was reading began."""

    lines: Sequence[str]
    noticed: Mark
    begun: Mark
    opened: Mark | None
    quoted: Mark | None

    @property
    def before(self) -> str:
        line, column = self.noticed
        return self.lines[line][:column].rstrip()

    @property
    def sign(self) -> str:
        line, column = self.noticed
        return self.lines[line][column : column + 1]


def explain(error: Any, lines: Sequence[str], opened: Mark | None, quoted: Mark | None) -> Fault:
    """Say in Swedish what stopped libyaml, and where it began; never its own words.

    `error` is PyYAML's, which has marks only where libyaml knew a place. `opened` is where the
    innermost `[` or `{` that is still open stands, `quoted` where the text just read began if it
    has quotes and went on over several lines.
    """
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return Fault((0, 0), *_UNKNOWN)
    # A file without a last line break has, to libyaml, one more line.
    last = (len(lines) - 1, len(lines[-1]))
    noticed = min((mark.line, mark.column), last)
    begun = (context.line, context.column) if context else noticed
    place = _Place(lines, noticed, begun, opened, quoted)
    if "tag" in (error.context or ""):
        return Fault(begun, *_TAG)
    answer = next((a for start, a in _ANSWERS.items() if error.problem.startswith(start)), _outside)
    return answer(place) if callable(answer) else Fault(noticed, *answer)


_QUOTE: Final = "sätt citattecken runt texten"
_ALIGN: Final = "låt fält på samma nivå börja i samma kolumn, och indrag vara två mellanslag"

_UNKNOWN: Final = ("raden går inte att läsa som YAML", REFUSALS["inte-yaml"][1])
_APART: Final = ("raden hör inte ihop med raderna före", _ALIGN)
_SIGN: Final = ("en text börjar med ett tecken som betyder något i YAML", _QUOTE)
_TAG: Final = ("en text börjar med utropstecken", _QUOTE)
_ESCAPE: Final = (
    "ett bakstreck (\\) står inom dubbla citattecken, där det betyder något annat",
    "byt till enkla citattecken (')",
)
_TEXT_AFTER_SIGN: Final = (
    "efter > eller | står text på samma rad",
    "börja texten på nästa rad, eller sätt citattecken runt den",
)
#: A field whose colon is followed at once by its value; not an address, not a time of day.
_CLOSED_UP: Final = re.compile(r" *(?:- +)*[^\W\d]\w*:(?=[^\s:/])")
_BULLET: Final = re.compile(r" *([–—•·▪*]) ")
_BLOCK_TEXT: Final = re.compile(r".*[:-] +[|>][-+\d]*\s*")


def _unclosed_quote(place: _Place) -> Fault:
    what = "en text börjar med citattecken men saknar det avslutande"
    return Fault(place.begun, what, "sätt det avslutande citattecknet")


def _after_the_end(place: _Place) -> Fault:
    if place.quoted:  # the quote that ended it was meant to begin another text
        return _unclosed_quote(place._replace(begun=place.quoted))
    what = "efter det avslutande citattecknet eller den avslutande klammern står mer text"
    advice = "sätt citattecken runt hela texten, av det slag (\" eller ') som inte finns i den"
    return Fault(place.noticed, what, advice)


def _unclosed(place: _Place) -> Fault:
    if place.quoted:
        return _after_the_end(place)
    line, column = at = place.opened or place.begun
    what = f"en lista eller uppställning börjar med {place.lines[line][column]} men avslutas inte"
    return Fault(at, what, "avsluta den, eller sätt citattecken om tecknet hör till texten")


def _no_value(place: _Place) -> Fault:
    if place.opened and place.sign == ",":
        return Fault(place.noticed, "ett värde saknas före kommatecknet", "skriv värdet")
    return _unclosed(place) if place.opened else Fault(place.noticed, *_SIGN)


def _no_field(place: _Place) -> Fault:
    line, _ = place.begun
    if closed_up := _CLOSED_UP.match(place.lines[line]):
        what = "efter kolonet saknas ett mellanslag"
        return Fault((line, closed_up.end() - 1), what, "skriv ”namn: värde”")
    if bullet := _BULLET.match(place.lines[line]):
        what = f"raden börjar med {bullet[1]}, och en punkt i en lista börjar med bindestreck"
        return Fault(place.begun, what, "skriv bindestreck och mellanslag (- ) i stället")
    if line and _BLOCK_TEXT.fullmatch(place.lines[line - 1]):
        what = "texten efter > eller | har inget indrag"
        advice = "dra in textens alla rader två mellanslag mer än fältets namn"
        return Fault(place.begun, what, advice)
    what = "raden är varken ett fält eller en fortsättning på raden före"
    advice = "skriv ”namn: värde”, eller dra in raden om den hör till texten före"
    return Fault(place.begun, what, advice)


def _stray_colon(place: _Place) -> Fault:
    line, _ = place.noticed
    if place.before.endswith(('"', "'", "]", "}")):
        return _after_the_end(place)
    if line and (closed_up := _CLOSED_UP.match(place.lines[line - 1])):
        what = "efter kolonet saknas ett mellanslag"
        return Fault((line - 1, closed_up.end() - 1), what, "skriv ”namn: värde”")
    what = "ett kolon följt av mellanslag står inne i en text, eller ett fält har fel indrag"
    return Fault(place.noticed, what, f"{_QUOTE}, eller rätta indraget")


def _apart(place: _Place) -> Fault:
    if place.before.endswith(('"', "'", "]", "}")):
        return _after_the_end(place)
    if place.sign == ":":
        return Fault(place.noticed, *REFUSALS["tomt-falt"])
    return Fault(place.noticed, *_APART)


def _outside(place: _Place) -> Fault:
    """Outside the one mapping that a file is: a directive, or text after its end."""
    line, _ = place.noticed
    for number, text in enumerate(place.lines[: line + 1]):
        if text.startswith("%"):
            return Fault((number, 0), *REFUSALS["direktiv"])
        if text.startswith("..."):
            what = "raden ... avslutar filen, men den fortsätter"
            return Fault((number, 0), what, "ta bort raden, eller sätt citattecken runt texten")
    return Fault(place.noticed, *_UNKNOWN)


def _less_indented(place: _Place) -> Fault:
    fault = _outside(place)
    what = "raden har mindre indrag än filens första fält"
    return Fault(fault.at, what, _ALIGN) if fault.what == _UNKNOWN[0] else fault


#: The beginning of libyaml's words -> ours. libyaml: src/scanner.c and src/parser.c.
_ANSWERS: Final[dict[str, Words | Callable[[_Place], Fault]]] = {
    "mapping values are not allowed": _stray_colon,
    "mapping keys are not allowed": ("ett frågetecken står först i en text", _QUOTE),
    "block sequence entries are not allowed": ("ett listtecken (-) står på fel ställe", _ALIGN),
    "could not find expected ':'": _no_field,
    "did not find expected key": _apart,
    "did not find expected '-' indicator": _apart,
    "did not find expected ',' or": _unclosed,
    "did not find expected node content": _no_value,
    "did not find expected <document start>": _less_indented,
    "did not find expected alphabetic": ("ett & eller * står först i en text", _QUOTE),
    "did not find expected comment or line break": _TEXT_AFTER_SIGN,
    "did not find expected hexdecimal number": _ESCAPE,
    "found an indentation indicator equal to 0": _TEXT_AFTER_SIGN,
    "found character that cannot start": _SIGN,
    "found invalid Unicode character escape code": _ESCAPE,
    "found undefined tag handle": _TAG,
    "found unexpected document indicator": _unclosed_quote,
    "found unexpected end of stream": _unclosed_quote,
    "found unknown escape character": _ESCAPE,
}
