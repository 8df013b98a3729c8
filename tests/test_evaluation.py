"""Scores equal the reference scorers'; mistakes are named for what they are; the page shows text as text."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.evaluation import (
    MISTAKES,
    as_record,
    compare,
    count_mistakes,
    evaluate,
    find_mistakes,
    read_clusters,
    read_records,
    score,
)
from kg.evaluation.calibration import calibrate
from kg.evaluation.chance import find_ranges
from kg.evaluation.identity import identify, identify_gold, score_identity
from kg.evaluation.page import Segment, segments, write_page
from kg.evaluation.ratchet import find_fallen, ratchet_figures
from kg.evaluation.readings import Reading, named_partners, prediction_records, read_all
from kg.model import EVENT_TYPES, STATUSES, Article, ArticleReports
from kg.pipeline import build, extract
from kg.settings import Settings
from kg.store import read_graph
from kg.triples import report_iris
from tools import markup

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold"
Record = dict[str, Any]


def reference() -> ModuleType:
    """Load the reference scorer as it was handed over."""
    spec = importlib.util.spec_from_file_location("reference_scorer", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = reference()


@cache
def all_gold() -> list[Record]:
    return read_records(GOLD / "dev.gold.jsonl")


@pytest.fixture
def gold() -> list[Record]:
    return copy.deepcopy(all_gold())


def perturbed(gold: list[Record], seed: int) -> list[Record]:
    """A prediction that is wrong here and there in every way that is scored."""
    chance = random.Random(seed)
    records = []
    for record in copy.deepcopy(gold):
        events = [*record["events"], *(e for e in record["optional_events"] if chance.random() < 0.5)]
        chance.shuffle(events)
        kept = [spoilt(event, events, chance) for event in events if chance.random() < 0.8]
        if kept and chance.random() < 0.2:
            kept.append(copy.deepcopy(chance.choice(kept)))
        if chance.random() < 0.95:
            records.append({"id": record["id"], "events": kept})
    return records


def spoilt(event: Record, others: list[Record], chance: random.Random) -> Record:
    spare = [partner for other in others for partner in other["partners"]]
    partners = [partner for partner in event["partners"] if chance.random() < 0.8]
    partners += [chance.choice(spare) for _ in range(chance.random() < 0.3)]
    return {
        "type": event["type"] if chance.random() < 0.85 else chance.choice(EVENT_TYPES),
        "status": chance.choice([event["status"], *STATUSES]),
        "partners": [misread(partner, chance) for partner in partners],
        "sectors": [s for s in event["sectors"] if chance.random() < 0.7] + event["sectors_optional"][:1],
        "activities": [a for a in event["activities"] if chance.random() < 0.7] + ["research"],
        "date": event["date"] if chance.random() < 0.7 else chance.choice([None, "2025", "2024-02-03"]),
        "confidence": round(chance.random(), 3),
        "event": f"event-{chance.randrange(200)}" if chance.random() < 0.8 else None,
    }


def misread(partner: Record, chance: random.Random) -> Record:
    name = chance.choice([partner["name"], *partner["match"]])
    if chance.random() < 0.3:
        place = chance.randrange(len(name))
        name = name[:place] + chance.choice(["", "x", " và ", "É"]) + name[place + 1 :]
    kind = partner["kind"] if chance.random() < 0.9 else "company"
    form: Any = {"text": name, "start": 0, "end": len(name)} if chance.random() < 0.5 else name
    return {"label": name, "kind": kind, "country": partner["country"], "mentions": [form]}


# --- the same figures as the reference --------------------------------------------------------------------


def test_scores_equal_the_reference_on_spoilt_gold(gold: list[Record]) -> None:
    predicted = perturbed(gold, 0)
    expected = REFERENCE.score(copy.deepcopy(gold), copy.deepcopy(predicted))
    check_same(expected, gold, predicted)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), start=st.integers(0, 154))
def test_scores_equal_the_reference_on_any_two_articles(seed: int, start: int) -> None:
    gold = all_gold()[start : start + 2]
    predicted = perturbed(gold, seed)
    check_same(REFERENCE.score(copy.deepcopy(gold), copy.deepcopy(predicted)), gold, predicted)


def check_same(expected: dict[str, Any], gold: list[Record], predicted: list[Record]) -> None:
    scores = score(copy.deepcopy(gold), copy.deepcopy(predicted))
    for name, row in expected.items():
        figure, where = name.split(":")
        if figure == "status":
            ours: Any = {"accuracy": round(scores.status["all"], 4), "n": scores.matched["all"]}
        else:
            one = scores.figures[figure, where]
            ours = {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4),
                    "tp": one.true, "fp": one.false, "fn": one.missed}  # fmt: skip
        assert ours == row, name


def test_identity_equals_the_reference(gold: list[Record], tmp_path: Path) -> None:
    predicted = perturbed(gold, 1)
    for item in predicted:
        item["events"] = [event for event in item["events"] if event["partners"]]
    path = tmp_path / "predicted.jsonl"
    path.write_text("\n".join(map(json.dumps, predicted)), encoding="utf-8")
    arguments = ["--gold", GOLD / "dev.gold.jsonl", "--clusters", GOLD / "dev.clusters.json", "--pred", path]
    command = [sys.executable, GOLD / "cluster_score.py", *arguments]
    expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    clusters = read_clusters(GOLD / "dev.gold.jsonl")
    assert clusters is not None
    identity = score_identity(copy.deepcopy(gold), clusters, predicted)
    rows = (("all", identity.everything), ("in clusters", identity.clustered))
    lines = [
        f"b-cubed {name:12} precision {one.precision:.4f}  recall {one.recall:.4f}  f1 {one.f1:.4f}  n {one.items}"
        for name, one in rows
    ]
    assert expected.splitlines() == lines


def test_gold_compared_with_itself_is_without_mistakes(gold: list[Record]) -> None:
    perfect = [{"id": record["id"], "events": as_predicted(record["events"])} for record in gold]
    result = evaluate(gold, perfect, named={record["id"]: all_partners(record) for record in gold})
    assert result.mistakes == ()
    assert {figure.f1 for (name, _), figure in result.scores.figures.items() if name != "date"} == {1.0}
    assert result.names is not None
    assert result.names.figures["all", "all"].f1 == 1.0
    assert (result.negatives.reports, result.negatives.silent) == (0, result.negatives.articles)


def as_predicted(events: list[Record]) -> list[Record]:
    return [
        {**event, "partners": [{**p, "label": p["name"], "mentions": p["match"]} for p in event["partners"]]}
        for event in copy.deepcopy(events)
    ]


def all_partners(record: Record) -> list[Record]:
    return [partner for event in as_predicted(record["events"]) for partner in event["partners"]]


# --- what is compared -------------------------------------------------------------------------------------


def partner(name: str, kind: str = "company", country: str | None = None) -> Record:
    return {
        "name": name,
        "label": name,
        "kind": kind,
        "country": country,
        "match": [name],
        "mentions": [name],
    }


def event(kind: str, *names: str, **values: Any) -> Record:
    parts = {"type": kind, "status": "concluded", "partners": [partner(name) for name in names], "sectors": [],
             "activities": [], "date": None, "evidence": []}  # fmt: skip
    return parts | values


def mistakes_of(gold: list[Record], predicted: list[Record], named: str | None = "") -> Iterator[str]:
    """Each mistake in one line: kind, side, partner, detail."""
    names = None if named is None else [partner(name) for name in named.split()]
    comparison = compare({"id": "fr-1", "events": gold}, {"id": "fr-1", "events": predicted}, names)
    for item in find_mistakes(comparison):
        yield " | ".join(filter(None, (item.kind, item.side, item.partner, item.detail)))


CASES = {
    "a partner that is not seen": (
        [event("meeting", "Alpha", "Bravo")], [event("meeting", "Alpha", "Charlie")], "Alpha Charlie",
        {"partner not found | missed | Bravo | company", "partner takes no part | extra | Charlie | company"},
    ),
    "a partner that is seen and left out": (
        [event("meeting", "Alpha", "Bravo", "Charlie")], [event("meeting", "Alpha", "Bravo")], "Alpha Bravo Charlie",
        {"partner in no event | missed | Charlie | meeting"},
    ),
    "records alone do not tell": (
        [event("meeting", "Alpha", "Bravo", "Charlie")], [event("meeting", "Alpha", "Bravo")], None,
        {"partner missed | missed | Charlie | company"},
    ),
    "another type": (
        [event("meeting", "Alpha", "Bravo")], [event("forum", "Alpha", "Bravo")], "Alpha Bravo",
        {f"other type | {side} | {name} | meeting → forum" for side in ("missed", "extra") for name in ("Alpha", "Bravo")},
    ),
    "two events told as one": (
        [event("meeting", "Alpha", "Bravo"), event("meeting", "Alpha", "Charlie")],
        [event("meeting", "Alpha", "Bravo", "Charlie")], "Alpha Bravo Charlie",
        {"events made one | missed | meeting"},
    ),
    "one event told as two": (
        [event("meeting", "Alpha", "Bravo", "Charlie")],
        [event("meeting", "Alpha", "Bravo"), event("meeting", "Alpha", "Charlie")], "Alpha Bravo Charlie",
        {"event made several | extra | meeting"},
    ),
    "sectors": (
        [event("meeting", "Alpha", "Bravo", sectors=["space"], sectors_optional=["trade"])],
        [event("meeting", "Alpha", "Bravo", sectors=["health", "trade"])], "Alpha Bravo",
        {f"sector | {side} | {name} | {what}" for name in ("Alpha", "Bravo")
         for side, what in (("missed", "space"), ("extra", "health"))},
    ),
    "details": (
        [event("meeting", "Alpha", "Bravo", status="planned", date="2025-09", activities=["training"])],
        [event("meeting", "Alpha", "Bravo", date="2025-10", activities=["research"])], "Alpha Bravo",
        {"status | wrong | planned → concluded", "date | wrong | month → another month",
         "activity | missed | training", "activity | extra | research"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_called_what_it_is(name: str) -> None:
    gold, predicted, named, expected = CASES[name]
    assert set(mistakes_of(gold, predicted, named)) == expected


def test_optional_events_cost_nothing() -> None:
    gold = {
        "id": "vi-1",
        "events": [],
        "optional_events": [event("forum", "Alpha", "Bravo", sectors=["space"])],
    }
    predicted = {"id": "vi-1", "events": [event("forum", "Alpha", "Bravo", sectors=["space"])]}
    result = evaluate([gold], [predicted], named={"vi-1": []})
    assert result.mistakes == ()
    assert result.negatives.reports == 0
    assert result.comparisons[0].right == {0}


def test_missed_and_extra_roles_and_sectors_add_up_to_the_scores(gold: list[Record]) -> None:
    gold = gold[:60]
    result = evaluate(gold, perturbed(gold[:60], 5))
    counts = {pair: sum(by_lang.values()) for pair, by_lang in count_mistakes(result.mistakes).items()}
    kinds = ("partner not found", "partner in no event", "partner missed", "other type")
    roles = sum(counts.get((kind, "missed"), 0) for kind in kinds)
    assert roles == result.scores.figures["partner", "all"].missed
    extra = sum(counts.get((kind, "extra"), 0) for kind in ("partner takes no part", "other type"))
    assert extra == result.scores.figures["partner", "all"].false
    assert counts["activity", "missed"] == result.scores.figures["activity", "all"].missed
    assert counts["activity", "extra"] == result.scores.figures["activity", "all"].false
    assert set(MISTAKES) >= {kind for kind, _ in counts}


def test_records_are_not_changed_by_a_comparison() -> None:
    gold, predicted = (
        {"id": "en-1", "events": [event("forum", "Alpha", "Bravo")]},
        event("forum", "Alpha", "Zulu"),
    )
    before = copy.deepcopy(gold)
    compare(gold, {"id": "en-1", "events": [predicted]}, [])
    assert gold == before


def test_calibration_counts_reports_by_confidence() -> None:
    gold = {"id": "en-1", "events": [event("forum", "Alpha", "Bravo")]}
    right = event("forum", "Alpha", "Bravo", confidence=1.0)
    wrong = event("meeting", "Alpha", "Bravo", confidence=0.5)
    calibration = calibrate([compare(gold, {"id": "en-1", "events": [right, wrong]})])
    assert [(item.low, item.reports, item.right) for item in calibration.bins] == [(0.5, 1, 0), (0.9, 1, 1)]
    assert calibration.error == pytest.approx(0.25)
    assert calibration.brier == pytest.approx(0.125)


def test_identity_in_memory_joins_what_a_build_would_join() -> None:
    told = event(
        "agreement", "Alpha Chips", "Bravo University", sectors=["semiconductors"], date="2025-09-18"
    )
    gold = [{"id": id, "events": [told]} for id in ("en-1", "fr-1")]
    articles = {id: Article(id, "", lang=id[:2]) for id in ("en-1", "fr-1")}
    records = identify_gold(gold, articles, base_iri="https://example.org/")
    assert len({record["events"][0]["event"] for record in records}) == 1
    identity = score_identity(gold, [[("en-1", 0), ("fr-1", 0)]], records)
    assert (identity.everything.f1, identity.clustered.f1) == (1.0, 1.0)


def test_nothing_to_identify_is_no_error() -> None:
    assert identify([], base_iri="https://example.org/") == []


ARTICLES = [
    Article(
        "en-1",
        "Samsung Electronics and Intel signed a memorandum of understanding on semiconductors in Hanoi on "
        "18 September 2025. The University of Tokyo was mentioned.",
        lang="en",
        published=date(2025, 9, 19),
    ),
    Article(
        "fr-1",
        "Samsung Electronics et Intel ont signé un mémorandum d'entente sur les semi-conducteurs à Hanoï le "
        "18 septembre 2025.",
        lang="fr",
        published=date(2025, 9, 19),
    ),
]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    problems: list[str] = []
    found = list(read_all(ARTICLES, Settings(), on_problem=lambda error: problems.append(str(error))))
    assert problems == []
    return found


def test_readings_hold_the_reports_of_the_pipeline_and_every_partner(readings: list[Reading]) -> None:
    assert [item.reports for item in readings] == [item.reports for item in extract(ARTICLES, Settings())]
    named = named_partners(readings)
    assert "University of Tokyo" in " ".join(item["label"] for item in named["en-1"])


def test_identities_in_memory_are_those_of_a_build(readings: list[Reading], tmp_path: Path) -> None:
    lines = [
        {"id": item.id, "text": item.text, "lang": item.lang, "published": str(item.published)}
        for item in ARTICLES
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    build([str(tmp_path / "a.jsonl")], tmp_path / "graph", Settings())
    with read_graph(tmp_path / "graph") as store:
        items = [ArticleReports(item.article, item.reports) for item in readings]
        names = [report_iris(item, base_iri=store.base_iri) for item in items]
        stored = [tuple(event for iri in iris for event in store.events_of(iri)) for iris in names]
    assert any(stored)
    assert identify(items, base_iri=Settings().base_iri) == stored
    records = prediction_records(readings, base_iri=Settings().base_iri)
    assert [tuple(event["event"] for event in record["events"]) for record in records] == stored


# --- ratchet ----------------------------------------------------------------------------------------------


def test_a_figure_that_falls_is_named_with_before_and_now() -> None:
    before = {"triple:all": 0.62, "triple:en": 0.6, "date:all": 0.7, "gone:all": 0.5}
    now = {"triple:all": 0.6, "triple:en": 0.59, "date:all": 0.9}
    assert list(find_fallen(before, now)) == [
        "triple:all was 0.620 and is 0.600",
        "gone:all was 0.500 and is no longer measured",
    ]


def test_in_every_figure_of_the_ratchet_more_is_better(gold: list[Record]) -> None:
    gold = gold[:60]
    named = {record["id"]: all_partners(record) for record in gold}
    perfect = [{"id": record["id"], "events": as_predicted(record["events"])} for record in gold]
    best = ratchet_figures(as_record(evaluate(gold, perfect, named=named)))
    worse = ratchet_figures(as_record(evaluate(gold, perturbed(gold, 1), named=named)))
    assert list(find_fallen(best, best)) == []
    assert all(best[name] >= worse[name] for name in best if not name.startswith("calibration"))


# --- files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "not JSON"),
        ("[]", "has an id and events"),
        ('{"id": "x", "events": [{"type": "party"}]}', "one of: agreement"),
        ('{"id": "x", "events": [{"type": "forum", "sectors": []}]}', "lacks date, partners, status"),
    ],
)
def test_a_bad_line_of_gold_is_named(line: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.gold.jsonl"
    path.write_text(f'{{"id": "en-1", "events": []}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(words)) as caught:
        read_records(path)
    assert str(caught.value).startswith(f"{path}:3: ")


def test_clusters_are_optional_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "mine.gold.jsonl"
    assert read_clusters(path) is None
    (tmp_path / "mine.clusters.json").write_text('{"clusters": [[["en-1"]]]}', encoding="utf-8")
    with pytest.raises(DataError, match="clusters are"):
        read_clusters(path)


# --- the page ---------------------------------------------------------------------------------------------

HOSTILE = "<script>window.hacked = 1</script><img src=x onerror=hacked()>\" onclick='x' {{ 7 * 7 }}"


def test_the_page_shows_what_texts_and_records_say_as_text(tmp_path: Path) -> None:
    gold = {"id": HOSTILE, "events": [event("forum", HOSTILE, "Alpha", evidence=["Alpha & <i>Bravo</i>"])]}
    extra = event(
        "meeting", HOSTILE + "!", "Bravo", status=HOSTILE, sectors=[HOSTILE], rule=HOSTILE, confidence=0.5
    )
    result = evaluate([gold], [{"id": HOSTILE, "events": [extra]}], named={HOSTILE: []})
    write_page(result, {HOSTILE: f"Alpha & <i>Bravo</i> {HOSTILE}"}, tmp_path / "e.html", title=HOSTILE)
    page = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "onclick='x'" not in page
    assert "<i>Bravo" not in page
    assert "{{ 7 * 7 }}" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)


def test_the_page_has_every_mistake_of_every_article(tmp_path: Path, gold: list[Record]) -> None:
    result = evaluate(gold[:20], perturbed(gold[:20], 3), named={})
    write_page(result, {}, tmp_path / "e.html", title="some")
    page = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert page.count('<li tabindex="0"') == len(result.mistakes) > 20


@given(
    text=st.text(max_size=60), cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)
)
def test_segments_are_the_whole_text(text: str, cuts: list[tuple[int, int]]) -> None:
    from kg.evaluation.page import _Span

    spans = [
        _Span(min(pair), max(pair), "gold", f"g{number}")
        for number, pair in enumerate(cuts)
        if max(pair) <= len(text)
    ]
    found: list[Segment] = list(segments(text, spans))
    assert "".join(item.text for item in found) == text


# --- chance ------------------------------------------------------------------------------------------------


def test_a_range_holds_its_figure_and_is_the_same_each_time(gold: list[Record]) -> None:
    predicted = perturbed(gold, 5)
    ranges, scores = find_ranges(gold, predicted), score(gold, predicted)
    assert ranges == find_ranges(gold, predicted)
    for key, figure in scores.figures.items():
        low, high = ranges[key]
        assert low <= figure.f1 <= high
    for where, share in scores.status.items():
        low, high = ranges["status", where]
        assert low <= share <= high


def test_articles_that_are_all_alike_leave_nothing_to_chance(gold: list[Record]) -> None:
    one, other = gold[0], perturbed(gold, 5)[0]
    lang = one["id"].split("-")[0]
    copies = [{**one, "id": f"{lang}-{number}"} for number in range(5)]
    read = [{**other, "id": record["id"]} for record in copies]
    figure = score(copies, read).figures["partner", "all"].f1
    assert find_ranges(copies, read)["partner", "all"] == pytest.approx((figure, figure))


def test_fewer_articles_leave_more_to_chance(gold: list[Record]) -> None:
    predicted = perturbed(gold, 5)
    wide = find_ranges(gold[:10], predicted)["partner", "all"]
    narrow = find_ranges(gold, predicted)["partner", "all"]
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


# --- documents --------------------------------------------------------------------------------------------


def test_the_markup_of_training_articles_is_what_its_readme_shows(tmp_path: Path) -> None:
    readme = (ROOT / "samples" / "training" / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "en-1.txt"
    path.write_text(readme.split("```")[1], encoding="utf-8")
    [marked] = markup.read(path)
    article, record = markup.pair(marked)
    assert marked.problems == []
    assert (article["lang"], article["published"]) == ("en", "2025-03-12")
    assert [len(record["events"]), len(record["optional_events"])] == [1, 1]
    assert record["events"][0]["sectors_optional"] == ["ict"]
    assert record["events"][0]["evidence"] == ["signed a memorandum", "quote two"]


@pytest.mark.parametrize("folder", ["gold", "training"])
def test_synthetic_articles_are_called_so_where_they_lie(folder: str) -> None:
    text = (ROOT / "samples" / folder / "README.md").read_text(encoding="utf-8")
    assert "synthetic and no source of facts" in text
