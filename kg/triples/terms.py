"""Python values in, RDF terms out; and the quads of one graph while they are written."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology as o
from kg.model import Amount, Event, Report

A = NamedNode(o.TYPE)
LABEL = NamedNode(o.PREF_LABEL)
MATCH = NamedNode(o.EXACT_MATCH)
NAME = NamedNode(o.RDFS + "label")
FORM_OF = NamedNode(o.PROV + "specializationOf")

_SURROGATES = re.compile("[\ud800-\udfff]")
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Writer:
    """Collects the quads of one graph."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str | NamedNode, *values: NamedNode | Literal | None) -> None:
        node = predicate if isinstance(predicate, NamedNode) else NamedNode(predicate)
        self.quads += [
            Quad(NamedNode(subject), node, value, self.graph) for value in values if value is not None
        ]


def write_common(writer: Writer, iri: str, item: Report | Event) -> None:
    """Write what reports and events have alike."""
    writer.add(iri, o.COOP + "status", NamedNode(o.status_iri(item.status)))
    writer.add(iri, o.COOP + "sector", *(NamedNode(o.sector_iri(id)) for id in item.sectors))
    writer.add(iri, o.COOP + "activity", *(NamedNode(o.activity_iri(id)) for id in item.activities))
    for participant in item.participants:
        node = NamedNode(participant.partner.iri)
        writer.add(iri, o.COOP + "partner", node)
        if participant.role:
            writer.add(iri, o.COOP + participant.role, node)
    kinds = (participant.partner.kind for participant in item.participants)
    codes = o.event_codes(item.type, item.status, kinds, item.activities)
    writer.add(iri, o.COOP + "coding", NamedNode(codes.iri if codes else o.OUTSIDE))
    if codes:
        writer.add(iri, o.COOP + "cameo", text_literal(codes.cameo))
        writer.add(iri, o.COOP + "plover", text_literal(codes.plover))


def amount_iri(report: str, amount: Amount) -> str:
    """Name an amount after its report and where it is stated."""
    return f"{report}-a{amount.start}-{amount.end}"


def text_literal(value: str, lang: str | None = None) -> Literal:
    """Make a literal; half a character (a lone surrogate) becomes one replacement, so that offsets stay."""
    clean = _SURROGATES.sub("\ufffd", value)
    return Literal(clean, language=lang.lower()) if lang else Literal(clean)


def date_literal(value: str) -> Literal:
    """Write an ISO date with the datatype of its precision."""
    return Literal(value, datatype=NamedNode(o.XSD + _DATATYPES[len(value)]))


def decimal_literal(value: float | Decimal) -> Literal:
    """Write a number as the store gives it back: at most three places, no zeros at the end."""
    text = format(Decimal(str(round(value, 3))).normalize(), "f")
    return Literal(text, datatype=NamedNode(o.XSD + "decimal"))


def integer_literal(value: int) -> Literal:
    """Write a whole number."""
    return Literal(str(value), datatype=NamedNode(o.XSD + "integer"))


def instrument_node(id: str) -> NamedNode:
    """Name the concept of an instrument."""
    return NamedNode(o.instrument_iri(id))


def short_hash(*parts: str) -> str:
    """Shorten parts to a name that is the same wherever they are."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
