"""The events of one graph and what came, went and was corrected since a day in; the news out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kg.changes.comparison import find_details
from kg.changes.records import read_judgement, read_snapshot
from kg.changes.values import Change, Changes, Draft, Judgement
from kg.histories import status_reached
from kg.network.rows import EventRow, EvidenceRow

IsNew = Callable[[EvidenceRow], bool]


def news_since(rows: Iterable[EventRow], is_new: IsNew) -> Changes:
    """Tell what became known by the new articles alone: new events, and those that they brought further."""
    draft = Draft()
    for row in rows:
        _add(draft, row, tuple(item for item in row.evidence if not is_new(item)))
    return draft.finished()


def news_added(rows: Sequence[EventRow], is_new: IsNew, entries: Iterable[Mapping[str, Any]]) -> Changes:
    """Tell what became known by new articles, what went, and what people corrected or took back.

    ``entries``: what each build did since, in order: ``gone`` (records of events that went with articles),
    ``corrections`` (made or taken back) and ``corrected`` (the event now, its record ``before``, ``by`` which
    corrections).
    """
    past, draft = _Past(), Draft()
    for entry in entries:
        past.follow(entry)
    for row in rows:
        mark = past.marks.get(row.iri, _Mark())
        then = row if mark.then is None else mark.then
        old = () if mark.is_new else tuple(item for item in then.evidence if not is_new(item))
        _add(draft, row, old, then=mark.then, because=tuple(mark.because.values()))
    there = {row.iri for row in rows}
    gone = [change for change in reversed(past.gone.values()) if change.event.iri not in there]
    return replace(draft.finished(tuple(reversed(past.judgements))), gone=tuple(gone))


def _add(
    draft: Draft,
    row: EventRow,
    old: Sequence[EvidenceRow],
    *,
    then: EventRow | None = None,
    because: tuple[Judgement, ...] = (),
) -> None:
    """Put an event into its section; ``old`` is what told of it before, ``then`` what it was."""
    if not old:
        draft.add("new", Change(row, because=because))
        return
    before = _status(old)
    known = replace(then, evidence=tuple(old)) if then else replace(row, evidence=tuple(old))
    details = find_details(known, row)
    if before != row.status and (because or len(old) < len(row.evidence)):
        draft.add("moved", Change(row, before, details, because))
    elif details or because:
        draft.add("changed", Change(row, row.status, details, because))
    else:
        draft.unchanged += 1


def _status(evidence: Iterable[EvidenceRow]) -> str:
    told = {item.report: item for item in evidence}
    return status_reached(
        (item.status or "", date.fromisoformat(item.published) if item.published else None)
        for item in told.values()
    )


@dataclass(slots=True)
class _Mark:
    """What an event was at first, or that it was not there, and the corrections that bore on it since."""

    then: EventRow | None = None
    is_new: bool = False
    because: dict[tuple[str, str | None], Judgement] = field(default_factory=dict)


@dataclass(slots=True)
class _Past:
    """What the journal tells, followed from entry to entry."""

    marks: dict[str, _Mark] = field(default_factory=dict)
    gone: dict[str, Change] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    _left: dict[str, _Mark] = field(default_factory=dict)

    def follow(self, entry: Mapping[str, Any]) -> None:
        """Go on by one entry."""
        for record in entry.get("gone", ()):
            row = read_snapshot(record)
            self._leave(row, Change(row, row.status))
        said = [read_judgement(record) for record in entry.get("corrections", ())]
        self.judgements += said
        for item in entry.get("corrected", ()):
            self._correct(item, [one for one in said if one.id in item["by"]])

    def _correct(self, item: Mapping[str, Any], said: Sequence[Judgement]) -> None:
        event: str = item["event"] or ""
        before = read_snapshot(item["before"]) if item["before"] else None
        # Corrected before already: what it was at first counts.
        mark = (self.marks.pop(before.iri, None) or _Mark(before)) if before else self._left.pop(event, None)
        mark = mark or _Mark(is_new=True)
        mark.because |= {(one.id, one.taken_back): one for one in said}
        if event:
            self.marks[event] = mark
            self.gone.pop(event, None)
        elif before:
            self._leave(before, Change(before, before.status, because=tuple(mark.because.values())), mark)

    def _leave(self, row: EventRow, change: Change, mark: _Mark | None = None) -> None:
        self.gone.pop(row.iri, None)
        mark = mark or self.marks.pop(row.iri, None) or _Mark(row if row.evidence else None)
        self._left[row.iri] = mark
        # What came and went again meanwhile is no news.
        if not mark.is_new:
            self.gone[row.iri] = change
