"""Figures may not fall: the development gold is read anew and compared with evaluation.json."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import as_record, read_learned
from kg.evaluation.ratchet import find_fallen, ratchet_figures
from kg.evaluation.readings import prediction_records
from kg.evaluation.runs import Run, gold_to_measure, measure_files
from kg.reports.codebook import load_codebook
from kg.settings import Settings
from tools.evaluation_document import reliability_picture, render

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold"
REMEDY = (
    "Take back what lowered them, or make up for it elsewhere. `kg evaluate --errors errors.html` shows where it "
    "fails. If the fall is meant, run `make evaluate` and say why in CHANGELOG.md."
)


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    values: dict[str, Any] = json.loads((ROOT / "evaluation.json").read_text(encoding="utf-8"))
    return values


@pytest.fixture(scope="module")
def run() -> Run:
    problems: list[str] = []
    found = measure_files(
        GOLD / "dev.jsonl",
        GOLD / "dev.gold.jsonl",
        Settings(),
        on_problem=lambda error: problems.append(str(error)),
    )
    assert problems == []
    return found


def test_what_was_learned_from_is_no_test() -> None:
    learned = read_learned(GOLD / "dev.gold.jsonl")
    held_out, clusters = gold_to_measure(GOLD / "dev.gold.jsonl")
    everything, all_clusters = gold_to_measure(GOLD / "dev.gold.jsonl", with_learned=True)
    assert learned
    assert learned.isdisjoint(record["id"] for record in held_out)
    assert len(held_out) + len(learned) == len(everything)
    # No happening is told on both sides.
    assert clusters
    assert all_clusters
    assert all(len({id in learned for id, _ in cluster}) == 1 for cluster in all_clusters)


@pytest.mark.slow
def test_no_figure_falls(run: Run, written: dict[str, Any]) -> None:
    fallen = list(find_fallen(written["ratchet"], ratchet_figures(as_record(run.evaluation))))
    assert not fallen, "These figures fell by more than 0.01:\n  " + "\n  ".join(fallen) + f"\n{REMEDY}"


@pytest.mark.slow
def test_the_reference_scorer_gives_the_same_figures(run: Run, tmp_path: Path) -> None:
    gold, _ = gold_to_measure(GOLD / "dev.gold.jsonl")
    predicted = prediction_records(run.readings, base_iri=Settings().base_iri)
    for name, records in (("gold", gold), ("predicted", predicted)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    files = ["--gold", tmp_path / "gold.jsonl", "--pred", tmp_path / "predicted.jsonl"]
    command = [sys.executable, GOLD / "score.py", *files, "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    scores = run.evaluation.scores
    assert expected.pop("status:all") == {
        "accuracy": round(scores.status["all"], 4),
        "n": scores.matched["all"],
    }
    for name, row in expected.items():
        figure, where = name.split(":")
        ours = scores.figures[figure, where]
        assert (ours.true, ours.false, ours.missed) == (row["tp"], row["fp"], row["fn"]), name


def test_the_ratchet_holds_the_figures_that_were_measured(written: dict[str, Any]) -> None:
    assert ratchet_figures(written["dev"]) == written["ratchet"]


def test_the_document_says_what_was_measured(written: dict[str, Any]) -> None:
    stated = (ROOT / "EVALUATION.md").read_text(encoding="utf-8")
    assert stated == render(written), "Run: python tools/evaluate_all.py --render"
    picture = (ROOT / "docs" / "reliability.svg").read_text(encoding="utf-8")
    assert picture == reliability_picture(written["dev"]["calibration"]["bins"])


def test_the_figures_are_those_of_this_codebook(written: dict[str, Any]) -> None:
    now = {lang: load_codebook(lang).version for lang in written["codebook"]}
    assert written["codebook"] == now, (
        "The codebook has another date since the figures were measured: make evaluate"
    )


def test_the_cross_validation_is_that_of_these_weights(written: dict[str, Any]) -> None:
    measured = ROOT / "kg" / "reports" / "weights" / "measured.json"
    now = json.loads(measured.read_text(encoding="utf-8")) if measured.is_file() else None
    assert written["cross_validation"] == now, "The models were measured anew: make evaluate"
