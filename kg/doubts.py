"""The partners of a graph in; out, those that are likely one, and those that are likely two.

What a person has judged is asked no more. Two names are compared only where they share a rare word or where
one may be the acronym of the other, so that the work does not grow with the square of the partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from kg.identities import fits, is_acronym
from kg.model import Partner
from kg.names.words import normalise, split_words
from kg.roster import Judged, PartnerRow

#: Names at least this alike (0 to 100) may be one partner's.
ALIKE: Final = 84
#: A name less alike than this to all others of its partner may be another partner's.
UNLIKE: Final = 40
#: Words in which two names differ are this alike at least ("Energy", "Energie").
_NEARLY: Final = 65
#: Words of more partners than this do not bring two together.
_COMMON: Final = 40
#: Shorter words do neither.
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two partners that may be one (``other``), a name that may be another's (``name``), or a doubtful kind.

    ``arguments`` are those of the ``kg correct`` that would settle it; ``likely`` is from 0 to 1.
    """

    what: str
    likely: float
    partner: PartnerRow
    why: str
    arguments: tuple[str, ...]
    other: PartnerRow | None = None
    name: str | None = None


def find_doubts(rows: Sequence[PartnerRow], judged: Judged) -> list[Doubt]:
    """Find likely duplicates and likely false merges, the likeliest first."""
    open_rows = [row for row in rows if row.kind != "country"]
    found = [*_duplicates(open_rows, judged), *_false_merges(open_rows, judged), *_kinds(open_rows, judged)]
    return sorted(found, key=lambda doubt: (-doubt.likely, -_weight(doubt), doubt.arguments))


def _weight(doubt: Doubt) -> int:
    return doubt.partner.events + (doubt.other.events if doubt.other else 0)


# --- two that may be one ----------------------------------------------------------------------------------


def _duplicates(rows: Sequence[PartnerRow], judged: Judged) -> Iterator[Doubt]:
    seen: set[frozenset[str]] = set()
    for one, other in _pairs(rows):
        pair = frozenset((one.iri, other.iri))
        if pair in seen or pair in judged.pairs or not _may_be_one(one, other):
            continue
        seen.add(pair)
        # Who stays is named first: the one in a list, the name that is spelt out, the one told more often.
        first, second = sorted((one, other), key=_stays)
        likely, why = _likeness(first, second)
        if likely:
            words = ("same", first.id, second.id)
            yield Doubt("duplicate", round(likely, 2), first, why, words, other=second)


def _stays(row: PartnerRow) -> tuple[bool, bool, int, str]:
    return not row.is_known, is_acronym(row.label), -row.articles, row.iri


def _may_be_one(one: PartnerRow, other: PartnerRow) -> bool:
    """Say whether kinds, countries and the lists leave room; a department is not its ministry."""
    is_part = other.iri == one.part_of or one.iri == other.part_of
    same_country = one.country == other.country or None in (one.country, other.country)
    guessed = is_acronym(one.label) or is_acronym(other.label)
    return (
        not (one.is_known and other.is_known)
        and not is_part
        and same_country
        and (guessed or fits(_partner(one), _partner(other)))
    )


def _partner(row: PartnerRow) -> Partner:
    return Partner(row.iri, row.label, row.kind, row.country)


def _pairs(rows: Sequence[PartnerRow]) -> Iterator[tuple[PartnerRow, PartnerRow]]:
    blocks: dict[str, dict[str, PartnerRow]] = defaultdict(dict)
    for row in rows:
        for name in _all_names(row):
            words = normalise(name).split()
            for key in {word for word in words if len(word) >= _SHORT} | {f"={normalise(name)}"}:
                blocks[key][row.iri] = row
            for initials in _initials(name):
                blocks[f"({initials}"][row.iri] = row
            if is_acronym(name):
                blocks[f"({name.casefold()}"][row.iri] = row
    for members in blocks.values():
        if 1 < len(members) <= _COMMON:
            yield from combinations(members.values(), 2)


def _all_names(row: PartnerRow) -> set[str]:
    return {row.label, *row.names, *row.labels.values()}


