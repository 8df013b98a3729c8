"""Write a network in the format that the ending asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg import drawing
from kg.errors import UsageError
from kg.export.endings import ENDINGS, source_of
from kg.export.flat import Value, columns, edge_rows, node_label, node_rows
from kg.export.gexf import write_gexf
from kg.export.pajek import write_pajek
from kg.export.tables import write_table


def export_network(graph: nx.Graph, path: Path, *, lang: str | None = None) -> tuple[Path, ...]:
    """Write the network to ``path``, labels in ``lang`` where they are known; return the files written.

    Raises ``UsageError`` for an ending that holds no network.
    """
    if source_of(path) != "network":
        possible = ", ".join(ending for ending, source in ENDINGS.items() if source == "network")
        raise UsageError(f"{path}: {path.suffix} holds no network. What does: {possible}.")
    return _WRITERS[path.suffix.lower()](graph, path, lang)


def _gexf(graph: nx.Graph, path: Path, lang: str | None) -> tuple[Path, ...]:
    write_gexf(graph, path, lang=lang)
    return (path,)


def _pajek(graph: nx.Graph, path: Path, lang: str | None) -> tuple[Path, ...]:
    write_pajek(graph, path, lang=lang)
    return (path,)


def _graphml(graph: nx.Graph, path: Path, lang: str | None) -> tuple[Path, ...]:
    """Write through networkx, which knows no lists and no None: lists become one text."""
    drawing.draw_network(graph)
    flat = nx.Graph()
    for (id, row), (node, values) in zip(node_rows(graph), graph.nodes(data=True), strict=True):
        place = {name: float(values[name]) for name in ("x", "y", "size")}
        flat.add_node(id, label=node_label(node, values, lang), **_scalars(row, place))
    edges = list(edge_rows(graph))
    kinds = columns(row for *_, row in edges)
    for one, other, row in edges:
        flat.add_edge(
            one, other, **{name: value for name, value in _scalars(row, {}).items() if name in kinds}
        )
    nx.write_graphml(flat, path, named_key_ids=True)
    return (path,)


def _csv(graph: nx.Graph, path: Path, lang: str | None) -> tuple[Path, ...]:
    """Write the headings that Gephi's import looks for (Id, Label, Source, Target, Weight)."""
    nodes = path.with_suffix(".nodes.csv")
    labels = [node_label(node, values, lang) for node, values in graph.nodes(data=True)]
    node_list = list(node_rows(graph))
    names = list(columns(row for _, row in node_list))
    table = (
        [id, label, *(row.get(name) for name in names)]
        for label, (id, row) in zip(labels, node_list, strict=True)
    )
    write_table(nodes, ["Id", "Label", *names], table)
    edges = list(edge_rows(graph))
    names = [name for name in columns(row for *_, row in edges) if name != "weight"]
    links = (
        [one, other, "Undirected", row["weight"], *(row.get(name) for name in names)]
        for one, other, row in edges
    )
    write_table(path, ["Source", "Target", "Type", "Weight", *names], links)
    return (path, nodes)


def _cyjs(graph: nx.Graph, path: Path, lang: str | None) -> tuple[Path, ...]:
    drawing.draw_network(graph)
    nodes = [
        {
            "data": {"id": id, "name": node_label(node, values, lang), **row},
            "position": {"x": values["x"], "y": values["y"]},
        }
        for (id, row), (node, values) in zip(node_rows(graph), graph.nodes(data=True), strict=True)
    ]
    edges = [
        {"data": {"id": f"e{number}", "source": one, "target": other, **row}}
        for number, (one, other, row) in enumerate(edge_rows(graph))
    ]
    document = {
        "format_version": "1.0",
        "generated_by": "Entente",
        "data": {"name": graph.graph.get("level", "partner")},
        "elements": {"nodes": nodes, "edges": edges},
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return (path,)


_WRITERS: Final[Mapping[str, Callable[[nx.Graph, Path, str | None], tuple[Path, ...]]]] = {
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".net": _pajek,
    ".csv": _csv,
    ".cyjs": _cyjs,
}


def _scalars(row: Mapping[str, Value], more: Mapping[str, float]) -> dict[str, Any]:
    values = {name: "; ".join(value) if isinstance(value, list) else value for name, value in row.items()}
    return {name: value for name, value in (values | dict(more)).items() if value is not None}
