"""Patterns looked up by their first letters: found are the matches that each pattern by itself has."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reports.codebook import fold, load_codebook
from kg.reports.openings import WORD_START, PatternIndex, openings

LANGUAGES = ("en", "fr", "vi")


def spans(patterns: list[re.Pattern[str]], text: str) -> list[list[tuple[int, int]]]:
    """The matches of each pattern by the index, in its order."""
    found: list[list[tuple[int, int]]] = [[] for _ in patterns]
    for number, match in PatternIndex(patterns).matches(text):
        found[number].append(match.span())
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_codebook_finds_what_each_of_its_patterns_finds(lang: str) -> None:
    book = load_codebook(lang)
    text = fold("\n".join(text for entry in book.entries for text, _ in entry.examples))
    text += "\n" + fold("\n".join(text for entry in book.entries for text in entry.counter_examples))
    patterns = [entry.pattern for entry in book.entries] + list(book.cues.values())
    assert spans(patterns, text) == [
        [match.span() for match in pattern.finditer(text)] for pattern in patterns
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_few_patterns_of_the_codebook_have_to_be_tried_everywhere(lang: str) -> None:
    book = load_codebook(lang)
    patterns = [entry.pattern for entry in book.entries]
    assert sum("" in openings(p.pattern.removeprefix(WORD_START)) for p in patterns) < len(patterns) / 8


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("signed", {"sign"}),
        ("a deal", {"a de"}),
        ("an?", {"a"}),
        ("(?:be|is) the", {"be t", "is t"}),
        ("(?:un)?sign", {"unsi", "sign"}),
        ("s(?:it|at)?s down|go", {"sits", "sats", "ss d", "go"}),
        ("(?:(?:state|court) )?visit", {"stat", "cour", "visi"}),
        (r"\w+ed", {""}),
        ("[ab]cd", {""}),
        ("(?:ab)+c", {""}),
        (r"\(x\)|yes", {"", "yes"}),
    ],
)
def test_openings_are_the_letters_that_matches_begin_with(source: str, expected: set[str]) -> None:
    assert openings(source) == expected


WORDS = st.text(alphabet="abé' -", min_size=1, max_size=5).map(re.escape)
WORDINGS = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda a, b, c, sign: f"{a}(?:{b}|{c}){sign}", inner, inner, inner, st.sampled_from(["", "?"])
    ),
    max_leaves=5,
)


@given(st.lists(st.lists(WORDINGS, min_size=1, max_size=3), min_size=1, max_size=4), st.text("abé' -\n"))
def test_any_pattern_is_found_as_by_itself(wordings: list[list[str]], text: str) -> None:
    patterns = [re.compile(rf"{WORD_START}(?:{'|'.join(words)})(?!\w)") for words in wordings]
    assert spans(patterns, text) == [
        [match.span() for match in pattern.finditer(text)] for pattern in patterns
    ]
