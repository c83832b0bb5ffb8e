"""A method as it is done in a sub-plan, where that differs from how it is done elsewhere."""

from __future__ import annotations

from dataclasses import replace

from ska.ting import Delplan, Metod


def i_delplan(metod: Metod, delplan: Delplan) -> Metod:
    """Give the method with how often, by whom and under whom it is done in the sub-plan."""
    own = [skillnad for skillnad in metod.skillnader if skillnad.delplan == delplan.id]
    return replace(
        metod,
        frekvens=next((s.frekvens for s in own if s.frekvens), metod.frekvens),
        ansvariga=next((s.ansvariga for s in own if s.ansvariga), metod.ansvariga),
        utförs_av=next((s.utförs_av for s in own if s.utförs_av), metod.utförs_av),
    )
