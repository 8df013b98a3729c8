"""What a build does: the same graph in any order, only what is new, one bad article alone."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from builders import BASE, article, graph_of

from kg.errors import InputError, KgError, UsageError
from kg.model import Article, ArticleReports
from kg.ontology import local_name
from kg.pipeline import BuildSummary, build, extract, merge, remove
from kg.pipeline.pool import Pool
from kg.pipeline.versions import fingerprint, read_versions
from kg.settings import Settings
from kg.store import read_graph
from kg.store.journal import read_journal

SETTINGS = Settings(base_iri=BASE)
SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"
ITEMS = [
    article("fr", SIGNED, lang="fr"),
    article("vi", SIGNED, "meeting/concluded: VN + KR || 2025-09-18", lang="vi"),
    article("en", "agreement/planned: KFIA/association/KR + VN | semiconductors", published="2025-09-21"),
    article("more", "programme/ongoing: FR + JP | space"),
]


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.content()


# --- the graph depends on the articles alone ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_articles_changes_no_byte_of_the_graph(tmp_path: Path, seed: int) -> None:
    items = random.Random(seed).sample(ITEMS, len(ITEMS))
    assert content(graph_of(tmp_path / "a", *items)) == content(graph_of(tmp_path / "b", *ITEMS))


def test_articles_that_come_one_build_after_another_give_the_same_graph(tmp_path: Path) -> None:
    for item in ITEMS:
        graph_of(tmp_path / "a", item)
    assert content(tmp_path / "a") == content(graph_of(tmp_path / "b", *ITEMS))


def test_an_article_that_is_removed_leaves_the_graph_as_if_it_had_never_been(tmp_path: Path) -> None:
    graph_of(tmp_path / "a", *ITEMS)
    problems: list[KgError] = []
    summary = remove(tmp_path / "a", ["vi", "nope"], SETTINGS, on_problem=problems.append)
    assert (summary.removed, summary.articles, summary.problems) == (1, 3, 1)
    assert "nope" in str(problems[0])
    rest = [item for item in ITEMS if item.article.id != "vi"]
    assert content(tmp_path / "a") == content(graph_of(tmp_path / "b", *rest))


def test_graphs_merge_into_what_one_build_would_have_given(tmp_path: Path) -> None:
    one, two = graph_of(tmp_path / "1", *ITEMS[:2]), graph_of(tmp_path / "2", *ITEMS[1:])
    for name, order in (("a", (one, two)), ("b", (two, one))):
        summary = merge(order, tmp_path / name, SETTINGS)
        assert (summary.new, summary.unchanged) == (4, 1)
    assert content(tmp_path / "a") == content(tmp_path / "b") == content(graph_of(tmp_path / "c", *ITEMS))


def test_graphs_with_other_iris_are_not_merged(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "1", *ITEMS)
    with pytest.raises(UsageError, match="base_iri"):
        merge([graph], tmp_path / "2", Settings(base_iri="urn:other:"))


def test_no_clock_shows_in_the_graph_so_that_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    graph_of(tmp_path / "a", *ITEMS)
    time.sleep(1.1)
    graph_of(tmp_path / "b", *reversed(ITEMS))
    with read_graph(tmp_path / "a") as one, read_graph(tmp_path / "b") as other:
        assert one.dump() == other.dump()
        (row,) = one.select(
            "SELECT DISTINCT ?p { ?a a coop:Article ; prov:wasGeneratedBy/coop:programVersion ?p }"
        )
    assert row["p"] == "1"
    times = [read_journal(tmp_path / name)[0].time for name in "ab"]
    assert times[0] != times[1]


def test_every_report_tells_of_an_event_and_every_partner_is_described_once(tmp_path: Path) -> None:
    with read_graph(graph_of(tmp_path / "a", *ITEMS)) as store:
        lost = "SELECT ?r { ?r a coop:Report FILTER NOT EXISTS { ?r coop:tellsOf ?e } }"
        assert list(store.select(lost)) == []
        unnamed = "SELECT ?p { ?x coop:partner ?p FILTER NOT EXISTS { ?p a coop:Partner ; rdfs:label ?l } }"
        assert list(store.select(unnamed)) == []


# --- what only the whole set of articles tells ------------------------------------------------------------

#: Talks, a memorandum that is told with another date too, its contract and the end of it; and a wire copy.
LIFE = [
    article(
        "talks",
        "meeting/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-01-10",
    ),
    article("memorandum", SIGNED),
    article("other-day", SIGNED.replace("09-18", "09-17"), lang="fr"),
    article("work", SIGNED.replace("agreement/concluded", "programme/ongoing").replace("09-18", "11-02")),
    article("end", SIGNED.replace("agreement/concluded", "programme/ended").replace("09-18", "12-24")),
]
_WIRE = "The two sides agreed to train five hundred engineers over three years in Hanoi and in Seoul, agencies said."


def wire(item: ArticleReports, publisher: str, ending: str = "") -> ArticleReports:
    """Let a paper of its own name print the text of an agency after the reports' own sentences."""
    changed = replace(item.article, text=f"{item.article.text}\n\n{_WIRE}{ending}", source=publisher)
    return replace(item, article=changed)


