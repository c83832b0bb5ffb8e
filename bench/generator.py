"""Plans of any size: valid, linked and worded like a real one. Same arguments, same bytes.

Everything grows with the number of routines, as it does in a larger municipality: roles, units,
methods, provisions, terms and sources. Some roles own many routines, most of them a few.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from textwrap import wrap
from typing import Any, Final

from bench import prose
from bench.goals import goals
from bench.krav import meeting, requirements

PROJECT: Final = Path(__file__).resolve().parents[1]
#: The day on which a generated plan is checked: its dates lie around it.
TODAY: Final = date(2026, 6, 1)
_YEAR: Final = TODAY.year
_AROUND: Final = ("schemas", "docs", "mkdocs.yml", "macros.py")
_BOARD: Final = "valfardsnamnden"
_ADMINISTRATION: Final = "valfardsforvaltningen"
_EDITION: Final = f"{_BOARD}-{_YEAR}"
#: Text that YAML reads as it stands; all other text gets quotes.
_PLAIN: Final = re.compile(r"(?=.*[a-zåäö]{2})[\w§][\w .,()/–-]*|\d{4}-\d\d")
_WIDTH: Final = 88

Thing = dict[str, Any]


def generate(
    folder: Path,
    *,
    routines: int,
    activities: int | None = None,
    indicators: int = 0,
    krav: int = 0,
    seed: int = 0,
    surroundings: int | None = None,
) -> None:
    """Write a whole plan to `folder`, with the schemas, pages and settings of this project.

    `surroundings` is the number of routines that the rest of the plan is made for, where that
    differs: then the routines alone tell two plans apart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _AROUND:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        else:
            shutil.copy(source, folder / name)
    made = _Plan(seed, surroundings or routines, activities)
    wanted = goals(_BOARD, _YEAR, indicators, made.a_source())
    asked = requirements(krav, made.provisions, made.a_source())
    routine = enumerate(made.routines(routines))
    meets = ((path, meeting(number, data, krav)) for number, (path, data) in routine)
    for path, data in (*made.registers(), *meets, *wanted, *asked):
        file = folder / "plan" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_yaml(path, data), encoding="utf-8", newline="\n")


