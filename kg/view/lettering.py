"""How wide text is, and where labels go so that none covers another; for pictures that no browser draws.

In come names, places and radii in pixels; out come lines of text with their boxes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: Left, top, right, bottom.
Box = tuple[float, float, float, float]

LINE: Final = 1.25
#: A long name takes two lines of so many letters; what does not fit them ends in dots.
LETTERS: Final = 26
#: What a sign that the font lacks takes: Chinese and Korean signs are as wide as they are high.
_UNKNOWN: Final = 1000
_CELL: Final = 64


@dataclass(frozen=True, slots=True)
class Spot:
    """A node to be named: where it lies, how large it is drawn, what its name is."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its place: the box holds all lines, which are centred in it."""

    lines: tuple[str, ...]
    box: Box
    is_strong: bool


@cache
def _widths() -> Mapping[str, Mapping[str, int]]:
    text = (files("kg.view") / "fonts" / "widths.json").read_text(encoding="utf-8")
    widths: dict[str, dict[str, int]] = json.loads(text)
    return widths


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Measure a line in pixels, in the font that the pictures are drawn with."""
    widths = _widths()["bold" if is_bold else "regular"]
    return sum(widths.get(sign, _UNKNOWN) for sign in text) * size / 1000


def is_drawable(text: str) -> bool:
    """Tell whether the font of the pictures has every sign of a text."""
    return all(sign in _widths()["regular"] for sign in text)


def label_lines(name: str) -> tuple[str, ...]:
    """Break a name into one or two lines."""
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= LETTERS or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: LETTERS - 1]}…"]
    return tuple(line if len(line) <= 34 else f"{line[:32]}…" for line in lines)


def place_labels(spots: Sequence[Spot], frame: Box, *, size: float, strong: float = 17.0) -> list[Label]:
    """Name as many as have room, the largest first; ``strong`` is the radius from which names are bold."""
    order = sorted(spots, key=lambda spot: -spot.radius)
    taken, discs = _Grid(), _Grid()
    for spot in order:
        reach = spot.radius * 0.85
        discs.add((spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach))
    labels = []
    for place, spot in enumerate(order):
        lines, is_strong = label_lines(spot.name), spot.radius > strong
        width = max(text_width(line, size, is_bold=is_strong) for line in lines)
        boxes = [
            box
            for box in _boxes_around(spot, width + 4, len(lines) * size * LINE)
            if _is_inside(box, frame) and taken.is_free(box)
        ]
        # The first few are named even where the name lies over a smaller node.
        free = [box for box in boxes if discs.is_free(box)] or (boxes if place < 12 else [])
        if free:
            taken.add(free[0])
            labels.append(Label(lines, free[0], is_strong))
    return labels


def _boxes_around(spot: Spot, width: float, height: float) -> Iterator[Box]:
    """Yield where a name may stand: below, above, right, left, and the corners between."""
    half, rise, gap, slant = width / 2, height / 2, spot.radius + 3, spot.radius * 0.72 + 2
    moves = (
        *((0.0, gap + rise), (0.0, -gap - rise), (gap + half, 0.0), (-gap - half, 0.0)),
        *((slant + half, slant + rise / 2), (slant + half, -slant - rise / 2)),
        *((-slant - half, slant + rise / 2), (-slant - half, -slant - rise / 2)),
    )
    for x, y in moves:
        yield (spot.x + x - half, spot.y + y - rise, spot.x + x + half, spot.y + y + rise)


def _is_inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than a border."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _Grid:
    """Boxes by cell, so that a box is compared with its neighbours alone."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        return not any(overlap(box, other) for cell in _cells(box) for other in self._cells.get(cell, ()))


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield column, row
