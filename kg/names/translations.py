"""A name in, the keys under which it is looked for in any language out: "Université de Kumamoto", "Kumamoto
University" and "Đại học Kumamoto" are one name, since only the noun that all languages have is translated; so
are "Embassy of Vietnam in Algeria" and "ambassade du Vietnam en Algérie", since countries are known by code.

The nouns stand in the tables ``equivalents`` and ``equivalent_missions`` of ``languages/<lang>/names.toml``:
a key that is the same in all languages, and the forms in which a name goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from kg.languages import languages, load_data
from kg.names.lexicon import country_forms, split_values
from kg.names.words import normalise


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """Fold a name so far that only its letters and digits count."""
    return normalise(name).replace(" ", "")


@lru_cache(maxsize=100_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Give the key of a name itself, then those that its translations have too, each once."""
    words = normalise(name).split()
    found = ((form.noun, form.rest_of(words)) for form in _forms())
    # "University City" is neither a city nor a university.
    translated = [f"{noun}:{''.join(rest)}" for noun, rest in found if not _nouns().issuperset(rest)]
    return tuple(dict.fromkeys([name_key(name), *translated, *_mission_keys(words)]))


def _mission_keys(words: list[str]) -> list[str]:
    """Give the key of a country's mission somewhere: its noun, whose it is, and where."""
    for noun, form in _missions():
        start = next((n for n in range(len(words)) if tuple(words[n : n + len(form)]) == form), None)
        if start is None:
            continue
        rest = _without_small([*words[:start], *words[start + len(form) :]])
        names = ((" ".join(rest[:end]), " ".join(rest[end:])) for end in range(len(rest) - 1, 0, -1))
        owner, host = next((pair for pair in names if pair[0] in _nations()), ("", ""))
        return [f"{noun}:{_nations()[owner]}:{_nations().get(host, host)}"] if owner else []
    return []


@dataclass(frozen=True, slots=True)
class _Form:
    """How a name goes with a noun: the words before it and after it."""

    noun: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def rest_of(self, words: list[str]) -> list[str]:
        """Give the words of the name itself, none where the form does not fit."""
        start, end = len(self.before), len(words) - len(self.after)
        fits = tuple(words[:start]) == self.before and tuple(words[end:]) == self.after
        return words[start:end] if fits and start < end else []


@cache
def _forms() -> tuple[_Form, ...]:
    """The forms of all languages, each once."""
    tables = [load_data(lang, "names").get("equivalents", {}) for lang in languages()]
    found = (
        _Form(noun, *(tuple(normalise(part).split()) for part in form.split("{}")))
        for table in tables
        for noun, forms in table.items()
        for form in forms
    )
    return tuple(dict.fromkeys(found))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for form in _forms() for word in (*form.before, *form.after))


@cache
def _missions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The nouns for missions in all languages, the longest first."""
    tables = [load_data(lang, "names").get("equivalent_missions", {}) for lang in languages()]
    found = ((noun, tuple(normalise(form).split())) for table in tables for noun, form in table.items())
    return tuple(sorted(found, key=lambda item: (-len(item[1]), item)))


@cache
def _nations() -> dict[str, str]:
    """The codes of countries by their names, and by what their people are called, in all languages."""
    found: dict[str, str] = {}
    for lang in languages():
        people = {code: split_values(names) for code, names in load_data(lang, "names")["demonyms"].items()}
        for table in (country_forms(lang), people):
            for code, names in table.items():
                for name in names:
                    found.setdefault(" ".join(_without_small(normalise(name).split())), code)
    return found


def _without_small(words: list[str]) -> list[str]:
    return [word for word in words if word not in _small_words()]


@cache
def _small_words() -> frozenset[str]:
    """What stands between a mission, its country and its seat: "of", "'s", "en", "tại"."""
    tables = [load_data(lang, "names") for lang in languages()]
    values = chain.from_iterable(
        (table["possession"], table["articles"], table["words"]["locative"]) for table in tables
    )
    return frozenset(normalise(word) for value in values for word in split_values(value)) - {""} | {"s"}
