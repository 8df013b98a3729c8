"""How far a name goes after its head noun: "ministère de l'Industrie, de l'Énergie et du Climat".

In: ``Text`` and a head noun. Out: a ``Candidate``, or nothing when the noun is a common one there.
Names run on over prepositions, conjunctions and commas as the language's lists in ``names.toml`` allow, and
stop at verbs, punctuation and the next head noun.
"""

from __future__ import annotations

from kg.mentions.candidates import Candidate, country_of
from kg.names.texts import Text

_CONTENT = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM"})
_LONGEST = 22


def extend_name(text: Text, start: int, after: int, kind: str) -> Candidate | None:
    """Return the name that begins with the head noun at words ``start`` to ``after``."""
    capital = text.words[start].text[0].isupper()
    if not capital:
        plain = _plain_head(text, start, after, kind)
        if plain is not None:
            return plain
    end = _extend(text, start, after, capital)
    acronym = _acronym_end(text, end, after)
    end = max(end, acronym)
    proper = any(_is_proper(text, i) for i in range(after, end))
    if end <= after or (
        not proper and not ((capital and acronym) or (capital and _is_long(text, start, end)))
    ):
        return None
    if not capital and _is_unnamed(text, (start, after, end), kind):
        return None
    if not text.lexicon.lowercase_names:
        if not capital:
            return None
        start = _left_end(text, start)
    return Candidate(start, end, "head", kind, country_of(text, start, end), _core(text, start, after, end))


def _is_unnamed(text: Text, span: tuple[int, int, int], kind: str) -> bool:
    """Say whether only a country follows a common noun: "hãng wafer Đài Loan" is some firm, no name."""
    start, after, end = span
    if kind in ("university", "government-body", "local-government") and text.lexicon.home is None:
        return False
    if not any(stop == after for stop, _ in text.lexicon.nouns.matches(text.words, start)):
        return False
    proper = [index for index in range(after, end) if text.words[index].is_capital]
    return all(text.covered[i] >= 0 and text.listed[text.covered[i]].entry.sort != "known" for i in proper)


def _is_long(text: Text, start: int, end: int) -> bool:
    """Say whether a name in small letters is long enough to be one ("Autorité nationale de la transformation")."""
    least = 4 if text.lexicon.home else 3 if text.is_sentence_start(start) else 2
    return end - start >= least


def _left_end(text: Text, start: int) -> int:
    """Return where the capitalised words before a head noun begin ("Queensland Micro- and ... Centre for")."""
    while start > 0 and text.words[start].gap in (" ", "-") and text.words[start - 1].is_capital:
        if text.words[start - 1].key in text.lexicon.stop_words:
            break
        start -= 1
        if text.covered[start] >= 0:
            start = text.listed[text.covered[start]].start
    return start


def _core(text: Text, start: int, after: int, end: int) -> int:
    """Return where the name proper begins: after "Công ty" in "Công ty Cybernetica", else at the head."""
    if all(_is_foreign(text, i) for i in range(after, end)):
        return after
    return start


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
        if (
            not demonym and text.pos[index] not in ("ADJ", "NOUN", "PROPN", "VERB")
        ) or word.key in text.lexicon.stop_words:
            return None
        index += 1
    if index >= len(text.words) or not text.words[index].is_glued or not text.words[index].is_capital:
        return None
    listed = text.listed_at.get(index)
    if listed is not None and listed.entry.sort in ("country", "demonym", "capital", "city"):
        return None
    end = _capital_end(text, index)
    country = country_of(text, after, index)
    return Candidate(index, end, "noun", kind, country or country_of(text, index, end), index)


def _capital_end(text: Text, index: int) -> int:
    end = text.listed_at[index].end if index in text.listed_at else index + 1
    while end < len(text.words) and text.words[end].is_glued and text.words[end].is_capital:
        if text.words[end].gap in ("'", "’"):
            break
        end += 1
    if end + 1 < len(text.words) and text.words[end].text == "&" and text.words[end + 1].is_capital:
        return _capital_end(text, end + 1)
    return end


def _extend(text: Text, start: int, after: int, capital: bool) -> int:
    """Walk to the right while the name goes on; return where it ends."""
    end = index = after
    used: set[str] = set()
    closed = False
    while index < len(text.words) and index - start < _LONGEST:
        step = _step(text, start, index, used, capital, closed)
        if step <= 0:
            break
        used.update(
            word.fold for word in text.words[index : index + step] if word.key in text.lexicon.prepositions
        )
        index += step
        end = index
        closed = _is_closing(text, index - 1)
    return end


def _is_closing(text: Text, index: int) -> bool:
    """Say whether the word ends a place or country, after which few names go on."""
    number = text.covered[index]
    return (
        number >= 0
        and text.listed[number].end == index + 1
        and text.listed[number].entry.sort in ("country", "city", "capital")
    )


def _step(text: Text, start: int, index: int, used: set[str], capital: bool, closed: bool) -> int:
    """Return how many words the name takes on at ``index``; 0 when it ends there."""
    lexicon, word = text.lexicon, text.words[index]
    gap = word.gap
    if index in text.residue:
        return 0
    if gap.strip() == "," and not closed:
        return _comma_step(text, index, used)
    if not word.is_glued:
        return 0
    if word.key in lexicon.conjunctions:
        return 0 if closed else _conjunction_step(text, index, used, capital)
    if word.key in lexicon.prepositions and not word.is_capital:
        return _preposition_step(text, start, index, used, closed)
    if closed:
        return 1 if word.is_capital and gap in ("-", " ") and _continues_place(text, index) else 0
    return _content_step(text, start, index, capital)


