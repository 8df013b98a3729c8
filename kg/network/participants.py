"""Events in, those who take part in them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.network.rows import EventRow, ParticipantRow


def list_partners(
    rows: Iterable[EventRow],
    *,
    word: str | None = None,
    kind: str | None = None,
    country: str | None = None,
) -> list[tuple[ParticipantRow, int]]:
    """List the partners that fit with the number of their events, most first; ``word`` is part of a name."""
    events: Counter[str] = Counter()
    known: dict[str, ParticipantRow] = {}
    for row in rows:
        for item in row.participants:
            known[item.iri] = item
            events[item.iri] += 1
    fitting = [
        (item, events[item.iri])
        for item in known.values()
        if (kind is None or item.kind == kind)
        and (country is None or (item.country or "").casefold() == country.casefold())
        and (word is None or any(word.casefold() in name.casefold() for name in _names(item)))
    ]
    fitting.sort(key=lambda found: (-found[1], found[0].label, found[0].iri))
    return fitting


def _names(item: ParticipantRow) -> tuple[str, ...]:
    return (item.label, *item.labels.values())
