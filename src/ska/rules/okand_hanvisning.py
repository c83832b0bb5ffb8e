"""Något hänvisar till en sak som inte finns.

Planens delar pekar på varandra med id: en rutin på sin ägare, en delplan på sina metoder. Pekar
ett id på ingenting vet ingen vem som ansvarar eller vad som ska göras. Oftast är det ett stavfel,
eller så har saken tagits bort på ett ställe men inte på ett annat. Står saken i plan/upphort.yml
säger meddelandet vad som kom i stället.

Fel:

```yaml
ägare: utvecklingsledre
```

Rätt:

```yaml
ägare: utvecklingsledare
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ska.context import Context
from ska.model import SAMLINGAR, Plan
from ska.problems import Problem, Related, Severity, nearest
from ska.rules._hjalp import den
from ska.ting import Upphört

ID = "okand-hanvisning"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each reference whose id names nothing of the kinds it may name."""

    @cache  # a role that has been renamed is missed in hundreds of places
    def advice(id: str, slag: tuple[str, ...]) -> str:
        known = [id for kind in slag for id in getattr(plan, SAMLINGAR[kind])]
        other = [kind for kind, name in SAMLINGAR.items() if id in getattr(plan, name)]
        if other:
            return f"”{id}” finns men är {_either(other)}; här ska det vara {_either(slag)}"
        lacking = f"lägg till {slag[0]} ”{id}”, eller ta bort hänvisningen"
        return nearest(id, known) or lacking

    ended = {(past.sakslag, past.sak): past for past in plan.upphörda.values()}
    for unknown in plan.okända:
        source = unknown.från
        past = next((ended[s, unknown.id] for s in unknown.slag if (s, unknown.id) in ended), None)
        yield Problem(
            unknown.plats,
            ID,
            f"{den(source)} hänvisar i {unknown.fält} till "
            f"{_either(unknown.slag)} ”{unknown.id}”, som inte finns",
            _ended(past) if past else advice(unknown.id, unknown.slag),
            related=(Related(past.where("sak"), "här står att den har upphört"),) if past else (),
            thing=source.nyckel,
        )


def _either(kinds: Sequence[str]) -> str:
    *first, last = kinds
    return f"{', '.join(first)} eller {last}" if first else last


def _ended(past: Upphört) -> str:
    if past.ersatt_av:
        return f"den har upphört och ersatts av ”{past.ersatt_av}”"
    return "den har upphört; ta bort hänvisningen"
