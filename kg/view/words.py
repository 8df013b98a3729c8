"""The words of the page, one file a language in ``interface/``: another language is another file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final

from babel import Locale, UnknownLocaleError

_FOLDER = files("kg.view") / "interface"

#: The languages that the page speaks.
LANGUAGES: Final = tuple(
    sorted(file.name.removesuffix(".json") for file in _FOLDER.iterdir() if file.name.endswith(".json"))
)


def read_words(lang: str) -> Mapping[str, str]:
    """Read the words of the page in one language."""
    words: dict[str, str] = json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return words


def country_names(codes: Iterable[str], lang: str) -> dict[str, str]:
    """Name countries (ISO 3166-1 alpha-2) in a language, after CLDR; an unknown code stays itself."""
    territories = Locale.parse(lang).territories
    return {code: territories.get(code, code) for code in codes}


def language_names(codes: Iterable[str], lang: str) -> dict[str, str]:
    """Name languages in a language, after CLDR."""
    return {code: _language_name(code, lang) for code in codes}


def _language_name(code: str, lang: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_language_name(lang) or code
    except (ValueError, UnknownLocaleError):
        return code
