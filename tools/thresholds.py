"""Cross-validated predictions in, thresholds out: from which probability on a decision counts.

Types are tried one by one for the F1 of (partner, type); then sectors for the triple F1, activities and
dates for theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from training_data import Lesson

from kg.evaluation import Figure, score
from kg.model import EVENT_TYPES
from kg.reports.links import Link

#: Tried from low to high; of equals the lowest is taken.
GRID = tuple(round(0.08 + 0.02 * step, 2) for step in range(24))
#: What the partner F1 may lose so that articles without events stay without.
_COST = 0.002
_DETAILS = {"sector": "triple", "activity": "activity", "date": "date"}


def choose_types(predicted: Sequence[tuple[Lesson, Sequence[Link]]]) -> dict[str, float]:
    """The threshold of each type of event: half way between its own best and the best for all together.

    The best of each type alone holds less well on other articles: partner F1 0.612 against 0.617.
    """
    counts = {kind: [_figure(predicted, kind, least) for least in GRID] for kind in EVENT_TYPES}
    together = [_sum(figures) for figures in zip(*counts.values(), strict=True)]
    best = {kind: _best(figures) for kind, figures in counts.items()}
    return {kind: round((best[kind] + _best(together)) / 2, 2) for kind in EVENT_TYPES}


def _best(figures: Sequence[Figure]) -> float:
    return max(zip(figures, GRID, strict=True), key=lambda item: (item[0].f1, -item[1]))[1]


def _sum(figures: Iterable[Figure]) -> Figure:
    return Figure(*map(sum, zip(*((one.true, one.false, one.missed) for one in figures), strict=True)))


def _figure(predicted: Iterable[tuple[Lesson, Sequence[Link]]], kind: str, least: float) -> Figure:
    true = false = missed = 0
    for lesson, links in predicted:
        gold = _keys(lesson.gold["events"], kind)
        free = _keys(lesson.gold.get("optional_events", []), kind)
        found = {
            lesson.key_of[number] or f"?{number}"
            for link in links
            if link.type == kind and link.probability >= least
            for number in link.pair
        }
        true += len(gold & found)
        false += len(found - gold - free)
        missed += len(gold - found)
    return Figure(true, false, missed)


def _keys(events: Iterable[Mapping[str, Any]], kind: str) -> set[str]:
    return {partner["key"] for event in events if event["type"] == kind for partner in event["partners"]}


def choose_article(
    gold: Sequence[dict[str, Any]],
    predict: Callable[[Mapping[str, float]], list[dict[str, Any]]],
    thresholds: Mapping[str, float],
) -> float:
    """From which probability of its surest event on an article tells of events at all.

    The highest that costs next to nothing: what it saves are reports on articles without events.
    """
    results = {}
    for step in range(13):
        least = round(0.05 * step, 2)
        figures = score(gold, predict({**thresholds, "article": least})).figures
        results[least] = figures["partner", "all"].f1
    return max(least for least, f1 in results.items() if f1 >= max(results.values()) - _COST)


def choose_details(
    gold: Sequence[dict[str, Any]],
    predict: Callable[[Mapping[str, float]], list[dict[str, Any]]],
    thresholds: Mapping[str, float],
) -> dict[str, float]:
    """The best thresholds of sectors, activities and dates, given those of the types.

    A threshold is judged with its neighbours: the best by itself is often best by chance.
    """
    chosen = dict(thresholds)
    tried: dict[str, dict[float, float]] = defaultdict(dict)
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        records = predict({**chosen, **dict.fromkeys(_DETAILS, least)})
        figures = score(gold, records).figures
        for name, figure in _DETAILS.items():
            tried[name][least] = figures[figure, "all"].f1
    for name, results in tried.items():
        chosen[name] = _best_of(results)
    for name in ("first-sector", "first-activity"):
        detail = name.removeprefix("first-")
        results = {}
        for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
            figures = score(gold, predict({**chosen, name: least})).figures
            results[least] = figures[_DETAILS[detail], "all"].f1
        chosen[name] = _best_of(results)
    return chosen


def _best_of(results: Mapping[float, float]) -> float:
    """The threshold whose neighbourhood is best: its figure counts twice, that of each neighbour once."""
    tried = sorted(results)
    figures = [results[least] for least in tried]
    ends = [figures[0], *figures, figures[-1]]
    around = [ends[n] + 2 * ends[n + 1] + ends[n + 2] for n in range(len(tried))]
    return tried[around.index(max(around))]
