"""One file that holds one article in (``.txt``, ``.md``, ``.html``); its parts, as they stand there, out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kg.articles.decoding import decoded
from kg.articles.files import Found, reason
from kg.articles.markdown import front_matter, without_markup
from kg.articles.wrapping import join_broken_lines
from kg.errors import InputError
from kg.settings import Settings

#: A character takes up to four bytes; a page carries a good deal of markup beside its text.
_BYTES_PER_CHARACTER = {".txt": 4, ".md": 4, ".html": 16}
_DATE_LINE = re.compile(r"\s*date[ \t:]+(\d{4}-\d{2}(?:-\d{2})?)(?![\w-])[ \t]*([^\n]*)\n?", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_DECLARED_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of an article as they were read, not yet cleaned or checked."""

    id: str
    body: str
    origin: str
    title: str | None = None
    published: str | None = None
    #: Where the date stands, when more is known than ``origin``.
    published_origin: str | None = None
    lang: str | None = None
    url: str | None = None
    source: str | None = None


def size_limit(ending: str, settings: Settings) -> int:
    """Return how many bytes a file may have: what is larger is refused unread."""
    return settings.max_characters * _BYTES_PER_CHARACTER[ending]


def read_file(found: Found, limit: int) -> Draft:
    """Read a file with one article; raises ``InputError`` when it cannot."""
    data = _bytes(found.path, limit)
    if not data.strip():
        raise InputError("the file is empty. Fill it or leave it out.", found.path)
    return _READERS[found.ending](data, found)


def published_date(value: str | None, origin: str) -> date | None:
    """Read the day of publication.

    A year or a month alone gives ``None``: "yesterday" and "on Friday" can not be worked out from it, and a
    first of the month in its place would be a claim that nobody made.
    """
    value = (value or "").strip()
    if not value or _PARTIAL_DATE.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        wanted = "Write it as 2025-09-18 (year, month, day), or leave it out."
        raise InputError(f"{value[:40]!r} is no date. {wanted}", origin) from None


def _bytes(path: str, limit: int) -> bytes:
    try:
        size = os.stat(path).st_size
        if size > limit:
            message = f"{size:,} bytes are more than the {limit:,} that one article may have."
            repair = "Split it into its articles, or raise max_characters in entente.toml."
            raise InputError(f"{message} {repair}", path)
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{reason(error)}; it is left out.", path) from error


def _read_txt(data: bytes, found: Found) -> Draft:
    """Read plain text.

    Its first line may be ``date 2024-07-01 The title``; else a first line that reads like a headline and
    stands alone before an empty line is the title. Lines that were broken to a width are put together again.
    """
    text = decoded(data, found.path).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    published = title = None
    if line := _DATE_LINE.match(text):
        published, title, text = line[1], line[2].strip() or None, text[line.end() :]
    text = join_broken_lines(text)
    if title is None:
        first, _, rest = text.lstrip().partition("\n")
        if _is_headline(first) and rest.strip() and not rest.partition("\n")[0].strip():
            title, text = first, rest
    return Draft(found.id, text, found.path, title, published, f"{found.path}:1")


def _is_headline(line: str) -> bool:
    """Headlines are short, have two words or more, and end without the full stop of a sentence."""
    line = line.strip()
    bare = line.rstrip("\"'»”’)] \u00a0\u202f")
    return (
        len(line) <= _TITLE_LENGTH and " " in line and line[0] not in "(>[|©-" and bare[-1:] not in {*".…,;:"}
    )


def _read_md(data: bytes, found: Found) -> Draft:
    values, lines, body = front_matter(decoded(data, found.path), found.path)
    body, heading = without_markup(body)
    date_key = "published" if "published" in values else "date"
    return Draft(
        id=values.get("id") or found.id,
        body=body,
        origin=found.path,
        title=values.get("title") or heading,
        published=values.get(date_key),
        published_origin=f"{found.path}:{lines[date_key]}" if date_key in lines else None,
        lang=values.get("lang"),
        url=values.get("url"),
        source=values.get("source"),
    )


def _read_html(data: bytes, found: Found) -> Draft:
    """Take the article out of a web page.

    The page's own language tag is not believed: templates in one language carry articles in another.
    """
    declared = _DECLARED_CHARSET.search(data[:4096])
    html = decoded(data, found.path, declared=declared[1].decode("ascii") if declared else None)
    values = _extracted(html.lstrip("\ufeff").replace("\x00", ""), found.path)
    if not (values.get("text") or "").strip():
        raise InputError(
            "no article text was found in this page. Save it as .txt to have it read.", found.path
        )
    return Draft(
        id=found.id,
        body=values["text"] or "",
        origin=found.path,
        title=values.get("title"),
        published=values.get("date"),
        url=values.get("url"),
        source=values.get("sitename"),
    )


def _extracted(html: str, origin: str) -> Mapping[str, str | None]:
    """Run trafilatura without its slower second tries.

    Dates come from the page's metadata and date marks alone: guessing further yields days that nobody wrote.
    The latest day allowed is fixed, as a result that depends on today's date would not be reproducible.
    """
    # Imported here: it takes half a second that plain text need not wait for.
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    try:
        page = bare_extraction(
            html, fast=True, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except Exception as error:  # The parser meets arbitrary pages; none of them may end the run.
        raise InputError(f"the page cannot be parsed ({type(error).__name__}).", origin) from error
    return page.as_dict() if page is not None and not isinstance(page, dict) else {}


_READERS: Mapping[str, Callable[[bytes, Found], Draft]] = {
    ".txt": _read_txt,
    ".md": _read_md,
    ".html": _read_html,
}
