"""What the pages share of the year: numbers, patterns and drawings, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable

from ska import words
from ska.derived import arbetsar
from ska.model import Plan
from ska.reads import once
from ska.render.wheels.lanes import Insats
from ska.render.wheels.wheel import Ritning, draw
from ska.ting import Aktivitet

#: How many patterns there are; what is left over shares the last.
PATTERNS = 6


class Årsdata:
    """What a plan's pages share of the year, worked out once."""

    def __init__(self, plan: Plan) -> None:
        """Number the activities, and give each combination of `verksamheter` a pattern."""
        self.plan = plan
        self.nummer = arbetsar.nummer(plan)
        self.i_ordning = arbetsar.i_ordning(plan)
        self._order = list(plan.verksamheter)
        self._styles = _styles({self._whose(a) for a in self.i_ordning}, self._order)
        self._drawings: dict[tuple[str, ...], Ritning] = {}
        self.bilder: dict[tuple[int, tuple[str, ...]], str] = {}

    def _whose(self, aktivitet: Aktivitet) -> tuple[str, ...]:
        return tuple(sorted(aktivitet.verksamheter, key=self._order.index))

    def stil(self, aktivitet: Aktivitet) -> int:
        """Give the pattern of an activity, by whom it concerns."""
        return self._styles[self._whose(aktivitet)]

    def gäller(self, aktivitet: Aktivitet) -> str:
        """Name whom an activity concerns: ”IAF och Vux”."""
        names = [self.plan.verksamheter[id].kortnamn
                 for id in self._whose(aktivitet)]  # fmt: skip
        return words.uppräkning(names)

    def ritning(self, aktiviteter: Iterable[Aktivitet]) -> Ritning:
        """Draw some activities; pages with the same ones share the drawing."""
        things = tuple(aktiviteter)
        key = tuple(a.id for a in things)
        with once(self.plan, "årsdata.ritning"):
            if key not in self._drawings:
                self._drawings[key] = draw([self._insats(a) for a in things])
        return self._drawings[key]

    def _insats(self, aktivitet: Aktivitet) -> Insats:
        year = self.plan.årshjul.år
        work = arbetsar.arbete(self.plan, aktivitet)
        months = work.månader() if work else ()
        reports = sorted({
            report.månad.månad - 1
            for report in arbetsar.rapporter(self.plan, aktivitet)
            if report.månad.år == year
        })  # fmt: skip
        once = aktivitet.rapporteras.månad is not None
        return Insats(
            aktivitet.id,
            self.nummer[aktivitet.id],
            self.stil(aktivitet),
            månader=frozenset(m.månad - 1 for m in months if m.år == year),
            annat=frozenset(m.månad - 1 for m in months if m.år != year),
            hela=bool(work and work.hela),
            pinnar=tuple(reports) if once else (),
            prickar=() if once else tuple(reports),
        )


def _styles(kinds: set[tuple[str, ...]], order: list[str]) -> dict[tuple[str, ...], int]:
    """Give each combination its pattern: two alone, all together, then what lies between."""
    if len(kinds) == 1:
        return dict.fromkeys(kinds, 1)
    ranked = sorted(kinds, key=lambda c: (len(c), [order.index(v) for v in c]))
    alone = [c for c in ranked if len(c) == 1][:2]
    whole = [c for c in ranked if len(c) == len(order)]
    rest = [c for c in ranked if c not in alone and c not in whole]
    styles = dict(zip(alone, (1, 2), strict=False)) | dict.fromkeys(whole, 3)
    return styles | {c: min(n, PATTERNS) for n, c in enumerate(rest, 4)}
