"""Every named query answers on a small graph what its description says; values stay values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from builders import article, graph_of
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.model import Amount, ArticleReports, Participant, Partner, Report
from kg.ontology import NamedQuery, load_gazetteer, load_queries
from kg.queries import LEVELS, bind_query, find_query, read_parameters
from kg.store import check_query, read_graph

SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"


def with_details(item: ArticleReports) -> ArticleReports:
    """Give agreements an instrument, investments a sum and all reports an activity."""
    start = item.article.body_start
    words = item.article.text[start : start + 3]
    amount = Amount(words, start, start + 3, Decimal(5_000_000), "USD")
    return replace(
        item,
        reports=tuple(
            replace(
                told,
                activities=("training",),
                instrument="mou" if told.type == "agreement" else None,
                amounts=(amount,) if told.type == "investment" else (),
            )
            for told in item.reports
        ),
    )


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    items = [
        article("fr", SIGNED, "meeting/concluded: VN + KR | semiconductors | 2025-09-18", lang="fr"),
        article(
            "vi", SIGNED, "agreement/proposed: VN + KR | nuclear-energy", lang="vi", published="2025-09-20"
        ),
        article("en", SIGNED.replace("concluded", "planned"), lang="en", published="2025-09-17"),
        article(
            "firm", "agreement/concluded: Samsung/company/KR + VNU/university/VN | semiconductors | 2025-03"
        ),
        article(
            "money",
            "investment/concluded: Samsung/company/KR + VN | electronics | 2024",
            published="2025-01-02",
        ),
        *(
            article(
                f"old-{year}",
                f"programme/concluded: IFP/research-institute/FR + VJU/university/VN | hydrogen | {year}-03",
                published=f"{year}-03-09",
            )
            for year in (2021, 2022, 2023)
        ),
        article("end", "agreement/ended: Rosatom/company/RU + EVN/company/VN | nuclear-energy | 2016"),
    ]
    return graph_of(tmp_path_factory.mktemp("q") / "g", *map(with_details, items))


def ask(graph: Path, name: str, **values: str) -> list[dict[str, str | None]]:
    with read_graph(graph) as store:
        return list(store.select(bind_query(find_query(name), values, base_iri=store.base_iri)))


@pytest.mark.parametrize("name", load_queries())
def test_every_query_says_what_it_is_for_and_finds_something(graph: Path, name: str) -> None:
    assert len(find_query(name).description) > 20
    assert read_parameters(find_query(name))
    assert ask(graph, name, **({"limit": "5"} if "limit" in read_parameters(find_query(name)) else {}))


def test_there_are_a_dozen_queries() -> None:
    assert len(load_queries()) >= 12


def names(value: str | None) -> set[str]:
    return set((value or "").split(" + "))


def test_what_was_signed_in_a_sector_since_a_date(graph: Path) -> None:
    rows = ask(graph, "signed-in-sector", sector="semiconductors", since="2025-09")
    assert [(row["date"], names(row["partners"]), row["instruments"], row["articles"]) for row in rows] == [
        ("2025-09-18", {"KFIA", "ITID"}, "Memorandum of understanding", "3")
    ]
    assert len(ask(graph, "signed-in-sector", since="2025-03-15")) == 2
    assert ask(graph, "signed-in-sector", since="2026") == []


def test_a_proposal_that_was_signed_is_no_open_proposal(graph: Path) -> None:
    rows = ask(graph, "proposals-never-signed")
    assert [(row["status"], names(row["partners"])) for row in rows] == [
        ("proposed", {"Vietnam", "South Korea"})
    ]


def test_a_promise_of_states_is_kept_when_their_ministries_sign(tmp_path: Path) -> None:
    promise = "agreement/planned: VN + KR | quantum | 2025-01"
    kept = "agreement/concluded: MOST/government-body/VN + MSIT/government-body/KR | quantum | 2025-06-02"
    opened = kept.replace("agreement/concluded", "programme/ongoing").replace("06-02", "09-10")
    alone = graph_of(tmp_path / "1", article("a", promise, published="2025-01-05"))
    assert len(ask(alone, "proposals-never-signed")) == 1
    items = (article("a", promise, published="2025-01-05"), with_details(article("b", kept)))
    both = graph_of(tmp_path / "2", *items)
    assert ask(both, "proposals-never-signed") == []
    assert len(ask(both, "memoranda-without-programme")) == 1
    # Another ministry carries it out.
    last = opened.replace("MOST/government-body/VN", "MOET/government-body/VN")
    assert ask(graph_of(tmp_path / "2", article("c", last)), "memoranda-without-programme") == []


def test_each_partner_of_a_partner_is_counted_by_sector(graph: Path) -> None:
    rows = ask(graph, "partners-of", partner="vietnam")
    assert {(row["other"], row["sector"], row["events"]) for row in rows} == {
        ("South Korea", "semiconductors", "1"),
        ("Samsung", "electronics", "1"),
    }


def test_every_quote_comes_with_its_article(graph: Path) -> None:
    rows = ask(graph, "which-articles-say-so", partner="KFIA", other="ITID")
    assert {(row["headline"], row["language"], row["status"]) for row in rows} == {
        ("Title of fr", "fr", "concluded"),
        ("Title of vi", "vi", "concluded"),
        ("Title of en", "en", "planned"),
    }
    assert all("KFIA" in (row["quote"] or "") for row in rows)


def test_companies_meet_the_universities_of_another_country(graph: Path) -> None:
    rows = ask(graph, "companies-with-universities", country="KR", other_country="vn")
    assert [(row["company"], row["university"], row["sectors"]) for row in rows] == [
        ("Samsung", "VNU", "semiconductors")
    ]
    assert ask(graph, "companies-with-universities", country="FR") == []


def test_sources_that_differ_are_named(graph: Path) -> None:
    rows = ask(graph, "disagreements")
    assert {(row["what"], row["value"], row["headline"]) for row in rows} == {
        ("status", "concluded", "Title of fr"),
        ("status", "concluded", "Title of vi"),
        ("status", "planned", "Title of en"),
    }


def test_sources_that_differ_in_day_place_partners_and_sum_say_who_says_what(tmp_path: Path) -> None:
    items = [
        told_with(article("a", SIGNED), "Seoul", 300),
        told_with(article("b", SIGNED.replace("09-18", "09-17"), lang="fr"), "Séoul", 300),
        told_with(article("c", SIGNED.replace(" |", " + FPT/company/VN |", 1)), "Hanoi", 500),
        article("d", SIGNED.replace(" |", " + NIPA/association/KR |", 1)),
    ]
    rows = ask(graph_of(tmp_path / "g", *items), "disagreements")
    found: dict[tuple[str | None, str | None], set[str | None]] = {}
    for row in rows:
        found.setdefault((row["what"], row["value"]), set()).add((row["headline"] or "")[-1])
    assert found == {
        ("date", "2025-09-18"): {"a", "c", "d"},
        ("date", "2025-09-17"): {"b"},
        ("place", "Seoul"): {"a"},
        ("place", "Séoul"): {"b"},
        ("place", "Hanoi"): {"c"},
        ("amount", "300 million dollars"): {"a", "b"},
        ("amount", "500 million dollars"): {"c"},
        ("partner", "KFIA"): {"a", "b", "c", "d"},
        ("partner", "ITID"): {"a", "b", "c", "d"},
        ("partner", "FPT"): {"c"},
        ("partner", "NIPA"): {"d"},
    }


def told_with(item: ArticleReports, place: str, millions: int) -> ArticleReports:
    """Let the reports name a place and a sum."""
    words = f"{millions} million dollars"
    sum_ = Amount(words, 0, len(words), Decimal(millions) * 1_000_000, "USD")
    return replace(item, reports=tuple(replace(told, place=place, amounts=(sum_,)) for told in item.reports))


def test_a_relation_that_fell_silent_is_found_by_how_long_it_is_silent(graph: Path) -> None:
    (row,) = ask(graph, "relations-that-cooled")
    assert (row["one"], row["other"], row["events"]) == ("IFP", "VJU", "3")
    assert (row["first"], row["last"]) == ("2021-03-09", "2023-03-09")
    assert len(ask(graph, "relations-that-cooled", months="30")) == 1
    assert ask(graph, "relations-that-cooled", months="31") == []
    assert ask(graph, "relations-that-cooled", events="4") == []


def test_what_ended_is_found_with_its_sentence(graph: Path) -> None:
    (row,) = ask(graph, "ended-or-suspended")
    assert names(row["partners"]) == {"Rosatom", "EVN"}
    assert "Rosatom" in (row["quote"] or "")


def test_a_signing_stands_beside_its_meeting(graph: Path) -> None:
    (row,) = ask(graph, "signed-at-meetings")
    assert names(row["meeting_partners"]) == {"Vietnam", "South Korea"}
    assert names(row["agreement_partners"]) == {"KFIA", "ITID"}


def test_investments_count_for_the_countries_of_the_partners(graph: Path) -> None:
    rows = ask(graph, "investments-by-country")
    assert [(row["one"], row["other"], row["sector"]) for row in rows] == [("KR", "VN", "electronics")]


def test_only_what_is_new_is_new(graph: Path) -> None:
    assert len(ask(graph, "first-reported-since", since="2025-09-20")) == 1
    assert ask(graph, "first-reported-since", since="2026") == []


# --- values -----------------------------------------------------------------------------------------------


def test_an_unknown_query_parameter_or_value_names_what_there_is() -> None:
    with pytest.raises(QueryError, match="signed-in-sector"):
        find_query("nope")
    with pytest.raises(QueryError, match=r"takes no 'year'.*since"):
        bind_query(find_query("signed-in-sector"), {"year": "2024"})
    with pytest.raises(QueryError, match="semiconductors"):
        bind_query(find_query("signed-in-sector"), {"sector": "chips"})
    for name, value in (
        ("since", "yesterday"),
        ("since", "2024-13"),
        ("limit", "5; DROP ALL"),
        ("country", "V>N"),
    ):
        query = NamedQuery("q", "", f"# params: {name}=x\n{{{{{name}}}}}")
        with pytest.raises(QueryError, match="is no"):
            bind_query(query, {name: value})


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_any_text_stays_one_string_of_the_query(graph: Path, value: str) -> None:
    query = NamedQuery("q", "", "# params: partner=x\nSELECT ({{partner}} AS ?value) {}")
    text = bind_query(query, {"partner": value})
    check_query(text)
    with read_graph(graph) as store:
        assert list(store.select(text)) == [{"value": value}]


# --- every question at every level --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def departments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of departments and subsidiaries that the list knows, and of their wholes."""
    known = {item.iri.rpartition("/")[2]: item for item in load_gazetteer()}
    lines = [("itid", "samsung-display"), ("nafosted", "samsung-sdi"), ("vju", "lg-chem")]

    def listed(item: ArticleReports) -> ArticleReports:
        return replace(item, reports=tuple(map(told_of_known, item.reports)))

    def told_of_known(told: Report) -> Report:
        found = [known[participant.partner.label] for participant in told.participants]
        partners = (Partner(one.iri, one.label, one.kind, one.country) for one in found)
        return replace(told, participants=tuple(map(Participant, partners)))

    items = [
        listed(article(one, f"agreement/concluded: {one}/company/ + {other}/company/ | {sector} | 2025"))
        for (one, other), sector in zip(lines, ("semiconductors", "health", "space"), strict=True)
    ]
    return graph_of(tmp_path_factory.mktemp("levels") / "g", *items)


