"""Runs of capitalised words, which may be names of organisations.

In: ``Text``. Out: ``Candidate`` values; how likely each is a partner says ``likelihood``.
"""

from __future__ import annotations

from kg.mentions.candidates import (
    Candidate,
    country_of,
    final_kind,
    is_attributed,
    is_compound,
    is_inside_word,
    is_legal_form,
    is_topic,
    may_join,
)
from kg.mentions.money import is_before_sign
from kg.mentions.origins import is_after_noun
from kg.names.lexicon import load_foreign
from kg.names.texts import Text


def find_runs(text: Text) -> list[Candidate]:
    """Return the maximal runs of capitalised words, cut at possessives of countries, with the kind that ends
    them.
    """
    runs = []
    index = 0
    while index < len(text.words):
        if not _may_begin(text, index):
            index += 1
            continue
        end = run_end(text, index)
        start = index
        index = end
        typed = final_kind(text, start, end)[0] is not None
        while start < end and (skipped := _leaders(text, start, end, typed)):
            start += skipped
        if start < end:
            runs.append(_run(text, start, end))
    return runs


def _may_begin(text: Text, index: int) -> bool:
    word = text.words[index]
    listed = text.listed_at.get(index)
    if index in text.residue:
        return False
    if listed is not None and listed.entry.sort == "known":
        return True
    if index in text.shouted or _is_inside_country(text, index):
        return False
    if (
        len(word.text) == 1
        and word.text in "ei"
        and index + 1 < len(text.words)
        and text.words[index + 1].gap == "-"
    ):
        return text.words[index + 1].is_capital
    if word.text[0].isdigit():
        return _begins_in_digits(text, index)
    return word.is_capital and not is_compound(text, index)


def _begins_in_digits(text: Text, index: int) -> bool:
    """Say whether figures begin a name: "23andMe", "1Office", "7-Eleven"; "5G" and "20MW" begin none."""
    word, after = text.words[index], index + 1
    letters = word.text.lstrip("0123456789")
    if letters:
        return word.is_capital and len(letters) >= _OWN and not letters.isupper()
    follows = text.words[after] if after < len(text.words) else None
    return (
        follows is not None
        and follows.gap == "-"
        and follows.is_capital
        and len(follows.text) >= _OWN
        and len(word.text) < _OWN
    )


#: From so many letters on a word beside figures is one and no unit.
_OWN = 4


def _is_inside_country(text: Text, index: int) -> bool:
    """Say whether a country's full name goes on here: "Northern Ireland" of the United Kingdom's."""
    number = text.covered[index]
    if number < 0 or text.listed[number].entry.sort != "country":
        return False
    first = text.listed[number].start
    return first < index and text.words[first].is_capital


def _leaders(text: Text, index: int, end: int, typed: bool) -> int:
    """Return how many words only lead to the name: those that open the sentence, or "Berlin-based"."""
    listed = text.listed_at.get(index)
    after = listed.end if listed is not None else index + 1
    if after + 1 < end and is_attributed(text, after):
        return after + 1 - index
    if listed is not None and listed.entry.sort == "country" and after < end and is_after_noun(text, index):
        # "quỹ Nhật Genesia Ventures"
        return after - index
    return int(_is_leader(text, index, end, typed))


def _is_leader(text: Text, index: int, end: int, typed: bool) -> bool:
    """Say whether the word only opens the sentence and is no part of the name."""
    word = text.words[index]
    if index in text.listed_at:
        demonym = text.listed_at[index].entry.sort == "demonym"
        return demonym and not typed and index + 1 < end and text.words[index + 1].gap == " "
    if (
        typed
        and word.key in text.lexicon.stop_words
        and len(word.text) > 3
        and text.words[index + 1].is_capital
    ):
        return text.pos[index] in ("DET", "ADP", "SCONJ", "CCONJ")
    if word.key in text.lexicon.stop_words and not (word.is_acronym and len(word.text) > 1):
        return text.is_sentence_start(index) or index + 1 == end or word.key in text.lexicon.articles
    if not text.is_sentence_start(index):
        return False
    if index + 1 == end:
        return text.pos[index] in _NOT_NAMES
    # "Chipmaker Qualcomm": the capital is the sentence's, the noun is common.
    if typed or word.key in text.lexicon.public:
        return False
    return any(stop == index + 1 for stop, _ in text.lexicon.nouns.matches(text.words, index))


_NOT_NAMES = frozenset({"DET", "ADP", "PRON", "ADV", "SCONJ", "CCONJ", "AUX", "VERB", "NUM", "INTJ"})


def run_end(text: Text, start: int) -> int:
    """Return where the run of capitalised words that begins at ``start`` ends."""
    index = text.listed_at[start].end if start in text.listed_at else start + 1
    if start in text.shouted:
        return index
    while index < len(text.words):
        word = text.words[index]
        if _is_suspended(text, index) or _is_coordinated(text, start, index):
            index += 2
            continue
        if _is_plural_owner(text, start, index):
            index += 1
            continue
        foreign = _foreign_joint(text, index)
        if foreign > index:
            index = foreign + 1
            continue
        if _goes_on_legally(text, index):
            index += 1
            continue
        if not word.is_glued or index in text.residue:
            break
        if word.gap in ("'", "’") and word.fold == "s":
            if (
                _ends_owner(text, start, index)
                or index + 1 >= len(text.words)
                or not text.words[index + 1].is_capital
            ):
                break
            index += 1
        elif word.text == "&" and index + 1 < len(text.words) and text.words[index + 1].is_capital:
            index += 2
        elif _is_national(text, start, index):
            index = text.listed_at[index + 1].end
        elif _goes_on(text, start, index):
            index += 1
        else:
            break
    return index


