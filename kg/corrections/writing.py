"""Corrections in; the text of their file, and what the graph says of them, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology as o
from kg.corrections.terms import (
    ABOUT,
    CLASS_BY_VERDICT,
    EVENT_TYPE,
    KIND,
    LABEL,
    NOT_NAMED,
    OTHER,
    PERSON,
    QUOTE,
    TITLE,
    WHEN,
    WHO,
    WHY,
)
from kg.corrections.values import Correction, Corrections, Subject

_HEAD: Final = """\
# What people corrected in this graph. `kg correct` writes this file and `kg correct list` shows it.
# It may be edited, copied into another graph's folder, or read with `kg correct --from FILE`;
# the next build applies it. Below the corrections stands what they speak of, as it was called then.
"""
_PLAIN: Final = re.compile(r"[A-Za-z0-9_%][A-Za-z0-9_%-]*")
Statements = list[tuple[str, NamedNode | Literal]]


def correction_iri(id: str, *, base_iri: str) -> str:
    """Name a correction."""
    return f"{base_iri}correction/{id}"


def correction_quads(corrections: Corrections, *, graph: str, base_iri: str) -> list[Quad]:
    """Describe corrections and their makers in a graph; what things were called then stays in the file."""
    node = NamedNode(graph)
    quads = []
    for item in corrections.items:
        iri, person = NamedNode(correction_iri(item.id, base_iri=base_iri)), _person(item.who, base_iri)
        quads += [Quad(iri, NamedNode(name), term, node) for name, term in _statements(item, base_iri)]
        quads.append(Quad(person, NamedNode(o.TYPE), NamedNode(PERSON), node))
        quads.append(Quad(person, NamedNode(LABEL), Literal(item.who), node))
    return list(dict.fromkeys(quads))


def accepted_ids(quads: Iterable[Quad], *, base_iri: str) -> frozenset[str]:
    """Give the ids of the corrections that a graph describes."""
    start = correction_iri("", base_iri=base_iri)
    subjects = {o.value_of(quad.subject) for quad in quads}
    return frozenset(iri.removeprefix(start) for iri in subjects if iri.startswith(start))


def write_corrections(corrections: Corrections, *, base_iri: str) -> str:
    """Write corrections as Turtle."""
    prefixes = {name: o.PREFIXES[name] for name in ("coop", "dcterms", "oa", "prov", "rdfs", "xsd")}
    prefixes |= {name: f"{base_iri}{name}/" for name in ("correction", "country", "partner", "person")}
    blocks = [_HEAD + "".join(f"\n@prefix {name}: <{iri}> ." for name, iri in sorted(prefixes.items()))]
    for item in corrections.items:
        iri = NamedNode(correction_iri(item.id, base_iri=base_iri))
        blocks.append(_block(iri, _statements(item, base_iri), prefixes))
    if corrections.subjects or corrections.items:
        blocks.append("# What they speak of.")
    for name, subject in sorted(corrections.subjects.items()):
        blocks.append(_block(NamedNode(name), _said_of(subject), prefixes))
    for who in sorted({item.who for item in corrections.items}):
        lines: Statements = [(o.TYPE, NamedNode(PERSON)), (LABEL, Literal(who))]
        blocks.append(_block(_person(who, base_iri), lines, prefixes))
    return "\n\n".join(blocks) + "\n"


def _statements(item: Correction, base_iri: str) -> Statements:
    when = Literal(item.when, datatype=NamedNode(o.XSD + ("dateTime" if "T" in item.when else "date")))
    return [
        (o.TYPE, NamedNode(CLASS_BY_VERDICT[item.verdict])),
        *((ABOUT, NamedNode(iri)) for iri in item.about),
        *((OTHER, NamedNode(iri)) for iri in item.other),
        *([(NOT_NAMED, Literal(item.name))] if item.name else []),
        *([(KIND, NamedNode(o.CLASS_BY_KIND[item.kind]))] if item.kind else []),
        *([(WHY, Literal(item.why))] if item.why else []),
        (WHO, _person(item.who, base_iri)),
        (WHEN, when),
    ]


def _said_of(subject: Subject) -> Statements:
    return [
        (TITLE, Literal(subject.title)),
        *([(EVENT_TYPE, NamedNode(o.CLASS_BY_EVENT_TYPE[subject.type]))] if subject.type else []),
        *([(QUOTE, Literal(subject.quote))] if subject.quote else []),
    ]


def _person(who: str, base_iri: str) -> NamedNode:
    return NamedNode(f"{base_iri}person/{quote(who, safe='')}")


def _block(subject: NamedNode, statements: Statements, prefixes: Mapping[str, str]) -> str:
    by_predicate: dict[str, list[str]] = defaultdict(list)
    for predicate, term in statements:
        by_predicate["a" if predicate == o.TYPE else _short(NamedNode(predicate), prefixes)].append(
            _short(term, prefixes)
        )
    lines = (f"{name} {' , '.join(terms)}" for name, terms in by_predicate.items())
    return f"{_short(subject, prefixes)} " + " ;\n    ".join(lines) + " ."


def _short(term: NamedNode | Literal, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, Literal):
        xsd = prefixes["xsd"]
        return re.sub(rf"\^\^<{re.escape(xsd)}(\w+)>$", r"^^xsd:\1", str(term))
    for name, iri in prefixes.items():
        rest = term.value.removeprefix(iri)
        if rest != term.value and _PLAIN.fullmatch(rest):
            return f"{name}:{rest}"
    return str(term)
