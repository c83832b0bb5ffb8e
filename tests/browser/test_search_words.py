"""What the search understands of Swedish, word by word: its engine by itself, in a blank page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ska.sok.index import INDEX, Sida, Träff, files
from ska.sok.ordform import words
from ska.sok.sidtext import Avsnitt
from tests.building import ROOT

ENGINE = ROOT / "docs" / "skript" / "sok-motor.js"

#: A little plan: address, title, kind, text, search words.
PAGES = (
    ("rutiner/klagomal/", "Ta emot klagomål", "Rutin", "Svara inom en vecka.", ["missnöjd"]),
    ("rutiner/avvikelser/", "Hantera avvikelser", "Rutin", "Rapportera avvikelsen.", []),
    ("rutiner/budget/", "Ta fram internbudgeten", "Rutin", "Räkna på nästa år.", []),
    ("rutiner/gammal/", "Hantera klagomål (2017)", "Rutin", "Klagomål, klagomål.", []),
    ("metoder/attityd/", "Attitydundersökning", "Metod", "En gång om året.", ["enkät"]),
    ("metoder/namndbesok/", "Nämndbesök", "Metod", "Ledamöterna besöker enheterna.", []),
    ("forfattningar/sosfs/", "Ledningssystem (SOSFS 2011:9)", "Författning", "", []),
    ("lagrum/4-8/", "Klagomål mot utbildningen", "Lagrum", "Skriftliga rutiner.", []),
    ("lagrum/4-3/", "Huvudmannens kvalitetsarbete", "Lagrum", "Systematiskt.", []),
    ("begrepp/ska/", "SKA – Systematiskt kvalitetsarbete", "Begrepp", "", []),
    ("roller/ledamot/", "Ledamot i nämnden", "Roll", "Deltar i nämndbesök.", ["politiker"]),
    ("enheter/enhet-4/", "Enhet 4", "Enhet", "Planerar mot egen försörjning.", []),
    ("enheter/enhet-5/", "Enhet 5", "Enhet", "Planerar mot egen försörjning.", []),
)
NAMES = {
    "forfattningar/sosfs/": ("2011:9", "SOSFS 2011:9"),
    "lagrum/4-8/": ("Skollagen 4 kap. 8 §",),
    "lagrum/4-3/": ("Skollagen 4 kap. 3 §",),
    "begrepp/ska/": ("SKA",),
}
ENDED = {"rutiner/gammal/"}
WEIGHTS = {"Rutin": 1.5}


def index() -> Any:
    pages = [
        Sida(
            at,
            title,
            Träff(kind, "", "", at not in ENDED, NAMES.get(at, ()), WEIGHTS.get(kind, 1)),
            found_by,
            [Avsnitt("a", title, [text])],
        )
        for at, title, kind, text, found_by in PAGES
    ]
    return json.loads(files(pages)[INDEX])


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=str(ENGINE))
    page.evaluate("index => { window.plan = skaSok.open(index) }", index())
    yield page
    page.close()


def find(engine: Page, question: str) -> list[str]:
    found: list[str] = engine.evaluate("q => plan.find(q).map(page => page.adress)", question)
    return found


# Words and their forms


@pytest.mark.parametrize(
    "text",
    [
        "Årshjulet ÄR Öppet", "(SOSFS 2011:9)", "AMF:s", "4 kap. 6 a §", "AN 2023-167", "Café",
        "Cafe\u0301", "klagomåls- och avvikelse/hantering", "mjukt\u00adbindestreck", "Ærø", "§ –",
        "İstanbul", "Łódź", "ﬁ",
    ],
)  # fmt: skip
def test_the_question_s_words_are_made_as_the_index_s(text: str, engine: Page) -> None:
    assert engine.evaluate("text => skaSok.words(text)", text) == words(text)


@pytest.mark.parametrize(
    "forms",
    [
        "klagomål klagomålet klagomålen klagomåls klagomålets",
        "avvikelse avvikelsen avvikelser avvikelserna avvikelsernas",
        "rutin rutinen rutiner rutinerna rutinens",
        "undersökning undersökningen undersökningar undersökningarna undersökningars",
        "nämnd nämnden nämnder nämndens nämnderna",
        "utförare utföraren utförarna utförarens",
        "beslut beslutet besluten besluts",
        "ärende ärendet ärenden ärendena ärendets",
        "besök besöket besöken besöka besöker",
        "hantera hanterar hanterade hantering hanteringen",
        "enhet enheten enheter enheternas",
        "ledamot ledamöter ledamöterna",
        "tillgänglighet tillgängligheten",
        "resultat resultatet resultaten",
        "privat privata",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str, engine: Page) -> None:
    stems = engine.evaluate(
        "forms => forms.map(form => skaSok.stem(skaSok.fold(form)))", forms.split()
    )
    assert len(set(stems)) == 1, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skola", "skolchef"), ("mål", "mat"), ("risk", "rutin"), ("lag", "lagrum"),
        ("ska", "skada"), ("osa", "osäker"), ("2011", "2012"), ("plan", "plats"),
    ],
)  # fmt: skip
def test_different_words_have_different_stems(one: str, other: str, engine: Page) -> None:
    stems = engine.evaluate("all => all.map(w => skaSok.stem(skaSok.fold(w)))", [one, other])
    assert stems[0] != stems[1]


@pytest.mark.parametrize(
    ("written", "meant", "one_slip"),
    [
        ("avikelse", "avvikelse", True),  # one lost
        ("avvvikelse", "avvikelse", True),  # one too many
        ("avvykelse", "avvikelse", True),  # another
        ("avivkelse", "avvikelse", True),  # two that changed places
        ("avvikels", "avvikelse", True),
        ("vvikelse", "avvikelse", True),
        ("avvikelse", "avvikelse", True),
        ("avikese", "avvikelse", False),
        ("avvikelsen", "avvikels", False),
        ("ab", "ba", True),
        ("abc", "cab", False),
        ("", "a", True),
        ("", "ab", False),
    ],
)
def test_one_slip_of_the_finger(written: str, meant: str, one_slip: bool, engine: Page) -> None:
    for pair in ([written, meant], [meant, written]):
        assert engine.evaluate("([a, b]) => skaSok.oneSlip(a, b)", pair) is one_slip


# What is found


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("klagomål", "rutiner/klagomal/"),
        ("klagomålet", "rutiner/klagomal/"),
        ("klago", "rutiner/klagomal/"),  # not finished yet
        ("avvikelser", "rutiner/avvikelser/"),
        ("avikelse", "rutiner/avvikelser/"),
        ("undersökning", "metoder/attityd/"),
        ("undersokningar", "metoder/attityd/"),
        ("enkäter", "metoder/attityd/"),
        ("enkätundersökning", "metoder/attityd/"),  # a compound that no page has
        ("budget", "rutiner/budget/"),
        ("nämdbesök", "metoder/namndbesok/"),
        ("2011:9", "forfattningar/sosfs/"),
        ("sosfs", "forfattningar/sosfs/"),
        ("4 kap 8 § skollagen", "lagrum/4-8/"),
        ("skollagen 4 kap. 3 §", "lagrum/4-3/"),
        ("SKA", "begrepp/ska/"),
        ("vad är SKA?", "begrepp/ska/"),
        ("enhet 5", "enheter/enhet-5/"),
        ("politiker", "roller/ledamot/"),
        ("hur tar jag emot ett klagomål?", "rutiner/klagomal/"),
    ],
)
def test_a_question_s_first_answer(question: str, first: str, engine: Page) -> None:
    assert find(engine, question)[:1] == [first]


@pytest.mark.parametrize("question", ["", "   ", "?", "xyzzyx", "§", "<script>", "klgmlt"])
def test_what_finds_nothing(question: str, engine: Page) -> None:
    assert find(engine, question) == []


def test_a_figure_is_never_taken_for_a_slip(engine: Page) -> None:
    assert "forfattningar/sosfs/" not in find(engine, "2011:8")


def test_what_no_longer_holds_is_last(engine: Page) -> None:
    assert find(engine, "klagomål")[-1] == "rutiner/gammal/"
    assert find(engine, "hantera klagomål 2017")[0] == "rutiner/gammal/"  # its very name


def test_pages_with_every_word_come_before_those_with_some(engine: Page) -> None:
    found = find(engine, "planerar försörjning enhet")
    assert set(found[:2]) == {"enheter/enhet-4/", "enheter/enhet-5/"}


def test_asking_twice_gives_the_same(engine: Page) -> None:
    assert find(engine, "klagomål rutin") == find(engine, "klagomål rutin")


@pytest.mark.parametrize("question", ["constructor", "__proto__", "toString", "valueOf length"])
def test_words_that_a_program_knows_are_words_like_others(question: str, engine: Page) -> None:
    assert find(engine, question) == []
