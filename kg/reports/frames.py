"""What the sentences before lead to expect of one: agreements told one by one, a gathering that goes on.

In: a sentence's triggers and text, and the passages before it. Out: whether it announces several
agreements, and its ``Frame``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reports.codebook import MARKS_OF_CLAUSE, Codebook, Trigger

if TYPE_CHECKING:
    from kg.reports.passages import Passage

#: What is signed, as a thing that can be counted.
INSTRUMENTS = frozenset(
    f"agreement.{name}" for name in ("mou", "treaty-accord", "document", "contract-order", "letter-of-intent")
)
_CONCLUDING = frozenset({"agreement.sign", "agreement.conclude", "agreement.agree"})
#: Between a word of number and what it counts there may be so many characters, and no mark of a clause.
COUNTED = 24
#: So many sentences after they were announced, agreements may still be told.
_ANNOUNCED = 14
#: What names a gathering, and so many sentences later it may still be meant.
_GATHERINGS = frozenset(
    (
        *("forum.event-noun", "forum.exhibition", "forum.ceremony"),
        *("meeting.talks", "meeting.committee-session", "meeting.visit", "meeting.receive", "meeting.meet"),
    )
)
_GATHERED = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """How many sentences back something stands, 0 where nothing does.

    ``announced``: several agreements; ``is_near``: in the same paragraph. ``gathered``: a gathering, by
    which entries of the codebook.
    """

    announced: int
    is_near: bool
    gathered: int
    gatherings: tuple[str, ...]


def announces(triggers: Sequence[Trigger], lowered: str, offset: int, codebook: Codebook) -> bool:
    """Whether a folded text speaks of several agreements, which the sentences behind it may tell one by one:
    "three other documents were exchanged", but not "the two signed an agreement".
    """
    nouns = [trigger.start - offset for trigger in triggers if trigger.entry.name in INSTRUMENTS]
    verbs = [trigger.start - offset for trigger in triggers if trigger.entry.name in _CONCLUDING]
    counts = [match.end() for match in codebook.several.finditer(lowered)] if nouns else []
    return any(
        0 <= noun - end <= COUNTED
        and not MARKS_OF_CLAUSE.search(lowered[end:noun])
        and not any(end <= verb < noun for verb in verbs)
        for noun in nouns
        for end in counts
    )


def frame_of(before: Sequence[Passage], paragraph: int) -> Frame:
    """The frame of the sentence behind ``before``."""
    announcing = next((p for p in reversed(before[-_ANNOUNCED:]) if p.announces), None)
    gathered, names = _gathering(before)
    return Frame(
        len(before) - announcing.index if announcing else 0,
        announcing is not None and announcing.paragraph == paragraph,
        gathered,
        names,
    )


def _gathering(before: Sequence[Passage]) -> tuple[int, tuple[str, ...]]:
    for distance, passage in enumerate(reversed(before[-_GATHERED:]), 1):
        names = {trigger.entry.name for trigger in passage.triggers} & _GATHERINGS
        if names:
            return distance, tuple(sorted(names))
    return 0, ()
