"""Reading: every damaged file is refused at its place, every healthy one is read as it stands."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from ska.problems import Problem
from ska.reading import yaml_faults, yaml_source
from ska.reading.yaml_source import MAX_DEPTH, MAX_NODES, Document, Path, read
from ska.reading.yaml_text import MAX_BYTES
from ska.reading.yaml_words import CHARACTERS, ESCAPED, PRIVATE_USE, REFUSALS
from tests.helpers import ALONE, MINIMAL, TESTS, Case, cases, english, missed, words

READING = TESTS / "reading"
#: Read on their own; the other case files need a schema (test_schema.py).
REFUSED = [
    pytest.param(case, id=case.name)
    for name in ("tecken", "texter", "uppstallning")
    for case in cases(READING / f"{name}.md")
]
HEALTHY = [pytest.param(case, id=case.name) for case in cases(READING / "friska.md")]


def refusal(raw: bytes) -> Problem:
    answer = read(ALONE, raw)
    assert isinstance(answer, Problem), answer
    return answer


def document(raw: bytes) -> Document:
    answer = read(ALONE, raw)
    assert isinstance(answer, Document), answer
    return answer


# --- Damaged files -------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSED)
def test_damage_is_refused_at_its_place(case: Case) -> None:
    problem = refusal(case.files[ALONE].encode())
    assert len(case.expected) == 1
    assert missed(case, [problem]) == []
    assert problem.hint
    assert english(words(problem)) == []


TITLE = "titel: Klagomål\n"
#: What no text can show: bytes, rule, line, column, a piece of the message.
BYTES: dict[str, tuple[bytes, str, int, int, str]] = {
    "latin-1": (TITLE.encode("latin-1"), "inte-utf8", 1, 14, "UTF-8"),
    "latin-1 on line two": (b"id: x\n" + TITLE.encode("latin-1"), "inte-utf8", 2, 14, "UTF-8"),
    "latin-1 after NFD": (
        unicodedata.normalize("NFD", "åäö: ").encode() + b"\xe5\n", "inte-utf8", 1, 6, "UTF-8"
    ),
    "half of an å last": (b"titel: \xc3", "inte-utf8", 1, 8, "UTF-8"),
    "half of a surrogate pair": (b"titel: \xed\xa0\xbd\n", "inte-utf8", 1, 8, "UTF-8"),
    "too long a form": (b"titel: \xc0\x80\n", "inte-utf8", 1, 8, "UTF-8"),
    "UTF-16": (TITLE.encode("utf-16"), "inte-utf8", 1, 1, "UTF-8"),
    "UTF-16, big end first": (b"\xfe\xff" + TITLE.encode("utf-16-be"), "inte-utf8", 1, 1, "UTF-8"),
    "UTF-16 without mark": (TITLE[:8].encode("utf-16-le"), "otillatet-tecken", 1, 2, "U+0000"),
    "UTF-32": (TITLE.encode("utf-32"), "inte-utf8", 1, 1, "UTF-8"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + b"a: b", "otillatet-tecken", 1, 1, "U+FEFF"),
    "old Mac line ends": (b"id: x\rtitel: y\r", "otillatet-tecken", 1, 6, "U+000D"),
    "a lone CR among CRLF": (b"id: x\r\ntitel: y\rz\r\n", "otillatet-tecken", 2, 9, "U+000D"),
    "Word": (b"PK\x03\x04\x14\x00\x06\x00", "inte-textfil", 1, 1, "Word-"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "inte-textfil", 1, 1, "äldre Word-"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\n", "inte-textfil", 1, 1, "PDF"),
    "RTF": (b"{\\rtf1\\ansi klagom\\'e5l}", "inte-textfil", 1, 1, "RTF"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "inte-textfil", 1, 1, "bild"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "inte-textfil", 1, 1, "bild"),
    "empty": (b"", "tom-fil", 1, 1, "tom"),
    "only a byte order mark": (b"\xef\xbb\xbf", "tom-fil", 1, 1, "tom"),
    "only line ends": (b"\n\r\n\n", "tom-fil", 1, 1, "tom"),
    "only three dashes": (b"---\n", "tom-fil", 2, 1, "tom"),
    "a brace without end or line break": (b"a: {\nb:", "inte-yaml", 1, 4, "avslutas inte"),
    "a list of braces without end": (b"a: b\nc: [,", "inte-yaml", 2, 5, "ett värde saknas"),
    "a heap of accents by escapes": (
        b'titel: "a' + rb"\u030a" * 31 + b'"', "for-manga-accenter", 1, 8, "30 accenter"
    ),
    "a heap of accents": (
        ("titel: a" + "\u0323\u030a" * 16).encode(), "for-manga-accenter", 1, 9, "30 accenter"
    ),
    "too large": (b"a: " + b"x" * MAX_BYTES, "for-stor-fil", 1, 1, "1000000 byte"),
    "too many values": (
        b"a: [" + b"x," * MAX_NODES + b"]", "for-manga-varden", 1, 199999, "100000"
    ),
    "25,000 levels": (b"a: " + b"[" * 25_000, "for-djup", 1, 27, "24 nivåer"),
    "25,000 levels of fields": (
        b"".join(b" " * n + b"a:\n" for n in range(1300)), "for-djup", 25, 25, "24 nivåer"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "rule", "line", "column", "piece"), BYTES.values(), ids=BYTES)
def test_damaged_bytes_are_refused_at_their_place(
    raw: bytes, rule: str, line: int, column: int, piece: str
) -> None:
    problem = refusal(raw)
    at = problem.location
    assert (problem.rule, at.line, at.column) == (rule, line, column)
    assert piece in problem.message
    assert problem.hint
    assert english(words(problem)) == []


def test_there_are_many_kinds_of_damage() -> None:
    assert len(REFUSED) + len(BYTES) >= 150
    assert len(HEALTHY) >= 30


def test_every_reason_to_refuse_has_a_case() -> None:
    shown = {row[1] for row in BYTES.values()}
    shown |= {want.rule for case in REFUSED for want in case.values[0].expected}  # type: ignore[union-attr]
    assert shown == set(REFUSALS)


def test_every_answer_to_libyaml_has_a_case() -> None:
    said = set()
    for parameter in REFUSED:
        try:
            list(yaml.parse(parameter.values[0].files[ALONE], Loader=yaml.CSafeLoader))  # type: ignore[union-attr]
        except yaml.MarkedYAMLError as error:
            said.add(error.problem or "")
        except yaml.YAMLError:
            continue
    unused = [a for a in yaml_faults._ANSWERS if not any(words.startswith(a) for words in said)]
    assert unused == []


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (b"\x00", CHARACTERS["\0"]),
        (b"a: b\rc: d", CHARACTERS["\r"]),
        ("a: \ufffd".encode(), CHARACTERS["\ufffd"]),
        ("a: \uf0b7".encode(), PRIVATE_USE),
        (rb'a: "\0"', ESCAPED),
        (b"a: \x07", REFUSALS["otillatet-tecken"][1]),
    ],
)
def test_the_advice_fits_the_character(raw: bytes, hint: str) -> None:
    assert refusal(raw).hint == hint


def test_the_other_place_of_a_repeated_field_is_told() -> None:
    (other,) = refusal(b"id: x\nfrekvens:\n  typ: a\n  typ: b\n").related
    assert (other.location.line, other.location.column) == (3, 3)


def test_a_value_that_looks_like_a_template_is_told_as_it_stands() -> None:
    assert "”{0}{a}”" in refusal(b'"{0}{a}": x\n"{0}{a}": y').message


def test_an_error_without_a_place_or_with_unknown_words_is_still_swedish() -> None:
    nowhere = yaml_faults.explain(yaml.YAMLError("the end"), [""], None, None)
    mark = SimpleNamespace(line=1, column=2)
    unknown = SimpleNamespace(
        problem="brand new words", context=None, problem_mark=mark, context_mark=None
    )
    somewhere = yaml_faults.explain(unknown, ["a: b", "c: d"], None, None)
    assert (nowhere.at, somewhere.at) == ((0, 0), (1, 2))
    assert english(" ".join([*nowhere[1:], *somewhere[1:]])) == []


# --- Healthy files -------------------------------------------------------------------------


@pytest.mark.parametrize("case", HEALTHY)
def test_oddities_are_read_as_they_stand(case: Case) -> None:
    text = case.files[ALONE]
    found = document(text.encode()).data
    assert found == json.loads(case.json or "")
    assert found == as_others_read(text)


def test_the_bounds_themselves_are_allowed() -> None:
    deepest = b"a: " + b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1)
    most = b"a: [" + b"x," * (MAX_NODES - 3) + b"]"
    largest = b"a: " + b"x" * (MAX_BYTES - 3)
    for raw in (deepest, most, largest):
        document(raw)
    assert refusal(deepest.replace(b"[]", b"[[]]")).rule == "for-djup"
    assert refusal(most.replace(b"]", b"x]")).rule == "for-manga-varden"
    assert refusal(largest + b"x").rule == "for-stor-fil"


@pytest.mark.parametrize("marks", [30, 31])
def test_thirty_marks_on_a_letter_are_allowed(marks: int) -> None:
    answer = read(ALONE, ("a: " + "x" + "\u0323" * marks).encode())
    assert isinstance(answer, Document) == (marks == 30)


def test_places_are_told_from_one() -> None:
    found = document("# först\nid: x\nsteg:\n  - gör: Svara\n    åäö: [a, b]\n".encode())
    place = lambda *path: (found.where(path).line, found.where(path).column)  # noqa: E731
    assert place() == (2, 1)
    assert place("id") == (2, 5)
    assert place("steg") == (4, 3)
    assert place("steg", 0, "gör") == (4, 10)
    assert place("steg", 0, "åäö", 1) == (5, 14)
    assert place("steg", 0, "saknas", 7) == (4, 5)  # the nearest that exists
    assert str(found.where_key(("steg", 0, "åäö"))) == f"{ALONE}:5:5"


@pytest.mark.parametrize("ending", ["", "\n"])
def test_what_is_lacking_at_the_end_is_in_the_file(ending: str) -> None:
    found = document(f"id: x\ntyp:{ending}".encode())
    assert str(found.where(("typ",))) == f"{ALONE}:2:5"
    question = document(b"id: x\n? typ").where(("typ",))  # to libyaml, on a third line
    assert (question.line, question.column) == (2, 6)


HARD = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
LETTERS = st.characters(
    max_codepoint=0xDFFFF,
    exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp", "Mn", "Mc", "Me"),
    exclude_characters=HARD + "\ufffc\ufffdÃÂâ",
)
SIGNS = st.sampled_from(" \n-:#'\"[]{},&*!|>%@`?~=0123456789.§åäöÅÄÖ–”eEnoyx\\<u")
TEXT = st.text(st.one_of(SIGNS, LETTERS), max_size=30)
ONE_LINE = TEXT.map(lambda text: " ".join(text.split("\n")))  # where a blank line is refused
NAMES = (
    st.text(st.one_of(SIGNS, LETTERS), min_size=1, max_size=12)
    .map(str.split)
    .map(" ".join)
    .filter(lambda name: name.strip() and name != "<<")
)
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-9999, 9999), st.dates(date(1900, 1, 1)), st.floats()
)


def data(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    nested = st.recursive(
        values,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)
        ),
        max_leaves=12,
    )
    return st.dictionaries(NAMES, nested, min_size=1, max_size=5)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@st.composite
def dumped(draw: st.DrawFn) -> str:
    """Return any data as any layout of YAML, lines unbroken."""
    style = draw(st.sampled_from([None, "'", '"', "|", ">"]))
    texts = {None: st.one_of(TEXT, PLAIN), ">": ONE_LINE}.get(style, TEXT)
    return yaml.dump(
        draw(data(texts)),
        Dumper=Dumper,
        allow_unicode=True,
        width=10**6,
        indent=draw(st.integers(2, 5)),
        default_style=style,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        explicit_start=draw(st.booleans()),
    )


def composed(data: Any) -> Any:
    if isinstance(data, dict):
        return {composed(name): composed(value) for name, value in data.items()}
    if isinstance(data, list):
        return [composed(item) for item in data]
    return unicodedata.normalize("NFC", data)


def as_others_read(text: str) -> Any:
    return composed(yaml.load(text, Loader=yaml.BaseLoader))


def same_names(data: Any) -> bool:
    """Tell whether two names become one in NFC, which is damage."""
    if isinstance(data, dict):
        composed = {unicodedata.normalize("NFC", name) for name in data}
        return len(composed) < len(data) or any(map(same_names, data.values()))
    return isinstance(data, list) and any(map(same_names, data))


@given(dumped())
def test_no_value_is_changed(text: str) -> None:
    assume(not same_names(yaml.load(text, Loader=yaml.BaseLoader)))
    found = document(text.encode())
    assert found.data == as_others_read(text)
    for other in (
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", text).encode(),
    ):
        assert document(other).data == found.data


def scalars(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from scalars(value, (*path, key))


@given(dumped())
def test_every_place_points_at_its_value(text: str) -> None:
    assume(not same_names(yaml.load(text, Loader=yaml.BaseLoader)))
    found = document(text.encode())
    lines = unicodedata.normalize("NFC", text).split("\n")
    for path, value in scalars(found.data):
        at = found.where(path)
        rest = lines[at.line - 1][at.column - 1 :]
        assert rest.startswith(value) or rest[:1] in "'\"|>"
    for path in found.keys:
        at = found.where_key(path)
        rest = lines[at.line - 1][at.column - 1 :]
        assert rest.startswith(str(path[-1])) or rest[:1] in "'\"?|>"


@given(st.text("0123456789.:-_+eExobTtZzynNofaltrusiIuULh~= ", min_size=1, max_size=12))
def test_what_other_readers_take_for_something_else_is_marked(text: str) -> None:
    raw = f"a: {text}\n"
    try:
        loaded = yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError):  # 2026-02-30
        loaded = {"a": None}
    answer = read(ALONE, raw.encode())
    if isinstance(answer, Document):
        assert isinstance(loaded["a"], str) or ("a",) in answer.ambiguous


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "tomt") for text in ("", "~", "null", "Null", "NULL")),
        *(
            (text, "sanningsvärde")
            for text in ("y", "N", "yes", "no", "On", "OFF", "true", "False")
        ),
        *((text, "datum") for text in ("2026-01-15", "2026-1-5", "2026-01-15T08:00:00Z")),
        ("2026-01-15 08:00:00.5 +01:00", "datum"),
        *((text, "klockslag") for text in ("13:30", "2011:9", "1:30:15.5", "-1:30")),
        *((text, "tal") for text in ("0", "0123", "1e3", "4.10", "+5", "1_000", "0x1F", "0o17")),
        *((text, "tal") for text in ("0b1", ".5", "5.", ".inf", "-.Inf", ".NaN", "1.e+3")),
        *((text, "tecken") for text in ("=", "<<")),
    ],
)
def test_ambiguous_text_is_marked_by_kind(text: str, kind: str) -> None:
    assert document(f"a: {text}\n".encode()).ambiguous == {("a",): kind}
    assert document(f"a: '{text}'\n".encode()).ambiguous == {}


@pytest.mark.parametrize(
    "text",
    [
        *("nej", "Ja", "nu", "13:61", "1:2:3:x", "2026-01", "2026-01-15 beslut", "4.1.2", "1 000"),
        *("1,5", "e3", "0x", "--", "§ 90", "infinity", "13.30–14.00", "SOSFS 2011:9", "nan"),
    ],
)
def test_ordinary_text_is_not_marked(text: str) -> None:
    assert document(f"a: {text}\n".encode()).ambiguous == {}


# --- Bounds --------------------------------------------------------------------------------

LARGE = 900_000
#: Files that would take minutes where something takes the square of the time.
HEAVY: dict[str, bytes] = {
    "marks on one letter": ("a: a" + "\u030a\u0323" * (LARGE // 4)).encode(),
    "marks before a bad byte": ("a: a" + "\u030a\u0323" * (LARGE // 4)).encode() + b"\xff",
    "number signs on one line": b"a: [" + b"a#," * 33_000 + b"x]",
    "comments": b"# x\n" * (LARGE // 4),
    "spaces": b"a: x" + b" " * LARGE,
    "dashes": b"- " * (LARGE // 2),
    "hard spaces": ("\u00a0" * (LARGE // 2)).encode(),
    "a long word before a hard space": b"a" * LARGE + ":\u00a0".encode(),
    "brackets": b"[" * LARGE,
    "question marks": b"? " * (LARGE // 2),
    "colons": b": " * (LARGE // 2),
    "quotes": b'a: "' + b'""' * (LARGE // 2),
    "escapes": b'a: "' + rb"\u0061" * (LARGE // 6) + b'"',
    "lines of one text": b"a: x\n" + b"  b\n" * (LARGE // 4),
    "lines of one text in quotes": b'a: "x\n' + b"  b\n" * (LARGE // 4) + b'"',
    "a quote without end": b'a: "' + b"x\n" * (LARGE // 2),
    "digits": b"a: " + b"1" * LARGE,
    "times of day": b"a: " + b"1:11:" * (LARGE // 5) + b"x",
    "underscores": b"a: " + b"1_" * (LARGE // 2) + b"x",
    "points": b"a: 1" + b"." * LARGE,
    "directives": b"%a\n" * (LARGE // 3),
    "fields without space": b"a: b\n" + b"a:b\n" * (LARGE // 4),
    "marks by escapes": b'a: "a' + rb"\u030a\u0323" * (LARGE // 12) + b'"',
    "one long name": b"? " + b"x" * LARGE + b"\n: y",
}


@pytest.mark.parametrize("raw", HEAVY.values(), ids=HEAVY)
def test_no_file_takes_long(raw: bytes) -> None:
    assert len(raw) <= MAX_BYTES
    started = time.process_time()
    read(ALONE, raw)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("path", sorted(MINIMAL.rglob("*.yml")), ids=lambda path: path.name)
def test_the_smallest_plan_is_read_as_others_read_it(path: Any) -> None:
    raw = path.read_bytes()
    assert document(raw).data == yaml.load(raw, Loader=yaml.BaseLoader)


def test_the_words_of_refusals_are_swedish() -> None:
    for message, hint in REFUSALS.values():
        assert english(f"{message} {hint}") == []
    assert yaml_source.read(ALONE, b"a: b") == document(b"a: b")
