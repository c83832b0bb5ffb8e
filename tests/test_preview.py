"""A proposal shown on the site: what it changes, on which pages it says so, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ska.changes.marked import Mening
from ska.changes.sides import TOMT, Par
from ska.check import load
from ska.files.git import RevisionError, fork_point, read_revision
from ska.files.tree import read_schemas, read_tree
from ska.model import Plan
from ska.proposal import Bas, Förslag, propose
from ska.reading import schema
from ska.reading.forms import former
from ska.reading.schema import bodies_of
from ska.render import leder, tree
from ska.render.gemensamt import Settings
from ska.render.page import Page
from ska.site.prepared import Order, SiteError, prepare
from ska.ting import Indikator, Nyckel
from tests.browser.planted import planted
from tests.building import Built, pages, ska, small
from tests.helpers import TODAY, laid_over, minimal, minimal_text
from tests.repository import commit, git, write

KINDS = schema.load(minimal().schemas)
BODIES = bodies_of(KINDS)
FORMS = former(BODIES)
WHEEL, METHOD = "plan/arshjul.yml", "plan/metoder/klagomal.yml"
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
ACTIVITY: Nyckel = ("aktivitet", "uppfoljning-klagomal")
LETTER = "forslag/index.md"


def plan_of(files: dict[str, str | None]) -> Plan:
    plan = load(laid_over(dict(files))).plan
    assert plan is not None
    return plan


def edited(path: str, old: str, new: str) -> dict[str, str | None]:
    text = minimal_text(path)
    assert old in text
    return {path: text.replace(old, new, 1)}


def proposed(files: dict[str, str | None], before: dict[str, str | None] | None = None) -> Förslag:
    return propose(Bas("main"), plan_of(before or {}), plan_of(files), FORMS)


def rendered(files: dict[str, str | None], before: dict[str, str | None] | None = None
             ) -> dict[str, Page]:  # fmt: skip
    settings = Settings(TODAY, förslag=proposed(files, before))
    return tree.pages(plan_of(files), BODIES, settings)


def part_of(body: str, anchor: str) -> str:
    return body.partition(f'id="{anchor}"')[2].partition('<div class="ska-andrad">')[0]


def text(mening: Mening) -> str:
    sign = {"": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    return "".join(sign[bit.märke].format(bit.text) for bit in mening)


def rows(pairs: Iterable[Par]) -> list[tuple[str, str, str]]:
    return [(par.uppgift, text(par.före), text(par.efter)) for par in pairs]


LATER = edited(WHEEL, "månad: 2026-03", "månad: 2026-05")


# --- Side by side ----------------------------------------------------------------------------


def test_a_month_stands_on_both_sides() -> None:
    assert rows(proposed(LATER).sidor[ACTIVITY]) == [
        ("Rapporteras", "[-mars 2026-]", "[+maj 2026+]")
    ]


def test_of_a_text_each_side_has_its_own_words_marked() -> None:
    old = "Den som klagar ska få svar."
    new = edited(ROUTINE, old, "Den som klagar får alltid svar.")
    (row,) = rows(proposed(new).sidor["rutin", "ta-emot-klagomal"])
    assert row == (
        "Syfte",
        "Den som klagar [-ska få-] svar.",
        "Den som klagar [+får alltid+] svar.",
    )


def test_of_a_list_only_what_differs_is_marked() -> None:
    roles = minimal_text("plan/organisation.yml")
    assert "id: enhetschef" in roles
    extra = roles.replace(
        "  - id: enhetschef", "  - id: rektor\n    titel: Rektor\n    beskrivning: Leder.\n"
        "    källor: [{dokument: exempelplan, avsnitt: 4 Exempel}]\n  - id: enhetschef", 1,
    )  # fmt: skip
    new = edited(METHOD, "ansvariga:\n  - enhetschef", "ansvariga:\n  - enhetschef\n  - rektor")
    made = proposed({**new, "plan/organisation.yml": extra})
    assert rows(made.sidor["metod", "klagomal"]) == [
        ("Ansvariga", "enhetschef", "enhetschef, [+rektor+]")
    ]


def test_what_comes_and_goes_has_an_empty_side() -> None:
    gone = proposed(
        {"plan/begrepp.yml": None, METHOD: minimal_text(METHOD)},
    )
    come = propose(Bas("x"), plan_of({"plan/begrepp.yml": None}), plan_of({}), FORMS)
    key: Nyckel = ("begrepp", "klagomal")
    assert {par.efter for par in gone.sidor[key]} == {TOMT}
    assert {par.före for par in come.sidor[key]} == {TOMT}
    assert [(p.uppgift, p.före[0].text) for p in gone.sidor[key]] == [
        (p.uppgift, p.efter[0].text) for p in come.sidor[key]
    ]
    assert {bit.märke for par in gone.sidor[key] for bit in par.före} == {"-"}
    assert {bit.märke for par in come.sidor[key] for bit in par.efter} == {"+"}


@pytest.mark.parametrize("turned", [False, True])
def test_every_change_of_whole_plans_has_its_two_sides(turned: bool) -> None:
    """Between plans that share little: both sides of each row differ, and nothing is lost."""
    plans = [load(laid_over({}, name)).plan for name in ("full", "minimal")]
    old, new = reversed(plans) if turned else plans
    assert old is not None
    assert new is not None
    made = propose(Bas("x"), old, new, FORMS)
    told = {key for _, saker in made.rapport.kapitel for sak in saker for key in sak.nycklar}
    assert told == {key for key in made.sidor if key[0] != "upphört"}
    for pairs in made.sidor.values():
        assert len(set(pairs)) == len(pairs)
        for par in pairs:
            assert par.uppgift
            assert par.före != par.efter
            assert "+" not in {bit.märke for bit in par.före}
            assert "-" not in {bit.märke for bit in par.efter}


def test_a_side_is_whole_where_the_sentence_is_shortened() -> None:
    long = " ".join(f"Mening nummer {number} står kvar." for number in range(40))
    text = "Nämnden följer upp sin verksamhet varje år."
    before = edited("plan/plan.yml", text, f"{long} Svara snabbt.")
    after = edited("plan/plan.yml", text, f"{long} Svara senare.")
    (par,) = proposed(after, before).sidor["kapitel", "inledning"]
    assert "".join(bit.text for bit in par.före) == f"{long} Svara snabbt."
    assert "".join(bit.text for bit in par.efter) == f"{long} Svara senare."


# --- The letter ------------------------------------------------------------------------------


def test_the_letter_says_what_changes_for_whom_and_why() -> None:
    register = minimal_text("plan/utgavor.yml").replace(
        "    källor:", "    motiveringar:\n      - sakslag: aktivitet\n"
        "        sak: uppfoljning-klagomal\n        skäl: Bokslutet är klart i maj.\n"
        "    källor:", 1,
    )  # fmt: skip
    body = rendered({**LATER, "plan/utgavor.yml": register})[LETTER].body
    assert body.count("\n# ") == 1
    assert "# Ändringar i förslaget" in body
    assert "Förslaget ändrar en sak" in body
    assert "Rapporteras i <ins>maj</ins> i stället för <del>mars</del>." in body
    assert "Skäl: Bokslutet är klart i maj." in body
    assert 'id="andring-aktivitet-uppfoljning-klagomal"' in body
    assert '<td data-rubrik="Förut"><del>mars 2026</del></td>' in body
    assert '<td data-rubrik="I förslaget"><ins>maj 2026</ins></td>' in body


def test_who_gets_other_work_is_named_at_the_change() -> None:
    roles = minimal_text("plan/organisation.yml").replace(
        "  - id: enhetschef", "  - id: rektor\n    titel: Rektor\n    beskrivning: Leder.\n"
        "    källor: [{dokument: exempelplan, avsnitt: 4 Exempel}]\n  - id: enhetschef", 1,
    )  # fmt: skip
    new = edited(METHOD, "ansvariga:\n  - enhetschef", "ansvariga:\n  - rektor")
    made = rendered({**new, "plan/organisation.yml": roles})
    part = part_of(made[LETTER].body, "andring-metod-klagomal")
    assert "Berör rektor och enhetschef." in part
    assert "Sidan visar något som förslaget ändrar" in made["roller/enhetschef.md"].body
    assert "#andring-metod-klagomal" in made["roller/rektor.md"].body


def test_what_is_taken_away_has_its_part() -> None:
    body = rendered({"plan/begrepp.yml": None})[LETTER].body
    assert "Ord som tas bort" in body
    part = part_of(body, "andring-begrepp-klagomal")
    assert '<details class="ska-mer">' in part
    assert "Läs hela" not in part  # there is nothing left to read


def test_what_the_letter_names_is_a_way_down_to_it_or_to_its_page() -> None:
    body = rendered(LATER)[LETTER].body
    letter, part, _ = body.partition('id="andring-aktivitet-uppfoljning-klagomal"')
    down = '”<a href="#andring-aktivitet-uppfoljning-klagomal">Uppföljning av klagomål</a>”'
    assert part
    assert letter.count(down) > 1
    assert '”<a href="../rutiner/ta-emot-klagomal/">Ta emot klagomål</a>”' in letter


def test_a_name_that_two_things_share_leads_nowhere() -> None:
    ways = leder.vägar([("Möten", "#a"), ("Möten", "#b"), ("Klagomål", "#c"), ("Klagomål", "#c")])
    assert ways == {"Klagomål": "#c"}
    said = leder.ledd("”Möten” och ”Klagomål” samt Klagomål <b>", ways)
    assert said == '”Möten” och ”<a href="#c">Klagomål</a>” samt Klagomål &lt;b&gt;'


def test_without_a_change_it_says_so() -> None:
    made = rendered({})
    assert "Ingenting har ändrats." in made[LETTER].body
    assert [path for path, page in made.items() if "ska-forslagsnotis" in page.body] == []


# --- Notices on the pages --------------------------------------------------------------------


def noticed(made: dict[str, Page]) -> dict[str, str]:
    found = {}
    for path, page in made.items():
        if hit := re.search(r'<div class="ska-notis ska-forslagsnotis".*?</div>', page.body, re.S):
            found[path] = hit[0]
    return found


def test_only_the_pages_that_the_proposal_touches_say_so() -> None:
    found = noticed(rendered(LATER))
    assert set(found) == {"arshjul/uppfoljning-klagomal.md", "arshjul/index.md"}
    own = found["arshjul/uppfoljning-klagomal.md"]
    assert "Ändrad i förslaget." in own
    assert 'href="../../forslag/#andring-aktivitet-uppfoljning-klagomal"' in own
    whole = found["arshjul/index.md"]
    assert "Sidan visar något som förslaget ändrar" in whole
    assert 'href="../forslag/#andring-aktivitet-uppfoljning-klagomal"' in whole


def test_a_new_page_is_called_new() -> None:
    made = tree.pages(
        plan_of({}), BODIES,
        Settings(TODAY, förslag=proposed({}, {"plan/begrepp.yml": None})),
    )  # fmt: skip
    assert "Ny i förslaget." in noticed(made)["begrepp/klagomal.md"]
    part = part_of(made[LETTER].body, "andring-begrepp-klagomal")
    assert "<ins>klagomål</ins>" in part
    assert "<table" not in part  # its own page says it all


def test_a_part_is_told_of_on_the_page_of_its_whole() -> None:
    new = load(laid_over({}, "full")).plan
    assert new is not None
    goal, part = next(
        (goal, parts[0]) for goal in new.mål.values() if (parts := new.inuti.get(goal.nyckel))
    )
    assert isinstance(part, Indikator)
    was = replace(part, titel="Något annat")
    old = replace(new, indikatorer={**new.indikatorer, part.id: was})
    settings = Settings(TODAY, förslag=propose(Bas("x"), old, new, FORMS))
    found = noticed(tree.pages(new, BODIES, settings))
    assert set(found) == {
        f"indikatorer/{part.id}.md", "indikatorer/index.md", f"mal/{goal.id}.md",
    }  # fmt: skip
    assert f"#andring-indikator-{part.id}" in found[f"mal/{goal.id}.md"]


def test_a_notice_names_a_few_and_counts_the_rest() -> None:
    extra = "".join(
        f"  - id: ord-{n}\n    term: ord{n}\n    typ: begrepp\n    förklaring: Ett ord till.\n"
        "    källor: [{dokument: exempelplan, avsnitt: 4 Exempel}]\n"
        for n in range(6)
    )
    found = noticed(rendered({"plan/begrepp.yml": minimal_text("plan/begrepp.yml") + extra}))
    listed = found["begrepp/index.md"]
    assert listed.count("<a ") == 5
    assert re.search(r', <a href="[^"]+">ordet ”ord3”</a> och <a href="../forslag/">två till</a>',
                     listed)  # fmt: skip


def test_every_notice_leads_to_a_part_of_the_letter() -> None:
    plans = [load(laid_over({}, name)).plan for name in ("minimal", "full")]
    assert plans[0] is not None
    assert plans[1] is not None
    made = tree.pages(
        plans[1], BODIES,
        Settings(TODAY, förslag=propose(Bas("x"), plans[0], plans[1], FORMS)),
    )  # fmt: skip
    ids = re.findall(r'id="([^"]+)"', made[LETTER].body)
    assert len(ids) == len(set(ids))
    wanted = set(re.findall(r'forslag/#([^"]+)"', "".join(noticed(made).values())))
    assert len(wanted) > 50
    assert wanted <= set(ids)
    for key in ("metod", "rutin", "aktivitet", "roll"):
        assert any(name.startswith(f"andring-{key}-") for name in wanted)


def test_an_ordinary_site_knows_nothing_of_proposals() -> None:
    made = tree.pages(plan_of({}), BODIES, Settings(TODAY))
    assert LETTER not in made
    assert "Ändringar i förslaget" not in "".join(page.body for page in made.values())
    assert noticed(made) == {}


@pytest.mark.parametrize("turned", [False, True])
def test_text_of_either_plan_is_text(turned: bool) -> None:
    """Also that of what is taken away: it is on no other page."""
    written, wrote = planted()
    plans = [load(replace(minimal(), plan=plan)).plan for plan in (written, minimal().plan)]
    old, new = reversed(plans) if turned else plans
    assert old is not None
    assert new is not None
    made = tree.pages(new, BODIES, Settings(TODAY, förslag=propose(Bas("x"), old, new, FORMS)))
    shown = made[LETTER].body + "".join(noticed(made).values())
    assert len([words for words, _, _ in wrote if words.split()[0] in shown]) > 20
    for harm in ("<script>", "<img", "<div> ", "</article>", "<!-- -->", "&lt;b&gt;"):
        assert harm not in shown


# --- What it is compared with ----------------------------------------------------------------


def keys(repository: Path, base: str = "main") -> set[Nyckel]:
    found = prepare(
        repository, Settings(TODAY), Order(read_tree(repository), bas=base)
    ).site.settings.förslag
    assert found is not None
    return set(found.sidor)


def test_what_main_has_got_since_is_no_part_of_the_proposal(repository: Path) -> None:
    git(repository, "checkout", "-qb", "förslag")
    commit(repository, {WHEEL: str(LATER[WHEEL])})
    git(repository, "checkout", "-q", "main")
    commit(repository, {ROUTINE: minimal_text(ROUTINE).replace("ska få svar", "får alltid svar")})
    git(repository, "checkout", "-q", "förslag")
    assert keys(repository) == {ACTIVITY}
    git(repository, "merge", "-q", "--no-edit", "main")  # as a forge merges what it checks
    assert keys(repository) == {ACTIVITY}
    left, _ = fork_point(repository, "main")
    assert left == git(repository, "rev-parse", "main")


def test_a_proposal_on_another_branch_is_compared_with_where_it_left(repository: Path) -> None:
    """As when it is published from main, which has gone on."""
    git(repository, "checkout", "-qb", "förslag")
    commit(repository, {WHEEL: str(LATER[WHEEL])})
    git(repository, "checkout", "-q", "main")
    commit(repository, {ROUTINE: minimal_text(ROUTINE).replace("ska få svar", "får alltid svar")})
    schemas = read_schemas(repository)
    order = Order(read_revision(repository, "förslag", schemas), at="förslag", bas="main")
    found = prepare(repository, Settings(TODAY), order).site.settings.förslag
    assert found is not None
    assert set(found.sidor) == {ACTIVITY}


def letter(repository: Path, base: str) -> tuple[str, str]:
    """Return what the letter says before its foot, and the foot."""
    made = prepare(repository, Settings(TODAY), Order(read_tree(repository), bas=base))
    body = tree.pages(made.site.plan, BODIES, made.site.settings)[LETTER].body
    said = " ".join(re.sub(r"<[^>]+>", " ", body).split())
    above, _, foot = said.partition("Utgåva: ")
    return above, foot


def test_the_board_reads_a_day_and_the_registrar_what_git_calls_it(repository: Path) -> None:
    commit(repository, {WHEEL: str(LATER[WHEEL])})
    first = git(repository, "rev-parse", "HEAD~1")
    above, foot = letter(repository, "HEAD~1")
    assert re.search(r"Förslaget jämförs med ”[^”]+” så som den var den \d+ \w+ \d{4}\.", above)
    assert foot.endswith(f"förslaget är jämfört med HEAD~1, version {first[:10]} i git.")
    for word in ("HEAD", "git", first[:7], "version"):
        assert word not in above
    assert letter(repository, first[:12])[1].endswith(f"jämfört med version {first[:10]} i git.")


def test_a_folder_has_no_day(repository: Path, tmp_path: Path) -> None:
    write(tmp_path / "äldre", {**minimal().plan, WHEEL: str(LATER[WHEEL])})
    above, foot = letter(repository, "../äldre")
    assert re.search(r"Förslaget jämförs med ”[^”]+”\. ", above)
    assert "äldre" not in above
    assert foot.endswith("förslaget är jämfört med mappen äldre.")


def test_what_is_not_saved_yet_counts(repository: Path) -> None:
    assert keys(repository) == set()
    write(repository, {WHEEL: str(LATER[WHEEL])})
    assert keys(repository) == {ACTIVITY}


def test_branches_without_a_common_past(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "annan")
    commit(repository, {WHEEL: str(LATER[WHEEL])})
    assert keys(repository) == {ACTIVITY}


def test_a_folder_is_compared_as_it_is(repository: Path, tmp_path: Path) -> None:
    write(tmp_path / "äldre", {**minimal().plan, WHEEL: str(LATER[WHEEL])})
    made = prepare(
        repository, Settings(TODAY), Order(read_tree(repository), bas="../äldre")
    ).site.settings.förslag
    assert made is not None
    assert (made.bas, set(made.sidor)) == (Bas("äldre"), {ACTIVITY})


def test_a_plan_with_faults_or_none_is_explained(repository: Path) -> None:
    good = git(repository, "rev-parse", "HEAD")
    commit(repository, {METHOD: "id: x\nid: y\n"})
    commit(repository, {METHOD: minimal_text(METHOD)})
    with pytest.raises(SiteError, match=r"står två gånger(?s:.)*Planen i HEAD~1 går inte att läsa"):
        prepare(repository, Settings(TODAY), Order(read_tree(repository), bas="HEAD~1"))
    with pytest.raises(RevisionError, match="finns inte här"):
        prepare(repository, Settings(TODAY), Order(read_tree(repository), bas="finns-inte"))
    assert keys(repository, good) == set()


# --- The command, and the whole way ----------------------------------------------------------


def test_from_branch_to_decision(tmp_path: Path) -> None:
    """Change a month on a branch, look at it, decide, merge; then the plan is locked."""
    project = small(tmp_path / "projekt")
    write(project, {
        "plan/plan.yml": minimal_text("plan/plan.yml").replace("utkast", "förslag"),
        "plan/utgavor.yml": re.sub(r"typ: \w+", "typ: förslag", minimal_text("plan/utgavor.yml")),
        ".gitignore": "forhandsvisning/\n",
    })  # fmt: skip
    git(project, "init", "-q", "-b", "main")
    commit(project, {})
    git(project, "checkout", "-qb", "forslag-maj")
    commit(project, {WHEEL: str(LATER[WHEEL])}, "Rapporten i maj")

    done = ska("preview", "main", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Webbplatsen med förslaget är byggd i forhandsvisning." in done.stdout
    built: dict[str, Built] = pages(project / "forhandsvisning")
    letter = built["forslag/"]
    assert letter.title.startswith("Ändringar i förslaget")
    menu = re.findall(r'<nav class="ska-flikar".*?</nav>', built["metoder/"].html, re.S)[0]
    assert re.findall(r'href="([^"]+)"', menu)[0] == "../forslag/index.html"
    assert 'href="forslag/index.html"' in built[""].html.partition("<article")[2]
    assert all("Det här är ett förslag." in page.banner for page in built.values())
    assert "arshjul/uppfoljning-klagomal/" in built

    assert ska("besluta", "--organ", "Exempelnämnden", "--datum", "2025-11-20", "--paragraf", "45",
               "--dnr", "EX 2025-8", cwd=project).returncode == 0  # fmt: skip
    commit(project, {}, "Beslutet")
    git(project, "checkout", "-q", "main")
    git(project, "merge", "-q", "--no-ff", "--no-edit", "forslag-maj")
    assert ska("check", "--date", "2026-03-01", cwd=project).returncode == 0
    assert "2026-05" in (project / WHEEL).read_text(encoding="utf-8")

    write(project, {WHEEL: minimal_text(WHEEL).replace("2026-03", "2026-06")})
    refused = ska("check", "--date", "2026-03-01", cwd=project)
    assert refused.returncode == 1
    assert "[beslutat-andrat]" in refused.stdout

    done = ska("site", cwd=project)  # what is refused isn't built either
    assert done.returncode == 1


def test_a_base_that_is_not_there_is_named(tmp_path: Path) -> None:
    project = small(tmp_path / "projekt")
    git(project, "init", "-q", "-b", "main")
    commit(project, {})
    done = ska("preview", "finns-inte", cwd=project)
    assert done.returncode == 1
    assert "revisionen ”finns-inte” finns inte här" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "forhandsvisning").exists()
