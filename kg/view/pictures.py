"""Write the map as a still picture for reports: SVG, or PNG drawn from it.

The picture shows what the page shows when it opens, at the same places: title, figures, links by weight and
status, nodes by strength and kind, names where there is room, and the legend. What articles say becomes text,
never markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import drawing
from kg.errors import UsageError
from kg.view.lettering import LINE, Label, Spot, is_drawable, place_labels, text_width
from kg.view.scenes import Line, Scene, make_scene
from kg.view.words import LANGUAGES

if TYPE_CHECKING:
    import networkx as nx

#: Endings that are pictures, in small letters.
ENDINGS: Final = (".svg", ".png")

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_WIDTH, _HEIGHT, _EDGE = 1600, 1100, 40
_HEAD, _FOOT = 104, 112
_SIZE: Final = 13.0
_INK, _TEXT, _FAINT, _GROUND = "#16202b", "#37424f", "#6b7683", "#ffffff"
_FONTS: Final = "'Noto Sans', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
#: A PNG has so many dots a pixel of the SVG: sharp in print at the width of a page.
_DOTS: Final = 2.0


def write_picture(
    network: nx.Graph, path: Path, *, title: str, lang: str, colour: str = "kind", links: int = 2000
) -> None:
    """Draw a network into ``path``, by its ending; at most ``links`` links, those that stand out.

    Raises ``UsageError`` for another ending, a language that the map does not speak, or a colouring that
    there is not.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"The map does not speak {lang!r}. It speaks: {', '.join(LANGUAGES)}.")
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path}: a picture ends in {' or '.join(ENDINGS)}.")
    frame = (_EDGE, _HEAD, _WIDTH - _EDGE, _HEIGHT - _FOOT)
    text = _svg(make_scene(network, frame, lang=lang, colour=colour, links=links), title)
    if path.suffix.lower() == ".svg":
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        path.write_bytes(_png(text))


def _png(text: str) -> bytes:
    """Draw an SVG with the fonts that are shipped; the machine's own only where a name needs other signs."""
    import resvg_py

    with as_file(files("kg.view") / "fonts") as folder:
        picture: bytes = resvg_py.svg_to_bytes(
            svg_string=text,
            zoom=_DOTS,
            font_dirs=[str(folder)],
            sans_serif_family="Noto Sans",
            skip_system_fonts=is_drawable(text.replace("\n", "")),
        )
    return bytes(picture)


def _svg(scene: Scene, title: str) -> str:
    frame = (_EDGE / 2, _HEAD - 8.0, _WIDTH - _EDGE / 2, _HEIGHT - _FOOT + 4.0)
    labels = place_labels([Spot(n.x, n.y, n.radius, n.name) for n in scene.nodes], frame, size=_SIZE)
    parts = [
        f'<svg xmlns="{_NAMESPACE}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="{_FONTS}" font-size="{_SIZE:g}">',
        f"<title>{_clean(title)}</title>",
        f"<desc>{_clean(scene.figures)}</desc>",
        _element("rect", width=_WIDTH, height=_HEIGHT, fill=_GROUND),
        _words(title, _EDGE, 50, size=26, weight=700, fill=_INK),
        _words(scene.figures, _EDGE, 76, size=15, fill=_FAINT),
        '<g class="links" fill="none">',
        *map(_line, scene.lines),
        '</g>\n<g class="nodes" stroke="#ffffff" stroke-width="1.5">',
        *(_shape(node.shape, node.x, node.y, node.radius, node.colour) for node in scene.nodes),
        '</g>\n<g class="labels" text-anchor="middle">',
        *(line for label in labels for line in _label(label)),
        '</g>\n<g class="legend">',
        *_legend(scene),
        "</g>\n</svg>\n",
    ]
    return "\n".join(parts)


def _line(line: Line) -> str:
    dashes = {"stroke-dasharray": " ".join(map(str, line.dashes))} if line.dashes else {}
    return _element(
        "path",
        d=f"M{line.x1:.1f} {line.y1:.1f}L{line.x2:.1f} {line.y2:.1f}",
        stroke=line.colour,
        **{"stroke-width": f"{line.width:.2f}", "stroke-opacity": f"{line.opacity:.2f}"},
        **dashes,
    )


def _shape(shape: str, x: float, y: float, radius: float, colour: str) -> str:
    if shape == "square":
        side = radius * 0.9
        d = f"M{x - side:.1f} {y - side:.1f}h{2 * side:.1f}v{2 * side:.1f}h{-2 * side:.1f}Z"
    elif shape == "triangle":
        d = f"M{x:.1f} {y - 1.15 * radius:.1f}l{1.05 * radius:.1f} {1.95 * radius:.1f}h{-2.1 * radius:.1f}Z"
    elif shape == "diamond":
        r = 1.2 * radius
        d = f"M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}Z"
    else:
        return _element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", fill=colour)
    return _element("path", d=d, fill=colour)


def _label(label: Label) -> Iterator[str]:
    """Write a name twice, its halo first: not every program that reads SVG paints a stroke under its fill."""
    left, top, right, _ = label.box
    weight, fill = (700, _INK) if label.is_strong else (400, _TEXT)
    for halo in ({"stroke": _GROUND, "stroke-width": "3.5", "stroke-linejoin": "round"}, {}):
        for place, line in enumerate(label.lines):
            # The width is given, so that another font on another machine does not make names collide.
            width = text_width(line, _SIZE, is_bold=label.is_strong)
            yield _words(
                line,
                (left + right) / 2,
                top + (place + 0.78) * _SIZE * LINE,
                size=_SIZE,
                weight=weight,
                fill=fill,
                textLength=f"{width:.1f}",
                **halo,
            )


def _legend(scene: Scene) -> Iterator[str]:
    """Lay out the legend in rows: groups of nodes, statuses of links, and what size and width tell."""
    y = _HEIGHT - _FOOT + 34.0
    x = float(_EDGE)
    for name, colour, shape in scene.groups:
        if x > _EDGE and x + 24 + text_width(name, _SIZE) > _WIDTH - _EDGE:
            x, y = float(_EDGE), y + 22
        yield _shape(shape, x + 6, y - 4.5, 6, colour)
        yield _words(name, x + 19, y, size=_SIZE, fill=_TEXT)
        x += 19 + text_width(name, _SIZE) + 24
    x, y = float(_EDGE), y + 24
    for name, status in scene.statuses:
        dashes, colour = drawing.STATUS_STYLES[status]
        width = 3.2 if status == "ongoing" else 2.2
        yield _line(Line(x, y - 4.5, x + 30, y - 4.5, width, colour, 1.0, dashes))
        yield _words(name, x + 39, y, size=_SIZE, fill=_TEXT)
        x += 39 + text_width(name, _SIZE) + 24
    yield _words(scene.note, _EDGE, y + 24, size=12, fill=_FAINT)


def _words(text: str, x: float, y: float, *, size: float, fill: str, weight: int = 400, **more: Any) -> str:
    values = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": f"{size:g}", "fill": fill, **more}
    if weight != 400:
        values["font-weight"] = weight
    return _element("text", _clean(text), **values)


def _element(name: str, content: str = "", **values: Any) -> str:
    attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in values.items())
    return f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>"


def _clean(text: str) -> str:
    """Make text fit for XML: no sign of markup, and none of the signs that XML forbids."""
    signs = "".join(sign if sign.isprintable() or sign == " " else " " for sign in text)
    return escape(signs)
