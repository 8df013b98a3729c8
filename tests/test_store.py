"""The graph on disk: whole or not at all, one writer, readers undisturbed, queries that only read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from builders import BASE, article, graph_of
from rdflib import Literal, URIRef

from kg import ontology as o
from kg.errors import QueryError, StoreError
from kg.store import check_query, open_graph, read_graph
from kg.triples import article_iri, article_quads

SIGNED = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"


def put(graph: Path, *ids: str, line: str = SIGNED) -> None:
    with open_graph(graph, base_iri=BASE) as store:
        for id in ids:
            store.replace_article(
                article_iri(id, base_iri=BASE), article_quads(article(id, line), base_iri=BASE)
            )
        store.publish()


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.content()


# --- articles ---------------------------------------------------------------------------------------------


def test_storing_an_article_twice_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "g", "a", "b")
    before = content(tmp_path / "g")
    put(tmp_path / "g", "a")
    assert content(tmp_path / "g") == before


def test_a_new_version_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    put(tmp_path / "g", "a", "b")
    put(tmp_path / "g", "a", line="meeting/planned: FR + JP | health | 2025-10")
    put(tmp_path / "other", "a", line="meeting/planned: FR + JP | health | 2025-10")
    put(tmp_path / "other", "b")
    assert content(tmp_path / "g") == content(tmp_path / "other")


def test_an_article_that_is_taken_out_leaves_nothing_behind(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    before = content(tmp_path / "g")
    put(tmp_path / "g", "b")
    with open_graph(tmp_path / "g", base_iri=BASE) as store:
        store.remove_articles([article_iri("b", base_iri=BASE)])
        store.publish()
    assert content(tmp_path / "g") == before


# --- the folder -------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_graph_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="not a graph"), open_graph(tmp_path, base_iri=BASE):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_graph(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(StoreError, match="not a graph"), read_graph(path):
        pass
    with pytest.raises(StoreError), open_graph(path, base_iri=BASE):
        pass


def test_a_graph_that_is_not_there_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"), read_graph(tmp_path / "none"):
        pass


def test_a_graph_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    (tmp_path / "g" / "entente.json").write_text(json.dumps({"format": 99, "base_iri": BASE}))
    for opening in (read_graph(tmp_path / "g"), open_graph(tmp_path / "g", base_iri=BASE)):
        with pytest.raises(StoreError, match=r"newer version.*Update entente-kg"), opening:
            pass


def test_a_broken_marker_is_named(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    (tmp_path / "g" / "entente.json").write_text("{")
    with pytest.raises(StoreError, match=r"entente\.json"), read_graph(tmp_path / "g"):
        pass


def test_another_base_iri_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    with pytest.raises(StoreError, match="base_iri"), open_graph(tmp_path / "g", base_iri="urn:other:"):
        pass


def test_only_one_process_writes_and_the_other_is_told_which(tmp_path: Path) -> None:
    with open_graph(tmp_path / "g", base_iri=BASE):
        code = f"from pathlib import Path; from kg.store import open_graph\nwith open_graph(Path({str(tmp_path / 'g')!r}), base_iri={BASE!r}): pass"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"process {os.getpid()}" in done.stderr
    assert "StoreError" in done.stderr


def test_readers_see_the_last_finished_state_while_another_is_written(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    before = content(tmp_path / "g")
    with open_graph(tmp_path / "g", base_iri=BASE) as store:
        store.replace_article(
            article_iri("b", base_iri=BASE), article_quads(article("b", SIGNED), base_iri=BASE)
        )
        assert content(tmp_path / "g") == before
        with read_graph(tmp_path / "g") as reader:
            store.publish()
            store.publish()
            assert reader.content() == before
    assert len(content(tmp_path / "g")) > len(before)


def test_old_states_are_taken_away_when_nobody_reads_them(tmp_path: Path) -> None:
    for id in "abc":
        put(tmp_path / "g", id)
    assert [path.name for path in (tmp_path / "g" / "snapshots").iterdir()] == ["3"]


def test_a_graph_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    with read_graph(tmp_path / "g") as store, pytest.raises(StoreError, match="reading"):
        store.remove_articles([article_iri("a", base_iri=BASE)])


WRITE = """
    import itertools, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from builders import BASE, article, graph_of
    from kg.store import open_graph
    from kg.triples import article_iri, article_quads
    with open_graph(Path({graph!r}), base_iri=BASE) as store:
        for n in itertools.count():
            item = article(f"n{{n}}", *({line!r},) * 5)
            store.replace_article(article_iri(item.article.id, base_iri=BASE), article_quads(item, base_iri=BASE))
            print(n, flush=True)
            {after}
