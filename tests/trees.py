"""Trees that tests can see through."""

from __future__ import annotations

import numpy as np

from kg.reports.surroundings import FIGURES
from kg.reports.trees import Tree, TreeModel


def stump(figure: str, limit: float) -> TreeModel:
    """One question about a topic: likely when the figure is above the limit, else unlikely."""
    feature = np.array([FIGURES.index(figure), -1, -1])
    left, right = np.array([1, -1, -1]), np.array([2, -1, -1])
    tree = Tree(feature, np.array([limit, 0.0, 0.0]), left, right, np.array([0.0, -9.0, 9.0]))
    return TreeModel(FIGURES, 0.0, (tree,))
