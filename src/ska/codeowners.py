"""CODEOWNERS: which file a line means, and whose it is. The forge's own way of reading it.

Not gitignore's: `docs/*` means the files right in the folder only, the last line that fits
counts, and a line without owners takes them away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

#: Where GitHub looks, in this order; only the first that is there counts.
PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_OWNER: Final = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[A-Za-z0-9_.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+"
)
#: What gitignore knows and CODEOWNERS doesn't: GitHub passes over such a line without a word.
_FOREIGN: Final = re.compile(r"^!|[\[\]\\]|\*\*\*|//")


@dataclass(frozen=True, slots=True)
class Rad:
    """A line: its number, its pattern, its owners, or what is wrong with it."""

    nummer: int
    mönster: str
    ägare: tuple[str, ...] = ()
    fel: str = ""


@dataclass(frozen=True, slots=True)
class Ägarlista:
    """A whole file, and where it is."""

    fil: str
    rader: tuple[Rad, ...]

    def rad_för(self, path: str) -> Rad | None:
        """Return the line that decides whose a file is; None where none fits."""
        fits = (rad for rad in reversed(self.rader) if not rad.fel and matches(rad.mönster, path))
        return next(fits, None)


def read(path: str, raw: bytes) -> Ägarlista:
    """Read a CODEOWNERS file; each line that GitHub would pass over says why."""
    text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return Ägarlista(
        path,
        tuple(
            _line(number, line)
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip() and not line.lstrip().startswith("#")
        ),
    )


def _line(number: int, line: str) -> Rad:
    pattern, *owners = re.split(r"\s+#", line.strip(), maxsplit=1)[0].split()
    if _FOREIGN.search(pattern) or pattern == "/":
        return Rad(number, pattern, (), f"mönstret ”{pattern}” betyder inget i CODEOWNERS")
    for owner in owners:
        if not _OWNER.fullmatch(owner):
            return Rad(number, pattern, (), f"”{owner}” är varken @användare, @org/grupp eller "
                       "en e-postadress")  # fmt: skip
    return Rad(number, pattern, tuple(owners))


def matches(pattern: str, path: str) -> bool:
    """Tell whether a pattern means a file, by its path from the repository's root."""
    return re.fullmatch(_expression(pattern), path) is not None


@cache
def _expression(pattern: str) -> str:
    parts = pattern.split("/")
    if parts[0] == "":  # from the root
        parts = parts[1:]
    elif len(parts) == 1 or (len(parts) == 2 and parts[1] == ""):  # a mere name: anywhere
        parts = ["**", *parts]
    if parts[-1] == "":  # a folder: all that is in it
        parts[-1] = "**"
    made, slash, last = "", False, len(parts) - 1
    for at, part in enumerate(parts):
        if part == "**":
            if at == last:
                made += "/.+" if slash else ".+"
            else:
                made += "(?:.+/)?" if at == 0 else "(?:/.+)?"
            slash = at != 0
            continue
        made += "/" if slash else ""
        slash = True
        if part == "*":
            made += "[^/]+"  # unlike gitignore, not what lies in the folders it fits
            continue
        made += "".join(_SIGNS.get(sign, re.escape(sign)) for sign in part)
        made += "(?:/.*)?" if at == last else ""  # a name may be a folder's
    return made


_SIGNS: Final = {"*": "[^/]*", "?": "[^/]"}
