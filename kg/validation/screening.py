"""Shapes and nodes in, the nodes that may not fit out: a quick look before SHACL's own.

pySHACL takes a good part of the time that reading an article takes. The parts of SHACL that the shapes of
the ontology use are a few comparisons each, so that they are made here on all that a build wrote; what fails
one, or comes under a part that is not known here, goes to pySHACL, which has the last word and the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode
from rdflib import RDF, SH, XSD, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.term import Node

Term = NamedNode | Literal
#: Subject -> predicate -> values; an inverse path is a predicate with ``^`` before it.
Nodes = Mapping[str, Mapping[str, list[Term]]]
Classes = Callable[[str], frozenset[str]]
"""The classes of a node, those above them included."""
_Fits = Callable[[str, list[Term], "_View"], bool]

#: What says nothing about the values.
_SILENT = frozenset(
    {SH.path, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.severity, SH.name, SH.description}
)
_LEXICAL = {
    XSD.string: re.compile(".*", re.DOTALL),
    XSD.date: re.compile(r"\d{4}-\d\d-\d\d"),
    XSD.gYearMonth: re.compile(r"\d{4}-\d\d"),
    XSD.gYear: re.compile(r"\d{4}"),
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?\d+(\.\d+)?"),
    XSD.dateTime: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
}


class Screen:
    """The shapes of a graph, made ready for looking at many nodes."""

    def __init__(self, shapes: Graph) -> None:
        self._by_class: dict[str, list[_Fits]] = {}
        self._by_predicate: dict[str, list[_Fits]] = {}
        compiler = _Compiler(shapes)
        for predicate, table in ((SH.targetClass, self._by_class), (SH.targetSubjectsOf, self._by_predicate)):
            for shape, target in shapes.subject_objects(predicate):
                table.setdefault(str(target), []).append(compiler.node_shape(shape))

    def suspects(self, nodes: Nodes, own: Iterable[str], classes: Classes) -> Iterator[str]:
        """Yield those of ``own`` that some shape may not fit."""
        look = _View(nodes, classes)
        shapes_of: dict[tuple[frozenset[str], frozenset[str]], _Fits] = {}
        for iri in own:
            # Most nodes have the classes and the predicates of many others.
            kind = classes(iri), frozenset(self._by_predicate.keys() & nodes.get(iri, {}).keys())
            if kind not in shapes_of:
                shapes_of[kind] = _all(self._shapes_of(*kind))
            if not shapes_of[kind](iri, [], look):
                yield iri

    def _shapes_of(self, classes: Iterable[str], predicates: Iterable[str]) -> list[_Fits]:
        by_class = [shape for name in classes for shape in self._by_class.get(name, ())]
        return by_class + [shape for name in predicates for shape in self._by_predicate[name]]


class _View:
    """What the shapes look at."""

    def __init__(self, nodes: Nodes, classes: Classes) -> None:
        self.nodes, self.classes = nodes, classes

    def values(self, iri: str, path: str) -> list[Term]:
        return self.nodes.get(iri, {}).get(path, [])


class _Compiler:
    """Turns shapes into functions ``(node, values, view) -> fits``; a node shape looks at the node alone."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._known: dict[Node, _Fits] = {}

    def node_shape(self, shape: Node) -> _Fits:
        """Make the function of a shape of nodes: its own parts look at the node, its properties further."""
        if shape in self._known:
            return self._known[shape]
        parts: list[_Fits] = []
        self._known[shape] = _all(parts)
        for predicate, value in self._shapes.predicate_objects(shape):
            if predicate == SH.property:
                parts.append(self._property(value))
            elif predicate not in _SILENT and predicate != RDF.type:
                parts.append(_on_node(self._part(predicate, value, shape)))
        return self._known[shape]

    def _property(self, shape: Node) -> _Fits:
        path = self._path(self._shapes.value(shape, SH.path))
        parts = [
            self._part(predicate, value, shape)
            for predicate, value in self._shapes.predicate_objects(shape)
            if predicate not in _SILENT and predicate != RDF.type
        ]
        if path is None:
            return _unknown
        fits = _all(parts)
        return lambda iri, _, look: fits(iri, look.values(iri, path), look)

    def _path(self, path: Node | None) -> str | None:
        if isinstance(path, URIRef):
            return str(path)
        inverse = self._shapes.value(path, SH.inversePath) if path is not None else None
        return f"^{inverse}" if isinstance(inverse, URIRef) else None

    def _part(self, predicate: Node, value: Node, shape: Node) -> _Fits:
        if predicate in _NUMBERS:
            return _NUMBERS[predicate](int(str(value)))
        if predicate in _LIMITS:
            return _limit(_LIMITS[predicate], Decimal(str(value)))
        if predicate in _PAIRS:
            return _pair(_PAIRS[predicate], str(value))
        if predicate in _PLAIN:
            return _each(_PLAIN[predicate](value))
        if predicate == SH["in"]:
            allowed = frozenset(map(_key, Collection(self._shapes, value)))
            return _each(lambda item, _: (item.value, _datatype(item)) in allowed)
        if predicate == SH["or"]:
            options = [self.node_shape(item) for item in Collection(self._shapes, value)]
            return _each(lambda item, look: any(_fits_node(option, item, look) for option in options))
        if predicate == SH.node:
            inner = self.node_shape(value)
            return _each(lambda item, look: _fits_node(inner, item, look))
        if predicate == SH.qualifiedValueShape:
            return self._qualified(value, shape)
        return _silent if predicate in (SH.qualifiedMinCount, SH.qualifiedMaxCount) else _unknown

    def _qualified(self, value: Node, shape: Node) -> _Fits:
        inner = self.node_shape(value)
        least, most = (
            self._shapes.value(shape, name) for name in (SH.qualifiedMinCount, SH.qualifiedMaxCount)
        )
        low = int(str(least)) if least is not None else 0
        high = int(str(most)) if most is not None else None

        def fits(_: str, values: list[Term], look: _View) -> bool:
            count = sum(_fits_node(inner, item, look) for item in values)
            return low <= count and (high is None or count <= high)

        return fits


