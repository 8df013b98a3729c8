"""A passage in; out: the events that it might state, the surest first, and what the surest rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.explain.readings import Reading
from kg.explain.values import Candidate, Clue, Party
from kg.model import EVENT_TYPES

if TYPE_CHECKING:
    from kg.reports.candidates import Role
    from kg.reports.links import Link
    from kg.reports.passages import Passage
    from kg.reports.rivals import Scored


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the pair that it is made of."""

    candidate: Candidate
    scored: Scored


def find_candidates(reading: Reading, passage: Passage) -> tuple[Weighed, ...]:
    """All pairs and types that were weighed in a passage, by what they have beyond what they need."""
    scored = {item.pair.key: item for item in reading.scored if item.pair.passage.index == passage.index}
    links = (link for link in reading.links if link.passage == passage.index and link.pair in scored)
    found = [Weighed(_candidate(reading, link, scored), scored[link.pair]) for link in links]
    return tuple(sorted(found, key=_order))


def _order(item: Weighed) -> tuple[float, str]:
    return item.candidate.threshold - item.candidate.probability, item.candidate.type


def _candidate(reading: Reading, link: Link, scored: dict[tuple[int, int], Scored]) -> Candidate:
    item, number = scored[link.pair], EVENT_TYPES.index(link.type)
    bond = item.bond[number]
    threshold = reading.models.thresholds[link.type]
    return Candidate(
        type=link.type,
        parties=(_party(reading, item.pair.first), _party(reading, item.pair.second)),
        probability=link.probability,
        threshold=threshold,
        bond=bond,
        parts=(item.first[number], item.second[number]),
        rank=1 + sum(other.bond[number] > bond for other in scored.values()),
        rivals=len(scored),
        report=_report(reading, link) if link.probability >= threshold else None,
        ruled_by=link.ruled_by,
    )


def _party(reading: Reading, role: Role) -> Party:
    from kg.reports.candidates import TITLE

    label = reading.partners[role.place.partner].label
    return Party(label, None if role.distance == TITLE else role.distance)


def _report(reading: Reading, link: Link) -> int | None:
    """The report that a link went into: one of its type, else the agreement that it is a part of."""
    pair = {reading.partners[number].iri for number in link.pair}
    homes = [
        (report.type != link.type, index)
        for index, report in enumerate(reading.reports)
        if pair <= {partner.iri for partner in report.partners}
    ]
    return min(homes)[1] if homes else None


def find_clues(reading: Reading, weighed: Weighed) -> tuple[Clue, ...]:
    """What the bond of a candidate rests on, in words: weights of one meaning are summed.

    Together with the bias of the model they are the log-odds of the bond.
    """
    sums: dict[str, float] = defaultdict(float)
    for words, weight in _weights(reading, weighed):
        sums[words] += weight
    clues = (Clue(words, round(weight, 6)) for words, weight in sums.items())
    return tuple(sorted(clues, key=lambda clue: (-abs(clue.weight), clue.words)))


def _weights(reading: Reading, weighed: Weighed) -> Iterator[tuple[str, float]]:
    from kg.explain.features import feature_words
    from kg.reports.features import pair_features, pair_stretch, shared_features

    pair, number = weighed.scored.pair, EVENT_TYPES.index(weighed.candidate.type)
    names = (weighed.candidate.parties[0].label, weighed.candidate.parties[1].label)
    features = [
        *shared_features(pair.passage, reading.passages, pair_stretch(pair), reading.doc.lang_),
        *pair_features(pair, reading.passages, reading.partners),
    ]
    _, added = reading.models.pairs.shares_of(features, number)
    for feature, weight in zip(features, added, strict=True):
        if weight:
            yield feature_words(feature, names), weight
