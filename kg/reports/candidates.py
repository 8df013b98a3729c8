"""Passages in, candidates out: a partner that a passage may give a part in an event, and two that it may
bring together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model import Partner
from kg.reports.passages import Passage, Place
from kg.reports.syntax import construction_features

#: How many passages back a partner may stand that this passage speaks of without naming it.
_REACH = 2
#: The distance that stands for "in the title".
TITLE = 9
_MOST_CONTEXT = 8
#: Under what a role keeps them.
_WORDS, _COUNT = "words", "count"


@dataclass(frozen=True, slots=True)
class Role:
    """A partner and a passage; ``distance`` 0 means that the passage names it, else how far back it
    stands."""

    passage: Passage
    place: Place
    distance: int
    #: Its rank by how often the article names it, from 0.
    focus: int
    #: Of those that the passage does not name, how many stand nearer or are named more often.
    rank: int = 0
    #: What is made once, as a role is part of many pairs.
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_here(self) -> bool:
        """Whether the passage itself names the partner."""
        return self.distance == 0

    def construction(self, name: str) -> tuple[str, ...]:
        """The features of the construction that it stands in."""
        if name not in self._made:
            self._made[name] = tuple(construction_features(name, self.place, self.passage))
        made: tuple[str, ...] = self._made[name]
        return made

    def words(self, partners: Sequence[Partner]) -> tuple[str, ...]:
        """The words that the article names the partner with."""
        if _WORDS not in self._made:
            names = [m.text for m in partners[self.place.partner].mentions if m.label == "partner"]
            self._made[_WORDS] = tuple(dict.fromkeys(" ".join(names).lower().split()))
        made: tuple[str, ...] = self._made[_WORDS]
        return made

    def count(self, passages: Sequence[Passage]) -> int:
        """How many passages name the partner."""
        if _COUNT not in self._made:
            self._made[_COUNT] = sum(self.place.partner in passage.partners for passage in passages)
        made: int = self._made[_COUNT]
        return made


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners that a passage may bring together, in the order of their places."""

    passage: Passage
    first: Role
    second: Role

    @property
    def key(self) -> tuple[int, int]:
        """The two partners' indices, the lower first."""
        a, b = self.first.place.partner, self.second.place.partner
        return (a, b) if a < b else (b, a)

    @property
    def distance(self) -> int:
        """How far back the farther one stands."""
        return max(self.first.distance, self.second.distance)


def make_roles(passages: Sequence[Passage]) -> Iterator[list[Role]]:
    """For each passage the partners that it names, then those that stand just before it or in the title."""
    title = next((passage for passage in passages if passage.is_title), None)
    focus = _focus(passages)
    for index, passage in enumerate(passages):
        roles = [Role(passage, place, 0, focus[place.partner]) for place in passage.places]
        context = _context(passages, index, title) if passage.triggers else []
        host = passage.heading.host if passage.heading else None
        # With whom all items of a list have to do, that one is as good as named just before.
        if host and host.partner not in {*passage.partners, *(place.partner for place, _ in context)}:
            context.append((host, _REACH))
        roles += [
            Role(passage, place, away, focus[place.partner], rank)
            for rank, (place, away) in enumerate(context)
        ]
        yield roles


def _focus(passages: Sequence[Passage]) -> dict[int, int]:
    """The rank of each partner by how many passages name it; the title counts twice."""
    counts: Counter[int] = Counter()
    for passage in passages:
        for place in passage.places:
            counts[place.partner] += 1 + passage.is_title
    return {partner: rank for rank, (partner, _) in enumerate(counts.most_common())}


def make_pairs(roles: Sequence[Role]) -> Iterator[Pair]:
    """All pairs of one passage's roles; two that it does not name only when it names nobody."""
    named = any(role.is_here for role in roles)
    for i, first in enumerate(roles):
        for second in roles[i + 1 :]:
            if first.is_here or second.is_here or not named:
                yield Pair(first.passage, first, second)


def _context(passages: Sequence[Passage], index: int, title: Passage | None) -> list[tuple[Place, int]]:
    seen = {place.partner for place in passages[index].places}
    found: list[tuple[Place, int]] = []
    for distance in range(1, min(_REACH, index) + 1):
        for place in passages[index - distance].places:
            if place.partner not in seen:
                seen.add(place.partner)
                found.append((place, distance))
    if title is not None and title.index < index:
        found.extend((place, TITLE) for place in title.places if place.partner not in seen)
    return found[:_MOST_CONTEXT]
