"""Lessons in, the models of details out: sectors, activities, status and date, each from gold events as
drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from choice_training import Choices, fit_choices
from learning import Table, fit
from network_training import Recipe
from topic_training import Topics
from training_data import Lesson

from kg.model import STATUSES
from kg.reports.dating import date_candidates, date_rows
from kg.reports.grouping import Draft
from kg.reports.progress import status_features
from kg.reports.scenes import Scene

#: Inverse penalties, chosen by cross-validation.
_STATUS, _DATES = 0.03, 0.05
#: Few examples have many features: more of them are left out.
_RECIPE = Recipe(epochs=15, batch=256, features_left_out=0.5, units_left_out=0.5)


@dataclass
class Details:
    """The examples of each decision; an example's group is the number of its lesson."""

    lessons: Sequence[Lesson]
    status: Table
    dates: Choices
    sectors: Topics
    activities: Topics


def detail_tables(lessons: Sequence[Lesson]) -> Details:
    """Make the examples of all lessons."""
    status, dates = Table(STATUSES), Choices(("right",))
    sectors, activities = (Topics.of(lessons, label) for label in ("sector", "activity"))
    for number, lesson in enumerate(lessons):
        status.weights[number] = dates.weights[number] = lesson.weight
        drafts = [(scene, e) for e in lesson.gold["events"] if (scene := gold_scene(lesson, e)) is not None]
        for topics in (sectors, activities):
            topics.add(lesson, number, drafts)
        for scene, event in drafts:
            status.add(status_features(scene), [one == event["status"] for one in STATUSES], number)
            _add_dates(dates, scene, event, number)
    return Details(lessons, status, dates, sectors, activities)


def fit_details(details: Details, folds: Sequence[set[int]]) -> dict[str, Any]:
    """The models, from some of the lessons, dealt into folds."""
    kept = set().union(*folds)
    status, dates = details.status, details.dates
    sectors, sector_words, sector_trees = details.sectors.fit(folds)
    activities, activity_words, activity_trees = details.activities.fit(folds)
    return {
        "status": fit(status, status.rows_of(kept), strength=_STATUS, exclusive=True, recipe=_RECIPE).plain(),
        "dates": fit_choices(dates, dates.rows_of(kept), strength=_DATES).plain(),
        "sectors": sectors,
        "activities": activities,
        "words": {"sector": sector_words, "activity": activity_words},
        "topics": {"sector": sector_trees, "activity": activity_trees},
    }


def _add_dates(dates: Choices, scene: Scene, event: dict[str, Any], number: int) -> None:
    """The choice of an event's date; none, where the article does not give it."""
    candidates = date_candidates(scene)
    answers = [one.value == event["date"] for one in candidates]
    if candidates:
        rows = date_rows(scene, event["status"], candidates)
        dates.add_choice(rows, [*answers, not any(answers)], number)


def gold_scene(lesson: Lesson, event: dict[str, Any]) -> Scene | None:
    """A gold event as a draft; None when the program finds none of its partners or no passage."""
    wanted = {partner["key"] for partner in event["partners"]}
    partners = frozenset(n for n, key in enumerate(lesson.key_of) if key in wanted)
    passages = sorted(lesson.stated_in(event))
    if not partners or not passages:
        return None
    draft = Draft(event["type"], partners, tuple(passages), 1.0)
    return Scene(draft, lesson.setting)
