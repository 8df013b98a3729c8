"""Quads in; Turtle, TriG, N-Quads or JSON-LD out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.export.endings import ENDINGS, source_of
from kg.export.jsonld import compact_document
from kg.ontology import PREFIXES

_FORMATS: Final[Mapping[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}


def export_quads(quads: Iterable[Quad], path: Path) -> tuple[Path, ...]:
    """Write the quads to ``path``, with the usual prefixes; return the files written.

    Turtle has no named graphs: there each triple stands once, whichever graphs hold it.
    Raises ``UsageError`` for an ending that holds no RDF.
    """
    if source_of(path) != "quads":
        possible = ", ".join(ending for ending, source in ENDINGS.items() if source == "quads")
        raise UsageError(f"{path}: {path.suffix} holds no RDF. What does: {possible}.")
    form = _FORMATS[path.suffix.lower()]
    ordered: list[Quad] | list[Triple]
    if form == RdfFormat.TURTLE:
        ordered = sorted({quad.triple for quad in quads}, key=str)
    else:
        ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    if form == RdfFormat.JSON_LD:
        _write_json_ld(ordered, path)
    else:
        serialize(ordered, output=str(path), format=form, prefixes=dict(PREFIXES))
    return (path,)


def _write_json_ld(quads: list[Quad] | list[Triple], path: Path) -> None:
    """Write with a context: Oxigraph's own JSON-LD spells every IRI out."""
    expanded = json.loads(serialize(quads, format=RdfFormat.JSON_LD) or b"[]")
    path.write_text(json.dumps(compact_document(expanded), ensure_ascii=False, indent=1), encoding="utf-8")
