"""Requirements for a generated plan, and routines that meet them in whole or in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Thing = dict[str, Any]


def requirements(
    count: int, provisions: Sequence[str], source: Thing
) -> Iterator[tuple[str, Thing]]:
    """Give so many requirements, spread over the provisions."""
    made: list[Thing] = [
        {
            "id": f"krav-{n + 1}",
            "titel": f"Krav {n + 1} följs",
            "lagrum": provisions[n % len(provisions)],
            "kräver": f"Verksamheten gör det som punkt {n + 1} säger.",
            "källor": [source],
        }
        for n in range(count)
    ]
    if made:
        yield "krav.yml", {"krav": made}


def meeting(number: int, routine: Thing, count: int) -> Thing:
    """Let a routine meet a requirement, every third one only in part."""
    if not count:
        return routine
    krav = f"krav-{number % count + 1}"
    if number % 3 == 2:
        part = {"krav": krav, "saknas": "Rutinen säger inte inom vilken tid."}
        met: Thing = {"uppfyller_delvis": [part]}
    else:
        met = {"uppfyller": [krav]}
    return routine | met
