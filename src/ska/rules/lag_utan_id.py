"""En text nämner en lag men pekar inte ut den med id.

Namnet på en lag säger inte alltid vilken lag som menas: socialtjänstlagen är två, en från 2001 och
en från 2025. Pekar texten inte ut lagen med id ur lagrum.yml syns det inte vad som rörs när en
bestämmelse ändras eller upphävs, och bestämmelsens sida saknar det som vilar på den.

Regeln känner igen nummer (SOSFS 2011:9), namn på lagar, kapitel och paragraf (skollagen 4 kap. 8 §,
4 kap. 8 § skollagen), kända förkortningar och lex Sarah. Pekar saken redan ut lagen räcker det.
Nämner texten en viss paragraf ska den paragrafen pekas ut, eller kapitlet om registret slutar där.
Fyndet är en varning: ett ord kan likna en lag utan att vara det. Källornas egna ord, registret över
lagar och undantagen prövas inte.

Fel:

```yaml
anmärkning: Elever får klaga enligt skollagen 4 kap. 8 §.
```

Rätt:

```yaml
anmärkning: Elever får klaga enligt skollagen 4 kap. 8 §.
lagrum: [skollagen-4-8]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.lag.citat import Citat, Register, kan_citera, omfattar
from ska.lag.register import REGISTER, Lag
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den, egna_ord
from ska.ting import Författning, Lagrum, Nyckel, Ting

ID = "lag-utan-id"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = True

#: Kinds that tell of the register, of the sources or of the check itself.
_INTE: Final = (*REGISTER, "undantag", "källa", "upphört")

#: What is looked up in the glossary; its explanation is the running text.
_UPPSLAG: Final = (("term",), ("utläses",))


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each law that a text cites and its thing doesn't point to; once for each thing."""
    register = Register(plan)
    told: set[tuple[Nyckel, tuple[object, ...]]] = set()
    for text in egna_ord(plan, kan_citera):
        thing = text.ting
        if thing.slag in _INTE or (thing.slag == "begrepp" and text.fält in _UPPSLAG):
            continue
        for citation in register.citat(text.text):
            if _pointed_to(plan, thing, citation):
                continue
            what = citation[2:] if citation.känd else (citation.text.casefold(),)
            if (thing.nyckel, what) in told:
                continue
            told.add((thing.nyckel, what))
            yield Problem(
                text.plats(citation.vid),
                ID,
                f"{den(thing)} nämner ”{_en_rad(citation)}” men pekar inte ut bestämmelsen med id",
                _hint(plan, thing, citation),
                Severity.VARNING,
                thing=thing.nyckel,
            )


def _en_rad(citation: Citat) -> str:
    return " ".join(citation.text.split())


def _laws(plan: Plan, thing: Ting) -> Iterator[Lag]:
    for mention in plan.från.get(thing.nyckel, ()):
        if isinstance(mention.till, Författning | Lagrum):
            yield mention.till


def _pointed_to(plan: Plan, thing: Ting, citation: Citat) -> bool:
    return any(_is(law, citation) for law in _laws(plan, thing))


def _is(law: Lag, citation: Citat) -> bool:
    """Tell whether a law that the thing points to is what it cites."""
    if not citation.känd:
        return False
    if citation.lagrum:
        return law.id in citation.lagrum
    if not citation.kapitel:
        return (law.författning if isinstance(law, Lagrum) else law.id) in citation.författningar
    if isinstance(law, Författning):
        return False
    own = not citation.författningar or law.författning in citation.författningar
    return own and omfattar(law, citation.kapitel, citation.paragraf)


def _hint(plan: Plan, thing: Ting, citation: Citat) -> str:
    field = "se_även" if thing.slag == "begrepp" else "lagrum"
    held = [
        law.id
        for law in plan.lagrum.values()
        if (citation.kapitel or citation.lagrum) and _is(law, citation)
    ]
    ids = held or ([] if citation.kapitel else list(citation.författningar))
    if not ids:
        return f"lägg till bestämmelsen i lagrum.yml, och skriv dess id i {field}"
    if len(ids) == 1:
        return f"skriv {field}: [{ids[0]}]"
    return f"skriv det id i {field} som texten menar: {', '.join(ids)}"
