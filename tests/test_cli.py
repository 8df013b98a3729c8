"""The kg command as its users meet it: what it prints where, how it ends, and what it does to files."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import click
import pytest
from builders import article, graph_of

from kg.cli import kg
from kg.cli.running import run
from kg.cli.terminal import plain
from kg.evaluation import score
from kg.model import ArticleReports, Participant
from kg.records import article_record
from kg.store import read_graph

ROOT = Path(__file__).resolve().parent.parent
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"
ITEMS = [
    article("fr", SIGNED, "meeting/concluded: VN + KR | semiconductors | 2025-09-18", lang="fr"),
    article("vi", SIGNED, "agreement/proposed: VN + KR | nuclear-energy", lang="vi", published="2025-09-20"),
    article("money", "investment/concluded: Samsung/company/KR + VN | electronics | 2024"),
]
TEXT = """---
title: Two bodies sign on chips
date: 2025-09-19
lang: en
source: The Example
---
The Information Technology Industry Department of Vietnam and the Korea Fabless Industry Association signed a memorandum of understanding on semiconductors in Seoul on 18 September 2025.
"""


class Result:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run kg in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_kg(*arguments: object) -> Result:
        capfdbinary.readouterr()
        code = run(kg, [str(item) for item in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    return run_kg


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("cli") / "g", *ITEMS)


def process(*arguments: object, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KG, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload,no-any-return]


# --- help and errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", kg.commands)
def test_the_help_of_every_command_shows_an_example(call, name: str) -> None:
    result = call(name, "--help")
    assert result.code == 0
    assert re.search(rf"Examples?:\n +kg {name}", result.out)
    assert max(map(len, result.out.splitlines())) <= 120


def test_kg_alone_says_what_to_do_first(call) -> None:
    result = call()
    assert result.code == 0
    assert "First steps" in result.out
    assert "kg build" in result.out


def test_help_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    wanted = ("rich", "pyoxigraph", "rdflib", "spacy", "networkx", "numpy", "yaml", "babel", "jinja2")
    program = (
        "import sys\nfrom kg.cli import kg\nfrom kg.cli.running import run\nrun(kg, ['--help'])\n"
        f"print(sorted(set({wanted!r}) & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (["build"], 2, "kg build articles/"),
        (["extract"], 2, "kg extract articles/"),
        (["query"], 2, "kg query --list"),
        (["remove"], 2, "kg remove vi-kfia"),
        (["merge"], 2, "--into"),
        (["merge", "a"], 2, "--into"),
        (["export"], 2, "kg export -o network.gexf"),
        (["explain"], 2, "kg explain"),
        (["frobnicate"], 2, "frobnicate"),
        (["query", "--fromat", "csv", "x"], 2, "--format"),
        (["query", "-g", "{graph}", "nope"], 2, "signed-in-sector"),
        (["query", "-g", "{graph}", "who signed what"], 2, "neither SPARQL"),
        (["query", "-g", "{graph}", "mine.rq"], 2, "no such file"),
        (["query", "-g", "{graph}", "SELECT WHERE"], 2, "not a SPARQL query"),
        (["query", "-g", "{graph}", "DELETE WHERE { ?s ?p ?o }"], 2, "not allowed"),
        (["query", "-g", "{graph}", "signed-in-sector", "sector=chips"], 2, "semiconductors"),
        (["query", "-g", "{graph}", "signed-in-sector", "chips"], 2, "name=value"),
        (["query", "-g", "{graph}", "signed-in-sector", "--format", "turtle"], 2, "CONSTRUCT"),
        (["query", "-g", "nowhere", "signed-in-sector"], 1, "nowhere"),
        (["network", "-g", "{graph}", "--sector", "chips"], 2, "semiconductors"),
        (["network", "-g", "{graph}", "--since", "yesterday"], 2, "2024-09"),
        (["network", "-g", "{graph}", "--type", "treaty"], 2, "agreement"),
        (["view", "-g", "{graph}", "-o", "map.pdf"], 2, ".html"),
        (["view", "-g", "{graph}", "--lang", "xx"], 2, "xx"),
        (["export", "-g", "{graph}", "-o", "x.doc"], 2, ".gexf"),
        (["export", "-g", "{graph}", "-o", "no/x.gexf"], 2, "no folder"),
        (["export", "-g", "{graph}", "-o", "x.ttl", "--sector", "space"], 2, "whole graph"),
        (["remove", "-g", "nowhere", "x"], 1, "nowhere"),
        (["evaluate", "mine.jsonl"], 2, "--gold"),
        (["evaluate", "--gold", "none.gold.jsonl"], 1, "none.gold.jsonl"),
        (["explain", "nothing.md"], 1, "nothing.md"),
        (["explain", "Intel met FPT", "-o", "why.pdf"], 2, ".html"),
        (["explain", "Intel met FPT", "-o", "no/why.html"], 2, "no folder"),
        (["build", "nothing"], 1, "nothing"),
    ],
)
def test_every_error_is_one_sentence_on_standard_error(
    call, graph: Path, line: list[str], code: int, words: str
) -> None:
    result = call(*(item.replace("{graph}", str(graph)) for item in line))
    assert result.code == code, result.err
    assert len(result.err.splitlines()) == 1
    assert words in result.err
    assert "Traceback" not in result.err


def test_a_fault_of_the_program_is_named_without_a_traceback(call, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def broken() -> None:
        raise ZeroDivisionError("no\nwords")

    monkeypatch.delenv("ENTENTE_TRACEBACK", raising=False)
    monkeypatch.setitem(kg.commands, "broken", broken)
    result = call("broken")
    assert result.code == 1
    assert "fault of the program" in result.err
    assert len(result.err.splitlines()) == 1


# --- reading ----------------------------------------------------------------------------------------------


def test_build_ends_with_a_table_and_names_each_problem_on_its_own_line(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    first = call("build", "a.md", "empty.txt", "gone.txt")
    assert first.code == 1
    assert [line.split(":")[0] for line in first.err.splitlines()] == ["empty.txt", "gone.txt"]
    heading, _, row = first.out.splitlines()
    assert heading.split() == ["new", "changed", "unchanged", "removed", "problems", "reports", "events"]
    assert row.split()[:5] == ["1", "0", "0", "0", "2"]
    assert int(row.split()[5]) >= 1
    second = call("build", "a.md")
    assert (second.code, second.err) == (0, "")
    assert second.out.splitlines()[2].split()[:5] == ["0", "0", "1", "0", "0"]
    gone = call("remove", "a")
    assert gone.code == 0
    assert gone.out.splitlines()[2].split() == ["0", "0", "0", "1", "0", "0", "0"]


def test_extract_streams_json_lines_to_a_file_or_to_a_pipe(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    to_pipe = call("extract", "a.md")
    assert to_pipe.err == ""
    (record,) = map(json.loads, to_pipe.out.splitlines())
    assert (record["id"], record["published"], record["title"]) == (
        "a",
        "2025-09-19",
        "Two bodies sign on chips",
    )
    signed = next(event for event in record["events"] if event["type"] == "agreement")
    assert {"Korea Fabless Industry Association"} <= {partner["label"] for partner in signed["partners"]}
    assert all(event["evidence"] for event in record["events"])
    to_file = call("extract", "a.md", "-o", "reports.jsonl")
    assert to_file.out == ""
    assert (tmp_path / "reports.jsonl").read_text(encoding="utf-8") == to_pipe.out


def test_articles_come_in_through_a_pipe(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": TEXT.split("---\n")[2], "lang": "en"})
    result = process("extract", "-", cwd=tmp_path, input=line)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["id"] == "x"


# --- asking -----------------------------------------------------------------------------------------------

SELECT = "SELECT ?type { ?event a coop:Event ; a ?type FILTER(?type = coop:Agreement) } ORDER BY ?type"


def test_the_list_of_queries_shows_names_values_and_what_they_are_for(call) -> None:
    result = call("query", "--list")
    assert result.code == 0
    assert "signed-in-sector  sector=semiconductors since=" in result.out
    assert "Who signed what with whom" in result.out


def test_a_named_query_takes_values(call, graph: Path) -> None:
    found = call("query", "-g", graph, "signed-in-sector", "since=2025-09")
    assert found.code == 0
    assert "KFIA" in found.out
    assert "2025-09-18" in found.out
    nothing = call("query", "-g", graph, "signed-in-sector", "sector=space")
    assert (nothing.code, nothing.out) == (0, "")
    assert "sector=space" in nothing.err


def test_a_query_is_a_name_a_file_or_a_text(call, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(SELECT, encoding="utf-8")
    of_text, of_file = call("query", "-g", graph, SELECT), call("query", "-g", graph, "mine.rq")
    assert of_text.out == of_file.out
    assert of_text.out.count("coop:Agreement") == 2


def test_an_answer_comes_in_every_format(call, graph: Path) -> None:
    select = "SELECT ?name { ?p rdfs:label ?name FILTER(?name = 'KFIA') }"
    rows = list(csv.DictReader(io.StringIO(call("query", "-g", graph, select, "--format", "csv").out)))
    assert {row["name"] for row in rows} == {"KFIA"}
    value = json.loads(call("query", "-g", graph, select, "--format", "json").out)
    assert value["results"]["bindings"][0]["name"]["value"] == "KFIA"
    assert "<literal>KFIA</literal>" in call("query", "-g", graph, select, "--format", "xml").out
    assert call("query", "-g", graph, "ASK { ?e a coop:Event }").out == "yes\n"
    construct = "CONSTRUCT { ?e a coop:Event } WHERE { ?e a coop:Event }"
    assert "@prefix coop:" in call("query", "-g", graph, construct).out
    table = call("query", "-g", graph, construct, "--format", "table").out.splitlines()
    assert table[0].split() == ["subject", "predicate", "object"]


def renamed(item: ArticleReports, label_by_label: dict[str, str]) -> ArticleReports:
    """Give partners other labels, which no article would have come through reading with."""
    reports = []
    for told in item.reports:
        partners = (
            replace(one.partner, label=label_by_label[one.partner.label]) for one in told.participants
        )
        reports.append(replace(told, participants=tuple(map(Participant, partners))))
    return replace(item, reports=tuple(reports))


def test_what_an_article_says_never_commands_the_terminal(call, tmp_path: Path) -> None:
    item = article("nasty", "agreement/concluded: Evil/company/KR + Bold/company/VN | space | 2025")
    graph_of(tmp_path / "g", renamed(item, {"Evil": "\x1b[31mEvil\u202e", "Bold": "[bold]Bold[/bold]"}))
    for line in (["partners"], ["query", "most-active-pairs"], ["network"]):
        shown = call(*line, "-g", "g").out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[31mEvil" in shown
        assert "[bold]Bold[" in shown
    assert plain("a\x07b\x9bc\ud800") == "a\ufffdb\ufffdc\ufffd"


# --- network, map, export ---------------------------------------------------------------------------------


def test_network_prints_measures_and_communities(call, graph: Path) -> None:
    shown = call("network", "-g", graph).out
    assert shown.startswith("5 nodes, ")
    # A narrow terminal leaves out the columns that say least; the names and their strength always stand there.
    assert all(word in shown for word in ("strength", "community", "Samsung"))
    assert "KFIA" not in call("network", "-g", graph, "--sector", "nuclear-energy").out
    value = json.loads(call("network", "-g", graph, "--level", "country", "--format", "json").out)
    assert {node["country"] for node in value["nodes"]} == {"VN", "KR"}
    assert value["figures"]["nodes"] == 2
    rows = list(csv.DictReader(io.StringIO(call("network", "-g", graph, "--format", "csv").out)))
    assert {"strength", "betweenness", "constraint", "community"} <= set(rows[0])
    assert float(rows[0]["strength"]) >= float(rows[-1]["strength"]) > 0


def test_partners_are_found_by_part_of_a_name(call, graph: Path) -> None:
    assert "Samsung" in call("partners", "-g", graph, "SAMS").out
    assert "ITID" not in call("partners", "-g", graph, "--kind", "company").out
    nobody = call("partners", "-g", graph, "xyz")
    assert (nobody.code, nobody.out) == (0, "")
    assert "xyz" not in nobody.out


def test_view_writes_one_page_and_says_what_is_in_it(call, graph: Path, tmp_path: Path) -> None:
    result = call("view", "-g", graph)
    assert result.code == 0
    assert "5 nodes" in result.err
    assert "map.html" in result.err
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<html" in page
    assert "Samsung" in page


@pytest.mark.parametrize("ending", ["gexf", "graphml", "csv", "cyjs", "ttl", "trig", "nq", "jsonld", "jsonl"])
def test_export_writes_every_ending(call, graph: Path, tmp_path: Path, ending: str) -> None:
    result = call("export", "-g", graph, "-o", f"out.{ending}")
    assert result.code == 0, result.err
    assert f"out.{ending}" in result.err
    assert "KFIA" in "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("out*"))


def test_exported_reports_are_those_of_extract_each_with_its_event(call, graph: Path, tmp_path: Path) -> None:
    call("export", "-g", graph, "-o", "reports.jsonl")
    lines = (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    assert set(records) == {"fr", "vi", "money"}
    signed = [
        event["event"]
        for record in records.values()
        for event in record["events"]
        if "KFIA" in {partner["label"] for partner in event["partners"]}
    ]
    assert len(signed) == 2
    assert len(set(signed)) == 1
    without = [{k: v for k, v in event.items() if k != "event"} for event in records["money"]["events"]]
    assert without[0]["partners"][0].keys() == article_record(ITEMS[2])["events"][0]["partners"][0].keys()
    assert [event["type"] for event in without] == ["investment"]


def test_merge_unites_graphs(call, tmp_path: Path) -> None:
    for item in ITEMS:
        graph_of(tmp_path / item.article.id, item)
    result = call("merge", "fr", "vi", "money", "--into", "all")
    assert result.code == 0, result.err
    with read_graph(tmp_path / "all") as store:
        assert store.sizes()["Article"] == 3


def test_validate_says_whether_a_graph_conforms(call, graph: Path) -> None:
    if not (ROOT / "ontology" / "shapes.ttl").is_file():
        pytest.skip("there are no shapes yet")
    result = call("validate", "-g", graph)
    assert result.code == (0 if "conforms" in result.out else 1)
    assert result.err == ""


# --- evaluate ---------------------------------------------------------------------------------------------


def gold_of(folder: Path) -> list[dict[str, object]]:
    text = TEXT.split("---\n")[2].replace("\n", " ")
    line = {"id": "en-1", "lang": "en", "published": "2025-09-19", "text": text}
    (folder / "mine.jsonl").write_text(json.dumps(line), encoding="utf-8")
    names = (("Information Technology Industry Department", "government-body", "VN"),
             ("Korea Fabless Industry Association", "association", "KR"))  # fmt: skip
    partners = [{"name": name, "kind": kind, "country": code, "match": [name]} for name, kind, code in names]
    event = {"type": "agreement", "status": "concluded", "partners": partners, "sectors": ["semiconductors"],
             "activities": [], "date": "2025-09-18"}  # fmt: skip
    records = [{"id": "en-1", "events": [event], "optional_events": []}]
    (folder / "mine.gold.jsonl").write_text(json.dumps(records[0]), encoding="utf-8")
    return records


def test_evaluate_prints_the_figures_of_the_scorer_by_language(call, tmp_path: Path) -> None:
    records = gold_of(tmp_path)
    shown = call("evaluate", "--gold", "mine.gold.jsonl")
    assert shown.code == 0, shown.err
    heading = next(line for line in shown.out.splitlines() if line.startswith("language"))
    assert heading.split()[2:9] == ["triple", "partner", "event", "edge", "status", "activity", "date"]
    value = json.loads(call("evaluate", "mine.jsonl", "--gold", "mine.gold.jsonl", "--json").out)
    predicted = [json.loads(call("extract", "mine.jsonl").out)]
    expected = score(records, predicted)
    assert value["scores"]["en"]["triple"]["f1"] == round(expected.figures["triple", "en"].f1, 4)
    assert value["articles"] == 1
    assert set(value["scores"]) == {"all", "en"}


def test_gold_that_is_broken_is_named_with_its_line(call, tmp_path: Path) -> None:
    gold_of(tmp_path)
    with (tmp_path / "mine.gold.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{broken\n")
    result = call("evaluate", "--gold", "mine.gold.jsonl")
    assert result.code == 1
    assert result.err.startswith("mine.gold.jsonl:2: not JSON")


# --- explain ----------------------------------------------------------------------------------------------


def test_explain_shows_names_rules_and_why_a_sentence_states_nothing(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT + "\nIt rained in the evening.\n", encoding="utf-8")
    shown = call("explain", "a.md")
    assert shown.code == 0, shown.err
    assert "en.agreement.sign (agreement/concluded)" in shown.out
    assert "memorandum of understanding = mou" in shown.out
    assert "no word of the codebook fired" in shown.out
    only = call("explain", "a.md", "--sentence", "3")
    assert "rained" in only.out
    assert "memorandum" not in only.out
    beyond = call("explain", "a.md", "--sentence", "9")
    assert beyond.code == 2
    assert "there is no sentence 9" in beyond.err


def test_explain_takes_a_text(call) -> None:
    shown = call("explain", "Samsung Electronics and Intel signed a contract in Hanoi on Friday.")
    assert shown.code == 0, shown.err
    assert "Samsung Electronics, Intel" in shown.out


def test_explain_tells_candidates_what_speaks_for_them_and_why_others_failed(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT + "\nWorkers of Boeing voted on strike action.\n", encoding="utf-8")
    lines = [" ".join(line.split()) for line in call("explain", "a.md").out.splitlines()]
    assert re.search(r"candidate agreement: [^|]*? told in \[1\]", " ".join(lines))
    assert any(line.startswith("for it ") for line in lines)
    assert "rule en.agreement.sign" in lines
    assert '"strike action" is a counter-example of en.agreement.conclude' in " ".join(lines)
    assert "nothing no word of the codebook fired" in lines
    assert "only one partner: Boeing" in lines


def test_explain_writes_a_page(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    written = call("explain", "a.md", "-o", "why.html")
    assert (written.code, written.out, written.err) == (0, "", "Written: why.html\n")
    assert "en.agreement.sign" in (tmp_path / "why.html").read_text(encoding="utf-8")
    (tmp_path / "none.txt").write_text("", encoding="utf-8")
    nothing = call("explain", "none.txt", "-o", "none.html")
    assert nothing.code == 1
    assert not (tmp_path / "none.html").exists()


# --- terminal and pipes -----------------------------------------------------------------------------------


def test_a_reader_that_leaves_is_no_error(graph: Path, tmp_path: Path) -> None:
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    for form in ("csv", "table"):
        command = [*KG, "query", "-g", str(graph), everything, "--format", form]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdout.read(1)
            child.stdout.close()
            assert child.stderr.read() == b""
        assert child.returncode == 0


def on_terminal(*arguments: object, cwd: Path, **environment: str) -> str:
    """Run kg with a terminal for its output; return what it shows."""
    leader, follower = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    env |= {"TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        [*KG, *map(str, arguments)], stdin=follower, stdout=follower, stderr=follower, cwd=cwd, env=env
    ) as child:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # Linux says so when the other end has gone.
                break
            if not part:
                break
            shown += part
    os.close(leader)
    assert child.returncode == 0, shown
    return shown.decode()


def test_colours_appear_on_a_terminal_alone_and_can_be_turned_off(graph: Path, tmp_path: Path) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m|\x1b\[1m")
    line = ("query", "-g", graph, "most-active-pairs")
    assert colour.search(on_terminal(*line, cwd=tmp_path))
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", on_terminal(*line, cwd=tmp_path, NO_COLOR="1"))
    assert "\x1b" not in process(*line, cwd=tmp_path).stdout


def heed_interrupts() -> None:
    """A shell lets its background jobs ignore SIGINT, which all that they start inherit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_command_ends_quietly(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [*KG, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=heed_interrupts,
    )
    assert child.stdin is not None
    assert child.stderr is not None
    assert child.stdout is not None
    with child:
        time.sleep(3)
        child.send_signal(signal.SIGINT)
        child.wait(20)
        assert child.stderr.read().strip() == b""
    assert child.returncode == 130


# --- documents --------------------------------------------------------------------------------------------

PAGES = [ROOT / "README.md", ROOT / "docs" / "commands.md", ROOT / "docs" / "network.md"]


def examples() -> list[str]:
    """Give the commands after a prompt in the pages, in their order; each page starts from nothing."""
    return [line[2:] for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()
            if line.startswith("$ kg ")]  # fmt: skip


def test_every_command_has_an_example_in_the_documents() -> None:
    shown = {line.split()[1] for line in examples()}
    assert set(kg.commands) <= shown


def test_every_option_that_the_documents_use_exists() -> None:
    for line in examples():
        command: click.Command = kg
        for word in line.split()[1:]:
            if isinstance(command, click.Group) and word in command.commands:
                command = command.commands[word]
        known = {name for option in command.params for name in option.opts} | {"--help"}
        used = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", line.split("|")[0]))
        assert used <= known, line


@pytest.mark.slow
def test_the_examples_of_the_documents_run(tmp_path: Path) -> None:
    if not (ROOT / "samples" / "articles").is_dir():
        pytest.skip("there are no sample articles yet")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    wrapper = tmp_path / "bin" / "kg"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from kg.cli import main; main()" "$@"\n')
    wrapper.chmod(0o755)
    env = os.environ | {"PATH": f"{wrapper.parent}:{os.environ['PATH']}"}
    # Measuring on all of the gold takes a minute or two and is done elsewhere.
    for line in dict.fromkeys(line for line in examples() if line != "kg evaluate"):
        result = subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False, env=env
        )
        assert result.returncode == 0, f"{line}\n{result.stderr}"


def test_a_problem_never_ends_a_command_that_others_can_be_read_by(call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Это статья о сотрудничестве двух стран в экономике.", encoding="utf-8")
    result = call("extract", "ru.txt", "a.md")
    assert result.code == 1
    assert len(result.out.splitlines()) == 1
    assert result.err.startswith("ru.txt: ")
