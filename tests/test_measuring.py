"""``kg network``: its choices, what changed between periods, and measures that are kept in the graph."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.cli import kg
from kg.cli.options import LEVELS
from kg.cli.running import run
from kg.network import LEVELS as NETWORK_LEVELS
from kg.network import WEIGHTINGS
from kg.ontology import COOP, partner_iri
from kg.store import open_graph, read_graph
from tests.builders import BASE, article, graph_of
from tests.test_ontology import terms

ITEMS = [
    article("a", "agreement/concluded: Alpha/company/VN + Beta/university/KR | semiconductors | 2023-05"),
    article("b", "agreement/concluded: Alpha/company/VN + Gamma/company/FR | education | 2025-02", lang="fr"),
    article("c", "forum/concluded: Alpha/company/VN + Beta/university/KR + Gamma/company/FR || 2025"),
    article("d", "meeting/planned: Delta/association/VN + Beta/university/KR"),
]
ALPHA, GAMMA = partner_iri("alpha"), partner_iri("gamma")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("measured") / "graph", *ITEMS)


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def call(capfdbinary, *arguments: object, code: int = 0) -> tuple[str, str]:
    assert run(kg, [str(word) for word in arguments]) == code
    streams = capfdbinary.readouterr()
    return streams.out.decode(), streams.err.decode()


def nodes(capfdbinary, graph: Path, *options: object) -> dict[str, dict[str, object]]:
    out, _ = call(capfdbinary, "network", "-g", graph, "--format", "json", *options)
    return {row["label"]: row for row in json.loads(out)["nodes"]}


def test_the_levels_of_the_command_are_those_of_the_network() -> None:
    assert LEVELS == NETWORK_LEVELS
    network = kg.commands["network"]
    (weighting,) = (option for option in network.params if option.name == "weighting")
    assert tuple(weighting.type.choices) == tuple(WEIGHTINGS)


def test_weights_are_the_users_choice(capfdbinary, graph: Path) -> None:
    assert nodes(capfdbinary, graph)["Alpha"]["strength"] == pytest.approx(2 + 0.5 * 2 / 3, abs=1e-5)
    assert nodes(capfdbinary, graph, "--weighting", "count")["Alpha"]["strength"] == 4
    chosen = nodes(capfdbinary, graph, "--weighting", "count", "--factor", "forum=0,agreement=3")
    assert chosen["Alpha"]["strength"] == 6
    _, err = call(capfdbinary, "network", "-g", graph, "--factor", "forum", code=2)
    assert "Write NAME=NUMBER, as in meeting=0.2" in err
    _, err = call(capfdbinary, "network", "-g", graph, "--factor", "party=2", code=2)
    assert "There are: agreement" in err


def test_languages_and_sources_choose_events(capfdbinary, graph: Path) -> None:
    assert set(nodes(capfdbinary, graph, "--language", "fr")) == {"Alpha", "Gamma"}
    assert len(nodes(capfdbinary, graph, "--source", "The Example")) == 4
    assert nodes(capfdbinary, graph, "--source", "Other") == {}


def test_the_backbone_leaves_links_that_stand_out(capfdbinary, graph: Path) -> None:
    assert nodes(capfdbinary, graph, "--backbone", "0.001") == {}
    assert len(nodes(capfdbinary, graph, "--backbone", "1")) == 4


def test_a_sort_by_any_measure_shows_that_measure(capfdbinary, graph: Path) -> None:
    out, _ = call(capfdbinary, "network", "-g", graph, "--sort", "gatekeeper")
    heading = next(line for line in out.splitlines() if line.startswith("name"))
    assert "gatekeeper" in heading
    assert "across borders" not in out, "where all links cross a border there is nothing to say"


def test_two_periods_are_compared(capfdbinary, graph: Path) -> None:
    out, err = call(capfdbinary, "network", "-g", graph, "--compare", "2023..2024", "2025..")
    assert "1 event of unknown date in neither period" in err
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "events 1 2" in lines
    assert any(line.startswith("Gamma FR new 0.000 1.333") for line in lines)
    assert any(line.startswith("Alpha Beta weaker 1.000 0.167") for line in lines)
    out, _ = call(capfdbinary, "network", "-g", graph, "--compare", "2023", "2025", "--format", "csv")
    rows = {row["label"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["Beta"]["change"] == "weaker"
    out, _ = call(capfdbinary, "network", "-g", graph, "--compare", "2023", "2025", "--format", "json")
    assert json.loads(out)["links"]


@pytest.mark.parametrize("period", ["", "soon", "2024...2025", "20242025x", ".."])
def test_what_is_no_period_is_refused_with_how_one_is_written(capfdbinary, graph: Path, period: str) -> None:
    _, err = call(capfdbinary, "network", "-g", graph, "--compare", period, "2025", code=2)
    assert "is no period. Write 2024, 2023..2024" in err


def test_periods_and_dates_do_not_go_together(capfdbinary, graph: Path) -> None:
    words = ("network", "-g", graph, "--compare", "2023", "2025")
    assert "Leave --since and --until out" in call(capfdbinary, *words, "--since", "2020", code=2)[1]
    assert "Leave --compare out" in call(capfdbinary, *words, "--keep", code=2)[1]


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.dump()


def test_kept_measures_are_found_by_queries_and_go_without_a_trace(capfdbinary, graph: Path) -> None:
    before = content(graph)
    _, err = call(
        capfdbinary, "network", "-g", graph, "--keep", "--sector", "education", "--factor", "forum=0"
    )
    assert "holds the measures of 2 nodes now" in err
    with read_graph(graph) as store:
        (row,) = store.select(f"SELECT ?s ?d {{ <{ALPHA}> coop:strength ?s ; coop:degree ?d }}")
        (about,) = store.select(
            "SELECT ?choice ?level { ?n a coop:Network ; coop:choice ?choice ; coop:level ?level }"
        )
    assert (row["s"], row["d"]) == ("1", "1")
    assert about == {"choice": "--sector education --factor forum=0", "level": "partner"}
    assert [line for line in content(graph) if "graph/measures>" not in line] == before
    assert "the measures are out" in call(capfdbinary, "network", "-g", graph, "--drop")[1]
    assert content(graph) == before
    assert "there were no measures" in call(capfdbinary, "network", "-g", graph, "--drop")[1]


def test_the_same_measures_give_the_same_quads(capfdbinary, graph: Path, tmp_path: Path) -> None:
    call(capfdbinary, "network", "-g", graph, "--keep", "--level", "country-sector")
    first = content(graph)
    assert any("/country/VN> <https://w3id.org/entente/ontology#strength>" in line for line in first)
    assert any("/sector/education> <https://w3id.org/entente/ontology#degree>" in line for line in first)
    call(capfdbinary, "network", "-g", graph, "--keep", "--level", "partner")
    call(capfdbinary, "network", "-g", graph, "--keep", "--level", "country-sector")
    assert content(graph) == first
    call(capfdbinary, "export", "-g", graph, "-o", tmp_path / "graph.nq")
    assert "graph/measures>" in (tmp_path / "graph.nq").read_text(encoding="utf-8")


def test_measures_go_when_the_events_change(capfdbinary, graph: Path) -> None:
    call(capfdbinary, "network", "-g", graph, "--keep")
    graph_of(
        graph, article("e", "agreement/concluded: Alpha/company/VN + Beta/university/KR | health | 2021")
    )
    with read_graph(graph) as store:
        assert not list(store.graph_quads(store.measures_graph))


def test_every_term_of_the_measures_is_defined(capfdbinary, graph: Path) -> None:
    call(capfdbinary, "network", "-g", graph, "--keep")
    with read_graph(graph) as store:
        quads = list(store.graph_quads(store.measures_graph))
    used = {
        term.value for quad in quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)
    }
    assert sorted(iri for iri in used if iri.startswith(COOP) and iri not in terms()) == []


def test_a_graph_that_is_not_there_is_not_made_by_measuring(capfdbinary, tmp_path: Path) -> None:
    call(capfdbinary, "network", "-g", tmp_path / "none", "--drop", code=1)
    assert not (tmp_path / "none").exists()


def test_measuring_waits_for_nobody_who_writes(capfdbinary, graph: Path) -> None:
    with open_graph(graph, base_iri=BASE):
        assert nodes(capfdbinary, graph)
        assert "network" not in call(capfdbinary, "network", "-g", graph, "--keep", code=1)[0]
