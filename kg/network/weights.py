"""How much an event weighs in the network. The choice is the user's; the default is written out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.errors import UsageError
from kg.model import EVENT_TYPES, STATUSES


@dataclass(frozen=True, slots=True)
class Weighting:
    """The weight of an event is the product of its type's and status's factors; what is not named weighs 1.

    ``divided`` says how the event's pairs share it. ``pairs``: evenly, so that a meeting of twenty, which has
    190 pairs, does not outweigh ten contracts of two. ``partners``: each partner divides it among the others,
    so that its strength is the weight of its events (Newman 2001). ``no``: every pair gets the whole.
    """

    name: str
    divided: Literal["pairs", "partners", "no"] = "pairs"
    types: Mapping[str, float] = field(default_factory=dict)
    statuses: Mapping[str, float] = field(default_factory=dict)

    def weight(self, type: str, status: str) -> float:
        """Return the weight of a whole event."""
        return self.types.get(type, 1.0) * self.statuses.get(status, 1.0)

    def share(self, type: str, status: str, *, pairs: int, others: int) -> float:
        """Return what one of the event's ``pairs`` gets; a partner is in as many of them as it has others."""
        parts = {"pairs": pairs, "partners": others, "no": 1}[self.divided]
        return self.weight(type, status) / max(parts, 1)

    def with_factors(self, factors: Mapping[str, float]) -> Weighting:
        """Weigh some types and statuses otherwise: ``{"meeting": 0.2, "proposed": 0}``.

        Raises ``UsageError`` for what is neither, and for a factor below nought.
        """
        for name, factor in factors.items():
            if name not in (*EVENT_TYPES, *STATUSES):
                possible = ", ".join((*EVENT_TYPES, *STATUSES))
                raise UsageError(f"No event type or status {name!r} to weigh. There are: {possible}.")
            if not 0 <= factor < float("inf"):
                raise UsageError(f"{name}: a weight of {factor} makes no sense. Give 0 or more.")
        types = {name: factor for name, factor in factors.items() if name in EVENT_TYPES}
        statuses = {name: factor for name, factor in factors.items() if name in STATUSES}
        return replace(self, types={**self.types, **types}, statuses={**self.statuses, **statuses})


#: ``shared`` is the default: what binds weighs more than what is said, and an event shares its weight.
#: ``even`` lets every event share a weight of 1; ``newman`` makes the strength of a partner the number of its
#: events with others; ``count`` counts the events of each pair.
WEIGHTINGS: Mapping[str, Weighting] = {
    "shared": Weighting(
        "shared",
        types={"meeting": 0.5, "forum": 0.5, "cooperation": 0.5},
        statuses={"proposed": 0.25, "planned": 0.5, "ended": 0.25},
    ),
    "even": Weighting("even"),
    "newman": Weighting("newman", divided="partners"),
    "count": Weighting("count", divided="no"),
}
