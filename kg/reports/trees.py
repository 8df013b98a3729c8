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
    """All trees in one row of nodes: all rows of figures go down all trees at once.

    A leaf leads to itself, so that as many steps as the deepest tree has lead every row to a leaf.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        sizes = [len(tree.left) for tree in trees]
        self._roots = np.cumsum([0, *sizes[:-1]])
        is_leaf = np.concatenate([tree.left < 0 for tree in trees])
        first = np.repeat(self._roots, sizes)
        own = np.arange(len(is_leaf))
        self._feature = np.where(is_leaf, 0, np.concatenate([tree.feature for tree in trees]))
        self._limit = np.concatenate([tree.limit for tree in trees])
        self._value = np.concatenate([tree.value for tree in trees])
        self._left = np.where(is_leaf, own, first + np.concatenate([tree.left for tree in trees]))
        self._right = np.where(is_leaf, own, first + np.concatenate([tree.right for tree in trees]))
        self._depth = max(_depth(tree) for tree in trees)

    def values(self, table: Figures) -> Figures:
        """The sum of the leaves that each row comes to."""
        nodes = np.repeat(self._roots[:, None], len(table), axis=1)
        figures, first = table.ravel(), np.arange(len(table)) * table.shape[1]
        for _ in range(self._depth):
            is_less = figures.take(self._feature.take(nodes) + first) <= self._limit.take(nodes)
            nodes = np.where(is_less, self._left.take(nodes), self._right.take(nodes))
        return np.asarray(self._value.take(nodes).sum(axis=0))


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
