"""Persons with their titles, and for whom they stand.

In: ``Text``. Out: ``Person`` values: a head of state, minister or ambassador stands for a country, a deputy
minister for a ministry, other people for the organisation that they speak for.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.mentions.candidates import (
    PERSON_PARTICLES,
    Candidate,
    begins_person,
    country_of,
    final_kind,
    is_compound,
)
from kg.mentions.extension import extend_name
from kg.mentions.leaders import is_bare_title, leader_in
from kg.mentions.steps import walk_name
from kg.names.texts import Text


@dataclass(frozen=True, slots=True)
class Person:
    """Words ``start`` to ``end`` are a person (``name`` is where the name begins, ``end`` if none does).

    ``role``: state, deputy, organisation, honorific, person.
    """

    start: int
    end: int
    name: int
    role: str
    country: str | None = None


def find_people(text: Text, runs: list[Candidate]) -> list[Person]:
    """Return the persons of the text in order, later mentions by surname included."""
    people = _titled(text)
    taken = {index for person in people for index in range(person.start, person.end)}
    known = {
        word.fold for person in people for word in text.words[person.name : person.end] if word.is_capital
    }
    for run in runs:
        if any(index in taken for index in range(run.start, run.end)):
            continue
        leader = leader_in(text, run.start, run.end)
        if leader is not None and run.kind is None and run.start not in text.residue:
            people.append(Person(*leader[:2], leader[0], "state", leader[2]))
        elif _is_told(text, run):
            people.append(Person(run.start, run.end, run.start, "organisation"))
            known.update(word.fold for word in text.words[run.start : run.end])
        elif _is_person(text, run, known):
            people.append(Person(run.start, run.end, run.start, "person"))
            known.update(word.fold for word in text.words[run.start : run.end])
    return sorted(people, key=lambda person: person.start)


def _titled(text: Text) -> list[Person]:
    people: list[Person] = []
    index = 0
    while index < len(text.words):
        title = None if index in text.residue else _title_at(text, index)
        person = _person(text, index, *title) if title else None
        if person is None and title and is_bare_title(text, index, *title):
            person = Person(index, title[0], title[0], "bare")
        if person is None:
            index += 1
        else:
            people.append(person)
            index = person.end
    return people


def _title_at(text: Text, index: int) -> tuple[int, str] | None:
    best = None
    if text.words[index].gap == "-":
        return None
    for end, values in text.lexicon.titles.matches(text.words, index):
        for role, form in values:
            written = text.text(index, end)
            if written == form or (
                written[1:] == form[1:] and (text.is_sentence_start(index) or form[0].isupper() is False)
            ):
                best = (end, role)
                break
    return best


def _person(text: Text, start: int, after: int, role: str) -> Person | None:
    index, country = after, country_of(text, start, after)
    if role == "honorific":
        return _addressed(text, start, after)
    if role == "deputy" and text.lexicon.home and begins_head(text, after):
        name = extend_name(text, after, after + 1, "government-body")
        role, after = ("organisation", name.end) if name is not None else (role, after)
    if role == "state" and _leads_body(text, start, after):
        role = "organisation"
    if role in ("state", "deputy"):
        index, country = _office(text, after, role)
    elif role == "organisation":
        after = _after_seat(text, after)
        end = name_end(text, after)
        return (
            Person(after, end, after, role)
            if end > after and not _is_organisation(text, after, end)
            else None
        )
    while (
        index < len(text.words)
        and text.words[index].is_glued
        and (nested := _title_at(text, index))
        and nested[1] == "honorific"
    ):
        index = nested[0]
    end = name_end(text, index)
    country = country or _owner(text, start) or country_after(text, end)
    if end > index:
        leader = leader_in(text, index, end) if country is None and role == "state" else None
        country = country or (leader[2] if leader else text.lexicon.families.get(text.words[index].text))
        return Person(start, end, index, role, country)
    if index > after or (role == "state" and country):
        return Person(start, index, index, role, country)
    if role == "state" and text.words[start].text[0].isupper() and (after - start > 1 or text.lexicon.home):
        return Person(start, after, after, "bare")
    return None


def _addressed(text: Text, start: int, after: int) -> Person | None:
    """Read a word of address with the name or title that follows: "ông Long", "Mr President"."""
    end = name_end(text, after, anything=True)
    if after < len(text.words) and (text.words[after].gap == "-" or _is_organisation(text, after, end)):
        return None
    is_body = begins_head(text, after) or _begins_body(text, after)
    if _is_no_title(text, start, after) or (not text.lexicon.home and is_body):
        return None
    if end > after:
        leader = leader_in(text, after, end)
        return (
            Person(start, end, after, "state", leader[2])
            if leader
            else Person(start, end, after, "honorific")
        )
    nested = _title_at(text, after) if after < len(text.words) else None
    return _person(text, start, *nested) if nested else None


def _begins_body(text: Text, index: int) -> bool:
    """Say whether a noun for a body goes on as none of a person does: "General Authority for Supply
    Commodities" is no officer.
    """
    glue = text.lexicon.possession | text.lexicon.purpose
    return index < len(text.words) and any(
        end < len(text.words) and text.words[end].is_glued and text.words[end].key in glue
        for end, _ in text.lexicon.heads.matches(text.words, index)
    )


def _is_no_title(text: Text, start: int, after: int) -> bool:
    """Say whether a word of address is part of a name or of a place: "Hoàng Anh Gia Lai", "Bà Rịa"; and
    whether a nation follows, not a name: "kỹ sư Việt Nam".
    """
    if text.lexicon.home is None:
        return False
    word, listed = text.words[start], text.listed_at.get(start)
    is_inside = start > 0 and word.is_capital and text.words[start - 1].is_capital and word.gap == " "
    is_place = listed is not None and listed.end > after
    follows = text.listed_at.get(after)
    is_nation = follows is not None and follows.entry.sort in ("country", "demonym")
    return is_inside or is_place or is_nation


def _leads_body(text: Text, start: int, end: int) -> bool:
    """Say whether a title is that of a body with a president: "président de l'université de Rabat"."""
    titles = text.lexicon.titles.matches(text.words, start)
    if not any(stop == end and role == "presiding" for stop, values in titles for role, _ in values):
        return False
    small = text.lexicon.prepositions | text.lexicon.articles
    while end < len(text.words) and text.words[end].key in small and text.words[end].is_glued:
        end += 1
    return (
        end < len(text.words)
        and text.words[end].is_glued
        and any(True for _ in text.lexicon.heads.matches(text.words, end))
    )


def _is_organisation(text: Text, start: int, end: int) -> bool:
    """Say whether what follows a title is no person but a body: "kỹ sư FPT", "đại diện GoXanh"."""
    if end == start:
        return False
    first, listed = text.words[start], text.listed_at.get(start)
    is_written_so = first.is_acronym or any(letter.isupper() for letter in first.text[2:])
    is_known = listed is not None and listed.entry.sort == "known" and listed.end == end
    shouts = all(word.is_acronym for word in text.words[start:end]) and end - start > 1
    return (is_written_so and not shouts) or is_known or final_kind(text, start, end)[0] is not None


def _after_seat(text: Text, index: int) -> int:
    """Pass over the noun for a place between an office and a name: "Chủ tịch UBND tỉnh Lê Văn An"."""
    if text.lexicon.home is None:
        return index
    for end, values in text.lexicon.nouns.matches(text.words, index):
        if values[0][0] == "local-government" and begins_person(text, end):
            return end
    return index


def begins_head(text: Text, index: int) -> bool:
    """Say whether the name of an organisation begins here."""
    if index >= len(text.words):
        return False
    if text.words[index].is_acronym and len(text.words[index].text) > 1:
        return True
    for _, values in text.lexicon.heads.matches(text.words, index):
        if any(form[0].isupper() or not text.words[index].text[0].isupper() for _, form in values):
            return text.lexicon.home is not None
    return False


def _office(text: Text, after: int, role: str) -> tuple[int, str | None]:
    """Return where the portfolio and country after a title end: "des Sciences", "of Korea", "sud-coréen"."""
    index = after
    country = None
    if index >= len(text.words):
        return index, None
    if not text.lexicon.home:
        end = _before_person(text, after, walk_name(text, after - 1, after, "government-body", capital=True))
        if end > after and any(word.is_capital for word in text.words[after:end]):
            return end, country_of(text, after, end)
    listed = text.listed_at.get(index)
    if listed is not None and text.words[index].is_glued and listed.entry.sort in ("country", "demonym"):
        return listed.end, listed.entry.country
    return index, country


def _before_person(text: Text, start: int, end: int) -> int:
    """Cut the name of a person off the end of an office that was read too far."""
    for index in range(start, end):
        if text.words[index].text in text.lexicon.surnames and text.words[index].gap == " ":
            return index
    cut = end
    while cut - 1 > start and text.ents[cut - 1] == "PER" and text.words[cut - 1].is_capital:
        before = text.words[cut - 2].key
        if before in text.lexicon.prepositions | text.lexicon.articles | text.lexicon.conjunctions:
            break
        cut -= 1
    return cut


def _owner(text: Text, start: int) -> str | None:
    """Return the country before a title: "Vietnamese Prime Minister", "Indonesia's President"."""
    index = start - 1
    if index > 0 and text.words[index].is_capital and text.covered[index] < 0 and text.words[start].is_glued:
        # "Ukrainian Deputy Digital Minister"
        index -= 1
    if index > 0 and text.words[index].fold == "s" and text.words[index].gap in ("'", "’"):
        index -= 1
    if index >= 0 and text.covered[index] >= 0 and text.words[start].is_glued:
        listed = text.listed[text.covered[index]]
        if listed.entry.sort in ("country", "demonym", "capital"):
            return listed.entry.country
    return None


def country_after(text: Text, end: int) -> str | None:
    """Return the country in apposition: ", President of the UAE", "(Hàn Quốc)"."""
    for index in range(end, min(end + 6, len(text.words))):
        if index == end and text.gap(index).strip() not in (",", "("):
            return None
        listed = text.listed_at.get(index)
        if listed is not None and listed.entry.sort == "country" and index > end:
            return listed.entry.country if _title_at(text, end) else None
        if index > end and not text.words[index].is_glued:
            return None
    return None


def name_end(text: Text, start: int, *, anything: bool = False) -> int:
    """Return where a person's name that begins at ``start`` ends; ``start`` when there is none."""
    index = start
    while index < len(text.words) and index - start < 6:
        word = text.words[index]
        if not (word.is_glued or (index == start and word.gap in (" ", ". ", "."))):
            break
        small = (
            word.text in PERSON_PARTICLES
            and index > start
            and index + 1 < len(text.words)
            and text.words[index + 1].is_capital
        )
        if not (word.is_capital or small or (word.gap == "-" and index > start)) or is_compound(text, index):
            break
        if index == start and not anything and begins_head(text, index):
            break
        if word.gap in ("'", "’") and word.fold == "s":
            if index + 1 < len(text.words) and text.words[index + 1].is_capital and index - start == 1:
                return start
            break
        listed = text.listed_at.get(index)
        if (
            listed is not None
            and listed.entry.sort in ("country", "known")
            and listed.end - listed.start >= 1
            and not anything
            and not _is_syllable(text, index)
        ):
            break
        if word.is_acronym and len(word.text) > 1 and not text.words[start].is_acronym:
            break
        index += 1
    return index


