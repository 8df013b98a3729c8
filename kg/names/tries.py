"""Tables of names of several words, looked up word by word.

In: names with what they stand for. Out: a ``Trie``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.names.words import Word, split_words

#: The gap before a word, and what stands for it in a ``Trie``.
COMMA = ", "


@dataclass(slots=True)
class Trie:
    """Sequences of folded words with what they stand for; built once, then only read."""

    by_key: bool = False
    children: dict[str, Trie] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)

    def add(self, keys: Sequence[str], value: Any) -> None:
        """Put ``value`` under a sequence of words."""
        node = self
        for key in keys:
            node = node.children.setdefault(key, Trie())
        node.values.append(value)

    def matches(self, words: Sequence[Word], index: int) -> Iterator[tuple[int, list[Any]]]:
        """Yield the index after the last word and the values of each sequence that begins at ``index``."""
        node = self
        by_key = self.by_key
        for position in range(index, len(words)):
            word = words[position]
            if position > index and not word.is_glued:
                # Some names have a comma: "Vietnam National University, Hanoi".
                if word.gap != COMMA or COMMA not in node.children:
                    return
                node = node.children[COMMA]
            found = node.children.get(word.key if by_key else word.fold)
            if found is None:
                return
            node = found
            if node.values:
                yield position + 1, node.values


def keys_of(name: str, *, accents: bool = False) -> tuple[str, ...]:
    """Return the folded words of a name, the key under which it stands in a ``Trie``."""
    return tuple(word.key if accents else word.fold for word in split_words(name, accents=accents))


def trie_of(pairs: Iterable[tuple[str, str]], accents: bool) -> Trie:
    """Build a trie whose values are (kind, form as written)."""
    trie = Trie(by_key=accents)
    for kind, name in pairs:
        trie.add(keys_of(name, accents=accents), (kind, name))
    return trie
