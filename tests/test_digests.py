"""``kg report``: what it sums up, where its footnotes lead, and the page in a real browser without a network."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.cli import kg
from kg.cli.running import run
from kg.digests import digest
from kg.digests.charts import chart
from kg.network import EventRow, Filters
from kg.pages import LANGUAGES, write_page
from kg.pages.words import read_words
from tests.builders import article, graph_of
from tests.network_rows import ALPHA, BETA, DELTA, GAMMA, ROWS, event, generated_rows, partner, quote

if TYPE_CHECKING:
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

EVIL = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'
ITEMS = [
    article("a", "agreement/concluded: Alpha/company/VN + Beta/university/KR | semiconductors | 2023-05"),
    article("b", "agreement/concluded: Alpha/company/VN + Gamma/company/FR | education | 2025-02", lang="fr"),
    article("c", "agreement/proposed: Delta/association/VN + Beta/university/KR | education"),
]


def numbers(record: Any) -> list[int]:
    """All footnotes that a record calls for, in the order of the page."""
    if isinstance(record, dict):
        own = record.get("notes")
        found = own if isinstance(own, list) and all(isinstance(item, int) for item in own) else []
        return [*found, *(n for key, value in record.items() if key != "notes" for n in numbers(value))]
    return [n for item in record for n in numbers(item)] if isinstance(record, list) else []


def write(path: Path, rows: Any = ROWS, *, lang: str = "en", title: str = "A report") -> Path:
    write_page("report", digest(rows, title=title) | {"map": None, "map_part": (5, 8)}, path, lang=lang)
    return path


# --- what is summed up ------------------------------------------------------------------------------------


def test_figures_count_events_partners_and_independent_sources() -> None:
    counts = digest(ROWS, title="t")["figures"]["counts"]
    assert counts == {
        "events": 5,
        "agreements": 1,
        "partners": 7,
        "countries": 3,
        "articles": 5,
        "sources": 5,
    }
    assert digest(ROWS, title="t", filters=Filters(types=("forum",)))["figures"]["counts"]["events"] == 1


def test_every_statement_has_footnotes_and_every_footnote_is_called_for() -> None:
    record = digest(ROWS, title="t")
    called = numbers({key: value for key, value in record.items() if key != "notes"})
    notes = {note["number"]: note for note in record["notes"]}
    assert set(called) == set(notes) == set(range(1, len(notes) + 1))
    assert called[0] == 1
    lists = ("partners", "pairs", "countries", "newest", "told", "open")
    assert all(item["notes"] for name in lists for item in record[name])
    for item in (*record["newest"], *record["open"]):
        said = {row["quote"] for row in item["quotes"]}
        assert {notes[number]["quote"] for number in item["notes"]} <= said
    assert len({(note["article"], note["quote"]) for note in notes.values()}) == len(notes)


def test_partners_and_pairs_come_by_weight_and_by_sector() -> None:
    record = digest(ROWS, title="t")
    assert record["pairs"][0]["labels"] == ["Alpha Chips", "Beta University"]
    weights = [row["strength"] for row in record["partners"]]
    assert weights == sorted(weights, reverse=True)
    sectors = {row["id"]: row for row in record["sectors"]}
    assert sectors["semiconductors"]["events"] == 2
    assert sectors["education"]["pairs"][0]["events"] == 1


def test_newest_agreements_are_in_force_and_newest_first() -> None:
    rows = [
        event(1, "agreement", "concluded", ALPHA, BETA, dates=("2024-01-01",)),
        event(2, "agreement", "ongoing", ALPHA, GAMMA, dates=("2025-01-01",)),
        event(3, "agreement", "proposed", ALPHA, DELTA, dates=("2026-01-01",)),
        event(4, "forum", "concluded", ALPHA, DELTA, dates=("2026-01-01",)),
    ]
    record = digest(rows, title="t")
    assert [item["event"] for item in record["newest"]] == [rows[1].iri, rows[0].iri]


def test_the_best_told_have_most_independent_sources_and_copies_do_not_count() -> None:
    papers = tuple(quote(number) for number in (1, 2, 3))
    rows = [
        event(1, "agreement", "concluded", ALPHA, BETA, evidence=papers[:2]),
        event(2, "agreement", "concluded", ALPHA, GAMMA, evidence=papers),
        event(3, "agreement", "concluded", ALPHA, DELTA, evidence=papers[:2], repeated=(papers[0].article,)),
    ]
    record = digest(rows, title="t")
    assert [(item["event"], item["sources"]) for item in record["told"]] == [
        (rows[1].iri, 3),
        (rows[0].iri, 2),
    ]
    assert len(record["told"][0]["notes"]) == 3


def test_a_proposal_is_open_until_something_more_than_talks_follows() -> None:
    def step(number: int, type: str, status: str, *follows: int) -> EventRow:
        iris = tuple(event(n, type, status, ALPHA, BETA).iri for n in follows)
        return event(number, type, status, ALPHA, BETA, follows=iris)

    rows = [
        step(1, "agreement", "proposed"),
        step(2, "agreement", "planned", 1),
        step(3, "meeting", "concluded", 1),
        step(4, "agreement", "proposed"),
        step(5, "meeting", "concluded", 4),
        step(6, "agreement", "concluded", 5),
    ]
    assert {item["event"] for item in digest(rows, title="t")["open"]} == {rows[0].iri, rows[1].iri}
    only = Filters(statuses=("proposed",))
    kept = digest(rows, title="t", filters=only)["open"]
    assert {item["event"] for item in kept} == {rows[0].iri}, "what follows counts although it is not chosen"


def test_the_timeline_takes_no_day_of_publication_for_a_date() -> None:
    found = chart(ROWS)
    assert found is not None
    assert found["undated"] == 1
    assert sum(bar["total"] for bar in found["bars"]) + found["vague"] + found["undated"] == len(ROWS)
    assert chart([event(1, "forum", "concluded", ALPHA, BETA)]) is None
    years = chart([event(n, "forum", "concluded", ALPHA, BETA, dates=(f"{1950 + n}",)) for n in range(60)])
    assert years is not None
    assert (len(years["bars"]), years["vague"]) == (60, 0)


def test_the_order_of_events_changes_nothing() -> None:
    assert digest(ROWS, title="t") == digest(tuple(reversed(ROWS)), title="t")


def test_nothing_gives_an_empty_report(tmp_path: Path) -> None:
    record = digest([], title="t")
    assert record["partners"] == record["notes"] == []
    assert read_words("en")["report_none"] in write(tmp_path / "r.html", []).read_text("utf-8")


# --- the page ---------------------------------------------------------------------------------------------


def test_the_same_events_give_the_same_file(tmp_path: Path) -> None:
    assert write(tmp_path / "a.html").read_bytes() == write(tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_speaks_each_language(tmp_path: Path, lang: str) -> None:
    text = write(tmp_path / "r.html", lang=lang).read_text("utf-8")
    words = read_words(lang)
    assert f'<html lang="{lang}">' in text
    for name in ("report_who", "report_open", "report_notes", "kind_company", "type_agreement"):
        assert words[name] in text


@pytest.mark.browser
def test_a_footnote_is_one_click_from_its_statement(browser: Browser, graph: Path, tmp_path: Path) -> None:
    assert run(kg, ["report", "-g", str(graph), "-o", str(tmp_path / "r.html")]) == 0
    with browser.open(tmp_path / "r.html") as visit:
        page = visit.page
        assert visit.requests == []
        assert visit.complaints == []
        targets = page.eval_on_selector_all(".refs a", "all => all.map(a => a.getAttribute('href'))")
        ids = page.eval_on_selector_all(".notes li", "all => all.map(li => '#' + li.id)")
        assert set(targets) == set(ids)
        page.click(".entries .refs a")
        note = page.wait_for_selector(".notes li:target")
        assert "Alpha/company/VN + Gamma/company/FR" in note.inner_text()
        assert "The Example" in note.inner_text()
        assert note.query_selector("a").get_attribute("href") == "https://example.org/b"
        picture = page.query_selector(".map img")
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 1000
        # The footnotes are on paper, and no column is cut off.
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 960})
        assert page.evaluate("document.documentElement.scrollWidth") <= 680


@pytest.mark.browser
def test_what_articles_say_stays_text(browser: Browser, tmp_path: Path) -> None:
    person = replace(partner("evil"), label=EVIL)
    said = quote(8, quote=EVIL, title=EVIL, source=EVIL, url="javascript:window.hacked=1", lang='x"><b>')
    rows = [
        event(8, "agreement", "concluded", person, ALPHA, sectors=(EVIL,), evidence=(said,)),
        event(9, "agreement", "concluded", person, ALPHA, evidence=(said, quote(3))),
    ]
    write(tmp_path / "r.html", rows, title=EVIL)
    with browser.open(tmp_path / "r.html") as visit:
        assert visit.page.evaluate("window.hacked") is None
        assert visit.page.query_selector("main img, script, b b") is None
        assert visit.page.query_selector("a[href^='javascript']") is None
        assert visit.page.inner_text("h1") == EVIL
        assert visit.requests == []
        assert visit.complaints == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_report_on_thousands_of_partners_opens_at_once(browser: Browser, tmp_path: Path) -> None:
    rows = generated_rows(5000, 7000)
    start = time.perf_counter()
    write(tmp_path / "r.html", rows)
    assert time.perf_counter() - start < 60
    start = time.perf_counter()
    with browser.open(tmp_path / "r.html") as visit:
        assert time.perf_counter() - start < 5
        assert "7,000" in visit.page.inner_text(".figures")
        assert len(visit.page.query_selector_all(".notes li")) < 200


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("report") / "chips", *ITEMS)


def test_the_command_writes_a_page_that_holds_everything(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    assert run(kg, ["report", "-g", str(graph), "-o", str(path), "--sector", "education"]) == 0
    text = path.read_text("utf-8")
    assert "<h1>chips</h1>" in text
    assert "--sector education" in text
    assert "data:image/svg+xml;base64," in text
    outside = set(re.findall(r'(?:src|href)="(https?:[^"]*)"', text))
    assert outside == {"https://example.org/b", "https://example.org/c"}, "only links to the articles"
    again = tmp_path / "again.html"
    assert run(kg, ["report", "-g", str(graph), "-o", str(again), "--sector", "education"]) == 0
    assert again.read_bytes() == path.read_bytes()


def test_the_command_writes_what_stands_in_the_report_as_json(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    assert run(kg, ["report", "-g", str(graph), "-o", str(path), "--title", "Chips", "--top", "1"]) == 0
    record = json.loads(path.read_text("utf-8"))
    assert (record["title"], len(record["partners"]), len(record["open"])) == ("Chips", 1, 1)


def test_a_choice_that_leaves_nothing_says_so(graph: Path, tmp_path: Path, capsys) -> None:
    assert run(kg, ["report", "-g", str(graph), "-o", str(tmp_path / "r.html"), "--since", "2030"]) == 0
    assert "the report is empty" in capsys.readouterr().err
    assert run(kg, ["report", "-g", str(graph), "-o", str(tmp_path / "r.docx")]) == 2
    assert run(kg, ["report", "-g", str(graph), "--lang", "xx", "-o", str(tmp_path / "r.html")]) == 2
