"""Damage to words: what may not be published, what is hard to read; and exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from ska.model import Text
from ska.rules._hjalp import egna_ord
from ska.ting import Begrepp
from tests.mutations import edit
from tests.mutations.damage import Damage, operator
from tests.mutations.sites import Site
from tests.mutations.things import change, file_of

#: How much a text may be lengthened without becoming too long for its field.
ROOM = 160


def luhn(digits: str) -> str:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def persons_number(random: Random, coordination: bool = False) -> tuple[str, str, str, str]:
    """Invent a century, a year, a month with a day, and four digits that go with them."""
    day = random.randint(1, 28) + 60 * coordination
    date = f"{random.randint(10, 99)}{random.randint(1, 12):02}{day:02}"
    number = f"{random.randint(0, 999):03}"
    return random.choice(("19", "20", "18", "29")), date[:2], date[2:], number + luhn(date + number)


def lengthened(text: Text, more: str) -> Damage:
    new = f"{text.text.rstrip()} {more}"
    put = edit.put(text.väg, edit.Quoted(new))
    return change(f"{'/'.join(text.fält)} {more[:40]}", text.ting, put)


def roomy(texts: Iterator[Text] | tuple[Text, ...], more: str) -> Iterator[Text]:
    for text in texts:
        if len(text.text) + len(more) < ROOM and text.fält[-1] not in ("lydelse", "version"):
            yield text


# --- Privacy -------------------------------------------------------------------------------

FORMS = (
    "{century}{year}{day}-{last}", "{century}{year}{day}{last}", "{year}{day}-{last}",
    "{year}{day}{last}", "{year}{day}+{last}", "{year}{day} {last}", "{century}{year}{day} {last}",
    "{year}{day}–{last}", "{century} {year}{day}-{last}", "{year}{day} - {last}",
    "{century}{year}-{month}-{mday}-{last}", "{century}{year}{day}+{last}",
)  # fmt: skip


@operator("Integritet")
def a_persons_number(site: Site) -> Iterator[Damage]:
    for form in FORMS:
        for text in roomy(site.plan.texter, "x" * 40):
            random = Random(f"{form}{text.väg}")
            century, year, day, last = persons_number(random)
            number = form.format(
                century=century, year=year, day=day, month=day[:2], mday=day[2:], last=last
            )
            yield lengthened(text, f"Det gäller {number}.")


@operator("Integritet")
def a_coordination_number(site: Site) -> Iterator[Damage]:
    for text in roomy(site.plan.texter, "x" * 40):
        century, year, day, last = persons_number(Random(str(text.väg)), coordination=True)
        yield lengthened(text, f"Det gäller {century}{year}{day}-{last}.")


@operator("Integritet")
def a_persons_address(site: Site) -> Iterator[Damage]:
    names = ("eva.nilsson", "Erik.Berg", "anna-karin.lind", "ola_svensson", "annlin02", "k.ek")
    for text in roomy(site.plan.texter, "x" * 50):
        name = Random(str(text.väg)).choice(names)
        yield lengthened(text, f"Skriv till {name}@exempel.example.")


@operator("Integritet")
def a_persons_telephone(site: Site) -> Iterator[Damage]:
    numbers = (
        "013-20 60 00", "070-123 45 67", "0701234567", "+46 70 123 45 67", "08-123 456 78",
        "+4613206000", "0480-123 45", "073 123 45 67", "070/123 45 67", "0046 13 20 60 00",
    )  # fmt: skip
    for text in roomy(site.plan.texter, "x" * 40):
        number = Random(str(text.väg)).choice(numbers)
        yield lengthened(text, f"Ring {number}.")


@operator("Integritet")
def a_count_so_small_that_it_points(site: Site) -> Iterator[Damage]:
    for report in site.plan.avvikelser.values():
        for i, count in enumerate(report.räkningar):
            small = Random(f"{report.id}{count.id}").randint(1, 4)
            whose = edit.put(("räkningar", i, "handlar_om"), "personer")
            put = edit.put(("räkningar", i, "antal"), small)
            drop = [edit.drop(("räkningar", i, "poster"))] if count.poster else []
            yield change(f"{count.id} {small}", report, whose, put, *drop)
            for j, part in enumerate(count.poster):
                put = edit.put(("räkningar", i, "poster", j, "antal"), small)
                yield change(f"{count.id} {part.titel} {small}", report, whose, put)


# --- Language ------------------------------------------------------------------------------


@operator("Språk")
def a_discouraged_form(site: Site) -> Iterator[Damage]:
    forms = [form for b in site.plan.begrepp.values() for form in b.avrådda_former]
    for text in roomy(egna_ord(site.plan), "x" * 60) if forms else ():
        form = Random(str(text.väg)).choice(forms)
        if not (isinstance(text.ting, Begrepp) and form in text.ting.avrådda_former):
            yield lengthened(text, f"Se {form}.")


@operator("Språk")
def an_abbreviation_never_explained(site: Site) -> Iterator[Damage]:
    for text in roomy(egna_ord(site.plan), "x" * 40):
        random = Random(str(text.väg))
        letters = "".join(random.choice("BDFGHJKLQZ") for _ in range(random.randint(2, 6)))
        if text.ting.slag not in ("begrepp",) and text.fält[-1] not in ("namn", "kortnamn"):
            yield lengthened(text, f"Arbetet följer {letters}.")


@operator("Språk")
def a_sentence_too_long(site: Site) -> Iterator[Damage]:
    more = (
        "Den som arbetar i verksamheten och som märker att något har blivit fel, eller som tror "
        "att något kan bli fel, ska så snart det går, dock senast nästa dag, tala om det för sin "
        "närmaste chef, som sedan i sin tur tar ställning till vad som behöver göras."
    )
    for text in egna_ord(site.plan):
        if text.fält[-1] in ("text", "gör", "anmärkning", "beskrivning", "syfte", "förklaring"):
            new = edit.Quoted(f"{text.text.rstrip()} {more}")
            yield change("/".join(text.fält), text.ting, edit.put(text.väg, new))


@operator("Lag")
def a_regulation_not_in_the_register(site: Site) -> Iterator[Damage]:
    for text in roomy(egna_ord(site.plan), "x" * 50):
        random = Random(str(text.väg))
        number = f"{random.randint(1950, 1989)}:{random.randint(1001, 1999)}"
        cited = random.choice((f"SFS {number}", f"lagen ({number})", f"SOSFS {number}"))
        if text.ting.slag not in ("undantag", "författning"):
            yield lengthened(text, f"Det följer av {cited}.")


@operator("Lag")
def a_law_cited_without_its_id(site: Site) -> Iterator[Damage]:
    """A text comes to name a law of the register, or a provision, that its thing doesn't name."""
    laws = [f for f in site.plan.författningar.values() if f.namn.split(" (")[0].endswith("lagen")]
    places = [lagrum for lagrum in site.plan.lagrum.values() if lagrum.kapitel]
    for text in roomy(egna_ord(site.plan), "x" * 60):
        random = Random(f"{text.ting.nyckel} {text.väg}")
        skipped = ("undantag", "författning", "lagrum", "källa", "upphört")
        if text.ting.slag in skipped or text.fält[-1] in ("term", "utläses"):
            continue
        if any(
            m.till.slag in ("författning", "lagrum")
            for m in site.plan.från.get(text.ting.nyckel, ())
        ):
            continue
        if laws and random.random() < 0.5:
            name = random.choice(laws).namn.split(" (")[0]
            yield lengthened(text, f"Så säger {name[0].lower()}{name[1:]}.")
        elif places:
            place = random.choice(places)
            section = f" {place.paragraf} §" if place.paragraf else ""
            yield lengthened(text, f"Se {place.kapitel} kap.{section}.")


