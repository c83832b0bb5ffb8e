"""The calendars: what two independent readers find in them, byte by byte and day by day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from ska.check import check
from ska.derived import arbetsar
from ska.model import Plan
from ska.past.history import Historik, Ändrat
from ska.render.calendars import ics
from ska.render.calendars.calendar import Flöde, feeds
from ska.render.calendars.ics import Händelse
from tests.helpers import TODAY, laid_over, site, site_text

WHEEL = "plan/arshjul.yml"
FRAME = "plan/plan.yml"
ROUTINE = "plan/rutiner/rapportera-avvikelse.yml"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def plan_of(*changes: tuple[str, str], path: str = WHEEL, name: str = "full") -> Plan:
    text = site_text(name, path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    plan = check(laid_over({path: text}, name), TODAY).plan
    assert plan is not None
    return plan


def feed(plan: Plan, name: str, historik: Historik | None = None, base: str = "") -> Flöde:
    found = {one.adress: one for one in feeds(plan, historik or {}, base)}
    return found[f"kalender/{name}.ics"]


def dated(event: Händelse) -> tuple[str, date, date]:
    return event.rubrik, event.från, event.till


def find(made: Flöde, *words: str) -> list[Händelse]:
    return [one for one in made.händelser if all(word in one.rubrik for word in words)]


# --- Two readers ---------------------------------------------------------------------------------


def with_icalendar(raw: bytes) -> list[tuple[Any, ...]]:
    read = icalendar.Calendar.from_ical(raw)
    assert not read.errors
    return sorted(
        (
            str(event["UID"]), str(event["SUMMARY"]), str(event.get("DESCRIPTION", "")),
            _moment(event["DTSTART"].dt), _moment(event["DTEND"].dt), str(event["STATUS"]),
            int(event["SEQUENCE"]), event["DTSTAMP"].dt,
            [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")],
        )
        for event in read.walk("VEVENT")
    )  # fmt: skip


def with_vobject(raw: bytes) -> list[tuple[Any, ...]]:
    read = vobject.readOne(raw.decode())
    events = getattr(read, "vevent_list", [])
    return sorted(
        (
            event.uid.value, event.summary.value,
            event.description.value if hasattr(event, "description") else "",
            _moment(event.dtstart.value), _moment(event.dtend.value), event.status.value,
            int(event.sequence.value), event.dtstamp.value,
            [alarm.trigger.value for alarm in getattr(event, "valarm_list", [])],
        )
        for event in events
    )  # fmt: skip


def _moment(value: date) -> date:
    """Compare moments, whatever object says how far they are from Greenwich."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def as_made(events: Iterable[Händelse]) -> list[tuple[Any, ...]]:
    reminder = -timedelta(days=13, hours=15)
    return sorted(
        (
            one.uid, one.rubrik, one.text, _moment(one.från), _moment(one.till), one.status,
            one.nummer, one.ändrad, [reminder] if one.påminnelse else [],
        )
        for one in events
    )  # fmt: skip


