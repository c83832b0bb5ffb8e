"""En text använder en form av ett ord som planen avråder från.

Begreppen säger vilket ord som gäller, och vilka former som förekommer men bör undvikas: äldre
namn, felstavningar, ord med fel klang. När alla skriver samma ord hittar sökningen rätt, och ingen
undrar om två ord betyder samma sak. Ett ord inom citattecken prövas inte, för då talar texten om
själva ordet. Sökord och källornas egna ord prövas inte heller.

Fel, när ”brukarenkät” är en avrådd form av ”brukarundersökning”:

```yaml
gör: Skicka brukarenkäten i september.
```

Rätt:

```yaml
gör: Skicka brukarundersökningen i september.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.rules._hjalp import den, egna_ord
from ska.ting import Begrepp

ID = "avradd-form"
SEVERITIES = (Severity.VARNING,)
ALONG_RELATIONS = False

_ORD: Final = re.compile(r"\w+")
_ÄNDELSER: Final = (
    "", "s", "n", "ns", "en", "ens", "et", "ets", "er", "ers", "erna", "ernas", "ar", "ars", "arna",
    "arnas", "or", "ors", "orna", "ornas", "na", "nas", "r", "rs", "rna", "rnas", "t", "ts",
)  # fmt: skip

Form = tuple[re.Pattern[str], str, Begrepp]


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield each first use in a text of a form that a term discourages."""
    forms = _former(plan)
    if not forms:
        return
    for text in egna_ord(plan):
        words = set(_ORD.findall(text.text.casefold())) & forms.keys()
        # A text may hold several words that one form may begin with: ”kund” and ”kunder”.
        sought = {
            (form, begrepp.id): pattern for word in words for pattern, form, begrepp in forms[word]
        }
        for (form, id), pattern in sought.items():
            begrepp = plan.begrepp[id]
            match = pattern.search(text.text)
            if match and begrepp is not text.ting:
                yield Problem(
                    text.plats(match.start()),
                    ID,
                    f"{den(text.ting)} skriver ”{match[0]}”, men planen avråder från ”{form}”",
                    f"skriv ”{begrepp.term}”, eller sätt citattecken om texten talar om ordet",
                    Severity.VARNING,
                    (Related(begrepp.where("avrådda_former"), "formen avråds här"),),
                    text.ting.nyckel,
                )


def _former(plan: Plan) -> dict[str, list[Form]]:
    """Return each discouraged form by the words that it may begin with, inflected ones too."""
    forms: dict[str, list[Form]] = {}
    for begrepp in plan.begrepp.values():
        for form in begrepp.avrådda_former:
            words = _ORD.findall(form.casefold())
            endings = "|".join(_ÄNDELSER)
            body = r"\W+".join(map(re.escape, _ORD.findall(form)))
            # Not inside a compound, nor right after a quotation mark.
            pattern = re.compile(rf"(?<![\w”\"-]){body}(?:{endings})(?![\w-])", _skiftläge(form))
            single = len(words) == 1
            starts = {words[0] + e for e in _ÄNDELSER} if single else set(words[:1])
            for start in starts:
                forms.setdefault(start, []).append((pattern, form, begrepp))
    return forms


def _skiftläge(form: str) -> re.RegexFlag:
    return re.NOFLAG if form.isupper() else re.IGNORECASE