def _goes_on_legally(text: Text, index: int) -> bool:
    """Say whether a legal form has a second part: "Co., Ltd.", "Sdn. Bhd."."""
    is_near = text.words[index].gap in (", ", "., ", ". ", " ")
    return is_near and is_legal_form(text, index) and is_legal_form(text, index - 1)


def _foreign_joint(text: Text, index: int) -> int:
    """Return where the small words of another language end that join two words of a name ("Casa dos Ventos",
    "le Kumoh National Institute of Technology"); ``index`` where none does.
    """
    lexicon, word = text.lexicon, text.words[index]
    if word.gap != " " or word.is_capital or text.pos[index] in ("AUX", "PRON"):
        return index
    own = (lexicon.stop_words, lexicon.prepositions, lexicon.conjunctions)
    if any(word.key in words for words in own) or (lexicon.home is not None and word.text not in _ENGLISH):
        return index
    end = max((stop for stop, _ in load_foreign().joints.matches(text.words, index)), default=index)
    is_followed = end < len(text.words) and text.words[end].gap == " " and text.words[end].is_capital
    return end if is_followed else index


#: Small words of English, which stand in no other language that is read.
_ENGLISH = frozenset({"of", "for", "and"})


def _is_national(text: Text, start: int, index: int) -> bool:
    """Say whether a bank or what a state runs bears the name of its country: "l'Eximbank de Corée", "State
    Railway of Thailand"; in Vietnamese only whose it is ("Bred Bank của Pháp").
    """
    return (
        text.lexicon.home is None
        and (text.words[index - 1].fold.endswith("bank") or _is_public(text, start, index))
        and text.words[index].key in text.lexicon.possession
        and index + 1 in text.listed_at
        and text.listed_at[index + 1].entry.sort == "country"
    )


def _is_public(text: Text, start: int, end: int) -> bool:
    """Say whether the words tell of what a state runs: "State Railway"."""
    first = text.words[start].key
    return first in text.lexicon.public and end - start > 1 and final_kind(text, start, end)[0] is not None


def _is_suspended(text: Text, index: int) -> bool:
    """Say whether a conjunction joins two parts of one compound: "Micro- and Nanotechnology Centre"."""
    after = index + 1
    return (
        text.words[index].gap == "- "
        and text.words[index].key in text.lexicon.conjunctions
        and after < len(text.words)
        and text.words[after].is_glued
        and text.words[after].is_capital
    )


def _is_coordinated(text: Text, start: int, index: int) -> bool:
    """Say whether a conjunction joins two words before a noun for bodies: "Mongolian Wool and Cashmere
    Association", "Plant Production and Protection Department".
    """
    if text.words[index].key not in text.lexicon.conjunctions:
        return False
    demonym = text.listed_at.get(start)
    of_nation = demonym is not None and demonym.entry.sort == "demonym" and demonym.end < index
    return (of_nation or may_join(text, start, index)) and any(
        _ends_body(text, index + 1, index + length, firms=is_topic(text, index + 1)) for length in (3, 4)
    )


def _is_plural_owner(text: Text, start: int, index: int) -> bool:
    """Say whether those to whom a body belongs stand before it: "Beekeepers' Association"."""
    is_owned = text.words[index].gap in ("' ", "’ ") and text.words[index - 1].text.endswith("s")
    return is_owned and index > start and _ends_body(text, index, index + 1)


def _ends_body(text: Text, start: int, end: int, *, firms: bool = False) -> bool:
    """Say whether these words are capitalised and the last is a noun that ends names of bodies, or of
    ``firms``.
    """
    words = text.words[start:end]
    return (
        len(words) == end - start
        and all(word.is_capital for word in words)
        and all(word.is_glued for word in words[1:])
        and any(
            stop == end and (kind != "company" or firms)
            for stop, values in text.lexicon.finals.matches(text.words, end - 1)
            for kind, _ in values
        )
    )


def _goes_on(text: Text, start: int, index: int) -> bool:
    word, before = text.words[index], text.words[index - 1]
    if word.gap in ("'", "’") and before.fold in ("l", "d", "qu", "s"):
        return False
    if word.text.isdigit():
        return (
            word.gap == " "
            and len(word.text) <= 2
            and not before.text.isdigit()
            and text.ents[index] == "ORG"
        ) or word.gap == "-"
    if word.is_capital:
        # "World Bank US$2 billion"
        is_money = is_before_sign(text, index + 1)
        return not (is_money or (word.gap == "/" and before.is_acronym) or is_compound(text, index))
    # A hyphen binds lower-case parts of foreign names ("Chen-yung", "Arc-en-ciel").
    return (word.gap == "-" and before.gap != "") or is_inside_word(text, index)


def _ends_owner(text: Text, start: int, index: int) -> bool:
    """Say whether the run before "'s" is a country, a place or a known partner, which owns what follows."""
    number = text.covered[index - 1]
    return number >= 0 and text.listed[number].start <= start + 1


def _run(text: Text, start: int, end: int) -> Candidate:
    kind, _ = final_kind(text, start, end)
    if end - start > 1 and is_legal_form(text, end - 1):
        kind = "company"
    return Candidate(start, end, "run", kind, country_of(text, start, end), start)
