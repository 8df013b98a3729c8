"""Scenes and their reports in; the reports out with the sums of money and numbers of people that are theirs.

Precision comes before recall: a sum belongs to the draft whose trigger stands nearest to it, and only where
a word says that it is invested, lent, granted or the like, or the trigger is close by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Amount, Report
from kg.reports.passages import Passage
from kg.reports.quantities import Quantity, currency, find_quantities
from kg.reports.scenes import Scene

#: What has a price: a meeting or a forum tells of sums that are another event's.
_PAID = frozenset({"agreement", "investment", "programme", "cooperation"})
#: A sum of which no word says what it is for belongs to a deed whose trigger is so near.
_CLOSE = 40


def with_amounts(reports: Sequence[Report], scenes: Sequence[Scene]) -> tuple[Report, ...]:
    """Give each report the amounts of its passages, each amount to one report alone."""
    found: list[list[Amount]] = [[] for _ in scenes]
    for passage, owners in _owned(scenes):
        for quantity in find_quantities(passage.text, scenes[owners[0]].lang):
            start, end = passage.start + quantity.start, passage.start + quantity.end
            if any(
                m.label == "partner" and _overlap((m.start, m.end), (start, end)) for m in passage.mentions
            ):
                continue
            owner = _owner(owners, scenes, passage, (start, end))
            scene = scenes[owner]
            if quantity.is_sure or _is_close(scene, passage, start, end):
                found[owner].append(_amount(quantity, passage, scene))
    return tuple(
        replace(report, amounts=tuple(dict.fromkeys(amounts))) if amounts else report
        for report, amounts in zip(reports, found, strict=True)
    )


def _owned(scenes: Sequence[Scene]) -> Iterator[tuple[Passage, list[int]]]:
    """Yield the passages that state something that has a price, with the numbers of those scenes."""
    owners: dict[int, list[int]] = {}
    for number, scene in enumerate(scenes):
        for passage in scene.draft.passages:
            owners.setdefault(passage, []).append(number)
    for index, numbers in sorted(owners.items()):
        paid = [number for number in numbers if scenes[number].draft.type in _PAID]
        if paid:
            yield scenes[paid[0]].passages[index], paid


def _owner(owners: Sequence[int], scenes: Sequence[Scene], passage: Passage, span: tuple[int, int]) -> int:
    """The draft whose trigger is nearest, then whose partners are; where the same partners invest too, as
    the sum's own clause says, that is what the sum is for.
    """
    nearest = min(owners, key=lambda number: (_distance(scenes[number], passage, *span), number))
    if not _is_in_clause(passage, span):
        return nearest
    partners = scenes[nearest].draft.partners
    same = [number for number in owners if scenes[number].draft.partners == partners]
    return next((number for number in same if scenes[number].draft.type == "investment"), nearest)


def _is_in_clause(passage: Passage, span: tuple[int, int]) -> bool:
    """Whether the clause of a sum tells of an investment by more than the sum."""
    return any(
        trigger.entry.type == "investment" and not _overlap((trigger.start, trigger.end), span)
        for clause in passage.clauses
        if clause.start <= span[0] < clause.end
        for trigger in clause.triggers
    )


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _distance(scene: Scene, passage: Passage, start: int, end: int) -> tuple[int, int, int]:
    """How far the draft's own trigger is from an amount, then its partners; without a trigger these alone."""
    # The sum itself is a trigger of investments, wherever it stands.
    own = [
        (t.start, t.end)
        for t in passage.triggers
        if t.entry.type == scene.draft.type and not _overlap((t.start, t.end), (start, end))
    ]
    near = [(place.start, place.end) for place in passage.places if place.partner in scene.draft.partners]
    gaps, far = [
        min((max(start - b, a - end, 0) for a, b in spans), default=len(passage.text))
        for spans in (own, near)
    ]
    return (0, gaps, far) if own else (1, far, far)


def _is_close(scene: Scene, passage: Passage, start: int, end: int) -> bool:
    without, gap, _ = _distance(scene, passage, start, end)
    return scene.draft.type != "cooperation" and not without and gap <= _CLOSE


def _amount(quantity: Quantity, passage: Passage, scene: Scene) -> Amount:
    countries = {scene.partners[number].country or "" for number in scene.draft.partners}
    return Amount(
        text=passage.text[quantity.start : quantity.end],
        start=passage.start + quantity.start,
        end=passage.start + quantity.end,
        value=quantity.value,
        unit=currency(quantity.unit, countries),
        upper=quantity.upper,
        bound=quantity.bound or None,
        per=quantity.per or None,
    )
