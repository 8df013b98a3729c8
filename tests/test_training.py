"""The articles to learn from: what is annotated stands in them, and none tells what figures are quoted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blinding import blinded
from happenings import deeds_of, same_happenings, tells_of_any
from training_data import (
    WRITTEN,
    article_of,
    held_out_deeds,
    make_lessons,
    origin_of,
    read_sentences,
    read_written,
)

from kg.model import KINDS
from samples.gold import check
from tools import markup

FILES = sorted(WRITTEN.glob("*.txt"))


def event(kind: str, date: str | None, *partners: str) -> dict[str, Any]:
    """An annotated event; a partner of two capital letters is a country."""
    named = [
        {"name": name, "kind": "country", "country": name}
        if re.fullmatch("[A-Z]{2}", name)
        else {"name": name, "kind": "company", "country": "VN"}
        for name in partners
    ]
    return {"type": kind, "date": date, "partners": named}


def told(*events: dict[str, Any]) -> frozenset[tuple[str, ...]]:
    return deeds_of({"events": events})


def test_two_countries_alone_are_no_deed_but_on_a_day_they_are() -> None:
    assert told(event("meeting", "2025-08", "VN", "KR")) == frozenset()
    assert len(told(event("meeting", "2025-08-11", "VN", "KR"))) == 1


def test_a_partner_is_one_however_its_name_is_written() -> None:
    assert told(event("agreement", None, "Bank of  Viet Nam", "FPT")) == told(
        event("programme", None, "fpt", "bank of vietnam")
    )


def test_articles_with_two_deeds_in_common_tell_of_the_same_and_so_do_those_between() -> None:
    first = told(event("agreement", None, "A", "B", "C"))
    second = told(event("agreement", None, "A", "B", "C"), event("meeting", "2025-01-01", "D", "E"))
    third = told(event("meeting", "2025-01-01", "D", "E"), event("meeting", None, "D", "E"))
    other = told(event("agreement", None, "A", "B"))
    groups = same_happenings({"first": first, "second": second, "third": third, "other": other})
    assert groups["first"] == groups["second"] == groups["third"] != groups["other"]
    assert tells_of_any(first, [other, second])
    assert not tells_of_any(first, [other])


def test_what_everybody_tells_binds_nobody() -> None:
    deeds = told(event("agreement", None, "A", "B", "C"))
    groups = same_happenings({str(number): deeds for number in range(20)})
    assert len(set(groups.values())) == len(groups)


def test_no_article_to_learn_from_tells_what_figures_are_quoted_for() -> None:
    held_out = held_out_deeds()
    read = {article.id: gold for article, gold in read_written(WRITTEN)}
    every = [marked.id for path in FILES for marked in markup.read(path)]
    assert 0 < len(every) - len(read) < len(every) / 20
    own = [gold for name, gold in read.items() if origin_of(name) == name]
    assert not any(tells_of_any(deeds_of(gold), held_out) for gold in own)


def test_no_article_to_learn_from_has_the_name_of_another() -> None:
    names = Counter(marked.id for path in FILES for marked in markup.read(path))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_annotated_stands_in_the_article(path: Path) -> None:
    assert [problem for marked in markup.read(path) for problem in problems(marked)] == []


def problems(marked: markup.Marked) -> Iterator[str]:
    """What a reader of the annotation would have to ask about: what the gold is checked for, and the markup."""
    article, gold = markup.pair(marked)
    yield from marked.problems
    yield from check.problems(gold, f"{article['title']}\n{article['text']}")
    if article["lang"] != marked.id[:2] or not marked.has_notes:
        yield f"{marked.id}: no language or no notes"
    for told_event in (*gold["events"], *gold["optional_events"]):
        if len({partner["name"] for partner in told_event["partners"]}) < 2:
            yield f"{marked.id}: {told_event['type']} {told_event['evidence'][:1]} of fewer than two partners"


def test_a_word_that_one_article_alone_attests_names_nothing_there() -> None:
    texts = {
        "en-w1": "FPT and Samsung make semiconductors and satellites.",
        "en-w2": "FPT and Intel make semiconductors.",
        "en-r-en-w1": "Both make semiconductors, satellites and tractors.",
    }
    pairs = [
        (article_of({"id": name, "title": "News", "text": text, "lang": "en"}), {"id": name, "events": []})
        for name, text in texts.items()
    ]
    lessons = blinded(list(make_lessons(pairs)))

    def sectors(found: Any) -> set[str]:
        return {mention.text for mention in found if mention.label == "sector"}

    assert [sectors(lesson.mentions) for lesson in lessons] == [{"semiconductors"}] * 3
    assert [sectors(m for p in lesson.passages for m in p.mentions) for lesson in lessons] == [
        {"semiconductors"}
    ] * 3
    assert all("partner" in {m.label for m in lesson.mentions} for lesson in lessons[:2])


def test_every_name_stands_in_its_sentence_as_what_it_is() -> None:
    sentences = list(read_sentences(WRITTEN))
    assert {article.lang for article, _ in sentences} == {"en", "fr", "vi"}
    for article, gold in sentences:
        for partner in gold["events"][0]["partners"]:
            assert partner["name"] in article.text, article.id
            assert partner["kind"] in KINDS, article.id
