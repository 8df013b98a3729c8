"""A network and the groups of its nodes in; which parts nodes play between others out.

A broker joins two others who are not joined themselves. Which part it plays follows from the groups of the
three (Gould and Fernandez 1989), here without direction, so that gatekeepers and representatives are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import comb

import networkx as nx


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How many pairs of others a node brokers between, by the part that it plays."""

    #: All three are of one group.
    coordinator: int = 0
    #: The two are of one group, the broker of another.
    consultant: int = 0
    #: One of the two is of the broker's group.
    gatekeeper: int = 0
    #: All three are of different groups.
    liaison: int = 0

    @property
    def between(self) -> int:
        """Pairs of two groups."""
        return self.gatekeeper + self.liaison


def brokerage(graph: nx.Graph, groups: Mapping[str, Hashable]) -> dict[str, Brokerage]:
    """Count for every node the pairs of others that it joins and that are not joined themselves.

    A node without a group (absent or None) is a group of its own.
    """
    group = {node: groups.get(node) if groups.get(node) is not None else (node,) for node in graph}
    counts = {node: _all_pairs(Counter(group[other] for other in graph[node]), group[node]) for node in graph}
    neighbours = {node: set(graph[node]) - {node} for node in graph}
    for one, other in graph.edges:
        for node in neighbours[one] & neighbours[other]:
            counts[node][_part(group[node], group[one], group[other])] -= 1
    return {node: Brokerage(**found) for node, found in counts.items()}


def group_by(graph: nx.Graph, attribute: str) -> dict[str, Hashable]:
    """Return the groups of nodes by one of their attributes, such as ``country``."""
    return dict(graph.nodes(data=attribute))


def _all_pairs(around: Counter[Hashable], own: Hashable) -> Counter[str]:
    """Count the pairs of neighbours by the part between them, joined or not."""
    degree, friends = around.total(), around[own]
    alike = sum(comb(number, 2) for number in around.values())
    found = Counter(
        coordinator=comb(friends, 2),
        consultant=alike - comb(friends, 2),
        gatekeeper=friends * (degree - friends),
    )
    found["liaison"] = comb(degree, 2) - found.total()
    return found


def _part(own: Hashable, one: Hashable, other: Hashable) -> str:
    if one == other:
        return "coordinator" if own == one else "consultant"
    return "gatekeeper" if own in (one, other) else "liaison"
