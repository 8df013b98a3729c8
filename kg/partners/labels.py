"""Labels and IRIs of partners, and the gazetteer by IRI.

In: names. Out: IRIs that depend on the name and kind alone, never on the order of articles.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from babel import Locale

from kg.names.lexicon import gazetteer
from kg.names.words import fold
from kg.ontology import KnownPartner

#: Kinds that one name is not split over: a text may call one body a centre, another an institute.
_GROUPS = {
    "government-body": "public",
    "local-government": "public",
    "university": "knowledge",
    "research-institute": "knowledge",
    "company": "company",
}


def normalise(name: str) -> str:
    """Fold case, accents and punctuation."""
    return " ".join(re.findall(r"\w+", fold(name)))


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


def known_partner(iri: str) -> KnownPartner | None:
    """Return the partner of the gazetteer with this IRI."""
    return _by_iri().get(iri)


@cache
def _by_iri() -> dict[str, KnownPartner]:
    return {partner.iri: partner for partner in gazetteer()}
