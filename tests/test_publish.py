"""Publishing: each edition beside the others, permanent addresses, nothing built in vain."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from ska.files.tree import Tree, read_tree
from ska.publishing import PublishError, Utfall, front, publish
from ska.publishing.front import versions
from ska.publishing.marks import MÄRKEN, Märke
from ska.publishing.parts import Delar, parts
from ska.site.prepared import Order, SiteError
from tests.building import Built, pages, shared, ska, small
from tests.repository import commit, git
from tests.test_editions import as_edition, decided
from tests.test_manifest import proposal

TODAY = date(2027, 3, 1)
OLD, NOW = "exempelnamnden-2026", "exempelnamnden-2027"
ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
DRAFT = "förslag/År-2028"
#: Where the terms are moved, which changes nothing of what the plan says.
TERMS = "plan/begrepp/å-ä-ö.yml"
FOLDER = "utkast/forslag-ar-2028"
#: A term that only the earlier edition has, explained when it went.
GONE = "begrepp/forr/"


def save(root: Path, tree: Tree, message: str = "x") -> str:
    shutil.rmtree(root / "plan", ignore_errors=True)
    return commit(root, dict(tree.plan), message)


def second(tree: Tree) -> Tree:
    """Make the plan of the year after: a term is gone, and its register says why."""
    made = as_edition(tree, NOW, 2027)
    plan = dict(made.plan)
    frame = plan["plan/plan.yml"]
    plan["plan/plan.yml"] = frame.replace(b"status: utkast", "status: förslag".encode())
    terms = plan["plan/begrepp.yml"].decode()
    plan["plan/begrepp.yml"] = terms[: terms.index("  - id: forr\n")].encode()
    plan["plan/upphort.yml"] = (
        "upphört:\n  - id: ordet-forr\n    sakslag: begrepp\n    sak: forr\n    titel: förr\n"
        f"    utgåva: {OLD}\n    skäl: Ordet används inte.\n"
    ).encode()
    return decided(replace(made, plan=plan))


def first() -> Tree:
    tree = proposal()
    terms = tree.plan["plan/begrepp.yml"].decode().rstrip("\n") + (
        "\n  - id: forr\n    term: förr\n    typ: begrepp\n    förklaring: Ett ord från förr.\n"
        "    källor:\n      - dokument: exempelplan\n        avsnitt: Försättsbladet\n"
    )
    return decided(replace(tree, plan={**tree.plan, "plan/begrepp.yml": terms.encode()}))


def repository(folder: Path) -> Path:
    """Lay out a project: a decided plan, that of the year after, and a proposal on a branch."""
    small(folder)
    git(folder, "init", "-q", "-b", "main")
    save(folder, proposal())
    save(folder, first())
    save(folder, second(first()))
    (folder / "plan/begrepp").mkdir()
    git(folder, "mv", "plan/begrepp.yml", TERMS)
    commit(folder, {})
    git(folder, "checkout", "-qb", DRAFT)
    text = read_tree(folder).plan[ROUTINE].decode()
    commit(folder, {ROUTINE: text.replace("titel: ", "titel: Föreslaget, ", 1)})
    git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a project whose name isn't ASCII, and what it publishes."""

    def make(folder: Path) -> None:
        root = repository(folder / "förråd")
        done = ska(
            "publish", str(folder / "ute"), "--förslag", DRAFT, "--date", str(TODAY), cwd=root
        )
        assert done.returncode == 0, done.stdout + done.stderr
        (folder / "sagt.txt").write_text(done.stdout, encoding="utf-8")

    return shared(tmp_path_factory, "publicerat", make)


@pytest.fixture(scope="session")
def out(made: Path) -> Path:
    return made / "ute"


@pytest.fixture(scope="session")
def published(out: Path) -> dict[str, Built]:
    return pages(out)