# --- the parts --------------------------------------------------------------------------------------------


def _unknown(_: str, __: list[Term], ___: _View) -> bool:
    """Doubt what is not known here."""
    return False


def _silent(_: str, __: list[Term], ___: _View) -> bool:
    """Let pass what another part looks at."""
    return True


def _all(parts: Sequence[_Fits]) -> _Fits:
    """Ask part after part. This and the next are loops, not generators: they are what a check spends its time
    in."""

    def fits(iri: str, values: list[Term], look: _View) -> bool:
        for part in parts:  # noqa: SIM110
            if not part(iri, values, look):
                return False
        return True

    return fits


def _each(item_fits: Callable[[Term, _View], bool]) -> _Fits:
    def fits(_: str, values: list[Term], look: _View) -> bool:
        for item in values:  # noqa: SIM110
            if not item_fits(item, look):
                return False
        return True

    return fits


def _on_node(part: _Fits) -> _Fits:
    """Apply a part of a node shape to what it is asked about, a node or a literal."""
    return lambda iri, values, look: part(iri, values or [NamedNode(iri)], look)


def _fits_node(shape: _Fits, item: Term, look: _View) -> bool:
    return shape(item.value, [item], look)


def _at_least(number: int) -> _Fits:
    return lambda _, values, __: len(values) >= number


def _at_most(number: int) -> _Fits:
    return lambda _, values, __: len(values) <= number


def _long(number: int) -> _Fits:
    return _each(lambda item, _: len(item.value) >= number)


def _limit(compare: Callable[[Decimal, Decimal], bool], limit: Decimal) -> _Fits:
    def fits(item: Term, _: _View) -> bool:
        number = _number(item)
        return number is not None and compare(number, limit)

    return _each(fits)


def _pair(compare: Callable[[Decimal, Decimal], bool], path: str) -> _Fits:
    """Compare with the values of another property of the node; what are no numbers is left to pySHACL."""

    def fits(iri: str, values: list[Term], look: _View) -> bool:
        pairs = [(_number(one), _number(other)) for one in values for other in look.values(iri, path)]
        return all(one is not None and other is not None and compare(one, other) for one, other in pairs)

    return fits


def _class(value: Node) -> Callable[[Term, _View], bool]:
    name = str(value)
    return lambda item, look: isinstance(item, NamedNode) and name in look.classes(item.value)


def _of_datatype(value: Node) -> Callable[[Term, _View], bool]:
    name, lexical = str(value), _LEXICAL.get(URIRef(str(value)))
    return lambda item, _: (
        _datatype(item) == name and lexical is not None and lexical.fullmatch(item.value) is not None
    )


def _pattern(value: Node) -> Callable[[Term, _View], bool]:
    pattern = re.compile(str(value))
    return lambda item, _: pattern.search(item.value) is not None


def _kind(value: Node) -> Callable[[Term, _View], bool]:
    asks_for_iri = value == SH.IRI
    return lambda item, _: asks_for_iri and isinstance(item, NamedNode)


def _datatype(item: Term) -> str | None:
    """Give the datatype of a literal, with its language if it has one; None for a node."""
    if isinstance(item, NamedNode):
        return None
    return f"@{item.language}" if item.language else item.datatype.value


def _key(value: Node) -> tuple[str, str | None]:
    if not isinstance(value, RdfLiteral):
        return str(value), None
    return str(value), f"@{value.language}" if value.language else str(value.datatype or XSD.string)


def _number(item: Term) -> Decimal | None:
    try:
        return Decimal(item.value)
    except InvalidOperation:
        return None


_NUMBERS: Mapping[Node, Callable[[int], _Fits]] = {
    SH.minCount: _at_least,
    SH.maxCount: _at_most,
    SH.minLength: _long,
}
_LIMITS: Mapping[Node, Callable[[Decimal, Decimal], bool]] = {
    SH.minInclusive: Decimal.__ge__,
    SH.maxInclusive: Decimal.__le__,
    SH.minExclusive: Decimal.__gt__,
    SH.maxExclusive: Decimal.__lt__,
}
_PAIRS: Mapping[Node, Callable[[Decimal, Decimal], bool]] = {
    SH.lessThan: Decimal.__lt__,
    SH.lessThanOrEquals: Decimal.__le__,
}
_PLAIN: Mapping[Node, Callable[[Node], Callable[[Term, _View], bool]]] = {
    SH["class"]: _class,
    SH.datatype: _of_datatype,
    SH.pattern: _pattern,
    SH.nodeKind: _kind,
}
