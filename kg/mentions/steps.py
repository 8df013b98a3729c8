"""How a name takes on one word after another, to the right of its head noun.

In: ``Text`` and the way gone so far. Out: how many words the name takes on next; 0 when it ends.
"""

from __future__ import annotations

from kg.mentions.candidates import begins_person
from kg.mentions.money import is_before_sign
from kg.names.texts import Text

_CONTENT = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM"})
_LONGEST = 22
#: A bank bears the name of its country behind it: "National Bank of Serbia".
_BANK = "bank"
#: Letters of the longest syllable written in plain letters.
_SYLLABLE = 5


class _Walk:
    """The way of one name: where it began, how its head is written, which prepositions it has used."""

    def __init__(self, start: int, kind: str, capital: bool) -> None:
        self.start = start
        self.kind = kind
        self.capital = capital
        self.used: set[str] = set()
        #: A place or country has closed the name; little may follow.
        self.closed = False


def walk_name(text: Text, start: int, after: int, kind: str, *, capital: bool) -> int:
    """Return where the name ends whose head noun is words ``start`` to ``after``."""
    walk = _Walk(start, kind, capital)
    index = after
    while index < len(text.words) and index - start < _LONGEST:
        step = _step(text, index, walk)
        if step <= 0:
            break
        words = text.words[index : index + step]
        walk.used.update(word.key for word in words if word.key in text.lexicon.prepositions)
        index += step
        walk.closed = _is_closing(text, index - 1)
    return index


def _is_closing(text: Text, index: int) -> bool:
    """Say whether the word ends a place or country, after which few names go on."""
    return _ending(text, index) in ("country", "city", "capital")


def _ending(text: Text, index: int) -> str | None:
    """Return what kind of listed name ends with the word."""
    number = text.covered[index]
    return text.listed[number].entry.sort if number >= 0 and text.listed[number].end == index + 1 else None


def _step(text: Text, index: int, walk: _Walk) -> int:
    """Return how many words the name takes on at ``index``; 0 when it ends there."""
    lexicon, word = text.lexicon, text.words[index]
    gap = word.gap
    if index in text.residue:
        return 0
    if gap.strip() == "," and not walk.closed:
        return _comma_step(text, index, walk.used)
    if _is_number(text, index):
        return 1
    if not word.is_glued:
        return 0
    if word.key in lexicon.conjunctions:
        return 0 if walk.closed else _conjunction_step(text, index, walk)
    if word.key in lexicon.seated and walk.kind == "association" and _is_place(text, index + 1):
        return text.listed_at[index + 1].end - index
    if word.key in lexicon.prepositions and not word.is_capital:
        return _preposition_step(text, index, walk)
    if walk.closed:
        if begins_person(text, index) or (walk.kind == "government-body" and _ends_country(text, index)):
            # "Bộ Kinh tế Bulgaria Nikolay Pavlov"
            return 0
        return 1 if word.is_capital and gap in ("-", " ") and _continues_place(text, index) else 0
    return _content_step(text, index, walk)


def _is_known(text: Text, index: int, walk: _Walk) -> bool:
    """Say whether a name of the list is complete: "la Banque africaine de développement" before "finance"."""
    listed = text.listed_at.get(walk.start)
    return listed is not None and listed.entry.sort == "known" and listed.end == index


def _begins_person(text: Text, index: int, walk: _Walk) -> bool:
    """Say whether the name of an office ends before that of its holder: "UBND tỉnh" before "Lê Văn An"."""
    return walk.kind in ("local-government", "government-body") and begins_person(text, index)


def _ends_country(text: Text, index: int) -> bool:
    """Say whether a country ends before the word, and no further place or noun goes on from it."""
    is_country = _ending(text, index - 1) == "country"
    return is_country and text.words[index].gap == " " and index not in text.listed_at


def _is_number(text: Text, index: int) -> bool:
    """Say whether "1" follows "No." in a name ("... Production No. 1")."""
    before = text.words[index - 1].text
    return before in ("No", "N") and text.words[index].text.isdigit() and len(text.words[index].gap) <= 2


def _is_place(text: Text, index: int) -> bool:
    return index in text.listed_at and text.listed_at[index].entry.sort in ("country", "capital", "city")


def _continues_place(text: Text, index: int) -> bool:
    """After a place the name goes on only with a noun of its own ("Sofia Tech Park") or a country."""
    return index in text.listed_at or text.words[index].gap == "-" or text.words[index].text.isascii()


