"""How far a name goes after its head noun: "ministère de l'Industrie, de l'Énergie et du Climat".

In: ``Text`` and a head noun. Out: a ``Candidate``, or nothing when the noun is a common one there.
Names run on over prepositions, conjunctions and commas as the language's lists in ``names.toml`` allow, and
stop at verbs, punctuation and the next head noun.
"""

from __future__ import annotations

from kg.mentions.bounds import is_mission, skip_articles
from kg.mentions.candidates import (
    Candidate,
    begins_person,
    country_of,
    final_kind,
    is_compound,
    is_particle,
    may_join,
)
from kg.mentions.enumerations import begins_name
from kg.mentions.steps import walk_name
from kg.names.texts import Text


def extend_name(text: Text, start: int, after: int, kind: str) -> Candidate | None:
    """Return the name that begins with the head noun at words ``start`` to ``after``."""
    capital = text.words[start].text[0].isupper()
    if kind == "company" and (_is_letter(text, after) or _is_office(text, start, after)):
        return None
    if not capital:
        plain = _plain_head(text, start, after, kind)
        if plain is not None:
            return plain
    end = walk_name(text, start, after, kind, capital=capital)
    if text.lexicon.home and kind != "company":
        end = before_someone(text, after, end)
    acronym = _acronym_end(text, end, after)
    end = max(end, acronym)
    if text.lexicon.home and end > after and _is_pointed_at(text, after, end):
        return None
    proper = any(_is_proper(text, i) for i in range(after, end))
    described = capital and (
        acronym or (_is_long(text, start, end) and not (text.lexicon.home and kind == "company"))
    )
    if text.lexicon.lowercase_names and capital and _ends_foreign(text, start):
        return None
    left = start if text.lexicon.lowercase_names or not capital else _left_end(text, start)
    # A head of several words may have its name before it: "Kyoto Institute of Technology".
    is_named = proper or described if end > after else after - start > 1 and left < start
    if not is_named:
        return None
    # The capital of a sentence's first word tells nothing.
    is_plain = not capital or (text.lexicon.home is not None and text.is_sentence_start(start))
    if is_plain and _is_unnamed(text, (start, after, end), kind):
        return None
    if not text.lexicon.lowercase_names and not capital:
        return None
    if is_plain and (own := _after_country(text, after, end) or _after_trade(text, after, end, kind)):
        return Candidate(own, end, "noun", kind, country_of(text, start, own), own)
    return _headed(text, left, (start, after), end, kind)


def _headed(text: Text, start: int, head: tuple[int, int], end: int, kind: str) -> Candidate:
    """Return the name, of the kind that its last noun tells where its first is that of any firm: "Health
    Ministry".
    """
    after = head[1]
    country = _sender(text, start, head, end) or country_of(text, start, end)
    ending, noun = final_kind(text, start, end)
    is_field = kind == "company" and not text.lexicon.lowercase_names and noun >= after
    if is_field and ending not in (None, kind):
        return Candidate(start, end, "head", ending, country, start)
    return Candidate(start, end, "head", kind, country, _core(text, start, after, end))


def _sender(text: Text, start: int, head: tuple[int, int], end: int) -> str | None:
    """Return whose mission in another country it is; None of any other body."""
    if not is_mission(text, head[0]):
        return None
    seats = (index for index in range(head[1], end) if text.words[index].key in text.lexicon.seated)
    own = range(start, next(seats, end))
    # Also inside a name that lists have: "Đại sứ quán Pháp" of "Đại sứ quán Pháp tại Lào".
    countries = (
        entry.country
        for index in own
        for _, entries in text.lexicon.names.matches(text.words, index)
        for entry in entries
        if entry.sort in ("country", "demonym")
    )
    return next(countries, None)


def _is_letter(text: Text, index: int) -> bool:
    """Say whether one letter numbers what has no name: "le groupe G"."""
    word = text.words[index] if index < len(text.words) and text.lexicon.home is None else None
    is_one = word is not None and word.is_glued and word.is_capital and len(word.text) == 1
    return is_one and text.gap(index + 1) not in ("&", "'", "’", "-") and not _is_capital_at(text, index + 1)


def _is_office(text: Text, start: int, after: int) -> bool:
    """Say whether a field, which firms are named after too, is that of ministers: "the Ministers of Health
    of Fiji", "the Health Ministers of Fiji".
    """
    if text.lexicon.lowercase_names:
        return False
    before = text.words[start - 2].key if start > 1 and text.before(start) in text.lexicon.possession else ""
    follows = text.words[after].key if after < len(text.words) and text.words[after].is_glued else ""
    return bool({before, follows} & _OFFICES)


_OFFICES = frozenset({"minister", "ministers", "secretary", "secretaries"})


