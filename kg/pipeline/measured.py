"""The measures of a network in; the same in the graph, in a named graph of their own, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def keep_measures(graph: Path, rows: Iterable[Mapping[str, Any]], *, about: Mapping[str, Any]) -> bool:
    """Write the measures of nodes into the graph, in the place of those before; tell whether any changed.

    ``rows`` are those of ``kg.network.NodeMeasures`` as mappings, ``about`` says what was measured.
    """
    from kg.store import open_graph
    from kg.triples import measure_quads

    with open_graph(graph, base_iri=_base(graph)) as store:
        quads = measure_quads(rows, about=about, graph=store.measures_graph, base_iri=store.base_iri)
        return _publish(store, store.replace_measures(quads))


def drop_measures(graph: Path) -> bool:
    """Take the measures out of the graph; tell whether there were any."""
    from kg.store import open_graph

    with open_graph(graph, base_iri=_base(graph)) as store:
        return _publish(store, store.replace_measures(()))


def _base(graph: Path) -> str:
    """Read the base of a graph that is there; ``StoreError`` where none is, instead of a new one."""
    from kg.store import read_graph

    with read_graph(graph) as store:
        return store.base_iri


def _publish(store: Any, is_changed: bool) -> bool:
    from kg.pipeline.indexes import publish_unchanged

    if is_changed:
        publish_unchanged(store)
    return is_changed
