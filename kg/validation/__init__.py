"""A graph and the shapes of the ontology in; what does not fit out, in plain words.

The graph is checked a few articles at a time, and then its events and partners, so that a large graph needs
no more memory than a small one. After a build only what it wrote is checked, after a quick look that leaves
to pySHACL what may not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from urllib.parse import unquote

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from kg import ontology as o
from kg.errors import DataError
from kg.validation.excerpts import Checked, Classes, Excerpt, make_excerpt
from kg.validation.screening import Screen

__all__ = ["Violation", "find_violations"]

#: So many articles, events or partners are checked together.
_AT_ONCE = 100


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
        value = f" It is {self.value!r}." if self.value else ""
        quote = f' Said by "{self.quote}"' if self.quote else ""
        what = f"{self.shape} {self.path}".strip()
        return f"{place}{o.local_name(self.node)}: {what}: {self.message}{value}{quote}"


def find_violations(
    graph: Checked, *, shapes: str | None = None, only: Iterable[str] | None = None, quick: bool = False
) -> Iterator[Violation]:
    """Check the graph against ``shapes`` (Turtle; those of the ontology when none are given).

    ``only`` names the articles, events and partners to check; without it all are. ``quick`` leaves out what
    a first look finds fitting, and gives the same violations.
    """
    rules = _read_shapes(shapes) if shapes is not None else _own_shapes()
    screen = Screen(rules) if quick else None
    classes = Classes(graph)
    parts = iter(only) if only is not None else chain(graph.articles(), graph.side_graphs, graph.described())
    while batch := list(islice(parts, _AT_ONCE)):
        excerpt = make_excerpt(graph, classes, batch)
        chosen = excerpt.own
        if screen:
            chosen = frozenset(screen.suspects(excerpt.nodes, excerpt.own, excerpt.types))
        if chosen:
            yield from _checked(excerpt, chosen, rules, graph)


def _checked(excerpt: Excerpt, chosen: frozenset[str], rules: Graph, graph: Checked) -> Iterator[Violation]:
    # Loaded only where something is in doubt.
    from pyshacl import validate

    data = excerpt.data(None if chosen == excerpt.own else chosen)
    aimed = _aimed(rules, excerpt, chosen)
    conforms, results, _ = validate(data, shacl_graph=aimed, inference="none", advanced=False)
    if not conforms:
        nodes = results.subjects(SH.resultSeverity, SH.Violation)
        yield from sorted((_violation(results, rules, node, graph) for node in nodes), key=_order)


def _aimed(rules: Graph, excerpt: Excerpt, chosen: frozenset[str]) -> Graph:
    """Aim the shapes at these nodes one by one: what they merely point to is checked where it is described.

    pySHACL has an option for that, but it would leave out the values of their properties too.
    """
    aimed = Graph()
    for shape, predicate, target in rules:
        if predicate == SH.targetClass:
            nodes = [iri for iri in chosen if str(target) in excerpt.types(iri)]
        elif predicate == SH.targetSubjectsOf:
            nodes = [iri for iri in chosen if str(target) in excerpt.nodes.get(iri, {})]
        else:
            aimed.add((shape, predicate, target))
            continue
        for iri in nodes:
            aimed.add((shape, SH.targetNode, URIRef(iri)))
    return aimed


def _order(item: Violation) -> tuple[str, ...]:
    return item.article, item.node, item.path, item.value, item.message


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


# --- in plain words ---------------------------------------------------------------------------------------


def _violation(results: Graph, rules: Graph, node: Node, graph: Checked) -> Violation:
    def text(predicate: URIRef) -> str:
        return str(results.value(node, predicate) or "")

    focus, path = text(SH.focusNode), text(SH.resultPath)
    report = _report_of(focus, graph)
    article = (report or focus).split("#")[0]
    named = _value(graph, article, article, o.DCTERMS + "identifier")
    return Violation(
        message=text(SH.resultMessage).strip() or "does not fit",
        node=focus,
        path=o.local_name(path) if path.startswith("http") else path,
        value=text(SH.value),
        shape=_shape_name(rules, results.value(node, SH.sourceShape)),
        article=named or (unquote(o.local_name(article)) if graph.has_article(article) else ""),
        quote=_quote_of(article, report, graph) if report else "",
    )


def _shape_name(rules: Graph, shape: Node | None) -> str:
    """Give the name of a shape, or of the one that a nameless shape is part of."""
    while shape is not None and not isinstance(shape, URIRef):
        shape = next(rules.subjects(None, shape), None)
    return o.local_name(str(shape or ""))


def _report_of(focus: str, graph: Checked) -> str:
    """Find the report that a node belongs to: by its name, its event, or the quote at its place."""
    article, mark, name = focus.partition("#")
    if mark and name.startswith("r"):
        own = name.partition("-a")[0].partition("-e")[0]
        return f"{article}#{own}" if graph.has_article(article) else ""
    if mark and name.startswith("char="):
        place = focus.partition(",quote")[0].partition(",position")[0]
        bodies = (o.value_of(q.subject) for q in graph.graph_quads(article) if o.value_of(q.object) == place)
        return next((_report_of(body, graph) for body in sorted(bodies) if "#r" in body), "")
    told = (q for q in graph.description(focus) if q.predicate.value == o.COOP + "tellsOf")
    return min((o.value_of(q.subject) for q in told if o.value_of(q.object) == focus), default="")


def _quote_of(article: str, report: str, graph: Checked) -> str:
    found = {report}
    quads = list(graph.graph_quads(article))
    for name in (o.COOP + "evidence", o.OA + "hasTarget", o.OA + "hasSelector", o.OA + "exact"):
        found = {
            o.value_of(q.object)
            for q in quads
            if q.predicate.value == name and o.value_of(q.subject) in found
        }
    return min(found, default="")


def _value(graph: Checked, graph_iri: str, node: str, predicate: str) -> str:
    quads = (q for q in graph.graph_quads(graph_iri) if q.predicate.value == predicate)
    return min((o.value_of(q.object) for q in quads if o.value_of(q.subject) == node), default="")
