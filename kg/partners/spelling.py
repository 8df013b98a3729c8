"""Names that no list has letter by letter, recognised as those of known partners.

In: the identities of an article. Out: some of them get the reference of a partner of the gazetteer: a bare
name of a body whose full name adds its country ("ministère de la Santé" in Vietnam's press), and small
misspellings ("NDIVIA" is NVIDIA), never of short names, never across kinds, never where digits differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kg.names.lexicon import gazetteer
from kg.names.words import normalise
from kg.partners.identity import Identity
from kg.partners.labels import bare_key, country_names

#: Names of fewer letters are never taken for misspellings.
_SPELLABLE = 6
#: In names of fewer letters another letter makes another name.
_REPLACEABLE = 8


def recognise(identities: Sequence[Identity], seat: str | None, lists: tuple[str, ...]) -> None:
    """Give identities without a reference that of the known partner that they mean."""
    named = {item.country for item in identities if item.kind == "country"}
    taken = {item.ref for item in identities if item.ref}
    for identity in identities:
        if identity.ref is None and identity.kind != "country":
            iri = _bare(identity, seat, named, lists) or _misspelt(identity, lists)
            if iri is not None and (iri not in taken or identity.kind is not None):
                identity.ref = iri


def _bare(identity: Identity, seat: str | None, named: set[str | None], lists: tuple[str, ...]) -> str | None:
    """Find the body whose bare name this is and whose country the context tells.

    That is the country beside the name, else that of the article, else the only one that the article names.
    """
    if identity.kind not in _BARE:
        return None
    choices = {pair for form in identity.forms for pair in _bare_names(lists).get(bare_key(form), ())}
    for codes in ({identity.country}, {seat}, named):
        found = {iri for code, iri in choices if code in codes}
        if found or identity.country:
            return found.pop() if len(found) == 1 else None
    return None


#: Kinds of bodies that many countries call alike.
_BARE = frozenset({"government-body", "local-government", "association", "research-institute", "university"})


@cache
def _bare_names(lists: tuple[str, ...]) -> dict[str, set[tuple[str, str]]]:
    names: dict[str, set[tuple[str, str]]] = {}
    for partner in gazetteer(lists):
        if partner.kind not in _BARE or not partner.country:
            continue
        bare = {bare_key(name) for _, name in partner.generic if " " in name}
        if partner.kind == "government-body":
            endings = country_names(partner.country)
            for _, name in partner.names:
                full = normalise(name)
                bare.update(bare_key(full[: -len(end)]) for end in endings if full.endswith(end))
        for name in bare - {""}:
            names.setdefault(name, set()).add((partner.country, partner.iri))
    return names


def _misspelt(identity: Identity, lists: tuple[str, ...]) -> str | None:
    """Find the one known partner from whose name this differs by a slip of the pen."""
    for form in identity.forms:
        if len(form) < _SPELLABLE or " " in form:
            continue
        choices = (
            _spellings(lists).get(len(form), ()),
            _spellings(lists).get(len(form) - 1, ()),
            _spellings(lists).get(len(form) + 1, ()),
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
    if len(form) == len(name) < _REPLACEABLE and sorted(form) != sorted(name):
        # "Wismar" is no Wilmar.
        return False
    return same_kind and form[0] == name[0] and re.findall(r"\d+", form) == re.findall(r"\d+", name)


@cache
def _spellings(lists: tuple[str, ...]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """Return the known names of one word, by length: name, IRI, kind."""
    by_length: dict[int, dict[tuple[str, str], str]] = {}
    for partner in gazetteer(lists):
        for text in (partner.label, *(name for _, name in partner.names)):
            name = normalise(text)
            if len(name) >= _SPELLABLE and " " not in name:
                by_length.setdefault(len(name), {})[name, partner.iri] = partner.kind
    return {
        length: tuple((n, iri, kind) for (n, iri), kind in names.items())
        for length, names in by_length.items()
    }
