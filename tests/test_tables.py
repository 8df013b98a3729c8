"""One row an event for spreadsheets: what stands in it, and that nothing in it is ever a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from builders import article, graph_of
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import kg
from kg.cli.running import run
from kg.export import source_of
from kg.export.tables import EVENT_COLUMNS, write_table
from kg.model import Amount

SIGNED = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"
BUILT = "investment/planned: Samsung/company/KR + FPT/company/VN | electronics"


def export(*arguments: object) -> None:
    assert run(kg, ["export", *map(str, arguments)]) == 0


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    deal = article("deal", BUILT)
    start = deal.article.text.index("Samsung")
    amounts = (
        Amount("Sam", start, start + 3, Decimal(5), "USD", upper=Decimal(7)),
        Amount("sung", start + 3, start + 7, Decimal(900), "USD", per="year"),
        Amount("FPT", start + 21, start + 24, Decimal(300), "people"),
    )
    deal = replace(deal, reports=(replace(deal.reports[0], amounts=amounts),))
    evil = article("evil", "meeting/concluded: VN + JP | health")
    title = '=HYPERLINK("https://example.org","click")'
    evil = replace(evil, article=replace(evil.article, title=title))
    twice = article("fr", SIGNED, lang="fr", published="2025-09-18")
    return graph_of(tmp_path / "g", article("en", SIGNED), twice, deal, evil)


def test_an_event_has_one_row_with_all_that_is_known_of_it(graph: Path, tmp_path: Path) -> None:
    export("-g", graph, "--as", "events.csv", "-o", tmp_path / "out.csv")
    rows = {row["type"]: row for row in read(tmp_path / "out.csv")}
    assert list(rows["agreement"]) == list(EVENT_COLUMNS)
    assert len(rows) == 3
    signed = {name: value for name, value in rows["agreement"].items() if value}
    assert signed.pop("event").startswith("https://")
    assert signed == {
        "type": "agreement",
        "status": "concluded",
        "date": "2025-09-18",
        "partners": "Vietnam; KFIA",
        "kinds": "country; association",
        "countries": "Vietnam; South Korea",
        "country_codes": "VN; KR",
        "sectors": "semiconductors",
        "cameo": "057",
        "plover": "SUPPORT",
        "confidence": "0.9",
        "articles": "2",
        "sources": "1",
        "languages": "en; fr",
        "first_reported": "2025-09-18",
        "first_quote": "KFIA/association/KR + VN.",
        "first_title": "Title of fr",
        "first_url": "https://example.org/fr",
    }


def test_sums_stand_as_stated_and_as_numbers_and_a_deal_of_companies_lies_outside_the_codes(
    graph: Path, tmp_path: Path
) -> None:
    export(
        "-g",
        graph,
        "-o",
        tmp_path / "x.events.csv",
        "--type",
        "investment",
        "--lang",
        "fr",
    )
    (row,) = read(tmp_path / "x.events.csv")
    assert row["amounts"] == "Sam; sung; FPT"
    assert (row["sum"], row["currency"], row["people"]) == ("7", "USD", "300")
    assert (row["cameo"], row["plover"]) == ("outside", "outside")
    assert row["status"] == "Prévu"
    assert row["countries"] == "Viêt Nam; Corée du Sud"


def test_what_an_article_says_is_never_a_formula(graph: Path, tmp_path: Path) -> None:
    export("-g", graph, "-o", tmp_path / "events.csv", "--type", "meeting")
    (row,) = read(tmp_path / "events.csv")
    assert row["first_title"] == '\'=HYPERLINK("https://example.org","click")'


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula_does(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    write_table(path, ["a", "b"], [[text, [text, text]]])
    with path.open(encoding="utf-8", newline="") as file:
        _, cells = csv.reader(file)
    assert not any(cell.strip(" \u00a0")[:1] in tuple("=+-@\t\r\n＝＋－＠") for cell in cells if cell.strip())
    assert cells[0].lstrip("'").encode("utf-8", "replace") == text.lstrip("'").encode("utf-8", "replace")


def test_the_name_of_the_file_says_that_it_is_a_table_of_events() -> None:
    assert [source_of(Path(name)) for name in ("events.csv", "Chips.events.CSV", "links.csv")] == [
        "events",
        "events",
        "network",
    ]
