"""The gold to learn from: articles with their documents, mentions, partners and passages, aligned with what
is annotated.

``samples/gold/train.*`` in the form of the annotation guidelines, and ``samples/training/*.txt`` in the
compact markup that ``markup`` reads.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import markup
from happenings import Deed, deeds_of, tells_of_any
from spacy.tokens import Doc

from kg.documents import make_documents
from kg.evaluation import give_keys, read_learned, read_records
from kg.evaluation.runs import gold_to_measure
from kg.model import Article, Mention, Partner
from kg.pipeline import find_partners
from kg.reports.codebook import load_codebook
from kg.reports.frames import frame_of
from kg.reports.passages import Passage, make_passages
from kg.reports.scenes import Setting
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold"
WRITTEN = ROOT / "samples" / "training"
#: By the letter of the written articles' ids: w for whole articles, x for short pieces, r for gold articles
#: retold in another language, n for news written after the manner of the gold, s for sentences with names.
WEIGHT_OF_GOLD = 3.0
WEIGHT_BY_CORPUS = {"w": 1.0, "x": 0.5, "r": 1.5, "n": 1.0, "s": 1.0}
#: The gold and what was written after its manner.
_NEWS = frozenset({"", "n"})
#: Stands in the id of a retold article before that of the article that it retells.
_RETELLS = "-r-"
#: Single sentences beside the article that they are cut from.
WEIGHT_OF_CUT = 0.3
_CUT = "#cut"


#: From documents and their gold, what is in force while the names of one of the articles are found.
Unseen = Callable[[Iterable[Doc], Mapping[str, dict[str, Any]]], Callable[[str], AbstractContextManager[Any]]]


@dataclass(frozen=True)
class Lesson:
    """One article with all that the program finds before it decides, and all that is annotated.

    ``key_of`` gives the gold key of each partner found (None: in no annotated event).
    """

    doc: Doc
    mentions: tuple[Mention, ...]
    partners: tuple[Partner, ...]
    passages: list[Passage]
    gold: dict[str, Any]
    key_of: list[str | None]

    @property
    def article(self) -> str:
        """The id of the article that the lesson is made of, or retells."""
        return origin_of(str(self.gold["id"]).removesuffix(_CUT))

    @property
    def is_cut(self) -> bool:
        """Whether it is a single sentence cut from the article."""
        return str(self.gold["id"]).endswith(_CUT)

    @property
    def is_news(self) -> bool:
        """Whether it is a whole article in the manner of the press, as those are that the program reads."""
        return not self.is_cut and corpus_of(str(self.gold["id"])) in _NEWS

    @property
    def weight(self) -> float:
        """How much the article counts, or the sentence cut from it."""
        return weight_of(str(self.gold["id"])) * (WEIGHT_OF_CUT if self.is_cut else 1.0)

    @cached_property
    def setting(self) -> Setting:
        """The article as its drafts see it."""
        return Setting(self.passages, self.partners, self.doc.user_data["article"].published, self.lang)

    @property
    def lang(self) -> str:
        """The language of the article."""
        return str(self.doc.lang_)

    def stated_in(self, event: dict[str, Any]) -> set[int]:
        """The passages that the evidence of an annotated event lies in."""
        spans = [locate(self.doc.text, quote) for quote in event.get("evidence", [])]
        return {
            passage.index
            for passage in self.passages
            for span in spans
            if span and span[0] < passage.end and passage.start < span[1]
        }


def weight_of(article: str) -> float:
    """How much an article counts: the gold is news as it is, the written articles stretch it."""
    return WEIGHT_BY_CORPUS.get(corpus_of(article), WEIGHT_OF_GOLD)


def corpus_of(article: str) -> str:
    """The letter of the corpus that an article belongs to, of ``WEIGHT_BY_CORPUS``; empty for the gold."""
    letter = article.split("-")[1][0]
    return letter if letter in WEIGHT_BY_CORPUS else ""


def origin_of(article: str) -> str:
    """The id of the article that another retells; else its own. What tells the same stays together when
    articles are dealt out for cross-validation.
    """
    return article.partition(_RETELLS)[2] or article


def read_gold(articles: Path, gold: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Pairs of article and annotation from two files of JSON Lines."""
    records = {record["id"]: record for record in read_records(gold)}
    for item in map(json.loads, articles.read_text(encoding="utf-8").splitlines()):
        yield article_of(item), records[item["id"]]


def read_all_gold() -> list[tuple[Article, dict[str, Any]]]:
    """The gold to learn from: ``train``, and the articles of ``dev`` on which no figure is quoted."""
    learned = read_learned(GOLD / "dev.gold.jsonl")
    train = list(read_gold(GOLD / "train.jsonl", GOLD / "train.gold.jsonl"))
    dev = read_gold(GOLD / "dev.jsonl", GOLD / "dev.gold.jsonl")
    return train + [pair for pair in dev if pair[0].id in learned]


def held_out_deeds() -> list[frozenset[Deed]]:
    """What the articles tell that figures are quoted for: what tells of the same is not learned. It serves
    nothing else.
    """
    records, _ = gold_to_measure(GOLD / "dev.gold.jsonl")
    return [deeds_of(record) for record in records]


