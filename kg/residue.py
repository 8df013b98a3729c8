"""The text of an article in; the stretches out that a newsroom left in it and that state nothing.

Photo captions and credits, sources, links to other stories, share buttons, bylines, datelines. What they
look like is data: ``languages/residue.toml`` for all languages and ``languages/<language>/residue.toml``. All
are used on every article, as a site in one language quotes agencies and keeps buttons of another.

Each ``[[residue]]`` entry says ``where`` its pattern must match:

- ``line``: a whole line, anywhere · ``first``, ``last``: a whole line before or after the article proper
- ``opening``, ``closing``: the beginning or the end of the article proper (dateline, agency)
- ``signature``: one whole line after the last sentence (names of the writers)
- ``credit``: the end of a line; a short caption before it goes too
- ``above``: a whole line directly above one that matches ``next``

``%word%`` in a pattern stands for the ``[words]`` (plain) and ``[parts]`` (patterns) of that name in all
files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.languages import languages, load_data, load_shared

PLACES = ("line", "first", "last", "opening", "closing", "signature", "credit", "above")
Span = tuple[int, int]
_LINE = re.compile(r"[^\n]+")
_PLACEHOLDER = re.compile(r"%(\w+)%")
#: Boxes, bullets and dashes that lay-outs put around a whole line.
_WRAPPING = " \t\u00a0|[](){}*_•▪►▶■—–-"
_SENTENCE_END = re.compile(r"""[.!?…]["'”»’)\]\s]*$""")
_SENTENCE_BREAK = re.compile(r"[.!?…][\"”»]?\s+(?=\S)")
#: A line of residue is short, a caption is hardly longer; this bounds the work and the damage.
_LONGEST_LINE, _LONGEST_CAPTION, _LONGEST_CREDIT = 300, 200, 100
# "re" has no class for capitals; these are those of Latin writing.
_CAPITALS = "".join(char for char in map(chr, (*range(0x250), *range(0x1E00, 0x1F00))) if char.isupper())


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of all languages by place; each place is one regular expression."""

    by_place: Mapping[str, re.Pattern[str]]
    above: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


def find_residue(text: str, body_start: int) -> list[Span]:
    """Return the stretches of newsroom residue from ``body_start`` on: sorted, apart from each other, exact.

    A span may cover part of a sentence only (a dateline before it, an agency after it): its words state
    nothing, the rest of the sentence does.
    """
    lines = list(_lines(text, body_start))
    patterns = _patterns()
    found: dict[int, Span] = {}
    partly: list[Span] = []
    for index, line in enumerate(lines):
        if _is_whole(line, "line", patterns):
            found[index] = line.span
        elif credit := _credit(line, patterns):
            whole = credit == line.span
            found.update({index: credit} if whole else {})
            partly.extend([] if whole else [credit])
    _mark_above(lines, found, patterns)
    first = _mark_edge(range(len(lines)), lines, found, patterns)
    last = _mark_edge(range(len(lines) - 1, first - 1, -1), lines, found, patterns)
    if first <= last:
        partly.extend(_opening(lines[first], patterns))
        partly.extend(_closing(lines[last], patterns))
    return _merged([*found.values(), *partly])


def _lines(text: str, body_start: int) -> Iterator[_Line]:
    for match in _LINE.finditer(text, body_start):
        stripped = match[0].strip()
        if stripped:
            yield _Line(match.start() + match[0].index(stripped), stripped)


def _is_whole(line: _Line, place: str, patterns: _Patterns) -> bool:
    if len(line.text) > _LONGEST_LINE:
        return False
    pattern = patterns.by_place[place]
    bare = line.text.strip(_WRAPPING)
    return bool(pattern.fullmatch(line.text) or (bare != line.text and pattern.fullmatch(bare)))


def _credit(line: _Line, patterns: _Patterns) -> Span | None:
    """Find a credit at the end of a line, with the caption before it when that is one short sentence."""
    tail_start = max(0, len(line.text) - _LONGEST_CREDIT)
    match = patterns.by_place["credit"].search(line.text, tail_start)
    if match is None:
        return None
    before = line.text[: match.start()].rstrip(" \t\u00a0-–—|(")
    is_caption = len(before) <= _LONGEST_CAPTION and not _SENTENCE_BREAK.search(before)
    start, end = line.span
    return (start if is_caption else start + match.start(), end)


def _mark_above(lines: Sequence[_Line], found: dict[int, Span], patterns: _Patterns) -> None:
    """Go upwards, so that several lines above one anchor are found one after the other."""
    for pattern, following in patterns.above:
        is_anchored = False
        for index in range(len(lines) - 2, -1, -1):
            line, below = lines[index], lines[index + 1]
            is_anchored = is_anchored or bool(following.fullmatch(below.text))
            is_anchored = (
                is_anchored and len(line.text) <= _LONGEST_LINE and bool(pattern.fullmatch(line.text))
            )
            if is_anchored:
                found[index] = line.span


def _mark_edge(order: range, lines: Sequence[_Line], found: dict[int, Span], patterns: _Patterns) -> int:
    """Mark whole lines from one edge inwards; return the index of the first line of the article proper."""
    place = "first" if order.step > 0 else "last"
    may_be_signed = place == "last"
    for index in order:
        if index in found:
            continue
        if _is_whole(lines[index], place, patterns):
            found[index] = lines[index].span
        elif may_be_signed and _is_signature(index, lines, patterns):
            found[index] = lines[index].span
            may_be_signed = False
        else:
            return index
    return order.stop


def _is_signature(index: int, lines: Sequence[_Line], patterns: _Patterns) -> bool:
    """Accept names alone on a line only after a full sentence: a list of firms is no signature."""
    line = lines[index].text
    return (
        index > 0
        and len(line) <= _LONGEST_CREDIT
        and bool(_SENTENCE_END.search(lines[index - 1].text[-20:]))
        and bool(patterns.by_place["signature"].fullmatch(line))
    )


def _opening(line: _Line, patterns: _Patterns) -> Iterator[Span]:
    match = patterns.by_place["opening"].match(line.text[:_LONGEST_CAPTION])
    if match and match.end() < len(line.text):
        yield line.start, line.start + match.end()


def _closing(line: _Line, patterns: _Patterns) -> Iterator[Span]:
    tail_start = max(1, len(line.text) - _LONGEST_CREDIT)
    match = patterns.by_place["closing"].search(line.text, tail_start)
    if match:
        yield line.start + match.start(), line.start + len(line.text)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def read_entries() -> list[tuple[str, dict[str, Any]]]:
    """Return the residue data as written, each with its file's name: the common file and one a language."""
    tables = [("residue.toml", load_shared("residue"))]
    return tables + [(f"{lang}/residue.toml", load_data(lang, "residue")) for lang in languages()]


