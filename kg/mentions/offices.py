"""Ministries named in small letters, as a language without small letters in names does: "Oman's higher
education ministry", "the Japanese labor ministry".

In: ``Text``. Out: ``Candidate`` values with the country that owns the ministry.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.candidates import Candidate, country_of
from kg.names.texts import Text

#: How many words may stand between the owner and the noun.
_LONGEST = 6


def find_offices(text: Text) -> Iterator[Candidate]:
    """Yield each ministry named by its portfolio in small letters with the country before it."""
    if text.lexicon.lowercase_names:
        return
    noun = text.lexicon.ministry.lower()
    for index, word in enumerate(text.words):
        if word.text != noun or index in text.residue:
            continue
        first = _first(text, index)
        owner = _owner(text, first)
        if first < index and owner < first:
            country = country_of(text, owner, first)
            yield Candidate(owner, index + 1, "head", "government-body", country, first)


def _first(text: Text, index: int) -> int:
    """Return where the portfolio of the ministry whose noun is at ``index`` begins."""
    first = index
    while first > 0 and index - first < _LONGEST and text.words[first].gap in (" ", "-"):
        before = text.words[first - 1]
        joins = before.key in text.lexicon.conjunctions and first < index
        if not joins and before.text.capitalize() not in text.lexicon.topics and not before.is_acronym:
            break
        if text.covered[first - 1] >= 0:
            break
        first -= 1
    return first


def _owner(text: Text, first: int) -> int:
    """Return where the country before word ``first`` begins ("Oman's", "Japanese"); else ``first``."""
    last = first - 1
    if last > 0 and text.words[last].text == "s" and text.words[last].gap in ("'", "’"):
        last -= 1
    if last < 0 or not text.words[first].is_glued or text.covered[last] < 0:
        return first
    listed = text.listed[text.covered[last]]
    owns = listed.entry.sort == "demonym" or (listed.entry.sort != "known" and last < first - 1)
    return listed.start if owns else first
