"""Reports and events in, RDF quads out; and back again from an article's quads to its reports.

``article_quads`` and ``read_article`` are inverses but for the order of partners (by IRI), the third decimal
of the confidence, and what a mention was found by. Nothing here depends on the clock or on the order of the
input, so that the same articles always give the same quads.

No triple stands in two graphs: Oxigraph's union of graphs counts a triple once for each graph that holds it.
"""

from kg.triples.articles import article_iri, article_quads, report_iris
from kg.triples.events import event_quads
from kg.triples.measures import measure_quads
from kg.triples.partners import (
    REAL,
    Background,
    former_quads,
    invalid_quads,
    most_told_forms,
    network_quads,
    partner_quads,
    wholes_of,
)
from kg.triples.reading import read_article

__all__ = [
    "REAL",
    "Background",
    "article_iri",
    "article_quads",
    "event_quads",
    "former_quads",
    "invalid_quads",
    "measure_quads",
    "most_told_forms",
    "network_quads",
    "partner_quads",
    "read_article",
    "report_iris",
    "wholes_of",
]
