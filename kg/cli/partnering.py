"""The command that lists the partners of a graph, and those of which there is doubt who they are."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.measures import safe_cell
from kg.cli.options import graph_option, lang_option
from kg.cli.terminal import counted, note, out, plain, show_table, write_bytes
from kg.model import KINDS
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.doubts import Doubt
    from kg.roster import Judged, PartnerRow

#: So many names beside the label stand in a table.
_NAMES = 4


@click.command(short_help="List the partners in a graph, and doubtful ones.")
@click.argument("word", required=False)
@graph_option
@lang_option
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only this kind: {', '.join(KINDS)}.")
@click.option("--country", metavar="CODE", help="Only this country, as VN.")
@click.option(
    "--resolved",
    "way",
    type=click.Choice(["list", "acronym", "fuzzy", "context", "new", "correction"]),
    help="Only partners that some article names so that they were recognised in this way.",
)
@click.option("--doubtful", is_flag=True, help="Likely duplicates and false merges, the likeliest first.")
@click.option("--top", type=click.IntRange(1), default=30, show_default=True, help="How many rows to show.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def partners(
    word: str | None, graph: Path, lang: str | None, doubtful: bool, top: int, form: str, **values: Any
) -> None:
    """List the partners in a graph, those with most events first; WORD is part of a name.

    "resolved" says how the names in the articles were recognised: list (a partner list has them), acronym,
    fuzzy (misspelt), context (an article explains them), new (no list knows the partner), correction.
    --doubtful shows which partners are likely one, and which names likely mean another, each with the
    command that settles it. CSV and JSON hold all rows.

    \b
    Examples:
      kg partners
      kg partners samsung
      kg partners --kind university --country VN
      kg partners --doubtful
      kg partners --resolved new --format csv > unknown.csv
    """
    from kg.roster import choose

    rows, judged = _read(graph)
    fitting = choose(rows, word=word, kind=values["kind"], country=values["country"])
    if values["way"]:
        fitting = [row for row in fitting if values["way"] in row.resolved]
    if doubtful:
        _show_doubts(rows, judged, {row.iri for row in fitting}, graph=graph, top=top, form=form)
        return
    if form != "table":
        _write([_record(row) for row in fitting], form)
    elif fitting:
        names = ("name", "kind", "country", "events", "articles", "resolved", "also")
        show_table(names, [_cells(row, lang) for row in fitting[:top]])
        if len(fitting) > top:
            click.echo(f"... {len(fitting) - top} more: --top {len(fitting)}, or --format csv")
    else:
        note(f"No such partner in {graph}. kg partners lists those that there are.")


def _read(graph: Path) -> tuple[list[PartnerRow], Judged]:
    from kg.ontology import load_gazetteer
    from kg.pipeline.lists import graph_settings
    from kg.roster import read_judged, read_roster
    from kg.store import read_graph

    lists = graph_settings(graph, read_settings()).partners
    known = {item.iri: item for item in load_gazetteer(map(Path, lists))}
    with read_graph(graph) as store:
        return read_roster(store.select, known), read_judged(store.select)


def _cells(row: PartnerRow, lang: str | None) -> tuple[object, ...]:
    label = row.labels.get(lang or "", row.label)
    others = [name for name in row.names if plain(name) != plain(label)]
    also = " · ".join(others[:_NAMES]) + (" · ..." if len(others) > _NAMES else "")
    return label, row.kind, row.country, row.events, row.articles, " + ".join(row.resolved), also


def _record(row: PartnerRow) -> dict[str, Any]:
    values = asdict(row)
    return {"id": row.id, **{name: values[name] for name in values if name != "is_known"}}


def _show_doubts(
    rows: Sequence[PartnerRow],
    judged: Judged,
    chosen: set[str],
    *,
    graph: Path,
    top: int,
    form: str,
) -> None:
    from kg.doubts import as_mapping, find_doubts

    found = [
        doubt
        for doubt in find_doubts(rows, judged)
        if doubt.partner.iri in chosen or (doubt.other and doubt.other.iri in chosen)
    ]
    if form != "table":
        _write([{**as_mapping(doubt), "command": _command(doubt, graph)} for doubt in found], form)
        return
    if not found:
        note(f"No partner of {graph} is in doubt.")
        return
    for doubt in found[:top]:
        out(f"{doubt.likely:.2f}  {doubt.what:<11}  {_sentence(doubt)}")
        # A line of its own, so that it can be copied as it is.
        out(f"                   {_command(doubt, graph)}")
    more = f" ... {len(found) - top} more: --top {len(found)}." if len(found) > top else ""
    note(f"\n{counted(len(found), 'doubt')}.{more} If they are two: kg correct different ONE OTHER")


def _sentence(doubt: Doubt) -> str:
    if doubt.other is None:
        return f"{doubt.partner.label}: {doubt.why}"
    return f"{doubt.partner.label} = {doubt.other.label}? {doubt.why}"


def _command(doubt: Doubt, graph: Path) -> str:
    """Write the command that settles a doubt, so that it can be pasted as it is."""
    chosen = () if graph == Path("graph") else ("-g", str(graph))
    return shlex.join(("kg", "correct", *doubt.arguments, *chosen))


def _write(records: Sequence[Mapping[str, Any]], form: str) -> None:
    if form == "json":
        write_bytes(json.dumps(records, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
        return
    stream = io.StringIO()
    names = list(records[0]) if records else []
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(_flat(value)) for name, value in record.items()} for record in records)
    write_bytes(stream.getvalue().encode("utf-8", "replace"))


def _flat(value: object) -> object:
    """Write several values in one cell of a spreadsheet."""
    if isinstance(value, Mapping):
        return " | ".join(name if count == 1 else f"{name} ({count})" for name, count in value.items())
    return " | ".join(map(str, value)) if isinstance(value, list | tuple) else value
