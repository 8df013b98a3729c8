"""Files of gold, of predictions and of clusters -> records; raises ``DataError`` that names file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.evaluation.scores import Record
from kg.model import EVENT_TYPES


def read_records(path: Path, what: str = "gold") -> list[Record]:
    """Read one record a line; ``what`` names them in messages."""
    records = []
    for number, line in enumerate(_text(path, what).splitlines(), 1):
        if line.strip():
            records.append(_record(_json(line, f"{path}:{number}"), f"{path}:{number}", what))
    if not records:
        raise DataError(f"{path}: there is no {what} record in it.")
    return records


def read_clusters(gold: Path) -> list[list[tuple[str, int]]] | None:
    """Read the clusters beside a gold file (``dev.clusters.json``, ``dev.gold.jsonl``), if there are any."""
    path = gold.with_name(gold.name.replace(".gold.jsonl", "") + ".clusters.json")
    if not path.is_file():
        return None
    data = _json(_text(path, "clusters"), str(path))
    try:
        return [[(str(id), int(number)) for id, number in cluster] for cluster in data["clusters"]]
    except (TypeError, KeyError, ValueError) as error:
        raise DataError(
            f'{path}: clusters are {{"clusters": [[[article id, event number], ...], ...]}}. Mend it.'
        ) from error


def read_learned(gold: Path) -> frozenset[str]:
    """Read which articles the models learned from: ``dev.learned.json`` beside ``dev.gold.jsonl``, if any."""
    path = gold.with_name(gold.name.replace(".gold.jsonl", "") + ".learned.json")
    if not path.is_file():
        return frozenset()
    data = _json(_text(path, "list of learned articles"), str(path))
    if not isinstance(data, dict) or not isinstance(data.get("articles"), list):
        raise DataError(f'{path}: the list is {{"articles": [id, ...]}}. Mend it.')
    return frozenset(map(str, data["articles"]))


def _text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: the {what} cannot be read ({error}).") from error


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"{where}: not JSON ({error}). Mend this line.") from error


def _record(value: Any, where: str, what: str) -> Record:
    if not isinstance(value, dict) or not {"id", "events"} <= value.keys():
        raise DataError(f"{where}: a {what} record has an id and events. See samples/gold.")
    for event in [*value["events"], *value.get("optional_events", [])]:
        if not isinstance(event, dict) or event.get("type") not in EVENT_TYPES:
            kinds = ", ".join(EVENT_TYPES)
            raise DataError(f"{where}: an event has a type, one of: {kinds}. See samples/gold/GUIDELINES.md.")
        if what == "gold":
            _check_gold(event, where)
    return value


def _check_gold(event: Record, where: str) -> None:
    missing = {"partners", "sectors", "status", "date"} - event.keys()
    if missing:
        raise DataError(
            f"{where}: an event lacks {', '.join(sorted(missing))}. See samples/gold/GUIDELINES.md."
        )
    for partner in event["partners"]:
        if not {"name", "kind", "country"} <= partner.keys():
            raise DataError(f"{where}: a partner has a name, a kind and a country (or null).")
