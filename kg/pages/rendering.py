"""Fill the templates of the pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import UsageError
from kg.pages.words import (
    LANGUAGES,
    counted,
    country_name,
    date_words,
    language_name,
    number_words,
    read_words,
)

_FOLDER: Final = files("kg.pages") / "templates"
Vocabulary = Mapping[str, Mapping[str, str]]


def write_page(
    name: str, record: Mapping[str, Any], path: Path, *, lang: str, vocabulary: Vocabulary | None = None
) -> None:
    """Write the page of a record: ``timeline``, ``changes`` or ``report``.

    ``vocabulary`` names sectors, activities and instruments: id -> language -> label.
    Raises ``UsageError`` when the pages do not speak ``lang``.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"The page does not speak {lang!r}. It speaks: {', '.join(LANGUAGES)}.")
    style = _style(name)
    template = _environment(lang, vocabulary or {}).get_template(f"{name}.html")
    page = template.render(
        record=record,
        lang=lang,
        words=read_words(lang),
        style=Markup(style),
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def _style(name: str) -> str:
    """Read the style of all pages, and that of this one where it has its own."""
    sheets = (_FOLDER / "page.css", _FOLDER / f"{name}.css")
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())


def _environment(lang: str, vocabulary: Vocabulary) -> Environment:
    loader = FunctionLoader(lambda name: (_FOLDER / name).read_text(encoding="utf-8"))
    environment = Environment(
        autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        date=partial(date_words, lang=lang),
        language=partial(language_name, lang=lang),
        counted=partial(counted, lang=lang),
        country=partial(country_name, lang=lang),
        number=partial(number_words, lang=lang),
        decimal=partial(number_words, lang=lang, form="#,##0.00"),
        concept=partial(_concept, lang=lang, vocabulary=vocabulary),
        address=_address,
    )
    return environment


def _concept(id: str, *, lang: str, vocabulary: Vocabulary) -> str:
    labels = vocabulary.get(id, {})
    return labels.get(lang) or id.replace("-", " ").capitalize()


def _address(text: str | None) -> str | None:
    """Let an address of the web pass, and nothing that a browser would run or open from the disk."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None
