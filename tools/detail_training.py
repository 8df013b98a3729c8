"""Lessons in, the models of details out: sectors, activities, status and date, each from gold events as
drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from learning import Table, fit
from training_data import Lesson

from kg.model import STATUSES
from kg.reports.grouping import Draft
from kg.reports.progress import status_features
from kg.reports.scenes import Scene
from kg.reports.times import date_candidates, date_features
from kg.reports.topics import topic_candidates, topic_features
from kg.reports.weights import LinearModel

#: Inverse penalties, chosen by cross-validation.
STRENGTH = {"status": 0.03, "sectors": 0.1, "activities": 0.1, "dates": 0.1}


def detail_tables(lessons: Sequence[Lesson]) -> dict[str, Table]:
    """The examples of each decision; an example's group is the number of its lesson."""
    tables = {name: Table(("right",)) for name in ("sectors", "activities", "dates")}
    tables["status"] = Table(STATUSES)
    for number, lesson in enumerate(lessons):
        for table in tables.values():
            table.weights[number] = lesson.weight
        for event in lesson.gold["events"]:
            scene = gold_scene(lesson, event)
            if scene is not None:
                _add(tables, scene, event, number)
    return tables


def fit_details(tables: dict[str, Table], groups: Iterable[int]) -> dict[str, LinearModel]:
    """The models, from some of the lessons."""
    kept = set(groups)
    return {
        name: fit(table, table.rows_of(kept), strength=STRENGTH[name], exclusive=name == "status").plain()
        for name, table in tables.items()
    }


def _add(tables: dict[str, Table], scene: Scene, event: dict[str, Any], number: int) -> None:
    is_status = [status == event["status"] for status in STATUSES]
    tables["status"].add(status_features(scene), is_status, number)
    for label, name in (("sector", "sectors"), ("activity", "activities")):
        candidates = topic_candidates(scene, label)
        for ref in candidates:
            optional = event.get(f"{name}_optional", [])
            answer = True if ref in event[name] else None if ref in optional else False
            tables[name].add(topic_features(scene, label, ref, candidates), [answer], number)
    dates = date_candidates(scene)
    for one in dates:
        found = date_features(scene, event["status"], one, dates)
        tables["dates"].add(found, [one.value == event["date"]], number)


def gold_scene(lesson: Lesson, event: dict[str, Any]) -> Scene | None:
    """A gold event as a draft; None when the program finds none of its partners or no passage."""
    wanted = {partner["key"] for partner in event["partners"]}
    partners = frozenset(n for n, key in enumerate(lesson.key_of) if key in wanted)
    passages = sorted(lesson.stated_in(event))
    if not partners or not passages:
        return None
    draft = Draft(event["type"], partners, tuple(passages), 1.0)
    published = lesson.doc.user_data["article"].published
    return Scene(draft, lesson.passages, lesson.partners, published, lesson.lang)
