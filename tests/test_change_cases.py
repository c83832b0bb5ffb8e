"""Change reports as a reader meets them: cases as Markdown, and 2018 → 2025 as a whole.

A case in changes/*.md is a heading (”# Fall: …”) and fenced blocks laid over sites/full, as in
`helpers.py`; what follows `### Förut` is laid over the old plan instead. The block `markdown` is
the whole report without its title; one that is empty expects nothing. SKA_FORNYA=1 writes the
reports anew: read them then.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from ska.changes.formats import as_json, html, markdown, text
from ska.changes.marked import Bit, kortad, ord_för_ord
from ska.changes.report import Rapport, report
from ska.check import load
from ska.files.tree import Tree, read_tree
from ska.reading import schema
from tests.helpers import TESTS, english, laid_over, site_text
from tests.test_changes import forms

FILES = sorted((TESTS / "changes").glob("*.md"))
GOLDEN = TESTS / "golden" / "andringar-2018-2025.md"
SITES = {name: TESTS / "sites" / name for name in ("minimal", "full", "handlingsplan-2018")}
SITES["planen"] = TESTS.parent
NOTHING = "Ingenting har ändrats."
WRITE = bool(os.environ.get("SKA_FORNYA"))
_CASE = re.compile(r"^# Fall: (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(diff|yaml|markdown)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def kinds() -> dict[str, schema.Kind]:
    return schema.load(read_tree(TESTS.parent).schemas)


def compared(old: Tree, new: Tree) -> Rapport:
    plans = []
    for tree in (old, new):
        outcome = load(tree, kinds())
        assert outcome.plan is not None, outcome.problems
        plans.append(outcome.plan)
    return report(plans[0], plans[1], forms())


def patched(path: str, block: str, so_far: dict[str, str]) -> str:
    """Change one place in a file: ”-” goes, ”+” comes, the rest must stand there."""
    before = so_far.get(path) or site_text("full", path)
    old = "".join(line[1:] for line in block.splitlines(keepends=True) if line[0] != "+")
    new = "".join(line[1:] for line in block.splitlines(keepends=True) if line[0] != "-")
    assert before.count(old) == 1, f"found {before.count(old)} times in {path}:\n{old}"
    return before.replace(old, new)


def trees(case: str) -> tuple[Tree, Tree]:
    after, _, before = case.partition("### Förut\n")
    made = []
    for part in (before, after):
        files: dict[str, str] = {}
        for kind, path, block in _BLOCK.findall(part):
            if kind != "markdown":
                files[path] = block if kind == "yaml" else patched(path, block, files)
        gone = dict.fromkeys(re.findall(r"^Ta bort: (\S+)$", part, re.MULTILINE))
        made.append(laid_over({**files, **gone}, "full"))
    return made[0], made[1]


def cases() -> list[tuple[str, str, str]]:
    found = []
    for path in FILES:
        parts = _CASE.split(path.read_text(encoding="utf-8"))
        found += [
            (path.stem, name, body) for name, body in zip(parts[1::2], parts[2::2], strict=True)
        ]
    return found


@pytest.mark.parametrize(("file", "name", "case"), cases(), ids=lambda value: str(value)[:40])
def test_the_report_says_what_changed(file: str, name: str, case: str) -> None:
    old, new = trees(case)
    rapport = compared(old, new)
    said = markdown(rapport).partition("\n\n")[2]
    (expected,) = [block for kind, _, block in _BLOCK.findall(case) if kind == "markdown"]
    if WRITE:
        _write(file, name, case.replace(f"```markdown\n{expected}```", f"```markdown\n{said}```"))
    elif expected == "":
        assert rapport.changes == ()
        assert said == NOTHING + "\n"
    else:
        assert said == expected


def _write(file: str, name: str, case: str) -> None:
    path = TESTS / "changes" / f"{file}.md"
    if NOTHING in case:
        case = case.replace(f"```markdown\n{NOTHING}\n```", "```markdown\n```")
    whole = path.read_text(encoding="utf-8")
    parts = _CASE.split(whole)
    parts[parts.index(name) + 1] = case
    made = parts[0] + "".join(
        f"# Fall: {title}{body}" for title, body in zip(parts[1::2], parts[2::2], strict=True)
    )
    path.write_text(made, encoding="utf-8")


#: What the golden report is about: the plan that boards decide on, and what it stands on.
OWN = (
    "plan", "arshjul", "organisation", "utgavor", "upphort", "lagrum", "krav", "delplaner",
    "metoder",
)  # fmt: skip


@cache
def golden() -> Rapport:
    trees = (read_tree(TESTS / "sites" / "handlingsplan-2018"), read_tree(TESTS.parent))
    old, new = (
        Tree(
            {p: raw for p, raw in tree.plan.items() if re.split("[/.]", p)[1] in OWN}, tree.schemas
        )
        for tree in trees
    )
    return compared(old, new)


def test_2018_to_2025_reads_as_it_has_been_read() -> None:
    """The plan itself grows: where this fails, run with SKA_FORNYA=1 and read what is new."""
    said = markdown(golden()).partition("\n## Organisation")[0]
    said = re.sub(r"Dessutom ändras \w+ uppgifter", "Dessutom ändras många uppgifter", said)
    if WRITE:
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_a_board_member_reads_the_summary_in_a_minute() -> None:
    words = " ".join(golden().ingress).split()
    assert len(words) <= 260


def test_no_report_speaks_english() -> None:
    rapport = golden()
    assert english(text(rapport)) == []


def test_nothing_in_the_text_becomes_mark_up() -> None:
    path = "plan/metoder/anhorigrad.yml"
    said = "gör: Bjud in *alla* <b>anhöriga</b> | @kommunen [här](x) `nu` ~~nej~~ till ett möte."
    new = laid_over(
        {path: re.sub("gör: .*", f"gör: '{said[5:]}'", site_text("full", path))}, "full"
    )
    shown = markdown(compared(laid_over({}, "full"), new))
    assert "<b>" not in shown
    assert "\\~\\~nej\\~\\~" in shown
    assert "@kommunen" not in shown


def test_a_page_shows_it_with_del_and_ins() -> None:
    bits = (Bit("Gör "), Bit("<nu>", "-"), Bit(" "), Bit("&", "+"))
    assert html(bits) == "Gör <del>&lt;nu&gt;</del> <ins>&amp;</ins>"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Läs alla svaren noga.", "Läs alla svar noga.", "Läs alla [-svaren] [+svar] noga."),
        ("a b c d e", "a x y d e", "a [-b c] [+x y] d e"),
        ("Enheten läser svaren.", "Enheten läser alla svaren.", "Enheten läser [+alla] svaren."),
        ("Enheten läser alla svaren.", "Enheten läser svaren.", "Enheten läser [-alla] svaren."),
        ("Ett", "Två", "[-Ett] [+Två]"),
        ("Nytt slut", "Nytt slut här", "Nytt slut [+här]"),
        ("Något helt annat stod här förut.", "Det gamla är borta nu.",
         "[-Något helt annat stod här förut.] [+Det gamla är borta nu.]"),
    ],
)  # fmt: skip
def test_words_are_marked_one_by_one(old: str, new: str, shown: str) -> None:
    bits = list(ord_för_ord(old, new))
    assert "".join(f"[{b.märke}{b.text}]" if b.märke else b.text for b in bits) == shown
    kept = " ".join("".join(b.text for b in bits if b.märke != "+").split())
    assert kept == " ".join(old.split())
    came = " ".join("".join(b.text for b in bits if b.märke != "-").split())
    assert came == " ".join(new.split())


def test_of_a_long_text_only_what_is_near_a_change_is_shown() -> None:
    long = "Det här är en mening som står kvar. " * 20
    bits = list(kortad(ord_för_ord(f"{long}Slut.", f"{long}Nytt.")))
    said = "".join(bit.text for bit in bits)
    assert said.startswith("…")
    assert said.endswith("mening som står kvar. Slut. Nytt.")
    assert len(said) < 160
    bits = list(kortad(ord_för_ord(f"Först. {long}Sist.", f"Förr. {long}Här.")))
    said = "".join(bit.text for bit in bits)
    assert said.startswith("Först. Förr. Det här är")
    assert said.count("…") == 1
    assert said.endswith("står kvar. Sist. Här.")


@pytest.mark.parametrize(("old", "new"), [("{}", "{}."), ("A {}", "B {}"), ("{} A", "{} B"),
                                          ("A {} A", "B {} B")])  # fmt: skip
def test_an_unbroken_word_is_shown_whole_however_long(old: str, new: str) -> None:
    word = "x" * 400
    bits = list(kortad(ord_för_ord(old.format(word), new.format(word))))
    came = "".join(bit.text for bit in bits if bit.märke != "-")
    assert came.split() == new.format(word).split()


def test_the_json_holds_what_the_words_are_made_of() -> None:
    import json

    data = json.loads(as_json(golden()))
    assert data["version"] == 2
    assert {change["sort"] for change in data["changes"]} == {
        "tillagd", "borttagen", "ändrad", "flyttad", "ersatt",
    }  # fmt: skip
    assert all(change["mening"] for change in data["changes"])
    assert set(data["följder"]) == {"roller", "enheter", "datum", "granskas"}


def test_every_kind_has_a_chapter_and_words() -> None:
    from ska.changes.ord import ORD
    from ska.changes.report import KAPITEL
    from ska.model import SAMLINGAR

    assert sorted(kind for kinds in KAPITEL.values() for kind in kinds) == sorted(SAMLINGAR)
    assert set(ORD) == set(SAMLINGAR)


def test_cases_expect_something_and_nothing() -> None:
    assert Path(TESTS / "changes" / "ingenting.md").exists()
    assert len(cases()) > 20


# Tracing would take twice the time, and shows no line that the cases don't.
@pytest.mark.no_cover
@pytest.mark.parametrize("old", SITES)
@pytest.mark.parametrize("new", SITES)
def test_any_two_plans_can_be_told_apart_in_words(old: str, new: str) -> None:
    rapport = compared(read_tree(SITES[old]), read_tree(SITES[new]))
    assert (rapport.changes == ()) is (old == new)
    shown = text(rapport) + markdown(rapport) + as_json(rapport)
    assert "None" not in shown
    assert "ej_angivet" not in text(rapport)
    assert all("".join(bit.text for bit in said).strip() for said in rapport.meningar)
