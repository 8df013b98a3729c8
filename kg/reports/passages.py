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
from kg.reports.codebook import (
    MARKS_OF_CLAUSE,
    Codebook,
    Findings,
    Trigger,
    look_up,
)
from kg.reports.frames import Frame, announces, frame_of
from kg.reports.lists import Listing, listing_of, opens_item
from kg.reports.tokens import Tokens, read_tokens
from kg.texts import text_of

#: Parts of speech of the words that carry what a sentence is about.
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
#: Those of verbs.
VERBS = frozenset({"VERB", "AUX"})
_JOINTS = frozenset({"with", "between", "by"})
#: A negation reaches so many characters, and over no mark.
_REACH_OF_NOT = 16
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
    #: Those of the whole document; the span says which are its own.
    tokens: Tokens
    text: str
    triggers: tuple[Trigger, ...]
    #: What would be triggers, were it not denied: "has not signed any contract".
    denied: tuple[Trigger, ...]
    cues: frozenset[str]
    #: Where its cues stand: (start, end, name), in order.
    cue_places: tuple[tuple[int, int, str], ...]
    #: How it speaks of somebody named before: by "it", by "both", by "the company".
    references: tuple[str, ...]
    #: Whether it speaks of several agreements that may be told next.
    announces: bool
    frame: Frame
    #: Whether it opens an item of a list, and what the line above that list says of its items.
    is_item: bool
    listing: Listing | None
    #: Where words stand that join a partner to what is done: (start, end, "with", "between" or "by").
    joints: tuple[tuple[int, int, str], ...]
    places: tuple[Place, ...]
    #: The partners that it names.
    partners: frozenset[int]
    mentions: tuple[Mention, ...]
    paragraph: int
    is_title: bool
    clauses: tuple[Clause, ...]

    @property
    def heading(self) -> Listing | None:
        """What is said of an item that this sentence opens by the line above the list."""
        return self.listing if self.is_item else None

    def only_denies(self, kind: str) -> bool:
        """Whether it speaks of a type of event only to deny it."""
        told = {trigger.entry.type for trigger in self.triggers}
        return kind not in told and any(trigger.entry.type == kind for trigger in self.denied)

    @property
    def words(self) -> tuple[str, ...]:
        """The lemmas of its content words, in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    def word_of(self, trigger: Trigger) -> str:
        """The words of a trigger, in small letters."""
        return self.text[trigger.start - self.start : trigger.end - self.start].lower()

    def stretch(self, low: int, high: int) -> tuple[int, int]:
        """The numbers of the first and last clause that lie between two positions."""
        inside = [n for n, clause in enumerate(self.clauses) if low < clause.end and clause.start <= high]
        return (inside[0], inside[-1]) if inside else (0, len(self.clauses) - 1)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what is looked up in it again and again; ``start`` counts in the article."""

    span: Span
    start: int
    text: str
    #: Triggers count in the article, cues in the sentence.
    found: Findings


def make_passages(
    doc: Doc, mentions: Sequence[Mention], partners: Sequence[Partner], codebook: Codebook
) -> list[Passage]:
    """Cut ``doc`` into passages; sentences that lie in residue are left out."""
    residue = [(span.start_char, span.end_char) for span in doc.spans.get("residue", [])]
    tokens, named, text = read_tokens(doc), _named(partners), text_of(doc)
    passages: list[Passage] = []
    for sentence in _sentences(doc, text, residue, codebook):
        start, end = sentence.start, sentence.start + len(sentence.text)
        inside = [item for item in named if start <= item[0] < end]
        triggers, denied = _triggers(sentence, inside, residue)
        places, cues = _places(doc, inside, tokens.starts), _cue_places(sentence)
        paragraph, is_item = text.count("\n", 0, start), opens_item(sentence.text)
        passages.append(
            Passage(
                index=len(passages),
                start=start,
                end=end,
                span=sentence.span,
                tokens=tokens,
                text=sentence.text,
                triggers=triggers,
                denied=denied,
                cues=frozenset(sentence.found.cues),
                cue_places=cues,
                references=sentence.found.references,
                announces=announces(triggers, sentence.found.lowered, start, codebook),
                frame=frame_of(passages, paragraph),
                is_item=is_item,
                listing=listing_of(passages, paragraph, codebook, is_item=is_item),
                joints=tuple(cue for cue in cues if cue[2] in _JOINTS),
                places=places,
                partners=frozenset(place.partner for place in places),
                mentions=tuple(m for m in mentions if start <= m.start < end),
                paragraph=paragraph,
                is_title=start < _title_end(doc),
                clauses=_clauses(sentence, tokens, triggers),
            )
        )
    return passages


