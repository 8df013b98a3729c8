"""The events of two graphs in; what is new, changed or gone out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.changes.values import Change, Changes, Detail, Draft
from kg.network.rows import EventRow

#: The details that are compared, beside the status.
_DETAILS: Final = ("type", "partners", "sectors", "activities", "instruments", "dates", "places", "articles")


def compare_events(old: Sequence[EventRow], new: Sequence[EventRow]) -> Changes:
    """Compare two graphs; an event is found again by its name, its reports, or who tells what of whom."""
    draft = Draft()
    pairs = pair_events(old, new)
    before_by_iri = {after.iri: before for before, after in pairs}
    for after in new:
        before = before_by_iri.get(after.iri)
        if before is None:
            draft.add("new", Change(after))
        elif before.status != after.status:
            draft.add("moved", Change(after, before.status, find_details(before, after)))
        elif details := find_details(before, after):
            draft.add("changed", Change(after, before.status, details))
        else:
            draft.unchanged += 1
    known = {before.iri for before, _ in pairs}
    for row in old:
        if row.iri not in known:
            draft.add("gone", Change(row, row.status))
    return draft.finished()


def pair_events(old: Sequence[EventRow], new: Sequence[EventRow]) -> list[tuple[EventRow, EventRow]]:
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


def find_details(before: EventRow, after: EventRow) -> tuple[Detail, ...]:
    """Name what of an event is another now."""
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
