"""A built site whose pages open as files: links lead to files, and to nothing else than before."""

from __future__ import annotations

import pytest

from ska.site.loose import named


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<a href="metoder/">', '<a href="metoder/index.html">'),
        ('<a href="../forslag/#andring-x">', '<a href="../forslag/index.html#andring-x">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="../..">', '<a href="../../index.html">'),
        ('<a href=".">', '<a href="./index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<form action="./" method="get">', '<form action="./index.html" method="get">'),
        ('<option value="roller/rektor/">', '<option value="roller/rektor/index.html">'),
        ('<a href="?q=x">', '<a href="?q=x">'),
        ('<a href="#ord">', '<a href="#ord">'),
        ('<a href="">', '<a href="">'),
        ('<option value="">', '<option value="">'),
        ('<a href="stil/ska.css">', '<a href="stil/ska.css">'),
        ('<a href="plan.pdf#sida">', '<a href="plan.pdf#sida">'),
        ('<a href="https://exempel.example/x/">', '<a href="https://exempel.example/x/">'),
        ('<a href="/x/">', '<a href="/x/">'),
        ('<a href="mailto:namnd@exempel.example">', '<a href="mailto:namnd@exempel.example">'),
        ('<input value="ord">', '<input value="ord">'),
        ('<p title="a/">', '<p title="a/">'),
    ],
)  # fmt: skip
def test_a_link_to_a_folder_names_its_page(html: str, made: str) -> None:
    assert named(html) == made
    assert named(made) == made
