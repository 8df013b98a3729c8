"""The text of a file of corrections in; the line at which something stands in it out, for messages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from kg import ontology as o
from kg.corrections.terms import Properties
from kg.errors import DataError


class Source:
    """The text that corrections were read from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines = path.read_text(encoding="utf-8", errors="replace").splitlines()

    def line_of(self, needle: str, *, start: int = 0) -> int | None:
        """Find an IRI, in full or by its prefix, or a text; None where it is written in another way."""
        names = {needle, f":{o.local_name(needle)}", unquote(needle)} - {"", ":"}
        for number, text in enumerate(self._lines[start:], start):
            words = re.sub("[<>,'\"]", " ", text).split()
            if any(
                name in text if " " in name else any(word.endswith(name) for word in words) for name in names
            ):
                return number
        return None


class Block:
    """What a file says of one correction."""

    def __init__(self, iri: str, node: Properties, source: Source) -> None:
        self.iri, self.node, self._source = iri, node, source

    def place(self, needle: str = "") -> str:
        """Give file and line of the correction, or of what it names."""
        start = self._source.line_of(self.iri) or 0
        line = self._source.line_of(needle, start=start) if needle else None
        return f"{self._source.path}:{(start if line is None else line) + 1}"

    def error(self, what: str, needle: str = "") -> DataError:
        """Say what is wrong with the correction; ``needle`` is what stands on the line in question."""
        return DataError(f"{self.place(needle)}: correction {o.local_name(self.iri)!r} {what}.")


def place_of(origin: str, needle: str) -> str:
    """Give the place of something that a correction read from ``origin`` (file and line) names."""
    path, _, line = origin.rpartition(":")
    if not path:
        return origin
    found = Source(Path(path)).line_of(needle, start=int(line) - 1)
    return origin if found is None else f"{path}:{found + 1}"