"""


def writer(graph: Path, *, after: str = "") -> subprocess.Popen[str]:
    code = textwrap.dedent(WRITE).format(
        tests=str(Path(__file__).parent), graph=str(graph), line=SIGNED, after=after
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_killed_writer_leaves_whole_articles_and_readers_the_state_before(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    before = content(tmp_path / "g")
    process = writer(tmp_path / "g")
    assert process.stdout is not None
    while int(process.stdout.readline()) < 20:
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert content(tmp_path / "g") == before
    with open_graph(tmp_path / "g", base_iri=BASE) as store:
        assert store.is_unfinished
        sizes = {len(list(store.graph_quads(iri))) for iri in store.articles() if "/n" in iri}
        assert len(sizes) == 1
        store.publish()
        assert not store.is_unfinished
    assert len(content(tmp_path / "g")) > len(before)


def test_a_full_disk_is_one_clear_sentence_and_the_graph_is_as_before(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    before = content(tmp_path / "g")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)) if n == 3 else None"
    process = writer(tmp_path / "g", after=limit)
    _, errors = process.communicate(timeout=60)
    assert "StoreError" in errors
    assert "cannot write to the graph" in errors
    assert content(tmp_path / "g") == before
    put(tmp_path / "g", "b")
    assert len(content(tmp_path / "g")) > len(before)


# --- asking -----------------------------------------------------------------------------------------------


def test_the_default_graph_is_the_union_of_all(tmp_path: Path) -> None:
    put(tmp_path / "g", "a", "b")
    with read_graph(tmp_path / "g") as store:
        rows = list(store.select("SELECT (COUNT(?r) AS ?n) { ?r a coop:Report }"))
    assert rows == [{"n": "2"}]


def test_literals_are_equal_on_both_sides_of_the_seam(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    with read_graph(tmp_path / "g") as store:
        dataset = store.dataset()
        iri = URIRef(article_iri("a", base_iri=BASE))
        headline = URIRef(o.SCHEMA + "headline")
        assert dataset.value(iri, headline) == Literal("Title of a")
        assert (iri, headline, Literal("Title of a")) in dataset
        assert list(dataset.subjects(headline, Literal("Title of a"))) == [iri]
        asked = dataset.query("SELECT ?t { ?a schema:headline ?t }")
        assert [row[0] for row in asked] == [Literal("Title of a")]
        made = dataset.query("CONSTRUCT { ?a schema:headline ?t } { ?a schema:headline ?t }")
        assert (iri, headline, Literal("Title of a")) in made.graph


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://example.org/>{} }",
        "PREFIX p: <http://example.org/> SELECT * { SERVICEp:x { } }",
        "PREFIX p: <urn:> SELECT * { ?s ?p p:.SERVICE<http://example.org/>{} }",
        "PREFIX p: <urn:> SELECT * { ?s ?p p:-SERVICE<http://example.org/>{} }",
        'SELECT * { ?s ?p ?o FILTER(?s<?o#>"""\n) SERVICE <http://example.org/> {} #"""\n}',
        "SELECT * { ?s ?p ?o FILTER(?s<'x>') SERVICE <http://example.org/> {} }",
        "SELECT * { ?s ?p ?o FILTER(?s<<urn:x#>) SERVICE <http://example.org/> {} }",
        'SELECT * { <<?s#>"""\n ?p ?o>> ?q ?r SERVICE <http://example.org/> {} #"""\n}',
        "SELECT * { # a comment\r SERVICE <http://example.org/> {} \n}",
        "SELECT * { ?s ?p 'a\\'' SERVICE <http://example.org/> {} }",
    ],
)
def test_no_query_reaches_another_server(query: str) -> None:
    with pytest.raises(QueryError):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://example.org/> {}" }',
        "SELECT * { ?s ?p '''a\nSERVICE' ''' }",
        "SELECT * { ?s ?p ?o } # no SERVICE here",
        "SELECT * { ?service <http://example.org/service/x#service> ?o . ?o ?p ex:service }",
        'SELECT * { ?s ?p "x"@en-service FILTER(?s < ?p && ?p > 3) }',
        "PREFIX ex: <http://example.org/load#> SELECT * { ?s ex:insert ?delete }",
        'SELECT * { ?s <urn:a#b> ?o FILTER(CONTAINS(?o, "service") && ?s IN (<urn:a#b>, <urn:c#d>)) }',
    ],
)
def test_the_words_may_stand_in_strings_names_addresses_and_comments(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "# x\nPREFIX p: <urn:> delete where { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "DROP ALL",
        "CLEAR GRAPH <urn:g>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_with_what_to_use_instead(tmp_path: Path, text: str) -> None:
    put(tmp_path / "g", "a")
    with read_graph(tmp_path / "g") as store, pytest.raises(QueryError, match=r"not allowed.*kg build"):
        store.query(text)


def test_what_is_no_sparql_is_said_to_be_none(tmp_path: Path) -> None:
    put(tmp_path / "g", "a")
    with read_graph(tmp_path / "g") as store:
        for text in ("", "SELEC * {}", "SELECT * { ?s nope:x ?o }", "who signed?"):
            with pytest.raises(QueryError, match="not a SPARQL query") as caught:
                store.query(text)
            assert "\n" not in str(caught.value)


def test_no_triple_stands_in_two_graphs(tmp_path: Path) -> None:
    """Oxigraph's union counts a triple once for each graph that holds it."""
    graph = graph_of(tmp_path / "g", article("a", SIGNED), article("b", SIGNED), article("c", SIGNED))
    with read_graph(graph) as store:
        # KFIA, Vietnam, and South Korea, which is described as the country of KFIA.
        assert list(store.select("SELECT (COUNT(*) AS ?n) { ?p a coop:Partner }")) == [{"n": "3"}]
        triples = [line.rsplit(" <", 1)[0] for line in store.dump()]
    assert len(set(triples)) == len(triples)
