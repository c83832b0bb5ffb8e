"""Damage to figures: parts and totals, goals, risks, and the years that are compared."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from ska.ting import EJ_ANGIVET, Avvikelser, Indikator, Kontrollmoment, Räkning, Värde
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site
from tests.mutations.things import change, field, file_of, named_in, without_mentions

REACHED = ("lika", "minst", "högst", "över", "under")


def other(number: int, seed: str) -> int:
    return number + Random(seed).randint(1, 9)


# --- Parts and whole -----------------------------------------------------------------------


def _sound(site: Site) -> Iterator[tuple[Avvikelser, int, Räkning]]:
    """Yield the counts that their parts add up to; an exception accepts the others."""
    for report in site.plan.avvikelser.values():
        for i, count in enumerate(report.räkningar):
            known = [part.antal for part in count.poster if isinstance(part.antal, int)]
            if known and sum(known) == count.antal:
                yield report, i, count


@operator("Delar och helhet")
def a_part_of_a_count(site: Site) -> Iterator[Damage]:
    for report, i, count in _sound(site):
        for j, part in enumerate(count.poster):
            if isinstance(part.antal, int):
                path = ("räkningar", i, "poster", j, "antal")
                new = other(part.antal, f"{count.id}{j}")
                yield change(f"{count.id} {part.titel} {new}", report, edit.put(path, new))


@operator("Delar och helhet")
def a_total_of_a_count(site: Site) -> Iterator[Damage]:
    for report, i, count in _sound(site):
        new = other(sum(part.antal for part in count.poster), count.id)
        yield change(f"{count.id} {new}", report, edit.put(("räkningar", i, "antal"), new))


@operator("Delar och helhet")
def a_part_left_out(site: Site) -> Iterator[Damage]:
    for report, i, count in _sound(site):
        for j, part in enumerate(count.poster):
            if isinstance(part.antal, int) and part.antal and len(count.poster) > 1:
                path = ("räkningar", i, "poster", j)
                yield change(f"{count.id} utan {part.titel}", report, edit.drop(path))


@operator("Delar och helhet")
def another_figure_for_the_year_before(site: Site) -> Iterator[Damage]:
    years = {(r.nämnd, r.år) for r in site.plan.avvikelser.values()}
    own = {
        (r.nämnd, r.år, c.id): c.antal for r in site.plan.avvikelser.values() for c in r.räkningar
    }
    for report in site.plan.avvikelser.values():
        for i, count in enumerate(report.räkningar):
            before = own.get((report.nämnd, report.år - 1, count.id))
            if (report.nämnd, report.år - 1) in years and isinstance(before, int):
                new = other(before, count.id)
                put = edit.put(("räkningar", i, "året_före"), new)
                yield change(f"{count.id} året före {new}", report, put)


@operator("Delar och helhet")
def another_figure_than_the_year_after_says(site: Site) -> Iterator[Damage]:
    said = {
        (r.nämnd, r.år - 1, c.id): c.året_före
        for r in site.plan.avvikelser.values()
        for c in r.räkningar
    }
    for report in site.plan.avvikelser.values():
        for i, count in enumerate(report.räkningar):
            after = said.get((report.nämnd, report.år, count.id))
            if isinstance(after, int) and isinstance(count.antal, int):
                new = other(count.antal, count.id)
                put = edit.put(("räkningar", i, "antal"), new)
                yield change(f"{count.id} {new}", report, put)


@operator("Delar och helhet")
def a_cell_of_a_budget(site: Site) -> Iterator[Damage]:
    for budget in site.plan.budgetar.values():
        parts = {id for rad in budget.rader for id in (*rad.delar, *rad.andra_delar)}
        for i, rad in enumerate(budget.rader):
            for j, cell in enumerate(rad.värden):
                if cell.tal is not None and (rad.delar or rad.andra_delar or rad.id in parts):
                    new = cell.tal + Random(f"{i}{j}").choice((12, 40, -25))
                    put = edit.put(("rader", i, "värden", j, "tal"), new)
                    yield change(f"{rad.id} {cell.kolumn} {new}", budget, put)


@operator("Delar och helhet")
def a_misspelt_part_of_a_total(site: Site) -> Iterator[Damage]:
    for budget in site.plan.budgetar.values():
        for i, rad in enumerate(budget.rader):
            for name in ("delar", "andra_delar"):
                for j, part in enumerate(getattr(rad, name)):
                    put = edit.put(("rader", i, name, j), f"{part}q")
                    yield change(f"{rad.id} {name} {part}q", budget, put)
            if rad.ingår_i:
                put = edit.put(("rader", i, "ingår_i"), f"{rad.ingår_i}q")
                yield change(f"{rad.id} ingår i {rad.ingår_i}q", budget, put)


@operator("Delar och helhet")
def a_part_missing_from_a_total(site: Site) -> Iterator[Damage]:
    for budget in site.plan.budgetar.values():
        # Without a part that is nothing the total is the same.
        counted = {rad.id for rad in budget.rader if any(cell.tal for cell in rad.värden)}
        for i, rad in enumerate(budget.rader):
            for j, part in enumerate(rad.delar if len(rad.delar) > 1 else ()):
                if part not in counted:
                    continue
                yield change(f"{rad.id} utan {part}", budget, edit.drop(("rader", i, "delar", j)))


@operator("Delar och helhet")
def a_cell_missing(site: Site) -> Iterator[Damage]:
    for budget in site.plan.budgetar.values():
        for i, rad in enumerate(budget.rader):
            for j, cell in enumerate(rad.värden if len(rad.värden) > 1 else ()):
                put = edit.drop(("rader", i, "värden", j))
                yield change(f"{rad.id} utan {cell.kolumn}", budget, put)


def wholes(site: Site) -> Iterator[tuple[Indikator, int, Värde, list[Värde]]]:
    """Yield each value for all that has values for groups beside it."""
    for indikator in site.plan.indikatorer.values():
        for index, v in enumerate(indikator.värden):
            if v.tal is None or v.grupp is not None:
                continue
            parts = [
                p for p in indikator.värden
                if p.grupp and (p.typ, p.period, p.relation) == (v.typ, v.period, v.relation)
            ]  # fmt: skip
            if len(parts) > 1 and all(p.tal is not None for p in parts):
                yield indikator, index, v, parts


@operator("Delar och helhet")
def a_whole_outside_its_parts(site: Site) -> Iterator[Damage]:
    for indikator, index, _, parts in wholes(site):
        numbers = [p.tal for p in parts if p.tal is not None]
        if indikator.helhet in ("medelvärde", "summa"):
            for new in (max(numbers) + 2, min(numbers) - 2):
                put = edit.put(field(indikator, "värden", index, "tal"), new)
                yield change(f"alla {new}", indikator, put)


@operator("Delar och helhet")
def a_sum_that_is_not(site: Site) -> Iterator[Damage]:
    for indikator, index, v, _ in wholes(site):
        if indikator.helhet == "summa" and v.tal is not None:
            new = v.tal + Random(indikator.id).randint(2, 9)
            put = edit.put(field(indikator, "värden", index, "tal"), new)
            yield change(f"alla {new}", indikator, put)


@operator("Delar och helhet")
def one_measure_with_two_values(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        for index, v in enumerate(indikator.värden):
            if v.tal is not None:
                path = field(indikator, "värden", index)
                twin = edit.add_copy(path, {"tal": v.tal + Decimal("1.5")})
                yield change(f"värde {index + 1} igen", indikator, twin)
    for budget in site.plan.budgetar.values():
        for i, rad in enumerate(budget.rader):
            for j, cell in enumerate(rad.värden):
                if cell.tal is not None:
                    twin = edit.add_copy(("rader", i, "värden", j), {"tal": cell.tal + 3})
                    yield change(f"{rad.id} {cell.kolumn} igen", budget, twin)


@operator("Delar och helhet")
def a_number_without_a_number(site: Site) -> Iterator[Damage]:
    """A value that is stated loses its number, or a missing one gets one."""
    for indikator in site.plan.indikatorer.values():
        for index, v in enumerate(indikator.värden):
            path = field(indikator, "värden", index)
            if v.tal is not None:
                yield change(f"värde {index + 1}", indikator, edit.drop((*path, "tal")))
            elif v.text:
                yield change(f"värde {index + 1}", indikator, edit.drop((*path, "text")))
            elif v.tillstånd not in ("angivet", "preliminärt"):
                yield change(f"värde {index + 1}", indikator, edit.put((*path, "tal"), 12))


# --- Goals ---------------------------------------------------------------------------------


def direction(indikator: Indikator) -> int:
    return {"högre": 1, "lägre": -1}.get(indikator.riktning, 0)


def alike(one: Värde, two: Värde) -> bool:
    """Tell whether two values of an indicator are of the same group and the same part of a year."""
    a, b = one.period, two.period
    day = (a.dag and (a.dag.month, a.dag.day)) == (b.dag and (b.dag.month, b.dag.day))
    same = (one.indelning, one.grupp, a.typ, a.månad) == (two.indelning, two.grupp, b.typ, b.månad)
    return same and day


@operator("Mål")
def a_target_worse_than_the_outcome(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        for index, goal in enumerate(indikator.värden):
            if goal.typ != "mål" or goal.tal is None or not direction(indikator):
                continue
            reached = [
                v for v in indikator.värden
                if v.typ == "utfall" and v.tal is not None and v.tillstånd == "angivet"
                and alike(v, goal) and v.period.år < goal.period.år
            ]  # fmt: skip
            if reached:
                last = max(reached, key=lambda v: v.period.år)
                assert last.tal is not None
                new = last.tal - direction(indikator) * Random(indikator.id).randint(2, 9)
                put = edit.put(field(indikator, "värden", index, "tal"), new)
                yield change(f"mål {goal.period.år} {new}", indikator, put)


@operator("Mål")
def a_later_target_that_turns_back(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        for index, goal in enumerate(indikator.värden):
            if goal.typ != "mål" or goal.tal is None or not direction(indikator):
                continue
            before = [
                v.tal for v in indikator.värden
                if v.typ == "mål" and v.tal is not None and v.relation in REACHED
                and alike(v, goal) and v.period.år < goal.period.år
            ]  # fmt: skip
            if before:
                best = max(before) if direction(indikator) > 0 else min(before)
                new = best - direction(indikator) * Random(indikator.id).randint(1, 3)
                put = edit.put(field(indikator, "värden", index, "tal"), new)
                yield change(f"mål {goal.period.år} {new}", indikator, put)


@operator("Mål")
def a_target_missed_without_a_word(site: Site) -> Iterator[Damage]:
    """The outcome is another, so that the target isn't met, and nothing says why."""
    for indikator in site.plan.indikatorer.values():
        for index, v in enumerate(indikator.värden):
            met = [
                g.tal for g in indikator.värden
                if g.typ == "mål" and g.tal is not None and g.relation in REACHED
                and alike(v, g) and v.period == g.period
            ]  # fmt: skip
            if v.typ == "utfall" and v.tillstånd == "angivet" and met and direction(indikator):
                new = met[0] - direction(indikator) * 5
                edits = [edit.put(field(indikator, "värden", index, "tal"), new)]
                said = [name for name in ("orsak", "analys", "åtgärd") if getattr(indikator, name)]
                edits += [edit.drop(field(indikator, name)) for name in said]
                yield change(f"utfall {new}", indikator, *edits)


