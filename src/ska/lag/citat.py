"""Where a text cites a law: by number, by name, by chapter and paragraph. Pure; knows no rule.

A name is never taken to say which act is meant: ”socialtjänstlagen” is two. A citation therefore
carries every statute of the register that it may mean, and it is for an id to say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from ska.model import Plan
from ska.ting import EJ_ANGIVET, Författning, Lagrum


class Citat(NamedTuple):
    """A citation: its words and place, and what of the register it may mean.

    `författningar` is empty when only a chapter is named, or when the register lacks the law;
    `känd` tells these apart.
    """

    text: str
    vid: int
    författningar: tuple[str, ...] = ()
    kapitel: str = ""
    paragraf: str = ""
    lagrum: tuple[str, ...] = ()  # a popular name's provisions: lex Sarah
    känd: bool = True


#: A number as it is cited: with its series, or alone.
NUMMER: Final = re.compile(
    r"(?P<serie>(?<![\w-])[A-ZÅÄÖ-]*FS)?(?P<mellan>[\s(]*)(?<![\d/:])(?P<nummer>\d{4}:\d+)"
)
#: A word for a statute shortly before the number; ”förslag” and ”underlag” are none.
_LAGORD: Final = re.compile(
    r"\b(?!\w*(?:(?:för|an|in|om|upp|be|av|ut)slag|underlag|bolag))"
    r"\w*(?:lag(?:en|ens|ar|arna)?|förordning\w*|föreskrift\w*|balk\w*|författning\w*)"
    r"\W{1,3}(?:\w+\W{1,2}){0,2}$",
    re.IGNORECASE,
)
_FÖRE: Final = 60  # characters that hold the word and what may stand between

_PARAGRAF: Final = r"\d+(?: [a-z]\b)?(?:\s?[–-]\s?\d+(?: [a-z]\b)?)?"
#: ”4 kap.”, ”4 kap. 8 §”, ”14 kap. 3–7 §§”, ”4 kap. 3 och 4 §§”.
_STÄLLE: Final = re.compile(
    rf"\b(?P<kapitel>\d+(?: [a-z])?)\s?kap\.?"
    rf"(?:\s(?P<paragrafer>{_PARAGRAF}(?:(?:, | och | samt ){_PARAGRAF})*)\s?§{{1,2}})?"
)
_SKILJER: Final = re.compile(r", | och | samt ")
#: A name that ends as a law's does. Teams and proposals do too.
_LAGNAMN: Final = re.compile(
    r"\b(?!\w*(?:(?:för|an|in|om|upp|be|av|ut|ned|till|över|genom|på|bak)slag|bolag|underlag)ens?\b)"
    r"(?!(?:s|arbets|elev|vakt|lands|skift|lärar|personal|lednings|mellan|över|på)?lagens?\b)"
    r"\w*(?:lagens?|balkens?|förordningens?)\b",
    re.IGNORECASE,
)
#: Words that end so and name no certain law.
_OBESTÄMDA: Final = re.compile(r"(?:grund)?(?:lag|balk|förordning)ens?", re.IGNORECASE)
#: How a longer name begins in running text, see `_form`.
_LAG_OM: Final = re.compile(
    r"\b(?:lag|förordning)(?:en)?\s+(?:\(\d{4}:\d+\)\s+)?om\s", re.IGNORECASE
)
_LEX: Final = re.compile(r"\blex (?P<namn>[A-ZÅÄÖ][a-zåäö]+)", re.IGNORECASE)
_INOM_PARENTES: Final = re.compile(r"\s*\([^()]*\)")
_FÖRKORTNING: Final = re.compile(r"[A-ZÅÄÖ][a-zåäö]?[A-ZÅÄÖ]+")
#: What may stand between a law's name and a place in it, in either order.
_MELLAN_EFTER: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*")
_MELLAN_FÖRE: Final = re.compile(r"(?:\s+i)?(?:\s+den\s+\w+)?\s+")
#: What a text must hold to cite anything; most hold nothing of it.
_KAN: Final = ("lag", "kap", "balk", "förordning", "lex ")
_KAN_TAL: Final = re.compile(r"\d:\d")
_KAN_KORT: Final = re.compile(rf"(?<![\w-]){_FÖRKORTNING.pattern}(?![\w-])")


def kan_citera(text: str) -> object:
    """Tell whether a text may cite a law, whatever the register holds."""
    forms = (_STÄLLE, _LAGNAMN, _LAG_OM, _LEX)
    if _kan(text) and (any(form.search(text) for form in forms) or next(nummer(text), None)):
        return True
    return _KAN_KORT.search(text)


def _kan(text: str) -> bool:
    small = text.lower()
    return any(word in small for word in _KAN) or bool(":" in text and _KAN_TAL.search(text))


def nummer(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the series (or nothing) and number of each cited regulation, and where it stands."""
    if ":" not in text:
        return
    for match in NUMMER.finditer(text):
        series = match["serie"] or ""
        start = match.start("nummer")
        alone = text[start - 1 : start] == "(" and text[match.end() : match.end() + 1] == ")"
        if series or alone or _LAGORD.search(text[max(0, start - _FÖRE) : start]):
            yield series, match["nummer"], match.start("serie") if series else start


