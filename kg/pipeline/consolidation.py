"""United events in; what only the whole set tells about each of them out.

How many of its articles are independent, in what its reports differ, and which earlier event it follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.copies import Origin, find_repeated
from kg.differences import find_differences
from kg.histories import link_histories
from kg.model import Event

if TYPE_CHECKING:
    from kg.likeness import Told
    from kg.store import Store

_ORIGINS = """
SELECT ?article ?published ?publisher ?signature WHERE {
  %CHOSEN%
  ?article a coop:Article .
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher ?publisher }
  OPTIONAL { ?article coop:signature ?signature }
}"""


def complete_events(events: Iterable[Event], told: Sequence[Told], store: Store) -> list[Event]:
    """Add sources, differences and histories to events that were united from these reports."""
    told_by_iri = {item.iri: item for item in told}
    origins = read_origins(store)
    completed = [compare_reports(event, told_by_iri, origins) for event in events]
    firsts = (first_day(told_by_iri[iri] for iri in event.reports) for event in completed)
    earlier = link_histories(zip(completed, firsts, strict=True))
    return [
        replace(event, follows=(earlier[event.iri],)) if event.iri in earlier else event
        for event in completed
    ]


def compare_reports(event: Event, told: Mapping[str, Told], origins: Mapping[str, Origin]) -> Event:
    """Add to an event which of its articles repeat others, and in what its reports differ."""
    items = [told[iri] for iri in event.reports]
    # One article is the common case, and has nothing to compare.
    if len(items) < 2:
        return event
    return replace(
        event,
        repeated=find_repeated(origins[iri] for iri in {article_of(item.iri) for item in items}),
        differences=find_differences([item.report for item in items]),
    )


def first_day(items: Iterable[Told]) -> date | None:
    """Give the day when reports were first published."""
    return min((item.published for item in items if item.published), default=None)


def article_of(report: str) -> str:
    """Give the IRI of the article of a report, which is the report's up to its fragment."""
    return report.partition("#")[0]


def read_origins(store: Store, articles: Iterable[str] | None = None) -> Mapping[str, Origin]:
    """Read who published what, of all articles or of some (IRIs)."""
    chosen = "" if articles is None else f"VALUES ?article {{ {' '.join(f'<{iri}>' for iri in articles)} }}"
    found = {}
    for row in store.select(_ORIGINS.replace("%CHOSEN%", chosen)):
        published = row["published"]
        found[row["article"] or ""] = Origin(
            row["article"] or "",
            date.fromisoformat(published) if published else None,
            row["publisher"],
            row["signature"],
        )
    return found
