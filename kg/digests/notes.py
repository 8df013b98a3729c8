"""Events in; numbered footnotes out, each sentence once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.network import EventRow, EvidenceRow

_FIELDS = ("article", "title", "url", "source", "lang", "published", "quote")


class Notes:
    """Numbers the sentences in the order in which they are first called for."""

    def __init__(self) -> None:
        self._number: dict[tuple[str, str], int] = {}
        self._items: list[EvidenceRow] = []

    def of(self, row: EventRow, *, most: int) -> list[int]:
        """Give the numbers of the sentences that state an event: one a source, independent ones first."""
        chosen: dict[str, EvidenceRow] = {}
        for item in sorted(row.evidence, key=lambda item: item.article in row.repeated):
            chosen.setdefault(item.origin, item)
        return sorted(self._add(item) for item in list(chosen.values())[:most])

    def of_all(self, rows: Iterable[EventRow], *, most: int) -> list[int]:
        """Give the numbers of one sentence an event, for so many events."""
        found = [number for row, _ in zip(rows, range(most), strict=False) for number in self.of(row, most=1)]
        return sorted(set(found))

    def records(self) -> list[Mapping[str, Any]]:
        """Give all footnotes in the order of their numbers."""
        return [
            {"number": number} | {name: getattr(item, name) for name in _FIELDS}
            for number, item in enumerate(self._items, 1)
        ]

    def _add(self, item: EvidenceRow) -> int:
        key = (item.article, item.quote)
        if key not in self._number:
            self._items.append(item)
            self._number[key] = len(self._items)
        return self._number[key]
