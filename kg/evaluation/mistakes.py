"""The facts that gold and prediction do not share, each with the kind of error that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.evaluation.comparisons import Comparison
from kg.evaluation.scores import Record

#: Kind -> what it means, in the order in which a fact is lost on its way: who, what, the rest.
MISTAKES: Final[Mapping[str, str]] = {
    "partner not found": "the text names a partner that the program does not see, or cuts otherwise",
    "partner in no event": "the program sees the partner and has it take part in nothing",
    "partner missed": "no event has the partner; whether the program sees it, records alone do not tell",
    "partner takes no part": "the program has somebody take part who takes part in nothing",
    "other type": "the partner takes part, in events of other types",
    "events made one": "every partner takes part in this type of event, in fewer events than there are",
    "event made several": "the same, in more events than there are",
    "sector": "partner and type are right, a sector is missing or too many",
    "status": "the event is right, how far it went is not",
    "activity": "the event is right, an activity is missing or too many",
    "date": "the event is right, its date is missing, too many or another",
}
SIDES: Final = ("missed", "extra", "wrong")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fact that only one side states, or that both state differently (``wrong``).

    ``partner`` is empty where the fact is about a whole event; ``detail`` says what is confused with what, or
    which sector is missing, and is what equal mistakes are counted by. ``gold`` and ``predicted`` are places
    in the events of the comparison, None where there is none.
    """

    kind: str
    side: str
    article: str
    lang: str
    type: str
    partner: str
    detail: str
    gold: int | None = None
    predicted: int | None = None


@dataclass(frozen=True, slots=True)
class _Roles:
    """Who takes part in which type of event on one side: (key, type) -> the partner and its first event."""

    events: tuple[Record, ...]
    first: Mapping[tuple[str, str], tuple[Record, int]]

    @property
    def keys(self) -> set[str]:
        return {key for key, _ in self.first}

    def types_of(self, key: str) -> list[str]:
        return sorted({kind for one, kind in self.first if one == key})

    def sectors(self, role: tuple[str, str]) -> set[str]:
        key, kind = role
        return {
            sector
            for event in self.events
            if event["type"] == kind and any(partner["key"] == key for partner in event["partners"])
            for sector in (*event.get("sectors", ()), *event.get("sectors_optional", ()))
        }


def find_mistakes(comparison: Comparison) -> list[Mistake]:
    """All mistakes of one article, by kind in the order of ``MISTAKES``."""
    gold, free = _roles(comparison.gold), _roles((*comparison.gold, *comparison.optional))
    predicted = _roles(comparison.predicted)
    found = [
        *_missed_roles(comparison, gold, predicted),
        *_extra_roles(comparison, free, predicted),
        *_split_events(comparison, gold, free, predicted),
        *_sectors(comparison, gold, free, predicted),
        *_details(comparison),
    ]
    order = list(MISTAKES)
    return sorted(found, key=lambda item: order.index(item.kind))


