"""Cross-validated predictions in, thresholds out: from which probability on a decision counts.

The best threshold on these articles is in good part chance. So articles are drawn anew with replacement, many
times; what counts is the mean of the thresholds that are best on each draw (bagging, Breiman 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from training_data import Lesson

from kg.evaluation import score
from kg.model import EVENT_TYPES
from kg.reports.links import Link

#: For each threshold tried and each article what is found rightly, found wrongly and missed.
Counts = npt.NDArray[np.int64]
Predict = Callable[[Mapping[str, float]], Sequence[dict[str, Any]]]

_TYPES = tuple(round(0.08 + 0.02 * step, 2) for step in range(24))
_ARTICLE = tuple(round(0.05 * step, 2) for step in range(13))
_DETAIL = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_FIRST = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
#: What the partner F1 may lose so that articles without events stay without.
_COST = 0.002
#: The figure that each threshold of a detail is chosen for.
_DETAILS = {"sector": "triple", "activity": "activity", "date": "date"}
_DRAWS = 400


def choose_types(predicted: Sequence[tuple[Lesson, Sequence[Link]]]) -> dict[str, float]:
    """The threshold of each type of event: half way between its own best and the best for all together.

    The best of each type alone holds less well on other articles: partner F1 0.612 against 0.617.
    """
    counts = {kind: _count_partners(predicted, kind) for kind in EVENT_TYPES}
    together = steadiest(_TYPES, np.sum(list(counts.values()), axis=0))
    return {kind: round((steadiest(_TYPES, own) + together) / 2, 2) for kind, own in counts.items()}


def steadiest(tried: Sequence[float], counts: Counts) -> float:
    """The mean of the thresholds with the highest F1 on each draw of articles; of equals the lowest."""
    articles = counts.shape[1]
    drawn = np.random.default_rng(1).multinomial(articles, [1 / articles] * articles, size=_DRAWS)
    best = np.argmax(_f1(np.einsum("taf,da->dtf", counts, drawn)), axis=1)
    return float(np.mean(np.asarray(tried)[best]))


def _f1(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    true, false, missed = np.moveaxis(counts, -1, 0)
    return np.asarray(2 * true / np.maximum(2 * true + false + missed, 1))


def _count_partners(predicted: Iterable[tuple[Lesson, Sequence[Link]]], kind: str) -> Counts:
    return np.array([_of_article(lesson, links, kind) for lesson, links in predicted]).swapaxes(0, 1)


def _of_article(lesson: Lesson, links: Sequence[Link], kind: str) -> list[tuple[int, int, int]]:
    gold = _keys(lesson.gold["events"], kind)
    free = _keys(lesson.gold.get("optional_events", []), kind)
    surest: dict[str, float] = {}
    for link in links:
        if link.type == kind:
            for number in link.pair:
                key = lesson.key_of[number] or f"?{number}"
                surest[key] = max(surest.get(key, 0.0), link.probability)
    counted = []
    for least in _TYPES:
        found = {key for key, probability in surest.items() if probability >= least}
        counted.append((len(gold & found), len(found - gold - free), len(gold - found)))
    return counted


def _keys(events: Iterable[Mapping[str, Any]], kind: str) -> set[str]:
    return {partner["key"] for event in events if event["type"] == kind for partner in event["partners"]}


def choose_article(
    gold: Sequence[dict[str, Any]], predict: Predict, thresholds: Mapping[str, float]
) -> float:
    """From which probability of its surest event on an article tells of events at all.

    The highest that costs next to nothing: what it saves are reports on articles without events.
    """
    records = [predict({**thresholds, "article": least}) for least in _ARTICLE]
    totals = _f1(_count(gold, records, ["partner"])["partner"].sum(axis=1))
    return max(least for least, f1 in zip(_ARTICLE, totals, strict=True) if f1 >= totals.max() - _COST)


def choose_details(
    gold: Sequence[dict[str, Any]], predict: Predict, thresholds: Mapping[str, float]
) -> dict[str, float]:
    """The thresholds of sectors, activities and dates, given those of the types."""
    records = [predict({**thresholds, **dict.fromkeys(_DETAILS, least)}) for least in _DETAIL]
    counts = _count(gold, records, _DETAILS.values())
    chosen = dict(thresholds)
    for name, figure in _DETAILS.items():
        chosen[name] = round(steadiest(_DETAIL, counts[figure]), 2)
    for name in ("sector", "activity"):
        records = [predict({**chosen, f"first-{name}": least}) for least in _FIRST]
        counts = _count(gold, records, [_DETAILS[name]])
        chosen[f"first-{name}"] = round(steadiest(_FIRST, counts[_DETAILS[name]]), 2)
    return chosen


def _count(
    gold: Sequence[dict[str, Any]], tried: Sequence[Sequence[dict[str, Any]]], figures: Iterable[str]
) -> dict[str, Counts]:
    """The counts of some figures, of records by each threshold tried."""
    scored = [
        [score([wanted], [found]).figures for wanted, found in zip(gold, records, strict=True)]
        for records in tried
    ]
    return {
        name: np.array(
            [
                [(one[name, "all"].true, one[name, "all"].false, one[name, "all"].missed) for one in row]
                for row in scored
            ]
        )
        for name in figures
    }
