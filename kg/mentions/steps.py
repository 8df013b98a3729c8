"""How a name takes on one word after another, to the right of its head noun.

In: ``Text`` and the way gone so far. Out: how many words the name takes on next; 0 when it ends.
"""

from __future__ import annotations

from kg.languages import language_settings
from kg.mentions.bounds import (
    Walk,
    begins_holder,
    begins_official,
    ends_country,
    is_closing,
    is_complete,
    is_known,
    is_managed,
    is_mission,
    runs_over,
    skip_articles,
)
from kg.mentions.candidates import begins_person, is_compound, is_inside_word, is_particle
from kg.mentions.enumerations import CONTENT, comma_step, conjunction_step
from kg.mentions.money import is_before_sign
from kg.names.texts import Text

_LONGEST = 22
#: Digits of a year: "l'Office des céréales en 2022".
_YEAR = 4


#: A bank bears the name of its country behind it: "National Bank of Serbia".
_BANK = "bank"


#: Letters of the longest syllable written in plain letters.
_SYLLABLE = 5


def walk_name(text: Text, start: int, after: int, kind: str, *, capital: bool) -> int:
    """Return where the name ends whose head noun is words ``start`` to ``after``."""
    walk = Walk(start, kind, capital)
    index = after
    while index < len(text.words) and index - start < _LONGEST:
        step = _step(text, index, walk)
        if step <= 0:
            break
        words = text.words[index : index + step]
        walk.used.update(word.key for word in words if word.key in text.lexicon.prepositions)
        index += step
        walk.closed = is_closing(text, index - 1)
    return index


def _step(text: Text, index: int, walk: Walk) -> int:
    """Return how many words the name takes on at ``index``; 0 when it ends there."""
    lexicon, word = text.lexicon, text.words[index]
    gap = word.gap
    if index in text.residue:
        return 0
    if gap.strip() == "," and not walk.closed:
        return comma_step(text, index, walk)
    if _is_number(text, index) or is_inside_word(text, index):
        return 1
    if not word.is_glued:
        return 0
    if word.text == "&" and index + 1 < len(text.words) and text.words[index + 1].is_capital:
        return 2
    if word.key in lexicon.conjunctions:
        return 0 if walk.closed else conjunction_step(text, index, walk)
    if word.key in lexicon.inside and _is_field(text, index + 1, walk):
        return 2
    if word.key in lexicon.seated and (seat := _seat_end(text, index, walk)):
        return seat - index
    if word.key in lexicon.prepositions and not word.is_capital:
        return _preposition_step(text, index, walk)
    if walk.closed:
        if begins_person(text, index) or (walk.kind == "government-body" and ends_country(text, index)):
            # "Bộ Kinh tế Bulgaria Nikolay Pavlov"
            return 0
        if gap in (" - ", "–") and _is_place(text, index):
            # "Compagnie ferroviaire Laos - Chine"
            return text.listed_at[index].end - index
        return 1 if word.is_capital and gap in ("-", " ") and _continues_place(text, index) else 0
    return _content_step(text, index, walk)


def _seat_end(text: Text, index: int, walk: Walk) -> int:
    """Return where the place ends in which a body works, which is a part of its name: "ambassade de France au
    Laos"; 0 where it is none.
    """
    is_seated = walk.kind == "association" and not is_known(text, index, walk)
    place = skip_articles(text, index + 1)
    if not (is_seated or is_mission(text, walk.start)) or not _is_place(text, place):
        return 0
    return text.listed_at[place].end


def _is_field(text: Text, index: int, walk: Walk) -> bool:
    """Say whether the field of a body ends its name: "Centre for International Cooperation in Education"."""
    return (
        bool(walk.used & text.lexicon.purpose)
        and index < len(text.words)
        and text.words[index].is_glued
        and text.words[index].text in text.lexicon.topics
        and index not in text.listed_at
    )


def _is_number(text: Text, index: int) -> bool:
    """Say whether "1" follows "No." in a name ("... Production No. 1", "Sinh phẩm số 1")."""
    before = text.words[index - 1].text
    return (
        before in ("No", "N", "số") and text.words[index].text.isdigit() and len(text.words[index].gap) <= 2
    )


def _is_place(text: Text, index: int) -> bool:
    return index in text.listed_at and text.listed_at[index].entry.sort in ("country", "capital", "city")


def _continues_place(text: Text, index: int) -> bool:
    """After a place the name goes on only with a noun of its own ("Sofia Tech Park") or a country."""
    return index in text.listed_at or text.words[index].gap == "-" or text.words[index].text.isascii()


