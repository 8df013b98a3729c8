"""Lessons in, the models of details out: sectors, activities, status and date, each from gold events as
drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from choice_training import Choices, fit_choices
from learning import Fitted, Numbers, Rows, Table, fit, fit_trees
from network_training import Recipe
from training_data import Lesson

from kg.model import STATUSES
from kg.reports.dating import date_candidates, date_rows
from kg.reports.grouping import Draft
from kg.reports.progress import status_features
from kg.reports.scenes import Scene
from kg.reports.standings import FIGURES, rival_figures, topic_candidates, topic_figures
from kg.reports.topics import HOPELESS, topic_features
from kg.reports.trees import TreeModel

#: Inverse penalties, chosen by cross-validation.
STRENGTH = {"status": 0.03, "sectors": 0.1, "activities": 0.1, "dates": 0.05}
_ROUNDS, _LEAVES, _RATE = 100, 4, 0.07
#: Few examples have many features: more of them are left out.
STATUS_RECIPE = Recipe(epochs=15, batch=256, features_left_out=0.5, units_left_out=0.5)


#: Trees for each of two linear decisions: what they are called in ``Models``.
_TREES = {"sectors": "sector_trees", "activities": "activity_trees"}


@dataclass
class Details:
    """The examples of each decision; an example's group is the number of its lesson."""

    tables: dict[str, Table]
    #: Of sectors and activities the figures of each example, and how many examples each draft has.
    figures: dict[str, list[tuple[float, ...]]] = field(default_factory=lambda: {n: [] for n in _TREES})
    sizes: dict[str, list[int]] = field(default_factory=lambda: {n: [] for n in _TREES})


def detail_tables(lessons: Sequence[Lesson]) -> Details:
    """Make the examples of all lessons."""
    tables = {name: Table(("right",)) for name in ("sectors", "activities")}
    tables["dates"] = Choices(("right",))
    tables["status"] = Table(STATUSES)
    details = Details(tables)
    for number, lesson in enumerate(lessons):
        for table in tables.values():
            table.weights[number] = lesson.weight
        for event in lesson.gold["events"]:
            scene = gold_scene(lesson, event)
            if scene is not None:
                _add(details, scene, event, number)
    return details


def fit_details(details: Details, folds: Sequence[set[int]]) -> dict[str, Any]:
    """The models, from some of the lessons, dealt into folds."""
    kept = set().union(*folds)
    linear = {name: _fit(name, table, table.rows_of(kept)).plain() for name, table in details.tables.items()}
    return {**linear, **{trees: _fit_trees(details, name, folds) for name, trees in _TREES.items()}}


def _fit(name: str, table: Table, rows: Rows) -> Fitted:
    if isinstance(table, Choices):
        return fit_choices(table, rows, strength=STRENGTH[name])
    is_status = name == "status"
    recipe = STATUS_RECIPE if is_status else None
    return fit(table, rows, strength=STRENGTH[name], exclusive=is_status, recipe=recipe)


def _fit_trees(details: Details, name: str, folds: Sequence[set[int]]) -> TreeModel:
    """Trees over what linear models say of the examples of a fold that they have not seen."""
    table = details.tables[name]
    alone = np.zeros(len(table.answers))
    for fold in folds:
        others = set().union(*(other for other in folds if other is not fold))
        fitted, rows = fit(table, table.rows_of(others), strength=STRENGTH[name]), table.rows_of(fold)
        alone[rows] = fitted.predict(table.matrix[rows])[:, 0]
    examples = _examples(details, name, alone, set().union(*folds))
    return fit_trees(FIGURES, examples, rounds=_ROUNDS, leaves=_LEAVES, rate=_RATE)


def _examples(
    details: Details, name: str, alone: Numbers, groups: set[int]
) -> list[tuple[tuple[float, ...], bool, float]]:
    table, first, examples = details.tables[name], 0, []
    for size in details.sizes[name]:
        rows = range(first, first + size)
        first += size
        if not size or table.groups[rows[0]] not in groups:
            continue
        rivals = rival_figures([float(alone[row]) for row in rows])
        for row, standing in zip(rows, rivals, strict=True):
            answer = table.answers[row][0]
            if answer is not None and alone[row] >= HOPELESS:
                figures = (*standing, *details.figures[name][row])
                examples.append((figures, answer, table.weights[table.groups[row]]))
    return examples


def _add(details: Details, scene: Scene, event: dict[str, Any], number: int) -> None:
    is_status = [status == event["status"] for status in STATUSES]
    details.tables["status"].add(status_features(scene), is_status, number)
    for label, name in (("sector", "sectors"), ("activity", "activities")):
        candidates = topic_candidates(scene, label)
        details.sizes[name].append(len(candidates.likely))
        for ref in candidates.likely:
            optional = event.get(f"{name}_optional", [])
            answer = True if ref in event[name] else None if ref in optional else False
            details.tables[name].add(topic_features(scene, label, ref, candidates), [answer], number)
            details.figures[name].append(topic_figures(scene, label, ref, candidates))
    _add_dates(details.tables["dates"], scene, event, number)


def _add_dates(table: Table, scene: Scene, event: dict[str, Any], number: int) -> None:
    """The choice of an event's date; none, where the article does not give it."""
    candidates = date_candidates(scene)
    answers = [one.value == event["date"] for one in candidates]
    if candidates and isinstance(table, Choices):
        rows = date_rows(scene, event["status"], candidates)
        table.add_choice(rows, [*answers, not any(answers)], number)


def gold_scene(lesson: Lesson, event: dict[str, Any]) -> Scene | None:
    """A gold event as a draft; None when the program finds none of its partners or no passage."""
    wanted = {partner["key"] for partner in event["partners"]}
    partners = frozenset(n for n, key in enumerate(lesson.key_of) if key in wanted)
    passages = sorted(lesson.stated_in(event))
    if not partners or not passages:
        return None
    draft = Draft(event["type"], partners, tuple(passages), 1.0)
    return Scene(draft, lesson.setting)
