"""A document with the word-level facts that the rules for names ask for again and again.

In: a spaCy ``Doc``. Out: ``Text``: words, their part of speech, entity label, and what lists know of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.names.lexicon import Entry, Lexicon, fits, load_lexicon, written
from kg.names.words import Word, split_words
from kg.texts import text_of

_STOPS = frozenset(".!?…:;\n")


@dataclass(frozen=True, slots=True)
class Listed:
    """Words ``start`` to ``end`` are a name that a list knows, best entry first."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The preferred reading."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Text:
    """A document as words; lists run parallel to ``words``."""

    doc: Doc
    #: ``doc.text``, which spaCy builds anew at each call.
    string: str
    lexicon: Lexicon
    words: tuple[Word, ...]
    pos: tuple[str, ...]
    ents: tuple[str, ...]
    #: Index of the spaCy token that holds the word.
    tokens: tuple[int, ...]
    #: Words of newsroom residue.
    residue: frozenset[int]
    #: Words of lines in capitals, where a capital tells nothing.
    shouted: frozenset[int]
    #: What lists know, longest first from the left; and the same by the word at which it begins.
    listed: tuple[Listed, ...]
    listed_at: dict[int, Listed]
    #: Index of the listed name that covers a word, or -1.
    covered: tuple[int, ...]
    #: Acronyms that the text spells out as common words: "quantum key distribution (QKD)".
    abbreviations: frozenset[str]

    def is_sentence_start(self, index: int) -> bool:
        """Say whether a sentence, line, or quotation begins with the word."""
        gap = self.words[index].gap
        return (
            index == 0
            or any(c in _STOPS for c in gap)
            or gap.rstrip().endswith(("(", "«", "“", '"', "—", "–", "-", "•", "*"))
        )

    def text(self, start: int, end: int) -> str:
        """Return the text from word ``start`` to before word ``end``."""
        return self.string[self.words[start].start : self.words[end - 1].end]

    def fold(self, start: int, end: int) -> str:
        """Return the folded words, joined by blanks."""
        return " ".join(word.fold for word in self.words[start:end])

    def key(self, start: int, end: int) -> str:
        """Return the words as word lists have them, joined by blanks."""
        return " ".join(word.key for word in self.words[start:end])

    def before(self, index: int) -> str:
        """Return the word right before as word lists have it; "" where none is, or more than a blank parts
        them.
        """
        return self.words[index - 1].key if index and self.words[index].is_glued else ""

    def gap(self, index: int) -> str:
        """Return the gap before a word, or the end of a line beyond the last."""
        return self.words[index].gap if index < len(self.words) else "\n"


def read_text(doc: Doc, lists: tuple[str, ...] = ()) -> Text:
    """Split ``doc`` into words and look each up, also in the user's own partner ``lists``."""
    lexicon = load_lexicon(doc.lang_, lists)
    string = text_of(doc)
    words = tuple(split_words(string, accents=lexicon.home is not None))
    # Each token is asked once: spaCy makes it anew each time that it is called for.
    facts = [(token.idx, token.pos_, token.ent_type_) for token in doc]
    starts = [start for start, _, _ in facts]
    tokens = tuple(max(0, bisect_right(starts, word.start) - 1) for word in words)
    pos = tuple(facts[i][1] for i in tokens)
    ents = tuple(facts[i][2] for i in tokens)
    residue = _residue(doc, words)
    listed = tuple(
        item for item in _look_up(words, lexicon) if not _is_syllable(item, words, tokens, lexicon.acts)
    )
    covered = [-1] * len(words)
    for number, item in enumerate(listed):
        covered[item.start : item.end] = [number] * (item.end - item.start)
    return Text(
        doc,
        string,
        lexicon,
        words,
        pos,
        ents,
        tokens,
        residue,
        _shouted(words),
        listed,
        {item.start: item for item in listed},
        tuple(covered),
        frozenset(words[i].text for i in range(len(words)) if _is_spelt_out(words, i, lexicon)),
    )


def _is_spelt_out(words: tuple[Word, ...], index: int, lexicon: Lexicon) -> bool:
    """Say whether an acronym in brackets has the initials of words before it that name no body: small ones,
    or an instrument ("Comprehensive Strategic Partnership (CSP)").
    """
    word = words[index]
    if word.gap.strip() != "(" or not word.is_acronym or len(word.text) > index:
        return False
    before = range(index - len(word.text), index)
    if "".join(words[i].fold[:1] for i in before) != word.fold:
        return False
    if (
        words[index - 1].text in lexicon.not_partner_last
        or words[before[0]].key in lexicon.not_partner_before
    ):
        return True
    return not any(words[i].is_capital for i in before) and all(
        next(lexicon.nouns.matches(words, i), None) is None for i in before
    )


