"""Copies of one text, whole or cut, are one source; independent texts are not; order and process do not matter."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.copies import Origin, find_repeated, is_repetition, sign_text

_WORDS = [f"word{number}" for number in range(4000)]


def text(seed: int, length: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choices(_WORDS, k=length))


def sign(words: str) -> str:
    signature = sign_text(words)
    assert signature is not None
    return signature


def edited(words: str, every: int) -> str:
    """Replace one word in ``every``, as an editor does."""
    return " ".join("other" if n % every == 0 else word for n, word in enumerate(words.split(), 1))


@pytest.mark.parametrize(
    "copy",
    [
        lambda words: words,
        lambda words: words.upper() + "!",
        lambda words: "HANOI, 19 September (Agency) - " + words.replace(" ", "\n"),
        lambda words: edited(words, 25),
        lambda words: " ".join(words.split()[:120]),
        lambda words: " ".join(words.split()[:60]) + " " + text(99, 15),
    ],
    ids=["the same", "other case", "with a dateline", "edited", "cut to 120 words", "a short start"],
)
def test_a_copy_is_known_whole_edited_or_cut(copy) -> None:  # type: ignore[no-untyped-def]
    original = text(1)
    assert is_repetition(sign(original), sign(copy(original)))
    assert is_repetition(sign(copy(original)), sign(original))


@pytest.mark.parametrize("length", [30, 100, 300, 2000])
def test_texts_that_share_a_quote_or_nothing_are_no_copies(length: int) -> None:
    quote = text(7, 30)
    for seed in range(20):
        one, other = text(100 + seed), text(200 + seed, length)
        assert not is_repetition(sign(one), sign(other))
        if length >= 100:
            assert not is_repetition(sign(f"{one} {quote}"), sign(f"{other} {quote}"))


@given(st.text(), st.integers(1, 60))
def test_any_text_has_a_signature_or_too_few_words(words: str, times: int) -> None:
    for whole in (words, " ".join(f"{words}{number}" for number in range(times))):
        signature = sign_text(whole)
        assert signature is None or len(signature) == 348
        assert sign_text(whole) == signature
    assert sign_text("France and Vietnam signed an accord on Thursday.") is None


def test_another_process_signs_alike() -> None:
    program = f"from kg.copies import sign_text; print(sign_text({text(3)!r}))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == sign_text(text(3))


def origin(name: str, day: int, words: str | None, publisher: str | None = None) -> Origin:
    return Origin(name, date(2025, 9, day), publisher, sign_text(words) if words else None)


WIRE, OWN = text(1), text(2)
ORIGINS = [
    origin("wire", 1, WIRE, "Agency"),
    origin("paper", 2, edited(WIRE, 30), "Paper"),
    origin("reporter", 3, OWN, "Gazette"),
    origin("gazette-again", 4, text(5), "Gazette"),
    origin("unsigned", 5, None),
]


def test_the_first_article_of_a_source_stands_for_it() -> None:
    assert find_repeated(ORIGINS) == ("gazette-again", "paper")
    assert find_repeated(ORIGINS[1:]) == ("gazette-again",)
    assert find_repeated([]) == ()


@given(st.permutations(ORIGINS))
def test_the_order_of_the_articles_does_not_matter(origins: list[Origin]) -> None:
    assert find_repeated(origins) == ("gazette-again", "paper")
