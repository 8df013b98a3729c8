"""A draft and its status in, its date out, among the dates that the article gives.

News that gives no date is of the month in which it appears; that month is one candidate more, and never
more exact than a month: the day of publication is no event's date.
"""

from __future__ import annotations

from kg.model import EventDate
from kg.reports.dating import date_candidates, date_rows
from kg.reports.scenes import Scene
from kg.reports.weights import Models


def choose_date(scene: Scene, status: str, models: Models) -> EventDate | None:
    """The likeliest date of the draft, if it is likely enough."""
    weighed = weigh_date(scene, status, models)
    if weighed is None or weighed[0] < models.thresholds["date"]:
        return None
    return weighed[1]


def weigh_date(scene: Scene, status: str, models: Models) -> tuple[float, EventDate] | None:
    """The likeliest date with its probability; None when there is no candidate.

    The dates and "none" exclude each other; what the article gives twice counts twice.
    """
    candidates = date_candidates(scene)
    if not candidates:
        return None
    chances = models.dates.shares(date_rows(scene, status, candidates))
    by_value: dict[str, float] = {}
    for one, chance in zip(candidates, chances, strict=False):
        by_value[one.value] = by_value.get(one.value, 0.0) + chance
    best = max(by_value, key=lambda value: by_value[value])
    is_stated = any(one.value == best and one.source == "stated" for one in candidates)
    return by_value[best], EventDate(best, "stated" if is_stated else "derived")
