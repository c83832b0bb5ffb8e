"""A hundred thousand damaged files: each is read or refused, nothing else is ever raised.

Seeded, so that a red run can be repeated: the number of a chunk is its seed. The bounds are drawn
in, so that small files reach them.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from ska.problems import Problem
from ska.reading import schema, yaml_source, yaml_text
from ska.reading.yaml_source import Document
from tests.helpers import MINIMAL, minimal

# Tracing would take three times the time, and shows no line that test_yaml_source doesn't.
pytestmark = pytest.mark.no_cover

CHUNKS = 50
FILES = 2_000
NODES, DEPTH, SIZE = 150, 9, 6_000
#: A plan's own files are cut to this: the damage is what matters, and short files are quick.
CUT = 900

SIGNS = [*":-?,[]{}#&*!|>'\"%@`~=<\\/^$ \t\n\r0", ": ", "- ", " #", "? ", "\n\n", "\r\n"]
WORDS = [
    *(
        "---",
        "...",
        "---\n",
        "%YAML 1.2\n",
        "%TAG ! x:\n",
        "<<",
        "<<: *a",
        "&a ",
        "*a",
        "!!str ",
        "!",
    ),
    *(
        "null",
        "~",
        "no",
        "0123",
        "1e3",
        "13:30",
        "2026-02-30",
        "2026-01-15",
        ".inf",
        "0x1F",
        "4.10",
    ),
    *(
        "ej_angivet",
        "ej angivet",
        '"1"',
        "'",
        "|\n",
        ">-\n",
        "|0",
        ">+9\n",
        "[",
        "]",
        "{",
        "}",
        "[]",
    ),
    *("{}", "{{ x }}", "{% x %}", "<<<<<<< HEAD\n", ">>>>>>> x\n", "# x", "#", '"\\x', '"\\u202e"'),
    *(
        '"\\0"',
        '"\\ud83d"',
        "åäö",
        "a\u030a",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\ufeff",
        "\ufffd",
        "🙂",
    ),
    *("\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\ue000", "\U000e0041", "Ã¤", "\u0301" * 40),
    *("typ:", "typ: antal", "id: x", "källor:", "- - - ", "? - x\n: ", "x: y: z", "• x", "– x"),
]
DEEP = ["[", "{a: ", "- ", "? ", "[[", "{", "a:\n  ", "[{a: "]


@cache
def bases() -> list[tuple[str, str]]:
    """Return the name and text of the files to damage."""
    plan = MINIMAL.parents[2] / "plan"
    files = [(name, raw.decode()) for name, raw in sorted(minimal().plan.items())]
    for path in sorted(plan.rglob("*.yml"))[::6]:
        text = path.read_text(encoding="utf-8")[:CUT]
        files.append((f"plan/{path.relative_to(plan).as_posix()}", text[: text.rfind("\n") + 1]))
    return files


@cache
def kinds() -> list[schema.Kind]:
    return list(schema.load(minimal().schemas).values())


Text = str
Damage = Callable[[random.Random, Text], Text]


def _insert(dice: random.Random, text: Text) -> Text:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(dice.choice((SIGNS, WORDS))) + text[at:]


def _delete(dice: random.Random, text: Text) -> Text:
    at = dice.randrange(len(text) + 1)
    return text[:at] + text[at + dice.choice((1, 1, 2, 5, 20)) :]


def _character(dice: random.Random, text: Text) -> Text:
    at = dice.randrange(len(text) + 1)
    code = dice.choice((dice.randrange(0x80), dice.randrange(0x250), dice.randrange(0x110000)))
    character = chr(code) if not 0xD800 <= code < 0xE000 else "\ufffe"
    return text[:at] + character + text[at + 1 :]


def _token(dice: random.Random, text: Text) -> Text:
    tokens = re.split(r"(\W+)", text)
    tokens[dice.randrange(len(tokens))] = dice.choice((*SIGNS, *WORDS, *tokens))
    return "".join(tokens)


def _value(dice: random.Random, text: Text) -> Text:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    lines[at] = re.sub(r"(:|-) .*", lambda hit: f"{hit[1]} {dice.choice(WORDS)}", lines[at])
    return "\n".join(lines)


def _indent(dice: random.Random, text: Text) -> Text:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    more = dice.choice(("", " ", "  ", "    ", "\t", "\u00a0", "- ", "# "))
    lines[at] = more + (lines[at].lstrip() if dice.random() < 0.5 else lines[at])
    return "\n".join(lines)


def _lines(dice: random.Random, text: Text) -> Text:
    lines = text.split("\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(4):
        case 0:
            lines[one], lines[two] = lines[two], lines[one]
        case 1:
            lines.insert(one, lines[two])
        case 2:
            del lines[one]
        case _:
            lines[one:one] = lines[min(one, two) : max(one, two)]
    return "\n".join(lines)


def _cut(dice: random.Random, text: Text) -> Text:
    return text[: dice.randrange(len(text) + 1)]


def _repeat(dice: random.Random, text: Text) -> Text:
    one, two = sorted((dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)))
    return text[:two] + text[one:two] * dice.choice((1, 1, 2, 9)) + text[two:]


def _deep(dice: random.Random, text: Text) -> Text:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(DEEP) * dice.randrange(1, 40) + text[at:]


def _spliced(dice: random.Random, text: Text) -> Text:
    _, other = dice.choice(bases())
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other)) :]


DAMAGES: list[Damage] = [
    *(_insert, _insert, _delete, _character, _token, _token, _value, _value, _indent, _lines),
    *(_lines, _cut, _repeat, _deep, _spliced),
]


def _bytes(dice: random.Random, raw: bytes) -> bytes:
    """Damage below the text: what is no longer UTF-8, or another encoding."""
    at = dice.randrange(len(raw) + 1)
    match dice.randrange(4):
        case 0:
            return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
        case 1:
            return raw[:at] + raw[at + 1 :]
        case 2:
            return raw.decode(errors="replace").encode("latin-1", errors="replace")
        case _:
            return raw.decode(errors="replace").encode("utf-16")


def damaged(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield a chunk of damaged files, the same for each seed."""
    dice = random.Random(seed)
    for _ in range(FILES):
        name, text = dice.choice(bases())
        for damage in dice.choices(DAMAGES, k=dice.choice((1, 1, 1, 2, 3))):
            text = damage(dice, text)
        raw = text.encode(errors="replace")
        yield name, _bytes(dice, raw) if dice.random() < 0.04 else raw


