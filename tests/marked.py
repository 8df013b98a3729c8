"""Marked-up text for tests: ``[Bùi Thanh Sơn](person) gặp [NVIDIA](company)`` is a text and what it names.

``read_marked`` takes the marks out; ``mark`` puts them in. So a case is one readable line in any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc

from kg.documents import make_documents
from kg.model import Article, Partner, Report
from kg.pipeline import extract, find_partners
from kg.reports.codebook import load_codebook
from kg.reports.passages import Passage, make_passages
from kg.settings import Settings

_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text."""

    start: int
    end: int
    name: str


def read_marked(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the plain text and its marks."""
    plain, marks, end = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[end : match.start()]
        marks.append(Mark(len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        end = match.end()
    return plain + marked[end:], tuple(marks)


def mark(text: str, marks: Iterable[Mark]) -> str:
    """Return ``text`` with its marks written in."""
    marked, end = "", 0
    for item in sorted(marks, key=lambda item: item.start):
        marked += f"{text[end : item.start]}[{text[item.start : item.end]}]({item.name})"
        end = item.end
    return marked + text[end:]


@cache
def read_document(text: str, lang: str) -> Doc:
    """Return the document of a text without title."""
    return next(make_documents([Article("test", text, lang=lang)], Settings()))


def read_passages(doc: Doc) -> tuple[list[Passage], tuple[Partner, ...]]:
    """The sentences of a document as the reports stage gets them, and the partners that they name."""
    mentions, partners = find_partners(doc, Settings())
    return make_passages(doc, mentions, partners, load_codebook(doc.lang_)), partners


def read_reports(text: str, lang: str, *, published: date = date(2025, 9, 19)) -> tuple[Report, ...]:
    """Return the reports of a text without title that appeared on a day."""
    (found,) = extract([Article("test", text, lang=lang, published=published)], Settings())
    return found.reports
