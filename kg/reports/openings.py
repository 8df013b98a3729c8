"""Many patterns looked up in one text: a pattern is tried only where the text opens as its matches do.

In: patterns that begin at the beginning of a word, as those of the codebook do, and a text. Out: what each
pattern's ``finditer`` would yield, for a fraction of its time: most of the hundred patterns have nothing that
opens as any word of the sentence does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

#: So many letters tell openings apart.
_LETTERS = 4
#: What a pattern of words begins with: no part of a word before it.
WORD_START = r"(?<!\w)"
_PLACE = re.compile(rf"{WORD_START}\S")
#: Signs of the notation of patterns, and what stands in it for itself.
_ATOM = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|.", re.DOTALL)
_PLAIN = re.compile(r"[^\\\[\](){}|?*+.^$]*")


class PatternIndex:
    """Patterns by the first letters of what they match; each is known by its number."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)
        self._by_opening: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(self._patterns):
            for opening in _distinct(_openings_of(pattern)):
                self._by_opening[opening].append(number)
        #: Patterns that may begin with anything.
        self._anywhere = tuple(self._by_opening.pop("", ()))
        self._opened_by = lru_cache(maxsize=65_536)(self._look_up)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the matches of each pattern with its number; those of one in order, without overlaps."""
        for number in self._anywhere:
            for match in self._patterns[number].finditer(text):
                yield number, match
        ends: dict[int, int] = {}
        for place in _PLACE.finditer(text):
            at = place.start()
            for number in self._opened_by(text[at : at + _LETTERS]):
                if ends.get(number, 0) <= at and (found := self._patterns[number].match(text, at)):
                    ends[number] = found.end()
                    yield number, found

    def _look_up(self, letters: str) -> tuple[int, ...]:
        beginnings = (letters[:length] for length in range(1, len(letters) + 1))
        return tuple(number for opening in beginnings for number in self._by_opening.get(opening, ()))


def _openings_of(pattern: re.Pattern[str]) -> set[str]:
    source = pattern.pattern
    if not source.startswith(WORD_START) or pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return {""}
    found = openings(source.removeprefix(WORD_START))
    return {""} if any(not opening or opening[0].isspace() for opening in found) else found


def _distinct(found: set[str]) -> set[str]:
    """Leave out openings that begin with another of the same pattern, so that none is tried twice."""
    return {opening for opening in found if not any(opening[:end] in found for end in range(1, len(opening)))}


def openings(source: str) -> set[str]:
    """Return all first letters, up to four, that a match of the pattern can have.

    An opening is shorter where the pattern goes on with more than plain letters and groups of them: every
    match begins with one of those returned.
    """
    return {opening for alternative in _alternatives(source) for opening in _openings_of_one(alternative)}


def _openings_of_one(source: str) -> set[str]:
    match = _PLAIN.match(source)
    plain = match.group() if match else ""
    rest = source[len(plain) :]
    if rest[:1] in ("?", "*", "{"):
        # The letter before the sign may be absent.
        return {plain[:-1][:_LETTERS]}
    if len(plain) >= _LETTERS or not rest.startswith("(?:"):
        return {plain[:_LETTERS]}
    inside, after = _group(rest)
    if after[:1] in ("*", "+", "{"):
        return {plain}
    options = _alternatives(inside)
    if after.startswith("?"):
        options.append("")
        after = after[1:].removeprefix("?")
    return {opening for option in options for opening in _openings_of_one(plain + option + after)}


def _group(source: str) -> tuple[str, str]:
    """Split "(?:inside)after" at the bracket that closes the first one."""
    depth, end = 0, 0
    for atom in _ATOM.findall(source):
        end += len(atom)
        depth += (atom == "(") - (atom == ")")
        if depth == 0:
            break
    return source[len("(?:") : end - 1], source[end:]


def _alternatives(source: str) -> list[str]:
    """Split a pattern at the bars that stand in no bracket."""
    parts, depth = [""], 0
    for atom in _ATOM.findall(source):
        depth += (atom == "(") - (atom == ")")
        if atom == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += atom
    return parts
