"""What stands at the root of the published sites, whose addresses outlive every edition."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ska.files.writing import write_file
from ska.publishing.marks import MÄRKEN, Märke
from ska.publishing.parts import UTKAST
from ska.render.addresses import relative
from ska.render.mallar import template
from ska.render.notiser import GÄLLANDE

VERSIONER: Final = "versions.json"
#: What a program fetches, and so can't be forwarded by a page. Search has its own beside it.
_COPIED: Final = frozenset({".ics", ".atom", ".xml", ".json", ".pdf"})
_NOT_COPIED: Final = frozenset({"assets", "search"})
_LIST: Final = "rot.json"
_MISSING: Final = "404.html"
_FROM_ROOT: Final = r'((?:href|src|action|data-index)="|"(?:base|search)": ?")/(?!/|{}/)'


def versions(marks: Sequence[Märke], under: str = "") -> bytes:
    """List the sites for the version picker, which looks for this file beside a site's folder.

    `marks` are in the order to show. `under` is the folder that the list is for.
    """
    shown = Counter((mark.läge == "förslag", mark.år) for mark in marks)
    rows = []
    for mark in marks:
        alone = shown[mark.läge == "förslag", mark.år] == 1
        if mark.läge == "förslag":
            branch = mark.mapp.removeprefix(f"{UTKAST}/")
            title = f"Förslag {mark.år}" if alone else f"Förslag {mark.år}: {branch}"
        else:
            title = mark.år if alone else mark.titel
        place = mark.mapp if mark.läge == "förslag" else mark.utgåva
        version = place.removeprefix(f"{under}/") if under else place
        if under and version == place:
            version = f"../{place}"
        aliases = [GÄLLANDE] if mark.läge == "gällande" else []
        rows.append({"version": version, "title": title, "aliases": aliases})
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def files(out: Path, marks: Sequence[Märke], address: str) -> dict[str, bytes]:
    """Make all files of the root: forwarding pages, copies, and the lists of versions.

    A page that the plan in force doesn't have leads to the newest edition that has it.
    """
    places: dict[str, tuple[str, str]] = {}
    for mark in marks:
        if mark.läge != "förslag":
            for page, title in mark.sidor.items():
                folder = GÄLLANDE if mark.läge == "gällande" else mark.mapp
                places.setdefault(page, (folder, title))
    made = {
        f"{page}index.html": _forward(page, f"{folder}/{page}", title, address)
        for page, (folder, title) in places.items()
    }
    made |= _copies(out / GÄLLANDE)
    made[_MISSING] = (out / GÄLLANDE / _MISSING).read_bytes()
    made[VERSIONER] = versions(marks)
    if any(mark.läge == "förslag" for mark in marks):
        made[f"{UTKAST}/{VERSIONER}"] = versions(marks, UTKAST)
    return made


def _forward(page: str, target: str, title: str, address: str) -> bytes:
    to = relative(target, page)
    whole = f"{address.rstrip('/')}/{target}" if address else to
    made = template("vidare.html").render(till=to, hela=whole, titel=title)
    return f"{made}\n".encode()


def _copies(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.suffix in _COPIED and path.relative_to(site).parts[0] not in _NOT_COPIED
    }


def lead_from_root(site: Path, folder: str) -> None:
    """Make the links of a site's page for what isn't there lead into `folder`.

    The page is shown at any address, so its links begin at the root. With an address for the
    published sites they are right from the beginning; without one MkDocs takes the site's own
    folder for the root.
    """
    page = site / _MISSING
    text = page.read_text("utf-8")
    page.write_text(re.sub(_FROM_ROOT.format(re.escape(folder)), rf"\1/{folder}/", text), "utf-8")


def write(out: Path, made: Mapping[str, bytes], folders: Iterable[str]) -> None:
    """Write what differs, and take away what an earlier publishing wrote and this one doesn't."""
    known = out / MÄRKEN / _LIST
    before = _listed(known)
    kept = tuple(f"{folder}/" for folder in folders)
    for path in before:
        if path not in made and not str(path).startswith(kept):
            _remove(out, out / str(path))
    for path, content in made.items():
        target = out / path
        if not target.is_file() or target.read_bytes() != content:
            write_file(target, content)
    write_file(known, (json.dumps(sorted(made), indent=0) + "\n").encode())


def _listed(known: Path) -> list[Any]:
    """Read which files were written; none where nobody has said, or the list is cut short."""
    try:
        return list(json.loads(known.read_bytes())) if known.is_file() else []
    except ValueError:
        return []


def _remove(out: Path, file: Path) -> None:
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
