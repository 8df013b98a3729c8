"""A draft in its article: what the choice of its sectors, status and date looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.model import Partner
from kg.reports.grouping import Draft
from kg.reports.passages import Clause, Passage

#: How many passages around a draft's own are looked at for its details.
NEAR = 2


@dataclass(frozen=True)
class Scene:
    """A draft in its article; what several choices look at is worked out once."""

    draft: Draft
    passages: Sequence[Passage]
    partners: Sequence[Partner]
    published: date | None
    lang: str

    @property
    def main(self) -> Passage:
        """The passage that states the draft most surely."""
        return self.passages[self.draft.passages[0]]

    def distance(self, passage: Passage) -> int:
        """How many passages lie between this one and the draft's nearest; negative when before."""
        return self._gaps[passage.index]

    @cached_property
    def _gaps(self) -> dict[int, int]:
        own = self.draft.passages
        return {
            passage.index: min((passage.index - number for number in own), key=lambda gap: (abs(gap), gap))
            for passage in self.passages
        }

    @cached_property
    def clause(self) -> Clause:
        """The clause of the main passage that names most of the partners, then most triggers of the type."""
        starts = {
            m.start: n
            for n in self.draft.partners
            for m in self.partners[n].mentions
            if self.main.start <= m.start < self.main.end
        }

        def holds(clause: Clause) -> tuple[int, int]:
            named = {n for start, n in starts.items() if clause.start <= start < clause.end}
            return len(named), sum(t.entry.type == self.draft.type for t in clause.triggers)

        return max(self.main.clauses, key=holds)

    @cached_property
    def names(self) -> list[tuple[int, int, int]]:
        """Where the partners' own names stand: start, end, the partner's index."""
        return [
            (mention.start, mention.end, number)
            for number, partner in enumerate(self.partners)
            for mention in partner.mentions
            if mention.label == "partner"
        ]

    @cached_property
    def tellers(self) -> tuple[list[int], list[int]]:
        """The passages that name at least one of the draft's partners, and those that name two."""
        counts = [len({place.partner for place in p.places} & self.draft.partners) for p in self.passages]
        return [n for n, count in enumerate(counts) if count], [
            n for n, count in enumerate(counts) if count > 1
        ]

    @cached_property
    def paragraphs(self) -> frozenset[int]:
        """The paragraphs that the draft's passages stand in."""
        return frozenset(self.passages[number].paragraph for number in self.draft.passages)

    def topics(self, label: str) -> list[frozenset[str]]:
        """What each passage names of sectors or activities."""
        return self._topics[label]

    @cached_property
    def _topics(self) -> dict[str, list[frozenset[str]]]:
        return {
            label: [frozenset(m.ref for m in p.mentions if m.label == label and m.ref) for p in self.passages]
            for label in ("sector", "activity")
        }


def where_of(gap: int) -> str:
    """Name a distance in passages."""
    if gap == 0:
        return "here"
    if abs(gap) > NEAR:
        return "far"
    return f"{'next' if gap > 0 else 'previous'}{abs(gap)}"


def relation_of(value: str, published: date) -> str:
    """How a date of any precision lies to the day of publication."""
    today = published.isoformat()[: len(value)]
    return "same" if value == today else "past" if value < today else "future"
