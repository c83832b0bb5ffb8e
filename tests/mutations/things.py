"""Damage to things and what ties them together: identity, references, responsibility, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from ska.model import Hänvisning, Plan
from ska.ting import EJ_ANGIVET, Kommunmål, Krav, Nyckel, Ting
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.edit import Edit, Path
from tests.mutations.sites import Change, Copy, Site

Changes = dict[str, Change]


def file_of(thing: Ting) -> str:
    return thing.spår.document.file


def field(thing: Ting, *path: str | int) -> Path:
    return (*thing.spår.path, *path)


def change(place: str, thing: Ting, *edits: Edit) -> Damage:
    return Damage(f"{thing.slag} {thing.id}: {place}", {file_of(thing): list(edits)})


def in_a_list(mention: Hänvisning) -> bool:
    return isinstance(mention.väg[-1], int)


def named_in(plan: Plan, thing: Ting) -> list[Hänvisning]:
    return [m for m in plan.till.get(thing.nyckel, ()) if m.från is not thing]


def without_mentions(mentions: Iterable[Hänvisning]) -> Changes | None:
    """Take the mentions out of their lists; None when one stands where something must."""
    changes: dict[str, list[Edit]] = defaultdict(list)
    for m in mentions:
        if not in_a_list(m):
            return None
        changes[file_of(m.från)].append(edit.without(m.väg[:-1], m.till.id))
    return dict(changes)


def replaced(mentions: Iterable[Hänvisning], id: str) -> Changes:
    """Let the mentions name another thing."""
    changes: dict[str, list[Edit]] = defaultdict(list)
    for m in mentions:
        changes[file_of(m.från)].append(edit.put(m.väg, id))
    return dict(changes)


def alone_in_its_file(thing: Ting) -> bool:
    return not thing.spår.path and file_of(thing).count("/") == 2


# --- Identity ------------------------------------------------------------------------------


@operator("Identitet")
def the_same_id_twice_in_a_list(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        path = thing.spår.path
        if path:
            yield change("två gånger", thing, edit.add_copy(path, {}))


@operator("Identitet")
def the_same_id_in_two_files(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if alone_in_its_file(thing):
            twin = file_of(thing).replace(".yml", "-kopia.yml")
            raw = site.tree.plan[file_of(thing)]
            yield Damage(twin, {twin: raw}, (file_of(thing),))


@operator("Identitet")
def the_id_of_a_neighbour(site: Site) -> Iterator[Damage]:
    """Something of the same kind gets the id of another."""
    by_kind: dict[str, Ting] = {}
    for thing in site.plan.ting():
        first = by_kind.setdefault(thing.slag, thing)
        if thing is not first:
            put = edit.put(field(thing, "id"), first.id)
            found = change(f"id {first.id}", thing, put)
            yield Damage(found.place, found.changes, (file_of(first),))


@operator("Identitet")
def an_id_that_is_not_the_file(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if alone_in_its_file(thing):
            yield change("nytt id", thing, edit.put(("id",), f"{thing.id}-2"))


@operator("Identitet")
def a_file_that_is_not_the_id(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if alone_in_its_file(thing):
            path = file_of(thing)
            other = path.replace(thing.id + ".yml", f"ny-{thing.id}.yml")
            yield Damage(other, {path: None, other: site.tree.plan[path]})


#: Kinds that live on from year to year.
LASTING = ("metod", "rutin", "roll", "enhet", "delplan", "aktivitet", "mål", "begrepp", "krav",
           "indikator", "uppdrag", "utförare", "avdelning")  # fmt: skip


@operator("Identitet")
def a_new_id_everywhere(site: Site) -> Iterator[Damage]:
    """A thing changes its id, and so does all that refers to it and its file's name."""
    for thing in site.plan.ting():
        if thing.slag not in LASTING:
            continue
        new = f"{thing.id}-ny"
        mentions = site.plan.till.get(thing.nyckel, ())
        edits = replaced(mentions, new)
        own = edits.setdefault(file_of(thing), [])
        assert isinstance(own, list)
        own.append(edit.put(field(thing, "id"), new))
        changes: Changes = dict(edits)
        if alone_in_its_file(thing):
            path = file_of(thing)
            moved = path.replace(thing.id + ".yml", new + ".yml")
            changes |= {path: None, moved: Copy(path, own)}
        yield Damage(f"{thing.slag} {thing.id} blir {new}", changes)


