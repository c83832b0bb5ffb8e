"""Damage to time: when work is done and reported, how often, and which days a law or plan has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from ska.rules._hjalp import gånger_om_året
from ska.ting import EJ_ANGIVET, Aktivitet, Frekvens, Metod, Månad
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site
from tests.mutations.things import change, field, file_of, named_in, without_mentions


def later(month: Månad, months: int) -> Månad:
    number = month.år * 12 + month.månad - 1 + months
    return Månad(number // 12, number % 12 + 1)


def activities(site: Site) -> Iterator[Aktivitet]:
    yield from site.plan.aktiviteter.values()


# --- Time ----------------------------------------------------------------------------------


@operator("Tid")
def work_that_ends_after_its_report(site: Site) -> Iterator[Damage]:
    for a in activities(site):
        if a.rapporteras.månad and a.genomförs.till:
            months = Random(a.id).randint(1, 3)
            till = later(a.rapporteras.månad, months)
            yield change(f"till {till}", a, edit.put(field(a, "genomförs", "till"), till))


@operator("Tid")
def a_report_before_its_work_is_done(site: Site) -> Iterator[Damage]:
    for a in activities(site):
        if a.rapporteras.månad and a.genomförs.till:
            month = later(a.genomförs.till, -Random(a.id).randint(1, 4))
            put = edit.put(field(a, "rapporteras", "månad"), month)
            yield change(f"rapporteras {month}", a, put)


@operator("Tid")
def a_report_in_a_month_without_a_meeting(site: Site) -> Iterator[Damage]:
    held = site.plan.årshjul.sammanträden
    if held == EJ_ANGIVET:
        return
    months = {day.month for day in held}
    free = [month for month in range(1, 13) if month not in months]
    for a in activities(site):
        done = a.genomförs.till or Månad(site.plan.årshjul.år - 1, 12)
        for month in free:
            if a.rapporteras.månad and Månad(site.plan.årshjul.år, month) >= done:
                new = Månad(site.plan.årshjul.år, month)
                yield change(f"{new}", a, edit.put(field(a, "rapporteras", "månad"), new))


@operator("Tid")
def a_meeting_taken_away(site: Site) -> Iterator[Damage]:
    held = site.plan.årshjul.sammanträden
    reported = {a.rapporteras.månad for a in activities(site)}
    for index, day in enumerate(held if held != EJ_ANGIVET else ()):
        if Månad(day.year, day.month) in reported:
            hjul = site.plan.årshjul
            yield change(f"utan {day}", hjul, edit.drop(field(hjul, "sammanträden", index)))


@operator("Tid")
def a_period_that_ends_before_it_starts(site: Site) -> Iterator[Damage]:
    for a in activities(site):
        work = a.genomförs
        if work.från and work.till and work.från != work.till:
            swap = (edit.put(field(a, "genomförs", "från"), work.till),
                    edit.put(field(a, "genomförs", "till"), work.från))  # fmt: skip
            yield change("omvänd", a, *swap)
    for thing in site.plan.ting():
        start, end = getattr(thing, "gäller_från", None), getattr(thing, "gäller_till", None)
        if type(start) is type(end) and isinstance(start, date | int) and start != end:
            swap = (edit.put(field(thing, "gäller_från"), end),
                    edit.put(field(thing, "gäller_till"), start))  # fmt: skip
            yield change("omvänd", thing, *swap)


@operator("Tid")
def an_activity_outside_the_wheels_year(site: Site) -> Iterator[Damage]:
    for a in activities(site):
        years = Random(a.id).choice((-2, -1, 1, 2))
        if a.rapporteras.månad:
            month = later(a.rapporteras.månad, 12 * years)
            put = edit.put(field(a, "rapporteras", "månad"), month)
            yield change(f"rapporteras {month}", a, put)
        for index, own in enumerate(a.rapporteras.avvikande):
            month = later(own.månader[0], 12 * years)
            put = edit.put(field(a, "rapporteras", "avvikande", index, "månader", 0), month)
            yield change(f"avvikande {month}", a, put)
        if a.genomförs.år:
            put = edit.put(field(a, "genomförs", "år"), a.genomförs.år + 2)
            yield change("löpande för sent", a, put)


@operator("Tid")
def a_wheel_of_another_year(site: Site) -> Iterator[Damage]:
    hjul = site.plan.årshjul
    for years in (-3, -2, 2, 3):
        yield change(f"{hjul.år + years}", hjul, edit.put(field(hjul, "år"), hjul.år + years))


@operator("Tid")
def a_season_that_the_activity_contradicts(site: Site) -> Iterator[Damage]:
    """The activity's period moves half a year, so that its method's season is another."""
    for a in activities(site):
        seasonal = any(site.plan.metoder[m].säsonger for m in a.metoder)
        if seasonal and a.genomförs.från and a.genomförs.till:
            new = [later(month, -6) for month in (a.genomförs.från, a.genomförs.till)]
            puts = (edit.put(field(a, "genomförs", name), month)
                    for name, month in zip(("från", "till"), new, strict=True))  # fmt: skip
            yield change(f"{new[0]}–{new[1]}", a, *puts)


@operator("Tid")
def another_season(site: Site) -> Iterator[Damage]:
    opposite = {"vår": "höst", "höst": "vår", "sommar": "vinter", "vinter": "sommar"}
    for metod in site.plan.metoder.values():
        carried = any(m.från.slag == "aktivitet" for m in named_in(site.plan, metod))
        for index, season in enumerate(metod.säsonger if carried else ()):
            path = ("säsonger", index)
            if len(metod.säsonger) == 1 and season.årstid:
                put = edit.put((*path, "årstid"), opposite[season.årstid])
                yield change("annan årstid", metod, put)
            elif season.månader:
                yield change(f"tid {index + 1} juli", metod, edit.put((*path, "månader"), ["juli"]))
            else:
                put = edit.put((*path, "årstid"), "vinter")
                yield change(f"tid {index + 1} vinter", metod, put)


@operator("Tid")
def editions_that_overlap(site: Site) -> Iterator[Damage]:
    for u in site.plan.utgåvor.values():
        for other in site.plan.utgåvor.values():
            if u is not other and isinstance(other.gäller_till, date) and u.nämnd == other.nämnd:
                days = Random(u.id).randint(1, 200)
                if isinstance(u.gäller_från, date) and other.gäller_till < u.gäller_från:
                    new = u.gäller_från + timedelta(days=days)
                    put = edit.put(field(other, "gäller_till"), new)
                    yield change(f"till {new}", other, put)
                    new = other.gäller_till - timedelta(days=days)
                    yield change(f"från {new}", u, edit.put(field(u, "gäller_från"), new))


@operator("Tid")
def editions_with_a_hole(site: Site) -> Iterator[Damage]:
    starts = {u.gäller_från for u in site.plan.utgåvor.values() if u.gäller_från != EJ_ANGIVET}
    for u in site.plan.utgåvor.values():
        if isinstance(u.gäller_till, date) and u.gäller_till + timedelta(days=1) in starts:
            new = u.gäller_till - timedelta(days=Random(u.id).randint(2, 90))
            yield change(f"till {new}", u, edit.put(field(u, "gäller_till"), new))
    before = min(starts, default=None)
    for u in site.plan.utgåvor.values():
        if isinstance(u.gäller_från, date) and u.gäller_från != before:
            new = u.gäller_från + timedelta(days=Random(u.id).randint(2, 90))
            yield change(f"från {new}", u, edit.put(field(u, "gäller_från"), new))


# --- Frequency -----------------------------------------------------------------------------


def counted(site: Site) -> Iterator[tuple[Metod, Frekvens, tuple[str, ...]]]:
    """Yield each method whose number of reports the wheel shows, and where it says the number."""
    for metod in site.plan.metoder.values():
        carriers = [m.från for m in named_in(site.plan, metod) if m.från.slag == "aktivitet"]
        dated = all(isinstance(a, Aktivitet) and a.rapporteras.typ == "månad" for a in carriers)
        promise = metod.återkoppling.frekvens if metod.återkoppling else metod.frekvens
        path = ("återkoppling", "frekvens") if metod.återkoppling else ("frekvens",)
        promised = metod.återkoppling or promise.per == "år"
        sound = metod.nyckel not in site.disputed
        if carriers and dated and promised and sound and gånger_om_året(promise):
            yield metod, promise, path


@operator("Frekvens")
def another_number_of_reports(site: Site) -> Iterator[Damage]:
    for metod, promise, path in counted(site):
        assert promise.antal
        for more in (2, 5):
            put = edit.put((*path, "antal"), promise.antal + more)
            yield change(f"{promise.antal + more} gånger", metod, put)


@operator("Frekvens")
def another_period_of_reports(site: Site) -> Iterator[Damage]:
    for metod, promise, path in counted(site):
        for per in ("kvartal", "månad") if metod.återkoppling else ():
            if per != promise.per:
                yield change(f"per {per}", metod, edit.put((*path, "per"), per))


@operator("Frekvens")
def one_report_fewer(site: Site) -> Iterator[Damage]:
    for metod, promise, _ in counted(site):
        carried = [m for m in named_in(site.plan, metod) if m.från.slag == "aktivitet"]
        for m in carried if promise.gräns == "exakt" and len(carried) > 1 else ():
            changes = without_mentions([m])
            left = [site.plan.aktiviteter[o.från.id].verksamheter for o in carried if o is not m]
            own = site.plan.aktiviteter[m.från.id].verksamheter
            if changes and all(set(own) <= set(parts) for parts in left):
                yield Damage(f"metod {metod.id} utan {m.från.id}", changes, (file_of(metod),))


@operator("Frekvens")
def one_report_more(site: Site) -> Iterator[Damage]:
    for metod, promise, _ in counted(site):
        carriers = [m.från for m in named_in(site.plan, metod) if m.från.slag == "aktivitet"]
        other = next((a for a in activities(site)
                      if a.rapporteras.månad and metod.id not in a.metoder
                      and all(isinstance(c, Aktivitet)
                              and c.rapporteras.månad != a.rapporteras.månad
                              for c in carriers)
                      and any(isinstance(c, Aktivitet) and set(c.verksamheter) & set(a.verksamheter)
                              for c in carriers)), None)  # fmt: skip
        if other and promise.gräns == "exakt":
            yield change(f"även {metod.id}", other, edit.add(field(other, "metoder"), metod.id))


def not_as(own: Frekvens) -> dict[str, object] | None:
    """Return a frequency that contradicts another; None where that can't be."""
    if own.typ != "antal" or not own.antal or (own.gräns == "minst" and own.antal == 1):
        return None
    antal = own.antal - 1 if own.gräns == "minst" else own.antal + 3
    return {"typ": "antal", "antal": antal, "per": own.per}