PLANS = {
    "full": lambda: plan_of(),
    "minimal": lambda: plan_of(name="minimal"),
    "handlingsplan-2018": lambda: check(site("handlingsplan-2018"), TODAY).plan,
    "med klockslag": lambda: plan_of(
        ("källor:\n  - dokument: verksamhetsplan-2027\n    avsnitt: 3 Årets arbete\nakt",
         "sammanträdestid: {börjar: '13:30', slutar: '16:00'}\n"
         "källor:\n  - dokument: verksamhetsplan-2027\n    avsnitt: 3 Årets arbete\nakt"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", PLANS)
def test_two_readers_find_what_was_made(which: str) -> None:
    made = feeds(PLANS[which](), {}, "https://plan.example.org/ska")
    assert len(made) >= 5
    for one in made:
        raw = one.fil()
        assert with_icalendar(raw) == with_vobject(raw) == as_made(one.händelser), one.adress


def test_text_that_looks_like_calendar_code_stays_text() -> None:
    nasty = 'A; b, c \\n \\\\ "d": END:VEVENT ”å” ' + "ö" * 60
    plan = plan_of(("titel: Verksamhetsberättelse\n", f"titel: '{nasty}'\n"))
    raw = feed(plan, "omsorgsnamnden").fil()
    (report,) = find(feed(plan, "omsorgsnamnden"), "Rapport", "END:VEVENT")
    assert report.rubrik == f"Rapport till nämnden: {nasty}"
    assert report.rubrik in {event[1] for event in with_icalendar(raw)}
    assert report.rubrik in {event[1] for event in with_vobject(raw)}


def test_a_title_of_many_lines_stays_one_value() -> None:
    raw = ics.calendar("Namn\nEND:VCALENDAR", "Ett, två; tre\nX-FEL:1", [])
    read = icalendar.Calendar.from_ical(raw)
    assert str(read["X-WR-CALNAME"]).replace("\\n", "\n") == "Namn\nEND:VCALENDAR"
    assert b"\r\nX-FEL" not in raw
    assert raw.count(b"\r\nEND:VCALENDAR\r\n") == 1


# --- The bytes -----------------------------------------------------------------------------------


def test_lines_are_folded_and_end_as_they_should() -> None:
    for one in feeds(plan_of(), {}, "https://plan.example.org"):
        raw = one.fil()
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
        for line in raw.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()  # no letter is cut in two


def test_the_same_plan_gives_the_same_bytes() -> None:
    first = [one.fil() for one in feeds(plan_of(), {})]
    ics.forget_events()
    assert [one.fil() for one in feeds(plan_of(), {})] == first


def test_the_order_of_the_files_and_of_the_rows_is_of_no_account() -> None:
    text = site_text("full", WHEEL)
    head, _, rows = text.partition("aktiviteter:\n")
    things = re.split(r"(?m)^(?=  - id: )", rows)[1:]
    other = check(
        laid_over({WHEEL: head + "aktiviteter:\n" + "".join(reversed(things))}, "full"), TODAY
    )
    assert other.plan is not None
    for one, two in zip(feeds(plan_of(), {}), feeds(other.plan, {}), strict=True):
        assert sorted(one.händelser, key=lambda e: e.uid) == sorted(
            two.händelser, key=lambda e: e.uid
        )


def test_an_empty_calendar_is_still_a_calendar() -> None:
    raw = ics.calendar("Tom", "Ingenting.", [])
    assert b"BEGIN:VTIMEZONE" in raw
    assert with_icalendar(raw) == []
    assert vobject.readOne(raw.decode()).validate(raiseException=True)


# --- Where events lie ----------------------------------------------------------------------------


def test_a_report_lies_on_the_day_of_the_meeting() -> None:
    (report,) = find(feed(plan_of(), "omsorgsnamnden"), "Rapport", "vårens egenkontroll")
    assert (report.från, report.till) == (date(2027, 6, 16), date(2027, 6, 17))
    assert "Nämnden sammanträder den 16 juni 2027." in report.text
    assert report.påminnelse


def unstated() -> Plan:
    text = site_text("full", WHEEL)
    meetings = text[text.index("sammanträden:") : text.index("källor:")]
    return plan_of((meetings, "sammanträden: ej_angivet\n"))


def test_or_over_the_month_and_says_so() -> None:
    (report,) = find(feed(unstated(), "omsorgsnamnden"), "Rapport", "vårens egenkontroll")
    assert (report.från, report.till) == (date(2027, 6, 1), date(2027, 7, 1))
    assert "därför ligger händelsen över hela juni 2027" in report.text


def test_december_ends_in_the_next_year() -> None:
    (report,) = find(feed(unstated(), "omsorgsnamnden"), "Rapport", "höstens egenkontroll")
    assert (report.från, report.till) == (date(2027, 12, 1), date(2028, 1, 1))


def test_of_two_meetings_in_a_month_nobody_has_said_which() -> None:
    plan = plan_of(("  - 2027-06-16\n", "  - 2027-06-02\n  - 2027-06-16\n"))
    (report,) = find(feed(plan, "omsorgsnamnden"), "Rapport", "vårens egenkontroll")
    assert (report.från, report.till) == (date(2027, 6, 1), date(2027, 7, 1))
    assert "Nämnden sammanträder 2 juni 2027 och 16 juni 2027." in report.text


def test_every_meeting_has_its_report_and_a_part_s_own_months_theirs() -> None:
    reports = find(feed(plan_of(), "omsorgsnamnden"), "Ekonomiskt läge")
    days = plan_of().årshjul.sammanträden
    assert isinstance(days, tuple)
    own = [one for one in reports if one.kategorier == ("Daglig verksamhet",)] or [
        one for one in reports if len(one.kategorier) == 1
    ]
    assert [one.från.month for one in own] == [3, 6, 10]
    rest = [one for one in reports if one not in own]
    assert [one.från for one in rest] == list(days)
    assert len({one.uid for one in reports}) == len(reports)


def test_what_has_no_day_is_named_in_the_calendar_s_description() -> None:
    made = feed(unstated(), "omsorgsnamnden")
    assert not [one for one in find(made, "Ekonomiskt läge") if len(one.kategorier) > 1]
    assert "Rapport från nämndens besök (enligt nämndens plan för besök 2027)" in made.beskrivning
    assert "Verksamhetsberättelse" not in made.beskrivning


def test_work_has_its_period_also_over_new_year() -> None:
    made = feed(plan_of(), "omsorgsnamnden")
    (work,) = find(made, "Arbete pågår", "Verksamhetsberättelse")
    assert (work.från, work.till) == (date(2026, 12, 1), date(2027, 2, 1))
    assert not work.påminnelse
    (year,) = find(made, "Arbete pågår", "avvikelser")
    assert (year.från, year.till) == (date(2026, 1, 1), date(2027, 1, 1))
    assert not find(made, "Arbete pågår", "Ekonomiskt läge")


def test_what_no_source_says_is_left_out() -> None:
    plan = plan_of(
        (
            "      typ: period\n      från: 2026-12\n      till: 2027-01\n",
            "      typ: ej_angivet\n",
        ),
        ("ansvariga: [ekonomichef, forvaltningschef]", "utförs_av: [kvarnen]"),
    )
    (report,) = find(feed(plan, "omsorgsnamnden"), "Verksamhetsberättelse")
    assert report.rubrik.startswith("Rapport till nämnden")
    assert "Ansvarar" not in report.text
    assert f"Görs av: {plan.enheter['kvarnen'].namn}." in report.text
    assert not find(feed(plan, "ekonomichef"), "Verksamhetsberättelse")


def test_every_activity_s_months_are_those_of_the_year() -> None:
    plan = plan_of()
    for aktivitet in plan.aktiviteter.values():
        expected = {(r.månad.år, r.månad.månad) for r in arbetsar.rapporter(plan, aktivitet)}
        events = find(feed(plan, "omsorgsnamnden"), "Rapport", f": {aktivitet.titel}")
        found = {(e.från.year, e.från.month) for e in events if e.rubrik.endswith(aktivitet.titel)}
        assert found == expected


def test_meetings_stand_in_the_board_s_calendar_alone() -> None:
    plan = plan_of()
    days = plan.årshjul.sammanträden
    meetings = find(feed(plan, "omsorgsnamnden"), "sammanträder")
    assert [one.från for one in meetings] == list(days)
    assert all(one.till - one.från == timedelta(1) for one in meetings)
    for one in feeds(plan, {}):
        if one.adress != "kalender/omsorgsnamnden.ics":
            assert not find(one, "sammanträder")


# --- Both changes of the clock -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (datetime(2027, 3, 27, 13, 30, tzinfo=STOCKHOLM), 12),
        (datetime(2027, 3, 28, 1, 30, tzinfo=STOCKHOLM), 0),
        (datetime(2027, 3, 28, 3, 30, tzinfo=STOCKHOLM), 1),
        (datetime(2027, 3, 29, 13, 30, tzinfo=STOCKHOLM), 11),
        (datetime(2027, 10, 30, 13, 30, tzinfo=STOCKHOLM), 11),
        (datetime(2027, 10, 31, 1, 30, tzinfo=STOCKHOLM), 23),
        (datetime(2027, 10, 31, 3, 30, tzinfo=STOCKHOLM), 2),
        (datetime(2027, 11, 1, 13, 30, tzinfo=STOCKHOLM), 12),
    ],
)
def test_a_time_means_the_same_moment_on_either_side(start: datetime, utc: int) -> None:
    event = example(start, start + timedelta(hours=2))
    raw = ics.calendar("Prov", "Prov", [event])
    assert raw.count(b"BEGIN:VTIMEZONE") == 1
    assert f"DTSTART;TZID=Europe/Stockholm:{start:%Y%m%dT%H%M%S}".encode() in raw
    for read in (with_icalendar(raw), with_vobject(raw)):
        assert read[0][3].hour == utc
        assert read[0][3] == start.astimezone(UTC)


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_a_day_is_a_day_whatever_the_clock_does(day: date) -> None:
    raw = ics.calendar("Prov", "Prov", [example(day, day + timedelta(1))])
    assert b"VTIMEZONE" not in raw
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}".encode() in raw
    for read in (with_icalendar(raw), with_vobject(raw)):
        assert read[0][3:5] == (day, day + timedelta(1))


