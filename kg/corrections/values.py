"""What a person says of a graph, as frozen values: a report is wrong, two are the same, or are not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: What a correction can say, in the order of the commands.
VERDICTS: Final = (
    "wrong-report",
    "same-partner",
    "different-partner",
    "same-event",
    "different-event",
    "partner-kind",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgement: what it is about, who made it, when (ISO 8601) and why.

    ``about`` and ``other`` are the two sides: a partner each; or the reports of an event each, because an
    event is named after its first report and more may come. ``name`` is the name under which a partner is not
    meant; ``kind`` what kind it is of.
    """

    verdict: str
    about: tuple[str, ...]
    other: tuple[str, ...] = ()
    name: str | None = None
    kind: str | None = None
    who: str = ""
    when: str = ""
    why: str = ""
    id: str = ""
    #: Where it was read, for messages only ("graph/corrections.ttl:12"); never stored.
    origin: str = field(default="", compare=False)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that it speaks of."""
        return (*self.about, *self.other)


@dataclass(frozen=True, slots=True)
class Subject:
    """How something was called when it was corrected, for people; a report's quote finds it again."""

    title: str
    type: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A file of corrections, in the order in which they were made, with what they speak of by IRI."""

    items: tuple[Correction, ...] = ()
    subjects: Mapping[str, Subject] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.items)


def make_id(correction: Correction) -> str:
    """Name a correction after what it says, so that the same said twice is one."""
    sides = sorted("\x1e".join(sorted(side)) for side in (correction.about, correction.other))
    # Of two partners that are the same the first one stays; of others the order means nothing.
    if correction.verdict == "same-partner":
        sides = ["\x1e".join(correction.about), "\x1e".join(correction.other)]
    parts = (correction.verdict, *sides, correction.name or "", correction.kind or "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def unite(first: Corrections, second: Corrections) -> Corrections:
    """Put two files into one; of one correction that two people made, the earlier stays."""
    by_id: dict[str, Correction] = {}
    for item in sorted((*first.items, *second.items), key=_age):
        by_id.setdefault(item.id, item)
    return ordered(Corrections(tuple(by_id.values()), {**second.subjects, **first.subjects}))


def ordered(corrections: Corrections) -> Corrections:
    """Sort by time, and leave out what no correction speaks of."""
    items = tuple(sorted(corrections.items, key=_age))
    spoken = {iri for item in items for iri in item.subjects}
    subjects = {iri: value for iri, value in sorted(corrections.subjects.items()) if iri in spoken}
    return Corrections(items, subjects)


def _age(item: Correction) -> tuple[str, str, str, str]:
    return item.when, item.id, item.who, item.why
