"""Learned decisions as plain numbers: weights from ``reports/weights/*.json`` and the sums they lead to.

A model is linear: each feature that holds adds its weights to the labels' scores; the logistic function (or
softmax, for labels that exclude each other) makes probabilities of them. ``tools/train_reports.py`` writes
the files.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import DataError
from kg.reports.trees import TreeModel, read_trees


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature, one number a label; features that are not listed weigh nothing."""

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Sum of the bias and the weights by label."""
        numbers, table = self._table
        known = [number for number in map(numbers.get, features) if number is not None]
        # Summand after summand, so that the last bit is the same wherever the sum is made.
        summands = np.empty((len(known) + 1, len(self.labels)))
        summands[0] = self._bias
        table.take(known, axis=0, out=summands[1:], mode="clip")
        sums: list[float] = np.add.reduce(summands, axis=0).tolist()
        return sums

    def _sums(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Sequence[float]] | None = None
    ) -> list[list[float]]:
        """The scores of several candidates at once; ``starts`` are sums made before, the bias with them."""
        if not rows:
            return []
        numbers, table = self._table
        known = [[number for number in map(numbers.get, row) if number is not None] for row in rows]
        # The last row of the table weighs nothing: it fills up the candidates with fewer summands.
        longest, nothing = max(map(len, known)), len(table) - 1
        filled = np.array([row + [nothing] * (longest - len(row)) for row in known], dtype=np.intp)
        summands = np.empty((longest + 1, len(rows), len(self.labels)))
        summands[0] = self._bias if starts is None else starts
        table.take(filled.T, axis=0, out=summands[1:], mode="clip")
        sums: list[list[float]] = np.add.reduce(summands, axis=0).tolist()
        return sums

    @cached_property
    def _table(self) -> tuple[dict[str, int], npt.NDArray[np.float64]]:
        """The row of each feature, all rows, and one of zeros: this is the innermost loop of the program."""
        rows = {feature: number for number, feature in enumerate(self.weights)}
        table = np.zeros((len(rows) + 1, len(self.labels)))
        if rows:
            table[:-1] = list(self.weights.values())
        return rows, table

    @cached_property
    def _bias(self) -> npt.NDArray[np.float64]:
        return np.array(self.bias, dtype=np.float64)

    def probabilities_of(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Sequence[float]] | None = None
    ) -> list[list[float]]:
        """Each label by itself, for each of several candidates: this costs less than one by one."""
        return [[logistic(score) for score in scores] for scores in self._sums(rows, starts)]

    def distribution(self, features: Iterable[str]) -> list[float]:
        """Labels that exclude each other: sums to one."""
        return _shares(self.scores(features))

    def distributions_of(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Sequence[float]]
    ) -> list[list[float]]:
        """The same as ``distribution`` for each of several candidates."""
        return [_shares(scores) for scores in self._sums(rows, starts)]

    def shares(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """Candidates that exclude each other, by the first label: sums to one."""
        return _shares([scores[0] for scores in self._sums(rows)])


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def logistic(score: float) -> float:
    """Turn a score into a probability without overflow."""
    return 1 / (1 + exp(-score)) if score > -700 else 0.0


#: The decisions that are linear, each with a file of its own.
LINEAR = ("roles", "pairs", "kinds", "status", "sectors", "activities", "dates")
#: Those that boosted trees make of the opinions of linear models.
TREES = ("joint", "sector_trees", "activity_trees")


@dataclass(frozen=True, slots=True)
class Models:
    """All decisions of the stage, and the probabilities from which on they count."""

    roles: LinearModel
    pairs: LinearModel
    kinds: LinearModel
    joint: TreeModel
    status: LinearModel
    sectors: LinearModel
    activities: LinearModel
    dates: LinearModel
    sector_trees: TreeModel
    activity_trees: TreeModel
    thresholds: Mapping[str, float]
    #: Steps from the probability of a draft to the share of such drafts that are right.
    calibration: tuple[tuple[float, float], ...] = ()

    def confidence(self, probability: float) -> float:
        """How often a draft of this probability is right (piecewise linear between the steps)."""
        if not self.calibration:
            return probability
        xs, ys = zip(*self.calibration, strict=True)
        index = bisect_right(xs, probability)
        if index in (0, len(xs)):
            return float(ys[min(index, len(ys) - 1)])
        share = (probability - xs[index - 1]) / (xs[index] - xs[index - 1])
        return float(ys[index - 1] + share * (ys[index] - ys[index - 1]))


@cache
def load_models() -> Models:
    """Read the weights that the package ships; raises ``DataError`` when a file is absent."""
    models: dict[str, Any] = {name: _model(_read(name)) for name in LINEAR}
    models |= {name: read_trees(_read(name)) for name in TREES}
    steps = tuple((float(x), float(y)) for x, y in _read("calibration")["steps"])
    return Models(**models, thresholds=_read("thresholds"), calibration=steps)


def _model(data: dict[str, Any]) -> LinearModel:
    weights = {feature: tuple(row) for feature, row in data["weights"].items()}
    return LinearModel(labels=tuple(data["labels"]), weights=weights, bias=tuple(data["bias"]))


def _read(name: str) -> dict[str, Any]:
    source = files("kg.reports").joinpath("weights", f"{name}.json")
    if not source.is_file():
        raise DataError(f"kg/reports/weights/{name}.json is missing. Run: make train")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return data
