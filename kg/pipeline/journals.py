"""A graph that is about to be published in; an entry of its journal out: what came, what went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from kg.pipeline.corrected import changed_corrections, corrected_events

if TYPE_CHECKING:
    from kg.corrections import Corrections
    from kg.store import Store

#: Records of events, by the articles that are asked for, from the state that readers still see.
_EVENTS = """
SELECT DISTINCT ?event WHERE {{ VALUES ?article {{ {articles} }}
  ?report prov:wasDerivedFrom ?article ; coop:tellsOf ?event }}"""
_EVENT = """
SELECT ?type ?status WHERE {{ <{event}> a ?type ; coop:status ?status . FILTER(?type != coop:Event) }}"""
_VALUES = """
SELECT ?name ?value ?label WHERE {{
  VALUES ?name {{ coop:partner coop:sector coop:date }} <{event}> ?name ?value .
  OPTIONAL {{ ?value rdfs:label ?label }} }}"""
#: So many articles are asked for at once.
_AT_ONCE = 200


def note_build(store: Store, corrections: Corrections, former: Corrections) -> None:
    """Write into the journal what is in the graph now and was not, and the other way about.

    ``former`` are the corrections before, where they are known otherwise than from the journal.
    """
    from kg.store import has_published, read_graph
    from kg.store.journal import Entry, compare_articles, now, read_journal, write_entries

    folder = store.folder.path
    entries = list(read_journal(folder))
    is_first = not has_published(store.folder)
    with nullcontext(store) if is_first else read_graph(folder) as before:
        if not entries and not is_first:
            entries.append(Entry(None, added=tuple(sorted(_names(before)))))
        added, removed = compare_articles(entries, set(_names(store)))
        # A graph that is new was never seen without its corrections.
        said = () if is_first else tuple(changed_corrections(before, corrections, former, entries))
        if not (added or removed or said):
            return
        gone = () if is_first else tuple(_gone(before, store, removed))
        names = {record["event"] for record in gone}
        corrected = tuple(corrected_events(before, store, said, but=names)) if said else ()
    records = tuple(record for record, _ in said)
    write_entries(folder, [*entries, Entry(now(), added, removed, gone, records, corrected)])


def _names(store: Store) -> Iterator[str]:
    """Give the articles by what comes after the base of their IRIs."""
    start = len(f"{store.base_iri}article/")
    return (iri[start:] for iri in store.articles())


def _gone(before: Store, store: Store, removed: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """Describe the events that the articles told of, and that no report tells of now."""
    articles = sorted(f"<{store.base_iri}article/{name}>" for name in removed)
    found: set[str] = set()
    for start in range(0, len(articles), _AT_ONCE):
        chosen = " ".join(articles[start : start + _AT_ONCE])
        found.update(row["event"] or "" for row in before.select(_EVENTS.format(articles=chosen)))
    for event in sorted(found):
        # An event whose first report went may live on under another name.
        if not any(store.events_of(report) for report in before.reports_of(event)):
            yield from _record(before, event)


def _record(store: Store, event: str) -> Iterator[Mapping[str, Any]]:
    from kg.ontology import EVENT_TYPE_BY_CLASS, local_name

    values = list(store.select(_VALUES.format(event=event)))

    def of(name: str) -> list[str]:
        return sorted({row["value"] or "" for row in values if local_name(row["name"] or "") == name})

    labels = {row["value"]: row["label"] for row in values}
    for row in store.select(_EVENT.format(event=event)):
        yield {
            "event": event,
            "type": EVENT_TYPE_BY_CLASS[row["type"] or ""],
            "status": local_name(row["status"] or ""),
            "partners": [{"iri": iri, "label": labels[iri] or local_name(iri)} for iri in of("partner")],
            "sectors": [local_name(iri) for iri in of("sector")],
            "dates": of("date"),
        }
