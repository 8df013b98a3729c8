"""What the learned decisions look at: a candidate -> names of features that hold.

A candidate is a pair of partners in a passage. Feature names are plain strings, shared by all languages where they can
be, so that weights are readable and one language's examples help the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Partner
from kg.reports.passages import Passage, Place

#: How far a partner may stand before the passage that speaks of it.
_REACH = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners that a passage may bring together. ``here`` is false for one named only in the context."""

    passage: Passage
    first: Place
    second: Place
    first_here: bool
    second_here: bool
    distance: int

    @property
    def key(self) -> tuple[int, int]:
        """The two partners' indices, the lower first."""
        a, b = self.first.partner, self.second.partner
        return (a, b) if a < b else (b, a)


def make_pairs(passages: Sequence[Passage]) -> Iterator[Pair]:
    """All pairs worth looking at: both here, or one here and one in the passages just before."""
    title = next((p for p in passages if p.is_title), None)
    for index, passage in enumerate(passages):
        here = passage.places
        for i, first in enumerate(here):
            for second in here[i + 1 :]:
                yield Pair(passage, first, second, True, True, 0)
        if not passage.triggers:
            continue
        known = {place.partner for place in here}
        context = _context(passages, index, known, title)
        for place, distance in context:
            for other in here:
                yield Pair(passage, place, other, False, True, distance)
        if len(here) == 0:
            for i, (place, distance) in enumerate(context):
                for other, further in context[i + 1 :]:
                    yield Pair(passage, place, other, False, False, max(distance, further))


def _context(
    passages: Sequence[Passage], index: int, known: set[int], title: Passage | None
) -> list[tuple[Place, int]]:
    found: list[tuple[Place, int]] = []
    seen = set(known)
    for distance in range(1, _REACH + 1):
        if index - distance < 0:
            break
        for place in passages[index - distance].places:
            if place.partner not in seen:
                seen.add(place.partner)
                found.append((place, distance))
    if title is not None and title.index < index:
        found.extend((place, 9) for place in title.places if place.partner not in seen)
    return found[:8]


def pair_features(pair: Pair, passages: Sequence[Passage], partners: Sequence[Partner], lang: str) -> list[str]:
    """The features of one pair, without repeats, in a fixed order."""
    found: dict[str, None] = {}
    for name in _all_features(pair, passages, partners, lang):
        found[name] = None
    return list(found)


def _all_features(
    pair: Pair, passages: Sequence[Passage], partners: Sequence[Partner], lang: str
) -> Iterator[str]:
    passage = pair.passage
    yield "bias"
    yield f"lang={lang}"
    yield from _trigger_features(pair)
    yield from _agent_features(pair, partners)
    yield from _context_features(pair, passages)
    for cue in sorted(passage.cues):
        yield f"cue={cue}"
    if pair.first_here and pair.second_here:
        yield from _between_features(pair)
    for name, place, here in (("a", pair.first, pair.first_here), ("b", pair.second, pair.second_here)):
        if here:
            yield from _syntax_features(name, place, passage)
            yield from _neighbour_features(name, place, passage)
    for token in passage.span:
        if token.pos_ in _CONTENT and len(token) > 1:
            yield f"w={token.lemma_.lower()}"


_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})


def _trigger_features(pair: Pair) -> Iterator[str]:
    passage = pair.passage
    low = min(pair.first.start, pair.second.start) if pair.first_here and pair.second_here else passage.start
    places = [p for p, here in ((pair.first, pair.first_here), (pair.second, pair.second_here)) if here]
    low = min((p.start for p in places), default=passage.start)
    high = max((p.end for p in places), default=passage.end)
    nearest: dict[str, int] = {}
    for trigger in passage.triggers:
        name = trigger.entry.name
        where = "before" if trigger.end <= low else "after" if trigger.start >= high else "between"
        gap = low - trigger.end if where == "before" else trigger.start - high if where == "after" else 0
        yield f"t={trigger.entry.type}"
        yield f"e={name}"
        yield f"e={name}:{where}"
        yield f"word={passage.text[trigger.start - passage.start : trigger.end - passage.start].lower()}"
        if gap <= 40:
            yield f"e={name}:{where}:near"
        nearest[trigger.entry.type] = min(gap, nearest.get(trigger.entry.type, gap))
    for kind, gap in nearest.items():
        yield f"gap={kind}:{_bin(gap, (0, 10, 30, 60, 120))}"
    types = sorted({trigger.entry.type for trigger in passage.triggers})
    yield f"types={'+'.join(types)}"


