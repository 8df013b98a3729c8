"""Words that stand for partners named elsewhere: "hai bên", "les deux pays", "the Dutch group", "tập đoàn
này".

In: ``Text``. Out: ``Group`` values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.mentions.heads import description_end
from kg.mentions.origins import describes_body
from kg.names.texts import Listed, Text


@dataclass(frozen=True, slots=True)
class Group:
    """Words ``start`` to ``end`` stand for one or two partners.

    ``source``: pair ("the two sides"), nation ("South Korean experts"), anaphor ("the Dutch group"), self
    ("we").
    """

    start: int
    end: int
    source: str
    kind: str | None = None
    country: str | None = None

    @property
    def is_of_country(self) -> bool:
        """Say whether it is a body that is told by its country: "hãng Thụy Điển"."""
        return self.source == "anaphor" and self.country is not None


def find_groups(text: Text) -> list[Group]:
    """Return the periphrases of the text in order."""
    found: list[Group] = []
    index = 0
    while index < len(text.words):
        group = (
            None
            if index in text.residue
            else _first_person(text, index)
            or _pair(text, index)
            or _nation(text, index)
            or _anaphor(text, index)
        )
        if group is None:
            index += 1
        else:
            found.append(group)
            index = max(group.end, index + 1)
    return found


def _first_person(text: Text, index: int) -> Group | None:
    """Read "we", "notre", "chúng tôi": the body for which somebody speaks; "our country" is none."""
    lexicon, end = text.lexicon, index + 1
    if text.words[index].key not in lexicon.first_person:
        # "chúng tôi" has two syllables.
        end += 1
        if not lexicon.home or end > len(text.words) or text.key(index, end) not in lexicon.first_person:
            return None
    is_name = text.words[index].is_capital and _capital_follows(text, end)
    is_home = any(text.key(end, stop) in lexicon.homelands for stop in (end + 1, end + 2))
    # The United States are no "us".
    is_other = is_home or is_name or text.words[index].is_acronym
    return None if is_other else Group(index, end, "self")


def _pair(text: Text, index: int) -> Group | None:
    best = None
    for end, values in text.lexicon.groups.matches(text.words, index):
        number, what, *home = values[0][0].split("_")
        source = "pair" if number == "two" else "anaphor"
        best = Group(index, end, source, None if what == "any" else what, home[0] if home else None)
    return None if best is not None and best.source == "anaphor" and _goes_on(text, best.end) else best


def _goes_on(text: Text, index: int) -> bool:
    """Say whether a name goes on: "UBND thành phố Huế", "the People's Committee of Hue"; a person is none."""
    if index >= len(text.words) or not text.words[index].is_glued:
        return False
    word = text.words[index]
    if word.is_capital:
        return word.text not in text.lexicon.surnames or index in text.listed_at
    return word.key in text.lexicon.possession | text.lexicon.prepositions


def _capital_follows(text: Text, index: int) -> bool:
    """Say whether a name begins or goes on at the word."""
    return index < len(text.words) and text.words[index].is_glued and text.words[index].is_capital


def _nation(text: Text, index: int) -> Group | None:
    """Read a demonym beside people or firms ("South Korean experts", "phía Nhật")."""
    listed = text.listed_at.get(index)
    if listed is None or not (
        listed.entry.sort == "demonym" or (text.lexicon.home and listed.entry.sort == "country")
    ):
        return None
    country = listed.entry.country
    before, after = index - 1, listed.end
    if before >= 0 and text.words[index].is_glued and _people_before(text, before):
        start = _people_start(text, before)
        if text.lexicon.home and (_capital_follows(text, after) or _owns_name(text, start)):
            # "Công ty Đức Siemens Healthineers", "Mahindra của Ấn Độ"
            return None
        noun = _noun_at(text, start) if text.lexicon.home else None
        if noun is not None and noun[0] == listed.start and _is_one(text, start):
            return Group(start, listed.end, "anaphor", noun[1], country)
        return Group(start, listed.end, "nation", "country", country)
    if listed.entry.sort == "demonym":
        end = _people_after(text, after)
        if end > after:
            return Group(index, end, "nation", "country", country)
        if text.words[index].text[0].isupper() and _is_noun(text, index) and not _calls_name(text, after):
            return Group(index, listed.end, "nation", "country", country)
        if _joins_nation(text, index):
            return Group(index, listed.end, "nation", "country", country)
    return None


def _owns_name(text: Text, index: int) -> bool:
    """Say whether what follows only tells whose a named firm is: "của" of "Mahindra của Ấn Độ"."""
    word = text.words[index]
    is_owned = word.key in text.lexicon.owned and word.is_glued and index > 0
    return is_owned and text.words[index - 1].is_capital


def _people_before(text: Text, index: int) -> bool:
    return _people_start(text, index) <= index


def _people_start(text: Text, index: int) -> int:
    """Return where a noun for people that ends at ``index`` begins; beyond it when there is none."""
    people = text.lexicon.people
    for start in range(max(0, index - 2), index + 1):
        if text.key(start, index + 1) in people and all(
            word.is_glued for word in text.words[start + 1 : index + 1]
        ):
            return start
    # "entreprises technologiques françaises"
    if not text.lexicon.home and text.pos[index] == "ADJ" and index and text.words[index].is_glued:
        return index - 1 if text.words[index - 1].key in people else index + 1
    return index + 1


def _people_after(text: Text, after: int) -> int:
    """Return where a noun for people behind a demonym ends: "chip companies"; else ``after``."""
    for index in range(after, min(after + 3, len(text.words))):
        word = text.words[index]
        if not word.is_glued or word.is_capital:
            break
        if word.key in text.lexicon.people:
            return index + 1
        if text.pos[index] not in ("ADJ", "NOUN", "PROPN"):
            break
    return after


def _calls_name(text: Text, after: int) -> bool:
    """Say whether a nation's noun only calls the firm that follows: "le Saoudien ACWA Power", "les
    Israéliens de Spacecom".
    """
    if not text.lexicon.lowercase_names:
        return False
    if (
        after < len(text.words)
        and text.words[after].is_glued
        and text.words[after].key in text.lexicon.possession
    ):
        after += 1
    listed = text.listed_at.get(after)
    return _capital_follows(text, after) and (listed is None or listed.entry.sort == "known")


def _is_noun(text: Text, index: int) -> bool:
    if text.lexicon.home or text.pos[index] not in ("NOUN", "PROPN"):
        return False
    if text.lexicon.lowercase_names:
        return True
    # "the Jordanians", but not "Mercedes" before another noun.
    after = index + 1
    alone = after >= len(text.words) or not text.words[after].is_glued or text.pos[after] not in _NOUNS
    return alone and text.words[index].text.endswith("s") and not text.words[index].is_acronym


_NOUNS = frozenset({"NOUN", "PROPN"})


def _joins_nation(text: Text, index: int) -> bool:
    """Say whether a small adjective goes on from another nation's: "exposants japonais, canadiens et
    indiens".
    """
    if text.words[index].text[0].isupper() or index < 2:
        return False
    joined = text.words[index - 1].key in text.lexicon.conjunctions
    last = index - 2 if joined else index - 1
    if not joined and text.words[index].gap.strip() != ",":
        return False
    listed = text.listed_at.get(last)
    if listed is None or listed.entry.sort != "demonym" or not text.words[last].is_glued:
        return bool(listed and listed.entry.sort == "demonym" and _joins_nation(text, last))
    return _people_before(text, last - 1) or _joins_nation(text, last)


def _anaphor(text: Text, index: int) -> Group | None:
    """Read "the company", "le groupe néerlandais", "the Dutch chipmaker", "tập đoàn này", "hãng Hàn Quốc"."""
    lexicon = text.lexicon
    if lexicon.home:
        return _anaphor_after(text, index)
    if text.words[index].key not in lexicon.determiners:
        return None
    position, country = index + 1, None
    for _ in range(3):
        if position >= len(text.words) or not text.words[position].is_glued:
            return None
        listed = text.listed_at.get(position)
        if listed is not None and listed.entry.sort == "demonym":
            if _is_noun_of_nation(text, index, listed.end):
                return Group(index, listed.end, "anaphor", "company", listed.entry.country)
            country, position = listed.entry.country, listed.end
            continue
        if listed is not None and _is_seat(text, listed):
            country, position = listed.entry.country, listed.end
            continue
        noun = _noun_at(text, position)
        if (end := description_end(text, position)) > position:
            return Group(index, end, "anaphor", "company", country)
        if noun is not None and _is_before_noun(text, noun[0]) and text.pos[noun[0]] != "VERB":
            # "the state firm"
            position = noun[0]
            continue
        if noun is not None:
            return _close(text, index, noun, country)
        if text.words[position].is_capital and not (
            _is_gentile(text, position) and _is_before_noun(text, position + 1)
        ):
            return None
        position += 1
    return None


def _is_seat(text: Text, listed: Listed) -> bool:
    """Say whether a place tells whose the body is that a noun behind it means: "the New Zealand company"."""
    if listed.entry.sort == "country":
        return describes_body(text, listed.end) > listed.end
    return listed.entry.sort in _SEATS and _is_before_noun(text, listed.end)


#: Places whose names tell where a body has its seat: "the San Diego group".
_SEATS = frozenset({"city", "capital"})


def _is_before_noun(text: Text, index: int) -> bool:
    """Say whether a noun for a body stands here, or behind one small word more: "the Dubai port group"."""
    for place in range(index, min(index + 2, len(text.words))):
        if not text.words[place].is_glued or text.words[place].is_capital:
            return False
        if _noun_at(text, place) is not None:
            return True
    return False


def _is_gentile(text: Text, index: int) -> bool:
    """Say whether a word tells by its ending that somebody is from a place: "Bavarian", "lyonnais"."""
    word, ending = text.words[index], text.lexicon.gentile
    return bool(ending) and index not in text.listed_at and re.fullmatch(ending, word.text) is not None


def _is_noun_of_nation(text: Text, start: int, end: int) -> bool:
    """Say whether a small demonym stands for a firm: "l'américain parlait d'investir"."""
    if text.words[end - 1].is_capital or not text.lexicon.bare_nations or start + 2 != end:
        return False
    if text.pos[start] != "DET" or text.pos[end - 1] not in ("NOUN", "ADJ"):
        return False
    return text.doc[text.tokens[end - 1]].dep_ in _SUBJECTS and not _capital_follows(text, end)


_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obl:agent"})


def _noun_at(text: Text, index: int) -> tuple[int, str] | None:
    best = None
    for end, values in text.lexicon.nouns.matches(text.words, index):
        best = (end, values[0][0])
    return None if best and text.key(index, best[0]) in text.lexicon.governments else best


def _close(text: Text, start: int, noun: tuple[int, str], country: str | None) -> Group | None:
    """End a definite noun phrase, unless it goes on to a name ("the chipmaker Infineon") or "of ..."."""
    end, kind = noun
    listed = text.listed_at.get(end)
    if listed is not None and listed.entry.sort == "demonym" and text.words[end].is_glued:
        country, end = listed.entry.country, listed.end
    elif end < len(text.words) and text.words[end].is_glued and _is_gentile(text, end):
        end += 1
    elif (seat := _seat_after(text, end)) is not None:
        return Group(start, seat.end, "anaphor", kind, seat.entry.country)
    if end < len(text.words) and text.words[end].is_glued:
        following = text.words[end]
        if following.is_capital or (following.gap in ("-", "'", "’") and following.fold != "s"):
            return None
        if following.key in text.lexicon.prepositions | text.lexicon.possession:
            return None
        if text.pos[end] in ("NOUN", "ADJ", "PROPN"):
            return None
    return Group(start, end, "anaphor", kind, country)


def _stands_alone(text: Text, start: int, end: int) -> bool:
    """Say whether a noun with a capital is all of a short name: "do Cục tổ chức", not "Cục trưởng"."""
    if end >= len(text.words):
        return True
    first, last, after = (text.tokens[index] for index in (start, end - 1, end))
    if (start and text.tokens[start - 1] == first) or last == after:
        return False
    return not text.words[end].is_glued or (
        not text.words[end].is_capital and text.pos[end] not in ("NOUN", "ADJ", "PROPN", "NUM")
    )


def _is_one(text: Text, index: int) -> bool:
    """Say whether a noun that begins here names one body: no word of number stands before it."""
    before = text.words[index - 1] if index and text.words[index].is_glued else None
    return before is None or (before.key not in text.lexicon.many and text.pos[index - 1] != "NUM")


def _seat_after(text: Text, index: int) -> Listed | None:
    """Return the place that ends a description: "le géant de Shenzhen", "the group from Seoul"."""
    words = text.words
    if index + 1 >= len(words) or not words[index].is_glued or not words[index + 1].is_glued:
        return None
    listed = text.listed_at.get(index + 1)
    if (
        words[index].key not in text.lexicon.leads_to_seat
        or listed is None
        or listed.entry.sort not in _SEATS
    ):
        return None
    return None if _capital_follows(text, listed.end) else listed


def _anaphor_after(text: Text, index: int) -> Group | None:
    noun = _noun_at(text, index)
    if noun is None or text.words[index].is_acronym:
        return None
    end, kind = noun
    if text.words[index].is_capital and _stands_alone(text, index, end):
        return Group(index, end, "anaphor", kind)
    listed = text.listed_at.get(end)
    country = None
    if (
        listed is not None
        and listed.entry.sort in ("country", "capital", "city")
        and text.words[end].is_glued
    ):
        country, end = listed.entry.country, listed.end
    if end < len(text.words) and text.words[end].is_glued and text.words[end].key in text.lexicon.after:
        return Group(index, end + 1, "anaphor", kind, country)
    is_seat = listed is not None and (listed.entry.sort == "country" or kind == "company")
    # "Công ty Đức Siemens Healthineers"
    is_named = _capital_follows(text, end)
    if not country or not is_seat or is_named or not _is_one(text, index):
        return None
    return Group(index, end, "anaphor", kind, country)
