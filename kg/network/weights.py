"""How much an event weighs in the network. The choice is the user's; the default is written out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weighting:
    """The weight of an event is the product of its type's and status's factors; what is not named weighs 1.

    With ``is_shared`` the event divides its weight evenly among its pairs, so that a meeting of twenty
    (190 pairs) does not outweigh ten contracts of two; without it every pair gets the whole.
    """

    name: str
    is_shared: bool = True
    types: Mapping[str, float] = field(default_factory=dict)
    statuses: Mapping[str, float] = field(default_factory=dict)

    def weight(self, type: str, status: str) -> float:
        """Return the weight of a whole event."""
        return self.types.get(type, 1.0) * self.statuses.get(status, 1.0)

    def share(self, type: str, status: str, pairs: int) -> float:
        """Return what one of the event's ``pairs`` gets of its weight."""
        return self.weight(type, status) / (max(pairs, 1) if self.is_shared else 1)


#: ``shared`` is the default: what binds weighs more than what is said, and an event shares its weight.
#: ``even`` lets every event share a weight of 1; ``count`` counts the events of each pair.
WEIGHTINGS: Mapping[str, Weighting] = {
    "shared": Weighting(
        "shared",
        types={"meeting": 0.5, "forum": 0.5, "cooperation": 0.5},
        statuses={"proposed": 0.25, "planned": 0.5, "ended": 0.25},
    ),
    "even": Weighting("even"),
    "count": Weighting("count", is_shared=False),
}
