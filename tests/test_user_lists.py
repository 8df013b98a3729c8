"""Partner lists of one's own: tables and Turtle, what is refused in them, and that a graph keeps them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import BASE

from kg.cli import kg as group
from kg.cli.running import run
from kg.errors import DataError, KgError, UsageError
from kg.ontology import KnownPartner, load_gazetteer, partner_iri
from kg.pipeline import build, merge, remove
from kg.pipeline.lists import graph_settings, keep_lists
from kg.settings import Settings
from kg.store import read_graph

SETTINGS = Settings(base_iri=BASE)
HEAD = "id,label,kind,country,part_of,wikidata,names\n"
GOOD = HEAD + (
    "red-dragon,Red Dragon Works,company,VN,,Q123,Rồng Đỏ | RDW\n"
    "red-dragon-lab,Red Dragon Laboratory,research-institute,VN,red-dragon,,\n"
)


def load(folder: Path, text: str, name: str = "mine.csv") -> dict[str, KnownPartner]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return {item.iri: item for item in load_gazetteer([file])}


def test_a_table_gives_partners_with_their_names(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    dragon = found[partner_iri("red-dragon")]
    assert (dragon.label, dragon.kind, dragon.country, dragon.wikidata) == (
        "Red Dragon Works",
        "company",
        "VN",
        "Q123",
    )
    assert [text for _, text in dragon.names] == ["Red Dragon Works", "Rồng Đỏ", "RDW"]
    assert found[partner_iri("red-dragon-lab")].part_of == dragon.iri


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_as_spreadsheets_of_any_country_write_it(tmp_path: Path, mark: str) -> None:
    text = '\ufeffKind;Label;id;name_fr;name_vi\r\ncompany;"Dragon; Works";d1;Dragon Rouge;Rồng Đỏ\r\n\r\n'
    dragon = load(tmp_path, text.replace(";", mark))[partner_iri("d1")]
    assert dragon.label == f"Dragon{mark} Works"
    assert ("fr", "Dragon Rouge") in dragon.names


def test_a_row_without_a_kind_adds_names_to_a_partner_that_is_known(tmp_path: Path) -> None:
    kfia = load(tmp_path, HEAD + "kfia,,,,,,Chip Designers of Korea\n")[partner_iri("kfia")]
    assert (kfia.kind, kfia.label) == ("association", "Korea Fabless Industry Association")
    assert ("mul", "Chip Designers of Korea") in kfia.names


TTL = """@prefix p: <https://w3id.org/entente/data/partner/> .
@prefix country: <https://w3id.org/entente/data/country/> .
@prefix coop: <https://w3id.org/entente/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("a.csv", HEAD + "x,X,firm,VN,,,\n", 2, "company"),
        ("a.csv", HEAD + "x,X,country,VN,,,\n", 2, "company"),
        ("a.csv", GOOD + "red-dragon,Other,company,KR,,,\n", 4, "defined twice"),
        ("a.csv", HEAD + "kfia,KFIA,association,KR,,,\n", 2, "defined twice"),
        ("a.csv", HEAD + "x,X,company,VN,y,,\ny,Y,company,VN,x,,\n", 2, "part of itself (x -> y -> x)"),
        ("a.csv", HEAD + "x,X,company,VN,nobody,,\n", 2, "in no list"),
        ("a.csv", HEAD + "x,X,company,Vietnam,,,\n", 2, "two letters"),
        ("a.csv", HEAD + "x,X,company,VN,,123,\n", 2, "Q and digits"),
        ("a.csv", HEAD + "x,,company,VN,,,\n", 2, "no label"),
        ("a.csv", HEAD + "x y,X,company,VN,,,\n", 2, "no id"),
        ("a.csv", HEAD + "x,X,company,VN,,,A, Inc.,\n", 2, "in quotes"),
        ("a.csv", HEAD + 'x,"X" Inc.,company,VN,,,\n', 2, "not valid CSV"),
        ("a.csv", "id,label\nx,X\n", 1, "no column 'kind'"),
        ("a.csv", "id,label,kind,town\nx,X,company,Hue\n", 1, "'town'"),
        ("a.csv", "id,label,kind,id\n", 1, "twice"),
        ("a.csv", HEAD + "new,,,,,,Name\n", 2, "has no kind"),
        ("a.ttl", TTL + 'p:x a coop:Firm ; skos:prefLabel "X"@en .', 5, "coop:Company"),
        ("a.ttl", TTL + 'p:x a coop:Country ; skos:prefLabel "X"@en .', 5, "coop:Company"),
        ("a.ttl", TTL + 'p:kfia a coop:Company ; skos:prefLabel "X"@en .', 5, "defined twice"),
        (
            "a.ttl",
            TTL + 'p:x a coop:Company ; skos:prefLabel "X"@en ; coop:partOf p:x .',
            5,
            "part of itself",
        ),
        ("a.ttl", TTL + 'p:x a coop:Company ; skos:prefLabel "X"@en ; coop:partOf p:no .', 5, "in no list"),
        (
            "a.ttl",
            TTL + 'p:x a coop:Company ; skos:prefLabel "X"@en ; coop:country country:Vietnam .',
            5,
            "two",
        ),
        ("a.ttl", TTL + 'p:x a coop:Company ; skos:prefLabel "X"@en', 5, "not valid Turtle"),
    ],
)
def test_what_is_wrong_in_a_list_is_named_with_file_and_line(
    tmp_path: Path, name: str, text: str, line: int, words: str
) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path, text, name)
    assert str(caught.value).startswith(f"{tmp_path / name}:{line}: ")
    assert words in str(caught.value)