def _likeness(one: PartnerRow, other: PartnerRow) -> tuple[float, str]:
    """Weigh the names of two partners against each other: how likely they are one, and why."""
    ones, others = _all_names(one), _all_names(other)
    shared = {normalise(name) for name in ones} & {normalise(name) for name in others}
    if shared:
        return 0.95, f"both are called {max(shared, key=len)!r}"
    for short, long in ((other, ones), (one, others)):
        if is_acronym(short.label):
            spelt = next((name for name in sorted(long) if short.label.casefold() in _initials(name)), None)
            if spelt:
                return 0.8, f"{short.label} can stand for {spelt!r}"
    scores = [
        (_alike(normalise(a), normalise(b)), a, b)
        for a in sorted(ones)
        for b in sorted(others)
        if not is_acronym(a) and not is_acronym(b)
    ]
    score, a, b = max(scores, default=(0.0, "", ""))
    return (score / 100 * 0.9, f"{a!r} is like {b!r}") if score >= ALIKE else (0.0, "")


def _alike(one: str, other: str) -> float:
    """Compare two names; numbers must agree, and so must, nearly, the words in which they differ."""
    ones, others = one.split(), other.split()
    rest = " ".join(w for w in ones if w not in others), " ".join(w for w in others if w not in ones)
    digits = [word for text in rest for word in text.split() if word.isdigit()]
    if digits or (all(rest) and (rest[0][0] != rest[1][0] or fuzz.ratio(*rest) < _NEARLY)):
        return 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _initials(name: str) -> set[str]:
    """Give the initials of a name: of all its words, and of those with a capital."""
    words = split_words(name)
    if len(words) < 3:
        return set()
    return {
        "".join(word.fold[0] for word in words if word.fold),
        "".join(word.fold[0] for word in words if word.is_capital and word.fold),
    }


# --- one that may be two ----------------------------------------------------------------------------------


def _false_merges(rows: Iterable[PartnerRow], judged: Judged) -> Iterator[Doubt]:
    for row in rows:
        for name, likeness in _strangers(row):
            if (row.iri, normalise(name)) not in judged.names:
                why = f"articles call it {name!r}, which is like none of its other names"
                likely = round(0.85 * (1 - likeness / 100), 2)
                yield Doubt("false merge", likely, row, why, ("different", row.id, name), name=name)


def _strangers(row: PartnerRow) -> Iterator[tuple[str, float]]:
    """Give the names that are like no other name of a partner, each with how like it is at most."""
    anchors = {normalise(name) for name in (row.label, *row.labels.values())}
    if row.resolved and set(row.resolved) <= {"list", "correction"}:
        return
    initials = {letters for name in _all_names(row) for letters in _initials(name)}
    for name in row.names:
        folded = normalise(name)
        if folded in anchors or (is_acronym(name) and (name.casefold() in initials or len(anchors) > 1)):
            continue
        likeness = max((_related(folded, anchor) for anchor in anchors), default=0.0)
        if likeness < UNLIKE:
            yield name, likeness


def _related(name: str, anchor: str) -> float:
    """Compare a name with a label of which it may be a part ("Samsung" of "Samsung Electronics")."""
    return max(fuzz.partial_ratio(name, anchor), fuzz.token_set_ratio(name, anchor))


def _kinds(rows: Iterable[PartnerRow], judged: Judged) -> Iterator[Doubt]:
    """Doubt what articles take for different kinds of partner; one article's guess counts little."""
    for row in rows:
        if len(row.kinds) < 2 or row.is_known or row.iri in judged.kinds:
            continue
        ranked = sorted(row.kinds.items(), key=lambda item: (-item[1], item[0]))
        share = ranked[1][1] / sum(row.kinds.values())
        told = ", ".join(f"{kind} ({count})" for kind, count in ranked)
        words = ("kind", row.id, ranked[0][0])
        yield Doubt("kind", round(0.3 + share, 2), row, f"articles take it for: {told}", words)


def as_mapping(doubt: Doubt) -> Mapping[str, object]:
    """Give a doubt as plain values, for other programs."""
    return {
        "doubt": doubt.what,
        "likely": doubt.likely,
        "partner": doubt.partner.iri,
        "label": doubt.partner.label,
        "other": doubt.other.iri if doubt.other else None,
        "other_label": doubt.other.label if doubt.other else doubt.name,
        "why": doubt.why,
        "arguments": list(doubt.arguments),
    }
