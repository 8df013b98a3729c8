"""Persons whom the press names by less than title and name: statesmen without a title, titles without a name.

In: ``Text`` and words of it. Out: the country of a leader; whether a title stands for somebody named before.
"""

from __future__ import annotations

from kg.names.lexicon import load_leaders
from kg.names.texts import Text

#: What makes a title and the words behind it one description: "director of", "minister in charge".
_GOES_ON = frozenset({"ADP", "ADJ", "NOUN", "PROPN"})


def leader_in(text: Text, start: int, end: int) -> tuple[int, int, str] | None:
    """Return where the name of a head of state or minister ends these words, and the country: all of them, or
    what follows a country ("Ấn Độ Narendra Modi").
    """
    for index in range(start, end):
        if index > start and text.covered[index - 1] < 0:
            break
        for stop, values in load_leaders().matches(text.words, index):
            if stop == end and text.words[index].is_capital and text.words[stop - 1].is_capital:
                return index, stop, values[0][0]
    return None


def is_bare_title(text: Text, start: int, after: int, role: str) -> bool:
    """Say whether a title alone means somebody named before: "the ambassador said", "theo Hiệu trưởng"."""
    lexicon = text.lexicon
    if role == "honorific" or after >= len(text.words):
        return False
    if lexicon.home:
        is_definite = text.words[start].is_capital and not text.is_sentence_start(start)
    else:
        is_definite = (
            start > 0 and text.words[start].is_glued and text.words[start - 1].key in lexicon.articles
        )
    follows = text.words[after]
    goes_on = follows.is_glued and (follows.is_capital or text.pos[after] in _GOES_ON)
    return is_definite and not goes_on
