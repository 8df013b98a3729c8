"""Sums of money and numbers of people: read as stated, normalised, and given to the event that they belong to."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from builders import BASE, article, graph_of
from hypothesis import given
from hypothesis import strategies as st
from marked import read_reports

from kg.languages import languages, load_data
from kg.model import Amount, ArticleReports
from kg.queries import bind_query, find_query
from kg.records import article_record, read_record
from kg.reports.quantities import currency, find_quantities
from kg.store import read_graph
from kg.triples import article_quads, read_article

EXAMPLES = [(lang, example) for lang in languages() for example in load_data(lang, "amounts")["example"]]


def described(text: str, lang: str) -> list[str]:
    """Write the sure quantities of a sentence as the examples do."""
    found = []
    for item in find_quantities(text, lang):
        if item.is_sure:
            unit = currency(item.unit, set()) or "?"
            bound = f"{item.bound} " if item.bound else ""
            upper = f"-{item.upper}" if item.upper else ""
            per = f" per {item.per}" if item.per else ""
            found.append(f"{text[item.start : item.end]} = {bound}{item.value}{upper} {unit}{per}")
    return found


@pytest.mark.parametrize(
    ("lang", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_language_finds_what_its_examples_state_and_nothing_else(
    lang: str, example: dict[str, object]
) -> None:
    assert described(str(example["text"]), lang) == example["amounts"]


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_examples_of_what_is_no_amount(lang: str) -> None:
    empty = [example for code, example in EXAMPLES if code == lang and not example["amounts"]]
    assert len(empty) >= 5


@given(
    st.text(alphabet="0123456789 .,$€%kmM-–\u00a0dollar tỷeuros đ", max_size=60), st.sampled_from(languages())
)
def test_any_text_passes_and_offsets_stay_inside_it(text: str, lang: str) -> None:
    for item in find_quantities(text, lang):
        assert 0 <= item.start < item.end <= len(text)
        assert item.value > 0
        assert item.upper is None or item.upper > item.value


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("dollar", {"VN", "US"}, "USD"),
        ("dollar", {"CA"}, "CAD"),
        # Nobody knows whose dollars these are.
        ("dollar", {"CA", "VN"}, None),
        ("dollar", {"SG", ""}, None),
        ("dirham", {"MA", "FR"}, "MAD"),
        ("dirham", {"FR"}, None),
        ("EUR", {"VN"}, "EUR"),
    ],
)
def test_the_partners_tell_whose_money_a_shared_name_means(
    name: str, countries: set[str], expected: str | None
) -> None:
    assert currency(name, countries) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "South Korea's Samsung signed a contract worth $1.2bn with FPT in Hanoi on Friday.",
            ("$1.2bn", Decimal(1_200_000_000), "USD"),
        ),
        (
            "fr",
            "L'Agence française de développement a accordé à Vietcombank un prêt de 75 millions d'euros.",
            ("75 millions d'euros", Decimal(75_000_000), "EUR"),
        ),
        (
            "vi",
            "Tập đoàn Samsung ký hợp đồng trị giá 2,3 triệu USD với FPT tại Hà Nội.",
            ("2,3 triệu USD", Decimal(2_300_000), "USD"),
        ),
    ],
)
def test_a_sum_belongs_to_the_deed_that_its_sentence_tells(
    lang: str, text: str, expected: tuple[str, Decimal, str]
) -> None:
    found = [amount for report in read_reports(text, lang) for amount in report.amounts]
    assert [(item.text, item.value, item.unit) for item in found] == [expected]
    assert all(text[item.start : item.end] == item.text for item in found)


def test_of_two_deeds_in_one_sentence_each_has_the_sum_at_its_own_trigger() -> None:
    text = "Samsung and FPT signed a $40 million contract, while Japan will lend Vietnam $2 billion for the plant."
    amounts_of = {
        frozenset(one.partner.label for one in report.participants): [item.text for item in report.amounts]
        for report in read_reports(text, "en")
    }
    assert amounts_of[frozenset({"Samsung", "FPT"})] == ["$40 million"]
    assert amounts_of[frozenset({"Japan", "Vietnam"})] == ["$2 billion"]


def test_a_meeting_has_no_price() -> None:
    text = (
        "The ministers of Japan and Vietnam met in Hanoi on Friday, as trade worth $46 billion linked them."
    )
    assert [amount for report in read_reports(text, "en") for amount in report.amounts] == []


# --- in records and in the graph --------------------------------------------------------------------------

LOAN = "investment/{}: JICA/government-body/JP + VN | {} | {}"


def with_amount(id: str, line: str, *amounts: tuple[int, str | None, str | None]) -> ArticleReports:
    """Make an article that states these amounts (value, unit, per) at its first partner."""
    item = article(id, line)
    start, text = item.article.body_start, item.article.text
    stated = tuple(
        Amount(text[start : start + length], start, start + length, Decimal(value), unit, per=per)
        for length, (value, unit, per) in enumerate(amounts, 2)
    )
    return replace(item, reports=(replace(item.reports[0], amounts=stated),))


_AMOUNTS = st.builds(
    lambda start, value, more, unit, bound, per: (start, value, more, unit, bound, per),
    st.integers(0, 20),
    st.decimals("0.001", "1e11", places=3),
    st.none() | st.decimals("0.001", "1e6", places=3),
    st.sampled_from(["USD", "VND", "people", None]),
    st.sampled_from([None, "about", "at-least", "at-most"]),
    st.sampled_from([None, "year", "month"]),
)


@given(st.lists(_AMOUNTS, max_size=3, unique_by=lambda item: item[0]))
def test_amounts_come_back_from_the_graph_and_from_records(
    values: list[tuple[int, Decimal, Decimal | None, str | None, str | None, str | None]],
) -> None:
    item = article("a", LOAN.format("planned", "health", "2025"))
    text = item.article.text
    amounts = tuple(
        Amount(text[start : start + 3], start, start + 3, value, unit, more and value + more, bound, per)
        for start, value, more, unit, bound, per in sorted(values, key=lambda item: item[0])
    )
    item = replace(item, reports=(replace(item.reports[0], amounts=amounts),))
    (again,) = read_article(article_quads(item, base_iri=BASE))[0].reports
    assert again.amounts == amounts
    (record,) = read_record(json.loads(json.dumps(article_record(item)))).reports
    assert record.amounts == amounts


def ledger(path: Path, name: str = "promise-ledger", **values: str) -> list[tuple[str | None, ...]]:
    with read_graph(path) as store:
        rows = store.select(bind_query(find_query(name), values, base_iri=store.base_iri))
        return [tuple(row.values()) for row in rows]


def test_the_ledger_sets_what_was_pledged_against_what_was_delivered(tmp_path: Path) -> None:
    path = graph_of(
        tmp_path / "g",
        with_amount("a", LOAN.format("planned", "health", "2025-01"), (700, "USD", None)),
        with_amount("b", LOAN.format("concluded", "space", "2024-03"), (200, "USD", None), (50, "JPY", None)),
        with_amount(
            "c", LOAN.format("ongoing", "railways", "2023-03"), (100, "USD", None), (9, "USD", "year")
        ),
        with_amount("d", LOAN.format("ended", "nuclear-energy", "2019-03"), (4, None, None)),
    )
    assert ledger(path) == [
        ("Vietnam", "JICA", "JPY", "0", "0", "50", "1"),
        ("Vietnam", "JICA", "USD", "700", "0", "300", "3"),
        ("Vietnam", "JICA", "unknown", "4", "0", "0", "1"),
    ]
    assert ledger(path, since="2024")[1] == ("Vietnam", "JICA", "USD", "700", "0", "200", "2")
    assert ledger(path, "promise-ledger-by-country")[1] == ("JP", "VN", "USD", "700", "0", "300", "3")


def test_what_is_signed_is_not_delivered_yet_and_what_was_dropped_never_was(tmp_path: Path) -> None:
    pair = "JICA/government-body/JP + VN | {} | {}"
    path = graph_of(
        tmp_path / "g",
        with_amount("signed", "agreement/concluded: " + pair.format("health", "2025-01"), (5, "USD", None)),
        with_amount("begun", LOAN.format("ongoing", "space", "2024-03"), (30, "USD", None)),
        with_amount("stopped", LOAN.format("ended", "space", "2024-03"), (30, "USD", None)),
        with_amount("planned", LOAN.format("planned", "railways", "2023-03"), (200, "USD", None)),
        with_amount("dropped", LOAN.format("ended", "railways", "2023-03"), (200, "USD", None)),
    )
    assert ledger(path) == [("Vietnam", "JICA", "USD", "200", "5", "30", "3")]
    assert ledger(path, "promise-ledger-by-country") == [("JP", "VN", "USD", "200", "5", "30", "3")]


def test_a_sum_that_three_articles_tell_counts_once_and_keeps_its_quotes(tmp_path: Path) -> None:
    line = LOAN.format("concluded", "health", "2025-01")
    path = graph_of(tmp_path / "g", *(with_amount(id, line, (7, "USD", None)) for id in "abc"))
    assert ledger(path) == [("Vietnam", "JICA", "USD", "0", "0", "7", "1")]
    with read_graph(path) as store:
        stated = list(
            store.select(
                "SELECT ?text ?source { ?event a coop:Event ; coop:amount ?amount . ?amount coop:statedAs ?text ;"
                " coop:evidence/oa:hasTarget/oa:hasSource/dcterms:identifier ?source } ORDER BY ?source"
            )
        )
    assert [(row["text"], row["source"]) for row in stated] == [("JI", "a"), ("JI", "b"), ("JI", "c")]
