"""What is measured of the tests: no more than is asked for, since tracing takes as long again."""

from __future__ import annotations

import os
import sys

import pytest
from coverage import Coverage

from tests.building import SETTING, environment


@pytest.fixture
def traced() -> bool:
    return sys.gettrace() is not None


@pytest.mark.no_cover
def test_neither_an_unmeasured_test_nor_what_makes_it_ready_is_traced(traced: bool) -> None:
    assert not traced
    assert sys.gettrace() is None


def test_a_measured_test_is_traced(traced: bool) -> None:
    measuring = Coverage.current() is not None
    assert traced is measuring
    assert (sys.gettrace() is not None) is measuring


def test_a_process_measures_itself_only_where_a_test_asks() -> None:
    assert SETTING not in os.environ
    assert SETTING not in environment(measured=False)
    assert (SETTING in environment()) is (Coverage.current() is not None)
