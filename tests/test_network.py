"""Networks: who is joined by what, how much it weighs, and what the measures say."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Participant
from kg.network import (
    WEIGHTINGS,
    AmountRow,
    Brokerage,
    DifferenceRow,
    EventRow,
    Filters,
    Network,
    ParticipantRow,
    Weighting,
    attach_measures,
    backbone,
    brokerage,
    build_network,
    compare_networks,
    find_communities,
    measure_network,
    read_rows,
)
from kg.network.centrality import betweenness, closeness, constraint, eigenvector
from kg.ontology import COOP, STATUS, country_iri, partner_iri
from kg.store import read_graph
from tests.builders import article, graph_of
from tests.network_rows import (
    ALPHA,
    BASE,
    BETA,
    DELTA,
    GAMMA,
    KOREA,
    ROWS,
    UNION,
    VIETNAM,
    event,
    generated_rows,
    partner,
    quote,
)


def test_partners_are_joined_by_each_of_their_events() -> None:
    link = build_network(ROWS).edges[ALPHA.iri, BETA.iri]
    assert link["types"] == {"agreement": 1, "forum": 1, "programme": 1}
    assert link["statuses"] == {"concluded": 2, "ongoing": 1}
    assert (link["first"], link["last"]) == ("2023-11-20", "2025-03-01")
    assert link["sources"] == 4
    assert link["sectors"] == ["education", "quantum", "semiconductors"]
    assert sorted(link["shares"]) == [f"{BASE}event/{number}" for number in (1, 2, 4)]


def test_an_article_that_repeats_another_is_no_source_of_its_own() -> None:
    copies = tuple(quote(number) for number in (1, 2, 3))
    row = event(1, "agreement", "concluded", ALPHA, BETA, evidence=copies, repeated=(copies[1].article,))
    graph = build_network([row])
    assert graph.edges[ALPHA.iri, BETA.iri]["sources"] == 2
    assert graph.graph["events"][row.iri]["sources"] == 2


def test_a_meeting_of_twenty_does_not_outweigh_ten_contracts() -> None:
    crowd = [ParticipantRow(f"{BASE}partner/{n}", str(n), "company") for n in range(20)]
    meeting = event(0, "meeting", "concluded", *crowd)
    contracts = [event(n, "agreement", "concluded", crowd[0], crowd[1]) for n in range(1, 11)]
    graph = build_network([meeting, *contracts])
    total = sum(graph.edges[pair]["shares"][meeting.iri] for pair in combinations(sorted(graph), 2))
    assert total == pytest.approx(0.5, abs=1e-3)
    assert graph.edges[crowd[0].iri, crowd[1].iri]["weight"] > 10


def test_the_user_chooses_the_weights() -> None:
    assert build_network(ROWS, weighting=WEIGHTINGS["count"]).edges[ALPHA.iri, BETA.iri]["weight"] == 3
    doubled = Weighting("own", divided="no", types={"agreement": 2.0}, statuses={"concluded": 3.0})
    assert build_network(ROWS[:1], weighting=doubled).edges[ALPHA.iri, BETA.iri]["weight"] == 6


def test_factors_of_types_and_statuses_change_a_scheme_and_nought_leaves_links_out() -> None:
    weighting = WEIGHTINGS["count"].with_factors({"agreement": 5, "forum": 0})
    graph = build_network(ROWS, weighting=weighting)
    assert graph.edges[ALPHA.iri, BETA.iri]["weight"] == 6
    assert not graph.has_edge(GAMMA.iri, DELTA.iri)
    with pytest.raises(UsageError, match=r"No event type or status 'party' to weigh\. There are: agreement"):
        WEIGHTINGS["count"].with_factors({"party": 1})
    with pytest.raises(UsageError, match="forum: a weight of -1 makes no sense"):
        WEIGHTINGS["count"].with_factors({"forum": -1})


def test_newman_weights_make_strength_the_number_of_events() -> None:
    graph = build_network(ROWS, weighting=WEIGHTINGS["newman"])
    strength = dict(graph.degree(weight="weight"))
    assert strength[ALPHA.iri] == pytest.approx(3, abs=1e-4)
    assert strength[GAMMA.iri] == pytest.approx(2, abs=1e-4)


def test_departments_roll_up_to_what_they_are_part_of_and_then_to_countries() -> None:
    ministry = partner("Ministry", "government-body", "VN")
    agency = replace(partner("Agency", "government-body", "VN"), parent=replace(ministry, parent=VIETNAM))
    office = replace(partner("Office", "government-body", "VN"), parent=agency)
    court = replace(partner("Court", "international-organisation", None), parent=UNION)
    rows = [
        event(1, "agreement", "concluded", office, BETA),
        event(2, "agreement", "concluded", ministry, agency, court),
    ]
    organisations = build_network(rows, level="organisation")
    assert set(organisations) == {ministry.iri, BETA.iri, UNION.iri}
    assert organisations.nodes[ministry.iri]["label"] == "Ministry"
    assert organisations.edges[ministry.iri, UNION.iri]["shares"] == {f"{BASE}event/2": 1.0}
    assert set(build_network(rows, level="country")) == {"VN", "KR", UNION.iri}
    sectors = build_network(ROWS, level="country-sector")
    assert set(sectors["semiconductors"]) == {"VN", "KR"}
    assert nx.is_bipartite(build_network(ROWS, level="organisation-event"))


def test_sectors_bear_names_in_every_language() -> None:
    node = build_network(ROWS, level="partner-sector").nodes["semiconductors"]
    assert node["label"] == "Semiconductors"
    assert set(node["labels"]) == {"en", "fr", "vi"}


def test_a_graph_knows_the_whole_of_a_part_that_articles_name(tmp_path: Path) -> None:
    item = article("a", "agreement/concluded: european commission/international-organisation/ + VN")
    commission = replace(item.reports[0].participants[1].partner, iri=partner_iri("european-commission"))
    reports = (
        replace(item.reports[0], participants=(item.reports[0].participants[0], Participant(commission))),
    )
    with read_graph(graph_of(tmp_path / "graph", replace(item, reports=reports))) as store:
        rows = list(read_rows(store.select, lang="en"))
    union = partner_iri("european-union")
    assert set(build_network(rows, level="organisation")) == {union, country_iri("VN")}
    assert build_network(rows, level="country").nodes[union]["label"] == "European Union"


def test_countries_roll_up_their_partners_and_international_organisations_stay() -> None:
    graph = build_network(ROWS, level="country")
    assert set(graph) == {"VN", "KR", "FR", UNION.iri}
    assert graph.nodes["VN"]["label"] == "Vietnam"
    assert graph.edges["KR", "VN"]["types"] == {"agreement": 2, "forum": 1, "programme": 1}


def test_two_modes_join_partners_with_sectors_and_with_events() -> None:
    sectors = build_network(ROWS, level="partner-sector")
    assert set(sectors[ALPHA.iri]) == {"semiconductors", "education", "quantum"}
    assert sectors.nodes["quantum"]["kind"] == "sector"
    events = build_network(ROWS, level="partner-event")
    assert set(events[f"{BASE}event/4"]) == {ALPHA.iri, BETA.iri, GAMMA.iri, DELTA.iri}
    assert nx.is_bipartite(sectors)
    assert nx.is_bipartite(events)


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(), {1, 2, 3, 4, 5}),
        (Filters(sectors=("semiconductors",)), {1, 3}),
        (Filters(activities=("training",)), {5}),
        (Filters(types=("agreement", "forum")), {1, 3, 4}),
        (Filters(statuses=("ongoing",)), {2}),
        (Filters(languages=("vi",)), {2}),
        (Filters(sources=("Paper 4",)), {4}),
        (Filters(since="2025"), {1, 3}),
        (Filters(since="2024-06", until="2025-03"), {1, 2}),
        (Filters(until="2023"), {4}),
        (Filters(min_confidence=0.7), {1, 3, 4, 5}),
        (Filters(sectors=("semiconductors",), statuses=("proposed",)), {3}),
    ],
)
def test_filters_admit_what_they_say(filters: Filters, admitted: set[int]) -> None:
    graph = build_network(ROWS, filters=filters)
    assert {int(iri.rsplit("/", 1)[1]) for iri in graph.graph["events"]} == admitted


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(UsageError, match=r"No level 'village'\. There are: partner, organisation, country"):
        build_network(ROWS, level="village")
    with pytest.raises(UsageError, match=r"No status 'signed'\. There are: proposed"):
        Filters(statuses=("signed",))
    with pytest.raises(UsageError, match="No event type 'party'"):
        Filters(types=("party",))


_people = [ParticipantRow(f"{BASE}partner/{n}", f"P{n}", "company", "VN") for n in range(8)]
_events = st.builds(
    lambda number, type, status, people: EventRow(f"{BASE}event/{number}", type, status, tuple(people)),
    st.integers(0, 10**6),
    st.sampled_from(["agreement", "meeting"]),
    st.sampled_from(["proposed", "concluded", "ended"]),
    st.lists(st.sampled_from(_people), min_size=2, max_size=8, unique=True),
)


@given(st.lists(_events, max_size=12, unique_by=lambda row: row.iri), st.randoms())
def test_the_order_of_events_changes_nothing_and_no_weight_is_lost(
    rows: list[EventRow], order: random.Random
) -> None:
    graph = build_network(rows)
    again = build_network(order.sample(rows, len(rows)))
    assert nx.utils.graphs_equal(graph, again)
    assert list(graph) == list(again)
    weighting = WEIGHTINGS["shared"]
    expected = sum(weighting.weight(row.type, row.status) for row in rows)
    assert sum(w for *_, w in graph.edges(data="weight")) == pytest.approx(expected, abs=1e-3)
    assert measure_network(graph) == measure_network(again)


def test_measures_put_the_broker_first() -> None:
    graph = nx.Graph()
    for node in "abcxyzm":
        graph.add_node(node, label=node, kind="company", country="VN" if node in "abc" else "KR")
    graph.add_edges_from(
        [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "m"), ("m", "x")]
    )
    nx.set_edge_attributes(graph, 1.0, "weight")
    rows = {row.id: row for row in measure_network(graph).rows}
    assert max(rows.values(), key=lambda row: row.betweenness).id == "m"
    assert min(rows.values(), key=lambda row: row.constraint or 9).id in {"c", "x", "m"}
    assert rows["m"].countries == 1
    assert rows["a"].community == rows["b"].community != rows["y"].community
    assert rows["a"].core == 2


def test_fast_measures_equal_those_of_networkx() -> None:
    graph = nx.les_miserables_graph()
    assert closeness(graph) == pytest.approx(nx.closeness_centrality(graph))
    assert betweenness(graph) == pytest.approx(nx.betweenness_centrality(graph))
    assert constraint(graph) == pytest.approx(nx.constraint(graph, weight="weight"))
    expected = nx.eigenvector_centrality(graph, weight="weight", max_iter=2000, tol=1e-9)
    assert eigenvector(graph) == pytest.approx(expected, abs=1e-5)


def test_an_empty_network_has_figures_too() -> None:
    measures = measure_network(build_network([]))
    assert measures.rows == ()
    assert measures.figures.nodes == measures.figures.edges == 0
    assert measures.figures.modularity is None


def test_measures_are_written_on_the_nodes() -> None:
    graph = build_network(ROWS)
    attach_measures(graph, measure_network(graph))
    assert graph.nodes[ALPHA.iri]["degree"] == 3
    assert graph.nodes[ALPHA.iri]["label"] == "Alpha Chips"
    assert all("community" in values for _, values in graph.nodes(data=True))


def test_the_backbone_keeps_what_stands_out() -> None:
    graph = nx.star_graph(20)
    nx.set_edge_attributes(graph, 1.0, "weight")
    graph.edges[0, 1]["weight"] = 40.0
    assert set(backbone(graph).edges) == {(0, 1)}


def test_rows_are_read_from_the_answers_of_a_store() -> None:
    answers = {
        "?event ?type ?status": [
            {"event": "e1", "type": COOP + "Event", "status": STATUS + "concluded"},
            {"event": "e1", "type": COOP + "Agreement", "status": STATUS + "concluded"},
            {"event": "r1", "type": COOP + "Report", "status": STATUS + "concluded"},
        ],
        "coop:sector": [
            {"event": "e1", "term": COOP + "sector", "value": "https://example.org/sector/quantum"},
            {"event": "e1", "term": COOP + "date", "value": "2025-03"},
        ],
        "coop:upperValue": [
            {
                "event": "e1",
                "article": "a1",
                "start": "9",
                "text": "$5bn",
                "value": "5000000000",
                "unit": "USD",
            },
        ],
        "coop:organiser": [
            {"event": "e1", "term": COOP + "partner", "partner": VIETNAM.iri},
            {"event": "e1", "term": COOP + "partner", "partner": KOREA.iri},
            {"event": "e1", "term": COOP + "host", "partner": KOREA.iri},
        ],
        "?partner a ?kind": [
            {"partner": VIETNAM.iri, "kind": COOP + "Country", "country": VIETNAM.iri},
            {"partner": KOREA.iri, "kind": COOP + "Partner", "country": KOREA.iri},
            {"partner": KOREA.iri, "kind": COOP + "Country", "country": KOREA.iri},
        ],
        "skos:prefLabel": [
            {"subject": KOREA.iri, "term": "skos#prefLabel", "label": "Corée du Sud", "lang": "fr"},
            {"subject": VIETNAM.iri, "term": "rdfs#label", "label": "Vietnam", "lang": ""},
            {"subject": VIETNAM.iri, "term": "skos#prefLabel", "label": "A Vietnam", "lang": ""},
        ],
        "oa:exact": [{"event": "e1", "article": "a1", "quote": "They signed.", "suffix": " Then"}],
        "schema:headline": [{"article": "a1", "title": "Signed", "lang": "fr", "url": None}],
        "coop:differsIn": [
            {"event": "e1", "property": COOP + "status", "value": STATUS + "planned", "article": "a1"},
            {"event": "e1", "property": COOP + "partner", "value": VIETNAM.iri, "article": "a2"},
            {"event": "e1", "property": COOP + "partner", "value": VIETNAM.iri, "article": "a1"},
        ],
    }

    answers["coop:partOf"] = [
        {"partner": VIETNAM.iri, "parent": KOREA.iri},
        {"partner": KOREA.iri, "parent": VIETNAM.iri},
    ]

    def select(query: str) -> list[dict[str, str | None]]:
        return next(answer for sign, answer in answers.items() if sign in query.split("SELECT")[1])

    (row,) = read_rows(select, lang="fr")
    assert (row.type, row.status, row.sectors, row.dates) == (
        "agreement",
        "concluded",
        ("quantum",),
        ("2025-03",),
    )
    assert [(p.label, p.kind, p.country, p.role) for p in row.participants] == [
        ("Corée du Sud", "country", "KR", "host"),
        ("Viêt Nam", "country", "VN", None),
    ]
    assert (row.evidence[0].quote, row.evidence[0].title, row.evidence[0].suffix) == (
        "They signed.",
        "Signed",
        " Then",
    )
    assert row.amounts == (AmountRow("$5bn", 5e9, "USD", "a1"),)
    assert row.differences == (
        DifferenceRow("partner", "Viêt Nam", ("a1", "a2")),
        DifferenceRow("status", "planned", ("a1",)),
    )


def test_rows_are_read_from_a_real_graph(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path / "graph",
        article("a", "agreement/concluded: VN + KR | semiconductors | 2025-09-18"),
        article("b", "agreement/concluded: VN + KR | education, semiconductors | 2025-09-18", lang="fr"),
    )
    with read_graph(graph) as store:
        (row,) = read_rows(store.select, lang="en")
    assert (row.type, row.status, row.dates) == ("agreement", "concluded", ("2025-09-18",))
    assert row.sectors == ("education", "semiconductors")
    assert [p.country for p in row.participants] == ["KR", "VN"]
    assert [item.title for item in row.evidence] == ["Title of a", "Title of b"]
    assert row.confidence == 0.9


def test_brokers_play_the_parts_that_the_groups_of_three_make() -> None:
    graph = nx.Graph([("m", "a"), ("m", "b"), ("m", "c"), ("m", "d"), ("a", "b")])
    parts = brokerage(graph, {"m": "VN", "a": "VN", "b": "KR", "c": "VN", "d": "KR"})
    # Open pairs around m: ac coordinator; bd consultant; ad, bc, cd gatekeeper; ab is closed.
    assert parts["m"] == Brokerage(coordinator=1, consultant=1, gatekeeper=3, liaison=0)
    assert parts["a"] == Brokerage()
    alone = brokerage(graph, {})
    assert alone["m"] == Brokerage(liaison=5), "who is of no group is a group of its own"


@given(st.integers(0, 1000))
def test_brokers_are_counted_as_by_trying_every_three(seed: int) -> None:
    graph = nx.gnp_random_graph(9, 0.4, seed=seed)
    groups = {node: node % 3 for node in graph}
    for node, found in brokerage(graph, groups).items():
        expected = {"coordinator": 0, "consultant": 0, "gatekeeper": 0, "liaison": 0}
        for one, other in combinations(graph[node], 2):
            if not graph.has_edge(one, other):
                a, b, c = groups[one], groups[node], groups[other]
                part = ("coordinator" if a == b else "consultant") if a == c else (
                    "gatekeeper" if b in (a, c) else "liaison"
                )  # fmt: skip
                expected[part] += 1
        assert found == Brokerage(**expected)


def test_leiden_finds_the_communities_that_louvain_finds_where_they_are_plain() -> None:
    pytest.importorskip("graspologic_native")
    graph = nx.caveman_graph(4, 6)
    nx.add_path(graph, [100])
    nx.set_edge_attributes(graph, 1.0, "weight")
    found = find_communities(graph, method="leiden")
    assert found == find_communities(graph)
    assert [list(found.values()).count(number) for number in range(5)] == [6, 6, 6, 6, 1]
    with pytest.raises(UsageError, match=r"called 'walk'\. There are: louvain, leiden"):
        find_communities(graph, method="walk")


def test_measures_become_a_frame() -> None:
    pytest.importorskip("pandas")
    measures = measure_network(build_network(ROWS))
    frame = measures.to_frame()
    assert frame.loc[ALPHA.iri, "degree"] == 3
    assert list(frame.index) == [row.id for row in measures.rows]
    assert list(measure_network(build_network([])).to_frame().columns) == list(frame.columns)


def test_a_backend_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="networkx has no backend 'abacus'"):
        measure_network(build_network(ROWS), backend="abacus")


#: A backend of networkx as a distribution brings it: it counts what it is asked and lets networkx answer.
BACKEND = """
import networkx as nx
from networkx.utils.backends import _registered_algorithms
asked = []
class Abacus:
    @staticmethod
    def convert_from_nx(graph, **_): return graph
    @staticmethod
    def convert_to_nx(value, **_): return value
    def __getattr__(self, name):
        def run(*values, **named):
            asked.append(name)
            return _registered_algorithms[name].orig_func(*values, **named)
        return run
    def can_run(self, *_, **__): return True
    def should_run(self, *_, **__): return True