def _content_step(text: Text, index: int, walk: _Walk) -> int:
    """Take a capitalised word, a listed name, or a small noun where the language writes names so."""
    lexicon, word = text.lexicon, text.words[index]
    if is_before_sign(text, index + 1) or (not word.is_capital and _is_known(text, index, walk)):
        return 0
    listed = text.listed_at.get(index)
    if listed is not None and listed.entry.sort != "demonym" and word.is_capital:
        return listed.end - index
    if word.text.isdigit() and len(word.text) < 3 and text.words[index - 1].is_capital:
        # "Sao Mai 2" is a name, "Sao Mai 2 năm" is none.
        return 0 if text.gap(index + 1) == " " and text.pos[index + 1] == "NOUN" else 1
    if word.is_capital and _begins_person(text, index, walk):
        return 0
    if word.is_capital:
        stops = word.key in lexicon.stop_words and not word.is_acronym and word.text not in lexicon.topics
        return 0 if stops and text.pos[index] in ("VERB", "AUX", "ADP") else 1
    if not lexicon.lowercase_names:
        return 0
    if lexicon.home is not None:
        return _small_step(text, index, walk.start)
    if word.key in lexicon.stop_words and listed is None:
        return 0
    if listed is not None and listed.entry.sort == "demonym":
        return listed.end - index
    if text.pos[index] == "ADJ":
        return 1
    first = index - 1 == walk.start or _ends_noun(text, index - 1) or _is_followed(text, index + 1)
    return 1 if walk.capital and first and text.pos[index] in ("NOUN", "PROPN") else 0


def _ends_noun(text: Text, index: int) -> bool:
    """Say whether a capital noun may have another beside it; a proper name ("Fondation Pictet") is over."""
    return text.words[index].is_capital and text.pos[index] != "PROPN"


def _is_followed(text: Text, index: int) -> bool:
    """Say whether the name surely goes on or ends at ``index``: a preposition of names, or a bracket."""
    glued = index < len(text.words) and text.words[index].is_glued
    return text.gap(index).strip() == "(" or (glued and text.words[index].key in text.lexicon.possession)


def _small_step(text: Text, index: int, start: int) -> int:
    """Take the small syllables of a compound noun ("Khoa học", "Công nghệ thông tin", "An toàn bức xạ")."""
    previous, earlier = text.words[index - 1], text.words[index - 2]
    proper = earlier.is_capital and index - 2 > start
    if previous.text in text.lexicon.topics and not proper:
        return 1
    if previous.is_capital and proper and text.pos[index] == "ADV":
        # "Ninh Kiều vừa ký": the name is over, whatever words are seen as one.
        return 0
    foreign = previous.is_acronym or len(previous.text) > _SYLLABLE
    if text.tokens[index] == text.tokens[index - 1] and not (previous.text.isascii() and foreign):
        return 1
    best = max((end - index for end, _ in text.lexicon.tails.matches(text.words, index)), default=0)
    if previous.is_capital and previous.text.isascii():
        # A foreign name is over: what follows is no part of it ("Kazakhtelecom nghiên cứu"). "UBND huyện
        # Cần Giờ" goes on.
        place = index + best
        goes_on = place < len(text.words) and text.words[place].is_capital and text.words[place].is_glued
        return best if goes_on and previous.is_acronym and index - 1 == start else 0
    if best:
        return best
    end = index + 1
    while end < len(text.words) and text.tokens[end] == text.tokens[index]:
        end += 1
    # Two capital syllables are a name of its own, "Lộc Trời" in "Tập đoàn Lộc Trời quyền".
    named = previous.is_capital and text.words[index - 2].is_capital
    noun = (
        not named
        and text.pos[index] in ("NOUN", "ADJ")
        and text.key(index, end) not in text.lexicon.stop_words
    )
    return end - index if noun and text.words[index].key not in text.lexicon.stop_words else 0


def _preposition_step(text: Text, index: int, walk: _Walk) -> int:
    """Take "de l'Industrie", "of Technology", "về Giải pháp"; "pour" and "sur" only before anything else."""
    lexicon = text.lexicon
    first = text.words[index].key
    if first in lexicon.purpose and (
        walk.closed
        or _is_known(text, index, walk)
        or any(w.is_capital for w in text.words[walk.start + 1 : index])
    ):
        return 0
    if walk.closed and not _is_country(text, index + 1):
        return 0
    is_bank = text.words[index - 1].fold.endswith(_BANK) and _is_country(text, index + 1)
    if walk.kind == "company" and _is_complete(text, walk.start) and not is_bank:
        return 0
    content = skip_articles(text, index + 1)
    if content >= len(text.words) or not text.words[content].is_glued:
        return 0
    word = text.words[content]
    if word.key in lexicon.stop_words and not word.is_acronym:
        return 0
    if word.is_capital and first in lexicon.locative and first not in lexicon.possession:
        return 0
    if word.is_capital or (
        lexicon.lowercase_names and text.pos[content] in _CONTENT and word.key not in lexicon.stop_words
    ):
        if not word.is_capital and lexicon.home is not None:
            return 0
        return _through_listed(text, content) - index
    return 0


