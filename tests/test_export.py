"""Exports: what a file says is what the network says, whoever reads it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset

from kg.errors import UsageError
from kg.export import ENDINGS, export_network, export_quads, source_of
from kg.network import LEVELS, attach_measures, build_network, measure_network
from tests.network_rows import ALPHA, BETA, DELTA, GAMMA, ROWS, event, partner

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "data/gexf-1.3/gexf.rng"))


def network(level: str = "partner", rows=ROWS) -> nx.Graph:  # type: ignore[no-untyped-def]
    graph = build_network(rows, level=level)
    attach_measures(graph, measure_network(graph))
    return graph


@pytest.mark.parametrize("level", LEVELS)
def test_gexf_is_valid_against_the_schema_at_every_level(tmp_path: Path, level: str) -> None:
    export_network(network(level), tmp_path / "n.gexf")
    document = etree.parse(tmp_path / "n.gexf")
    assert SCHEMA.validate(document), SCHEMA.error_log


def test_an_empty_network_is_valid_gexf(tmp_path: Path) -> None:
    export_network(build_network([]), tmp_path / "n.gexf")
    assert SCHEMA.validate(etree.parse(tmp_path / "n.gexf")), SCHEMA.error_log


def test_gexf_keeps_attributes_weights_places_and_time(tmp_path: Path) -> None:
    graph = network()
    export_network(graph, tmp_path / "n.gexf", lang="fr")
    root = etree.parse(tmp_path / "n.gexf").getroot()
    types = {item.get("id"): item.get("type") for item in root.iter(f"{GEXF}attribute")}
    assert (types["degree"], types["strength"], types["sectors"]) == ("integer", "double", "liststring")
    node = next(item for item in root.iter(f"{GEXF}node") if item.get("id") == ALPHA.iri)
    assert node.get("label") == "Puces Alpha"
    values = {item.get("for"): item.get("value") for item in node.iter(f"{GEXF}attvalue")}
    assert (values["kind"], values["country"], values["degree"], values["label_vi"]) == (
        "company",
        "VN",
        "3",
        "Chip Alpha",
    )
    assert float(node.find(f"{VIZ}position").get("x")) == graph.nodes[ALPHA.iri]["x"]
    assert node.find(f"{VIZ}shape").get("value") == "square"
    link = next(
        e for e in root.iter(f"{GEXF}edge") if {e.get("source"), e.get("target")} == {ALPHA.iri, BETA.iri}
    )
    assert float(link.get("weight")) == graph.edges[ALPHA.iri, BETA.iri]["weight"]
    spell = link.find(f"{GEXF}spells/{GEXF}spell")
    assert dict(spell.attrib) == {"start": "2023-11-20"}, "what is ongoing has no end"
    lists = {item.get("for"): item.get("value") for item in link.iter(f"{GEXF}attvalue")}
    assert lists["sectors"] == "[education, quantum, semiconductors]"


def test_a_node_is_there_while_its_links_are_and_one_of_unknown_date_always(tmp_path: Path) -> None:
    dated = event(1, "agreement", "concluded", ALPHA, BETA, dates=("2024-02",))
    later = event(2, "agreement", "concluded", ALPHA, GAMMA, dates=("2025-03-05",))
    undated = event(3, "agreement", "concluded", BETA, DELTA)
    export_network(network(rows=[dated, later, undated]), tmp_path / "n.gexf")
    nodes = {item.get("id"): item for item in etree.parse(tmp_path / "n.gexf").iter(f"{GEXF}node")}
    spells = {id: node.find(f"{GEXF}spells/{GEXF}spell") for id, node in nodes.items()}
    assert dict(spells[ALPHA.iri].attrib) == {"start": "2024-02-01", "end": "2025-03-05"}
    assert spells[BETA.iri] is None


def test_months_end_on_their_last_day(tmp_path: Path) -> None:
    rows = [event(1, "agreement", "concluded", ALPHA, BETA, dates=("2024-02",))]
    export_network(network(rows=rows), tmp_path / "n.gexf")
    spell = next(etree.parse(tmp_path / "n.gexf").iter(f"{GEXF}spell"))
    assert dict(spell.attrib) == {"start": "2024-02-01", "end": "2024-02-29"}


@given(st.text(st.characters(), max_size=30))
def test_no_text_breaks_the_xml(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("xml")
    odd = partner("odd")
    named = type(odd)(odd.iri, text, "company", None, labels={"fr": text})
    graph = build_network([event(1, "agreement", "concluded", named, BETA, sectors=(text,))])
    for name in ("n.gexf", "n.graphml"):
        export_network(graph, folder / name)
        assert etree.parse(folder / name).getroot() is not None
    assert SCHEMA.validate(etree.parse(folder / "n.gexf")), SCHEMA.error_log


def test_graphml_is_read_back_with_its_types(tmp_path: Path) -> None:
    graph = network()
    export_network(graph, tmp_path / "n.graphml")
    again = nx.read_graphml(tmp_path / "n.graphml")
    assert set(again) == set(graph)
    assert again.edges[ALPHA.iri, BETA.iri]["weight"] == graph.edges[ALPHA.iri, BETA.iri]["weight"]
    assert again.nodes[ALPHA.iri]["degree"] == 3
    assert again.edges[ALPHA.iri, BETA.iri]["sectors"] == "education; quantum; semiconductors"


def test_csv_has_the_headings_that_gephi_looks_for_and_no_formula(tmp_path: Path) -> None:
    evil = partner("evil")
    evil = type(evil)(evil.iri, '=HYPERLINK("http://evil")', "company", "VN")
    graph = network(rows=[*ROWS, event(9, "agreement", "concluded", evil, ALPHA, sectors=("@sum",))])
    links, nodes = export_network(graph, tmp_path / "n.csv")
    assert (links.name, nodes.name) == ("n.csv", "n.nodes.csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        labels = {row["Id"]: row["Label"] for row in csv.DictReader(file)}
    assert labels[evil.iri] == '\'=HYPERLINK("http://evil")'
    with links.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Source", "Target", "Type", "Weight", "status", "first", "last"} <= set(rows[0])
    assert len(rows) == graph.number_of_edges()
    assert any(row["sectors"] == "'@sum" for row in rows)


def test_cytoscape_json_has_elements_and_places(tmp_path: Path) -> None:
    export_network(network(), tmp_path / "n.cyjs", lang="vi")
    elements = json.loads((tmp_path / "n.cyjs").read_text(encoding="utf-8"))["elements"]
    node = next(item for item in elements["nodes"] if item["data"]["id"] == ALPHA.iri)
    assert node["data"]["name"] == "Chip Alpha"
    assert set(node["position"]) == {"x", "y"}
    assert all({"source", "target", "weight"} <= set(item["data"]) for item in elements["edges"])


def test_an_unknown_ending_is_refused_with_those_that_exist() -> None:
    with pytest.raises(
        UsageError, match=r"network\.docx: the ending '\.docx' says no known format\. There are: \.gexf"
    ):
        source_of(Path("network.docx"))
    with pytest.raises(UsageError, match="no ending says no known format"):
        source_of(Path("network"))
    with pytest.raises(UsageError, match=r"holds no network"):
        export_network(build_network([]), Path("a.ttl"))
    with pytest.raises(UsageError, match=r"holds no RDF"):
        export_quads([], Path("a.gexf"))
    assert set(ENDINGS.values()) == {"network", "quads", "reports", "events"}


_QUADS = [
    Quad(NamedNode("https://e.org/a"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("Việt Nam", language="vi"), NamedNode("https://e.org/g")),
    Quad(NamedNode("https://e.org/a"), NamedNode("https://w3id.org/entente/ontology#sector"), NamedNode("https://w3id.org/entente/sector/quantum"), NamedNode("https://e.org/g")),
    Quad(NamedNode("https://e.org/a"), NamedNode("https://w3id.org/entente/ontology#sector"), NamedNode("https://w3id.org/entente/sector/quantum"), NamedNode("https://e.org/h")),
    Quad(NamedNode("https://e.org/a"), NamedNode("https://schema.org/text"), Literal("plain"), NamedNode("https://e.org/h")),
    Quad(NamedNode("https://e.org/a"), NamedNode("https://w3id.org/entente/ontology#date"), Literal("2025-03", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")), NamedNode("https://e.org/h")),
    Quad(NamedNode("https://e.org/a"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode("https://w3id.org/entente/ontology#Event"), NamedNode("https://e.org/h")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "form"),
    [(".trig", RdfFormat.TRIG), (".nq", RdfFormat.N_QUADS), (".jsonld", RdfFormat.JSON_LD)],
)
def test_rdf_is_read_back_quad_for_quad(tmp_path: Path, ending: str, form: RdfFormat) -> None:
    path = tmp_path / f"g{ending}"
    export_quads(_QUADS, path)
    assert set(parse(path.read_bytes(), format=form)) == set(_QUADS)


def test_turtle_holds_each_triple_once(tmp_path: Path) -> None:
    export_quads(_QUADS, tmp_path / "g.ttl")
    triples = list(parse((tmp_path / "g.ttl").read_bytes(), format=RdfFormat.TURTLE))
    assert {quad.triple for quad in triples} == {quad.triple for quad in _QUADS}
    assert len(triples) == 5


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib.*")
def test_json_ld_is_readable_and_two_parsers_find_the_same_in_it(tmp_path: Path) -> None:
    odd = [
        Quad(NamedNode("urn:x"), NamedNode("https://w3id.org/entente/ontology#status"), NamedNode("urn:own-status"), NamedNode("urn:g")),
        Quad(NamedNode("urn:x"), NamedNode("https://w3id.org/entente/ontology#articleCount"), Literal("3", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")), NamedNode("urn:g")),
        Quad(NamedNode("urn:x"), NamedNode("https://w3id.org/entente/ontology#confidence"), Literal("0.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")), NamedNode("urn:g")),
        Quad(NamedNode("urn:x"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("no language"), NamedNode("urn:g")),
        Quad(NamedNode("urn:x"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("@id"), NamedNode("urn:g")),
    ]  # fmt: skip
    quads = [*_QUADS, *odd]
    export_quads(quads, tmp_path / "g.jsonld")
    export_quads(quads, tmp_path / "g.nq")
    document = json.loads((tmp_path / "g.jsonld").read_text(encoding="utf-8"))
    node = next(item for item in document["@graph"] if item["id"] == "https://e.org/h")["@graph"][0]
    assert (node["sector"], node["text"], node["type"]) == ("quantum", "plain", "Event")
    assert node["date"] == "2025-03"
    assert set(parse((tmp_path / "g.jsonld").read_bytes(), format=RdfFormat.JSON_LD)) == set(quads)
    found, expected = Dataset(), Dataset()
    found.parse(tmp_path / "g.jsonld", format="json-ld")
    expected.parse(tmp_path / "g.nq", format="nquads")
    assert set(found.quads()) == set(expected.quads())


def test_a_concept_that_is_called_as_a_property_is_spelt_out(tmp_path: Path) -> None:
    clash = Quad(NamedNode("urn:x"), NamedNode("https://w3id.org/entente/ontology#sector"), NamedNode("https://w3id.org/entente/sector/text"), NamedNode("urn:g"))  # fmt: skip
    export_quads([*_QUADS, clash], tmp_path / "g.jsonld")
    assert set(parse((tmp_path / "g.jsonld").read_bytes(), format=RdfFormat.JSON_LD)) == {*_QUADS, clash}