class _Plan:
    """The things of one plan. What refers to them draws from the ids made here."""

    def __init__(self, seed: int, size: int, activities: int | None) -> None:
        self.random = Random(seed)
        self.seed = seed
        self.sources = tuple(f"handbok-{n + 1}" for n in range(4 + size // 40))
        self.fields = [prose.field(n) for n in range(1 + size // 250)]
        self.departments = tuple(slug(field) for field in self.fields)
        self.units = tuple(slug(prose.unit(n)) for n in range(3 + size // 25))
        self.roles = tuple(slug(prose.role(n)) for n in range(8 + size // 20))
        self.methods = tuple(slug(prose.method(n)) for n in range(4 + size // 12))
        self.statutes = tuple(f"provlag-{n + 1}" for n in range(2 + size // 60))
        self.provisions = tuple(
            f"{statute}-{chapter}-{section}"
            for statute in self.statutes
            for chapter in (1, 2)
            for section in (1, 3, 4)
        )
        self.terms = [prose.term(n) for n in range(10 + size // 4)]
        self.abbreviations = tuple(short for short, _ in self.terms)
        count = 6 + size // 5 if activities is None else activities
        self.activities = tuple(f"aktivitet-{n + 1}" for n in range(max(count, 1)))
        self.parts = tuple(f"delplan-{n + 1}" for n in range(1 + size // 100))

    def registers(self) -> Iterator[tuple[str, Thing]]:
        yield "plan.yml", self._frame()
        yield "utgavor.yml", self._editions()
        yield "organisation.yml", self._organisation()
        yield "arshjul.yml", self._wheel()
        yield "lagrum.yml", self._law()
        yield "begrepp.yml", self._terms()
        yield "kallor.yml", self._sources()
        for number, id in enumerate(self.parts):
            yield f"delplaner/{id}.yml", self._part(number, id)
        for number, id in enumerate(self.methods):
            yield f"metoder/{id}.yml", self._method(number, id)

    def routines(self, count: int) -> Iterator[tuple[str, Thing]]:
        # Each from a seed of its own: the same routine in a plan with more of them, or fewer.
        taken: set[str] = set()
        for number in range(count):
            self.random = Random(f"{self.seed}/{number}")
            title = prose.routine(number)
            id = slug(title)
            assert id not in taken, id
            taken.add(id)
            yield f"rutiner/{id}.yml", self._routine(number, id, title)

    def a_source(self) -> Thing:
        return {"dokument": self.sources[0], "avsnitt": "1 Mål"}

    # Kind by kind

    def _frame(self) -> Thing:
        titles = ("Inledning", "Vem som ansvarar", "Årshjul", "Delplaner", "Så läser man planen")
        return {
            "format": 1,
            "id": _EDITION,
            "utgåva": _EDITION,
            "titel": "Välfärdsnämndens plan för kvalitetsarbete",
            "nämnd": _BOARD,
            "status": "återgivning",
            "gäller_från": date(_YEAR, 1, 1),
            "gäller_till": date(_YEAR, 12, 31),
            "sammanfattning": "En plan som är påhittad, för att mäta med.",
            "kapitel": [
                {
                    "id": slug(title),
                    "nummer": str(number),
                    "titel": title,
                    "text": "\n\n".join(prose.more(self.random, 4) for _ in range(3)),
                    "lagrum": self._some(self.provisions, 1, 3),
                    "källor": self._places(1, 2),
                }
                for number, title in enumerate(titles, 1)
            ],
        }

    def _editions(self) -> Thing:
        decision = {
            "organ": "Välfärdsnämnden",
            "datum": date(_YEAR - 1, 11, 20),
            "paragraf": "§ 112",
            "dnr": f"VFN {_YEAR - 1}-345",
            "justerat": date(_YEAR - 1, 11, 27),
            "laga_kraft": date(_YEAR - 1, 12, 18),
        }
        edition = {
            "id": _EDITION,
            "titel": f"Plan för {_YEAR}",
            "nämnd": _BOARD,
            "typ": "återgivning",
            "gäller_från": date(_YEAR, 1, 1),
            "gäller_till": date(_YEAR, 12, 31),
            "beslut": decision,
            "källor": self._places(1, 1),
        }
        return {"utgåvor": [edition]}

    def _organisation(self) -> Thing:
        return {
            "nämnder": [self._described(_BOARD, "namn", "Välfärdsnämnden")],
            "förvaltningar": [
                {
                    **self._described(_ADMINISTRATION, "namn", "Välfärdsförvaltningen"),
                    "nämnd": _BOARD,
                }
            ],
            "verksamheter": [
                {
                    **self._described(id, "namn", name),
                    "kortnamn": name.split()[0],
                    "förvaltning": _ADMINISTRATION,
                }
                for id, name in (("stod", "Stöd till enskilda"), ("lara", "Lärande för vuxna"))
            ],
            "avdelningar": [
                {
                    **self._described(id, "namn", f"Avdelningen för {field}"),
                    "förvaltning": _ADMINISTRATION,
                    "uppdrag": prose.more(self.random, 3),
                    "lagrum": self._some(self.provisions, 0, 2),
                }
                for id, field in zip(self.departments, self.fields, strict=True)
            ],
            "enheter": [
                {
                    "id": id,
                    "namn": prose.unit(number),
                    "förvaltning": _ADMINISTRATION,
                    # Shared out, here as elsewhere: what nothing uses is a defect.
                    "avdelning": self.departments[number % len(self.departments)],
                    "uppdrag": prose.more(self.random, 3),
                    "roller": list(self.roles[number :: len(self.units)]),
                    "källor": self._places(1, 2),
                }
                for number, id in enumerate(self.units)
            ],
            "utförare": [
                {
                    **self._described(f"utforare-{n + 1}", "namn", f"Utföraren {n + 1}"),
                    "typ": "auktoriserad",
                }
                for n in range(len(self.parts))
            ],
            "roller": [
                {
                    **self._described(id, "titel", prose.role(number)),
                    "hör_till": [self.units[number % len(self.units)]],
                }
                for number, id in enumerate(self.roles)
            ],
        }

    def _described(self, id: str, key: str, name: str) -> Thing:
        about = prose.more(self.random, 2)
        return {"id": id, key: name, "beskrivning": about, "källor": self._places(1, 2)}

    def _wheel(self) -> Thing:
        return {
            "id": f"arshjul-{_YEAR}",
            "år": _YEAR,
            "nämnd": _BOARD,
            "titel": f"Årshjul {_YEAR}",
            "sammanträden": [date(_YEAR, month, 15) for month in range(1, 13)],
            "källor": self._places(1, 1),
            "aktiviteter": [self._activity(number) for number in range(len(self.activities))],
        }

    def _activity(self, number: int) -> Thing:
        month = number % 11 + 2
        dated = number % 8 != 0
        year = {"typ": "löpande", "år": _YEAR}
        period = {"typ": "period", "från": f"{_YEAR}-01", "till": f"{_YEAR}-{month - 1:02}"}
        reported = {"typ": "månad", "månad": f"{_YEAR}-{month:02}"}
        return {
            "id": self.activities[number],
            "titel": prose.activity(self.random),
            "rapporteras": reported if dated else {"typ": "varje_sammanträde"},
            "genomförs": period if dated else year,
            # Among them all, the activities give every role some work.
            "ansvariga": list(self.roles[number :: len(self.activities)])
            or [self.roles[number % len(self.roles)]],
            "verksamheter": ["lara", "stod"][number % 3 == 0 :],
            "metoder": [self.methods[number % len(self.methods)]],
            "källor": self._places(1, 1),
        }

    def _law(self) -> Thing:
        checked = TODAY - timedelta(days=60)
        return {
            "författningar": [
                {
                    "id": id,
                    "nummer": f"SFS {1990 + number % 30}:{number + 1}",
                    "namn": f"Provlagen om {prose.field(number)}",
                    "beskrivning": prose.more(self.random, 2),
                    "gäller_från": date(1990 + number % 30, 7, 1),
                    "kontrollerad": checked,
                    "källor": self._places(1, 1),
                }
                for number, id in enumerate(self.statutes)
            ],
            "lagrum": [
                {
                    "id": id,
                    "författning": id.rsplit("-", 2)[0],
                    "kapitel": id.rsplit("-", 2)[1],
                    "paragraf": id.rsplit("-", 1)[1],
                    "titel": prose.activity(self.random),
                    "säger": prose.why(self.random, "kommunen"),
                    "kontrollerad": checked,
                    "källor": self._places(1, 1),
                }
                for id in self.provisions
            ],
        }

    def _terms(self) -> Thing:
        entries: list[Thing] = []
        for number, (short, words) in enumerate(self.terms):
            stands_for = {"utläses": words.capitalize()} if number % 3 == 0 else {}
            entries.append(
                {
                    "id": slug(short),
                    "term": short,
                    "typ": "förkortning" if stands_for else "begrepp",
                    **stands_for,
                    "förklaring": prose.more(self.random, 2),
                    "källor": self._places(1, 2),
                }
            )
        return {"begrepp": entries}

    def _sources(self) -> Thing:
        return {
            "källor": [
                {
                    "id": id,
                    "titel": f"Handbok {number}",
                    "utgivare": "Välfärdsförvaltningen",
                    "datum": date(_YEAR - 1, number % 12 + 1, 3),
                    "dnr": f"VFN {_YEAR - 1}-{number}",
                    "beskrivning": prose.more(self.random, 2),
                    "var": "Välfärdsnämndens registrator",
                }
                for number, id in enumerate(self.sources, 1)
            ]
        }

    def _part(self, number: int, id: str) -> Thing:
        step = len(self.parts)
        return {
            "id": id,
            "nummer": f"4.{number + 1}",
            "titel": f"Delplan {number + 1}",
            "sammanfattning": prose.more(self.random, 2),
            "verksamheter": [("lara", "stod")[number % 2]],
            "enheter": list(self.units[number::step]),
            "utförare": [f"utforare-{number + 1}"],
            "avsnitt": [
                {
                    "id": f"avsnitt-{n + 1}",
                    "titel": title,
                    "text": "\n\n".join(prose.more(self.random, 3) for _ in range(2)),
                    "källor": self._places(1, 2),
                }
                for n, title in enumerate(("Uppdrag", "Syfte och mål", "Uppföljning"))
            ],
            "metoder": list(self.methods[number::step]),
            "lagrum": self._some(self.provisions, 1, 3),
            "källor": [
                {"dokument": source, "avsnitt": f"Kapitel 4.{number + 1}"}
                for source in self.sources[number::step]
            ]
            or self._places(1, 2),
        }

    def _method(self, number: int, id: str) -> Thing:
        how_often = (
            {"typ": "löpande"},
            {"typ": "vid_behov"},
            {"typ": "antal", "antal": 1 + number % 4, "per": "månad", "gräns": "minst"},
        )
        return {
            "id": id,
            "titel": prose.method(number),
            "syfte": prose.why(self.random, "nämnden"),
            "gör": f"{prose.more(self.random, 3)}\n\n{prose.more(self.random, 2)}",
            "frekvens": how_often[number % 3],
            "ansvariga": self._some(self.roles, 1, 2),
            "utförs_av": self._some(self.units, 1, 2),
            "deltar": self._some(self.roles, 0, 3),
            "kvalitetsområde": ("struktur", "process", "resultat")[number % 3],
            "förbättringssteg": ("planera", "genomföra", "följa_upp", "förbättra")[number % 4],
            "lagrum": self._some(self.provisions, 0, 2),
            "källor": self._places(1, 3),
        }

    def _routine(self, number: int, id: str, title: str) -> Thing:
        random = self.random
        begins = date(_YEAR - 1, 1, 1) + timedelta(days=number * 7 % 365)
        unit = prose.skewed(random, self.units)
        whom = [unit]
        if random.random() < 0.3:
            whom.append(random.choice([u for u in self.units if u != unit]))
        if random.random() < 0.05:
            whom = [prose.skewed(random, self.departments)]
        more: Thing = {}
        if random.random() < 0.2:
            more["gäller_inte_när"] = prose.also(random, self.abbreviations)
        if random.random() < 0.6:
            more["anmärkning"] = prose.more(random, 2)
        if random.random() < 0.4:
            more["blanketter"] = [{"titel": f"Mall för {title.split(' ', 1)[1]}"}]
        if random.random() < 0.3:
            what = prose.also(random, self.abbreviations)
            more["ändringar"] = [{"datum": begins, "vad": what}]
        return {
            "id": id,
            "titel": title,
            "typ": "fullständig",
            "status": "gällande" if number % 3 else "återgiven",
            "syfte": prose.why(random, "verksamheten"),
            "gäller_för": whom,
            "ägare": prose.skewed(random, self.roles),
            "beslutad": begins,
            "gäller_från": begins,
            "ses_över_senast": begins + timedelta(days=730),
            "metoder": self._some(self.methods, 1, 2),
            "aktiviteter": self._some(self.activities, 0, 2),
            "lagrum": self._some(self.provisions, 0, 2),
            "steg": [self._step() for _ in range(random.randint(3, 6))],
            **more,
            "sökord": title.lower().split()[-1:],
            "källor": self._places(1, 3),
        }

    def _step(self) -> Thing:
        random = self.random
        limit: Thing | str = "ej_angivet"
        if random.random() < 0.6:
            limit = {"antal": random.randint(1, 14), "enhet": random.choice(("dag", "vecka"))}
        return {
            "roll": prose.skewed(random, self.roles),
            "gör": prose.act(random, self.abbreviations),
            "inom": limit,
            "källor": self._places(1, 1),
        }

    # What things refer to

    def _some(self, ids: tuple[str, ...], least: int, most: int) -> list[str]:
        count = self.random.randint(least, most)
        return sorted({prose.skewed(self.random, ids) for _ in range(count)})

    def _places(self, least: int, most: int) -> list[Thing]:
        return [
            {
                "dokument": id,
                "avsnitt": f"{self.random.randint(1, 9)}.{self.random.randint(1, 9)} "
                f"Avsnittet om {prose.skewed(self.random, prose.FIELDS)}",
            }
            for id in self._some(self.sources, least, most)
        ]


def as_yaml(path: str, data: Mapping[str, Any]) -> str:
    """Write a file as people write it here: folded texts, short lists on one line."""
    up = "../" * (path.count("/") + 1)
    schema = _SCHEMAS.get(path.split("/")[0], path.removesuffix(".yml"))
    head = f"# yaml-language-server: $schema={up}schemas/{schema}.schema.json"
    return "\n".join([head, *_mapping(data, "")]) + "\n"


_SCHEMAS: Final = {"rutiner": "rutin", "metoder": "metod", "delplaner": "delplan"}


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list):
            yield from _list(key, value, indent)
        else:
            yield from _scalar(key, value, indent)


def _list(key: str, items: list[Any], indent: str) -> Iterator[str]:
    if not items:  # an optional field without values is left out
        return
    if isinstance(items[0], dict):
        yield f"{indent}{key}:"
        for item in items:
            first, *rest = _mapping(item, f"{indent}    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        return
    one_line = f"{indent}{key}: [{', '.join(_word(item) for item in items)}]"
    if len(one_line) <= _WIDTH:
        yield one_line
    else:
        yield f"{indent}{key}:"
        yield from (f"{indent}  - {_word(item)}" for item in items)


def _scalar(key: str, value: Any, indent: str) -> Iterator[str]:
    one_line = f"{indent}{key}: {_word(value)}"
    if "\n" in str(value):
        yield f"{indent}{key}: |-"
        for line in value.split("\n"):
            yield from (f"{indent}  {part}" for part in _wrapped(line, indent) or [""])
    elif len(one_line) <= _WIDTH:
        yield one_line
    else:
        yield f"{indent}{key}: >-"
        yield from (f"{indent}  {part}" for part in _wrapped(value, indent))


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(text, _WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


def slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:80].rstrip("-")


def sizes(folder: Path) -> Iterable[int]:
    """Give the size of each routine's file, in bytes."""
    return [path.stat().st_size for path in sorted((folder / "plan/rutiner").iterdir())]
