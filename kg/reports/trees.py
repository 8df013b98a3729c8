"""Boosted trees as plain numbers: a table of figures in, one probability a row out.

The trees are learned by scikit-learn's ``HistGradientBoostingClassifier`` (``tools/train_reports.py``) and
kept as JSON, so that the program needs neither scikit-learn nor a pickle. All rows go down one tree at a
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
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
        scores = np.full(len(table), self.start)
        for tree in self.trees:
            scores += _leaf_values(tree, table)
        return [float(p) for p in 1 / (1 + np.exp(-scores))]


def _leaf_values(tree: Tree, table: Figures) -> Figures:
    nodes = np.zeros(len(table), dtype=np.int64)
    rows = np.arange(len(table))
    while True:
        left = tree.left[nodes]
        if (left < 0).all():
            return tree.value[nodes]
        is_less = table[rows, tree.feature[nodes]] <= tree.limit[nodes]
        nodes = np.where(left < 0, nodes, np.where(is_less, left, tree.right[nodes]))


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
