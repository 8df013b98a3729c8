"""Bodies of two countries: "Institut des sciences Vietnam - République de Corée" names both where it stands.

In: partner mentions and the partners found so far. Out: the two countries' mentions grow by the
body's name, as a group that speaks for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Mention
from kg.names.lexicon import Lexicon, fits
from kg.names.words import split_words
from kg.partners.identity import Identity

_DASHES = frozenset("-–—")
_KINDS = frozenset({"research-institute", "other", "government-body", "association"})


def attach_joint(mentions: Sequence[Mention], identities: Sequence[Identity], lexicon: Lexicon) -> None:
    """Add the names of joint bodies to the two countries in them, where the article has both as partners."""
    countries = {item.country: item for item in identities if item.kind == "country"}
    for mention in mentions:
        if mention.kind in _KINDS:
            both = _two_countries(mention.text, lexicon)
            if len(both) == 2 and all(country in countries for country in both):
                for country in both:
                    countries[country].add(replace(mention, label="group", source="joint", ref=None))


def _two_countries(name: str, lexicon: Lexicon) -> list[str]:
    """The codes of two countries that a dash joins in a name."""
    words = split_words(name)
    found: list[str] = []
    for index in range(len(words)):
        for end, entries in lexicon.names.matches(words, index):
            fitting = [e for e in entries if e.sort == "country" and fits(e, words, index, end)]
            after_dash = found and words[index].gap.strip() in _DASHES and words[index].gap.strip()
            if fitting and fitting[0].country and (not found or after_dash):
                found.append(fitting[0].country)
                break
    return list(dict.fromkeys(found))[:2]
