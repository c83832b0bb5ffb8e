"""How fast a search answers on thousands of pages: in a real browser, through the search box.

The index is made of generated pages, and put in the place of a small site's: what a page of the
site does with it is the same.
"""

from __future__ import annotations

import gzip
import re
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from bench import prose
from bench.figures import Figure
from bench.generator import TODAY, generate
from bench.ground import Ground
from bench.timing import Spread, spread
from ska.render.gemensamt import Settings
from ska.site.prepared import prepare
from ska.sok import index, ordform
from ska.sok.sidtext import sections
from tests.browser.chromium import find
from tests.browser.server import serving

#: Questions as staff write them, in words that generated plans hold too; typed a letter at a time.
QUESTIONS: Final = (
    "klagomål", "avvikelserna", "budgten", "hur anmäler jag en avvikelse", "ansökningar om stöd",
    "arbetsmiljö", "delegationsbeslut 2026", "personuppgifter", "vem ansvarar för inköpen",
    "uppfoljning", "lag", "kvalitetsuppföljningsrapport",
)  # fmt: skip
_FIELD: Final = "[data-md-component=search-query]"
_HEADING: Final = re.compile(r"^(#{1,6}) (.*)$", re.MULTILINE)
#: Words of its own that each page gets: generated prose uses few, real pages many. 5,000 pages of
#: Swedish have some tens of thousands of different words, most of them compounds.
_OWN_WORDS: Final = 8
#: Types a question a letter at a time, and tells how long each answer took to be seen, and how
#: long the page itself was busy at most.
_TYPE: Final = """async (questions) => {
    const field = document.querySelector('[data-md-component=search-query]')
    const list = document.querySelector('.md-search-result__list')
    const told = document.querySelector('.md-search-result__meta')
    const times = []
    let stuck = 0, before = performance.now(), going = true
    const beat = () => {
        const now = performance.now()
        stuck = Math.max(stuck, now - before); before = now
        if (going) setTimeout(beat)
    }
    beat()
    const answered = () => new Promise(done => {
        const watch = new MutationObserver(() => { watch.disconnect(); done() })
        watch.observe(list.parentElement, {childList: true, subtree: true, characterData: true})
    })
    for (const question of questions) {
        for (let n = 1; n <= question.length; n++) {
            field.value = question.slice(0, n)
            if (field.value.endsWith(' ')) continue
            const began = performance.now()
            const seen = answered()
            field.dispatchEvent(new Event('input', {bubbles: true}))
            await seen
            times.push(performance.now() - began)
        }
    }
    going = false
    return {times, stuck}
}"""


@dataclass(frozen=True, slots=True)
class Made:
    """An index of many pages, and what it cost."""

    files: dict[str, bytes]
    pages: int
    seconds: Spread


def large_index(folder: Path, routines: int, rounds: int = 1) -> Made:
    """Generate a plan, and make the index of its pages."""
    generate(folder, routines=routines, indicators=routines // 4)
    built = prepare(folder, Settings(TODAY))
    bodies = {
        path: _HEADING.sub(r'<h2 id="\1">\2</h2>', page.body) + f"<p>{_compounds(path)}</p>"
        for path, page in built.pages.items()
    }

    def make() -> tuple[dict[str, bytes], float]:
        began = time.process_time()
        pages = [
            index.Sida(
                path.removesuffix("index.md").removesuffix(".md") + "/", page.title, page.träff,
                page.keywords, sections(bodies[path]),
            )
            for path, page in built.pages.items()
        ]  # fmt: skip
        return index.files(pages), time.process_time() - began

    made = [make() for _ in range(rounds)]
    return Made(made[0][0], len(built.pages), spread([seconds for _, seconds in made]))


def _compounds(path: str) -> str:
    chance = Random(path)
    titles = " ".join(map(prose.routine, range(100)))
    halves = [word for word in ordform.words(titles) if len(word) > 4]
    return " ".join("".join(chance.choice(halves) for _ in range(3)) for _ in range(_OWN_WORDS))


@dataclass(frozen=True, slots=True)
class Answers:
    """How long answers took to be seen, and the longest that a page stood still, in ms."""

    times: list[float]
    stuck: float

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return sorted(self.times)[int(len(self.times) * 0.95)]


def figures(ground: Ground) -> list[Figure]:
    """What a search costs in a browser; a small site lends its page and its scripts."""
    program = find()
    if program is None:
        ground.notes.append("Sökningen är inte med: ingen Chromium finns på datorn")
        return []
    site = ground.built(ground.plan(ground.sizes.few))
    rounds = ground.sizes.large_sites
    ground.runner.say("sökningen på en stor plan")
    made = large_index(ground.home / "search", ground.sizes.searched, rounds)
    found = answers(program, site, made, rounds)
    at = f"{made.pages} sidor"
    size = sum(map(len, made.files.values()))
    packed = sum(len(gzip.compress(content, mtime=0)) for content in made.files.values())
    late, stuck = spread([a.late for a in found]), spread([a.stuck for a in found])
    took = made.seconds
    each = Spread(*(seconds * 1000 / made.pages for seconds in (took.low, took.middle, took.high)))
    return [
        Figure(f"sökning: svar inom (95 av 100), {at}", "ms", late, 150, len(found)),
        Figure("sökning: sidan som längst upptagen", "ms", stuck, None, len(found)),
        Figure(f"sökning: index, {at}", "MB", spread([size / 1e6]), 25),
        Figure("sökning: index, komprimerat", "MB", spread([packed / 1e6])),
        Figure("sökning: index, per sida att bygga", "ms", each, None, rounds),
    ]


def answers(program: str, site: Path, made: Made, rounds: int) -> list[Answers]:
    """Search a built site with another index, through the search box; it is left changed."""
    for path, content in made.files.items():
        (site / path).write_bytes(content)
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        return [_typed(browser, address) for _ in range(rounds)]


def _typed(browser: Browser, address: str) -> Answers:
    page = browser.new_page()
    page.goto(f"{address}hjalp/")
    page.focus(_FIELD)
    page.fill(_FIELD, "rutin")
    page.wait_for_selector(".md-search-result__item p:nth-of-type(2)", timeout=120_000)
    found = page.evaluate(_TYPE, list(QUESTIONS))
    page.close()
    return Answers(found["times"], found["stuck"])
