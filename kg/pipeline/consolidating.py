"""A graph whose articles or corrections changed in; its events and partners in line with them out.

Where an index of the graph fits, only what changed is worked out; else everything is, and the index made
anew. Both ways give the same quads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.pipeline.correcting import (
    Change,
    accepted_in,
    correct,
    correction_descriptions,
    judgements_of,
    quads_of,
    write_file,
)
from kg.pipeline.indexes import Index, changed_articles_of, context_of, new_index, open_index
from kg.pipeline.told import read_told
from kg.settings import Settings

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.corrections import Corrections
    from kg.ontology import KnownPartner
    from kg.pipeline.filling import Whole
    from kg.store import Store

Described = tuple[str, "list[Quad]"]


@contextmanager
def consolidate(
    store: Store, settings: Settings, corrections: Corrections, change: Change | None
) -> Iterator[int]:
    """Write what follows from all articles, and give how much of it changed.

    The graph is to be published within; then its index is kept. Nothing is written when a correction cannot
    be followed.
    """
    from kg.ontology import load_gazetteer

    known = {item.iri: item for item in load_gazetteer(map(Path, settings.partners))}
    context = context_of(quads_of(corrections, store), settings.partners)
    if change is None or not corrections:
        with open_index(store, context) as index:
            changed = _update(index, store, known, corrections) if index else None
            if index and changed is not None:
                yield changed
                index.keep(store.folder.path)
                return
    whole = _whole(store, known, corrections, change)
    with new_index(store) as index:
        if index and not _is_filled(index, whole, context):
            index = None
        changed = store.replace_events(_descriptions(store, whole))
        yield changed
        if index:
            index.keep(store.folder.path)


def _update(
    index: Index, store: Store, known: Mapping[str, KnownPartner], corrections: Corrections
) -> int | None:
    """Write what follows from the articles that changed; None where the whole must be looked at."""
    from kg.pipeline.updating import NeedsWhole, Update, update_graph

    articles = changed_articles_of(store)
    if articles is None:
        return None
    with suppress(NeedsWhole, sqlite3.Error):
        descriptions = list(update_graph(Update(index, store, known, corrections), articles))
        store.load_ontology()
        return store.replace_events(descriptions, are_all=False)
    return None


def _whole(
    store: Store, known: Mapping[str, KnownPartner], corrections: Corrections, change: Change | None
) -> Whole:
    from kg.events import find_links, merge_linked
    from kg.pipeline.consolidation import complete_events
    from kg.pipeline.filling import Whole

    accepted = accepted_in(store) | (change.accepted if change else frozenset())
    corrected = correct(read_told(store), store, known, corrections=corrections, accepted=accepted)
    store.load_ontology()
    store.replace_graph(store.corrections_graph, quads_of(corrections, store))
    if change:
        write_file(corrections, store.folder.path, base_iri=store.base_iri)
    said = judgements_of(corrected)
    reports = sorted(corrected.told, key=lambda item: item.iri)
    links = find_links(reports, said.apart)
    merged = merge_linked(reports, links, base_iri=store.base_iri, judgements=said)
    events = complete_events(merged, reports, store)
    return Whole(corrected, reports, links, events, known, store.base_iri)


def _is_filled(index: Index, whole: Whole, context: str) -> bool:
    from kg.pipeline.filling import fill_index

    with suppress(sqlite3.Error):
        index.note("context", context)
        fill_index(index, whole)
        return True
    return False


def _descriptions(store: Store, whole: Whole) -> Iterator[Described]:
    from kg.partners.labels import country_label
    from kg.triples import Background, event_quads, network_quads

    corrected, place = whole.corrected, {"graph": store.events_graph, "base_iri": store.base_iri}
    for event in whole.events:
        yield event.iri, event_quads(event, graph=store.events_graph)
    background = Background(whole.known, corrected.former, corrected.replaced, corrected.names, country_label)
    yield from network_quads(whole.events, corrected.partners, **place, background=background)
    yield from correction_descriptions(corrected, store)
