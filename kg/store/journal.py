"""The journal of a graph: what each build brought, took and corrected, and when; one JSON object a line.

It lies beside the graph and not in it: the same articles give the same quads, whenever they are read. What
came and went is found out by comparison with the journal itself, so that an interrupted build loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from re import ASCII, fullmatch
from typing import Any, Final

from kg.errors import StoreError
from kg.store.folders import disk_errors, write_in_one_step

FILE_NAME = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one build did; ``time`` is None for what was in the graph before it had a journal.

    ``gone``: records of the events that nothing tells of any more. ``corrections``: those that were made or
    taken back; ``corrected``: the events that are another now by them, or went, or came.
    """

    time: datetime | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gone: tuple[Mapping[str, Any], ...] = ()
    corrections: tuple[Mapping[str, Any], ...] = ()
    corrected: tuple[Mapping[str, Any], ...] = ()


#: What of an entry are records.
_RECORDS: Final = ("gone", "corrections", "corrected")


def read_journal(folder: Path) -> tuple[Entry, ...]:
    """Read the journal, the oldest entry first; a graph without one has no entries."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            values = json.loads(line)
            time = datetime.fromisoformat(values["time"]) if values["time"] else None
            added, removed = (_names(values.get(name, ())) for name in ("added", "removed"))
            records = {name: tuple(map(dict, values.get(name, ()))) for name in _RECORDS}
            entries.append(Entry(time, added, removed, **records))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise StoreError(
                f"{path}:{number}: this is no line of a journal ({type(error).__name__}: {error}). "
                "Take the line out; only kg news --by added needs it."
            ) from error
    return tuple(entries)


def _names(values: Sequence[str]) -> tuple[str, ...]:
    """Check the names of articles, as they stand in IRIs: they become part of queries."""
    for value in values:
        if not fullmatch(r"[\w.~%-]+", value, ASCII):
            raise ValueError(f"{value!r} is no name of an article")
    return tuple(values)


def articles_known(entries: Iterable[Entry]) -> set[str]:
    """Give the articles that are in the graph after these entries."""
    known: set[str] = set()
    for entry in entries:
        known = known.difference(entry.removed).union(entry.added)
    return known


def compare_articles(
    entries: Sequence[Entry], articles: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the articles, sorted, that came since the last entry, and those that went."""
    known, there = articles_known(entries), set(articles)
    return tuple(sorted(there - known)), tuple(sorted(known - there))


def added_since(entries: Iterable[Entry], day: str) -> set[str]:
    """Give the articles that came into the graph on an ISO day or later (of this place), and are there."""
    found: set[str] = set()
    for entry in entries:
        found.difference_update(entry.removed)
        if _is_since(entry, day):
            found.update(entry.added)
    return found


def records_since(entries: Iterable[Entry], day: str) -> list[Mapping[str, Any]]:
    """Give what is kept of events and corrections of an ISO day or later, by entry, the oldest first."""
    return [{name: getattr(entry, name) for name in _RECORDS} for entry in entries if _is_since(entry, day)]


def _is_since(entry: Entry, day: str) -> bool:
    return entry.time is not None and entry.time.astimezone().date().isoformat() >= day


def write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the journal anew, in one step."""
    text = "".join(_line(entry) + "\n" for entry in entries)
    with disk_errors(folder):
        write_in_one_step(folder / FILE_NAME, text)


def now() -> datetime:
    """Give the time for an entry, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _line(entry: Entry) -> str:
    values: dict[str, Any] = {"time": entry.time.isoformat() if entry.time else None}
    for name in ("added", "removed", *_RECORDS):
        if items := getattr(entry, name):
            values[name] = list(items)
    return json.dumps(values, ensure_ascii=True)
