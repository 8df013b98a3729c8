"""Lemmas that are asked for once for each kind of token are those of spaCy's own lemmatizer."""

from __future__ import annotations

import importlib

import pytest
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from kg.languages import language_settings
from kg.lemmas import Lemmas, replace_lemmatizer

TEXTS = {
    "en": "The two sides signed agreements in Hanoi. Leaves fall; she leaves.\n\nHe is better, they were best.",
    "fr": "Les deux parties ont signé des accords à Hanoï. Il part ; une part.\n\nElles seraient mieux placées.",
}


@pytest.fixture(scope="module", params=sorted(TEXTS))
def pipeline(request: pytest.FixtureRequest) -> Language:
    nlp: Language = importlib.import_module(language_settings(request.param).model).load()
    return nlp


def own_lemmatizer(nlp: Language) -> Lemmatizer:
    found = nlp.get_pipe("lemmatizer")
    assert isinstance(found, Lemmatizer)
    return found


def test_each_token_has_the_lemma_of_spacy(pipeline: Language) -> None:
    text = TEXTS[str(pipeline.lang)]
    expected = [token.lemma_ for token in pipeline(text)]
    lemmas = Lemmas(own_lemmatizer(pipeline))
    with pipeline.select_pipes(disable="lemmatizer"):
        for _ in range(2):  # The second time all kinds are known.
            doc = lemmas(pipeline(text))
            assert [token.lemma_ for token in doc] == expected


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_lemma_that_is_there_stays_unless_overwritten(
    pipeline: Language, monkeypatch: pytest.MonkeyPatch, overwrite: bool
) -> None:
    lemmatizer = own_lemmatizer(pipeline)
    monkeypatch.setattr(lemmatizer, "overwrite", overwrite)
    ours, theirs = (Doc(pipeline.vocab, words=["Hanoi"], pos=["NOUN"], lemmas=["told"]) for _ in range(2))
    assert Lemmas(lemmatizer)(ours)[0].lemma_ == lemmatizer(theirs)[0].lemma_
    assert (ours[0].lemma_ == "told") is not overwrite


def test_it_takes_the_place_of_the_lemmatizer() -> None:
    nlp: Language = importlib.import_module(language_settings("en").model).load()
    place = nlp.pipe_names.index("lemmatizer")
    replace_lemmatizer(nlp)
    assert nlp.pipe_names[place] == "entente_lemmas"
    assert "lemmatizer" not in nlp.pipe_names
