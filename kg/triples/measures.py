"""The measures of a network in, quads out: of each node its figures, and once what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology as o
from kg.triples.terms import A, Writer, integer_literal, text_literal

#: Measure -> local name of its term.
TERMS: Final[Mapping[str, str]] = {
    name: name
    for name in (
        *("degree", "strength", "betweenness", "pagerank", "eigenvector", "closeness", "clustering"),
        *("constraint", "coordinator", "consultant", "gatekeeper", "liaison", "bridges", "community"),
    )
} | {"core": "coreNumber", "countries": "countryCount"}
#: What is said of the network -> local name of its term.
ABOUT: Final[Mapping[str, str]] = {
    "level": "level",
    "weighting": "weighting",
    "choice": "choice",
    "nodes": "nodeCount",
    "edges": "linkCount",
    "density": "density",
    "communities": "communityCount",
    "modularity": "modularity",
    "assortativity_country": "assortativityByCountry",
    "assortativity_kind": "assortativityByKind",
}


def measure_quads(
    rows: Iterable[Mapping[str, Any]], *, about: Mapping[str, Any], graph: str, base_iri: str
) -> list[Quad]:
    """Write each row's measures on its node and ``about`` on the graph itself.

    No clock shows: the same measures always give the same quads.
    """
    writer = Writer(graph)
    writer.add(graph, A, NamedNode(o.COOP + "Network"))
    for name, term in ABOUT.items():
        if about.get(name) not in (None, ""):
            writer.add(graph, o.COOP + term, _literal(about[name]))
    for row in rows:
        node = _node(str(row["id"]), row.get("kind"), base_iri)
        for name, term in TERMS.items():
            if row.get(name) is not None:
                writer.add(node, o.COOP + term, _literal(row[name]))
    return writer.quads


def _node(id: str, kind: str | None, base_iri: str) -> str:
    """Name a node of a network: countries go by their code there, and sectors by their id."""
    if kind == "country" and "/" not in id:
        return o.country_iri(id, base_iri)
    return o.sector_iri(id) if kind == "sector" else id


def _literal(value: str | int | float) -> Literal:
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, int):
        return integer_literal(value)
    text = format(Decimal(str(round(value, 6))).normalize(), "f")
    return Literal(text, datatype=NamedNode(o.XSD + "decimal"))
