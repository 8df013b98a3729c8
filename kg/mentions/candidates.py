"""Stretches that look like names of organisations: a head noun with its name, or a run of capitalised words.

In: ``Text``. Out: ``Candidate`` values that may overlap; ``choose`` in ``organisations`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.mentions.money import is_before_sign
from kg.names.texts import Listed, Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``start`` to ``end`` may name an organisation.

    ``source``: head (a head noun tells its kind), run (capitalised words alone), listed.
    ``core`` is the word at which the name proper begins, after "Công ty" in "Công ty Cybernetica".
    """

    start: int
    end: int
    source: str
    kind: str | None = None
    country: str | None = None
    core: int = -1
    ref: str | None = None


def country_of(text: Text, start: int, end: int) -> str | None:
    """Return the country that a name, demonym, capital or city among the words tells; the last one wins."""
    for index in range(end - 1, start - 1, -1):
        number = text.covered[index]
        if number >= 0 and text.listed[number].end <= end:
            for entry in text.listed[number].entries:
                if entry.sort != "known" and entry.country:
                    return entry.country
    return None


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
        end = _run_end(text, index)
        start = index
        index = end
        typed = final_kind(text, start, end)[0] is not None
        while start < end and _is_leader(text, start, end, typed):
            start += 1
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
    if (
        len(word.text) == 1
        and word.text in "ei"
        and index + 1 < len(text.words)
        and text.words[index + 1].gap == "-"
    ):
        return text.words[index + 1].is_capital
    return word.is_capital and not is_compound(text, index)


def is_compound(text: Text, index: int) -> bool:
    """Say whether a capital syllable begins a common noun ("Chính phủ", "Bưu chính"), as one token or by
    list.
    """
    following = index + 1
    if text.lexicon.home is None or following >= len(text.words) or text.words[following].gap != " ":
        return False
    if text.words[following].is_capital or text.words[following].text.isdigit() or index in text.listed_at:
        return False
    return text.tokens[index] == text.tokens[following]


def begins_person(text: Text, index: int) -> bool:
    """Say whether the name of a person begins here, in the order of the country at home, and no place."""
    if text.lexicon.home is None:
        return False
    words = text.words[index : index + FULL_NAME]
    return (
        len(words) == FULL_NAME
        and words[0].text in text.lexicon.surnames
        and all(word.is_capital and not word.is_acronym for word in words)
        and all(word.gap == " " for word in words)
        and text.covered[index] < 0
    )


#: A family name, a middle name and a given name.
FULL_NAME = 3


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
    return not typed and any(stop == index + 1 for stop, _ in text.lexicon.nouns.matches(text.words, index))


_NOT_NAMES = frozenset({"DET", "ADP", "PRON", "ADV", "SCONJ", "CCONJ", "AUX", "VERB", "NUM", "INTJ"})


def _run_end(text: Text, start: int) -> int:
    """Return where the run of capitalised words that begins at ``start`` ends."""
    index = text.listed_at[start].end if start in text.listed_at else start + 1
    while index < len(text.words):
        word = text.words[index]
        if _is_suspended(text, index) or _is_coordinated(text, start, index):
            index += 2
            continue
        if _is_plural_owner(text, start, index):
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
        elif _goes_on(text, start, index):
            index += 1
        else:
            break
    return index


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
    demonym = text.listed_at.get(start)
    of_nation = demonym is not None and demonym.entry.sort == "demonym" and demonym.end < index
    return (
        (of_nation or may_join(text, start, index))
        and text.words[index].key in text.lexicon.conjunctions
        and any(_ends_body(text, index + 1, index + length) for length in (3, 4))
    )


def may_join(text: Text, start: int, index: int) -> bool:
    """Say whether the words from ``start`` tell only with what follows the conjunction at ``index`` what a
    body does: not after "of", where they end another name ("Ministry of Trade and Energy Authority").
    """
    lexicon, last = text.lexicon, index - 1
    if lexicon.lowercase_names or text.words[last].text not in lexicon.topics or text.covered[last] >= 0:
        return False
    if text.before(start) in lexicon.prepositions | lexicon.conjunctions:
        return False
    return final_kind(text, start, index)[0] is None


def _is_plural_owner(text: Text, start: int, index: int) -> bool:
    """Say whether those to whom a body belongs stand before it: "Beekeepers' Association"."""
    is_owned = text.words[index].gap in ("' ", "’ ") and text.words[index - 1].text.endswith("s")
    return is_owned and index > start and _ends_body(text, index, index + 1)