@dataclass(frozen=True, slots=True)
class _Namngiven:
    start: int
    end: int
    ids: tuple[str, ...]
    known: bool = True


class Register:
    """The register's names, made ready to look for."""

    def __init__(self, plan: Plan) -> None:
        """Read off what each statute is called, and which provisions have a popular name."""
        names: dict[str, list[str]] = {}
        self._numbers: dict[str, str] = {}
        short: dict[str, list[str]] = {}
        for law in plan.författningar.values():
            if law.nummer != EJ_ANGIVET:
                self._numbers[law.nummer] = self._numbers[law.nummer.rpartition(" ")[2]] = law.id
            for name in _names(law):
                held = short if _FÖRKORTNING.fullmatch(name) else names
                held.setdefault(name if held is short else name.casefold(), []).append(law.id)
        self._names, self._short = names, short
        self._lex: dict[str, list[str]] = {}
        for lagrum in plan.lagrum.values():
            for match in _LEX.finditer(lagrum.titel):
                self._lex.setdefault(match["namn"].casefold(), []).append(lagrum.id)
        forms = [_form(name) for name in sorted(names, key=len, reverse=True)]
        self._named = (
            re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE) if forms else None
        )
        acronyms = "|".join(map(re.escape, sorted(short, key=len, reverse=True)))
        self._abbreviated = re.compile(rf"(?<![\w-])(?:{acronyms})(?![\w-])") if short else None

    def citat(self, text: str) -> Iterator[Citat]:
        """Yield what a text cites, from first to last."""
        if not _kan(text) and not (self._abbreviated and self._abbreviated.search(text)):
            return
        named = sorted(self._laws(text), key=lambda law: (law.start, -law.end))
        used: set[int] = set()
        found = []
        for place in _STÄLLE.finditer(text):
            law = _beside(text, place, named)
            ids = law.ids if law else ()
            used |= {law.start} if law else set()
            for paragraph in _SKILJER.split(place["paragrafer"] or ""):
                words = text[min(place.start(), law.start) if law else place.start() : place.end()]
                found.append(
                    Citat(words, place.start(), ids, place["kapitel"], paragraph, (),
                          law.known if law else True)
                )  # fmt: skip
        for law in named:
            if law.start not in used:
                words = text[law.start : law.end]
                found.append(Citat(words, law.start, law.ids, känd=law.known))
        for match in _LEX.finditer(text):
            ids = tuple(self._lex.get(match["namn"].casefold(), ()))
            found.append(Citat(match[0], match.start(), lagrum=ids, känd=bool(ids)))
        yield from sorted(found, key=lambda citation: citation.vid)

    def _laws(self, text: str) -> Iterator[_Namngiven]:
        """Yield each law that is named or numbered; a number after a name settles which it is."""
        numbered: list[tuple[int, str]] = []
        ended: dict[int, int] = {}
        for series, number, index in nummer(text):
            cited = f"{series} {number}" if series else number
            if cited in self._numbers:  # the others are another rule's matter
                numbered.append((index, self._numbers[cited]))
                ended[index] = text.index(number, index) + len(number)
        taken: set[int] = set()
        ends: set[int] = set()
        for match in self._named.finditer(text) if self._named else ():
            ids = tuple(self._names[_bare(match[0], self._names)])
            after = _INOM_PARENTES.match(text, match.end())
            if self._wrong_number(after):
                ends.add(match.end())
                continue
            for index, id in numbered:
                if after and match.end() <= index < after.end():
                    ids = (id,)
                    taken.add(index)
            ends.add(match.end())
            yield _Namngiven(match.start(), match.end(), ids)
        for index, id in numbered:
            if index not in taken:
                yield _Namngiven(index, ended[index], (id,))
        for match in self._abbreviated.finditer(text) if self._abbreviated else ():
            yield _Namngiven(match.start(), match.end(), tuple(self._short[match[0]]))
        for match in _LAGNAMN.finditer(text):
            known = match.end() in ends or _OBESTÄMDA.fullmatch(match[0])
            if not known and not self._wrong_number(_INOM_PARENTES.match(text, match.end())):
                yield _Namngiven(match.start(), match.end(), (), known=False)

    def _wrong_number(self, parenthesis: re.Match[str] | None) -> bool:
        """Tell whether a number that the register lacks stands there: another rule tells of it."""
        found = NUMMER.search(parenthesis[0]) if parenthesis else None
        return found is not None and found["nummer"] not in self._numbers


