"""What MkDocs and the hand-written pages in docs/ may say. Everything here delegates at once."""

from __future__ import annotations

from typing import Any

from ska.render import handbook
from ska.site import hooks

# MkDocs looks for its hooks here (mkdocs.yml, `hooks`). None may be called on_post_build: the
# macros plugin would call it too.
on_config = hooks.on_config
on_files = hooks.on_files
on_env = hooks.on_env
on_page_read_source = hooks.on_page_read_source
on_page_markdown = hooks.on_page_markdown
on_page_content = hooks.on_page_content
on_page_context = hooks.on_page_context
on_post_page = hooks.on_post_page
on_post_template = hooks.on_post_template


def define_env(env: Any) -> None:
    """Give the hand-written pages their functions (mkdocs-macros calls this)."""

    def macro(function: Any) -> None:
        env.macro(lambda *args: function(hooks.current().site, *args), function.__name__)

    for function in handbook.FUNCTIONS:
        macro(function)
