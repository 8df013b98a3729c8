"""A user's words in, filters and periods out, or one sentence on what is possible."""

from __future__ import annotations

import re
from typing import Any, Final

from kg.errors import DataError, UsageError
from kg.network.projection import Filters
from kg.ontology import VocabularyName, load_vocabulary

_DATE: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD: Final = re.compile(rf"(?P<since>{_DATE})?(?P<to>\.\.)?(?P<until>{_DATE})?")


def checked_filters(**values: Any) -> Filters:
    """Make ``Filters`` of values that a user gave; raises ``UsageError`` for what does not exist."""
    _check_concepts("sectors", values.get("sectors", ()))
    _check_concepts("activities", values.get("activities", ()))
    for name in ("since", "until"):
        date = values.get(name)
        if date and not re.fullmatch(_DATE, date):
            raise UsageError(f"{name}: {date!r} is no date. Write 2024, 2024-09 or 2024-09-18.")
    return Filters(**values)


def read_period(text: str) -> dict[str, str | None]:
    """Read a period, open at one end or not, as ``since`` and ``until``: 2024, 2023..2024, 2024-09.. ."""
    match = _PERIOD.fullmatch(text)
    if not match or not (match["since"] or match["until"]) or (match["until"] and not match["to"]):
        raise UsageError(f"{text!r} is no period. Write 2024, 2023..2024, 2024-09.. or ..2024.")
    return {"since": match["since"], "until": match["until"] if match["to"] else match["since"]}


def _check_concepts(vocabulary: VocabularyName, ids: tuple[str, ...]) -> None:
    for id in ids:
        try:
            load_vocabulary(vocabulary)[id]
        except DataError as error:
            raise UsageError(str(error)) from error
