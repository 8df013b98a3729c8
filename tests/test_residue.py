"""Newsroom residue: the examples in the data files hold, and a real sentence is never marked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.residue import PLACES, find_residue, read_entries

SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval"
ENTRIES = [(name, entry) for name, table in read_entries() for entry in table.get("residue", ())]
EXAMPLES = [
    pytest.param(text, id=f"{entry['id']}-{i}")
    for _, entry in ENTRIES
    for i, text in enumerate(entry["examples"])
]
COUNTER_EXAMPLES = [
    pytest.param(text, id=f"{entry['id']}-{i}")
    for _, entry in ENTRIES
    for i, text in enumerate(entry["counter_examples"])
]


def marked(text: str, body_start: int = 0) -> str:
    """Put the found stretches between marks, without the white space at their edges."""
    for start, end in reversed(find_residue(text, body_start)):
        inner = text[start:end]
        left, right = len(inner) - len(inner.lstrip()), len(inner.rstrip())
        text = f"{text[: start + left]}⟦{inner.strip()}⟧{text[start + right :]}"
    return text


def with_tight_marks(example: str) -> str:
    return re.sub(r"⟦(\s*)(.*?)(\s*)⟧", r"\1⟦\2⟧\3", example)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_in_the_data_is_found_exactly(example: str) -> None:
    assert marked(re.sub("[⟦⟧]", "", example)) == with_tight_marks(example)


@pytest.mark.parametrize("text", COUNTER_EXAMPLES)
def test_no_counter_example_in_the_data_is_found(text: str) -> None:
    assert marked(text) == text


@pytest.mark.parametrize(("name", "entry"), [pytest.param(*pair, id=pair[1]["id"]) for pair in ENTRIES])
def test_every_entry_has_a_place_examples_and_counter_examples(name: str, entry: dict[str, Any]) -> None:
    assert entry["where"] in PLACES, f"{name}: {entry['id']}: where must be one of {PLACES}"
    assert entry["examples"], f"{name}: {entry['id']}: add an example"
    assert entry["counter_examples"], f"{name}: {entry['id']}: add a counter-example"


def test_ids_of_entries_are_unique() -> None:
    ids = [entry["id"] for _, entry in ENTRIES]
    assert len(ids) == len(set(ids))


def test_the_title_is_never_marked() -> None:
    text = "Photo : VNA\n\nLe port rouvrira lundi."
    assert find_residue(text, len("Photo : VNA") + 2) == []


def test_a_text_of_residue_alone_is_marked_whole() -> None:
    assert marked("Photo : VNA\nPartager | Imprimer") == "⟦Photo : VNA⟧\n⟦Partager | Imprimer⟧"


@pytest.mark.parametrize(
    "sentence",
    [
        "The port and the city signed a memorandum on 3 March.",
        "Le port de Valmer – le plus grand du pays – a signé un accord avec la ville.",
        "Việt Nam - Hàn Quốc nhất trí tăng cường hợp tác bán dẫn.",
        "Theo thỏa thuận, hai bên sẽ đào tạo 50 kỹ sư.",
        "Par cet accord, les deux ministères partagent leurs données.",
        "By signing, both sides share the costs.",
        "Reuters and VNA signed a cooperation agreement in Hanoi.",
        "Nguồn nhân lực là trọng tâm của bản ghi nhớ giữa hai trường.",
        "Ảnh hưởng của thỏa thuận: hai bên cùng có lợi.",
        "Share prices of Samsung rose after the deal with the ministry.",
        "Related to this, Japan and India agreed to cooperate on chips.",
        "« Nous allons signer », a dit le ministre (source diplomatique).",
        "Photonics: the two institutes opened a joint laboratory.",
        "FPT - NVIDIA: hai bên ký thỏa thuận xây dựng nhà máy AI.",
    ],
)
def test_real_sentences_are_never_marked(sentence: str) -> None:
    for text in (
        sentence,
        f"{sentence}\n\nIt will be reviewed in a year.",
        f"It was announced today.\n\n{sentence}",
    ):
        assert find_residue(text, 0) == []


ANY_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "Photo : VNA",
                "Source",
                "VNA/CVN",
                "GENEVA — The port",
                "Lan Anh",
                "Share | Print",
                ">> A story",
            ]
        ),
    ),
    max_size=12,
)


@given(ANY_LINES, st.integers(0, 30))
def test_spans_are_sorted_apart_inside_the_body_and_not_empty(lines: list[str], body_start: int) -> None:
    text = "\n".join(lines)
    body_start = min(body_start, len(text))
    spans = find_residue(text, body_start)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert len(set(edges)) == len(edges)
    assert all(body_start <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    "text",
    ["Share   " * 36 + "z", "VNA/CVN/" * 36 + "z", "AAA-BBB / " * 100, '."' * 50_000, "Ab Cd " * 20_000],
)
def test_lines_made_to_be_slow_are_not(text: str) -> None:
    find_residue(text, 0)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold texts are not beside the repository")
def test_no_quote_that_gold_requires_is_marked() -> None:
    with open(SHARED / "train.jsonl", encoding="utf-8") as lines:
        articles = {article["id"]: article for article in map(json.loads, lines)}
    with open(SHARED / "train.gold.jsonl", encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            text = articles[gold["id"]]["text"]
            unmarked = "".join(f"\n{part}\n" for part in _unmarked(text))
            for event in gold["events"]:
                for quote in event["evidence"]:
                    assert quote in unmarked or quote not in text, (gold["id"], quote)


def _unmarked(text: str) -> list[str]:
    edges = [0, *(edge for span in find_residue(text, 0) for edge in span), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
