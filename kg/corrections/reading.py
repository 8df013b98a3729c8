"""A Turtle file in, corrections out. Whatever is wrong in it is a ``DataError`` with file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg import ontology as o
from kg.corrections.places import Block, Source
from kg.corrections.terms import (
    ABOUT,
    EVENT_TYPE,
    KIND,
    LABEL,
    NOT_NAMED,
    OTHER,
    PROPERTIES,
    QUOTE,
    TITLE,
    VERDICT_BY_CLASS,
    WHEN,
    WHO,
    WHY,
    Properties,
    Term,
)
from kg.corrections.values import Correction, Corrections, Subject, make_id, ordered, unite
from kg.errors import DataError

FILE_NAME: Final = "corrections.ttl"


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections; one that is not there holds none."""
    if not path.exists():
        return Corrections()
    nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in _quads(path):
        if isinstance(quad.object, NamedNode | Literal | BlankNode):
            nodes[o.value_of(quad.subject)][quad.predicate.value].append(quad.object)
    source = Source(path)
    found = Corrections()
    for iri, node in nodes.items():
        classes = [o.value_of(term) for term in node.get(o.TYPE, [])]
        if any(name.startswith(o.COOP) for name in classes):
            found = unite(found, Corrections((_read_correction(Block(iri, node, source), nodes),)))
    things = {iri: _read_subject(node) for iri, node in nodes.items() if TITLE in node}
    return ordered(Corrections(found.items, things))


def _quads(path: Path) -> Iterator[Quad]:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not in UTF-8 ({error.reason}). Save it as UTF-8.") from error
    yield from o.parse_file(path)


def _read_correction(block: Block, nodes: Mapping[str, Properties]) -> Correction:
    node = block.node
    classes = [o.value_of(term) for term in node[o.TYPE] if o.value_of(term).startswith(o.COOP)]
    if len(classes) != 1 or classes[0] not in VERDICT_BY_CLASS:
        words = " and ".join(f"coop:{o.local_name(item)}" for item in sorted(classes))
        known = ", ".join(f"coop:{o.local_name(item)}" for item in VERDICT_BY_CLASS)
        raise block.error(f"is a {words}, which is no correction. There are: {known}", classes[0])
    for predicate in node:
        if predicate != o.TYPE and predicate not in PROPERTIES:
            known = ", ".join(PROPERTIES.values())
            what = f"says {o.local_name(predicate)!r}, which corrections do not know. They know: {known}"
            raise block.error(what, predicate)
    correction = Correction(
        verdict=VERDICT_BY_CLASS[classes[0]],
        about=_iris(block, ABOUT),
        other=_iris(block, OTHER),
        name=_one(block, NOT_NAMED),
        kind=_kind(block),
        who=_who(block, nodes),
        when=_when(block),
        why=_one(block, WHY) or "",
        origin=block.place(),
    )
    _check_sides(block, correction)
    return replace(correction, id=make_id(correction))


def _check_sides(block: Block, item: Correction) -> None:
    """Refuse what says too little or too much for its verdict."""
    is_pair = item.verdict.startswith(("same", "different"))
    can_split = item.verdict == "different-partner"
    if not item.about:
        raise block.error("does not say what it is about. Give it coop:about")
    if is_pair and not item.other and not (item.name and can_split):
        raise block.error("compares with nothing. Give it coop:comparedWith")
    if (item.other and not is_pair) or (item.name and (item.other or not can_split)):
        raise block.error("says more than its class allows. Take coop:comparedWith or coop:notNamed out")
    if not item.verdict.endswith("-event") and max(len(item.about), len(item.other)) > 1:
        raise block.error("is about more than one. Write a correction for each")
    if set(item.about) & set(item.other):
        raise block.error("compares something with itself. Take it out")
    if (item.kind is None) == (item.verdict == "partner-kind"):
        raise block.error(f"{'has no' if item.kind is None else 'needs no'} coop:kind. Mend it")
    for subject in item.subjects if not item.verdict.endswith(("-partner", "partner-kind")) else ():
        if "#" not in subject:
            what = "Events are named after their reports, which may change: name the reports"
            raise block.error(f"names {subject}, which is no report. {what}", subject)


def _iris(block: Block, predicate: str) -> tuple[str, ...]:
    terms = block.node.get(predicate, [])
    for term in terms:
        if not isinstance(term, NamedNode):
            what = f"names {o.value_of(term)!r}, which is no IRI. Name partners and reports by IRI"
            raise block.error(what, o.value_of(term))
    return tuple(sorted(o.value_of(term) for term in terms))


def _one(block: Block, predicate: str) -> str | None:
    values = [o.value_of(term) for term in block.node.get(predicate, ())]
    if len(values) > 1:
        raise block.error(f"says {PROPERTIES[predicate]} {len(values)} times. Keep one", values[-1])
    return values[0] if values else None


def _kind(block: Block) -> str | None:
    value = _one(block, KIND)
    if value is None:
        return None
    kinds = {iri: kind for iri, kind in o.KIND_BY_CLASS.items() if kind != "country"}
    if value not in kinds:
        known = ", ".join(f"coop:{o.local_name(iri)}" for iri in kinds)
        what = f"gives the kind {o.local_name(value)!r}, which no partner can be given. There are: {known}"
        raise block.error(what, value)
    return kinds[value]


def _who(block: Block, nodes: Mapping[str, Properties]) -> str:
    value = _one(block, WHO)
    labels = sorted(o.value_of(term) for term in nodes.get(value or "", {}).get(LABEL, ()))
    who = labels[0] if labels else unquote(o.local_name(value or ""))
    if not who:
        raise block.error("does not say who made it. Give it prov:wasAttributedTo")
    return who


def _when(block: Block) -> str:
    value = _one(block, WHEN) or ""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        what = "does not say when it was made. Give it prov:generatedAtTime, as 2025-09-19T12:00:00+00:00"
        raise block.error(what, value) from None
    return value


def _read_subject(node: Properties) -> Subject:
    def first(predicate: str) -> str | None:
        return min((o.value_of(term) for term in node.get(predicate, ())), default=None)

    return Subject(first(TITLE) or "", o.EVENT_TYPE_BY_CLASS.get(first(EVENT_TYPE) or ""), first(QUOTE))
