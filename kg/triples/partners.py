"""Partners in, what the consolidated graph says of each out: once for all the articles that know it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode, Quad

from kg import ontology as o
from kg.model import Event, Partner
from kg.triples.terms import LABEL, MATCH, NAME, A, Writer, text_literal

#: Statuses that are cooperation, not only the wish or the plan of it.
REAL = frozenset({"concluded", "ongoing"})


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of partners beside the reports.

    ``known``: the partners of the lists; ``former``: IRI -> label of what articles name and what takes part
    in nothing, and ``replaced`` -> the partner that stands for it; ``names``: further names by IRI;
    ``country_name``: the name of a country by its code.
    """

    known: Mapping[str, o.KnownPartner] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    country_name: Callable[[str], str] | None = None


def network_quads(
    events: Iterable[Event],
    partners: Iterable[Partner],
    *,
    graph: str,
    base_iri: str,
    background: Background | None = None,
) -> Iterator[tuple[str, list[Quad]]]:
    """Describe each partner once (IRI, quads), with the plain shortcut to those with whom it does cooperate.

    ``partners`` are those of all reports, repeated: the form told most often is kept. What they are part of,
    and their countries, are described too, so that every question can be asked of the whole.
    """
    background = background or Background()
    chosen = most_told_forms(partners)
    for partner in list(_wholes(chosen.values(), background.known)):
        chosen.setdefault(partner.iri, partner)
    if background.country_name is not None:
        for code in sorted({partner.country for partner in chosen.values() if partner.country}):
            country = Partner(o.country_iri(code, base_iri), background.country_name(code), "country", code)
            chosen.setdefault(country.iri, country)
    others = _cooperation(events)
    for iri, partner in sorted(chosen.items()):
        writer = Writer(graph)
        _write_partner(writer, partner, others[iri], base_iri=base_iri, background=background)
        yield iri, list(dict.fromkeys(writer.quads))
    for iri, label in sorted(background.former.items()):
        if iri not in chosen:
            writer = Writer(graph)
            _write_former(writer, iri, label, background.replaced.get(iri))
            yield iri, writer.quads


def partner_quads(
    partner: Partner, others: Iterable[str], *, graph: str, base_iri: str, background: Background
) -> list[Quad]:
    """Describe one partner, with those (IRIs) with whom it cooperates."""
    writer = Writer(graph)
    _write_partner(writer, partner, set(others), base_iri=base_iri, background=background)
    return list(dict.fromkeys(writer.quads))


def former_quads(iri: str, label: str, replaced_by: str | None, *, graph: str) -> list[Quad]:
    """Describe what articles name and what takes part in nothing."""
    writer = Writer(graph)
    _write_former(writer, iri, label, replaced_by)
    return writer.quads


def _write_former(writer: Writer, iri: str, label: str, replaced_by: str | None) -> None:
    writer.add(iri, A, NamedNode(o.COOP + "FormerPartner"))
    writer.add(iri, NAME, text_literal(label))
    writer.add(iri, o.REPLACED_BY, *map(NamedNode, filter(None, [replaced_by])))


def most_told_forms(partners: Iterable[Partner]) -> dict[str, Partner]:
    """Give each partner (by IRI) in the form that is told most often."""
    forms: dict[str, Counter[Partner]] = defaultdict(Counter)
    for partner in partners:
        forms[partner.iri][replace(partner, mentions=())] += 1
    return {
        iri: min(counts, key=lambda item: (-counts[item], item.label, item.kind, item.country or ""))
        for iri, counts in forms.items()
    }


def _wholes(partners: Iterable[Partner], known: Mapping[str, o.KnownPartner]) -> Iterator[Partner]:
    """Yield what the partners are part of, up to the top; lists with a circle are refused before."""
    for partner in partners:
        yield from wholes_of(partner, known)


def wholes_of(partner: Partner, known: Mapping[str, o.KnownPartner]) -> Iterator[Partner]:
    """Yield what a partner is part of, the nearest first."""
    at = known.get(partner.iri)
    while at is not None and at.part_of and (at := known.get(at.part_of)):
        yield Partner(at.iri, at.label, at.kind, at.country, at.wikidata)


def _cooperation(events: Iterable[Event]) -> dict[str, set[str]]:
    others: dict[str, set[str]] = defaultdict(set)
    for event in events:
        iris = {participant.partner.iri for participant in event.participants}
        if event.status in REAL:
            for iri in iris:
                others[iri] |= iris
    return others


def _write_partner(
    writer: Writer, partner: Partner, others: set[str], *, base_iri: str, background: Background
) -> None:
    iri, known = partner.iri, background.known.get(partner.iri)
    writer.add(iri, A, *{NamedNode(o.COOP + "Partner"), NamedNode(o.CLASS_BY_KIND[partner.kind])})
    writer.add(iri, NAME, text_literal(partner.label))
    writer.add(iri, LABEL, text_literal(partner.label))
    if partner.country:
        writer.add(iri, o.COOP + "country", NamedNode(o.country_iri(partner.country, base_iri)))
    if partner.wikidata:
        writer.add(iri, MATCH, NamedNode(o.WIKIDATA + partner.wikidata))
    writer.add(iri, o.ALT_LABEL, *map(text_literal, sorted(background.names.get(iri, ()))))
    if known:
        _write_names(writer, iri, known)
        writer.add(iri, o.COOP + "partOf", *map(NamedNode, filter(None, [known.part_of])))
    writer.add(iri, o.COOP + "cooperatesWith", *map(NamedNode, sorted(others - {iri})))


def _write_names(writer: Writer, iri: str, known: o.KnownPartner) -> None:
    """Write the names of a list: the first one in a language is the one to show in that language."""
    shown: set[str] = set()
    for lang, text in known.names:
        is_first = lang not in (*shown, "mul")
        shown.add(lang)
        predicate = LABEL.value if is_first else o.ALT_LABEL
        writer.add(iri, predicate, text_literal(text, None if lang == "mul" else lang))


def invalid_quads(report: str, correction: str, *, graph: str) -> list[Quad]:
    """Say by which correction a report is wrong."""
    return [Quad(NamedNode(report), NamedNode(o.INVALIDATED_BY), NamedNode(correction), NamedNode(graph))]