abacus = Abacus()
"""
PROGRAM = """
import abacus_backend
from kg.network import build_network, measure_network
from tests.network_rows import ROWS
graph = build_network(ROWS)
assert measure_network(graph, backend="abacus") == measure_network(graph)
print(*sorted(set(abacus_backend.asked)))
"""


def test_an_installed_backend_of_networkx_does_its_work(tmp_path: Path, root: Path) -> None:
    (tmp_path / "abacus_backend.py").write_text(BACKEND)
    info = tmp_path / "abacus-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: abacus\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[networkx.backends]\nabacus = abacus_backend:abacus\n")
    env = os.environ | {"PYTHONPATH": f"{tmp_path}:{root}"}
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    asked = set(result.stdout.split())
    assert {"betweenness_centrality", "pagerank", "clustering", "core_number", "louvain_communities"} <= asked


def test_a_network_shows_itself_in_a_notebook_and_what_articles_say_stays_text() -> None:
    evil = partner('<img src=x onerror="alert(1)">')
    html = build_network([*ROWS, event(9, "agreement", "concluded", evil, ALPHA)])._repr_html_()
    assert "8 nodes, 9 links, 6 events" in html
    assert "<svg" in html
    assert "<img" not in html
    assert "&lt;img src=x" in html
    assert build_network([])._repr_html_()


def test_a_network_stays_one_through_networkx() -> None:
    graph = build_network(ROWS)
    assert isinstance(graph, nx.Graph)
    assert type(graph.copy()) is type(backbone(graph)) is type(graph) is Network


def test_measures_of_a_network_of_thousands_take_seconds() -> None:
    rows = generated_rows(5000, 6000)
    graph = build_network(rows)
    assert len(graph) > 4500
    start = time.perf_counter()
    measures = measure_network(graph)
    assert time.perf_counter() - start < 60
    assert len(measures.rows) == len(graph)
    assert 0 < measures.rows[0].betweenness < 1


def test_two_periods_are_compared_by_who_came_went_and_changed() -> None:
    early, late = (
        build_network(ROWS, filters=filters) for filters in (Filters(until="2024"), Filters(since="2025"))
    )
    found = compare_networks(early, late)
    changes = {row.id: row.change for row in found.nodes}
    assert changes[GAMMA.iri] == "gone"
    assert changes[VIETNAM.iri] == "new"
    (link,) = (row for row in found.links if {row.source, row.target} == {ALPHA.iri, BETA.iri})
    assert (link.change, link.events_before, link.events_after) == ("weaker", 2, 1)
    assert (found.before.events, found.after.events) == (2, 2)
    sizes = [abs(row.after - row.before) for row in found.nodes]
    assert sizes == sorted(sizes, reverse=True)
    assert {row.change for row in compare_networks(early, early).nodes} == {"same"}
