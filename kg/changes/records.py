"""Changes in, JSON values out; and what the journal keeps of events and corrections, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.changes.values import SECTIONS, Change, Changes, Judgement
from kg.network.rows import EventRow, EvidenceRow, ParticipantRow
from kg.timelines import event_record

_LISTS: Final = ("sectors", "activities", "instruments", "dates", "places")
_EVIDENCE: Final = ("article", "report", "status", "published", "title", "source", "lang", "url", "quote")


def changes_record(changes: Changes, *, is_news: bool = False) -> dict[str, Any]:
    """Turn changes into JSON values; every section is there. News tell of corrections too."""
    corrections = {"corrections": [_judgement_record(item) for item in changes.corrections]}
    return {
        **{name: [_change_record(item, is_news) for item in getattr(changes, name)] for name in SECTIONS},
        **(corrections if is_news else {}),
        "unchanged": changes.unchanged,
    }


def _change_record(change: Change, is_news: bool) -> dict[str, Any]:
    details = [
        {"what": item.what, "before": list(item.before), "after": list(item.after)} for item in change.details
    ]
    told = min((item.published for item in change.event.evidence if item.published), default=None)
    because = {"because": [_judgement_record(item) for item in change.because]}
    return {
        "before": change.before,
        "details": details,
        **(because if is_news else {}),
        "told": told,
        **event_record(change.event),
    }


def _judgement_record(item: Judgement) -> dict[str, Any]:
    names = ("id", "what", "who", "when", "why", "taken_back")
    return {name: getattr(item, name) for name in names}


def read_judgement(record: Mapping[str, Any]) -> Judgement:
    """Read a correction as the journal keeps it."""
    values = {name: str(record.get(name) or "") for name in ("id", "what", "who", "when", "why")}
    return Judgement(**values, taken_back=record.get("taken_back"))


def event_snapshot(row: EventRow) -> dict[str, Any]:
    """Keep of an event what its later self is compared with, and what tells who said so."""
    return {
        "event": row.iri,
        "type": row.type,
        "status": row.status,
        "partners": [{"iri": item.iri, "label": item.label} for item in row.participants],
        **{name: list(getattr(row, name)) for name in _LISTS},
        "repeated": list(row.repeated),
        "evidence": [{name: getattr(item, name) for name in _EVIDENCE} for item in row.evidence],
    }


def read_snapshot(record: Mapping[str, Any]) -> EventRow:
    """Read an event as the journal keeps it; of those that went with their articles it keeps less."""
    people = record["partners"]
    lists: dict[str, Any] = {name: tuple(record.get(name, ())) for name in (*_LISTS, "repeated")}
    return EventRow(
        record["event"],
        record["type"],
        record["status"],
        tuple(ParticipantRow(item["iri"], item["label"], "other") for item in people),
        evidence=tuple(map(_read_evidence, record.get("evidence", ()))),
        **lists,
    )


def _read_evidence(record: Mapping[str, Any]) -> EvidenceRow:
    texts = {name: record.get(name) or "" for name in ("article", "quote", "report")}
    values: dict[str, Any] = {name: record.get(name) for name in _EVIDENCE}
    return EvidenceRow(**values | texts)
