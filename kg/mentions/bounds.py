"""Where a name that a head noun begins is over: before a person, a place, words that are no part of it.

In: ``Text`` and the way that the name has gone (``Walk``). Out: whether it is over, for ``steps``.
"""

from __future__ import annotations

from kg.mentions.candidates import PERSON_PARTICLES, begins_person
from kg.names.texts import Text


class Walk:
    """The way of one name: where it began, how its head is written, which prepositions it has used."""

    def __init__(self, start: int, kind: str, capital: bool) -> None:
        self.start = start
        self.kind = kind
        self.capital = capital
        self.used: set[str] = set()
        #: A place or country has closed the name; little may follow.
        self.closed = False


def is_closing(text: Text, index: int) -> bool:
    """Say whether the word ends a place or country, after which few names go on."""
    return _ending(text, index) in ("country", "city", "capital")


def _ending(text: Text, index: int) -> str | None:
    """Return what kind of listed name ends with the word."""
    number = text.covered[index]
    return text.listed[number].entry.sort if number >= 0 and text.listed[number].end == index + 1 else None


def is_known(text: Text, index: int, walk: Walk) -> bool:
    """Say whether a name of the list is complete: "la Banque africaine de développement" before "finance"."""
    listed = text.listed_at.get(walk.start)
    return listed is not None and listed.entry.sort == "known" and listed.end == index


def is_mission(text: Text, start: int) -> bool:
    """Say whether the noun is that of a country's body in another: an embassy, a consulate."""
    return any(text.key(start, start + length) in text.lexicon.missions for length in (1, 2, 3, 4))


def begins_holder(text: Text, index: int, walk: Walk) -> bool:
    """Say whether the name of an office ends before that of its holder: "UBND tỉnh" before "Lê Văn An"."""
    return walk.kind in ("local-government", "government-body") and begins_person(text, index)


_WITH_OFFICIALS = frozenset({"government-body", "international-organisation"})


def begins_official(text: Text, index: int, walk: Walk) -> bool:
    """Say whether the head of a body follows its name, in letters of elsewhere: "Bộ Quốc phòng Séc Jan
    Jireš", "Ủy ban châu Âu Ursula von der Leyen".
    """
    if text.lexicon.home is None or walk.kind not in _WITH_OFFICIALS or index + 1 >= len(text.words):
        return False
    first, second = text.words[index], text.words[index + 1]
    is_foreign = first.text.isascii() or text.ents[index] == "PER"
    is_name = is_foreign and not first.is_acronym and text.pos[index] == "PROPN"
    goes_on = second.gap == " " and (second.is_capital or second.text in PERSON_PARTICLES)
    is_open = index not in text.listed_at and index + 1 not in text.listed_at
    ended = not text.words[index - 1].is_capital or is_known(text, index, walk)
    return is_name and goes_on and is_open and ended


def ends_country(text: Text, index: int) -> bool:
    """Say whether a country ends before the word, and no further place or noun goes on from it."""
    is_country = _ending(text, index - 1) == "country"
    return is_country and text.words[index].gap == " " and index not in text.listed_at


def runs_over(text: Text, index: int, walk: Walk) -> bool:
    """Say whether a ministry's name is over before small words of number like its own: "le ministère des
    Transports des consultations".
    """
    content = index + 1
    return (
        not walk.capital
        and walk.kind == "government-body"
        and text.words[index].text == text.before(index - 1) == "des"
        and content < len(text.words)
        and not text.words[content].is_capital
    )


def is_managed(text: Text, index: int, walk: Walk) -> bool:
    """Say whether a small noun is a part of the body that follows: "la direction de Katoen Natie", "le centre
    d'Antel", "une cour de l'Université de Moundou".
    """
    name = skip_articles(text, index + 1)
    if walk.capital or index != walk.start + 1 or text.words[walk.start].key not in text.lexicon.parts:
        return False
    if name >= len(text.words) or not text.words[name].is_capital:
        return False
    listed = text.listed_at.get(name)
    if listed is not None:
        return listed.entry.sort == "known"
    is_head = any(True for _ in text.lexicon.heads.matches(text.words, name))
    is_name = text.pos[name] == "PROPN" and text.words[index].text in ("de", "d")
    return text.words[name].is_acronym or is_head or is_name


def is_complete(text: Text, start: int) -> bool:
    """Say whether a firm's noun ends its name: "FKS Group of Jakarta" is FKS Group."""
    if text.lexicon.lowercase_names or start == 0 or text.words[start].gap not in (" ", "-"):
        return False
    before = text.words[start - 1]
    return before.is_capital and before.key not in text.lexicon.stop_words


def skip_articles(text: Text, index: int) -> int:
    """Return the first word from ``index`` on that is no article."""
    while (
        index < len(text.words)
        and text.words[index].key in text.lexicon.articles
        and text.words[index].is_glued
    ):
        index += 1
    return index