def count_mistakes(
    mistakes: Iterable[Mistake], key: Callable[[Mistake], str] = lambda item: item.lang
) -> dict[tuple[str, str], dict[str, int]]:
    """Count by (kind, side), then by ``key``; the order is that of ``MISTAKES`` and ``SIDES``."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for item in mistakes:
        counts = found.setdefault((item.kind, item.side), {})
        counts[key(item)] = counts.get(key(item), 0) + 1
    order = [(kind, side) for kind in MISTAKES for side in SIDES]
    return {pair: found[pair] for pair in order if pair in found}


def _roles(events: tuple[Record, ...]) -> _Roles:
    first: dict[tuple[str, str], tuple[Record, int]] = {}
    for number, event in enumerate(events):
        for partner in event["partners"]:
            first.setdefault((partner["key"], event["type"]), (partner, number))
    return _Roles(events, first)


def _missed_roles(comparison: Comparison, gold: _Roles, predicted: _Roles) -> Iterator[Mistake]:
    for (key, kind), (partner, number) in gold.first.items():
        if (key, kind) in predicted.first:
            continue
        if key in predicted.keys:
            mistake = "other type", f"{kind} → {', '.join(predicted.types_of(key))}"
        elif comparison.named is None:
            mistake = "partner missed", partner["kind"]
        elif key in comparison.named:
            mistake = "partner in no event", kind
        else:
            mistake = "partner not found", partner["kind"]
        yield _mistake(comparison, mistake, "missed", kind, partner=partner["name"], gold=number)


def _extra_roles(comparison: Comparison, free: _Roles, predicted: _Roles) -> Iterator[Mistake]:
    for (key, kind), (partner, number) in predicted.first.items():
        if (key, kind) in free.first:
            continue
        if key in free.keys:
            mistake = "other type", f"{', '.join(free.types_of(key))} → {kind}"
        else:
            mistake = "partner takes no part", partner.get("kind") or "other"
        name = partner.get("label") or "?"
        yield _mistake(comparison, mistake, "extra", kind, partner=name, predicted=number)


def _split_events(comparison: Comparison, gold: _Roles, free: _Roles, predicted: _Roles) -> Iterator[Mistake]:
    """Events without a counterpart although all of their partners are right: one was told as several."""
    aligned = {i for i, _ in comparison.pairs}
    for i, event in enumerate(gold.events):
        roles = {(partner["key"], event["type"]) for partner in event["partners"]}
        if i not in aligned and roles <= predicted.first.keys():
            yield _mistake(comparison, ("events made one", event["type"]), "missed", event["type"], gold=i)
    for j, event in enumerate(predicted.events):
        roles = {(partner["key"], event["type"]) for partner in event["partners"]}
        if j not in comparison.right and roles <= free.first.keys():
            yield _mistake(
                comparison, ("event made several", event["type"]), "extra", event["type"], predicted=j
            )


def _sectors(comparison: Comparison, gold: _Roles, free: _Roles, predicted: _Roles) -> Iterator[Mistake]:
    for role, (partner, number) in predicted.first.items():
        if role not in free.first:
            continue
        theirs = predicted.sectors(role)
        name = str(partner.get("label") or "?")
        place = gold.first[role][1] if role in gold.first else None
        if place is not None:
            required = {
                sector
                for event in comparison.gold
                if event["type"] == role[1] and any(item["key"] == role[0] for item in event["partners"])
                for sector in event["sectors"]
            }
            for sector in sorted(required - theirs):
                yield _mistake(comparison, ("sector", sector), "missed", role[1], partner=name,
                               gold=place, predicted=number)  # fmt: skip
        for sector in sorted(theirs - free.sectors(role)):
            yield _mistake(comparison, ("sector", sector), "extra", role[1], partner=name,
                           gold=place, predicted=number)  # fmt: skip


def _details(comparison: Comparison) -> Iterator[Mistake]:
    for i, j in comparison.pairs:
        wanted, got = comparison.gold[i], comparison.predicted[j]
        for kind, side, detail in _differences(wanted, got):
            yield _mistake(comparison, (kind, detail), side, wanted["type"], gold=i, predicted=j)


def _differences(wanted: Record, got: Record) -> Iterator[tuple[str, str, str]]:
    """Kind, side and detail of what an event and its counterpart say differently."""
    if got.get("status") not in {wanted["status"], *wanted.get("status_also", [])}:
        yield "status", "wrong", f"{wanted['status']} → {got.get('status')}"
    ours, theirs = set(wanted.get("activities", [])), set(got.get("activities", []))
    for activity in sorted(ours - theirs):
        yield "activity", "missed", activity
    for activity in sorted(theirs - ours - set(wanted.get("activities_optional", []))):
        yield "activity", "extra", activity
    ours_date, theirs_date = wanted.get("date"), got.get("date")
    if ours_date != theirs_date:
        side = "extra" if ours_date is None else "missed" if theirs_date is None else "wrong"
        yield "date", side, _date_detail(ours_date, theirs_date)


def _date_detail(wanted: str | None, got: str | None) -> str:
    """What is confused with what; the dates themselves stand beside it."""
    words = {0: "none", 4: "year", 7: "month", 10: "day"}
    one, other = (words.get(len(value or ""), "date") for value in (wanted, got))
    return f"{one} → another {other}" if one == other else f"{one} → {other}"


def _mistake(
    comparison: Comparison,
    what: tuple[str, str],
    side: str,
    type: str,
    *,
    partner: str = "",
    gold: int | None = None,
    predicted: int | None = None,
) -> Mistake:
    return Mistake(
        kind=what[0],
        side=side,
        article=comparison.id,
        lang=comparison.lang,
        type=type,
        partner=partner,
        detail=what[1],
        gold=gold,
        predicted=predicted,
    )
