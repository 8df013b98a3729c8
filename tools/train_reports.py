"""Learn the decisions of the reports stage from gold; write kg/reports/weights.

``python tools/train_reports.py`` learns from all lessons and writes. ``--measure`` first measures by
cross-validation over articles, chooses the thresholds by it, and writes the figures to measured.json beside
the weights. The same lessons give the same files.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from blinding import blinded
from detail_training import Details, detail_tables, fit_details
from learning import write_model
from link_training import FOLDS, LinkTraining
from names_training import unseen
from sklearn.isotonic import IsotonicRegression
from thresholds import choose_article, choose_details, choose_types
from training_data import (
    ROOT,
    WRITTEN,
    Lesson,
    make_lessons,
    read_all_gold,
    read_written,
    with_cuts,
)

from kg.evaluation import Scores, align, give_keys, score
from kg.model import EVENT_TYPES, ArticleReports
from kg.records import article_record
from kg.reports import make_reports, make_scenes
from kg.reports.links import Link, is_likely, join
from kg.reports.times import weigh_date
from kg.reports.topics import take_topics, weigh_topics
from kg.reports.trees import write_trees
from kg.reports.weights import BY_FEATURES, TOPIC_TREES, WORDS, Models

WEIGHTS = ROOT / "kg" / "reports" / "weights"
_DEFAULTS = {
    **dict.fromkeys(EVENT_TYPES, 0.2),
    "sector": 0.4,
    "first-sector": 0.2,
    "activity": 0.3,
    "first-activity": 0.3,
    "date": 0.35,
    "article": 0.0,
}


def train(
    links: LinkTraining,
    details: Details,
    thresholds: Mapping[str, float],
    *,
    without: int | None = None,
) -> Models:
    """All models, from all folds but one."""
    left_out = [] if without is None else [without]
    kept = [fold for number, fold in enumerate(links.folds) if number != without]
    roles, pairs, kinds = (fitted.plain() for fitted in links.models(left_out))
    return Models(
        roles=roles,
        pairs=pairs,
        kinds=kinds,
        joint=links.trees(left_out),
        **fit_details(details, kept),
        thresholds=thresholds,
        calibration=(),
    )


def cross_validate(
    links: LinkTraining, details: Details, scored: set[str]
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Records of the ``scored`` articles by models that have not seen them, and the thresholds chosen."""
    unseen: list[tuple[Lesson, list[Link], Models]] = []
    for number, fold in enumerate(links.folds):
        models = train(links, details, _DEFAULTS, without=number)
        fitted = links.models([number])
        for index in sorted(fold):
            lesson = links.lessons[index]
            if lesson.gold["id"] in scored:
                likely = [
                    one for one in links.scored(index, fitted) if is_likely(one.pair, one.first, one.second)
                ]
                found = join(likely, lesson.partners, models)
                unseen.append((details.lessons[index], found, models))

    types = choose_types([(lesson, found) for lesson, found, _ in unseen])
    weighed = [Weighed(lesson, found, models, {**_DEFAULTS, **types}) for lesson, found, models in unseen]

    def predict(thresholds: Mapping[str, float]) -> list[dict[str, Any]]:
        return [one.record(thresholds) for one in weighed]

    gold = [lesson.gold for lesson, _, _ in unseen]
    types["article"] = choose_article(gold, predict, {**_DEFAULTS, **types})
    chosen = choose_details(gold, predict, {**_DEFAULTS, **types})
    return predict(chosen), chosen


class Weighed:
    """One article's record with all that thresholds choose from, weighed once."""

    def __init__(
        self,
        lesson: Lesson,
        links: Sequence[Link],
        models: Models,
        types: Mapping[str, float],
    ) -> None:
        scenes = make_scenes(lesson.doc, lesson.passages, lesson.partners, links, types)
        self._record = record_of(lesson, links, replace(models, thresholds={**types, "article": 0.0}))
        self._surest = max((scene.draft.probability for scene in scenes), default=0.0)
        self._sure = [scene.draft.probability for scene in scenes]
        self._topics = weigh_topics(scenes, models)
        self._dates = [
            weigh_date(scene, event["status"], models)
            for scene, event in zip(scenes, self._record["events"], strict=True)
        ]

    def record(self, thresholds: Mapping[str, float]) -> dict[str, Any]:
        """The record as these thresholds make it."""
        if self._surest < thresholds["article"]:
            return {**self._record, "events": []}
        events = [
            {
                **event,
                "sectors": take_topics(sectors, "sector", thresholds, sure),
                "activities": take_topics(activities, "activity", thresholds, sure),
                "date": date[1].value if date and date[0] >= thresholds["date"] else None,
            }
            for event, sure, sectors, activities, date in zip(
                self._record["events"],
                self._sure,
                self._topics["sector"],
                self._topics["activity"],
                self._dates,
                strict=True,
            )
        ]
        return {**self._record, "events": events}


