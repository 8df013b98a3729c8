"""Entente: news articles in, a knowledge graph of international cooperation out.

article -> document -> mentions -> partners -> reports -> events -> triples -> store -> network -> view /
export / query
"""

__version__ = "0.1.0"
