"""The plan's pages handed to MkDocs: the hooks, which `macros.py` names to it. No product logic.

What makes the pages one by one, and shows them, lies in the modules beside this one.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

# Material prints an advertisement for its successor at import; it would reach plan editors.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")

from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_build_datetime

from ska.files.tree import NoPlanError
from ska.reading import schema
from ska.render import forslag, headings, notiser, skydd, tree
from ska.render.addresses import address, source_path
from ska.render.brev import är_epost
from ska.render.gemensamt import Settings
from ska.render.page import Page
from ska.site.mending import dressed, mended, way_back, with_wheels, without_wheels
from ska.site.prepared import Built, Order, SiteError, data, prepare
from ska.site.searching import begin, search_files, searched, searched_help
from ska.told import Told, silent

_PALETTE: Final = "partials/javascripts/palette.html"


_current: Built | None = None
_order: Order | None = None
_told: Told = silent


def current() -> Built:
    """Give the plan that is being built, for `macros.py`."""
    assert _current is not None, "on_config runs first"
    return _current


# Hooks, in the order in which MkDocs calls them


@event_priority(100)  # before mkdocs-macros, whose functions need the plan
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the plan. One that has errors stops the build with their list."""
    global _current  # MkDocs gives its hooks no other place to keep things
    begin()
    root = Path(config.config_file_path).parent
    today = get_build_datetime().astimezone(ZoneInfo("Europe/Stockholm")).date()
    extra = config.extra
    settings = Settings(
        today,
        extra.get("repository") or "",
        extra.get("branch") or "main",
        config.site_url or "",
        förslag_epost=extra.get("forslag_epost") or "",
    )
    if settings.förslag_epost and not är_epost(settings.förslag_epost):
        raise PluginError(
            f"\n”{settings.förslag_epost}” är ingen e-postadress. Rätta SKA_FORSLAG_EPOST, "
            "eller forslag_epost i mkdocs.yml."
        )
    published = _order.publicerat if _order else None
    if published:
        # What is subscribed to and linked to has addresses that outlive an edition's folder.
        config.site_url = published.adress(settings.address)
        extra["version"] = {"provider": "mike", "default": ["^gallande$"]}
    try:
        _current = prepare(root, settings, _order, _told)
    except (SiteError, NoPlanError, schema.SchemaError) as error:
        raise PluginError(f"\n{error}") from None
    if published and published.läge == "tidigare":  # which may be another board's
        board = _current.plan.nämnder[_current.plan.ram.nämnd]
        config.site_name = f"{board.namn}s kvalitetsarbete"
    statements = _current.plan.redogörelser.values()
    config.extra["ska_redogorelse"] = next((address(ting) for ting in statements), "")
    config.extra["ska_notis"] = notiser.notice(_current.site, "") if not published else Markup("")
    if _current.site.settings.förslag:
        config.extra["ska_forslag"] = forslag.ADRESS
        first = {forslag.TITEL: source_path(forslag.ADRESS)}
        config.nav = [first, *(config.nav or ())]
    return config


@event_priority(100)  # the pages must be there before other plugins look at the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the plan's pages and data, backed by the YAML files they come from."""
    root = Path(config.config_file_path).parent
    for path, page in current().pages.items():
        source = str(root / (page.file or "plan/plan.yml"))
        file = File.generated(
            config, path, abs_src_path=source, inclusion=InclusionLevel.NOT_IN_NAV
        )
        files.append(file)
    try:
        beside = [] if _order else [*data(current())]  # else it is put there one by one
    except SiteError as error:
        raise PluginError(f"\n{error}") from None
    for path, pieces in beside:
        files.append(File.generated(config, path, content=b"".join(pieces)))
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Tell the pages what they may run, and make them without the templates' own indents.

    All pages have their content by now, and no file is copied yet: so the search's are added.
    """
    for path, pieces in search_files() if not _order else ():
        files.append(File.generated(config, path, content=b"".join(pieces)))
    env.trim_blocks = env.lstrip_blocks = True
    config.extra["ska_skydd"] = skydd.policy(env.get_template(_PALETTE).render())
    return env


def on_page_read_source(page: MkDocsPage, config: MkDocsConfig) -> str | None:
    """Give a generated page's headings; MkDocs reads the hand-written pages itself."""
    made = current().pages.get(page.file.src_uri)
    return headings.skeleton(made.marked) if made else None


