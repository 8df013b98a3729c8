"""Learned decisions as plain numbers: weights from ``reports/weights`` and the sums they lead to.

Each feature that holds adds its weights to the labels' scores; the logistic function (or softmax, for labels
that exclude each other) makes probabilities of them. Beside the weights a model may have a network with one
hidden layer over the same features; then the mean of the two scores counts. ``tools/train_reports.py`` writes
the files.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import DataError
from kg.reports.trees import TreeModel, read_trees

Figures = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Network:
    """A layer of rectifiers between features and labels (Glorot et al. 2011).

    ``inner`` has a row a feature, in the order of the model's weights, and a column a unit; ``outer`` a row a
    unit and a column a label.
    """

    inner: Figures
    bias: Figures
    outer: Figures
    outer_bias: Figures

    def scores(self, sums: Figures) -> Figures:
        """The labels' scores by what the features add to the units: a row a candidate in both."""
        units = np.maximum(sums, 0)
        # Not by a library of matrices, whose last bit differs from machine to machine.
        return np.asarray(np.add.reduce(units[:, :, None] * self.outer, axis=1) + self.outer_bias)


@dataclass(frozen=True, eq=False)
class FeatureModel:
    """Weights by feature, one number a label; features that are not listed weigh nothing."""

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]
    network: Network | None = None

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score of each label."""
        return self._scores([features])[0]

    def sums(self, features: Iterable[str], start: Figures | None = None) -> Figures:
        """What features add up to, the bias or a sum made before with them: a start for candidates that share
        them.
        """
        numbers, table = self._table
        known = [number for number in map(numbers.get, features) if number is not None]
        # Summand after summand, so that the last bit is the same wherever the sum is made.
        summands = np.empty((len(known) + 1, table.shape[1]), dtype=np.float32)
        summands[0] = self._start if start is None else start
        table.take(known, axis=0, out=summands[1:], mode="clip")
        return np.asarray(np.add.reduce(summands, axis=0))

    def _scores(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Figures] | None = None
    ) -> list[list[float]]:
        """The scores of several candidates at once; ``starts`` are sums made before, the bias with them."""
        if not rows:
            return []
        numbers, table = self._table
        known = [[number for number in map(numbers.get, row) if number is not None] for row in rows]
        # The last row of the table weighs nothing: it fills up the candidates with fewer summands.
        longest, nothing = max(map(len, known)), len(table) - 1
        filled = np.array([row + [nothing] * (longest - len(row)) for row in known], dtype=np.intp)
        summands = np.empty((longest + 1, len(rows), table.shape[1]), dtype=np.float32)
        summands[0] = self._start if starts is None else starts
        table.take(filled.T, axis=0, out=summands[1:], mode="clip")
        sums = np.add.reduce(summands, axis=0)
        if self.network is not None:
            sums = _mean(sums[:, : len(self.labels)], self.network.scores(sums[:, len(self.labels) :]))
        scores: list[list[float]] = sums.tolist()
        return scores

    def shares_of(self, features: Sequence[str], label: int) -> tuple[float, list[float]]:
        """What the score of a label is made of: the bias, and what each of the features adds to it.

        Exact, as a network of rectifiers is linear as long as the same units stay on.
        """
        linear = [self.weights[name][label] if name in self.weights else 0.0 for name in features]
        if self.network is None:
            return self.bias[label], linear
        numbers, table = self._table
        network, units = self.network, slice(len(self.labels), None)
        slopes = np.where(self.sums(features)[units] > 0, network.outer[:, label], 0)
        # The last row of the table is that of features which are not listed.
        rows = [table[numbers.get(name, -1), units] for name in features]
        bias = float(network.bias @ slopes + network.outer_bias[label])
        return _mean(self.bias[label], bias), [
            _mean(one, float(row @ slopes)) for one, row in zip(linear, rows, strict=True)
        ]

    @cached_property
    def _table(self) -> tuple[dict[str, int], Figures]:
        """The row of each feature, all rows, and one of zeros: this is the innermost loop of the program.

        A row has the weights of the labels, then those of the units.
        """
        rows = {feature: number for number, feature in enumerate(self.weights)}
        units = 0 if self.network is None else self.network.inner.shape[1]
        table = np.zeros((len(rows) + 1, len(self.labels) + units), dtype=np.float32)
        if rows:
            table[:-1, : len(self.labels)] = list(self.weights.values())
        if self.network is not None:
            table[:-1, len(self.labels) :] = self.network.inner
        return rows, table

    @cached_property
    def _start(self) -> Figures:
        units = () if self.network is None else self.network.bias
        return np.array([*self.bias, *units], dtype=np.float32)

    def probabilities_of(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Figures] | None = None
    ) -> list[list[float]]:
        """Each label by itself, for each of several candidates: this costs less than one by one."""
        return [[logistic(score) for score in scores] for scores in self._scores(rows, starts)]

    def distribution(self, features: Iterable[str]) -> list[float]:
        """Labels that exclude each other: sums to one."""
        return _shares(self.scores(features))

    def distributions_of(self, rows: Sequence[Iterable[str]], starts: Sequence[Figures]) -> list[list[float]]:
        """The same as ``distribution`` for each of several candidates."""
        return [_shares(scores) for scores in self._scores(rows, starts)]

    def shares(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """Candidates that exclude each other, by the first label: sums to one."""
        return _shares([scores[0] for scores in self._scores(rows)])


def _mean(one: Any, other: Any) -> Any:
    """Of two log-odds; of softmax scores it is the mean of the log-probabilities, up to what both share."""
    return (one + other) / 2


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def logistic(score: float) -> float:
    """Turn a score into a probability without overflow."""
    return 1 / (1 + exp(-score)) if score > -700 else 0.0


#: The decisions by features, each with a file of its own, and those of them that have a network.
BY_FEATURES = ("roles", "pairs", "kinds", "status", "sectors", "activities", "dates")
NETWORKS = frozenset({"roles", "pairs", "kinds", "status"})
#: Those that boosted trees make of the opinions of the others.
TREES = ("joint", "sector_trees", "activity_trees")


@dataclass(frozen=True, slots=True)
class Models:
    """All decisions of the stage, and the probabilities from which on they count."""

    roles: FeatureModel
    pairs: FeatureModel
    kinds: FeatureModel
    joint: TreeModel
    status: FeatureModel
    sectors: FeatureModel
    activities: FeatureModel
    dates: FeatureModel
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
    models: dict[str, Any] = {name: _model(name) for name in BY_FEATURES}
    models |= {name: read_trees(_read(name)) for name in TREES}
    steps = tuple((float(x), float(y)) for x, y in _read("calibration")["steps"])
    return Models(**models, thresholds=_read("thresholds"), calibration=steps)


def _model(name: str) -> FeatureModel:
    data = _read(name)
    weights = {feature: tuple(row) for feature, row in data["weights"].items()}
    network = _network(name, len(weights)) if name in NETWORKS else None
    return FeatureModel(tuple(data["labels"]), weights, tuple(data["bias"]), network)


def _network(name: str, features: int) -> Network:
    source = files("kg.reports").joinpath("weights", f"{name}.npz")
    if not source.is_file():
        raise DataError(f"kg/reports/weights/{name}.npz is missing. Run: make train")
    with as_file(source) as path, np.load(path) as data:
        inner = data["inner"].astype(np.float32) * data["scale"]
        network = Network(inner, data["bias"], data["outer"], data["outer_bias"])
    if len(inner) != features:
        raise DataError(f"kg/reports/weights/{name}.npz does not belong to {name}.json. Run: make train")
    return network


def _read(name: str) -> dict[str, Any]:
    source = files("kg.reports").joinpath("weights", f"{name}.json")
    if not source.is_file():
        raise DataError(f"kg/reports/weights/{name}.json is missing. Run: make train")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return data
