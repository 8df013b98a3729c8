"""Learn the decisions of the reports stage from gold; write kg/reports/weights/*.json.

``python tools/train_reports.py`` learns from all lessons and writes. With ``--folds 5`` it first measures by
cross-validation over articles, and with ``--only-measure`` it stops there. The same lessons give the same
files.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from learning import Table, fit, fit_trees
from thresholds import choose_details, choose_types
from training_data import GOLD, ROOT, WRITTEN, Lesson, make_lessons, read_gold, read_written

from kg.evaluation import score
from kg.model import EVENT_TYPES, STATUSES, ArticleReports
from kg.records import article_record
from kg.reports import make_reports
from kg.reports.candidates import Pair, make_pairs, make_roles
from kg.reports.details import (
    Scene,
    date_candidates,
    date_features,
    status_features,
    topic_candidates,
    topic_features,
)
from kg.reports.features import pair_features, role_features
from kg.reports.grouping import Draft
from kg.reports.links import FIGURES, Link, Rivals, Scored, join, joint_figures
from kg.reports.trees import write_trees
from kg.reports.weights import LinearModel, Models

WEIGHTS = ROOT / "kg" / "reports" / "weights"
#: Inverse penalties, chosen by cross-validation.
STRENGTH = {
    "roles": 0.1,
    "pairs": 0.1,
    "joint": 1.0,
    "sectors": 0.3,
    "activities": 0.3,
    "status": 0.1,
    "dates": 0.3,
}
THRESHOLDS = {**dict.fromkeys(EVENT_TYPES, 0.2), "sector": 0.4, "activity": 0.3, "date": 0.35}
_INNER = 4


@dataclass
class Prepared:
    """A lesson with its candidates and their features, made once."""

    number: int
    lesson: Lesson
    pairs: list[tuple[Pair, list[str], int, int]]
    roles: list[tuple[int, int, list[str]]]


def prepare(number: int, lesson: Lesson) -> Prepared:
    """Make all candidates; a pair refers to its roles by their place in ``roles``."""
    prepared = Prepared(number, lesson, [], [])
    for roles in make_roles(lesson.passages):
        first = len(prepared.roles)
        index = {role.place.partner: first + n for n, role in enumerate(roles)}
        for role in roles:
            found = role_features(role, lesson.passages, lesson.partners, lesson.lang)
            prepared.roles.append((role.passage.index, role.place.partner, found))
        for pair in make_pairs(roles):
            found = pair_features(pair, lesson.passages, lesson.partners, lesson.lang)
            a, b = pair.first.place.partner, pair.second.place.partner
            prepared.pairs.append((pair, found, index[a], index[b]))
    return prepared


class Answers:
    """What the gold says of partners and pairs in passages."""

    def __init__(self, lesson: Lesson) -> None:
        self.stated: set[tuple[Any, ...]] = set()
        self.somewhere: set[tuple[Any, ...]] = set()
        for event in lesson.gold["events"]:
            keys = sorted({partner["key"] for partner in event["partners"]})
            marks = [*keys, *combinations(keys, 2)]
            self.somewhere.update((mark, event["type"]) for mark in marks)
            for passage in lesson.stated_in(event):
                self.stated.update((mark, event["type"], passage) for mark in marks)
        for event in lesson.gold.get("optional_events", []):
            keys = sorted({partner["key"] for partner in event["partners"]})
            self.somewhere.update((mark, event["type"]) for mark in [*keys, *combinations(keys, 2)])

    def of(self, mark: Any, passage: int) -> list[bool | None]:
        """True where the passage states it, None where only another does or it is optional, else False."""
        return [
            True
            if (mark, kind, passage) in self.stated
            else None
            if (mark, kind) in self.somewhere
            else False
            for kind in EVENT_TYPES
        ]


def pair_mark(lesson: Lesson, key: tuple[int, int]) -> Any:
    """The two gold keys of a pair, None where one is in no gold event or both are one."""
    a, b = (lesson.key_of[number] for number in key)
    return None if a is None or b is None or a == b else tuple(sorted((a, b)))


def link_tables(prepared: Sequence[Prepared]) -> tuple[Table, Table]:
    """The examples of roles and of pairs."""
    roles, pairs = Table(EVENT_TYPES), Table(EVENT_TYPES)
    for item in prepared:
        answers = Answers(item.lesson)
        for passage, partner, found in item.roles:
            roles.add(found, answers.of(item.lesson.key_of[partner], passage), item.number)
        for pair, found, _, _ in item.pairs:
            pairs.add(found, answers.of(pair_mark(item.lesson, pair.key), pair.passage.index), item.number)
    return roles, pairs


def scored_of(item: Prepared, roles: LinearModel, pairs: LinearModel) -> list[Scored]:
    """The same as ``links.score_pairs``, from features that are already made."""
    parts = [roles.probabilities(found) for _, _, found in item.roles]
    return [Scored(pair, pairs.probabilities(found), parts[a], parts[b]) for pair, found, a, b in item.pairs]


def links_of(item: Prepared, models: Models) -> list[Link]:
    """The same as ``links.find_links``."""
    return join(scored_of(item, models.roles, models.pairs), item.lesson.partners, models)


def folds_of(prepared: Sequence[Prepared], count: int, seed: int) -> list[set[int]]:
    """Articles dealt out at random, the same each time."""
    numbers = [item.number for item in prepared]
    random.Random(seed).shuffle(numbers)
    return [set(numbers[start::count]) for start in range(count)]


def train(prepared: Sequence[Prepared]) -> Models:
    """All models; the joint decision learns from what the others say of articles that they have not seen."""
    roles, pairs = link_tables(prepared)
    joint: list[tuple[list[float], bool]] = []
    everything = {item.number for item in prepared}
    for fold in folds_of(prepared, _INNER, seed=7):
        rest = everything - fold
        role_model = fit(roles.subset(rest), strength=STRENGTH["roles"])
        pair_model = fit(pairs.subset(rest), strength=STRENGTH["pairs"])
        for item in prepared:
            if item.number in fold:
                add_joint(joint, item, role_model, pair_model)
    details = detail_tables(prepared)
    return Models(
        roles=fit(roles, strength=STRENGTH["roles"]),
        pairs=fit(pairs, strength=STRENGTH["pairs"]),
        joint=fit_trees(FIGURES, joint),
        status=fit(details["status"], strength=STRENGTH["status"], exclusive=True),
        sectors=fit(details["sector"], strength=STRENGTH["sectors"]),
        activities=fit(details["activity"], strength=STRENGTH["activities"]),
        dates=fit(details["date"], strength=STRENGTH["dates"]),
        thresholds=THRESHOLDS,
    )


def add_joint(
    joint: list[tuple[list[float], bool]], item: Prepared, roles: LinearModel, pairs: LinearModel
) -> None:
    """Examples of the last decision."""
    answers = Answers(item.lesson)
    scored = scored_of(item, roles, pairs)
    rivals = Rivals(scored)
    for one in scored:
        right = answers.of(pair_mark(item.lesson, one.pair.key), one.pair.passage.index)
        for number, answer in enumerate(right):
            if answer is not None:
                joint.append((joint_figures(one, number, rivals, item.lesson.partners), answer))


def detail_tables(prepared: Sequence[Prepared]) -> dict[str, Table]:
    """Examples of sectors, activities, status and date, each from the gold events as drafts."""
    tables = {name: Table(("right",)) for name in ("sector", "activity", "date")}
    tables["status"] = Table(STATUSES)
    for item in prepared:
        for event in item.lesson.gold["events"]:
            scene = gold_scene(item.lesson, event)
            if scene is None:
                continue
            tables["status"].add(
                status_features(scene), [status == event["status"] for status in STATUSES], item.number
            )
            add_topics(tables["sector"], scene, "sector", event, item.number)
            add_topics(tables["activity"], scene, "activity", event, item.number)
            for gap, mention in date_candidates(scene):
                found = date_features(scene, event["status"], gap, mention)
                tables["date"].add(found, [mention.ref == event["date"]], item.number)
    return tables


def add_topics(table: Table, scene: Scene, label: str, event: dict[str, Any], group: int) -> None:
    """Examples of one event's sectors or activities."""
    field = {"sector": "sectors", "activity": "activities"}[label]
    candidates = topic_candidates(scene, label)
    for ref in candidates:
        answer = True if ref in event[field] else None if ref in event.get(f"{field}_optional", []) else False
        table.add(topic_features(scene, label, ref, candidates), [answer], group)


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


