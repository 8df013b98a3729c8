"""The map in the hands of a reader who has never seen it: two clicks to a sentence, names, keys, night and paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.network import attach_measures, build_network, measure_network
from kg.view import write_map
from tests.network_rows import ALPHA, BETA, DELTA, GAMMA, ROWS, event, partner, quote

if TYPE_CHECKING:
    from tests.browser import Browser, Visit

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.browser

#: Writes down what is written on the canvas since it was last cleared.
SPY = """
window.written = [];
const proto = CanvasRenderingContext2D.prototype;
const { clearRect, fillText } = proto;
proto.clearRect = function (...values) { window.written = []; return clearRect.apply(this, values); };
proto.fillText = function (text, x, y) {
  window.written.push([text, x, y, this.measureText(text).width]);
  return fillText.apply(this, [text, x, y]);
};
"""


def write(path: Path, rows: Any = ROWS, **values: Any) -> Path:
    graph = build_network(rows)
    attach_measures(graph, measure_network(graph))
    write_map(graph, path, title="A map", lang="en", **values)
    return path


@pytest.fixture(scope="module")
def plain_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("map") / "map.html")


def crowd(size: int) -> tuple[Any, ...]:
    people = [partner(f"The Old and Honourable Society of Friends number {n}") for n in range(size)]
    return (event(9, "forum", "concluded", *people, dates=("2024",), evidence=(quote(9),)),)


def count(visit: Visit, name: str) -> int:
    return int(visit.page.inner_text(f"#count-{name}").replace(",", ""))


def lines_on_the_map(visit: Visit) -> set[str]:
    """Go over the map with the mouse, and click on every line that answers; give what the panels then say."""
    box = visit.page.query_selector("#map canvas").bounding_box()
    found: dict[str, str] = {}
    for row in range(1, 24):
        for column in range(1, 36):
            x, y = box["x"] + box["width"] * column / 36, box["y"] + box["height"] * row / 24
            visit.page.mouse.move(x, y)
            if not visit.page.is_visible("#tip"):
                continue
            name = visit.page.inner_text("#tip b")
            if name not in found:
                visit.page.mouse.click(x, y)
                found[name] = visit.page.inner_text("#panel")
                visit.page.click("#panel .close")
                visit.page.wait_for_timeout(150)  # the map takes the room that the panel leaves
    return {f"{name}: {text}" for name, text in found.items()}


def test_one_click_on_a_line_shows_the_sentence_behind_it(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        read = lines_on_the_map(visit)
        assert len(read) == count(visit, "links") == 8
        assert all("They signed paper" in text and "Paper" in text for text in read)
        assert any(
            "Alpha Chips – Beta University" in text and "They signed paper 2." in text for text in read
        )
        assert visit.complaints == []


def test_two_clicks_lead_to_the_sentence_behind_every_link(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        data = json.loads(visit.page.text_content("#data"))
        nodes = data["levels"][0]["nodes"]
        for edge in data["levels"][0]["edges"]:
            node, other = nodes[edge["from"]], nodes[edge["to"]]
            visit.page.evaluate(f"location.hash = '#node=' + encodeURIComponent({json.dumps(node['key'])})")
            visit.page.wait_for_function(
                "name => document.querySelector('#panel h2')?.innerText === name", arg=node["name"]
            )
            visit.page.click(f'#panel .neighbours button:has-text("{other["name"]}")')
            said = visit.page.inner_text("#panel mark >> nth=0")
            assert said in {f"They signed paper {number}." for number in range(1, 6)}


def test_a_click_on_an_event_lights_up_its_partners_alone(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map, f"#node={ALPHA.iri}", script=SPY) as visit:
        forum = visit.page.query_selector('#panel .event:has-text("Forum")')
        forum.query_selector("mark").click()
        visit.page.wait_for_timeout(700)
        named = {text for text, *_ in visit.page.evaluate("window.written")}
        assert named == {person.label for person in (ALPHA, BETA, GAMMA, DELTA)}
        assert forum.get_attribute("aria-pressed") == "true"
        visit.page.click('#panel .event:has-text("Programme") >> text=Show on the map')
        visit.page.wait_for_timeout(700)
        assert {text for text, *_ in visit.page.evaluate("window.written")} == {ALPHA.label, BETA.label}
        assert forum.get_attribute("aria-pressed") == "false"


def test_names_do_not_cover_each_other_at_rest(browser: Browser, tmp_path: Path) -> None:
    page = write(tmp_path / "map.html", (*ROWS, *crowd(40)))
    with browser.open(page, script=SPY) as visit:
        visit.page.wait_for_timeout(600)
        written = visit.page.evaluate("window.written")
        assert len(written) > 30
        boxes = [(x - wide / 2, y - 7, x + wide / 2, y + 7) for _, x, y, wide in written]
        covered = [
            (one, other)
            for place, one in enumerate(boxes)
            for other in boxes[:place]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert covered == []


def test_a_large_map_opens_on_what_stands_out_and_shows_all_at_a_press(
    browser: Browser, tmp_path: Path
) -> None:
    page = write(tmp_path / "map.html", (*ROWS, *crowd(90)))
    with browser.open(page) as visit:
        assert count(visit, "links") == 2000
        assert "2,000 links that stand out, of 4,013, are shown." in visit.page.inner_text("#notice")
        visit.page.click("#notice button")
        assert count(visit, "links") == 4013
        visit.page.mouse.move(320, 80)
        visit.page.mouse.down()
        visit.page.mouse.move(420, 180, steps=6)
        visit.page.mouse.up()
        visit.page.mouse.wheel(0, -300)
        visit.page.wait_for_timeout(400)
        visit.page.go_back()
        assert count(visit, "links") == 2000
        assert visit.complaints == []


def test_many_events_come_a_portion_at_a_time(browser: Browser, tmp_path: Path) -> None:
    rows = tuple(event(n, "meeting", "concluded", ALPHA, BETA, dates=("2024",)) for n in range(100, 195))
    with browser.open(write(tmp_path / "map.html", rows), f"#node={ALPHA.iri}") as visit:
        for shown in (40, 80, 95):
            assert len(visit.page.query_selector_all("#panel .event")) == shown
            if shown < 95:
                visit.page.click("#panel .more")
        assert not visit.page.is_visible("#panel .more")


def test_keys_go_from_partner_to_partner_and_back_to_the_map(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map) as visit:
        assert "N and P" in visit.page.get_attribute("#map", "aria-label")
        visit.page.focus("#map")
        names = []
        for key in ("n", "n", "p"):
            visit.page.keyboard.press(key)
            names.append(visit.page.inner_text("#panel h2"))
        assert names[0] == names[2] != names[1]
        assert {names[0], names[1]} == {"Alpha Chips", "Beta University"}
        visit.page.keyboard.press("Escape")
        assert not visit.page.is_visible("#panel")
        assert visit.page.evaluate("document.activeElement.id") == "map"


def test_everything_that_answers_a_click_can_be_reached_with_tab(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map, f"#node={ALPHA.iri}") as visit:
        wanted = set(
            visit.page.evaluate(
                "[...document.querySelectorAll('button, input, select, a[href], summary, .event, #map')]"
                ".filter((item) => item.checkVisibility()).map((item, place) => item.dataset.spot = String(place))"
            )
        )
        reached = set()
        visit.page.focus("#query")
        for _ in range(len(wanted) + 10):
            reached.add(visit.page.evaluate("document.activeElement.dataset.spot"))
            visit.page.keyboard.press("Tab")
        assert wanted <= reached, visit.page.evaluate(
            "spots => spots.map((spot) => document.querySelector(`[data-spot='${spot}']`).outerHTML)",
            sorted(wanted - reached),
        )


def test_the_page_follows_the_night_of_the_machine_and_prints_by_day(
    browser: Browser, plain_map: Path
) -> None:
    theme = "document.documentElement.dataset.theme"
    with browser.open(plain_map) as visit:
        visit.page.emulate_media(color_scheme="dark")
        visit.page.wait_for_function(f"() => {theme} === 'dark'")
        ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(20, 25, 31)"
        visit.page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {theme}; }})")
        assert visit.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        assert visit.page.evaluate("window.printed") == "light"
        assert visit.page.evaluate(theme) == "dark"
        visit.page.click('[aria-label="Light or dark"]')
        assert visit.page.evaluate(theme) == "light"
        assert visit.complaints == []


def test_playing_shows_the_network_grow(browser: Browser, plain_map: Path) -> None:
    with browser.open(plain_map, "#undated=0") as visit:
        assert count(visit, "events") == 4
        visit.page.click(".play")
        first = count(visit, "events")
        visit.page.wait_for_function(
            "first => Number(document.getElementById('count-events').innerText) > first", arg=first
        )
        assert first == 1
        visit.page.click(".play")
        now = visit.page.inner_text("#range")
        visit.page.wait_for_timeout(900)
        assert visit.page.inner_text("#range") == now, "a second press stops it"


def test_colours_can_tell_communities_from_the_start(browser: Browser, tmp_path: Path) -> None:
    page = write(tmp_path / "map.html", (*ROWS, *crowd(8)), colour="community")
    with browser.open(page) as visit:
        assert visit.page.get_attribute('[data-key="colour=community"]', "aria-pressed") == "true"
        assert "colour" not in visit.page.evaluate("location.hash")
