"""An article in; out: what is named in each sentence, which rules fired, what it states, or why nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.explain.bars import find_barred
from kg.explain.candidates import find_candidates, find_clues
from kg.explain.readings import Reading, read
from kg.explain.reasons import find_reasons
from kg.explain.themes import find_themes
from kg.explain.values import (
    Barred,
    Candidate,
    Clue,
    Doubt,
    Explanation,
    Fired,
    Party,
    Reason,
    Seen,
    Sentence,
    Theme,
)
from kg.model import Article, Evidence
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.reports.weights import Models

__all__ = [
    "Barred",
    "Candidate",
    "Clue",
    "Doubt",
    "Explanation",
    "Fired",
    "Party",
    "Reason",
    "Seen",
    "Sentence",
    "Theme",
    "explain_article",
]


def explain_article(article: Article, settings: Settings, *, models: Models | None = None) -> Explanation:
    """Read one article and say how it came to its reports; raises what reading it raises."""
    reading = read(article, settings, models)
    return Explanation(
        article=article,
        lang=reading.doc.lang_,
        sentences=tuple(
            _sentence(reading, number, span.start_char, span.end_char) for number, span in reading.sentences
        ),
        reports=tuple(reading.reports),
        doubt=reading.doubt,
        themes=find_themes(reading),
    )


def _sentence(reading: Reading, number: int, start: int, end: int) -> Sentence:
    passage = reading.passage_at(start)
    weighed = find_candidates(reading, passage) if passage else ()
    candidates = tuple(item.candidate for item in weighed)
    barred = find_barred(reading, passage) if passage else ()
    quoted = tuple(
        index
        for index, report in enumerate(reading.reports)
        if any(_lies_in(quote, start, end) for quote in report.evidence)
    )
    supports = _supported(candidates, quoted)
    is_silent = not quoted and not supports
    return Sentence(
        number=number,
        start=start,
        end=end,
        text=reading.doc.text[start:end],
        mentions=tuple(_seen(reading, start, end)),
        triggers=tuple(
            Fired(item.start, item.end, item.entry.id, item.entry.type, item.entry.status)
            for item in (passage.triggers if passage else ())
        ),
        barred=barred,
        candidates=candidates,
        clues=find_clues(reading, weighed[0]) if weighed else (),
        quoted=quoted,
        supports=supports,
        reasons=find_reasons(reading, passage, weighed, barred) if is_silent else (),
    )


def _lies_in(quote: Evidence, start: int, end: int) -> bool:
    return start <= quote.start < end


def _supported(candidates: Sequence[Candidate], quoted: Sequence[int]) -> tuple[int, ...]:
    """Give the reports to which a sentence adds without being quoted: they quote two sentences at most."""
    told = {item.report for item in candidates if item.report is not None}
    return tuple(sorted(told.difference(quoted)))


def _seen(reading: Reading, start: int, end: int) -> Iterator[Seen]:
    names: dict[tuple[int, int, str], list[str]] = {}
    for partner in reading.partners:
        for mention in partner.mentions:
            names.setdefault((mention.start, mention.end, mention.label), []).append(partner.label)
    for mention in reading.mentions:
        if start <= mention.start < end:
            meant = names.get((mention.start, mention.end, mention.label), ())
            ref = reading.known.get(mention.ref, mention.ref) if mention.ref else None
            yield Seen(mention, tuple(meant) or ((ref,) if ref else ()))
