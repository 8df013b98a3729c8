"""What the rules for names know of one language, in the form that they look it up in.

In: ``languages/<lang>/names.toml``, the territories of CLDR and the gazetteer. Out: one ``Lexicon``, built
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from babel import Locale

from kg.languages import load_data, load_shared
from kg.model import KINDS
from kg.names.tries import COMMA, Trie, keys_of, trie_of
from kg.names.words import Word, fold, split_words
from kg.ontology import KnownPartner, load_gazetteer

#: Names up to this many letters must stand in the text letter by letter ("Mỹ" is no "my", "AI" no "ai").
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that a list knows. ``sort``: known, country, demonym, capital, city."""

    sort: str
    form: str
    ref: str | None = None
    kind: str | None = None
    country: str | None = None
    #: It is an ordinary word too, and a partner only letter by letter.
    is_common: bool = False
    #: Bodies of other countries bear the name too.
    is_shared: bool = False

    @property
    def rank(self) -> int:
        """Order of preference among names of one form."""
        return ("country", "known", "capital", "city", "demonym").index(self.sort)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that ``names.toml`` says of one language. Sets of words are folded unless said otherwise."""

    lang: str
    #: The user's own partner lists.
    lists: tuple[str, ...]
    names: Trie
    heads: Trie
    finals: Trie
    nouns: Trie
    groups: Trie
    titles: Trie
    home: str | None
    lowercase_names: bool
    prepositions: frozenset[str]
    articles: frozenset[str]
    conjunctions: frozenset[str]
    not_partner_before: frozenset[str]
    not_partner_last: frozenset[str]
    media: frozenset[str]
    #: Parts of the world, which are no partners: "Europe", "le Sahel".
    regions: frozenset[str]
    stop_words: frozenset[str]
    topics: frozenset[str]
    locative: frozenset[str]
    agent_verbs: frozenset[str]
    #: Syllables that tell what a country of one syllable does, though they may look like its second.
    acts: frozenset[str]
    people: frozenset[str]
    #: Of these, those for one party to a matter: "the Korean side".
    sides: frozenset[str]
    surnames: frozenset[str]
    joints: frozenset[str]
    plurals: frozenset[str]
    seated: frozenset[str]
    governments: frozenset[str]
    owned: frozenset[str]
    #: Adjectives that tell nothing of a body: "state".
    vague: frozenset[str]
    portfolios: frozenset[str]
    described: frozenset[str]
    #: How those who speak name their own body: "we", "our".
    first_person: frozenset[str]
    #: What they share with all at home: "our country".
    homelands: frozenset[str]
    parts: frozenset[str]
    attributes: frozenset[str]
    #: Nouns for places that have a government, and words after which they are only where something is.
    territories: frozenset[str]
    #: Those who act for a place, and what leads from them to its name: "leaders of", "a delegation from".
    envoys: frozenset[str]
    leads_to_place: frozenset[str]
    inside: frozenset[str]
    #: What begins the tale of a person ("who"), leads to his body ("from"), refers back to it ("whose").
    relatives: frozenset[str]
    representing: frozenset[str]
    owners: frozenset[str]
    purpose: frozenset[str]
    #: Nouns that go on with a purpose wherever they stand: "la Lutte contre le paludisme".
    purposeful: frozenset[str]
    #: Nouns for a country's body in another: "Embassy of Vietnam in Algeria".
    missions: frozenset[str]
    #: Adjectives of what a state runs: "State Railway of Thailand".
    public: frozenset[str]
    possession: frozenset[str]
    same_as: frozenset[str]
    of_country: frozenset[str]
    determiners: frozenset[str]
    after: frozenset[str]
    #: Words of number before a noun that has no plural of its own.
    many: frozenset[str]
    #: A pattern of adjectives that tell of a place; empty where no ending does.
    gentile: str
    #: A small demonym may be a noun: "le coréen".
    bare_nations: bool
    #: What leads from a noun to the seat of a firm: "le géant de Shenzhen", "the group from Seoul".
    leads_to_seat: frozenset[str]
    tails: Trie
    #: Regions of several words: a country inside their names is not meant ("Ấn Độ Dương").
    wide: Trie
    ministry: str
    #: Family name -> country.
    families: Mapping[str, str]


def split_values(value: str) -> list[str]:
    """Split "a|b|c"; the empty text has no values."""
    return [part.strip() for part in value.split("|") if part.strip()]


@cache
def load_lexicon(lang: str, lists: tuple[str, ...] = ()) -> Lexicon:
    """Build the lexicon of ``lang`` with the user's partner lists; all documents of a process share it."""
    data = load_data(lang, "names")
    accents = "home" in data
    words = {
        name: _exact(value) if name in _CASED else _keys(value, accents)
        for name, value in data["words"].items()
    }
    words.pop("tails", None)
    # Where names have no small letters, the nouns that begin them end them too.
    heads = () if data["lowercase_names"] else _by_kind(data["heads"])
    return Lexicon(
        lang=lang,
        lists=lists,
        names=_names(lang, data, lists),
        heads=trie_of(_by_kind(data["heads"]), accents),
        finals=trie_of((*heads, *_by_kind(data["finals"])), accents),
        nouns=trie_of(_by_kind(data["nouns"]), accents),
        groups=trie_of((*_split(data["groups"], "one_"), *_split(data["groups"], "two_")), accents),
        titles=trie_of(((key, name) for key, name in _split(data["titles"]) if key != "ministry"), accents),
        home=data.get("home"),
        lowercase_names=data["lowercase_names"],
        wide=trie_of(
            (("region", name) for name in split_values(data["words"]["regions"]) if " " in name), accents
        ),
        tails=trie_of((("tail", name) for name in split_values(data["words"].get("tails", ""))), accents),
        ministry=data["titles"]["ministry"],
        families={name: code for code, names in data["families"].items() for name in split_values(names)},
        gentile=data["groups"].get("gentile", ""),
        bare_nations=data["groups"].get("bare_nations", False),
        **_small_words(data, accents),
        **words,
    )


