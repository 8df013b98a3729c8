"""What the features ask again and again of a document's tokens, read once, as lists by the token's number.

To ask spaCy's own tokens costs more than all that is done with the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """One item a token in each list; words and lemmas in small letters."""

    starts: list[int]
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    is_space: list[bool]
    is_punct: list[bool]

    def lemmas_in(self, start: int, end: int) -> list[str]:
        """The lemmas from one number up to another, without blanks."""
        return [self.lemmas[number] for number in range(start, end) if not self.is_space[number]]

    def words_in(self, start: int, end: int) -> list[str]:
        """The words from one number up to another, without blanks."""
        return [self.words[number] for number in range(start, end) if not self.is_space[number]]


def read_tokens(doc: Doc) -> Tokens:
    """Read them."""
    tokens = Tokens([], [], [], [], [], [])
    for token in doc:
        tokens.starts.append(token.idx)
        tokens.words.append(token.lower_)
        tokens.lemmas.append(token.lemma_.lower())
        tokens.pos.append(token.pos_)
        tokens.is_space.append(token.is_space)
        tokens.is_punct.append(token.is_punct)
    return tokens
