"""Items and what a table shows of them in; a sequence that notebooks show and pandas takes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from kg.errors import UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

Item = TypeVar("Item")

#: A notebook shows so many rows; the rest is counted.
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Listing(Sequence[Item], Generic[Item]):
    """A sequence of values; ``names`` are the columns of its table, ``cells`` gives what stands in them."""

    items: tuple[Item, ...]
    names: tuple[str, ...]
    cells: Callable[[Item], Mapping[str, Any]]

    def to_frame(self) -> DataFrame:
        """Return the table as a pandas ``DataFrame``; pandas is needed for this alone."""
        return to_frame(map(self.cells, self.items), self.names)

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Listing[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Listing[Item]:
        if isinstance(at, slice):
            return Listing(self.items[at], self.names, self.cells)
        return self.items[at]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        return html_table(map(self.cells, self.items), self.names, count=len(self))


def to_frame(
    rows: Iterable[Mapping[str, Any]], names: Sequence[str], *, index: str | None = None
) -> DataFrame:
    """Return rows as a ``DataFrame``, also when there are none; ``UsageError`` without pandas."""
    try:
        import pandas
    except ImportError:
        raise UsageError(
            "A DataFrame needs pandas, which is not installed: pip install 'entente-kg[notebook]'."
        ) from None
    frame = pandas.DataFrame([dict(row) for row in rows], columns=list(names))
    return frame.set_index(index) if index else frame


def html_table(rows: Iterable[Mapping[str, Any]], names: Sequence[str], *, count: int) -> str:
    """Write the first rows as HTML; what articles say is text in it and never markup."""
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
    lines = [
        f"<tr>{''.join(f'<td>{_cell(row.get(name))}</td>' for name in names)}</tr>"
        for row in islice(rows, SHOWN)
    ]
    rest = f"<p>… {count - SHOWN} more</p>" if count > SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>{rest}"


def _cell(value: Any) -> str:
    """Write one value: lists with commas, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(_cell, value))
    return escape(str(value))
