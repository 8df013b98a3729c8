"""What an article is about: sectors, activities and instruments, found by the words of their vocabularies.

In: a ``Doc``. Out: mentions whose ``ref`` is the id of the concept. Each vocabulary is looked up on its own,
and in it a term inside a longer one names nothing; a term of two concepts gives a mention of each. The files
of ``ontology/`` describe the notation of the terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from kg.model import Mention
from kg.ontology import Concept, Vocabulary, VocabularyName, load_vocabulary
from kg.texts import text_of

#: What mentions are called, and where their words stand.
VOCABULARY_BY_LABEL: dict[str, VocabularyName] = {
    "sector": "sectors",
    "activity": "activities",
    "instrument": "instruments",
}
#: The tag of terms that hold in every language.
_EVERY_LANGUAGE = "mul"
#: Stands in a term for up to so many words.
_GAP, _GAP_WORDS = "..", 3
#: Shorter words end in "s" or "x" without being plurals, and name too many things to count with any ending.
_SHORTEST_PLURAL = 4

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
#: What may stand between two words of one term.
_JOINT = re.compile(r"(?:[^\S\n]|[-‑–'’/&+])*|\.")
#: The older spelling sets the tone on the first of two vowels that end a word, the newer one on the second.
_TONE_ON_SECOND = re.compile(r"(?:o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])$")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: After these letters a final y and a final i are two spellings of one sound ("kỹ", "kĩ").
_FINAL_Y = re.compile(r"^([hklmst])([yỳýỷỹỵ])$")
_I_BY_Y = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


class _Word(NamedTuple):
    """A word: ``text`` as written, ``folded`` without its case, ``key`` also without its ending."""

    text: str
    folded: str
    key: str
    start: int
    end: int
    #: Nothing but a blank, a hyphen or the like stands before it.
    is_joined: bool


class _Hit(NamedTuple):
    concept: str
    #: "term", "weak" or "stop".
    strength: str


class _Found(NamedTuple):
    """A hit in the text; ``form`` is its words without case and ending."""

    start: int
    end: int
    form: str
    hit: _Hit


@dataclass(slots=True)
class _Node:
    """A place in the tree of terms: what may follow, and what ends here."""

    by_key: dict[str, _Node] = field(default_factory=dict)
    by_capitals: dict[str, _Node] = field(default_factory=dict)
    by_stem: dict[str, _Node] = field(default_factory=dict)
    stem_lengths: list[int] = field(default_factory=list)
    gap: _Node | None = None
    hits: list[_Hit] = field(default_factory=list)

    def follow(self, word: _Word) -> list[_Node]:
        """Give every place to which ``word`` leads."""
        found = [self.by_key[word.key]] if word.key in self.by_key else []
        if self.by_capitals and word.text in self.by_capitals:
            found.append(self.by_capitals[word.text])
        for length in self.stem_lengths:
            if node := self.by_stem.get(word.folded[:length]):
                found.append(node)
        return found


def find_topics(doc: Doc) -> list[Mention]:
    """Return the mentions of sectors, activities and instruments in the order of the text.

    ``source`` is "term" for a word that names its concept by itself, and "weak" for one that counts because
    another term of the same concept stands in the article. Newsroom residue names nothing.
    """
    sensitive = _is_sensitive(doc.lang_)
    text = text_of(doc)
    words = _split(text, sensitive)
    starts = [(index, nodes) for index, word in enumerate(words) if (nodes := _starts(doc.lang_, word.text))]
    residue = [(span.start_char, span.end_char) for span in doc.spans.get("residue", ())]
    mentions: list[Mention] = []
    for number, label in enumerate(VOCABULARY_BY_LABEL):
        own = [(index, nodes[number]) for index, nodes in starts if nodes[number]]
        found = _find(words, own, residue)
        mentions += (
            Mention(
                item.start,
                item.end,
                text[item.start : item.end],
                label,
                item.hit.concept,
                source=item.hit.strength,
            )
            for item in found
        )
    return sorted(mentions, key=lambda item: (item.start, item.end, item.label, item.ref or ""))


def _find(
    words: list[_Word], starts: Sequence[tuple[int, Sequence[_Node]]], residue: list[tuple[int, int]]
) -> list[_Found]:
    """Look the words up from left to right; a term inside a longer one names nothing, one beyond it does.

    ``starts`` are the words that may begin a term, each with the places to which it leads.
    """
    found: list[_Found] = []
    #: The word before which a concept is kept out by a phrase that means something else.
    free_from: dict[str, int] = {}
    reach = 0
    for index, nodes in starts:
        first = words[index]
        ends = _ends(words, index + 1, nodes)
        if max(ends.values(), default=0) <= reach:
            continue
        for hit, end in ends.items():
            if hit.strength == "stop":
                free_from[hit.concept] = max(end, free_from.get(hit.concept, 0))
        naming = {hit: end for hit, end in ends.items() if free_from.get(hit.concept, 0) <= index}
        last = max(naming.values(), default=0)
        if last <= reach:
            continue
        reach = last
        final = words[last - 1].end
        if not any(start < final and first.start < end for start, end in residue):
            form = " ".join(word.key for word in words[index:last])
            found += (_Found(first.start, final, form, hit) for hit, end in naming.items() if end == last)
    return _without_lone_weak(found)


def _ends(words: list[_Word], start: int, nodes: Sequence[_Node]) -> dict[_Hit, int]:
    """Return what the terms name whose first word led to ``nodes``, with the end of the longest of each."""
    ends: dict[_Hit, int] = {}
    places = [(node, start, 0) for node in nodes]
    while places:
        node, at, skips = places.pop()
        if at < len(words) and words[at].is_joined:
            places += [(following, at + 1, 0) for following in node.follow(words[at])]
            if skips:
                places.append((node, at + 1, skips - 1))
        if node.gap is not None:
            places.append((node.gap, at, _GAP_WORDS))
        for hit in node.hits:
            ends[hit] = max(at, ends.get(hit, 0))
    return ends


def _without_lone_weak(found: list[_Found]) -> list[_Found]:
    """Leave out weak terms whose concept no other term of the article names."""
    forms: dict[str, set[str]] = defaultdict(set)
    for item in found:
        forms[item.hit.concept].add("" if item.hit.strength == "term" else item.form)
    return [item for item in found if "" in forms[item.hit.concept] or len(forms[item.hit.concept]) > 1]


def _split(text: str, sensitive: bool) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        form = match.group()
        folded, key = _fold(form, sensitive)
        gap = text[end : match.start()]
        joined = gap == " " or _JOINT.fullmatch(gap) is not None
        words.append(_Word(form, folded, key, match.start(), match.end(), joined))
        end = match.end()
    return words


@lru_cache(maxsize=65536)
def _fold(word: str, sensitive: bool) -> tuple[str, str]:
    """Return the word without case and, unless they tell words apart, accents; and that in the singular."""
    if sensitive:
        folded = _one_spelling(unicodedata.normalize("NFC", word).casefold())
        return folded, folded
    plain = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("đ", "d"))
    folded = "".join(character for character in plain if not unicodedata.combining(character))
    return folded, _singular(folded)


def _singular(word: str) -> str:
    """Take a plural ending off; what it makes of a singular does not matter, as terms go through it too."""
    if len(word) < _SHORTEST_PLURAL:
        return word
    if word[-1] in "sx":
        word = word[:-1]
    return word[:-2] + "y" if word.endswith("ie") else word


def _one_spelling(word: str) -> str:
    """Set the tone mark where the older spelling has it, and i for y where both are written."""
    if match := _TONE_ON_SECOND.search(word):
        first, second = match.group()[0], match.group()[1]
        bare = unicodedata.normalize("NFD", second)
        tone = _TONE.search(bare)
        if tone:
            marked = unicodedata.normalize("NFC", first + tone.group())
            return word[: match.start()] + marked + _TONE.sub("", bare)
    return _FINAL_Y.sub(lambda found: found.group(1) + _I_BY_Y[found.group(2)], word)


@lru_cache(maxsize=65536)
def _starts(lang: str, form: str) -> tuple[list[_Node], ...]:
    """Return, by vocabulary, the places to which the first word of a term leads.

    Most words of a text lead nowhere; for them the answer is empty.
    """
    word = _Word(form, *_fold(form, _is_sensitive(lang)), 0, 0, False)
    found = tuple(_terms(label, lang).follow(word) for label in VOCABULARY_BY_LABEL)
    return found if any(found) else ()


@cache
def _is_sensitive(lang: str) -> bool:
    return any(lang in load_vocabulary(name).accent_sensitive for name in VOCABULARY_BY_LABEL.values())


@cache
def _terms(label: str, lang: str) -> _Node:
    """Build the tree of the terms of one vocabulary in ``lang``."""
    root = _Node()
    sensitive = _is_sensitive(lang)
    for concept, strength, term in _all_terms(load_vocabulary(VOCABULARY_BY_LABEL[label]), lang):
        hit = _Hit(concept.id, strength)
        node = root
        for part in term.split():
            # One capital begins a label ("Y tế"); two, or capitals alone, are an acronym.
            is_acronym = part.isupper() and (len(part) > 1 or term.isupper())
            node = _child(node, part, sensitive, is_acronym=is_acronym)
        if hit not in node.hits:
            node.hits.append(hit)
    return root


def _all_terms(vocabulary: Vocabulary, lang: str) -> Iterator[tuple[Concept, str, str]]:
    for concept in vocabulary:
        strong = (*concept.pref.items(), *concept.alt, *concept.hidden, *concept.terms)
        for strength, texts in (("term", strong), ("weak", concept.weak_terms), ("stop", concept.stop_terms)):
            yield from ((concept, strength, _spaced(text)) for text in _of(texts, lang))


def _of(texts: Iterable[tuple[str, str]], lang: str) -> Iterator[str]:
    return (text for tag, text in texts if tag in (lang, _EVERY_LANGUAGE))


def _spaced(term: str) -> str:
    """Set a blank wherever the text is cut into words, and keep the signs of the notation."""
    return " ".join(re.findall(r"\.\.(?=.)|[^\W_]+(?:&[^\W_]+)*\*?", term))


def _child(node: _Node, part: str, sensitive: bool, *, is_acronym: bool) -> _Node:
    """Return the place to which ``part`` of a term leads, made where it is not yet there."""
    if part == _GAP:
        node.gap = node.gap or _Node()
        return node.gap
    if part.endswith("*"):
        stem = _fold(part[:-1], sensitive)[0]
        if len(stem) not in node.stem_lengths:
            node.stem_lengths.append(len(stem))
        return node.by_stem.setdefault(stem, _Node())
    if is_acronym:
        return node.by_capitals.setdefault(part, _Node())
    return node.by_key.setdefault(_fold(part, sensitive)[1], _Node())