def test_a_list_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,label,kind\nx,\xff\xfe,company\n")
    with pytest.raises(DataError, match="UTF-8"):
        load_gazetteer([tmp_path / "a.csv"])


# --- a graph keeps its lists ------------------------------------------------------------------------------

TEXTS = [
    (
        "a",
        "Red Dragon Works and Samsung signed a memorandum of understanding on semiconductors in Hanoi on Thursday.",
    ),
    ("b", "Samsung and RDW opened a joint research centre on semiconductors in Seoul on Friday."),
]


def news(folder: Path, *texts: tuple[str, str]) -> str:
    lines = (
        json.dumps({"id": id, "text": text, "published": "2025-09-19", "lang": "en"}) for id, text in texts
    )
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "news.jsonl")


def partners(graph: Path) -> set[str | None]:
    with read_graph(graph) as store:
        return {row["p"] for row in store.select("SELECT ?p { ?e a coop:Event ; coop:partner ?p }")}


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.content()


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one article that was built with a list."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "mine.csv").write_text(GOOD, encoding="utf-8")
    build([news(folder, TEXTS[0])], folder / "g", SETTINGS, lists=[folder / "mine.csv"])
    return folder / "g"


def test_a_build_knows_the_partners_of_the_list_and_so_do_all_later_ones(
    listed: Path, tmp_path: Path
) -> None:
    assert partner_iri("red-dragon") in partners(listed)
    summary = build([news(tmp_path, *TEXTS)], listed, SETTINGS)
    assert (summary.unchanged, summary.new) == (1, 1)
    with read_graph(listed) as store:
        query = f"SELECT ?l {{ <{partner_iri('red-dragon')}> skos:altLabel ?l }}"
        assert "RDW" in {row["l"] for row in store.select(query)}
    remove(listed, ["b"], SETTINGS)
    with read_graph(listed) as store:
        assert "RDW" in {row["l"] for row in store.select(query)}


def test_a_bad_list_is_refused_before_anything_is_read(listed: Path, tmp_path: Path) -> None:
    before = content(listed)
    (tmp_path / "mine.csv").write_text(GOOD + "x,X,firm,VN,,,\n", encoding="utf-8")
    problems: list[KgError] = []
    with pytest.raises(DataError, match="firm"):
        build(
            [news(tmp_path, *TEXTS)], listed, SETTINGS,
            lists=[tmp_path / "mine.csv"], on_problem=problems.append,
        )  # fmt: skip
    assert problems == []
    assert content(listed) == before
    assert (listed / "partners" / "mine.csv").read_text(encoding="utf-8") == GOOD


def test_lists_come_along_when_graphs_are_merged(listed: Path, tmp_path: Path) -> None:
    merge([listed], tmp_path / "all", SETTINGS)
    assert content(tmp_path / "all") == content(listed)
    assert graph_settings(tmp_path / "all", SETTINGS).partners == (
        str(tmp_path / "all" / "partners" / "mine.csv"),
    )


def test_two_lists_of_one_name_are_not_merged(listed: Path, tmp_path: Path) -> None:
    merge([listed], tmp_path / "other", SETTINGS)
    (tmp_path / "mine.csv").write_text(HEAD + "y,Y,company,VN,,,\n", encoding="utf-8")
    keep_lists(tmp_path / "other", SETTINGS, [tmp_path / "mine.csv"])
    with pytest.raises(UsageError, match="Rename one"):
        merge([listed, tmp_path / "other"], tmp_path / "all", SETTINGS)


def test_a_list_of_the_settings_counts_before_one_of_its_name_in_the_graph(listed: Path) -> None:
    settings = Settings(base_iri=BASE, partners=("elsewhere/mine.csv",))
    assert graph_settings(listed, settings).partners == ("elsewhere/mine.csv",)


def test_the_commands_take_lists_and_refuse_bad_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(HEAD + "x,X,firm,VN,,,\n", encoding="utf-8")
    file = news(tmp_path, TEXTS[0])
    assert run(group, ["extract", file, "--partners", "mine.csv"]) == 0
    assert partner_iri("red-dragon") in capfd.readouterr().out
    for name, code, words in (
        ("bad.csv", 1, "bad.csv:2:"),
        ("mine.doc", 2, ".csv"),
        ("none.csv", 2, "no such"),
    ):
        for command in ("build", "extract"):
            assert run(group, [command, file, "--partners", name]) == code
            captured = capfd.readouterr()
            assert words in captured.err
            assert len(captured.err.splitlines()) == 1
