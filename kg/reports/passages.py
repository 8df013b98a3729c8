"""Doc, mentions and partners -> passages: one sentence each, with all that later steps look at.

Comes in: a spaCy ``Doc`` (see ``documents``), its mentions and its partners. Goes out: ``Passage`` values
in order; newsroom residue yields none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.model import Mention, Partner
from kg.reports.codebook import Codebook, Trigger, find_triggers, fold

#: Parts of speech of the words that carry what a sentence is about.
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_JOINTS = ("with", "between", "by")


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
    #: The lemmas of its content words, in order.
    words: tuple[str, ...]


def make_passages(
    doc: Doc, mentions: Sequence[Mention], partners: Sequence[Partner], codebook: Codebook
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
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        if not span.text.strip() or any(a <= start and end <= b for a, b in residue):
            continue
        inside = [item for item in named if start <= item[0] < end]
        passages.append(
            Passage(
                index=len(passages),
                start=start,
                end=end,
                span=span,
                text=span.text,
                triggers=_triggers(span, inside, residue, codebook),
                cues=_cues(span, codebook),
                joints=_joints(span, codebook),
                places=_places(doc, inside, starts),
                mentions=tuple(m for m in mentions if start <= m.start < end),
                paragraph=text.count("\n", 0, start),
                is_title=end <= title_end,
                words=tuple(t.lemma_.lower() for t in span if t.pos_ in CONTENT and len(t) > 1),
            )
        )
    return passages


def _title_end(doc: Doc) -> int:
    article = doc.user_data.get("article")
    return len(article.title) if article is not None and article.title else 0


def _triggers(
    span: Span, inside: list[tuple[int, int, str, int]], residue: list[tuple[int, int]], codebook: Codebook
) -> tuple[Trigger, ...]:
    """Triggers of a sentence; words inside a partner's own name ("Investment Agency") state nothing."""
    names = [(a, b) for a, b, label, _ in inside if label == "partner"] + residue
    found = find_triggers(span.text, codebook, offset=span.start_char)
    return tuple(t for t in found if not any(a <= t.start and t.end <= b for a, b in names))


def _cues(span: Span, codebook: Codebook) -> frozenset[str]:
    lowered = fold(span.text)
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
        places[number] = Place(number, start, end, label, doc[first : last + 1].root, first, last)
    return tuple(sorted(places.values(), key=lambda place: (place.start, place.end, place.partner)))
