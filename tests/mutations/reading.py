"""Damage to the file itself: what makes it unreadable, or read as something else than it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from ska.reading.yaml_source import Document
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site

#: Texts that other readers of YAML take for a truth value, a date, a time of day or a number.
TURNED = ("no", "2026-01-15", "13:30", "1.10", "0x1F", "~", "on", "1e3")


def documents(site: Site) -> dict[str, Document]:
    return {t.spår.document.file: t.spår.document for t in site.plan.ting()}


def each_file(site: Site, change: Callable[[bytes, Random], bytes | None]) -> Iterator[Damage]:
    for path, raw in site.tree.plan.items():
        changed = change(raw, Random(path))
        if changed is not None:
            yield Damage(path, {path: changed})


def one_line_values(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the line and column of each plain value that ends its line."""
    lines = document.text.split("\n")
    for path, (line, column) in document.marks.items():
        plain = path in document.keys and document.keys[path][0] == line
        if plain and lines[line][column : column + 1].isalpha():
            after = lines[line + 1] if line + 1 < len(lines) else ""
            if len(after) - len(after.lstrip()) <= document.keys[path][1] or ":" in after:
                yield line, column


@operator("Läsning")
def another_encoding(site: Site) -> Iterator[Damage]:
    """Saved as Windows-1252."""
    for path, raw in site.tree.plan.items():
        if not raw.isascii():
            yield Damage(path, {path: raw.decode().encode("cp1252", "replace")})


@operator("Läsning")
def half_a_letter(site: Site) -> Iterator[Damage]:
    """One of a letter's two bytes is gone."""

    def change(raw: bytes, random: Random) -> bytes | None:
        at = [index for index, byte in enumerate(raw) if byte >= 0xC0]
        if not at:
            return None
        index = random.choice(at)
        return raw[:index] + raw[index + 1 :]

    return each_file(site, change)


@operator("Läsning")
def the_same_field_twice(site: Site) -> Iterator[Damage]:
    for path, document in documents(site).items():
        lines = document.text.split("\n")
        places = list(one_line_values(document))
        line, _ = Random(path).choice(places)
        if not lines[line].lstrip().startswith("-"):
            lines.insert(line + 1, lines[line])
            yield Damage(f"{path}:{line + 1}", {path: "\n".join(lines).encode()})


@operator("Läsning")
def a_tab(site: Site) -> Iterator[Damage]:
    def change(raw: bytes, random: Random) -> bytes:
        lines = raw.decode().split("\n")
        indented = [number for number, line in enumerate(lines) if line.startswith("  ")]
        if not indented:
            return b"\t" + raw
        number = random.choice(indented)
        lines[number] = "\t" + lines[number][2:]
        return "\n".join(lines).encode()

    return each_file(site, change)


@operator("Läsning")
def an_alias_bomb(site: Site) -> Iterator[Damage]:
    bomb = "\nbomb0: &b0 [x, x]\n" + "".join(
        f"bomb{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 30)
    )
    return each_file(site, lambda raw, random: raw + bomb.encode())


@operator("Läsning")
def nesting_without_end(site: Site) -> Iterator[Damage]:
    return each_file(site, lambda raw, random: raw + b"\ndjup: " + b"[" * 5000)


@operator("Läsning")
def a_list_instead_of_fields(site: Site) -> Iterator[Damage]:
    def change(raw: bytes, random: Random) -> bytes:
        first, *rest = [line for line in raw.decode().split("\n") if not line.startswith("#")]
        return "\n".join(["- " + first, *("  " + line if line else "" for line in rest)]).encode()

    return each_file(site, change)


@operator("Läsning")
def two_documents(site: Site) -> Iterator[Damage]:
    return each_file(site, lambda raw, random: raw + b"---\n" + raw)


@operator("Läsning")
def a_tag(site: Site) -> Iterator[Damage]:
    for path, document in documents(site).items():
        lines = document.text.split("\n")
        line, column = Random(path).choice(list(one_line_values(document)))
        lines[line] = f"{lines[line][:column]}!egen {lines[line][column:]}"
        yield Damage(f"{path}:{line + 1}", {path: "\n".join(lines).encode()})


@operator("Läsning")
def a_comment_by_mistake(site: Site) -> Iterator[Damage]:
    """A space and a number sign: the rest of the text would be lost."""
    for path, document in documents(site).items():
        lines = document.text.split("\n")
        line, _ = Random(path).choice(list(one_line_values(document)))
        lines[line] += " #4 och det som följer"
        yield Damage(f"{path}:{line + 1}", {path: "\n".join(lines).encode()})


@operator("Läsning")
def a_text_that_yaml_turns(site: Site) -> Iterator[Damage]:
    """A text that other readers take for something else, without quotation marks."""
    for text in site.plan.texter:
        document = text.ting.spår.document
        line, column = document.marks[text.väg]
        lines = document.text.split("\n")
        if lines[line][column:] == text.text:  # plain, on one line
            value = Random(text.text).choice(TURNED)
            lines[line] = lines[line][:column] + value
            place = f"{document.file}:{line + 1} {value}"
            yield Damage(place, {document.file: "\n".join(lines).encode()})


@operator("Läsning")
def an_invisible_character(site: Site) -> Iterator[Damage]:
    def change(raw: bytes, random: Random) -> bytes:
        text = raw.decode()
        index = random.randrange(len(text))
        return (text[:index] + random.choice("\u200b\u00ad\0\ufeff\u2028") + text[index:]).encode()

    return each_file(site, change)


@operator("Läsning")
def a_conflict_in_git(site: Site) -> Iterator[Damage]:
    def change(raw: bytes, random: Random) -> bytes:
        lines = raw.decode().split("\n")
        number = random.randrange(1, len(lines) - 1)
        marked = ["<<<<<<< HEAD", lines[number], "=======", lines[number], ">>>>>>> gren"]
        return "\n".join([*lines[:number], *marked, *lines[number + 1 :]]).encode()

    return each_file(site, change)


@operator("Läsning")
def a_quotation_mark_too_few(site: Site) -> Iterator[Damage]:
    for path, document in documents(site).items():
        lines = document.text.split("\n")
        places = [(n, c) for n, c in one_line_values(document) if '"' not in lines[n]]
        if places:
            line, column = Random(path).choice(places)
            lines[line] = f'{lines[line][:column]}"{lines[line][column:]}'
            yield Damage(f"{path}:{line + 1}", {path: "\n".join(lines).encode()})
