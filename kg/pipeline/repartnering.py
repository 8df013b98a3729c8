"""Partners that were touched in; how the consolidated graph describes them now out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.corrections import correction_iri
from kg.identities import most_told
from kg.model import Partner
from kg.pipeline import rows
from kg.pipeline.slim import read_form
from kg.pipeline.updating import Update

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.triples import Background

Described = tuple[str, "list[Quad]"]


def describe_partners_anew(update: Update) -> Iterator[Described]:
    """Describe what was touched, and what is described only because of it."""
    waiting, touched = sorted(update.partners), set(update.partners)
    index = update.index
    while waiting:
        iri = waiting.pop()
        partner = _chosen(update, iri)
        old = set(index.rows("SELECT partner, needed, why FROM needs WHERE partner = ?", iri))
        new = rows.need_rows(partner, update.known, update.store.base_iri) if partner else set()
        if old != new:
            index.drop("needs", "partner", [iri])
            index.add("needs", sorted(new))
            fresh = {needed for _, needed, _ in old ^ new}
            touched |= fresh
            waiting += sorted(fresh)
    for iri in sorted(touched):
        yield iri, _quads(update, iri)


def _chosen(update: Update, iri: str) -> Partner | None:
    """Give the form in which a partner is described: as told, as a list has it, or as a country."""
    query = "SELECT form, count(*) FROM described WHERE partner = ? GROUP BY form"
    counts = {read_form(form): count for form, count in update.index.rows(query, iri)}
    if counts:
        return most_told(counts)
    needed = {why for (why,) in update.index.rows("SELECT DISTINCT why FROM needs WHERE needed = ?", iri)}
    if "whole" in needed:
        item = update.known[iri]
        return Partner(item.iri, item.label, item.kind, item.country, item.wikidata)
    if "country" in needed:
        from kg.partners.labels import country_label

        code = iri.rpartition("/")[2]
        return Partner(iri, country_label(code), "country", code)
    return None


def _quads(update: Update, iri: str) -> list[Quad]:
    from kg.triples import former_quads, partner_quads

    index, store, partner = update.index, update.store, _chosen(update, iri)
    if partner:
        query = (
            "SELECT DISTINCT others.partner FROM together AS own JOIN together AS others USING (event) "
            "WHERE own.partner = ?"
        )
        others = [other for (other,) in index.rows(query, iri)]
        place = {"graph": store.events_graph, "base_iri": store.base_iri}
        return partner_quads(partner, others, **place, background=_background(update, iri))
    label = min(index.column("SELECT DISTINCT label FROM raw WHERE partner = ?", [iri]), default=None)
    if label is None:
        return []
    stands = next((row[0] for row in index.rows("SELECT stands FROM standing WHERE partner = ?", iri)), iri)
    return former_quads(iri, label, stands if stands != iri else None, graph=store.events_graph)


def _background(update: Update, iri: str) -> Background:
    from kg.triples import Background

    rows_of = update.index.rows("SELECT label, form FROM standing WHERE stands = ?", iri)
    names = frozenset(label for label, form in rows_of if label != read_form(form).label)
    return Background(update.known, names={iri: names} if names else {})


def describe_wrong(update: Update) -> Iterator[Described]:
    """Say which of the reports that changed are wrong."""
    from kg.triples import invalid_quads

    graph, base_iri = update.store.events_graph, update.store.base_iri
    for report, id in sorted(update.rulings.wrong.items()):
        correction = correction_iri(id, base_iri=base_iri)
        is_there = update.index.rows("SELECT 1 FROM reports WHERE report = ?", report)
        yield report, invalid_quads(report, correction, graph=graph) if is_there else []
