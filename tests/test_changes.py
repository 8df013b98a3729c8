"""What changed between two graphs, and since a day: new, moved, ended, changed, gone; the journal that remembers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from builders import BASE, article, graph_of

from kg.changes import Changes, changes_record, compare_events, news_since
from kg.cli import kg
from kg.cli.running import run
from kg.errors import StoreError
from kg.model import ArticleReports
from kg.network import EventRow, read_rows
from kg.pages import write_page
from kg.pipeline import remove
from kg.settings import Settings
from kg.store import read_graph
from kg.store.journal import FILE_NAME, Entry, added_since, read_journal, records_since, write_entries

pytest_plugins = ("tests.browser",)

PAIR = "KFIA/association/KR + ITID/government-body/VN"
PLAN = article("plan", f"agreement/planned: {PAIR} | semiconductors", published="2025-09-10")
SIGNED = article(
    "signed", f"agreement/concluded: {PAIR} | semiconductors | 2025-09-18", published="2025-09-19"
)
OFF = article("off", f"agreement/ended: {PAIR} | semiconductors", published="2025-09-21")
SPACE = article("space", "programme/ongoing: FR + JP | space", published="2025-09-01")
SPACE_TOO = article("space-too", "programme/ongoing: FR + JP | space", published="2025-09-05", lang="fr")


def rows(folder: Path, *items: ArticleReports) -> list[EventRow]:
    with read_graph(graph_of(folder, *items) if items else folder) as store:
        return list(read_rows(store.select, lang=""))


def told(changes: Changes) -> dict[str, list[tuple[str | None, str]]]:
    return {name: [(item.before, item.event.status) for item in items] for name, items in changes.sections()}


# --- two graphs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([SPACE], [SPACE, PLAN], {"new": [(None, "planned")]}),
        ([SPACE, PLAN], [SPACE], {"gone": [("planned", "planned")]}),
        ([PLAN], [PLAN, SIGNED], {"moved": [("planned", "concluded")]}),
        ([PLAN, SIGNED], [PLAN, SIGNED, OFF], {"ended": [("concluded", "ended")]}),
        ([PLAN], [OFF], {"gone": [("planned", "planned")], "ended": [(None, "ended")]}),
        ([SPACE], [SPACE, SPACE_TOO], {"changed": [("ongoing", "ongoing")]}),
        ([SPACE, PLAN], [PLAN, SPACE], {}),
    ],
)
def test_two_graphs_differ_in_what_is_new_moved_ended_or_gone(
    tmp_path: Path,
    old: Sequence[ArticleReports],
    new: Sequence[ArticleReports],
    expected: dict[str, list[tuple[str | None, str]]],
) -> None:
    before, after = rows(tmp_path / "a", *old), rows(tmp_path / "b", *new)
    changes = compare_events(before, after)
    assert told(changes) == expected
    assert changes.unchanged == len(after) - sum(
        len(items) for name, items in changes.sections() if name != "gone"
    )


def test_an_event_is_the_same_though_an_earlier_article_gives_it_another_name(tmp_path: Path) -> None:
    before, after = rows(tmp_path / "a", SIGNED), rows(tmp_path / "b", SIGNED, PLAN)
    assert before[0].iri != after[0].iri
    changes = compare_events(before, after)
    (change,) = changes.changed
    assert [(item.what, len(item.before), len(item.after)) for item in change.details] == [("articles", 0, 1)]


def test_an_event_is_the_same_though_it_is_quoted_otherwise(tmp_path: Path) -> None:
    (before,) = rows(tmp_path / "a", SIGNED)
    longer = replace(SIGNED.article, text="Correction. " + SIGNED.article.text)
    moved = replace(SIGNED.reports[0], evidence=(replace(SIGNED.reports[0].evidence[0], start=30, end=40),))
    (after,) = rows(tmp_path / "b", ArticleReports(longer, (moved,)))
    assert {item.report for item in before.evidence}.isdisjoint(item.report for item in after.evidence)
    assert compare_events([before], [after]) == Changes(unchanged=1)


def test_a_graph_does_not_differ_from_itself(tmp_path: Path) -> None:
    graph = rows(tmp_path / "a", PLAN, SIGNED, SPACE)
    assert compare_events(graph, graph) == Changes(unchanged=2)


# --- since a day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2025-09-01", {"new": [(None, "ongoing")], "ended": [(None, "ended")]}),
        ("2025-09-05", {"ended": [(None, "ended")], "changed": [("ongoing", "ongoing")]}),
        ("2025-09-15", {"ended": [("planned", "ended")]}),
        ("2025-09-20", {"ended": [("concluded", "ended")]}),
        ("2025-09-22", {}),
    ],
)
def test_news_since_a_day_tell_from_what_to_what(
    tmp_path: Path, since: str, expected: dict[str, list[tuple[str | None, str]]]
) -> None:
    found = rows(tmp_path / "g", PLAN, SIGNED, OFF, SPACE, SPACE_TOO)
    assert told(news_since(found, lambda item: (item.published or "") >= since)) == expected


def set_clock(graph: Path, days_ago: Sequence[int]) -> None:
    """Let the entries of a journal be so many days old."""
    entries = read_journal(graph)
    assert len(entries) == len(days_ago)
    then = [datetime.now(UTC) - timedelta(days=days) for days in days_ago]
    write_entries(graph, [replace(entry, time=time) for entry, time in zip(entries, then, strict=True)])


def day(days_ago: int) -> str:
    return (date.today() - timedelta(days=days_ago)).isoformat()


def test_news_by_entry_tell_what_each_build_brought_however_old_the_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = graph_of(tmp_path / "g", PLAN, SPACE)
    graph_of(graph, SIGNED)
    remove(graph, ["space"], Settings(base_iri=BASE))
    set_clock(graph, [20, 10, 5])
    for days_ago, expected in (
        (15, {"moved": ["planned"], "gone": ["ongoing"]}),
        (7, {"gone": ["ongoing"]}),
        (30, {"new": [None], "gone": ["ongoing"]}),
        (2, {}),
    ):
        arguments = ["news", "--since", day(days_ago), "--by", "added", "-g", str(graph), "--format", "json"]
        assert run(kg, arguments) == 0
        record = json.loads(capsys.readouterr().out)
        sections = ("new", "moved", "ended", "changed", "gone")
        assert {
            name: [item["before"] for item in record[name]] for name in sections if record[name]
        } == expected
    assert run(kg, ["news", "--since", day(7), "--by", "added", "-g", str(graph)]) == 0
    assert "France + Japan" in capsys.readouterr().out


def test_events_without_a_day_of_publication_are_told_of_when_days_are_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undated = replace(PLAN, article=replace(PLAN.article, published=None))
    graph = graph_of(tmp_path / "g", undated, SPACE)
    hint = "ot counting 1 event told only by articles without a day of publication"
    assert run(kg, ["news", "--since", "2025", "-g", str(graph)]) == 0
    assert hint in " ".join(capsys.readouterr().err.split())
    assert run(kg, ["news", "--since", "2025", "-g", str(graph), "-o", str(tmp_path / "news.html")]) == 0
    assert hint in (tmp_path / "news.html").read_text(encoding="utf-8")
    assert run(kg, ["news", "--since", "2025", "--by", "added", "-g", str(graph)]) == 0
    assert hint not in " ".join(capsys.readouterr().err.split())


def test_the_same_build_again_and_a_program_that_reads_anew_are_no_news(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", PLAN)
    graph_of(graph, PLAN)
    changed = replace(PLAN, article=replace(PLAN.article, url="https://example.org/elsewhere"))
    graph_of(graph, changed)
    (entry,) = read_journal(graph)
    assert (entry.added, entry.removed, entry.gone) == (("plan",), (), ())


def test_an_article_taken_out_takes_only_events_with_it_that_nobody_else_tells_of(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", PLAN, SIGNED, SPACE)
    remove(graph, ["plan"], Settings(base_iri=BASE))
    assert read_journal(graph)[-1].gone == ()
    remove(graph, ["signed"], Settings(base_iri=BASE))
    (record,) = read_journal(graph)[-1].gone
    assert (record["type"], record["status"], record["dates"]) == ("agreement", "concluded", ["2025-09-18"])
    assert [partner["label"] for partner in record["partners"]] == ["ITID", "KFIA"]


def test_a_graph_from_before_the_journal_has_no_news_of_what_it_held(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", PLAN)
    (graph / FILE_NAME).unlink()
    graph_of(graph, SPACE)
    first, second = read_journal(graph)
    assert (first.time, first.added, second.added) == (None, ("plan",), ("space",))
    assert added_since([first, second], "0001-01-01") == {"space"}


def test_an_article_that_went_and_came_again_came_last_time() -> None:
    old, new = (datetime(2025, month, 1, tzinfo=UTC) for month in (1, 6))
    gone = {"event": "e"}
    entries = [Entry(old, ("a", "b")), Entry(old, removed=("a",), gone=(gone,)), Entry(new, ("a",))]
    assert added_since(entries, "2025-03-01") == {"a"}
    assert [record["gone"] for record in records_since(entries, "2025-03-01")] == [()]
    assert [record["gone"] for record in records_since(entries, "2025-01-01")] == [(), (gone,), ()]


@pytest.mark.parametrize("line", ["{", "[]", '{"time": "soon"}', '{"time": null, "added": ["a> <b"]}'])
def test_a_journal_that_cannot_be_read_names_its_line(tmp_path: Path, line: str) -> None:
    graph = graph_of(tmp_path / "g", PLAN)
    path = graph / FILE_NAME
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(StoreError, match=rf"{FILE_NAME}:2: .*Take the line out"):
        read_journal(graph)


# --- the commands -----------------------------------------------------------------------------------------------


def test_the_terminal_shows_each_section_with_its_events(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = graph_of(tmp_path / "a", PLAN, SPACE), graph_of(tmp_path / "b", PLAN, SIGNED)
    assert run(kg, ["diff", str(old), str(new)]) == 0
    output = capsys.readouterr()
    assert output.out.index("Changed status: 1") < output.out.index("No longer in the graph: 1")
    assert "agreement/planned → concluded" in output.out
    assert run(kg, ["diff", str(old), str(old)]) == 0
    assert "Nothing has changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["news", "-g", "{a}"], "Say since when"),
        (["news", "--since", "monday", "-g", "{a}"], "is no date"),
        (["diff", "{a}", "{b}"], "Only graphs with one base_iri"),
        (["diff", "{a}", "{a}", "-o", "d.txt"], ".html or .json"),
    ],
)
def test_wrong_use_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    graph_of(tmp_path / "a", PLAN)
    marker = graph_of(tmp_path / "b", PLAN) / "entente.json"
    marker.write_text(marker.read_text(encoding="utf-8").replace(BASE, "urn:other:"), encoding="utf-8")
    places = {"a": tmp_path / "a", "b": tmp_path / "b"}
    assert run(kg, [argument.format(**places) for argument in arguments]) == 2
    error = capsys.readouterr().err.strip()
    assert message in error
    assert "\n" not in error


@pytest.mark.browser
def test_the_page_of_news_shows_sections_and_asks_for_nothing(tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    before, after = rows(tmp_path / "a", PLAN, SPACE), rows(tmp_path / "b", PLAN, SIGNED, SPACE, SPACE_TOO)
    evil = "<script>alert(1)</script>"
    record = {"kind": "diff", "from": evil, "to": "b", **changes_record(compare_events(before, after))}
    path = tmp_path / "d.html"
    write_page("changes", record, path, lang="vi")
    with browser.open(path) as visit:
        page = visit.page
        assert page.inner_text("h1") == f"{evil} → b"
        assert page.locator("section h2").count() == 2
        assert page.locator("#moved .status").all_inner_texts() == ["dự kiến", "đã hoàn tất"]
        assert page.locator("script").count() == 0
    assert (visit.requests, visit.complaints) == ([], [])
