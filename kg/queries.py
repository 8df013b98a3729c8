"""A named query and a user's values in, SPARQL out.

A query says in its head which values it takes and what they are when none is given::

    # params: sector=semiconductors since=2024-01-01

and writes them as ``{{sector}}`` where a term stands. A value becomes exactly one term of SPARQL, whatever
is in it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping

from kg import ontology as o
from kg.errors import DataError, QueryError
from kg.ontology import NamedQuery, load_queries, load_vocabulary

_HEAD = re.compile(r"^#\s*params:(.*)$", re.MULTILINE)
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def find_query(name: str) -> NamedQuery:
    """Find a named query; raises ``QueryError`` that lists the names."""
    queries = load_queries()
    if name not in queries:
        raise QueryError(f"No query {name!r}. There are: {', '.join(queries)}.")
    return queries[name]


def read_parameters(query: NamedQuery) -> dict[str, str]:
    """Give the parameters of a query and their default values."""
    head = _HEAD.search(query.text)
    pairs = (item.partition("=") for item in shlex.split(head[1])) if head else ()
    return {name: value for name, _, value in pairs}


def bind_query(query: NamedQuery, values: Mapping[str, str], *, base_iri: str = o.DATA) -> str:
    """Write a query with the values in their places; raises ``QueryError`` that names what is possible."""
    defaults = read_parameters(query)
    for name in values:
        if name not in defaults:
            known = ", ".join(f"{key}={value}" for key, value in defaults.items()) or "none"
            raise QueryError(f"The query {query.name!r} takes no {name!r}. It takes: {known}.")
    terms = {name: _term(name, values.get(name, default), base_iri) for name, default in defaults.items()}
    return _PLACE.sub(lambda place: _placed(place[1], terms, query), query.text)


def _placed(name: str, terms: Mapping[str, str], query: NamedQuery) -> str:
    if name not in terms:
        raise DataError(
            f"The query {query.name!r} uses {{{{{name}}}}}, which its '# params:' line does not name."
        )
    return terms[name]


def _term(name: str, value: str, base_iri: str) -> str:
    if name in ("country", "other_country"):
        return _country(value, base_iri)
    return _TERMS.get(name, _string)(value)


def _string(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'


def _date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise QueryError(f"{value!r} is no date. Write 2024, 2024-09 or 2024-09-18.")
    return _string(value)


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        raise QueryError(f"{value!r} is no number. Write one in figures, as 20.")
    return value


def _country(value: str, base_iri: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise QueryError(f"{value!r} is no country code. Write two letters, as VN or KR.")
    return f"<{o.country_iri(value, base_iri)}>"


def _concept(vocabulary: o.VocabularyName) -> Callable[[str], str]:
    def term(value: str) -> str:
        try:
            return f"<{load_vocabulary(vocabulary)[value].iri}>"
        except DataError as error:
            raise QueryError(str(error)) from error

    return term


#: Of whom a question is asked: partners as they are, what they are part of, their countries.
LEVELS = ("partner", "organisation", "country")


def _level(value: str) -> str:
    if value not in LEVELS:
        raise QueryError(f"No level {value!r}. There are: {', '.join(LEVELS)}.")
    return _string(value)


_TERMS: Mapping[str, Callable[[str], str]] = {
    "level": _level,
    "sector": _concept("sectors"),
    "activity": _concept("activities"),
    "status": _concept("statuses"),
    "instrument": _concept("instruments"),
    "since": _date,
    "until": _date,
    "limit": _number,
    "months": _number,
    "events": _number,
}
