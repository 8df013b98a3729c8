"""A network in; one interactive HTML file out, which opens offline and asks nothing of anyone.

``pyvis`` gives the network of vis.js, its options and the library itself; the page around it is ours (``page/``).
"""

from kg.view.maps import LANGUAGES, write_map

__all__ = ["LANGUAGES", "write_map"]
