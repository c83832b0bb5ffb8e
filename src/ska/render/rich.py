"""Text from plan/ to safe HTML: Markdown without HTML, sanitised, abbreviations explained.

Data is never template source and never Markdown source of a page: it enters as finished HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from ska.render.addresses import relative
from ska.ting import EJ_ANGIVET, Begrepp

#: What a text field doesn't promise is what somebody wrote: ”# ” and ”&lt;” stand as they are.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "html_block", "entity", "heading", "lheading", "fence", "code", "hr", "reference",
     "blockquote"]
)  # fmt: skip
#: Only what the text field promises: paragraphs, lists, emphasis, links.
_TAGS: Final = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "br"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
#: Text without any of these is paragraphs and nothing more; most fields are.
_SPECIAL: Final = re.compile(
    r"[*_`\[\]<>&\\#|~]|^\s*([-+]|\d+[.)])\s|^[=-]+\s*$|^ {4}", re.MULTILINE
)
#: Where no link can be put; nor, but for links, an explanation.
_CLOSED: Final = re.compile(r"<(/?)(a|code|pre|h[1-6]|option|svg)(?=[\s>])")
#: Python-Markdown's ESCAPED_CHARS, without ">", which becomes an entity.
_MARKDOWN_SYNTAX: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!])")


@lru_cache(maxsize=4096)
def html(text: str) -> str:
    """Turn a text field into safe HTML. Links may lead to https and mail only."""
    if not _SPECIAL.search(text):
        paragraphs = (p.strip() for p in text.split("\n\n"))
        return "".join(f"<p>{escape(p)}</p>" for p in paragraphs if p)
    return _clean(_MARKDOWN.render(text))


@lru_cache(maxsize=4096)
def inline(text: str) -> str:
    """Turn a one-line field into safe HTML: emphasis, links, but no lists."""
    return _clean(_MARKDOWN.renderInline(text)) if _SPECIAL.search(text) else str(escape(text))


def tokens(text: str) -> list[Token]:
    """Read a text field's Markdown, for what is not made of HTML."""
    return _MARKDOWN.parse(text)


def _clean(made: str) -> str:
    made = nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    return made.replace("\n", " ").strip()


def heading(text: str) -> Markup:
    """Make text safe as part of a Markdown heading line."""
    one_line = " ".join(text.split())
    marked = _MARKDOWN_SYNTAX.sub(r"\\\1", one_line)
    # Not escape(): its "&#39;" would hold a "#" that no backslash protects.
    entities = marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(entities)  # noqa: S704 - escaped on the line above


def neutral(text: str) -> Markup:
    """Make text safe inside a hand-written page, be it in Markdown or in HTML there.

    Escaping for one of the two leaves the other: ”[x](javascript:y)” holds no sign of HTML's.
    """
    made = "".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in text)
    return Markup(made)  # noqa: S704 - only letters, digits, spaces and references are left


class Explainer:
    """Explains each abbreviation the first time it occurs on a page."""

    def __init__(self, meanings: Mapping[str, str], addresses: Mapping[str, str]) -> None:
        """Take abbreviation -> what it stands for at the plan's time, and -> its own page."""
        self._meanings = {str(escape(term)): meaning for term, meaning in meanings.items()}
        self._addresses = {str(escape(term)): address for term, address in addresses.items()}
        terms = sorted(map(re.escape, self._meanings), key=len, reverse=True)
        # Text, tags and entities alternate; a term counts only in text, as a word of its own.
        self._term = (
            re.compile(rf"<[^>]*>|&#?\w+;|(?<![\w-])({'|'.join(terms)})(?!\w)") if terms else None
        )

    def page(self, at: str, förklarar: bool = True) -> Page:
        """Begin the page at an address: nothing is explained yet, or nothing ever is."""
        return Page(self, at, förklarar)

    def explain(self, safe: str, seen: set[str], at: str) -> Markup:
        """Wrap the first occurrence of each term in `safe` HTML that `seen` does not hold.

        It leads to the term's own page: a hover text alone reaches neither keyboard nor touch.
        """
        if self._term is None:
            return Markup(safe)  # noqa: S704 - `safe` comes from html() or escape()
        inside: list[str] = []  # elements that hold no link, or stand for themselves

        def wrap(match: re.Match[str]) -> str:
            term = match[1]
            if term is None:
                if (tag := _CLOSED.match(match[0])) is not None:
                    if tag[1]:
                        inside.pop()
                    else:
                        inside.append(tag[2])
                return match[0]
            if term in seen or any(name != "a" for name in inside):
                return match[0]
            seen.add(term)
            made = f'<abbr title="{escape(self._meanings[term])}">{term}</abbr>'
            target = self._addresses[term]
            if inside or target == at:
                return made
            return f'<a class="ska-ord" href="{relative(target, at)}">{made}</a>'

        return Markup(self._term.sub(wrap, safe))  # noqa: S704 - as above; titles escaped


class Page:
    """The text functions of one page."""

    def __init__(self, explainer: Explainer, at: str, förklarar: bool) -> None:
        self._explainer = explainer
        self._at = at
        self._förklarar = förklarar
        self._seen: set[str] = set()

    def rik(self, text: str) -> Markup:
        """Render a text field: paragraphs and lists."""
        return self._explain(html(text))

    def rad(self, text: str) -> Markup:
        """Render a one-line field, with what little mark-up a text field on one line has."""
        return self._explain(inline(text))

    def ord(self, text: str) -> Markup:
        """Render text as it is, abbreviations explained."""
        return self._explain(str(escape(text)))

    def html(self, safe: str) -> Markup:
        """Explain abbreviations in a page's finished HTML."""
        return self._explain(safe)

    def _explain(self, safe: str) -> Markup:
        if not self._förklarar:
            return Markup(safe)  # noqa: S704 - `safe` comes from html() or escape()
        return self._explainer.explain(safe, self._seen, self._at)


def mentioned(text: str, terms: Iterable[str]) -> set[str]:
    """Find which terms stand in a plain text, as words of their own."""
    known = sorted(map(re.escape, terms), key=len, reverse=True)
    return set(re.findall(rf"(?<![\w-])(?:{'|'.join(known)})(?!\w)", text)) if known else set()


def meanings(begrepp: Iterable[Begrepp], first: int, last: int) -> dict[str, str]:
    """Collect the abbreviations that mean something in the years `first` to `last`."""
    found: dict[str, str] = {}
    for entry in begrepp:
        begins = entry.gäller_från if entry.gäller_från != EJ_ANGIVET else first
        ends = entry.gäller_till if entry.gäller_till != EJ_ANGIVET else last
        if entry.utläses and int(begins) <= last and int(ends) >= first:
            known = found.get(entry.term)
            found[entry.term] = f"{known} eller {entry.utläses}" if known else entry.utläses
    return found
