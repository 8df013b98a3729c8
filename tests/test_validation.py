"""What the program writes fits the shapes of the ontology; what does not fit is named with its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import BASE, article, graph_of

from kg.errors import DataError
from kg.store import open_graph, read_graph
from kg.validation import find_violations

SIGNED = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix coop: <https://w3id.org/entente/ontology#> .
<urn:ReportShape> a sh:NodeShape ; sh:targetClass coop:Report ;
    sh:property [ sh:path coop:place ; sh:minCount 1 ; sh:message "A report needs a place." ] .
<urn:EventShape> a sh:NodeShape ; sh:targetClass coop:Event ;
    sh:property [ sh:path coop:partner ; sh:maxCount 1 ; sh:message "One partner is enough." ] .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    items = [
        article("a", SIGNED, "meeting/planned: FR + JP | health | 2025-10"),
        article("b", SIGNED, "cooperation/ongoing: VN + FPT/company/VN + ASEAN/international-organisation/"),
        article("c", "investment/ended: UNI/university/US + X/other/ | space | 2024"),
    ]
    return graph_of(tmp_path_factory.mktemp("v") / "g", *items)


def test_what_the_program_writes_fits_the_shapes(graph: Path) -> None:
    with read_graph(graph) as store:
        assert [str(item) for item in find_violations(store)] == []


def test_what_does_not_fit_is_named_with_article_and_sentence(graph: Path) -> None:
    with read_graph(graph) as store:
        found = list(find_violations(store, shapes=SHAPES))
    places = [item for item in found if item.path == "place"]
    assert {item.article for item in places} == {"a", "b", "c"}
    assert all(item.message == "A report needs a place." for item in found if item in places)
    assert any("KFIA/association/KR + VN." in item.quote for item in places)
    assert any(item.path == "partner" and item.quote for item in found)
    assert all("\n" not in str(item) for item in found)


def test_a_report_without_its_quote_is_found(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", article("a", SIGNED))
    with open_graph(graph, base_iri=BASE) as store:
        (iri,) = store.articles()
        kept = [quad for quad in store.graph_quads(iri) if not quad.predicate.value.endswith("#evidence")]
        store.replace_article(iri, kept)
        store.publish()
    with read_graph(graph) as store:
        assert any(item.path == "evidence" and item.article == "a" for item in find_violations(store))


def test_shapes_that_are_no_turtle_are_an_error(graph: Path) -> None:
    with read_graph(graph) as store, pytest.raises(DataError, match="not valid Turtle"):
        list(find_violations(store, shapes="a b c"))
