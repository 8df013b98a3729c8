"""How a network is drawn, for the map and for Gephi alike: places, sizes, colours and line styles.

In comes a graph with ``weight`` on its edges and ``kind`` on its nodes. Positions are worked out here, ahead
of the page: a network that lays itself out in the browser takes minutes and looks different each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import networkx as nx

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

#: Paul Tol's "muted" scheme: told apart by people who do not see red and green.
KIND_COLOURS: Final[Mapping[str, str]] = {
    "country": "#332288",
    "government-body": "#6699cc",
    "local-government": "#88ccee",
    "company": "#cc6677",
    "university": "#117733",
    "research-institute": "#44aa99",
    "association": "#ddaa33",
    "international-organisation": "#882255",
    "other": "#a3a9b3",
    "sector": "#999933",
    "event": "#a3a9b3",
}
#: For countries and communities, from the most frequent down; the rest shares the last colour.
GROUP_COLOURS: Final = (
    *(
        "#4477aa",
        "#cc6677",
        "#228833",
        "#ccaa33",
        "#66aadd",
        "#aa3377",
        "#44aa99",
        "#994f00",
        "#7a6fbe",
        "#7f9f3f",
    ),
    "#a3a9b3",
)
#: Shapes tell four families apart without colour: states, companies, places of knowledge, associations.
KIND_SHAPES: Final[Mapping[str, str]] = {
    "company": "square",
    "university": "triangle",
    "research-institute": "triangle",
    "association": "diamond",
    "international-organisation": "diamond",
}
#: Line styles from what is said to what is done: dashes in pixels and colour.
STATUS_STYLES: Final[Mapping[str, tuple[tuple[int, ...], str]]] = {
    "proposed": ((2, 5), "#94a0ae"),
    "planned": ((9, 5), "#8291a3"),
    "concluded": ((), "#94a3b5"),
    "ongoing": ((), "#3f5873"),
    "ended": ((9, 4, 2, 4), "#c3b5ab"),
}
#: From the faintest to the furthest: a link is drawn as the furthest of its events, an end is the least.
STATUS_ORDER: Final = ("ended", "proposed", "planned", "concluded", "ongoing")

_SEED: Final = 20
_EXACT: Final = 1500
_SPACING: Final = 95.0
#: From so many nodes on, links between communities pull by this part of their strength.
_CROWD: Final = 250
_BETWEEN: Final = 0.15
#: Strong enough that lone pairs stay near the rest and the frame is filled.
_GRAVITY: Final = 3.0


def draw_network(graph: nx.Graph) -> None:
    """Write ``x``, ``y`` and ``size`` on every node that has none."""
    if not len(graph) or all("x" in values for _, values in graph.nodes(data=True)):
        return
    nodes = list(graph)
    place = {node: number for number, node in enumerate(nodes)}
    weighted = [(place[one], place[other], weight or 0) for one, other, weight in graph.edges(data="weight")]
    sizes = node_sizes([value for _, value in graph.degree(weight="weight")])
    ends = np.array([(one, other) for one, other, _ in weighted], dtype=np.int64).reshape(-1, 2)
    weights = np.array([weight for *_, weight in weighted], dtype=float)
    groups = [graph.nodes[node].get("community") for node in nodes]
    positions = place_nodes(len(nodes), ends, weights, sizes=sizes, groups=groups)
    for node, (x, y), size in zip(nodes, positions.tolist(), sizes, strict=True):
        graph.nodes[node].update(x=round(x, 1), y=round(y, 1), size=round(size, 1))


def node_sizes(strengths: Sequence[float]) -> list[float]:
    """Turn strengths into radii whose areas grow with them, so that the eye reads them right."""
    largest = max(strengths, default=0) or 1
    return [6 + 22 * (strength / largest) ** 0.5 for strength in strengths]


def furthest_status(statuses: Mapping[str, int] | Sequence[str]) -> str:
    """Return the status as which a link with these is drawn."""
    return max(statuses, key=STATUS_ORDER.index, default="proposed")


def place_nodes(
    count: int, ends: Integers, weights: Floats, *, sizes: Sequence[float], groups: Sequence[int | None] = ()
) -> Floats:
    """Lay a network out: array of ``count`` positions, the same for the same input.

    Links between ``groups`` pull less in a large network, so that groups are seen as islands.

    The forces of ForceAtlas2 (Jacomy and others 2014) with the cooling of Fruchterman and Reingold; then
    nodes that touch are pushed apart. Above 1,500 nodes far nodes act as the cells of a grid.
    """
    if count < 2:
        return np.zeros((count, 2))
    random = np.random.default_rng(_SEED)
    positions: Floats = random.normal(size=(count, 2)) * np.sqrt(count)
    mass = 1 + np.bincount(ends.ravel(), minlength=count).astype(float)
    pull = np.sqrt(weights / (weights.mean() or 1)) if len(weights) else weights
    if count > _CROWD and len(groups) == count:
        group = np.unique([-1 if value is None else value for value in groups], return_inverse=True)[1]
        pull = np.where(group[ends[:, 0]] == group[ends[:, 1]], pull, pull * _BETWEEN)
        positions = _islands(group, group[ends], weights) + positions * 0.1
    steps = 400 if count <= 500 else 160
    for step in range(steps):
        force = _repulsion(positions, mass, random) - _GRAVITY * mass[:, None] * _unit(positions)
        stretch = (positions[ends[:, 0]] - positions[ends[:, 1]]) * pull[:, None]
        np.add.at(force, ends[:, 0], -stretch)
        np.add.at(force, ends[:, 1], stretch)
        heat = np.sqrt(count) * 0.6 * (1 - step / steps) ** 2 + 0.01
        length = np.linalg.norm(force, axis=1, keepdims=True)
        positions += force / np.maximum(length, 1e-9) * np.minimum(length / mass[:, None], heat)
    return _spread(_scaled(positions), np.asarray(sizes, dtype=float))


def _islands(group: Integers, ends: Integers, weights: Floats) -> Floats:
    """Place every node at the centre of its group; the groups are laid out first, as a network."""
    count = int(group.max()) + 1
    among = ends[ends[:, 0] != ends[:, 1]]
    pairs, place = np.unique(np.sort(among, axis=1), axis=0, return_inverse=True)
    bonds = np.bincount(place.ravel(), weights[ends[:, 0] != ends[:, 1]], len(pairs)).astype(float)
    centres = place_nodes(count, pairs, bonds, sizes=np.sqrt(np.bincount(group, minlength=count)).tolist())
    spread: float = np.sqrt((centres**2).sum(axis=1).mean()) or 1.0
    islands: Floats = centres[group] / spread * np.sqrt(len(group)) * 1.5
    return islands


def _repulsion(positions: Floats, mass: Floats, random: np.random.Generator) -> Floats:
    """Push every node away from every other with the force of their masses over their distance."""
    if len(positions) <= _EXACT:
        return _push(positions, positions, mass) * mass[:, None]
    centres, cell_mass = _cells(positions, mass, random.random(2))
    far = _push(positions, centres, cell_mass, softening=0.5)
    near = np.zeros_like(positions)
    pairs = cKDTree(positions).query_pairs(2.0, output_type="ndarray")
    away = positions[pairs[:, 0]] - positions[pairs[:, 1]]
    away /= np.maximum((away**2).sum(axis=1, keepdims=True), 0.05)
    np.add.at(near, pairs[:, 0], away * mass[pairs[:, 1], None])
    np.add.at(near, pairs[:, 1], -away * mass[pairs[:, 0], None])
    return (far + near) * mass[:, None]


def _push(positions: Floats, others: Floats, mass: Floats, *, softening: float = 0.01) -> Floats:
    away_x = positions[:, 0, None] - others[None, :, 0]
    away_y = positions[:, 1, None] - others[None, :, 1]
    strength = mass[None, :] / (away_x**2 + away_y**2 + softening)
    return np.stack([(away_x * strength).sum(axis=1), (away_y * strength).sum(axis=1)], axis=1)


def _cells(positions: Floats, mass: Floats, shift: Floats, side: int = 24) -> tuple[Floats, Floats]:
    """Sum nodes up by cell of a grid: centres of mass, and masses.

    The grid lies elsewhere every time (``shift``, in cells), or its lines would show in the picture.
    """
    low, high = positions.min(axis=0), positions.max(axis=0)
    cell = ((positions - low) / (high - low + 1e-9) * (side - 1.01) + shift).astype(np.int64)
    number = cell[:, 0] * side + cell[:, 1]
    total: Floats = np.bincount(number, mass, side * side).astype(float)
    used = total > 0
    sums = [
        np.bincount(number, mass * positions[:, axis], side * side)[used] / total[used] for axis in (0, 1)
    ]
    return np.stack(sums, axis=1), total[used]


def _unit(positions: Floats) -> Floats:
    """Return the direction out from the centre, the longer the further: it holds lone components near."""
    towards: Floats = positions / np.sqrt(np.linalg.norm(positions, axis=1, keepdims=True) + 1)
    return towards


def _scaled(positions: Floats) -> Floats:
    positions = positions - positions.mean(axis=0)
    radius = np.sqrt((positions**2).sum(axis=1).mean()) or 1.0
    scaled: Floats = positions / radius * _SPACING * np.sqrt(len(positions)) / 2 * np.array([1.25, 0.85])
    return scaled


def _spread(positions: Floats, sizes: Floats, margin: float = 16.0) -> Floats:
    """Push apart nodes that touch; a few rounds of small moves keep the picture."""
    reach = 2 * sizes.max() + margin
    for _ in range(60):
        pairs = cKDTree(positions).query_pairs(reach, output_type="ndarray")
        one, other = pairs[:, 0], pairs[:, 1]
        away = positions[one] - positions[other]
        distance = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
        missing = sizes[one] + sizes[other] + margin - distance
        touching = missing > 0
        if not touching.any():
            break
        move = away[touching] / distance[touching, None] * (missing[touching, None] / 2)
        np.add.at(positions, one[touching], move * 0.7)
        np.add.at(positions, other[touching], -move * 0.7)
    return positions
