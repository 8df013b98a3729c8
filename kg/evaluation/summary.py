"""All that is measured of one gold set, as one value and as plain JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from kg.evaluation.calibration import Calibration, calibrate
from kg.evaluation.chance import Range, find_ranges
from kg.evaluation.comparisons import Comparison, compare_all
from kg.evaluation.identity import BCubed, Clusters, Identity, score_identity
from kg.evaluation.mistakes import Mistake, count_mistakes, find_mistakes
from kg.evaluation.names import ALL, NameFigures, score_names
from kg.evaluation.negatives import Negatives, count_negatives
from kg.evaluation.scores import Figure, Record, Scores, score

#: More than is shown, so that a figure that is rounded for showing was not rounded before.
_DIGITS: Final = 6

FIGURES: Final = ("triple", "partner", "event", "edge", "status", "activity", "date")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures and mistakes; ``names`` and ``identity`` are None where what they compare is not known.

    ``ranges``: how far the figures of ``scores`` move with the articles that are drawn.
    """

    articles: Mapping[str, int]
    scores: Scores
    ranges: Mapping[tuple[str, str], Range]
    names: NameFigures | None
    negatives: Negatives
    calibration: Calibration
    identity: Identity | None
    comparisons: tuple[Comparison, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def languages(self) -> list[str]:
        """ "all" and the languages of the gold."""
        return list(self.articles)


def evaluate(
    gold: Sequence[Record],
    predicted: Sequence[Record],
    *,
    named: Mapping[str, Sequence[Record]] | None = None,
    clusters: Clusters | None = None,
) -> Evaluation:
    """Measure everything.

    ``named``: all partners found in each article, by its id; ``clusters``: gold events that are one,
    compared with the ``event`` of the predicted ones.
    """
    comparisons = tuple(compare_all(gold, predicted, named))
    counts = Counter(item.lang for item in comparisons)
    knows_events = any("event" in event for record in predicted for event in record.get("events", ()))
    return Evaluation(
        articles={ALL: len(comparisons)} | {lang: counts[lang] for lang in sorted(counts)},
        scores=score(gold, predicted),
        ranges=find_ranges(gold, predicted),
        names=None if named is None else score_names(gold, named),
        negatives=count_negatives(comparisons),
        calibration=calibrate(comparisons),
        identity=score_identity(gold, clusters, predicted) if clusters and knows_events else None,
        comparisons=comparisons,
        mistakes=tuple(mistake for item in comparisons for mistake in find_mistakes(item)),
    )


def as_record(evaluation: Evaluation) -> Record:
    """All figures as plain values, rounded to four decimals."""
    negatives, calibration = evaluation.negatives, evaluation.calibration
    return {
        "articles": evaluation.articles[ALL],
        "articles_by_language": dict(evaluation.articles),
        "scores": scores_record(evaluation.scores),
        "ranges": ranges_record(evaluation.ranges),
        "names": _names_record(evaluation),
        "negatives": {**asdict(negatives), "per_article": round(negatives.per_article, _DIGITS)},
        "calibration": {
            "error": round(calibration.error, _DIGITS),
            "brier": round(calibration.brier, _DIGITS),
            "bins": [
                {
                    "low": item.low,
                    "high": item.high,
                    "reports": item.reports,
                    "right": item.right,
                    "confidence": round(item.confidence, _DIGITS),
                }
                for item in calibration.bins
            ],
        },
        "identity": identity_record(evaluation.identity) if evaluation.identity else None,
        "mistakes": [
            {"kind": kind, "side": side, ALL: sum(counts.values()), **dict(sorted(counts.items()))}
            for (kind, side), counts in count_mistakes(evaluation.mistakes).items()
        ],
    }


def scores_record(scores: Scores) -> dict[str, Any]:
    """The figures of the scorer: language -> figure -> precision, recall, F1 (status: accuracy, events)."""
    languages = [ALL, *sorted({where for _, where in scores.figures} - {ALL})]
    record: dict[str, Any] = {}
    for where in languages:
        status = {
            "accuracy": round(scores.status.get(where, 0.0), _DIGITS),
            "events": scores.matched.get(where, 0),
        }
        record[where] = {
            name: status if name == "status" else figure_record(scores.figures[name, where])
            for name in FIGURES
        }
    return record


def ranges_record(ranges: Mapping[tuple[str, str], Range]) -> dict[str, Any]:
    """The ranges: language -> figure -> [low, high]."""
    record: dict[str, Any] = {}
    for (name, where), ends in sorted(ranges.items()):
        record.setdefault(where, {})[name] = [round(end, _DIGITS) for end in ends]
    return record


def figure_record(figure: Figure) -> dict[str, float]:
    """Precision, recall and F1."""
    return {
        "precision": round(figure.precision, _DIGITS),
        "recall": round(figure.recall, _DIGITS),
        "f1": round(figure.f1, _DIGITS),
    }


def identity_record(identity: Identity) -> dict[str, Any]:
    """B-cubed precision, recall and F1 with the number of events."""

    def one(value: BCubed) -> dict[str, float]:
        rounded = {name: round(getattr(value, name), _DIGITS) for name in ("precision", "recall", "f1")}
        return {**rounded, "events": value.items}

    return {"all": one(identity.everything), "in clusters": one(identity.clustered)}


def _names_record(evaluation: Evaluation) -> Record | None:
    names = evaluation.names
    if names is None:
        return None
    by_kind: dict[str, dict[str, Any]] = {}
    for (kind, where), figure in names.figures.items():
        counts = {"found": figure.true, "missed": figure.missed, "other": figure.false}
        by_kind.setdefault(kind, {})[where] = figure_record(figure) | counts
    return {"kind_accuracy": round(names.kind_accuracy, _DIGITS), "figures": by_kind}
