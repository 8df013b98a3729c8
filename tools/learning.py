"""Rows of feature names in, models of features and trees out, as plain numbers (scikit-learn fits them).

A table is made into a sparse matrix once; folds are rows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from network_training import WHOLE, Recipe, as_whole_numbers, fit_network, probabilities
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from kg.reports.trees import Tree, TreeModel
from kg.weights import FeatureModel, Network

Rows = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
#: Features seen in fewer lessons than this weigh nothing: what one repeats is no rule.
_LEAST = 4


@dataclass
class Table:
    """Examples: features, one answer a label (True, False, None: does not count), and the article of each."""

    labels: tuple[str, ...]
    answers: list[tuple[bool | None, ...]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    #: How much the examples of an article count; 1 where nothing is said.
    weights: dict[int, float] = field(default_factory=dict)
    #: The features by column; tables may share them.
    columns: dict[str, int] = field(default_factory=dict)
    _indices: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=lambda: [0])

    def add(self, row: Sequence[str], answer: Iterable[bool | None], group: int) -> None:
        """Add one example."""
        self._indices.extend(self.columns.setdefault(name, len(self.columns)) for name in row)
        self._ends.append(len(self._indices))
        self.answers.append(tuple(answer))
        self.groups.append(group)

    @cached_property
    def matrix(self) -> csr_matrix:
        """One row an example, one column a feature."""
        shape = (len(self.answers), len(self.columns))
        return csr_matrix((np.ones(len(self._indices)), self._indices, self._ends), shape=shape)

    @cached_property
    def names(self) -> list[str]:
        """The features in the order of the columns."""
        return list(self.columns)

    def rows_of(self, groups: set[int]) -> Rows:
        """Marks the examples of some articles."""
        return np.isin(np.array(self.groups, dtype=np.int64), sorted(groups))

    def weights_of(self, rows: Rows) -> Numbers:
        """How much each of these examples counts."""
        chosen = np.array(self.groups)[rows]
        return np.array([self.weights.get(int(group), 1.0) for group in chosen])


@dataclass(frozen=True)
class Fitted:
    """Coefficients by column and label, and biases; a network over some of the columns, if there is one."""

    table: Table
    coefficients: Numbers
    bias: Numbers
    exclusive: bool
    network: Network | None = None
    columns: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def scores(self, matrix: csr_matrix) -> Numbers:
        """Scores by row and label."""
        scores = np.asarray(matrix @ self.coefficients + self.bias)
        if self.network is not None and matrix.shape[0]:
            seen = matrix[:, self.columns].astype(np.float32)
            scores = (scores + self.network.scores(seen @ self.network.inner + self.network.bias)) / 2
        return scores

    def predict(self, matrix: csr_matrix) -> Numbers:
        """Probabilities by row and label."""
        return probabilities(self.scores(matrix), exclusive=self.exclusive)

    def plain(self) -> FeatureModel:
        """The model that the program reads."""
        rounded = np.round(self.coefficients, 3)
        kept = np.flatnonzero(rounded.any(axis=1))
        network = None
        if self.network is not None:
            kept = np.union1d(kept, self.columns)
            inner = np.zeros((len(kept), self.network.inner.shape[1]), dtype=np.float32)
            inner[np.searchsorted(kept, self.columns)] = self.network.inner
            network = replace(self.network, inner=inner)
        names = self.table.names
        # In the order in which they are written.
        order = sorted(range(len(kept)), key=lambda number: names[kept[number]])
        weights = {names[row]: tuple(float(w) for w in rounded[row]) for row in kept[order]}
        if network is not None:
            network = replace(network, inner=network.inner[order])
        bias = tuple(round(float(b), 4) for b in self.bias)
        return FeatureModel(self.table.labels, weights, bias, network)


def fit(
    table: Table, rows: Rows, *, strength: float, exclusive: bool = False, recipe: Recipe | None = None
) -> Fitted:
    """Fit one decision a label, or one among all labels when they exclude each other.

    ``strength`` is the inverse of the penalty; with a ``recipe`` there is a network beside the weights.
    """
    fitted = _fit_weights(table, rows, strength, exclusive)
    if recipe is None or not rows.any():
        return fitted
    columns = often_seen(table, rows)
    answers = [answer for answer, kept in zip(table.answers, rows, strict=True) if kept]
    counted = np.array([[one is not None for one in answer] for answer in answers], dtype=np.float32)
    weights = table.weights_of(rows)
    network = fit_network(
        table.matrix[rows][:, columns],
        np.array([[bool(one) for one in answer] for answer in answers], dtype=np.float32),
        counted * (weights / weights.mean())[:, None].astype(np.float32),
        recipe,
        exclusive=exclusive,
    )
    return replace(fitted, network=network, columns=columns)


def _fit_weights(table: Table, rows: Rows, strength: float, exclusive: bool) -> Fitted:
    coefficients = np.zeros((len(table.names), len(table.labels)))
    bias = np.full(len(table.labels), -10.0)
    if not rows.any():
        return Fitted(table, coefficients, bias, exclusive)
    matrix = table.matrix[rows]
    columns = often_seen(table, rows)
    matrix = matrix[:, columns]
    answers = [answer for answer, kept in zip(table.answers, rows, strict=True) if kept]
    weights = table.weights_of(rows)
    if exclusive:
        target = np.array([answer.index(True) for answer in answers])
        model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, target, weights)
        coefficients[np.ix_(columns, model.classes_)] = model.coef_.T
        bias[model.classes_] = model.intercept_
        return Fitted(table, coefficients, bias, exclusive)
    for label in range(len(table.labels)):
        kept = np.array([answer[label] is not None for answer in answers])
        target = np.array([bool(answer[label]) for answer in answers])[kept]
        if target.any() and not target.all():
            model = LogisticRegression(C=strength, solver="liblinear", intercept_scaling=10.0)
            model.fit(matrix[kept], target, weights[kept])
            coefficients[columns, label] = model.coef_[0]
            bias[label] = float(model.intercept_[0])
    return Fitted(table, coefficients, bias, exclusive)


def write_model(model: FeatureModel, path: Path, steps: float | None = None) -> None:
    """Write a model with its features, and its network if it has one, in one file of arrays.

    Weights are whole numbers of ``steps`` to one; without them of a byte, over as many steps as that has.
    """
    weights = np.array(list(model.weights.values()))
    kept: type[np.int8 | np.int16] = np.int16
    if steps is None:
        kept, steps = np.int8, float(WHOLE / np.abs(weights).max())
    network: dict[str, Any] = {} if model.network is None else as_whole_numbers(model.network)
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        label_bias=np.array(model.bias),
        features=np.frombuffer("\n".join(model.weights).encode(), np.uint8),
        weights=np.round(weights * steps).astype(kept),
        weights_steps=np.float64(steps),
        **network,
    )


def often_seen(table: Table, rows: Rows) -> npt.NDArray[np.int64]:
    """The columns of features that enough lessons have to be learned from."""
    _, lesson = np.unique(np.array(table.groups)[rows], return_inverse=True)
    count = len(lesson)
    belongs = csr_matrix((np.ones(count), (lesson, np.arange(count))))
    lessons = (belongs @ table.matrix[rows]) > 0
    return np.flatnonzero(np.asarray(lessons.sum(axis=0)).ravel() >= _LEAST)


def fit_trees(
    names: Sequence[str],
    examples: Sequence[tuple[Sequence[float], bool, float]],
    *,
    rounds: int = 250,
    leaves: int = 8,
    rate: float = 0.04,
    share: float = 1.0,
    models: int = 1,
) -> TreeModel:
    """Fit boosted trees on rows of figures, each with its answer and its weight.

    Friedman 2001; scikit-learn's histogram version. Of several ``models``, each of whose nodes looks at a
    ``share`` of the figures drawn anew, the log-odds are averaged (Breiman 1996).
    """
    table = np.array([row for row, _, _ in examples])
    target = np.array([answer for _, answer, _ in examples])
    weights = [weight for _, _, weight in examples]
    start, trees = 0.0, list[Tree]()
    for number in range(models):
        booster = HistGradientBoostingClassifier(
            max_iter=rounds,
            max_leaf_nodes=leaves,
            learning_rate=rate,
            min_samples_leaf=20,
            l2_regularization=5.0,
            max_features=share,
            early_stopping=False,
            random_state=number,
        )
        booster.fit(table, target, weights)
        start += float(booster._baseline_prediction.ravel()[0]) / models
        trees += (_tree(stage[0].nodes, models) for stage in booster._predictors)
    return TreeModel(tuple(names), round(start, 5), tuple(trees))


def _tree(nodes: npt.NDArray[np.void], models: int) -> Tree:
    is_leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        feature=nodes["feature_idx"].astype(np.int64),
        limit=np.round(np.where(is_leaf, 0.0, nodes["num_threshold"]), 5).astype(np.float64),
        left=np.where(is_leaf, -1, nodes["left"].astype(np.int64)),
        right=np.where(is_leaf, -1, nodes["right"].astype(np.int64)),
        value=np.round(np.where(is_leaf, nodes["value"] / models, 0.0), 5).astype(np.float64),
    )
