"""The history of a partner or of two: matters step by step, in the terminal, as JSON and as a page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import BASE, article, graph_of

from kg.cli import kg
from kg.cli.running import run
from kg.errors import UsageError
from kg.model import ArticleReports
from kg.network import EventRow, read_rows
from kg.pages import LANGUAGES, write_page
from kg.pages.words import date_words, read_words
from kg.store import read_graph
from kg.timelines import NAMES, Timeline, build_timeline, find_partner, progress, timeline_record

pytest_plugins = ("tests.browser",)

PAIR = "KFIA/association/KR + ITID/government-body/VN"
ARTICLES = [
    article("talks", f"meeting/concluded: {PAIR} | semiconductors | 2025-01-10", published="2025-01-11"),
    article("paper", f"agreement/concluded: {PAIR} | semiconductors | 2025-09-18"),
    article("other-day", f"agreement/concluded: {PAIR} | semiconductors | 2025-09-17", lang="fr"),
    article("end", f"programme/ended: {PAIR} | semiconductors | 2025-12-24", published="2025-12-25"),
    article("health", "meeting/concluded: VN + KR | health", published="2024-05-01"),
    article("elsewhere", "agreement/concluded: FR + JP | space | 2024"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("t") / "g", *ARTICLES)


@pytest.fixture(scope="module")
def rows(graph: Path) -> list[EventRow]:
    with read_graph(graph) as store:
        return list(read_rows(store.select, lang=""))


def iri(name: str) -> str:
    return (
        f"{BASE}country/{name}" if name.isupper() and len(name) == 2 else f"{BASE}partner/{name.casefold()}"
    )


def told(timeline: Timeline) -> list[list[str]]:
    return [[entry.step for entry in matter.entries] for matter in timeline.matters]


# --- whose history ------------------------------------------------------------------------------------------


def test_a_partner_is_found_by_any_name_code_or_iri(graph: Path) -> None:
    names: dict[str, list[str]] = {}
    with read_graph(graph) as store:
        for row in store.select(NAMES):
            names.setdefault(row["partner"] or "", []).append(row["name"] or "")
    for word in ("Vietnam", "VIỆT NAM", "vn", iri("VN")):
        assert find_partner(word, names) == iri("VN")
    assert find_partner("kfi", names) == iri("KFIA")


def test_a_name_of_nobody_or_of_several_says_what_there_is() -> None:
    names = {"p/1": ["Ministry of Health (VN)"], "p/2": ["Ministry of Health (KR)"]}
    with pytest.raises(UsageError, match=r"may be: .*\(VN\) <p/1>, .*\(KR\) <p/2>\. Name one"):
        find_partner("ministry of health", names)
    for word in ("nobody", "", "  "):
        with pytest.raises(UsageError, match="kg partners"):
            find_partner(word, names)


def test_matters_come_step_by_step_in_time(rows: list[EventRow]) -> None:
    timeline = build_timeline(rows, [iri("KFIA"), iri("ITID")])
    assert told(timeline) == [["talks", "agreement", "end"]]
    (matter,) = timeline.matters
    assert matter.sectors == ("semiconductors",)
    assert [entry.follows for entry in matter.entries[1:]] == [e.event.iri for e in matter.entries[:-1]]


def test_a_country_stands_for_all_that_belong_to_it_unless_alone(rows: list[EventRow]) -> None:
    pair = [iri("VN"), iri("KR")]
    assert told(build_timeline(rows, pair)) == [["talks"], ["talks", "agreement", "end"]]
    assert told(build_timeline(rows, pair, alone=True)) == [["talks"]]
    assert told(build_timeline(rows, [iri("FR")])) == [["agreement"]]
    assert build_timeline(rows, [iri("FR"), iri("VN")]).matters == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["planned 09-01", "concluded 09-05", "ended 09-20"], ["planned", "concluded", "ended 09-20"]),
        # What is told again later is no step, and neither is what was told on one day.
        (["concluded 09-05", "planned 09-10"], ["concluded"]),
        (["planned 09-05", "concluded 09-05"], ["concluded"]),
        (["planned 09-01", "ended 09-05", "concluded 09-20"], ["planned", "concluded 09-20"]),
        (["concluded 09-05"], ["concluded"]),
    ],
)
def test_an_event_goes_through_its_states_in_the_order_in_which_they_were_told(
    tmp_path: Path, told: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [item.split() for item in told]
    items = [
        article(f"a{day}{status}", f"agreement/{status}: {PAIR} | semiconductors", published=f"2025-{day}")
        for status, day in lines
    ]
    graph = graph_of(tmp_path / "g", *items)
    with read_graph(graph) as store:
        (row,) = read_rows(store.select, lang="")
    assert [status for status, _ in progress(row)] == [item.split()[0] for item in expected]
    assert run(kg, ["timeline", "KFIA", "-g", str(graph)]) == 0
    words = "agreement/" + " → ".join(item.split()[0] for item in expected)
    said = f"{words}, told 2025-{expected[-1].split()[1]}" if len(expected) > 1 else words
    assert said in " ".join(capsys.readouterr().out.split())


def test_a_body_and_its_country_have_no_history_with_each_other(rows: list[EventRow]) -> None:
    assert build_timeline(rows, [iri("ITID"), iri("VN")]).matters == ()


# --- the command --------------------------------------------------------------------------------------------


def test_the_terminal_shows_each_step_with_who_tells_it(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(kg, ["timeline", "KFIA", "ITID", "-g", str(graph)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "semiconductors: 3 steps"
    steps = [re.split(r"\s{2,}", line) for line in lines if re.match(r"20\d\d", line)]
    assert [step[1:3] for step in steps] == [
        ["talks", "meeting/concluded"],
        ["agreement", "agreement/concluded"],
        ["end", "programme/ended"],
    ]
    assert steps[1][0] == "2025-09-17 / 2025-09-18"
    assert steps[1][-2:] == ["2 articles, 1 source: en, fr", "date"]


def test_json_holds_steps_differences_and_quotes(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    assert run(kg, ["timeline", "vn", "kr", "-g", str(graph), "-o", str(path)]) == 0
    record = json.loads(path.read_text(encoding="utf-8"))
    assert [partner["label"] for partner in record["partners"]] == ["Vietnam", "South Korea"]
    _, matter = record["matters"]
    paper = matter["steps"][1]
    assert (paper["articles"], paper["sources"], paper["languages"]) == (2, 1, ["en", "fr"])
    assert {item["value"] for item in paper["differences"]} == {"2025-09-17", "2025-09-18"}
    assert all("KFIA" in quote["quote"] for quote in paper["quotes"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody"], "No partner 'nobody'"),
        (["VN", "-o", "t.pdf"], "the ending .html or .json"),
        (["VN", "--format", "html"], "Name it, as in -o"),
        (["VN", "--format", "json", "-o", "t.html"], "Leave one out"),
        (["VN", "-o", "t.html", "--lang", "xx"], "It speaks: "),
        (["VN", "--since", "soon"], "is no date"),
    ],
)
def test_wrong_use_is_one_sentence(
    graph: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(kg, ["timeline", *arguments, "-g", str(graph)]) == 2
    error = capsys.readouterr().err.strip()
    assert message in error
    assert "\n" not in error


def test_nothing_to_tell_is_said(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kg, ["timeline", "FR", "VN", "-g", str(graph)]) == 0
    assert "no event with these choices" in capsys.readouterr().err


# --- the page -----------------------------------------------------------------------------------------------

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'{{7*7}}</style>"


def hostile(item: ArticleReports) -> ArticleReports:
    """Let all that an article can say be markup, and its address a program."""
    told = replace(item.reports[0], place=EVIL)
    evidence = replace(told.evidence[0], text=EVIL)
    partner = replace(told.participants[0], partner=replace(told.participants[0].partner, label=EVIL))
    bad = replace(told, evidence=(evidence,), participants=(partner, *told.participants[1:]))
    source = replace(item.article, title=EVIL, source=EVIL, url="javascript:alert(3)")
    return replace(item, article=source, reports=(bad,))


def test_the_languages_of_the_pages_have_the_same_words() -> None:
    assert len(LANGUAGES) == 3
    assert len({frozenset(read_words(lang)) for lang in LANGUAGES}) == 1
    assert all(word.strip() for lang in LANGUAGES for word in read_words(lang).values())


def test_dates_are_written_in_the_language_at_their_precision() -> None:
    assert [date_words(value, "fr") for value in ("2025", "2025-09", "2025-09-18")] == [
        "2025",
        "septembre 2025",
        "18 septembre 2025",
    ]
    assert date_words("<b>", "fr") == "<b>"


@pytest.mark.browser
def test_the_page_shows_the_history_and_asks_for_nothing(graph: Path, tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "t.html"
    assert run(kg, ["timeline", "vn", "kr", "-g", str(graph), "-o", str(path), "--lang", "fr"]) == 0
    with browser.open(path) as visit:
        page = visit.page
        assert page.inner_text("h1") == "Viêt Nam – Corée du Sud"  # type: ignore[attr-defined]
        badges = page.locator(".matter .badge").all_inner_texts()  # type: ignore[attr-defined]
        assert badges == ["Entretiens", "Accord", "Fin"]
        summary = page.locator(".matter summary").nth(1)  # type: ignore[attr-defined]
        assert summary.inner_text() == "2 articles, 1 source indépendante · anglais, français"
        summary.click()
        assert page.locator("details[open] blockquote").count() == 2  # type: ignore[attr-defined]
        assert page.locator(".differences .value").count() == 2  # type: ignore[attr-defined]
    assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.browser
def test_what_articles_say_never_becomes_markup(tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    items = [hostile(item) for item in ARTICLES[:3]]
    with read_graph(graph_of(tmp_path / "g", *items)) as store:
        found = list(read_rows(store.select, lang=""))
    record = timeline_record(build_timeline(found, [iri("ITID")]))
    for lang in LANGUAGES:
        write_page("timeline", record, tmp_path / "t.html", lang=lang)
        with browser.open(tmp_path / "t.html") as visit:
            page = visit.page
            assert EVIL in page.text_content("main")  # type: ignore[attr-defined]
            assert page.locator("img, script, a").count() == 0  # type: ignore[attr-defined]
        assert (visit.requests, visit.complaints) == ([], [])