def _ends_body(text: Text, start: int, end: int) -> bool:
    """Say whether these words are capitalised and the last is a noun that ends names of bodies."""
    words = text.words[start:end]
    return (
        len(words) == end - start
        and all(word.is_capital for word in words)
        and all(word.is_glued for word in words[1:])
        and any(
            stop == end and kind != "company"
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
    return word.gap == "-" and before.gap != ""


def _ends_owner(text: Text, start: int, index: int) -> bool:
    """Say whether the run before "'s" is a country, a place or a known partner, which owns what follows."""
    number = text.covered[index - 1]
    return number >= 0 and text.listed[number].start <= start + 1


def _run(text: Text, start: int, end: int) -> Candidate:
    kind, _ = final_kind(text, start, end)
    return Candidate(start, end, "run", kind, country_of(text, start, end), start)


def final_kind(text: Text, start: int, end: int) -> tuple[str | None, int]:
    """Return the kind that the last words tell ("Chiang Mai University") and where that noun begins."""
    for index in range(max(start, end - 4), end):
        for stop, values in text.lexicon.finals.matches(text.words, index):
            if stop == end and (index > start or end - start > 1) and text.words[index].is_capital:
                return values[0][0], index
    return None, end


def find_heads(text: Text) -> list[Candidate]:
    """Return the names that a head noun begins."""
    from kg.mentions.extension import extend_name

    found = []
    index = 0
    while index < len(text.words):
        head = _head_at(text, index)
        candidate = extend_name(text, index, head[0], head[1]) if head else None
        if candidate is None:
            index += 1
        else:
            found += [candidate, *coordinated(text, candidate)]
            index = found[-1].end if candidate.core == candidate.start else max(index + 1, candidate.start)
    return found


def coordinated(text: Text, first: Candidate) -> list[Candidate]:
    """Return the further names under one plural noun: "les universités de Hanoï, de Hue et Gaston-Berger"."""
    lexicon, found, index = text.lexicon, list[Candidate](), first.end
    if text.words[first.start].key not in lexicon.plurals:
        return []
    while index < len(text.words):
        joined = text.words[index].gap.strip() == "," or text.words[index].key in lexicon.conjunctions
        if not joined:
            break
        start = index
        while start < len(text.words) and text.words[start].key in (
            lexicon.conjunctions | lexicon.possession | lexicon.articles
        ):
            start += 1
        if (
            start >= len(text.words)
            or not text.words[start].is_capital
            or (start > index and not text.words[start].is_glued)
        ):
            break
        end = _run_end(text, start)
        found.append(Candidate(start, end, "noun", first.kind, country_of(text, start, end), start))
        index = end
    return found


def _head_at(text: Text, index: int) -> tuple[int, str] | None:
    """Return the end and kind of the longest head noun at ``index``, with the case in which it is listed."""
    best = None
    if index in text.residue or _is_inside_place(text, index) or _is_inside_word(text, index):
        return None
    for end, values in text.lexicon.heads.matches(text.words, index):
        if is_compound(text, end - 1) or _is_title(text, index, end):
            # "Cục trưởng" is a person, "Hội nghị" a meeting: the noun goes on.
            continue
        if _awaits_place(text, end):
            continue
        for kind, form in values:
            if _case_fits(text, index, form):
                best = (end, kind)
                break
    return best


def _is_title(text: Text, index: int, end: int) -> bool:
    """Say whether the noun begins the title of a person: "Cục trưởng Cục An toàn"."""
    if text.lexicon.home is None:
        return False
    return any(stop > end for stop, _ in text.lexicon.titles.matches(text.words, index))


def _awaits_place(text: Text, end: int) -> bool:
    """Say whether a head goes on to a place that is not there: "Département de la" before "coopération"."""
    last = text.words[end - 1].key in text.lexicon.articles | text.lexicon.possession
    return last and not (end < len(text.words) and text.words[end].is_capital)


def _is_inside_place(text: Text, index: int) -> bool:
    """Say whether the word is part of the name of a place ("Nha Trang", "Tây Ban Nha")."""
    number = text.covered[index]
    if number < 0:
        return False
    listed = text.listed[number]
    is_place = listed.entry.sort != "known" or listed.entry.kind == "local-government"
    return is_place and listed.end - listed.start > 1 and not _opens_with_head(text, listed, index)


def _opens_with_head(text: Text, listed: Listed, index: int) -> bool:
    """Say whether the listed name of a government begins with a noun for one: "UBND tỉnh", no "Hội An"."""
    return listed.entry.sort == "known" and any(
        kind in ("local-government", "government-body")
        for _, values in text.lexicon.heads.matches(text.words, index)
        for kind, _ in values
    )


def _is_inside_word(text: Text, index: int) -> bool:
    """Say whether a capital syllable ends a word that began before: "Bách Khoa" is no faculty."""
    return (
        text.lexicon.home is not None
        and index > 0
        and text.words[index].is_capital
        and text.words[index - 1].is_capital
        and text.tokens[index] == text.tokens[index - 1]
    )


def _case_fits(text: Text, index: int, form: str) -> bool:
    """Say whether the noun's first letter has the case of the list; where the list has small letters, either
    will do.
    """
    return form[0].islower() or text.words[index].text[0].isupper()


def description_end(text: Text, index: int) -> int:
    """Return where a firm that is told by its home ends: "société de Cheonan"; ``index`` when it is none.

    Such words name nobody, but mean a firm that was named before.
    """
    words, lexicon = text.words, text.lexicon
    if words[index].is_capital or words[index].key not in lexicon.described:
        return index
    place = index + 1
    while place < len(words) and words[place].is_glued and words[place].key in lexicon.possession:
        place += 1
    if not index + 1 < place < len(words) or text.pos[place] != "PROPN":
        return index
    is_place = words[place].is_glued and words[place].is_capital
    goes_on = place + 1 < len(words) and words[place + 1].is_glued and words[place + 1].is_capital
    return place + 1 if is_place and not goes_on and not words[place].is_acronym else index