def read_written(folder: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Pairs of article and annotation from the files in compact markup.

    What tells of the same as an article that figures are quoted for is left out; what retells an article to
    learn from is as good as that one.
    """
    held_out = held_out_deeds()
    for path in sorted(folder.glob("*.txt")):
        for marked in markup.read(path):
            item, gold = markup.pair(marked)
            if origin_of(marked.id) != marked.id or not tells_of_any(deeds_of(gold), held_out):
                yield article_of(item), gold


def read_sentences(folder: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Pairs of a sentence and the partners that it names, which are annotated as if they were in one event.

    ``names-<lang>.jsonl`` have a line a sentence: its text, and the name of each partner with its kind.
    """
    for path in sorted(folder.glob("names-*.jsonl")):
        lang = path.stem.partition("-")[2]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            item = json.loads(line)
            text = unicodedata.normalize("NFC", item["text"])
            named = [{**partner, "match": [partner["name"]]} for partner in item["partners"]]
            name = f"{lang}-s{number:03d}"
            yield Article(name, text, None, lang), {"id": name, "events": [{"partners": named}]}


def article_of(item: dict[str, Any]) -> Article:
    """The article as the reader of JSON Lines makes it."""
    title = unicodedata.normalize("NFC", item["title"])
    body = unicodedata.normalize("NFC", item["text"])
    published = date.fromisoformat(item["published"]) if item.get("published") else None
    return Article(
        id=item["id"],
        text=f"{title}\n\n{body}",
        title=title,
        lang=item["lang"],
        published=published,
    )


def make_lessons(
    pairs: Iterable[tuple[Article, dict[str, Any]]], unseen: Unseen | None = None
) -> Iterator[Lesson]:
    """Run the program up to the passages and align its partners with the annotated ones.

    ``unseen`` (``names_training``) has each article's names found by what the others teach: names that were
    learned by heart would teach that there are no doubtful ones.
    """
    pairs = list(pairs)
    gold_by_id = {article.id: gold for article, gold in pairs}
    settings = Settings()
    docs: Iterable[Doc] = make_documents((article for article, _ in pairs), settings)
    docs = docs if unseen is None else list(docs)
    names = unseen(docs, gold_by_id) if unseen is not None else nullcontext
    for doc in docs:
        article = doc.user_data["article"].id
        with names(article):
            yield make_lesson(doc, gold_by_id[article], settings)


def make_lesson(doc: Doc, gold: dict[str, Any], settings: Settings) -> Lesson:
    """One article's lesson."""
    mentions, partners = find_partners(doc, settings)
    passages = make_passages(doc, mentions, partners, load_codebook(doc.lang_))
    found: list[dict[str, Any]] = [
        {
            "label": p.label,
            "kind": p.kind,
            "country": p.country,
            "mentions": [m.text for m in p.named],
        }
        for p in partners
    ]
    give_keys([*gold["events"], *gold.get("optional_events", [])], [{"partners": found}])
    annotated = {p["key"] for e in [*gold["events"], *gold.get("optional_events", [])] for p in e["partners"]}
    keys = [item["key"] if item["key"] in annotated else None for item in found]
    return Lesson(doc, mentions, partners, passages, gold, keys)


def with_cuts(lessons: Iterable[Lesson]) -> Iterator[Lesson]:
    """Each lesson, then its most telling sentence alone: people ask about single sentences too, and in an
    article what stands around a sentence must not outweigh what it says."""
    for lesson in lessons:
        yield lesson
        keyed = [(_named_events(lesson, passage), passage) for passage in lesson.passages]
        if keyed:
            # The first of those that tell most; where none tells anything, one that names the most partners.
            best = max(
                keyed,
                key=lambda item: (len(item[0]), len(item[1].places), -item[1].index),
            )
            yield _cut(lesson, best[1], best[0])


def _named_events(lesson: Lesson, passage: Passage) -> list[dict[str, Any]]:
    """The events that a passage states and two of whose partners it names."""
    return [
        event
        for event in lesson.gold["events"]
        if passage.index in lesson.stated_in(event) and len(_named(lesson, passage, event)) > 1
    ]


def _named(lesson: Lesson, passage: Passage, event: dict[str, Any]) -> set[str]:
    named = {lesson.key_of[place.partner] for place in passage.places}
    return {partner["key"] for partner in event["partners"]} & named


def _cut(lesson: Lesson, passage: Passage, events: list[dict[str, Any]]) -> Lesson:
    """The passage as if it were the whole article; what it may restate is optional."""
    every = [*lesson.gold["events"], *lesson.gold.get("optional_events", [])]
    arguable = [e for e in every if e not in events and len(_named(lesson, passage, e)) > 1]
    told = [{**e, "partners": _kept(e, _named(lesson, passage, e))} for e in events]
    gold = {
        "id": f"{lesson.gold['id']}{_CUT}",
        "events": told,
        "optional_events": arguable,
    }
    alone = replace(passage, index=0, is_title=False, paragraph=0, frame=frame_of((), 0), listing=None)
    return replace(lesson, passages=[alone], gold=gold)


def _kept(event: dict[str, Any], keys: set[str]) -> list[dict[str, Any]]:
    return [partner for partner in event["partners"] if partner["key"] in keys]


def squeeze(text: str) -> str:
    """Plain apostrophes, so that quotes compare."""
    return unicodedata.normalize("NFC", text).replace("’", "'")


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands, white space aside."""
    pattern = r"\s+".join(map(re.escape, squeeze(quote).split()))
    match = re.search(pattern, squeeze(text))
    return match.span() if match else None