@operator("Frekvens")
def another_frequency_in_a_sub_plan(site: Site) -> Iterator[Damage]:
    for delplan in site.plan.delplaner.values():
        for index, forum in enumerate(delplan.forum):
            own = site.plan.metoder[forum.metod].frekvens if forum.metod else None
            often = own and not_as(own)
            if often:
                put = edit.put(("forum", index, "frekvens"), often)
                yield change(f"{forum.metod} {often['antal']}", delplan, put)


@operator("Frekvens")
def another_frequency_in_the_method(site: Site) -> Iterator[Damage]:
    for metod in site.plan.metoder.values():
        forums = [m for m in named_in(site.plan, metod) if m.fält == "forum.metod"]
        stated = [
            m for m in forums
            if site.plan.delplaner[m.från.id].forum[int(m.väg[1])].frekvens.typ == "antal"
        ]  # fmt: skip
        if stated and metod.frekvens.typ == "antal" and metod.frekvens.antal:
            put = edit.put(("frekvens", "antal"), metod.frekvens.antal + 4)
            yield change("oftare", metod, put)


@operator("Frekvens")
def a_difference_that_says_another_number(site: Site) -> Iterator[Damage]:
    for metod in site.plan.metoder.values():
        often = not_as(metod.frekvens)
        if often:
            for m in named_in(site.plan, metod):
                if m.från.slag == "delplan" and m.fält == "metoder":
                    source = [{"dokument": metod.källor[0].dokument, "avsnitt": "Metoderna"}]
                    item = {"delplan": m.från.id, "vad": "Det görs oftare.", "frekvens": often,
                            "källor": source}  # fmt: skip
                    yield change(f"i {m.från.id}", metod, edit.add(("skillnader",), item))


