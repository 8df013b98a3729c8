"""What the words of a draft's passages speak of, beside what the vocabularies name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_passages

from kg.documents import make_documents
from kg.model import Article
from kg.ontology import VocabularyName, load_vocabulary
from kg.reports.grouping import Draft
from kg.reports.scenes import Scene, Setting
from kg.reports.themes import theme_features
from kg.reports.topics import weigh_topics
from kg.reports.weights import MOST, Blend, FeatureModel, hold, load_models
from kg.settings import Settings


def scene(text: str, lang: str, *passages: int) -> Scene:
    """Make a draft of the first two partners."""
    (doc,) = make_documents([Article("themes", text, lang=lang)], Settings())
    read, partners = read_passages(doc)
    assert len(partners) > 1
    return Scene(
        Draft("agreement", frozenset({0, 1}), passages or (0,), 0.9), Setting(read, partners, None, lang)
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Intel has trained 40 nurses with FPT.",
            {"en=train", "en=nurse", "name=intel", "own=intel", "own=fpt"},
        ),
        (
            "fr",
            "Thales a formé des infirmières avec Viettel.",
            {"stem=infirm", "name=thales", "own=viettel"},
        ),
        ("vi", "Intel và FPT ký kết biên bản ghi nhớ.", {"name=intel", "name=fpt", "own=fpt"}),
    ],
)
def test_words_count_by_their_lemma_and_names_apart(lang: str, text: str, expected: set[str]) -> None:
    found = theme_features(scene(text, lang))

    assert len(found) == len(set(found))
    assert expected <= set(found)
    assert not {"en=40", "en=.", "en=intel", "vi=.", "fr=thales"} & set(found)
    assert "type=agreement" in found


def test_only_the_passages_of_the_draft_speak() -> None:
    text = "Intel and FPT signed an agreement. A clinic was built. Intel and FPT opened a refinery."

    assert "en=clinic" not in theme_features(scene(text, "en", 0))
    assert {"en=clinic", "en=refinery"} <= set(theme_features(scene(text, "en", 0, 1, 2)))


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_each_opinion_counts_within_reason(named: float, words: float) -> None:
    blend = Blend(0.8, 0.5, 0.25)

    assert -MOST <= hold(named) <= MOST
    assert blend.score(named, words) == pytest.approx(0.8 * hold(named) + 0.5 * hold(words) + 0.25)
    assert blend.score(named, words) <= blend.score(named + 1, words)
    assert blend.score(named, words) <= blend.score(named, words + 1)


@pytest.mark.parametrize(("label", "vocabulary"), [("sector", "sectors"), ("activity", "activities")])
def test_what_is_shipped_speaks_of_known_topics(label: str, vocabulary: VocabularyName) -> None:
    models = load_models()

    assert set(models.words[label].labels) <= set(load_vocabulary(vocabulary).concepts)
    assert models.words[label].network is not None
    assert models.blends[label].named > 0
    assert models.blends[label].words > 0


def test_a_topic_that_no_word_names_may_be_told_all_the_same() -> None:
    models = load_models()
    told = scene("Intel and FPT signed an agreement on grid stability.", "en")
    loud = FeatureModel(("space",), dict.fromkeys(theme_features(told), (5.0,)), (0.0,))
    blends = {"sector": Blend(0.5, 1.0, 0.0)}

    weighed = {
        ref: p
        for p, ref in weigh_topics(told, "sector", replace(models, words={"sector": loud}, blends=blends))
    }

    assert weighed["space"] > 0.9
    assert 0.5 < weighed["energy"] < weighed["space"]