def on_page_markdown(markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Set a generated page's title, and where the menu shows it."""
    made = current().pages.get(page.file.src_uri)
    if made:
        page.meta.update(metadata(made))
    return markdown


def metadata(made: Page) -> dict[str, Any]:
    """Give what the theme is told of a generated page."""
    return {**tree.front_matter(made), "ska_way": made.way}


def on_page_context(context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:
    """Give a published page its own notice."""
    if notice := own_notice(page.url):
        page.meta["ska_notis"] = notice
    return context


def own_notice(url: str) -> Markup:
    """Give what a published page says of itself and of its edition; on others all say the same."""
    published = _order is not None and _order.publicerat
    return notiser.notice(current().site, url) if published else Markup("")


def on_post_page(output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Put a page's wheel back where it stands."""
    made = current().pages.get(page.file.src_uri)
    return mended(with_wheels(output, made.marked) if made else output)


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Mend the page for what isn't there, which is made from a template alone."""
    return mended(output) if template_name.endswith(".html") else output


def on_page_content(html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Fill a generated page; mend what the theme and its search would make of its HTML."""
    made = current().pages.get(page.file.src_uri)
    if made is None:
        html = _handwritten(html, page)
        if page.file.src_uri != "index.md":  # the start page says what other pages say
            searched_help(page.url, str(page.title), tuple(page.meta.get("sökord", ())), html)
        return html
    html = headings.filled(html, without_wheels(made.marked))
    searched(page.url, made, html)
    way, rest = way_back(html)
    page.meta["ska_stig"] = way
    return rest


def _handwritten(html: str, page: MkDocsPage) -> str:
    """Give a page in docs/ what the plan's own have: explained abbreviations, tables, a foot."""
    site = current().site
    explained = site.explainer.page(page.url).html(dressed(html))
    path = f"docs/{page.file.src_uri}"
    address = site.file_address(path, 1)
    where = (
        Markup('<a href="{}">Ändra sidan i filen {}</a>').format(address, path)
        if address
        else Markup("Sidan står i filen <code>{}</code>").format(path)
    )
    edition = site.edition_words if page.url else ""  # the start page has said it
    return explained + Markup(
        '<div class="ska-fot" data-search-exclude><p>{}. {}</p></div>'
    ).format(where, edition)


# What makes a site


@contextmanager
def running(order: Order | None, built: Built | None = None, told: Told = silent) -> Iterator[None]:
    """Let MkDocs work on the plan that is ordered; what goes wrong is a `SiteError` in Swedish.

    Where it has been `built` already, the hooks go on with that.
    """
    global _order, _current, _told
    _current, _told = built, told
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Said("mkdocs: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    _order = order
    try:
        yield
    except PluginError as error:
        raise SiteError(str(error).strip()) from None
    except Abort:
        raise SiteError(
            "Webbplatsen byggdes inte: MkDocs varnade, och en varning räknas som ett fel."
        ) from None
    except SystemExit:  # how mkdocs-macros stops on an error; it has said which
        raise SiteError("Webbplatsen byggdes inte: en sida i docs/ har ett fel.") from None
    finally:
        _order = None
        logging.getLogger("mkdocs").removeHandler(handler)


class _Said(logging.Formatter):
    """What MkDocs and its plugins say, without the traceback that mkdocs-macros adds."""

    def format(self, record: logging.LogRecord) -> str:
        text = re.sub(r"```\nTraceback.*?```", "", super().format(record), flags=re.DOTALL)
        return text.strip()


def frame_of(root: Path) -> dict[str, str]:
    """Give what mkdocs.yml, with the environment, says of the site as a whole."""
    config = configured(root)
    address = config.site_url or ""
    return {"adress": address, "förråd": str(config.extra.get("repository") or "")}


def needs_frame(root: Path) -> None:
    """Raise `SiteError` where no site can be made."""
    if not (root / "mkdocs.yml").is_file():
        raise SiteError("Filen mkdocs.yml finns inte här. Kör kommandot i projektets mapp.")


def configured(root: Path, **given: Any) -> MkDocsConfig:
    """Read mkdocs.yml; `given` goes before what it says. Raises `SiteError`."""
    needs_frame(root)
    try:
        return load_config(str(root / "mkdocs.yml"), **given)
    except ConfigurationError as error:
        raise SiteError(f"mkdocs.yml går inte att använda: {error}") from None
