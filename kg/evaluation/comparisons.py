"""The gold and the prediction of one article side by side: which event is which, who was found at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.scores import Record, align, give_keys


@dataclass(frozen=True, slots=True)
class Comparison:
    """Events of both sides, each partner with its ``key``, and what is aligned with what.

    ``pairs`` are (gold, predicted), ``free`` (optional, predicted). ``named`` are the keys of all partners
    that the program found in the text, whether they take part in anything or not; None where nobody knows.
    """

    id: str
    lang: str
    gold: tuple[Record, ...]
    optional: tuple[Record, ...]
    predicted: tuple[Record, ...]
    pairs: tuple[tuple[int, int], ...]
    free: tuple[tuple[int, int], ...]
    named: frozenset[str] | None = None

    @property
    def right(self) -> frozenset[int]:
        """The predicted events that are aligned with a gold event, be it an optional one."""
        return frozenset(j for _, j in (*self.pairs, *self.free))


def compare(gold: Record, predicted: Record | None, named: Sequence[Record] | None = None) -> Comparison:
    """Compare one article as the scorer does; the records stay as they are."""
    required, optional = _copied(gold["events"]), _copied(gold.get("optional_events", []))
    events = _copied(event for event in (predicted or {}).get("events", []) if event.get("partners"))
    seen = [dict(partner) for partner in named or ()]
    give_keys([*required, *optional], [*events, {"partners": seen}])
    pairs = align(required, events)
    rest = [j for j in range(len(events)) if j not in {j for _, j in pairs}]
    free = [(i, rest[j]) for i, j in align(optional, [events[j] for j in rest])]
    return Comparison(
        id=gold["id"],
        lang=language_of(gold),
        gold=required,
        optional=optional,
        predicted=events,
        pairs=tuple(pairs),
        free=tuple(free),
        named=None if named is None else frozenset(partner["key"] for partner in seen),
    )


def compare_all(
    gold: Iterable[Record],
    predicted: Iterable[Record],
    named: Mapping[str, Sequence[Record]] | None = None,
) -> list[Comparison]:
    """Compare all articles of the gold; ``named``: the partners found in each article, by its id."""
    by_id = {record["id"]: record for record in predicted}
    return [
        compare(record, by_id.get(record["id"]), None if named is None else named.get(record["id"], ()))
        for record in gold
    ]


def language_of(record: Record) -> str:
    """The language under which an article counts: the beginning of its id, as in the reference."""
    return str(record["id"]).split("-")[0]


def _copied(events: Iterable[Record]) -> tuple[Record, ...]:
    return tuple({**event, "partners": [dict(item) for item in event["partners"]]} for event in events)
