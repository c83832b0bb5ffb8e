"""`make bench`: each figure a median of several runs, with its target beside it.

    python -m bench [--quick] [--few N] [--many N] [--only PART …] [--page]

Run whole it also writes the site's page on it, docs/hjalp/prestanda.md.

Ratios are taken between runs by turns in this very run; seconds of processor rather than of the
clock wherever two are compared, since others may be using the machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench import again, beside, building, checking, editions, inside, mutations, search
from bench.figures import Figure, page, surroundings, table
from bench.generator import PROJECT
from bench.ground import FULL, QUICK, Ground
from bench.timing import Runner

#: What is measured, in the order of the table; each gives a few of its lines.
PARTS: Final[Mapping[str, Callable[[Ground], list[Figure]]]] = {
    "start": checking.start_up,
    "check": checking.each_routine,
    "check-again": checking.after_one_edit,
    "checkers": beside.checkers,
    "rules": inside.rules,
    "changes": inside.changes,
    "coverage": inside.coverage,
    "links": inside.links,
    "calendars": inside.calendars,
    "plain": building.against_plain,
    "zensical": beside.zensical,
    "hugo": beside.with_hugo,
    "growth": building.growth,
    "again": again.site,
    "serve": again.served,
    "year": building.year,
    "search": search.figures,
    "publish": editions.publishing,
}
_FIRST_LOOK: Final = "en första titt, med små planer och få körningar; datorn kan ha varit upptagen"
_PAGE: Final = PROJECT / "docs" / "hjalp" / "prestanda.md"


def main() -> None:
    """Measure, print the table, and write the page if everything was measured in full."""
    options = _options()
    sizes = QUICK if options.quick else FULL
    sizes = replace(sizes, few=options.few or sizes.few, many=options.many or sizes.many)
    if not 1 < sizes.few < sizes.many:
        raise SystemExit("bench: the large plan must be larger than the small one, and that than 1")
    parts = options.only or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as home:
        runner = Runner(len(parts) + 1, Path(home) / "compiled")
        ground = Ground(Path(home), sizes, runner)
        figures = []
        for part in parts:
            runner.begin()
            figures += PARTS[part](ground)
    runner.begin()
    runner.say("skador som hittas")
    scores = [] if options.only else mutations.scores(mutations.sample())
    runner.say("")
    notes = ground.notes
    said = "".join(f"{note}\n" for note in notes)
    sys.stdout.write(f"{', '.join(surroundings())}\n\n{table(figures)}{said}")
    if options.only:
        return
    sys.stdout.write(f"\n{mutations.table(scores)}")
    if sizes == FULL or options.page:
        notes += [] if sizes == FULL else [_FIRST_LOOK]
        _PAGE.write_text(page(figures, scores, notes), encoding="utf-8", newline="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure how fast the check and the site are."
    )
    parser.add_argument("--quick", action="store_true", help="small plans, few runs: a first look")
    parser.add_argument("--page", action="store_true", help="write the site's page in any case")
    parser.add_argument("--few", type=int, metavar="N", help="routines in the small plan")
    parser.add_argument("--many", type=int, metavar="N", help="routines in the large plan")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART",
                        help=f"only these parts, and no page: {', '.join(PARTS)}")  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    main()
