"""A network in; figures for each node and for the whole out.

Everything is deterministic: seeds are fixed, and communities are numbered from the largest down.
Where distance is meant (betweenness, closeness) links count as one step each: a strong tie is not a longer or
shorter road for news, and the figures stay comparable between weightings. Strength, PageRank, eigenvector,
constraint and communities use the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import UsageError
from kg.listings import html_table, to_frame
from kg.network import centrality
from kg.network.brokerage import Brokerage, brokerage, group_by
from kg.network.communities import find_communities

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """One row of the table of measures."""

    id: str
    label: str
    kind: str
    country: str | None
    events: int
    #: Neighbours, and the weight of the links to them.
    degree: int
    strength: float
    #: Share of the shortest roads between others that lead through it.
    betweenness: float
    pagerank: float
    #: Being linked to those who are well linked themselves.
    eigenvector: float
    #: Nearness to the others of its component, scaled by the component's size (Wasserman and Faust).
    closeness: float
    #: Share of its neighbours that are joined to each other.
    clustering: float
    core: int
    #: Burt's constraint: low for a broker between groups, high among friends; None without neighbours.
    constraint: float | None
    #: How many other countries its neighbours come from.
    countries: int
    #: Pairs of others that only it joins, by their countries and its own (see ``brokerage``).
    coordinator: int
    consultant: int
    gatekeeper: int
    liaison: int
    #: Pairs of others of two communities that it joins and that are not joined themselves.
    bridges: int
    community: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The network as a whole; a figure that is not defined for it is None."""

    nodes: int
    edges: int
    events: int
    #: Sum of the weights of all links.
    weight: float
    density: float
    components: int
    largest_component: int
    #: Nodes that no link reaches.
    isolates: int
    mean_degree: float
    transitivity: float
    #: From 0 (all have as many neighbours) to 1 (all have the same one and no other), after Freeman.
    centralisation: float
    communities: int
    modularity: float | None
    #: From -1 to 1: do links stay within countries, within kinds?
    assortativity_country: float | None
    assortativity_kind: float | None
    #: Share of the links between nodes of known countries that cross a border.
    across_countries: float | None


@dataclass(frozen=True, slots=True)
class Measures:
    """``rows`` from the strongest node down; ``figures`` of the whole."""

    rows: tuple[NodeMeasures, ...]
    figures: Figures

    def to_frame(self) -> DataFrame:
        """Return the rows as a pandas ``DataFrame`` by id; pandas is needed for this alone."""
        return to_frame((asdict(row) for row in self.rows), NAMES, index="id")

    def _repr_html_(self) -> str:
        return html_table((asdict(row) for row in self.rows), NAMES[1:], count=len(self.rows))


#: The columns of the table of measures.
NAMES = tuple(field.name for field in fields(NodeMeasures))


def measure_network(graph: nx.Graph, *, communities: str = "louvain", backend: str | None = None) -> Measures:
    """Measure every node and the whole network.

    ``communities`` is ``louvain`` or ``leiden``. ``backend`` names an installed backend of networkx, which
    then does what networkx itself would do; ``UsageError`` lists them when there is no such one.
    """
    chosen = _backend(backend)
    community = find_communities(graph, method=communities, backend=backend)
    columns: dict[str, Mapping[str, Any]] = {
        "degree": dict(graph.degree()),
        "strength": {node: float(value) for node, value in graph.degree(weight="weight")},
        "betweenness": _betweenness(graph, chosen),
        "pagerank": nx.pagerank(graph, weight="weight", **chosen) if len(graph) else {},
        "eigenvector": centrality.eigenvector(graph),
        "closeness": centrality.closeness(graph),
        "clustering": {node: float(value) for node, value in nx.clustering(graph, **chosen).items()},
        "core": nx.core_number(graph, **chosen),
        "constraint": centrality.constraint(graph),
        "countries": {node: _foreign_countries(graph, node) for node in graph},
        "bridges": {node: found.between for node, found in brokerage(graph, community).items()},
        "community": community,
    }
    by_country = brokerage(graph, group_by(graph, "country"))
    for field in fields(Brokerage):
        columns[field.name] = {node: getattr(found, field.name) for node, found in by_country.items()}
    rows = [_row(node, values, columns) for node, values in graph.nodes(data=True)]
    rows.sort(key=lambda row: (-row.strength, -row.events, row.label, row.id))
    return Measures(tuple(rows), measure_figures(graph, community=community))


