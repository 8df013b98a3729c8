"""Events in, what changed with them out: between two graphs, or since a day in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kg.histories import status_reached
from kg.network.rows import EventRow, EvidenceRow, ParticipantRow
from kg.timelines import event_record

#: What news and comparisons are told in, in this order.
SECTIONS: Final = ("new", "moved", "ended", "changed", "gone")
#: The details that are compared, beside the status.
_DETAILS: Final = ("type", "partners", "sectors", "activities", "instruments", "dates", "places", "articles")


@dataclass(frozen=True, slots=True)
class Detail:
    """What of an event is another now; of lists only what went and what came."""

    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An event that is new, changed or gone; ``before`` is its status then, where it was known."""

    event: EventRow
    before: str | None = None
    details: tuple[Detail, ...] = ()


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

    def sections(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """Give the sections that are not empty, by name."""
        named = ((name, getattr(self, name)) for name in SECTIONS)
        yield from ((name, changes) for name, changes in named if changes)


def compare_events(old: Sequence[EventRow], new: Sequence[EventRow]) -> Changes:
    """Compare two graphs; an event is found again by its name, its reports, or who tells what of whom."""
    draft = _Draft()
    pairs = _pairs(old, new)
    before_by_iri = {after.iri: before for before, after in pairs}
    for after in new:
        before = before_by_iri.get(after.iri)
        if before is None:
            draft.add("new", Change(after))
        elif before.status != after.status:
            draft.add("moved", Change(after, before.status, _details(before, after)))
        elif details := _details(before, after):
            draft.add("changed", Change(after, before.status, details))
        else:
            draft.unchanged += 1
    known = {before.iri for before, _ in pairs}
    for row in old:
        if row.iri not in known:
            draft.add("gone", Change(row, row.status))
    return draft.finished()


def news_since(rows: Iterable[EventRow], is_new: Callable[[EvidenceRow], bool]) -> Changes:
    """Tell what became known by the new articles alone: new events, and those that they brought further."""
    draft = _Draft()
    for row in rows:
        old = [item for item in row.evidence if not is_new(item)]
        if not old:
            draft.add("new", Change(row))
        elif len(old) < len(row.evidence) and (before := _status(old)) != row.status:
            draft.add("moved", Change(row, before, _told_again(row, old)))
        elif details := _told_again(row, old):
            draft.add("changed", Change(row, row.status, details))
        else:
            draft.unchanged += 1
    return draft.finished()


@dataclass(slots=True)
class _Draft:
    """Changes while they are gathered."""

    unchanged: int = 0
    sections: dict[str, list[Change]] = field(default_factory=lambda: {name: [] for name in SECTIONS})

    def add(self, section: str, change: Change) -> None:
        is_end = change.event.status == "ended" and section in ("new", "moved")
        self.sections["ended" if is_end else section].append(change)

    def finished(self) -> Changes:
        ordered = {name: tuple(sorted(items, key=_latest_first)) for name, items in self.sections.items()}
        return Changes(**ordered, unchanged=self.unchanged)


def _latest_first(change: Change) -> tuple[int, str]:
    told = [item.published for item in change.event.evidence if item.published]
    day = date.fromisoformat(min(told)).toordinal() if told else 0
    return -day, change.event.iri


def _status(evidence: Iterable[EvidenceRow]) -> str:
    told = {item.report: item for item in evidence}
    return status_reached(
        (item.status or "", date.fromisoformat(item.published) if item.published else None)
        for item in told.values()
    )


def _told_again(row: EventRow, old: Sequence[EvidenceRow]) -> tuple[Detail, ...]:
    """Name the articles that came to an event."""
    known = {item.article for item in old}
    came = {item.article: item.title or item.article for item in row.evidence if item.article not in known}
    return (Detail("articles", (), tuple(came[iri] for iri in sorted(came))),) if came else ()


# --- the same event in two graphs -----------------------------------------------------------------------


def _pairs(old: Sequence[EventRow], new: Sequence[EventRow]) -> list[tuple[EventRow, EventRow]]:
    """Find each event again, the surest pairs first, each event once."""
    after_by_iri, before_by_iri = {row.iri: row for row in new}, {row.iri: row for row in old}
    found = [(row, after_by_iri[row.iri]) for row in old if row.iri in after_by_iri]
    taken = {row.iri for row, _ in found}
    rest = [row for row in new if row.iri not in taken]
    for key in (_reports, _tellings):
        places: dict[object, list[EventRow]] = defaultdict(list)
        for row in rest:
            for name in key(row):
                places[name].append(row)
        links = [link for row in old if row.iri not in taken for link in _links(row, key(row), places)]
        used: set[str] = set()
        for _, one, other in sorted(links):
            if one not in taken and other not in used:
                taken.add(one)
                used.add(other)
                found.append((before_by_iri[one], after_by_iri[other]))
        rest = [row for row in rest if row.iri not in used]
    return found


def _links(
    row: EventRow, names: Iterable[object], places: Mapping[object, Sequence[EventRow]]
) -> Iterator[tuple[int, str, str]]:
    """Give the events with most names in common, as (minus how many, old, new)."""
    shared = Counter(other.iri for name in set(names) for other in places.get(name, ()))
    yield from ((-number, row.iri, other) for other, number in shared.items())


def _reports(row: EventRow) -> Iterator[object]:
    yield from {item.report for item in row.evidence}


def _tellings(row: EventRow) -> Iterator[object]:
    """Name what each article tells of each two partners: another version of the program quotes otherwise."""
    partners = sorted(item.iri for item in row.participants)
    for article in {item.article for item in row.evidence}:
        for number, one in enumerate(partners):
            yield from ((article, row.type, one, other) for other in partners[number + 1 :])


def _details(before: EventRow, after: EventRow) -> tuple[Detail, ...]:
    details = []
    for what in _DETAILS:
        old, new = _values(before, what), _values(after, what)
        went = tuple(old[key] for key in sorted(old.keys() - new.keys()))
        came = tuple(new[key] for key in sorted(new.keys() - old.keys()))
        if went or came:
            details.append(Detail(what, went, came))
    return tuple(details)


def _values(row: EventRow, what: str) -> dict[str, str]:
    """Give the values of a detail by what tells them apart."""
    if what == "partners":
        return {item.iri: item.label for item in row.participants}
    if what == "articles":
        return {item.article: item.title or item.article for item in row.evidence}
    value = getattr(row, what)
    return {item: item for item in ((value,) if isinstance(value, str) else value)}


def rows_gone(records: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Make changes of the records that the journal keeps of events that went; each once, the last first."""
    rows = {}
    for record in records:
        people = record["partners"]
        rows[record["event"]] = EventRow(
            record["event"],
            record["type"],
            record["status"],
            tuple(ParticipantRow(item["iri"], item["label"], "other") for item in people),
            sectors=tuple(record["sectors"]),
            dates=tuple(record["dates"]),
        )
    return tuple(Change(row, row.status) for row in reversed(rows.values()))


# --- as JSON values -------------------------------------------------------------------------------------


def changes_record(changes: Changes) -> dict[str, Any]:
    """Turn changes into JSON values; every section is there."""
    return {
        **{name: [_change_record(item) for item in getattr(changes, name)] for name in SECTIONS},
        "unchanged": changes.unchanged,
    }


def _change_record(change: Change) -> dict[str, Any]:
    details = [
        {"what": item.what, "before": list(item.before), "after": list(item.after)} for item in change.details
    ]
    told = min((item.published for item in change.event.evidence if item.published), default=None)
    return {"before": change.before, "details": details, "told": told, **event_record(change.event)}
