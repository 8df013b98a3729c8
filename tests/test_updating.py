"""What follows from one article more is worked out from the index, and is what the whole would give."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from builders import BASE, article, graph_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import events
from kg.corrections import FILE_NAME, Correction, Corrections, make_id, read_corrections, unite
from kg.errors import DataError
from kg.model import ArticleReports
from kg.ontology import country_iri, partner_iri
from kg.pipeline import change_corrections, indexes, remove
from kg.pipeline.correcting import Change
from kg.pipeline.measured import keep_measures
from kg.pipeline.slim import read_text, told_text
from kg.pipeline.steps import Counter, finish
from kg.pipeline.texts import Texts
from kg.pipeline.told import read_told
from kg.pipeline.versions import Versions
from kg.settings import Settings
from kg.store import open_graph, read_graph
from kg.triples import report_iris

SETTINGS = Settings(base_iri=BASE)
PARTNERS = (
    *(
        "VN",
        "KR",
        "FR",
        "Chip Club Korea/company/KR",
        "Chip Clubb Korea/company/KR",
        "Chip Club Korea/company/",
    ),
    *("KFIA/association/KR", "Korea Fabless (KFIA)/association/KR", "KFIA/company/KR", "Samsung/company/KR"),
    *("Hà Nội Labor/company/VN", "Ha Noi Labor/company/VN", "Ministry of Harbours/government-body/VN"),
)
LINES = st.builds(
    lambda kind, ones, sector, day: f"{kind}: {' + '.join(ones)} | {sector} | {day}",
    st.sampled_from(("agreement/concluded", "agreement/planned", "meeting/concluded", "cooperation/ended")),
    st.lists(st.sampled_from(PARTNERS), min_size=2, max_size=3, unique_by=lambda spec: spec.split("/")[0]),
    st.sampled_from(("semiconductors", "space", "")),
    st.sampled_from(("2025-09-18", "2025-09", "")),
)
ARTICLES = st.builds(
    lambda id, lines, day: article(id, *lines, published=day),
    st.sampled_from("abcdef"),
    st.lists(LINES, max_size=3, unique=True),
    st.sampled_from(("2025-09-19", "2025-09-20", "2025-12-01")),
)
NAMED = [country_iri("VN"), *map(partner_iri, ("kfia", "chip-club-korea", "samsung", "hà-nội-labor"))]
PAIRS = st.lists(st.sampled_from(NAMED), min_size=2, max_size=2, unique=True)
REMARKS = st.one_of(
    st.tuples(st.sampled_from(("same-partner", "different-partner")), PAIRS),
    st.tuples(st.just("partner-kind"), st.sampled_from(NAMED[1:])),
    st.tuples(st.sampled_from(("wrong-report", "same-event", "different-event")), st.integers(0, 99)),
)
STEPS = st.lists(
    st.integers(0, 3).flatmap(lambda n: ARTICLES if n else st.sampled_from("abcdef")), min_size=4
)


@pytest.fixture(autouse=True)
def every_graph_has_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "LEAST_ARTICLES", 0)
    monkeypatch.setattr(indexes, "MOST_CHANGED", 0)


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.content()


def whole(graph: Path, items: dict[str, ArticleReports], corrections: Corrections) -> Path:
    """Build the same in one step, without an index."""
    ids = frozenset(item.id for item in corrections.items)
    graph_of(graph, *items.values())
    with open_graph(graph, base_iri=BASE) as store:
        counter = Counter(lambda _: None, lambda _: None)
        finish(store, SETTINGS, Versions("1", (), "x"), counter, Change(corrections, ids))
    return graph


def say(graph: Path, remark: tuple[str, object], items: dict[str, ArticleReports]) -> None:
    """Put a correction to those of a graph, or leave it where it contradicts another one."""
    verdict, about = remark
    told = sorted(iri for item in items.values() for iri in report_iris(item, base_iri=BASE))
    if isinstance(about, int):
        if len(told) < 2:
            return
        about = [told[about % len(told)], told[(about + 1) % len(told)]]
    names = [about] if isinstance(about, str) else list(about)  # type: ignore[call-overload]
    is_alone = verdict in ("wrong-report", "partner-kind")
    other = () if is_alone else tuple(names[1:])
    kind = "association" if verdict == "partner-kind" else None
    item = Correction(
        verdict, (names[0],), other=other, kind=kind, who="Ann", when="2025-10-01T12:00:00+00:00"
    )
    item = replace(item, id=make_id(item))
    try:
        change_corrections(graph, lambda old: unite(old, Corrections((item,))), SETTINGS)
    except DataError:
        return


@settings(max_examples=12, deadline=None)
@given(st.lists(ARTICLES, min_size=2, max_size=6), st.lists(REMARKS, max_size=3), STEPS)
def test_step_by_step_a_graph_becomes_what_one_build_of_it_is(
    first: list[ArticleReports], remarks: list[tuple[str, object]], steps: list[ArticleReports | str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # So small that blocks grow beyond it, and shrink below it again.
        patch.setattr(events, "LARGE_BLOCK", 3)
        items = {item.article.id: item for item in first}
        graph = graph_of(Path(folder) / "steps", *items.values())
        for remark in remarks:
            say(graph, remark, items)
        for step in steps:
            if isinstance(step, ArticleReports):
                items[step.article.id] = step
                graph_of(graph, step)
            else:
                items.pop(step, None)
                remove(graph, [step], SETTINGS)
        corrections = read_corrections(graph / FILE_NAME)
        assert content(graph) == content(whole(Path(folder) / "whole", items, corrections))


# --- what the index is ------------------------------------------------------------------------------------

SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"
ITEMS = [
    article("a", SIGNED),
    article("b", SIGNED, "meeting/concluded: VN + KR || 2025-09-18"),
    article("c", "agreement/planned: KFIA/association/KR + VN | semiconductors"),
]


def mark(graph: Path) -> None:
    """Leave a mark in an index, which is not in one that is made anew."""
    with sqlite3.connect(graph / indexes.FILE_NAME) as index:
        index.execute("INSERT INTO state VALUES ('mark', 'made before')")
    index.close()


def is_marked(graph: Path) -> bool:
    with sqlite3.connect(graph / indexes.FILE_NAME) as index:
        found = index.execute("SELECT value FROM state WHERE name = 'mark'").fetchall()
    index.close()
    return bool(found)


def test_one_article_more_is_worked_out_from_the_index(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS[:2])
    mark(graph)
    graph_of(graph, ITEMS[2])
    assert is_marked(graph)
    assert content(graph) == content(graph_of(tmp_path / "h", *ITEMS))


def test_so_is_one_article_less(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    mark(graph)
    remove(graph, ["b"], SETTINGS)
    assert is_marked(graph)
    assert content(graph) == content(graph_of(tmp_path / "h", ITEMS[0], ITEMS[2]))


def test_with_other_corrections_the_index_is_made_anew(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS[:2])
    mark(graph)
    say(graph, ("partner-kind", partner_iri("kfia")), {})
    assert not is_marked(graph)
    mark(graph)
    graph_of(graph, ITEMS[2])
    assert is_marked(graph)


def test_measures_leave_the_index_as_it_is(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS[:2])
    mark(graph)
    keep_measures(graph, [], about={})
    graph_of(graph, ITEMS[2])
    assert is_marked(graph)


@pytest.mark.parametrize("damage", ["nothing", "not a database", "another state", "lacks a table"])
def test_an_index_that_does_not_fit_is_made_anew(tmp_path: Path, damage: str) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS[:2])
    path = graph / indexes.FILE_NAME
    if damage == "nothing":
        path.unlink()
    elif damage == "not a database":
        path.write_text("This is no database." * 100)
    else:
        change = "UPDATE state SET value = '0' WHERE name = 'current'"
        with sqlite3.connect(path) as index:
            index.execute(change if damage == "another state" else "DROP TABLE links")
        index.close()
    graph_of(graph, ITEMS[2])
    assert content(graph) == content(graph_of(tmp_path / "h", *ITEMS))
    mark(graph)
    remove(graph, ["c"], SETTINGS)
    assert is_marked(graph)


def test_a_small_graph_has_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "LEAST_ARTICLES", 4)
    assert not (graph_of(tmp_path / "g", *ITEMS) / indexes.FILE_NAME).exists()


@given(ARTICLES)
@settings(deadline=None, max_examples=10)
def test_the_index_loses_nothing_of_a_report(item: ArticleReports) -> None:
    with tempfile.TemporaryDirectory() as folder, read_graph(graph_of(Path(folder) / "g", item)) as store:
        told = list(read_told(store))
        assert [read_text(told_text(one)) for one in told] == told


PIECES = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\x01", "\x02", BASE])


@given(st.lists(st.lists(PIECES, max_size=3).map("".join)))
@settings(deadline=None)
def test_a_text_of_the_index_is_kept_once_and_found_again(texts: list[str]) -> None:
    db = sqlite3.connect(":memory:")
    kept = Texts(db, BASE)
    kept.make()
    numbers = [kept.number(text) for text in texts]
    kept.finish()
    later = Texts(db, BASE)
    assert [later.find(text) for text in texts] == numbers == [later.number(text) for text in texts]
    assert [later.text(number) for number in numbers] == texts
    assert all(number < 0 for number in numbers)
    assert db.execute("SELECT count(*) FROM texts").fetchone() == (len(set(texts)),)
    assert later.find("never seen") == 0 or "never seen" in texts
    db.close()


@pytest.mark.parametrize(
    "damage", ["DELETE FROM texts", "UPDATE reports SET told = x'00'", "UPDATE steps SET step = x'789c'"]
)
def test_an_index_that_is_damaged_within_is_made_anew(tmp_path: Path, damage: str) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS[:2])
    with sqlite3.connect(graph / indexes.FILE_NAME) as index:
        index.execute(damage)
    index.close()
    graph_of(graph, ITEMS[2])
    assert content(graph) == content(graph_of(tmp_path / "h", *ITEMS))
