"""The country of an organisation, from the words beside its name.

In: ``Text`` and a name. Out: the name with its country: "(Úc)", "of Thailand", "India's", "le fabricant
néerlandais X", "X, the Dutch supplier", else as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.mentions.bounds import skip_articles
from kg.mentions.candidates import Candidate, country_of
from kg.names.texts import Text

#: How many words before a name a demonym may stand, and how many behind it a country.
_BEFORE, _BEHIND = 4, 3


#: Bodies that many countries have by the same name.
_NATIONAL = frozenset({"government-body", "research-institute"})


def with_country(text: Text, name: Candidate) -> Candidate:
    """Return ``name`` with the country that its surroundings tell, when it has none."""
    if name.source == "gazetteer" and text.listed_at[name.start].entry.is_shared:
        # "Bộ Giáo dục của Lào" is not the ministry that a bare "Bộ Giáo dục" means here.
        country = _owner(text, name.start) or _behind(text, name.end)
        other = country is not None and country != name.country
        return replace(name, ref=None, country=country) if other else name
    if name.ref is not None and name.country is not None and name.kind in _NATIONAL:
        # "India's AI Safety Institute" is not the one that the list has, nor is
        # "Bộ Kế hoạch và Đầu tư nước CHDCND Lào" that of Vietnam.
        owner = _owner(text, name.start) or _nation_behind(text, name.end)
        return replace(name, ref=None, country=owner) if owner not in (None, name.country) else name
    if name.country is not None or name.ref is not None:
        return name
    country = _owner(text, name.start) or _behind(text, name.end) or _adjective(text, name)
    return replace(name, country=country) if country else name


def as_country(text: Text, name: Candidate) -> Candidate:
    """Return "Government of Vietnam" and its like as the country itself, other names as they are."""
    words = text.words[name.start : name.end]
    if not any(
        text.key(start, end) in text.lexicon.governments
        for start in range(name.start, name.end)
        for end in (start + 1, start + 2)
        if end <= name.end
    ):
        return name
    governing = {word for government in text.lexicon.governments for word in government.split()}
    joints = text.lexicon.articles | text.lexicon.possession | {"s"}
    country = country_of(text, name.start, name.end) or name.country
    rest = [
        index
        for index, word in enumerate(words, name.start)
        if word.key not in governing | joints and not _is_country(text, index)
    ]
    if country is None or rest:
        return name
    return replace(name, kind="country", country=country, ref=None, source="country")


def _is_country(text: Text, index: int) -> bool:
    """Say whether a country or demonym begins or ends at the word, also inside a longer listed name."""
    number = text.covered[index]
    if number >= 0 and text.listed[number].entry.sort in ("country", "demonym"):
        return True
    return any(
        entry.sort in ("country", "demonym")
        for _, entries in text.lexicon.names.matches(text.words, index)
        for entry in entries
    )


def is_attribute(text: Text, start: int, end: int, names: Sequence[Candidate]) -> bool:
    """Say whether a country only tells whose a named organisation is: "India's ISRO", "Sanofi, of France",
    "(Úc)", "tập đoàn Đài Loan Foxconn".
    """
    if text.words[start].gap.strip() == "(" and text.gap(end).startswith(")"):
        return True
    if any(name.start == end and (name.source == "noun" or is_after_noun(text, start)) for name in names):
        return True
    if describes_body(text, end) > end:
        return True
    if end + 1 < len(text.words) and text.words[end].text == "s" and text.words[end].gap in ("'", "’"):
        return any(end < name.start <= end + _BEHIND for name in names)
    index = start
    while index > 0 and start - index < _BEHIND and text.words[index].is_glued:
        if any(name.end == index for name in names):
            return index < start
        if text.words[index - 1].key not in text.lexicon.owned | text.lexicon.articles:
            return False
        index -= 1
    return (
        any(name.end == index for name in names) and index < start and text.gap(index).strip() in (",", ")")
    )


def describes_body(text: Text, end: int) -> int:
    """Return where a noun for a body ends that a place before it describes, in a language that puts such
    names first: "the US company", "Dubai port operator"; else ``end``.
    """
    lexicon = text.lexicon
    if lexicon.lowercase_names:
        return end
    for index in range(end, min(end + _BEHIND, len(text.words))):
        word = text.words[index]
        if not word.is_glued or word.is_capital or text.pos[index] not in ("NOUN", "ADJ", "PROPN"):
            return end
        for stop, values in lexicon.nouns.matches(text.words, index):
            is_modifier = stop < len(text.words) and text.words[stop].is_glued and text.pos[stop] == "NOUN"
            if values[0][0] not in _TERRITORIES and not is_modifier:
                return stop if text.key(index, stop) not in lexicon.governments else end
    return end


#: Kinds that a noun tells of a country or a town itself: "the Singapore state", "Osaka city".
_TERRITORIES = frozenset({"country", "local-government"})


def is_after_noun(text: Text, index: int) -> bool:
    """Say whether a noun for an organisation stands right before, in a language that puts it there."""
    return text.lexicon.home is not None and any(
        end == index
        for start in range(max(0, index - 2), index)
        for end, _ in text.lexicon.nouns.matches(text.words, start)
    )


def _owner(text: Text, start: int) -> str | None:
    """Return the country in "Japan's METI" or "the Japanese METI"."""
    index = start - 1
    if index > 0 and text.words[index].text == "s" and text.words[index].gap in ("'", "’"):
        index -= 1
    if index < 0 or not text.words[start].is_glued or text.covered[index] < 0:
        return None
    entry = text.listed[text.covered[index]].entry
    is_adjective = entry.sort == "demonym" or index < start - 1
    return entry.country if is_adjective and entry.sort != "known" else None


def _nation_behind(text: Text, end: int) -> str | None:
    """Return the country to which a body belongs by the words behind its name: "of Japan", "nước Lào"."""
    lexicon, index = text.lexicon, end
    if index >= len(text.words) or not text.words[index].is_glued:
        return None
    if text.words[index].key not in lexicon.possession | (lexicon.of_country - lexicon.locative):
        return None
    index = skip_articles(text, index + 1)
    listed = text.listed_at.get(index)
    is_country = listed is not None and listed.entry.sort == "country" and text.words[index].is_glued
    return listed.entry.country if listed is not None and is_country else None


def _behind(text: Text, end: int) -> str | None:
    """Return the place in "X (Úc)", "X du Bénin", "X of Thailand", "X (KISA) de Corée"."""
    index = end
    if index + 1 < len(text.words) and text.gap(index).strip() == "(" and text.gap(index + 1).startswith(")"):
        listed = text.listed_at.get(index)
        if listed is not None and listed.entry.sort != "known":
            return listed.entry.country
        index += 1
    for position in range(index, min(index + _BEHIND, len(text.words))):
        word = text.words[position]
        if not (word.gap.strip(" )") in ("", "(") or word.is_glued):
            return None
        listed = text.listed_at.get(position)
        if listed is not None and listed.entry.sort in ("country", "capital", "city"):
            return listed.entry.country
        if word.key not in text.lexicon.of_country | text.lexicon.articles:
            return None
    return None


def _adjective(text: Text, name: Candidate) -> str | None:
    """Return the country of a demonym in an apposition: before the name, or behind it after a comma."""
    for index in range(name.start - 1, max(-1, name.start - 1 - _BEFORE), -1):
        if not text.words[index + 1].is_glued:
            break
        if text.covered[index] >= 0:
            entry = text.listed[text.covered[index]].entry
            is_behind = bool(text.lexicon.home) and entry.sort == "country" and _is_noun(text, index - 1)
            if entry.sort == "demonym" or is_behind or describes_body(text, index + 1) == name.start:
                return entry.country
            break
    if text.gap(name.end).strip() == ",":
        for index in range(name.end, min(name.end + 5, len(text.words))):
            if index > name.end and not text.words[index].is_glued:
                break
            listed = text.listed_at.get(index)
            if listed is not None and listed.entry.sort in ("demonym", "country"):
                return listed.entry.country if index > name.end or listed.entry.sort == "country" else None
    return None


def _is_noun(text: Text, index: int) -> bool:
    return index >= 0 and any(
        end == index + 1
        for start in range(max(0, index - 2), index + 1)
        for end, _ in text.lexicon.nouns.matches(text.words, start)
    )
