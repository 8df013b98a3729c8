"""Weighed pairs of an article in, figures out that set each beside the others: beside other pairs of its
passage, other types of event and other passages.

All pairs are compared at once, as tables: a row a pair, a column a type of event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.model import EVENT_TYPES
from kg.reports.candidates import Pair

Table = npt.NDArray[np.float64]

#: The figures of a pair in a type of event, in the order of ``Rivals.ranks``.
RANK_FIGURES = (
    *("bond", "low", "high", "rank", "behind", "others_low", "others_high", "sure_here"),
    *("bond_as_other", "low_as_other", "passage_as_other", "elsewhere", "elsewhere_as_other"),
    *("top_low", "top_high"),
)
#: Those of any event at all, in the order of ``Rivals.anything``.
ANY_FIGURES = ("any", "any_low", "any_high", "any_behind", "kind", "kind_rank", "both")

_TYPES = len(EVENT_TYPES)
_SURE = 0.3
_MOST = 20
#: The log-odds are kept within reason.
_LEAST, _GREATEST = 0.002, 0.998


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with its own probabilities and those of its two roles, by type as in ``EVENT_TYPES``.

    ``bond`` and the roles end with one more, for any type at all; ``kinds`` says which type it would be and
    sums to one.
    """

    pair: Pair
    bond: Sequence[float]
    kinds: Sequence[float]
    first: Sequence[float]
    second: Sequence[float]

    def is_worth_it(self, number: int, least: float) -> bool:
        """Whether the bond or both roles reach a probability at all."""
        return self.bond[number] >= least or min(self.first[number], self.second[number]) >= least


class Rivals:
    """All pairs of an article, each beside the others."""

    def __init__(self, scored: Sequence[Scored]) -> None:
        self._pairs = [item.pair for item in scored]
        self._row = {(pair.passage.index, pair.key): row for row, pair in enumerate(self._pairs)}
        self._bonds = np.array([item.bond for item in scored], dtype=np.float64)
        self._kinds = np.array([item.kinds for item in scored], dtype=np.float64)
        self._first = np.array([item.first for item in scored], dtype=np.float64)
        self._second = np.array([item.second for item in scored], dtype=np.float64)
        self._lows = np.minimum(self._first, self._second)
        self._highs = np.maximum(self._first, self._second)

    def ranks(self, item: Scored) -> list[list[float]]:
        """For each type of event one number for each of ``RANK_FIGURES``."""
        return self._rank_rows[self._row[item.pair.passage.index, item.pair.key]]

    def anything(self, item: Scored) -> list[list[float]]:
        """For each type of event one number for each of ``ANY_FIGURES``."""
        return self._any_rows[self._row[item.pair.passage.index, item.pair.key]]

    @cached_property
    def _rank_rows(self) -> list[list[list[float]]]:
        bonds, lows = self._bonds[:, :_TYPES], self._lows[:, :_TYPES]
        tops, ranks, sure = self._within_passages
        around, sides = self._around, self._sides
        elsewhere = _besides(bonds, [pair.key for pair in self._pairs])
        odds = logits(bonds)
        columns = (
            odds,
            logits(lows),
            logits(self._highs[:, :_TYPES]),
            ranks,
            odds - logits(tops[:, :_TYPES]),
            logits(np.minimum(*around)),
            logits(np.maximum(*around)),
            sure,
            *(logits(_best_besides(table.T).T) for table in (bonds, lows, tops[:, :_TYPES])),
            logits(elsewhere),
            logits(_best_besides(elsewhere.T).T),
            logits(np.minimum(*sides)),
            logits(np.maximum(*sides)),
        )
        return _listed(columns)

    @cached_property
    def _any_rows(self) -> list[list[list[float]]]:
        tops, _, _ = self._within_passages
        kinds, odds = self._kinds, logits(self._bonds[:, -1:])
        whole = (odds, logits(self._lows[:, -1:]), logits(self._highs[:, -1:]), odds - logits(tops[:, -1:]))
        ranks = (kinds[:, None, :] > kinds[:, :, None]).sum(axis=2)
        columns = (logits(kinds), ranks, logits(self._bonds[:, -1:] * kinds))
        return _listed([*(np.broadcast_to(column, kinds.shape) for column in whole), *columns])

    @cached_property
    def _within_passages(self) -> tuple[Table, Table, Table]:
        """Of each pair's passage: the surest bond, how many are surer than its own, and how many are sure."""
        tops = np.empty_like(self._bonds)
        ranks, sure = np.empty((2, len(tops), _TYPES))
        for rows in _rows_of(pair.passage.index for pair in self._pairs):
            here = self._bonds[rows]
            tops[rows] = here.max(axis=0)
            sure[rows] = (here[:, :_TYPES] > _SURE).sum(axis=0)
            for kind in range(_TYPES):
                column = here[:, kind]
                ranks[rows, kind] = len(rows) - np.sort(column).searchsorted(column, side="right")
        return tops, np.minimum(ranks, _MOST), np.minimum(sure, _MOST)

    @cached_property
    def _around(self) -> tuple[Table, Table]:
        """The surest bond of either partner with somebody else in the same passage."""
        bonds, count = self._bonds[:, :_TYPES], len(self._pairs)
        keys = [(pair.passage.index, role.place.partner) for pair in self._pairs for role in _roles(pair)]
        both = _besides(np.repeat(bonds, 2, axis=0), keys).reshape(count, 2, _TYPES)
        return both[:, 0], both[:, 1]

    @cached_property
    def _sides(self) -> tuple[Table, Table]:
        """How surely either partner has a part in an event of the article at all."""
        parts = np.stack((self._first, self._second), axis=1)[:, :, :_TYPES].reshape(-1, _TYPES)
        best = np.empty_like(parts)
        for rows in _rows_of(role.place.partner for pair in self._pairs for role in _roles(pair)):
            best[rows] = parts[rows].max(axis=0)
        return best[0::2], best[1::2]


def logits(probabilities: Table) -> Table:
    """The log-odds, kept within reason."""
    clipped = np.clip(probabilities, _LEAST, _GREATEST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _roles(pair: Pair) -> tuple[Any, Any]:
    return pair.first, pair.second


def _rows_of(keys: Iterable[Hashable]) -> Iterable[list[int]]:
    """The rows that have a key in common."""
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        rows[key].append(row)
    return rows.values()


def _besides(table: Table, keys: Sequence[Hashable]) -> Table:
    """For each row the highest values of the other rows with its key; 0 where there is none."""
    found = np.zeros_like(table)
    for rows in _rows_of(keys):
        if len(rows) > 1:
            found[rows] = _best_besides(table[rows])
    return found


def _best_besides(table: Table) -> Table:
    """For each row the highest values that another row has."""
    ordered = np.sort(table, axis=0)
    return np.asarray(np.where(table == ordered[-1], ordered[-2], ordered[-1]))


def _listed(columns: Sequence[Table]) -> list[list[list[float]]]:
    listed: list[list[list[float]]] = np.stack(columns, axis=2).tolist()
    return listed
