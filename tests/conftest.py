"""What every test stands on: the same surroundings on each machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from coverage import Coverage
from hypothesis import settings

from tests.browser import chromium as browser
from tests.building import MEASURED, SETTING, site, site_pages, small_site  # noqa: F401 - fixtures
from tests.repository import repository  # noqa: F401 - a fixture

# The same examples in each run, so that a red run can be repeated; no deadline, since the
# machine may be shared.
settings.register_profile("ska", derandomize=True, deadline=None, database=None)
settings.load_profile("ska")


def pytest_configure() -> None:
    """Keep the user's settings out of the tests; xdist's workers come by here too."""
    _measure_once()
    for name in [
        *(name for name in os.environ if name.startswith("GIT_")),  # set by git for its hooks
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "SOURCE_DATE_EPOCH",
        "PYTHONDONTWRITEBYTECODE",  # each of the many commands would compile the program anew
    ]:
        os.environ.pop(name, None)
    os.environ |= {
        "SKA_CACHE": "",  # what an earlier run kept must not answer for this one
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        # A checkout may belong to another user than the one who runs the tests.
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
        "GIT_AUTHOR_NAME": "Test",
        "GIT_AUTHOR_EMAIL": "test@example.org",
        "GIT_COMMITTER_NAME": "Test",
        "GIT_COMMITTER_EMAIL": "test@example.org",
    }


def _measure_once() -> None:
    """Let pytest-cov alone measure a worker: of several that do, `no_cover` pauses only one.

    A worker that inherits the setting measures itself, and pytest-cov begins with a worker as if
    there were no others, to begin anew when it knows.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ.pop(SETTING, None)
    elif measuring := Coverage.current():
        measuring.stop()


def pytest_collection_finish() -> None:
    _set_aside()


def _set_aside() -> None:
    """Let no process measure itself, unless a test asks for it (`building.environment`)."""
    if SETTING in os.environ:  # also each time that the measuring goes on after a pause
        MEASURED[SETTING] = os.environ.pop(SETTING)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with _measured_as_its_test(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    with _measured_as_its_test(item):
        return (yield)


@contextmanager
def _measured_as_its_test(item: pytest.Item) -> Iterator[None]:
    """Pause the measuring of what makes a `no_cover` test ready, which pytest-cov does not do."""
    _set_aside()
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    if not (controller and item.get_closest_marker("no_cover")):
        yield
        return
    controller.pause()
    try:
        yield
    finally:
        controller.resume()
        _set_aside()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what pages weigh, what damage the check finds, and which searches find their page."""

    def told(wanted: str) -> list[Any]:
        return sorted(
            value
            for outcome in ("passed", "failed")
            for report in terminalreporter.getreports(outcome)
            for name, value in report.user_properties
            if name == wanted
        )

    if figures := told("budget"):
        terminalreporter.section("webbplatsens budget")
        for what, figure, limit in figures:
            terminalreporter.write_line(f"{what:<52}{figure:>8} av högst {limit}")
    for name, heading in (
        ("mutanter", "mutanter: hittade av gjorda"),
        ("sökningar", "sökningar: bland de tre första"),
    ):
        rows = told(name)
        if rows:
            hits, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
            terminalreporter.section(heading)
            for part, found, made in (*rows, ("Alla", hits, total)):
                line = f"{part:<18}{found:>5} av {made:>4}  {found / made:.1%}"
                terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def _schemas_once() -> Iterator[None]:
    """Make the schemas ready for use once: else that is most of each small plan's check."""
    from ska import check  # not before the coverage of a worker is being measured
    from ska.reading import schema  # not before the coverage of a worker is being measured

    load, links = schema.load, check.bindningar
    ready: dict[tuple[tuple[str, bytes], ...], dict[str, schema.Kind]] = {}
    linked: dict[tuple[int, ...], tuple[object, Any]] = {}

    def remembered(files: Mapping[str, bytes]) -> dict[str, schema.Kind]:
        key = tuple(sorted(files.items()))
        if key not in ready:
            ready[key] = load(files)  # what it raises it raises each time
        return dict(ready[key])

    def remembered_links(bodies: Mapping[str, Mapping[str, Any]]) -> Any:
        key = tuple(map(id, bodies.values()))
        if key not in linked:
            linked[key] = (bodies, links(bodies))  # kept, so that their ids stay their own
        return linked[key][1]

    with (
        mock.patch.object(schema, "load", remembered),
        mock.patch.object(check, "bindningar", remembered_links),
    ):
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the browser to drive; without one the test fails, as skipping proves nothing."""
    program = browser.find()
    if program is None:
        pytest.fail(browser.advice(), pytrace=False)
    return program
