"""Events in, the quads of the consolidated graph out."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg import ontology as o
from kg.model import Event
from kg.triples.terms import (
    A,
    Writer,
    amount_iri,
    date_literal,
    instrument_node,
    integer_literal,
    text_literal,
    write_common,
)


def event_quads(event: Event, *, graph: str) -> list[Quad]:
    """Describe an event, and say which reports tell of it, in the consolidated graph."""
    writer = Writer(graph)
    writer.add(event.iri, A, NamedNode(o.COOP + "Event"), NamedNode(o.CLASS_BY_EVENT_TYPE[event.type]))
    writer.add(event.iri, o.COOP + "instrument", *map(instrument_node, event.instruments))
    writer.add(event.iri, o.COOP + "date", *(date_literal(item.value) for item in event.dates))
    writer.add(event.iri, o.COOP + "place", *map(text_literal, event.places))
    writer.add(event.iri, o.COOP + "articleCount", integer_literal(len(event.articles)))
    writer.add(event.iri, o.COOP + "language", *map(text_literal, event.languages))
    writer.add(event.iri, o.COOP + "sourceCount", integer_literal(len(event.articles) - len(event.repeated)))
    writer.add(event.iri, o.COOP + "repeatedIn", *map(NamedNode, event.repeated))
    writer.add(event.iri, o.COOP + "differsIn", *(NamedNode(o.COOP + name) for name in event.differences))
    writer.add(event.iri, o.COOP + "follows", *map(NamedNode, event.follows))
    # Each amount is described once, with the report that states it.
    amounts = (NamedNode(amount_iri(report, amount)) for report, amount in event.amounts)
    writer.add(event.iri, o.COOP + "amount", *amounts)
    write_common(writer, event.iri, event)
    for report in event.reports:
        writer.add(report, o.COOP + "tellsOf", NamedNode(event.iri))
    return list(dict.fromkeys(writer.quads))
