"""Events in; the bars of a timeline out: how many a year, a quarter or a month, by status.

Only the event's own date counts. What is known less precisely than the bars has no place among them and is
counted apart, as is what has no date: the day of publication never stands in for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from kg.model import STATUSES
from kg.network import EventRow

#: So many bars fit; with more, the bars stand for longer times.
_MOST: Final = 48
_WIDTH, _HEIGHT = 760, 150
#: Months in a bar, and how many signs of an ISO date it takes to know them.
_STEPS: Final = ((1, 7), (3, 7), (12, 4))


def chart(rows: Iterable[EventRow]) -> dict[str, Any] | None:
    """Lay out the bars in a frame of ``width`` by ``height``; None where no event has a date."""
    told = [(max(row.dates, key=len, default=""), row.status) for row in rows]
    dated = [(date, status) for date, status in told if date]
    if not dated:
        return None
    months, signs = _step([date for date, _ in dated])
    counts = Counter((_place(date, months), status) for date, status in dated if len(date) >= signs)
    first, last = min(place for place, _ in counts), max(place for place, _ in counts)
    totals = Counter(dict.fromkeys(range(first, last + 1), 0))
    for (place, _), number in counts.items():
        totals[place] += number
    highest = max(totals.values())
    wide = _WIDTH / len(totals)
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "highest": highest,
        "statuses": [status for status in STATUSES if any(status == item for _, item in counts)],
        "bars": [
            _bar(place, counts, at=(place - first) * wide, wide=wide, months=months, scale=_HEIGHT / highest)
            for place in range(first, last + 1)
        ],
        "vague": len(dated) - sum(counts.values()),
        "undated": len(told) - len(dated),
    }


def _bar(
    place: int, counts: Counter[tuple[int, str]], *, at: float, wide: float, months: int, scale: float
) -> dict[str, Any]:
    parts, top = [], float(_HEIGHT)
    for status in STATUSES:
        if number := counts[place, status]:
            top -= number * scale
            parts.append({"status": status, "number": number, "y": round(top, 2), "height": number * scale})
    year, part = divmod(place * months, 12)
    gap = min(4.0, wide * 0.2)
    return {
        "x": round(at + gap / 2, 2),
        "width": round(wide - gap, 2),
        "start": f"{year}" if months == 12 else f"{year}-{part + 1:02}",
        "year": str(year) if part == 0 or at == 0 else None,
        "parts": parts,
        "total": sum(item["number"] for item in parts),
    }


def _step(dates: list[str]) -> tuple[int, int]:
    """Choose the shortest time a bar stands for with which they fit and most events have a place."""
    for months, signs in _STEPS:
        places = [_place(date, months) for date in dates if len(date) >= signs]
        if places and len(places) * 2 >= len(dates) and max(places) - min(places) < _MOST:
            return months, signs
    return _STEPS[-1]


def _place(date: str, months: int) -> int:
    month = int(date[5:7]) - 1 if len(date) >= 7 else 0
    return (int(date[:4]) * 12 + month) // months