def _content_step(text: Text, index: int, walk: Walk) -> int:
    """Take a capitalised word, a listed name, or a small noun where the language writes names so."""
    lexicon, word = text.lexicon, text.words[index]
    if is_before_sign(text, index + 1) or (not word.is_capital and is_known(text, index, walk)):
        return 0
    listed = text.listed_at.get(index)
    if listed is not None and listed.entry.sort != "demonym" and word.is_capital:
        return listed.end - index
    if word.text.isdigit() and len(word.text) < 3 and text.words[index - 1].is_capital:
        # "Sao Mai 2" is a name, "Sao Mai 2 năm" is none.
        return 0 if text.gap(index + 1) == " " and text.pos[index + 1] == "NOUN" else 1
    if word.is_capital and (begins_holder(text, index, walk) or begins_official(text, index, walk)):
        return 0
    if word.text == "I" and text.pos[index] == "PRON":
        # "As president of the Korea Foundation I can claim"
        return 0
    if word.is_capital:
        is_said = word.key in lexicon.stop_words and not is_compound(text, index)
        stops = is_said and not word.is_acronym and word.text not in lexicon.topics
        return 0 if stops and text.pos[index] in ("VERB", "AUX", "ADP") else 1
    if not lexicon.lowercase_names:
        return 0
    if _joins_parts(text, index):
        return 1
    if lexicon.home is not None:
        return _small_step(text, index, walk.start)
    if (word.key in lexicon.stop_words and listed is None) or _is_conjugated(word.text, lexicon.lang):
        return 0
    if listed is not None and listed.entry.sort == "demonym":
        return listed.end - index
    if text.pos[index] == "ADJ":
        return 1
    first = index - 1 == walk.start or _ends_noun(text, index - 1) or _is_followed(text, index + 1)
    # "Collège de haute technologie"
    first = first or (text.pos[index - 1] == "ADJ" and text.before(index - 1) in lexicon.possession)
    return 1 if walk.capital and first and text.pos[index] in ("NOUN", "PROPN") else 0


def _joins_parts(text: Text, index: int) -> bool:
    """Say whether a small word stands between parts of one name or word: "Viện John von Neumann", "centre de
    recherche-développement".
    """
    if text.words[index - 1].is_capital:
        return is_particle(text, index)
    return text.lexicon.home is None and text.words[index].gap == "-"


def _is_conjugated(word: str, lang: str) -> bool:
    """Say whether the word is an infinitive with the ending of a verb, which taggers take for a noun: "la
    commune de Ferney-Voltaire réutiliseront".
    """
    return any(
        len(ending) > 1 and word.endswith(infinitive + ending) and len(word) > _STEM + len(ending)
        for ending in language_settings(lang).verb_endings
        for infinitive in ("er", "ir")
    )


#: Letters of the shortest infinitive that is looked for.
_STEM = 4


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
    is_said = index - 1 == start and text.words[index].key in text.lexicon.stop_words
    if previous.text in text.lexicon.topics and not proper and not is_said:
        return 1
    if previous.is_capital and proper and text.pos[index] == "ADV":
        # "Ninh Kiều vừa ký": the name is over, whatever words are seen as one.
        return 0
    if text.words[index].key in _TENSES:
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
    # "hợp tác" is made of words that end a name, "nhân dân" is not.
    stops = all(word.key in text.lexicon.stop_words for word in text.words[index:end])
    return end - index if noun and not stops else 0


#: Syllables that never end a name, whatever words are seen as one: "Tôn giáo hôm".
_TENSES = frozenset({"hôm", "đã", "sẽ", "đang", "vừa"})


def _preposition_step(text: Text, index: int, walk: Walk) -> int:
    """Take "de l'Industrie", "of Technology", "về Giải pháp"; "pour" and "sur" only before anything else."""
    lexicon = text.lexicon
    first = text.words[index].key
    if first in lexicon.purpose and _has_purpose(text, index, walk):
        return 0
    if walk.closed and not _is_country(text, index + 1):
        return 0
    if runs_over(text, index, walk) or is_managed(text, index, walk):
        return 0
    is_bank = text.words[index - 1].fold.endswith(_BANK) and _is_country(text, index + 1)
    if walk.kind == "company" and is_complete(text, walk.start) and not is_bank:
        return 0
    content = skip_articles(text, index + 1)
    if content >= len(text.words) or not text.words[content].is_glued:
        return 0
    word = text.words[content]
    if word.text.isdigit() and len(word.text) == _YEAR:
        return 0
    is_opposed = first in lexicon.purpose and lexicon.lowercase_names and content > index + 1
    if is_opposed and word.is_acronym and word.key not in lexicon.stop_words:
        # "la Fédération de football contre la FIFA"
        return 0
    is_field = word.is_capital and word.text in lexicon.topics
    if word.key in lexicon.stop_words and not (word.is_acronym or is_field or content in text.listed_at):
        return 0
    is_place = word.is_capital and not is_compound(text, content)
    if is_place and first in lexicon.locative and first not in lexicon.possession:
        return 0
    if word.is_capital or (
        lexicon.lowercase_names and text.pos[content] in CONTENT and word.key not in lexicon.stop_words
    ):
        if not word.is_capital and lexicon.home is not None:
            return 0
        return _through_listed(text, content) - index
    return 0


def _has_purpose(text: Text, index: int, walk: Walk) -> bool:
    """Say whether the name is too far for what it is for: capitals stand before, and no noun asks for it."""
    is_far = walk.closed or is_known(text, index, walk)
    if not is_far and text.lexicon.home and walk.kind not in _OFFICES:
        # "Quỹ Quốc tế về Phát triển Nông nghiệp"
        return not (index + 1 < len(text.words) and is_compound(text, index + 1))
    is_far = is_far or any(word.is_capital for word in text.words[walk.start + 1 : index])
    return is_far and text.before(index) not in text.lexicon.purposeful


#: Bodies that are called by their field alone: "Bộ Y tế".
_OFFICES = frozenset({"government-body", "local-government"})


def _is_country(text: Text, index: int) -> bool:
    content = skip_articles(text, index)
    return content in text.listed_at and text.listed_at[content].entry.sort == "country"


def _through_listed(text: Text, index: int) -> int:
    listed = text.listed_at.get(index)
    return listed.end if listed is not None else index + 1
