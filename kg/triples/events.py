"""Events in, the quads of the consolidated graph out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from pyoxigraph import NamedNode, Quad

from kg import ontology as o
from kg.model import Event, Partner
from kg.triples.terms import (
    LABEL,
    MATCH,
    NAME,
    A,
    Writer,
    date_literal,
    instrument_node,
    integer_literal,
    text_literal,
    write_common,
)

#: Statuses that are cooperation, not only the wish or the plan of it.
REAL = frozenset({"concluded", "ongoing"})


def event_quads(event: Event, *, graph: str) -> list[Quad]:
    """Describe an event, and say which reports tell of it, in the consolidated graph."""
    writer = Writer(graph)
    writer.add(event.iri, A, NamedNode(o.COOP + "Event"), NamedNode(o.CLASS_BY_EVENT_TYPE[event.type]))
    writer.add(event.iri, o.COOP + "instrument", *map(instrument_node, event.instruments))
    writer.add(event.iri, o.COOP + "date", *(date_literal(item.value) for item in event.dates))
    writer.add(event.iri, o.COOP + "place", *map(text_literal, event.places))
    writer.add(event.iri, o.COOP + "articleCount", integer_literal(len(event.articles)))
    writer.add(event.iri, o.COOP + "language", *map(text_literal, event.languages))
    write_common(writer, event.iri, event)
    for report in event.reports:
        writer.add(report, o.COOP + "tellsOf", NamedNode(event.iri))
    return sorted(set(writer.quads), key=str)


def network_quads(
    events: Iterable[Event], *, graph: str, base_iri: str, known: Mapping[str, o.KnownPartner] | None = None
) -> Iterator[Quad]:
    """Describe each partner once, and join those that do cooperate by the plain shortcut.

    ``known`` partners bring their names in all languages and what they are part of.
    """
    writer = Writer(graph)
    forms: dict[str, Counter[Partner]] = defaultdict(Counter)
    pairs: set[tuple[str, str]] = set()
    for event in events:
        for participant in event.participants:
            forms[participant.partner.iri][participant.partner] += 1
        if event.status in REAL:
            pairs |= set(combinations(sorted(p.partner.iri for p in event.participants), 2))
    for _, counts in sorted(forms.items()):
        partner = min(counts, key=lambda item: (-counts[item], item.label, item.kind, item.country or ""))
        _write_network_partner(writer, partner, base_iri, (known or {}).get(partner.iri))
    for one, other in sorted(pairs):
        writer.add(one, o.COOP + "cooperatesWith", NamedNode(other))
        writer.add(other, o.COOP + "cooperatesWith", NamedNode(one))
    yield from writer.quads


def _write_network_partner(
    writer: Writer, partner: Partner, base_iri: str, known: o.KnownPartner | None
) -> None:
    iri = partner.iri
    writer.add(iri, A, *{NamedNode(o.COOP + "Partner"), NamedNode(o.CLASS_BY_KIND[partner.kind])})
    writer.add(iri, NAME, text_literal(partner.label))
    writer.add(iri, LABEL, text_literal(partner.label))
    if partner.country:
        writer.add(iri, o.COOP + "country", NamedNode(o.country_iri(partner.country, base_iri)))
    if partner.wikidata:
        writer.add(iri, MATCH, NamedNode(o.WIKIDATA + partner.wikidata))
    if known:
        names = (text_literal(text, None if lang == "mul" else lang) for lang, text in known.names)
        writer.add(iri, o.ALT_LABEL, *names)
        writer.add(iri, o.COOP + "partOf", *map(NamedNode, filter(None, [known.part_of])))