LIVES = [
    *ITEMS,
    *LIFE,
    wire(article("wire", SIGNED), "Agency"),
    wire(article("copy", SIGNED), "Paper", " More soon."),
]


def test_a_wire_story_and_its_copies_are_one_source(tmp_path: Path) -> None:
    items = [
        wire(article("wire", SIGNED, published="2025-09-18"), "Agency"),
        wire(article("copy", SIGNED), "Paper", " More soon."),
        article("own", SIGNED),
        article("own-again", SIGNED, lang="fr"),
    ]
    with read_graph(graph_of(tmp_path / "g", *items)) as store:
        (row,) = store.select(
            "SELECT ?articles ?sources { ?e coop:articleCount ?articles ; coop:sourceCount ?sources }"
        )
        repeated = [
            row["id"] for row in store.select("SELECT ?id { ?e coop:repeatedIn/dcterms:identifier ?id }")
        ]
    assert row == {"articles": "4", "sources": "2"}
    assert sorted(map(str, repeated)) == ["copy", "own-again"]


def test_steps_of_one_matter_follow_each_other_and_differences_are_named(tmp_path: Path) -> None:
    asked = """SELECT ?later ?earlier { ?b coop:follows ?a . ?b a ?later . ?a a ?earlier
               FILTER(?later != coop:Event && ?earlier != coop:Event) }"""
    with read_graph(graph_of(tmp_path / "g", *LIFE)) as store:
        links = {
            (local_name(str(row["later"])), local_name(str(row["earlier"]))) for row in store.select(asked)
        }
        differing = list(store.select("SELECT ?what { ?e a coop:Agreement ; coop:differsIn ?what }"))
    assert links == {("Agreement", "Meeting"), ("Programme", "Agreement"), ("Programme", "Programme")}
    assert [local_name(str(row["what"])) for row in differing] == ["date"]


@pytest.mark.parametrize("item", LIVES, ids=lambda item: item.article.id)
def test_any_article_can_be_taken_out_as_if_it_had_never_been(tmp_path: Path, item: ArticleReports) -> None:
    graph_of(tmp_path / "a", *LIVES)
    remove(tmp_path / "a", [item.article.id], SETTINGS)
    rest = [other for other in LIVES if other is not item]
    assert content(tmp_path / "a") == content(graph_of(tmp_path / "b", *rest))


@pytest.mark.parametrize("seed", range(4))
def test_articles_in_any_order_and_in_several_builds_give_the_same_bytes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    items = chance.sample(LIVES, len(LIVES))
    cut = chance.randrange(1, len(items))
    for part in (items[:cut], items[cut:]):
        graph_of(tmp_path / "a", *part)
    assert content(tmp_path / "a") == content(graph_of(tmp_path / "b", *LIVES))


# --- incremental --------------------------------------------------------------------------------------------


def test_a_fingerprint_changes_with_the_article_and_with_the_program() -> None:
    versions = read_versions(SETTINGS)
    one = ITEMS[0].article
    marks = {
        fingerprint(one, versions),
        fingerprint(replace(one, text=one.text + " "), versions),
        fingerprint(replace(one, url=None), versions),
        fingerprint(one, replace(versions, program="0")),
        fingerprint(one, replace(versions, codebook="0")),
        fingerprint(one, replace(versions, models=())),
    }
    assert len(marks) == 6
    assert fingerprint(replace(one, origin="elsewhere"), versions) == fingerprint(one, versions)


def write(folder: Path, *articles: tuple[str, str]) -> str:
    path = folder / "news.jsonl"
    lines = (json.dumps({"id": id, "text": text, "published": "2025-09-19"}) for id, text in articles)
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