@operator("Mål")
def a_missed_target_unexplained(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        for name in ("orsak", "analys", "åtgärd"):
            if getattr(indikator, name) and site.plan.ram.status == "beslutad":
                yield change(f"utan {name}", indikator, edit.drop(field(indikator, name)))


@operator("Mål")
def a_goal_without_an_indicator(site: Site) -> Iterator[Damage]:
    first, last = site.plan.ram.gäller_från.year, site.plan.ram.gäller_till.year
    for mål in site.plan.mål.values():
        if mål.gäller_från <= last and (mål.gäller_till or last) >= first:
            yield change("inga indikatorer", mål, edit.put(("indikatorer",), []))


@operator("Mål")
def an_indicator_without_a_target(site: Site) -> Iterator[Damage]:
    first, last = site.plan.ram.gäller_från.year, site.plan.ram.gäller_till.year
    for mål in site.plan.mål.values():
        if mål.gäller_från > last or (mål.gäller_till or last) < first:
            continue
        for indikator in site.plan.inuti.get(mål.nyckel, ()):
            assert isinstance(indikator, Indikator)
            goals = [i for i, v in enumerate(indikator.värden) if v.typ == "mål"]
            if goals:
                drops = (edit.drop(field(indikator, "värden", i)) for i in reversed(goals))
                yield change("inga mål", indikator, *drops)


@operator("Mål")
def a_target_against_the_direction(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        for index, goal in enumerate(indikator.värden):
            if goal.typ == "mål" and goal.tal is not None and direction(indikator):
                relation = "högst" if direction(indikator) > 0 else "minst"
                put = edit.put(field(indikator, "värden", index, "relation"), relation)
                yield change(f"mål {goal.period.år} {relation}", indikator, put)


@operator("Mål")
def another_direction(site: Site) -> Iterator[Damage]:
    for indikator in site.plan.indikatorer.values():
        set_ = [v.relation for v in indikator.värden if v.typ == "mål"]
        if any(relation in ("minst", "högst", "över") for relation in set_):
            turned = "högre" if "högst" in set_ else "lägre"
            yield change(turned, indikator, edit.put(field(indikator, "riktning"), turned))


# --- Risk ----------------------------------------------------------------------------------


@operator("Risk")
def a_risk_value_that_is_no_product(site: Site) -> Iterator[Damage]:
    for risk in site.plan.risker.values():
        if isinstance(risk.riskvärde, int):
            new = risk.riskvärde % 25 + 1
            yield change(f"riskvärde {new}", risk, edit.put(field(risk, "riskvärde"), new))


@operator("Risk")
def another_likelihood(site: Site) -> Iterator[Damage]:
    for risk in site.plan.risker.values():
        for name in ("sannolikhet", "konsekvens"):
            value = getattr(risk, name)
            if isinstance(value, int):
                put = edit.put(field(risk, name), value % 5 + 1)
                yield change(f"{name} {value % 5 + 1}", risk, put)


@operator("Risk")
def a_high_risk_without_a_control(site: Site) -> Iterator[Damage]:
    for risk in site.plan.risker.values():
        high = isinstance(risk.riskvärde, int) and risk.riskvärde >= 12
        controls = [m for m in named_in(site.plan, risk) if m.från.slag == "kontrollmoment"]
        changes = without_mentions(controls)
        if high and changes:
            yield Damage(f"risk {risk.id}", changes, (file_of(risk),))
        elif high and risk.accepterad:
            yield change("inte godtagen", risk, edit.drop(field(risk, "accepterad")))


@operator("Risk")
def a_risk_that_grows_high(site: Site) -> Iterator[Damage]:
    for risk in site.plan.risker.values():
        controls = [m for m in named_in(site.plan, risk) if m.från.slag == "kontrollmoment"]
        if not controls and not risk.accepterad:
            edits = [edit.put(field(risk, name), value) for name, value in
                     (("sannolikhet", 5), ("konsekvens", 4), ("riskvärde", 20))]  # fmt: skip
            yield change("riskvärde 20", risk, *edits)


@operator("Risk")
def a_control_without_method_time_or_role(site: Site) -> Iterator[Damage]:
    year = site.plan.ram.gäller_från.year  # what was controlled before that, nobody controls now
    held = [k for k in site.plan.internkontroller.values() if k.år >= year]
    inside = [part for kontroll in held for part in site.plan.inuti.get(kontroll.nyckel, ())]
    for moment in [part for part in inside if isinstance(part, Kontrollmoment)]:
        for name in ("hur", "när", "roll"):
            if getattr(moment, name) != EJ_ANGIVET:
                yield change(f"utan {name}", moment, edit.put(field(moment, name), EJ_ANGIVET))
