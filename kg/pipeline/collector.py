"""Python's collector of cycles, told what a long run is like."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Ten times as many new objects as usual before a look at the young ones, ten times as many looks at those
#: before one at all.
_SELDOM = (7_000, 10, 100)


@contextmanager
def seldom() -> Iterator[None]:
    """Look for cycles seldom: nearly all objects are those of models and vocabularies, which stay.

    A look at all of them takes a third of a second, and a build makes hardly any cycles.
    """
    usual = gc.get_threshold()
    if usual[0]:  # Else whoever calls has turned it off.
        gc.set_threshold(*map(max, _SELDOM, usual))
    try:
        yield
    finally:
        gc.set_threshold(*usual)
