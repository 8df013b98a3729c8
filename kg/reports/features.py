"""What the learned decisions about partners look at: a candidate in, names of features that hold out.

Feature names are plain strings, shared by all languages where they can be, so that weights are readable and
one language's examples help the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kg.model import Partner
from kg.reports.candidates import Pair, Role
from kg.reports.passages import CONTENT, Passage, Place
from kg.reports.syntax import root_features, shared_governors

#: Between two names, a longer row of signs says no more than its ends.
_LONG_SHAPE = 4
#: So many words before, between and after two names are looked at.
_AROUND, _BETWEEN = 5, 30
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass"})
_FUNCTION = frozenset({"ADP", "CCONJ", "SCONJ", "AUX", "PART"})


def bucket(value: int, edges: tuple[int, ...]) -> str:
    """Name the interval that ``value`` lies in."""
    for edge in edges:
        if value <= edge:
            return f"<={edge}"
    return f">{edges[-1]}"


#: Which clauses of a passage name the candidate: the first and the last; None when it names it nowhere.
Stretch = tuple[int, int] | None


def shared_features(passage: Passage, passages: Sequence[Passage], stretch: Stretch, lang: str) -> list[str]:
    """What holds of all candidates whose names stand in the same clauses of a passage.

    They are named apart from those of single candidates, so that their weights are summed once.
    """
    return passage_features(passage, passages, lang) + stretch_features(passage, stretch)


def passage_features(passage: Passage, passages: Sequence[Passage], lang: str) -> list[str]:
    """Those of them that hold of the whole passage."""
    return list(dict.fromkeys([f"lang={lang}", *_passage_features(passage, passages), *_words(passage)]))


def stretch_features(passage: Passage, stretch: Stretch) -> list[str]:
    """Those of them that only the clauses tell; no name is one of the passage's."""
    return [] if stretch is None else list(dict.fromkeys(_clause_features(passage, *stretch)))


def role_stretch(role: Role) -> Stretch:
    """The clause that names a partner."""
    return role.passage.stretch(role.place.start, role.place.end) if role.is_here else None


def pair_stretch(pair: Pair) -> Stretch:
    """The clauses from the one partner's name to the other's."""
    here = [role.place for role in (pair.first, pair.second) if role.is_here]
    if not here:
        return None
    return pair.passage.stretch(min(place.start for place in here), max(place.end for place in here))


def role_features(role: Role, passages: Sequence[Passage], partners: Sequence[Partner]) -> list[str]:
    """Features of one partner in one passage, without repeats, in a fixed order."""
    return list(dict.fromkeys(_role_features(role, passages, partners)))


def pair_features(pair: Pair, passages: Sequence[Passage], partners: Sequence[Partner]) -> list[str]:
    """Features of two partners in one passage, without repeats, in a fixed order."""
    return list(dict.fromkeys(_pair_features(pair, passages, partners)))


def _role_features(role: Role, passages: Sequence[Passage], partners: Sequence[Partner]) -> Iterator[str]:
    passage, place = role.passage, role.place
    partner = partners[place.partner]
    yield f"kind={partner.kind}"
    yield f"label={place.label}"
    yield f"away={role.distance}"
    others = [other for other in passage.places if other.partner != place.partner]
    yield f"others={bucket(len(others), (0, 1, 2, 3, 5, 8))}"
    for kind in sorted({partners[other.partner].kind for other in others}):
        yield f"kind={partner.kind}&{kind}"
    yield f"sure={_sureness(partner)}"
    yield f"country={_country_among(partner, [partners[other.partner] for other in others])}"
    yield f"count={bucket(role.count(passages), (1, 2, 4, 8))}"
    yield from (f"name={word}" for word in role.words(partners))
    yield f"focus={min(role.focus, 4)}"
    yield f"focus={min(role.focus, 4)}:{role.distance}"
    if not role.is_here:
        yield from _reference_features("p", role, partner)
    if role.is_here:
        yield from _trigger_features(passage, place.start, place.end)
        yield from _side_features(passage, place, place)
        yield from role.construction("p")
        yield f"order={min([p.partner for p in passage.places].index(place.partner), 4)}"


