"""The steps of a build: which articles are news, what is stored of them, what follows for the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.corrections import Corrections
from kg.errors import KgError
from kg.model import Article, ArticleReports
from kg.pipeline.consolidating import consolidate
from kg.pipeline.correcting import Change, quads_of, stored_corrections
from kg.pipeline.journals import note_build
from kg.settings import Settings

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.pipeline.versions import Versions
    from kg.store import Store

Problem = Callable[[KgError], None]
Item = TypeVar("Item")

#: Articles that are stored in one transaction.
STORED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: articles done, of them unchanged, reports found; ``stage`` in one word."""

    articles: int
    unchanged: int
    reports: int
    stage: str = "reading"


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did; articles, reports and events are those of the whole graph afterwards."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: int = 0
    events_changed: int = 0
    articles: int = 0
    reports: int = 0
    events: int = 0


class Counter:
    """Counts what a build does and tells whoever listens."""

    def __init__(self, on_problem: Problem, on_progress: Callable[[Progress], None]) -> None:
        self._on_problem = on_problem
        self._on_progress = on_progress
        self.new = self.changed = self.unchanged = self.removed = self.problems = self.reports = 0

    def problem(self, error: KgError) -> None:
        self.problems += 1
        self._on_problem(error)

    def progress(self, stage: str = "reading") -> None:
        done = self.new + self.changed + self.unchanged
        self._on_progress(Progress(done, self.unchanged, self.reports, stage))


def changed_articles(
    store: Store,
    articles: Iterable[Article],
    versions: Versions,
    pending: dict[str, tuple[str, bool]],
    counter: Counter,
) -> Iterator[Article]:
    """Let through what is not in the graph as it is; ``pending`` keeps (fingerprint, known before) by id."""
    from kg.pipeline.versions import fingerprint
    from kg.triples import article_iri

    for article in articles:
        old = store.fingerprint(article_iri(article.id, base_iri=store.base_iri))
        new = fingerprint(article, versions)
        if old == new:
            counter.unchanged += 1
            counter.progress()
        else:
            pending[article.id] = (new, old is not None)
            yield article


def store_articles(
    store: Store,
    batch: list[ArticleReports],
    versions: Versions,
    pending: dict[str, tuple[str, bool]],
    counter: Counter,
) -> None:
    """Store read articles in one transaction, each with the fingerprint that ``pending`` has for it."""
    from kg.triples import article_iri, article_quads

    quads: dict[str, list[Quad]] = {}
    for item in batch:
        mark, known = pending.pop(item.article.id)
        iri = article_iri(item.article.id, base_iri=store.base_iri)
        quads[iri] = article_quads(
            item, base_iri=store.base_iri, fingerprint=mark, build=_build_iri(store, versions)
        )
        counter.changed += known
        counter.new += not known
        counter.reports += len(item.reports)
    store.replace_articles(quads)
    counter.progress()


def finish(
    store: Store, settings: Settings, versions: Versions, counter: Counter, change: Change | None = None
) -> BuildSummary:
    """Bring the events in line with articles and corrections, and let readers see the new state.

    ``change`` puts other corrections into the place of those in the graph's folder.
    """
    from kg.store import Build

    changed = 0
    corrections = change.corrections if change else stored_corrections(store.folder.path)
    is_corrected = set(quads_of(corrections, store)) != set(store.graph_quads(store.corrections_graph))
    if store.is_unfinished or is_corrected:
        counter.progress("events")
        with consolidate(store, settings, corrections, change) as changed:
            if change is None or change.is_build:
                iri = _build_iri(store, versions)
                store.record_build(Build(iri, versions.program, versions.models, versions.codebook))
            note_build(store, corrections, change.former if change else Corrections())
            store.publish()
    sizes = store.sizes()
    return BuildSummary(
        new=counter.new,
        changed=counter.changed,
        unchanged=counter.unchanged,
        removed=counter.removed,
        problems=counter.problems,
        events_changed=changed,
        articles=sizes["Article"],
        reports=sizes["Report"],
        events=sizes["Event"],
    )


def _build_iri(store: Store, versions: Versions) -> str:
    return f"{store.base_iri}build/{versions.id}"


def copy_articles(source: Store, store: Store, counter: Counter) -> None:
    """Copy the articles of another graph that are not there, or there in a version of lesser fingerprint."""
    for iris in batched(source.articles(), STORED_AT_ONCE):
        quads: dict[str, list[Quad]] = {}
        for iri in iris:
            old, new = store.fingerprint(iri), source.fingerprint(iri) or ""
            if old == new:
                counter.unchanged += 1
            elif old is None or new > old:
                quads[iri] = list(source.graph_quads(iri))
                counter.new += old is None
                counter.changed += old is not None
        store.replace_articles(quads)


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut a stream into lists of ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
