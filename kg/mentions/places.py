"""Countries, and cities as places, as seats that stand for their country, or as local governments.

In: ``Text``. Out: ``Mention`` values: label partner for a country or a city that acts, else place.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.mentions.candidates import Candidate, is_attributed
from kg.mentions.money import is_of_money
from kg.mentions.origins import describes_body, is_attribute
from kg.model import Mention
from kg.names.texts import Listed, Text


def find_countries(text: Text, names: Sequence[Candidate]) -> list[Mention]:
    """Return a mention for each country, capital and city that stands by itself."""
    found = []
    for item in text.listed:
        if item.start in text.residue or item.entry.sort not in _KINDS or is_of_money(text, item):
            continue
        if item.entry.sort == "country":
            acts = not is_attribute(text, item.start, item.end, names)
        else:
            acts = _acts(text, item)
        found.append(_mention(text, item, acts))
    return found


#: As what a country, a capital and a city act.
_KINDS = {"country": "country", "capital": "country", "city": "local-government"}


def _mention(text: Text, item: Listed, acts: bool) -> Mention:
    """Return the mention: a partner, of the organisation with its seat there if any, or a place."""
    entry = item.entry
    start, end = text.words[item.start].start, text.words[item.end - 1].end
    if not acts:
        return Mention(start, end, text.string[start:end], "place", None, None, entry.country, entry.sort)
    kind = entry.kind or _KINDS[entry.sort]
    country = None if entry.ref else entry.country
    return Mention(start, end, text.string[start:end], "partner", entry.ref, kind, country, entry.sort)


def _acts(text: Text, item: Listed) -> bool:
    """Say whether a city is an agent here: a subject ("Hanoi hopes") or one of two ("with Hanoi")."""
    lexicon = text.lexicon
    if is_attributed(text, item.end) or describes_body(text, item.end) > item.end:
        return False
    before = text.words[item.start - 1] if item.start else None
    glued = text.words[item.start].is_glued
    if _is_told(text, item) or _is_asked(text, item) or _begins_pair(text, item):
        return True
    if before is not None and glued:
        if before.key in lexicon.locative or (before.is_capital and not _opens_clause(text, item.start - 1)):
            return False
        if before.key in lexicon.joints:
            return True
        earlier = text.covered[item.start - 2] if item.start > 1 else -1
        if before.key in lexicon.conjunctions and earlier >= 0 and text.words[item.start - 1].is_glued:
            first = text.listed[earlier]
            return _acts(text, first) or first.entry.sort == "country" or _is_subject(text, item)
    if item.end < len(text.words) and text.words[item.end].is_glued and text.words[item.end].is_capital:
        return False
    gap = text.words[item.start].gap.strip()
    if text.gap(item.end).strip().startswith((")", ",", "(", "/", "–", "—")) or gap == "(":
        return False
    if gap == "," and before is not None and before.is_capital and not _opens_clause(text, item.start - 1):
        return False
    token = _token(text, item)
    if token.dep_:
        return token.dep_ in _ACTS or (token.dep_ == "conj" and token.head.dep_ in _ACTS)
    following = text.key(item.end, item.end + 2)
    return any(following.startswith(verb) for verb in lexicon.agent_verbs)


def _token(text: Text, item: Listed) -> Token:
    """Return the token that governs the words of a place."""
    token = text.doc[text.tokens[item.start]]
    return text.doc[text.tokens[item.end - 1]] if token.dep_ in ("compound", "flat:name") else token


def _is_subject(text: Text, item: Listed) -> bool:
    return _token(text, item).dep_ in _SUBJECTS


_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


def _begins_pair(text: Text, item: Listed) -> bool:
    """Say whether two are the subject, of which a parser sees the second: "Doha et Riyad ont réglé"."""
    lexicon, joint = text.lexicon, item.end
    if joint + 1 >= len(text.words) or text.words[joint].key not in lexicon.conjunctions:
        return False
    other = text.listed_at.get(joint + 1)
    return (
        other is not None
        and other.entry.sort in _KINDS
        and text.words[joint].is_glued
        and text.before(item.start) not in lexicon.locative | lexicon.prepositions
        and _is_subject(text, other)
    )


def _is_asked(text: Text, item: Listed) -> bool:
    """Say whether somebody is asked to do something: "a demandé à Rome de parrainer une usine"."""
    end = item.end
    return (
        end + 1 < len(text.words)
        and not text.lexicon.home
        and text.words[end].is_glued
        and text.words[end].key in text.lexicon.possession
        and text.pos[end + 1] == "VERB"
        and text.words[end + 1].is_glued
    )


def _is_governed(text: Text, item: Listed) -> bool:
    """Say whether a noun tells that a territory is meant ("Fukuoka Prefecture", "la province de Quang Ngai",
    "thành phố Kobe"), and nothing that it is only where something is.
    """
    lexicon, start, end = text.lexicon, item.start, item.end
    is_inside = any(word.key in lexicon.territories for word in text.words[start:end])
    if end < len(text.words) and text.words[end].is_glued and text.words[end].key in lexicon.territories:
        is_inside = True
    while start and text.words[start].is_glued and text.words[start - 1].key in lexicon.leads_to_place:
        start -= 1
    if start and text.words[start].is_glued and text.words[start - 1].key in lexicon.territories:
        is_inside, start = True, start - 1
    elif start < item.start and not is_inside:
        return False
    if not is_inside:
        return False
    while start and text.words[start].is_glued and text.words[start - 1].key in lexicon.articles:
        start -= 1
    if not start or not text.words[start].is_glued:
        return True
    before = text.words[start - 1]
    small = lexicon.inside | (lexicon.locative - lexicon.possession)
    return before.key not in small and text.pos[start - 1] in _BEFORE_AGENTS


#: What stands before one who acts or is acted with: no noun whose place it would tell.
_BEFORE_AGENTS = frozenset({"VERB", "AUX", "CCONJ", "SCONJ", "ADP", "ADV", "PUNCT", "DET", "PRON"})


def _is_sent_by(text: Text, item: Listed) -> bool:
    """Say whether those who act for a place are named before it: "đoàn công tác thành phố Hải Phòng", "the
    leaders of Da Nang".
    """
    lexicon, index = text.lexicon, item.start
    while index and text.words[index].is_glued and text.words[index - 1].key in lexicon.territories:
        index -= 1
    while index and text.words[index].is_glued and text.words[index - 1].key in lexicon.leads_to_place:
        index -= 1
    if not index or not text.words[index].is_glued or (index == item.start and not lexicon.home):
        return False
    return any(text.key(start, index) in lexicon.envoys for start in range(max(0, index - 3), index))


def _opens_clause(text: Text, index: int) -> bool:
    """Say whether a small word has its capital from the sentence that it begins: "When Hanoi hopes"."""
    return text.pos[index] in _SMALL and text.is_sentence_start(index)


_SMALL = frozenset({"SCONJ", "CCONJ", "ADV", "ADP", "PRON"})
#: What an agent is in its clause: who acts, and whom another addresses ("thanked Beijing").
_ACTS = _SUBJECTS | {"dobj", "obj", "iobj", "dative", "obl:agent"}


def _is_told(text: Text, item: Listed) -> bool:
    """Say whether words beside the name call it a government: "state of Hesse", "the East Java provincial
    government".
    """
    if item.entry.sort != "city":
        return False
    lexicon = text.lexicon
    if _is_governed(text, item):
        return True
    for end in range(item.end + 1, min(item.end + 4, len(text.words) + 1)):
        if not text.words[end - 1].is_glued or text.words[end - 1].is_capital:
            break
        if text.words[end - 1].key in lexicon.governments:
            return True
    if _is_sent_by(text, item):
        return True
    index = item.start - 2
    if lexicon.home or index < 0 or text.words[item.start - 1].key not in lexicon.possession:
        return False
    nouns = (values[0][0] for stop, values in lexicon.nouns.matches(text.words, index) if stop == index + 1)
    return "local-government" in nouns and not (index and text.words[index - 1].key in lexicon.locative)
