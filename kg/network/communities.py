"""A network in; its communities out, the same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import networkx as nx

from kg.errors import UsageError
from kg.network.centrality import SEED

_Link = tuple[int, int, float]


def find_communities(
    graph: nx.Graph, *, method: str = "louvain", backend: str | None = None
) -> dict[str, int]:
    """Give each node the number of its community; they are numbered from the largest down.

    ``method`` is one of ``METHODS``; ``leiden`` needs the extra of that name, and ``UsageError`` says so.
    """
    if method not in METHODS:
        raise UsageError(f"No way to find communities is called {method!r}. There are: {', '.join(METHODS)}.")
    # Nodes become numbers first, since sets of strings have no fixed order.
    order = sorted(graph)
    place = {node: number for number, node in enumerate(order)}
    links = sorted(
        (min(place[one], place[other]), max(place[one], place[other]), float(weight))
        for one, other, weight in graph.edges(data="weight", default=1.0)
    )
    found = METHODS[method](len(order), links, backend) if order else ()
    ranked = sorted(map(sorted, found), key=lambda members: (-len(members), members[0]))
    return {order[member]: rank for rank, members in enumerate(ranked) for member in members}


def _louvain(count: int, links: list[_Link], backend: str | None) -> Iterable[Iterable[int]]:
    numbers = nx.Graph()
    numbers.add_nodes_from(range(count))
    numbers.add_weighted_edges_from(links)
    chosen: dict[str, Any] = {"backend": backend} if backend else {}
    communities: Iterable[Iterable[int]] = nx.community.louvain_communities(
        numbers, weight="weight", seed=SEED, **chosen
    )
    return communities


def _leiden(count: int, links: list[_Link], _: str | None) -> Iterable[Iterable[int]]:
    """Traag and others (2019): like Louvain, and every community is connected in itself."""
    try:
        from graspologic_native import leiden
    except ImportError:
        raise UsageError(
            "Communities by leiden need a library that is not installed: pip install 'entente-kg[leiden]'. "
            "Or leave it at louvain."
        ) from None
    edges = [(str(one), str(other), weight) for one, other, weight in links if weight > 0]
    _, partition = leiden(edges, seed=SEED, iterations=10) if edges else (0.0, {})
    groups: dict[int, list[int]] = {}
    # Who has no link is a community alone; the library does not know of it.
    for number in range(count):
        groups.setdefault(partition.get(str(number), -number - 1), []).append(number)
    return groups.values()


#: How communities can be found.
METHODS: Final[Mapping[str, Callable[[int, list[_Link], str | None], Iterable[Iterable[int]]]]] = {
    "louvain": _louvain,
    "leiden": _leiden,
}
