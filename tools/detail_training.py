"""Lessons in, the models of details out: sectors, activities, status and date, each from gold events as
drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from choice_training import Choices, fit_choices
from learning import Fitted, Numbers, Rows, Table, fit, fit_trees
from network_training import WHOLE, Recipe, as_whole_numbers
from sklearn.linear_model import LogisticRegression
from training_data import Lesson

from kg.model import STATUSES
from kg.reports.dating import date_candidates, date_rows
from kg.reports.grouping import Draft
from kg.reports.progress import status_features
from kg.reports.rivals import logits
from kg.reports.scenes import Scene
from kg.reports.standings import FIGURES, rival_figures, topic_candidates, topic_figures
from kg.reports.themes import theme_features
from kg.reports.topics import HOPELESS, topic_features
from kg.reports.trees import TreeModel
from kg.reports.weights import MOST, Blend, FeatureModel

#: Inverse penalties, chosen by cross-validation.
STRENGTH = {"status": 0.03, "sectors": 0.1, "activities": 0.1, "dates": 0.05, "words": 0.5}
_ROUNDS, _LEAVES, _RATE = 100, 4, 0.07
#: Few examples have many features: more of them are left out.
STATUS_RECIPE = Recipe(epochs=15, batch=256, features_left_out=0.5, units_left_out=0.5)
#: Chosen by what words alone tell of lessons left out.
WORDS_RECIPE = Recipe(
    epochs=20, units=64, batch=256, rate=3e-3, penalty=1e-5, features_left_out=0.5, units_left_out=0.5
)

#: Trees for each of two linear decisions: what they are called in ``Models``, and the label of the topics.
_TREES = {"sectors": "sector_trees", "activities": "activity_trees"}
_LABELS = {"sectors": "sector", "activities": "activity"}


@dataclass
class Details:
    """The examples of each decision; an example's group is the number of its lesson."""

    tables: dict[str, Table]
    #: Of sectors and activities the figures of each example.
    figures: dict[str, list[tuple[float, ...]]] = field(default_factory=lambda: {n: [] for n in _TREES})
    #: Of each draft the topics that are its examples, and a table of words with a row a draft.
    refs: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {n: [] for n in _TREES})
    words: dict[str, Table] = field(default_factory=dict)
    #: The lessons that are sentences cut from others: they teach no words twice.
    cuts: set[int] = field(default_factory=set)


def detail_tables(lessons: Sequence[Lesson]) -> Details:
    """Make the examples of all lessons."""
    tables = {name: Table(("right",)) for name in ("sectors", "activities")}
    tables["dates"] = Choices(("right",))
    tables["status"] = Table(STATUSES)
    words = {name: Table(_topics(lessons, name)) for name in _TREES}
    details = Details(tables, words=words, cuts={n for n, lesson in enumerate(lessons) if lesson.is_cut})
    for number, lesson in enumerate(lessons):
        for table in (*tables.values(), *words.values()):
            table.weights[number] = lesson.weight
        for event in lesson.gold["events"]:
            scene = gold_scene(lesson, event)
            if scene is not None:
                _add(details, scene, event, number)
    return details


def fit_details(details: Details, folds: Sequence[set[int]]) -> dict[str, Any]:
    """The models, from some of the lessons, dealt into folds."""
    kept = set().union(*folds)
    models: dict[str, Any] = {
        name: _fit(name, table, table.rows_of(kept)).plain() for name, table in details.tables.items()
    }
    models |= {"words": {}, "blends": {}}
    for name, trees in _TREES.items():
        alone = _alone(details, name, folds)
        models[trees] = _fit_trees(details, name, alone, kept)
        label, table = _LABELS[name], details.words[name]
        models["words"][label] = _fit_words(table, table.rows_of(kept - details.cuts)).plain()
        models["blends"][label] = _fit_blend(details, name, folds, alone, models[trees])
    return models


def _fit(name: str, table: Table, rows: Rows) -> Fitted:
    if isinstance(table, Choices):
        return fit_choices(table, rows, strength=STRENGTH[name])
    is_status = name == "status"
    recipe = STATUS_RECIPE if is_status else None
    return fit(table, rows, strength=STRENGTH[name], exclusive=is_status, recipe=recipe)


def _alone(details: Details, name: str, folds: Sequence[set[int]]) -> Numbers:
    """What linear models say of the examples of a fold that they have not seen."""
    table = details.tables[name]
    return _unseen(table, folds, lambda table, rows: fit(table, rows, strength=STRENGTH[name]))[:, 0]


def _unseen(table: Table, folds: Sequence[set[int]], learn: Callable[[Table, Rows], Fitted]) -> Numbers:
    """Of each row the probabilities by the model of the folds that it is not in."""
    found = np.zeros((len(table.answers), len(table.labels)))
    for fold in folds:
        others = set().union(*(other for other in folds if other is not fold))
        fitted, rows = learn(table, table.rows_of(others)), table.rows_of(fold)
        found[rows] = fitted.predict(table.matrix[rows])
    return found


