"""What a picture of a network shows: a graph and a frame in, nodes and lines with places in pixels out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from babel.numbers import format_decimal

from kg import drawing
from kg.errors import UsageError
from kg.model import KINDS
from kg.view.lettering import Box
from kg.view.words import country_names, read_words

if TYPE_CHECKING:
    import networkx as nx

Spot = tuple[float, float]
Edge = tuple[str, str, Mapping[str, Any]]
#: Value of a node's attribute -> name, colour and shape in the legend; None holds the rest.
Groups = dict[Any, tuple[str, str, str]]

COLOURS: Final = ("kind", "country", "community")
_LEVEL_WORDS: Final = {"partner": "partners", "organisation": "partners", "country": "countries"}
#: A link stands out when chance gives it its weight more rarely than this.
_CHANCE = 0.05
#: The closest that a small network is looked at, and how small the whole of a large one may make its nodes.
_CLOSEST, _SMALLEST = 2.6, 0.5


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is drawn."""

    x: float
    y: float
    radius: float
    shape: str
    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A link as it is drawn."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    opacity: float = 1.0
    dashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn; ``groups`` are name, colour and shape, ``statuses`` name and id."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    figures: str
    groups: tuple[tuple[str, str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    note: str


def make_scene(graph: nx.Graph, frame: Box, *, lang: str, colour: str, links: int) -> Scene:
    """Fit a network into a frame, its ``links`` links that stand out and the nodes that they join."""
    if colour not in COLOURS:
        raise UsageError(f"Nodes are not coloured by {colour!r}. There are: {', '.join(COLOURS)}.")
    drawing.draw_network(graph)
    words = read_words(lang)
    edges = _standing_out(graph)
    kept = edges[:links]
    # What is alone belongs to the picture of the whole, but not to the picture of what stands out.
    ends = list(dict.fromkeys(end for one, other, _ in kept for end in (one, other)))
    nodes = list(graph) if len(kept) == len(edges) else ends
    scale, growth, spots = _fit({node: graph.nodes[node] for node in nodes}, frame)
    groups = _groups(graph, colour, words, lang)
    cut = _cut(words, lang, shown=len(kept), of=len(edges))
    statuses = {drawing.furthest_status(values["statuses"]) for *_, values in kept}
    return Scene(
        nodes=tuple(
            _node(graph.nodes[node], spots[node], min(scale * growth, 1.6), groups, colour=colour, lang=lang)
            for node in sorted(nodes, key=lambda node: -graph.nodes[node]["size"])
        ),
        lines=_lines(kept, spots, min(scale, 1.0) * growth**0.5),
        figures=_figures(graph, nodes, kept, lang),
        groups=tuple(groups.values()),
        statuses=tuple(
            (f"{words[f'status_{status}']} ({words[f'says_{status}']})", status)
            for status in drawing.STATUS_STYLES
            if status in statuses
        ),
        note=f"{cut} {words['legend_shapes']}".strip(),
    )


def _cut(words: Mapping[str, str], lang: str, *, shown: int, of: int) -> str:
    """Say that not all links are drawn, where that is so."""
    numbers = {"shown": format_decimal(shown, locale=lang), "all": format_decimal(of, locale=lang)}
    return words["strongest_shown"].format(**numbers) if shown < of else ""


def _standing_out(graph: nx.Graph) -> list[Edge]:
    """Order links as the page does: those that stand out (disparity filter) first, the heavier first."""
    strength, degree = dict(graph.degree(weight="weight")), dict(graph.degree())

    def is_out(ends: Iterable[str], weight: float) -> bool:
        return any((1 - weight / (strength[end] or 1)) ** (degree[end] - 1) < _CHANCE for end in ends)

    def rank(edge: Edge) -> tuple[bool, float, str, str]:
        one, other, values = edge
        return (not is_out((one, other), values["weight"]), -values["weight"], one, other)

    return sorted(graph.edges(data=True), key=rank)


def _fit(nodes: Mapping[str, Mapping[str, Any]], frame: Box) -> tuple[float, float, dict[str, Spot]]:
    """Find the scale that shows all, how much larger nodes are drawn, and where every node then lies."""
    places = [(values["x"], values["y"]) for values in nodes.values()] or [(0.0, 0.0)]
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*places, strict=True))
    # Nodes and names reach over the outermost places.
    width, height = frame[2] - frame[0] - 120, frame[3] - frame[1] - 70
    scale = min(width / (right - left or 1), height / (bottom - top or 1), _CLOSEST)
    x, y = (
        (frame[0] + frame[2] - (left + right) * scale) / 2,
        (frame[1] + frame[3] - (top + bottom) * scale) / 2,
    )
    spots = {node: (x + values["x"] * scale, y + values["y"] * scale) for node, values in nodes.items()}
    return scale, min(3.5, max(1.0, _SMALLEST / scale)), spots