# --- Exceptions ----------------------------------------------------------------------------


@operator("Undantag")
def an_exception_past_its_last_day(site: Site) -> Iterator[Damage]:
    found = {(p.rule, p.thing) for p in site.checked({"plan/undantag.yml": None}).problems}
    for undantag in site.plan.undantag.values():
        if (undantag.regel, (undantag.sakslag, undantag.sak)) not in found:
            continue  # it accepts what time will bring
        day = site.today - timedelta(days=Random(undantag.id).randint(1, 300))
        yield change(f"{day}", undantag, edit.put((*undantag.spår.path, "gäller_till"), day))


@operator("Undantag")
def an_exception_for_another_thing(site: Site) -> Iterator[Damage]:
    """It names a thing that exists and has no such defect."""
    used = {(u.regel, u.sakslag, u.sak) for u in site.plan.undantag.values()}
    for undantag in site.plan.undantag.values():
        for thing in site.plan.ting():
            same = thing.slag == undantag.sakslag and thing.id != undantag.sak
            if same and (undantag.regel, thing.slag, thing.id) not in used:
                put = edit.put((*undantag.spår.path, "sak"), thing.id)
                yield change(thing.id, undantag, put)


@operator("Undantag")
def an_exception_for_another_rule(site: Site) -> Iterator[Damage]:
    for undantag in site.plan.undantag.values():
        for regel in ("for-lang-mening", "personnummer", "dubbelt-id"):
            if regel != undantag.regel:
                put = edit.put((*undantag.spår.path, "regel"), regel)
                yield change(regel, undantag, put)


@operator("Undantag")
def a_new_exception_that_nothing_needs(site: Site) -> Iterator[Damage]:
    roles = sorted(site.plan.roller)
    for thing in [*site.plan.rutiner.values(), *site.plan.metoder.values()]:
        item = {
            "id": f"nytt-{thing.id}", "titel": "Nytt undantag", "regel": "dubbelt-id",
            "sakslag": thing.slag, "sak": thing.id, "skäl": "Det behövs inte.",
            "godtaget_av": Random(thing.id).choice(roles), "gäller_till": "2029-12-31",
        }  # fmt: skip
        path = "plan/undantag.yml"
        if path in site.tree.plan:
            yield Damage(thing.id, {path: [edit.add(("undantag",), item)]})
        else:
            raw = edit.rewritten(b"undantag: []\n", [edit.put(("undantag",), [item])])
            yield Damage(thing.id, {path: raw})


@operator("Undantag")
def an_exception_for_what_does_not_exist(site: Site) -> Iterator[Damage]:
    for undantag in site.plan.undantag.values():
        for name, value in (("sak", "finns-inte"), ("regel", "ingen-regel")):
            put = edit.put((*undantag.spår.path, name), value)
            yield change(f"{name} {value}", undantag, put)


@operator("Undantag")
def what_was_excepted_is_mended(site: Site) -> Iterator[Damage]:
    """The thing that an exception is about has been put right; the exception lingers."""
    for undantag in site.plan.undantag.values():
        if undantag.regel == "enhet-i-tva-delplaner":
            for delplan in site.plan.delplaner.values():
                if undantag.sak in delplan.enheter and len(delplan.enheter) > 1:
                    changed = edit.without(("enheter",), undantag.sak)
                    place = f"{undantag.sak} inte längre i {delplan.id}"
                    yield Damage(place, {file_of(delplan): [changed]}, (file_of(undantag),))
