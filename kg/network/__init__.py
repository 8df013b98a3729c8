"""Events in; networks of partners, countries and sectors out, with their measures.

::

    rows -> build_network -> networkx.Graph -> measure_network -> Measures -> attach_measures

The graph describes itself in plain values, so that the map and the exports need nothing else:

- ``graph.graph``: ``level``, ``weighting`` and ``events`` (event IRI -> record, see ``rows.record``);
- node: ``label``, ``labels`` (by language), ``kind``, ``country``, ``events`` (IRIs), and its measures once
  they are attached;
- edge: ``weight``, ``shares`` (event IRI -> its part of the weight), ``types`` and ``statuses`` (counts),
  ``sectors``, ``first``, ``last``, ``sources`` (how many).
"""

from kg.network.levels import LEVELS
from kg.network.measures import Figures, Measures, NodeMeasures, attach_measures, backbone, measure_network
from kg.network.projection import Filters, build_network
from kg.network.rows import EventRow, EvidenceRow, ParticipantRow
from kg.network.selection import QUERIES, read_rows
from kg.network.weights import WEIGHTINGS, Weighting

__all__ = [
    "LEVELS",
    "QUERIES",
    "WEIGHTINGS",
    "EventRow",
    "EvidenceRow",
    "Figures",
    "Filters",
    "Measures",
    "NodeMeasures",
    "ParticipantRow",
    "Weighting",
    "attach_measures",
    "backbone",
    "build_network",
    "measure_network",
    "read_rows",
]
