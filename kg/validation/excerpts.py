"""Parts of a graph in, what SHACL needs to check them out.

A part is an article, with its reports and quotes, or an event or a partner. What it points to is known by its
classes alone, so that a part of a large graph is no more work than one of a small graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import Node

from kg import ontology as o

_TELLS_OF = o.COOP + "tellsOf"
_SUBCLASS = o.RDFS + "subClassOf"


class Checked(Protocol):
    """What is asked of a graph; ``kg.store.Store`` is one."""

    ontology_graph: str

    @property
    def side_graphs(self) -> tuple[str, ...]:
        """Name the graphs of builds, measures and corrections."""

    def articles(self) -> Iterator[str]:
        """Give the IRIs of the articles."""

    def has_article(self, article_iri: str) -> bool:
        """Tell whether an IRI is an article's."""

    def described(self) -> Iterator[str]:
        """Give the events and the partners."""

    def graph_quads(self, graph_iri: str) -> Iterator[Quad]:
        """Give the quads of a graph."""

    def description(self, iri: str) -> set[Quad]:
        """Give what is said of an event or a partner."""

    def events_of(self, report_iri: str) -> list[str]:
        """Give the event that a report tells of."""

    def types(self, iri: str) -> list[str]:
        """Give the classes that a node is said to have."""


class Classes:
    """The classes of the nodes of a graph, with those that stand above them in the ontology."""

    def __init__(self, graph: Checked) -> None:
        self._graph = graph
        self._above: dict[str, frozenset[str]] = {}
        self._upper: dict[str, set[str]] = defaultdict(set)
        for quad in graph.graph_quads(graph.ontology_graph):
            if quad.predicate.value == _SUBCLASS:
                self._upper[o.value_of(quad.subject)].add(o.value_of(quad.object))

    def hierarchy(self) -> Iterator[tuple[str, str]]:
        """Yield each class with each that stands right above it."""
        yield from ((lower, upper) for lower, uppers in self._upper.items() for upper in sorted(uppers))

    def above(self, name: str) -> frozenset[str]:
        """Give a class and all that stand above it."""
        if name not in self._above:
            found, waiting = set(), [name]
            while waiting:
                found.add(waiting[-1])
                waiting = [*waiting[:-1], *(self._upper.get(waiting[-1], set()) - found)]
            self._above[name] = frozenset(found)
        return self._above[name]

    def of(self, iri: str) -> frozenset[str]:
        """Give the classes of a node that is described elsewhere in the graph."""
        return frozenset().union(*(self.above(name) for name in self._graph.types(iri)))


@dataclass(frozen=True)
class Excerpt:
    """Quads of a graph that are checked together."""

    quads: tuple[Quad, ...]
    classes: Classes

    @cached_property
    def nodes(self) -> dict[str, dict[str, list[NamedNode | Literal]]]:
        """Subject -> predicate -> values, and ``^`` before the predicates that lead here."""
        found: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for quad in self.quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if isinstance(value, NamedNode | Literal) and isinstance(subject, NamedNode):
                found[subject.value][predicate].append(value)
                if predicate == _TELLS_OF:
                    found[value.value]["^" + _TELLS_OF].append(subject)
        return found

    @cached_property
    def own(self) -> frozenset[str]:
        """What is described here: what has its class here, and the nameless parts of an article."""
        tells = {_TELLS_OF, "^" + _TELLS_OF}
        return frozenset(
            iri for iri, node in self.nodes.items() if o.TYPE in node or ("#" in iri and node.keys() - tells)
        )

    @cached_property
    def _types(self) -> dict[str, frozenset[str]]:
        return {}

    def types(self, iri: str) -> frozenset[str]:
        """Give the classes of a node, described here or elsewhere in the graph."""
        if iri not in self._types:
            named = [term.value for term in self.nodes[iri].get(o.TYPE, ())] if iri in self.nodes else []
            above = frozenset[str]().union(*map(self.classes.above, named))
            self._types[iri] = above if iri in self.own and named else above | self.classes.of(iri)
        return self._types[iri]

    def data(self, chosen: frozenset[str] | None = None) -> Graph:
        """Give the triples of ``chosen`` nodes, else of all, with the classes of what they point to."""
        data, pointed = Graph(), set[str]()
        for quad in self.quads:
            if chosen is None or o.value_of(quad.subject) in chosen or o.value_of(quad.object) in chosen:
                data.add(_triple(quad))
                pointed |= {
                    o.value_of(term) for term in (quad.subject, quad.object) if isinstance(term, NamedNode)
                }
        for iri in pointed:
            for name in self.types(iri):
                data.add((URIRef(iri), URIRef(o.TYPE), URIRef(name)))
        for pair in self.classes.hierarchy():
            data.add((URIRef(pair[0]), URIRef(_SUBCLASS), URIRef(pair[1])))
        return data


def article_quads(graph: Checked, iri: str) -> Iterator[Quad]:
    """Give an article's graph, and of which events its reports tell."""
    tells_of, events = NamedNode(_TELLS_OF), NamedNode(graph.ontology_graph)
    for quad in graph.graph_quads(iri):
        yield quad
        if quad.predicate.value == o.COOP + "eventType" and isinstance(quad.subject, NamedNode):
            for event in graph.events_of(quad.subject.value):
                yield Quad(quad.subject, tells_of, NamedNode(event), events)


def make_excerpt(graph: Checked, classes: Classes, parts: Iterable[str]) -> Excerpt:
    """Gather articles, whole graphs, events and partners, each named by its IRI."""
    quads: list[Quad] = []
    for iri in parts:
        if iri in graph.side_graphs:
            quads += graph.graph_quads(iri)
        elif graph.has_article(iri):
            quads += article_quads(graph, iri)
        else:
            quads += graph.description(iri)
    return Excerpt(tuple(quads), classes)


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
