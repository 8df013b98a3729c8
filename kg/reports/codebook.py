"""The codebook of a language (``languages/<lang>/codebook.toml``) -> entries that find triggers, and cues.

An entry says which words, in which construction, state which type of event with which status. Its id is
``<language>.<type>.<name>``; languages share names, so that what is learned of an entry in one serves in
the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.languages import load_data
from kg.model import EVENT_TYPES, STATUSES


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: words that trigger an event type with a default status."""

    id: str
    name: str
    type: str
    status: str
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str] | None
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A stretch of an article at which an entry fires."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Codebook:
    """All entries and cues of one language."""

    lang: str
    version: str
    entries: tuple[Entry, ...]
    cues: Mapping[str, re.Pattern[str]]


@cache
def load_codebook(lang: str) -> Codebook:
    """Read and check the codebook of ``lang``; raises ``DataError`` that names the entry."""
    data = load_data(lang, "codebook")
    endings = data.get("endings", {})
    entries = tuple(_entry(lang, item, endings) for item in data["entry"])
    names = [entry.id for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"languages/{lang}/codebook.toml: two entries {name!r}. Give one another id.")
    cues = {name: _compile(words, endings) for name, words in data["cues"].items()}
    return Codebook(lang=lang, version=data["version"], entries=entries, cues=cues)


def find_triggers(text: str, codebook: Codebook, *, offset: int = 0) -> list[Trigger]:
    """All triggers in ``text`` in order; ``offset`` is added to their positions.

    Several entries may fire on one stretch; within one entry matches do not overlap.
    """
    lowered = fold(text)
    found = [trigger for entry in codebook.entries for trigger in _fires(entry, lowered, offset)]
    return sorted(found, key=lambda trigger: (trigger.start, trigger.end, trigger.entry.id))


def fold(text: str) -> str:
    """Lower case with plain apostrophes and the same length, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.replace("’", "'")


def _fires(entry: Entry, lowered: str, offset: int) -> Iterator[Trigger]:
    matches = list(entry.pattern.finditer(lowered))
    if not matches:
        return
    barred = [m.span() for m in entry.exceptions.finditer(lowered)] if entry.exceptions else []
    for match in matches:
        start, end = match.span()
        if not any(start < b and a < end for a, b in barred):
            yield Trigger(start + offset, end + offset, entry)


def _entry(lang: str, item: dict[str, object], endings: Mapping[str, str]) -> Entry:
    name = str(item["id"])
    kind, status = item.get("type"), item.get("status")
    if kind not in EVENT_TYPES or status not in STATUSES:
        raise DataError(
            f"languages/{lang}/codebook.toml: entry {name!r} has type {kind!r} and status {status!r}. "
            f"Types: {', '.join(EVENT_TYPES)}. Statuses: {', '.join(STATUSES)}."
        )
    exceptions = item.get("except", [])
    return Entry(
        id=f"{lang}.{name}",
        name=name,
        type=str(kind),
        status=str(status),
        pattern=_compile(item["words"], endings),  # type: ignore[arg-type]
        exceptions=_compile(exceptions, endings) if exceptions else None,  # type: ignore[arg-type]
        examples=tuple((text, expected) for text, expected in item.get("examples", [])),  # type: ignore[attr-defined]
        counter_examples=tuple(item.get("counter_examples", [])),  # type: ignore[arg-type]
    )


def _compile(words: list[str], endings: Mapping[str, str]) -> re.Pattern[str]:
    # Longer wordings first, so that "ký kết" is one trigger and not "ký".
    expanded = sorted((_expand(word, endings) for word in words), key=len, reverse=True)
    alternatives = "|".join(expanded)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _expand(word: str, endings: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z]\w*)\}", lambda m: f"(?:{endings[m.group(1)]})", word)
