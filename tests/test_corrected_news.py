"""What corrections do to the news of a graph: what went by them, what came back, who said so and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import article, graph_of

from kg.cli import kg
from kg.cli.running import run
from kg.network import read_rows
from kg.pages import LANGUAGES
from kg.store import open_graph, read_graph
from kg.store.folders import mark_unfinished
from kg.store.journal import read_journal, write_entries

pytest_plugins = ("tests.browser",)

PAIR = "KFIA/association/KR + ITID/government-body/VN"
PLAN = article("plan", f"agreement/planned: {PAIR} | semiconductors", published="2025-09-10")
SIGNED = article(
    "signed", f"agreement/concluded: {PAIR} | semiconductors | 2025-09-18", published="2025-09-19"
)
SPACE = article("space", "programme/ongoing: FR + JP | space", published="2025-09-01")
CLUB = article(
    "club", "meeting/concluded: Korea Chip Club/association/KR + FPT/company/VN", published="2025-09-02"
)
ITEMS = (PLAN, SIGNED, SPACE, CLUB)

Says = Callable[..., str]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = graph_of(tmp_path / "g", *ITEMS)
    set_clock(folder, [30])
    return folder


def set_clock(graph: Path, days_ago: Sequence[int]) -> None:
    """Let the entries of a journal be so many days old."""
    entries = read_journal(graph)
    assert len(entries) == len(days_ago)
    then = [datetime.now(UTC) - timedelta(days=days) for days in days_ago]
    write_entries(graph, [replace(entry, time=time) for entry, time in zip(entries, then, strict=True)])


@pytest.fixture
def says(graph: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    """Run a command on the graph and give what it prints."""

    def call(*arguments: str) -> str:
        words = ["--who", "An", "--why", "it was denied", "--when", "2026-02-03"]
        makes = arguments[0] == "correct" and arguments[1] not in ("undo", "list")
        assert run(kg, [*arguments, "-g", str(graph), *(words if makes else [])]) == 0
        return capsys.readouterr().out

    return call


def news(says: Says, days_ago: int) -> dict[str, Any]:
    since = (date.today() - timedelta(days=days_ago)).isoformat()
    found: dict[str, Any] = json.loads(says("news", "--by", "added", "--since", since, "--format", "json"))
    return found


def told(record: dict[str, Any]) -> dict[str, list[tuple[str, str | None, str, list[tuple[str, bool]]]]]:
    """Give of each section the partners, the status before and now, and which corrections did it."""
    return {
        name: [
            (
                " + ".join(sorted(item["label"] for item in change["partners"])),
                change["before"],
                change["status"],
                [(item["what"], item["taken_back"] is not None) for item in change["because"]],
            )
            for change in record[name]
        ]
        for name in ("new", "moved", "ended", "changed", "gone")
        if record[name]
    }


def report_of(graph: Path, article_id: str) -> str:
    with read_graph(graph) as store:
        rows = store.select(
            f"SELECT ?report {{ ?report prov:wasDerivedFrom <{store.base_iri}article/{article_id}> ; a coop:Report }}"
        )
        return next(row["report"] or "" for row in rows).rpartition("#")[2]


def correction(graph: Path) -> str:
    """Give the id of the last correction that was made."""
    return str(read_journal(graph)[-1].corrections[0]["id"])


WRONG = 'report "programme: France + Japan" (space) is wrong'


def test_an_event_that_a_correction_took_away_is_gone_with_who_said_so_and_why(
    graph: Path, says: Says
) -> None:
    says("correct", "wrong", report_of(graph, "space"))
    record = news(says, 7)
    assert told(record) == {"gone": [("France + Japan", "ongoing", "ongoing", [(WRONG, False)])]}
    (gone,) = record["gone"]
    assert gone["because"] == record["corrections"]
    (said,) = record["corrections"]
    assert (said["who"], said["why"], said["when"]) == ("An", "it was denied", "2026-02-03")
    # What told of it is still said, and when.
    assert [quote["title"] for quote in gone["quotes"]] == ["Title of space"]
    assert gone["told"] == "2025-09-01"


def test_what_comes_back_when_a_correction_is_taken_back_is_told(graph: Path, says: Says) -> None:
    says("correct", "wrong", report_of(graph, "space"))
    says("correct", "undo", correction(graph))
    set_clock(graph, [30, 20, 10])
    # Who looked while it was gone sees it come back.
    assert told(news(says, 15)) == {"new": [("France + Japan", None, "ongoing", [(WRONG, True)])]}
    # Who looked before sees it as it was, and what was said in between.
    both = [(WRONG, False), (WRONG, True)]
    assert told(news(says, 25)) == {"changed": [("France + Japan", "ongoing", "ongoing", both)]}
    assert told(news(says, 5)) == {}
    # Who saw none of it learns of it as of the others, which no correction touched.
    (back,) = [item for item in news(says, 40)["new"] if item["because"]]
    assert back["type"] == "programme"


def test_a_status_that_only_a_wrong_report_gave_goes_back(graph: Path, says: Says) -> None:
    says("correct", "wrong", report_of(graph, "signed"))
    what = 'report "agreement: ITID + KFIA" (signed) is wrong'
    assert told(news(says, 7)) == {"moved": [("ITID + KFIA", "concluded", "planned", [(what, False)])]}
    (moved,) = news(says, 7)["moved"]
    assert {"what": "articles", "before": ["Title of signed"], "after": []} in moved["details"]


def test_events_that_are_told_apart_or_joined_come_and_go(graph: Path, says: Says) -> None:
    says("correct", "different", report_of(graph, "plan"), report_of(graph, "signed"))
    set_clock(graph, [30, 20])
    what = '"agreement: ITID + KFIA" (plan) and "agreement: ITID + KFIA" (signed) are two events'
    first = told(news(says, 25))
    assert first["new"][0][3] == [(what, False)]
    # The one that stayed lost the signature.
    assert [change[0] for change in first["changed" if "changed" in first else "moved"]] == ["ITID + KFIA"]
    says("correct", "undo", correction(graph))
    assert told(news(says, 7))["gone"][0][3] == [(what, True)]
    # What came and went again meanwhile is no news, but that somebody said so is.
    whole = news(says, 25)
    assert "gone" not in told(whole)
    assert [item["taken_back"] is not None for item in whole["corrections"]] == [True, False]


def test_partners_that_are_one_are_a_change_of_their_events(graph: Path, says: Says) -> None:
    says("correct", "same", "KFIA", "Korea Chip Club")
    (change,) = news(says, 7)["changed"]
    assert change["details"] == [{"what": "partners", "before": ["Korea Chip Club"], "after": ["KFIA"]}]
    assert change["because"][0]["what"] == '"Korea Chip Club" is "KFIA"'


def test_a_correction_that_changes_no_event_is_told_of_itself(graph: Path, says: Says) -> None:
    says("correct", "kind", "Korea Chip Club", "company")
    record = news(says, 7)
    assert told(record) == {}
    assert [item["what"] for item in record["corrections"]] == ['"Korea Chip Club" is of the kind company']
    output = says("news", "--by", "added", "--since", "2026")
    assert "Corrections: 1" in output


def test_articles_and_corrections_of_one_build_are_told_apart(
    graph: Path, says: Says, tmp_path: Path
) -> None:
    other = graph_of(tmp_path / "other", *ITEMS)
    assert run(kg, ["correct", "wrong", report_of(other, "space"), "-g", str(other), "--who", "An"]) == 0
    (graph / "corrections.ttl").write_bytes((other / "corrections.ttl").read_bytes())
    more = article("more", "investment/planned: FPT/company/VN + FR | ai", published="2025-09-20")
    graph_of(graph, more)
    set_clock(graph, [30, 0])
    assert told(news(says, 7)) == {
        "new": [("FPT + France", None, "planned", [])],
        "gone": [("France + Japan", "ongoing", "ongoing", [(WRONG, False)])],
    }


def test_a_correction_after_an_interrupted_build_is_told_all_the_same(graph: Path, says: Says) -> None:
    report = report_of(graph, "space")
    with read_graph(graph) as store:
        base_iri = store.base_iri
    with open_graph(graph, base_iri=base_iri) as store:
        mark_unfinished(store.folder)
    says("correct", "wrong", report)
    assert [item[0] for item in told(news(says, 7))["gone"]] == ["France + Japan"]


def test_the_clock_of_publication_knows_nothing_of_corrections(graph: Path, says: Says) -> None:
    says("correct", "wrong", report_of(graph, "space"))
    record = json.loads(says("news", "--since", "2025-01-01", "--format", "json"))
    assert (record["gone"], record["corrections"]) == ([], [])


def test_the_terminal_names_the_correction_beside_the_event(graph: Path, says: Says) -> None:
    says("correct", "wrong", report_of(graph, "space"))
    output = says("news", "--by", "added", "--since", "2026")
    assert output.index("No longer in the graph: 1") < output.index("Corrections: 1")
    assert output.count(correction(graph)) == 2
    assert "it was denied" in output
    assert "An" in output


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_names_the_correction_and_its_words_stay_words(
    graph: Path, says: Says, tmp_path: Path, browser: Any, lang: str
) -> None:
    evil = "<script>alert(1)</script>"
    report = report_of(graph, "space")
    assert run(kg, ["correct", "wrong", report, "-g", str(graph), "--who", "An", "--why", evil]) == 0
    path = tmp_path / "news.html"
    says("news", "--by", "added", "--since", "2026", "--lang", lang, "-o", str(path))
    with browser.open(path) as visit:
        page = visit.page
        assert evil in page.locator("#gone .detail").inner_text()
        assert page.locator("#corrections li").count() == 1
        assert page.locator("script").count() == 0
    assert (visit.requests, visit.complaints) == ([], [])


def test_some_events_are_read_as_they_are_among_all(graph: Path) -> None:
    with read_graph(graph) as store:
        rows = list(read_rows(store.select, lang="fr"))
        for some in ([], rows[:1], rows[1:], rows):
            assert list(read_rows(store.select, lang="fr", events={row.iri for row in some})) == some