def _named(partners: Sequence[Partner]) -> list[tuple[int, int, str, int]]:
    """Where the partners are named, each by its number, in the order of the text."""
    return sorted(
        (mention.start, mention.end, mention.label, number)
        for number, partner in enumerate(partners)
        for mention in partner.mentions
    )


def _sentences(
    doc: Doc, text: str, residue: Sequence[tuple[int, int]], codebook: Codebook
) -> Iterator[_Sentence]:
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        own = text[start:end]
        if own.strip() and not any(a <= start and end <= b for a, b in residue):
            yield _Sentence(span, start, own, look_up(own, codebook, offset=start))


def _title_end(doc: Doc) -> int:
    article = doc.user_data.get("article")
    return len(article.title) if article is not None and article.title else 0


def _triggers(
    sentence: _Sentence,
    inside: list[tuple[int, int, str, int]],
    residue: list[tuple[int, int]],
) -> tuple[tuple[Trigger, ...], tuple[Trigger, ...]]:
    """Triggers of a sentence, and what it takes back ("has not signed"); words inside a partner's own name
    ("Investment Agency") state nothing.
    """
    names = [(a, b) for a, b, label, _ in inside if label == "partner"] + residue
    found = [t for t in sentence.found.triggers if not any(a <= t.start and t.end <= b for a, b in names)]
    ends = [match.end() for match in sentence.found.cues.get("negated", ())]
    denied = tuple(t for t in found if _is_negated(t, sentence.found.lowered, sentence.start, ends))
    return tuple(t for t in found if t not in denied), denied


def _is_negated(trigger: Trigger, lowered: str, offset: int, ends: Sequence[int]) -> bool:
    """Whether a negation stands just before; what was refused or ended is told by its own triggers."""
    if trigger.entry.status == "ended":
        return False
    gaps = (lowered[end : trigger.start - offset] for end in ends if end <= trigger.start - offset)
    return any(len(gap) <= _REACH_OF_NOT and not MARKS_OF_CLAUSE.search(gap) for gap in gaps)


def _clauses(sentence: _Sentence, tokens: Tokens, triggers: tuple[Trigger, ...]) -> tuple[Clause, ...]:
    lowered, offset = sentence.found.lowered, sentence.start
    breaks = {match.start() for match in _MARKS.finditer(sentence.text)}
    found = sentence.found.cues.get("clause", ())
    breaks.update(m.start() for m in found if lowered[: m.start()].rstrip().endswith(","))
    edges = [0, *sorted(breaks - {0}), len(lowered)]
    words = [
        (tokens.starts[number], tokens.lemmas[number])
        for number in range(sentence.span.start, sentence.span.end)
        if tokens.pos[number] in CONTENT and len(tokens.words[number]) > 1
    ]
    return tuple(
        Clause(
            a + offset,
            b + offset,
            tuple(t for t in triggers if a <= t.start - offset < b),
            frozenset(sentence.found.cues) if len(edges) == 2 else _cues_between(sentence, a, b),
            tuple(word for start, word in words if a <= start - offset < b),
        )
        for a, b in pairwise(edges)
    )


def _cues_between(sentence: _Sentence, start: int, end: int) -> frozenset[str]:
    found = sentence.found.cues.items()
    return frozenset(name for name, matches in found if any(start <= m.start() < end for m in matches))


def _cue_places(sentence: _Sentence) -> tuple[tuple[int, int, str], ...]:
    offset = sentence.start
    found = [
        (match.start() + offset, match.end() + offset, name)
        for name, matches in sentence.found.cues.items()
        for match in matches
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