def _residue(doc: Doc, words: tuple[Word, ...]) -> frozenset[int]:
    spans = [(span.start_char, span.end_char) for span in doc.spans.get("residue", ())]
    if not spans:
        return frozenset()
    return frozenset(
        i for i, word in enumerate(words) if any(start <= word.start < end for start, end in spans)
    )


def _shouted(words: tuple[Word, ...]) -> frozenset[int]:
    """Return the words of lines that are written in capitals: "ACCORD ENTRE L'ARMÉNIE ET LA SERBIE"."""
    found: set[int] = set()
    first = 0
    for end in range(1, len(words) + 1):
        if end < len(words) and "\n" not in words[end].gap:
            continue
        letters = "".join(word.text for word in words[first:end])
        if end - first >= _SHOUTED and letters == letters.upper():
            found.update(range(first, end))
        first = end
    return frozenset(found)


#: So many words in capitals are a heading and no name.
_SHOUTED = 4


def _is_syllable(
    item: Listed, words: tuple[Word, ...], tokens: tuple[int, ...], acts: frozenset[str]
) -> bool:
    """Say whether a one-syllable name is only the first syllable of a common noun ("Ý định", no "Ý") or of a
    place ("Mỹ Sơn"); what the country does may look like a part of it ("kêu gọi Mỹ gỡ bỏ").
    """
    after = item.end
    if (
        item.end - item.start != 1
        or len(words[item.start].text) >= _SYLLABLE
        or after >= len(words)
        or words[after].gap != " "
        or tokens[after] != tokens[item.start]
    ):
        return False
    if words[after].is_capital:
        return not words[after].is_acronym and _LOCAL.fullmatch(words[after].fold) is not None
    return words[after].key not in acts


def _look_up(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Listed, ...]:
    found = []
    index = 0
    while index < len(words):
        best = _longest(words, index, lexicon)
        region = _region_end(words, index, lexicon)
        if region > (index if best is None else best.end):
            index = region
        elif best is None:
            index += 1
        else:
            found.append(best)
            index = best.end
    return tuple(found)


def _region_end(words: tuple[Word, ...], index: int, lexicon: Lexicon) -> int:
    """Return where a region of several words ends that begins here, written as lists have it."""
    return max(
        (
            end
            for end, values in lexicon.wide.matches(words, index)
            if any(form[0].isupper() == words[index].is_capital for _, form in values)
        ),
        default=index,
    )


def _longest(words: tuple[Word, ...], index: int, lexicon: Lexicon) -> Listed | None:
    best = None
    for end, entries in lexicon.names.matches(words, index):
        fitting = [entry for entry in entries if fits(entry, words, index, end)]
        if fitting and not (lexicon.home and _inside_name(words, index, end, fitting)):
            if len(fitting) > 1:
                text = written(words, index, end)
                fitting.sort(key=lambda entry: (entry.form != text, entry.rank, entry.form))
            best = Listed(index, end, tuple(fitting))
    return best


def _inside_name(words: tuple[Word, ...], start: int, end: int, entries: list[Entry]) -> bool:
    """Say whether a one-syllable country name is a syllable of a longer name ("Tuấn Anh", "Đức Minh")."""
    if end - start > 1 or len(words[start].text) > _SYLLABLE or words[start].is_acronym:
        return False
    if all(entry.sort == "known" for entry in entries):
        return False
    before = words[start - 1] if start and words[start].gap == " " else None
    after = words[end] if end < len(words) and words[end].gap == " " else None
    if before is not None and before.is_capital and len(before.text) <= _SYLLABLE and not before.is_acronym:
        return before.fold not in _OPENERS
    return bool(
        after is not None
        and after.is_capital
        and len(after.text) <= _SYLLABLE
        and not after.is_acronym
        and (before is None or before.fold in _ADDRESS)
    )


#: A syllable of Vietnamese without its accents: "Giang", "Minh", "Son", but not "Trump".
_LOCAL = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[iuy]?[aeiouy]{1,2}(?:ng|nh|ch|[cmnptiouy])?"
)
#: Letters of the longest syllable that may also be part of a person's name.
_SYLLABLE = 6
#: Words before a country that never begin a person's name.
_OPENERS = frozenset(
    {
        "tuong",
        "thong",
        "truong",
        "su",
        "phia",
        "nuoc",
        "bo",
        "quan",
        "tai",
        "o",
        "den",
        "tu",
        "voi",
        "giua",
        "va",
        "theo",
        "cua",
        "do",
        "cho",
        "sang",
        "ve",
        "hay",
        "tren",
        "khi",
        "ngoai",
        "rieng",
        "con",
        "sau",
        "truoc",
        "doan",
    }
)
_ADDRESS = frozenset({"ong", "ba", "anh", "chi", "co"})
