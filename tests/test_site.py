"""The site as it is built and shown: whole, linked, the same each time, and hard to break."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from ska.files.tree import read_tree
from ska.render.addresses import address
from ska.render.calendars import calendar
from ska.render.gemensamt import Settings
from ska.site.live import Live
from ska.site.prepared import prepare
from tests.building import ROOT, Built, build, environment, pages, ska, small, until
from tests.helpers import TODAY

# What is built is built by processes, which are measured; the rest reads pages.
pytestmark = pytest.mark.no_cover

Pages = dict[str, Built]
#: What a heading of a table is for: a column or a row, or several.
SCOPES = ("col", "row", "colgroup", "rowgroup")
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
ROUTINE_PAGE = "rutiner/ta-emot-klagomal/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with the smallest plan, to change as one likes."""
    return small(tmp_path / "projekt")


# What is on every page


def test_every_page_has_what_a_page_needs(site_pages: Pages) -> None:
    assert len(site_pages) > 300
    for at, page in site_pages.items():
        assert page.language == "sv", at
        assert [level for level, _ in page.headings].count(1) == 1, at
        assert page.description, at
        assert page.title.strip(), at
        assert len(page.ids) == len(set(page.ids)), at


def test_titles_tell_pages_apart(site_pages: Pages) -> None:
    titles = [page.title for page in site_pages.values()]
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_headings_don_t_jump_and_none_is_empty(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        assert all(text.strip() for _, text in page.headings), at
        levels = [level for level, _ in page.headings]
        assert levels[0] == 1, at
        assert all(after <= before + 1 for before, after in pairwise(levels)), at


def test_every_page_says_that_the_period_has_passed(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        assert "Perioden har passerat" in page.banner, at


def test_a_plan_in_its_time_has_no_notice(small_site: Path) -> None:
    for at, page in pages(small_site / "site").items():
        assert not page.banner, at


def test_every_page_has_a_way_back(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        crumbs = any(attrs.get("aria-label") == "Du är här" for _, attrs in page.parts)
        in_menu = any(attrs.get("aria-current") == "page" for _, attrs in page.parts)
        assert crumbs or in_menu, at


def test_a_page_of_the_plan_shows_its_place_in_the_menu(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        current = [attrs for _, attrs in page.parts if attrs.get("aria-current")]
        if at.count("/") > 1:
            assert current, at


def test_the_menu_holds_no_page_of_a_thing(site_pages: Pages) -> None:
    """Else every page would grow with the plan."""
    page = site_pages["rutiner/"]
    menu = page.html[page.html.index('class="ska-menyer"') : page.html.index("<main")]
    assert not [a for a in re.findall(r'href="([^"]+)"', menu) if "lex-sarah" in a]
    assert menu.count("<a ") < 60


def test_tables_can_be_read_aloud(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        tables = [attrs for tag, attrs in page.parts if tag == "table"]
        assert all("ska-tabell" in attrs.get("class", "") for attrs in tables), at
        heads = [attrs for tag, attrs in page.parts if tag == "th"]
        assert all(attrs.get("scope") in SCOPES for attrs in heads), at
        assert page.html.count("<caption>") == len(tables), at


#: English that Material, MkDocs or we might let through to a reader.
ENGLISH = re.compile(
    r"\b(not found|search|skip to|back to|table of contents|next|previous|source|initializ\w+|"
    r"type to|matching|copyright|made with|error|page|home|navigation|toggle|switch)\b",
    re.IGNORECASE,
)


def test_every_visible_word_is_swedish(site_pages: Pages) -> None:
    for at, page in site_pages.items():
        text = re.sub(r"<(script|style|svg|code|pre)\b.*?</\1>", " ", page.html, flags=re.DOTALL)
        shown = re.sub(r"<[^>]+>", " ", text)
        shown += " ".join(
            attrs.get(name, "")
            for _, attrs in page.parts
            for name in ("aria-label", "title", "placeholder", "alt")
        )
        found = ENGLISH.search(shown)
        assert not found, f"{at}: {found and shown[max(0, found.start() - 40) : found.end() + 40]}"


# Where pages lead


def resolve(site: Path, at: str, href: str) -> tuple[str, str] | None:
    """Return the page and the anchor that a link leads to; None when it leaves the site."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    folder = "/" + at.rpartition("/")[0] + "/"
    path = normpath(folder + unquote(parts.path)) if parts.path else "/" + at
    path = path.strip("/")
    if (site / path).is_dir():
        path = f"{path}/" if path not in ("", ".") else ""
    return path, unquote(parts.fragment)


#: What a browser goes and gets, or goes to, by way of an attribute.
LEADING = {"href", "src", "action"}


def dead(site: Path, built: Pages) -> list[tuple[str, str]]:
    """Return each page and address in it that leads to no file, or to no place in a page."""
    found = []
    for at, page in built.items():
        for link in {attrs[name] for _, attrs in page.parts for name in LEADING & attrs.keys()}:
            href = link
            if at == "404.html" and href.startswith("/"):  # served at any depth: from the root
                href = href[1:] or "./"
            where = resolve(site, at, href)
            if where is None:
                continue
            path, anchor = where
            target = built.get(path)
            if not (anchor in target.ids if target and anchor else (site / path).exists()):
                found.append((at, link))
    return found


def test_every_internal_link_and_anchor_leads_somewhere(
    site: Path, site_pages: Pages, small_site: Path
) -> None:
    assert dead(site, site_pages) == []
    little = small_site / "site"
    assert dead(little, pages(little)) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(
        '<p id="här"></p><a href="#h%C3%A4r">1</a><a href="../a/#finns-inte">2</a>'
        '<a href="../b/">3</a><img src="bild.png"><a href="https://example.org/">4</a>',
        encoding="utf-8",
    )
    wrong = {link for _, link in dead(tmp_path, pages(tmp_path))}
    assert wrong == {"../a/#finns-inte", "../b/", "bild.png"}


def test_what_leads_away_is_meant_to(site_pages: Pages) -> None:
    away = {href for page in site_pages.values() for href in page.links if ":" in href[:8]}
    # The last one is where `make serve` shows the site; the help says so.
    assert all(href.startswith(("https://", "mailto:", "http://127.0.0.1:8000")) for href in away)


def test_every_page_can_be_reached_from_the_start_page(site: Path, site_pages: Pages) -> None:
    seen, waiting = {""}, [""]
    while waiting:
        at = waiting.pop()
        for href in site_pages[at].links:
            found = resolve(site, at, href)
            if found and found[0] in site_pages and found[0] not in seen:
                seen.add(found[0])
                waiting.append(found[0])
    assert set(site_pages) - seen == {"404.html"}


def test_no_page_is_a_dead_end(site: Path, site_pages: Pages) -> None:
    for at, page in site_pages.items():
        onward = {resolve(site, at, href) for href in page.article_links}
        targets = {found[0] for found in onward if found} - {"", at}
        assert targets, at


def test_each_thing_of_the_plan_is_at_its_address(site_pages: Pages) -> None:
    plan = prepare(ROOT, Settings(TODAY)).plan
    for ting in plan.ting():
        page = site_pages[address(ting)]
        assert " ".join(page.headings[0][1].split()) == " ".join(ting.rubrik.split())


def test_the_page_of_a_thing_is_small(site_pages: Pages) -> None:
    plan = prepare(ROOT, Settings(TODAY)).plan
    sizes = {address(ting): len(site_pages[address(ting)].html.encode()) for ting in plan.ting()}
    assert {at: size for at, size in sizes.items() if size > 40_000} == {}


def test_styles_scripts_and_pictures_are_there(site: Path, site_pages: Pages) -> None:
    for at in ("", "rutiner/", "404.html"):
        for tag, attrs in site_pages[at].parts:
            link = attrs.get("src") if tag in ("script", "img") else None
            link = attrs.get("href") if attrs.get("rel") in ("stylesheet", "icon") else link
            if link:
                base = "" if link.startswith("/") else at
                found = resolve(site, base, link.lstrip("/"))
                assert found, f"{at} leaves the site for {link}"
                assert (site / found[0]).is_file(), link


# The build


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_are_byte_identical(small_site: Path, tmp_path: Path) -> None:
    # In another folder, so that no path of the machine's gets into the pages either.
    again = tmp_path / "annan-plats"
    build(small(again), again / "site")
    first, second = files_of(small_site / "site"), files_of(again / "site")
    assert list(first) == list(second) or set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize(
    ("second", "said"),
    [("1798757999", False), ("1798758000", True)],  # 2027 begins in Stockholm
)
def test_the_day_of_the_build_decides_what_has_passed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, said: bool
) -> None:
    plan = project / "plan" / "plan.yml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("status: utkast", "status: återgivning"), "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", second)
    live = Live(project, tmp_path / "ut")
    live.renew()
    for at in ("index.html", "404.html", "rutiner/ta-emot-klagomal/index.html"):
        live.fetch(at)
        page = Built(tmp_path / "ut" / at, at)
        assert ("Perioden har passerat" in page.banner) is said
        assert bool(page.banner) is said, "en plan som gäller har inget att varna för"


def test_the_written_pages_are_the_site_s(small_site: Path, tmp_path: Path) -> None:
    done = ska("pages", str(tmp_path / "ut"), "--date", "2026-03-01", cwd=small_site)
    assert done.returncode == 0, done.stderr
    written = files_of(tmp_path / "ut")
    built = pages(small_site / "site")
    assert {_built_address(name) for name in written} <= set(built)
    by_hand = {"", "404.html", *(at for at in built if at.startswith("hjalp/"))}
    assert {_built_address(name) for name in written} == set(built) - by_hand


def _built_address(name: str) -> str:
    return re.sub(r"(^|/)index\.md$", r"\1", name).replace(".md", "/")


def test_plain_mkdocs_builds_the_written_pages(small_site: Path, tmp_path: Path) -> None:
    """No product logic lives in a plugin: without our hooks and theme the text is the same."""
    done = ska("pages", str(tmp_path / "docs"), "--date", "2026-03-01", cwd=small_site)
    assert done.returncode == 0, done.stderr
    (tmp_path / "docs" / "index.md").write_text("# Start\n", encoding="utf-8")
    config = {"site_name": "Prov", "site_url": "", "plugins": []}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    plain = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(NO_MKDOCS_2_WARNING="true"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert plain.returncode == 0, plain.stderr
    text = (tmp_path / "site" / ROUTINE_PAGE).read_text("utf-8")
    assert '<ol class="ska-steg">' in text
    assert "<p>Skriv ner klagomålet. <span" in text
    assert 'href="../../roller/enhetschef/"' in text


def test_what_is_built_is_what_mkdocs_would_build(site: Path, tmp_path: Path) -> None:
    """Page by page, and by shapes: but no byte is another."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "ut")]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(measured=False, NO_MKDOCS_2_WARNING="true"),
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wanted = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert wanted == {
        path.relative_to(tmp_path / "ut") for path in (tmp_path / "ut").rglob("*") if path.is_file()
    }
    for at in wanted:
        assert (tmp_path / "ut" / at).read_bytes() == (site / at).read_bytes(), at


def test_pages_link_to_their_files_when_the_repository_is_known(
    small_site: Path, tmp_path: Path
) -> None:
    at = "https://git.example.org/namnd/ska"
    build(small_site, tmp_path / "site", SKA_REPOSITORY=at)
    linked, unlinked = pages(tmp_path / "site"), pages(small_site / "site")
    there = linked["rutiner/ta-emot-klagomal/"].article_links
    assert f"{at}/blob/main/{ROUTINE}#L2" in there
    assert f"{at}/blob/main/docs/hjalp/lasa.md#L1" in linked["hjalp/lasa/"].article_links
    assert not any(at in page.html for page in unlinked.values())
    assert not any("https://" in href for page in unlinked.values() for href in page.article_links)


def test_the_calendars_and_what_is_due_are_there(site: Path, small_site: Path) -> None:
    for built, root in ((site, ROOT), (small_site / "site", small_site)):
        plan = prepare(root, Settings(TODAY)).plan
        wanted = {feed.adress for feed in calendar.feeds(plan, {})}
        assert {f"kalender/{file.name}" for file in (built / "kalender").iterdir()} == wanted
        data = json.loads((built / "api" / "att-se-over.json").read_text("utf-8"))
        assert data["datum"] == "2026-03-01"  # the day of the build


def test_a_change_in_git_gives_the_event_a_new_number(project: Path) -> None:
    calendar_file = project / "site" / "kalender" / "exempelnamnden.ics"
    wheel = project / "plan" / "arshjul.yml"

    def numbers() -> set[bytes]:
        build(project, project / "site", SKA_SITE_URL="https://plan.example.org/ska/")
        return set(re.findall(rb"SEQUENCE:\d+", calendar_file.read_bytes()))

    assert numbers() == {b"SEQUENCE:0"}
    for title in ("Uppföljning av klagomål", "Uppföljning av alla klagomål"):
        text = wheel.read_text("utf-8").replace("Uppföljning av klagomål", title)
        wheel.write_text(text, encoding="utf-8")
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
            git = ("git", "-c", "user.name=Prov", "-c", "user.email=prov@example.org", *command)
            subprocess.run(git, cwd=project, check=True, env=environment())
    assert numbers() == {b"SEQUENCE:1"}
    page = b"URL:https://plan.example.org/ska/arshjul/uppfoljning-klagomal/"
    assert page in calendar_file.read_bytes()
    shown = (project / "site" / "hjalp" / "kalender" / "index.html").read_text("utf-8")
    assert "https://plan.example.org/ska/kalender/exempelnamnden.ics</a>" in shown


def test_the_feed_of_changes_is_there_and_every_page_names_it(
    site: Path, site_pages: Pages
) -> None:
    assert (site / "andringar.atom").read_bytes().startswith(b"<?xml")
    for at, page in site_pages.items():
        named = [
            part["href"] for tag, part in page.parts
            if tag == "link" and part.get("type") == "application/atom+xml"
        ]  # fmt: skip
        if at != "404.html":  # it has no place of its own to lead from
            assert named == ["../" * at.count("/") + "andringar.atom"], at


def test_pages_lead_to_their_calendars(site: Path, site_pages: Pages) -> None:
    for at, file in {
        "arshjul/": "arbetsmarknadsnamnden",
        "namnder/arbetsmarknadsnamnden/": "arbetsmarknadsnamnden",
        "roller/ekonomichef/": "ekonomichef",
        "enheter/osa/": "osa",
        "forvaltningar/utbildningsforvaltningen/": "utbildningsforvaltningen",
        "verksamheter/vux/": "utbildningsforvaltningen",
        "att-se-over/": "att-se-over",
    }.items():
        leads = {resolve(site, at, href) for href in site_pages[at].article_links}
        assert (f"kalender/{file}.ics", "") in leads, at
    alone = {resolve(site, "roller/larare/", h) for h in site_pages["roller/larare/"].article_links}
    assert not [found for found in alone if found and found[0].startswith("kalender/")]


def test_the_plan_is_there_as_data(site: Path) -> None:
    data = json.loads((site / "api" / "plan.json").read_text("utf-8"))
    assert data


def test_a_broken_plan_leaves_the_old_site(project: Path) -> None:
    build(project, project / "site")
    before = files_of(project / "site")
    routine = project / ROUTINE
    routine.write_text(routine.read_text("utf-8").replace("ägare: enhetschef", "ägare: enhetchef"))
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert f"{ROUTINE}:9:8: fel:" in done.stderr
    assert "menade du ”enhetschef”?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert files_of(project / "site") == before
    assert sorted(path.name for path in project.iterdir() if "site" in path.name) == ["site"]


@pytest.mark.parametrize("out", ["plan", ".", "docs/tema", "mkdocs.yml"])
def test_what_is_no_site_is_not_replaced_by_one(project: Path, out: str) -> None:
    before = files_of(project)
    done = ska("site", "--out", out, cwd=project)
    assert done.returncode == 1
    assert "är ingen byggd webbplats. Ange en ny mapp." in done.stderr
    assert files_of(project) == before


def test_an_empty_folder_takes_a_site(project: Path) -> None:
    (project / "site").mkdir()
    assert ska("site", cwd=project).returncode == 0
    assert (project / "site" / "index.html").is_file()


def test_a_warning_stops_the_build(project: Path) -> None:
    page = project / "docs" / "hjalp" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n[bort](finns-inte.md)\n", encoding="utf-8")
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert "finns-inte.md" in done.stderr
    assert "MkDocs varnade, och en varning räknas som ett fel." in done.stderr
    assert not (project / "site").exists()


def test_a_page_in_the_menu_has_its_heading_there(project: Path) -> None:
    frame = project / "mkdocs.yml"
    text = frame.read_text("utf-8")
    frame.write_text(text.replace("Söka i planen: hjalp/sok.md", "hjalp/sok.md"), encoding="utf-8")
    assert frame.read_text("utf-8") != text
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert "Sidan hjalp/sok.md står i menyn i mkdocs.yml utan rubrik." in done.stderr
    assert not (project / "site").exists()


def test_a_wrong_word_in_a_hand_written_page_stops_the_build(project: Path) -> None:
    page = project / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n{{ planens_titel() }}\n", encoding="utf-8")
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert "planens_titel" in done.stderr
    assert "en sida i docs/ har ett fel" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_without_a_plan_or_a_frame_it_says_so(tmp_path: Path, project: Path) -> None:
    done = ska("site", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "Filen mkdocs.yml finns inte här. Kör kommandot i projektets mapp.\n",
    )
    shutil.rmtree(project / "plan")
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert "har ingen mapp plan/" in done.stderr


def test_a_frame_that_is_no_yaml_is_refused_in_swedish(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    done = ska("site", cwd=project)
    assert done.returncode == 1
    assert done.stderr.startswith("mkdocs.yml går inte att använda")


# Shown while it is being changed


@dataclass
class Shown:
    """A running `ska serve`."""

    port: int
    output: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def shows(self, path: str, text: str) -> bool:
        assert self.process.poll() is None, self.said()
        status, body = self.get(path)
        return status == 200 and text in body


@contextmanager
def served(project: Path) -> Iterator[Shown]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = project.parent / "utskrift.txt"
    command = [sys.executable, "-m", "ska.cli", "serve", "--port", str(port)]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            # Where the tests themselves were started may have turned interrupts off.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    try:
        yield Shown(port, output, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        assert code in (0, 130), output.read_text("utf-8")


def change(project: Path, old: str, new: str) -> None:
    path = project / ROUTINE
    text = path.read_text("utf-8")
    assert old in text
    # Written beside and moved, as editors do: half a file is never there to be read.
    beside = path.with_suffix(".yml~")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    os.replace(beside, path)


def test_serve_follows_changes_and_keeps_the_last_good_site(project: Path) -> None:
    at = "rutiner/ta-emot-klagomal/"
    with served(project) as shown:
        until("sidan visas", lambda: shown.shows(at, "Skriv ner klagomålet."))
        assert f"http://127.0.0.1:{shown.port}/" in shown.said()
        # The pages' policy would stop the script that follows changes.
        assert "Content-Security-Policy" not in shown.get(at)[1]
        assert shown.get("finns/inte/")[0] == 404
        assert "Sidan finns inte" in shown.get("finns/inte/")[1]

        change(project, "ägare: enhetschef", "ägare: enhetchef")
        until("felet sägs", lambda: f"{ROUTINE}:9:8: fel:" in shown.said())
        until("det sägs vad som visas", lambda: "Den senaste hela webbplatsen" in shown.said())
        assert shown.shows(at, "Skriv ner klagomålet.")

        change(project, "ägare: enhetchef", "ägare: enhetschef")
        change(project, "Skriv ner klagomålet.", "Anteckna klagomålet.")
        until("ändringen visas", lambda: shown.shows(at, "Anteckna klagomålet."))
    assert "Traceback" not in shown.said()


def test_serve_begins_with_a_broken_plan_and_recovers(project: Path) -> None:
    change(project, "titel: Ta emot klagomål", "titel: [Ta emot klagomål")
    with served(project) as shown:
        until("felet visas", lambda: shown.shows("", f"{ROUTINE}:"))
        assert f"{ROUTINE}:" in shown.said()
        assert '<html lang="sv">' in shown.get("")[1]

        change(project, "titel: [Ta emot klagomål", "titel: Ta emot klagomål")
        until("planen visas", lambda: shown.shows("", "Uppföljning av klagomål"))
    assert "Traceback" not in shown.said()


def test_serve_begins_anew_when_the_program_is_changed(project: Path) -> None:
    macros = project / "macros.py"
    sound = macros.read_text("utf-8")
    with served(project) as shown:
        until("sidan visas", lambda: shown.shows("", "Uppföljning av klagomål"))
        macros.write_text(f"{sound}\n(", encoding="utf-8")
        until("felet sägs", lambda: "går inte att starta" in shown.said())
        assert "SyntaxError" in shown.said()
        assert shown.shows("", "Uppföljning av klagomål")

        macros.write_text(f"{sound}\n", encoding="utf-8")
        until("den visas igen", lambda: shown.said().count("Webbplatsen visas") == 2)
        assert shown.shows("", "Uppföljning av klagomål")


def test_a_port_that_is_taken_is_refused_in_swedish(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = ska("serve", "--port", str(taken.getsockname()[1]), cwd=project)
    assert done.returncode == 2
    assert "är upptagen" in done.stderr
    assert "--port" in done.stderr


def test_what_the_site_is_built_from_is_read_as_one_plan() -> None:
    files = read_tree(ROOT)
    assert not files.problems
