"""What the program knows of each language, as data: one folder a language, read through this module.

In: the name of a language and of a data file. Out: its contents (``load_data``) or its pipeline settings
(``language_settings``). A folder with a ``language.toml`` is a language; nothing else names one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import DataError, LanguageError


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """How texts of one language are read (``language.toml``)."""

    code: str
    #: English name, for messages.
    name: str
    #: The trained spaCy pipeline, or a module of this package that has ``load() -> Language``.
    model: str
    #: The distribution on PyPI that brings the model.
    package: str
    #: The code that language identification uses.
    langid: str
    #: Words with a full stop that never end a sentence, and words that may, when a starter follows.
    abbreviations: frozenset[str]
    final_abbreviations: frozenset[str]
    #: Capitalised words that begin a sentence and no name.
    starters: frozenset[str]
    #: The model's entity labels and ours (PER, ORG, LOC, MISC); others are dropped.
    entities: Mapping[str, str]
    #: Endings that make an infinitive a form whose mood and tense are sure, and these, as UD features.
    verb_endings: Mapping[str, str]


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, sorted."""
    folders = (folder for folder in files(__name__).iterdir() if folder.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("language.toml").is_file()))


@cache
def load_data(lang: str, name: str) -> dict[str, Any]:
    """Read ``<lang>/<name>.toml``; the result is shared, so treat it as read-only."""
    check_language(lang)
    return _read(lang, f"{name}.toml")


@cache
def load_shared(name: str) -> dict[str, Any]:
    """Read ``<name>.toml``, what holds in all languages; the result is shared, so treat it as read-only."""
    return _read(f"{name}.toml")


def _read(*parts: str) -> dict[str, Any]:
    path, shown = files(__name__).joinpath(*parts), "/".join(parts)
    if not path.is_file():
        raise DataError(f"languages/{shown} is missing. Install the package again.")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"languages/{shown}: not a TOML file ({error}). Mend it.") from error


@cache
def language_settings(lang: str) -> LanguageSettings:
    """Return how texts of ``lang`` are read."""
    values = dict(load_data(lang, "language"))
    for name in ("abbreviations", "final_abbreviations", "starters"):
        values[name] = frozenset(values.get(name, ()))
    values.setdefault("verb_endings", {})
    wanted = set(LanguageSettings.__dataclass_fields__) - {"code"}
    if set(values) != wanted:
        wrong = ", ".join(sorted(set(values) ^ wanted))
        raise DataError(f"languages/{lang}/language.toml: missing or unknown: {wrong}.")
    return LanguageSettings(code=lang, **values)


def check_language(lang: str) -> None:
    """Raise ``LanguageError`` that lists the languages when ``lang`` is none of them."""
    if lang not in languages():
        raise LanguageError(f"No rules for language {lang!r}. There are: {', '.join(languages())}.")
