"""Small misspellings of known names: "NDIVIA" is NVIDIA.

In: a name that no list knows. Out: the known partner that it misspells, if one alone does.
"""

from __future__ import annotations


def known_spelling(name: str) -> str | None:
    """Return the IRI of the known partner that ``name`` misspells."""
    return None
