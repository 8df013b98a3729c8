"""Events in; networks of partners, countries and sectors out, with their measures.

::

    rows -> build_network -> Network (networkx) -> measure_network -> Measures -> attach_measures

The graph describes itself in plain values, so that the map and the exports need nothing else:

- ``graph.graph``: ``level``, ``weighting`` and ``events`` (event IRI -> record, see ``rows.record``);
- node: ``label``, ``labels`` (by language), ``kind``, ``country``, ``events`` (IRIs), and its measures once
  they are attached;
- edge: ``weight``, ``shares`` (event IRI -> its part of the weight), ``types`` and ``statuses`` (counts),
  ``sectors``, ``first``, ``last``, ``sources`` (how many independent ones).
"""

from kg.network.brokerage import Brokerage, brokerage, group_by
from kg.network.choices import checked_filters, read_period
from kg.network.communities import METHODS, find_communities
from kg.network.comparison import Comparison, LinkChange, NodeChange, compare_networks
from kg.network.graphs import Network
from kg.network.levels import LEVELS
from kg.network.measures import (
    Figures,
    Measures,
    NodeMeasures,
    attach_measures,
    backbone,
    measure_figures,
    measure_network,
)
from kg.network.participants import list_partners
from kg.network.projection import Filters, build_network
from kg.network.rows import AmountRow, DifferenceRow, EventRow, EvidenceRow, ParticipantRow, record
from kg.network.selection import QUERIES, read_rows
from kg.network.weights import WEIGHTINGS, Weighting

__all__ = [
    "LEVELS",
    "METHODS",
    "QUERIES",
    "WEIGHTINGS",
    "AmountRow",
    "Brokerage",
    "Comparison",
    "DifferenceRow",
    "EventRow",
    "EvidenceRow",
    "Figures",
    "Filters",
    "LinkChange",
    "Measures",
    "Network",
    "NodeChange",
    "NodeMeasures",
    "ParticipantRow",
    "Weighting",
    "attach_measures",
    "backbone",
    "brokerage",
    "build_network",
    "checked_filters",
    "compare_networks",
    "find_communities",
    "group_by",
    "list_partners",
    "measure_figures",
    "measure_network",
    "read_period",
    "read_rows",
    "record",
]
