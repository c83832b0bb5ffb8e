"""`ska publish`: each edition as a site of its own beside the others, plain files for any server.

Nothing of what is there is touched before all that is new has been built; then each folder is
replaced at once. What is as it was published last is not built again.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from ska import words
from ska.publishing import front, marks
from ska.publishing.marks import MÄRKEN, Märke, Märken
from ska.publishing.parts import UTKAST, Del, Delar, PublishError, parts
from ska.render.gemensamt import Publicerat
from ska.render.notiser import GÄLLANDE
from ska.site import building
from ska.site.hooks import frame_of
from ska.site.prepared import Order
from ska.told import Told, silent

__all__ = ["PublishError", "Utfall", "publish"]

_WORK: Final = ".nytt-"


@dataclass(frozen=True, slots=True)
class Utfall:
    """What a publishing came to, by folder; and the editions that it could not hold."""

    byggda: tuple[str, ...]
    oförändrade: tuple[str, ...]
    borttagna: tuple[str, ...]
    #: Published before, and still there, though the history no longer holds them.
    kvar: tuple[str, ...]
    saknade: tuple[str, ...]
    oläsliga: tuple[str, ...]
    utanför: tuple[str, ...]
    #: The plan in force and where it was read; whether the folder has changes that aren't in it.
    gällande: str
    källa: str
    osparat: bool


def publish(
    root: Path,
    out: Path,
    today: date,
    drafts: Sequence[str] = (),
    branch: str = "",
    told: Told = silent,
) -> Utfall:
    """Publish what the branch holds, the earlier editions and the given proposals in `out`.

    Raises `PublishError` and `SiteError`; then nothing in `out` has changed. `told` hears
    how far the work has come.
    """
    frame = frame_of(root)
    if out.exists() and any(out.iterdir()) and not (out / MÄRKEN).is_dir():
        raise PublishError(
            f"Mappen {out} är inte tom, och är inte gjord av det här kommandot. Ange en ny mapp."
        )
    made = parts(root, today, drafts, branch)
    known = Märken(out)
    sums = {part.mapp: marks.sum_of(part.plan, made.kinds) for part in made}
    marks.refuse_changed(made, known, sums)
    run = _Run(root, out, made, known, sums, frame)
    out.mkdir(parents=True, exist_ok=True)
    (out / MÄRKEN).mkdir(exist_ok=True)
    for left in out.glob(f"{_WORK}*"):  # of a run that was interrupted
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=out) as work:
        run.build(Path(work), told)
        run.put(Path(work))
    return run.finish()


class _Run:
    def __init__(
        self,
        root: Path,
        out: Path,
        made: Delar,
        known: Märken,
        sums: Mapping[str, str],
        frame: Mapping[str, str],
    ) -> None:
        self.root, self.out, self.made, self.known = root, out, made, known
        self.sums, self.frame = sums, frame
        self.around = marks.surroundings(root, frame)
        self.fresh: dict[str, Märke] = {}
        self.same: list[str] = []
        self.removed: list[str] = []

    def build(self, work: Path, told: Told) -> None:
        """Build what has changed into `work`: first the plan in force, which others lead to."""
        in_force: Mapping[str, str] = {}
        for part in self.made:
            others = self._told(part)
            number = marks.key(part, self.root, self.around, others)
            mark = self.known.get(part.mapp)
            if mark and mark.nyckel == number and mark.delade == _shared(mark.sidor, in_force):
                self.same.append(part.mapp)
            else:
                at = work / part.mapp
                place = Publicerat(
                    part.mapp, part.läge, self.made.gällande.titel, others["utgåvor"],
                    frozenset(in_force),
                )  # fmt: skip
                order = Order(part.tree, part.at, part.läge != "tidigare", place, part.bas)
                with _day(part.dag):
                    building.build(self.root, at, order, _of(part, told))
                if not self.frame["adress"]:
                    front.lead_from_root(at, part.mapp)
                pages = _pages(at)
                mark = self.fresh[part.mapp] = Märke(
                    part.mapp, part.läge, part.utgåva, part.titel, _years(part), number,
                    self.sums[part.mapp], pages, _shared(pages, in_force),
                    part.plan.ram.status == "beslutad",
                )  # fmt: skip
            if part.läge == "gällande":
                in_force = mark.sidor
                self._no_clash(work if part.mapp in self.fresh else self.out)

    def _told(self, part: Del) -> dict[str, Any]:
        """Say what a site says of the others: nothing but the plan in force, if it isn't that."""
        editions = {}
        if part.läge == "gällande":
            editions = {d.utgåva: d.mapp for d in self.made.tidigare}
            editions |= {m.utgåva: m.mapp for m in self._kept()}
        return {"utgåvor": editions, "gällande": self.made.gällande.titel}

    def _no_clash(self, place: Path) -> None:
        for part in (self.made.gällande, *self.made.tidigare):
            if (place / GÄLLANDE / part.utgåva).exists() or part.utgåva in (GÄLLANDE, UTKAST):
                raise PublishError(
                    f"Utgåvan ”{part.utgåva}” har ett id som också är en av webbplatsens "
                    "adresser. Ge den ett annat id."
                )

    def _kept(self) -> list[Märke]:
        """Find the editions that were published and that the history no longer holds."""
        held = {part.utgåva for part in (self.made.gällande, *self.made.tidigare)}
        return [
            mark
            for mark in self.known
            if mark.läge != "förslag" and mark.mapp == mark.utgåva and mark.utgåva not in held
        ]

    def put(self, work: Path) -> None:
        """Put what is built in place, and the edition in force in its permanent folder too."""
        own = self.made.gällande
        twin = self.known.get(own.utgåva)
        for folder, mark in self.fresh.items():
            self._replace(work / folder, mark)
        now = self.known[GÄLLANDE]
        if GÄLLANDE in self.fresh or twin is None or twin.nyckel != now.nyckel:
            copy = work / own.utgåva
            shutil.copytree(self.out / GÄLLANDE, copy, copy_function=_link)
            self._replace(copy, replace(now, mapp=own.utgåva))
        wanted = {part.mapp for part in self.made.förslag}
        for mark in self.known:
            if mark.läge == "förslag" and mark.mapp not in wanted:
                # Away at once, and then deleted with `work`: half a site would stay for good.
                (self.out / mark.mapp).rename(work / f"borta-{len(self.removed)}")
                self.known.drop(mark.mapp)
                self.removed.append(mark.mapp)

    def _replace(self, fresh: Path, mark: Märke) -> None:
        target = self.out / mark.mapp
        target.parent.mkdir(exist_ok=True)
        building.replace_folder(target, fresh)
        self.known.put(mark)

    def finish(self) -> Utfall:
        """Write what stands at the root; tell what was done."""
        kept = self._kept()
        now = [self.known[part.mapp] for part in (self.made.gällande, *self.made.förslag)]
        older = [*(self.known[part.mapp] for part in self.made.tidigare), *kept]
        older.sort(key=lambda mark: (mark.år, mark.utgåva), reverse=True)
        made = front.files(self.out, [*now, *older], self.frame["adress"])
        front.write(self.out, made, [mark.mapp for mark in self.known])
        return Utfall(
            tuple(self.fresh), tuple(self.same), tuple(self.removed),
            tuple(mark.titel for mark in kept), self._titles(self.made.saknade),
            self._titles(tuple(f.utgåva for f in self.made.oläsliga)),
            tuple(self.made.utanför), self.made.gällande.titel, self.made.källa,
            self.made.osparat,
        )  # fmt: skip

    def _titles(self, editions: tuple[str, ...]) -> tuple[str, ...]:
        register = self.made.gällande.plan.utgåvor
        return tuple(register[id].titel if id in register else id for id in editions)


@contextmanager
def _day(day: date) -> Iterator[None]:
    """Build as of a day: MkDocs reads it in the environment, as reproducible builds do."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    noon = datetime.combine(day, time(12), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _link(source: str, target: str) -> None:
    """Give a file a second name, which takes no room; a copy where the disk can't."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def _pages(built: Path) -> dict[str, str]:
    """List a site's pages by address, each with its title."""
    found = {}
    for path in sorted(built.rglob("index.html")):
        title = _TITLE.search(path.read_text("utf-8"))
        at = path.parent.relative_to(built).as_posix()
        found["" if at == "." else f"{at}/"] = html.unescape(title[1]).strip() if title else at
    return found


def _shared(pages: Mapping[str, str], in_force: Mapping[str, str]) -> str:
    return marks.number(page for page in pages if page in in_force)


def _years(part: Del) -> str:
    ram = part.plan.ram
    return words.åren(ram.gäller_från.year, ram.gäller_till.year)


def _of(part: Del, told: Told) -> Told:
    """Tell which of the sites it is that is being made."""
    return lambda what, done, total: told(f"{part.mapp}: {what.lower()}", done, total)
