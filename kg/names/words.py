"""The words of a text as the rules for names see them, the same in every language.

In: a text. Out: ``Word`` values with offsets, a folded form for look-ups, and the gap before them. Names are
cut on words of one syllable in Vietnamese, and an apostrophe or hyphen is a gap, so that one table serves
all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Letters and digits; "&", "+" and a full stop inside belong to a word ("J&F", "e&", "F.R.S",
#: "hub.brussels").
_WORD = re.compile(r"\w+(?:[&.+°*]\w+)*[&+]?|(?<=\s)&(?=\s)", re.UNICODE)
#: Words that a full stop shortens: what follows is one name with them ("TP. Hồ Chí Minh", "St. Gallen").
_SHORTENED = frozenset({"TP", "Tp", "TX", "St", "Ste", "Ss", "Mt", "Ft"})
#: Gaps inside which a name goes on.
_GLUE = frozenset({" ", "-", "'", "’", "\u00a0", "\u202f", "–", "/", "", " - ", "  ", "‑"})


class Word(NamedTuple):
    """One word: ``gap`` is what stands between the word before and this one, a blank for a mere full stop."""

    text: str
    start: int
    end: int
    fold: str
    gap: str
    #: The form under which word lists have it: folded, or in small letters where accents tell words apart.
    key: str = ""
    #: It begins as a name does: a capital, or one further on ("iPhone").
    is_capital: bool = False

    @property
    def is_acronym(self) -> bool:
        """Say whether it is two or more capitals, digits apart."""
        letters = [character for character in self.text if character.isalpha()]
        return len(letters) > 1 and all(character.isupper() for character in letters)

    @property
    def is_glued(self) -> bool:
        """Say whether a name may go on from the word before to this one."""
        return self.gap in _GLUE


def split_words(text: str, *, accents: bool = False) -> list[Word]:
    """Return the words of ``text`` in order; ``accents`` says that the language tells words apart by them."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        form = match.group()
        folded = fold(form)
        gap = text[end : match.start()]
        if gap == ". " and words and words[-1].text in _SHORTENED:
            gap = " "
        key = form.lower() if accents else folded
        words.append(Word(form, match.start(), match.end(), folded, gap, key, form != form.lower()))
        end = match.end()
    return words


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold case and accents, so that "Hà Nội", "Hanoï" and "HANOI" come near to each other."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace("ı", "i").replace("œ", "oe").replace("Œ", "Oe")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def normalise(name: str) -> str:
    """Fold case, accents and punctuation of a name."""
    return " ".join(re.findall(r"\w+", fold(name)))
