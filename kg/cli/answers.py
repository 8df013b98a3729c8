"""The answer to a query in; a table on the screen, or data for other programs, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.cli.terminal import out, show_table, write_bytes
from kg.errors import UsageError
from kg.ontology import PREFIXES
from kg.store import Answer

_TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def show_answer(answer: Answer, form: str | None, *, base_iri: str) -> int | None:
    """Write an answer; return how many rows there were, where the answer is shown as a table."""
    if isinstance(answer, ox.QueryTriples):
        return _show_triples(answer, form)
    if form == "turtle":
        raise UsageError(
            "Turtle holds triples, and this query gives a table. "
            "Use CONSTRUCT, or another of: table, csv, json, xml."
        )
    if form is not None and form in _TABLES:
        if isinstance(answer, ox.QueryBoolean) and form == "csv":
            raise UsageError("CSV holds no answer of yes or no. Use json or xml.")
        write_bytes(answer.serialize(format=_TABLES[form]) or b"")
        return None
    if isinstance(answer, ox.QueryBoolean):
        out("yes" if answer else "no")
        return None
    names = [variable.value for variable in answer.variables]
    rows = [[short(solution[name], base_iri) for name in names] for solution in answer]
    if rows:
        show_table(names, rows)
    return len(rows)


def _show_triples(answer: ox.QueryTriples, form: str | None) -> int | None:
    if form in _TABLES:
        raise UsageError(f"This query gives triples, which {form} does not hold. Use turtle or table.")
    if form == "table":
        rows = [[short(term, "") for term in (t.subject, t.predicate, t.object)] for t in answer]
        show_table(("subject", "predicate", "object"), rows)
        return len(rows)
    write_bytes(ox.serialize(answer, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b"")
    return None


def short(term: Any, base_iri: str) -> str:
    """Write a term for people: an IRI by its prefix, the graph's own without its base, a literal as it is."""
    value = getattr(term, "value", None)
    if not isinstance(term, ox.NamedNode):
        return "" if term is None else str(value if isinstance(value, str) else term)
    return _shortened(term.value, PREFIXES.items(), base_iri)


def _shortened(iri: str, prefixes: Iterable[tuple[str, str]], base_iri: str) -> str:
    if base_iri and iri.startswith(base_iri):
        return iri[len(base_iri) :]
    fitting = [(len(base), prefix, base) for prefix, base in prefixes if iri.startswith(base)]
    if not fitting:
        return iri
    _, prefix, base = max(fitting)
    return f"{prefix}:{iri[len(base) :]}"
