"""A graph before and after it was corrected in; which corrections changed, and what events by them, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from kg.corrections import Correction, Corrections, say
from kg.pipeline.correcting import accepted_in

if TYPE_CHECKING:
    from kg.network import EventRow
    from kg.store import Store
    from kg.store.journal import Entry

#: More events than these are not named one by one in a query.
_MOST_NAMED = 500
#: A correction as the journal keeps it, and all that it speaks of.
Said = tuple[Mapping[str, Any], frozenset[str]]


def changed_corrections(
    before: Store, corrections: Corrections, former: Corrections, entries: Sequence[Entry]
) -> Iterator[Said]:
    """Give the corrections that were made since a state, and those that were taken back."""
    from kg.store.journal import now

    known = accepted_in(before)
    for item in corrections.items:
        if item.id not in known:
            yield _record(item, corrections), frozenset(item.subjects)
    there = {item.id for item in corrections.items}
    old = {item.id: item for item in former.items}
    kept = {record["id"]: record for entry in entries for record in entry.corrections}
    time = now().isoformat()
    for id in sorted(known - there):
        record = _record(old[id], former) if id in old else kept.get(id, {"id": id, "what": id})
        yield {**record, "taken_back": time}, frozenset(_subjects(before, id))


def _record(item: Correction, corrections: Corrections) -> Mapping[str, Any]:
    what = say(item, corrections)
    return {"id": item.id, "what": what, "who": item.who, "when": item.when, "why": item.why}


def _subjects(before: Store, id: str) -> Iterator[str]:
    """Read what a correction speaks of that a state still has."""
    from kg.corrections import correction_iri

    iri = correction_iri(id, base_iri=before.base_iri)
    query = f"SELECT ?subject {{ <{iri}> coop:about|coop:comparedWith ?subject }}"
    yield from (row["subject"] or "" for row in before.select(query))


def corrected_events(
    before: Store, store: Store, said: Sequence[Said], *, but: AbstractSet[str]
) -> Iterator[Mapping[str, Any]]:
    """Give the events that corrections made another, took away or brought, each as it was before.

    Where articles changed too, those count alone of which a correction speaks; events ``but`` never do.
    """
    from kg.changes import event_snapshot, find_details, pair_events

    old, new = _touched(before, store), _touched(store, store)
    after_by_iri, before_by_iri = {row.iri: row for row in new}, {row.iri: row for row in old}
    pairs: list[tuple[EventRow | None, EventRow | None]] = list(pair_events(old, new))
    found = {row.iri for pair in pairs for row in pair if row}
    pairs += [(row, None) for iri, row in before_by_iri.items() if iri not in found | but]
    pairs += [(None, row) for iri, row in after_by_iri.items() if iri not in found]
    has_articles = any(iri.startswith(f"{store.base_iri}article/") for iri in store.written)
    for one, other in pairs:
        if one and other and one.status == other.status and not find_details(one, other):
            continue
        by = [record["id"] for record, subjects in said if subjects & (_meant(one) | _meant(other))]
        if by or not has_articles:
            yield {
                "event": other.iri if other else None,
                "before": event_snapshot(one) if one else None,
                "by": by or [record["id"] for record, _ in said],
            }


def _meant(row: EventRow | None) -> set[str]:
    """Give the reports and the partners of an event."""
    if row is None:
        return set()
    return {item.report for item in row.evidence} | {item.iri for item in row.participants}


def _touched(source: Store, store: Store) -> list[EventRow]:
    """Read the events of one state that may differ between the two."""
    from kg.network import read_rows

    start = f"{store.base_iri}event/"
    events = {iri for iri in store.written | store.dropped if iri.startswith(start)}
    # What an interrupted build wrote is not known any more; and of many, all are read faster.
    some = events if store.was_finished and len(events) <= _MOST_NAMED else None
    rows = read_rows(source.select, lang="", events=some)
    return list(rows) if not store.was_finished else [row for row in rows if row.iri in events]
