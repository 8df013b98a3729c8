"""Records in; text, JSON or an HTML page out, by the ending of the file or the format asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import need_folder
from kg.cli.terminal import counted, note, write_bytes
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.network import EventRow

FORMATS = ("text", "json", "html")
_ENDINGS = {".html": "html", ".htm": "html", ".json": "json"}

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write: .html or .json."
)
lang_option = click.option(
    "--lang", metavar="CODE", help="Language of the page and of labels that are known in it, as fr."
)


def form_of(output: Path | None, form: str | None) -> str:
    """Find the format: the one asked for, else by the ending of the file; text on the screen."""
    if output is None:
        if form == "html":
            raise UsageError("A page is a file. Name it, as in -o page.html.")
        return form or "text"
    need_folder(output)
    by_ending = _ENDINGS.get(output.suffix.lower())
    if by_ending is None:
        raise UsageError(f"{output}: what is written is a page or JSON. Give it the ending .html or .json.")
    if form not in (None, by_ending):
        raise UsageError(f"{output}: its ending says {by_ending}, --format says {form}. Leave one out.")
    return by_ending


def write_answer(
    page: str, record: Mapping[str, Any], output: Path | None, form: str, *, lang: str | None
) -> None:
    """Write JSON to the file or standard output, or a page to the file."""
    if form == "html" and output is not None:
        from kg.pages import LANGUAGES, write_page

        # English comes first in the alphabet of codes; what the pages speak is a matter of their own files.
        write_page(page, record, output, lang=lang or LANGUAGES[0], vocabulary=vocabulary())
    else:
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        if output is None:
            write_bytes(text.encode("utf-8", "replace"))
            return
        output.write_text(text, encoding="utf-8", errors="replace")
    note(f"Written: {output}")


def vocabulary() -> dict[str, dict[str, str]]:
    """Give the labels of sectors, activities and instruments: id -> language -> label."""
    from kg.ontology import load_vocabulary

    return {
        concept.id: dict(concept.pref)
        for name in ("sectors", "activities", "instruments")
        for concept in load_vocabulary(name)
    }


def events_told(row: EventRow) -> str:
    """Say who tells of an event: "3 articles, 2 sources: en, fr"."""
    articles = len({item.article for item in row.evidence})
    languages = sorted({item.lang for item in row.evidence if item.lang})
    parts = [counted(articles, "article"), *([counted(len(row.origins), "source")] if articles > 1 else [])]
    return ", ".join(parts) + (f": {', '.join(languages)}" if languages else "")
