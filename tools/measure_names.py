"""How well the names of partners are found: recall, precision, kind and country on the gold of an article
set.

In: an articles file and its gold (JSON Lines, see samples/gold), or files in compact markup
(samples/training/*.txt). Out: a table on standard output. A gold partner is found when a resolved partner of
its article is the same by the rule of the reference scorer.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import markup

from kg.documents import make_documents
from kg.mentions import find_mentions
from kg.model import Article, Partner
from kg.partners import resolve_partners
from kg.settings import Settings

#: The gold that the project ships.
GOLD = Path(__file__).parent.parent / "samples" / "gold"
#: The written training articles.
WRITTEN = Path(__file__).parent.parent / "samples" / "training"
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "at",
        "on",
        "a",
        "an",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "au",
        "aux",
        "un",
        "une",
        "va",
        "cua",
        "tai",
        "cho",
    ]
)


def normalise(name: str) -> str:
    """Fold a name as the reference scorer does."""
    text = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ı", "i"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", text))


def is_same(gold: dict[str, Any], partner: Partner) -> bool:
    """Apply the rule of the reference scorer."""
    if gold["kind"] == "country" or partner.kind == "country":
        return bool(gold["kind"] == partner.kind and gold["country"] == partner.country)
    ours = {normalise(form) for form in (partner.label, *(m.text for m in partner.mentions))} - {""}
    theirs = {normalise(form) for form in (gold["name"], *gold["match"])} - {""}
    return any(_is_like(a, b) for a in theirs for b in ours)


def _is_like(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) <= 5 or _short(a) != _short(b):
        return False
    matcher = difflib.SequenceMatcher(None, a, b)
    return matcher.real_quick_ratio() >= 0.9 and matcher.ratio() >= 0.9


def _short(name: str) -> set[str]:
    return {word for word in name.split() if len(word) <= 4} - _FUNCTION_WORDS


def gold_partners(gold: dict[str, Any], section: str) -> list[dict[str, Any]]:
    """Return the distinct partners of a section of a gold record."""
    found = {}
    for event in gold.get(section, []):
        for partner in event["partners"]:
            found[partner["name"], partner["kind"]] = partner
    return list(found.values())


def read_articles(path: Path) -> Iterator[Article]:
    """Read the articles of a JSON Lines file."""
    yield from (_article(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def read_marked(paths: Iterable[Path]) -> tuple[list[Article], dict[str, dict[str, Any]]]:
    """Read articles and gold records by article id from files in compact markup."""
    pairs = [markup.pair(marked) for path in paths for marked in markup.read(path)]
    return [_article(item) for item, _ in pairs], {gold["id"]: gold for _, gold in pairs}


def _article(item: dict[str, Any]) -> Article:
    published = date.fromisoformat(item["published"]) if item.get("published") else None
    title, text = item.get("title"), item["text"]
    return Article(item["id"], f"{title}\n\n{text}" if title else text, title, item.get("lang"), published)


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Read gold records by article id."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record for record in records}


class Tally:
    """Counts over all articles."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.lines: list[str] = []

    def add(self, lang: str, gold: dict[str, Any], partners: tuple[Partner, ...]) -> None:
        """Count one article."""
        events, optional = gold_partners(gold, "events"), gold_partners(gold, "optional_events")
        matched: set[str] = set()
        for item in events:
            hits = [partner for partner in partners if is_same(item, partner)]
            matched.update(partner.iri for partner in hits)
            for where in (("all",), (lang,), (lang, item["kind"]), ("all", item["kind"])):
                self.counts[("gold", *where)] += 1
                self.counts[("found", *where)] += bool(hits)
            if hits:
                self._kinds(item, hits[0], gold["id"])
            else:
                self.lines.append(f"missed {gold['id']} {item['kind']} {item['name']} {item['match']}")
        for partner in partners:
            near = partner.iri in matched or any(is_same(item, partner) for item in optional)
            for place in ("all", lang):
                self.counts["resolved", place] += 1
                self.counts["right", place] += near
            if not near:
                texts = sorted({mention.text for mention in partner.mentions})
                self.lines.append(
                    f"doubtful {gold['id']} {partner.kind} {partner.country} {partner.label} {texts}"
                )

    def _kinds(self, item: dict[str, Any], partner: Partner, name: str) -> None:
        self.counts["kind", "right" if item["kind"] == partner.kind else "wrong"] += 1
        self.counts["country", "right" if item["country"] == partner.country else "wrong"] += 1
        if item["kind"] != partner.kind:
            self.lines.append(f"kind {name} {partner.label}: {partner.kind}, should be {item['kind']}")
        elif item["country"] != partner.country:
            self.lines.append(
                f"country {name} {partner.label}: {partner.country}, should be {item['country']}"
            )

    def report(self) -> Iterator[str]:
        """Yield the lines of the table."""
        for key in sorted(key for key in self.counts if key[0] == "gold"):
            found, total = self.counts[("found", *key[1:])], self.counts[key]
            yield f"recall {' '.join(key[1:]):30} {found:5}/{total:5} {found / total:.3f}"
        for key in sorted(key for key in self.counts if key[0] == "resolved"):
            right, total = self.counts["right", key[1]], self.counts[key]
            yield f"precision {key[1]:27} {right:5}/{total:5} {right / max(1, total):.3f}"
        for name in ("kind", "country"):
            right, wrong = self.counts[name, "right"], self.counts[name, "wrong"]
            yield f"{name} accuracy {right / max(1, right + wrong):.3f}"


def measure(docs: Iterable[Any], gold: dict[str, dict[str, Any]]) -> Tally:
    """Resolve the partners of each document and count them against the gold."""
    tally = Tally()
    for doc in docs:
        partners = resolve_partners(doc, find_mentions(doc), base_iri=Settings().base_iri)
        tally.add(doc.lang_, gold[doc.user_data["article"].id], partners)
    return tally


def main() -> None:
    """Print the table, and with ``--list`` each miss and each doubtful partner."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?", default=GOLD / "train.jsonl")
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "train.gold.jsonl")
    parser.add_argument("--marked", type=Path, nargs="+", help="files in compact markup instead")
    parser.add_argument("--list", action="store_true", help="list misses, doubtful partners, wrong kinds")
    arguments = parser.parse_args()
    if arguments.marked:
        articles, gold = read_marked(arguments.marked)
    else:
        articles, gold = list(read_articles(arguments.articles)), read_gold(arguments.gold)
    tally = measure(make_documents(articles, Settings()), gold)
    print("\n".join([*(tally.lines if arguments.list else ()), *tally.report()]))


if __name__ == "__main__":
    main()