# --- Law -----------------------------------------------------------------------------------


def cited(site: Site) -> set[tuple[str, str]]:
    """Return the laws and provisions that something outside the register relies on."""
    register = ("lagrum", "författning")
    return {
        m.till.nyckel
        for m in site.plan.hänvisningar
        if m.till.slag in register and m.från.slag not in (*register, "begrepp")
    }


@operator("Lag")
def a_law_repealed_before_the_plan(site: Site) -> Iterator[Damage]:
    day = site.plan.ram.gäller_från - timedelta(days=400)
    for thing in site.plan.ting():
        if thing.nyckel in cited(site) and not thing.upphävd:
            edits = [edit.put(field(thing, "upphävd"), day)]
            if thing.slag == "författning":
                edits.append(edit.put(field(thing, "gäller_från"), day - timedelta(days=2000)))
            yield change(f"upphävd {day}", thing, *edits)


@operator("Lag")
def a_law_repealed_during_the_plan(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if thing.nyckel in cited(site) and not thing.upphävd:
            day = site.plan.ram.gäller_från + timedelta(days=Random(thing.id).randint(10, 300))
            yield change(f"upphävd {day}", thing, edit.put(field(thing, "upphävd"), day))


@operator("Lag")
def a_repeal_without_a_replacement(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        law = thing.slag in ("lagrum", "författning")
        if law and thing.upphävd and thing.ersatt_av not in ((), None, EJ_ANGIVET):
            yield change("ingen ersättare", thing, edit.drop(field(thing, "ersatt_av")))


@operator("Lag")
def a_replacement_without_a_repeal(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if thing.slag == "författning" and thing.upphävd and thing.ersatt_av:
            yield change("inte upphävd", thing, edit.drop(field(thing, "upphävd")))


@operator("Lag")
def a_replacement_that_was_repealed_before(site: Site) -> Iterator[Damage]:
    for thing in site.plan.författningar.values():
        new = site.plan.författningar.get(thing.ersatt_av or "")
        if thing.upphävd and new and not new.upphävd:
            day = thing.upphävd - timedelta(days=Random(thing.id).randint(40, 400))
            edits = [edit.put(field(new, "upphävd"), day)]
            edits += [edit.put(field(new, "gäller_från"), day - timedelta(days=900))]
            yield change(f"upphävd {day}", new, *edits)


@operator("Lag")
def a_law_not_checked_for_long(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        if thing.nyckel in site.disputed:  # an exception accepts that it isn't checked
            continue
        if thing.slag in ("lagrum", "författning") and not thing.upphävd:
            day = site.today - timedelta(days=Random(thing.id).randint(370, 900))
            whole = site.plan.författningar.get(getattr(thing, "författning", ""))
            if not (whole and whole.upphävd):
                yield change(f"{day}", thing, edit.put(field(thing, "kontrollerad"), day))


@operator("Lag")
def a_law_never_checked(site: Site) -> Iterator[Damage]:
    for thing in site.plan.ting():
        sound = thing.nyckel in cited(site) and thing.nyckel not in site.disputed
        if sound and thing.kontrollerad != EJ_ANGIVET:
            yield change("aldrig", thing, edit.put(field(thing, "kontrollerad"), EJ_ANGIVET))


@operator("Lag")
def a_law_amended_since_it_was_read(site: Site) -> Iterator[Damage]:
    for lagrum in site.plan.lagrum.values():
        if isinstance(lagrum.kontrollerad, date):
            day = lagrum.kontrollerad + timedelta(days=Random(lagrum.id).randint(1, 300))
            edits = [edit.put(field(lagrum, "lydelse_från"), day)]
            if not lagrum.lydelse:
                edits.append(edit.put(field(lagrum, "lydelse"), f"SFS {day.year}:1"))
            yield change(f"lydelse från {day}", lagrum, *edits)


@operator("Lag")
def a_wrong_degree_of_replacement(site: Site) -> Iterator[Damage]:
    for thing in (*site.plan.författningar.values(), *site.plan.lagrum.values()):
        replaced = thing.ersatt_av not in ((), None, EJ_ANGIVET)
        wrong = "inte" if replaced else Random(thing.id).choice(("helt", "delvis"))
        yield change(wrong, thing, edit.put(field(thing, "ersatt"), wrong))


# --- Routines ------------------------------------------------------------------------------


@operator("Rutiner")
def a_review_gone_by(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        if rutin.status in ("gällande", "återgiven"):
            day = site.today - timedelta(days=Random(rutin.id).randint(1, 700))
            yield change(f"{day}", rutin, edit.put(("ses_över_senast",), day))


@operator("Rutiner")
def an_accessibility_statement_gone_by(site: Site) -> Iterator[Damage]:
    for ting in site.plan.redogörelser.values():
        day = site.today - timedelta(days=Random(ting.id).randint(1, 700))
        put = (edit.put(("bedömd",), day - timedelta(days=365)), edit.put(("bedöms_senast",), day))
        yield change(f"{day}", ting, *put)


@operator("Rutiner")
def an_accessibility_statement_that_claims_too_much(site: Site) -> Iterator[Damage]:
    for ting in site.plan.redogörelser.values():
        yield change("helt", ting, edit.put(("efterlevnad",), "helt"))


@operator("Rutiner")
def in_force_without_a_decision(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        if rutin.status in ("gällande", "återgiven"):
            edits = [edit.put(("status",), "gällande"), edit.put(("beslutad",), EJ_ANGIVET)]
            yield change("inget beslut", rutin, *edits)


@operator("Rutiner")
def in_force_later_than_it_is_used(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        used = [site.plan.aktiviteter[id] for id in rutin.aktiviteter]
        done = [a.genomförs.till for a in used if a.genomförs.till]
        if done and rutin.status in ("gällande", "återgiven"):
            month = later(min(done), Random(rutin.id).randint(1, 5))
            edits = [edit.put(("gäller_från",), f"{month}-01")]
            yield change(f"{month}", rutin, *edits)


@operator("Rutiner")
def in_force_after_the_plan(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        if rutin.status in ("gällande", "återgiven"):
            day = site.plan.ram.gäller_till + timedelta(days=Random(rutin.id).randint(20, 400))
            yield change(f"{day}", rutin, edit.put(("gäller_från",), day))


@operator("Rutiner")
def replaced_by_nothing(site: Site) -> Iterator[Damage]:
    for rutin in site.plan.rutiner.values():
        edits = [edit.put(("status",), "upphörd")]
        edits += [
            edit.drop((name,)) for name in ("ersatt_av", "anmärkning") if getattr(rutin, name)
        ]
        yield change("upphörd", rutin, *edits)


# --- Decisions -----------------------------------------------------------------------------


@operator("Beslut")
def a_decision_without_its_facts(site: Site) -> Iterator[Damage]:
    for u in site.plan.utgåvor.values():
        for name in ("organ", "datum", "paragraf", "dnr"):
            if u.typ == "beslutad" and getattr(u.beslut, name) != EJ_ANGIVET:
                put = edit.put(field(u, "beslut", name), EJ_ANGIVET)
                yield change(f"utan {name}", u, put)


@operator("Beslut")
def called_decided(site: Site) -> Iterator[Damage]:
    """An edition whose decision isn't known is called decided by us."""
    for u in site.plan.utgåvor.values():
        unknown = EJ_ANGIVET in (u.beslut.organ, u.beslut.datum, u.beslut.paragraf, u.beslut.dnr)
        if u.typ != "beslutad" and unknown:
            yield change("beslutad", u, edit.put(field(u, "typ"), "beslutad"))


@operator("Beslut")
def another_status_than_the_register(site: Site) -> Iterator[Damage]:
    own = site.plan.ram.status
    drafts = ("utkast", "förslag", "remiss") if own == "beslutad" else ()
    for status in ("beslutad", "återgivning", *drafts):
        if status != own:
            yield change(status, site.plan.ram, edit.put(("status",), status))


@operator("Beslut")
def another_period_than_the_register(site: Site) -> Iterator[Damage]:
    ram = site.plan.ram
    known = site.plan.utgåvor[ram.utgåva]
    for name in ("gäller_från", "gäller_till"):
        if not isinstance(getattr(known, name), date):
            continue
        day = getattr(ram, name) - timedelta(days=30)
        yield change(f"{name} {day}", ram, edit.put((name,), day))


@operator("Beslut")
def repealed_on_no_day(site: Site) -> Iterator[Damage]:
    ram = site.plan.ram
    known = site.plan.utgåvor[ram.utgåva]
    if known.upphävd is None:
        path = file_of(known)
        found = change("upphävd", ram, edit.put(("status",), "upphävd"))
        yield Damage(found.place, found.changes, (path,))


@operator("Beslut")
def days_in_an_impossible_order(site: Site) -> Iterator[Damage]:
    for u in site.plan.utgåvor.values():
        b, random = u.beslut, Random(u.id)
        for first, then in (
            ("datum", "justerat"),
            ("justerat", "laga_kraft"),
            ("datum", "laga_kraft"),
        ):
            if isinstance(getattr(b, first), date):
                day = getattr(b, first) - timedelta(days=random.randint(1, 60))
                yield change(f"{then} {day}", u, edit.put(field(u, "beslut", then), day))
        if isinstance(u.gäller_från, date):
            day = u.gäller_från + timedelta(days=random.randint(1, 60))
            yield change(f"datum {day}", u, edit.put(field(u, "beslut", "datum"), day))
    for rutin in site.plan.rutiner.values():
        if isinstance(rutin.gäller_från, date):
            day = rutin.gäller_från + timedelta(days=Random(rutin.id).randint(1, 60))
            yield change(f"beslutad {day}", rutin, edit.put(("beslutad",), day))


@operator("Beslut")
def decided_content_changed(site: Site) -> Iterator[Damage]:
    """A text or a responsibility in what the board decided is another than it decided."""
    if site.plan.ram.status != "beslutad":
        return
    decided = ("plan", "kapitel", "aktivitet", "delplan", "metod")
    free = {"källor", "motsägelser", "anmärkning", "sökord"}
    for text in site.plan.texter:
        if text.ting.slag in decided and free.isdisjoint(text.fält) and len(text.text) < 140:
            put = edit.put(text.väg, edit.Quoted(f"{text.text} Inte alls."))
            yield change("/".join(text.fält), text.ting, put)
    for m in site.plan.hänvisningar:
        if m.från.slag in ("aktivitet", "metod") and m.fält == "ansvariga":
            heir = Random(str(m.väg)).choice(list(site.plan.roller))
            names = getattr(m.från, "ansvariga", ())
            if heir not in names:
                yield change(f"{m.fält} {heir}", m.från, edit.put(m.väg, heir))
