"""Files, folders, web pages and standard input in; a stream of ``Article`` out.

What can be read: ``.txt``, ``.md`` (YAML front matter), ``.html``, ``.jsonl`` (one article a line), folders
and globs of these, and ``-`` for JSON Lines on standard input. One article is in memory at a time.

Bad input is never raised: each problem is handed to ``on_problem`` as one ``InputError``, and the next
article follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

from kg.articles.decoding import cleaned
from kg.articles.files import STANDARD_INPUT, Found, OnProblem, find_files
from kg.articles.formats import Draft, published_date, read_file, size_limit
from kg.articles.jsonlines import read_lines, read_standard_input
from kg.errors import InputError
from kg.model import Article
from kg.settings import Settings

__all__ = ["read_articles"]


def read_articles(
    inputs: Iterable[str],
    *,
    settings: Settings,
    on_problem: OnProblem,
    stdin: IO[str] | IO[bytes] | None = None,
) -> Iterator[Article]:
    """Yield the articles of all inputs in a fixed order: inputs as given, inside folders by name.

    An article without an id gets the path of its file relative to the input, without the ending; in JSON
    Lines also a fingerprint of its text. A file that is reached twice is read once. Of two articles with
    one id the later is refused.
    """
    origin_by_id: dict[str, str] = {}
    for draft in _drafts(inputs, settings, on_problem, stdin):
        try:
            article = _finished(draft, settings)
            if article.id in origin_by_id:
                raise _taken(article.id, origin_by_id[article.id], draft.origin)
        except InputError as problem:
            on_problem(problem)
            continue
        origin_by_id[article.id] = draft.origin
        yield article


def _drafts(
    inputs: Iterable[str], settings: Settings, on_problem: OnProblem, stdin: IO[str] | IO[bytes] | None
) -> Iterator[Draft]:
    for found in find_files(inputs, on_problem):
        if found.path == STANDARD_INPUT:
            yield from read_standard_input(stdin, settings, on_problem)
        elif found.ending == ".jsonl":
            yield from read_lines(found, settings, on_problem)
        else:
            yield from _single(found, settings, on_problem)


def _single(found: Found, settings: Settings, on_problem: OnProblem) -> Iterator[Draft]:
    try:
        yield read_file(found, size_limit(found.ending, settings))
    except InputError as problem:
        on_problem(problem)


def _finished(draft: Draft, settings: Settings) -> Article:
    """Clean and check what was read, and put title and body together as they are stored."""
    title, body = _title_and_body(draft)
    text = f"{title}\n\n{body}" if title else body
    if not any(character.isalnum() for character in body):
        raise InputError("there is no text in it. Fill it or leave it out.", draft.origin)
    if len(text) > settings.max_characters:
        raise _too_long(len(text), settings, draft.origin)
    article_id = _one_line(draft.id)
    if article_id is None:
        raise InputError("the id has no visible character. Give it another one.", draft.origin)
    return Article(
        id=article_id,
        text=text,
        title=title,
        lang=_primary_subtag(draft.lang),
        published=published_date(draft.published, draft.published_origin or draft.origin),
        url=_one_line(draft.url),
        source=_one_line(draft.source),
        origin=draft.origin,
    )


def _title_and_body(draft: Draft) -> tuple[str | None, str]:
    """Clean both; a title that the body repeats as its first line is dropped there, if more follows."""
    title, body = _one_line(draft.title), cleaned(draft.body)
    if title is None or body == title:
        return None, body
    if body.startswith(title + "\n"):
        body = body[len(title) :].strip()
    return title, body


def _one_line(value: str | None) -> str | None:
    return " ".join(part for part in re.split("[\n\t]+", cleaned(value or "")) if part) or None


def _primary_subtag(lang: str | None) -> str | None:
    """Reduce a language tag to its language: ``fr-FR`` and ``fr_CA`` to ``fr``."""
    return (_one_line(lang) or "").replace("_", "-").split("-")[0].lower() or None


def _too_long(length: int, settings: Settings, origin: str) -> InputError:
    return InputError(
        f"{length:,} characters are more than the {settings.max_characters:,} that an article may have. "
        "Split it into its articles, or raise max_characters in entente.toml.",
        origin,
    )


def _taken(article_id: str, first: str, origin: str) -> InputError:
    return InputError(
        f"the id {article_id!r} is taken by {first}; this article is left out. "
        "Give it another id, or rename the file.",
        origin,
    )
