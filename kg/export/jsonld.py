"""Expanded JSON-LD in; the same with short names, and the context that explains them, out.

The context is made from what is there: a property whose values are all resources, or all of one datatype,
says so once, and its values are then plain strings. Texts in several languages stand under their language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.ontology import ACTIVITY, COOP, INSTRUMENT, PREFIXES, SECTOR, STATUS, TYPE, XSD, local_name

Json = Any

_PLAIN: Final = re.compile(r"[A-Za-z][\w-]*")
#: Kinds of values of a property; ``_CONCEPT`` is followed by the base of the concepts.
_RESOURCE, _TEXT, _WORDS, _CONCEPT = "@id", "text", "@language", "@vocab "
#: Their concepts are written by id alone: ``"sector": "quantum"``.
_BASES: Final[Mapping[str, str]] = {
    COOP + "sector": SECTOR,
    COOP + "activity": ACTIVITY,
    COOP + "status": STATUS,
    COOP + "instrument": INSTRUMENT,
}
_PREFIXES: Final = {name: base for name, base in PREFIXES.items() if base not in _BASES.values()}
#: Datatypes that JSON writes without loss.
_NATIVE: Final[Mapping[str, type]] = {XSD + "integer": int, XSD + "boolean": bool}


def compact_document(expanded: list[Json]) -> dict[str, Json]:
    """Write a document of expanded nodes with a readable context; it means the same quads."""
    expanded = _united(expanded)
    terms = _terms(expanded)
    context: dict[str, Json] = {"@version": 1.1, "id": "@id", "type": "@type", "@vocab": COOP} | dict(
        PREFIXES
    )
    for iri, (name, kind) in sorted(terms.items(), key=lambda item: item[1][0]):
        context[name] = _definition(iri, kind)
    return {"@context": context, "@graph": [_node(node, terms) for node in expanded]}


def short(iri: str) -> str:
    """Write an IRI with its prefix, the longest that fits, where what is left is a plain name."""
    fitting = [(len(base), prefix, base) for prefix, base in _PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    _, prefix, base = max(fitting)
    name = iri[len(base) :]
    return f"{prefix}:{name}" if name and "/" not in name and "#" not in name else iri


def _terms(expanded: list[Json]) -> dict[str, tuple[str, str]]:
    """Give each property its short name and the one kind of its values, ``text`` where they differ."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for iri, values in _properties(expanded):
        kinds[iri] |= {_kind(value, _BASES.get(iri)) for value in values}
    taken = Counter(local_name(iri) for iri in kinds)
    terms: dict[str, tuple[str, str]] = {}
    for iri, found in kinds.items():
        name = local_name(iri)
        is_plain = taken[name] == 1 and _PLAIN.fullmatch(name) and name not in ("id", "type", *_PREFIXES)
        # The default language is none: texts with and without a language may stand under one property.
        kind = _WORDS if found <= {_WORDS, _TEXT} and _WORDS in found else "".join(found)
        terms[iri] = (name if is_plain else short(iri), kind if len(found) == 1 or kind == _WORDS else "")
    return _without_clashes(terms, expanded)


def _without_clashes(terms: dict[str, tuple[str, str]], expanded: list[Json]) -> dict[str, tuple[str, str]]:
    """Spell the concepts of a property out where one is called as a property is: it would be taken for it."""
    names = {name for name, _ in terms.values()} | {"id", "type", *_PREFIXES}
    clashing = {
        iri
        for iri, values in _properties(expanded)
        if iri in _BASES and any(local_name(value.get("@id", "")) in names for value in values)
    }
    return {
        iri: (name, _RESOURCE if iri in clashing and kind.startswith(_CONCEPT) else kind)
        for iri, (name, kind) in terms.items()
    }


def _properties(nodes: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    for node in nodes:
        for key, values in node.items():
            if key == "@graph":
                yield from _properties(values)
            elif not key.startswith("@"):
                yield key, values


def _kind(value: Mapping[str, Json], base: str | None) -> str:
    if "@id" in value:
        is_concept = base and value["@id"].startswith(base) and _PLAIN.fullmatch(value["@id"][len(base) :])
        return f"{_CONCEPT}{base}" if is_concept else _RESOURCE
    return _WORDS if "@language" in value else str(value.get("@type", _TEXT))


def _definition(iri: str, kind: str) -> Json:
    if kind == _RESOURCE:
        return {"@id": short(iri), "@type": "@id"}
    if kind.startswith(_CONCEPT):
        return {"@id": short(iri), "@type": "@vocab", "@context": {"@vocab": kind.removeprefix(_CONCEPT)}}
    if kind == _WORDS:
        return {"@id": short(iri), "@container": "@language"}
    if kind in ("", _TEXT) or kind in _NATIVE:
        return short(iri)
    return {"@id": short(iri), "@type": short(kind)}


def _node(node: Mapping[str, Json], terms: Mapping[str, tuple[str, str]]) -> dict[str, Json]:
    written: dict[str, Json] = {}
    for key, values in node.items():
        if key == "@id":
            written["id"] = short(values)
        elif key == "@type":
            written["type"] = _one([_class(value) for value in values])
        elif key == "@graph":
            written["@graph"] = [_node(inner, terms) for inner in values]
        else:
            name, kind = terms[key]
            written[name] = (
                _by_language(values) if kind == _WORDS else _one([_value(v, kind) for v in values])
            )
    return written


def _united(nodes: list[Json]) -> list[Json]:
    """Put what is said of one node into one object, and its types under ``@type`` alone.

    The serialiser begins a new object after a type, and writes some types as any property.
    """
    found: dict[str, Json] = {}
    for node in nodes:
        known = found.setdefault(node.get("@id", ""), {})
        for key, values in node.items():
            if key == "@id":
                known[key] = values
            elif key == TYPE and all("@id" in value for value in values):
                known.setdefault("@type", []).extend(value["@id"] for value in values)
            else:
                known.setdefault(key, []).extend(_united(values) if key == "@graph" else values)
    return list(found.values())


def _class(iri: str) -> str:
    return iri[len(COOP) :] if iri.startswith(COOP) else short(iri)


def _value(value: Mapping[str, Json], kind: str) -> Json:
    if kind.startswith(_CONCEPT):
        return value["@id"].removeprefix(kind.removeprefix(_CONCEPT))
    if "@id" in value:
        return short(value["@id"]) if kind == _RESOURCE else {"id": short(value["@id"])}
    datatype = value.get("@type")
    native = _NATIVE.get(datatype or "")
    if native is int and re.fullmatch(r"0|-?[1-9]\d{0,14}", str(value["@value"])):
        return int(value["@value"])
    if set(value) == {"@value"} or (kind == datatype and native is None):
        return value["@value"]
    return {key: short(item) if key == "@type" else item for key, item in value.items()}


def _by_language(values: list[Mapping[str, Json]]) -> dict[str, Json]:
    found: defaultdict[str, list[Json]] = defaultdict(list)
    for value in values:
        found[value.get("@language", "@none")].append(value["@value"])
    return {lang: _one(texts) for lang, texts in sorted(found.items())}


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