def _is_syllable(text: Text, index: int) -> bool:
    return text.ents[index] == "PER"


def _is_told(text: Text, run: Candidate) -> bool:
    """Say whether a title beside two or more plain capitalised words tells that they name a person: "Marta
    Ruiz, director of", "le directeur de l'institut, Karim Sefrioui".
    """
    words = text.words[run.start : run.end]
    if not 2 <= len(words) <= _LONGEST_NAME or run.kind is not None or words[0].gap == "-":
        return False
    if any(word.is_acronym or not word.text.istitle() for word in words) or run.start in text.listed_at:
        return False
    is_before = text.lexicon.home is None and text.words[run.start].gap == ", "
    if all(label == "ORG" for label in text.ents[run.start : run.end]):
        # "l'ambassadeur de Finlande, Pekka Ruona, est venu"
        return is_before and text.gap(run.end) == ", " and _title_before(text, run.start, _HIGH)
    return _title_behind(text, run.end) or (is_before and _title_before(text, run.start))


#: So many words has the longest name of a person, and so many may stand between a title and its holder.
_LONGEST_NAME, _FAR = 4, 12
#: Roles of those who hold an office of their state, and of all that are no mere address.
_HIGH = frozenset({"state", "deputy"})
_OFFICES = _HIGH | {"presiding", "organisation"}


