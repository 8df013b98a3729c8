"""Partner lists as spreadsheets write them: a CSV file in, its rows out.

The first line names the columns, in any order: ``id``, ``label``, ``kind``, ``country`` (two letters),
``part_of`` (an id), ``wikidata`` (Q and digits), and any number of columns whose name begins with ``name``
(``names``, ``name_fr``, ...), each with names that ``|`` separates. Commas, semicolons and tabs separate
columns. A row without a kind adds names to a partner that is known already.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Final

from kg.errors import DataError
from kg.model import KINDS
from kg.ontology import Text, partner_iri

COLUMNS: Final = ("id", "label", "kind", "country", "part_of", "wikidata")
_KINDS: Final = tuple(kind for kind in KINDS if kind != "country")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*|https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says of a partner; ``line`` counts from 1."""

    iri: str
    label: str | None
    kind: str | None
    country: str | None
    part_of: str | None
    wikidata: str | None
    names: tuple[Text, ...]
    line: int


def read_table(file: Traversable) -> Iterator[Row]:
    """Read a partner list; raises ``DataError`` that names the line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: not in UTF-8 ({error.reason}). Save it as CSV in UTF-8.") from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = [name.strip().casefold() for name in next(reader, [])]
        _check_columns(columns, file)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(cells, columns, f"{file}:{reader.line_num}", reader.line_num)
    except csv.Error as error:
        raise DataError(f"{file}:{reader.line_num}: not valid CSV ({error}). Mend this line.") from error


def _check_columns(columns: list[str], file: Traversable) -> None:
    known = ", ".join((*COLUMNS, "names"))
    for name in columns:
        if name not in COLUMNS and not name.startswith("name"):
            raise DataError(f"{file}:1: no column {name!r} is known. There are: {known} (also name_fr, ...).")
        if columns.count(name) > 1:
            raise DataError(f"{file}:1: the column {name!r} stands there twice. Keep one.")
    for name in ("id", "label", "kind"):
        if name not in columns:
            raise DataError(f"{file}:1: there is no column {name!r}. The first line names them: {known}.")


def _row(cells: list[str], columns: list[str], place: str, line: int) -> Row:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise DataError(
            f"{place}: {len(cells)} cells, but {len(columns)} columns. Put what has commas in quotes."
        )
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    if not _ID.fullmatch(values.get("id", "")):
        what = f"{values.get('id', '')!r} is no id"
        raise DataError(f"{place}: {what}. Write letters, digits and hyphens, as samsung, or an IRI.")
    id, kind, country = values["id"], values.get("kind", ""), values.get("country", "").upper()
    wikidata = values.get("wikidata", "").rpartition("/")[2]
    if kind and kind not in _KINDS:
        raise DataError(f"{place}: partner {id!r} has the kind {kind!r}. There are: {', '.join(_KINDS)}.")
    if kind and not values.get("label"):
        raise DataError(f"{place}: partner {id!r} has no label. Write its name.")
    if country and not re.fullmatch("[A-Z]{2}", country):
        written = values["country"]
        raise DataError(f"{place}: partner {id!r} has the country {written!r}. Write two letters, as VN.")
    if wikidata and not re.fullmatch(r"Q\d+", wikidata):
        raise DataError(f"{place}: partner {id!r} has the item {wikidata!r}. Write Q and digits, as Q20718.")
    part_of = values.get("part_of") or None
    return Row(
        iri=_iri(id),
        label=values.get("label") or None,
        kind=kind or None,
        country=country or None,
        part_of=_iri(part_of) if part_of else None,
        wikidata=wikidata or None,
        names=tuple(_names(values)),
        line=line,
    )


def _iri(id: str) -> str:
    return id if "://" in id else partner_iri(id)


def _names(values: dict[str, str]) -> Iterator[Text]:
    for column, value in values.items():
        if column.startswith("name"):
            lang = column.partition("_")[2] or "mul"
            yield from ((lang, name.strip()) for name in value.split("|") if name.strip())
