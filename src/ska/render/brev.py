"""The ways from a page to those who own it: a letter that is begun, and a code on paper."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from ska.render.addresses import address
from ska.render.grund import Grund
from ska.ting import Ting

#: What an address may be: no more than RFC 6068 can carry without doubt.
_EPOST: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BREV: Final = """\
Sidan: {sida}
Id: {slag} {id}
Fil: {fil}
{utgåva}

Vad stämmer inte, eller saknas?


Vad borde stå där i stället?


Varför?


"""


def är_epost(text: str) -> bool:
    """Tell whether a text is an e-mail address that a link can carry."""
    return _EPOST.fullmatch(text) is not None


def gällande(s: Grund, ting: Ting) -> str:
    """Give the whole address of a thing as it holds today; empty where the site's isn't known."""
    base = s.site.settings.address.rstrip("/")
    return f"{base}/{address(ting)}" if base else ""


def brev(s: Grund, ting: Ting) -> str:
    """Begin a letter with a proposal about a thing, as a link; empty where nobody receives any."""
    to = s.site.settings.förslag_epost
    if not to:
        return ""
    text = _BREV.format(
        sida=gällande(s, ting) or f"{address(ting)} ({ting.rubrik})",
        slag=s.slag_litet(ting), id=ting.id, fil=s.fil, utgåva=s.utgåva_ord,
    )  # fmt: skip
    subject = " ".join(f"Förslag till ändring: {ting.rubrik}".split())
    # Lines end as in a letter (RFC 6068, section 5); everything else is spelt out.
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={body}"


def kod(s: Grund, ting: Ting) -> Markup:
    """Draw the way to a page for a telephone; empty where the site's address isn't known."""
    target = gällande(s, ting)
    if not target:
        return Markup("")
    import segno  # a tenth of what a build after one edit imports, and few pages have a code

    drawn = segno.make(target, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return Markup('<div class="ska-qr" role="img" aria-label="QR-kod till {}">{}</div>').format(
        target,
        Markup(drawn),  # noqa: S704 - nothing but squares
    )
