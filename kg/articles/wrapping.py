"""Text whose lines were broken to a width in; the same text with one line a paragraph out.

A sentence never crosses a line break in the stages that follow, so a break that only fits a page has to go
here.
"""

from __future__ import annotations

import re
from itertools import pairwise

#: What begins a block of its own in Markdown: a heading, a list item, a quotation, a table, a rule.
_BLOCK = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]|[-*+•–][ \t]|\d{1,3}[.)][ \t]|>|\||(?:[-*_=][ \t]*){3,}$)")
#: A line that ends the block with itself: nothing may be joined to it.
_CLOSED = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]|\||(?:[-*_=][ \t]*){3,}$)|.*(?:[ \t]{2}|\\)$")
_CODE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
#: Widths to which people and programs break lines.
_WIDTHS = range(50, 101)
#: A text counts as broken to a width when it has so many broken lines, and so great a share of them is full.
_LEAST_LINES = 3
_LEAST_SHARE = 0.8


def join_markdown(text: str) -> str:
    """Put each paragraph and list item on one line; a break that is meant (two spaces, ``\\``) stays."""
    lines: list[str] = []
    is_code = is_open = False
    for line in text.split("\n"):
        if _CODE.match(line):
            is_code, is_open = not is_code, False
            lines.append(line)
            continue
        if is_open and line.strip() and not _BLOCK.match(line):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line)
        is_open = bool(line.strip()) and not is_code and not _CLOSED.match(line)
    return "\n".join(lines)


def join_broken_lines(text: str) -> str:
    """Put each paragraph on one line where the text was evidently broken to a width.

    That is so when lines end just where their next word would not have fitted. A line with room for that word
    was ended on purpose, so its break stays, and so does one before a list item.
    """
    lines = text.split("\n")
    inner = [(line, after) for line, after in pairwise(lines) if _runs_on(line, after)]
    if len(inner) < _LEAST_LINES:
        return text
    width = max(len(line.rstrip()) for line in lines)
    full = sum(_is_full(line, after, width) for line, after in inner)
    if width not in _WIDTHS or full < _LEAST_SHARE * len(inner):
        return text
    joined = [lines[0]]
    for line, after in pairwise(lines):
        if _runs_on(line, after) and _is_full(line, after, width):
            joined[-1] = f"{joined[-1].rstrip()} {after.strip()}"
        else:
            joined.append(after)
    return "\n".join(joined)


def _runs_on(line: str, after: str) -> bool:
    return bool(line.strip() and after.strip()) and not _BLOCK.match(after)


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width
