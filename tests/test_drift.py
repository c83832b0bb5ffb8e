"""The site as it is served: nginx's own answers, and the same headers in IIS's configuration."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
import yaml

from ska.render import skydd
from tests import webserver
from tests.browser.chromium import server
from tests.building import Built
from tests.webserver import ask

ROOT = Path(__file__).resolve().parent.parent
PALETTE = ROOT / "docs/tema/partials/javascripts/palette.html"
HASHED = "assets/javascripts/bundle.a5f9d56c.min.js"
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
#: What is laid out for the headers' sake: file -> type.
FILES = {
    "index.html": "text/html; charset=utf-8",
    "rutiner/index.html": "text/html; charset=utf-8",
    "404.html": "text/html; charset=utf-8",
    "versions.json": "application/json; charset=utf-8",
    "andringar.atom": "application/atom+xml; charset=utf-8",
    "kalender/planen.ics": "text/calendar; charset=utf-8",
    "dokument/plan.pdf": "application/pdf",
    "stil/ska.css": "text/css; charset=utf-8",
    "bild.svg": "image/svg+xml",
    HASHED: "application/javascript; charset=utf-8",
    ".git/config": "",
    "tom/fil.txt": "text/plain; charset=utf-8",
}


@pytest.fixture(scope="session")
def policy() -> str:
    """Return what the pages' own policy and a header's must be."""
    return f"{skydd.policy(PALETTE.read_text('utf-8'))}; {skydd.HEADER_ONLY}"


@pytest.fixture(scope="module")
def nginx() -> str:
    program = server()
    if program is None:  # unlike the browser it proves a file of deploy/, not the site
        pytest.skip("nginx finns inte; installera paketet nginx-light")
    return program


@pytest.fixture(scope="module")
def served(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HTTPConnection]:
    site = tmp_path_factory.mktemp("filer")
    for name in FILES:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n" * 200, encoding="utf-8")
    with webserver.nginx(nginx, site, tmp_path_factory.mktemp("nginx")) as connection:
        yield connection


@pytest.mark.parametrize("name", [name for name, kind in FILES.items() if kind])
def test_each_file_has_its_type_and_the_same_headers(
    name: str, served: HTTPConnection, policy: str
) -> None:
    answer, body = ask(served, f"/{name}")
    assert answer.status == 200
    assert body.decode() == f"{name}\n" * 200
    assert answer.headers["Content-Type"] == FILES[name]
    assert {key: answer.headers[key] for key in ALWAYS} == ALWAYS
    expected = None if name.endswith(".pdf") else policy
    assert answer.headers["Content-Security-Policy"] == expected
    assert answer.headers["Server"] == "nginx"
    kept = "public, max-age=31536000, immutable" if name == HASHED else "no-cache"
    assert answer.headers["Cache-Control"] == kept


def test_what_isn_t_there_is_answered_with_the_site_s_own_page(served: HTTPConnection) -> None:
    for path in ("/finns/inte/", "/assets/x.0123abcd.min.js", "/.git/config", "/tom/"):
        answer, body = ask(served, path)
        assert answer.status == 404 or path == "/tom/", path
        if path != "/tom/":
            assert body.decode() == "404.html\n" * 200
        # What is missing today may be there tomorrow.
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_folder_is_listed_and_nothing_can_be_sent(served: HTTPConnection) -> None:
    answer, body = ask(served, "/tom/")
    assert answer.status in (403, 404)
    assert b"fil.txt" not in body
    for method in ("POST", "PUT", "DELETE"):
        assert ask(served, "/", method)[0].status == 405


def test_a_folder_s_address_is_completed_without_naming_the_server(served: HTTPConnection) -> None:
    answer, _ = ask(served, "/rutiner")
    assert (answer.status, answer.headers["Location"]) == (301, "/rutiner/")


def test_what_is_the_same_is_not_sent_again_and_text_is_sent_packed(
    served: HTTPConnection,
) -> None:
    first, whole = ask(served, "/")
    again, body = ask(served, "/", If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")
    for name, kind in FILES.items():
        packed, body = ask(served, f"/{name}", Accept_Encoding="gzip")
        if kind and name != "dokument/plan.pdf":
            assert packed.headers["Content-Encoding"] == "gzip", name
            assert gzip.decompress(body).decode() == f"{name}\n" * 200
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert whole


def test_every_link_of_the_site_is_answered(
    nginx: str, site: Path, site_pages: dict[str, Built], tmp_path: Path
) -> None:
    (tmp_path / "nginx").mkdir()
    with webserver.nginx(nginx, site, tmp_path / "nginx") as connection:
        links = {"/404.html"}
        for at, page in site_pages.items():
            for href in page.links:
                target = urlsplit(urljoin(f"http://x/{at}", href))
                if target.netloc == "x":
                    links.add(quote(target.path, safe="/%"))
        assert len(links) > 0.9 * len(site_pages)
        wrong = {path: ask(connection, path, "HEAD")[0].status for path in sorted(links)}
        assert {path: status for path, status in wrong.items() if status != 200} == {}


def test_the_pages_policy_is_the_header_s(site_pages: dict[str, Built], policy: str) -> None:
    start = site_pages[""].html
    (own,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)">', start)
    assert f"{own}; {skydd.HEADER_ONLY}" == policy


# IIS


def test_iis_sends_the_same_headers(policy: str) -> None:
    root = ET.fromstring((ROOT / "deploy/iis/web.config").read_text("utf-8"))
    server = root.find("system.webServer")
    assert server is not None
    added = server.findall("httpProtocol/customHeaders/add")
    headers = {part.attrib["name"]: part.attrib["value"] for part in added}
    assert headers == {**ALWAYS, "Content-Security-Policy": policy}
    cache = server.find("staticContent/clientCache")
    assert cache is not None
    assert cache.attrib["cacheControlCustom"] == "no-cache"
    types = {
        part.attrib["fileExtension"]: part.attrib["mimeType"]
        for part in server.findall("staticContent/mimeMap")
    }
    for name, kind in FILES.items():
        ending = Path(name).suffix
        if ending in types:
            assert types[ending] == kind
    assert {".ics", ".atom"} <= types.keys()


# The image


def test_the_image_holds_the_tested_configuration_and_no_privileges() -> None:
    image = (ROOT / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY .*$", image, flags=re.M)
    assert copied[0].endswith("deploy/nginx/nginx.conf deploy/nginx/ska.conf /etc/nginx/")
    assert copied[1].endswith("/srv/ska/")
    assert "USER 101:101" in image
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["ska"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "101:101"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    configuration = (ROOT / "deploy/nginx/nginx.conf").read_text("utf-8")
    written = re.findall(r"(?:_path|pid) (\S+);", configuration)
    assert written
    assert all(path.startswith("/tmp/") for path in written)


def test_no_more_than_the_site_goes_into_the_image() -> None:
    for name in (".containerignore", ".dockerignore"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert [line for line in lines if not line.startswith("#")] == [
            "*", "!deploy/nginx", "!publicerat", "!site",
        ]  # fmt: skip
