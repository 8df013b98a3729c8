"""An event and a level in, the nodes that it touches out.

A level is a roll-up, alone or against a second mode: ``partner`` takes partners as they are, ``organisation``
counts departments and subsidiaries as what they are part of, ``country`` counts all as their country;
``country-sector`` joins countries with sectors, ``organisation-event`` organisations with events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kg.errors import UsageError
from kg.network.countries import country_labels
from kg.network.rows import EventRow, ParticipantRow
from kg.ontology import load_vocabulary

_COUNTRY: Final = "country"
_UNION: Final = "international-organisation"

#: Nodes of one side of an event by their ids.
Side = dict[str, dict[str, Any]]
_Node = tuple[str, dict[str, Any]]


def check_level(level: str) -> None:
    """Raise ``UsageError`` for a level that does not exist."""
    if level not in LEVELS:
        raise UsageError(f"No level {level!r}. There are: {', '.join(LEVELS)}.")


def sides_of(row: EventRow, level: str) -> tuple[Side, ...]:
    """Return the nodes that an event touches: one side whose members pair, or two that pair across."""
    name, _, mode = level.partition("-")
    one = dict(node for item in row.participants if (node := _ROLL_UPS[name](item)) is not None)
    return (one, _MODES[mode](row)) if mode else (one,)


def _partner(participant: ParticipantRow) -> _Node:
    return participant.iri, {
        "label": participant.label,
        "labels": dict(participant.labels),
        "kind": participant.kind,
        "country": participant.country,
    }


def _organisation(participant: ParticipantRow) -> _Node:
    """Roll a partner up to the whole that it is part of; a country is a level of its own and no whole."""
    while participant.parent and participant.parent.kind != _COUNTRY:
        participant = participant.parent
    return _partner(participant)


def _country(participant: ParticipantRow) -> _Node | None:
    """Roll a partner up to its country; an international organisation stays, what has none is left out."""
    if participant.kind == _UNION or (
        participant.country is None and _organisation_kind(participant) == _UNION
    ):
        return _organisation(participant)
    if participant.country is None:
        return None
    node = _plain_node(participant.country_name or participant.country, _COUNTRY)
    node |= {"labels": dict(country_labels(participant.country)), "country": participant.country}
    if participant.kind == _COUNTRY:
        node |= {"label": participant.label, "labels": node["labels"] | dict(participant.labels)}
    return participant.country, node


def _organisation_kind(participant: ParticipantRow) -> str:
    return str(_organisation(participant)[1]["kind"])


def _sectors(row: EventRow) -> Side:
    return {sector: _sector(sector) for sector in row.sectors}


def _sector(id: str) -> dict[str, Any]:
    known = load_vocabulary("sectors").concepts.get(id)
    named = {"label": known.label(), "labels": dict(known.pref)} if known else {}
    return _plain_node(id, "sector") | named


def _event(row: EventRow) -> Side:
    return {row.iri: _plain_node(" ".join(filter(None, (row.type, min(row.dates, default="")))), "event")}


def _plain_node(label: str, kind: str) -> dict[str, Any]:
    return {"label": label, "labels": {}, "kind": kind, "country": None}


_ROLL_UPS: Final[Mapping[str, Callable[[ParticipantRow], _Node | None]]] = {
    "partner": _partner,
    "organisation": _organisation,
    _COUNTRY: _country,
}
_MODES: Final[Mapping[str, Callable[[EventRow], Side]]] = {"sector": _sectors, "event": _event}

#: What the nodes can be: one mode first, then two.
LEVELS: Final = (*_ROLL_UPS, *(f"{name}-{mode}" for mode in _MODES for name in _ROLL_UPS))