def example(first: date, last: date) -> Händelse:
    changed = datetime(2027, 1, 1, tzinfo=UTC)
    return Händelse("x", "Prov", "", first, last, "CONFIRMED", changed, 0)


def test_the_written_zone_is_that_of_the_table() -> None:
    """The static rules agree with the system's own on every day when the clock may change."""
    raw = ics.calendar("Prov", "Prov", [])
    zone = vobject.readOne(raw.decode()).vtimezone.gettzinfo()
    for year in range(1997, 2041):
        for month in (3, 10):
            for day in range(24, 32):
                noon = datetime(year, month, day, 12)
                assert zone.utcoffset(noon) == STOCKHOLM.utcoffset(noon), noon


def test_meetings_have_their_hours_where_the_plan_states_them() -> None:
    plan = PLANS["med klockslag"]()
    meeting = find(feed(plan, "omsorgsnamnden"), "sammanträder")[2]
    assert meeting.från == datetime(2027, 3, 24, 13, 30, tzinfo=STOCKHOLM)
    assert meeting.till == datetime(2027, 3, 24, 16, 0, tzinfo=STOCKHOLM)
    assert b"VTIMEZONE" in feed(plan, "omsorgsnamnden").fil()
    assert b"VTIMEZONE" not in feed(plan, "ekonomichef").fil()