@cache
def _patterns() -> _Patterns:
    tables = read_entries()
    parts = _parts(table for _, table in tables)
    by_place: dict[str, list[str]] = {place: [] for place in PLACES}
    above = []
    for name, table in tables:
        for entry in table.get("residue", ()):
            if entry.get("where") not in PLACES:
                raise DataError(f"{name}: {entry.get('id')}: where must be one of: {', '.join(PLACES)}.")
            pattern = _expanded(entry, "pattern", parts, name)
            by_place[entry["where"]].append(pattern)
            if entry["where"] == "above":
                above.append((re.compile(pattern), re.compile(_expanded(entry, "next", parts, name))))
    ends = {"credit": r"\s*[)\]|]*\s*$", "closing": r"\s*$"}
    joined = {
        place: f"(?:{'|'.join(items) or '(?!)'}){ends.get(place, '')}" for place, items in by_place.items()
    }
    return _Patterns({place: re.compile(pattern) for place, pattern in joined.items()}, tuple(above))


def _parts(tables: Iterator[Mapping[str, Any]]) -> dict[str, str]:
    """Join the words and parts of one name over all files; longer words come first, as they win."""
    words, parts = defaultdict(set), defaultdict(list)
    parts["upper"].append(f"[{_CAPITALS}]")
    parts["lower"].append(f"[{_CAPITALS.lower()}]")
    for table in tables:
        for name, values in table.get("words", {}).items():
            words[name].update(values)
        for name, values in table.get("parts", {}).items():
            parts[name].extend(values)
    for name, values in words.items():
        parts[name].extend(
            re.escape(value) for value in sorted(values, key=lambda value: (-len(value), value))
        )
    return {name: f"(?:{'|'.join(values)})" for name, values in parts.items()}


def _expanded(entry: Mapping[str, Any], key: str, parts: Mapping[str, str], name: str) -> str:
    """Put the words into a pattern (a part may name other parts) and check that it compiles."""
    pattern = str(entry[key])
    try:
        while _PLACEHOLDER.search(pattern):
            pattern = _PLACEHOLDER.sub(lambda match: parts[match[1]], pattern)
        re.compile(pattern)
    except (KeyError, re.error) as error:
        raise DataError(f"{name}: {entry['id']}: {key} is no pattern ({error}). Mend it.") from error
    return f"(?i:{pattern})" if entry.get("ignore_case") else f"(?:{pattern})"