def _ends_foreign(text: Text, start: int) -> bool:
    """Say whether a noun ends a name of elsewhere and begins none: "l'Africa Finance Corporation"."""
    before = text.words[start - 1] if start else None
    return (
        before is not None
        and text.lexicon.home is None
        and text.words[start].gap == " "
        and before.is_capital
        and before.key not in text.lexicon.stop_words | text.lexicon.articles
        and text.pos[start - 1] not in ("DET", "ADP", "CCONJ", "NUM", "ADV")
    )


def _is_pointed_at(text: Text, after: int, end: int) -> bool:
    """Say whether "này" behind it makes a name a description: "Tập đoàn Viễn thông này"."""
    if (
        end >= len(text.words)
        or not text.words[end].is_glued
        or text.words[end].key not in text.lexicon.after
    ):
        return False
    return not any(_is_foreign(text, index) or text.covered[index] >= 0 for index in range(after, end))


def before_someone(text: Text, start: int, end: int) -> int:
    """Cut off the person whose name follows what ends a name: "Đại học Bách khoa Hà Nội Lê Quân"."""
    for index in range(start + 1, end - 1):
        words = text.words[index : index + 2]
        if not all(word.is_capital and word.is_glued and not word.is_acronym for word in words):
            continue
        number = text.covered[index - 1]
        if 0 <= number == text.covered[index]:
            # "Sở Du lịch TP. Hồ Chí Minh"
            continue
        sort = text.listed[number].entry.sort if number >= 0 and text.listed[number].end == index else None
        if words[0].text in text.lexicon.surnames and (sort in _ENDS or text.words[index - 1].is_acronym):
            return index
        if sort == "country" and text.ents[index] == "PER":
            return index
    return end


_ENDS = frozenset({"known", "country", "capital", "city"})


def _is_unnamed(text: Text, span: tuple[int, int, int], kind: str) -> bool:
    """Say whether only a country follows a common noun: "hãng wafer Đài Loan" is some firm, no name."""
    start, after, end = span
    if kind == "local-government":
        # "une ville du Tchad"
        place = text.listed_at.get(skip_articles(text, after + 1))
        of_country = place is not None and place.entry.sort == "country" and place.end == end
        return of_country and text.words[after].key in text.lexicon.possession and not text.lexicon.home
    if is_mission(text, start) or (kind in ("university", "government-body") and text.lexicon.home is None):
        return False
    if not any(stop == after for stop, _ in text.lexicon.nouns.matches(text.words, start)):
        return False
    proper = [index for index in range(after, end) if text.words[index].is_capital]
    return all(text.covered[i] >= 0 and text.listed[text.covered[i]].entry.sort != "known" for i in proper)


def _is_long(text: Text, start: int, end: int) -> bool:
    """Say whether a name in small letters is long enough to be one ("Autorité nationale de la
    transformation").
    """
    least = 4 if text.lexicon.home else 3 if text.is_sentence_start(start) else 2
    return end - start >= least


def _left_end(text: Text, start: int) -> int:
    """Return where the words before a head noun begin ("Queensland ... Centre for", "Food and Drugs
    Authority").
    """
    first = _capitals_from(text, start)
    joined = first - 1
    if first == start or joined < 1 or text.words[joined].key not in text.lexicon.conjunctions:
        return first
    begin = _capitals_from(text, joined)
    is_joined = begin < joined and text.words[first].is_glued and text.words[joined].is_glued
    return begin if is_joined and may_join(text, begin, joined) else first


def _capitals_from(text: Text, start: int) -> int:
    """Return where the capitalised words that end before ``start`` begin."""
    while start > 0 and text.words[start - 1].is_capital and _is_joined(text, start):
        if text.words[start - 1].key in text.lexicon.stop_words:
            break
        start -= 1
        if text.covered[start] >= 0:
            start = text.listed[text.covered[start]].start
    return _before_dash(text, start)


def _is_joined(text: Text, index: int) -> bool:
    """Say whether the word belongs to the one before it: also "Union" of "National Farmers' Union"."""
    gap = text.words[index].gap
    return gap in (" ", "-") or (gap in ("' ", "’ ") and text.words[index - 1].text.endswith("s"))


def _before_dash(text: Text, start: int) -> int:
    """Return where the first of two nations begins: "Viet Nam–Germany Friendship Association"."""
    nation = text.listed_at.get(start)
    number = text.covered[start - 1] if start else -1
    if nation is None or number < 0 or text.words[start].gap.strip() not in ("-", "–"):
        return start
    other = text.listed[number]
    return other.start if {nation.entry.sort, other.entry.sort} <= {"country", "demonym"} else start


def _core(text: Text, start: int, after: int, end: int) -> int:
    """Return where the name proper begins: after "Công ty" in "Công ty Cybernetica", else at the head."""
    is_joined = after < end and text.words[after].text == "&"
    if not is_joined and all(_is_foreign(text, i) for i in range(after, end)):
        return after
    return start


