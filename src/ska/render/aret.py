"""What the pages say of the year: the wheel with its key, the table's words, the month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from ska import words
from ska.derived import arbetsar
from ska.derived.arbetsar import Månadsläge, Tidsläge
from ska.reads import once
from ska.render.grund import Grund
from ska.render.mallar import template
from ska.render.wheels.wheel import Ritning
from ska.ting import Aktivitet, Månad, Utgåva


class Nyckel(NamedTuple):
    """A pattern of the wheel, and what it stands for."""

    stil: int
    namn: str


class Läge(NamedTuple):
    """How a day lies to the wheel, and what a page says about it around the month's name."""

    namn: Tidsläge
    före: str
    efter: str


class Året:
    """What a template may say about the year."""

    def __init__(self, sida: Grund) -> None:
        self._s = sida
        self._data = sida.site.årsdata
        self.år = sida.plan.årshjul.år
        self.idag = sida.site.settings.today

    # Activities

    @property
    def aktiviteter(self) -> tuple[Aktivitet, ...]:
        """All activities, in the order of the year."""
        return self._data.i_ordning

    def urval(self) -> tuple[Aktivitet, ...]:
        """The slice that belongs to this page's thing."""
        thing = self._s.ting_här
        return self.aktiviteter if thing is None else arbetsar.urval(self._s.plan, thing)

    def nr(self, aktivitet: Aktivitet) -> int:
        """The activity's number, the same on every page."""
        return self._data.nummer[aktivitet.id]

    def stil(self, aktivitet: Aktivitet) -> int:
        """The number of its pattern."""
        return self._data.stil(aktivitet)

    def gäller(self, aktivitet: Aktivitet) -> str:
        """Whom it concerns."""
        return self._data.gäller(aktivitet)

    def vem(self, aktivitet: Aktivitet) -> Markup:
        """Link to who answers for it; where no role is named, to who does it."""
        if aktivitet.ansvariga:
            return self._s.länkar("roll", aktivitet.ansvariga)
        return self._s.länkar("org", aktivitet.utförs_av)

    def egna(self, aktivitet: Aktivitet) -> list[str]:
        """The months of those who report in other months than the rest: ”Vux: februari, maj”."""
        return [
            f"{self._s.plan.verksamheter[own.verksamhet].kortnamn}: "
            + words.uppräkning([self.månad(m) for m in own.månader])
            for own in aktivitet.rapporteras.avvikande
        ]

    def månad(self, månad: Månad) -> str:
        """Name a month; the wheel's own year goes without saying."""
        return words.MÅNADER[månad.månad - 1] if månad.år == self.år else words.månad(månad)

    def när(self, aktivitet: Aktivitet) -> str:
        """Say all about when it is reported in one sentence, for who hears it read."""
        own = self.egna(aktivitet)
        reported = words.rapporteras(aktivitet.rapporteras)
        return "; ".join([reported, *own])

    # The wheel

    def ritning(self, aktiviteter: Iterable[Aktivitet]) -> Ritning:
        """The drawing of some activities."""
        return self._data.ritning(aktiviteter)

    def hjul(self, aktiviteter: Iterable[Aktivitet]) -> Markup:
        """The inside of the wheel's picture; links depend on nothing but the page's depth."""
        things = tuple(aktiviteter)
        key = (self._s.at.count("/"), tuple(a.id for a in things))
        with once(self._s.plan, "årsdata.hjul"):
            if key not in self._data.bilder:
                drawing = self.ritning(things)
                self._data.bilder[key] = template("_hjul.html").render(
                    s=self._s, r=drawing, aktiviteter=things,
                    saker=[(o, self._s.plan.aktiviteter[o.insats.id]) for o in drawing.ritade],
                )  # fmt: skip
        made = self._data.bilder[key]
        return Markup(made)  # noqa: S704 - made by an autoescaping template

    def nyckel(self, aktiviteter: Iterable[Aktivitet]) -> list[Nyckel]:
        """The patterns that occur, with what they stand for."""
        found = {(self.stil(a), self.gäller(a)) for a in aktiviteter}
        return [Nyckel(*pair) for pair in sorted(found)]

    def har_annat_år(self, aktiviteter: Iterable[Aktivitet]) -> bool:
        """Tell whether any work is done in another year than the wheel's."""
        drawn = self.ritning(aktiviteter).ritade
        return any(band.annat_år for one in drawn for band in one.band)

    def oritade(self, aktiviteter: Iterable[Aktivitet]) -> list[int]:
        """The numbers of what has no month at all, neither of work nor of report."""
        things = tuple(aktiviteter)
        drawn = {one.insats.id for one in self.ritning(things).ritade}
        return [self.nr(a) for a in things if a.id not in drawn]

    # The month and the day

    @property
    def nu(self) -> int:
        """The month of the build."""
        return self.idag.month

    @property
    def läge(self) -> Tidsläge:
        """How the day of the build lies to the wheel."""
        return arbetsar.tidsläge(self._s.plan, self.idag)

    @property
    def lägen(self) -> list[Läge]:
        """What a page says when the day is not in the wheel's year and period."""
        begins = words.datum(self._s.plan.ram.gäller_från)
        passed = "Planens period har passerat. Här visas "
        published = self._s.site.settings.publicerat
        earlier = published is not None and published.läge == "tidigare"
        newest = "" if earlier else ", ur den nyaste utgåvan som finns här"
        return [
            Läge("efter", passed, f" {self.år}{newest}."),
            Läge("före", f"Planen gäller från {begins}. Här visas ", f" {self.år}."),
            Läge("annat_år", f"Årshjulet är för {self.år}. Här visas ", " det året."),
        ]

    def månadslägen(self) -> list[Månadsläge]:
        """What each month of the wheel's year holds."""
        months = (Månad(self.år, n) for n in range(1, 13))
        return [arbetsar.månadsläge(self._s.plan, self.aktiviteter, m) for m in months]

    def sammanträden(self, månad: Månad) -> str:
        """Word the board's meetings in a month, where the plan states them."""
        days = arbetsar.sammanträden(self._s.plan, månad)
        return words.uppräkning([f"{day.day} {words.MÅNADER[day.month - 1]}" for day in days])

    # Editions

    @property
    def grannutgåvor(self) -> tuple[Utgåva | None, Utgåva | None]:
        """The board's editions nearest before and after this one."""
        return arbetsar.grannutgåvor(self._s.plan)
