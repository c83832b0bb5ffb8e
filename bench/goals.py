"""Goals and indicators of a generated plan, each measured yearly and on its way up."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from bench import prose

Thing = dict[str, Any]
_EACH = 5  # indicators of a goal
_YEARS = 3  # outcomes of an indicator


def goals(board: str, year: int, count: int, source: Thing) -> Iterator[tuple[str, Thing]]:
    """Give the files of a plan with `count` indicators; `year` is the plan's own."""
    if not count:
        return
    areas = [f"malomrade-{n + 1}" for n in range(1 + count // 100)]
    wider = [f"kommunmal-{n + 1}" for n in range(min(2 * len(areas), -(-count // _EACH)))]
    yield (
        "malomraden.yml",
        {
            "målområden": [
                {"id": id, "titel": f"Målområde {n}", **_about(id, source)}
                for n, id in enumerate(areas, 1)
            ],
            "kommunmål": [
                {
                    "id": id,
                    "titel": f"Kommunens mål {n}",
                    "målområde": areas[n % len(areas)],
                    **_about(id, source),
                }
                for n, id in enumerate(wider, 1)
            ],
        },
    )
    for number, first in enumerate(range(0, count, _EACH), 1):
        id = f"namndmal-{number}"
        yield (
            f"mal/{id}.yml",
            {
                "id": id,
                "titel": f"Nämndens mål {number}",
                "nämnd": board,
                "kommunmål": wider[number % len(wider)],
                "gäller_från": year,
                "beskrivning": _about(id, source)["beskrivning"],
                "indikatorer": [
                    _indicator(n, year, source) for n in range(first, min(first + _EACH, count))
                ],
                "källor": [source],
            },
        )


def _about(id: str, source: Thing) -> Thing:
    return {"beskrivning": prose.more(Random(id), 2), "källor": [source]}


def _indicator(number: int, year: int, source: Thing) -> Thing:
    start = 40 + Random(f"indikator-{number}").randrange(40)
    outcomes = [("utfall", year - _YEARS + n, start + 2 * n) for n in range(_YEARS)]
    targets = [("mål", year + n, start + 2 * (_YEARS + n)) for n in range(2)]
    return {
        "id": f"indikator-{number + 1}",
        "titel": f"Andel som är nöjda, mått {number + 1}",
        "mäts_i": "procent",
        "riktning": "högre",
        "helhet": "medelvärde",
        "värden": [
            {
                "typ": kind,
                "period": {"typ": "helår", "år": when},
                **({"relation": "minst"} if kind == "mål" else {}),
                "tal": value,
            }
            for kind, when, value in (*outcomes, *targets)
        ],
        "källor": [source],
    }
