"""A graph in; the reports of its articles out, each with the event that it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import ArticleReports

if TYPE_CHECKING:
    from kg.store import Store

_EVENTS = "SELECT ?report ?event WHERE { ?report coop:tellsOf ?event }"


def stored_reports(store: Store) -> Iterator[tuple[ArticleReports, tuple[str, ...]]]:
    """Yield the articles by id, with the IRIs of their reports' events in the same order."""
    from kg.triples import read_article

    event_by_report = {row["report"]: row["event"] or "" for row in store.select(_EVENTS)}
    for iri in sorted(store.articles()):
        item, names = read_article(store.graph_quads(iri))
        yield item, tuple(event_by_report[name] for name in names)