def measure_figures(graph: nx.Graph, *, community: Mapping[str, int] | None = None) -> Figures:
    """Measure the whole network alone; ``community`` is found (Louvain) where it is not given."""
    community = find_communities(graph) if community is None else community
    components = [len(part) for part in nx.connected_components(graph)]
    groups: dict[int, set[str]] = {}
    for node, number in community.items():
        groups.setdefault(number, set()).add(node)
    weight = float(graph.size(weight="weight"))
    return Figures(
        nodes=len(graph),
        edges=graph.number_of_edges(),
        events=len(graph.graph.get("events", ())),
        weight=_rounded(weight),
        density=_rounded(nx.density(graph)),
        components=len(components),
        largest_component=max(components, default=0),
        isolates=nx.number_of_isolates(graph),
        mean_degree=_rounded(2 * graph.number_of_edges() / len(graph)) if len(graph) else 0.0,
        transitivity=_rounded(nx.transitivity(graph)),
        centralisation=_rounded(_centralisation(graph)),
        communities=len(groups),
        modularity=_rounded(nx.community.modularity(graph, groups.values())) if weight else None,
        assortativity_country=_assortativity(graph, "country"),
        assortativity_kind=_assortativity(graph, "kind"),
        across_countries=_across_countries(graph),
    )


def attach_measures(graph: nx.Graph, measures: Measures) -> None:
    """Write the measures on the nodes, where map and exports find them."""
    own = {name for name in NAMES if name not in ("id", "label", "kind", "country", "events")}
    for row in measures.rows:
        graph.nodes[row.id].update({name: value for name, value in asdict(row).items() if name in own})


def backbone(graph: nx.Graph, alpha: float = 0.05) -> nx.Graph:
    """Keep the links that stand out at one of their ends, and their nodes.

    This is the disparity filter (Serrano and others 2009): a link that carries the share p of the strength of
    a node with k links stands out when (1 - p) ** (k - 1) < alpha. The only link of a node stands out at its
    other end or not at all.
    """
    strength = dict(graph.degree(weight="weight"))
    degree = dict(graph.degree())

    def stands_out(node: str, weight: float) -> bool:
        return bool(degree[node] > 1 and (1 - weight / strength[node]) ** (degree[node] - 1) < alpha)

    kept = [
        (one, other)
        for one, other, weight in graph.edges(data="weight")
        if stands_out(one, weight) or stands_out(other, weight)
    ]
    return graph.edge_subgraph(kept).copy()


def _backend(name: str | None) -> dict[str, str]:
    if name is None:
        return {}
    installed = sorted(nx.config.backends)
    if name not in installed:
        there = f"There are: {', '.join(installed)}." if installed else "None is installed here."
        raise UsageError(f"networkx has no backend {name!r}. {there}")
    return {"backend": name}


def _betweenness(graph: nx.Graph, chosen: Mapping[str, str]) -> dict[str, float]:
    if not chosen:
        return centrality.betweenness(graph)
    sources = None if len(graph) <= centrality.EXACT else centrality.SAMPLE
    found: dict[str, float] = nx.betweenness_centrality(graph, k=sources, seed=centrality.SEED, **chosen)
    return found


def _row(node: str, values: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]]) -> NodeMeasures:
    own = {name: values.get(name) for name in ("label", "kind", "country")}
    found = {name: _rounded(column[node]) for name, column in columns.items()}
    return NodeMeasures(id=node, **own, events=len(values.get("events", ())), **found)  # type: ignore[arg-type]


def _centralisation(graph: nx.Graph) -> float:
    degrees = [degree for _, degree in graph.degree()]
    count = len(degrees)
    missing = sum(max(degrees) - degree for degree in degrees) if degrees else 0
    return missing / ((count - 1) * (count - 2)) if count > 2 else 0.0


def _across_countries(graph: nx.Graph) -> float | None:
    country = dict(graph.nodes(data="country"))
    pairs = [(country[one], country[other]) for one, other in graph.edges]
    known = [one != other for one, other in pairs if one and other]
    return round(sum(known) / len(known), 6) if known else None


def _assortativity(graph: nx.Graph, attribute: str) -> float | None:
    """Return Newman's coefficient; None where all nodes are alike, since nothing can then be said."""
    values = {graph.nodes[node].get(attribute) for edge in graph.edges for node in edge}
    if len(values) < 2:
        return None
    value = float(nx.attribute_assortativity_coefficient(graph, attribute))
    return None if math.isnan(value) else round(value, 6)


def _foreign_countries(graph: nx.Graph, node: str) -> int:
    own = graph.nodes[node].get("country")
    return len({graph.nodes[other].get("country") for other in graph[node]} - {own, None})


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value
