"""A stretch that looks like the name of an organisation, and what is asked of such stretches everywhere.

In: ``Text``. Out: ``Candidate`` values, found in ``heads`` and ``runs``; ``choose`` in ``organisations``
decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.names.lexicon import load_foreign
from kg.names.texts import Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``start`` to ``end`` may name an organisation.

    ``source``: head (a head noun tells its kind), run (capitalised words alone), listed.
    ``core`` is the word at which the name proper begins, after "Công ty" in "Công ty Cybernetica".
    """

    start: int
    end: int
    source: str
    kind: str | None = None
    country: str | None = None
    core: int = -1
    ref: str | None = None
    #: How likely it names a partner, where that was weighed.
    probability: float = 1.0


def country_of(text: Text, start: int, end: int) -> str | None:
    """Return the country that a name, demonym, capital or city among the words tells; the last one wins."""
    for index in range(end - 1, start - 1, -1):
        number = text.covered[index]
        if number >= 0 and text.listed[number].end <= end:
            for entry in text.listed[number].entries:
                if entry.sort != "known" and entry.country:
                    return entry.country
    return None


def is_compound(text: Text, index: int) -> bool:
    """Say whether a capital syllable begins a common noun ("Chính phủ", "Bưu chính"), as one token or by
    list.
    """
    following = index + 1
    if text.lexicon.home is None or following >= len(text.words) or text.words[following].gap != " ":
        return False
    if text.words[following].is_capital or text.words[following].text.isdigit() or index in text.listed_at:
        return False
    return text.tokens[index] == text.tokens[following]


def begins_person(text: Text, index: int) -> bool:
    """Say whether the name of a person begins here, in the order of the country at home, and no place."""
    if text.lexicon.home is None:
        return False
    words = text.words[index : index + FULL_NAME]
    return (
        len(words) == FULL_NAME
        and words[0].text in text.lexicon.surnames
        and all(word.is_capital and not word.is_acronym for word in words)
        and all(word.gap == " " for word in words)
        and text.covered[index] < 0
    )


#: A family name, a middle name and a given name.
FULL_NAME = 3
#: What joins the parts of a person's name and is no small word of a language that is read; and with those
#: that are.
PARTICLES = frozenset(
    {"dos", "das", "di", "del", "van", "von", "der", "den", "ter", "el", "al", "bin", "ibn", "ben", "ould"}
)
PERSON_PARTICLES = PARTICLES | {"da", "de", "do", "du", "e", "la", "le", "ul", "y"}


def is_particle(text: Text, index: int) -> bool:
    """Say whether the word joins the parts of a person's name: "José Eduardo dos Santos"."""
    after = index + 1
    is_followed = after < len(text.words) and text.words[after].is_glued and text.words[after].is_capital
    return text.words[index].text in PARTICLES and is_followed


def may_join(text: Text, start: int, index: int) -> bool:
    """Say whether the words from ``start`` tell only with what follows the conjunction at ``index`` what a
    body does: not after "of", where they end another name ("Ministry of Trade and Energy Authority").
    """
    lexicon, last = text.lexicon, index - 1
    if lexicon.lowercase_names or text.words[last].text not in lexicon.topics or text.covered[last] >= 0:
        return False
    if text.before(start) in lexicon.prepositions | lexicon.conjunctions:
        return False
    kind, _ = final_kind(text, start, index)
    # "Water" ends names of firms, and of what an authority is for: "Water and Sewerage Authority".
    return kind is None or (kind == "company" and is_topic(text, index + 1))


def is_legal_form(text: Text, index: int) -> bool:
    """Say whether the word tells that a name is a firm's: "B.V.", "Kft."."""
    return text.words[index].text in load_foreign().legal


def is_topic(text: Text, index: int) -> bool:
    """Say whether the word is one of the things that a body may be for: "Sewerage" of "National Water and
    Sewerage Corporation".
    """
    return index < len(text.words) and text.words[index].text in text.lexicon.topics


def is_attributed(text: Text, end: int) -> bool:
    """Say whether a hyphen makes what ends here tell of who follows: "Berlin" of "Berlin-based"."""
    return (
        end < len(text.words)
        and text.words[end].gap == "-"
        and text.words[end].key in text.lexicon.attributes
    )


def is_inside_word(text: Text, index: int) -> bool:
    """Say whether an apostrophe stands inside a foreign word: "Timor-Lorosa'e", "the Lax Kw'alaams"."""
    word, before = text.words[index], text.words[index - 1]
    return (
        word.gap in ("'", "’")
        and before.is_capital
        and len(before.text) > 1
        and not word.is_capital
        and word.fold not in _CLITICS
        and before.fold not in _ELIDED
    )


#: What an apostrophe joins to a word without making one word of both.
_CLITICS = frozenset({"s", "t", "d", "m", "n", "ll", "re", "ve"})


_ELIDED = frozenset({"qu", "lorsqu", "puisqu", "jusqu", "quelqu", "aujourd"})


def final_kind(text: Text, start: int, end: int) -> tuple[str | None, int]:
    """Return the kind that the last words tell ("Chiang Mai University") and where that noun begins."""
    for index in range(max(start, end - 4), end):
        for stop, values in text.lexicon.finals.matches(text.words, index):
            if stop == end and (index > start or end - start > 1) and text.words[index].is_capital:
                return values[0][0], index
    return None, end
