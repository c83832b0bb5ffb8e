"""Charts as inline SVG: outcomes and targets over the years, one panel under the other.

Own code since no library did it well: pygal adds a script and random ids (19 kB for six values),
svg.charts needs lxml, leather and pysvgchart name nothing for a screen reader, and none keeps
numbers apart. Here every value carries its number, so that no axis, colour or legend is needed;
shapes tell groups apart.
"""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup

from ska.render.diagrams.diagram import Diagram
from ska.render.diagrams.placering import placera


def svg(diagram: Diagram, id: str) -> Markup:
    """Draw a chart. `id` sets its names apart from those of others on the page."""
    text = _template().render(d=diagram, b=placera(diagram), id=id)
    # Built by an autoescaping template from values alone.
    return Markup(text)  # noqa: S704


def _tal(value: float) -> str:
    """Write a coordinate: one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ska.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["k"] = _tal
    return environment.get_template("diagram.svg")
