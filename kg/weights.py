"""Learned decisions as plain numbers: weights by feature and the sums they lead to.

Each feature that holds adds its weights to the labels' scores; the logistic function (or softmax, for labels
that exclude each other) makes probabilities of them. Beside the weights a model may have a network with one
hidden layer over the same features; then the mean of the two scores counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from itertools import accumulate, chain, pairwise
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import DataError

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
        return self.table.scores([features])[0][0]

    def shares_of(self, features: Sequence[str], label: int) -> tuple[float, list[float]]:
        """What the score of a label is made of: the bias, and what each of the features adds to it.

        Exact, as a network of rectifiers is linear as long as the same units stay on.
        """
        linear = [self.weights[name][label] if name in self.weights else 0.0 for name in features]
        if self.network is None:
            return self.bias[label], linear
        network, units = self.network, slice(len(self.labels), None)
        slopes = np.where(self.table.sums(features)[units] > 0, network.outer[:, label], 0)
        rows = [self.table.row(name)[units] for name in features]
        bias = float(network.bias @ slopes + network.outer_bias[label])
        return _mean(self.bias[label], bias), [
            _mean(one, float(row @ slopes)) for one, row in zip(linear, rows, strict=True)
        ]

    def score_of(self, sums: Figures) -> list[list[float]]:
        """The scores of candidates by what their features add up to: a row a candidate."""
        if self.network is not None:
            sums = _mean(sums[:, : len(self.labels)], self.network.scores(sums[:, len(self.labels) :]))
        scores: list[list[float]] = sums.tolist()
        return scores

    @cached_property
    def table(self) -> FeatureTable:
        """What each feature weighs."""
        return FeatureTable(self)

    def probabilities_of(self, rows: Sequence[Iterable[str]]) -> list[list[float]]:
        """Each label by itself, for each of several candidates: this costs less than one by one."""
        return [probabilities(scores) for scores in self.table.scores(rows)[0]]

    def distributions_of(self, rows: Sequence[Iterable[str]]) -> list[list[float]]:
        """Labels that exclude each other, for each of several candidates: each row sums to one."""
        return [shares(scores) for scores in self.table.scores(rows)[0]]

    def shares(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """Candidates that exclude each other, by the first label: sums to one."""
        return shares([scores[0] for scores in self.table.scores(rows)[0]])


class FeatureTable:
    """What the features weigh in one model, or in several side by side, so that each is looked up once.

    This is the innermost loop of the program. A row has, for each model, the weights of its labels and then
    those of its units.
    """

    def __init__(self, *models: FeatureModel) -> None:
        self._models = models
        names = dict.fromkeys(chain.from_iterable(model.weights for model in models))
        # From 1 on, so that what is not listed is left out at once; row 0 weighs nothing.
        self._rows = {name: row for row, name in enumerate(names, 1)}
        units = [0 if model.network is None else model.network.inner.shape[1] for model in models]
        ends = list(accumulate(len(m.labels) + n for m, n in zip(models, units, strict=True)))
        self._columns = [slice(*edges) for edges in pairwise([0, *ends])]
        self._table = np.zeros((len(self._rows) + 1, ends[-1]), dtype=np.float32)
        self._start = np.zeros(ends[-1], dtype=np.float32)
        for model, columns in zip(models, self._columns, strict=True):
            rows = [self._rows[name] for name in model.weights]
            labels = slice(columns.start, columns.start + len(model.labels))
            self._start[labels] = model.bias
            if rows:
                self._table[rows, labels] = list(model.weights.values())
            if model.network is not None:
                inner = slice(labels.stop, columns.stop)
                self._start[inner] = model.network.bias
                self._table[rows, inner] = model.network.inner

    def row(self, feature: str) -> Figures:
        """What one feature weighs."""
        return np.asarray(self._table[self._rows.get(feature, 0)])

    def _known(self, features: Iterable[str]) -> list[int]:
        return list(filter(None, map(self._rows.get, features)))

    def sums(self, features: Iterable[str], start: Figures | None = None) -> Figures:
        """What features add up to, the bias or a sum made before with them: a start for candidates that share
        them.
        """
        known = self._known(features)
        # Summand after summand, so that the last bit is the same wherever the sum is made.
        summands = np.empty((len(known) + 1, self._table.shape[1]), dtype=np.float32)
        summands[0] = self._start if start is None else start
        self._table.take(known, axis=0, out=summands[1:], mode="clip")
        return np.asarray(np.add.reduce(summands, axis=0))

    def scores(
        self, rows: Sequence[Iterable[str]], starts: Sequence[Figures] | None = None
    ) -> list[list[list[float]]]:
        """Of each model the scores of several candidates; ``starts`` are sums made before, the bias with
        them.
        """
        if not rows:
            return [[] for _ in self._models]
        known = [self._known(row) for row in rows]
        # Row 0 fills up the candidates with fewer summands.
        longest = max(map(len, known))
        filled = np.array([row + [0] * (longest - len(row)) for row in known], dtype=np.intp)
        summands = np.empty((longest + 1, len(rows), self._table.shape[1]), dtype=np.float32)
        summands[0] = self._start if starts is None else starts
        self._table.take(filled.T, axis=0, out=summands[1:], mode="clip")
        sums = np.add.reduce(summands, axis=0)
        return [
            model.score_of(sums[:, columns])
            for model, columns in zip(self._models, self._columns, strict=True)
        ]


def _mean(one: Any, other: Any) -> Any:
    """Of two log-odds; of softmax scores it is the mean of the log-probabilities, up to what both share."""
    return (one + other) / 2


def probabilities(scores: Iterable[float]) -> list[float]:
    """Each score by itself as a probability."""
    return [logistic(score) for score in scores]


def shares(scores: Sequence[float]) -> list[float]:
    """Scores of what excludes each other as probabilities (softmax)."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def logistic(score: float) -> float:
    """Turn a score into a probability without overflow."""
    return 1 / (1 + exp(-score)) if score > -700 else 0.0


def read_model(package: str, name: str) -> FeatureModel:
    """Read a model with its features in one file of arrays, ``weights/<name>.npz`` of the package.

    Raises ``DataError`` when the file is absent, or its network is of other features.
    """
    with read_arrays(package, name) as data:
        rows = data["weights"] / data["weights_steps"]
        features = data["features"].tobytes().decode().split("\n")
        weights = dict(zip(features, map(tuple, rows.tolist()), strict=True))
        network = network_of(data) if "inner" in data else None
        if network is not None and len(network.inner) != len(weights):
            raise DataError(f"{_path(package, name)} has a network of other features. Run: make train")
        labels, bias = tuple(map(str, data["labels"])), tuple(data["label_bias"].tolist())
        return FeatureModel(labels, weights, bias, network)


def network_of(data: Mapping[str, Any]) -> Network:
    """The network that such arrays hold."""
    inner = data["inner"].astype(np.float32) * data["scale"]
    return Network(inner, data["bias"], data["outer"], data["outer_bias"])


@contextmanager
def read_arrays(package: str, name: str) -> Iterator[Any]:
    """Open the arrays; raises ``DataError`` when they are absent."""
    source = files(package).joinpath("weights", f"{name}.npz")
    if not source.is_file():
        raise DataError(f"{_path(package, name)} is missing. Run: make train")
    with as_file(source) as path, np.load(path) as data:
        yield data


def _path(package: str, name: str) -> str:
    return f"{package.replace('.', '/')}/weights/{name}.npz"
