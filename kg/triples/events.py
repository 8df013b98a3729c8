"""Events in, the quads of the consolidated graph out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

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
    return list(dict.fromkeys(writer.quads))


def network_quads(
    events: Iterable[Event],
    partners: Iterable[Partner],
    *,
    graph: str,
    base_iri: str,
    known: Mapping[str, o.KnownPartner] | None = None,
) -> Iterator[tuple[str, list[Quad]]]:
    """Describe each partner once (IRI, quads), with the plain shortcut to those with whom it does cooperate.

    ``partners`` are those of all reports, repeated: the form told most often is kept. ``known`` ones bring
    their names in all languages and what they are part of, which is then described too.
    """
    known = known or {}
    forms: dict[str, Counter[Partner]] = defaultdict(Counter)
    for partner in partners:
        forms[partner.iri][replace(partner, mentions=())] += 1
    others: dict[str, set[str]] = defaultdict(set)
    for event in events:
        iris = {participant.partner.iri for participant in event.participants}
        if event.status in REAL:
            for iri in iris:
                others[iri] |= iris
    for iri, counts in sorted(forms.items()):
        partner = min(counts, key=lambda item: (-counts[item], item.label, item.kind, item.country or ""))
        writer = Writer(graph)
        _write_network_partner(writer, partner, base_iri, known.get(iri))
        writer.add(iri, o.COOP + "cooperatesWith", *map(NamedNode, sorted(others[iri] - {iri})))
        yield iri, list(dict.fromkeys(writer.quads))
    for whole in _wholes(forms, known):
        writer = Writer(graph)
        partner = Partner(whole.iri, whole.label, whole.kind, whole.country, whole.wikidata)
        _write_network_partner(writer, partner, base_iri, whole)
        yield whole.iri, list(dict.fromkeys(writer.quads))


def _wholes(iris: Iterable[str], known: Mapping[str, o.KnownPartner]) -> list[o.KnownPartner]:
    """Give what partners are part of, up to the top, where no report names it: ministries of departments."""
    found: dict[str, o.KnownPartner] = {}
    told = set(iris)
    for iri in told:
        item = known.get(iri)
        while item and item.part_of and (item := known.get(item.part_of)) and item.iri not in found:
            found[item.iri] = item
    return [item for iri, item in sorted(found.items()) if iri not in told]


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