def _small_words(data: Mapping[str, Any], accents: bool) -> dict[str, frozenset[str]]:
    """The words that hold names and descriptions together."""
    groups = data["groups"]
    own = ("prepositions", "articles", "purpose", "possession", "conjunctions")
    return {name: _keys(data[name], accents) for name in own} | {
        name: _keys(groups.get(name, ""), accents)
        for name in ("determiners", "after", "many", "leads_to_seat")
    }


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of names in languages that the program does not read (``languages/foreign.toml``)."""

    heads: Trie
    joints: Trie
    finals: Trie
    #: Legal forms of firms, as written, without a full stop at the end.
    legal: frozenset[str]


@cache
def load_foreign() -> Foreign:
    """Build the tables of foreign nouns; shared by all languages."""
    data = load_shared("foreign")
    joints = (("joint", name) for name in split_values(data["joints"]["words"]))
    heads, finals = _by_kind(data["heads"]), _by_kind(data["finals"])
    return Foreign(
        trie_of(heads, accents=False),
        trie_of(joints, accents=False),
        trie_of(finals, accents=False),
        frozenset(split_values(data["legal"]["words"])),
    )


@cache
def load_leaders() -> Trie:
    """Build the table of heads of state and ministers (``languages/leaders.toml``): name -> its country."""
    trie = Trie()
    for country, names in load_shared("leaders")["leaders"].items():
        for name in split_values(names):
            trie.add(keys_of(name), (country, name))
    return trie


def _split(table: Mapping[str, str], mark: str = "") -> Iterator[tuple[str, str]]:
    """Yield each name of a table with its key; only keys that hold ``mark``."""
    return ((key, name) for key, value in table.items() if mark in key for name in split_values(value))


#: Word lists whose capitals matter.
_CASED = frozenset({"media", "not_partner_last", "topics", "surnames", "portfolios", "regions"})


def _keys(value: str, accents: bool) -> frozenset[str]:
    return frozenset(" ".join(keys_of(part, accents=accents)) or part for part in split_values(value))


def _exact(value: str) -> frozenset[str]:
    return frozenset(split_values(value))


def _by_kind(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, names in table.items():
        assert kind in KINDS, kind
        for name in split_values(names):
            yield kind, name


def _names(lang: str, data: Mapping[str, Any], lists: tuple[str, ...]) -> Trie:
    trie = Trie()
    seen: set[tuple[object, ...]] = set()
    for entry in (*_places(lists), *_own_names(lang, data, lists), *_known(lists)):
        # As it is written, and for those who leave out its commas.
        for key in _spellings(entry.form):
            # A city that a list of places has already is no second one; a country may be written with other
            # capitals too.
            own = {"country": entry.form, "city": None}.get(entry.sort, entry.ref)
            mark = (key, entry.sort, own, entry.country)
            if key and (mark not in seen or len(key) == 1):
                seen.add(mark)
                trie.add(key, entry)
    return trie


def _spellings(name: str) -> Iterator[tuple[str, ...]]:
    yield keys_of(name)
    if COMMA in name:
        first, *others = (keys_of(part) for part in name.split(COMMA))
        yield tuple(chain(first, *((COMMA, *part) for part in others)))


def _own_names(lang: str, data: Mapping[str, Any], lists: tuple[str, ...]) -> Iterator[Entry]:
    for source in (lang, *data["also"]):
        yield from _countries(source)
        table = load_data(source, "names")
        yield from _seats(table, lists)
        for sort, section in (("capital", "capitals"), ("city", "cities")):
            for code, names in table[section].items():
                yield from (Entry(sort, name, country=code) for name in split_values(names))
    for code, names in data["demonyms"].items():
        for name in split_values(names):
            for form in _inflect(name, data.get("inflections", {})):
                yield Entry("demonym", form, country=code)


def _seats(table: Mapping[str, Any], lists: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the cities that stand for an organisation which has its seat there ("Brussels")."""
    by_label = {partner.label: partner for partner in gazetteer(lists)}
    for label, names in table.get("seats", {}).items():
        known = by_label.get(label)
        for name in split_values(names):
            if known is not None:
                yield Entry("capital", name, known.iri, known.kind, table["seat_countries"].get(label))


