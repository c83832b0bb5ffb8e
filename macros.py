"""What MkDocs and the hand-written pages in docs/ may say. Everything here delegates at once."""

from __future__ import annotations

from typing import Any

from ska import site
from ska.render import handbook

# MkDocs looks for its hooks here (mkdocs.yml, `hooks`). None may be called on_post_build: the
# macros plugin would call it too.
on_config = site.on_config
on_files = site.on_files
on_env = site.on_env
on_page_read_source = site.on_page_read_source
on_page_markdown = site.on_page_markdown
on_page_content = site.on_page_content
on_page_context = site.on_page_context
on_post_page = site.on_post_page
on_post_template = site.on_post_template


def define_env(env: Any) -> None:
    """Give the hand-written pages their functions (mkdocs-macros calls this)."""

    def macro(function: Any) -> None:
        env.macro(lambda *args: function(site.current().site, *args), function.__name__)

    for function in handbook.FUNCTIONS:
        macro(function)