def _groups(graph: nx.Graph, colour: str, words: Mapping[str, str], lang: str) -> Groups:
    """Name, colour and shape of every group of nodes, in the order of the legend; None holds the rest."""
    counts = Counter(values.get(colour) for _, values in graph.nodes(data=True))
    if colour == "kind":
        kinds = [kind for kind in (*KINDS, "sector", "event") if kind in counts]
        return {
            kind: (words[f"kind_{kind}"], drawing.KIND_COLOURS[kind], drawing.KIND_SHAPES.get(kind, "dot"))
            for kind in kinds
        }
    # A community of one is none.
    least = 2 if colour == "community" else 1
    known = (value for value, count in counts.items() if value is not None and count >= least)
    ranked = sorted(known, key=lambda value: (-counts[value], str(value)))
    shown = ranked[: len(drawing.GROUP_COLOURS) - 1]
    names = country_names(shown, lang) if colour == "country" else _community_names(graph, shown, lang)
    groups = {value: (names[value], drawing.GROUP_COLOURS[rank], "dot") for rank, value in enumerate(shown)}
    if sum(counts[value] for value in shown) < len(graph):
        groups[None] = (words["others"], drawing.GROUP_COLOURS[-1], "dot")
    return groups


def _community_names(graph: nx.Graph, communities: Iterable[int], lang: str) -> dict[int, str]:
    """Call a community after its two strongest members."""
    members: dict[int, list[Mapping[str, Any]]] = {}
    for _, values in graph.nodes(data=True):
        members.setdefault(values.get("community"), []).append(values)
    strongest = {
        community: sorted(members[community], key=lambda values: -values["size"])[:2]
        for community in communities
    }
    return {
        community: ", ".join(_name(values, lang) for values in found)
        for community, found in strongest.items()
    }


def _name(values: Mapping[str, Any], lang: str) -> str:
    if values.get("kind") == "country" and values.get("country"):
        return country_names([values["country"]], lang)[values["country"]]
    if values.get("kind") == "event":
        type, *rest = str(values["label"]).split(" ", 1)
        return " ".join([read_words(lang).get(f"type_{type}", type), *rest])
    return str((values.get("labels") or {}).get(lang) or values.get("label") or "")


def _node(
    values: Mapping[str, Any], spot: Spot, scale: float, groups: Groups, *, colour: str, lang: str
) -> Node:
    kind = values.get("kind") or "other"
    fallback = ("", drawing.GROUP_COLOURS[-1], "dot")
    group = groups.get(values.get(colour), groups.get(None, fallback))
    shape = drawing.KIND_SHAPES.get(kind, "dot")
    return Node(*spot, values["size"] * scale, shape, group[1], _name(values, lang))


def _lines(edges: Iterable[Edge], spots: Mapping[str, Spot], scale: float) -> tuple[Line, ...]:
    """Draw links, the heaviest last, so that it lies on top."""
    order = sorted(edges, key=lambda edge: edge[2]["weight"])
    heaviest = order[-1][2]["weight"] or 1 if order else 1
    lines = []
    for one, other, values in order:
        dashes, colour = drawing.STATUS_STYLES[drawing.furthest_status(values["statuses"])]
        part = (values["weight"] / heaviest) ** 0.5
        width = max(0.5, (0.9 + 5.5 * part) * scale)
        lines.append(Line(*spots[one], *spots[other], width, colour, min(1.0, 0.45 + part), dashes))
    return tuple(lines)


def _figures(graph: nx.Graph, nodes: Iterable[str], edges: Sequence[Edge], lang: str) -> str:
    """Say how much is shown, and of which time."""
    words, drawn = read_words(lang), list(nodes)
    shown = {event for *_, values in edges for event in values["shares"]}
    shown.update(event for node in drawn if not graph.degree(node) for event in graph.nodes[node]["events"])
    events = [graph.graph["events"][event] for event in shown]
    articles = {item["article"] for event in events for item in event["evidence"]}
    level = _LEVEL_WORDS.get(graph.graph.get("level", "partner"), "nodes")
    figures = (
        (len(drawn), level),
        (len(edges), "links"),
        (len(events), "events"),
        (len(articles), "articles"),
    )
    years = sorted(date[:4] for event in events for date in event["dates"])
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    counts = (f"{format_decimal(number, locale=lang)} {words[word]}" for number, word in figures)
    return " · ".join(filter(None, (*counts, span)))
