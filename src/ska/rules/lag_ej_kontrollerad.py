"""En bestämmelse har inte kontrollerats på ett år.

Lagar ändras. En uppgift om en lag är värd något bara om någon nyligen har jämfört den med en
officiell källa. Registret säger därför när det senast gjordes. Har det gått mer än ett år, eller
vet ingen när det gjordes, kan planen vila på en lydelse som inte längre gäller.

Att dagen inte är känd är en varning bara när något i planen hänvisar till bestämmelsen. En
upphävd bestämmelse som har kontrollerats efter upphävandet ändras inte mer och prövas inte. När
en författning och dess paragrafer kontrollerades samma dag sägs det en gång, vid författningen.

Fel, den 1 juni 2026:

```yaml
kontrollerad: 2025-03-01
```

Rätt, sedan någon har läst den gällande lydelsen:

```yaml
kontrollerad: 2026-05-28
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ska import words
from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules._lag import REGISTER, Lag, lagar, namn, upphävd, åberopad
from ska.rules._tid import ett_år_senare
from ska.ting import Lagrum

ID = "lag-ej-kontrollerad"
SEVERITIES = (Severity.VARNING,)
COMES_WITH_TIME = True
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each statute and provision that nobody has checked for a year."""
    använda = _använda(plan)
    for law in lagar(plan):
        day = law.kontrollerad
        if not isinstance(day, date):
            if law.id in använda:
                yield _problem(plan, law, "har ingen dag då den senast kontrollerades")
        elif (
            context.today > ett_år_senare(day)
            and not _slutgiltig(plan, law, day)
            and not _sagd_vid_författningen(plan, law, day)
        ):
            yield _problem(plan, law, f"kontrollerades senast den {words.datum(day)}")


def _använda(plan: Plan) -> set[str]:
    """Return the ids of what something outside the register cites, and of their statutes."""
    använda: set[str] = set()
    for law, mention in åberopad(plan):
        if mention.från.slag not in REGISTER:
            använda.add(law.id)
            if isinstance(law, Lagrum):
                använda.add(law.författning)
    return använda


def _slutgiltig(plan: Plan, law: Lag, day: date) -> bool:
    repealed = upphävd(plan, law)
    return repealed is not None and day >= repealed[0]


def _sagd_vid_författningen(plan: Plan, law: Lag, day: date) -> bool:
    if not isinstance(law, Lagrum):
        return False
    whole = plan.författningar.get(law.författning)
    return whole is not None and whole.kontrollerad == day


def _problem(plan: Plan, law: Lag, state: str) -> Problem:
    return Problem(
        law.where("kontrollerad"),
        ID,
        f"{law.slag} ”{namn(plan, law)}” {state}; ingen vet om lydelsen ännu gäller",
        "jämför med den gällande lydelsen, och skriv dagen i kontrollerad",
        Severity.VARNING,
        thing=law.nyckel,
    )
