"""Doc, mentions and partners -> passages: one sentence each, with all that later steps look at.

Comes in: a spaCy ``Doc`` (see ``documents``), its mentions and its partners. Goes out: ``Passage`` values
in order; newsroom residue yields none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.model import Mention, Partner
from kg.reports.codebook import Codebook, Trigger, find_triggers, fold

#: Parts of speech of the words that carry what a sentence is about.
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_JOINTS = ("with", "between", "by")
#: A negation reaches so many characters, and over no mark.
_REACH_OF_NOT = 16
_MARKS_OF_CLAUSE = re.compile(r"[,;:.!?—–]")
#: What parts a sentence: these marks, and a comma before a word of the cue ``clause``.
_MARKS = re.compile(r"[;:—–]|\s-\s")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage names a partner: ``partner`` is its index; the first such place of each partner is
    kept."""

    partner: int
    start: int
    end: int
    label: str
    root: Token
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that tells one matter, with what it holds; offsets count in the article."""

    start: int
    end: int
    triggers: tuple[Trigger, ...]
    cues: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. ``places`` holds one place a partner, ordered by position; offsets count in the
    article."""

    index: int
    start: int
    end: int
    span: Span
    text: str
    triggers: tuple[Trigger, ...]
    cues: frozenset[str]
    #: Where words stand that join a partner to what is done: (start, end, "with", "between" or "by").
    joints: tuple[tuple[int, int, str], ...]
    places: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    paragraph: int
    is_title: bool
    clauses: tuple[Clause, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The lemmas of its content words, in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    def stretch(self, low: int, high: int) -> tuple[int, int]:
        """The numbers of the first and last clause that lie between two positions."""
        inside = [n for n, clause in enumerate(self.clauses) if low < clause.end and clause.start <= high]
        return (inside[0], inside[-1]) if inside else (0, len(self.clauses) - 1)


def make_passages(
    doc: Doc,
    mentions: Sequence[Mention],
    partners: Sequence[Partner],
    codebook: Codebook,
) -> list[Passage]:
    """Cut ``doc`` into passages; sentences that lie in residue are left out."""
    residue = [(span.start_char, span.end_char) for span in doc.spans.get("residue", [])]
    starts = [token.idx for token in doc]
    named = sorted(
        (mention.start, mention.end, mention.label, number)
        for number, partner in enumerate(partners)
        for mention in partner.mentions
    )
    title_end, text = _title_end(doc), doc.text
    passages: list[Passage] = []
    for span in _sentences(doc, residue):
        start, end = span.start_char, span.end_char
        inside = [item for item in named if start <= item[0] < end]
        triggers, cues = _triggers(span, inside, residue, codebook), _cues(span.text, codebook)
        passages.append(
            Passage(
                index=len(passages),
                start=start,
                end=end,
                span=span,
                text=span.text,
                triggers=triggers,
                cues=cues,
                joints=_joints(span, codebook),
                places=_places(doc, inside, starts),
                mentions=tuple(m for m in mentions if start <= m.start < end),
                paragraph=text.count("\n", 0, start),
                is_title=end <= title_end,
                clauses=_clauses(span, triggers, cues, codebook),
            )
        )
    return passages


def _sentences(doc: Doc, residue: Sequence[tuple[int, int]]) -> Iterator[Span]:
    for span in doc.sents:
        if span.text.strip() and not any(a <= span.start_char and span.end_char <= b for a, b in residue):
            yield span


def _title_end(doc: Doc) -> int:
    article = doc.user_data.get("article")
    return len(article.title) if article is not None and article.title else 0


def _triggers(
    span: Span,
    inside: list[tuple[int, int, str, int]],
    residue: list[tuple[int, int]],
    codebook: Codebook,
) -> tuple[Trigger, ...]:
    """Triggers of a sentence; words inside a partner's own name ("Investment Agency") state nothing, nor does
    what is taken back ("has not signed")."""
    names = [(a, b) for a, b, label, _ in inside if label == "partner"] + residue
    found = find_triggers(span.text, codebook, offset=span.start_char)
    found = [t for t in found if not any(a <= t.start and t.end <= b for a, b in names)]
    lowered = fold(span.text)
    ends = [match.end() for match in codebook.cues["negated"].finditer(lowered)]
    return tuple(t for t in found if not _is_negated(t, lowered, span.start_char, ends))


def _is_negated(trigger: Trigger, lowered: str, offset: int, ends: Sequence[int]) -> bool:
    """Whether a negation stands just before; what was refused or ended is told by its own triggers."""
    if trigger.entry.status == "ended":
        return False
    gaps = (lowered[end : trigger.start - offset] for end in ends if end <= trigger.start - offset)
    return any(len(gap) <= _REACH_OF_NOT and not _MARKS_OF_CLAUSE.search(gap) for gap in gaps)


def _clauses(
    span: Span, triggers: tuple[Trigger, ...], cues: frozenset[str], codebook: Codebook
) -> tuple[Clause, ...]:
    text, offset = span.text, span.start_char
    lowered = fold(text)
    breaks = {match.start() for match in _MARKS.finditer(text)}
    if "clause" in cues:
        found = codebook.cues["clause"].finditer(lowered)
        breaks.update(m.start() for m in found if lowered[: m.start()].rstrip().endswith(","))
    edges = [0, *sorted(breaks - {0}), len(text)]
    words = [(t.idx, t.lemma_.lower()) for t in span if t.pos_ in CONTENT and len(t) > 1]
    return tuple(
        Clause(
            a + offset,
            b + offset,
            tuple(t for t in triggers if a <= t.start - offset < b),
            cues if len(edges) == 2 else _cues(text[a:b], codebook),
            tuple(word for start, word in words if a <= start - offset < b),
        )
        for a, b in pairwise(edges)
    )


def _cues(text: str, codebook: Codebook) -> frozenset[str]:
    lowered = fold(text)
    return frozenset(name for name, pattern in codebook.cues.items() if pattern.search(lowered))


def _joints(span: Span, codebook: Codebook) -> tuple[tuple[int, int, str], ...]:
    lowered, offset = fold(span.text), span.start_char
    found = [
        (match.start() + offset, match.end() + offset, name)
        for name in _JOINTS
        if name in codebook.cues
        for match in codebook.cues[name].finditer(lowered)
    ]
    return tuple(sorted(found))


def _places(doc: Doc, inside: list[tuple[int, int, str, int]], starts: list[int]) -> tuple[Place, ...]:
    places: dict[int, Place] = {}
    # Who acts is named first, by name or by a person; "the two sides" says less.
    for start, end, label, number in sorted(inside, key=lambda item: (item[2] == "group", item[0])):
        if number in places:
            continue
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_left(starts, end) - 1)
        places[number] = Place(number, start, end, label, _root(doc, first, last), first, last)
    return tuple(sorted(places.values(), key=lambda place: (place.start, place.end, place.partner)))


def _root(doc: Doc, first: int, last: int) -> Token:
    """The token that governs the others, as ``Span.root`` finds it, which looks at the whole document."""
    tokens = [doc[index] for index in range(first, last + 1)]
    if len(tokens) == 1:
        return tokens[0]
    top = next((token for token in tokens if token.head is token or token.head.i == token.i), None)
    if top is not None:
        return top
    outward = [token for token in tokens if not first <= token.head.i <= last]
    return min(outward, key=lambda token: (sum(1 for _ in token.ancestors), token.i))
