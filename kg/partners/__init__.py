"""Which partner each mention names or stands for: one identity for all its spellings in an article.

In: a ``Doc`` and its mentions. Out: ``Partner`` values, each with all its mentions, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.model import Mention, Partner
from kg.names.lexicon import Lexicon, known_partners, load_lexicon
from kg.names.words import split_words
from kg.partners.identity import Identity, gather
from kg.partners.joint import attach_joint
from kg.partners.labels import country_label, partner_iri
from kg.partners.periphrases import attach_groups
from kg.partners.spelling import recognise
from kg.partners.standing import attach_people
from kg.partners.voices import SELF, attach_voices
from kg.texts import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve_partners"]


def resolve_partners(
    doc: Doc, mentions: Sequence[Mention], *, base_iri: str, lists: tuple[str, ...] = ()
) -> tuple[Partner, ...]:
    """Return the partners of an article; a mention of "the two countries" belongs to both.

    ``lists`` are the user's own partner lists, as for ``find_mentions``.
    """
    lexicon = load_lexicon(doc.lang_, lists)
    seat = lexicon.home or _seat(mentions)
    text = text_of(doc)
    identities = gather(text, [item for item in mentions if item.label == "partner"], lexicon)
    recognise(identities, seat, lists)
    people, groups, places = (
        [item for item in mentions if item.label == label] for label in ("person", "group", "place")
    )
    attach_people(text, people, identities, lexicon, seat=seat)
    voices = [item for item in groups if item.source == SELF]
    others = [item for item in groups if item.source != SELF]
    attach_groups(text, others, identities, lexicon, places=places)
    attach_voices(text, voices, people, identities, lexicon)
    attach_joint([item for item in mentions if item.label == "partner"], identities, lexicon)
    ordered = sorted((item for item in identities if item.mentions), key=lambda item: item.first)
    return _distinct(_partner(item, base_iri, seat, lexicon) for item in ordered)


def _distinct(partners: object) -> tuple[Partner, ...]:
    """Unite partners that came out with the same IRI."""
    by_iri: dict[str, Partner] = {}
    for partner in partners:  # type: ignore[attr-defined]
        earlier = by_iri.get(partner.iri)
        if earlier is not None:
            spans = sorted({*earlier.mentions, *partner.mentions}, key=lambda item: (item.start, item.end))
            partner = Partner(
                earlier.iri, earlier.label, earlier.kind, earlier.country, earlier.wikidata, tuple(spans)
            )
        by_iri[partner.iri] = partner
    return tuple(by_iri.values())


#: A dateline stands this near to the beginning of an article.
_DATELINE = 60


def _seat(mentions: Sequence[Mention]) -> str | None:
    """Return the country of the dateline."""
    for mention in mentions:
        if mention.start > _DATELINE:
            break
        if mention.source in ("capital", "city", "country") and mention.country:
            return mention.country
    return None


def _partner(identity: Identity, base_iri: str, home: str | None, lexicon: Lexicon) -> Partner:
    mentions = tuple(sorted(set(identity.mentions), key=lambda item: (item.start, item.end)))
    if identity.kind == "country" and identity.country:
        label = country_label(identity.country)
        return Partner(
            f"{base_iri}country/{identity.country}", label, "country", identity.country, None, mentions
        )
    known = known_partners(lexicon.lists).get(identity.ref) if identity.ref else None
    if known is not None:
        return Partner(known.iri, known.label, known.kind, known.country, known.wikidata, mentions)
    kind = identity.kind or "company"
    country = identity.country or (home if kind in _PUBLIC or _is_native(identity, lexicon) else None)
    return Partner(partner_iri(base_iri, identity.label, kind), identity.label, kind, country, None, mentions)


#: Bodies that act at home where no country is told.
_PUBLIC = frozenset({"government-body", "local-government"})


def _is_native(identity: Identity, lexicon: Lexicon) -> bool:
    """Say whether the name is written with the letters of the country at home in the language."""
    words = split_words(identity.label, accents=lexicon.home is not None)
    after = max((end for end, _ in lexicon.heads.matches(words, 0)), default=0)
    return (
        lexicon.home is not None
        and after > 0
        and any(not word.text.isascii() for word in words[after:])
        and all(len(word.text) <= _SYLLABLE and not word.is_acronym for word in words[after:])
    )


#: Letters of the longest syllable.
_SYLLABLE = 7
