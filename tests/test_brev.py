"""A letter with a proposal, and the code on paper that leads back to the page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno

from ska.check import check
from ska.files.tree import Tree
from ska.render.brev import är_epost
from ska.render.gemensamt import Settings, Site
from ska.render.page import thing_page
from tests.helpers import TODAY, minimal

EPOST = "kvalitet+forslag@kommun.example"
ADRESS = "https://kvalitet.kommun.example/ska/"
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"


def page(settings: Settings, *changes: tuple[str, str]) -> str:
    text = minimal().plan[ROUTINE].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    files = Tree({**minimal().plan, ROUTINE: text.encode()}, minimal().schemas)
    plan = check(files, TODAY).plan
    assert plan is not None
    return thing_page(Site(plan, settings), plan.rutiner["ta-emot-klagomal"]).body


def letter(body: str) -> tuple[str, str, str]:
    """Return whom the page's letter is to, its subject and its text."""
    (link,) = re.findall(r'href="(mailto:[^"]+)"', body)
    parts = urlsplit(unescape(link))
    said = parse_qs(parts.query, strict_parsing=True)
    assert set(said) == {"subject", "body"}
    return unquote(parts.path), said["subject"][0], said["body"][0]


KNOWN = Settings(TODAY, address=ADRESS, förslag_epost=EPOST)


def test_the_letter_says_what_it_is_about() -> None:
    to, subject, text = letter(page(KNOWN))
    assert to == EPOST
    assert subject == "Förslag till ändring: Ta emot klagomål"
    assert f"Sidan: {ADRESS}rutiner/ta-emot-klagomal/\r\n" in text
    assert "Id: rutin ta-emot-klagomal\r\n" in text
    assert "Fil: plan/rutiner/ta-emot-klagomal.yml\r\n" in text
    assert "Utgåva: Plan för 2026" in text
    assert "\n" not in text.replace("\r\n", "")


def test_nothing_in_a_title_gets_out_of_the_letter() -> None:
    body = page(KNOWN, ("titel: Ta emot klagomål", 'titel: "50 % & mer? bcc=x@y.example, å+b #1"'))
    to, subject, _ = letter(body)
    assert to == EPOST
    assert subject == "Förslag till ändring: 50 % & mer? bcc=x@y.example, å+b #1"


def test_without_an_address_the_page_says_whom_to_ask() -> None:
    body = page(Settings(TODAY))
    assert "mailto:" not in body
    assert "Stämmer det inte? Säg till <a" in body
    assert "enhetschef</a>, som äger rutinen" in body
    nobody = page(Settings(TODAY), ("ägare: enhetschef", "ägare: ej_angivet"))
    assert "Säg till din chef." in nobody


def test_the_file_stands_beside_the_letter_where_it_can_be_changed() -> None:
    there = page(replace(KNOWN, repository="https://forge.example/ska"))
    assert "Den som har konto kan <a href=" in there
    assert "Den som har konto" not in page(KNOWN)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (EPOST, True),
        ("kvalitet@linkoping.se", True),
        ("", False),
        ("kvalitet", False),
        ("a@b", False),
        ("a@b.se?bcc=c@d.se", False),
        ("a@b.se, c@d.se", False),
        ("a b@c.se", False),
        ("a@b.se\n", False),
    ],
)
def test_an_address_is_one_that_a_link_can_carry(text: str, holds: bool) -> None:
    assert är_epost(text) is holds


def test_the_code_leads_to_the_page_that_holds_now() -> None:
    body = page(KNOWN)
    target = f"{ADRESS}rutiner/ta-emot-klagomal/"
    assert f'role="img" aria-label="QR-kod till {target}"' in body
    drawn = re.search(r'<div class="ska-qr".*?(<svg.*?</svg>)', body, re.DOTALL)
    expected = segno.make(target, error="m", micro=False)
    assert drawn is not None
    # Drawn again from the page's own path: the same squares, with a margin of four.
    assert squares(drawn[1]) == {
        (x, y) for y, row in enumerate(expected.matrix) for x, dark in enumerate(row) if dark
    }
    assert f"Det som gäller nu står på {target}." in body


def squares(svg: str) -> set[tuple[int, int]]:
    (path,) = re.findall(r' d="([^"]+)"', svg)
    at, found = [0.0, 0.0], set()
    for kind, numbers in re.findall(r"([MmhH])([^MmhH]+)", path):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if kind == "M":
            at = values
        elif kind == "m":
            at = [at[0] + values[0], at[1] + values[1]]
        else:
            found |= {(int(at[0]) + n - 4, int(at[1]) - 4) for n in range(int(values[0]))}
            at[0] += values[0]
    return found


def test_without_an_address_there_is_no_code_but_the_words() -> None:
    body = page(Settings(TODAY))
    assert "ska-qr" not in body
    assert "Det som gäller nu står på webbplatsen, på sidan rutiner/ta-emot-klagomal/." in body


def test_the_paper_says_of_which_day_it_is() -> None:
    assert "Sidan visar läget 1 juni 2026." in page(Settings(TODAY))


@pytest.mark.parametrize(
    ("changes", "said", "not_said"),
    [
        ([], "<dt>Gäller sedan</dt> <dd>1 januari 2026", "datumet har passerat"),
        ([("2026-01-01", "2026-09-01")], "<dt>Gäller från</dt> <dd>1 september 2026", "sedan"),
        ([("2026-12-31", "2026-03-31")], "31 mars 2026, datumet har passerat", "Beslutad"),
        ([("status: återgiven", "status: gällande\nbeslutad: 2025-12-01")],
         "<dt>Beslutad</dt> <dd>1 december 2025", "återgiven"),
    ],
)  # fmt: skip
def test_a_routine_tells_whether_it_holds(
    changes: list[tuple[str, str]], said: str, not_said: str
) -> None:
    body = page(Settings(TODAY), *changes)
    head = body[: body.index("# Steg")]
    assert said in head
    assert not_said not in head
