"""The codebooks: an entry is proved by its examples, and the three languages share the classes."""

from __future__ import annotations

import random
import time
import tomllib
from pathlib import Path

import pytest

from kg.languages import load_data
from kg.reports.codebook import Codebook, Entry, fold, load_codebook, look_up
from tests.marked import read_marked

LANGUAGES = ("en", "fr", "vi")
ENTRIES = [entry for lang in LANGUAGES for entry in load_codebook(lang).entries]


def book_of(entry: Entry) -> Codebook:
    return load_codebook(entry.id.split(".")[0])


def fires(entry: Entry, marked: str) -> bool:
    """Whether the entry fires on the text outside the names marked in it."""
    text, marks = read_marked(marked)
    return any(
        trigger.entry is entry
        and not any(mark.start <= trigger.start and trigger.end <= mark.end for mark in marks)
        for trigger in look_up(text, book_of(entry)).triggers
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_fires_on_its_examples_alone(entry: Entry) -> None:
    silent = [text for text, _ in entry.examples if not fires(entry, text)]
    loud = [text for text in entry.counter_examples if fires(entry, text)]
    assert silent == []
    assert loud == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_has_two_examples_and_a_counter_example(entry: Entry) -> None:
    assert len(entry.examples) >= 2
    assert entry.counter_examples


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_example_names_its_type_and_its_partners(entry: Entry) -> None:
    for marked, expected in entry.examples:
        fact, _, partners = expected.partition(": ")
        kind, _, status = fact.partition("/")
        names = {fold(mark.name) for mark in read_marked(marked)[1]}
        text = read_marked(marked)[0]
        assert kind == entry.type
        assert status in ("proposed", "planned", "concluded", "ongoing", "ended")
        assert len(partners.split(" + ")) == 2, marked
        assert all(part in text for part in partners.split(" + ")), marked
        assert names, marked


def test_the_languages_share_the_names_types_and_statuses_of_their_entries() -> None:
    rows = [
        sorted((entry.name, entry.type, entry.status) for entry in load_codebook(lang).entries)
        for lang in LANGUAGES
    ]
    assert rows[0] == rows[1] == rows[2]
    assert len(rows[0]) >= 50


def test_a_name_begins_with_its_type() -> None:
    assert [entry.id for entry in ENTRIES if not entry.name.startswith(f"{entry.type}.")] == []


def test_the_languages_share_the_names_of_their_cues() -> None:
    assert len({tuple(sorted(load_codebook(lang).cues)) for lang in LANGUAGES}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_stands_in_two_entries_of_one_type(lang: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for item in load_data(lang, "codebook")["entry"]:
        for word in item["words"]:
            owner = seen.setdefault((item["type"], word), item["id"])
            assert owner == item["id"], f"{word!r} stands in {owner} and {item['id']}"
        assert len(set(item["words"])) == len(item["words"]), item["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cue_fires_on_one_of_its_own_words(lang: str) -> None:
    book = load_codebook(lang)
    sentences = " ".join(text for entry in book.entries for text, _ in entry.examples)
    silent = [name for name, pattern in book.cues.items() if not pattern.search(fold(CUED[lang] + sentences))]
    assert silent == []


CUED = {
    "en": "“Prices” of the new model go on sale subject to approval, 5% up, an analyst said, notably not a rival, but never again.",
    "fr": "« Le modèle » est en vente sous réserve, en hausse de 5 %, selon un analyste, sans rival, notamment, mais jamais plus.",
    "vi": "“Mẫu mới” mở bán, tăng 5%, theo chuyên gia, trước sự chứng kiến của đối thủ, nếu không bị hủy, gồm hai bản.",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_text_is_read_within_a_second(lang: str) -> None:
    book = load_codebook(lang)
    words = [word for entry in book.entries for text, _ in entry.examples for word in text.split()]
    shuffled = random.Random(7).choices(words, k=20_000)
    text = " ".join(shuffled)[:50_000]
    start = time.process_time()
    look_up(text, book)
    for pattern in book.cues.values():
        pattern.search(fold(text))
    assert time.process_time() - start < 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_monstrous_word_does_not_hold_the_reader_up(lang: str) -> None:
    book = load_codebook(lang)
    for text in ("a" * 50_000, "ab " * 15_000, "été par " * 6_000, "d'" * 25_000, "1" * 50_000):
        start = time.process_time()
        look_up(text, book)
        for pattern in book.cues.values():
            pattern.search(text)
        assert time.process_time() - start < 1, text[:10]


def test_the_reference_is_the_one_that_the_data_yield() -> None:
    from tools.codebook_docs import reference

    stored = Path(__file__).parents[1] / "docs" / "codebook.md"
    assert stored.read_text(encoding="utf-8") == reference()


def test_the_data_are_plain_toml() -> None:
    root = Path(__file__).parents[1] / "kg" / "languages"
    for lang in LANGUAGES:
        data = tomllib.loads((root / lang / "codebook.toml").read_text(encoding="utf-8"))
        names = ["version", "endings", "entry", "cues", "standing", "announcements", "references"]
        assert set(data) == set(names)
