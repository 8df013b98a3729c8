"""The words of the pages, one file a language in ``words/``; dates and names of languages after CLDR."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

_FOLDER: Final = files("kg.pages") / "words"

#: The languages that the pages speak.
LANGUAGES: Final = tuple(
    sorted(file.name.removesuffix(".json") for file in _FOLDER.iterdir() if file.name.endswith(".json"))
)


@cache
def read_words(lang: str) -> Mapping[str, str]:
    """Read the words of the pages in one language."""
    words: dict[str, str] = json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return words


def date_words(value: str, lang: str) -> str:
    """Write an ISO date of any precision; what is none stays as it is."""
    try:
        parts = [int(part) for part in value.split("-")]
        day = date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):
        return value
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return str(format_skeleton("yMMMM", day, locale=lang))
    return str(format_date(day, format="long", locale=lang))


def language_name(code: str, lang: str) -> str:
    """Name a language in a language; an unknown code stays itself."""
    try:
        return str(Locale.parse(code, sep="-").get_language_name(lang) or code)
    except (ValueError, UnknownLocaleError):
        return code


def country_name(code: str, lang: str) -> str:
    """Name a country (ISO 3166-1 alpha-2) in a language; an unknown code stays itself."""
    return str(Locale.parse(lang).territories.get(code, code))


def number_words(value: float, lang: str, *, form: str | None = None) -> str:
    """Write a number as the language does; ``form`` is a pattern of CLDR, as ``0.00``."""
    return str(format_decimal(value, format=form, locale=lang))


def counted(number: int, word: str, lang: str) -> str:
    """Write a number with its word: "1 article", "2 articles"."""
    words = read_words(lang)
    return f"{number_words(number, lang)} {words[word if number == 1 else f'{word}s']}"
