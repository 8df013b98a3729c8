"""A network in; GEXF 1.3 out, as Gephi reads it and the official RelaxNG schema wants it.

networkx's own writer is invalid against every schema, fails on lists, None and dates, and lets control
characters break the XML. Only one ``attributes`` block a class is written: some readers keep the last alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from kg import drawing
from kg.export.flat import Row, Value, clean, columns, days, edge_rows, node_days, node_label, node_rows

if TYPE_CHECKING:
    import networkx as nx

_NAMESPACE: Final = "http://gexf.net/1.3"
_VIZ: Final = "http://gexf.net/1.3/viz"
_TYPES: Final[Mapping[type, str]] = {
    str: "string",
    int: "integer",
    float: "double",
    bool: "boolean",
    list: "liststring",
}
#: Written where the format has a place of its own for it.
_OWN_PLACE: Final = frozenset({"weight"})


def write_gexf(graph: nx.Graph, path: Path, *, lang: str | None = None) -> None:
    """Write attributes, colours, sizes, places, weights and the days between which links are told of.

    A node is there while any of its links is; what has no date is always there.
    """
    drawing.draw_network(graph)
    root = etree.Element(_tag("gexf"), {"version": "1.3"}, nsmap={None: _NAMESPACE, "viz": _VIZ})
    meta = _add(root, "meta")
    _add(meta, "creator").text = "Entente"
    _add(meta, "description").text = f"{graph.graph.get('level', 'partner')} network"
    is_timed = any(first for _, _, first in graph.edges(data="first"))
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if is_timed else {}
    body = _add(root, "graph", defaultedgetype="undirected", idtype="string", **time)
    nodes, edges = list(node_rows(graph)), list(edge_rows(graph))
    node_names = _declare(body, "node", [row for _, row in nodes])
    edge_names = _declare(body, "edge", [row for *_, row in edges])
    _write_nodes(_add(body, "nodes", count=str(len(nodes))), graph, nodes, node_names, lang)
    _write_edges(_add(body, "edges", count=str(len(edges))), graph, edges, edge_names)
    etree.ElementTree(root).write(path, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _write_nodes(
    parent: Any, graph: nx.Graph, rows: list[tuple[str, Row]], names: Mapping[str, str], lang: str | None
) -> None:
    spans = node_days(graph)
    for (id, row), (node, values) in zip(rows, graph.nodes(data=True), strict=True):
        element = _add(parent, "node", id=id, label=" ".join(node_label(node, values, lang).split()))
        _write_values(element, row, names)
        _write_spell(element, *spans[node])
        kind = values.get("kind") or "other"
        _colour(element, drawing.KIND_COLOURS.get(kind, drawing.KIND_COLOURS["other"]))
        # On a screen y grows downwards, in Gephi upwards.
        _add_viz(element, "position", x=str(values["x"]), y=str(-values["y"]), z="0.0")
        _add_viz(element, "size", value=str(values["size"]))
        shape = drawing.KIND_SHAPES.get(kind, "disc")
        _add_viz(element, "shape", value=shape)


def _write_edges(
    parent: Any, graph: nx.Graph, rows: list[tuple[str, str, Row]], names: Mapping[str, str]
) -> None:
    for number, ((one, other, row), (*_, values)) in enumerate(
        zip(rows, graph.edges(data=True), strict=True)
    ):
        weight = row["weight"]
        element = _add(parent, "edge", id=str(number), source=one, target=other, weight=str(weight))
        _write_values(element, row, names)
        _write_spell(element, *days(values))
        dashes, colour = drawing.STATUS_STYLES.get(str(row["status"]), ((), "#94a3b5"))
        _colour(element, colour)
        _add_viz(element, "thickness", value=str(weight))
        _add_viz(element, "shape", value="solid" if not dashes else "dotted" if dashes[0] < 4 else "dashed")


def _write_spell(element: Any, start: str | None, end: str | None) -> None:
    spell = {name: day for name, day in (("start", start), ("end", end)) if day}
    if spell:
        _add(_add(element, "spells"), "spell", **spell)


def _declare(body: Any, of: str, rows: list[Row]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; return their ids by name."""
    types = {name: kind for name, kind in columns(rows).items() if name not in _OWN_PLACE}
    block = _add(body, "attributes", **{"class": of, "mode": "static"})
    for name, kind in types.items():
        _add(block, "attribute", id=name, title=name.replace("_", " "), type=_TYPES[kind])
    return {name: name for name in types}


def _write_values(element: Any, row: Row, names: Mapping[str, str]) -> None:
    block = _add(element, "attvalues")
    for name, value in row.items():
        if value is not None and name in names:
            _add(block, "attvalue", **{"for": names[name], "value": _text(value)})


def _text(value: Value) -> str:
    """Write a value as GEXF does; a list as ``[education, "a, b"]``."""
    if isinstance(value, list):
        return f"[{', '.join(_item(item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _item(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if any(sign in text for sign in ",\"[]\\'") else text


def _colour(element: Any, colour: str) -> None:
    red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    _add_viz(element, "color", r=red, g=green, b=blue)


def _tag(name: str, namespace: str = _NAMESPACE) -> str:
    return f"{{{namespace}}}{name}"


def _add(parent: Any, name: str, **values: str) -> Any:
    return etree.SubElement(parent, _tag(name), {key: clean(value) for key, value in values.items()})


def _add_viz(parent: Any, name: str, **values: str) -> None:
    etree.SubElement(parent, _tag(name, _VIZ), values)