def record_of(lesson: Lesson, links: Sequence[Link], models: Models) -> dict[str, Any]:
    """The record of one article."""
    reports = make_reports(lesson.doc, lesson.passages, lesson.partners, links, models)
    return article_record(ArticleReports(lesson.doc.user_data["article"], reports))


def write(models: Models) -> None:
    """One file a decision: models by features as arrays, the rest as text."""
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    _write("joint", json.dumps(write_trees(models.joint)))
    for label, name in WORDS.items():
        write_model(models.words[label], WEIGHTS / f"{name}.npz")
        _write(TOPIC_TREES[label], json.dumps(write_trees(models.topics[label])))
    _write("calibration", json.dumps({"steps": models.calibration}))
    _write("thresholds", json.dumps(dict(models.thresholds), indent=1))
    for name in BY_FEATURES:
        # ``Fitted.plain`` rounds to thousandths.
        write_model(getattr(models, name), WEIGHTS / f"{name}.npz", steps=1000)


def _write(name: str, text: str) -> None:
    (WEIGHTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def load_thresholds() -> dict[str, float]:
    """The thresholds that were chosen last, so that learning anew need not measure first."""
    path = WEIGHTS / "thresholds.json"
    chosen: dict[str, float] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else _DEFAULTS
    return chosen


def load_calibration() -> tuple[tuple[float, float], ...]:
    """The steps that were learned last."""
    path = WEIGHTS / "calibration.json"
    return tuple(map(tuple, json.loads(path.read_text(encoding="utf-8"))["steps"])) if path.is_file() else ()


def calibrate(
    gold: Sequence[dict[str, Any]], records: Sequence[dict[str, Any]]
) -> tuple[tuple[float, float], ...]:
    """Steps from probability to the share that is right, by isotonic regression (Zadrozny and Elkan 2002)."""
    by_id = {record["id"]: record for record in records}
    said, right = [], []
    for item in gold:
        events = by_id[item["id"]]["events"]
        wanted = [*item["events"], *item.get("optional_events", [])]
        give_keys(wanted, events)
        hits = {number for _, number in align(wanted, events)}
        said += [event["confidence"] for event in events]
        right += [float(number in hits) for number in range(len(events))]
    model = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(said, right)
    points = [round(0.05 * step, 2) for step in range(1, 20)]
    return tuple((x, round(float(y), 3)) for x, y in zip(points, model.predict(points), strict=True))


def plain_figures(scores: Scores) -> dict[str, float]:
    """All F1 values and status accuracies by name."""
    found = {f"{name}:{where}": round(figure.f1, 4) for (name, where), figure in scores.figures.items()}
    return {
        **found,
        **{f"status:{where}": round(value, 4) for where, value in scores.status.items()},
    }


def show(title: str, scores: Scores) -> None:
    """Print the figures."""
    print(title)
    for (name, where), figure in scores.figures.items():
        print(f"  {name:9}{where:4} {figure.f1:.3f}  p {figure.precision:.3f}  r {figure.recall:.3f}")
    print("  status", {where: round(value, 3) for where, value in scores.status.items()})


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    gold = read_all_gold()
    lessons = make_lessons(gold + list(read_written(WRITTEN)), unseen)
    links = LinkTraining(with_cuts(lessons))
    details = detail_tables(blinded(links.lessons))
    thresholds = load_thresholds()
    steps = load_calibration()
    if options.measure:
        records, thresholds = cross_validate(links, details, {article.id for article, _ in gold})
        scores = score([record for _, record in gold], records)
        show(f"cross-validation, {FOLDS} folds, all gold to learn from", scores)
        steps = calibrate([record for _, record in gold], records)
        _write(
            "measured",
            json.dumps(
                {
                    "folds": FOLDS,
                    "articles": len(gold),
                    "figures": plain_figures(scores),
                },
                indent=1,
            ),
        )
    write(replace(train(links, details, thresholds), calibration=steps))


if __name__ == "__main__":
    main()
