"""Gold and predictions in; out: how far each figure would move, had other such articles been drawn.

The bootstrap (Efron 1979): as many articles as there are, drawn with replacement, many times over. What lies
between the ends of a range may be chance; two versions of the program read the same articles, so that less
than this may be a difference between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.evaluation.scores import Record, score

#: Nine in ten draws lie between the ends of a range.
SHARE: Final = 0.9
_DRAWS: Final = 1000
_ENDS: Final = ((1 - SHARE) / 2, (1 + SHARE) / 2)

Range = tuple[float, float]


def find_ranges(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[tuple[str, str], Range]:
    """The range of each figure by (name, language or "all"): F1, of ``status`` the accuracy."""
    by_id = {record["id"]: record for record in predicted}
    counts: dict[tuple[str, str], list[npt.NDArray[np.int64]]] = {}
    for record in gold:
        for key, row in _counts_of(record, by_id).items():
            counts.setdefault(key, []).append(np.array(row))
    return {key: _range(np.array(rows)) for key, rows in counts.items()}


def _counts_of(record: Record, by_id: Mapping[str, Record]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """The counts of one article by figure: true, false and missed; of status right and twice wrong."""
    scores = score([record], [by_id[record["id"]]] if record["id"] in by_id else [])
    found = {key: (one.true, one.false, one.missed) for key, one in scores.figures.items()}
    for where, events in scores.matched.items():
        right = round(scores.status[where] * events)
        found["status", where] = (right, (events - right), (events - right))
    return found


def _range(rows: npt.NDArray[np.int64]) -> Range:
    random = np.random.default_rng(0)
    drawn = random.integers(len(rows), size=(_DRAWS, len(rows)))
    true, false, missed = rows[drawn].sum(axis=1).T
    # With as many false as missed this is the accuracy.
    figures = 2 * true / np.maximum(2 * true + false + missed, 1)
    low, high = np.quantile(figures, _ENDS)
    return float(low), float(high)
