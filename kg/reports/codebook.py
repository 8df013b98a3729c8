"""The codebook of a language (``languages/<lang>/codebook.toml``) -> entries that find triggers, and cues.

An entry says which words, in which construction, state which type of event with which status. Its id is
``<language>.<type>.<name>``; languages share names, so that what is learned of an entry in one serves in
the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kg.errors import DataError
from kg.languages import load_data
from kg.model import EVENT_TYPES, STATUSES
from kg.reports.openings import WORD_START, PatternIndex

#: Beyond one of these another matter begins: neither a negation nor a number reaches over it.
MARKS_OF_CLAUSE = re.compile(r"[,;:.!?—–]")


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


@dataclass(frozen=True)
class Codebook:
    """All entries and cues of one language."""

    lang: str
    version: str
    entries: tuple[Entry, ...]
    cues: Mapping[str, re.Pattern[str]]
    #: Words that speak of somebody named before, by the manner: "it", "both", "named".
    references: Mapping[str, re.Pattern[str]]
    #: Words of number: "three other", "a series of".
    several: re.Pattern[str]
    #: A relationship that states have, and words that say that it was made.
    standing: re.Pattern[str]
    made: re.Pattern[str]

    @cached_property
    def index(self) -> PatternIndex:
        """The patterns of the entries, then those of the cues and of the references, in their order."""
        entries = (entry.pattern for entry in self.entries)
        return PatternIndex([*entries, *self.cues.values(), *self.references.values()])


@dataclass(frozen=True, slots=True)
class Findings:
    """What a codebook finds in a text.

    ``lowered``: the folded text. ``triggers``: in order; several entries may fire on one stretch, within one
    entry they do not overlap. ``cues``: by name where they stand in the folded text, each in order; one that
    it does not have is left out. ``references``: how the text speaks of somebody named before, in the order
    of the codebook.
    """

    lowered: str
    triggers: tuple[Trigger, ...]
    cues: Mapping[str, Sequence[re.Match[str]]]
    references: tuple[str, ...]


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
    cues, references = (
        {name: _compile(words, endings) for name, words in data[table].items()}
        for table in ("cues", "references")
    )
    standing = data["standing"]
    return Codebook(
        lang=lang,
        version=data["version"],
        entries=entries,
        cues=cues,
        references=references,
        several=_compile(data["announcements"]["several"], endings),
        standing=_compile(standing["relation"], endings),
        made=_compile(standing["made"], endings),
    )


def look_up(text: str, codebook: Codebook, *, offset: int = 0) -> Findings:
    """Find all that the codebook knows; ``offset`` is added to the positions of triggers."""
    lowered = fold(text)
    matches: dict[int, list[re.Match[str]]] = defaultdict(list)
    for number, match in codebook.index.matches(lowered):
        matches[number].append(match)
    entries = range(len(codebook.entries))
    found = [
        Trigger(start + offset, end + offset, codebook.entries[number])
        for number, own in matches.items()
        if number in entries
        for start, end in _firing(codebook.entries[number], own, lowered)
    ]
    cues = enumerate(codebook.cues, entries.stop)
    references = enumerate(codebook.references, entries.stop + len(codebook.cues))
    return Findings(
        lowered=lowered,
        triggers=tuple(sorted(found, key=lambda trigger: (trigger.start, trigger.end, trigger.entry.id))),
        cues={name: matches[number] for number, name in cues if number in matches},
        references=tuple(name for number, name in references if number in matches),
    )


def fold(text: str) -> str:
    """Lower case with plain apostrophes and the same length, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.replace("’", "'")


def _firing(entry: Entry, matches: Sequence[re.Match[str]], lowered: str) -> Iterator[tuple[int, int]]:
    """Leave out what an exception of the entry touches."""
    barred = [m.span() for m in entry.exceptions.finditer(lowered)] if entry.exceptions else []
    for match in matches:
        start, end = match.span()
        if not any(start < b and a < end for a, b in barred):
            yield start, end


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
    return re.compile(rf"{WORD_START}(?:{alternatives})(?!\w)")


def _expand(word: str, endings: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z]\w*)\}", lambda m: f"(?:{endings[m.group(1)]})", word)
