"""The partners of a graph: who they are and how they were recognised, and of whom there is doubt."""

from __future__ import annotations

import csv
import io
import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from builders import BASE, article, graph_of

from kg.cli import kg as group
from kg.cli.running import run
from kg.doubts import Doubt, find_doubts
from kg.model import ArticleReports, Mention
from kg.ontology import load_gazetteer, partner_iri
from kg.roster import PartnerRow, read_judged, read_roster
from kg.store import read_graph


def named(id: str, line: str, **names: str) -> ArticleReports:
    """Make an article that calls partners (by the slugs of their labels, _ for -) by other names too."""
    item = article(id, line)
    text, (report,) = item.article.text, item.reports
    participants = []
    for participant in report.participants:
        other = names.get(participant.partner.iri.rpartition("/")[2].replace("-", "_"))
        partner = participant.partner
        if other:
            mention = Mention(len(text) + 1, len(text) + 1 + len(other), other, "partner")
            text += f" {other}"
            partner = replace(partner, mentions=(*partner.mentions, mention))
        participants.append(replace(participant, partner=partner))
    return ArticleReports(
        replace(item.article, text=text), (replace(report, participants=tuple(participants)),)
    )


ITEMS = [
    named(
        "a", "agreement/concluded: KFIA/association/KR + VN | semiconductors", kfia="Hiệp hội thiết kế chip"
    ),
    named(
        "b", "agreement/concluded: KFIA/association/KR + Hue Chip Club/company/VN | health", kfia="KFAI Seoul"
    ),
    article("c", "agreement/concluded: Hue Chips Club/company/VN + Hue Tea Club/company/VN"),
    article("d", "meeting/planned: Great Eastern Trading/company/JP + GET/company/"),
    named("e", "meeting/planned: Moon Lab/university/JP + KR", moon_lab="Quỹ Đầu tư Sông Hồng"),
    named("f", "meeting/planned: Moon Lab/research-institute/JP + FR", moon_lab="Moon Lab"),
    article("g", "meeting/planned: Moon Lab/research-institute/JP + US"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("rows") / "g", *ITEMS)


def rows_of(graph: Path) -> dict[str, PartnerRow]:
    known = {item.iri: item for item in load_gazetteer()}
    with read_graph(graph) as store:
        return {row.label: row for row in read_roster(store.select, known)}


def doubts_of(graph: Path) -> list[Doubt]:
    with read_graph(graph) as store:
        judged = read_judged(store.select)
    return find_doubts(list(rows_of(graph).values()), judged)


def test_a_partner_has_its_counts_and_all_that_articles_call_it(graph: Path) -> None:
    row = rows_of(graph)["KFIA"]
    assert (row.events, row.articles, row.kind, row.country) == (2, 2, "association", "KR")
    assert dict(row.names) == {"KFIA": 2, "Hiệp hội thiết kế chip": 1, "KFAI Seoul": 1}
    assert row.id == "partner/kfia"


def test_how_a_name_was_recognised_is_told(graph: Path) -> None:
    rows = rows_of(graph)
    assert rows["Vietnam"].resolved == ("list",)
    assert rows["KFIA"].resolved == ("list", "context")
    assert rows["Hue Tea Club"].resolved == ("new",)


def test_names_that_are_nearly_alike_are_likely_one_partner(graph: Path) -> None:
    found = [(d.partner.label, d.other.label) for d in doubts_of(graph) if d.other]
    assert ("Hue Chip Club", "Hue Chips Club") in found
    assert ("Great Eastern Trading", "GET") in found
    assert not any("Hue Tea Club" in pair for pair in found)


def test_a_name_like_no_other_and_two_kinds_are_doubted(graph: Path) -> None:
    found = {(doubt.what, doubt.partner.label, doubt.name) for doubt in doubts_of(graph)}
    assert ("false merge", "Moon Lab", "Quỹ Đầu tư Sông Hồng") in found
    assert ("kind", "Moon Lab", None) in found


def test_the_likeliest_stands_first(graph: Path) -> None:
    likely = [doubt.likely for doubt in doubts_of(graph)]
    assert likely == sorted(likely, reverse=True)
    assert all(0 < value <= 1 for value in likely)


def test_every_doubt_is_settled_by_its_command_and_asked_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph_of(tmp_path / "graph", *ITEMS)
    monkeypatch.chdir(tmp_path)
    asked: set[tuple[str, ...]] = set()
    for _ in range(10):
        doubts = doubts_of(Path("graph"))
        if not doubts:
            break
        assert doubts[0].arguments not in asked
        asked.add(doubts[0].arguments)
        assert run(group, ["correct", *doubts[0].arguments, "--who", "Ann"]) == 0
    assert len(asked) >= 4
    assert doubts_of(Path("graph")) == []


def test_what_a_person_called_two_is_not_called_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph_of(tmp_path / "graph", *ITEMS)
    monkeypatch.chdir(tmp_path)
    assert run(group, ["correct", "different", "Hue Chip Club", "Hue Chips Club", "--who", "Ann"]) == 0
    assert not any(doubt.other and "Chips" in doubt.other.label for doubt in doubts_of(Path("graph")))


@pytest.fixture
def call(graph: Path, capfd: pytest.CaptureFixture[str]):
    def run_kg(*arguments: str) -> str:
        capfd.readouterr()
        assert run(group, ["partners", "-g", str(graph), *arguments]) == 0
        return capfd.readouterr().out

    return run_kg


def test_the_command_lists_and_filters(call) -> None:
    assert "list + context" in call()
    assert "KFIA" not in call("--kind", "company")
    assert "Moon Lab" in call("song hong")
    assert call("--country", "fr").count("\n") == 3
    assert "Vietnam" not in call("--resolved", "new")


def test_all_rows_go_to_other_programs(call) -> None:
    records = json.loads(call("--format", "json", "--top", "1"))
    assert len(records) == len(list(csv.DictReader(io.StringIO(call("--format", "csv")))))
    (kfia,) = (record for record in records if record["id"] == "partner/kfia")
    assert (kfia["iri"], kfia["events"], kfia["resolved"]) == (partner_iri("kfia"), 2, ["list", "context"])


def test_each_doubt_comes_with_its_command_on_a_line_of_its_own(call, graph: Path) -> None:
    lines = [line.strip() for line in call("--doubtful").splitlines()]
    commands = [shlex.split(line) for line in lines if line.startswith("kg correct ")]
    assert [tuple(words[2:-2]) for words in commands] == [doubt.arguments for doubt in doubts_of(graph)]
    records = json.loads(call("--doubtful", "--format", "json"))
    assert [record["arguments"] for record in records] == [
        list(doubt.arguments) for doubt in doubts_of(graph)
    ]
    assert BASE in records[0]["partner"]