def _is_complete(text: Text, start: int) -> bool:
    """Say whether a firm's noun ends its name: "FKS Group of Jakarta" is FKS Group."""
    if text.lexicon.lowercase_names or start == 0 or text.words[start].gap not in (" ", "-"):
        return False
    before = text.words[start - 1]
    return before.is_capital and before.key not in text.lexicon.stop_words


def _is_country(text: Text, index: int) -> bool:
    content = skip_articles(text, index)
    return content in text.listed_at and text.listed_at[content].entry.sort == "country"


def skip_articles(text: Text, index: int) -> int:
    """Return the first word from ``index`` on that is no article."""
    while (
        index < len(text.words)
        and text.words[index].key in text.lexicon.articles
        and text.words[index].is_glued
    ):
        index += 1
    return index


def _through_listed(text: Text, index: int) -> int:
    listed = text.listed_at.get(index)
    return listed.end if listed is not None else index + 1


def _conjunction_step(text: Text, index: int, walk: _Walk) -> int:
    """Take "et des Technologies", "and Industry", "và Công nghệ" when what follows is no name of its own."""
    following = index + 1
    if following >= len(text.words) or not text.words[following].is_glued:
        return 0
    lexicon = text.lexicon
    if walk.kind == "company" and _is_complete(text, walk.start):
        return 0
    content = following
    if text.words[content].key in lexicon.prepositions:
        content = skip_articles(text, content + 1)
    elif text.words[content].key in lexicon.articles:
        if not (walk.capital and walk.used & lexicon.purpose) or walk.kind == "local-government":
            return 0
        content = skip_articles(text, content)
    if content >= len(text.words) or not text.words[content].is_glued or begins_name(text, content):
        return 0
    named = _is_topic(text, content, walk.capital, content > following) or _is_one_entity(
        text, index, content
    )
    return (content - index + 1) if named else 0


def _is_one_entity(text: Text, index: int, content: int) -> bool:
    """Say whether the trained pipeline sees one organisation on both sides of a conjunction."""
    return (
        not text.lexicon.lowercase_names
        and text.words[content].is_capital
        and all(text.ents[position] == "ORG" for position in range(index - 1, content + 1))
    )


def begins_name(text: Text, index: int) -> bool:
    """Say whether a new name begins: a head noun, a listed partner or place, an acronym."""
    word = text.words[index]
    if index in text.listed_at or (word.is_acronym and word.text not in text.lexicon.topics):
        return True
    if not text.lexicon.lowercase_names:
        return False
    for end, values in text.lexicon.heads.matches(text.words, index):
        if any(form[0].islower() or word.is_capital for _, form in values) and end > index:
            return True
    return False


def _is_topic(text: Text, index: int, capital: bool, led: bool) -> bool:
    """Say whether the word can be one of the things that a ministry or institute is for."""
    lexicon, word = text.lexicon, text.words[index]
    if lexicon.topics:
        return word.text in lexicon.topics or _joins_tails(text, index)
    if led:
        return word.is_capital or (text.pos[index] in _CONTENT and word.key not in lexicon.stop_words)
    return (
        not word.is_capital
        and text.pos[index] in ("NOUN", "ADJ")
        and capital
        and word.key not in lexicon.stop_words
    )


def _joins_tails(text: Text, index: int) -> bool:
    """Say whether a conjunction joins two small nouns of a name ("bức xạ và hạt nhân")."""
    if text.lexicon.home is None or index < 2 or text.words[index - 2].is_capital:
        return False
    return any(True for _ in text.lexicon.tails.matches(text.words, index))


def _comma_step(text: Text, index: int, used: set[str]) -> int:
    """Take ", de l'Énergie" or ", Thương mại" when a conjunction closes the list a few words on."""
    lexicon, word = text.lexicon, text.words[index]
    if not _closes_list(text, index):
        return 0
    if word.key in lexicon.prepositions and word.key in used | lexicon.possession and used:
        content = skip_articles(text, index + 1)
        ok = (
            content < len(text.words)
            and not begins_name(text, content)
            and _is_topic(text, content, True, True)
        )
        return content - index + 1 if ok else 0
    if lexicon.topics and word.text in lexicon.topics and not begins_name(text, index):
        return 1
    return 0


def _closes_list(text: Text, index: int) -> bool:
    """Say whether a conjunction comes before the clause ends, as in "A, B et C"."""
    for position in range(index, min(index + 12, len(text.words))):
        word = text.words[position]
        if position > index and not word.is_glued and word.gap.strip() != ",":
            return False
        if text.pos[position] in ("AUX",) or (
            text.pos[position] == "VERB" and not text.lexicon.home and not word.is_capital
        ):
            return False
        if word.key in text.lexicon.conjunctions and position > index:
            content = position + 1
            if content < len(text.words) and text.words[content].key in text.lexicon.prepositions:
                content = skip_articles(text, content + 1)
            return (
                content < len(text.words)
                and _is_topic(text, content, True, True)
                and not begins_name(text, content)
            )
    return False