TEXTS = [
    ("a", "France and Japan signed a memorandum of understanding on space research in Tokyo on Thursday."),
    (
        "b",
        "Le Vietnam et la France ont signé jeudi à Hanoï un accord de coopération sur les semi-conducteurs.",
    ),
    ("c", "Việt Nam và Hàn Quốc đã ký kết biên bản ghi nhớ về hợp tác bán dẫn tại Seoul ngày 18/9."),
]


def test_only_what_is_new_or_changed_is_read(tmp_path: Path) -> None:
    def run(*articles: tuple[str, str]) -> BuildSummary:
        return build([write(tmp_path, *articles)], tmp_path / "g", SETTINGS)

    assert (run(*TEXTS[:2]).new, run(*TEXTS[:2]).unchanged) == (2, 2)
    summary = run(TEXTS[0], ("b", TEXTS[1][1] + " Cet accord est important."), TEXTS[2])
    assert (summary.new, summary.changed, summary.unchanged, summary.articles) == (1, 1, 1, 3)


def test_workers_give_the_same_graph_as_one_process(tmp_path: Path) -> None:
    copies = [(id, f"{TEXTS[0][1]} {_WIRE}") for id in ("wire", "copy")]
    build([write(tmp_path, *TEXTS, *copies)], tmp_path / "a", SETTINGS)
    build([write(tmp_path, *reversed(copies), *TEXTS)], tmp_path / "b", SETTINGS, workers=2)
    with read_graph(tmp_path / "a") as one, read_graph(tmp_path / "b") as other:
        assert one.dump() == other.dump()
        assert len(list(one.select("SELECT ?s { ?a coop:signature ?s }"))) >= len(copies)


def test_a_bad_article_is_named_and_the_others_go_through(tmp_path: Path) -> None:
    path = Path(write(tmp_path, *TEXTS))
    path.write_text(path.read_text(encoding="utf-8") + '\n{"id": broken\n', encoding="utf-8")
    problems: list[KgError] = []
    summary = build([str(path)], tmp_path / "g", SETTINGS, on_problem=problems.append)
    assert (summary.articles, summary.problems) == (3, 1)
    assert f"{path}:4" in str(problems[0])


def test_an_article_that_upsets_a_stage_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.mentions

    find = kg.mentions.find_mentions

    def upset(doc: object, **options: object) -> object:
        if "POISON" in str(doc):
            raise RuntimeError("a library is upset")
        return find(doc, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(kg.mentions, "find_mentions", upset)
    articles = [
        Article("a", TEXTS[0][1]),
        Article("p", "POISON " + TEXTS[0][1], origin="news:2"),
        Article("b", TEXTS[0][1]),
    ]
    problems: list[KgError] = []
    assert [item.article.id for item in extract(articles, SETTINGS, on_problem=problems.append)] == ["a", "b"]
    assert [str(problem).split(" (")[0] for problem in problems] == ["news:2: cannot be read through"]
    assert isinstance(problems[0], InputError)


# --- several processes ----------------------------------------------------------------------------------------


def doubled(numbers: list[int]) -> list[int]:
    """Double numbers; 13 ends the process, as a crash in a library does."""
    if 13 in numbers:
        os._exit(9)
    return [number * 2 for number in numbers]


def test_a_worker_that_dies_costs_the_one_item_that_kills_it() -> None:
    lost: list[int] = []
    pool: Pool[int, list[int]] = Pool(doubled, workers=2, on_lost=lost.append)
    batches = [list(range(start, start + 5)) for start in range(0, 30, 5)]
    results = [number for result in pool.results(batches) for number in result]
    assert results == [number * 2 for number in range(30) if number != 13]
    assert lost == [13]


def test_results_come_as_a_stream() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield [taken]

    pool: Pool[int, list[int]] = Pool(doubled, workers=1, on_lost=print)
    stream = pool.results(endless())  # type: ignore[arg-type]
    assert [next(stream) for _ in range(3)] == [[2], [4], [6]]
    stream.close()
    assert taken < 10


def test_article_reports_travel_between_processes() -> None:
    import pickle

    assert pickle.loads(pickle.dumps(ITEMS)) == ITEMS
    error = pickle.loads(pickle.dumps(InputError("broken", "a.txt:3")))
    assert (str(error), error.origin) == ("a.txt:3: broken", "a.txt:3")
    assert isinstance(ITEMS[0], ArticleReports)
