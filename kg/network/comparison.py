"""The network of one period and that of another in; what changed between them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.listings import html_table, to_frame
from kg.network.measures import Figures, measure_figures

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node of either network with its strength and its events before and after; absent counts as 0."""

    id: str
    label: str
    kind: str
    country: str | None
    #: ``new``, ``gone``, ``stronger``, ``weaker`` or ``same``.
    change: str
    before: float
    after: float
    events_before: int
    events_after: int


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link of either network with its weight before and after, the ends by id and label."""

    source: str
    target: str
    source_label: str
    target_label: str
    change: str
    before: float
    after: float
    events_before: int
    events_after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``nodes`` and ``links`` from the largest change down."""

    before: Figures
    after: Figures
    nodes: tuple[NodeChange, ...]
    links: tuple[LinkChange, ...]

    def to_frame(self) -> DataFrame:
        """Return the nodes as a pandas ``DataFrame`` by id; pandas is needed for this alone."""
        return to_frame((asdict(row) for row in self.nodes), _names(NodeChange), index="id")

    def links_frame(self) -> DataFrame:
        """Return the links as a pandas ``DataFrame``."""
        return to_frame((asdict(row) for row in self.links), _names(LinkChange))

    def _repr_html_(self) -> str:
        rows = (asdict(row) for row in self.nodes)
        return html_table(rows, _names(NodeChange)[1:], count=len(self.nodes))


def compare_networks(before: nx.Graph, after: nx.Graph) -> Comparison:
    """Compare two networks of one level and one weighting, such as those of two periods.

    Weights stand as they are: of periods of different length the longer one has more.
    """
    nodes = sorted(_node_changes(before, after), key=lambda row: (*_size(row), row.label, row.id))
    links = sorted(_link_changes(before, after), key=lambda row: (*_size(row), row.source, row.target))
    return Comparison(measure_figures(before), measure_figures(after), tuple(nodes), tuple(links))


def _size(row: NodeChange | LinkChange) -> tuple[float, float]:
    return -abs(row.after - row.before), -row.after


def _node_changes(before: nx.Graph, after: nx.Graph) -> Iterator[NodeChange]:
    for node in before.nodes | after.nodes:
        values = (after if node in after else before).nodes[node]
        old, new = (_strength(graph, node) for graph in (before, after))
        yield NodeChange(
            id=node,
            **{name: values.get(name) for name in ("label", "kind", "country")},
            change=_change(old, new, is_old=node in before, is_new=node in after),
            before=old,
            after=new,
            events_before=_count(before.nodes.get(node), "events"),
            events_after=_count(after.nodes.get(node), "events"),
        )


def _link_changes(before: nx.Graph, after: nx.Graph) -> Iterator[LinkChange]:
    pairs = {(min(pair), max(pair)) for graph in (before, after) for pair in graph.edges}
    for one, other in pairs:
        old, new = before.get_edge_data(one, other), after.get_edge_data(one, other)
        label = (after if new else before).nodes(data="label")
        yield LinkChange(
            source=one,
            target=other,
            source_label=label[one],
            target_label=label[other],
            change=_change(_weight(old), _weight(new), is_old=old is not None, is_new=new is not None),
            before=_weight(old),
            after=_weight(new),
            events_before=_count(old, "shares"),
            events_after=_count(new, "shares"),
        )


def _change(before: float, after: float, *, is_old: bool, is_new: bool) -> str:
    if not is_old or not is_new:
        return "new" if is_new else "gone"
    return "same" if before == after else "stronger" if after > before else "weaker"


def _strength(graph: nx.Graph, node: str) -> float:
    return round(float(graph.degree(node, weight="weight")), 6) if node in graph else 0.0


def _weight(values: dict[str, Any] | None) -> float:
    return float(values["weight"]) if values else 0.0


def _count(values: dict[str, Any] | None, name: str) -> int:
    return len(values[name]) if values else 0


def _names(row: type[NodeChange | LinkChange]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row))
