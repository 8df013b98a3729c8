"""Known partners, read from ``ontology/partners.ttl`` and a user's own lists.

In: Turtle files. Out: ``KnownPartner`` values; what is wrong in a file is a ``DataError`` with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import DataError
from kg.ontology import (
    ALT_LABEL,
    COOP,
    EXACT_MATCH,
    HIDDEN_LABEL,
    KIND_BY_CLASS,
    PREF_LABEL,
    TYPE,
    WIKIDATA,
    KnownPartner,
    Text,
    local_name,
    ontology_folder,
    parse_file,
    preferred_label,
    value_of,
)


@cache
def read_gazetteer(paths: tuple[Path, ...]) -> tuple[KnownPartner, ...]:
    """Read the shipped list and the files given; see ``ontology.load_gazetteer``."""
    own = ontology_folder() / "partners.ttl"
    entries: dict[str, _Entry] = {}
    for file in ((own,) if own.is_file() else ()) + paths:
        _read_partners(file, entries)
    partners = {iri: entry.partner() for iri, entry in entries.items()}
    _refuse_circles(partners, entries)
    return tuple(partners.values())


class _Entry:
    """A partner in the making: what the files say of one IRI so far."""

    def __init__(self, iri: str, file: Traversable) -> None:
        self.iri = iri
        self.file = file
        self.kind: str | None = None
        self.country: str | None = None
        self.wikidata: str | None = None
        self.part_of: str | None = None
        self.pref: dict[str, str] = {}
        self.names: dict[Text, None] = {}
        self.generic: dict[Text, None] = {}
        self.places: dict[Text, None] = {}
        self.common: set[str] = set()

    def partner(self) -> KnownPartner:
        if self.kind is None:
            raise self.error(f"has no kind. Give it one of: {_class_names()}")
        label = preferred_label(self.pref)
        if label is None:
            raise self.error("has no skos:prefLabel. Give it one with a language tag")
        return KnownPartner(
            self.iri,
            label,
            self.kind,
            self.country,
            self.wikidata,
            tuple(self.names),
            self.part_of,
            tuple(self.generic),
            tuple(self.places),
            frozenset(self.common),
        )

    def error(self, what: str, file: Traversable | None = None, *, last: bool = False) -> DataError:
        where = file or self.file
        line = _line_of(where, self.iri, last=last)
        return DataError(f"{where}:{line}: partner {local_name(self.iri)!r} {what}.")


def _read_partners(file: Traversable, entries: dict[str, _Entry]) -> None:
    for quad in parse_file(file):
        iri, predicate, value = value_of(quad.subject), quad.predicate.value, value_of(quad.object)
        entry = entries.get(iri) or entries.setdefault(iri, _Entry(iri, file))
        lang = getattr(quad.object, "language", None) or "mul"
        if predicate == TYPE:
            _set_kind(entry, value, file)
        elif predicate in (PREF_LABEL, ALT_LABEL, HIDDEN_LABEL):
            entry.names[(lang, value)] = None
            if predicate == PREF_LABEL:
                entry.pref.setdefault(lang, value)
        elif predicate == COOP + "genericName":
            entry.generic[lang, value] = None
        elif predicate == COOP + "placeName":
            entry.places[lang, value] = None
        elif predicate == COOP + "commonWord":
            entry.common.add(value)
        elif predicate == COOP + "country":
            entry.country = local_name(value)
        elif predicate == COOP + "partOf":
            entry.part_of = value
        elif predicate == EXACT_MATCH and value.startswith(WIKIDATA):
            entry.wikidata = local_name(value)


def _set_kind(entry: _Entry, class_iri: str, file: Traversable) -> None:
    if class_iri not in KIND_BY_CLASS:
        what = f"is a {local_name(class_iri)}, which is no kind of partner. There are: {_class_names()}"
        raise entry.error(what, file)
    if entry.kind is not None:
        repair = "Give one of them another id, or leave out the class to add names to the first"
        raise entry.error(f"is defined twice, first in {entry.file}. {repair}", file, last=True)
    entry.kind = KIND_BY_CLASS[class_iri]


def _refuse_circles(partners: Mapping[str, KnownPartner], entries: Mapping[str, _Entry]) -> None:
    for start in partners:
        seen: list[str] = []
        at: str | None = start
        while at is not None and at in partners:
            if at in seen:
                chain = " -> ".join(local_name(iri) for iri in [*seen, at])
                raise entries[start].error(f"is part of itself ({chain}). Take one coop:partOf out")
            seen.append(at)
            at = partners[at].part_of


def _class_names() -> str:
    return ", ".join(f"coop:{local_name(iri)}" for iri in KIND_BY_CLASS)


def _line_of(file: Traversable, iri: str, *, last: bool = False) -> int:
    """Find the line (from 1) at which ``iri`` is described; for messages, so that a guess will do."""
    starts = (f":{local_name(iri)} ", f"<{iri}>", f":{local_name(iri)}\t")
    lines = [f"{line} "[:200] for line in file.read_bytes().decode("utf-8", "replace").splitlines()]
    hits = [number for number, line in enumerate(lines, 1) if any(start in line for start in starts)]
    return (hits[-1] if last else hits[0]) if hits else 1
