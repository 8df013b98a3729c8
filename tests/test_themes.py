"""What the words of a draft's passages speak of, beside what the vocabularies name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import read_passages
from trees import stump

from kg.documents import make_documents
from kg.model import Article
from kg.ontology import VocabularyName, load_vocabulary
from kg.reports.grouping import Draft
from kg.reports.scenes import Scene, Setting
from kg.reports.surroundings import FIGURES
from kg.reports.themes import theme_features
from kg.reports.topics import weigh_topics
from kg.reports.weights import load_models
from kg.settings import Settings
from kg.weights import FeatureModel


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


@pytest.mark.parametrize(("label", "vocabulary"), [("sector", "sectors"), ("activity", "activities")])
def test_what_is_shipped_speaks_of_known_topics(label: str, vocabulary: VocabularyName) -> None:
    models = load_models()

    assert set(models.words[label].labels) <= set(load_vocabulary(vocabulary).concepts)
    assert models.words[label].network is not None
    assert models.topics[label].names == FIGURES


def test_a_topic_that_no_word_names_may_be_told_all_the_same() -> None:
    models = load_models()
    told = scene("Intel and FPT signed an agreement on grid stability.", "en")
    loud = FeatureModel(("space",), dict.fromkeys(theme_features(told), (5.0,)), (0.0,))
    chosen = replace(models, words={"sector": loud}, topics={"sector": stump("either", 0.5)})

    (weighed,) = weigh_topics([told], chosen)["sector"]

    # What the lessons of these words do not know is judged by its name.
    assert [ref for _, ref in weighed] == ["space", "energy"]
    assert [p > 0.5 for p, _ in weighed] == [True, True]


def test_a_topic_is_likelier_where_the_rest_of_the_article_is_about_it() -> None:
    text = "Intel and FPT signed an agreement. They will build satellites. The rockets are ready."
    words = FeatureModel(("space",), {"en=satellite": (8.0,), "en=rocket": (6.0,)}, (0.0,))
    chosen = replace(load_models(), words={"sector": words}, topics={"sector": stump("anywhere", 3.0)})
    far, near = (
        scene(text.replace("satellites", "offices").replace("rockets", "desks"), "en"),
        scene(text, "en"),
    )

    assert (
        weigh_topics([far], chosen)["sector"][0][0][0] < 0.5 < weigh_topics([near], chosen)["sector"][0][0][0]
    )


def test_an_article_without_drafts_has_no_topics() -> None:
    assert weigh_topics([], load_models()) == {"sector": [], "activity": []}
