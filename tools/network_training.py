"""Rows of features in, a network with one hidden layer out.

Trained by Adam (Kingma and Ba 2015) with features and units left out at random (Srivastava et al. 2014), so
that it leans on no single word. The same rows give the same network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from kg.weights import Figures, Network

Order = npt.NDArray[np.int64]

_DECAY, _SPREAD = 0.9, 0.999
_TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained; chosen by cross-validation."""

    epochs: int
    units: int = 32
    #: So many examples make one step.
    batch: int = 1024
    #: The step of the first epoch; it sinks to nothing in the last.
    rate: float = 2e-3
    penalty: float = 1e-4
    features_left_out: float = 0.3
    units_left_out: float = 0.3


def fit_network(
    matrix: csr_matrix, answers: Figures, counted: Figures, recipe: Recipe, *, exclusive: bool
) -> Network:
    """Fit labels by features: ``answers`` and how much each of them counts have a row an example."""
    with threadpool_limits(1, "blas"):
        return _Training(matrix.astype(np.float32), answers, counted, recipe, exclusive).network()


class _Training:
    def __init__(
        self, matrix: csr_matrix, answers: Figures, counted: Figures, recipe: Recipe, exclusive: bool
    ) -> None:
        self._matrix, self._answers, self._counted = matrix, answers, counted
        self._recipe, self._exclusive = recipe, exclusive
        self._random = np.random.default_rng(0)
        labels = answers.shape[1]
        inner = self._random.standard_normal((matrix.shape[1], recipe.units)) * 0.05
        outer = self._random.standard_normal((recipe.units, labels)) / np.sqrt(recipe.units)
        bias, outer_bias = np.zeros(recipe.units), np.full(labels, 0.0 if exclusive else -2.0)
        self._weights = [array.astype(np.float32) for array in (inner, bias, outer, outer_bias)]

    def network(self) -> Network:
        """Train it."""
        means, squares = ([np.zeros_like(array) for array in self._weights] for _ in range(2))
        for step, (rows, rate) in enumerate(self._batches(), start=1):
            slopes = self._slopes(rows)
            for array, slope, mean, square in zip(self._weights, slopes, means, squares, strict=True):
                mean *= _DECAY
                mean += (1 - _DECAY) * slope
                square *= _SPREAD
                square += (1 - _SPREAD) * slope * slope
                scale = np.sqrt(square / (1 - _SPREAD**step)) + _TINY
                array -= rate * (mean / (1 - _DECAY**step)) / scale
        return Network(*self._weights)

    def _batches(self) -> Iterator[tuple[Order, float]]:
        recipe = self._recipe
        for epoch in range(recipe.epochs):
            order = self._random.permutation(self._matrix.shape[0])
            rate = recipe.rate * (1 - epoch / recipe.epochs)
            for start in range(0, len(order), recipe.batch):
                yield order[start : start + recipe.batch], rate

    def _slopes(self, rows: Order) -> list[Figures]:
        """Where the loss of some examples rises, for each array of weights."""
        inner, bias, outer, outer_bias = self._weights
        seen = self._matrix[rows]
        seen.data = seen.data * self._kept(seen.data.shape, self._recipe.features_left_out)
        sums = seen @ inner + bias
        left = (sums > 0) * self._kept(sums.shape, self._recipe.units_left_out)
        units = sums * left
        said: Figures = probabilities(units @ outer + outer_bias, exclusive=self._exclusive)
        wrong = said - self._answers[rows]
        wrong = wrong * self._counted[rows] / len(rows)
        back = (wrong @ outer.T) * left
        penalty = self._recipe.penalty
        return [
            np.asarray(seen.T.tocsr() @ back) + penalty * inner,
            back.sum(axis=0),
            units.T @ wrong + penalty * outer,
            wrong.sum(axis=0),
        ]

    def _kept(self, shape: tuple[int, ...], left_out: float) -> Figures:
        """Zero for what is left out; the rest counts for it."""
        kept = self._random.random(shape) >= left_out
        return (kept / (1 - left_out)).astype(np.float32)


def probabilities(scores: npt.NDArray[Any], *, exclusive: bool) -> npt.NDArray[Any]:
    """Of scores a row an example: each label by itself, or all together one."""
    if not exclusive:
        return np.asarray(1 / (1 + np.exp(-scores)))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


#: Weights are kept as whole numbers up to this, times a scale for each unit.
WHOLE = 127


def as_whole_numbers(network: Network) -> dict[str, npt.NDArray[Any]]:
    """The arrays to write: a byte a weight is as good as four."""
    scale = np.maximum(np.abs(network.inner).max(axis=0), _TINY) / WHOLE
    return {
        "inner": np.round(network.inner / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": network.bias,
        "outer": network.outer,
        "outer_bias": network.outer_bias,
    }
