"""A network or a graph in; a file for Gephi, Cytoscape, spreadsheets or RDF tools out, by its ending.

======================================== =============================================================
``.gexf``                                Gephi: attributes, colours, sizes, places, weights, time
``.graphml``                             most network tools
``.net``                                 Pajek: labels, places, weights
``.csv``                                 links; nodes go into a second file beside it (``NAME.nodes.csv``)
``.cyjs``                                Cytoscape
``.ttl`` ``.trig`` ``.nq`` ``.jsonld``   RDF; ``.ttl`` knows no named graphs
``events.csv`` ``NAME.events.csv``        one row an event, for spreadsheets
``.jsonl``                               reports, as ``kg extract`` writes them: not written here
======================================== =============================================================
"""

from kg.export.endings import ENDINGS, source_of
from kg.export.networks import export_network
from kg.export.rdf import export_quads
from kg.export.tables import export_events

__all__ = ["ENDINGS", "export_events", "export_network", "export_quads", "source_of"]