def _names(law: Författning) -> Iterator[str]:
    """Yield what running text calls a statute: its name without the number, its letters."""
    name = " ".join(_INOM_PARENTES.sub("", law.namn).split())
    one_word = _LAGNAMN.fullmatch(name) or _FÖRKORTNING.fullmatch(name)
    if one_word or name.casefold().startswith(("lag om ", "förordning om ")):
        yield name
    for word in dict.fromkeys(text.rpartition(" ")[2] for text in law.sökord):
        if _FÖRKORTNING.fullmatch(word):
            yield word


def _form(name: str) -> str:
    """Make the pattern of a name: ”lagen om …” for ”lag om …”, and the genitive."""
    first, space, rest = name.partition(" ")
    if not space:
        return f"{re.escape(name)}s?"
    number = r"(?:\(\d{4}:\d+\)\s+)?"
    spaced = r"\s+".join(map(re.escape, rest.split()))
    return rf"{re.escape(first)}(?:en)?\s+{number}{spaced}"


def _bare(words: str, names: dict[str, list[str]]) -> str:
    """Return the name that a match is a form of."""
    text = " ".join(_INOM_PARENTES.sub("", words).split()).casefold()
    for form in (text, text.removesuffix("s"), text.replace("en om ", " om ", 1)):
        if form in names:
            return form
    raise KeyError(words)


def _beside(text: str, place: re.Match[str], named: list[_Namngiven]) -> _Namngiven | None:
    """Return the law that a place belongs to: named just before it, or just after."""
    for law in named:
        after = _MELLAN_EFTER.match(text, law.end)
        if after and law.end <= place.start() <= after.end():
            return law
    for law in named:
        before = _MELLAN_FÖRE.match(text, place.end())
        if before and place.end() <= law.start <= before.end():
            return law
    return None


@lru_cache(maxsize=256)
def _number(paragraph: str) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """Read a paragraph, or the first and last of several: ”6 a” is (6, ”a”)."""
    parts = [re.fullmatch(r"(\d+)(?: ([a-z]))?", part.strip()) for part in
             re.split(r"[–-]", paragraph)]  # fmt: skip
    read = [(int(part[1]), part[2] or "") for part in parts if part]
    return (read[0], read[-1]) if read else None


def omfattar(lagrum: Lagrum, kapitel: str, paragraf: str) -> bool:
    """Tell whether a provision of the register holds a cited place: ”3–7 §§” holds 5 §."""
    if lagrum.kapitel != kapitel:
        return False
    if not paragraf or lagrum.paragraf is None:
        return True
    held, cited = _number(lagrum.paragraf), _number(paragraf)
    return bool(held and cited and held[0] <= cited[0] and cited[1] <= held[1])