def _agent_features(pair: Pair, partners: Sequence[Partner]) -> Iterator[str]:
    a, b = partners[pair.first.partner], partners[pair.second.partner]
    yield f"kinds={a.kind}>{b.kind}"
    yield f"kindset={'+'.join(sorted((a.kind, b.kind)))}"
    if a.country is None or b.country is None:
        yield "countries=unknown"
    else:
        yield f"countries={'same' if a.country == b.country else 'different'}"
        if "country" in (a.kind, b.kind) and a.country == b.country:
            yield "countries=inside"
    yield f"labels={pair.first.label}>{pair.second.label}"
    for name, place in (("a", pair.first), ("b", pair.second)):
        yield f"label_{name}={place.label}"


def _context_features(pair: Pair, passages: Sequence[Passage]) -> Iterator[str]:
    passage = pair.passage
    where = f"{'h' if pair.first_here else 'c'}{'h' if pair.second_here else 'c'}"
    yield f"here={where}"
    if pair.distance:
        yield f"here={where}:{pair.distance}"
        for trigger in passage.triggers:
            yield f"here={where}:{trigger.entry.name}"
    yield f"places={_bin(len(passage.places), (0, 1, 2, 3, 5, 8))}"
    yield f"length={_bin(len(passage.text), (60, 120, 200, 300))}"
    if passage.is_title:
        yield "title"
    yield f"index={_bin(passage.index, (0, 1, 2, 5, 10))}"
    if passage.index > 0:
        previous = passages[passage.index - 1]
        for name in sorted({trigger.entry.name for trigger in previous.triggers}):
            yield f"prev={name}"
        if previous.text.rstrip().endswith(":") or passage.text.lstrip()[:1] in "-–•*":
            yield "list"
    elsewhere = sum(
        1
        for other in passages
        if other is not passage and {pair.first.partner, pair.second.partner} <= {p.partner for p in other.places}
    )
    yield f"together={_bin(elsewhere, (0, 1, 2, 4))}"
    for name, place in (("a", pair.first), ("b", pair.second)):
        count = sum(place.partner in {p.partner for p in other.places} for other in passages)
        yield f"count_{name}={_bin(count, (1, 2, 4, 8))}"


def _between_features(pair: Pair) -> Iterator[str]:
    passage, doc = pair.passage, pair.passage.span.doc
    first, second = sorted((pair.first, pair.second), key=lambda p: p.start)
    tokens = [t for t in doc[first.last + 1 : second.first] if not t.is_space]
    yield f"tokens={_bin(len(tokens), (0, 1, 2, 4, 8, 16, 30))}"
    if second.start < first.end:
        yield "nested"
    between = [p for p in passage.places if first.start < p.start < second.start]
    yield f"partners_between={_bin(len(between), (0, 1, 2, 4))}"
    if len(tokens) <= 3:
        yield f"join={' '.join(t.lower_ for t in tokens)}"
    for token in tokens[:12]:
        if token.pos_ in _FUNCTION or token.is_punct:
            yield f"fw={token.lower_}"
    for token in tokens[:25]:
        if token.pos_ in _CONTENT:
            yield f"bw={token.lemma_.lower()}"
    for trigger in passage.triggers:
        if first.end <= trigger.start and trigger.end <= second.start:
            yield f"bt={trigger.entry.name}"
            if not between:
                yield f"bt={trigger.entry.name}:alone"


_FUNCTION = frozenset({"ADP", "CCONJ", "SCONJ", "AUX", "PART"})


def _neighbour_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    span = passage.span
    doc = span.doc
    before = [t.lower_ for t in doc[max(span.start, place.first - 3) : place.first] if not t.is_space]
    after = [t.lower_ for t in doc[place.last + 1 : min(span.end, place.last + 3)] if not t.is_space]
    if before:
        yield f"{name}-1={before[-1]}"
        yield f"{name}-2={' '.join(before[-2:])}"
    else:
        yield f"{name}-1=^"
    if after:
        yield f"{name}+1={after[0]}"


def _syntax_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """The construction: relation and preposition of the partner, and the entry that governs it."""
    root = place.root
    if not root.doc.has_annotation("DEP"):
        return
    case = next((child.lower_ for child in root.children if child.dep_ in ("case", "prep")), "")
    if not case and root.dep_ == "pobj":
        case = root.head.lower_
    yield f"dep_{name}={root.dep_}"
    yield f"case_{name}={case}"
    triggers = {t.start: t for t in passage.triggers}
    covering = [(t.start, t.end, t.entry.name) for t in triggers.values()]
    token, relation = root, root.dep_
    for step in range(5):
        if token.head is token:
            break
        relation = token.dep_ if step == 0 or token.dep_ not in ("conj", "appos", "pobj") else relation
        token = token.head
        names = [entry for a, b, entry in covering if a <= token.idx < b]
        for entry in names:
            yield f"gov_{name}={entry}:{relation}:{case}"
            yield f"gov_{name}={entry}"
        if names:
            break


def _bin(value: int, edges: tuple[int, ...]) -> str:
    for edge in edges:
        if value <= edge:
            return f"<={edge}"
    return f">{edges[-1]}"
