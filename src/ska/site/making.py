"""One state of the files, and its pages made one at a time: in a build all of them, or as asked.

MkDocs reads every page before it writes the first, and so holds the whole site at once; and it
makes everything anew however little has changed. Here its own steps are taken up to where the
first page would be read, and then each page is read, written and let go by itself, by MkDocs's own
functions. What comes out is what `mkdocs build` makes of the same files (a test compares them).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ska.pieces import Pieces
from ska.render.compiled import Compiled
from ska.site.hooks import configured, current
from ska.site.prepared import SiteError

#: What is shown where nothing is.
MISSING: Final = "404.html"


class _Shown(FileSystemLoader):
    """Lists a theme's files but for hidden folders: MkDocs takes no file of their thousands."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for place in self.searchpath:
            for base, folders, files in os.walk(place):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = Path(base).relative_to(place)
                found.update((inside / name).as_posix() for name in files)
        return sorted(found)


class Making:
    """What MkDocs has worked out of one state of the files, before any page is read.

    Runs within `hooks.running`. `env` is that of an earlier state, if any: to compile the
    theme's templates takes as long as all else.
    """

    def __init__(
        self, root: Path, out: Path, env: Environment | None = None, *, strict: bool = False
    ) -> None:
        """Read the plan and find out which pages there are. Raises what the hooks raise."""
        self.out = out
        config = configured(root, site_dir=str(out), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        self.config: MkDocsConfig = config.plugins.on_config(config)
        self.built = current()
        config.plugins.on_pre_build(config=self.config)
        self.env = env or self.config.theme.get_env()
        self.env.bytecode_cache = Compiled("tema")
        files = get_files(self.config)
        theme = Environment(loader=_Shown(self.config.theme.dirs), autoescape=True)
        files.add_files_from_theme(theme, self.config)
        self.files: Files = config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        self.nav: Navigation = config.plugins.on_nav(nav, config=self.config, files=self.files)
        for page in self.nav.pages:
            if page.title is None:  # the menu is written before the page that would tell is read
                raise SiteError(
                    f"Sidan {page.file.src_uri} står i menyn i mkdocs.yml utan rubrik. Skriv "
                    f"rubriken och ett kolon före sidan, som ”Start: {page.file.src_uri}”."
                )
        self.env = config.plugins.on_env(self.env, config=self.config, files=self.files)
        #: All pages; MkDocs would look for them among all files for each page.
        self.documents: Sequence[File] = self.files.documentation_pages()
        self.pages: Mapping[str, File] = {file.dest_uri: file for file in self.documents}

    def statics(self) -> None:
        """Write what every page needs: styles, scripts, and the page for what isn't there."""
        self.files.copy_static_files(dirty=True)
        self.template(MISSING)

    def page(self, file: File) -> None:
        """Write a page."""
        page = self.read(file)
        mkdocs_build._build_page(page, self.config, self.documents, self.nav, self.env)

    def read(self, file: File) -> Page:
        """Read a page, unless it has been."""
        page = self.known(file)
        if page.content is None:
            mkdocs_build._populate_page(page, self.config, self.files)
        return page

    def known(self, file: File) -> Page:
        """Give what MkDocs knows of a page that may be unread."""
        return file.page or Page(None, file, self.config)

    def forget(self, file: File) -> None:
        """Let go of what a page was made of, once it is written: it is most of the memory."""
        page = self.known(file)
        page.content = page.markdown = None
        page.toc = []  # type: ignore[assignment] # MkDocs's own first value
        if made := self.built.pages.get(file.src_uri):
            made.forget()

    def template(self, name: str) -> None:
        """Write a page that the theme makes of a template alone."""
        if name != MISSING:  # a map of the site names every page
            for file in self.pages.values():
                self.known(file)
        mkdocs_build._build_theme_template(name, self.env, self.files, self.config, self.nav)

    def end(self) -> None:
        """See that the pages written by hand lead to anchors that there are; MkDocs warns."""
        level = self.config.validation.links.anchors
        for file in self.pages.values():
            page = self.known(file)
            for target in page.links_to_anchors or {}:
                if target.page is not None and target.page.present_anchor_ids is None:
                    self.read(target)
            page.validate_anchor_links(files=self.files, log_level=level)
        self.config.plugins.on_post_build(config=self.config)
        self.config.plugins.on_shutdown()

    def put(self, made: Iterable[tuple[str, Pieces]]) -> None:
        """Write files, by their addresses from the site's root."""
        for path, pieces in made:
            target = self.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.writelines(pieces)
