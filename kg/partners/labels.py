"""Labels and IRIs of partners.

In: names. Out: IRIs that depend on the name and kind alone, never on the order of articles.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from babel import Locale

from kg.languages import languages, load_data
from kg.names.lexicon import country_forms, split_values
from kg.names.words import normalise

#: Kinds that one name is not split over: a text may call one body a centre, another an institute.
_GROUPS = {
    "government-body": "public",
    "local-government": "public",
    "university": "knowledge",
    "research-institute": "knowledge",
    "company": "company",
}


def partner_iri(base_iri: str, label: str, kind: str) -> str:
    """Return the IRI of a partner that no list knows."""
    name = normalise(label)
    group = _GROUPS.get(kind, "body")
    digest = hashlib.sha256(f"{name}|{group}".encode()).hexdigest()[:8]
    slug = re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:60].strip("-")
    return f"{base_iri}partner/{slug}-{digest}" if slug else f"{base_iri}partner/{digest}"


@cache
def country_label(code: str) -> str:
    """Return the English name of a country, as CLDR has it."""
    return str(Locale("en").territories.get(code, code))


@cache
def country_names(code: str) -> tuple[str, ...]:
    """Return the endings that make a body's full name of a bare one: " of vietnam", " du vietnam", " viet
    nam".
    """
    names = {normalise(name) for lang in languages() for name in country_forms(lang).get(code, (code,))}
    joints = sorted(_words_of("possession"))
    return tuple(
        sorted(
            {*(f" {name}" for name in names), *(f" {joint} {name}" for name in names for joint in joints)},
            key=len,
            reverse=True,
        )
    )


@cache
def _words_of(*lists: str) -> frozenset[str]:
    """Return the folded words of some lists of every language."""
    values = (load_data(lang, "names")[name] for lang in languages() for name in lists)
    return frozenset(normalise(word) for value in values for word in split_values(value)) - {""}


@cache
def bare_key(name: str) -> str:
    """Return the words of a body's name that count: "ministère des Sciences" is "ministère de la Science"."""
    glue = _words_of("possession", "articles", "conjunctions", "prepositions")
    return " ".join(word.rstrip("s") for word in normalise(name).split() if word not in glue)
