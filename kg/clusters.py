"""Things that are joined bit by bit in, the clusters that come of it out; some must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar


class Comparable(Protocol):
    """What has an order, so that a cluster is known by its least member."""

    def __lt__(self, other: Any, /) -> bool:
        """Say which comes first."""

    def __hash__(self) -> int:
        """Give a hash."""


Item = TypeVar("Item", bound=Comparable)


class Clusters(Generic[Item]):
    """Disjoint sets, each known by its least member."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._parent = {item: item for item in items}
        #: Root -> those that must stay out of its cluster.
        self._apart: dict[Item, set[Item]] = {}

    def root(self, item: Item) -> Item:
        """Give the member by which a cluster is known; what was never seen is a cluster of its own."""
        parent = self._parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def keep_apart(self, one: Item, other: Item) -> None:
        """See to it that ``may_join`` refuses what would bring two into one cluster."""
        for item, stranger in ((one, other), (other, one)):
            self._apart.setdefault(self.root(item), set()).add(stranger)

    def may_join(self, one: Item, other: Item) -> bool:
        """Say whether nothing keeps the clusters of two apart."""
        first, second = self.root(one), self.root(other)
        return not (first in self._apart and any(self.root(item) == second for item in self._apart[first]))

    def join(self, one: Item, other: Item) -> bool:
        """Join the clusters of two; False where they are one already."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        low, high = (first, second) if first < second else (second, first)
        self._parent[high] = low
        if high in self._apart:
            self._apart.setdefault(low, set()).update(self._apart.pop(high))
        return True

    def members(self) -> Iterator[list[Item]]:
        """Give all clusters, each in order."""
        found: dict[Item, list[Item]] = defaultdict(list)
        for item in self._parent:
            found[self.root(item)].append(item)
        yield from (sorted(members) for members in found.values())
