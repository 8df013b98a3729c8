"""Measure the map of a generated network in headless Chromium: how long until it is seen, how it moves.

In: how many partners and links. Out: lines for ``tools/bench.py --map``, which prints them. The network grows
as real ones do: whoever has many partners finds more, most within the own group, and some events have many
participants.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kg.network import EventRow

#: What is promised for 5,000 partners and 20,000 links.
OPEN_LIMIT = 3.0
FRAMES_LIMIT = 30.0
KINDS = (
    "company",
    "company",
    "company",
    "university",
    "government-body",
    "association",
    "research-institute",
)
TYPES = ("agreement", "agreement", "cooperation", "meeting", "programme", "investment")
STATUSES = ("proposed", "planned", "concluded", "concluded", "ongoing", "ended")
SECTORS = ("semiconductors", "artificial-intelligence", "education", "energy", "health", "space")
COUNTRIES = ("VN", "KR", "JP", "FR", "US", "DE", "SG", "CN", "IN", "GB", "AU", "CA")
#: Partners of a group are mostly together: this part of them.
GROUPS, AT_HOME = 25, 0.85
BASE = "https://example.org/"
SECONDS = 3.0


def make_rows(partners: int, links: int, *, seed: int = 5) -> list[EventRow]:
    """Make events of two to six partners until that many pairs are joined."""
    chance = random.Random(seed)
    groups = [list(range(start, partners, GROUPS)) for start in range(GROUPS)]
    pairs: set[tuple[int, int]] = set()
    rows: list[EventRow] = []
    while len(pairs) < links:
        home, far = chance.choice(groups), chance.choice(groups)
        size = chance.choices((2, 3, 4, 6), (80, 12, 6, 2))[0]
        members = {chance.choice(home if chance.random() < AT_HOME else far) for _ in range(size)}
        if len(rows) < partners:
            members = {len(rows), *sorted(members)[1:], chance.choice(groups[len(rows) % GROUPS])}
        if len(members) < 2:
            continue
        home.extend(members.intersection(home))
        pairs.update(combinations(sorted(members), 2))
        rows.append(_row(len(rows), sorted(members), chance))
    return rows


def _row(number: int, members: Iterable[int], chance: random.Random) -> EventRow:
    from kg.network import EventRow, EvidenceRow, ParticipantRow

    day = f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
    article = f"{BASE}a{number // 2}"
    said = EvidenceRow(
        article,
        f"Quote {number}: they agreed on a matter of some weight to all that were present. " * 2,
        title=f"Article {number // 2}",
        url=article,
        source=f"Paper {number % 40}",
        lang=("en", "fr", "vi")[number % 3],
        published=day,
    )
    who = tuple(
        ParticipantRow(f"{BASE}p{n}", f"Partner {n}", KINDS[n % 7], COUNTRIES[n % 97 % 12]) for n in members
    )
    type, status, sector = chance.choice(TYPES), chance.choice(STATUSES), (SECTORS[number % 6],)
    return EventRow(f"{BASE}e{number}", type, status, who, sector, dates=(day,), evidence=(said,))


def write_page(path: Path, partners: int, links: int) -> float:
    """Write the map as ``kg view`` does; the seconds that it takes."""
    from kg.network import attach_measures, build_network, measure_network
    from kg.view import write_map

    rows = make_rows(partners, links)
    begin = time.perf_counter()
    networks = []
    for level in ("partner", "country"):
        graph = build_network(rows, level=level)
        attach_measures(graph, measure_network(graph))
        networks.append(graph)
    write_map(networks, path, title=f"{partners:,} partners", lang="en")
    return time.perf_counter() - begin


def measure_map(partners: int, links: int) -> Iterator[tuple[str, float, str]]:
    """Give name, value and unit of each measure."""
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        raise SystemExit("no Chromium on this machine: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "map.html"
        yield "map: written", write_page(page, partners, links), "s"
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, fragment in (("as it opens", ""), ("all links", "#all=1")):
            for what, value, unit in _measure_page(running, page.as_uri() + fragment):
                yield f"map, {name}: {what}", value, unit
        running.close()


def _measure_page(browser: Any, address: str) -> Iterator[tuple[str, float, str]]:
    tab = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    begin = time.perf_counter()
    tab.goto(address)
    tab.wait_for_selector("body[data-ready]", timeout=120_000)
    _two_frames(tab)
    yield "seen after", time.perf_counter() - begin, "s"
    yield "links drawn", float(tab.inner_text("#count-links").replace(",", "")), ""
    tab.evaluate("window.F = 0; (function f() { F += 1; requestAnimationFrame(f); })()")
    tab.mouse.move(330, 720)
    tab.mouse.down()
    yield (
        "dragged",
        _frames(tab, lambda turn: tab.mouse.move(330 + turn * 7 % 300, 720 - turn * 5 % 200)),
        "frames/s",
    )
    tab.mouse.up()
    yield "zoomed", _frames(tab, lambda turn: tab.mouse.wheel(0, 40 if turn // 12 % 2 else -40)), "frames/s"
    yield "a filter", _seconds(tab, lambda: tab.click('[data-key="status=ongoing"]')), "s"
    tab.context.close()


def _two_frames(tab: Page) -> None:
    tab.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def _frames(tab: Page, move: Any) -> float:
    """Count the frames of a second while the hand moves."""
    first, begin, turn = tab.evaluate("F"), time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDS:
        turn += 1
        move(turn)
    return float((tab.evaluate("F") - first) / (time.perf_counter() - begin))


def _seconds(tab: Page, work: Any) -> float:
    begin = time.perf_counter()
    work()
    _two_frames(tab)
    return time.perf_counter() - begin
