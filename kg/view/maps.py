"""Write the map: one HTML file with its styles, its program and its data inside."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment
from markupsafe import Markup

from kg.errors import UsageError
from kg.view.payload import payload
from kg.view.words import LANGUAGES

if TYPE_CHECKING:
    import networkx as nx

_PAGE = files("kg.view") / "page"
_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS: Final = (
    "core.js",
    "filters.js",
    "canvas.js",
    "labels.js",
    "panel.js",
    "controls.js",
    "timeline.js",
    "start.js",
)


def write_map(
    networks: nx.Graph | Sequence[nx.Graph],
    path: Path,
    *,
    title: str,
    lang: str,
    vocabulary: Mapping[str, Mapping[str, str]] | None = None,
    colour: str = "kind",
) -> None:
    """Write the interactive map of one network, or of several levels of it, to ``path``.

    ``vocabulary`` names sectors, activities and instruments: id -> language -> label. What articles say goes
    in as data and is shown as text: it never becomes markup. ``colour`` is what colours tell at first: kind,
    country or community. Raises ``UsageError`` when the page does not
    speak ``lang``.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"The map does not speak {lang!r}. It speaks: {', '.join(LANGUAGES)}.")
    levels = [networks] if hasattr(networks, "nodes") else list(networks)
    values = payload(levels, title=title, lang=lang, vocabulary=vocabulary or {}) | {"colour": colour}
    path.write_text(_render(values), encoding="utf-8", errors="replace")


def _render(values: Mapping[str, Any]) -> str:
    library = (files("pyvis") / _VIS).read_text(encoding="utf-8")
    program = "\n".join((_PAGE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    program = f'(() => {{\n"use strict";\n{program}\n}})();'
    template = Environment(autoescape=True).from_string((_PAGE / "map.html").read_text(encoding="utf-8"))
    return template.render(
        title=values["title"],
        lang=values["lang"],
        style=Markup((_PAGE / "map.css").read_text(encoding="utf-8")),
        library=Markup(library),
        program=Markup(program),
        hashes=[_hash(library), _hash(program)],
        data=Markup(_json(values)),
    )


def _json(values: Mapping[str, Any]) -> str:
    """Write JSON that cannot end the script element that it stands in."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(script: str) -> str:
    """Return the hash by which the page's own policy admits a script, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
