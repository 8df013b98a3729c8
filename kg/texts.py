"""A document in, its text out, built once: spaCy joins the words anew at each call of ``doc.text``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "text"


def text_of(doc: Doc) -> str:
    """Give ``doc.text``."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return text
