"""Bodies of a state named in small letters, by their country and what they do: "Oman's higher education
ministry", "the Congolese roads office", "le département vietnamien de géologie".

In: ``Text``. Out: ``Candidate`` values with the country that owns the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.bounds import skip_articles
from kg.mentions.candidates import Candidate, country_of
from kg.names.texts import Listed, Text
from kg.names.towns import town_of

#: How many words may stand between the owner and the noun.
_LONGEST = 6


#: What may stand in the description of what a body does.
_CONTENT = frozenset({"NOUN", "ADJ", "PROPN"})
_SMALL = frozenset({"ADP", "DET", "CCONJ"})


def find_offices(text: Text) -> Iterator[Candidate]:
    """Yield each body of a state that is named by its country and by what it does."""
    if text.lexicon.home:
        return
    yield from _described_after(text) if text.lexicon.lowercase_names else _ministries(text)
    if not text.lexicon.lowercase_names:
        yield from _described_before(text)
        yield from _territories(text)


#: What may be called by its country or city and by what it does: "Turin's chamber of commerce".
_KINDS = frozenset({"government-body", "association", "research-institute", "university"})


def _kind_at(text: Text, index: int) -> str | None:
    """Return the kind of body that a small noun here tells, if any."""
    if text.words[index].is_capital or index in text.residue:
        return None
    kinds = {
        values[0][0]
        for start in (max(0, index - 1), index)
        for end, values in text.lexicon.nouns.matches(text.words, start)
        if end == index + 1
    }
    if text.key(index, index + 1) in text.lexicon.governments:
        return None
    return min(kinds & _KINDS, key=lambda kind: (kind != "government-body", kind), default=None)


def _territories(text: Text) -> Iterator[Candidate]:
    """Yield "the city of Bishkek", a capital that is meant as a city, and places that no list has."""
    lexicon = text.lexicon
    for index in range(len(text.words) - 2):
        name = index + 2
        if text.words[index].text not in lexicon.territories or index in text.residue:
            continue
        if text.words[index + 1].key not in lexicon.possession or not text.words[name].is_glued:
            continue
        listed = text.listed_at.get(name)
        is_open = listed.entry.sort == "capital" if listed is not None else _is_town(text, name)
        first = index
        while first and text.words[first].is_glued and text.words[first - 1].key in lexicon.articles:
            first -= 1
        if not is_open or not text.words[name].is_capital or text.before(first) in _where(text):
            continue
        end = name + 1 if listed is None else listed.end
        while end < len(text.words) and text.words[end].gap in (" ", "-") and text.words[end].is_capital:
            end += 1
        yield Candidate(index, end, "head", "local-government", country_of(text, name, end), index)


def _is_town(text: Text, index: int) -> bool:
    """Say whether a town that no list has begins here."""
    word = text.words[index]
    return not word.is_acronym and any(
        town_of(text.fold(index, end)) is not None
        for end in range(index + 1, min(index + 4, len(text.words) + 1))
    )


def _where(text: Text) -> frozenset[str]:
    """Return the words before a place where something is, not one that acts."""
    return text.lexicon.inside | (text.lexicon.locative - text.lexicon.joints)


def _body_at(text: Text, index: int) -> bool:
    """Say whether a small noun for a body of the state stands here."""
    return _kind_at(text, index) == "government-body"


def _is_apposed(text: Text, start: int, end: int) -> bool:
    """Say whether a comma sets the words beside a name: "Enabel, the Belgian development agency"."""
    while start and text.words[start].is_glued and text.words[start - 1].key in text.lexicon.articles:
        start -= 1
    if start and text.words[start].gap.strip() == "," and text.words[start - 1].is_capital:
        # "On Monday, Lithuania's ministry"
        return not (start > 1 and text.pos[start - 2] == "ADP" and text.is_sentence_start(start - 2))
    return end < len(text.words) and text.words[end].gap.strip() == "," and text.words[end].is_capital


def _described_before(text: Text) -> Iterator[Candidate]:
    """Read "the Congolese roads office", "Ghana's identification authority", "the Dutch embassy"; "the Korean
    state agency" is none.
    """
    for index in range(len(text.words)):
        kind = _kind_at(text, index)
        if kind is None:
            continue
        first = index
        while first and index - first < _LONGEST and text.words[first].is_glued and _tells(text, first - 1):
            first -= 1
        owner = _owner(text, first)
        is_open = owner == first and kind == "government-body"
        if is_open and (place := _behind(text, index)) is not None:
            yield Candidate(first, place.end, "head", "government-body", place.entry.country, first)
            continue
        end = _told_behind(text, index + 1)
        told = [
            word
            for word in (*text.words[first:index], *text.words[index + 1 : end])
            if word.key not in text.lexicon.vague | text.lexicon.possession
        ]
        goes_on = end < len(text.words) and text.words[end].gap in (" ", "-")
        if (
            any(text.pos[i] == "ADJ" and text.words[i].fold.endswith("est") for i in range(first, index))
            or not (told or _tells_enough(text, index))
            or owner == first
            or (goes_on and text.words[end].is_capital)
        ):
            continue
        if not _is_apposed(text, owner, end):
            country = country_of(text, owner, first)
            yield Candidate(owner, end, "head", kind, country, first)


def _told_behind(text: Text, index: int) -> int:
    """Return where the portfolio behind a noun ends: "Fiji's ministry of communications"; else ``index``."""
    end = index
    while end < len(text.words) and end - index < _LONGEST and text.words[end].is_glued:
        joins = text.words[end].key in (text.lexicon.conjunctions if end > index else text.lexicon.possession)
        if not joins and (end == index or not _tells(text, end)):
            break
        end += 1
    while end > index and text.words[end - 1].key in text.lexicon.possession | text.lexicon.conjunctions:
        end -= 1
    return end


def _behind(text: Text, index: int) -> Listed | None:
    """Return the country behind a noun that tells enough: "the central bank of Mauritius"."""
    after = index + 1
    if after >= len(text.words) or text.words[after].key not in text.lexicon.possession:
        return None
    place = text.listed_at.get(skip_articles(text, after + 1))
    is_told = place is not None and place.entry.sort == "country" and _tells_enough(text, index)
    return place if is_told else None


def _tells_enough(text: Text, index: int) -> bool:
    """Say whether the noun alone tells what the body is: an embassy, a central bank, no agency or
    government.
    """
    if text.words[index].key in text.lexicon.governments | text.lexicon.vague or not _body_at(text, index):
        return False
    return any(text.key(start, index + 1) in text.lexicon.people for start in (max(0, index - 1), index))


def _tells(text: Text, index: int) -> bool:
    word = text.words[index]
    return (
        not word.is_capital and text.covered[index] < 0 and text.pos[index] in _CONTENT and len(word.text) > 1
    )


def _described_after(text: Text) -> Iterator[Candidate]:
    """Read "le département vietnamien de géologie", "la direction sénégalaise du génie"."""
    lexicon = text.lexicon
    for index in range(len(text.words) - 2):
        if (before := _told_before(text, index)) is not None:
            yield before
        listed = text.listed_at.get(index + 1)
        if listed is None or listed.entry.sort != "demonym" or text.words[index + 1].is_capital:
            continue
        end = listed.end
        if (
            not _body_at(text, index)
            or end >= len(text.words)
            or text.words[end].key not in lexicon.possession
        ):
            continue
        last = end
        while (
            last < len(text.words)
            and last - end < _LONGEST
            and text.words[last].is_glued
            and (text.words[last].key in lexicon.possession | lexicon.articles or _tells(text, last))
        ):
            last += 1
        while text.pos[last - 1] in _SMALL:
            last -= 1
        told = (place for place in range(end, last) if _tells(text, place))
        is_told = any(text.words[place].key not in lexicon.vague for place in told)
        if is_told and not _is_apposed(text, index, last):
            yield Candidate(index, last, "head", "government-body", listed.entry.country, index)


def _is_firm(text: Text, index: int) -> bool:
    """Say whether a noun for firms begins here: "la direction du groupe français" is no office."""
    return any(
        kind == "company" for _, values in text.lexicon.nouns.matches(text.words, index) for kind, _ in values
    )


def _told_before(text: Text, index: int) -> Candidate | None:
    """Return "l'agence d'investissement ouzbèke" or "la chambre de commerce djiboutienne": what it does, then
    whose it is.
    """
    kind, last = _kind_at(text, index), index + 1
    if kind is None or text.words[last].key not in text.lexicon.possession or not text.words[last].is_glued:
        return None
    if text.words[index].key in text.lexicon.parts:
        return None
    while last < len(text.words) and last - index < _LONGEST and text.words[last].is_glued:
        listed = text.listed_at.get(last)
        if listed is not None and listed.entry.sort == "demonym" and not text.words[last].is_capital:
            is_told = any(
                _tells(text, place) and text.words[place].key not in text.lexicon.vague
                for place in range(index + 2, last)
            )
            found = Candidate(index, listed.end, "head", kind, listed.entry.country, index)
            return found if is_told and not _is_apposed(text, index, listed.end) else None
        joins = text.words[last].key in text.lexicon.possession | text.lexicon.articles
        if (not joins and not _tells(text, last)) or _is_firm(text, last):
            return None
        last += 1
    return None


def _ministries(text: Text) -> Iterator[Candidate]:
    """Yield each ministry named by its portfolio in small letters with the country before it."""
    noun = text.lexicon.ministry.lower()
    for index, word in enumerate(text.words):
        if word.text != noun or index in text.residue:
            continue
        first = _first(text, index)
        owner = _owner(text, first)
        if first < index and owner < first:
            country = country_of(text, owner, first)
            yield Candidate(owner, index + 1, "head", "government-body", country, first)


def _first(text: Text, index: int) -> int:
    """Return where the portfolio of the ministry whose noun is at ``index`` begins."""
    first = index
    while first > 0 and index - first < _LONGEST and text.words[first].gap in (" ", "-"):
        before = text.words[first - 1]
        joins = before.key in text.lexicon.conjunctions and first < index
        if not joins and before.text.capitalize() not in text.lexicon.topics and not before.is_acronym:
            break
        if text.covered[first - 1] >= 0:
            break
        first -= 1
    return first


def _owner(text: Text, first: int) -> int:
    """Return where the country before word ``first`` begins ("Oman's", "Japanese"); else ``first``."""
    last = first - 1
    if last > 0 and text.words[last].text == "s" and text.words[last].gap in ("'", "’"):
        last -= 1
    if last < 0 or not text.words[first].is_glued or text.covered[last] < 0:
        return first
    listed = text.listed[text.covered[last]]
    owns = listed.entry.sort == "demonym" or (listed.entry.sort != "known" and last < first - 1)
    return listed.start if owns else first
