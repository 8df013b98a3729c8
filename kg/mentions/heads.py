"""Names that a noun for an organisation begins: "Ministry of", "l'université de", "Tập đoàn".

In: ``Text``. Out: ``Candidate`` values; how far each goes says ``extension``.
"""

from __future__ import annotations

from dataclasses import replace

from kg.mentions.candidates import Candidate, country_of, is_compound
from kg.mentions.extension import extend_name
from kg.mentions.runs import run_end
from kg.names.texts import Listed, Text


def find_heads(text: Text) -> list[Candidate]:
    """Return the names that a head noun begins."""
    found = []
    index = 0
    while index < len(text.words):
        head = _head_at(text, index)
        candidate = extend_name(text, index, head[0], head[1]) if head else None
        if candidate is None:
            index += 1
        else:
            found += [_alone(text, candidate), *coordinated(text, candidate)]
            index = found[-1].end if candidate.core == candidate.start else max(index + 1, candidate.start)
    return found


def _alone(text: Text, first: Candidate) -> Candidate:
    """Return the first of several places under one noun without it: "Zouara" of "les municipalités de Zouara
    et de Zliten".
    """
    if first.kind != "local-government" or text.words[first.start].key not in text.lexicon.plurals:
        return first
    start = first.start
    while start < first.end and not text.words[start].is_capital:
        start += 1
    return replace(first, start=start, core=start) if start < first.end else first


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
        end = run_end(text, start)
        found.append(Candidate(start, end, "noun", first.kind, country_of(text, start, end), start))
        index = end
    return found


def _head_at(text: Text, index: int) -> tuple[int, str] | None:
    """Return the end and kind of the longest head noun at ``index``, with the case in which it is listed."""
    best = None
    if (
        index in text.residue
        or index in text.shouted
        or _is_inside_place(text, index)
        or _is_inside_word(text, index)
    ):
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
