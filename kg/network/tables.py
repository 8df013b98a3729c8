"""Rows of plain values in; a pandas ``DataFrame``, or a table that a notebook shows, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

#: A notebook shows so many rows; the rest is counted.
SHOWN: Final = 20


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
        f"<tr>{''.join(f'<td>{cell(row.get(name))}</td>' for name in names)}</tr>"
        for row in islice(rows, SHOWN)
    ]
    rest = f"<p>… {count - SHOWN} more</p>" if count > SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>{rest}"


def cell(value: Any) -> str:
    """Write one value for HTML: lists with commas, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(cell, value))
    return escape(str(value))