def _fit_words(table: Table, rows: Rows) -> Fitted:
    return fit(table, rows, strength=STRENGTH["words"], recipe=WORDS_RECIPE)


def _fit_trees(details: Details, name: str, alone: Numbers, groups: set[int]) -> TreeModel:
    examples = [
        (figures, answer, weight)
        for _, _, figures, answer, weight in _examples(details, name, alone, groups)
        if answer is not None
    ]
    return fit_trees(FIGURES, examples, rounds=_ROUNDS, leaves=_LEAVES, rate=_RATE)


def _examples(
    details: Details, name: str, alone: Numbers, groups: set[int]
) -> Iterator[tuple[int, str, tuple[float, ...], bool | None, float]]:
    """The topics that are worth weighing: the number of the draft, the topic, figures, answer and weight."""
    table, first = details.tables[name], 0
    for draft, refs in enumerate(details.refs[name]):
        rows = range(first, first + len(refs))
        first += len(refs)
        if not refs or table.groups[rows[0]] not in groups:
            continue
        rivals = rival_figures([float(alone[row]) for row in rows])
        for row, ref, standing in zip(rows, refs, rivals, strict=True):
            if alone[row] >= HOPELESS:
                figures = (*standing, *details.figures[name][row])
                yield draft, ref, figures, table.answers[row][0], table.weights[table.groups[row]]


def _fit_blend(
    details: Details, name: str, folds: Sequence[set[int]], alone: Numbers, trees: TreeModel
) -> Blend:
    """How much what is named counts, and how much the words, over all topics of all drafts."""
    table, whole = details.words[name], [fold - details.cuts for fold in folds]
    groups = set().union(*whole)
    words = _log_odds(_unseen(table, whole, _fit_words))
    named = np.zeros_like(words)
    column = {topic: number for number, topic in enumerate(table.labels)}
    examples = list(_examples(details, name, alone, groups))
    chances = trees.probabilities([figures for _, _, figures, _, _ in examples])
    for (draft, ref, *_), chance in zip(examples, chances, strict=True):
        if ref in column:
            named[draft, column[ref]] = chance
    counted = np.array([[one is not None for one in answer] for answer in table.answers])
    counted &= table.rows_of(groups)[:, None]
    answers = np.array([[bool(one) for one in answer] for answer in table.answers])
    weights = np.array([table.weights[group] for group in table.groups])
    figures = np.stack((_log_odds(named)[counted], words[counted]), axis=1)
    shares = np.broadcast_to(weights[:, None], counted.shape)[counted]
    model = LogisticRegression(C=1e3).fit(figures, answers[counted], shares)
    return Blend(*(round(float(x), 3) for x in (*model.coef_[0], model.intercept_[0])))


def _log_odds(chances: Numbers) -> Numbers:
    return np.clip(logits(chances), -MOST, MOST)


def write_words(model: FeatureModel, path: Path) -> None:
    """Write a model of words with its network, a byte a weight."""
    if model.network is None:
        raise ValueError(f"{path.name} needs a network")
    weights = np.array(list(model.weights.values()))
    scale = np.float32(np.abs(weights).max() / WHOLE)
    arrays: dict[str, Any] = as_whole_numbers(model.network)
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        label_bias=np.array(model.bias),
        features=np.frombuffer("\n".join(model.weights).encode(), np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        weights_scale=scale,
        **arrays,
    )


def _topics(lessons: Sequence[Lesson], name: str) -> tuple[str, ...]:
    """All sectors or activities that an event of the lessons has."""
    return tuple(
        sorted({topic for lesson in lessons for event in lesson.gold["events"] for topic in event[name]})
    )


def _add(details: Details, scene: Scene, event: dict[str, Any], number: int) -> None:
    is_status = [status == event["status"] for status in STATUSES]
    details.tables["status"].add(status_features(scene), is_status, number)
    for label, name in (("sector", "sectors"), ("activity", "activities")):
        candidates = topic_candidates(scene, label)
        details.refs[name].append(candidates.likely)
        told = _told(event, name, details.words[name].labels)
        details.words[name].add(theme_features(scene), told, number)
        for ref in candidates.likely:
            optional = event.get(f"{name}_optional", [])
            answer = True if ref in event[name] else None if ref in optional else False
            details.tables[name].add(topic_features(scene, label, ref, candidates), [answer], number)
            details.figures[name].append(topic_figures(scene, label, ref, candidates))
    _add_dates(details.tables["dates"], scene, event, number)


def _told(event: dict[str, Any], name: str, topics: Sequence[str]) -> list[bool | None]:
    """Of each topic whether the event is about it."""
    optional = event.get(f"{name}_optional", [])
    return [None if topic in optional else topic in event[name] for topic in topics]


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
