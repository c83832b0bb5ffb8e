"""The content security policy."""

from __future__ import annotations

import base64
import hashlib

import pytest

from ska.render import skydd


def test_the_policy_allows_the_one_script_by_its_hash() -> None:
    digest = base64.b64encode(hashlib.sha256(b"\nett()\n").digest()).decode()
    said = skydd.policy("<p>text</p><script>\nett()\n</script>")
    assert f"script-src 'self' 'sha256-{digest}';" in said
    assert "unsafe" not in said
    assert skydd.policy("<script>\nett() \n</script>") != said


@pytest.mark.parametrize("template", ["", "<script>a()</script><script>b()</script>"])
def test_another_number_of_scripts_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="only one"):
        skydd.policy(template)
