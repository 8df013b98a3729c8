"""An Oxigraph store in, an rdflib ``Dataset`` on the same quads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Literal
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Variable

from kg import ontology as o


class PlainLiterals(OxigraphStore):
    """oxrdflib gives plain literals back as ``xsd:string``, unequal for rdflib; this mends it."""

    def triples(self, *args: Any, **options: Any) -> Iterator[Any]:
        for triple, contexts in super().triples(*args, **options):
            yield tuple(map(_plain, triple)), contexts

    def query(self, *args: Any, **options: Any) -> Result:
        result = super().query(*args, **options)
        if result.type == "SELECT":
            rows: list[Mapping[Variable, Identifier]] = [
                {name: _plain(value) for name, value in row.items()} for row in result.bindings
            ]
            result.bindings = rows
        elif result.graph is not None:
            for triple in list(result.graph):
                result.graph.remove(triple)
                result.graph.add(tuple(map(_plain, triple)))
        return result


def open_dataset(quads: ox.Store) -> Dataset:
    """Show the quads as a ``Dataset`` with the usual prefixes; its default graph is the union."""
    dataset = Dataset(store=PlainLiterals(store=quads), default_union=True)
    for prefix, iri in o.PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


def _plain(term: Any) -> Any:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term