def _title_behind(text: Text, index: int) -> bool:
    if index >= len(text.words) or text.words[index].gap != ", ":
        return False
    while index < len(text.words) and text.words[index].key in text.lexicon.articles:
        index += 1
    return index < len(text.words) and _title_at(text, index) is not None


def _title_before(text: Text, index: int, roles: frozenset[str] = _OFFICES) -> bool:
    for start in range(index - 1, max(-1, index - 1 - _FAR), -1):
        if text.pos[start] in ("VERB", "AUX") and not text.words[start].is_capital:
            return False
        title = _title_at(text, start)
        if title is not None and title[0] <= index and title[1] in roles:
            return True
        if not text.words[start].is_glued:
            return False
    return False


def _is_person(text: Text, run: Candidate, known: set[str]) -> bool:
    """Say whether an untitled run of capitalised words is a person's name."""
    words = text.words[run.start : run.end]
    if words[-1].text in text.lexicon.not_partner_last:
        return False
    number = text.covered[run.start]
    if number >= 0 and text.listed[number].start < run.start and text.listed[number].end == run.end:
        return False
    if run.kind is not None or (run.start in text.listed_at and text.listed_at[run.start].end == run.end):
        return False
    if all(word.fold in known for word in words) and not words[0].is_acronym:
        return text.words[run.start].gap != "-" and (
            len(words) > 1 or not text.lexicon.home or text.ents[run.start] == "PER"
        )
    if (
        words[0].text in text.lexicon.surnames
        and 2 <= len(words) <= 5
        and not any(word.is_acronym for word in words)
    ):
        # "Đoàn Peru" is a delegation.
        return not _is_country(text, run.start + 1, run.end)
    labels = [text.ents[index] for index in range(run.start, run.end)]
    return len(words) > 1 and labels.count("PER") * 2 > len(labels) and not any(w.is_acronym for w in words)


def _is_country(text: Text, start: int, end: int) -> bool:
    listed = text.listed_at.get(start)
    return listed is not None and listed.end == end and listed.entry.sort == "country"
