"""A network in; one interactive HTML file out, which opens offline and asks nothing of anyone, or a picture.

``pyvis`` gives the network of vis.js, its options and the library; the page around it is ours (``page/``).
Pictures are SVG, or PNG drawn from it, and need no browser.
"""

from kg.view.maps import write_map
from kg.view.pictures import ENDINGS, write_picture
from kg.view.words import LANGUAGES

__all__ = ["ENDINGS", "LANGUAGES", "write_map", "write_picture"]
