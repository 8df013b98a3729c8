"""Known partners, read from ``ontology/partners.ttl`` and a user's own lists.

In: Turtle files and tables (CSV). Out: ``KnownPartner`` values; what is wrong in a file is a ``DataError``
with its line.
"""

from __future__ import annotations

import re
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
from kg.partner_tables import read_table


@cache
def read_gazetteer(paths: tuple[Path, ...]) -> tuple[KnownPartner, ...]:
    """Read the shipped list and the files given; see ``ontology.load_gazetteer``."""
    own = ontology_folder() / "partners.ttl"
    entries: dict[str, _Entry] = {}
    for file in ((own,) if own.is_file() else ()) + paths:
        (_read_rows if file.name.lower().endswith(".csv") else _read_partners)(file, entries)
    partners = {iri: entry.partner() for iri, entry in entries.items()}
    for iri, partner in partners.items():
        if partner.part_of and partner.part_of not in partners:
            what = f"is part of {local_name(partner.part_of)!r}, which is in no list"
            raise entries[iri].error(f"{what}. Add that partner, or take this out")
    _refuse_circles(partners, entries)
    return tuple(partners.values())


class _Entry:
    """A partner in the making: what the files say of one IRI so far."""

    def __init__(self, iri: str, file: Traversable, line: int | None = None) -> None:
        self.iri = iri
        self.file = file
        #: Known where the file is a table.
        self.line = line
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
        if self.country and not re.fullmatch("[A-Z]{2}", self.country):
            raise self.error(f"has the country {self.country!r}. Write two capital letters, as country:VN")
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

    def give_kind(self, kind: str, file: Traversable, line: int | None = None) -> None:
        """Define the partner, which only one place may do."""
        if self.kind is not None:
            repair = "Give one of them another id, or leave out the kind to add names to the first"
            first = f"{self.file}{f':{self.line}' if self.line else ''}"
            raise self.error(f"is defined twice, first in {first}. {repair}", file, line=line, last=True)
        self.kind, self.file, self.line = kind, file, line

    def error(
        self, what: str, file: Traversable | None = None, *, line: int | None = None, last: bool = False
    ) -> DataError:
        """Say what is wrong with the partner, and where."""
        where = file or self.file
        line = line or (self.line if where is self.file else None) or _line_of(where, self.iri, last=last)
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


def _read_rows(file: Traversable, entries: dict[str, _Entry]) -> None:
    for row in read_table(file):
        entry = entries.get(row.iri) or entries.setdefault(row.iri, _Entry(row.iri, file, row.line))
        if row.kind is not None:
            entry.give_kind(row.kind, file, row.line)
            entry.pref.setdefault("mul", row.label or "")
        entry.names.update(dict.fromkeys((("mul", row.label),) if row.label else ()))
        entry.names.update(dict.fromkeys(row.names))
        entry.country = row.country or entry.country
        entry.wikidata = row.wikidata or entry.wikidata
        entry.part_of = row.part_of or entry.part_of


def _set_kind(entry: _Entry, class_iri: str, file: Traversable) -> None:
    if KIND_BY_CLASS.get(class_iri, "country") == "country":
        what = f"is a {local_name(class_iri)}, which is no kind of partner. There are: {_class_names()}"
        raise entry.error(what, file)
    entry.give_kind(KIND_BY_CLASS[class_iri], file)


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
    return ", ".join(f"coop:{local_name(iri)}" for iri, kind in KIND_BY_CLASS.items() if kind != "country")


def _line_of(file: Traversable, iri: str, *, last: bool = False) -> int:
    """Find the line (from 1) at which ``iri`` is described; for messages, so that a guess will do."""
    starts = (f":{local_name(iri)} ", f"<{iri}>", f":{local_name(iri)}\t")
    lines = [f"{line} "[:200] for line in file.read_bytes().decode("utf-8", "replace").splitlines()]
    hits = [number for number, line in enumerate(lines, 1) if any(start in line for start in starts)]
    return (hits[-1] if last else hits[0]) if hits else 1
