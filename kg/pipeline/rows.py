"""Reports, partners and events in, rows of the index out; the same for one of them and for all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.events import block_keys, month_of
from kg.histories import Placed, Rating, Step, link_pair, meeting_pairs, place_event
from kg.identities import Identities, Profile, meeting_keys
from kg.likeness import Told
from kg.model import Event
from kg.names.translations import name_keys
from kg.pipeline.correcting import listed_names
from kg.pipeline.slim import form_text, told_text

if TYPE_CHECKING:
    from kg.model import Partner
    from kg.ontology import KnownPartner

Rows = Iterator[tuple[Any, ...]]


def report_row(told: Told) -> tuple[str, str, str]:
    """Keep a report as it was read."""
    return told.iri, told.iri.partition("#")[0], told_text(told)


def raw_rows(told: Told) -> Rows:
    """Keep whom a report names as it was read."""
    yield from sorted({(partner.iri, partner.label, told.iri) for partner in told.report.partners})


def judged_rows(told: Told) -> Rows:
    """Keep whom a report names as corrected, with the names of each."""
    for partner in told.report.partners:
        names = sorted({item.text for item in partner.mentions if item.label == "partner"})
        yield partner.iri, form_text(partner), json.dumps(names), told.iri


def described_rows(told: Told) -> Rows:
    """Keep who takes part in a report at last."""
    for partner in told.report.partners:
        yield partner.iri, form_text(partner), told.iri


def block_rows(told: Told) -> Rows:
    """Keep the blocks of a report, with how often it has each."""
    # Of a partner its IRI or its folded name is enough; only countries come with a type, in capitals.
    keys = Counter(key[1] if len(key) == 2 else json.dumps(key) for key in block_keys(told))
    for key, times in sorted(keys.items()):
        yield key, month_of(told, 0), told.iri, times


def key_rows(iri: str, profile: Profile) -> Rows:
    """Keep by what a partner of reports meets others."""
    for side, key, word in sorted(set(meeting_keys(profile))):
        yield iri, side, key, word


def listed_rows(known: Mapping[str, KnownPartner]) -> Rows:
    """Keep by which names those are found that a list knows."""
    for iri, item in known.items():
        for key in {key for name in listed_names(item) for key in name_keys(name)}:
            yield iri, key


def standing_rows(identities: Identities, profiles: Mapping[str, Profile]) -> Rows:
    """Keep who stands for whom."""
    for iri, partner in identities.partners.items():
        yield iri, partner.iri, form_text(partner), profiles[iri].partner.label


def step_text(event: Event, published: date | None) -> str | None:
    """Write the place of an event in time."""
    placed = place_event(event, published)
    if placed is None:
        return None
    step, sectors = placed
    return json.dumps([step.day.isoformat(), step.rank, sorted(step.partners), sectors])


def read_step(event: str, text: str) -> Placed:
    """Read back what ``step_text`` wrote."""
    day, rank, partners, sectors = json.loads(text)
    return Step(date.fromisoformat(day), rank, event, frozenset(partners)), tuple(sectors)


def pair_rows(event: Event) -> Rows:
    """Keep in which pairs of partners an event meets others."""
    for pair in meeting_pairs(event):
        yield " ".join(pair), event.iri


def earlier_rows(pair: str, members: Iterable[Placed]) -> Rows:
    """Keep for each event of a pair which one it follows best."""
    low, _, high = pair.partition(" ")
    best: dict[str, Rating] = {}
    for iri, rating in link_pair((low, high), members):
        best[iri] = max(rating, best.get(iri, rating))
    for iri, (is_named, day, shared, earlier) in best.items():
        yield iri, pair, int(is_named), day.isoformat(), shared, earlier


def together_rows(event: Event, real: Iterable[str]) -> Rows:
    """Keep who does cooperate in an event."""
    if event.status in real:
        yield from sorted({(item.partner.iri, event.iri) for item in event.participants})


def need_rows(
    partner: Partner, known: Mapping[str, KnownPartner], base_iri: str
) -> set[tuple[str, str, str]]:
    """Say who is described because a partner is: what it is part of, and its country."""
    from kg.ontology import country_iri
    from kg.triples import wholes_of

    rows = {(partner.iri, item.iri, "whole") for item in wholes_of(partner, known)}
    if partner.country and (country := country_iri(partner.country, base_iri)) != partner.iri:
        rows.add((partner.iri, country, "country"))
    return rows