def _continues_place(text: Text, index: int) -> bool:
    """After a place the name goes on only with a noun of its own ("Sofia Tech Park") or a country."""
    return index in text.listed_at or text.words[index].gap == "-" or text.words[index].text.isascii()


def _content_step(text: Text, start: int, index: int, capital: bool) -> int:
    """Take a capitalised word, a listed name, or a small noun where the language writes names so."""
    lexicon, word = text.lexicon, text.words[index]
    listed = text.listed_at.get(index)
    if listed is not None and listed.entry.sort != "demonym" and word.is_capital:
        return listed.end - index
    if word.text.isdigit() and len(word.text) < 3 and text.words[index - 1].is_capital:
        # "Sao Mai 2" is a name, "Sao Mai 2 năm" is none.
        return 0 if text.gap(index + 1) == " " and text.pos[index + 1] == "NOUN" else 1
    if word.is_capital:
        stops = word.key in lexicon.stop_words and not word.is_acronym
        return 0 if stops and text.pos[index] in ("VERB", "AUX", "ADP") else 1
    if not lexicon.lowercase_names:
        return 0
    if lexicon.home is not None:
        return _small_step(text, index)
    if word.key in lexicon.stop_words and listed is None:
        return 0
    if listed is not None and listed.entry.sort == "demonym":
        return listed.end - index
    if text.pos[index] == "ADJ":
        return 1
    first = index - 1 == start or text.words[index - 1].is_capital or _is_followed(text, index + 1)
    return 1 if capital and first and text.pos[index] in ("NOUN", "PROPN") else 0


def _is_followed(text: Text, index: int) -> bool:
    """Say whether the name surely goes on or ends at ``index``: a preposition of names, or a bracket."""
    glued = index < len(text.words) and text.words[index].is_glued
    return text.gap(index).strip() == "(" or (glued and text.words[index].key in text.lexicon.possession)


def _small_step(text: Text, index: int) -> int:
    """Take the small syllables of a compound noun ("Khoa học", "Công nghệ thông tin", "An toàn bức xạ")."""
    if text.tokens[index] == text.tokens[index - 1]:
        return 1
    previous = text.words[index - 1]
    if previous.is_capital and previous.text.isascii():
        # A foreign name is over: what follows is no part of it ("Kazakhtelecom nghiên cứu").
        return 0
    best = max((end - index for end, _ in text.lexicon.tails.matches(text.words, index)), default=0)
    if best:
        return best
    end = index + 1
    while end < len(text.words) and text.tokens[end] == text.tokens[index]:
        end += 1
    noun = text.pos[index] in ("NOUN", "ADJ") and text.key(index, end) not in text.lexicon.stop_words
    return end - index if noun and text.words[index].key not in text.lexicon.stop_words else 0


def _preposition_step(text: Text, start: int, index: int, used: set[str], closed: bool) -> int:
    """Take "de l'Industrie", "of Technology", "về Giải pháp"; "pour" and "sur" only before anything else."""
    lexicon = text.lexicon
    first = text.words[index].key
    if first in lexicon.purpose and (closed or any(w.is_capital for w in text.words[start + 1 : index])):
        return 0
    if closed and not _is_country(text, index + 1):
        return 0
    content = _skip_articles(text, index + 1)
    if content >= len(text.words) or not text.words[content].is_glued:
        return 0
    word = text.words[content]
    if word.is_capital and first in lexicon.locative and first not in lexicon.possession:
        return 0
    if word.is_capital or (
        lexicon.lowercase_names and text.pos[content] in _CONTENT and word.key not in lexicon.stop_words
    ):
        if not word.is_capital and lexicon.home is not None:
            return 0
        return _through_listed(text, content) - index
    return 0


def _is_country(text: Text, index: int) -> bool:
    content = _skip_articles(text, index)
    return content in text.listed_at and text.listed_at[content].entry.sort == "country"


def _skip_articles(text: Text, index: int) -> int:
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


def _conjunction_step(text: Text, index: int, used: set[str], capital: bool) -> int:
    """Take "et des Technologies", "and Industry", "và Công nghệ" when what follows is no name of its own."""
    following = index + 1
    if following >= len(text.words) or not text.words[following].is_glued:
        return 0
    lexicon = text.lexicon
    content = following
    if text.words[content].key in lexicon.prepositions:
        content = _skip_articles(text, content + 1)
    elif text.words[content].key in lexicon.articles:
        if not (capital and used & lexicon.purpose):
            return 0
        content = _skip_articles(text, content)
    if content >= len(text.words) or not text.words[content].is_glued or _begins_name(text, content):
        return 0
    return (content - index + 1) if _is_topic(text, content, capital, content > following) else 0


def _begins_name(text: Text, index: int) -> bool:
    """Say whether a new name begins: a head noun, a listed partner or place, an acronym."""
    word = text.words[index]
    if word.is_acronym or index in text.listed_at:
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
        return word.is_capital or text.pos[index] in _CONTENT
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
        content = _skip_articles(text, index + 1)
        ok = (
            content < len(text.words)
            and not _begins_name(text, content)
            and _is_topic(text, content, True, True)
        )
        return content - index + 1 if ok else 0
    if lexicon.topics and word.text in lexicon.topics and not _begins_name(text, index):
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
                content = _skip_articles(text, content + 1)
            return (
                content < len(text.words)
                and _is_topic(text, content, True, True)
                and not _begins_name(text, content)
            )
    return False


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
            or text.pos[index] in ("VERB", "AUX", "PRON")
            or word.key
            in text.lexicon.stop_words
            - text.lexicon.prepositions
            - text.lexicon.articles
            - text.lexicon.conjunctions
        ):
            return 0
    return 0