def _countries(lang: str) -> Iterator[Entry]:
    for code, names in country_forms(lang).items():
        if code not in _NO_COUNTRY:
            yield from (Entry("country", name, kind="country", country=code) for name in names)


@cache
def country_forms(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Return by code (ISO 3166-1 alpha-2) how a language names countries: CLDR, the press, ``names.toml``."""
    table = load_data(lang, "names")
    joint = split_values(table["conjunctions"])[0]
    territories = {code: name for code, name in Locale(lang).territories.items() if len(code) == 2}
    forms = {code: _as_written(name, joint) for code, name in territories.items() if code.isalpha()}
    for code, names in table["countries"].items():
        forms[code] = [*forms.get(code, ()), *split_values(names)]
    return {code: tuple(dict.fromkeys(names)) for code, names in forms.items()}


def _as_written(name: str, joint: str) -> list[str]:
    """Return a name of CLDR with what it shortens spelled out: "St. Kitts & Nevis"."""
    names = [name, name.replace(" & ", f" {joint} ")]
    if name.startswith("St. "):
        names += [names[1].replace("St.", saint, 1) for saint in ("St", "Saint")]
    return names


#: Codes of CLDR that are no countries: groups, pseudo-territories.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def _inflect(word: str, inflections: Mapping[str, str]) -> Iterator[str]:
    """Yield the forms of an adjective: the longest ending that fits says how it changes."""
    yield word
    fitting = [ending for ending in inflections if word.endswith(ending)]
    if fitting:
        ending = max(fitting, key=len)
        stem = word[: len(word) - len(ending)]
        yield from (stem + other for other in split_values(inflections[ending]))
    elif inflections:
        yield from (word + other for other in ("s", "e", "es"))


def _places(lists: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the places that known local governments govern; they are places first."""
    for partner in gazetteer(lists):
        for _, form in partner.places:
            yield Entry("city", form, partner.iri, partner.kind, partner.country)


def _known(lists: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the names of the gazetteer in every language: a Vietnamese text may name a firm in English."""
    shared = {form for partner in gazetteer(lists) for _, form in partner.generic}
    for partner in gazetteer(lists):
        for form in dict.fromkeys((partner.label, *(text for _, text in partner.names))):
            marks = form in partner.common, form in shared
            yield Entry("known", form, partner.iri, partner.kind, partner.country, *marks)


@cache
def gazetteer(lists: tuple[str, ...] = ()) -> tuple[KnownPartner, ...]:
    """Return the known partners, those of the user's own lists included."""
    return load_gazetteer([Path(path) for path in lists])


@cache
def known_partners(lists: tuple[str, ...] = ()) -> Mapping[str, KnownPartner]:
    """Return the known partners by IRI."""
    return {partner.iri: partner for partner in gazetteer(lists)}


@cache
def _capitals(form: str) -> tuple[bool, ...]:
    """Say of each word of a name whether it is written with a capital ("La Réunion", not "la réunion")."""
    return tuple(word.text[0].isupper() for word in split_words(form))


def fits(entry: Entry, words: Sequence[Word], start: int, end: int) -> bool:
    """Say whether the words write the name as such a name is written (capitals, accents of short names)."""
    if entry.is_common or len(entry.form) <= _SHORT:
        text = written(words, start, end)
        return text == entry.form or (
            not entry.is_common
            and text == entry.form.upper()
            and entry.sort in ("country", "capital")
            and len(text) > 2
        )
    if not all(
        word.is_capital for word, big in zip(words[start:end], _capitals(entry.form), strict=False) if big
    ):
        return False
    if len(entry.form) <= 6 and " " not in entry.form and entry.form.isupper():
        return written(words, start, end).isupper()
    return True


def written(words: Sequence[Word], start: int, end: int) -> str:
    """Return words as they stand in the text."""
    return "".join((word.gap if n else "") + word.text for n, word in enumerate(words[start:end]))


__all__ = ["Entry", "Lexicon", "Trie", "fits", "fold", "keys_of", "load_lexicon", "split_values", "written"]
