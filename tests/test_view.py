"""The map, as a reader meets it: in a real browser, with the network cut."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import UsageError
from kg.network import DifferenceRow, attach_measures, build_network, measure_network
from kg.view import LANGUAGES, write_map
from tests.network_rows import ALPHA, BETA, ROWS, event, partner, quote

if TYPE_CHECKING:
    from tests.browser import Browser, Visit

pytest_plugins = ("tests.browser",)

EVIL = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'
VOCABULARY = {"semiconductors": {"en": "Semiconductors", "fr": "Semi-conducteurs", "vi": "Bán dẫn"}}


def evil_rows() -> tuple[Any, ...]:
    person = partner("evil")
    person = type(person)(person.iri, EVIL, "company", "VN", None, {"fr": EVIL})
    said = quote(8, quote=EVIL, title=EVIL, source=EVIL, url="javascript:window.hacked=1")
    return (
        event(8, "agreement", "concluded", person, ALPHA, sectors=(EVIL,), places=(EVIL,), evidence=(said,)),
    )


def write(path: Path, rows: Any = ROWS, *, title: str = "A map") -> Path:
    levels = []
    for level in ("partner", "country", "partner-sector"):
        graph = build_network(rows, level=level)
        attach_measures(graph, measure_network(graph))
        levels.append(graph)
    write_map(levels, path, title=title, lang="en", vocabulary=VOCABULARY)
    return path


@pytest.fixture(scope="module")
def plain_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("map") / "map.html")


def number(visit: Visit, name: str) -> int:
    return int(visit.page.inner_text(f"#count-{name}"))


def click_node(visit: Visit, text: str) -> None:
    """Choose a node by the search field, as a keyboard user does."""
    visit.page.fill("#query", text)
    visit.page.press("#query", "Enter")
    visit.page.wait_for_selector("#panel h2")


def test_the_same_network_gives_the_same_file(tmp_path: Path) -> None:
    assert write(tmp_path / "a.html").read_bytes() == write(tmp_path / "b.html").read_bytes()


def test_the_page_speaks_its_languages_in_full() -> None:
    words = {
        lang: json.loads(Path("kg/view/interface", f"{lang}.json").read_text("utf-8")) for lang in LANGUAGES
    }
    names = {lang: set(known) for lang, known in words.items()}
    assert len(set(map(frozenset, names.values()))) == 1, names
    used = set()
    for script in Path("kg/view/page").glob("*.js"):
        used |= set(re.findall(r'\bword\("([^"+]+)"\)', script.read_text("utf-8")))
    assert used <= next(iter(names.values())), used - next(iter(names.values()))


def test_a_language_that_the_page_does_not_speak_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"does not speak 'xx'\. It speaks: en, fr, vi"):
        write_map(build_network(ROWS), tmp_path / "map.html", title="", lang="xx")


def test_what_articles_say_cannot_end_the_data(tmp_path: Path) -> None:
    text = write(tmp_path / "map.html", evil_rows(), title=EVIL).read_text("utf-8")
    assert EVIL not in text
    assert text.count("</script>") == 3


@pytest.mark.browser
def test_the_map_opens_without_a_request_or_a_complaint(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        assert visit.requests == []
        assert visit.complaints == []
        assert number(visit, "nodes") == 7
        assert number(visit, "links") == 8
        assert number(visit, "events") == 5
        box = visit.page.query_selector("#map canvas").bounding_box()
        assert box["width"] > 600
        assert box["height"] > 400


@pytest.mark.browser
def test_a_click_on_a_node_opens_its_quotes(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        key = json.dumps(ALPHA.iri)
        data = json.loads(visit.page.text_content("#data"))
        node = next(item for item in data["levels"][0]["nodes"] if json.dumps(item["key"]) == key)
        nodes = data["levels"][0]["nodes"]
        x, y = screen_place(visit, nodes, node)
        visit.page.mouse.click(x, y)
        panel = visit.page.wait_for_selector("#panel h2")
        assert panel.inner_text() == "Alpha Chips"
        text = visit.page.inner_text("#panel")
        assert "They signed paper 1." in text
        assert "Paper 1 · March 2, 2025 · French" in text
        assert visit.page.get_attribute("#panel figcaption a", "href") == "https://example.org/1"
        dates = visit.page.eval_on_selector_all(
            "#panel .event time", "items => items.map(item => item.textContent)"
        )
        assert dates == ["March 1, 2025", "2024", "November 20, 2023"], "the newest comes first"
        assert visit.complaints == []


@pytest.mark.browser
def test_the_panel_counts_sources_and_shows_in_what_they_differ(browser: Browser, tmp_path: Path) -> None:
    one, copy, other = quote(1), quote(2), quote(3, lang="vi")
    first = replace(
        ROWS[0],
        evidence=(one, copy, other),
        repeated=(copy.article,),
        differences=(
            DifferenceRow("date", "2025-03-01", (one.article, copy.article)),
            DifferenceRow("date", "2025-03-02", (other.article,)),
            DifferenceRow("place", EVIL, (other.article,)),
        ),
    )
    with browser.open(write(tmp_path / "map.html", (first, *ROWS[1:]))) as visit:
        click_node(visit, "Alpha")
        card = visit.page.wait_for_selector("#panel .event")
        assert card.query_selector(".told").inner_text() == (
            "3 articles · 2 independent sources · French, Vietnamese"
        )
        rows = [item.inner_text().split("\n") for item in card.query_selector_all(".differences li")]
        assert rows == [
            ["date: March 1, 2025", "Paper 1, Paper 2"],
            ["date: March 2, 2025", "Paper 3"],
            [f"place: {EVIL}", "Paper 3"],
        ]
        about = [item.inner_text() for item in card.query_selector_all("figcaption .about")]
        assert [text.endswith("repeats another article") for text in about] == [False, True, False]
        assert visit.complaints == []


def screen_place(visit: Visit, nodes: list[dict[str, Any]], node: dict[str, Any]) -> tuple[float, float]:
    """Find a node on the screen by its colour: the map is fitted, so extremes lie where the page put them."""
    box = visit.page.query_selector("#map canvas").bounding_box()
    xs, ys = [item["x"] for item in nodes], [item["y"] for item in nodes]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    for step in range(40, 200):
        scale = step / 100
        x = box["x"] + box["width"] / 2 + (node["x"] - middle[0]) * scale
        y = box["y"] + box["height"] / 2 + (node["y"] - middle[1]) * scale
        visit.page.mouse.move(x, y)
        visit.page.wait_for_timeout(15)
        if visit.page.evaluate("document.getElementById('map').dataset.hovered") == node["key"]:
            return x, y
    raise AssertionError("the node was not found on the map")


@pytest.mark.browser
def test_a_filter_changes_the_counts_and_reset_brings_them_back(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        visit.page.click('[data-key="status=proposed"]')
        assert (number(visit, "nodes"), number(visit, "links"), number(visit, "events")) == (2, 1, 1)
        visit.page.click('[data-key="status=concluded"]')
        assert number(visit, "events") == 3
        visit.page.click("#reset")
        assert number(visit, "events") == 5
        visit.page.click('[data-key="sector=semiconductors"]')
        assert number(visit, "events") == 2
        visit.page.go_back()
        assert number(visit, "events") == 5
        assert visit.complaints == []


@pytest.mark.browser
def test_the_time_that_is_chosen_leaves_the_events_of_that_time(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map, "#since=2025-01&undated=0") as visit:
        assert number(visit, "events") == 2
        visit.page.check('[data-key="undated"]')
        assert number(visit, "events") == 3


@pytest.mark.browser
def test_the_search_finds_names_in_any_language_and_without_accents(
    browser: Browser, plain_map: Path
) -> None:
    with browser.open(plain_map) as visit:
        for query, name in (("puces", "Alpha Chips"), ("viet nam", "Vietnam"), ("coree", "South Korea")):
            visit.page.fill("#query", query)
            assert visit.page.inner_text("#suggestions li:first-child span") == name
        visit.page.fill("#query", "zzz")
        assert visit.page.inner_text("#suggestions") == "Nothing found"
        click_node(visit, "beta")
        assert visit.page.inner_text("#panel h2") == "Beta University"


@pytest.mark.browser
def test_the_address_restores_what_was_seen(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        visit.page.click('[data-key="type=agreement"]')
        visit.page.click('[data-key="colour=country"]')
        click_node(visit, "alpha")
        fragment = visit.page.evaluate("location.hash")
    with browser.open(plain_map, fragment) as visit:
        assert visit.page.inner_text("#panel h2") == "Alpha Chips"
        assert number(visit, "events") == 2
        assert visit.page.get_attribute('[data-key="colour=country"]', "aria-pressed") == "true"


@pytest.mark.browser
def test_a_link_is_named_in_the_address_and_opens_its_events(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map, f"#edge={ALPHA.iri}&edge={BETA.iri}&lang=fr") as visit:
        assert visit.page.inner_text("#panel h2").split("\n")[0].startswith("Puces Alpha")
        assert len(visit.page.query_selector_all("#panel .event")) == 3
        assert "En cours" in visit.page.inner_text("#panel")
        assert "Semi-conducteurs" in visit.page.inner_text("#panel")


@pytest.mark.browser
@pytest.mark.parametrize(
    "fragment", ["#level=x&colour=y&lang=z&since=%3Cb%3E&weight=abc&node=none", "#edge=1", "#%%%"]
)
def test_a_broken_address_opens_the_map_all_the_same(
    browser: Browser, plain_map: Path, fragment: str
) -> None:
    with browser.open(plain_map, fragment) as visit:
        assert number(visit, "nodes") == 7
        assert visit.complaints == []


@pytest.mark.browser
def test_other_levels_are_one_click_away(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        visit.page.click('[data-key="level=country"]')
        assert (number(visit, "nodes"), number(visit, "links")) == (4, 4)
        visit.page.click('[data-key="level=partner-sector"]')
        assert number(visit, "nodes") > 7
        assert visit.complaints == []


@pytest.mark.browser
def test_what_an_article_says_does_nothing(browser: Browser, tmp_path: Path) -> None:
    page = write(tmp_path / "map.html", (*ROWS, *evil_rows()), title=EVIL)
    with browser.open(page) as visit:
        assert visit.page.inner_text("h1") == EVIL
        visit.page.fill("#query", "<img")
        click_node(visit, "<img")
        assert EVIL in visit.page.inner_text("#panel")
        assert visit.page.query_selector_all("#panel a, #panel img, #panel script") == []
        visit.page.wait_for_timeout(100)
        assert visit.page.evaluate("window.hacked") is None
        assert visit.requests == []
        assert visit.complaints == []


@pytest.mark.browser
def test_the_keyboard_alone_reaches_map_and_quotes(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        visit.page.focus("#query")
        visit.page.keyboard.type("gam")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("#panel h2")
        visit.page.keyboard.press("Escape")
        visit.page.focus("#map")
        visit.page.keyboard.press("Escape")
        assert not visit.page.is_visible("#panel")


@pytest.mark.browser
def test_the_legend_counts_those_without_links(browser: Browser, tmp_path: Path) -> None:
    rows = (*ROWS, event(12, "programme", "ongoing", partner("Lone Society", "association", "JP")))
    with browser.open(write(tmp_path / "map.html", rows)) as visit:
        assert number(visit, "nodes") == 8
        assert visit.page.inner_text('[data-key="group=association"] .count') == "2"
        visit.page.click('[data-key="group=association"]')
        assert visit.page.inner_text('[data-key="group=association"] .count') == "2"
