"""What an explanation says of each sentence, with thresholds that are set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.errors import InputError
from kg.explain import Explanation, explain_article
from kg.model import EVENT_TYPES, Article
from kg.reports.weights import Models, load_models
from kg.settings import Settings

TEXT = (
    "Chips bring firms together\n\n"
    "Intel and Samsung Electronics signed a contract on semiconductors in Hanoi on 18 September 2025.\n\n"
    "Intel will grow.\n\n"
    "Intel signed.\n\n"
    "It rained."
)


def models(*, sure: bool) -> Models:
    """Thresholds that admit whatever two partners might share, or nothing at all."""
    known = load_models()
    least = dict.fromkeys(EVENT_TYPES, 0.0 if sure else 1.1)
    return replace(known, thresholds={**known.thresholds, **least})


def explained(text: str = TEXT, *, sure: bool = True) -> Explanation:
    title, _, _ = text.partition("\n\n")
    item = Article(id="a", text=text, title=title, lang="en", published=date(2025, 9, 19))
    return explain_article(item, Settings(), models=models(sure=sure))


@pytest.fixture(scope="module")
def told() -> Explanation:
    return explained()


def test_every_sentence_of_the_text_is_there_with_its_place(told: Explanation) -> None:
    assert [item.number for item in told.sentences] == [1, 2, 3, 4, 5]
    assert all(TEXT[item.start : item.end] == item.text for item in told.sentences)


def test_a_sentence_shows_what_it_names_and_which_entries_fired(told: Explanation) -> None:
    signed = told.sentences[1]
    partners = [seen.partners for seen in signed.mentions if seen.mention.label == "partner"]
    assert partners == [("Intel",), ("Samsung Electronics",)]
    assert {"sector", "date", "instrument"} <= {seen.mention.label for seen in signed.mentions}
    fired = next(item for item in signed.triggers if item.entry == "en.agreement.sign")
    assert (TEXT[fired.start : fired.end], fired.type, fired.status) == ("signed", "agreement", "concluded")


def test_a_sentence_says_which_reports_quote_it(told: Explanation) -> None:
    signed = told.sentences[1]
    assert signed.reason is None
    assert "agreement" in {told.reports[index].type for index in signed.quoted}
    for index in signed.quoted:
        assert any(signed.start <= quote.start < signed.end for quote in told.reports[index].evidence)


def test_a_sentence_that_states_nothing_says_why(told: Explanation) -> None:
    assert told.sentences[4].reason == "no trigger"
    unsure = explained(sure=False)
    signed = unsure.sentences[1]
    assert (unsure.reports, signed.reason) == ((), "below threshold")
    assert signed.nearest is not None
    assert set(signed.nearest.partners) == {"Intel", "Samsung Electronics"}
    assert signed.nearest.probability < signed.nearest.threshold
    lonely = explained("Firms\n\nIntel signed a contract.")
    assert lonely.sentences[1].reason == "few partners"
    caption = explained("Firms\n\nIntel and Samsung signed a contract.\n\nPhoto: VNA/CVN")
    assert caption.sentences[-1].reason == "residue"


def test_an_article_that_cannot_be_read_says_so() -> None:
    with pytest.raises(InputError, match="There are: en, fr, vi"):
        explain_article(Article(id="x", text="Hallo Welt", lang="de"), Settings())
