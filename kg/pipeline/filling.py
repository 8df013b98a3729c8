"""What a consolidation of the whole graph came to in; its index, filled, out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.events import Link
from kg.histories import Placed
from kg.model import Event
from kg.pipeline import rows
from kg.pipeline.consolidation import first_day

if TYPE_CHECKING:
    from kg.likeness import Told
    from kg.model import Partner
    from kg.ontology import KnownPartner
    from kg.pipeline.correcting import Corrected
    from kg.pipeline.indexes import Index


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole graph, consolidated: its sorted reports, the links between them, and its events."""

    corrected: Corrected
    reports: Sequence[Told]
    links: Sequence[Link]
    events: Sequence[Event]
    known: Mapping[str, KnownPartner]
    base_iri: str


def fill_index(index: Index, whole: Whole) -> None:
    """Keep everything that the consolidation of one article more will ask for."""
    _fill_reports(index, whole.corrected)
    _fill_partners(index, whole)
    for told in whole.reports:
        index.add("blocks", rows.block_rows(told))
    names = [told.iri for told in whole.reports]
    index.add("links", ((names[one], names[other], score) for score, one, other in whole.links))
    _fill_events(index, whole)
    index.note("moved", json.dumps(sorted(whole.corrected.moved.items())))
    index.finish()


def _fill_reports(index: Index, corrected: Corrected) -> None:
    index.add("reports", map(rows.report_row, corrected.raw))
    index.add("raw", (row for told in corrected.raw for row in rows.raw_rows(told)))
    index.add("judged", (row for told in corrected.judged for row in rows.judged_rows(told)))
    index.add("described", (row for told in corrected.whole for row in rows.described_rows(told)))


def _fill_partners(index: Index, whole: Whole) -> None:
    corrected = whole.corrected
    told = {partner.iri for item in corrected.judged for partner in item.report.partners}
    profiles = ((iri, item) for iri, item in corrected.profiles.items() if iri in told)
    index.add("keys", (row for iri, item in profiles for row in rows.key_rows(iri, item)))
    index.add("listed", rows.listed_rows(whole.known))
    index.add("standing", rows.standing_rows(corrected.identities, corrected.profiles))
    index.add("needs", sorted(_needs(whole)))


def _needs(whole: Whole) -> Iterator[tuple[str, str, str]]:
    from kg.triples import most_told_forms, wholes_of

    chosen: dict[str, Partner] = most_told_forms(whole.corrected.partners)
    for partner in list(chosen.values()):
        for item in wholes_of(partner, whole.known):
            chosen.setdefault(item.iri, item)
    for partner in chosen.values():
        yield from rows.need_rows(partner, whole.known, whole.base_iri)


def _fill_events(index: Index, whole: Whole) -> None:
    from kg.triples import REAL

    told = {item.iri: item for item in whole.reports}
    blocks: dict[str, list[Placed]] = defaultdict(list)
    for event in whole.events:
        index.add("tells", ((report, event.iri) for report in event.reports))
        index.add("together", rows.together_rows(event, REAL))
        step = rows.step_text(event, first_day(told[iri] for iri in event.reports))
        if step is not None:
            index.add("steps", [(event.iri, step)])
            pairs = list(rows.pair_rows(event))
            index.add("pairs", pairs)
            for pair, _ in pairs:
                blocks[pair].append(rows.read_step(event.iri, step))
    for pair, members in blocks.items():
        index.add("earlier", rows.earlier_rows(pair, members))
    index.add("follows", ((event.iri, *event.follows) for event in whole.events if event.follows))
