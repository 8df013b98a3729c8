"""A graph in; the reports of its articles out, as corrected, each with the event that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import ArticleReports

if TYPE_CHECKING:
    from kg.store import Store

_EVENTS = "SELECT ?report ?event WHERE { ?report coop:tellsOf ?event }"


def stored_reports(
    store: Store, lists: Iterable[str] = ()
) -> Iterator[tuple[ArticleReports, tuple[str, ...]]]:
    """Yield the articles by id, with the IRIs of their reports' events in the same order.

    Reports that a person called wrong are left out; ``lists`` are the user's own partner lists.
    """
    from kg.likeness import Told
    from kg.pipeline.correcting import corrected_reports
    from kg.triples import read_article

    event_by_report = {row["report"]: row["event"] or "" for row in store.select(_EVENTS)}
    apply = corrected_reports(store, lists)
    for iri in sorted(store.articles()):
        item, names = read_article(store.graph_quads(iri))
        told = (Told(name, "", "", None, report) for name, report in zip(names, item.reports, strict=True))
        kept = [one for one in apply(told) if one.iri in event_by_report]
        reports = tuple(one.report for one in kept)
        yield ArticleReports(item.article, reports), tuple(event_by_report[one.iri] for one in kept)
