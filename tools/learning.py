"""Rows of feature names in, linear models out (scikit-learn's logistic regression, as plain numbers)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.reports.trees import Tree, TreeModel
from kg.reports.weights import LinearModel

Feature = str | tuple[str, float]


@dataclass
class Table:
    """Examples: features, one answer a label (True, False, None: does not count), and the article of each."""

    labels: tuple[str, ...]
    rows: list[list[Feature]] = field(default_factory=list)
    answers: list[tuple[bool | None, ...]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(self, row: Sequence[Feature], answer: Iterable[bool | None], group: int) -> None:
        """Add one example."""
        self.rows.append(list(row))
        self.answers.append(tuple(answer))
        self.groups.append(group)

    def subset(self, groups: set[int]) -> Table:
        """The examples of some articles."""
        keep = [n for n, group in enumerate(self.groups) if group in groups]
        return Table(
            self.labels,
            [self.rows[n] for n in keep],
            [self.answers[n] for n in keep],
            [self.groups[n] for n in keep],
        )


def fit(table: Table, *, strength: float, least: int = 3, exclusive: bool = False) -> LinearModel:
    """Fit one decision a label (or one among all labels when they exclude each other).

    ``strength`` is the inverse of the penalty; features seen fewer than ``least`` times weigh nothing.
    """
    if not table.rows:
        return LinearModel(table.labels, {}, (-10.0,) * len(table.labels))
    seen = Counter(name for row in table.rows for name in {_name(f) for f in row})
    dicts = [{_name(f): _value(f) for f in row if seen[_name(f)] >= least} for row in table.rows]
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform(dicts).tocsr()
    if exclusive:
        return _exclusive(table, vectorizer, matrix, strength)
    columns, bias = [], []
    for index in range(len(table.labels)):
        answers = [answer[index] for answer in table.answers]
        kept = np.array([n for n, answer in enumerate(answers) if answer is not None])
        target = np.array([bool(answers[n]) for n in kept])
        if len(set(target)) < 2:
            columns.append(np.zeros(matrix.shape[1]))
            bias.append(-10.0)
            continue
        model = LogisticRegression(C=strength, solver="liblinear", intercept_scaling=10.0)
        model.fit(matrix[kept], target)
        columns.append(model.coef_[0])
        bias.append(float(model.intercept_[0]))
    return _plain(table.labels, vectorizer, np.array(columns), bias)


def fit_trees(
    names: Sequence[str],
    examples: Sequence[tuple[Sequence[float], bool]],
    *,
    rounds: int = 120,
    leaves: int = 12,
) -> TreeModel:
    """Fit boosted trees on a table of figures (Friedman 2001; scikit-learn's histogram version)."""
    table = np.array([row for row, _ in examples])
    target = np.array([answer for _, answer in examples])
    booster = HistGradientBoostingClassifier(
        max_iter=rounds, max_leaf_nodes=leaves, learning_rate=0.07, min_samples_leaf=20,
        l2_regularization=5.0, early_stopping=False, random_state=0,
    )  # fmt: skip
    booster.fit(table, target)
    trees = tuple(_tree(stage[0].nodes) for stage in booster._predictors)
    return TreeModel(tuple(names), round(float(booster._baseline_prediction.ravel()[0]), 5), trees)


def _tree(nodes: np.ndarray) -> Tree:
    is_leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        feature=nodes["feature_idx"].astype(np.int64),
        limit=np.round(np.where(is_leaf, 0.0, nodes["num_threshold"]), 5).astype(np.float64),
        left=np.where(is_leaf, -1, nodes["left"].astype(np.int64)),
        right=np.where(is_leaf, -1, nodes["right"].astype(np.int64)),
        value=np.round(np.where(is_leaf, nodes["value"], 0.0), 5).astype(np.float64),
    )


def _exclusive(table: Table, vectorizer: DictVectorizer, matrix: object, strength: float) -> LinearModel:
    target = [next(n for n, answer in enumerate(answers) if answer) for answers in table.answers]
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, target)
    coefficients = np.zeros((len(table.labels), len(vectorizer.feature_names_)))
    bias = [-10.0] * len(table.labels)
    for row, label in enumerate(model.classes_):
        coefficients[label] = model.coef_[row]
        bias[label] = float(model.intercept_[row])
    return _plain(table.labels, vectorizer, coefficients, bias)


def _plain(
    labels: tuple[str, ...], vectorizer: DictVectorizer, coefficients: np.ndarray, bias: list[float]
) -> LinearModel:
    weights = {
        name: tuple(round(float(value), 3) for value in coefficients[:, column])
        for column, name in enumerate(vectorizer.feature_names_)
    }
    weights = {name: row for name, row in weights.items() if any(row)}
    return LinearModel(labels, weights, tuple(round(value, 4) for value in bias))


def _name(feature: Feature) -> str:
    return feature if isinstance(feature, str) else feature[0]


def _value(feature: Feature) -> float:
    return 1.0 if isinstance(feature, str) else feature[1]
