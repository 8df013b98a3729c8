"""A network in; a Pajek network file (``.net``) out.

Pajek knows vertices by number and by one label, places, and one weight a link. Networks of two modes say how
many vertices are of the first one. The file is UTF-8, as Pajek, igraph and networkx read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import drawing
from kg.export.flat import edge_rows, node_label, node_rows

if TYPE_CHECKING:
    import networkx as nx

#: Kinds of nodes that make up a second mode.
_SECOND_MODE = frozenset({"sector", "event"})


def write_pajek(graph: nx.Graph, path: Path, *, lang: str | None = None) -> None:
    """Write vertices with label, place and size, and edges with weight."""
    drawing.draw_network(graph)
    path.write_text("\n".join(_lines(graph, lang)) + "\n", encoding="utf-8", newline="\n")


def _lines(graph: nx.Graph, lang: str | None) -> Iterator[str]:
    rows = list(zip(node_rows(graph), graph.nodes(data=True), strict=True))
    rows.sort(key=lambda row: row[1][1].get("kind") in _SECOND_MODE)
    number = {id: place for place, ((id, _), _) in enumerate(rows, 1)}
    first = sum(values.get("kind") not in _SECOND_MODE for _, (_, values) in rows)
    yield f"*Vertices {len(rows)}" if first == len(rows) else f"*Vertices {len(rows)} {first}"
    # Pajek draws between 0 and 1.
    reach = max((abs(values[axis]) for _, (_, values) in rows for axis in "xy"), default=0) or 1
    for (id, _), (node, values) in rows:
        x, y = (0.5 + values[axis] / reach * 0.48 for axis in "xy")
        yield f'{number[id]} "{_text(node_label(node, values, lang))}" {x:.4f} {y:.4f} 0.5'
    yield "*Edges"
    for one, other, row in edge_rows(graph):
        yield f"{number[one]} {number[other]} {row['weight']}"


def _text(label: str) -> str:
    """Keep a label within its quotation marks and its line."""
    return " ".join(label.replace('"', "'").replace("\\", "/").split())
