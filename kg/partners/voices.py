"""Who speaks as "we": in an interview, a speech or a quotation.

In: a text, its mentions of "we" and "our", and the partners found so far with those who stand for them. Out:
the partners' mentions grow. In the person's own words "we" is the body for which he or she speaks; where
nobody is quoted, the one whom the article lets speak first; in an interview, the one who answers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Mention
from kg.names.lexicon import Lexicon
from kg.names.words import split_words
from kg.partners.identity import Identity
from kg.partners.speakers import SENTENCE_END, Named, find_named

#: The source of a mention of those who speak.
SELF = "self"
#: What is said in somebody's own words.
_QUOTED = re.compile(r"“[^”\n]*”?|«[^»\n]*»?|(?<!\w)\"[^\"\n]*\"?")
#: How far behind a quotation the one who says it may stand, in characters.
_SAID = 80
#: An article that speaks as "we" outside quotations so often lets somebody speak.
_OFTEN = 3
#: How far from the beginning the one who speaks is introduced, and behind a title the body, in characters.
_INTRODUCED, _TITLE_TO_NAME = 700, 40
#: Who is interviewed speaks rather for any other body that is named than for a town.
_TOWN = "local-government"
#: A line that asks, and from how many on they make an interview.
_QUESTION = re.compile(r"^[^\n]{2,300}\?[ »”\"]*$", re.MULTILINE)
_QUESTIONS = 2
_HEADS = frozenset({"organisation", "presiding"})
#: What parts a title from a body that it is not of: another name, the end of a sentence.
_PARTING = re.compile(r"[.!?…;\n]|(?<!\w)[A-ZÀ-ÖØ-ÞĐ]")


def attach_voices(
    text: str,
    mentions: Sequence[Mention],
    persons: Sequence[Mention],
    identities: Sequence[Identity],
    lexicon: Lexicon,
) -> None:
    """Add each "we" to the partner that speaks."""
    if not mentions:
        return
    people = sorted(
        ((m.start, m.end, identity) for identity in identities for m in identity.mentions if _speaks(m)),
        key=lambda item: item[:2],
    )
    free = _attach_quoted(text, mentions, people)
    body = text.find("\n") + 1
    questions = [match.start() for match in _QUESTION.finditer(text, body)]
    named = [item for item in find_named(identities) if item.start < _INTRODUCED]
    if len(questions) >= _QUESTIONS:
        silent = [mention for mention, _ in free]
        begin = min([questions[0], *(mention.start for mention in silent if mention.start > body)])
        asked = _of_interview(persons, people, named, begin)
    else:
        silent = [mention for mention, is_quoted in free if not is_quoted]
        asked = None
    if len(silent) < _OFTEN:
        return
    host = (
        _of_title(text, named, lexicon)
        or asked
        or _of_person(text, persons, named)
        or next((item.identity for item in named if item.start == 0), None)
    )
    if host is not None:
        for mention in silent:
            host.add(mention)


def _attach_quoted(
    text: str, mentions: Sequence[Mention], people: Sequence[tuple[int, int, Identity]]
) -> list[tuple[Mention, bool]]:
    """Give each "we" in a quotation to who says it; return the others, with whether they are in one."""
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quotes]
    free: list[tuple[Mention, bool]] = []
    for mention in mentions:
        number = bisect_right(starts, mention.start) - 1
        is_quoted = number >= 0 and mention.end <= quotes[number][1]
        speaker = _sayer(text, quotes[number], people) if is_quoted else None
        if speaker is not None:
            speaker.add(mention)
        else:
            free.append((mention, is_quoted))
    return free


def _speaks(mention: Mention) -> bool:
    return mention.label == "person"


def _of_title(text: str, named: Sequence[Named], lexicon: Lexicon) -> Identity | None:
    """The body whose head the beginning names: "Statement by the Director of Kenya Ports Authority"."""
    words = split_words(text[:_INTRODUCED], accents=lexicon.home is not None)
    for number in range(len(words)):
        for end, values in lexicon.titles.matches(words, number):
            behind = words[end - 1].end
            found = next((n for n in named if behind <= n.start <= behind + _TITLE_TO_NAME), None)
            heads = {role for role, _ in values} & _HEADS
            if heads and found is not None and not _PARTING.search(text, behind, found.start):
                return found.identity
    return None


def _of_interview(
    persons: Sequence[Mention],
    people: Sequence[tuple[int, int, Identity]],
    named: Sequence[Named],
    asked: int,
) -> Identity | None:
    """Who answers, told before the first question: for whom a person speaks ("Ambassador Iain Frew"), else
    the body named last before the person ("ACME is fifty. Its director, Ann Lee, explains"), else the first.
    """
    known = next((identity for start, _, identity in people if start < asked), None)
    if known is not None:
        return known
    bodies = [item for item in named if item.start < asked]
    bodies = [item for item in bodies if item.identity.kind != _TOWN] or bodies
    first = next((item.start for item in persons if item.start < asked), asked)
    before = [item.identity for item in bodies if item.start < first]
    behind = [item.identity for item in bodies if item.start >= first]
    return before[-1] if before else behind[0] if behind else None


def _of_person(text: str, persons: Sequence[Mention], named: Sequence[Named]) -> Identity | None:
    """The first body that one sentence at the beginning names with a person."""
    for person in (item for item in persons if item.start < _INTRODUCED):
        ends = [match.end() for match in SENTENCE_END.finditer(text, 0, person.start)]
        stop = SENTENCE_END.search(text, person.end)
        low, high = ends[-1] if ends else 0, stop.start() if stop else len(text)
        found = next((item.identity for item in named if low <= item.start < high), None)
        if found is not None:
            return found
    return None


def _sayer(text: str, quote: tuple[int, int], people: Sequence[tuple[int, int, Identity]]) -> Identity | None:
    """The one who says a quotation: named right behind it, else the last before it in the paragraph."""
    start, end = quote
    begin, behind = next(((low, who) for low, _, who in people if end <= low <= end + _SAID), (0, None))
    if behind is not None and not SENTENCE_END.search(text, end - 2, begin):
        return behind
    paragraph = text.rfind("\n", 0, start) + 1
    return next((who for begin, _, who in reversed(people) if paragraph <= begin < start), None)