def record_of(item: Prepared, models: Models, links: Sequence[Link]) -> dict[str, Any]:
    """The record of one article."""
    lesson = item.lesson
    reports = make_reports(lesson.doc, lesson.passages, lesson.partners, links, models)
    return article_record(ArticleReports(lesson.doc.user_data["article"], reports))


def cross_validate(
    prepared: Sequence[Prepared], count: int, scored: set[str]
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Records of the ``scored`` articles, each by models that have not seen it, and the thresholds they chose."""
    unseen: list[tuple[Prepared, list[Link], Models]] = []
    for fold in folds_of(prepared, count, seed=1):
        models = train([item for item in prepared if item.number not in fold])
        held_out = [item for item in prepared if item.number in fold and item.lesson.gold["id"] in scored]
        unseen += [(item, links_of(item, models), models) for item in held_out]

    def predict(thresholds: Mapping[str, float]) -> list[dict[str, Any]]:
        return [
            record_of(item, replace(models, thresholds=thresholds), links) for item, links, models in unseen
        ]

    types = choose_types([(item.lesson, links) for item, links, _ in unseen])
    chosen = choose_details([item.lesson.gold for item, _, _ in unseen], predict, {**THRESHOLDS, **types})
    return predict(chosen), chosen


def load_thresholds() -> dict[str, float]:
    """The thresholds that were chosen last, so that learning anew need not measure first."""
    path = WEIGHTS / "thresholds.json"
    chosen: dict[str, float] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else THRESHOLDS
    return chosen


def write(models: Models) -> None:
    """One readable file a decision."""
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "joint.json").write_text(json.dumps(write_trees(models.joint)) + "\n", encoding="utf-8")
    for name in ("roles", "pairs", "status", "sectors", "activities", "dates"):
        model: LinearModel = getattr(models, name)
        rows = ",\n".join(
            f"{json.dumps(f, ensure_ascii=False)}:{json.dumps(list(w))}"
            for f, w in sorted(model.weights.items())
        )
        labels, bias = json.dumps(list(model.labels)), json.dumps(list(model.bias))
        text = f'{{"labels":{labels},\n"bias":{bias},\n"weights":{{\n{rows}\n}}}}\n'
        (WEIGHTS / f"{name}.json").write_text(text, encoding="utf-8")
    (WEIGHTS / "thresholds.json").write_text(
        json.dumps(dict(models.thresholds), indent=1) + "\n", encoding="utf-8"
    )


def show(title: str, gold: list[dict[str, Any]], records: list[dict[str, Any]]) -> None:
    """Print the figures."""
    scores = score(gold, records)
    print(title)
    for (name, where), figure in scores.figures.items():
        print(f"  {name:9}{where:4} {figure.f1:.3f}  p {figure.precision:.3f}  r {figure.recall:.3f}")
    print("  status", {where: round(value, 3) for where, value in scores.status.items()})


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only-measure", action="store_true")
    options = parser.parse_args()
    gold = list(read_gold(GOLD / "train.jsonl", GOLD / "train.gold.jsonl"))
    pairs = gold + list(read_written(WRITTEN))
    prepared = [prepare(n, lesson) for n, lesson in enumerate(make_lessons(pairs))]
    thresholds = load_thresholds()
    if options.folds:
        scored = {article.id for article, _ in gold}
        records, thresholds = cross_validate(prepared, options.folds, scored)
        show(f"cross-validation, {options.folds} folds, train gold", [g for _, g in gold], records)
    if not options.only_measure:
        write(replace(train(prepared), thresholds=thresholds))


if __name__ == "__main__":
    main()
