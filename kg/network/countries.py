"""The code of a country in, its names out."""

from __future__ import annotations

from functools import cache

from babel import Locale

from kg.languages import languages


@cache
def country_labels(code: str) -> dict[str, str]:
    """Name a country (ISO 3166-1 alpha-2) in every language of the program, after CLDR."""
    names = {lang: Locale(lang).territories.get(code) for lang in languages()}
    return {lang: str(name) for lang, name in names.items() if name}