def _reference_features(name: str, role: Role, partner: Partner) -> Iterator[str]:
    """What may speak of a partner that the passage does not name: "it", "the two", "the company", "here"."""
    subject = "s" if role.place.root.dep_ in _SUBJECTS else ""
    standing = f"{role.distance}{subject}#{min(role.rank, 4)}"
    yield f"{name}_stand={standing}"
    yield f"{name}_stand={role.distance}{subject}"
    for cue in role.passage.references:
        yield f"{name}_refer={cue}:{standing}"
        yield f"{name}_refer={cue}:{role.distance}{subject}"
        yield f"{name}_refer={cue}:{partner.kind}"
        yield f"{name}_refer={cue}:focus{min(role.focus, 4)}"


def _sureness(partner: Partner) -> int:
    """How sure it is that a partner is one, in steps from 0 to 4; 5 where nothing speaks against it."""
    return int(partner.probability * 5)


def _country_among(partner: Partner, others: list[Partner]) -> str:
    countries = {other.country for other in others}
    if not partner.country:
        return "unknown"
    if any(country and country != partner.country for country in countries):
        return "other"
    return "same" if partner.country in countries else "alone"


def _pair_features(pair: Pair, passages: Sequence[Passage], partners: Sequence[Partner]) -> Iterator[str]:
    passage = pair.passage
    here = [role.place for role in (pair.first, pair.second) if role.is_here]
    if here:
        low, high = min(place.start for place in here), max(place.end for place in here)
        yield from _trigger_features(passage, low, high)
    yield from _agent_features(pair, partners)
    yield from _name_features(pair, partners)
    yield from _context_features(pair, passages)
    if len(here) == 2:
        yield from _between_features(pair)
        yield from _around_features(pair)
        yield from _shape_features(pair)
        yield from shared_governors(pair.first.place, pair.second.place, passage)
    yield f"focus={min(pair.first.focus, 4)}+{min(pair.second.focus, 4)}"
    for name, role in (("a", pair.first), ("b", pair.second)):
        if role.is_here:
            yield from role.construction(name)
        else:
            yield from _reference_features(name, role, partners[role.place.partner])


def _trigger_features(passage: Passage, low: int, high: int) -> Iterator[str]:
    """Where the triggers stand, as seen from the partners' names."""
    nearest: dict[str, int] = {}
    for trigger in passage.triggers:
        name, kind = trigger.entry.name, trigger.entry.type
        where = "before" if trigger.end <= low else "after" if trigger.start >= high else "between"
        gap = {"before": low - trigger.end, "after": trigger.start - high}.get(where, 0)
        yield f"e={name}:{where}"
        if gap <= 40:
            yield f"e={name}:{where}:near"
        nearest[kind] = min(gap, nearest.get(kind, gap))
    for kind, gap in nearest.items():
        yield f"gap={kind}:{bucket(gap, (0, 10, 30, 60, 120))}"


def _clause_features(passage: Passage, first: int, last: int) -> Iterator[str]:
    """What the clauses that name the partners tell, apart from the rest of the sentence."""
    clauses = passage.clauses[first : last + 1]
    yield f"clauses={min(len(clauses), 3)}+{min(len(passage.clauses) - len(clauses), 2)}"
    for clause in clauses:
        for trigger in clause.triggers:
            yield f"ce={trigger.entry.name}"
            yield f"ct={trigger.entry.type}"
        for cue in sorted(clause.cues):
            yield f"cc={cue}"
        for word in clause.words:
            yield f"cw={word}"


