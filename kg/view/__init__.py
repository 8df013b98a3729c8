"""A network in; one interactive HTML file out, which opens offline and asks nothing of anyone.

``pyvis`` gives the network of vis.js, its options and the library; the page around it is ours (``page/``).
"""

from kg.view.maps import write_map
from kg.view.words import LANGUAGES

__all__ = ["LANGUAGES", "write_map"]
