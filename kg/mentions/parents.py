"""Mentions in, mentions out: a body that is only named to say whose another one is takes no part itself.

"Cục X (Bộ Y)", "PV Power, filiale de Petrovietnam", "an institute under the Ministry of Z": the most
specific body is the partner. The words between are data (``belonging`` in ``languages/<lang>/names.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.languages import load_data
from kg.model import Mention

#: Acronyms in parentheses are another name of the same body, not its parent.
_ACRONYM = re.compile(r"[^\W\d_]{2,8}[\d&+.-]*")


def without_parents(mentions: Sequence[Mention], text: str, lang: str) -> list[Mention]:
    """Make places of the partners that are only named as the parent of the partner just before."""
    kept: list[Mention] = []
    before: Mention | None = None
    for mention in mentions:
        if mention.label == "partner" and before is not None and _is_parent(before, mention, text, lang):
            mention = replace(mention, label="place", source="parent")
        kept.append(mention)
        before = mention if mention.label == "partner" else before
    return kept


def _is_parent(child: Mention, mention: Mention, text: str, lang: str) -> bool:
    if mention.kind == "country" or child.kind == "country" or mention.start < child.end:
        return False
    between = text[child.end : mention.start]
    if between.strip() == "(" and text[mention.end : mention.end + 1] in ")," and len(between) <= 2:
        return mention.kind == "government-body" and not _ACRONYM.fullmatch(mention.text)
    return len(between) <= 60 and _belonging(lang).fullmatch(between) is not None


@cache
def _belonging(lang: str) -> re.Pattern[str]:
    words = load_data(lang, "names").get("belonging", [])
    acronym = r"(?:\s*\([^()\n]{1,12}\))?"
    return re.compile(rf"{acronym},?\s*(?:\()?(?:{'|'.join(words)})\s*", re.IGNORECASE)
