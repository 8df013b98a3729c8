"""A name in, the keys under which it is looked for in any language out: "Université de Kumamoto", "Kumamoto
University" and "Đại học Kumamoto" are one name, since only the noun that all languages have is translated.

The nouns stand in the tables ``equivalents`` of ``languages/<lang>/names.toml``: a key that is the same in
all languages, and the forms in which a name goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.languages import languages, load_data
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
    return tuple(dict.fromkeys([name_key(name), *translated]))


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