# --- Whose ---------------------------------------------------------------------------------------


def test_there_is_one_for_the_board_each_administration_unit_and_role() -> None:
    plan = plan_of()
    expected = [plan.ram.nämnd, *plan.förvaltningar, *plan.enheter, *plan.roller, "att-se-over"]
    assert [one.adress for one in feeds(plan, {})] == [f"kalender/{id}.ics" for id in expected]


def test_each_holds_its_slice_of_the_year() -> None:
    plan = plan_of()
    for ting in (*plan.förvaltningar.values(), *plan.enheter.values(), *plan.roller.values()):
        made = feed(plan, ting.id)
        chosen = [a.titel for a in arbetsar.urval(plan, ting)]
        titles = {one.rubrik.partition(": ")[2] for one in made.händelser if ": " in one.rubrik}
        dated = {
            a.titel for a in arbetsar.urval(plan, ting)
            if arbetsar.rapporter(plan, a) or a.genomförs.typ != "återkommande"
        }  # fmt: skip
        assert titles == dated <= set(chosen), ting.id


def test_of_two_kinds_with_one_id_the_later_one_has_its_kind_before_it() -> None:
    plan = plan_of()
    unit, role = next(iter(plan.enheter.values())), next(iter(plan.roller.values()))
    same = replace(unit, id=role.id)
    plan = replace(plan, enheter={**plan.enheter, role.id: same})
    names = [one.adress for one in feeds(plan, {})]
    assert f"kalender/{role.id}.ics" in names
    assert f"kalender/roller-{role.id}.ics" in names
    assert len(names) == len(set(names))


