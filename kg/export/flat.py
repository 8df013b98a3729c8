"""A network in; its nodes and links as flat rows out: text, numbers, lists of text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.drawing import furthest_status
from kg.model import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
    import networkx as nx

Value = str | int | float | list[str] | None
Row = dict[str, Value]

#: Characters that XML 1.0 has no way to write, lone surrogates among them.
_UNWRITABLE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What the formats have a place of their own for, or what is no plain value.
_OWN_PLACE: Final = frozenset({"label", "labels", "events", "x", "y", "size"})


def clean(text: str) -> str:
    """Replace characters that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def node_label(node: str, values: Mapping[str, Any], lang: str | None) -> str:
    """Return the label in ``lang``, else the label."""
    return clean((values.get("labels") or {}).get(lang) or values.get("label") or node)


def node_rows(graph: nx.Graph) -> Iterator[tuple[str, Row]]:
    """Give every node with its attributes; the number of events stands for their list."""
    for node, values in graph.nodes(data=True):
        row: Row = {name: _value(value) for name, value in values.items() if name not in _OWN_PLACE}
        row["events"] = len(values.get("events", ()))
        row.update(
            {f"label_{lang}": clean(text) for lang, text in sorted((values.get("labels") or {}).items())}
        )
        yield clean(str(node)), row


def edge_rows(graph: nx.Graph) -> Iterator[tuple[str, str, Row]]:
    """Give every link with its attributes: counts by type and status stand in columns of their own."""
    types = _used(graph, "types", EVENT_TYPES)
    statuses = _used(graph, "statuses", STATUSES)
    for one, other, values in graph.edges(data=True):
        counts = values.get("types", {}) | values.get("statuses", {})
        row: Row = {
            "weight": float(values.get("weight", 1)),
            "events": len(values.get("shares", ())),
            "status": furthest_status(values["statuses"]) if values.get("statuses") else None,
            "types": [name for name in types if name in counts],
            "sectors": [clean(sector) for sector in values.get("sectors", ())],
            "first": values.get("first"),
            "last": values.get("last"),
            "sources": values.get("sources", 0),
            "event_ids": sorted(map(clean, values.get("shares", ()))),
        }
        row.update({name: counts.get(name, 0) for name in (*types, *statuses)})
        yield clean(str(one)), clean(str(other)), row


def columns(rows: Iterable[Row]) -> dict[str, type]:
    """Return the type of every column that holds a value: str, int, float (for mixed numbers too), list."""
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            if value is None:
                continue
            known = found.setdefault(name, type(value))
            if known is not type(value):
                found[name] = float if {known, type(value)} == {int, float} else str
    return found


def days(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the first and the last day of a link as full dates; what is ongoing has no last day."""
    first, last = values.get("first"), values.get("last")
    is_open = "ongoing" in values.get("statuses", {})
    return _day(first, is_last=False), None if is_open else _day(last, is_last=True)


def node_days(graph: nx.Graph) -> dict[str, tuple[str | None, str | None]]:
    """Return the days between which each node has links; one of unknown date leaves it without bounds."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for node in graph:
        spans = [days(values) for *_, values in graph.edges(node, data=True)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        is_dated = bool(spans) and all(starts)
        start = min(filter(None, starts)) if is_dated else None
        found[node] = (start, max(filter(None, ends)) if is_dated and all(ends) else None)
    return found


def _day(date: str | None, *, is_last: bool) -> str | None:
    if not date:
        return None
    if len(date) == 4:
        date += "-12" if is_last else "-01"
    if len(date) == 7:
        date += f"-{monthrange(int(date[:4]), int(date[5:]))[1]:02}" if is_last else "-01"
    return date


def _used(graph: nx.Graph, attribute: str, order: tuple[str, ...]) -> list[str]:
    used = {name for _, _, counts in graph.edges(data=attribute) for name in counts or ()}
    return [name for name in order if name in used]


def _value(value: Any) -> Value:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return [clean(str(item)) for item in value]
    return clean(str(value))
