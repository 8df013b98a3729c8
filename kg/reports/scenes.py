"""A draft in its article: what the choice of its sectors, status and date looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kg.model import Mention, Partner
from kg.reports.grouping import Draft
from kg.reports.lists import Listing
from kg.reports.passages import Clause, Passage

#: How many passages around a draft's own are looked at for its details.
NEAR = 2


@dataclass(frozen=True, eq=False)
class Setting:
    """An article as all its drafts see it; what several choices look at is worked out once."""

    passages: Sequence[Passage]
    partners: Sequence[Partner]
    published: date | None
    lang: str
    #: By passage what ``themes`` makes of its words.
    made: dict[int, list[str]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def names(self) -> list[tuple[int, int, int]]:
        """Where the partners' own names stand: start, end, the partner's index; in order."""
        return sorted(
            (mention.start, mention.end, number)
            for number, partner in enumerate(self.partners)
            for mention in partner.mentions
            if mention.label == "partner"
        )

    def bearers(self, mention: Mention) -> list[int]:
        """The partners whose names hold the mention."""
        starts, longest = self._starts
        low, high = bisect_left(starts, mention.start - longest), bisect_right(starts, mention.start)
        return [number for _, end, number in self.names[low:high] if mention.end <= end]

    @cached_property
    def _starts(self) -> tuple[list[int], int]:
        """Where the names start, and how long the longest is."""
        longest = max((end - start for start, end, _ in self.names), default=0)
        return [start for start, _, _ in self.names], longest

    @cached_property
    def mentions(self) -> Mapping[str, list[tuple[Passage, Mention]]]:
        """By label what the article names that has an id or a value, with its passage, in order."""
        found: dict[str, list[tuple[Passage, Mention]]] = defaultdict(list)
        for passage in self.passages:
            for mention in passage.mentions:
                if mention.ref:
                    found[mention.label].append((passage, mention))
        return found

    @cached_property
    def topics(self) -> Mapping[str, list[frozenset[str]]]:
        """By label ("sector", "activity") what each passage names of them."""
        return {
            label: [frozenset(m.ref for m in p.mentions if m.label == label and m.ref) for p in self.passages]
            for label in ("sector", "activity")
        }

    @cached_property
    def beginnings(self) -> tuple[int, int]:
        """Where the title ends, before everything where there is none, and where the lead ends."""
        title, lead = (self.passages[min(number, len(self.passages) - 1)].start for number in (1, 3))
        return title if self.passages[0].is_title else -1, lead


@dataclass(frozen=True)
class Scene:
    """A draft in its article; what several choices look at is worked out once."""

    draft: Draft
    setting: Setting

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages of the article."""
        return self.setting.passages

    @property
    def partners(self) -> Sequence[Partner]:
        """The partners of the article."""
        return self.setting.partners

    @property
    def published(self) -> date | None:
        """When the article appeared."""
        return self.setting.published

    @property
    def lang(self) -> str:
        """The language of the article."""
        return self.setting.lang

    @property
    def main(self) -> Passage:
        """The passage that states the draft most surely."""
        return self.passages[self.draft.passages[0]]

    @property
    def heading(self) -> Listing | None:
        """The line above a list that says what the draft is, where the draft is one of its items."""
        heading = self.main.heading
        return heading if heading and heading.type == self.draft.type else None

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
