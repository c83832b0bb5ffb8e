"""What is read of a plan while something is made of it, so that it need not be made again.

What was made of the same things is the same. Whoever makes something opens a set (`into`), and
all that is read of the plan meanwhile is named there: a thing by its collection and id, a whole
collection by its name alone. What is worked out once for all (`Shared`) has a set of its own, and
who uses it names it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, Final, Generic, Literal, Protocol, TypeVar, overload

from ska.model import SAMLINGAR, Plan

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

#: Names what was read: where, and which; a name alone is all that is there.
Key = tuple[Any, ...]
#: Everything: what nobody has kept account of.
ALLT: Final[Key] = ("allt",)
_BY_KEY: Final = (*SAMLINGAR.values(), "till", "från", "inuti")
_WHOLE: Final = ("hänvisningar", "luckor", "texter", "granskningar")


class Reads:
    """Keeps account of what is read."""

    def __init__(self) -> None:
        """Begin with nobody reading."""
        self._open: list[set[Key]] = []
        self._keys: dict[Key, Key] = {}  # each once, however many pages read it
        #: What each shared thing rests on, by its name.
        self.of: dict[str, set[Key]] = {}

    def saw(self, key: Key) -> None:
        """Say that something is read."""
        if self._open:
            self._open[-1].add(self._keys.setdefault(key, key))

    @contextmanager
    def into(self, found: set[Key]) -> Iterator[None]:
        """Name in `found` what is read from now on."""
        self._open.append(found)
        try:
            yield
        finally:
            self._open.pop()

    def shared(self, name: str) -> AbstractContextManager[None]:
        """Name what is read from now on as what the shared thing `name` rests on."""
        return self.into(self.of.setdefault(name, set()))


class Watched(Mapping[K, V]):
    """A mapping that says what is read of it."""

    __slots__ = ("_held", "_name", "_reads")

    def __init__(self, name: Key, held: Mapping[K, V], reads: Reads) -> None:
        """Watch `held`, which is called `name`."""
        self._name, self._held, self._reads = name, held, reads

    def __getitem__(self, key: K) -> V:
        self._reads.saw((*self._name, key))
        return self._held[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Give what is there, or `default`."""
        self._reads.saw((*self._name, key))
        return self._held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.saw((*self._name, key))
        return key in self._held

    def __iter__(self) -> Iterator[K]:
        self._reads.saw(self._name)
        return iter(self._held)

    def __len__(self) -> int:
        self._reads.saw(self._name)
        return len(self._held)

    def keys(self) -> KeysView[K]:
        """Give all keys."""
        self._reads.saw(self._name)
        return self._held.keys()

    def values(self) -> ValuesView[V]:
        """Give all that is there."""
        self._reads.saw(self._name)
        return self._held.values()

    def items(self) -> ItemsView[K, V]:
        """Give all that is there, with the keys."""
        self._reads.saw(self._name)
        return self._held.items()


class WatchedList(Sequence[V]):
    """A sequence that is read as a whole."""

    __slots__ = ("_held", "_name", "_reads")

    def __init__(self, name: Key, held: Sequence[V], reads: Reads) -> None:
        """Watch `held`, which is called `name`."""
        self._name, self._held, self._reads = name, held, reads

    def __getitem__(self, index: Any) -> Any:
        self._reads.saw(self._name)
        return self._held[index]

    def __len__(self) -> int:
        self._reads.saw(self._name)
        return len(self._held)


#: Who keeps account of what is read of a plan, by the plan's identity.
_watching: dict[int, Reads] = {}


def watched(plan: Plan, reads: Reads) -> Plan:
    """Give the same plan, which tells `reads` what is read of it."""
    parts: dict[str, Any] = {name: Watched((name,), getattr(plan, name), reads) for name in _BY_KEY}
    parts |= {name: WatchedList((name,), getattr(plan, name), reads) for name in _WHOLE}
    same = replace(plan, **parts)
    _watching[id(same)] = reads
    weakref.finalize(same, _watching.pop, id(same), None)
    return same


@contextmanager
def once(plan: Plan, name: str) -> Iterator[None]:
    """Name what is read of a plan from now on as what all who use `name` rest on.

    For what is worked out when somebody first asks, and is then there for others.
    """
    reads = _watching.get(id(plan))
    if reads is None:
        yield
        return
    reads.saw(("gång", name))
    with reads.shared(name):
        yield


class Holder(Protocol):
    """What has shared things."""

    @property
    def reads(self) -> Reads:
        """Who keeps account."""


class Shared(Generic[T]):
    """A property worked out once, as `functools.cached_property`, of which account is kept.

    It is the same as long as what it `rests` on is, or as it has the same `value`; or it is a
    mapping, of which each entry is read by itself (`key`).
    """

    def __init__(
        self, make: Callable[[Any], T], by: Literal["rests", "value", "key"] = "rests"
    ) -> None:
        """Take the function that works it out."""
        self._make, self.by = make, by
        self.name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, holder: None, owner: type) -> Shared[T]: ...
    @overload
    def __get__(self, holder: Holder, owner: type) -> T: ...
    def __get__(self, holder: Holder | None, owner: type) -> Shared[T] | T:
        return self if holder is None else self(holder)

    def __call__(self, holder: Holder) -> T:
        """Give a holder's own."""
        key = ("site", self.name)
        kept = f"_{self.name}"
        if kept not in holder.__dict__:
            with holder.reads.shared(self.name):
                made: Any = self._make(holder)
            held = Watched(key, made, holder.reads) if self.by == "key" else made
            holder.__dict__[kept] = held
        if self.by != "key":
            holder.reads.saw(key)
        found: T = holder.__dict__[kept]
        return found


#: What no holder's class knows, by name.
_apart: dict[str, Shared[Any]] = {}


def apart(one: Shared[T]) -> Shared[T]:
    """Let a shared thing stand by itself, as a function of the holder, above the holder's class."""
    _apart[one.name] = one
    return one


def named(owner: type, name: str) -> Shared[Any]:
    """Find a shared thing: a property of the holder's class, or one that stands by itself."""
    return getattr(owner, name, None) or _apart[name]


def shared(make: Callable[[Any], T]) -> Shared[T]:
    """Make a property of what rests on all that it was made of."""
    return Shared(make)


def shared_by_key(make: Callable[[Any], Mapping[K, V]]) -> Shared[Mapping[K, V]]:
    """Make a property of a mapping, each of whose entries is what it is."""
    return Shared(make, "key")


def shared_by_value(make: Callable[[Any], T]) -> Shared[T]:
    """Make a property that is the same while its value is."""
    return Shared(make, "value")
