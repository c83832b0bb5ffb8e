"""The content security policy: what a page of the site may run, show and talk to.

A page carries it in a meta element, so that it holds however the site is served; the web server's
configuration in deploy/ sends the same as a header (a test compares them).
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
#: Only a header may say it; in a meta element browsers complain of it.
HEADER_ONLY: Final = "frame-ancestors 'self'"


def policy(script: str) -> str:
    """Return the policy for pages whose one inline script is that of the template `script`."""
    inline = _SCRIPT.findall(script)
    if len(inline) != 1:
        raise ValueError("the pages have one script of their own, and only one")
    digest = base64.b64encode(hashlib.sha256(inline[0].encode("utf-8")).digest()).decode("ascii")
    return "; ".join((
        "default-src 'none'",
        f"script-src 'self' 'sha256-{digest}'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the theme's styles hold small drawings
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    ))  # fmt: skip
