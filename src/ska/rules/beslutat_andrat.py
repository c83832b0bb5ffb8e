"""Det som nämnden har beslutat är ändrat utan ett nytt beslut.

När en utgåva är beslutad ligger den fast: planen med sina kapitel, årshjulet, delplanerna och
metoderna, och namnen på roller och enheter som står där. Beslutet har ett manifest, en
kontrollsumma över allt detta. Kommandot `ska besluta` skriver den i plan/utgavor.yml. Ändras
texten efteråt får den en annan summa, och då står det något annat än det som nämnden beslutade.

En ändring i sak kräver ett nytt beslut och en ny utgåva. En rättelse av ett ord får göras av den
som har rätt till det enligt delegationsordningen. Den skrivs i utgåvans `redaktionella`, med dag,
roll, vad som rättades, var delegationen står och summan efteråt. En ändring av ett id, en dag, en
roll, hur ofta något görs, en lag eller en siffra är aldrig redaktionell.

Rutiner, utfall och register ändras utan nämndens beslut och prövas inte. Källor, motsägelser,
anmärkningar, sökord, status och sammanträdesdagar får också ändras.

Finns den beslutade utgåvan i gits historik säger regeln vilket fält som är ändrat. Annars säger den
bara att summan inte stämmer.

Fel, när utgåvan är beslutad med frekvensen en gång om året:

```yaml
frekvens: {typ: antal, antal: 2, per: år}
```

Rätt; ändringen föreslås i nästa utgåva:

```yaml
frekvens: {typ: antal, antal: 1, per: år}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ska.changes.compare import Change, Sort
from ska.changes.weight import Klass
from ska.context import Context
from ska.manifest import beslutad_plan, changed_since, gällande_summa, manifest, sak_i
from ska.model import Plan
from ska.problems import Problem, Related, Severity
from ska.reading.forms import former
from ska.ting import Ting, Utgåva

ID = "beslutat-andrat"
SEVERITIES = (Severity.FEL,)
ALONG_RELATIONS = True


def check(plan: Plan, context: Context) -> Iterator[Problem]:
    """Yield what differs from the decision, and is not a recorded editorial change."""
    edition = plan.utgåvor.get(plan.ram.utgåva) if plan.ramar else None
    if edition is None:
        return
    decided = beslutad_plan(plan, context.earlier)
    if edition.manifest is None:
        yield from _utan_manifest(plan, edition, decided, context)
        return
    if edition.typ != "beslutad":
        return  # the register contradicts itself, which is another rule's
    yield from _annat_manifest(edition, decided)
    forms = former(context.schemas)
    summa = manifest(plan, forms).sha256
    changes = list(changed_since(decided, plan, forms)) if decided else []
    if summa == gällande_summa(edition):
        heavy = [change for change in changes if change.klass is Klass.MATERIELL]
        yield from _ändringar(plan, decided, heavy, _INTE_REDAKTIONELL)
    elif changes:
        hint = _LÅT_STÅ if any(c.klass is Klass.MATERIELL for c in changes) else _för_in(summa)
        yield from _ändringar(plan, decided, changes, hint)
    else:
        yield _annan_summa(edition, summa)


_SÅ_STOD_DET = "så stod det i den beslutade utgåvan"
_LÅT_STÅ = "låt det stå som det beslutades, och föreslå ändringen i nästa utgåva"
_INTE_REDAKTIONELL = (
    "ändringen är inte redaktionell, även om den är antecknad så; låt det stå som det beslutades, "
    "och föreslå ändringen i nästa utgåva"
)


def _för_in(summa: str) -> str:
    return (
        "låt det stå som det beslutades; är det en rättelse som någon får göra på delegation, "
        f'skriv den i utgåvans redaktionella med sha256: "{summa}"'
    )


def _utan_manifest(
    plan: Plan, edition: Utgåva, decided: Plan | None, context: Context
) -> Iterator[Problem]:
    if decided is None:
        return
    before = decided.utgåvor.get(decided.ram.utgåva)
    if before and before.manifest:
        yield Problem(
            edition.where("id"),
            ID,
            f"manifestet för utgåvan ”{edition.titel}” är borttaget; utan det går det inte att "
            "visa vad nämnden beslutade",
            f'lägg tillbaka manifestet, med sha256: "{before.manifest.sha256}"',
            related=(Related(before.manifest.where(), _SÅ_STOD_DET),),
            thing=edition.nyckel,
        )
    changes = changed_since(decided, plan, former(context.schemas))
    yield from _ändringar(plan, decided, changes, _LÅT_STÅ)


def _annat_manifest(edition: Utgåva, decided: Plan | None) -> Iterator[Problem]:
    before = decided.utgåvor.get(edition.id) if decided else None
    old, new = before.manifest if before else None, edition.manifest
    if old and new and old.sha256 != new.sha256:
        yield Problem(
            new.where("sha256"),
            ID,
            f"manifestet för utgåvan ”{edition.titel}” är ett annat än det som skrevs när nämnden "
            "beslutade",
            f'lägg tillbaka manifestet, med sha256: "{old.sha256}"',
            related=(Related(old.where("sha256"), _SÅ_STOD_DET),),
            thing=edition.nyckel,
        )


def _annan_summa(edition: Utgåva, summa: str) -> Problem:
    assert edition.manifest is not None
    latest = edition.redaktionella[-1] if edition.redaktionella else edition.manifest
    return Problem(
        latest.where("sha256"),
        ID,
        f"planen stämmer inte med manifestet för utgåvan ”{edition.titel}”: något som nämnden har "
        "beslutat är ändrat, eller namnet på en roll eller enhet som står där",
        _för_in(summa),
        thing=edition.nyckel,
    )


def _ändringar(
    plan: Plan, decided: Plan | None, changes: Iterator[Change] | list[Change], hint: str
) -> Iterator[Problem]:
    told: set[tuple[str, str, str]] = set()
    for change in changes:
        field = str(change.väg[0]) if change.väg else ""
        place = (change.slag, change.id, field)
        if place in told or decided is None:
            continue
        told.add(place)
        then, now = sak_i(decided, change), sak_i(plan, change)
        if now is None and then is not None:
            yield _borta(plan, then)
        elif now is not None and change.sort is Sort.TILLAGD and not change.väg:
            yield _tillagd(now)
        elif then is not None and now is not None:
            yield _ändrad(then, now, field, hint)


def _borta(plan: Plan, then: Ting) -> Problem:
    return Problem(
        plan.ram.where("utgåva"),
        ID,
        f"{then.slag} ”{then.rubrik}” finns i utgåvan som nämnden beslutade men är borttagen; "
        "planen säger något annat än beslutet",
        "lägg tillbaka den, eller ta bort den i en ny utgåva",
        related=(Related(then.where(), _SÅ_STOD_DET),),
        thing=then.nyckel,
    )


def _tillagd(now: Ting) -> Problem:
    return Problem(
        now.where("id"),
        ID,
        f"{now.slag} ”{now.rubrik}” finns inte i utgåvan som nämnden beslutade; planen säger "
        "något annat än beslutet",
        "lägg till den i en ny utgåva i stället",
        thing=now.nyckel,
    )


def _ändrad(then: Ting, now: Ting, field: str, hint: str) -> Problem:
    return Problem(
        now.where(field),
        ID,
        f"{now.slag} ”{now.rubrik}”: {field} är ändrat sedan nämnden beslutade utgåvan; "
        "planen säger något annat än beslutet",
        hint,
        related=(Related(then.where(field), _SÅ_STOD_DET),),
        thing=now.nyckel,
    )
