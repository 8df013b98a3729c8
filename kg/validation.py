"""A graph and the shapes of the ontology in; what does not fit out, in plain words.

The graph is checked a few articles at a time, each with the events and partners that it speaks of, so that a
large graph needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyshacl import validate
from rdflib import SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import Node

from kg import ontology as o
from kg.errors import DataError

#: So many articles are checked together.
_AT_ONCE = 100
_TELLS_OF, _PARTNER = o.COOP + "tellsOf", o.COOP + "partner"


class Checked(Protocol):
    """What is asked of a graph; ``kg.store.Store`` is one."""

    ontology_graph: str

    def articles(self) -> Iterator[str]:
        """Give the IRIs of the articles."""

    def graph_quads(self, graph_iri: str) -> Iterator[Quad]:
        """Give the quads of a graph."""

    def description(self, iri: str) -> set[Quad]:
        """Give what is said of an event or a partner."""

    def events_of(self, report_iri: str) -> list[str]:
        """Give the event that a report tells of."""


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


def find_violations(graph: Checked, *, shapes: str | None = None) -> Iterator[Violation]:
    """Check the whole graph against ``shapes`` (Turtle; those of the ontology when none are given)."""
    rules = _read_shapes(shapes) if shapes is not None else _own_shapes()
    articles = graph.articles()
    while batch := list(islice(articles, _AT_ONCE)):
        data = _excerpt(graph, batch)
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


def _excerpt(graph: Checked, articles: list[str]) -> Graph:
    """Gather articles, their events, the partners of both, and the concepts and terms of the ontology."""
    data = Graph()
    subjects: set[str] = set()
    for quad in graph.graph_quads(graph.ontology_graph):
        data.add(_triple(quad))
    for iri in articles:
        for quad in graph.graph_quads(iri):
            data.add(_triple(quad))
            if quad.predicate.value == _PARTNER:
                subjects.add(_value(quad.object))
            if quad.predicate.value == o.COOP + "eventType":
                subjects |= set(graph.events_of(_value(quad.subject)))
    done: set[str] = set()
    while subjects := subjects - done:
        done |= subjects
        described = [quad for iri in subjects for quad in graph.description(iri)]
        # Of an event, only the reports of these articles are at hand.
        for quad in described:
            if quad.predicate.value != _TELLS_OF or _value(quad.subject).split("#")[0] in articles:
                data.add(_triple(quad))
        subjects = {_value(quad.object) for quad in described if quad.predicate.value == _PARTNER}
    return data


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
