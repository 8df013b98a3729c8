"""A graph and the shapes of the ontology in; what does not fit out, in plain words.

The graph is checked a few articles at a time, each with the events and partners that it speaks of, so that a
large graph needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyshacl import validate
from rdflib import SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import Node

from kg import ontology as o
from kg.errors import DataError
from kg.store import Store

#: So many articles are checked together.
_AT_ONCE = 100
_TELLS_OF, _PARTNER = o.COOP + "tellsOf", o.COOP + "partner"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that does not fit: what is wrong with which node, in which article, and by which sentence."""

    message: str
    node: str
    path: str
    value: str
    shape: str
    article: str
    quote: str

    def __str__(self) -> str:
        place = f"{self.article}: " if self.article else ""
        value = f" (it is {self.value!r})" if self.value else ""
        quote = f', said by "{self.quote}"' if self.quote else ""
        what = self.path or o.local_name(self.shape)
        return f"{place}{o.local_name(self.node)}: {what}: {self.message}{value}{quote}"


def find_violations(store: Store, *, shapes: str | None = None) -> Iterator[Violation]:
    """Check the whole graph against ``shapes`` (Turtle; those of the ontology when none are given)."""
    rules = _read_shapes(shapes) if shapes is not None else _own_shapes()
    articles = store.articles()
    while batch := list(islice(articles, _AT_ONCE)):
        data = _excerpt(store, batch)
        conforms, results, _ = validate(data, shacl_graph=rules, inference="none", advanced=False)
        if not conforms:
            nodes = results.subjects(SH.resultSeverity, SH.Violation)
            found = [_violation(results, node, data) for node in nodes]
            yield from sorted(found, key=lambda item: (item.article, item.node, item.path, item.value))


@cache
def _own_shapes() -> Graph:
    file = o.ontology_folder() / "shapes.ttl"
    if not file.is_file():
        raise DataError(f"{file}: the shapes are missing. Install the package again.")
    return _read_shapes(file.read_text(encoding="utf-8"))


def _read_shapes(text: str) -> Graph:
    try:
        return Graph().parse(data=text, format="turtle")
    except SyntaxError as error:  # rdflib's BadSyntax, which is one.
        raise DataError(f"shapes: not valid Turtle ({error}). Mend it.") from error


def _excerpt(store: Store, articles: list[str]) -> Graph:
    """Gather articles, their events, the partners of both, and the concepts and terms of the ontology."""
    graph = Graph()
    subjects: set[str] = set()
    for quad in store.graph_quads(store.ontology_graph):
        graph.add(_triple(quad))
    for iri in articles:
        for quad in store.graph_quads(iri):
            graph.add(_triple(quad))
            if quad.predicate.value == _PARTNER:
                subjects.add(_value(quad.object))
            if quad.predicate.value == o.COOP + "eventType":
                subjects |= set(store.events_of(_value(quad.subject)))
    while subjects:
        further: set[str] = set()
        for iri in subjects:
            for quad in store.description(iri):
                # Of an event, only the reports of these articles are at hand.
                if quad.predicate.value != _TELLS_OF or _value(quad.subject).split("#")[0] in articles:
                    graph.add(_triple(quad))
                if (
                    quad.predicate.value == _PARTNER
                    and (URIRef(_value(quad.object)), None, None) not in graph
                ):
                    further.add(_value(quad.object))
        subjects = further - subjects
    return graph


def _violation(results: Graph, node: Node, data: Graph) -> Violation:
    def text(predicate: URIRef) -> str:
        return str(results.value(node, predicate) or "")

    focus = text(SH.focusNode)
    report = focus.split("-e")[0] if "#r" in focus else _report_of(focus, data)
    path = text(SH.resultPath)
    return Violation(
        message=text(SH.resultMessage).strip() or "does not fit",
        node=focus,
        path=o.local_name(path) if path.startswith("http") else path,
        value=text(SH.value),
        shape=text(SH.sourceShape),
        article=_article_of(report or focus, data),
        quote=_quote_of(report, data) if report else "",
    )


def _report_of(event: str, data: Graph) -> str:
    return min(map(str, data.subjects(URIRef(_TELLS_OF), URIRef(event))), default="")


def _article_of(node: str, data: Graph) -> str:
    return str(data.value(URIRef(node.split("#")[0]), URIRef(o.DCTERMS + "identifier")) or "")


def _quote_of(report: str, data: Graph) -> str:
    found: set[Node] = {URIRef(report)}
    for name in (o.COOP + "evidence", o.OA + "hasTarget", o.OA + "hasSelector", o.OA + "exact"):
        found = {value for node in found for value in data.objects(node, URIRef(name))}
    return min(map(str, found), default="")


def _triple(quad: Quad) -> tuple[Node, Node, Node]:
    return _node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)


def _node(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return RdfLiteral(term.value, lang=term.language)
    plain = term.datatype.value == o.XSD + "string"
    return RdfLiteral(term.value, datatype=None if plain else URIRef(term.datatype.value))


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
