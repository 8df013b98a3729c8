"""Articles in; out, for each, its reports and all partners that it names, those that do nothing included.

``pipeline.extract`` gives the same reports (a test holds both together) but forgets the other partners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError
from kg.evaluation.identity import identify
from kg.evaluation.scores import Record
from kg.model import Article, ArticleReports, Partner, Report
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: So many articles travel to a worker at once.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program finds in one article."""

    article: Article
    partners: tuple[Partner, ...]
    reports: tuple[Report, ...]


def read_all(
    articles: Iterable[Article],
    settings: Settings,
    *,
    on_problem: Callable[[KgError], None],
    workers: int = 1,
) -> Iterator[Reading]:
    """Read articles in order; one that cannot be read goes to ``on_problem`` and counts as saying nothing."""
    if workers == 1:
        yield from _read(articles, settings, on_problem)
        return
    from kg.pipeline.pool import Pool
    from kg.pipeline.steps import batched

    def lost(article: Article) -> None:
        on_problem(InputError("reading it ended its process; it is left out.", article.origin or article.id))

    plain = replace(settings, models=dict(settings.models))
    pool = Pool(partial(_read_batch, settings=plain), workers=workers, on_lost=lost)
    for readings, problems in pool.results(batched(articles, _AT_ONCE)):
        for problem in problems:
            on_problem(problem)
        yield from readings


def prediction_records(readings: Sequence[Reading], *, base_iri: str) -> list[Record]:
    """The records of ``kg extract``, each event with the identity that merging all of them gives it."""
    from kg.records import article_record

    items = [ArticleReports(reading.article, reading.reports) for reading in readings]
    events = identify(items, base_iri=base_iri)
    return [article_record(item, events=iris) for item, iris in zip(items, events, strict=True)]


def named_partners(readings: Iterable[Reading]) -> dict[str, list[Record]]:
    """All partners that were found, by article, in the form in which records hold them."""
    return {
        reading.article.id: [
            {
                "label": partner.label,
                "kind": partner.kind,
                "country": partner.country,
                "mentions": [mention.text for mention in partner.named],
            }
            for partner in reading.partners
        ]
        for reading in readings
    }


def _read(
    articles: Iterable[Article], settings: Settings, on_problem: Callable[[KgError], None]
) -> Iterator[Reading]:
    from kg.documents import make_documents

    for doc in make_documents(articles, settings, on_problem=on_problem):
        article: Article = doc.user_data["article"]
        try:
            yield _reading(doc, settings)
        except KgError as problem:
            on_problem(problem)
        except Exception as error:  # One poison article must not end the run, whatever library it upsets.
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            message = f"cannot be read through ({reason}); it counts as saying nothing."
            on_problem(InputError(message, article.origin or article.id))


def _read_batch(articles: list[Article], *, settings: Settings) -> tuple[list[Reading], list[KgError]]:
    problems: list[KgError] = []
    return list(_read(articles, settings, problems.append)), problems


def _reading(doc: Doc, settings: Settings) -> Reading:
    from kg.pipeline import find_partners
    from kg.reports import find_reports

    mentions, partners = find_partners(doc, settings)
    article = replace(doc.user_data["article"], lang=doc.lang_)
    return Reading(article, partners, find_reports(doc, mentions, partners))
