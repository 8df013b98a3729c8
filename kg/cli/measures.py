"""The measures of a network as tables or data on standard output."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import counted, out, screen_width, show_table, write_bytes

if TYPE_CHECKING:
    from kg.network import Comparison, Figures, Measures, NodeChange, NodeMeasures

#: Column of the table -> field of the measures.
_COLUMNS = {
    "name": "label",
    "kind": "kind",
    "country": "country",
    "events": "events",
    "partners": "degree",
    "strength": "strength",
    "betweenness": "betweenness",
    "constraint": "constraint",
    "community": "community",
}


#: Left out where the screen is narrower than ``_WIDE``.
_ONLY_WIDE = frozenset({"kind", "constraint"})
_WIDE = 110


def show_measures(measures: Measures, *, sort: str, top: int, form: str) -> None:
    """Write the measures of a network."""
    rows = sorted(measures.rows, key=lambda row: _rank(row, sort))
    if form == "json":
        value = {"figures": asdict(measures.figures), "nodes": [asdict(row) for row in rows]}
        write_bytes(json.dumps(value, ensure_ascii=False, indent=1).encode())
        return
    if form == "csv":
        write_bytes(_csv(rows))
        return
    out(_sentence(measures.figures))
    if not rows:
        return
    click.echo()
    # Communities are numbered from nought inside; people count from one.
    names = [name for name in _COLUMNS if screen_width() >= _WIDE or name not in _ONLY_WIDE]
    if sort not in _COLUMNS.values():
        names.insert(-1, sort)
    table = [
        [
            row.community + 1 if name == "community" else getattr(row, _COLUMNS.get(name, name))
            for name in names
        ]
        for row in rows[:top]
    ]
    show_table(names, table)
    if len(rows) > top:
        click.echo(f"... {len(rows) - top} more: --top {len(rows)}, or --format csv")
    _show_communities(rows)


def _rank(row: NodeMeasures, sort: str) -> tuple[float, float, str]:
    value = getattr(row, sort)
    # The lower the constraint, the more of a broker; who has no neighbours is none.
    key = (9.0 if value is None else value) if sort == "constraint" else -(value or 0)
    return (key, -row.strength, row.label)


def _sentence(figures: Figures) -> str:
    parts = [
        ", ".join(
            counted(number, word)
            for number, word in (
                (figures.nodes, "node"),
                (figures.edges, "link"),
                (figures.events, "event"),
            )
        ),
        f"{counted(figures.components, 'component')} (the largest of {figures.largest_component})",
        f"density {figures.density:.3f}",
        counted(figures.communities, "community", "communities"),
    ]
    if figures.modularity is not None:
        parts.append(f"modularity {figures.modularity:.2f}")
    # Among countries every link crosses a border.
    if figures.across_countries is not None and figures.across_countries < 1:
        parts.append(f"{figures.across_countries:.0%} of links across borders")
    return " · ".join(parts)


def _show_communities(rows: Iterable[NodeMeasures], most: int = 8) -> None:
    members: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: (-row.strength, row.label)):
        members.setdefault(row.community, []).append(row.label)
    shown = [(number, names) for number, names in sorted(members.items()) if len(names) > 1][:most]
    if not shown:
        return
    click.echo()
    table = [(number + 1, len(names), ", ".join(names[:5]) + (", ..." if len(names) > 5 else ""))
             for number, names in shown]  # fmt: skip
    show_table(("community", "members", "strongest first"), table)


def show_comparison(found: Comparison, periods: tuple[str, str], *, top: int, form: str) -> None:
    """Write what changed between two periods: the whole, the nodes, the links."""
    if form == "json":
        write_bytes(json.dumps(asdict(found), ensure_ascii=False, indent=1).encode())
        return
    if form == "csv":
        write_bytes(_csv(found.nodes))
        return
    figures = (("", *periods), [(name.replace("_", " "), value, getattr(found.after, name))
                                for name, value in asdict(found.before).items()])  # fmt: skip
    show_table(*figures)
    nodes = [row for row in found.nodes if row.change != "same"]
    links = [row for row in found.links if row.change != "same"]
    if nodes:
        click.echo()
        head = ("name", "country", "change", *(f"strength {period}" for period in periods))
        show_table(head, [(row.label, row.country, row.change, row.before, row.after) for row in nodes[:top]])
    if links:
        click.echo()
        head = ("between", "and", "change", *(f"weight {period}" for period in periods))
        show_table(
            head,
            [(row.source_label, row.target_label, row.change, row.before, row.after) for row in links[:top]],
        )
    if max(len(nodes), len(links)) > top:
        click.echo(f"... {counted(len(nodes), 'node')} and {counted(len(links), 'link')} changed: --top, or "
                   "--format json")  # fmt: skip


def _csv(rows: Iterable[NodeMeasures | NodeChange]) -> bytes:
    from kg.network import NodeMeasures

    values = [asdict(row) for row in rows]
    stream = io.StringIO()
    names = list(values[0]) if values else [field.name for field in fields(NodeMeasures)]
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in values)
    return stream.getvalue().encode("utf-8", "replace")


def safe_cell(value: Any) -> Any:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
