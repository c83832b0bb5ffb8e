"""Något finns i planen men används inte av något annat.

En metod som ingen delplan har, en roll som ingen nämner eller ett dokument som inget hänvisar till
är ofta en rest efter en ändring, eller ett tecken på att en hänvisning har glömts. Regeln gäller
det som lever av att andra hänvisar till det: organisationens delar, roller, metoder, källor,
målområden och kommunövergripande mål. Krav, rutiner, aktiviteter och enheter har egna regler. Ett
kommunövergripande mål vars tid gick ut före planens prövas inte.

En metod som bara besvarar ett uppdrag, eller en punkt i internbudgeten, används inte för det.

Fel: rollen ”projektledare” finns i organisation.yml, men ingen aktivitet, metod eller rutin
nämner den.

Rätt: ta bort rollen, eller hänvisa till den där den har en uppgift.
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den, är_svar
from ska.ting import Kommunmål, Ting

ID = "oanvand"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True

#: Kinds that live by being referred to. The others are entries of their own, or have a rule that
#: asks for more than a mention; a law register may hold provisions that nothing cites yet.
_NEEDS_USE = frozenset(
    {
        "nämnd", "förvaltning", "verksamhet", "avdelning", "utförare", "roll", "metod", "källa",
        "målområde", "kommunmål",
    }
)  # fmt: skip


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing that nothing else mentions."""
    for thing in plan.ting():
        if thing.slag not in _NEEDS_USE or _är_förbi(plan, thing):
            continue
        mentions = plan.till.get(thing.nyckel, ())
        if not any(m.från is not thing and not är_svar(m) for m in mentions):
            yield Problem(
                thing.where("id"),
                ID,
                f"{den(thing)} används inte av något annat i planen",
                "hänvisa till den där den hör hemma, eller ta bort den",
                Severity.VARNING,
                thing=thing.nyckel,
            )


def _är_förbi(plan: Plan, thing: Ting) -> bool:
    """Tell whether a goal for the whole municipality ended before the plan's period."""
    if not isinstance(thing, Kommunmål) or thing.gäller_till is None or not plan.ramar:
        return False
    return thing.gäller_till < plan.ram.gäller_från.year