def _agent_features(pair: Pair, partners: Sequence[Partner]) -> Iterator[str]:
    a, b = partners[pair.first.place.partner], partners[pair.second.place.partner]
    yield f"kinds={a.kind}>{b.kind}"
    yield f"kindset={'+'.join(sorted((a.kind, b.kind)))}"
    if a.country is None or b.country is None:
        yield "countries=unknown"
    else:
        yield f"countries={'same' if a.country == b.country else 'different'}"
        if "country" in (a.kind, b.kind) and a.country == b.country:
            yield "countries=inside"
    for name, role in (("a", pair.first), ("b", pair.second)):
        yield f"label_{name}={role.place.label}"
    yield f"labels={pair.first.place.label}>{pair.second.place.label}"
    yield f"sure={min(_sureness(a), _sureness(b))}"


def _name_features(pair: Pair, partners: Sequence[Partner]) -> Iterator[str]:
    """The words of their names: a ministry signs, a bank lends, a university teaches."""
    for name, role in (("a", pair.first), ("b", pair.second)):
        for word in role.words(partners):
            yield f"{name}_name={word}"
            yield f"name={word}"


def _passage_features(passage: Passage, passages: Sequence[Passage]) -> Iterator[str]:
    for trigger in passage.triggers:
        yield f"t={trigger.entry.type}"
        yield f"e={trigger.entry.name}"
        yield f"word={passage.word_of(trigger)}"
    yield f"types={'+'.join(sorted({trigger.entry.type for trigger in passage.triggers}))}"
    for cue in sorted(passage.cues):
        yield f"cue={cue}"
    yield f"places={bucket(len(passage.places), (0, 1, 2, 3, 5, 8))}"
    yield f"length={bucket(len(passage.text), (60, 120, 200, 300))}"
    if passage.is_title:
        yield "title"
    yield f"index={bucket(passage.index - passages[0].is_title, (-1, 0, 1, 4, 9))}"
    if passage.index > 0:
        previous = passages[passage.index - 1]
        for name in sorted({trigger.entry.name for trigger in previous.triggers}):
            yield f"previous={name}"
        if previous.text.rstrip().endswith(":") or passage.is_item:
            yield "list"
        if previous.paragraph != passage.paragraph:
            yield "new_paragraph"
    yield from _frame_features(passage)
    yield from _order_features(passage)
    yield from root_features(passage)


def _frame_features(passage: Passage) -> Iterator[str]:
    """Whether this sentence may tell one of several agreements announced before, or of those at a gathering:
    "also present were".
    """
    frame = passage.frame
    if frame.announced:
        gap = bucket(frame.announced, (1, 2, 4, 8))
        yield f"announced={gap}"
        yield f"announced={'here' if frame.is_near else 'before'}:{gap}"
    if passage.announces:
        yield "announces"
    if frame.gathered:
        kinds = sorted({name.partition(".")[0] for name in frame.gatherings})
        yield f"gathering={'+'.join(kinds)}:{bucket(frame.gathered, (1, 2, 4))}"
        yield from (f"gathering={name}" for name in frame.gatherings)


def _order_features(passage: Passage) -> Iterator[str]:
    """Which of its triggers come first and last, and the types that follow one another."""
    if passage.triggers:
        first, last = passage.triggers[0].entry, passage.triggers[-1].entry
        yield f"first={first.name}"
        yield f"last={last.name}"
        types = [trigger.entry.type for trigger in passage.triggers]
        yield from (f"then={one} {other}" for one, other in pairwise(types))
        yield from (f"many={kind}:{min(count, 4)}" for kind, count in sorted(Counter(types).items()))


def _context_features(pair: Pair, passages: Sequence[Passage]) -> Iterator[str]:
    passage = pair.passage
    here = "".join("h" if role.is_here else "c" for role in (pair.first, pair.second))
    yield f"here={here}"
    if pair.distance:
        yield f"here={here}:{pair.distance}"
        for trigger in passage.triggers:
            yield f"here={here}:{trigger.entry.name}"
    one, two = pair.key
    together = sum(
        one in other.partners and two in other.partners for other in passages if other is not passage
    )
    yield f"together={bucket(together, (0, 1, 2, 4))}"
    for name, role in (("a", pair.first), ("b", pair.second)):
        yield f"count_{name}={bucket(role.count(passages), (1, 2, 4, 8))}"


