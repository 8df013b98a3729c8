"""JSON Lines in, from a file or standard input; one draft an object out, line by line."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from typing import IO, Any

from kg.articles.decoding import decoded
from kg.articles.files import Found, OnProblem, reason
from kg.articles.formats import Draft
from kg.errors import InputError
from kg.settings import Settings

#: One character can be written as two escapes of six bytes each; the other fields need some room too.
_BYTES_PER_CHARACTER, _ROOM = 12, 65_536
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(found: Found, settings: Settings, on_problem: OnProblem) -> Iterator[Draft]:
    """Yield the articles of a ``.jsonl`` file; a line that cannot be read is a problem of its own."""
    try:
        with open(found.path, "rb") as file:
            is_wide = file.read(2) in _WIDE_MARKS
            file.seek(0)
            lines: IO[Any] = io.TextIOWrapper(file, "utf-16", "replace") if is_wide else file
            yield from _drafts(lines, found, settings, on_problem)
    except OSError as error:
        on_problem(InputError(f"{reason(error)}; what was not read of it is left out.", found.path))


def read_standard_input(
    stdin: IO[str] | IO[bytes] | None, settings: Settings, on_problem: OnProblem
) -> Iterator[Draft]:
    """Yield the articles that come in as JSON Lines on standard input."""
    stream: IO[Any] = sys.stdin.buffer if stdin is None else stdin
    found = Found("standard input", ".jsonl", "stdin")
    try:
        yield from _drafts(stream, found, settings, on_problem)
    except (OSError, UnicodeDecodeError) as error:
        on_problem(InputError(f"it cannot be read to its end ({error}).", found.path))


def _drafts(stream: IO[Any], found: Found, settings: Settings, on_problem: OnProblem) -> Iterator[Draft]:
    limit = settings.max_characters * _BYTES_PER_CHARACTER + _ROOM
    number = 0
    is_empty = True
    while line := stream.readline(limit + 1):
        number += 1
        origin = f"{found.path}:{number}"
        try:
            if len(line) > limit:
                _skip_line(stream, line)
                raise InputError(
                    f"the line is longer than {limit:,} bytes. Split it into its articles.", origin
                )
            if line.strip():
                is_empty = False
                yield _draft(line, found, origin)
        except InputError as problem:
            is_empty = False
            on_problem(problem)
    if is_empty:
        on_problem(
            InputError("there is no article in it. It should hold one JSON object a line.", found.path)
        )


def _skip_line(stream: IO[Any], part: str | bytes) -> None:
    """Read on to the end of a line that is too long to hold."""
    newline = "\n" if isinstance(part, str) else b"\n"
    while part and not part.endswith(newline):  # type: ignore[arg-type]
        part = stream.readline(_ROOM)


def _draft(line: str | bytes, found: Found, origin: str) -> Draft:
    text = decoded(line, origin) if isinstance(line, bytes) else line
    try:
        values = json.loads(text.lstrip("\ufeff"), strict=False)
    except json.JSONDecodeError as error:
        raise InputError(
            f"broken JSON at column {error.colno} ({error.msg}). Mend this line.", origin
        ) from None
    except (RecursionError, ValueError) as error:
        raise InputError("this JSON nests too deeply or holds too large a number.", origin) from error
    if not isinstance(values, dict):
        raise InputError('the line is no JSON object. Write {"id": "...", "text": "..."}.', origin)
    body = _string(values, "text", origin)
    if body is None:
        raise InputError('the article has no "text". Write {"id": "...", "text": "..."}.', origin)
    return Draft(
        id=_id(values, origin) or f"{found.id}-{_fingerprint(body)}",
        body=body,
        origin=origin,
        title=_string(values, "title", origin),
        published=_string(values, "published", origin) or _string(values, "date", origin),
        lang=_string(values, "lang", origin),
        url=_string(values, "url", origin),
        source=_string(values, "source", origin),
    )


def _string(values: dict[str, Any], name: str, origin: str) -> str | None:
    """Return a field that must be a string or null; blank is as good as null."""
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{name}" must be a string, not {type(value).__name__}.', origin)
    return value if value and value.strip() else None


def _id(values: dict[str, Any], origin: str) -> str | None:
    if isinstance(values.get("id"), int) and not isinstance(values["id"], bool):
        return str(values["id"])
    return _string(values, "id", origin)


def _fingerprint(body: str) -> str:
    """Name a text by itself: unlike a line number it stays when lines are added above."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
