"""An article in; out: what is named in each sentence, which rules fired, what it states, or why nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.model import Article, Evidence, Mention, Partner, Report
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.reports.links import Link
    from kg.reports.passages import Passage
    from kg.reports.weights import Models


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention, and the labels of the partners that it names or stands for: "the two sides" are two."""

    mention: Mention
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fired:
    """A stretch of the article at which an entry of the codebook fired."""

    start: int
    end: int
    entry: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The surest event that a sentence might state, how sure that is, and how sure it would have to be."""

    type: str
    partners: tuple[str, str]
    probability: float
    threshold: float

    @property
    def is_enough(self) -> bool:
        """Whether it counts as an event."""
        return self.probability >= self.threshold


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``quoted`` and ``supports`` are places in the list of reports, from nought.

    ``reason`` says why the sentence states nothing: ``residue`` (captions, bylines), ``no trigger``,
    ``few partners`` (fewer than two named or meant), ``below threshold``, ``unrelated`` (what it names is
    joined nowhere); None when it states something.
    """

    number: int
    start: int
    end: int
    text: str
    mentions: tuple[Seen, ...]
    triggers: tuple[Fired, ...]
    quoted: tuple[int, ...]
    supports: tuple[int, ...]
    nearest: Nearest | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All sentences of an article, and the reports that they state."""

    article: Article
    lang: str
    sentences: tuple[Sentence, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the stages found in one article."""

    doc: Doc
    mentions: Sequence[Mention]
    partners: Sequence[Partner]
    passages: Mapping[int, Passage]
    links: Mapping[int, Sequence[Link]]
    reports: Sequence[Report]
    thresholds: Mapping[str, float]


def explain_article(article: Article, settings: Settings, *, models: Models | None = None) -> Explanation:
    """Read one article and say how it came to its reports; raises what reading it raises."""
    from kg.documents import make_documents

    problems: list[KgError] = []
    docs = list(make_documents([article], settings, on_problem=problems.append))
    if problems:
        raise problems[0]
    reading = _read(docs[0], settings, models)
    sentences = (span for span in reading.doc.sents if span.text.strip())
    return Explanation(
        article=article,
        lang=reading.doc.lang_,
        sentences=tuple(
            _sentence(reading, number, span.start_char, span.end_char)
            for number, span in enumerate(sentences, 1)
        ),
        reports=tuple(reading.reports),
    )


def _read(doc: Doc, settings: Settings, models: Models | None) -> _Reading:
    from kg.pipeline import find_partners
    from kg.reports import make_reports
    from kg.reports.codebook import load_codebook
    from kg.reports.links import find_links
    from kg.reports.passages import make_passages
    from kg.reports.weights import load_models

    models = models or load_models()
    mentions, partners = find_partners(doc, settings)
    passages = make_passages(doc, mentions, partners, load_codebook(doc.lang_))
    links = find_links(passages, partners, doc.lang_, models)
    by_passage: dict[int, list[Link]] = {}
    for link in links:
        by_passage.setdefault(link.passage, []).append(link)
    return _Reading(
        doc=doc,
        mentions=mentions,
        partners=partners,
        passages={passage.start: passage for passage in passages},
        links=by_passage,
        reports=make_reports(doc, passages, partners, links, models),
        thresholds=models.thresholds,
    )


def _sentence(reading: _Reading, number: int, start: int, end: int) -> Sentence:
    passage = reading.passages.get(start)
    links = reading.links.get(passage.index, ()) if passage else ()
    quoted = tuple(
        index
        for index, report in enumerate(reading.reports)
        if any(_lies_in(quote, start, end) for quote in report.evidence)
    )
    supports = tuple(index for index in _supported(reading, links) if index not in quoted)
    nearest = _nearest(reading, links)
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
        quoted=quoted,
        supports=supports,
        nearest=nearest,
        reason=None if quoted or supports else _reason(passage, nearest),
    )


def _lies_in(quote: Evidence, start: int, end: int) -> bool:
    return start <= quote.start < end


def _supported(reading: _Reading, links: Sequence[Link]) -> Iterator[int]:
    """Give the reports to which a sentence adds without being quoted: they quote two sentences at most."""
    sure = [link for link in links if link.probability >= reading.thresholds[link.type]]
    pairs = [(link.type, {reading.partners[number].iri for number in link.pair}) for link in sure]
    for index, report in enumerate(reading.reports):
        known = {partner.iri for partner in report.partners}
        if any(kind == report.type and pair <= known for kind, pair in pairs):
            yield index


def _nearest(reading: _Reading, links: Sequence[Link]) -> Nearest | None:
    if not links:
        return None
    best = max(links, key=lambda link: (link.probability - reading.thresholds[link.type], link.type))
    one, other = (reading.partners[number].label for number in best.pair)
    return Nearest(best.type, (one, other), best.probability, reading.thresholds[best.type])


def _seen(reading: _Reading, start: int, end: int) -> Iterator[Seen]:
    names: dict[tuple[int, int], list[str]] = {}
    for partner in reading.partners:
        for mention in partner.mentions:
            names.setdefault((mention.start, mention.end), []).append(partner.label)
    for mention in reading.mentions:
        if start <= mention.start < end:
            yield Seen(mention, tuple(names.get((mention.start, mention.end), ())))


def _reason(passage: Passage | None, nearest: Nearest | None) -> str:
    if passage is None:
        return "residue"
    if not passage.triggers:
        return "no trigger"
    # Pairs without any hope are not weighed, so that two partners alone do not make a nearest event.
    if nearest is None:
        return "few partners" if len(passage.places) < 2 else "below threshold"
    return "unrelated" if nearest.is_enough else "below threshold"
