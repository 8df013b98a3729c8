"""The still pictures of the map, as programs that read SVG and PNG meet them."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg import drawing
from kg.errors import UsageError
from kg.network import attach_measures, build_network, measure_network
from kg.view import write_picture
from kg.view.lettering import Spot, is_drawable, label_lines, overlap, place_labels, text_width
from tests.network_rows import ALPHA, BETA, GAMMA, ROWS, event, partner, quote

if TYPE_CHECKING:
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

EVIL = '</text><script>window.hacked=1</script>"\x00\x0b & Đại học'
SVG = "{http://www.w3.org/2000/svg}"
FRAME = (0.0, 0.0, 800.0, 600.0)


def network(rows: Any = ROWS, level: str = "partner") -> Any:
    graph = build_network(rows, level=level)
    attach_measures(graph, measure_network(graph))
    return graph


def draw(path: Path, rows: Any = ROWS, *, level: str = "partner", **values: Any) -> Path:
    write_picture(network(rows, level), path, **{"title": "A map", "lang": "en", **values})
    return path


def crowd(size: int) -> tuple[Any, ...]:
    """Make one meeting of many with long names: every pair is linked."""
    people = [partner(f"The Very Old and Honourable Society of Friends number {n}") for n in range(size)]
    return (event(1, "forum", "concluded", *people, dates=("2024",), evidence=(quote(1),)),)


def texts(path: Path) -> list[str]:
    return ["".join(item.itertext()) for item in etree.parse(path).iter(f"{SVG}text")]


def test_a_picture_names_partners_figures_and_its_legend(tmp_path: Path) -> None:
    shown = texts(draw(tmp_path / "map.svg"))
    assert {"A map", "Alpha Chips", "Beta University", "South Korea", "Company", "Proposed (said)"} <= set(
        shown
    )
    assert "7 partners · 8 links · 5 events · 5 articles · 2023–2025" in shown


def test_a_picture_speaks_the_language_that_is_asked_for(tmp_path: Path) -> None:
    shown = texts(draw(tmp_path / "map.svg", lang="vi"))
    assert {"Chip Alpha", "Hàn Quốc", "Doanh nghiệp", "Đề xuất (được nói đến)"} <= set(shown)


def test_a_picture_may_show_events_and_sectors_among_partners(tmp_path: Path) -> None:
    assert {"Accord 2025-03-01", "Événement"} <= set(
        texts(draw(tmp_path / "map.svg", level="partner-event", lang="fr"))
    )
    assert {"Sector", "Beta University"} <= set(texts(draw(tmp_path / "map.svg", level="partner-sector")))


def test_the_same_network_gives_the_same_picture(tmp_path: Path) -> None:
    for ending in ("svg", "png"):
        pictures = [draw(tmp_path / f"{name}.{ending}").read_bytes() for name in "ab"]
        assert pictures[0] == pictures[1]


def test_colours_tell_kind_country_or_community(tmp_path: Path) -> None:
    legends = {
        colour: texts(draw(tmp_path / "map.svg", colour=colour)) for colour in ("country", "community")
    }
    assert {"Vietnam", "South Korea", "Others"} <= set(legends["country"])
    assert any(", " in text and "Alpha Chips" in text for text in legends["community"])


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("map.gif", {}, r"ends in \.svg or \.png"),
        ("map.svg", {"lang": "xx"}, "It speaks: en, fr, vi"),
        ("map.svg", {"colour": "size"}, "There are: kind, country, community"),
    ],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, name: str, values: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        draw(tmp_path / name, **values)


def test_an_empty_network_is_an_empty_picture(tmp_path: Path) -> None:
    assert "0 partners · 0 links · 0 events · 0 articles" in texts(draw(tmp_path / "map.svg", ()))
    assert draw(tmp_path / "map.png", ()).stat().st_size > 1000


def test_of_many_links_those_that_stand_out_are_drawn_and_the_picture_says_so(tmp_path: Path) -> None:
    rows = (
        *crowd(12),
        event(2, "agreement", "ongoing", ALPHA, BETA),
        event(3, "agreement", "ongoing", ALPHA, GAMMA),
    )
    path = draw(tmp_path / "map.svg", rows, links=2)
    tree = etree.parse(path)
    assert len(tree.findall(f".//{SVG}g[@class='links']/{SVG}path")) == 2
    assert any("2 links that stand out, of 68, are shown." in text for text in texts(path))
    assert "Alpha Chips" in texts(path), "two contracts bind more than a meeting of a crowd"


@pytest.mark.browser
def test_no_name_covers_another_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    page = draw(tmp_path / "map.svg", (*ROWS, *crowd(40)))
    with browser.open(page, ready="svg") as visit:
        boxes = visit.page.eval_on_selector_all(
            ".labels text:not([stroke])",
            "all => all.map((text) => { const b = text.getBBox(); return [b.x, b.y + 4, b.x + b.width, b.y + b.height - 4]; })",
        )
        assert len(boxes) > 20
        assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if overlap(a, b)]
        assert visit.complaints == []
        assert visit.requests == []


@pytest.mark.browser
def test_what_an_article_says_does_nothing_in_a_picture(browser: Browser, tmp_path: Path) -> None:
    person = type(ALPHA)(ALPHA.iri, EVIL, "company", "VN")
    page = draw(tmp_path / "map.svg", (event(1, "agreement", "concluded", person, BETA),), title=EVIL)
    with browser.open(page, ready="svg") as visit:
        assert visit.page.evaluate("window.hacked") is None
        assert visit.page.evaluate("document.querySelectorAll('script').length") == 0
        assert visit.complaints == []


@pytest.mark.browser
def test_a_png_shows_the_map_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    data = draw(tmp_path / "map.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (3200, 2200)
    page = tmp_path / "page.html"
    source = base64.b64encode(data).decode()
    page.write_text(f'<body data-ready><img src="data:image/png;base64,{source}"></body>', encoding="utf-8")
    with browser.open(page) as visit:
        seen = visit.page.evaluate(
            """async () => {
              const picture = document.querySelector("img");
              await picture.decode();
              const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
              const context = canvas.getContext("2d");
              context.drawImage(picture, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              const counts = {};
              for (let at = 0; at < data.length; at += 16) {
                const colour = "#" + [0, 1, 2].map((part) => data[at + part].toString(16).padStart(2, "0")).join("");
                counts[colour] = (counts[colour] || 0) + 1;
              }
              return counts;
            }"""
        )
        for kind in ("country", "company", "university", "association"):
            assert seen.get(drawing.KIND_COLOURS[kind], 0) > 100, kind
        assert seen.get("#16202b", 0) > 100, "the title is written: the fonts were found"


def test_the_fonts_have_the_letters_of_the_languages_and_other_signs_need_the_machine() -> None:
    assert is_drawable(
        "Trường Đại học Bách khoa Hà Nội · Œuvre « à l’échelle » – Çelik, Łódź, Αθήνα, Москва…"
    )
    assert not is_drawable("한국팹리스산업협회")
    assert text_width("iiii", 10) < text_width("MMMM", 10) < text_width("MMMM", 10, is_bold=True)


def test_a_long_name_takes_two_lines_and_ends_in_dots() -> None:
    assert label_lines("Ministry of Education and Training of Vietnam") == (
        "Ministry of Education and",
        "Training of Vietnam",
    )
    lines = label_lines("The Very Old and Honourable Society of the Many Friends of Chips")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert label_lines("") == ("",)


places = st.builds(
    Spot,
    st.floats(-50, 850),
    st.floats(-50, 650),
    st.floats(1, 40),
    st.text(st.sampled_from("abc đạ한 "), max_size=40),
)


@given(st.lists(places, max_size=60))
def test_labels_stay_in_the_frame_and_apart(spots: list[Spot]) -> None:
    boxes = [label.box for label in place_labels(spots, FRAME, size=13)]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if overlap(a, b)]
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 800 and box[3] <= 600 for box in boxes)
