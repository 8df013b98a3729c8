"""Weighed pairs in, bounds out: what the construction of a text says of a pair, however likely its words make
it.

Five constructions are plain enough to be rules: a body that bears the names of two countries, an item of a
list whose heading says what its items are, matters that semicolons part, what is denied, and what is told
without naming either of the two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import EVENT_TYPES
from kg.reports.candidates import Pair
from kg.reports.passages import VERBS, Passage
from kg.reports.rivals import Scored


@dataclass(frozen=True, slots=True)
class Bound:
    """How sure a pair is at least and at most, how likely it must be to count at all, and which construction
    says so.
    """

    least: float = 0.0
    most: float = 1.0
    why: str | None = None
    needed: float = 0.0

    def hold(self, probability: float) -> float:
        """The probability within the bounds; what is less likely than needed is as good as ruled out."""
        kept = min(max(probability, self.least), self.most)
        return kept if kept >= self.needed else min(kept, _NEXT_TO_NOTHING)


_NEXT_TO_NOTHING = 0.1
#: Where no construction says anything.
FREE = Bound()
_HEADING, _JOINT_BODY = Bound(least=0.6, why="heading"), Bound(least=0.6, why="joint body")
_NO_VERB, _SEMICOLON = Bound(most=0.15, why="no verb"), Bound(most=_NEXT_TO_NOTHING, why="semicolon")
_DENIED = Bound(most=_NEXT_TO_NOTHING, why="denied")
#: "Several initiatives were launched there": who is meant must be likelier than it is elsewhere.
_UNNAMED = Bound(needed=0.35, why="unnamed")
_PROGRAMME = EVENT_TYPES.index("programme")
#: Those who come together may be listed side by side, with a semicolon between.
_GATHERINGS = frozenset({EVENT_TYPES.index("meeting"), EVENT_TYPES.index("forum")})

Key = tuple[int, tuple[int, int]]


class Constraints:
    """What constructions say of the pairs of an article; types are numbers, as in ``EVENT_TYPES``."""

    def __init__(self, scored: Sequence[Scored]) -> None:
        passages = {one.pair.passage.index: one.pair.passage for one in scored}
        self._told = _told_types(scored)
        #: Items without a verb, with the type that the heading gives them.
        self._verbless = {
            index: EVENT_TYPES.index(one.heading.type)
            for index, one in passages.items()
            if one.heading and _has_no_verb(one)
        }
        self._parts = {index: parts for index, one in passages.items() if (parts := _parts_of(one))}

    def type_of(self, pair: Pair) -> int | None:
        """The type that a heading gives a pair."""
        return self._told.get(_key(pair))

    def bound_of(self, pair: Pair, number: int) -> Bound:
        """Between what a probability must lie."""
        if number == self._told.get(_key(pair)):
            return _HEADING
        if number == _PROGRAMME and _is_joint_body(pair):
            return _JOINT_BODY
        if number != self._verbless.get(pair.passage.index, number):
            # Without a verb of its own an item tells no more than the heading.
            return _NO_VERB
        if pair.passage.only_denies(EVENT_TYPES[number]):
            return _DENIED
        if number not in _GATHERINGS and self._is_parted(pair):
            return _SEMICOLON
        is_named = pair.first.is_here or pair.second.is_here or pair.passage.heading is not None
        return FREE if is_named else _UNNAMED

    def _is_parted(self, pair: Pair) -> bool:
        """Whether the two are named in different parts of a sentence, each of which names two at least."""
        parts = self._parts.get(pair.passage.index, {})
        first, second = (parts.get(number) for number in pair.key)
        return not pair.distance and first is not None and second is not None and first != second


def _key(pair: Pair) -> Key:
    return pair.passage.index, pair.key


def _told_types(scored: Sequence[Scored]) -> dict[Key, int]:
    """The types that headings give: to the two that an item brings together most surely, and to the one with
    whom all items have to do and those whom they name.
    """
    items: dict[tuple[int, int], list[Scored]] = defaultdict(list)
    told: dict[Key, int] = {}
    for one in scored:
        heading = one.pair.passage.heading
        if heading is None:
            continue
        number = EVENT_TYPES.index(heading.type)
        both = [role for role in (one.pair.first, one.pair.second) if not heading.is_host(role.place.partner)]
        if all(role.is_here and role.place.label != "group" for role in both):
            if len(both) == 1:
                told[_key(one.pair)] = number
            else:
                items[one.pair.passage.index, number].append(one)
    for (_, number), pairs in items.items():
        told[_key(max(pairs, key=lambda one: one.bond[-1]).pair)] = number
    return told


def _has_no_verb(passage: Passage) -> bool:
    """Whether a sentence has no finite verb, as far as the language has a parser."""
    verbs = (token for token in passage.span if token.pos_ in VERBS)
    return bool(passage.span.root.dep_) and not any("Fin" in verb.morph.get("VerbForm", []) for verb in verbs)


def _parts_of(passage: Passage) -> dict[int, int]:
    """In which part of a sentence with semicolons a partner is named, of parts that name two at least."""
    marks = [passage.start + number for number, sign in enumerate(passage.text) if sign == ";"]
    if not marks:
        return {}
    parts = {place.partner: sum(mark < place.start for mark in marks) for place in passage.places}
    sizes = Counter(parts.values())
    return {partner: part for partner, part in parts.items() if sizes[part] > 1}


def _is_joint_body(pair: Pair) -> bool:
    """Whether a passage tells of a body that bears the names of both countries, in the words of a programme.

    Such a body (see ``partners.joint``) is a joint programme of the two by its very name.
    """
    first, second = pair.first.place, pair.second.place
    span = (first.start, first.end)
    return (
        pair.distance == 0
        and first.label == second.label == "group"
        and span == (second.start, second.end)
        and any(p.label == "partner" and (p.start, p.end) == span for p in pair.passage.places)
        and any(trigger.entry.type == "programme" for trigger in pair.passage.triggers)
    )
