"""Attributes of tokens that are looked up once for each kind of token are those of spaCy's own rules."""

from __future__ import annotations

import warnings

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.attributes import Attributes, replace_ruler

WORDS = ["They", "gon", "na", "run", "\n", "Run", "n't"]
TAGS = ["PRP", "VBG", "TO", "VB", "_SP", "VB", "RB"]
RULES = [
    ([{"TAG": "VB"}], {"POS": "VERB", "MORPH": "VerbForm=Inf"}, 0),
    ([{"TAG": {"IN": ["PRP", "RB"]}, "LOWER": {"NOT_IN": ["n't"]}}], {"POS": "PRON"}, 0),
    ([{"LOWER": "run", "TAG": "VB"}], {"LEMMA": "run"}, 0),
    ([{"LOWER": "gon"}, {"LOWER": "na"}], {"LEMMA": "to", "POS": "PART"}, 1),
    ([{"LOWER": {"REGEX": "^n'?t$"}}], {"LEMMA": "not"}, 0),
    ([{"ORTH": "Run"}], {"POS": "NOUN"}, -1),
    ([{"IS_SPACE": True}], {"POS": "SPACE", "TAG": "_SP"}, 0),
]


def pipeline(rules: list[tuple[list[dict[str, object]], dict[str, str], int]]) -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    for pattern, attributes, index in rules:
        ruler.add([pattern], attributes, index)
    return nlp


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, str(t.morph), t.dep_) for t in doc]


@pytest.mark.parametrize("count", range(len(RULES) + 1))
def test_rules_of_one_and_of_several_tokens_set_what_spacy_sets(count: int) -> None:
    nlp = pipeline(RULES[:count])
    ruler = nlp.get_pipe("attribute_ruler")
    attributes = Attributes(ruler)
    for words, tags in ((WORDS, TAGS), (WORDS[::-1], TAGS[::-1]), (WORDS, TAGS[::-1])):
        expected, found = (Doc(nlp.vocab, words=words, tags=tags) for _ in range(2))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # spaCy warns of a ruler without rules.
            ruler(expected)
        assert told(attributes(found)) == told(expected)


def test_a_later_rule_has_its_way() -> None:
    nlp = pipeline([RULES[0], RULES[5]])
    replace_ruler(nlp)
    doc = nlp.get_pipe("entente_attributes")(Doc(nlp.vocab, words=WORDS, tags=TAGS))
    assert [token.pos_ for token in doc] == ["", "", "", "VERB", "", "NOUN", ""]
    assert nlp.pipe_names == ["entente_attributes"]


def test_a_pipeline_without_rules_stays_as_it_is() -> None:
    nlp = spacy.blank("en")
    replace_ruler(nlp)
    assert nlp.pipe_names == []