@operator("Identitet")
def a_thing_lost_without_a_word(site: Site) -> Iterator[Damage]:
    """A thing is taken away, with all that referred to it, and nothing says why."""
    for thing in site.plan.ting():
        if thing.slag not in LASTING or site.plan.inuti.get(thing.nyckel):
            continue
        if getattr(thing, "ersatt_av", None):  # the earlier edition itself says what came instead
            continue
        changes = without_mentions(named_in(site.plan, thing))
        if changes is None or _would_be_empty(site, thing):
            continue
        path = file_of(thing)
        if thing.spår.path:
            own = changes.setdefault(path, [])
            assert isinstance(own, list)
            own.append(edit.drop(thing.spår.path))
            yield Damage(f"{thing.slag} {thing.id}", changes)
        else:  # nothing is left to point to but the frame of the plan
            also = ("plan/plan.yml",)
            yield Damage(f"{thing.slag} {thing.id}", {**changes, path: None}, also)


def _would_be_empty(site: Site, thing: Ting) -> bool:
    """Tell whether a list that must not be empty would be."""
    data = thing.spår.document.data
    for part in thing.spår.path[:-1]:
        data = data[part]
    if thing.spår.path and len(data) < 2:
        return True
    required = {"ansvariga", "verksamheter", "metoder", "nämnder", "gäller_för"}
    for m in named_in(site.plan, thing):
        names = m.från.spår.document.data
        for part in m.väg[:-1]:
            names = names[part]
        if len(names) < 2 and m.fält in required:
            return True
    return False


@operator("Identitet")
def a_thing_that_ended_and_is_still_there(site: Site) -> Iterator[Damage]:
    for past in site.plan.upphörda.values():
        for thing in site.plan.ting():
            if thing.slag == past.sakslag:
                yield change(f"{thing.id} är kvar", past, edit.put(field(past, "sak"), thing.id))


@operator("Identitet")
def a_thing_replaced_by_what_does_not_exist(site: Site) -> Iterator[Damage]:
    for past in site.plan.upphörda.values():
        for wrong in ("finns-inte", f"{past.sak}-2"):
            yield change(f"ersatt av {wrong}", past, edit.put(field(past, "ersatt_av"), wrong))


# --- References ----------------------------------------------------------------------------


@operator("Hänvisningar")
def a_misspelt_reference(site: Site) -> Iterator[Damage]:
    for m in site.plan.hänvisningar:
        index = Random(str(m.väg)).randrange(len(m.till.id))
        wrong = m.till.id[:index] + "q" + m.till.id[index + 1 :]
        yield change(f"{m.fält} {wrong}", m.från, edit.put(m.väg, wrong))


@operator("Hänvisningar")
def a_part_of_a_document_in_what_is_not_there(site: Site) -> Iterator[Damage]:
    for källa in site.plan.källor.values():
        for number, part in enumerate(källa.innehåll):
            for index, address in enumerate(part.finns_i):
                path = ("innehåll", number, "finns_i", index)
                yield change(f"{address}q", källa, edit.put(field(källa, *path), f"{address}q"))


@operator("Hänvisningar")
def a_reason_for_what_is_not_there(site: Site) -> Iterator[Damage]:
    edition = site.plan.utgåvor[site.plan.ram.utgåva]
    for thing in site.plan.ting():
        if thing.slag not in ("plan", "utgåva"):
            reason = {"sakslag": thing.slag, "sak": f"{thing.id}-q", "skäl": "Det behövs."}
            put = edit.add(field(edition, "motiveringar"), reason)
            yield change(f"{thing.slag} {thing.id}-q", edition, put)


