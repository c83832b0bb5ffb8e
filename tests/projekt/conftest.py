"""What the tests of the Makefile and of the workflows share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projekt.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)
