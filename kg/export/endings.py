"""Which ending asks for what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kg.errors import UsageError

#: Ending -> what the file is made from: the network, the quads of the graph, the reports or the events.
ENDINGS: Final[Mapping[str, str]] = {
    ".gexf": "network",
    ".graphml": "network",
    ".net": "network",
    ".csv": "network",
    ".cyjs": "network",
    ".ttl": "quads",
    ".trig": "quads",
    ".nq": "quads",
    ".jsonld": "quads",
    ".jsonl": "reports",
    ".events.csv": "events",
}
#: A file of this name is a table of events, whatever its ending would be otherwise.
EVENTS: Final = "events.csv"


def source_of(path: Path) -> str:
    """Say what a file is made from, by its ending. Raises ``UsageError`` that lists the endings."""
    if path.name.lower() == EVENTS or path.name.lower().endswith("." + EVENTS):
        return "events"
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        what = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise UsageError(f"{path}: {what} says no known format. There are: {', '.join(ENDINGS)}.") from None
