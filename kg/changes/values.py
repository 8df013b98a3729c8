"""What changed in the events of a graph, as frozen values; and the draft in which it is gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.network.rows import EventRow

#: What news and comparisons are told in, in this order.
SECTIONS: Final = ("new", "moved", "ended", "changed", "gone")


@dataclass(frozen=True, slots=True)
class Detail:
    """What of an event is another now; of lists only what went and what came."""

    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A correction that a person made (``when``, ISO 8601) or that was ``taken_back`` then."""

    id: str
    what: str
    who: str = ""
    when: str = ""
    why: str = ""
    taken_back: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An event that is new, changed or gone; ``before`` is its status then, where it was known.

    ``because`` are the corrections that did it, or had a part in it.
    """

    event: EventRow
    before: str | None = None
    details: tuple[Detail, ...] = ()
    because: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed. An event that came to its end stands under ``ended``, new or not, and nowhere else."""

    new: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    ended: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    #: How many events are as they were.
    unchanged: int = 0
    #: Every correction that was made or taken back meanwhile, the last first.
    corrections: tuple[Judgement, ...] = ()

    def sections(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """Give the sections that are not empty, by name."""
        named = ((name, getattr(self, name)) for name in SECTIONS)
        yield from ((name, changes) for name, changes in named if changes)


class Draft:
    """Changes while they are gathered."""

    def __init__(self) -> None:
        self.unchanged = 0
        self.sections: dict[str, list[Change]] = {name: [] for name in SECTIONS}

    def add(self, section: str, change: Change) -> None:
        """Put a change into its section, or into that of events that came to their end."""
        is_end = change.event.status == "ended" and section in ("new", "moved")
        self.sections["ended" if is_end else section].append(change)

    def finished(self, corrections: tuple[Judgement, ...] = ()) -> Changes:
        """Give what was gathered, the newest first."""
        ordered = {name: tuple(sorted(items, key=_latest_first)) for name, items in self.sections.items()}
        return Changes(**ordered, unchanged=self.unchanged, corrections=corrections)


def _latest_first(change: Change) -> tuple[int, str]:
    told = [item.published for item in change.event.evidence if item.published]
    day = date.fromisoformat(min(told)).toordinal() if told else 0
    return -day, change.event.iri
