"""What a template may say about laws and about the requirements that come from them."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from ska import words
from ska.derived.tackning import Täckning
from ska.lag.register import gäller_från, upphävd
from ska.model import Plan
from ska.render.grund import Grund
from ska.render.vilar import Vilande
from ska.ting import EJ_ANGIVET, Författning, Lagrum, Ting

_DOLD: Final = Markup(" hidden")


class Tid(NamedTuple):
    """How a law stands from one day until another."""

    från: date | None
    till: date | None
    ord: str

    def är(self, day: date) -> bool:
        """Tell whether a day is in the time."""
        return (self.från is None or self.från <= day) and (self.till is None or day < self.till)


def tider(plan: Plan, ting: Författning | Lagrum) -> list[Tid]:
    """Word how a statute or provision stands, time after time."""
    begins, ceased = gäller_från(plan, ting), upphävd(plan, ting)
    end = ceased[0] if ceased else None
    now = "Gäller" if ting.kontrollerad != EJ_ANGIVET else "Inte kontrollerad"
    times = [Tid(begins, end, f"Upphör {words.datum(end)}" if end else now)]
    if begins:
        times.insert(0, Tid(None, begins, f"Gäller från {words.datum(begins)}"))
    if end:
        times.append(Tid(end, None, f"Upphävd {words.datum(end)}"))
    return times


def läget(plan: Plan, ting: Författning | Lagrum, day: date) -> str:
    """Word how a statute or provision stands on a day."""
    return next(tid.ord for tid in tider(plan, ting) if tid.är(day))


class Lagsida(Grund):
    """How laws stand, and what meets their requirements."""

    def lagläge(self, ting: Författning | Lagrum) -> str:
        """Say whether a statute or provision is in force on the day of the build."""
        return läget(self.plan, ting, self.site.settings.today)

    def upphävd(self, ting: Författning | Lagrum) -> str:
        """Say from when a statute or provision is repealed, in words that hold on any day."""
        ceased = upphävd(self.plan, ting)
        return f"upphävd från {words.datum(ceased[0])}" if ceased else ""

    def lagbricka(self, ting: Författning | Lagrum) -> Markup:
        """Mark how a statute or provision stands, for today and for the reader's own day.

        A page is read long after it was built: it carries all of its times, and a script shows
        the one that holds on the reader's day.
        """
        mark = Markup(
            '<span class="ska-bricka" data-ska-dag data-fran="{}" data-till="{}"{}>{}</span>'
        )
        today = self.site.settings.today
        return Markup(" ").join(
            mark.format(tid.från or "", tid.till or "", "" if tid.är(today) else _DOLD, tid.ord)
            for tid in tider(self.plan, ting)
        )

    @property
    def täckning(self) -> Täckning:
        """What meets this page's requirement."""
        assert self._ting is not None
        return self.site.täckning[self._ting.id]

    @property
    def kraven_här(self) -> list[Täckning]:
        """The requirements that come from this page's provision or statute."""
        mentions = self.plan.till.get(self._ting.nyckel, ()) if self._ting else ()
        own = [m.från.id for m in mentions if m.från.slag == "krav" and m.fält == "lagrum"]
        return [self.site.täckning[id] for id in own]

    @property
    def vilar_här(self) -> list[tuple[str, list[Vilande]]]:
        """What rests on this page's provision or statute, by kind."""
        assert isinstance(self._ting, Författning | Lagrum)
        return self.site.vilande[self._ting.nyckel].grupper

    @property
    def helheten(self) -> Ting | None:
        """The statute of this page's provision, where something cites that as a whole."""
        assert isinstance(self._ting, Författning | Lagrum)
        return self.site.vilande[self._ting.nyckel].helheten

    @property
    def svarar_mot(self) -> list[tuple[Ting, str]]:
        """The requirements that this page's thing meets, each with what lacks."""
        parts = self.fält("uppfyller_delvis") or ()
        whole = [(self.ting("krav", id), "") for id in self.fält("uppfyller") or ()]
        return whole + [(self.ting("krav", part.krav), part.saknas) for part in parts]
