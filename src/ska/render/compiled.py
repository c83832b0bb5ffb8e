"""Templates as compiled by an earlier run: to compile all of them takes half a second."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from ska.memory import cache


class Compiled(BytecodeCache):
    """The compiled templates of one environment, in the user's cache."""

    def __init__(self, environment: str) -> None:
        """Name the environment: two may compile the same source otherwise."""
        self._environment = environment

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of the same source, if anything was."""
        if raw := cache.load(self._name(bucket)):
            bucket.bytecode_from_string(raw)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        cache.save(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return cache.named("mall", self._environment, bucket.key)