def test_the_same_event_has_the_same_id_in_every_calendar_and_no_other() -> None:
    by_id: dict[str, set[Händelse]] = {}
    for one in feeds(plan_of(), {}):
        assert max(Counter(event.uid for event in one.händelser).values(), default=1) == 1
        for event in one.händelser:
            by_id.setdefault(event.uid, set()).add(event)
    assert all(len(events) == 1 for events in by_id.values())


# --- Proposals, changes and permanent ids --------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected", "prefix"),
    [
        ("utkast", "TENTATIVE", "FÖRSLAG: "),
        ("remiss", "TENTATIVE", "FÖRSLAG: "),
        ("förslag", "TENTATIVE", "FÖRSLAG: "),
        ("beslutad", "CONFIRMED", ""),
        ("återgivning", "CONFIRMED", ""),
        ("upphävd", "CANCELLED", ""),
    ],
)
def test_a_proposal_says_so(status: str, expected: str, prefix: str) -> None:
    plan = plan_of()
    frame = replace(plan.ram, status=status)
    made = feeds(replace(plan, ramar={frame.id: frame}), {})
    for one in (event for found in made for event in found.händelser):
        review = not re.search("Rapport till|Arbete pågår|sammanträder", one.rubrik)
        assert one.status == ("CONFIRMED" if review else expected)
        assert one.rubrik.startswith("FÖRSLAG: ") == bool(prefix and not review)


def at(day: int) -> Ändrat:
    return Ändrat(f"{day:040}", datetime(2027, 1, day, 12, tzinfo=UTC))


def numbers(historik: Historik) -> dict[str, tuple[int, datetime]]:
    made = feed(plan_of(), "omsorgsnamnden", historik)
    return {one.rubrik: (one.nummer, one.ändrad) for one in made.händelser}


def test_the_number_grows_with_the_history_of_the_activity_its_wheel_and_the_frame() -> None:
    plan = plan_of()
    thing = ("aktivitet", "verksamhetsberattelse")
    report = "Rapport till nämnden: Verksamhetsberättelse"
    work = "Arbete pågår: Verksamhetsberättelse"
    steps: list[tuple[Historik, int]] = [
        ({thing: (at(2),)}, 0),
        ({thing: (at(2), at(3))}, 1),
        ({thing: (at(2), at(3)), plan.årshjul.nyckel: (at(1), at(4))}, 2),
        ({thing: (at(2), at(5)), plan.årshjul.nyckel: (at(1), at(4)),
          plan.ram.nyckel: (at(1), at(5), at(6))}, 3),
    ]  # fmt: skip
    for historik, expected in steps:
        found = numbers(historik)
        last = max(change.när for changes in historik.values() for change in changes)
        assert found[report] == found[work] == (expected, last)
        assert found["Rapport till nämnden: Delårsrapport efter april"][0] == 0


def test_without_history_the_plan_s_own_dates_have_to_do() -> None:
    decided = plan_of().utgåvor[plan_of().ram.utgåva].beslut.datum
    assert isinstance(decided, date)
    assert {number for number, _ in numbers({}).values()} == {0}
    assert {when.date() for _, when in numbers({}).values()} == {decided}
    changed = "ändringar:\n  - {datum: 2027-02-01, vad: Ett}\n  - {datum: 2027-02-09, vad: Två}\n"
    text = site_text("full", ROUTINE)
    head = text[text.index("ändringar:") :] if "ändringar:" in text else ""
    assert not head
    plan = plan_of(("steg:\n", f"{changed}steg:\n"), path=ROUTINE)
    (review,) = find(feed(plan, "att-se-over"), "Rapportera en avvikelse")
    assert (review.nummer, review.ändrad) == (2, datetime(2027, 2, 9, tzinfo=UTC))


