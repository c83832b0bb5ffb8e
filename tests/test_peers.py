"""What the benchmark compares with: the same facts to each, and nothing that isn't signed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bench import hugo, markdown
from bench.beside import one_schema
from bench.generator import generate

pytestmark = pytest.mark.no_cover
_PAGE = """---
title: Ett
---

<nav><ol><li><a href="../">Start</a></li></ol></nav>

# Att *pröva* { .stor }

<div class="huvud">
<p>Rutin <span>Gäller</span> <a href="../b/?enhet=1">en annan</a> och <a href="#kalla">1</a></p>
<dl><div><dt>Ägare</dt> <dd><a href="../../roller/">Alla</a></dd></div></dl>
<p hidden>Syns inte</p>
</div>

## Steg

<ol>
<li><p>Gör <strong>så</strong>.</p><p>Gör [sedan] så <code>x_y</code>.</p></li>
<li>2. Sist<ul><li>inuti</li></ul></li>
</ol>
<svg><text>ritat</text></svg>
<table><caption>Allt</caption><thead><tr><th>A</th><th>B</th></tr></thead>
<tbody><tr><th>a|b</th><td>1 &lt; 2</td></tr><tr><td>c</td></tr></tbody></table>
<pre><code>två
  rader</code></pre>
"""
_PLAIN = r"""---
title: Ett
---

# Att *pröva*

Rutin Gäller [en annan](b.md) och 1

-   **Ägare:** [Alla](../roller/index.md)

## Steg

1.  Gör **så**.

    Gör \[sedan\] så `x_y`.
1.  2\. Sist
    -   inuti

Allt

| A | B |
| --- | --- |
| a\|b | 1 &lt; 2 |
| c |  |

    två
      rader
"""


def test_a_page_says_the_same_as_plain_markdown(tmp_path: Path) -> None:
    for name in ("rutiner/a.md", "rutiner/b.md", "roller/index.md", "hjalp/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>En <a href='../../rutiner/a/'>sida</a></p>", "utf-8")
    (tmp_path / "rutiner/a.md").write_text(_PAGE, "utf-8")
    markdown.rewrite(tmp_path, but={"hjalp/c.md"})
    assert (tmp_path / "rutiner/a.md").read_text("utf-8") == _PLAIN
    assert (tmp_path / "rutiner/b.md").read_text("utf-8") == "En [sida](a.md)\n"
    assert (tmp_path / "hjalp/c.md").read_text("utf-8").startswith("<p>")


def test_a_schema_with_all_in_it_says_the_same(tmp_path: Path) -> None:
    """It refers to nothing outside itself, and finds what the schemas as they lie find."""
    generate(tmp_path, routines=1)
    schema = json.loads(one_schema(tmp_path / "schemas", "rutin", tmp_path / "en").read_text())
    assert "schema.json#" not in json.dumps(schema)
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    source = [{"dokument": "handbok-1", "avsnitt": "1 Mål"}]
    sound = {
        "id": "en-rutin", "titel": "En rutin", "typ": "stomme", "status": "gällande",
        "syfte": "Att pröva.", "gäller_för": ["enheten"], "ägare": "rektor",
        "gäller_från": "2026-01-01", "ses_över_senast": "2027-01-01", "källor": source,
    }  # fmt: skip
    assert list(judge.iter_errors(sound)) == []
    assert list(judge.iter_errors(sound | {"id": "Inte ett id"}))
    assert list(judge.iter_errors(sound | {"gäller_för": [7]}))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on disk with a program called hugo, and no other for apt to ask."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        pytest.skip("no apt here")
    root, folder = tmp_path / "hugo", tmp_path / "packages"
    (root / "DEBIAN").mkdir(parents=True)
    (root / "usr/bin").mkdir(parents=True)
    folder.mkdir()
    control = (
        "Package: hugo\nVersion: 9.9\nArchitecture: all\nMaintainer: Nobody <a@example.org>\n"
        "Description: a program\n"
    )
    (root / "DEBIAN/control").write_text(control)
    (root / "usr/bin/hugo").write_text("#!/bin/sh\necho hugo v9.9 made\n")
    (root / "usr/bin/hugo").chmod(0o755)
    package = folder / "hugo.deb"
    subprocess.run(["dpkg-deb", "--build", root, package], check=True, capture_output=True)
    content = package.read_bytes()
    (folder / "Packages").write_text(
        f"{control}Filename: ./hugo.deb\nSize: {len(content)}\n"
        f"SHA256: {hashlib.sha256(content).hexdigest()}\n"
    )
    only = f'Dir::Etc::sourcelist "{folder}/list";\nDir::Etc::sourceparts "-";\n'
    monkeypatch.setattr(hugo, "_APT", f'{hugo._APT}{only}Dir::State::lists "{{home}}/tom";\n')
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "hugo" else which(name))
    return folder


def offer(repository: Path, *, trusted: bool) -> None:
    """Tell apt of the repository; that it is trusted stands for its being signed."""
    option = "[trusted=yes] " if trusted else ""
    (repository / "list").write_text(f"deb {option}copy:{repository} ./\n")


def test_hugo_is_fetched_and_runs_from_where_it_lies(repository: Path, tmp_path: Path) -> None:
    offer(repository, trusted=True)
    home = tmp_path / "home"
    found = hugo.find(home)
    assert found is not None
    assert found.program == home / "rot/usr/bin/hugo"
    assert found.version == "v9.9"
    shutil.rmtree(repository)
    assert hugo.find(home) == found  # it is fetched once


def test_what_nobody_has_signed_is_not_fetched(repository: Path, tmp_path: Path) -> None:
    offer(repository, trusted=False)
    assert hugo.find(tmp_path / "home") is None
    assert not list((tmp_path / "home").rglob("hugo*"))


def test_a_package_that_is_not_what_the_list_says_is_not_used(
    repository: Path, tmp_path: Path
) -> None:
    offer(repository, trusted=True)
    package = repository / "hugo.deb"
    package.write_bytes(package.read_bytes()[:-1] + b"!")
    assert hugo.find(tmp_path / "home") is None
    assert not (tmp_path / "home/rot").exists()


def test_without_apt_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert hugo.find(tmp_path / "home") is None
    assert not (tmp_path / "home").exists()
