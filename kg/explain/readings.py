"""An article in; out: what every stage found in it, for others to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.explain.values import Doubt
from kg.model import Article, Mention, Partner, Report
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.reports.codebook import Codebook
    from kg.reports.links import Link
    from kg.reports.passages import Passage
    from kg.reports.rivals import Scored
    from kg.reports.weights import Models


@dataclass(frozen=True, slots=True)
class Reading:
    """What the stages found in one article; ``known`` names the partners of the lists: IRI -> label."""

    doc: Doc
    codebook: Codebook
    models: Models
    mentions: Sequence[Mention]
    partners: Sequence[Partner]
    passages: Sequence[Passage]
    scored: Sequence[Scored]
    links: Sequence[Link]
    reports: Sequence[Report]
    doubt: Doubt | None
    known: Mapping[str, str]

    @property
    def sentences(self) -> Iterator[tuple[int, Span]]:
        """The sentences that say something, with their numbers from 1."""
        return enumerate((span for span in self.doc.sents if span.text.strip()), 1)

    def passage_at(self, start: int) -> Passage | None:
        """The passage that begins at an offset; residue is none."""
        return next((passage for passage in self.passages if passage.start == start), None)


def read(article: Article, settings: Settings, models: Models | None) -> Reading:
    """Let all stages read an article; raises what reading it raises."""
    from kg.documents import make_documents
    from kg.ontology import load_gazetteer
    from kg.pipeline import find_partners
    from kg.reports import make_reports
    from kg.reports.codebook import load_codebook
    from kg.reports.links import join, score_pairs
    from kg.reports.passages import make_passages
    from kg.reports.weights import load_models

    problems: list[KgError] = []
    docs = list(make_documents([article], settings, on_problem=problems.append))
    if problems:
        raise problems[0]
    doc, models = docs[0], models or load_models()
    codebook = load_codebook(doc.lang_)
    mentions, partners = find_partners(doc, settings)
    passages = make_passages(doc, mentions, partners, codebook)
    scored = score_pairs(passages, partners, doc.lang_, models)
    links = join(scored, partners, models)
    return Reading(
        doc=doc,
        codebook=codebook,
        models=models,
        mentions=mentions,
        partners=partners,
        passages=passages,
        scored=scored,
        links=links,
        reports=make_reports(doc, passages, partners, links, models),
        doubt=_doubt(links, passages, models),
        known={partner.iri: partner.label for partner in load_gazetteer(map(Path, settings.partners))},
    )


def _doubt(links: Sequence[Link], passages: Sequence[Passage], models: Models) -> Doubt | None:
    """Whether the surest draft of the article is too doubtful for it to yield anything."""
    from kg.reports.grouping import group_links

    drafts = group_links(links, models.thresholds, passages)
    surest = max((draft.probability for draft in drafts), default=None)
    least = models.thresholds.get("article", 0.0)
    return Doubt(surest, least) if surest is not None and surest < least else None
