"""The graph that a network is: networkx's own, which shows itself in a notebook."""

from __future__ import annotations

from html import escape
from typing import Any

import networkx as nx

from kg import drawing
from kg.listings import html_table

_SIDE = 480
#: A picture of more links is no picture; the strongest are drawn.
_DRAWN = 600


class Network(nx.Graph):  # type: ignore[misc]  # networkx ships no types
    """A ``networkx.Graph`` in all that it does; Jupyter draws it with the table of its strongest nodes."""

    def _repr_html_(self) -> str:
        strength = dict(self.degree(weight="weight"))
        nodes = sorted(self.nodes(data=True), key=lambda item: (-strength[item[0]], str(item[0])))
        rows = [
            {
                "name": values.get("label", node),
                "kind": values.get("kind"),
                "country": values.get("country"),
                "events": len(values.get("events", ())),
                "links": self.degree[node],
                "strength": float(strength[node]),
            }
            for node, values in nodes[:10]
        ]
        told = (
            f"{len(self)} nodes, {self.number_of_edges()} links, {len(self.graph.get('events', ()))} events"
        )
        level = escape(str(self.graph.get("level", "")))
        table = html_table(rows, ("name", "kind", "country", "events", "links", "strength"), count=len(rows))
        return f"<p><b>{level} network</b>: {told}</p>{_picture(self)}{table}"


def _picture(graph: nx.Graph) -> str:
    """Draw the network as SVG: lines and dots, with a name for who points at a dot."""
    if not len(graph):
        return ""
    drawn = graph.copy()
    drawing.draw_network(drawn)
    places = {node: (values["x"], values["y"]) for node, values in drawn.nodes(data=True)}
    xs, ys = zip(*places.values(), strict=True)
    margin = 40
    low_x, low_y = min(xs) - margin, min(ys) - margin
    width, height = max(xs) + margin - low_x, max(ys) + margin - low_y
    links = sorted(drawn.edges(data="weight", default=1.0), key=lambda link: (-link[2], link[:2]))[:_DRAWN]
    lines = "".join(_line(places[one], places[other]) for one, other, _ in links)
    dots = "".join(_dot(values) for _, values in drawn.nodes(data=True))
    return (
        f'<svg viewBox="{low_x:.0f} {low_y:.0f} {width:.0f} {height:.0f}" width="{_SIDE}" '
        f'style="background:#fff;max-height:{_SIDE}px" role="img">{lines}{dots}</svg>'
    )


def _line(one: tuple[float, float], other: tuple[float, float]) -> str:
    return (
        f'<line x1="{one[0]}" y1="{one[1]}" x2="{other[0]}" y2="{other[1]}" stroke="#94a3b5" '
        f'stroke-opacity="0.6" stroke-width="2"/>'
    )


def _dot(values: dict[str, Any]) -> str:
    colour = drawing.KIND_COLOURS.get(values.get("kind") or "other", drawing.KIND_COLOURS["other"])
    name = escape(str(values.get("label", "")))
    return (
        f'<circle cx="{values["x"]}" cy="{values["y"]}" r="{values["size"]}" fill="{colour}">'
        f"<title>{name}</title></circle>"
    )
