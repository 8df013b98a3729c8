"""What a pipeline's rule-based ``lemmatizer`` says of tokens, said faster.

It looks at the word, its part of speech and its form alone, so that each kind of token is asked for once.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

#: The mode of a lemmatizer that looks at nothing else.
_MODE = "rule"


class Lemmas:
    """The lemmas of a ``lemmatizer``; call it with a document."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set them; a lemma that a token has already stays, unless the lemmatizer overwrites."""
        kinds = list(map(tuple, doc.to_array([ORTH, POS, MORPH]).tolist()))
        for place, kind in enumerate(kinds):
            if kind not in self._known:
                lemma = self._lemmatizer.lemmatize(doc[place])[0]
                self._known[kind] = doc.vocab.strings.add(lemma)
        before = doc.to_array([LEMMA])
        lemmas = np.array([self._known[kind] for kind in kinds], dtype=np.uint64)
        if not self._lemmatizer.overwrite:
            lemmas = np.where(before == 0, lemmas, before)
        column = lemmas.reshape(-1, 1)
        return doc.from_array([LEMMA], column)  # type: ignore[arg-type] # the stub asks for signed numbers


@Language.factory("entente_lemmas")
def _create(nlp: Language, name: str) -> Lemmas:
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    return Lemmas(lemmatizer)


def replace_lemmatizer(nlp: Language) -> None:
    """Put ``Lemmas`` into the place of a pipeline's ``lemmatizer``, if it has one that goes by rules."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    if isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == _MODE:
        nlp.add_pipe("entente_lemmas", after="lemmatizer")
        nlp.remove_pipe("lemmatizer")