@pytest.fixture
def again(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the project and of what it has published, to change as one likes."""
    shutil.copytree(made, tmp_path / "kopia")
    return tmp_path / "kopia"


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Build no site, but take the one that is published: only note which would have been."""
    asked: list[str] = []

    def build(root: Path, target: Path, order: Order, *told: object) -> None:
        assert order is not None
        assert order.publicerat is not None
        folder = order.publicerat.mapp
        asked.append(folder)
        there = root.parent / "ute"
        shutil.copytree(there / (folder if (there / folder).exists() else "gallande"), target)

    monkeypatch.setattr("ska.publishing.building.build", build)
    return asked


def run(folder: Path, *drafts: str, day: date = TODAY) -> Utfall:
    return publish(folder / "förråd", folder / "ute", day, drafts)


# What is laid out


def test_each_edition_has_its_folder_and_the_picker_knows_them(made: Path, out: Path) -> None:
    listed = json.loads((out / "versions.json").read_text("utf-8"))
    assert listed == [
        {"version": NOW, "title": "2027", "aliases": ["gallande"]},
        {"version": FOLDER, "title": "Förslag 2027", "aliases": []},
        {"version": OLD, "title": "2026", "aliases": []},
    ]
    for row in listed:
        for folder in (row["version"], *row["aliases"]):
            assert (out / folder / "index.html").is_file()
    # Beside a proposal's folder lies a list that leads from there.
    below = json.loads((out / "utkast" / "versions.json").read_text("utf-8"))
    assert [row["version"] for row in below] == [f"../{NOW}", "forslag-ar-2028", f"../{OLD}"]
    said = (made / "sagt.txt").read_text("utf-8")
    assert re.match(
        rf"Gällande: Plan för 2027, från main \([0-9a-f]{{10}}\)\.\n"
        rf"Byggt: gallande, {OLD}, {FOLDER}\.\n",
        said,
    )


def test_each_page_says_what_it_belongs_to(published: dict[str, Built]) -> None:
    for at, page in published.items():
        folder = next((f for f in ("gallande", NOW, OLD, FOLDER) if at.startswith(f"{f}/")), "")
        if at.endswith("404.html"):
            continue  # only the root's is shown
        if folder in ("gallande", NOW):
            assert not page.banner, at
        elif folder:
            word = "Du läser en tidigare utgåva" if folder == OLD else "Det här är ett förslag"
            assert word in page.banner, at


def leads(page: Built) -> str:
    link, *_ = re.findall(r'href="([^"]+)"', page.banner)
    return urljoin(f"/{page.address}", link)


def test_an_earlier_page_leads_to_the_same_page_in_force(published: dict[str, Built]) -> None:
    page = published[f"{OLD}/rutiner/ta-emot-klagomal/"]
    assert leads(page) == "/gallande/rutiner/ta-emot-klagomal/"
    assert "Läs samma sida i" in page.banner
    assert leads(published[f"{OLD}/"]) == "/gallande/"
    assert leads(published[f"{FOLDER}/rutiner/"]) == "/gallande/rutiner/"


def test_where_there_is_no_such_page_the_banner_says_so(published: dict[str, Built]) -> None:
    page = published[f"{OLD}/{GONE}"]
    assert leads(page) == "/gallande/"
    assert "Sidan finns inte i" in page.banner


def test_the_root_leads_to_what_is_in_force(out: Path, published: dict[str, Built]) -> None:
    for at in ("", "rutiner/ta-emot-klagomal/", "kalender/", "utgavor/"):
        page = published.get(at)
        if page is None:  # the calendars have no page of their own
            continue
        (refresh,) = [p["content"] for t, p in page.parts if p.get("http-equiv") == "refresh"]
        assert urljoin(f"/{at}", refresh.partition("url=")[2]) == f"/gallande/{at}"
        assert page.title == published[f"gallande/{at}"].title.strip()
        assert page.language == "sv"
    for name in ("kalender/exempelnamnden.ics", "andringar.atom", "api/plan.json"):
        assert (out / name).read_bytes() == (out / "gallande" / name).read_bytes()


def test_a_page_that_is_gone_leads_to_the_newest_edition_that_has_it(
    published: dict[str, Built],
) -> None:
    (link,) = published[GONE].links
    assert urljoin(f"/{GONE}", link) == f"/{OLD}/{GONE}"


def test_a_proposal_says_what_it_changes(published: dict[str, Built]) -> None:
    changes = published[f"{FOLDER}/forslag/"]
    assert "Föreslaget, " in changes.html
    assert "så som den var den" in changes.html
    page = published[f"{FOLDER}/rutiner/ta-emot-klagomal/"]
    assert "Ändrad i förslaget" in page.html
    assert "../../forslag/" in page.banner


def test_every_link_leads_somewhere_also_out_of_an_edition(
    out: Path, published: dict[str, Built]
) -> None:
    wrong = []
    shown = {at: page for at, page in published.items() if not at.endswith("/404.html")}
    for at, page in shown.items():
        for href in page.links:
            parts_ = urlsplit(urljoin(f"http://x/{at}", href))
            if parts_.netloc == "x" and not (out / parts_.path.strip("/")).exists():
                wrong.append((at, href))
    assert not wrong


@pytest.mark.parametrize(
    ("folder", "leads_into"),
    [
        ("", "gallande"),  # the one that is shown, at any address
        ("gallande/", "gallande"),
        (f"{NOW}/", "gallande"),  # the same site under its lasting name
        (f"{OLD}/", OLD),
        (f"{FOLDER}/", FOLDER),
    ],
)
def test_the_page_for_what_is_missing_leads_into_its_own_edition(
    folder: str, leads_into: str, out: Path, published: dict[str, Built]
) -> None:
    page = published[f"{folder}404.html"]
    named = ("href", "src", "action", "data-index")
    targets = {p[name] for _, p in page.parts for name in named if name in p}
    targets = {target for target in targets if not target.startswith(("#", "data:", "http"))}
    assert any(target.endswith(".css") for target in targets)
    assert f"/{leads_into}/sok/" in targets  # else its search would find nothing
    wrong = {
        t for t in targets if not t.startswith(f"/{leads_into}/") or not (out / t[1:]).exists()
    }
    assert not wrong
    assert re.search(rf'"base": ?"/{leads_into}/', page.html)


def test_the_list_of_editions_leads_to_them(published: dict[str, Built]) -> None:
    page = published["gallande/utgavor/"]
    to = {urljoin(f"/{page.address}", href) for href in page.article_links}
    assert f"/{OLD}/" in to
    assert "Den som visas här" in page.html


def test_an_earlier_edition_is_as_it_was(published: dict[str, Built]) -> None:
    assert f"{OLD}/{GONE}" in published
    assert f"gallande/{GONE}" not in published
    proposed = published[f"{FOLDER}/rutiner/ta-emot-klagomal/"]
    assert "Föreslaget, " in proposed.title
    assert "Föreslaget, " not in published["gallande/rutiner/ta-emot-klagomal/"].title


def test_a_file_that_is_moved_is_no_change(published: dict[str, Built]) -> None:
    terms = [at for at in published if at.startswith("gallande/begrepp/") and at.count("/") == 3]
    assert terms
    for at in terms:
        page = published[at].html
        assert page.count("<li><p><strong>") == 1  # its history: that it came
        assert TERMS in page


def test_the_edition_in_force_takes_no_room_twice(out: Path) -> None:
    name = "index.html"
    assert (out / "gallande" / name).samefile(out / NOW / name)


# The next time


def test_a_second_run_builds_nothing_and_changes_nothing(again: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (again / "ute").rglob("*.html")}
    done = run(again, DRAFT)
    assert (done.byggda, done.oförändrade) == ((), ("gallande", OLD, FOLDER))
    assert {p: p.stat().st_mtime_ns for p in (again / "ute").rglob("*.html")} == before


def test_a_changed_routine_builds_only_what_is_in_force(again: Path) -> None:
    root, ute = again / "förråd", again / "ute"
    text = (root / ROUTINE).read_text("utf-8")
    commit(root, {ROUTINE: text.replace("titel: ", "titel: Nytt, ", 1)})
    done = run(again, DRAFT)
    assert done.byggda == ("gallande",)
    page = "rutiner/ta-emot-klagomal/index.html"
    assert "Nytt, " in (ute / "gallande" / page).read_text("utf-8")
    assert (ute / "gallande" / page).samefile(ute / NOW / page)
    assert "Nytt, " not in (ute / OLD / page).read_text("utf-8")
    assert "Nytt, " in (ute / page).read_text("utf-8")  # the forwarding page's title


def test_what_is_only_in_the_folder_is_not_published(again: Path) -> None:
    path = again / "förråd" / ROUTINE
    path.write_text(path.read_text("utf-8").replace("titel: ", "titel: Osparat, ", 1), "utf-8")
    done = run(again, DRAFT)
    assert (done.byggda, done.osparat) == ((), True)


def test_a_day_that_passes_builds_only_what_is_in_force(again: Path, unbuilt: list[str]) -> None:
    run(again, day=date(2027, 3, 2))
    assert unbuilt == ["gallande"]


def test_a_proposal_that_is_not_given_any_more_is_gone(again: Path, unbuilt: list[str]) -> None:
    done = run(again)
    assert done.borttagna == (FOLDER,)
    assert unbuilt == []
    assert not (again / "ute" / FOLDER).exists()
    assert not (again / "ute" / "utkast").exists()
    assert FOLDER not in (again / "ute" / "versions.json").read_text("utf-8")


def test_the_page_that_an_edition_leads_to_comes_and_goes(again: Path, unbuilt: list[str]) -> None:
    mark = again / "ute" / ".publicerat" / "gallande.json"
    known = json.loads(mark.read_bytes())
    del known["sidor"]["rutiner/ta-emot-klagomal/"]
    mark.write_text(json.dumps(known), encoding="utf-8")
    run(again, DRAFT)
    assert unbuilt == [OLD, FOLDER]


def test_a_changed_theme_builds_everything(again: Path, unbuilt: list[str]) -> None:
    with (again / "förråd" / "docs" / "stil" / "ska.css").open("a", encoding="utf-8") as style:
        style.write("\n/* nytt */\n")
    run(again, DRAFT)
    assert unbuilt == ["gallande", OLD, FOLDER]


def test_a_build_that_fails_leaves_everything_as_it_was(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SiteError("nej")

    monkeypatch.setattr("ska.publishing.building.build", fail)
    before = sorted(p.as_posix() for p in (again / "ute").rglob("*"))
    with pytest.raises(SiteError):
        run(again, DRAFT, day=date(2027, 3, 2))
    assert sorted(p.as_posix() for p in (again / "ute").rglob("*")) == before


def rewritten(again: Path, tree: Tree, when: str) -> None:
    """Write history anew, with another plan where `first` stood."""
    root = again / "förråd"
    git(root, "checkout", "-q", "--orphan", "ny")
    save(root, tree, when)
    save(root, second(tree))
    git(root, "branch", "-M", "ny", "main")


def test_a_decided_edition_that_is_another_is_refused(again: Path, unbuilt: list[str]) -> None:
    other = proposal()
    path = "plan/metoder/klagomal.yml"
    text = other.plan[path].decode().replace("syfte: ", "syfte: Så här. ", 1)
    terms = first().plan["plan/begrepp.yml"]
    changed = {**other.plan, path: text.encode(), "plan/begrepp.yml": terms}
    rewritten(again, decided(replace(other, plan=changed)), "annat")
    with pytest.raises(PublishError) as refused:
        run(again)
    said = str(refused.value)
    assert [line.partition(".")[0][-len(OLD) :] for line in said.splitlines()[:2]] == [NOW, OLD]
    assert "flytta då undan mappen" in said
    assert unbuilt == []
    shutil.rmtree(again / "ute" / OLD)  # as it says; and the plan in force is another, too
    shutil.rmtree(again / "ute" / NOW)
    run(again)
    assert OLD in unbuilt


def test_the_same_content_in_another_history_is_taken(again: Path, unbuilt: list[str]) -> None:
    rewritten(again, first(), "samma")
    run(again)
    assert set(unbuilt) <= {"gallande", OLD}


def test_an_edition_that_history_no_longer_holds_stays(again: Path, unbuilt: list[str]) -> None:
    root = again / "förråd"
    shutil.rmtree(root / ".git")
    done = run(again)
    assert done.kvar == ("Plan för 2026",)
    assert done.saknade == ("Plan för 2026",)
    assert (again / "ute" / OLD / GONE / "index.html").is_file()
    listed = json.loads((again / "ute" / "versions.json").read_text("utf-8"))
    assert [row["version"] for row in listed] == [NOW, OLD]


def test_a_folder_of_somebody_else_s_is_left_alone(again: Path) -> None:
    (again / "annat").mkdir()
    (again / "annat" / "brev.txt").write_text("viktigt", encoding="utf-8")
    with pytest.raises(PublishError, match="inte tom"):
        publish(again / "förråd", again / "annat", TODAY)


# What there is to publish, without building it


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "förråd", tmp_path / "förråd")
    return tmp_path / "förråd"


def found(root: Path, *drafts: str) -> Delar:
    return parts(root, TODAY, drafts)


def test_a_shallow_copy_names_what_it_lacks(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "grund")
    made = found(tmp_path / "grund")
    assert made.gällande.utgåva == NOW
    assert (made.tidigare, made.saknade) == ((), (OLD,))


def test_a_copy_without_git_names_what_it_lacks(root: Path) -> None:
    shutil.rmtree(root / ".git")
    made = found(root)
    assert made.gällande.utgåva == NOW
    assert (made.tidigare, made.saknade) == ((), (OLD,))


def test_a_whole_history_lacks_nothing(root: Path) -> None:
    made = found(root)
    assert [part.utgåva for part in made.tidigare] == [OLD]
    assert (made.saknade, made.oläsliga, made.utanför) == ((), (), ())


@pytest.mark.parametrize("how", ["--no-ff", "--squash"])
def test_a_merge_and_a_squash_publish_the_same(root: Path, how: str) -> None:
    git(root, "checkout", "-qb", "gren-2028")
    tree = read_tree(root)
    later = as_edition_after(tree)
    save(root, later)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", how, "gren-2028")
    if how == "--squash":
        git(root, "commit", "-qm", "2028")
    made = found(root)
    assert made.gällande.utgåva == "exempelnamnden-2028"
    assert [part.utgåva for part in made.tidigare] == [NOW, OLD]
    assert [part.dag for part in made.tidigare] == [TODAY, date(2027, 1, 1)]


def as_edition_after(tree: Tree) -> Tree:
    plan = {
        path: raw.replace(b"exempelnamnden-2027", b"exempelnamnden-2028")
        if path == "plan/plan.yml"
        else raw
        for path, raw in tree.plan.items()
    }
    frame = plan["plan/plan.yml"].decode().replace("2027-", "2028-")
    plan["plan/plan.yml"] = frame.replace("status: beslutad", "status: förslag").encode()
    register = plan["plan/utgavor.yml"].decode()
    at = register.index(f"  - id: {NOW}")
    entry = register[at : register.index(f"  - id: {OLD}")]
    new = entry[: entry.index("    manifest:")] + entry[entry.index("    källor:") :]
    new = new.replace(NOW, "exempelnamnden-2028").replace("2027", "2028")
    new = new.replace("typ: beslutad", "typ: förslag")
    plan["plan/utgavor.yml"] = f"{register[:at]}{new}{register[at:]}".encode()
    return decided(replace(tree, plan=plan))


def test_the_branch_in_force_is_published_whatever_is_checked_out(root: Path) -> None:
    git(root, "checkout", "-q", DRAFT)
    assert "Föreslaget" not in found(root).gällande.plan.rutiner["ta-emot-klagomal"].titel


def test_another_branch_can_be_the_one_in_force(root: Path) -> None:
    made = parts(root, TODAY, (), DRAFT)
    assert "Föreslaget" in made.gällande.plan.rutiner["ta-emot-klagomal"].titel
    with pytest.raises(PublishError, match="finns inte här"):
        parts(root, TODAY, (), "mian")


def test_without_the_branch_it_is_what_is_checked_out(root: Path) -> None:
    git(root, "branch", "-M", "main", "trunk")
    made = found(root)
    assert (made.gällande.utgåva, made.källa[:4], made.osparat) == (NOW, "HEAD", False)


def test_a_proposal_only_at_the_origin_is_found(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", f"file://{root}", "klon")
    (draft,) = found(tmp_path / "klon", DRAFT).förslag
    assert draft.mapp == FOLDER


@pytest.mark.parametrize(
    ("drafts", "said"),
    [
        (["finns-inte"], "finns inte här"),
        (["en/sak", "en-sak"], "samma mapp"),
        (["--help"], "inget namn på en revision"),
    ],
)
def test_proposals_that_can_t_be_published(root: Path, drafts: list[str], said: str) -> None:
    for name in ("en/sak", "en-sak"):
        git(root, "branch", name)
    with pytest.raises(PublishError, match=said):
        found(root, *drafts)


def test_a_proposal_with_errors_is_refused_with_their_list(root: Path) -> None:
    git(root, "checkout", "-q", DRAFT)
    commit(root, {TERMS: "ord: []\n"})
    with pytest.raises(PublishError, match=r"å-ä-ö\.yml.*\n(.*\n)*.*har fel"):
        found(root, DRAFT)


def test_an_edition_that_nobody_has_decided_is_no_edition(root: Path) -> None:
    """The year before was only proposed when the one after it was put in its place."""
    git(root, "checkout", "-q", "--orphan", "ny")
    save(root, proposal())
    tree = second(first())
    register = tree.plan["plan/utgavor.yml"].decode()
    at = register.index(f"  - id: {OLD}")
    old = register[at:].replace("typ: beslutad", "typ: förslag")
    head = old.partition("    manifest:")
    old = head[0] + old[old.index("    källor:") :]
    save(
        root, replace(tree, plan={**tree.plan, "plan/utgavor.yml": (register[:at] + old).encode()})
    )
    git(root, "branch", "-M", "ny", "main")
    made = found(root)
    assert (made.tidigare, made.utanför) == ((), (OLD,))


def test_an_earlier_edition_whose_names_lead_nowhere_is_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    law = (
        first()
        .plan["plan/lagrum.yml"]
        .replace("författning: e".encode(), "författning: x".encode())
    )
    save(tmp_path, replace(first(), plan={**first().plan, "plan/lagrum.yml": law}))
    save(tmp_path, second(first()))
    made = parts(tmp_path, TODAY, ())
    assert (made.gällande.utgåva, made.tidigare, made.saknade) == (NOW, (), ())
    assert [edition.utgåva for edition in made.oläsliga] == [OLD]


def test_an_earlier_edition_that_was_to_hold_for_ever_is_shown_as_of_the_next(
    tmp_path: Path,
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    frame = first().plan["plan/plan.yml"].replace(b"2026-12-31", b"9999-12-31")
    save(tmp_path, replace(first(), plan={**first().plan, "plan/plan.yml": frame}))
    save(tmp_path, second(first()))
    (part,) = parts(tmp_path, TODAY, ()).tidigare
    assert (part.plan.ram.gäller_till.year, part.dag) == (9999, date(2027, 1, 1))


# Lists


def test_a_disk_that_was_full_leaves_the_root_whole_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / MÄRKEN).mkdir()
    first = {"a/index.html": b"a", "b/index.html": b"b"}
    front.write(tmp_path, first, ())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    known = tmp_path / MÄRKEN / "rot.json"
    listed = known.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            front.write(tmp_path, {"a/index.html": b"ny"}, ())
    assert known.read_bytes() == listed
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda *_: full(0))
        with pytest.raises(OSError, match="No space"):
            front.write(tmp_path, {"a/index.html": b"nyare"}, ())
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["index.html"]
    known.write_bytes(listed[:5])  # as an earlier program could leave it
    front.write(tmp_path, {"a/index.html": b"nyare"}, ())
    assert (tmp_path / "a/index.html").read_bytes() == b"nyare"


def mark(folder: str, years: str, state: str = "tidigare") -> Märke:
    return Märke(folder, state, folder, f"Plan {folder}", years, "", "", {}, "")


def test_editions_of_the_same_years_are_told_apart_by_their_titles() -> None:
    rows = json.loads(
        versions([mark("a", "2026", "gällande"), mark("b", "2026"), mark("c", "2025")])
    )
    assert [row["title"] for row in rows] == ["Plan a", "Plan b", "2025"]
    assert rows[0]["aliases"] == ["gallande"]


def test_proposals_for_the_same_years_are_told_apart_by_their_branches() -> None:
    drafts = [mark(f"utkast/{name}", "2027", "förslag") for name in ("a", "b")]
    rows = json.loads(versions([mark("x", "2027", "gällande"), *drafts]))
    assert [row["title"] for row in rows] == ["2027", "Förslag 2027: a", "Förslag 2027: b"]
