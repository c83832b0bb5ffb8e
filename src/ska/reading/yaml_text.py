"""Bytes to text, or to why not: what would be misread, or what no reader can see, is refused."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Never

from ska.problems import Location, Problem, Related
from ska.reading.yaml_words import CHARACTERS, ESCAPED, PRIVATE_USE, REFUSALS

MAX_BYTES: Final = 1_000_000
MAX_MARKS: Final = 30  # on one letter, as in Unicode's Stream-Safe Text Format (UAX 15)

# What nearly every file is made of; the rest is looked at more closely.
_ORDINARY: Final = re.compile("[\n -~§´½éÉåäöüÅÄÖÜ–—’”…]*")
# Control, invisible and direction characters, private use and the mark of a lost character.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\t\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U0010ffff]"
)
_NOT_LATIN: Final = re.compile(f"[\u0300-\U0010ffff]{{{MAX_MARKS},}}")
# A hard space where YAML needs a plain one: as indent, after a list's dash, after a field's colon.
_HARD_SPACE: Final = re.compile(
    r"^[ -]*(\w+:)?[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", re.MULTILINE
)
# UTF-8 that was read as Windows-1252 and saved again: å, ä, ö, é, §, –, ”.
_GARBLED: Final = re.compile("Ã[¥¤¶…„–©]|Â[§\u00a0]|â€.")
_CONFLICT: Final = re.compile(r"^(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)( |$)", re.MULTILINE)
_NOT_TEXT_FILES: Final = {
    b"PK\x03\x04": "en Word-, Excel- eller zip-fil",
    b"\xd0\xcf\x11\xe0": "en äldre Word- eller Excel-fil",
    b"%PDF": "en PDF-fil",
    b"{\\rtf": "en RTF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
}


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """Carries the problem out of the reading; `yaml_source.read` lets none of them go further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse(
    rule: str, at: Location, *values: object, related: tuple[Related, ...] = (), hint: str = ""
) -> Never:
    """Refuse the file, with a rule's words about what is wrong and what to do."""
    message, advice = REFUSALS[rule]
    raise Refused(
        Problem(at, rule, message.format(*values), hint or advice.format(*values), related=related)
    )


def text_of(file: str, raw: bytes) -> str:
    """Decode and normalise; refuse what would be misread or be invisible to a reader."""
    if len(raw) > MAX_BYTES:
        refuse("for-stor-fil", Location(file), MAX_BYTES)
    for start, what in _NOT_TEXT_FILES.items():
        if raw.startswith(start):
            refuse("inte-textfil", Location(file), what)
    if raw.startswith(b"\xef\xbb\xbf"):  # Windows' Notepad; carries no content
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        refuse("inte-utf8", _at(file, before, len(before)))
    text = text.replace("\r\n", "\n")
    if not _ORDINARY.fullmatch(text):
        text = _judged(file, text)
    if conflict := _CONFLICT.search(text):
        refuse("git-konflikt", _at(file, text, conflict.start()))
    return text


def _judged(file: str, text: str) -> str:
    """Normalise text that holds more than ordinary letters and signs, or refuse it."""
    if (heap := _heap_of_marks(text)) is not None:
        refuse("for-manga-accenter", _at(file, text, heap), MAX_MARKS)
    text = unicodedata.normalize("NFC", text)
    if bad := _FORBIDDEN.search(text):
        _refuse_character(bad[0], _at(file, text, bad.start()))
    if hard := _HARD_SPACE.search(text):
        refuse("hart-mellanslag", _at(file, text, hard.end() - 1))
    if garbled := _GARBLED.search(text):
        refuse("forvanskad-text", _at(file, text, garbled.start()), garbled[0])
    return text


def _heap_of_marks(text: str) -> int | None:
    """Find a letter with more marks than any has; NFC takes the square of the time on them."""
    for run in _NOT_LATIN.finditer(text):
        marks = 0
        for index, character in enumerate(run[0], run.start()):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MAX_MARKS:
                return index - MAX_MARKS
    return None


def unescaped(text: str, at: Location) -> str:
    """Normalise what stands in double quotes: it may have come by a backslash, unseen till now."""
    if bad := _FORBIDDEN.search(text):
        refuse("otillatet-tecken", at, f"U+{ord(bad[0]):04X}", hint=ESCAPED)
    if _heap_of_marks(text) is not None:
        refuse("for-manga-accenter", at, MAX_MARKS)
    return unicodedata.normalize("NFC", text)


def _refuse_character(character: str, at: Location) -> Never:
    if character == "\t":
        refuse("tabb", at)
    advice = PRIVATE_USE if "\ue000" <= character <= "\uf8ff" else CHARACTERS.get(character, "")
    refuse("otillatet-tecken", at, f"U+{ord(character):04X}", hint=advice)


def _at(file: str, text: str, index: int) -> Location:
    line_start = text.rfind("\n", 0, index) + 1
    before = text[line_start:index]
    if len(before) < 1000:  # no one counts further, and see `_judged`
        before = unicodedata.normalize("NFC", before)
    return Location(file, text.count("\n", 0, index) + 1, len(before) + 1)
