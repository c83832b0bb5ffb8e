"""Lists: what narrows them, which columns they show, and how a long one goes on."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from ska.check import check
from ska.files.tree import Tree, read_tree
from ska.render.gemensamt import Settings, Site
from ska.render.lists import alla_listor, listor, overviews
from ska.render.lists.listor import Listsida
from ska.render.lists.urval import FRÅN, Urval
from ska.render.page import Page
from tests.helpers import TODAY, minimal, site_text
from tests.helpers import site as tree_of

ROOT = Path(__file__).resolve().parent.parent
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"


def site_of(files: Tree) -> Site:
    plan = check(files, TODAY).plan
    assert plan is not None
    return Site(plan, Settings(TODAY))


@cache
def real() -> Site:
    return site_of(read_tree(ROOT))


def many(count: int) -> Site:
    """Return the smallest plan with so many routines, named in their order."""
    text = minimal().plan[ROUTINE].decode()
    more = {
        f"plan/rutiner/nr-{n}.yml": text.replace("ta-emot-klagomal", f"nr-{n}")
        .replace("Ta emot klagomål", f"Zebra {n}").encode()
        for n in range(1, count)
    }  # fmt: skip
    return site_of(Tree({**minimal().plan, **more}, minimal().schemas))


def the_list(site: Site, at: str = "rutiner/") -> Listsida:
    return next(listed for listed in alla_listor.lists(site) if listed.at == at)


def found(site: Site, filter: str, value: str, things: str = "rutiner") -> set[str]:
    """Return the ids of the rows that are left when a choice is made."""
    urval = Urval(site, getattr(site.plan, things).values())
    one = next(one for one in urval.filter if one.namn == filter)
    place = [val.värde for val in one.val].index(value)
    rows = {sak.id: str(urval.attribut(sak)) for sak in urval.saker}
    return {id for id, said in rows.items() if re.search(rf'data-{filter}="[^"]*\b{place}\b', said)}


# What narrows a list


@pytest.mark.parametrize(
    ("filter", "value", "there", "not_there"),
    [
        # A routine of the whole administration holds in its units, and not in another's.
        ("enhet", "mottagningen", "lex-sarah", "klagomal-vuxenutbildningen"),
        ("enhet", "mottagningen", "mottagning-ekonomiskt-bistand", "deltagarundersokning-osa"),
        ("enhet", "osa", "deltagarundersokning-osa", "mottagning-ekonomiskt-bistand"),
        # What one of its units does is found with the administration.
        ("enhet", "integrations-och-arbetsmarknadsforvaltningen", "deltagarundersokning-osa",
         "klagomal-vuxenutbildningen"),
        ("enhet", "linvux", "kvalitetsrapport", "lex-sarah"),
        # The role that does a step, not only the one that owns.
        ("roll", "enhetschef", "avvikelser-synpunkter-klagomal-iaf", "lonekorning"),
        # A provision is found with its statute.
        ("lag", "sosfs-2011-9", "avvikelser-synpunkter-klagomal-iaf", "lonekorning"),
        ("lage", "stomme", "lonekorning", "lex-sarah"),
        ("lage", "ersatt", "klagomal-avvikelser-amf-2022", "lex-sarah"),
    ],
)  # fmt: skip
def test_a_choice_leaves_what_it_says(filter: str, value: str, there: str, not_there: str) -> None:
    left = found(real(), filter, value)
    assert there in left
    assert not_there not in left


def test_methods_and_activities_are_narrowed_by_unit_and_role() -> None:
    assert "brukar-och-deltagarundersokning" in found(real(), "enhet", "osa", "metoder")
    assert "attitydundersokning" not in found(real(), "enhet", "osa", "metoder")
    sakkunnig = found(real(), "roll", "sakkunnig", "aktiviteter")
    assert sakkunnig
    assert "verksamhetsberattelse" not in sakkunnig


def test_only_choices_that_tell_rows_apart_are_offered() -> None:
    urval = Urval(real(), real().plan.rutiner.values())
    for one in urval.filter:
        for val in one.val:
            assert found(real(), one.namn, val.värde), (one.namn, val)
    assert "lag" not in [one.namn for one in Urval(real(), real().plan.enheter.values()).filter]


def test_a_short_list_has_nothing_to_narrow_it() -> None:
    for count in (FRÅN - 1, FRÅN):
        page = next(iter(listor.pages(the_list(many(count)))))
        assert ("data-urval" in page.body) == ("data-rad=" in page.body) == (count == FRÅN)


def test_search_words_narrow_too() -> None:
    rutin = real().plan.rutiner["antagning-prioritering"]
    said = Urval(real(), real().plan.rutiner.values()).attribut(rutin)
    assert 'data-ord="komma in på komvux antagningsbesked"' in said


# Columns


def test_a_column_that_says_nothing_is_left_out_and_one_that_says_the_same_stands_once() -> None:
    few, more = (next(iter(listor.pages(the_list(s)))).body for s in (many(2), many(3)))
    assert '<th scope="col">Läge</th>' in few
    assert "för alla" not in few
    assert '<th scope="col">Läge</th>' not in more
    assert "Läge för alla 3: Återgiven ur källa." in more


# A list that is longer than one page


def rows(page: Page) -> list[str]:
    return re.findall(r'data-rad="[^"]*"[^>]*>(?:<th scope="row">)?<a href="([^"]+)"', page.body)


def test_a_long_list_goes_on_where_it_ended() -> None:
    site = many(25)
    listed = the_list(site)
    pages = list(listor.pages(listed, per=10))
    assert [page.path for page in pages] == [
        "rutiner/index.md", "listor/rutiner/2.md", "listor/rutiner/3.md",
    ]  # fmt: skip
    assert [len(rows(page)) for page in pages] == [10, 10, 5]
    (whole,) = listor.pages(listed, per=25)
    ids = [href.split("/")[-2] for page in pages for href in rows(page)]
    assert ids == [href.split("/")[-2] for href in rows(whole)]
    assert rows(pages[1])[0].startswith("../../../rutiner/")
    assert len({page.title for page in pages}) == 3


def test_the_pages_of_a_list_lead_to_each_other_without_script() -> None:
    site = many(25)
    pages = list(listor.pages(the_list(site), per=10))
    for number, page in enumerate(pages, 1):
        nav = page.body[page.body.index("ska-bladdra") :]
        assert len(re.findall("<li>", nav[: nav.index("</nav>")])) == 3
        assert f'aria-label="Sida {number}" aria-current="page">{number}<' in nav
    assert 'href="../listor/rutiner/2/"' in pages[0].body
    assert 'href="../../../rutiner/"' in pages[1].body
    (whole,) = listor.pages(the_list(site), per=25)
    assert "ska-bladdra" not in whole.body


def test_what_narrows_a_long_list_reads_all_of_its_rows() -> None:
    site = many(25)
    listed = the_list(site)
    first, second, *_ = listor.pages(listed, per=10)
    assert 'data-rader="../listor/rutiner.json"' in first.body
    assert "data-urval" not in second.body
    raw = listor.rows_file(listed, per=10)
    assert raw is not None
    (part,) = json.loads(raw)["delar"]
    assert len(re.findall("data-rad=", part["rader"])) == 25
    assert part["tabell"].startswith("<table")
    assert listor.rows_file(listed, per=25) is None
    assert listor.rows_file(listed, per=10) == raw


def test_no_page_holds_more_than_a_hundred_rows() -> None:
    site = many(102)
    pages = [*listor.pages(the_list(site))]
    assert [len(rows(page)) for page in pages] == [100, 2]
    assert set(overviews.files(site)) == {"listor/rutiner.json"}
    assert overviews.files(real()) == {}


def test_a_part_that_is_cut_goes_on_under_its_own_heading() -> None:
    site, listed = real(), the_list(real())
    pages = list(listor.pages(listed, per=20))
    headings = [re.findall("^## (.*)$", page.body, re.MULTILINE) for page in pages]
    assert headings[0] == ["Med steg"]
    assert headings[1][0] == "Med steg"
    assert list(dict.fromkeys(name for names in headings for name in names)) == [
        part.rubrik for part in listed.delar
    ]
    assert sum(len(rows(page)) for page in pages) == len(site.plan.rutiner)


def test_exceptions_stand_under_what_their_rule_is_called() -> None:
    (page,) = listor.pages(the_list(real(), "undantag/"))
    assert "## En metod ska användas olika ofta enligt olika ställen i planen" in page.body
    assert "frekvens-olika<" not in page.body


def test_who_keeps_the_site_is_no_role_among_others() -> None:
    (page,) = listor.pages(the_list(real(), "roller/"))
    before, after = page.body.split("## Sköter sidorna")
    assert "planens-redaktion" not in before
    assert "planens-redaktion" in after
    assert "enhetschef" not in after


# The editions: who decided, when, and for what time


def editions(register: str | None = None) -> str:
    files = tree_of("full")
    plan = dict(files.plan)
    if register is not None:
        plan["plan/utgavor.yml"] = register.encode()
    made = listor.pages(the_list(site_of(Tree(plan, files.schemas)), "utgavor/"))
    return "".join(page.body for page in made).replace("\N{NO-BREAK SPACE}", " ")


def test_the_list_of_editions_says_who_decided_and_when() -> None:
    body = editions()
    assert 'data-rubrik="Beslut">Omsorgsnämnden, 18 november 2026, § 94</td>' in body
    assert "Omsorgsnämnden, 20 november 2024, paragraf ej angiven</td>" in body
    assert 'data-rubrik="Gäller">1 januari–31 december 2027</td>' in body


def test_what_is_not_known_of_a_decision_is_said_once() -> None:
    text = site_text("full", "plan/utgavor.yml")
    unknown = text.replace("datum: 2024-11-20", "datum: ej_angivet")
    assert "Omsorgsnämnden, dag och paragraf ej angivna</td>" in editions(unknown)
    unknown = unknown.replace("gäller_från: 2025-01-01", "gäller_från: ej_angivet")
    assert 'data-rubrik="Gäller">till 31 december 2025</td>' in editions(unknown)
    unknown = unknown.replace("gäller_till: 2025-12-31", "gäller_till: ej_angivet")
    assert 'data-rubrik="Gäller">ej angivet</td>' in editions(unknown)


def test_what_isn_t_decided_says_so() -> None:
    text = site_text("full", "plan/utgavor.yml")
    proposed = text.replace("typ: känd", "typ: förslag").replace(
        "datum: 2024-11-20", "datum: ej_angivet"
    )
    assert 'data-rubrik="Beslut">Inte beslutad</td>' in editions(proposed)
