"""A graph's folder in; answers, events, partners and networks out: the program for notebooks and scripts.

::

    with kg.open("graph") as graph:
        net = graph.network(sector="semiconductors", since="2024")

A ``Graph`` shows the state of the folder at its opening, also while a build goes on. What it gives shows
itself in Jupyter, and becomes a pandas ``DataFrame`` with ``to_frame()`` where pandas is installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from kg.errors import QueryError, StoreError, UsageError
from kg.listings import Listing

if TYPE_CHECKING:
    from kg.network import Comparison, EventRow, Filters, Measures, Network
    from kg.store import Answer, Store

Some = str | tuple[str, ...] | list[str]


class Choice(TypedDict, total=False):
    """Which events count: one value or several of each, all fields together; see ``kg.network.Filters``."""

    sector: Some
    activity: Some
    type: Some
    status: Some
    language: Some
    source: Some
    since: str | None
    until: str | None
    min_confidence: float


class Drawing(Choice, total=False):
    """What a network is made of: the events that count, what the nodes are and what a link weighs.

    ``level`` is one of ``kg.network.LEVELS``, ``weighting`` one of ``kg.network.WEIGHTINGS``; ``factors``
    change the weight of types and statuses (``{"meeting": 0.2}``); ``backbone`` keeps the links that stand
    out (``0.05``); ``lang`` is the language of the labels where they are known in it.
    """

    level: str
    weighting: str
    factors: Mapping[str, float]
    backbone: float | None
    lang: str | None


class Graph:
    """A graph opened for reading; ``kg.open`` gives one. It is closed by ``close()`` or a ``with`` block."""

    def __init__(self, path: Path) -> None:
        from kg.store import read_graph

        self.path = path
        self._held = ExitStack()
        self._store: Store | None = self._held.enter_context(read_graph(path))
        self._rows: dict[str, tuple[EventRow, ...]] = {}

    def query(self, question: str, **values: str) -> Listing[Mapping[str, str | None]] | bool:
        """Answer SPARQL, or a named query with its values; ASK gives True or False.

        Raises ``QueryError`` for what is not SPARQL, writes, or would ask another server.
        """
        from kg.ontology import NamedQuery
        from kg.queries import bind_query, find_query

        is_name = re.fullmatch(r"[\w-]+", question.strip()) is not None
        asked = find_query(question.strip()) if is_name else NamedQuery("query", "", question)
        if values and not is_name:
            raise QueryError("SPARQL takes no values; write them into it, or ask a named query.")
        store = self._open_store()
        return _answer(store.query(bind_query(asked, values, base_iri=store.base_iri)))

    def events(self, *, lang: str | None = None, **choice: Unpack[Choice]) -> Listing[EventRow]:
        """List the events that count, the newest first; events of unknown date come last."""
        filters = make_filters(**choice)
        found = [row for row in self._event_rows(lang) if filters.admits(row)]
        found.sort(key=lambda row: (max(row.dates, default=""), row.iri), reverse=True)
        return Listing(tuple(found), _EVENT, _event_cells)

    def partners(
        self,
        word: str | None = None,
        *,
        kind: str | None = None,
        country: str | None = None,
        lang: str | None = None,
    ) -> Listing[tuple[Any, int]]:
        """List partners with the number of their events, most first; ``word`` is part of one of the names."""
        from kg.network import list_partners

        found = list_partners(self._event_rows(lang), word=word, kind=kind, country=country)
        return Listing(tuple(found), _PARTNER, _partner_cells)

    def network(self, **drawing: Unpack[Drawing]) -> Network:
        """Give the network as a networkx graph; ``kg.network`` says what its nodes and edges hold."""
        from kg.network import WEIGHTINGS, backbone, build_network

        chosen: dict[str, Any] = dict(drawing)
        lang, level = chosen.pop("lang", None), chosen.pop("level", "partner")
        weighting = chosen.pop("weighting", "shared")
        factors, alpha = chosen.pop("factors", {}), chosen.pop("backbone", None)
        if weighting not in WEIGHTINGS:
            raise UsageError(f"No weighting {weighting!r}. There are: {', '.join(WEIGHTINGS)}.")
        weighed = WEIGHTINGS[weighting].with_factors(factors)
        rows = self._event_rows(lang)
        net = build_network(rows, filters=make_filters(**chosen), level=level, weighting=weighed)
        return backbone(net, alpha) if alpha else net

    def measures(self, **drawing: Unpack[Drawing]) -> Measures:
        """Measure the network that the same choices give; ``to_frame()`` makes a ``DataFrame`` of it."""
        from kg.network import measure_network

        return measure_network(self.network(**drawing))

    def compare(self, before: str, after: str, **drawing: Unpack[Drawing]) -> Comparison:
        """Compare the networks of two periods, as ``compare("2023..2024", "2025..")``."""
        from kg.network import compare_networks, read_period

        chosen: dict[str, Any] = dict(drawing)
        first, second = (self.network(**(chosen | read_period(text))) for text in (before, after))
        return compare_networks(first, second)

    def close(self) -> None:
        """Let go of the folder; what was read stays."""
        self._store = None
        self._held.close()

    def _open_store(self) -> Store:
        if self._store is None:
            raise StoreError(f"{self.path}: this graph is closed. Open it again with kg.open.")
        return self._store

    def _event_rows(self, lang: str | None) -> tuple[EventRow, ...]:
        from kg.network import read_rows

        store, tag = self._open_store(), lang or ""
        if tag not in self._rows:
            self._rows[tag] = tuple(read_rows(store.select, lang=tag))
        return self._rows[tag]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._store is None:
            return f"<kg.Graph {str(self.path)!r}, closed>"
        sizes = ", ".join(f"{number} {name.lower()}s" for name, number in self._store.sizes().items())
        return f"<kg.Graph {str(self.path)!r}: {sizes}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<code>{escape(repr(self))}</code>"


def make_filters(**choice: Unpack[Choice]) -> Filters:
    """Turn the words of a choice into filters; raises ``UsageError`` for what does not exist."""
    from kg.network import checked_filters

    plural = {"activity": "activities", "status": "statuses"}
    values: dict[str, Any] = {}
    for name, given in choice.items():
        if name in ("since", "until", "min_confidence"):
            values[name] = given
        elif name in Choice.__annotations__:
            words = (given,) if isinstance(given, str) else tuple(given)  # type: ignore[arg-type]
            values[plural.get(name, f"{name}s")] = words
        else:
            possible = ", ".join((*Choice.__annotations__, *Drawing.__annotations__))
            raise TypeError(f"There is no choice {name!r}. There are: {possible}")
    return checked_filters(**values)


_EVENT = ("date", "type", "status", "partners", "sectors", "sources", "quote", "iri")
_PARTNER = ("name", "kind", "country", "events", "iri")


def _event_cells(row: EventRow) -> dict[str, Any]:
    return {
        "date": max(row.dates, default=None),
        "type": row.type,
        "status": row.status,
        "partners": [item.label for item in row.participants],
        "sectors": list(row.sectors),
        "sources": len(row.origins),
        "quote": row.evidence[0].quote if row.evidence else None,
        "iri": row.iri,
    }


def _partner_cells(item: tuple[Any, int]) -> dict[str, Any]:
    partner, events = item
    return {
        "name": partner.label,
        "kind": partner.kind,
        "country": partner.country,
        "events": events,
        "iri": partner.iri,
    }


def _answer(answer: Answer) -> Listing[Mapping[str, str | None]] | bool:
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        names = ("subject", "predicate", "object")
        rows = [{name: _plain(getattr(triple, name)) for name in names} for triple in answer]
        return Listing(tuple(rows), names, dict)
    columns = tuple(variable.value for variable in answer.variables)
    found = [{name: _plain(solution[name]) for name in columns} for solution in answer]
    return Listing(tuple(found), columns, dict)


def _plain(term: object) -> str | None:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else None if term is None else str(term)
