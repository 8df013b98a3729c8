"""Annotations in; out: which articles tell of the same happenings.

News is told more than once, and who writes articles to learn from knows the same world as who wrote the gold.
What is measured on an article is only true when nothing that tells of the same was learned: such articles are
kept together in cross-validation, and none tells what stands in the half that figures are quoted for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

#: Two partners, or two partners, a type and a day.
Deed = tuple[str, ...]

#: So many deeds in common make two articles tell of the same; deeds of so many articles say nothing.
COMMON = 2
_EVERYDAY = 8
#: Events of more partners are gatherings, where everybody is with everybody.
_CROWD = 8
_DAY = len("2025-01-01")


def deeds_of(gold: Mapping[str, Any]) -> frozenset[Deed]:
    """What an article tells: who had to do with whom, and who did what on which day.

    Two countries alone are no deed, as they have to do with each other in many articles.
    """
    found: set[Deed] = set()
    for event in gold["events"]:
        names = sorted({_name(partner) for partner in event["partners"]})
        if len(names) > _CROWD:
            continue
        is_dated = len(event["date"] or "") == _DAY
        for one, other in combinations(names, 2):
            if not (_is_country(one) and _is_country(other)):
                found.add((one, other))
            if is_dated:
                found.add((event["type"], event["date"], one, other))
    return frozenset(found)


def same_happenings(deeds: Mapping[str, Iterable[Deed]]) -> dict[str, int]:
    """Number the groups of articles that tell of the same; from the deeds of each article by its id."""
    tellers: dict[Deed, list[str]] = defaultdict(list)
    for article, told in deeds.items():
        for deed in told:
            tellers[deed].append(article)
    common = Counter(
        two
        for articles in tellers.values()
        if len(articles) <= _EVERYDAY
        for two in combinations(sorted(articles), 2)
    )
    graph = nx.Graph()
    graph.add_nodes_from(deeds)
    graph.add_edges_from(two for two, count in common.items() if count >= COMMON)
    return {article: n for n, group in enumerate(nx.connected_components(graph)) for article in group}


def tells_of_any(deeds: frozenset[Deed], others: Iterable[frozenset[Deed]]) -> bool:
    """Whether an article tells of the same as one of the others."""
    return any(len(deeds & other) >= COMMON for other in others)


def _name(partner: Mapping[str, Any]) -> str:
    if partner["kind"] == "country":
        return f"country:{partner['country']}"
    return " ".join(partner["name"].casefold().replace("viet nam", "vietnam").split())


def _is_country(name: str) -> bool:
    return name.startswith("country:")