@operator("Hänvisningar")
def a_reference_to_another_kind(site: Site) -> Iterator[Damage]:
    """An id that exists, but of a kind that the field may not name."""
    ids = {thing.id: thing for thing in site.plan.ting() if thing.slag in ("källa", "budget")}
    for m in site.plan.hänvisningar:
        if m.till.slag not in ("källa", "budget"):
            wrong = Random(str(m.väg)).choice(sorted(ids))
            yield change(f"{m.fält} {wrong}", m.från, edit.put(m.väg, wrong))


@operator("Hänvisningar")
def a_thing_taken_away(site: Site) -> Iterator[Damage]:
    """A thing that others refer to is gone."""
    for thing in site.plan.ting():
        mentions = named_in(site.plan, thing)
        files = tuple({file_of(m.från) for m in mentions})
        if mentions and alone_in_its_file(thing):
            yield Damage(f"{thing.slag} {thing.id}", {file_of(thing): None}, files)
        elif mentions and thing.spår.path and not _would_be_empty(site, thing):
            gone: list[Edit] = [edit.drop(thing.spår.path)]
            yield Damage(f"{thing.slag} {thing.id}", {file_of(thing): gone}, files)


@operator("Hänvisningar")
def a_reference_to_a_routine_that_has_ceased(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        mentions = [m for m in named_in(site.plan, rutin) if m.fält != "ersatt_av"]
        now = [m for m in mentions if m.från.slag in ("risk", "kontrollmoment")]
        if any("2027" in file_of(m.från) for m in now):
            edits = [edit.put(("status",), "upphörd"), edit.put(("anmärkning",), "Används inte.")]
            yield change("upphörd", rutin, *edits)


#: Kinds whose mentions nothing hangs on: further reading, and the register of laws itself.
NO_RELIANCE = ("begrepp", "lagrum", "författning")


def of_earlier_years(plan: Plan) -> set[Nyckel]:
    """Name what tells of a time before the plan's: it may rely on what held then."""
    yearly = [*plan.avvikelser.values(), *plan.internkontroller.values()]
    before = [thing for thing in yearly if thing.år < plan.ram.gäller_från.year]
    inside = [part for thing in before for part in plan.inuti.get(thing.nyckel, ())]
    return {thing.nyckel for thing in (*before, *inside)}


@operator("Hänvisningar")
def a_reference_to_what_is_not_yet(site: Site) -> Iterator[Damage]:
    """A routine, a goal or a law that others rely on begins after the plan has ended."""
    later = site.plan.ram.gäller_till.year + 2
    past = of_earlier_years(site.plan)
    for thing in site.plan.ting():
        mentions = [m for m in named_in(site.plan, thing) if m.från.nyckel not in past]
        relied = [m for m in mentions if m.från.slag not in NO_RELIANCE]
        if not any(m.fält != "ersatt_av" for m in relied):
            continue
        if thing.slag == "mål" and any(
            m.från.slag == "uppdrag" for m in named_in(site.plan, thing)
        ):
            put = edit.put(("gäller_från",), later), edit.drop(("gäller_till",))
            yield change(f"gäller från {later}", thing, *put)
        elif thing.slag == "rutin" or (thing.slag == "författning" and not thing.upphävd):
            put = (edit.put(field(thing, "gäller_från"), f"{later}-01-01"),)
            yield change(f"gäller från {later}", thing, *put)


@operator("Hänvisningar")
def a_goal_that_has_ended(site: Site) -> Iterator[Damage]:
    for mål in site.plan.mål.values():
        if any(m.från.slag == "uppdrag" for m in named_in(site.plan, mål)):
            year = site.plan.ram.gäller_från.year - 1
            edits = edit.put(("gäller_från",), year - 2), edit.put(("gäller_till",), year)
            yield change("har upphört", mål, *edits)


@operator("Hänvisningar")
def a_routine_that_replaces_itself(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        edits = edit.put(("status",), "upphörd"), edit.put(("ersatt_av",), rutin.id)
        yield change("ersatt av sig själv", rutin, *edits)


@operator("Hänvisningar")
def an_id_that_two_kinds_share(site: Site) -> Iterator[Damage]:
    """A unit gets the id of a part of the organisation that a method or routine names."""
    parts = ("verksamhet", "förvaltning", "avdelning", "utförare", "nämnd")
    named = ("rutin", "metod", "kontrollmoment", "indikator", "avvikelser")
    enhet = next(iter(site.plan.enheter.values()))
    for thing in site.plan.ting():
        mentions = [m for m in named_in(site.plan, thing) if m.från.slag in named]
        if thing.slag in parts and mentions:
            twin = edit.add_copy(enhet.spår.path, {"id": thing.id, "namn": "En annan"})
            files = tuple({file_of(m.från) for m in mentions})
            yield Damage(f"enhet {thing.id}", {file_of(enhet): [twin]}, files)


#: Kinds that have no meaning unless something refers to them.
USED = ("nämnd", "förvaltning", "verksamhet", "avdelning", "utförare", "roll", "metod", "källa",
        "enhet", "målområde", "kommunmål")  # fmt: skip


@operator("Hänvisningar")
def something_that_nothing_uses(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if thing.slag in USED and thing.slag != "enhet" and not _is_past(site, thing):
            new = f"{thing.id}-extra"
            path = file_of(thing)
            if thing.spår.path:
                yield change("en till", thing, edit.add_copy(thing.spår.path, {"id": new}))
            else:
                other = path.replace(thing.id + ".yml", new + ".yml")
                yield Damage(other, {other: Copy(path, [edit.put(("id",), new)])})


def _is_past(site: Site, thing: Ting) -> bool:
    ends = thing.gäller_till if isinstance(thing, Kommunmål) else None
    return ends is not None and ends < site.plan.ram.gäller_från.year


@operator("Hänvisningar")
def something_that_nothing_uses_any_more(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if thing.slag in ("metod", "roll", "utförare", "kommunmål", "målområde"):
            changes = without_mentions(named_in(site.plan, thing))
            if changes and not _would_be_empty_by(site, thing):
                yield Damage(f"{thing.slag} {thing.id}", changes, (file_of(thing),))


def _would_be_empty_by(site: Site, thing: Ting) -> bool:
    required = {"ansvariga", "metoder", "utförare"}
    for m in named_in(site.plan, thing):
        names = m.från.spår.document.data
        for part in m.väg[:-1]:
            names = names[part]
        if len(names) < 2 and m.från.slag in ("aktivitet", "delplan") and m.fält in required:
            return True
    return False


# --- Responsibility ------------------------------------------------------------------------


@operator("Ansvar")
def work_without_a_role(site: Site) -> Iterator[Damage]:
    for metod in site.plan.metoder.values():
        fields = [
            f for f in ("ansvariga", "utförs_av", "deltar", "skillnader") if getattr(metod, f)
        ]
        if fields:
            yield change("ingen gör den", metod, *(edit.drop((name,)) for name in fields))


#: Where a mention of a role is not work.
NO_WORK = {
    ("enhet", "roller"),
    ("avdelning", "roller"),
    ("metod", "stödjer"),
    ("begrepp", "se_även"),
}


@operator("Ansvar")
def a_role_without_work(site: Site) -> Iterator[Damage]:
    """Another role takes over all that a role does; it is still mentioned where it belongs."""
    roles = list(site.plan.roller)
    for roll in site.plan.roller.values():
        mentions = named_in(site.plan, roll)
        work = [m for m in mentions if (m.från.slag, m.fält) not in NO_WORK]
        heirs = [r for r in roles if r != roll.id and not _both(site, work, r)]
        if len(work) < len(mentions) and work and heirs:
            heir = Random(roll.id).choice(heirs)
            yield Damage(f"roll {roll.id}: {heir} tar över", replaced(work, heir),
                         (file_of(roll),))  # fmt: skip


def _both(site: Site, mentions: list[Hänvisning], role: str) -> bool:
    """Tell whether a list that has the one role has the other too."""
    heir = site.plan.roller[role]
    lists = {(m.från.nyckel, m.väg[:-1]) for m in mentions if in_a_list(m)}
    return any((m.från.nyckel, m.väg[:-1]) in lists for m in named_in(site.plan, heir))


@operator("Ansvar")
def a_routine_in_force_without_an_owner(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        if rutin.status in ("gällande", "återgiven"):
            edits = edit.put(("status",), "gällande"), edit.put(("ägare",), EJ_ANGIVET)
            yield change("ingen ägare", rutin, *edits)


@operator("Ansvar")
def a_step_without_a_doer(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        for index, steg in enumerate(rutin.steg):
            if rutin.status in ("gällande", "återgiven"):
                edits = [
                    edit.put(("status",), "gällande"),
                    edit.put(("steg", index, "roll"), EJ_ANGIVET),
                    *([edit.drop(("steg", index, "utförs_av"))] if steg.utförs_av else []),
                ]
                yield change(f"steg {index + 1}", rutin, *edits)


@operator("Ansvar")
def a_unit_in_no_sub_plan(site: Site) -> Iterator[Damage]:
    for enhet in site.plan.enheter.values():
        listed = [m for m in named_in(site.plan, enhet) if m.från.slag == "delplan"]
        through = [
            m
            for m in site.plan.till.get(("avdelning", enhet.avdelning or ""), ())
            if m.från.slag == "delplan"
        ]
        changes = without_mentions([*listed, *through])
        if changes:
            yield Damage(f"enhet {enhet.id}", changes, (file_of(enhet),))


@operator("Ansvar")
def a_new_unit_in_no_sub_plan(site: Site) -> Iterator[Damage]:
    for enhet in site.plan.enheter.values():
        new = {"id": f"{enhet.id}-ny", "namn": "Nya enheten"}
        edits = [edit.add_copy(enhet.spår.path, new)]
        if enhet.avdelning:
            last = (*enhet.spår.path[:-1], len(site.plan.enheter), "avdelning")
            edits.append(edit.drop(last))
        yield change("en till", enhet, *edits)


@operator("Ansvar")
def a_unit_in_two_sub_plans(site: Site) -> Iterator[Damage]:
    for enhet in site.plan.enheter.values():
        own = {m.från.id for m in named_in(site.plan, enhet) if m.från.slag == "delplan"}
        others = [d for d in site.plan.delplaner.values() if d.id not in own]
        if len(own) == 1 and others:
            delplan = Random(enhet.id).choice(others)
            yield change(f"även {enhet.id}", delplan, edit.add(("enheter",), enhet.id))


# --- Coverage ------------------------------------------------------------------------------


@operator("Täckning")
def feedback_that_nobody_gives(site: Site) -> Iterator[Damage]:
    """A method that promises the board feedback is no longer reported by any activity."""
    for metod in site.plan.metoder.values():
        carried = [m for m in named_in(site.plan, metod) if m.från.slag == "aktivitet"]
        changes = without_mentions(carried)
        if metod.återkoppling and carried and changes:
            yield Damage(f"metod {metod.id}", changes, (file_of(metod),))


@operator("Täckning")
def a_new_promise_of_feedback(site: Site) -> Iterator[Damage]:
    for metod in site.plan.metoder.values():
        carried = any(m.från.slag == "aktivitet" for m in named_in(site.plan, metod))
        if not metod.återkoppling and not carried:
            source = [{"dokument": metod.källor[0].dokument, "avsnitt": "Återkoppling"}]
            promise = {"hur": "Nämnden får veta.", "frekvens": {"typ": "löpande"}, "källor": source}
            yield change("lovar återkoppling", metod, edit.put(("återkoppling",), promise))


@operator("Täckning")
def an_activity_that_nothing_explains(site: Site) -> Iterator[Damage]:
    for aktivitet in site.plan.aktiviteter.values():
        grounds = ("metoder", "lagrum", "uppfyller", "uppfyller_delvis")
        fields = [f for f in grounds if getattr(aktivitet, f)]
        if fields:
            edits = (edit.drop(field(aktivitet, name)) for name in fields)
            yield change("ingen grund", aktivitet, *edits)


def answers(plan: Plan, krav: Krav) -> list[Hänvisning]:
    return [m for m in named_in(plan, krav) if m.fält.startswith("uppfyller")]


@operator("Täckning")
def a_requirement_that_nothing_meets(site: Site) -> Iterator[Damage]:
    """All that meets a requirement, in whole or in part, forgets it."""
    for krav in site.plan.krav.values():
        changes: dict[str, list[Edit]] = defaultdict(list)
        for m in answers(site.plan, krav):
            forgets = (
                edit.without(m.väg[:-1], krav.id)
                if m.fält == "uppfyller"
                else edit.without_part(m.väg[:-2], "krav", krav.id)
            )
            changes[file_of(m.från)].append(forgets)
        if changes:
            yield Damage(f"krav {krav.id}", dict(changes), (file_of(krav),))


@operator("Täckning")
def a_requirement_whose_routines_end(site: Site) -> Iterator[Damage]:
    """The routines are all that meets it, and none of them holds any longer."""
    for krav in site.plan.krav.values():
        found = answers(site.plan, krav)
        if found and all(m.från.slag == "rutin" for m in found):
            status = Random(krav.id).choice(("upphörd", "utkast"))
            changes: Changes = {file_of(m.från): [edit.put(("status",), status)] for m in found}
            yield Damage(f"krav {krav.id}: {status}", changes, (file_of(krav),))


@operator("Täckning")
def a_requirement_whose_routine_is_replaced(site: Site) -> Iterator[Damage]:
    """The only routine that meets it is replaced by one that doesn't."""
    for krav in site.plan.krav.values():
        found = answers(site.plan, krav)
        if len(found) == 1 and found[0].från.slag == "rutin":
            rutin = found[0].från
            others = [r.id for r in site.plan.rutiner.values() if r.id != rutin.id]
            put = edit.put(("ersatt_av",), Random(krav.id).choice(others))
            yield change(f"ersatt, enda för {krav.id}", rutin, put)


@operator("Täckning")
def a_requirement_met_in_whole_and_in_part(site: Site) -> Iterator[Damage]:
    for krav in site.plan.krav.values():
        for m in answers(site.plan, krav):
            if m.fält == "uppfyller":
                part = {"krav": krav.id, "saknas": "Tiden sägs inte."}
                yield change(krav.id, m.från, edit.add(field(m.från, "uppfyller_delvis"), part))


@operator("Täckning")
def a_new_requirement(site: Site) -> Iterator[Damage]:
    for krav in site.plan.krav.values():
        yield change("ett till", krav, edit.add_copy(krav.spår.path, {"id": f"{krav.id}-2"}))


@operator("Täckning")
def a_routine_that_nothing_asks_for(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        fields = ("metoder", "aktiviteter", "lagrum", "uppfyller", "uppfyller_delvis")
        own = [edit.drop((name,)) for name in fields if getattr(rutin, name)]
        asked = [m for m in named_in(site.plan, rutin) if m.från.slag not in ("begrepp", "rutin")]
        changes = without_mentions(asked)
        if own and rutin.status != "upphörd" and changes is not None:
            yield Damage(f"rutin {rutin.id}", {**changes, file_of(rutin): [*own]})
