"""Events in, one row an event out: a table for people who live in spreadsheets.

A spreadsheet takes a cell that begins with ``=`` for a formula, and what articles say may begin with
anything: a quotation mark in front makes it text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.model import PEOPLE

Value = str | int | float | list[str] | None
Labels = Mapping[str, Mapping[str, str]]
"""Id of a concept -> language -> label."""

#: Columns of the table; several values stand in one cell, with semicolons.
EVENT_COLUMNS: Final = (
    *("event", "type", "status", "date", "other_dates", "place", "partners", "kinds", "countries"),
    *("country_codes", "sectors", "activities", "instruments", "amounts", "sum", "currency", "people"),
    *("cameo", "plover", "confidence", "articles", "sources", "languages", "first_reported", "differs_in"),
    *("follows", "first_quote", "first_title", "first_url"),
)
#: What stands where a code would, for deals that the schemes do not code.
OUTSIDE: Final = "outside"
#: Characters with which a formula may begin, also in their full width.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_events(
    events: Iterable[Mapping[str, Any]], path: Path, *, labels: Labels, lang: str | None = None
) -> tuple[Path, ...]:
    """Write events (records of ``kg.network``) as CSV in UTF-8 with the mark that spreadsheets look for.

    Sectors, activities, types and the like are named in ``lang`` where ``labels`` knows them in it.
    """
    rows = [_event_row(event, labels, lang) for event in events]
    rows.sort(key=lambda row: (str(row["date"] or ""), str(row["event"])))
    table = ([row[name] for name in EVENT_COLUMNS] for row in rows)
    write_table(path, EVENT_COLUMNS, table, encoding="utf-8-sig")
    return (path,)


def write_table(
    path: Path, heading: Iterable[str], rows: Iterable[Iterable[Value]], *, encoding: str = "utf-8"
) -> None:
    """Write a heading and rows as CSV that no spreadsheet takes for formulas."""
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    text = "; ".join(value) if isinstance(value, list) else value
    if isinstance(text, str) and text.lstrip(" \u00a0").startswith(_FORMULA):
        return "'" + text
    return text


def _event_row(event: Mapping[str, Any], labels: Labels, lang: str | None) -> dict[str, Value]:
    def named(ids: Iterable[str]) -> list[str]:
        return [_label(labels.get(id, {}), id, lang) for id in ids]

    # The most precise date is the event's own, as in the graph.
    dates = sorted(event["dates"], key=lambda date: (-len(date), date))
    people = event["participants"]
    quotes: list[dict[str, Any]] = sorted(event["evidence"], key=lambda item: item["published"] or "9999")
    first = quotes[0] if quotes else {}
    return {
        "event": event["iri"],
        "type": event["type"],
        "status": _label(labels.get(event["status"], {}), event["status"], lang),
        "date": dates[0] if dates else None,
        "other_dates": dates[1:],
        "place": list(event["places"]),
        "partners": [item["label"] for item in people],
        "kinds": [item["kind"] for item in people],
        "countries": _once(item["country_name"] for item in people),
        "country_codes": _once(item["country"] for item in people),
        "sectors": named(event["sectors"]),
        "activities": named(event["activities"]),
        "instruments": named(event["instruments"]),
        **_amounts(event["amounts"]),
        "cameo": event["cameo"] or OUTSIDE,
        "plover": event["plover"] or OUTSIDE,
        "confidence": event["confidence"],
        "articles": len({item["article"] for item in event["evidence"]}),
        "sources": event["sources"],
        "languages": _once(sorted(item["lang"] or "" for item in event["evidence"])),
        "first_reported": first.get("published"),
        "differs_in": _once(item["what"] for item in event["differences"]),
        "follows": list(event["follows"]),
        "first_quote": " ".join(str(first.get("quote", "")).split()),
        "first_title": first.get("title"),
        "first_url": first.get("url"),
    }


def _amounts(amounts: Iterable[Mapping[str, Any]]) -> dict[str, Value]:
    """Give the amounts as stated, and the greatest sum and number of people as numbers to reckon with."""
    stated = list(amounts)
    sums = [item for item in stated if item["unit"] != PEOPLE and not item["per"]]
    heads = [item for item in stated if item["unit"] == PEOPLE and not item["per"]]
    greatest = max(sums, key=_size, default=None)
    most = max(heads, key=_size, default=None)
    return {
        "amounts": _once(item["text"] for item in stated),
        "sum": _size(greatest) if greatest else None,
        "currency": greatest["unit"] if greatest else None,
        "people": _size(most) if most else None,
    }


def _size(amount: Mapping[str, Any]) -> int | float:
    size = float(amount["upper"] or amount["value"])
    return int(size) if size.is_integer() else size


def _once(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _label(labels: Mapping[str, str], id: str, lang: str | None) -> str:
    return labels.get(lang or "") or id
