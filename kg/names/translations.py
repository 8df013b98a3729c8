"""A name in, the keys under which it is looked for in any language out: "Université de Kumamoto", "Kumamoto
University" and "Đại học Kumamoto" are one name, since only the noun that all languages have is translated.

The nouns stand in the tables ``equivalents`` of ``languages/<lang>/names.toml``: a key that is the same in
all languages, and the forms in which a name goes with it.
"""

from __future__ import annotations

import re
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
    keys = [name_key(name)]
    words = normalise(name)
    for noun, pattern in _patterns():
        if (match := pattern.fullmatch(words)) and not _is_noun(match["name"]):
            keys.append(f"{noun}:{match['name'].replace(' ', '')}")
    return tuple(dict.fromkeys(keys))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of all languages, each with its key."""
    found: dict[tuple[str, str], None] = {}
    for lang in languages():
        for noun, forms in load_data(lang, "names").get("equivalents", {}).items():
            found.update(((noun, normalise(form.replace("{}", " x ")).strip()), None) for form in forms)
    return tuple((noun, _pattern(form)) for noun, form in found)


def _pattern(form: str) -> re.Pattern[str]:
    before, _, after = f" {form} ".partition(" x ")
    return re.compile(f"{before.lstrip()}{' ' if before.strip() else ''}(?P<name>.+){after.rstrip()}")


@cache
def _nouns() -> frozenset[str]:
    return frozenset(
        word
        for _, pattern in _patterns()
        for word in re.findall(r"\w{2,}", pattern.pattern.replace("?P<name>", ""))
    )


def _is_noun(name: str) -> bool:
    """Whether what is left is no name: "University City" is neither a city nor a university."""
    return all(word in _nouns() for word in name.split())
