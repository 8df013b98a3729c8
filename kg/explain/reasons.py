"""A sentence that states nothing in; out: why.

What a sign (a negation, a wish) costs is found by weighing the sentence anew without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.explain.candidates import Weighed
from kg.explain.readings import Reading
from kg.explain.values import Barred, Reason

if TYPE_CHECKING:
    from kg.reports.passages import Passage

#: Signs that may keep a sentence from stating anything, in the order in which they are told.
SIGNS = (
    "negation",
    "wish",
    "conditional",
    "conditional-on",
    "ended",
    "opinion",
    "rivalry",
    "statistic",
    "product-launch",
    "background",
    "witness",
)
#: A sign is worth telling when without it the probability would be so many times as high.
_TELLING = 1.25


def find_reasons(
    reading: Reading, passage: Passage | None, candidates: Sequence[Weighed], barred: Sequence[Barred]
) -> tuple[Reason, ...]:
    """Why a passage, or the residue that is none, states nothing; there is always a reason."""
    if passage is None:
        return (Reason("residue"),)
    return tuple(_reasons(reading, passage, candidates, barred))


def _reasons(
    reading: Reading, passage: Passage, candidates: Sequence[Weighed], barred: Sequence[Barred]
) -> Iterator[Reason]:
    best = candidates[0] if candidates else None
    if best is not None and best.candidate.is_enough:
        yield Reason("article" if reading.doubt else "unrelated")
        return
    if not passage.triggers:
        yield Reason("no trigger")
        yield from _counter_examples(passage, barred)
    named = [reading.partners[place.partner].label for place in passage.places]
    if len(named) < 2:
        yield Reason("one partner" if named else "no partner", tuple(named))
    elif best is None and passage.triggers:
        yield Reason("hopeless", tuple(named))
    if best is not None:
        yield Reason("below threshold")
        yield from _signs(reading, passage, best)
    if passage.triggers:
        yield from _counter_examples(passage, barred)


def _counter_examples(passage: Passage, barred: Sequence[Barred]) -> Iterator[Reason]:
    """What an exception forbids, unless another entry fired at the same words."""
    fired = [(trigger.start, trigger.end) for trigger in passage.triggers]
    wordings = dict.fromkeys(
        bar.text
        for bar in barred
        if not (bar.is_name or bar.is_denied) and not any(a < bar.end and bar.start < b for a, b in fired)
    )
    if wordings:
        yield Reason("counter-example", tuple(wordings))


def _signs(reading: Reading, passage: Passage, best: Weighed) -> Iterator[Reason]:
    """The signs without which the surest candidate would be clearly surer."""
    from kg.reports.codebook import fold

    lowered, candidate = fold(passage.text), best.candidate
    for sign in SIGNS:
        if sign not in passage.cues:
            continue
        otherwise = _without(reading, passage, sign, best)
        if otherwise > candidate.probability * _TELLING:
            found = [match.span() for match in reading.codebook.cues[sign].finditer(lowered)]
            words = dict.fromkeys(passage.text[a:b] for a, b in found)
            yield Reason(sign, tuple(words), otherwise)


def _without(reading: Reading, passage: Passage, sign: str, best: Weighed) -> float:
    """How sure the candidate would be, were the sign not in the sentence."""
    from kg.reports.links import join, score_pairs

    clauses = tuple(replace(clause, cues=clause.cues - {sign}) for clause in passage.clauses)
    other = replace(passage, cues=passage.cues - {sign}, clauses=clauses)
    passages = [other if item is passage else item for item in reading.passages]
    scored = score_pairs(passages, reading.partners, reading.doc.lang_, reading.models)
    wanted = (passage.index, best.candidate.type, best.scored.pair.key)
    links = join(scored, reading.partners, reading.models)
    found = [link.probability for link in links if (link.passage, link.type, link.pair) == wanted]
    return max(found, default=0.0)