def _between_features(pair: Pair) -> Iterator[str]:
    passage, tokens = pair.passage, pair.passage.tokens
    first, second = sorted((pair.first.place, pair.second.place), key=lambda place: place.start)
    inside = [number for number in range(first.last + 1, second.first) if not tokens.is_space[number]]
    yield f"tokens={bucket(len(inside), (0, 1, 2, 4, 8, 16, 30))}"
    if second.start < first.end:
        yield "nested"
    between = [place for place in passage.places if first.start < place.start < second.start]
    yield f"partners_between={bucket(len(between), (0, 1, 2, 4))}"
    if len(inside) <= 3:
        yield f"join={' '.join(tokens.words[number] for number in inside)}"
    for number in inside[:12]:
        if tokens.pos[number] in _FUNCTION or tokens.is_punct[number]:
            yield f"fw={tokens.words[number]}"
    for number in inside[:25]:
        if tokens.pos[number] in CONTENT:
            yield f"bw={tokens.lemmas[number]}"
    for trigger in passage.triggers:
        if first.end <= trigger.start and trigger.end <= second.start:
            yield f"bt={trigger.entry.name}"
            if not between:
                yield f"bt={trigger.entry.name}:alone"


def _around_features(pair: Pair) -> Iterator[str]:
    """The words before the two, between them and after them, alone and by twos."""
    first, second = sorted((pair.first.place, pair.second.place), key=lambda place: place.start)
    yield from _side_features(pair.passage, first, second)
    last = min(second.first, first.last + 1 + _BETWEEN)
    yield from _row_features("mid", pair.passage.tokens.lemmas_in(first.last + 1, last))


def _side_features(passage: Passage, first: Place, last: Place) -> Iterator[str]:
    """The words just before one place and after another, alone and by twos."""
    span, tokens = passage.span, passage.tokens
    yield from _row_features("left", tokens.lemmas_in(max(span.start, first.first - _AROUND), first.first))
    yield from _row_features("right", tokens.lemmas_in(last.last + 1, min(span.end, last.last + 1 + _AROUND)))


def _row_features(name: str, words: Sequence[str]) -> Iterator[str]:
    yield from (f"{name}={word}" for word in words)
    yield from (f"{name}={one} {other}" for one, other in pairwise(words))


def _shape_features(pair: Pair) -> Iterator[str]:
    """The order of names, triggers and joints around the two: "A with B: agreement"."""
    passage, ends = pair.passage, (pair.first.place, pair.second.place)
    signs = [(p.start, "A" if p is ends[0] else "B" if p is ends[1] else "x") for p in passage.places]
    signs += [(trigger.start, trigger.entry.type) for trigger in passage.triggers]
    signs += [(start, name) for start, _, name in passage.joints]
    shape = [sign for sign, _ in groupby(sign for _, sign in sorted(signs))]
    low, high = sorted((shape.index("A"), shape.index("B")))
    before, between, after = (
        shape[max(0, low - 2) : low],
        shape[low + 1 : high],
        shape[high + 1 : high + 3],
    )
    middle = " ".join(between) if len(between) <= _LONG_SHAPE else f"{between[0]} ... {between[-1]}"
    yield f"between={middle}"
    yield f"before={' '.join(before)}"
    yield f"after={' '.join(after)}"
    yield f"shape={' '.join(before[-1:])} A {middle} B {' '.join(after[:1])}"
    yield f"shape={' '.join(before)} A {middle} B"
    yield f"shape=A {middle} B {' '.join(after)}"


def _words(passage: Passage) -> Iterator[str]:
    for word in passage.words:
        yield f"w={word}"
