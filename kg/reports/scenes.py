"""A draft in its article: what the choice of its sectors, status and date looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Partner
from kg.reports.grouping import Draft
from kg.reports.passages import Clause, Passage

#: How many passages around a draft's own are looked at for its details.
NEAR = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """A draft in its article."""

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
        return min((passage.index - own for own in self.draft.passages), key=lambda gap: (abs(gap), gap))

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
