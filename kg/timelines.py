"""Events and one or two partners in; their history out: matters, each with its steps in time."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kg.errors import UsageError
from kg.histories import STEPS, day_of, step
from kg.model import STATUSES
from kg.network.rows import EventRow, ParticipantRow
from kg.ontology import DATA, country_iri

#: Gives ?partner and ?name, for ``find_partner``.
NAMES: Final = """
SELECT ?partner ?name WHERE {
  ?partner a coop:Partner . VALUES ?term { rdfs:label skos:prefLabel skos:altLabel } ?partner ?term ?name }"""
#: So many partners are named when a name fits several.
_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a step of its matter; ``day`` is when it was told where it has no date of its own."""

    event: EventRow
    step: str
    day: date | None
    #: The step (IRI of its event) that this one follows, if that one is shown.
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What partners deal with, step by step; ``sectors`` are the most frequent first."""

    sectors: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The history of one partner, or of two with each other; matters in the order of their beginnings."""

    partners: tuple[ParticipantRow, ...]
    matters: tuple[Matter, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All steps of all matters."""
        return tuple(entry for matter in self.matters for entry in matter.entries)


def find_partner(word: str, names: Mapping[str, Iterable[str]]) -> str:
    """Find the IRI of a partner by any of its names, its id or its IRI; case and accents aside.

    A name that is only part of others' names finds one if there is but one. Raises ``UsageError`` that says
    which ones it could be.
    """
    if word in names:
        return word
    wanted = _folded(word)
    folded = {
        iri: {_folded(name) for name in (*given, iri.rpartition("/")[2])} for iri, given in names.items()
    }
    found = sorted(iri for iri, forms in folded.items() if wanted in forms)
    found = found or sorted(iri for iri, forms in folded.items() if any(wanted in form for form in forms))
    if not wanted or not found:
        raise UsageError(f"No partner {word!r} in the graph. kg partners lists those that there are.")
    if len(found) > 1:
        some = ", ".join(f"{min(names[iri], default=iri)} <{iri}>" for iri in found[:_MOST])
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise UsageError(f"{word!r} may be: {some}{more}. Name one in full, or by its IRI.")
    return found[0]


def build_timeline(
    rows: Iterable[EventRow], partners: Sequence[str], *, base_iri: str = DATA, alone: bool = False
) -> Timeline:
    """Gather what one partner did, or what two did together.

    A partner (IRI) stands for its departments and subsidiaries too, a country for all that belong to it,
    unless they are taken ``alone``.
    """
    found: dict[str, ParticipantRow] = {}
    chosen: list[EventRow] = []
    for row in rows:
        parties = [_party(row, iri, None if alone else base_iri) for iri in partners]
        if all(parties) and _are_apart(parties):
            chosen.append(row)
        for iri in partners:
            found.update((item.iri, item) for item in _selves(row, iri))
    shown = tuple(found.get(iri) or ParticipantRow(iri, iri.rpartition("/")[2], "other") for iri in partners)
    return Timeline(shown, tuple(_matters(chosen)))


def _party(row: EventRow, iri: str, base_iri: str | None) -> set[str]:
    """Give the participants that are the partner or, with a base IRI, a part of it."""
    return {
        item.iri
        for item in row.participants
        if iri == item.iri or (base_iri is not None and iri in _wholes(item, base_iri))
    }


def _are_apart(parties: Sequence[set[str]]) -> bool:
    """Tell whether two partners meet: one department is not both a ministry and its country."""
    return len(parties) == 1 or len(parties[0] | parties[1]) > 1


def _wholes(item: ParticipantRow, base_iri: str) -> Iterator[str]:
    """Give what a participant is part of, and its country."""
    if item.country:
        yield country_iri(item.country, base_iri)
    while item.parent is not None:
        item = item.parent
        yield item.iri


def _selves(row: EventRow, iri: str) -> Iterator[ParticipantRow]:
    for item in row.participants:
        one: ParticipantRow | None = item
        while one is not None:
            if one.iri == iri:
                yield one
            one = one.parent


def _matters(rows: Sequence[EventRow]) -> list[Matter]:
    """Put together what follows each other, also through further steps."""
    shown = {row.iri: row for row in rows}
    members: dict[str, list[EventRow]] = defaultdict(list)
    for row in rows:
        members[_beginning(row, shown)].append(row)
    matters = [_matter(group, shown) for group in members.values()]
    return sorted(matters, key=lambda matter: _order(matter.entries[0]))


def _beginning(row: EventRow, shown: Mapping[str, EventRow]) -> str:
    while before := next((iri for iri in row.follows if iri in shown), None):
        row = shown[before]
    return row.iri


def _matter(rows: Iterable[EventRow], shown: Mapping[str, EventRow]) -> Matter:
    entries = sorted((_entry(row, shown) for row in rows), key=_order)
    sectors = Counter(sector for entry in entries for sector in entry.event.sectors)
    return Matter(tuple(sorted(sectors, key=lambda id: (-sectors[id], id))), tuple(entries))


def _entry(row: EventRow, shown: Mapping[str, EventRow]) -> Entry:
    told = min((item.published for item in row.evidence if item.published), default=None)
    day = day_of(row.dates, row.status, date.fromisoformat(told) if told else None)
    follows = next((iri for iri in row.follows if iri in shown), None)
    return Entry(row, step(row.type, row.status, row.instruments), day, follows)


def _order(entry: Entry) -> tuple[date, int, str]:
    return entry.day or date.max, STEPS[entry.step], entry.event.iri


def progress(row: EventRow) -> tuple[tuple[str, str | None], ...]:
    """Give the states of an event in the order in which they were told, each with the day that first told it.

    What was told once and is not how far it got at last, nor a step on the way there, is left out.
    """
    first: dict[str, str | None] = {}
    for item in sorted(row.evidence, key=lambda item: (item.published or "", item.report)):
        if item.status:
            first.setdefault(item.status, item.published)
    last = STATUSES.index(row.status)
    steps = sorted((STATUSES.index(status), status) for status in first)
    told = [(status, first[status]) for number, status in steps if number <= last]
    kept = [
        one
        for number, one in enumerate(told)
        if all((one[1] or "") < (later[1] or "") for later in told[number + 1 :])
    ]
    return tuple(kept) if kept and kept[-1][0] == row.status else ((row.status, None),)


def timeline_record(timeline: Timeline) -> dict[str, Any]:
    """Turn a timeline into JSON values."""
    return {
        "partners": [{"iri": item.iri, "label": item.label} for item in timeline.partners],
        "matters": [
            {"sectors": list(matter.sectors), "steps": [_step_record(entry) for entry in matter.entries]}
            for matter in timeline.matters
        ],
    }


def _step_record(entry: Entry) -> dict[str, Any]:
    return {
        "step": entry.step,
        "day": entry.day.isoformat() if entry.day else None,
        "follows": entry.follows,
        "progress": [{"status": status, "told": told} for status, told in progress(entry.event)],
        **event_record(entry.event),
    }


def event_record(row: EventRow) -> dict[str, Any]:
    """Turn an event into the JSON values that timelines and news give of it."""
    names = ("article", "title", "url", "source", "lang", "published", "quote")
    return {
        "event": row.iri,
        "type": row.type,
        "status": row.status,
        "partners": [{"iri": item.iri, "label": item.label, "role": item.role} for item in row.participants],
        "sectors": list(row.sectors),
        "activities": list(row.activities),
        "instruments": list(row.instruments),
        "dates": list(row.dates),
        "places": list(row.places),
        "articles": len({item.article for item in row.evidence}),
        "sources": len(row.origins),
        "languages": sorted({item.lang for item in row.evidence if item.lang}),
        "differences": [
            {"what": item.what, "value": item.value, "articles": list(item.articles)}
            for item in row.differences
        ],
        "quotes": [{name: getattr(item, name) for name in names} for item in row.evidence],
    }


def _folded(name: str) -> str:
    """Fold case, accents, spaces and signs: "Việt Nam" and "VIETNAM" are one name."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return "".join(sign for sign in plain if sign.isalnum())
