"""En fil heter inte som sitt id.

I mappar med en sak i varje fil är filnamnet sakens id med ändelsen .yml. Då hittar man filen
utan att söka, och två saker kan inte få samma id av misstag.

Fel, i filen plan/metoder/namndbesok.yml:

```yaml
id: besok
```

Rätt, i filen plan/metoder/namndbesok.yml:

```yaml
id: namndbesok
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._hjalp import den

ID = "id-inte-filnamn"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = False


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each thing in a folder whose id is not its file's name."""
    for thing in plan.ting():
        file = thing.spår.document.file
        name = file.rsplit("/", 1)[-1].removesuffix(".yml")
        if file.count("/") == 2 and not thing.spår.path and thing.id != name:
            yield Problem(
                thing.where("id"),
                ID,
                f"{den(thing, thing.id)} ligger i filen ”{name}.yml”",
                f"döp om filen till ”{thing.id}.yml”, eller rätta id om det är fel",
                thing=thing.nyckel,
            )
