"""What the rules on figures share: wholes, rounding, wording. Targets: `ska.derived.bedomning`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ska import words
from ska.derived.bedomning import tal_för
from ska.model import Plan
from ska.ting import EJ_ANGIVET, Budget, Budgetrad, Indikator, Mål, Period, Värde


class Helhet(NamedTuple):
    """A value for all with its number in the list, and those of its groups by one division."""

    nummer: int
    värde: Värde
    tal: Decimal
    delar: tuple[tuple[Decimal, Värde], ...]


def helheter(indikator: Indikator) -> Iterator[Helhet]:
    """Yield each value for all with its groups: same kind of value, period and relation.

    Where a group has no number, or there is only one group, the groups can't be weighed.
    """
    wholes: dict[tuple[object, ...], tuple[int, Värde]] = {}
    parts: dict[tuple[object, ...], dict[str, Värde]] = {}
    for index, v in enumerate(indikator.värden):
        when = (v.typ, v.period, v.relation)
        # A group's own value is the whole of the groups inside it.
        if v.grupp is None or v.inom is None:
            wholes.setdefault((*when, v.inom if v.grupp is None else v.grupp), (index, v))
        if v.grupp is not None:
            groups = parts.setdefault((*when, v.inom, v.indelning), {})
            groups.setdefault(v.grupp, v)
    for key, groups in parts.items():
        whole = wholes.get(key[:-1])
        known = [(tal, v) for v in groups.values() if (tal := _tal(v)) is not None]
        if whole and len(known) == len(groups) > 1 and (total := _tal(whole[1])) is not None:
            yield Helhet(*whole, total, tuple(known))


def _tal(värde: Värde) -> Decimal | None:
    return tal_för(värde, "angivet", "preliminärt")


def aktuella_mål(plan: Plan) -> Iterator[Mål]:
    """Yield the goals that hold at some time in the plan's period and are not replaced."""
    if not plan.ramar:  # plan.yml itself could not be read
        return
    första, sista = plan.ram.gäller_från.year, plan.ram.gäller_till.year
    for mål in plan.mål.values():
        slut = mål.gäller_till or sista
        if mål.gäller_från <= sista and slut >= första and mål.ersatt_av is None:
            yield mål


def delningar(budget: Budget) -> Iterator[tuple[Budgetrad, tuple[str, ...]]]:
    """Yield each total of a table with its parts, once for each way in which it is divided."""
    for rad in budget.rader:
        yield from ((rad, parts) for parts in (rad.delar, rad.andra_delar) if parts)


def enhet(*talen: Decimal | int) -> Decimal:
    """Return the size of the last decimal that the numbers show: 0.1 for 3.5 and 4."""
    return min((Decimal(1).scaleb(_exponent(tal)) for tal in talen), default=Decimal(1))


def avrundning(summa: Decimal, delar: list[Decimal]) -> Decimal:
    """Return how far from its parts a total may lie: half a unit for each number."""
    delarnas = enhet(*delar)
    # A total without decimals among parts that have them is a number like 1.0, written short.
    egen = delarnas if _exponent(summa) == 0 else enhet(summa)
    return (delarnas * len(delar) + egen) / 2


def _exponent(tal: Decimal | int) -> int:
    exponent = Decimal(tal).as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def siffror(tal: Decimal | int) -> str:
    """Word a number in figures with a decimal comma."""
    return str(tal).replace(".", ",").replace("-", "−")


def perioden(period: Period) -> str:
    """Word a period: ”helåret 2024”, ”till och med augusti 2023”, ”den 30 juni 2023”."""
    if period.typ == "till_och_med":
        månad = "ej angiven månad" if period.månad == EJ_ANGIVET else period.månad
        return f"till och med {månad} {period.år}"
    if period.typ == "månad":
        return f"{period.månad} {period.år}"
    if period.typ == "per_dag":
        return f"den {words.datum(period.dag)}" if period.dag else f"en dag {period.år}"
    return f"helåret {period.år}"


def gruppen(värde: Värde) -> str:
    """Word whom a value is about: ” för kvinnor inom IAF”; empty for all."""
    vilka = f" för {värde.grupp}" if värde.grupp else ""
    return f"{vilka} inom {värde.inom}" if värde.inom else vilka


def värdet(värde: Värde) -> str:
    """Word a value: ”minst 70”, ”71,5”."""
    tal = siffror(värde.tal) if värde.tal is not None else ""
    relation = "" if värde.relation == "lika" else värde.relation.replace("_", " ")
    return " ".join(part for part in (relation, tal) if part)
