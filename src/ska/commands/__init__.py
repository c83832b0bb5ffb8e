"""The commands of `ska`, one module each: `add` tells argparse of it, and its `run` does it.

They and `ska.cli` are the only places that print, exit and read the clock. What a command needs
it imports when it runs, so that starting stays fast.
"""

from __future__ import annotations

from typing import Final

from ska.commands import (
    besluta,
    check,
    comment,
    diff,
    document,
    due,
    granskad,
    issues,
    lagkoll,
    manifest,
    pages,
    preview,
    publish,
    serve,
    site,
)

#: In the order in which the help lists them.
COMMANDS: Final = (
    check,
    diff,
    manifest,
    besluta,
    granskad,
    document,
    pages,
    due,
    lagkoll,
    issues,
    site,
    serve,
    preview,
    comment,
    publish,
)
