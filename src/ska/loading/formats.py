"""Plans in the formats of earlier years, brought to today's: a chain, one step a number.

`format` in plan/plan.yml says which format the files of plan/ have. It grows when files that the
schemas accepted would have to be rewritten. The step from the old number then goes in here, so
that every edition in git's history still can be read and drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from ska.loading import frame
from ska.problems import Problem
from ska.reading import yaml_source
from ska.reading.yaml_source import Document

Data = dict[str, Any]
#: Takes the data of files by path, all or some of a plan's, and gives them in the next format.
Uppgradering = Callable[[Mapping[str, Data]], Mapping[str, Data]]

#: From each earlier format to the one after it.
UPPGRADERINGAR: Mapping[int, Uppgradering] = {}
NYARE: Final = "nyare-format"
#: Found without reading the whole file: it is asked for at every commit of a history. Before the
#: first line may stand a byte order mark.
_SAID: Final = re.compile(
    rb"(?:^|\A\xef\xbb\xbf)format: *[\"']?([0-9]{1,9})[\"']?[ \r]*(?:#.*)?$", re.MULTILINE
)


def current() -> int:
    """Give the format that today's schemas describe."""
    return max(UPPGRADERINGAR, default=0) + 1


def of(raw: bytes | None) -> int:
    """Tell the format of a plan by its frame; today's where the frame doesn't say it."""
    said = _SAID.search(raw or b"")
    return int(said[1]) if said else current()


def newer(raw: bytes | None) -> Problem | None:
    """Refuse a plan in a format that is newer than this program."""
    if raw is None or (number := of(raw)) <= current():
        return None
    document = yaml_source.read(frame.FRAME, raw)
    if isinstance(document, Problem):
        return document
    return Problem(
        document.where(("format",)),
        NYARE,
        f"planen har filformat {number}, men programmet kan bara läsa till och med {current()}",
        "uppdatera programmet och kör om; ändra inte numret, för då läses planen fel",
    )


def upgraded(documents: Mapping[str, Document], number: int) -> dict[str, Document]:
    """Bring files of the format `number` to today's.

    A place that only exists in the new format is where the nearest thing around it stands.
    """
    data: Mapping[str, Data] = {path: document.data for path, document in documents.items()}
    while number in UPPGRADERINGAR:
        data = UPPGRADERINGAR[number](data)
        number += 1
    return {
        path: replace(documents.get(path) or Document(path, {}, {(): (0, 0)}, {}, {}), data=own)
        for path, own in data.items()
    }
