"""The site while it is edited: what is shown is what would be built, and only what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ska import check
from ska.documents import document
from ska.documents.document import DocumentError
from ska.reading import yaml_source
from ska.render.addresses import PLAN_PDF
from ska.site import live as live_module
from ska.site.live import Live
from ska.site.prepared import Built, SiteError
from tests.building import EPOCH, ROOT, build, shared, small

ROUTINE = "plan/rutiner/ta-emot-klagomal.yml"
PAGE = "rutiner/ta-emot-klagomal/index.html"


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small(tmp_path / "projekt")


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def edit(project: Path, old: str, new: str) -> None:
    text = (project / ROUTINE).read_text("utf-8")
    assert old in text
    (project / ROUTINE).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        build(small(folder), folder / "site")

    return shared(tmp_path_factory, "byggd", make)


def test_what_is_shown_is_what_would_be_built(built: Path, tmp_path: Path) -> None:
    live = Live(built, tmp_path)
    live.renew()
    wanted = files_of(built / "site")
    for at in reversed(wanted):  # whatever the order in which they are asked for
        live.fetch(at)
    assert files_of(tmp_path) == wanted
    for at in wanted:
        assert (tmp_path / at).read_bytes() == (built / "site" / at).read_bytes(), at


@pytest.mark.no_cover  # as long again, and no line that the others don't show
def test_so_it_is_for_the_real_plan(site: Path, tmp_path: Path) -> None:
    live = Live(ROOT, tmp_path)
    live.renew()
    for at in [at for at in files_of(site) if at.endswith(".html")][::12]:
        live.fetch(at)
        assert (tmp_path / at).read_bytes() == (site / at).read_bytes(), at


def test_a_change_is_seen_on_every_page_that_tells_it(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    live = Live(project, out)
    live.renew()
    for at in (PAGE, "rutiner/index.html"):
        live.fetch(at)
        assert "Ta emot klagomål" in (out / at).read_text("utf-8")
    edit(project, "titel: Ta emot klagomål", "titel: Hantera klagomål")
    live.renew()
    for at in (PAGE, "rutiner/index.html"):
        live.fetch(at)
        assert "Hantera klagomål" in (out / at).read_text("utf-8")


def test_what_is_taken_away_is_shown_no_more(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    live = Live(project, out)
    (project / "docs" / "egen.md").write_text("# Egen\n", "utf-8")
    live.renew()
    live.fetch("egen/index.html")
    assert (out / "egen/index.html").exists()
    (project / "docs" / "egen.md").unlink()
    live.renew()
    live.fetch("egen/index.html")
    assert not (out / "egen/index.html").exists()


def test_a_plan_with_faults_leaves_what_there_was(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    live = Live(project, out)
    live.renew()
    edit(project, "ägare: enhetschef", "ägare: enhetchef")
    with pytest.raises(SiteError, match=ROUTINE):
        live.renew()
    live.fetch(PAGE)
    assert "Ta emot klagomål" in (out / PAGE).read_text("utf-8")
    live.fetch("rutiner/index.html")
    assert "Ta emot klagomål" in (out / "rutiner/index.html").read_text("utf-8")


def test_a_change_costs_what_it_touches(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = yaml_source.read

    def counted(path: str, raw: bytes) -> object:
        read.append(path)
        return whole(path, raw)

    live = Live(project, tmp_path / "ut")
    live.renew()
    monkeypatch.setattr(check.yaml_source, "read", counted)
    edit(project, "titel: Ta emot klagomål", "titel: Hantera klagomål")
    live.renew()
    assert read == [ROUTINE]
    live.fetch(PAGE)
    assert [at for at in files_of(tmp_path / "ut") if at.endswith("index.html")] == [PAGE]


def test_schemas_that_change_are_used(project: Path, tmp_path: Path) -> None:
    live = Live(project, tmp_path / "ut")
    live.renew()
    schema = project / "schemas/rutin.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('"titel"', '"rubriken"'), "utf-8")
    with pytest.raises(SiteError, match="titel"):
        live.renew()


def test_what_lies_beside_the_pages_is_made_once(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    whole = live_module.data

    def counted(built: Built) -> dict[str, bytes]:
        made.append(built)
        return whole(built)

    monkeypatch.setattr(live_module, "data", counted)
    live = Live(project, tmp_path / "ut")
    live.renew()
    for at in ("finns/inte", "inte/heller", "api/plan.json"):
        live.fetch(at)
    assert (tmp_path / "ut/api/plan.json").exists()
    assert len(made) == 1


def test_a_folder_that_is_asked_for_is_not_taken_away(project: Path, tmp_path: Path) -> None:
    """Its address may lack the stroke at the end."""
    out = tmp_path / "ut"
    live = Live(project, out)
    live.renew()
    live.fetch(PAGE)
    live.fetch("rutiner")
    edit(project, "titel: Ta emot klagomål", "titel: Hantera klagomål")
    live.renew()
    live.fetch(PAGE)
    assert "Hantera klagomål" in (out / PAGE).read_text("utf-8")


def test_a_document_that_can_t_be_made_stops_nothing_else(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*about: object) -> bytes:
        raise DocumentError("tecknet går inte att visa")

    monkeypatch.setattr(document, "of_plan", fail)
    live = Live(project, tmp_path / "ut")
    live.renew()
    with pytest.raises(SiteError, match=r"tecknet går inte att visa\."):
        live.fetch(PLAN_PDF)
    live.fetch("finns/inte")
    live.fetch(PAGE)
    assert (tmp_path / "ut" / PAGE).is_file()
    assert (tmp_path / "ut/api/plan.json").is_file()
