"""An ending beside the infinitive tells mood and tense; other verbs keep what the tagger says."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.documents import load_pipeline
from kg.languages import language_settings
from kg.settings import Settings
from kg.verb_endings import VerbEndings


@pytest.mark.parametrize(
    ("word", "lemma", "mood", "tense"),
    [
        ("signerait", "signer", "Cnd", "Pres"),
        ("rejoindraient", "rejoindre", "Cnd", "Pres"),
        ("Bâtira", "bâtir", "Ind", "Fut"),
        ("construiront", "construire", "Ind", "Fut"),
        ("préparait", "préparer", "Ind", "Imp"),
        ("ouvrait", "ouvrir", "Ind", "Imp"),
    ],
)
def test_only_an_ending_on_the_infinitive_is_believed(word: str, lemma: str, mood: str, tense: str) -> None:
    said = "Mood=Ind|Tense=Imp|VerbForm=Fin"
    doc = Doc(spacy.blank("fr").vocab, words=[word], lemmas=[lemma], pos=["VERB"], morphs=[said])
    (token,) = VerbEndings(language_settings("fr").verb_endings)(doc)
    assert (token.morph.get("Mood"), token.morph.get("Tense")) == ([mood], [tense])


def test_names_are_no_verbs() -> None:
    doc = Doc(spacy.blank("fr").vocab, words=["Canberra"], lemmas=["canberr"], pos=["PROPN"])
    assert not VerbEndings(language_settings("fr").verb_endings)(doc)[0].morph.to_dict()


def test_the_french_pipeline_knows_a_conditional() -> None:
    doc = load_pipeline("fr", Settings())("Le ministre a dit qu'il proposerait de signer un accord.")
    verb = next(token for token in doc if token.text == "proposerait")
    assert verb.morph.get("Mood") == ["Cnd"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_other_languages_have_no_such_endings(lang: str) -> None:
    assert "entente_verb_endings" not in load_pipeline(lang, Settings()).pipe_names