def test_ids_are_those_that_subscribers_have() -> None:
    """Written down once: an id that changes leaves a dead event in every reader's calendar."""
    made = feed(plan_of(), "omsorgsnamnden")
    known = {one.rubrik: one.uid for one in made.händelser if "Verksamhetsber" in one.rubrik}
    assert known == {
        "Rapport till nämnden: Verksamhetsberättelse": "23a56a24-a8b4-5836-9018-353af6b388a0",
        "Arbete pågår: Verksamhetsberättelse": "ef5faeb1-dc57-5f26-9023-6ab9dd14e58b",
    }


@pytest.mark.parametrize(
    "change",
    [
        ("titel: Verksamhetsberättelse\n", "titel: Något annat\n"),
        ("  - 2027-02-24\n", "  - 2027-02-17\n"),
        ("ansvariga: [ekonomichef, forvaltningschef]", "ansvariga: [ekonomichef]"),
    ],
)
def test_an_event_keeps_its_id_when_it_is_renamed_moved_or_given_to_another(
    change: tuple[str, str],
) -> None:
    def ids(plan: Plan) -> set[str]:
        chosen = plan.aktiviteter["verksamhetsberattelse"]
        return {one.uid for one in find(feed(plan, "omsorgsnamnden"), f": {chosen.titel}")}

    assert ids(plan_of()) == ids(plan_of(change))


def test_next_year_s_event_is_another() -> None:
    plan = plan_of()
    wheel = replace(plan.årshjul, år=2028)
    later = replace(plan, årshjulen={wheel.id: wheel})
    now, then = ({e.uid for e in feed(p, "omsorgsnamnden").händelser} for p in (plan, later))
    assert not now & then
    assert [f.adress for f in feeds(plan, {})] == [f.adress for f in feeds(later, {})]


# --- What is due ---------------------------------------------------------------------------------


def test_a_review_lies_on_its_last_day_with_its_role_and_among_all() -> None:
    plan = plan_of()
    (review,) = find(feed(plan, "kvalitetssamordnare"), "Rapportera en avvikelse")
    assert (review.från, review.till) == (date(2027, 12, 31), date(2028, 1, 1))
    assert review.påminnelse
    assert review in feed(plan, "att-se-over").händelser
    assert review not in feed(plan, "ekonomichef").händelser
    assert find(feed(plan, "att-se-over"), "Kontrollera lydelsen av")


def test_exceptions_of_a_role_and_a_day_are_one_event() -> None:
    path = "plan/undantag.yml"
    text = site_text("full", path)
    (first, *_) = re.findall(r"(?ms)^  - id: .*?(?=^  - id: |\Z)", text)
    second = re.sub("id: .*", "id: ett-till", first, count=1).replace("sak: ", "sak: ", 1)
    plan = plan_of((first, first + second), path=path)
    (event,) = find(feed(plan, "att-se-over"), "undantag")
    assert event.rubrik == "Ta ställning till 2 undantag"
    assert event.text.count("Biståndsenheten finns i två delplaner") == 2
    one, _ = (feed(p, "att-se-over") for p in (plan_of(), plan))
    assert find(one, "undantag")[0].uid == event.uid
    history: Historik = {
        ("undantag", "gammalt"): (at(1), at(2)),
        ("undantag", "ett-till"): (at(3),),
    }
    (later,) = find(feed(plan, "att-se-over", history), "undantag")
    assert later.nummer == 2


def test_the_page_is_named_when_the_site_s_address_is_known() -> None:
    (event,) = find(
        feed(plan_of(), "ekonomichef", base="https://x.example.org/ska/"), "Rapport", "april"
    )
    page = "https://x.example.org/ska/arshjul/delarsrapport-april/"
    assert event.adress == page
    assert event.text.endswith(f"\nLäs mer: {page}")
    (event,) = find(feed(plan_of(), "ekonomichef"), "Rapport", "april")
    assert event.adress == ""
    assert "Läs mer" not in event.text
