"""Events in, the step before each out: talks, a proposal, a memorandum, a contract, the opening, the end.

An event follows an earlier one of the same partners in the same sector that had got no further than it. A
ministry and its country are the same party here, a firm and its country are not. Of several the one follows
that shares two partners by name, and of these the latest; so the events of one matter form a tree whose root
is its beginning. An end closes the matter: what comes after it begins anew.

The result depends on the set of events alone. Events meet by the pairs of their partners, so that the work
grows with their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from typing import Final, NamedTuple

from kg.model import STATUSES, Event, Partner

#: The steps in the life of a matter, and how far each one is; steps of one rank come in any order.
STEPS: Final = {
    "talks": 0,
    "proposal": 1,
    "plan": 2,
    "memorandum": 3,
    "agreement": 3,
    "contract": 4,
    "opening": 5,
    "work": 5,
    "end": 6,
}
#: Instruments that bind to little, and those that bind firms to deeds and sums.
_MEMORANDA: Final = frozenset({"mou", "letter-of-intent", "joint-statement"})
_CONTRACTS: Final = frozenset({"contract", "licence", "joint-venture"})
_PUBLIC: Final = frozenset({"country", "government-body", "local-government"})

#: What comes later than this is another matter.
LONGEST_PAUSE: Final = timedelta(days=5 * 365)
#: A gathering of more partners than this is no step between two of them.
MOST_PARTNERS: Final = 12
#: Stands for a sector in the place of none.
_ANY, _NONE = "*", ""


def step(type: str, status: str, instruments: Iterable[str]) -> str:
    """Name the step that an event is in the life of its matter."""
    if status == "ended":
        return "end"
    if type in ("meeting", "forum"):
        return "talks"
    if status in ("proposed", "planned"):
        return {"proposed": "proposal", "planned": "plan"}[status]
    if type == "agreement":
        kinds = set(instruments)
        return "contract" if kinds & _CONTRACTS else "memorandum" if kinds & _MEMORANDA else "agreement"
    if type == "investment" and status == "concluded":
        return "contract"
    return "work" if type == "cooperation" else "opening"


def status_reached(told: Iterable[tuple[str, date | None]]) -> str:
    """Give the furthest status of reports (status, publication); an end holds until a later one denies it."""
    reports = list(told)
    going = [(status, day or date.min) for status, day in reports if status != "ended"]
    ended = [day or date.min for status, day in reports if status == "ended"]
    if ended and all(day <= max(ended) for _, day in going):
        return "ended"
    return max((status for status, _ in going), key=STATUSES.index)


def day_of(dates: Iterable[str], status: str, published: date | None) -> date | None:
    """Place an event in time: by its most precise date, else by the day when it was first reported.

    A plan counts from when it was told, not from when it shall come true.
    """
    value = min(dates, key=lambda item: (-len(item), item), default=None)
    if value is None or status in ("proposed", "planned"):
        return published
    if published and published.isoformat().startswith(value):
        return published
    try:
        return date.fromisoformat(value + "-01-01"[len(value) - 10 :] if len(value) < 10 else value)
    except ValueError:
        return published


class Step(NamedTuple):
    """An event in its place; the order of the fields is the order in time."""

    day: date
    rank: int
    iri: str
    partners: frozenset[str]


#: The names of two partners; an event's step with its sectors; how well one event follows another, whose
#: IRI comes last.
Pair = tuple[str, str]
Placed = tuple[Step, tuple[str, ...]]
Rating = tuple[bool, date, int, str]


@dataclass(slots=True)
class _Matter:
    """The latest step of each rank in one sector, of the latest day and of the one before it."""

    last: dict[int, tuple[Step, Step | None]] = field(default_factory=dict)

    def before(self, step: Step) -> Iterator[Step]:
        """Give the steps that this one may follow; of its own rank only one of an earlier day."""
        for rank, (latest, earlier) in self.last.items():
            if rank < step.rank:
                yield latest
            elif rank == step.rank:
                previous = latest if latest.day < step.day else earlier
                if previous is not None:
                    yield previous

    def add(self, step: Step) -> None:
        """Remember a step; an end closes the matter."""
        if step.rank == STEPS["end"]:
            self.last.clear()
            return
        latest, _ = self.last.get(step.rank, (None, None))
        if latest is None or latest.day < step.day:
            self.last[step.rank] = (step, latest)
        # Of several steps of one day the first by name stands for them: any does that is always the same.


def link_histories(events: Iterable[tuple[Event, date | None]]) -> dict[str, str]:
    """Give for each event, by IRI, the one that it follows; the dates are those of the first reports."""
    blocks: dict[Pair, list[Placed]] = defaultdict(list)
    for event, published in events:
        if placed := place_event(event, published):
            for key in meeting_pairs(event):
                blocks[key].append(placed)
    found: dict[str, list[Rating]] = defaultdict(list)
    for key, members in blocks.items():
        for iri, rating in link_pair(key, members):
            found[iri].append(rating)
    return {iri: max(ratings)[-1] for iri, ratings in found.items()}


def place_event(event: Event, published: date | None) -> Placed | None:
    """Give an event's step and sectors; None where it has no place in time."""
    when = day_of((item.value for item in event.dates), event.status, published)
    if when is None:
        return None
    rank = STEPS[step(event.type, event.status, event.instruments)]
    names = frozenset(item.partner.iri for item in event.participants)
    return Step(when, rank, event.iri, names), event.sectors


def meeting_pairs(event: Event) -> Iterator[Pair]:
    """Name the pairs of partners in which an event may meet earlier ones."""
    return _pairs([item.partner for item in event.participants])


def link_pair(key: Pair, members: Iterable[Placed]) -> Iterator[tuple[str, Rating]]:
    """Give for events of a pair, by IRI, what they may follow; the greatest rating of all pairs wins."""
    is_named = not any(name.startswith("=") for name in key)
    for item, earlier in _links(sorted(members), is_named=is_named):
        yield item.iri, _rating(item, earlier)


def _rating(later: Step, earlier: Step) -> Rating:
    shared = len(later.partners & earlier.partners)
    return shared >= 2, earlier.day, shared, earlier.iri


def _pairs(partners: Sequence[Partner]) -> Iterator[tuple[str, str]]:
    """Name the pairs in which an event may meet another: of partners, and of the states that they act for."""
    if len(partners) > MOST_PARTNERS:
        return
    seen: set[tuple[str, str]] = set()
    for one, other in combinations(partners, 2):
        for low, high in map(sorted, product(_names(one), _names(other))):
            if low != high and (low, high) not in seen:
                seen.add((low, high))
                yield low, high


def _names(partner: Partner) -> list[str]:
    """Give a partner's IRI, and its state after a sign that no IRI begins with."""
    state = [f"={partner.country}"] if partner.kind in _PUBLIC and partner.country else []
    return state if partner.kind == "country" and state else [partner.iri, *state]


def _links(members: Sequence[tuple[Step, tuple[str, ...]]], *, is_named: bool) -> Iterator[tuple[Step, Step]]:
    """Go through the steps of one pair in time; without a sector only named partners share a matter."""
    matters: dict[str, _Matter] = defaultdict(_Matter)
    for item, sectors in members:
        wanted = [*sectors, _NONE] if sectors else [_ANY]
        if not is_named:
            wanted = list(sectors)
        for name in wanted:
            for earlier in matters[name].before(item):
                if item.day - earlier.day <= LONGEST_PAUSE:
                    yield item, earlier
        for name in (*sectors, _ANY) if sectors else (_NONE, _ANY):
            matters[name].add(item)
