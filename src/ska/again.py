"""Making things once more, or not: who asks need not know which."""

from __future__ import annotations

from collections.abc import Callable

Files = dict[str, bytes]


class Again:
    """Makes everything anew. One that remembers may give what was made before, where it can."""

    def part(self, name: str, about: object, make: Callable[[], bytes]) -> bytes:
        """Make a part that is called `name` and rests on nothing but `about`."""
        return make()

    def files(self, name: str, make: Callable[[], Files]) -> Files:
        """Make some files, of what is read of the site's plan meanwhile."""
        return make()
