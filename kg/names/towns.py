"""The towns of the world, by name: a run of capitalised words that is one may be only where something is.

In: a folded name. Out: its ``Town``; from ``languages/towns.tsv``, which ``tools/towns.py`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Town(NamedTuple):
    """The largest town of a name: its country's code, and whether hundreds of thousands live there."""

    country: str
    is_large: bool


def town_of(name: str) -> Town | None:
    """Return the town of a folded name, its words joined by blanks."""
    found = _towns().get(name)
    return Town(found[:2], len(found) > len("XX")) if found else None


@cache
def _towns() -> Mapping[str, str]:
    text = files("kg.languages").joinpath("towns.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())
