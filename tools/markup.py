"""The compact markup of written training articles (``samples/training/*.txt``) -> articles and annotations.

An article is a line ``@ id | date | title``, its text, a line ``---``, then lines ``P1 | name | kind |
country | forms`` and events: ``= type | status | P1+P2 | sectors | activities | date | place | quote //
quote``; ``?`` marks an optional event, ``~id`` an optional sector or activity.
``samples/training/README.md`` explains it to writers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Marked:
    """One article as it stands in the file; ``problems`` name what was not understood, with the line."""

    id: str
    published: str
    title: str
    body: list[str] = field(default_factory=list)
    partners: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    optional: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    has_notes: bool = False


def read(path: Path) -> Iterator[Marked]:
    """Yield the articles of one file."""
    marked: Marked | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = unicodedata.normalize("NFC", raw)
        if line.startswith("@ "):
            if marked:
                yield marked
            name, published, title = (part.strip() for part in line[2:].split("|", 2))
            marked = Marked(name, published, title)
        elif marked is not None:
            _take(marked, line, f"{path.name}:{number}")
    if marked:
        yield marked


def pair(marked: Marked) -> tuple[dict[str, Any], dict[str, Any]]:
    """The article and its annotation in the form of the gold files."""
    article = {
        "id": marked.id,
        "lang": marked.id[:2],
        "published": marked.published,
        "title": marked.title,
        "text": "\n".join(marked.body).strip(),
    }
    return article, {"id": marked.id, "events": marked.events, "optional_events": marked.optional}


def _take(marked: Marked, line: str, where: str) -> None:
    if line.strip() == "---":
        marked.has_notes = True
    elif not marked.has_notes:
        marked.body.append(line)
    elif line.strip():
        try:
            _take_note(marked, line)
        except (KeyError, IndexError, ValueError) as error:
            marked.problems.append(f"{where}: {error!r} in {line[:80]!r}")


def _take_note(marked: Marked, line: str) -> None:
    parts = [part.strip() for part in line.split("|")]
    if re.fullmatch(r"P\d+", parts[0]):
        forms = [form.strip() for form in parts[4].split(";") if form.strip()]
        marked.partners[parts[0]] = {
            "name": parts[1],
            "kind": parts[2],
            "country": parts[3] or None,
            "match": forms,
        }
    elif line[0] in "=?":
        (marked.events if line[0] == "=" else marked.optional).append(_event(marked, parts))
    else:
        raise ValueError("neither a partner nor an event")


def _event(marked: Marked, parts: list[str]) -> dict[str, Any]:
    sectors, activities = (re.findall(r"~?[\w-]+", parts[number]) for number in (3, 4))
    return {
        "type": parts[0][1:].strip(),
        "status": parts[1],
        "partners": [dict(marked.partners[name.strip()]) for name in parts[2].split("+")],
        "sectors": [name for name in sectors if name[0] != "~"],
        "sectors_optional": [name[1:] for name in sectors if name[0] == "~"],
        "activities": [name for name in activities if name[0] != "~"],
        "activities_optional": [name[1:] for name in activities if name[0] == "~"],
        "date": parts[5] or None,
        "place": parts[6] or None,
        "evidence": [quote.strip() for quote in "|".join(parts[7:]).split(" // ") if quote.strip()],
    }
