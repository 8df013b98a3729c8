"""Lines that were broken to a width are put together again; breaks that mean something stay."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.articles.wrapping import join_broken_lines, join_markdown

PARAGRAPHS = (
    "The ministry of industry of Vietnam and the association of chip designers of South Korea signed a "
    "memorandum of understanding in Seoul on Thursday, which covers the training of engineers and research.",
    "Le ministère et l'association ont signé à Séoul un protocole d'accord qui porte sur la formation "
    "d'ingénieurs et sur la recherche, a annoncé le ministère dans un communiqué.",
)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_broken_to_a_width_is_put_together(width: int) -> None:
    broken = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS * 2)
    assert join_broken_lines(broken) == "\n\n".join(PARAGRAPHS * 2)


def test_a_line_ended_before_the_width_keeps_its_break() -> None:
    broken = "Photo: VNA\n" + textwrap.fill(" ".join(PARAGRAPHS), 72)
    assert join_broken_lines(broken) == "Photo: VNA\n" + " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "One sentence a line, which ends where it ends, as some people write.\nThen a short one.\n"
        "And a third that is again as long as the first one, or longer still.\nEnd of it.",
        "\n".join(PARAGRAPHS),
        "- chips, which is a long item that nearly fills the width of the line\n" * 5,
        "Hanoi\nSeoul\nTokyo\nParis",
        "",
    ],
)
def test_a_text_that_was_not_broken_to_a_width_stays(text: str) -> None:
    assert join_broken_lines(text) == text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("A and B signed\nan accord.\n\nC left.", "A and B signed an accord.\n\nC left."),
        ("- one\n  goes on\n- two\n1. three", "- one goes on\n- two\n1. three"),
        ("# Title\nText\ngoes on", "# Title\nText goes on"),
        ("a meant break  \nstays", "a meant break  \nstays"),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
        ("text\n> quoted", "text\n> quoted"),
        ("```\na\nb\n```\nText", "```\na\nb\n```\nText"),
    ],
)
def test_a_single_line_break_in_markdown_is_a_space(text: str, joined: str) -> None:
    assert join_markdown(text) == joined


@given(st.lists(st.sampled_from(" ".join(PARAGRAPHS).split()), min_size=40, max_size=90), st.integers(55, 95))
def test_broken_and_joined_is_what_it_was(words: list[str], width: int) -> None:
    text = " ".join(words)
    broken = textwrap.fill(text, width)
    assume(max(map(len, broken.split("\n"))) in range(50, 101))
    assert join_broken_lines(broken).split() == words


@given(st.text(alphabet="ab é-#>|`\n", max_size=200))
def test_joining_loses_no_word(text: str) -> None:
    for join in (join_markdown, join_broken_lines):
        assert "".join(join(text).split()) == "".join(text.split())
