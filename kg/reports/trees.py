"""Boosted trees as plain numbers: a table of figures in, one probability a row out.

The trees are learned by scikit-learn's ``HistGradientBoostingClassifier`` (``tools/train_reports.py``) and
kept as JSON, so that the program needs neither scikit-learn nor a pickle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree, a row a node: the figure it asks for, its limit, the node for "at most" and the one for
    "more".

    A leaf has ``left`` -1; its ``value`` is added to the log-odds.
    """

    feature: npt.NDArray[np.int64]
    limit: Figures
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: Figures


@dataclass(frozen=True)
class TreeModel:
    """The names of the figures in their order, the log-odds to start from, the trees."""

    names: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """One probability a row; a row holds one figure a name."""
        if not rows:
            return []
        table = np.asarray(rows, dtype=np.float64)
        scores = self.start + self._forest.values(table) if self.trees else np.full(len(table), self.start)
        return [float(p) for p in 1 / (1 + np.exp(-scores))]

    @cached_property
    def _forest(self) -> _Forest:
        return _Forest(self.trees)


class _Forest:
    """All trees side by side, one row a tree: all rows of figures go down all trees at once.

    A leaf leads to itself, so that as many steps as the deepest tree has lead every row to a leaf.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        shape = (len(trees), max(len(tree.left) for tree in trees))
        self._feature, self._left, self._right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        self._limit, self._value = np.zeros(shape), np.zeros(shape)
        for number, tree in enumerate(trees):
            size, is_leaf = len(tree.left), tree.left < 0
            own = np.arange(size)
            self._feature[number, :size] = np.where(is_leaf, 0, tree.feature)
            self._limit[number, :size] = tree.limit
            self._value[number, :size] = tree.value
            self._left[number, :size] = np.where(is_leaf, own, tree.left)
            self._right[number, :size] = np.where(is_leaf, own, tree.right)
        self._depth = max(_depth(tree) for tree in trees)

    def values(self, table: Figures) -> Figures:
        """The sum of the leaves that each row comes to."""
        nodes = np.zeros((len(self._value), len(table)), dtype=np.int64)
        trees, rows = np.arange(len(nodes))[:, None], np.arange(len(table))[None, :]
        for _ in range(self._depth):
            is_less = table[rows, self._feature[trees, nodes]] <= self._limit[trees, nodes]
            nodes = np.where(is_less, self._left[trees, nodes], self._right[trees, nodes])
        return np.asarray(self._value[trees, nodes].sum(axis=0))


def _depth(tree: Tree) -> int:
    """How many steps lead to the farthest leaf."""
    steps, level = 0, [0]
    while level := [
        int(side[node]) for node in level if tree.left[node] >= 0 for side in (tree.left, tree.right)
    ]:
        steps += 1
    return steps


def read_trees(data: dict[str, object]) -> TreeModel:
    """Make a model of what ``write_trees`` made."""
    trees = tuple(
        Tree(
            np.array(tree["feature"], dtype=np.int64),
            np.array(tree["limit"], dtype=np.float64),
            np.array(tree["left"], dtype=np.int64),
            np.array(tree["right"], dtype=np.int64),
            np.array(tree["value"], dtype=np.float64),
        )
        for tree in data["trees"]  # type: ignore[attr-defined]
    )
    return TreeModel(tuple(data["names"]), float(data["start"]), trees)  # type: ignore[arg-type]


def write_trees(model: TreeModel) -> dict[str, object]:
    """Plain lists and numbers, fit for JSON."""
    return {
        "names": list(model.names),
        "start": model.start,
        "trees": [
            {
                "feature": tree.feature.tolist(),
                "limit": tree.limit.tolist(),
                "left": tree.left.tolist(),
                "right": tree.right.tolist(),
                "value": tree.value.tolist(),
            }
            for tree in model.trees
        ],
    }
