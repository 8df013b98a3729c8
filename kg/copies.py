"""Texts in, signatures out; and of articles that tell of one event, which repeat what another says.

A wire story that ten papers print is one voice, not ten. Two articles are of one source when their texts are
nearly the same, or the shorter one is for the most part found in the longer one (a paper cuts a wire story),
or one publisher printed both. What follows of three articles by two such steps holds too, so that the number
of sources is a lower bound: so many voices are surely independent.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from operator import eq
from typing import Final

#: Neighbouring words that are compared together. Independent reports of one event share few such triples:
#: at most 13 % of the shorter one among the articles of the gold.
_WORDS: Final = 3
#: A text of fewer triples is a headline or a flash, of which nobody can tell who wrote it first.
_LEAST_PARTS: Final = 20
#: Numbers of a signature; the estimate is off by up to 0.04 (one standard deviation).
_SLOTS: Final = 128
_SEED: Final = 42
#: So much of the shorter text stands in the longer one when one repeats the other.
REPEATED: Final = 0.6
#: With fewer equal numbers, chance alone could make a short text look like a part of a long one.
_LEAST_EQUAL: Final = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """What tells whether two articles are of one source; ``publisher`` and ``signature`` where known."""

    article: str
    published: date | None = None
    publisher: str | None = None
    signature: str | None = None


def sign_text(text: str) -> str | None:
    """Give a text's signature, which near-identical texts share for the most part; None for a flash."""
    words = re.findall(r"\w+", text.casefold())
    parts = {" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1)}
    if len(parts) < _LEAST_PARTS:
        return None
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_SLOTS, seed=_SEED)
    # Lone surrogates cannot pass into another language's strings.
    sketch.update([part.encode("utf-8", "replace").decode() for part in sorted(parts)])
    # Two bytes of each number are enough: only one in 65,536 pairs of different numbers then looks equal.
    numbers = (len(parts).to_bytes(4, "big"), *((n & 0xFFFF).to_bytes(2, "big") for n in sketch.digest()))
    return base64.b64encode(b"".join(numbers)).decode("ascii")


def is_repetition(one: str, other: str) -> bool:
    """Tell by their signatures whether most of the shorter text stands in the longer one."""
    (size, numbers), (other_size, other_numbers) = _read(one), _read(other)
    equal = sum(map(eq, numbers, other_numbers))
    if equal < _LEAST_EQUAL:
        return False
    likeness = equal / _SLOTS
    shared = likeness / (1 + likeness) * (size + other_size)
    return bool(shared >= REPEATED * min(size, other_size))


def find_repeated(origins: Iterable[Origin]) -> tuple[str, ...]:
    """Give the articles, sorted, that are of the same source as an earlier one of them."""
    ordered = sorted(origins, key=lambda item: (item.published or date.max, item.article))
    first = list(range(len(ordered)))

    def root(index: int) -> int:
        while first[index] != index:
            index = first[index]
        return index

    for low, high in combinations(range(len(ordered)), 2):
        one, other = root(low), root(high)
        if one != other and _is_one_source(ordered[low], ordered[high]):
            # The earliest article stands for its source.
            first[max(one, other)] = min(one, other)
    return tuple(sorted(item.article for index, item in enumerate(ordered) if first[index] != index))


def _is_one_source(one: Origin, other: Origin) -> bool:
    if one.publisher and one.publisher == other.publisher:
        return True
    return bool(one.signature and other.signature and is_repetition(one.signature, other.signature))


@lru_cache(maxsize=4096)
def _read(signature: str) -> tuple[int, Sequence[int]]:
    data = base64.b64decode(signature)
    return int.from_bytes(data[:4], "big"), memoryview(data[4:]).cast("H")
