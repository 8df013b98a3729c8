"""When two names of one article are forms of one: initials, legal forms, the country behind a name.

In: names as they stand in the text. Out: whether they may name one partner; ``identity`` decides.
"""

from __future__ import annotations

from kg.names.lexicon import Lexicon
from kg.names.towns import town_of
from kg.names.words import Word, fold, split_words
from kg.partners.labels import country_names

#: An acronym has so many letters.
_FEWEST, _MOST = 3, 7
#: What a firm's name ends with or not.
LEGAL_FORMS = frozenset(
    (
        *("ab", "ag", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "group"),
        *("holding", "holdings", "inc", "jsc", "kk", "limited", "llc", "llp", "ltd", "nv", "oy", "oyj"),
        *("plc", "pte", "sa", "sas", "se", "spa", "srl", "tbk"),
    )
)


def abbreviates(short: str, long: str, lexicon: Lexicon) -> bool:
    """Say whether one name has the initials of the other, a place at its end aside: "ENA" of "École nationale
    d'administration du Sénégal", "KTNN" of "Kiểm toán Nhà nước".
    """
    if not (_FEWEST <= len(short) <= _MOST and short.isalpha() and short.isupper()):
        return False
    words = split_words(long, accents=lexicon.home is not None)
    return fold(short) in {_initials(words, lexicon), _initials(_without_place(words, lexicon), lexicon)}


def _initials(words: list[Word], lexicon: Lexicon) -> str:
    small = lexicon.prepositions | lexicon.articles | lexicon.conjunctions | lexicon.possession
    return "".join(word.fold[:1] for word in words if word.key not in small or word.is_capital)


def _without_place(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words before a last "of" and a place: "du Québec", "of Western Australia"."""
    for index in range(len(words) - 2, 0, -1):
        if words[index].key in lexicon.possession:
            return words[:index] if _is_place(words, index + 1, lexicon) else words
    return words


def _is_place(words: list[Word], start: int, lexicon: Lexicon) -> bool:
    """Say whether the words from ``start`` on are the name of a country, a region or a town."""
    if town_of(" ".join(word.fold for word in words[start:])) is not None:
        return True
    return any(
        end == len(words) and any(entry.sort != "known" for entry in entries)
        for end, entries in lexicon.names.matches(words, start)
    )


def is_one_firm(one: str, other: str) -> bool:
    """Say whether two folded names differ by a legal form: "RB Rail AS" is "RB Rail"."""
    return one != other and _without_legal_form(one) == _without_legal_form(other)


def _without_legal_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def is_country(name: str, country: str | None) -> bool:
    """Say whether a folded name is only that of a country: "maroc"."""
    return adds_country("", f" {name}", country)


def adds_country(short: str, long: str, country: str | None) -> bool:
    """Say whether one folded name is the other with its country: "Kiểm toán Nhà nước Việt Nam"."""
    return country is not None and long.startswith(short) and long[len(short) :] in country_names(country)


def begins_with(short: str, long: str) -> bool:
    """Say whether a name begins with another that is written like an acronym: "UiT The Arctic University"."""
    capitals = sum(letter.isupper() for letter in short)
    return capitals > 1 and " " not in short and long.startswith(f"{short} ")


def translates(short: str, names: set[str], others: set[str]) -> bool:
    """Say whether words of two bodies' names begin alike, as those of one name in two languages do; of one
    that is called by an acronym ("eGA") less must.
    """
    stems = {word[:_STEM] for word in names if len(word) > _STEM}
    shared = stems & {word[:_STEM] for word in others if len(word) > _STEM}
    is_acronym = " " not in short and sum(letter.isupper() for letter in short) > 1
    return len(shared) > (0 if is_acronym else 1)


#: So many letters a word has in common with its translation.
_STEM = 5
