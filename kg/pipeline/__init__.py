"""The way of the data: the only module that knows the order of the stages.

article -> document -> mentions -> partners -> reports -> triples -> store -> events
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.corrections import Corrections, check_corrections
from kg.errors import DataError, InputError, KgError, UsageError
from kg.model import Article, ArticleReports, Mention, Partner, Report
from kg.pipeline.collector import seldom
from kg.pipeline.correcting import Change, check_subjects, merged_corrections, stored_corrections
from kg.pipeline.lists import check_lists, graph_settings, keep_lists, lists_of
from kg.pipeline.steps import (
    STORED_AT_ONCE,
    BuildSummary,
    Counter,
    Problem,
    Progress,
    batched,
    changed_articles,
    copy_articles,
    finish,
    store_articles,
)
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.store import Store

__all__ = [
    "BuildSummary",
    "Progress",
    "build",
    "change_corrections",
    "extract",
    "find_partners",
    "merge",
    "remove",
]

#: So many articles travel to a worker at once.
READ_AT_ONCE = 32
#: So many violations are named after a build.
_MOST_VIOLATIONS = 20


def _ignore(_: object) -> None:
    """Let it pass."""


def extract(
    articles: Iterable[Article],
    settings: Settings,
    *,
    on_problem: Problem = _ignore,
    workers: int = 1,
) -> Iterator[ArticleReports]:
    """Read articles as a stream, in order; an article that cannot be read goes to ``on_problem`` alone."""
    if workers > 1:
        yield from _extract_with(articles, settings, on_problem, workers)
        return
    from kg.documents import make_documents

    for doc in make_documents(articles, settings, on_problem=on_problem):
        article: Article = doc.user_data["article"]
        try:
            reports = _reports(doc, settings)
        except KgError as problem:
            on_problem(problem)
        except Exception as error:  # One poison article must not end the run, whatever library it upsets.
            on_problem(_unreadable(article, error))
        else:
            yield ArticleReports(replace(article, lang=doc.lang_), reports)


def find_partners(doc: Doc, settings: Settings) -> tuple[tuple[Mention, ...], tuple[Partner, ...]]:
    """Return all mentions of a document, dates included, and the partners that they name."""
    from kg.dates import find_dates
    from kg.mentions import find_mentions
    from kg.partners import resolve_partners

    mentions = (*find_mentions(doc, lists=settings.partners), *find_dates(doc))
    partners = resolve_partners(doc, mentions, base_iri=settings.base_iri, lists=settings.partners)
    return mentions, partners


def _reports(doc: Doc, settings: Settings) -> tuple[Report, ...]:
    from kg.reports import find_reports

    return find_reports(doc, *find_partners(doc, settings))


def build(
    inputs: Iterable[str],
    graph: Path,
    settings: Settings,
    *,
    workers: int = 1,
    on_problem: Problem = _ignore,
    on_progress: Callable[[Progress], None] = _ignore,
    stdin: IO[str] | IO[bytes] | None = None,
    lists: Iterable[Path] = (),
    check: bool = True,
) -> BuildSummary:
    """Read articles into the graph; what is there unchanged is not read again, what changed is replaced.

    An interrupted build goes on where it stopped; until it has ended, readers see the graph as it was before.
    ``lists`` are partner lists for this and all later builds of the graph. ``check`` looks at the end whether
    what was written fits the shapes of the ontology.
    """
    from kg.articles import read_articles
    from kg.pipeline.versions import read_versions
    from kg.store import open_graph

    counter, lists = Counter(on_problem, on_progress), list(lists)
    # Corrections and lists that are not as they should be are refused before anything is touched.
    stored_corrections(graph)
    check_lists(graph, settings, lists)
    with seldom(), open_graph(graph, base_iri=settings.base_iri) as store:
        settings = keep_lists(graph, settings, lists)
        versions = read_versions(settings)
        articles = read_articles(inputs, settings=settings, on_problem=counter.problem, stdin=stdin)
        pending: dict[str, tuple[str, bool]] = {}
        news = changed_articles(store, articles, versions, pending, counter)
        results = extract(news, settings, on_problem=counter.problem, workers=workers)
        for batch in batched(results, STORED_AT_ONCE):
            store_articles(store, batch, versions, pending, counter)
        summary = finish(store, settings, versions, counter)
        return _checked(store, summary, counter) if check else summary


def _checked(store: Store, summary: BuildSummary, counter: Counter) -> BuildSummary:
    """Name what was written and does not fit the shapes, up to a number that can still be read."""
    from kg.validation import find_violations

    found = find_violations(store, only=sorted(store.written), quick=True)
    for number, violation in enumerate(found):
        if number == _MOST_VIOLATIONS:
            counter.problem(DataError(f"{store.folder.path}: and more; kg validate lists them all."))
            break
        counter.problem(DataError(f"{store.folder.path}: does not fit the ontology: {violation}"))
    return replace(summary, problems=counter.problems)


def remove(
    graph: Path, ids: Iterable[str], settings: Settings, *, on_problem: Problem = _ignore
) -> BuildSummary:
    """Take articles out, by id or IRI; the graph is then as if they had never been there."""
    from kg.pipeline.versions import read_versions
    from kg.store import open_graph
    from kg.triples import article_iri

    counter = Counter(on_problem, _ignore)
    with open_graph(graph, base_iri=settings.base_iri) as store:
        for id in ids:
            iri = (
                id if id.startswith(f"{store.base_iri}article/") else article_iri(id, base_iri=store.base_iri)
            )
            if store.has_article(iri):
                store.remove_articles([iri])
                counter.removed += 1
            else:
                counter.problem(
                    InputError(f"{graph}: there is no article with the id {id!r}. Nothing to remove.")
                )
        settings = graph_settings(graph, settings)
        return finish(store, settings, read_versions(settings), counter)


def merge(
    graphs: Iterable[Path], into: Path, settings: Settings, *, on_problem: Problem = _ignore
) -> BuildSummary:
    """Put the articles of several graphs into one and unite their events.

    Of two versions of one article the one with the greater fingerprint stays, so that the order is no matter.
    Corrections and partner lists come along; where they contradict each other, nothing is merged.
    """
    from kg.pipeline.versions import read_versions
    from kg.store import open_graph, read_graph

    counter, paths = Counter(on_problem, _ignore), list(graphs)
    merged_corrections(into, paths)
    check_lists(into, settings, lists_of(paths, into))
    with open_graph(into, base_iri=settings.base_iri) as store:
        change, lists = merged_corrections(into, paths), lists_of(paths, into)
        for path in paths:
            with read_graph(path) as source:
                if source.base_iri != store.base_iri:
                    raise UsageError(
                        f"{path}: its IRIs start with {source.base_iri}, those of {into} with "
                        f"{store.base_iri}. Only graphs with one base_iri can be merged."
                    )
                copy_articles(source, store, counter)
        settings = keep_lists(into, settings, lists)
        return finish(store, settings, read_versions(settings), counter, change)


def change_corrections(
    graph: Path, change: Callable[[Corrections], Corrections], settings: Settings
) -> BuildSummary:
    """Put other corrections into the place of a graph's own, and bring its events in line with them.

    Raises ``DataError`` where they contradict each other or speak of what the graph does not know; the graph
    and its file are then as they were.
    """
    from kg.pipeline.versions import read_versions
    from kg.store import open_graph, read_graph

    # A graph that is not there must not be made only to be corrected.
    with read_graph(graph) as reading:
        settings = graph_settings(graph, settings)
        wanted = change(stored_corrections(graph))
        check_corrections(wanted)
        check_subjects(reading, wanted, settings.partners)
    with open_graph(graph, base_iri=settings.base_iri) as store:
        former = stored_corrections(graph)
        corrections = change(former)
        check_corrections(corrections)
        counter = Counter(_ignore, _ignore)
        return finish(store, settings, read_versions(settings), counter, Change(corrections, former=former))


# --- several processes ------------------------------------------------------------------------------------


def _extract_with(
    articles: Iterable[Article], settings: Settings, on_problem: Problem, workers: int
) -> Iterator[ArticleReports]:
    from kg.pipeline.pool import Pool

    def lost(article: Article) -> None:
        on_problem(InputError("reading it ended its process; it is left out.", article.origin or article.id))

    pool = Pool(partial(_extract_batch, settings=_picklable(settings)), workers=workers, on_lost=lost)
    for results, problems in pool.results(batched(articles, READ_AT_ONCE)):
        for problem in problems:
            on_problem(problem)
        yield from results


def _extract_batch(
    articles: list[Article], *, settings: Settings
) -> tuple[list[ArticleReports], list[KgError]]:
    problems: list[KgError] = []
    with seldom():
        return list(extract(articles, settings, on_problem=problems.append)), problems


def _picklable(settings: Settings) -> Settings:
    return replace(settings, models=dict(settings.models))


def _unreadable(article: Article, error: Exception) -> InputError:
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return InputError(f"cannot be read through ({reason}); it is left out.", article.origin or article.id)
