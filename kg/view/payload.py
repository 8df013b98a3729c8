"""Networks in; what the page needs to know out, as JSON values.

Nodes and edges are those of a ``pyvis`` network; events and articles stand once and are pointed at by number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from pyvis.network import Network

from kg import drawing
from kg.model import EVENT_TYPES, KINDS, STATUSES
from kg.view.words import LANGUAGES, country_names, language_names, read_words

if TYPE_CHECKING:
    import networkx as nx

Record = Mapping[str, Any]

#: At opening at most so many links are drawn, the strongest; the rest comes at the reader's wish.
OPENING_LINKS: Final = 2000

#: Positions are worked out before: a page that lays out 500 nodes itself shows nothing for 54 seconds.
_OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "borderWidth": 1.5, "borderWidthSelected": 3, "shadow": False},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5, "shadow": False},
    "interaction": {
        "hover": True,
        "dragNodes": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 200,
        "zoomSpeed": 0.7,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


def payload(
    networks: Sequence[nx.Graph], *, title: str, lang: str, vocabulary: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Gather everything that the page shows; ``networks`` are the levels that it can switch between."""
    events = _events(networks)
    number = {iri: place for place, iri in enumerate(events)}
    articles = _Table()
    partners = {
        person["iri"]: _partner(person) for event in events.values() for person in event["participants"]
    }
    countries = sorted({partner["country"] for partner in partners.values()} - {None})
    levels = [_level(graph, number) for graph in networks]
    shown = [_event(event, articles) for event in events.values()]
    languages = sorted({article["lang"] for article in articles.rows} - {None})
    return {
        "title": title,
        "lang": lang,
        "levels": levels,
        "events": shown,
        "articles": articles.rows,
        "partners": partners,
        "countries": {lang: country_names(countries, lang) for lang in LANGUAGES},
        "languages": {lang: language_names(languages, lang) for lang in LANGUAGES},
        "vocabulary": vocabulary,
        "words": {lang: dict(read_words(lang)) for lang in LANGUAGES},
        "style": _style(),
    }


def _style() -> dict[str, Any]:
    return {
        "types": EVENT_TYPES,
        "statuses": STATUSES,
        "kinds": [*KINDS, "sector", "event"],
        "kindColours": drawing.KIND_COLOURS,
        "kindShapes": drawing.KIND_SHAPES,
        "groupColours": drawing.GROUP_COLOURS,
        "statusStyles": {
            name: {"dashes": list(dashes), "colour": colour}
            for name, (dashes, colour) in drawing.STATUS_STYLES.items()
        },
        "statusOrder": drawing.STATUS_ORDER,
        "openingLinks": OPENING_LINKS,
    }


def _events(networks: Iterable[nx.Graph]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for graph in networks:
        found.update(graph.graph.get("events", {}))
    return dict(sorted(found.items()))


class _Table:
    """Articles by number, each once."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._number: dict[str, int] = {}

    def number(self, evidence: Record) -> int:
        id = evidence["article"]
        if id not in self._number:
            self._number[id] = len(self.rows)
            names = ("title", "url", "source", "lang", "published")
            self.rows.append({"id": id} | {name: evidence.get(name) for name in names})
        return self._number[id]


def _event(event: Record, articles: _Table) -> dict[str, Any]:
    names = ("iri", "type", "status", "sectors", "activities", "dates", "places", "instruments", "sources")
    number = {item["article"]: articles.number(item) for item in event["evidence"]}
    return {name: event.get(name) for name in names} | {
        "repeated": [number[iri] for iri in event.get("repeated", ()) if iri in number],
        "differences": [
            [item["what"], item["value"], [number[iri] for iri in item["articles"] if iri in number]]
            for item in event.get("differences", ())
        ],
        "partners": [[person["iri"], person.get("role")] for person in event["participants"]],
        "quotes": [
            [number[item["article"]], item.get("prefix") or "", item["quote"], item.get("suffix") or ""]
            for item in event["evidence"]
        ],
    }


def _partner(participant: Record) -> dict[str, Any]:
    return {name: participant.get(name) for name in ("label", "labels", "kind", "country")}


def _level(graph: nx.Graph, number: Mapping[str, int]) -> dict[str, Any]:
    """Fill a ``pyvis`` network directly: its own ``add_edge`` looks at all edges every time."""
    drawing.draw_network(graph)
    network = Network()
    network.set_options(json.dumps(_OPTIONS))
    place = {node: index for index, node in enumerate(graph)}
    network.nodes = [_node(index, node, graph.nodes[node], number) for node, index in place.items()]
    network.edges = [
        {
            "id": f"e{index}",
            "from": place[one],
            "to": place[other],
            "shares": [
                [number[iri], share] for iri, share in values.get("shares", {}).items() if iri in number
            ],
        }
        for index, (one, other, values) in enumerate(graph.edges(data=True))
    ]
    nodes, edges, *_, options = network.get_network_data()
    return {
        "name": graph.graph.get("level", "partner"),
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
    }


def _node(index: int, node: str, values: Record, number: Mapping[str, int]) -> dict[str, Any]:
    kind = values.get("kind") or "other"
    return {
        "id": index,
        "key": node,
        "name": values.get("label") or node,
        "labels": values.get("labels") or {},
        "kind": kind,
        "country": values.get("country"),
        "community": values.get("community"),
        "events": [number[iri] for iri in values.get("events", ()) if iri in number],
        "x": values["x"],
        "y": values["y"],
        "size": values["size"],
        "shape": drawing.KIND_SHAPES.get(kind, "dot"),
    }