MOST, SAMSUNG = "Ministry of Science and Technology of Vietnam", "Samsung"


@pytest.mark.parametrize(
    ("level", "pairs"),
    [
        ("partner", {("Information Technology Industry Department", "Samsung Display"): 1}),
        ("organisation", {(MOST, SAMSUNG): 2}),
        ("country", {("South Korea", "Vietnam"): 3}),
    ],
)
def test_pairs_are_counted_at_every_level(
    departments: Path, level: str, pairs: dict[tuple[str, str], int]
) -> None:
    rows = ask(departments, "most-active-pairs", level=level)
    found = {tuple(sorted((row["one"] or "", row["other"] or ""))): int(row["events"] or 0) for row in rows}
    assert pairs.items() <= found.items()


@pytest.mark.parametrize(
    ("level", "partner", "other", "count"),
    [
        ("partner", MOST, SAMSUNG, 0),
        ("organisation", MOST, SAMSUNG, 2),
        ("country", "Vietnam", "South Korea", 3),
        ("partner", "Samsung SDI", "National Foundation for Science and Technology Development", 1),
    ],
)
def test_what_two_have_in_common_is_found_at_every_level(
    departments: Path, level: str, partner: str, other: str, count: int
) -> None:
    quotes = ask(departments, "which-articles-say-so", partner=partner, other=other, level=level)
    assert len(quotes) == count
    rows = ask(departments, "partners-of", partner=partner, level=level)
    assert sum(int(row["events"] or 0) for row in rows if row["other"] == other) == count


def test_the_network_knows_the_same_levels(departments: Path) -> None:
    from kg.network import build_network, read_rows

    with read_graph(departments) as store:
        rows = list(read_rows(store.select, lang=""))
    sizes = {level: len(build_network(rows, level=level)) for level in LEVELS}
    assert sizes["partner"] == 6
    assert sizes["organisation"] < sizes["partner"]
    assert sizes["country"] == 2


def test_an_unknown_level_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(QueryError, match="partner, organisation, country"):
        bind_query(find_query("partners-of"), {"level": "city"})
