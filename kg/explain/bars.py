"""A sentence in; out: where entries of the codebook would have fired, and what forbade it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.explain.readings import Reading
from kg.explain.values import Barred

if TYPE_CHECKING:
    from kg.reports.codebook import Entry
    from kg.reports.passages import Passage

#: "[Bùi Thanh Sơn](person)": a name as the examples of the codebook mark it up.
_MARKUP = re.compile(r"\[([^\]]*)\]\([\w-]+\)")


def find_barred(reading: Reading, passage: Passage) -> tuple[Barred, ...]:
    """Stretches that an exception forbids ("hợp tác xã"), inside a partner's name, or denied; in order."""
    found = {*_excepted(reading, passage), *_silent(reading, passage)}
    return tuple(sorted(found, key=lambda bar: (bar.start, bar.end, bar.entry)))


def _excepted(reading: Reading, passage: Passage) -> Iterator[Barred]:
    from kg.reports.codebook import fold

    lowered, text = fold(passage.text), reading.doc.text
    for entry in reading.codebook.entries:
        matches = [match.span() for match in entry.pattern.finditer(lowered)]
        if not matches or entry.exceptions is None:
            continue
        for bar in entry.exceptions.finditer(lowered):
            if any(a < bar.end() and bar.start() < b for a, b in matches):
                start, end = passage.start + bar.start(), passage.start + bar.end()
                yield Barred(start, end, text[start:end], entry.id, example=_example(entry, bar[0]))


def _example(entry: Entry, wording: str) -> str | None:
    """The counter-example of the codebook that has a wording, without its markup."""
    from kg.reports.codebook import fold

    plain = (_MARKUP.sub(r"\1", example) for example in entry.counter_examples)
    return next((example for example in plain if wording in fold(example)), None)


def _silent(reading: Reading, passage: Passage) -> Iterator[Barred]:
    from kg.reports.codebook import look_up

    fired, denied = set(passage.triggers), set(passage.denied)
    for trigger in look_up(passage.text, reading.codebook, offset=passage.start).triggers:
        if trigger not in fired:
            is_denied = trigger in denied
            text = reading.doc.text[trigger.start : trigger.end]
            yield Barred(
                trigger.start,
                trigger.end,
                text,
                trigger.entry.id,
                is_name=not is_denied,
                is_denied=is_denied,
            )
