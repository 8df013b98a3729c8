"""The graph on disk, in the folder of a graph: quads in, answers out."""

from kg.store.folders import has_published
from kg.store.graph import Answer, Build, Store, open_graph, read_graph
from kg.store.safety import check_query

__all__ = ["Answer", "Build", "Store", "check_query", "has_published", "open_graph", "read_graph"]
