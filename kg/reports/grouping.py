"""Links in, drafts of events out: pairs that are one deed become one event, in a passage and across the
article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.reports.links import Link
from kg.reports.passages import Passage

#: Types in which many come together: whoever is bound to one participant takes part.
_GATHERINGS = frozenset({"meeting", "forum"})
#: What may tell of another is looked at after it.
_RANK = {"programme": 1, "investment": 1, "cooperation": 2}
#: So many passages apart are still beside each other; "the two sides" may go on a little longer.
_NEAR, _REACH = 1, 2
#: So many partners that a passage does not name are meant together.
_ABSENT = 3
#: From so many partners on a meeting is a gathering.
_MANY = 5
#: Groups that share so many partners are one when this part of their pairs is bound.
_SHARED, _BOUND = 2, 0.6
#: The entry of the codebook with the nouns for forums.
FORUM_NAMED = "forum.event-noun"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event in the making: its partners (indices) and the passages that state it, the surest first."""

    type: str
    partners: frozenset[int]
    passages: tuple[int, ...]
    probability: float


def group_links(
    links: Sequence[Link], thresholds: Mapping[str, float], passages: Sequence[Passage]
) -> list[Draft]:
    """Keep what is sure enough and join what is one event."""
    by_place: dict[tuple[int, str], dict[tuple[int, int], float]] = defaultdict(dict)
    for link in links:
        if link.probability >= thresholds[link.type]:
            by_place[link.passage, link.type][link.pair] = link.probability
    drafts = [
        draft
        for (passage, kind), pairs in sorted(by_place.items())
        for draft in _with_absent(_grouped(passage, kind, pairs), passages)
    ]
    telling = frozenset(p.index for p in passages if _speaks_of_both(p))
    return _merged([_as_forum(draft, passages) for draft in drafts], telling)


def _speaks_of_both(passage: Passage) -> bool:
    """Whether a passage names nobody and goes on about "the two sides"."""
    return bool(passage.places) and all(place.label == "group" for place in passage.places)


def _as_forum(draft: Draft, passages: Sequence[Passage]) -> Draft:
    """A gathering of many where a forum is named, here or in the passage before, is that forum."""
    if draft.type != "meeting" or len(draft.partners) < _MANY:
        return draft
    main = draft.passages[0]
    named = [t for p in passages[max(0, main - 1) : main + 1] for t in p.triggers]
    is_forum = any(trigger.entry.name == FORUM_NAMED for trigger in named)
    return replace(draft, type="forum") if is_forum else draft


def _grouped(passage: int, kind: str, pairs: Mapping[tuple[int, int], float]) -> list[Draft]:
    groups: list[frozenset[int]] = []
    for pair in sorted(pairs, key=lambda item: (-pairs[item], item)):
        joined = frozenset(pair)
        touching = [group for group in groups if _belong(group, joined, kind, pairs)]
        groups = [group for group in groups if group not in touching]
        groups.append(joined.union(*touching))
    groups = [g for g in groups if not any(g < other for other in groups)]
    drafts = []
    for group in groups if kind in _GATHERINGS else _closed(groups, pairs):
        inside = [p for pair, p in pairs.items() if set(pair) <= group]
        drafts.append(Draft(kind, group, (passage,), max(inside)))
    return drafts


def _closed(groups: list[frozenset[int]], pairs: Mapping[tuple[int, int], float]) -> list[frozenset[int]]:
    """Join groups that share two partners or more when most pairs of both are bound: of a long list of
    partners some bonds are always missed, and each would make one event several.
    """
    for one, other in combinations(groups, 2):
        both = one | other
        bound = sum(two in pairs for two in combinations(sorted(both), 2))
        if len(one & other) >= _SHARED and bound >= _BOUND * len(both) * (len(both) - 1) / 2:
            return _closed([both, *(group for group in groups if not group <= both)], pairs)
    return groups


def _with_absent(drafts: list[Draft], passages: Sequence[Passage]) -> list[Draft]:
    """Unite what a passage says of one partner and several that it does not name: "called on its foreign
    partners" is one call."""
    if not drafts or drafts[0].passages[0] >= len(passages):
        return drafts
    named = {place.partner for place in passages[drafts[0].passages[0]].places}
    by_anchor: dict[frozenset[int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        anchor = draft.partners & named
        by_anchor[anchor if anchor < draft.partners else draft.partners].append(draft)
    united: list[Draft] = []
    for anchor, group in by_anchor.items():
        if anchor and len(group) >= _ABSENT:
            surest = max(group, key=lambda draft: draft.probability)
            united.append(replace(surest, partners=frozenset().union(*(draft.partners for draft in group))))
        else:
            united += group
    return united


def _belong(
    group: frozenset[int], pair: frozenset[int], kind: str, pairs: Mapping[tuple[int, int], float]
) -> bool:
    """Whether a further pair belongs to a group: all bound to all, or in a gathering any to any."""
    if not group & pair:
        return False
    if kind in _GATHERINGS:
        return True
    return all(tuple(sorted(two)) in pairs for two in combinations(group | pair, 2))


def _merged(drafts: Sequence[Draft], telling: frozenset[int]) -> list[Draft]:
    """Unite what is told more than once.

    Drafts of one type are one event when the partners of the one are among the other's; a forum told in
    neighbouring passages is one forum; what "the two sides" are said to do behind their agreement is a part
    of it.
    """
    merged: list[Draft] = []
    order = sorted(drafts, key=lambda d: (_RANK.get(d.type, 0), -len(d.partners), -d.probability, d.passages))
    for draft in order:
        for index, other in enumerate(merged):
            if _tells_of(draft, other, telling):
                merged[index] = _united(other, draft)
                break
        else:
            merged.append(draft)
    return sorted(merged, key=lambda item: (min(item.passages), item.type, sorted(item.partners)))


def _tells_of(draft: Draft, other: Draft, telling: frozenset[int]) -> bool:
    """Whether a draft says no more than another that is kept already."""
    gap = min(abs(a - b) for a in draft.passages for b in other.passages)
    if other.type == "agreement" and draft.partners == other.partners and telling.issuperset(draft.passages):
        return gap <= _REACH
    if draft.type != other.type:
        return False
    if draft.type == "forum" and draft.partners & other.partners and gap <= _NEAR:
        return True
    return draft.partners <= other.partners


def _united(kept: Draft, draft: Draft) -> Draft:
    """The kept draft with the partners and passages of the other; of two types the kept one's."""
    is_surer = draft.probability > kept.probability and draft.type == kept.type
    first, second = (draft, kept) if is_surer else (kept, draft)
    passages = tuple(dict.fromkeys(first.passages + second.passages))
    return Draft(kept.type, kept.partners | draft.partners, passages, first.probability)
