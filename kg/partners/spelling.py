"""Names that no list has letter by letter, recognised as those of known partners.

In: the identities of an article. Out: some of them get the reference of a partner of the gazetteer: a bare
name of a body whose full name adds its country ("ministère de la Santé" in Vietnam's press), and small
misspellings ("NDIVIA" is NVIDIA), never of short names, never across kinds, never where digits differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kg.names.lexicon import gazetteer
from kg.partners.identity import Identity
from kg.partners.labels import country_names, normalise

#: Names of fewer letters are never taken for misspellings.
_SPELLABLE = 6


def recognise(identities: Iterable[Identity], seat: str | None) -> None:
    """Give identities without a reference that of the known partner that they mean."""
    for identity in identities:
        if identity.ref is None and identity.kind != "country":
            iri = _bare(identity, seat) or _misspelt(identity)
            if iri is not None:
                identity.ref = iri


def _bare(identity: Identity, seat: str | None) -> str | None:
    """Find the body of the article's country whose full name is this name and the country's."""
    if identity.kind != "government-body":
        return None
    found = [
        iri
        for form in identity.forms
        for code, iri in _bare_names().get(form, ())
        if code == (identity.country or seat)
    ]
    return found[0] if len(set(found)) == 1 else None


@cache
def _bare_names() -> dict[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = {}
    for partner in gazetteer():
        if partner.kind == "government-body" and partner.country:
            endings = country_names(partner.country)
            for _, name in partner.names:
                full = normalise(name)
                for ending in endings:
                    if full.endswith(ending):
                        names.setdefault(full[: -len(ending)], []).append((partner.country, partner.iri))
    return names


def _misspelt(identity: Identity) -> str | None:
    """Find the one known partner from whose name this differs by a slip of the pen."""
    for form in identity.forms:
        if len(form) < _SPELLABLE or " " in form:
            continue
        choices = (
            _spellings().get(len(form), ()),
            _spellings().get(len(form) - 1, ()),
            _spellings().get(len(form) + 1, ()),
        )
        for names in choices:
            found = process.extract(
                form,
                [name for name, _, _ in names],
                scorer=DamerauLevenshtein.distance,
                score_cutoff=1,
                limit=3,
            )
            matching = {
                names[index][1]
                for _, _, index in found
                if _agrees(form, names[index][0], identity, names[index][2])
            }
            if len(matching) == 1:
                return matching.pop()
    return None


def _agrees(form: str, name: str, identity: Identity, kind: str) -> bool:
    same_kind = identity.kind is None or identity.kind == kind
    return same_kind and form[0] == name[0] and re.findall(r"\d+", form) == re.findall(r"\d+", name)


@cache
def _spellings() -> dict[int, tuple[tuple[str, str, str], ...]]:
    """Return the known names of one word, by length: name, IRI, kind."""
    by_length: dict[int, dict[tuple[str, str], str]] = {}
    for partner in gazetteer():
        for text in (partner.label, *(name for _, name in partner.names)):
            name = normalise(text)
            if len(name) >= _SPELLABLE and " " not in name:
                by_length.setdefault(len(name), {})[name, partner.iri] = partner.kind
    return {
        length: tuple((n, iri, kind) for (n, iri), kind in names.items())
        for length, names in by_length.items()
    }
