"""Records of timelines and of news in; one HTML page each out, which opens offline and asks for nothing.

The pages hold no program at all: their own policy admits none, and no request. What articles say only ever
becomes text; an address becomes a link when it is one of the web.
"""

from kg.pages.rendering import write_page
from kg.pages.words import LANGUAGES

__all__ = ["LANGUAGES", "write_page"]
