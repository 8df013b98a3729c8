"""Measure how well the words of the vocabularies find what events are about.

In: articles and their gold (JSON Lines). Out, by language: recall and precision of the sectors and activities
whose words stand in the sentences of the evidence, there or in the sentence before, and in the whole article.
Concepts that the gold calls optional earn and cost nothing. ``--missed`` and ``--wrong`` list examples.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.documents import make_documents
from kg.mentions.topics import find_topics
from kg.model import Article
from kg.settings import Settings

FIELDS = {"sector": "sectors", "activity": "activities"}
SCOPES = ("evidence", "+previous", "article")


@dataclass
class Tally:
    """Counts of one language, kind of topic and scope."""

    right: int = 0
    gold: int = 0
    found: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def main() -> None:
    """Print the table, and examples where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--missed", metavar="LANG", help="list what the evidence's sentences do not name")
    parser.add_argument("--wrong", metavar="LANG", help="list what they name beyond the gold")
    parser.add_argument("--kind", choices=sorted(FIELDS), default="sector")
    parser.add_argument("--scope", choices=SCOPES, default="+previous")
    options = parser.parse_args()
    tallies = measure(options.articles, options.gold)
    for label in FIELDS:
        for lang in sorted({key[0] for key in tallies}):
            cells = (_cell(tallies[lang, label, scope], scope) for scope in SCOPES)
            print(f"{label:9}{lang:3}", "   ".join(cells))
    for lang, name in ((options.missed, "missed"), (options.wrong, "wrong")):
        if lang:
            _print_examples(getattr(tallies[lang, options.kind, options.scope], name))


def measure(articles: Path, gold: Path) -> dict[tuple[str, str, str], Tally]:
    """Compare topics with gold; keys are language, label and scope."""
    events = {record["id"]: record["events"] for record in _read(gold)}
    tallies: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    for doc in make_documents(_articles(articles), Settings()):
        topics = find_topics(doc)
        sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        for event in events[doc.user_data["article"].id]:
            for scope, spans in _scopes(doc, event, sentences):
                for label, name in FIELDS.items():
                    found: dict[str, str] = {
                        item.ref or "": item.text
                        for item in topics
                        if item.label == label and any(s <= item.start < e for s, e in spans)
                    }
                    quote = (
                        " ".join(doc.text[s:e] for s, e in spans) if scope != "article" else doc.text[:150]
                    )
                    _count(tallies[doc.lang_, label, scope], event, name, (found, quote))
    return tallies


def _count(
    tally: Tally, event: dict[str, list[str]], name: str, found_in: tuple[dict[str, str], str]
) -> None:
    found, quote = found_in
    gold, free = set(event[name]), set(event.get(f"{name}_optional", []))
    tally.gold += len(gold)
    tally.right += len(gold & found.keys())
    tally.found += len(found.keys() - free)
    tally.missed += ((id, quote) for id in sorted(gold - found.keys()))
    tally.wrong += ((f"{id}: {found[id]}", quote) for id in sorted(found.keys() - gold - free))


def _scopes(
    doc: Doc, event: dict[str, list[str]], sentences: list[tuple[int, int]]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    hits = []
    for quote in event["evidence"]:
        start = doc.text.find(unicodedata.normalize("NFC", quote))
        end = start + len(quote)
        hits += [i for i, (s, e) in enumerate(sentences) if start >= 0 and s < end and start < e]
    before = sorted({*hits, *(max(i - 1, 0) for i in hits)})
    yield "evidence", [sentences[i] for i in sorted(set(hits))]
    yield "+previous", [sentences[i] for i in before]
    yield "article", [(0, len(doc.text))]


def _cell(tally: Tally, scope: str) -> str:
    recall, precision = tally.right / max(tally.gold, 1), tally.right / max(tally.found, 1)
    return f"{scope}: recall {recall:.3f} precision {precision:.3f} (of {tally.gold})"


def _print_examples(examples: list[tuple[str, str]]) -> None:
    for id, count in Counter(id for id, _ in examples).most_common(60):
        print(count, id)
    for id, quote in examples:
        print(f"{id} | {' '.join(quote.split())[:400]}")


def _articles(path: Path) -> Iterator[Article]:
    for record in _read(path):
        title, body = record.get("title"), record["text"]
        text = unicodedata.normalize("NFC", f"{title}\n\n{body}" if title else body)
        yield Article(
            record["id"],
            text,
            title=unicodedata.normalize("NFC", title) if title else None,
            lang=record.get("lang"),
        )


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


if __name__ == "__main__":
    main()
