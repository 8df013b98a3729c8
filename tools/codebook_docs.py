"""The codebooks of all languages -> ``docs/codebook.md`` (``python -m tools.codebook_docs``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.languages import load_data

LANGUAGES = ("fr", "en", "vi")
TARGET = Path(__file__).parents[1] / "docs" / "codebook.md"
HEAD = """# The codebook

Which words, in which construction, state which type of event, and how far it went when nothing else says so.
This page is generated from `kg/languages/*/codebook.toml` by `python -m tools.codebook_docs`; a test keeps
both the same.

An entry is one class of meaning and has the same name in every language, so that what is learned of it in one
language serves in the others. A word in braces takes its endings from the head of the file. *Not* lists the
false friends that cancel what they overlap. Every example and counter-example is a test
(`tests/test_codebook.py`). The examples name real organisations with invented deeds: they are no source of
facts.
"""
CUES = "Words that colour a sentence without stating an event: they help to decide the status."
ANNOUNCEMENTS = (
    "Before a noun for what is signed, these say that there is more than one: the sentences behind may tell "
    "them one by one."
)
STANDING = (
    "A relationship that states have (*relation*) is in force where no date and no word (*made*) says that "
    "it has just been made."
)
REFERENCES = "Words that speak of somebody whom the text has named before, or whom it takes for granted."


def reference() -> str:
    """The whole page as Markdown."""
    books = {lang: load_data(lang, "codebook") for lang in LANGUAGES}
    names = [str(item["id"]) for item in books[LANGUAGES[0]]["entry"]]
    lines = [HEAD, *_contents(names)]
    for name in names:
        lines += _entry(name, {lang: _find(book, name) for lang, book in books.items()})
    lines += _table("Cues", CUES, {lang: book["cues"] for lang, book in books.items()})
    announcements = {lang: book["announcements"] for lang, book in books.items()}
    lines += _table("Announcements", ANNOUNCEMENTS, announcements)
    lines += _table(
        "Standing relationships", STANDING, {lang: book["standing"] for lang, book in books.items()}
    )
    lines += _table("References", REFERENCES, {lang: book["references"] for lang, book in books.items()})
    return "\n".join(lines).rstrip() + "\n"


def _table(title: str, about: str, tables: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    """One section, with the words of each name in the languages that have it."""
    yield from (f"## {title}", "", about, "")
    for name in dict.fromkeys(name for table in tables.values() for name in table):
        yield from (f"### {name}", "")
        yield from (f"- {lang}: {_words(table[name])}" for lang, table in tables.items() if name in table)
        yield ""


def _contents(names: list[str]) -> Iterator[str]:
    for kind in dict.fromkeys(name.partition(".")[0] for name in names):
        members = [name for name in names if name.startswith(f"{kind}.")]
        links = ", ".join(f"[{name.partition('.')[2]}](#{name.replace('.', '')})" for name in members)
        yield f"- **{kind}**: {links}"
    yield ""


def _find(book: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(item for item in book["entry"] if item["id"] == name)


def _entry(name: str, items: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    first = next(iter(items.values()))
    yield f"## {name}"
    yield ""
    yield f"Type `{first['type']}`, status `{first['status']}`."
    yield ""
    for lang, item in items.items():
        yield f"- {lang}: {_words(item['words'])}"
        if item.get("except"):
            yield f"  - not: {_words(item['except'])}"
        for marked, expected in item["examples"]:
            yield f"  - “{_plain(marked)}” → {expected}"
        for marked in item["counter_examples"]:
            yield f"  - “{_plain(marked)}” → nothing"
    yield ""


def _words(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _plain(marked: str) -> str:
    return re.sub(r"\[([^\[\]]+)\]\([^()]+\)", r"\1", marked)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