class Counter:
    """Stands in for yaml.parse and counts the events that are asked for."""

    def __init__(self) -> None:
        self.events = 0
        self.parse = yaml.parse

    def __call__(self, *arguments: Any, **named: Any) -> Iterator[Any]:
        for event in self.parse(*arguments, **named):
            self.events += 1
            yield event


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    monkeypatch.setattr(yaml_source.yaml, "parse", counter)
    monkeypatch.setattr(yaml_source, "MAX_NODES", NODES)
    monkeypatch.setattr(yaml_source, "MAX_DEPTH", DEPTH)
    monkeypatch.setattr(yaml_text, "MAX_BYTES", SIZE)
    return counter


def size_and_depth(data: Any) -> tuple[int, int]:
    """Count values and names as the reader does, and levels."""
    if isinstance(data, str):
        return 1, 0
    parts = list(data.values()) if isinstance(data, dict) else data
    below = [size_and_depth(part) for part in parts]
    nodes = 1 + sum(nodes for nodes, _ in below) + (len(data) if isinstance(data, dict) else 0)
    return nodes, 1 + max((depth for _, depth in below), default=0)


def is_inside(problem: Problem, raw: bytes) -> bool:
    """Tell whether the place that a problem names is in the file."""
    at = problem.location
    text = raw.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").replace("\r\n", "\n")
    lines = text.split("\n")
    width = len(unicodedata.normalize("NFC", lines[at.line - 1])) if at.line <= len(lines) else -1
    return at.line >= 1 and 1 <= at.column <= width + 1


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_a_damaged_file_is_read_or_refused(seed: int, counter: Counter) -> None:
    read = checked = 0
    for number, (name, raw) in enumerate(damaged(seed)):
        counter.events = 0
        try:
            answer = yaml_source.read(name, raw)
            assert isinstance(answer, Document | Problem)
            # A collection is two events, and the document and the stream four.
            assert counter.events <= 2 * (NODES + 1) + 4
            if isinstance(answer, Problem):
                assert answer.message
                assert answer.hint
                assert number % 5 or is_inside(answer, raw)
                continue
            read += 1
            nodes, depth = size_and_depth(answer.data)
            assert nodes <= NODES
            assert depth <= DEPTH
            if read % 2:
                for kind in kinds():
                    if kind.claims(name.removeprefix("plan/")):
                        checked += 1
                        schema.check(answer, kind)
        except Exception as error:
            error.add_note(f"file {number} of chunk {seed}: {raw!r}")
            raise
    assert FILES / 10 <= checked < read < FILES  # damage of all degrees


def test_there_are_a_hundred_thousand() -> None:
    assert CHUNKS * FILES >= 100_000
    assert sum(1 for _ in damaged(0)) == FILES
    assert len(set(damaged(0))) > FILES * 0.95
    assert next(damaged(1)) == next(damaged(1)) != next(damaged(2))


def test_the_bounds_are_reached(counter: Counter) -> None:
    """The drawn-in bounds do bind: each of them refuses some of the files."""
    rules = {
        answer.rule
        for seed in range(4)
        for name, raw in damaged(seed)
        if isinstance(answer := yaml_source.read(name, raw), Problem)
    }
    assert {"for-djup", "for-manga-varden", "for-stor-fil", "for-manga-accenter"} <= rules
    assert len(rules) >= 18
