"""A country in, whether it only says whose money a sum is in: "45 million US dollars", "3 tỷ won Hàn Quốc".

The words for money stand in ``languages/<lang>/amounts.toml``.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from kg.languages import load_data
from kg.names.texts import Listed, Text

Units = frozenset[tuple[str, ...]]


def is_of_money(text: Text, item: Listed) -> bool:
    """Say whether a sign or word for money joins the country to a number."""
    if is_before_sign(text, item.end):
        return True
    units, numbers = _money(text.lexicon.lang)
    before = _before_links(text, item.start)
    for size in range(1, max(map(len, units)) + 1):
        if _words(text, item.end, item.end + size) in units and _is_number(text, item.start, numbers):
            return True
        if _words(text, before - size, before) in units:
            return _is_number(text, _before_links(text, before - size), numbers)
    return False


def is_before_sign(text: Text, end: int) -> bool:
    """Say whether a sign for money follows at once: "US$45"; "lends Vietnam $45" names who is lent it."""
    sign = text.gap(end)[:1]
    return bool(sign) and unicodedata.category(sign) == "Sc"


def _words(text: Text, start: int, end: int) -> tuple[str, ...]:
    return tuple(word.text.lower() for word in text.words[start:end]) if start >= 0 else ()


def _before_links(text: Text, index: int) -> int:
    """Step back over "de" and its like."""
    while index > 0 and text.words[index - 1].key in text.lexicon.possession:
        index -= 1
    return index


def _is_number(text: Text, index: int, numbers: frozenset[str]) -> bool:
    word = text.words[index - 1].text.lower() if index > 0 else ""
    return word in numbers or word[:1].isdigit()


@cache
def _money(lang: str) -> tuple[Units, frozenset[str]]:
    """The words for money, and those that end a number."""
    data = load_data(lang, "amounts")
    units = frozenset(tuple(word.split()) for words in data["currency"].values() for word in words)
    return units, frozenset([*data["number"], *data["scale"]])
