"""``kg.open``: what notebooks and scripts get, and that it says what the commands say."""

from __future__ import annotations

import doctest
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.errors import QueryError, StoreError, UsageError
from kg.network import build_network, read_rows
from kg.ontology import partner_iri
from kg.store import read_graph
from tests.builders import article, graph_of

EVIL = "<script>alert(1)"
ITEMS = [
    article("a", "agreement/concluded: Alpha/company/VN + Beta/university/KR | semiconductors | 2023-05"),
    article("b", "agreement/concluded: Alpha/company/VN + Gamma/company/FR | education | 2025-02", lang="fr"),
    article("c", "forum/concluded: Alpha/company/VN + Beta/university/KR + Gamma/company/FR || 2025"),
]
_PLAIN = article("d", "meeting/planned: Evil/association/VN + Beta/university/KR")
_NAMED = tuple(
    replace(item, partner=replace(item.partner, label=EVIL)) if item.partner.label == "Evil" else item
    for item in _PLAIN.reports[0].participants
)
ITEMS.append(replace(_PLAIN, reports=(replace(_PLAIN.reports[0], participants=_NAMED),)))
ALPHA, BETA = partner_iri("alpha"), partner_iri("beta")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("open") / "graph", *ITEMS)


@pytest.fixture
def graph(folder: Path):
    with kg.open(folder) as graph:
        yield graph


def test_the_network_is_that_of_the_stages(graph, folder: Path) -> None:
    with read_graph(folder) as store:
        expected = build_network(read_rows(store.select, lang=""))
    assert nx.utils.graphs_equal(graph.network(), expected)


def test_choices_are_words_one_or_several(graph) -> None:
    assert set(graph.network(sector="education").nodes(data="label")) == {
        (ALPHA, "Alpha"),
        (partner_iri("gamma"), "Gamma"),
    }
    assert len(graph.network(sector=["education", "semiconductors"])) == 3
    assert len(graph.network(type="agreement", since="2024", language="fr", min_confidence=0.5)) == 2
    counted = graph.network(weighting="count", factors={"forum": 0.5})
    assert counted.edges[ALPHA, BETA]["weight"] == 1.5
    assert set(graph.network(level="country")) == {"VN", "KR", "FR"}
    assert len(graph.network(backbone=0.001)) == 0


@pytest.mark.parametrize(
    ("choice", "error", "words"),
    [
        ({"sector": "chips"}, UsageError, "There are: semiconductors"),
        ({"status": "signed"}, UsageError, "There are: proposed"),
        ({"since": "yesterday"}, UsageError, "Write 2024"),
        ({"level": "village"}, UsageError, "There are: partner"),
        ({"weighting": "heavy"}, UsageError, "There are: shared"),
        ({"colour": "red"}, TypeError, "There are: sector"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(graph, choice, error, words: str) -> None:
    with pytest.raises(error, match=words):
        graph.network(**choice)


def test_events_come_newest_first_and_those_without_a_date_last(graph) -> None:
    assert [row.dates for row in graph.events()] == [("2025-02",), ("2025",), ("2023-05",), ()]
    assert [row.type for row in graph.events(status="planned")] == ["meeting"]


def test_partners_are_counted_and_found_by_a_part_of_a_name(graph) -> None:
    assert [(item.label, events) for item, events in graph.partners(country="vn")] == [
        ("Alpha", 3),
        (EVIL, 1),
    ]
    assert [item.label for item, _ in graph.partners("BET", kind="university")] == ["Beta"]


def test_questions_are_named_queries_or_sparql(graph) -> None:
    rows = graph.query("signed-in-sector", sector="education", since="2020")
    assert len(rows) == 1
    assert graph.query("ASK { ?e a coop:Forum }") is True
    assert len(graph.query("CONSTRUCT { ?e a coop:Event } WHERE { ?e a coop:Forum }")) == 1
    with pytest.raises(QueryError, match="No query 'sined'"):
        graph.query("sined")
    with pytest.raises(QueryError, match="takes no values"):
        graph.query("ASK { ?e a coop:Forum }", sector="education")
    with pytest.raises(QueryError):
        graph.query("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_measures_and_periods(graph) -> None:
    assert graph.measures(level="country").rows[0].label == "Vietnam"
    assert graph.network(level="country", lang="fr").nodes["KR"]["label"] == "Corée du Sud"
    changes = {row.label: row.change for row in graph.compare("2023", "2025").nodes}
    assert changes == {"Alpha": "stronger", "Beta": "weaker", "Gamma": "new"}
    with pytest.raises(UsageError, match="'soon' is no period"):
        graph.compare("soon", "2025")


def test_what_articles_say_stays_text_in_a_notebook(graph) -> None:
    shown = [
        graph.network()._repr_html_(),
        graph.partners()._repr_html_(),
        graph.events()._repr_html_(),
        graph.measures()._repr_html_(),
        graph.compare("2023", "2025")._repr_html_(),
        graph.query("SELECT ?name { ?p a coop:Partner ; rdfs:label ?name }")._repr_html_(),
        graph._repr_html_(),
    ]
    for html in shown:
        assert "<script" not in html
    assert "&lt;script" in shown[0]
    assert "&lt;script" in shown[1]


def test_lists_are_sequences_and_become_frames(graph) -> None:
    pytest.importorskip("pandas")
    events = graph.events()
    assert len(events[1:3]) == 2
    assert repr(events[:1]).startswith("<1 rows: date")
    frame = events.to_frame()
    assert list(frame["type"]) == [row.type for row in events]
    assert list(graph.partners().to_frame().columns) == ["name", "kind", "country", "events", "iri"]
    assert graph.compare("2023", "2025").links_frame().shape[0] == 3


def test_without_pandas_a_frame_says_what_to_install(folder: Path) -> None:
    program = (
        f"import sys; sys.modules['pandas'] = None\nimport kg\nkg.open({str(folder)!r}).events().to_frame()"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install 'entente-kg[notebook]'" in result.stderr


def test_a_graph_that_is_closed_or_absent_says_so(folder: Path, tmp_path: Path) -> None:
    graph = kg.open(folder)
    assert "4 events" in repr(graph)
    graph.close()
    assert "closed" in repr(graph)
    with pytest.raises(StoreError, match="closed"):
        graph.network()
    with pytest.raises(StoreError):
        kg.open(tmp_path / "none")


def test_importing_kg_loads_nothing_heavy() -> None:
    program = (
        "import sys, kg\n"
        "heavy = {'networkx', 'numpy', 'pyoxigraph', 'rdflib', 'spacy', 'pandas', 'jinja2', 'babel'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


@pytest.mark.slow
def test_the_examples_of_the_documents_hold(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pandas")
    program = "from kg.cli import main; main()"
    words = [sys.executable, "-c", program, "build", root / "samples" / "articles", "-g", tmp_path / "graph"]
    subprocess.run(words, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    options = doctest.ELLIPSIS
    result = doctest.testfile(str(root / "docs" / "python.md"), module_relative=False, optionflags=options)
    assert result.attempted > 20
    assert result.failed == 0