def _after_country(text: Text, after: int, end: int) -> int | None:
    """Return where the name begins that stands after a noun and a country: "tập đoàn Đài Loan Foxconn"."""
    for index in range(after, end - 1):
        place = text.listed_at.get(index)
        if place is not None and place.entry.sort == "country" and place.end < end:
            return place.end if all(_is_foreign(text, i) for i in range(place.end, end)) else None
    return None


def _after_trade(text: Text, after: int, end: int, kind: str) -> int | None:
    """Return where the name of a firm begins after what it makes: "Nhà sản xuất xe điện VinFast"."""
    if text.lexicon.home is None or kind != "company" or text.words[after].is_capital:
        return None
    first = next((index for index in range(after, end) if text.words[index].is_capital), end)
    is_own = first < end and all(_is_foreign(text, index) for index in range(first, end))
    return first if is_own else None


def _is_foreign(text: Text, index: int) -> bool:
    word = text.words[index]
    return (word.is_capital and word.text.isascii()) or word.text in ("&", "s")


def _is_proper(text: Text, index: int) -> bool:
    return text.words[index].is_capital


def _plain_head(text: Text, start: int, after: int, kind: str) -> Candidate | None:
    """Read "le groupe liégeois John Cockerill": a common noun, adjectives, and the name itself."""
    index = after
    while index < len(text.words) and index - after < 5 and text.words[index].is_glued:
        word = text.words[index]
        if word.is_capital:
            break
        demonym = index in text.listed_at and text.listed_at[index].entry.sort == "demonym"
        if _is_of_noun(text, index):
            # "l'entreprise de simulation CAE"
            index += 2
            continue
        if (
            not demonym and text.pos[index] not in ("ADJ", "NOUN", "PROPN", "VERB")
        ) or word.key in text.lexicon.stop_words:
            return None
        index += 1
    if index >= len(text.words) or not text.words[index].is_glued or not text.words[index].is_capital:
        return None
    listed = text.listed_at.get(index)
    if (
        listed is not None
        and listed.entry.sort in _PLACES
        and final_kind(text, index, _capital_end(text, index))[0] is None
    ):
        # "l'agence Dubai", but "l'organisme émirien Dubai Health Authority"
        return None
    if kind in ("local-government", "government-body") and begins_person(text, index):
        return None
    end = _capital_end(text, index)
    if text.lexicon.home and kind != "company" and is_compound(text, index):
        # "bảo tàng Phụ nữ Việt Nam"
        end = max(end, walk_name(text, start, index, kind, capital=True))
    country = country_of(text, after, index)
    # "musée Guimet" is the whole name; a firm is called by its own.
    is_called = text.words[index].is_acronym or (after - start > 1 and not text.lexicon.home)
    begin = start if index == after and kind != "company" and listed is None and not is_called else index
    return Candidate(begin, end, "noun", kind, country or country_of(text, index, end), index)


_PLACES = frozenset({"country", "demonym", "capital", "city"})


def _is_of_noun(text: Text, index: int) -> bool:
    """Say whether "de" and a common noun stand there, which tell what a firm does."""
    noun = index + 1
    return (
        not text.lexicon.home
        and text.words[index].key in text.lexicon.possession
        and noun < len(text.words)
        and text.words[noun].is_glued
        and not text.words[noun].is_capital
        and text.pos[noun] == "NOUN"
    )


def _capital_end(text: Text, index: int) -> int:
    end = text.listed_at[index].end if index in text.listed_at else index + 1
    while end < len(text.words) and text.words[end].is_glued:
        owns = text.words[end].gap in ("'", "’")
        if owns and text.words[end].fold == "s" and _is_capital_at(text, end + 1):
            # "Asian Children's Care League"
            end += 2
            continue
        if owns or not (text.words[end].is_capital or is_particle(text, end)):
            break
        end += 1
    if end + 1 < len(text.words) and text.words[end].text == "&" and text.words[end + 1].is_capital:
        return _capital_end(text, end + 1)
    return end


def _is_capital_at(text: Text, index: int) -> bool:
    return index < len(text.words) and text.words[index].gap == " " and text.words[index].is_capital


def _acronym_end(text: Text, end: int, after: int) -> int:
    """Return the word before "(KFIA)" when only small words lie between, none of them a verb or stop word."""
    if not text.lexicon.lowercase_names:
        return 0
    for index in range(max(end, after), min(end + 9, len(text.words))):
        word = text.words[index]
        if word.gap.strip() == "(" and word.is_acronym and text.gap(index + 1).startswith((")", ",")):
            return index
        if (
            not word.is_glued
            or (word.key in text.lexicon.conjunctions and begins_name(text, skip_articles(text, index + 1)))
            or text.pos[index] in ("VERB", "AUX", "PRON")
            or word.key
            in text.lexicon.stop_words
            - text.lexicon.prepositions
            - text.lexicon.articles
            - text.lexicon.conjunctions
        ):
            return 0
    return 0
