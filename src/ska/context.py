"""What a rule may know besides the plan itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """The day that counts as today; the caller reads the clock, a rule never does."""

    today: date
