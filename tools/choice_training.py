"""Choices among rows in, a linear model out: of the rows of one choice exactly one answer is right.

The conditional logit of McFadden (1974); where several rows give the right answer, their sum counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from learning import Fitted, Numbers, Rows, Table, often_seen
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_ROUNDS = 300


@dataclass
class Choices(Table):
    """Examples that belong together: ``starts`` has the first row of each choice."""

    starts: list[int] = field(default_factory=list)

    def add_choice(self, rows: Sequence[Sequence[str]], answers: Sequence[bool], group: int) -> None:
        """Add the rows of one choice; at least one answer is right."""
        self.starts.append(len(self.answers))
        for row, answer in zip(rows, answers, strict=True):
            self.add(row, [answer], group)


def fit_choices(table: Choices, rows: Rows, *, strength: float) -> Fitted:
    """Fit the choices of some articles; ``strength`` is the inverse of the penalty."""
    coefficients = np.zeros((len(table.names), 1))
    fitted = Fitted(table, coefficients, np.zeros(1), exclusive=False)
    if not rows.any():
        return fitted
    matrix = table.matrix[rows]
    columns = often_seen(table, rows)
    kept = np.array(table.starts)[rows[table.starts]]
    starts = np.cumsum(rows)[kept] - 1
    is_right = np.array([answer == (True,) for answer in table.answers])[rows]
    weights = table.weights_of(rows)[starts]
    coefficients[columns, 0] = _minimum(matrix[:, columns], starts, is_right, weights, strength)
    return fitted


def _minimum(matrix: csr_matrix, starts: Any, is_right: Any, weights: Numbers, strength: float) -> Numbers:
    choice = np.repeat(np.arange(len(starts)), np.diff([*starts, matrix.shape[0]]))
    transposed = matrix.T.tocsr()

    def loss(point: Numbers) -> tuple[float, Numbers]:
        scores = matrix @ point
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[choice])
        sums = np.add.reduceat(powers, starts)
        right = np.add.reduceat(powers * is_right, starts)
        slope = (powers / sums[choice] - powers * is_right / right[choice]) * weights[choice]
        value = weights @ (np.log(sums) - np.log(right)) + point @ point / (2 * strength)
        return float(value), transposed @ slope + point / strength

    start = np.zeros(matrix.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return np.asarray(found.x)
