"""Entente: news articles in, a knowledge graph of international cooperation out.

article -> document -> mentions -> partners -> reports -> events -> triples -> store -> network -> view /
export / query

``kg.open("graph")`` opens a graph for notebooks and scripts; ``kg.graphs`` says what it can be asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graphs import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | Path = "graph") -> Graph:
    """Open a graph for reading: ``kg.open("graph").network(sector="semiconductors", since="2024")``.

    Raises ``StoreError`` when there is none. Nothing heavy is loaded before this is called.
    """
    from kg.graphs import Graph

    return Graph(Path(path))
