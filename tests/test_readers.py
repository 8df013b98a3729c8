"""Exports through readers that are not ours: counts, attributes, weights, labels and times come through.

graphology (npm) reads GEXF, igraph GraphML and Pajek, networkx Cytoscape JSON, pandas the CSV lists.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.export import export_network
from kg.network import LEVELS, attach_measures, build_network, measure_network
from tests.network_rows import ALPHA, BETA, ROWS, generated_rows

READERS = Path(__file__).parent / "readers"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "data/gexf-1.3/gexf.rng"))


def network(level: str = "partner", rows: Any = ROWS) -> nx.Graph:
    graph = build_network(rows, level=level)
    attach_measures(graph, measure_network(graph))
    return graph


@pytest.fixture(scope="module")
def large() -> nx.Graph:
    """A network of 5,000 partners."""
    return build_network(generated_rows(5000, 5000))


@pytest.fixture(scope="session")
def graphology():  # type: ignore[no-untyped-def]
    """Read a GEXF file with graphology; where CI promises it, its absence is a failure."""
    node = shutil.which("node")
    if node is None or not (READERS / "node_modules").is_dir():
        message = "graphology is not installed: npm ci --prefix tests/readers"
        if os.environ.get("ENTENTE_REQUIRE_READERS"):
            pytest.fail(message)
        pytest.skip(message)

    def read(path: Path) -> dict[str, Any]:
        words = [node, "--max-old-space-size=2000", str(READERS / "read_gexf.mjs"), str(path)]
        return dict(json.loads(subprocess.run(words, capture_output=True, check=True).stdout))

    return read


def pairs(links: Any) -> set[frozenset[str]]:
    return {frozenset(link) for link in links}


@pytest.mark.parametrize("level", LEVELS)
def test_graphology_reads_what_gexf_says(graphology, tmp_path: Path, level: str) -> None:  # type: ignore[no-untyped-def]
    graph = network(level)
    export_network(graph, tmp_path / "n.gexf", lang="fr")
    found = graphology(tmp_path / "n.gexf")
    nodes = {node["key"]: node for node in found["nodes"]}
    assert found["type"] == "undirected"
    assert set(nodes) == set(graph)
    assert pairs((edge["source"], edge["target"]) for edge in found["edges"]) == pairs(graph.edges)
    for node, values in graph.nodes(data=True):
        assert nodes[node]["label"] == values["labels"].get("fr", values["label"])
        assert nodes[node]["strength"] == pytest.approx(values["strength"])
        assert (nodes[node]["degree"], nodes[node]["kind"]) == (values["degree"], values["kind"])
        assert nodes[node]["events"] == len(values["events"])
        assert (nodes[node]["x"], nodes[node]["size"]) == (values["x"], values["size"])
    for edge in found["edges"]:
        values = graph.edges[edge["source"], edge["target"]]
        assert edge["weight"] == pytest.approx(values["weight"])
        assert (edge["events"], edge["sources"]) == (len(values["shares"]), values["sources"])
        assert (edge.get("first"), edge.get("last")) == (values["first"], values["last"])
        assert edge["sectors"] == values["sectors"]
        assert edge["event_ids"] == sorted(values["shares"])


@pytest.mark.slow
def test_graphology_reads_a_network_of_thousands(graphology, large: nx.Graph, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    export_network(large, tmp_path / "n.gexf")
    assert time.perf_counter() - start < 30
    assert SCHEMA.validate(etree.parse(tmp_path / "n.gexf")), SCHEMA.error_log
    found = graphology(tmp_path / "n.gexf")
    assert len(found["nodes"]) == len(large) == 5000
    assert len(found["edges"]) == large.number_of_edges()
    total = sum(edge["weight"] for edge in found["edges"])
    assert total == pytest.approx(large.size(weight="weight"))


def test_igraph_reads_what_graphml_says(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    graph = network()
    export_network(graph, tmp_path / "n.graphml", lang="vi")
    with warnings.catch_warnings():
        # igraph warns that the format has other types than its own.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml"))
    nodes = {vertex["id"]: vertex.attributes() for vertex in found.vs}
    assert set(nodes) == set(graph)
    assert nodes[ALPHA.iri]["label"] == "Chip Alpha"
    assert nodes[ALPHA.iri]["pagerank"] == pytest.approx(graph.nodes[ALPHA.iri]["pagerank"])
    assert not found.is_directed()
    for edge in found.es:
        values = graph.edges[found.vs[edge.source]["id"], found.vs[edge.target]["id"]]
        assert edge["weight"] == pytest.approx(values["weight"])
        assert (edge["first"] or None, edge["last"] or None) == (values["first"], values["last"])


@pytest.mark.parametrize("level", LEVELS)
def test_igraph_reads_what_pajek_says(tmp_path: Path, level: str) -> None:
    igraph = pytest.importorskip("igraph")
    graph = network(level)
    export_network(graph, tmp_path / "n.net", lang="fr")
    found = igraph.Graph.Read_Pajek(str(tmp_path / "n.net"))
    labels = [values["labels"].get("fr", values["label"]) for _, values in graph.nodes(data=True)]
    assert sorted(found.vs["name"]) == sorted(labels)
    assert found.ecount() == graph.number_of_edges()
    assert sum(found.es["weight"]) == pytest.approx(graph.size(weight="weight"))
    if level.endswith(("-sector", "-event")):
        assert sum(found.vs["type"]) == sum(
            v["kind"] in ("sector", "event") for _, v in graph.nodes(data=True)
        )


def test_pajek_labels_keep_to_their_line(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    graph = network()
    graph.nodes[ALPHA.iri]["label"] = 'Alpha "the first"\n*Edges\\'
    export_network(graph, tmp_path / "n.net")
    found = igraph.Graph.Read_Pajek(str(tmp_path / "n.net"))
    assert "Alpha 'the first' *Edges/" in found.vs["name"]


def test_igraph_reads_networks_of_thousands(large: nx.Graph, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    for name, read in (("n.graphml", igraph.Graph.Read_GraphML), ("n.net", igraph.Graph.Read_Pajek)):
        export_network(large, tmp_path / name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            found = read(str(tmp_path / name))
        assert (found.vcount(), found.ecount()) == (len(large), large.number_of_edges())


def test_networkx_reads_what_cytoscape_json_says(tmp_path: Path) -> None:
    graph = network()
    export_network(graph, tmp_path / "n.cyjs")
    document = json.loads((tmp_path / "n.cyjs").read_text(encoding="utf-8"))
    # networkx asks for fields of its own beside those of Cytoscape.
    document |= {"directed": False, "multigraph": False, "data": list(document["data"].items())}
    for node in document["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]
    found = nx.cytoscape_graph(document)
    assert set(found) == set(graph)
    assert pairs(found.edges) == pairs(graph.edges)
    link = found.edges[ALPHA.iri, BETA.iri]
    assert link["weight"] == graph.edges[ALPHA.iri, BETA.iri]["weight"]
    assert link["event_ids"] == sorted(graph.edges[ALPHA.iri, BETA.iri]["shares"])


def test_pandas_reads_what_csv_says(large: nx.Graph, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    links, nodes = export_network(large, tmp_path / "n.csv")
    found = pandas.read_csv(links)
    assert list(found.columns[:4]) == ["Source", "Target", "Type", "Weight"]
    assert len(found) == large.number_of_edges()
    assert found["Weight"].sum() == pytest.approx(large.size(weight="weight"))
    assert pandas.read_csv(nodes, keep_default_na=False)["Id"].is_unique
