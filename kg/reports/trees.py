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

from kg.errors import DataError

Figures = npt.NDArray[np.float64]

#: The leaves of a tree are the bits of a byte.
_LEAVES, _ALL = 8, 0xFF
_FIRST_BIT = np.array([(byte & -byte).bit_length() - 1 for byte in range(_ALL + 1)])


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

    def probabilities(self, rows: Sequence[Sequence[float]] | Figures) -> list[float]:
        """One probability a row; a row holds one figure a name."""
        if not len(rows):
            return []
        table = np.asarray(rows, dtype=np.float64)
        scores = self.start + self._forest.values(table) if self.trees else np.full(len(table), self.start)
        return [float(p) for p in 1 / (1 + np.exp(-scores))]

    @cached_property
    def _forest(self) -> _Forest:
        return _Forest(self.trees)


class _Forest:
    """All trees asked at once: a byte says which leaves of a tree a row may still come to.

    Each question that a row answers with "more" rules out the leaves below "at most"; of those left over the
    first is the row's (QuickScorer, Lucchese et al. 2015).
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        asked = max(1, *(int((tree.left >= 0).sum()) for tree in trees))
        shape = (len(trees), asked)
        self._feature = np.zeros(shape, dtype=np.int64)
        self._limit = np.zeros((*shape, 1))
        #: What stays possible after "more"; a question that a tree does not ask rules nothing out.
        self._left_over = np.full((*shape, 1), _ALL, dtype=np.uint8)
        self._values: Figures = np.zeros((len(trees), _LEAVES))
        for number, tree in enumerate(trees):
            for place, (node, ruled_out) in enumerate(self._questions(number, tree)):
                self._feature[number, place] = tree.feature[node]
                self._limit[number, place] = tree.limit[node]
                self._left_over[number, place] = _ALL ^ ruled_out
        self._values = self._values.ravel()
        self._first = np.arange(len(trees))[:, None] * _LEAVES

    def _questions(self, number: int, tree: Tree) -> list[tuple[int, int]]:
        """The nodes that ask, each with the leaves that "more" rules out; the leaves get their values."""
        found: list[tuple[int, int]] = []
        leaves = 0

        def walk(node: int) -> int:
            """Go through what lies below a node from left to right; return its leaves as bits."""
            nonlocal leaves
            if tree.left[node] < 0:
                if leaves == _LEAVES:
                    raise DataError(f"A tree has more than {_LEAVES} leaves. Learn it with fewer.")
                self._values[number, leaves] = tree.value[node]
                leaves += 1
                return 1 << (leaves - 1)
            left = walk(int(tree.left[node]))
            found.append((node, left))
            return left | walk(int(tree.right[node]))

        walk(0)
        return found

    def values(self, table: Figures) -> Figures:
        """The sum of the leaves that each row comes to."""
        columns = np.ascontiguousarray(table.T)
        is_less = columns[self._feature] <= self._limit
        possible = np.bitwise_and.reduce(np.negative(is_less.view(np.uint8)) | self._left_over, axis=1)
        return np.asarray(self._values.take(_FIRST_BIT[possible] + self._first).sum(axis=0))


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
