"""Links in, drafts of events out: pairs that are one deed become one event, in a passage and across the
article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.reports.links import Link

#: Types in which many come together: whoever is bound to one participant takes part.
_GATHERINGS = frozenset({"meeting", "forum"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event in the making: its partners (indices) and the passages that state it, the surest first."""

    type: str
    partners: frozenset[int]
    passages: tuple[int, ...]
    probability: float


def group_links(links: Sequence[Link], thresholds: Mapping[str, float]) -> list[Draft]:
    """Keep what is sure enough and join what is one event."""
    by_place: dict[tuple[int, str], dict[tuple[int, int], float]] = defaultdict(dict)
    for link in links:
        if link.probability >= thresholds[link.type]:
            by_place[link.passage, link.type][link.pair] = link.probability
    drafts = [
        draft
        for (passage, kind), pairs in sorted(by_place.items())
        for draft in _grouped(passage, kind, pairs)
    ]
    return _merged(drafts)


def _grouped(passage: int, kind: str, pairs: Mapping[tuple[int, int], float]) -> list[Draft]:
    groups: list[frozenset[int]] = []
    for pair in sorted(pairs, key=lambda item: (-pairs[item], item)):
        joined = frozenset(pair)
        touching = [group for group in groups if _belong(group, joined, kind, pairs)]
        groups = [group for group in groups if group not in touching]
        groups.append(joined.union(*touching))
    groups = [g for g in groups if not any(g < other for other in groups)]
    drafts = []
    for group in groups:
        inside = [p for pair, p in pairs.items() if set(pair) <= group]
        drafts.append(Draft(kind, group, (passage,), max(inside)))
    return drafts


def _belong(
    group: frozenset[int], pair: frozenset[int], kind: str, pairs: Mapping[tuple[int, int], float]
) -> bool:
    """Whether a further pair belongs to a group: all bound to all, or in a gathering any to any."""
    if not group & pair:
        return False
    if kind in _GATHERINGS:
        return True
    return all(tuple(sorted(two)) in pairs for two in combinations(group | pair, 2))


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Unite drafts of one type and the same partners, or of which one's partners are among the other's."""
    merged: list[Draft] = []
    for draft in sorted(drafts, key=lambda item: (-len(item.partners), -item.probability, item.passages)):
        for index, other in enumerate(merged):
            if other.type == draft.type and draft.partners <= other.partners:
                ranked = (other, draft) if other.probability >= draft.probability else (draft, other)
                passages = dict.fromkeys(ranked[0].passages + ranked[1].passages)
                merged[index] = Draft(other.type, other.partners, tuple(passages), ranked[0].probability)
                break
        else:
            merged.append(draft)
    return sorted(merged, key=lambda item: (min(item.passages), item.type, sorted(item.partners)))
