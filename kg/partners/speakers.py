"""For whom a person speaks, by what stands beside the name: "whose chairman, Ha Linh", "Li Wei, head of
ACME", "Dr Sow (CEA)", "Anna Berg of the ministry".

In: a text, a person's mention and where organisations are named. Out: the organisation and whether the
title is one of states, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Mention
from kg.names.lexicon import Lexicon
from kg.names.words import Word, split_words
from kg.partners.identity import Identity

#: So far behind and before a name its description may reach, in characters.
_REACH = 90
#: Between a title and the organisation: "chief executive for Asia of".
_TITLE_TO_NAME = 40
#: Between an organisation and a title that refers back to it: "EDGE, in Abu Dhabi, whose chairman".
_NAME_TO_TITLE = 60
#: Between a small word and the name that it leads to: an article.
_ARTICLE = 5
#: Words before a title: "the new", "le nouveau".
_BEFORE_TITLE = 3
SENTENCE_END = re.compile(r"[.!?…][»”\"’)]*\s|[;\n]")
_COMMA = re.compile(r",\s+|\s[-–—]\s")
_BRACKET = re.compile(r"\s?\(\s*")


@dataclass(frozen=True, slots=True)
class Named:
    """Where an organisation is named."""

    start: int
    end: int
    identity: Identity


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person serves; ``of_state`` when only statesmen bear the title ("General Secretary")."""

    identity: Identity
    of_state: bool = False


def find_named(identities: Sequence[Identity]) -> list[Named]:
    """Return where organisations (no countries) are named, in the order of the text."""
    found = [
        Named(mention.start, mention.end, identity)
        for identity in identities
        if identity.kind != "country"
        for mention in identity.mentions
        if mention.label == "partner"
    ]
    return sorted(found, key=lambda item: (item.start, item.end))


def post_beside(text: str, mention: Mention, named: Sequence[Named], lexicon: Lexicon) -> Post | None:
    """Return the post that the words right behind or before a person's name tell."""
    return (
        _in_brackets(text, mention, named)
        or _behind(text, mention, named, lexicon)
        or _before(text, mention, named, lexicon)
    )


def _in_brackets(text: str, mention: Mention, named: Sequence[Named]) -> Post | None:
    bracket = _BRACKET.match(text, mention.end)
    return _first(named, bracket.end(), bracket.end() + _ARTICLE) if bracket else None


def _behind(text: str, mention: Mention, named: Sequence[Named], lexicon: Lexicon) -> Post | None:
    """Read ", head of X", ", who leads X" and "of X"."""
    tail = text[mention.end : mention.end + _REACH]
    end = SENTENCE_END.search(tail)
    tail = tail[: end.start()] if end else tail
    comma = _COMMA.match(tail)
    begin = comma.end() if comma else 0
    stop = _COMMA.search(tail, begin)
    words = split_words(tail[begin : stop.start() if stop else None], accents=lexicon.home is not None)
    if not words:
        return None
    offset, limit = mention.end + begin, mention.end + (stop.start() if stop else len(tail))
    if words[0].key in lexicon.possession | lexicon.representing:
        return _first(named, offset + words[0].end, offset + words[0].end + _ARTICLE)
    if not comma:
        return None
    if words[0].key in lexicon.relatives:
        return _first(named, offset, limit)
    if words[0].key in lexicon.conjunctions:
        return None
    ends = (_title_end(words, number, lexicon) for number in range(min(_BEFORE_TITLE, len(words))))
    title, of_state = next((item for item in ends if item[0]), (0, False))
    start = offset + words[title - 1].end
    return _first(named, start, min(start + _TITLE_TO_NAME, limit), of_state=of_state) if title else None


def _before(text: str, mention: Mention, named: Sequence[Named], lexicon: Lexicon) -> Post | None:
    """Read "the head of X, Ha Linh" and "X, whose head, Ha Linh"."""
    low = max(0, mention.start - _REACH)
    ends = list(SENTENCE_END.finditer(text, low, mention.start))
    low = ends[-1].end() if ends else low
    words = split_words(text[low : mention.start], accents=lexicon.home is not None)
    found = ((number, *_title_end(words, number, lexicon)) for number in range(len(words)))
    titles = [item for item in found if item[1]]
    if not titles or text[mention.start - 2 : mention.start].strip() not in ("", ","):
        return None
    number, title, of_state = titles[-1]
    start, stop = low + words[number].start, low + words[title - 1].end
    beside = [item for item in named if item.end <= mention.start and item.start >= stop]
    if beside:
        last = beside[-1]
        gaps = text[last.end : mention.start].strip(), text[stop : last.start]
        is_owner = gaps[0] in ("", ",") and len(gaps[1]) <= _TITLE_TO_NAME and "," not in gaps[1]
        return Post(last.identity, of_state) if is_owner else None
    if text[stop : mention.start] != ", " and title == len(words):
        return None
    refers = any(word.key in lexicon.owners for word in words[max(0, number - 2) : number])
    earlier = [item for item in named if start - _NAME_TO_TITLE <= item.start and item.end <= start]
    if not earlier or SENTENCE_END.search(text, earlier[-1].end, start):
        return None
    beside_title = refers or start - earlier[-1].end <= 1
    return Post(earlier[-1].identity, of_state) if beside_title else None


def _title_end(words: Sequence[Word], number: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Return where the title ends that begins at a word (0: none does), and whether only states have it."""
    found = [
        (end, roles)
        for end, values in lexicon.titles.matches(words, number)
        if (roles := {role for role, _ in values} & _ROLES)
    ]
    end, roles = max(found, key=lambda item: item[0], default=(0, set[str]()))
    return end, roles == {"state"}


_ROLES = frozenset({"organisation", "presiding", "state"})


def _first(named: Sequence[Named], low: int, high: int, *, of_state: bool = False) -> Post | None:
    """The post at the first organisation whose name begins between two positions."""
    return next((Post(item.identity, of_state) for item in named if low <= item.start <= high), None)
