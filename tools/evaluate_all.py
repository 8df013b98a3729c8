"""Measure the program on the gold that it was not made on; write EVALUATION.md, evaluation.json, the
picture docs/reliability.svg and the table of scores in README.md.

``python tools/evaluate_all.py`` (``make evaluate``) reads samples/gold/dev anew. ``--render`` writes the
document from evaluation.json as it stands. ``tests/test_ratchet.py`` holds later versions of the program to
evaluation.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from evaluation_document import reliability_picture, render

from kg import __version__
from kg.evaluation import as_record
from kg.evaluation.ratchet import find_fallen, ratchet_figures
from kg.evaluation.runs import Run, measure_files, measure_merging
from kg.evaluation.summary import identity_record
from kg.reports.codebook import load_codebook
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold"
UNSEEN = ROOT / "samples" / "unseen"
FIGURES = ROOT / "evaluation.json"
DOCUMENT = ROOT / "EVALUATION.md"
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "reliability.svg"
#: Figures by cross-validation on the training gold, as the trainer writes them.
MEASURED = ROOT / "kg" / "reports" / "weights" / "measured.json"


def measure(workers: int) -> dict[str, Any]:
    """Everything that the document and the ratchet are made of."""
    gold = GOLD / "dev.gold.jsonl"
    run = _run(GOLD / "dev.jsonl", gold, workers)
    record = as_record(run.evaluation)
    unseen = as_record(_run(UNSEEN / "unseen.jsonl", UNSEEN / "unseen.gold.jsonl", workers).evaluation)
    merging = measure_merging(run, gold, Settings())
    languages = [name for name in record["scores"] if name != "all"]
    return {
        "version": __version__,
        "codebook": {lang: load_codebook(lang).version for lang in languages},
        "ratchet": ratchet_figures(record),
        "dev": record,
        "unseen": {name: unseen[name] for name in ("articles", "articles_by_language", "scores")},
        "identity_of_gold": identity_record(merging) if merging else None,
        "cross_validation": json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.is_file() else None,
    }


def _run(articles: Path, gold: Path, workers: int) -> Run:
    problems: list[str] = []
    run = measure_files(
        articles, gold, Settings(), workers=workers, on_problem=lambda error: problems.append(str(error))
    )
    if problems:
        raise SystemExit("\n".join([*problems[:5], f"{len(problems)} articles were not read: no figures."]))
    return run


def write(values: dict[str, Any]) -> None:
    """Write the document and its picture from the figures."""
    DOCUMENT.write_text(render(values), encoding="utf-8")
    PICTURE.write_text(reliability_picture(values["dev"]["calibration"]["bins"]), encoding="utf-8")
    fill_readme(values)


def fill_readme(values: dict[str, Any]) -> None:
    """Put the figures between the marks of the README."""
    languages = ["all", *sorted(name for name in values["codebook"])]
    rows = [
        f"| F1 on the development gold | {' | '.join(languages)} |",
        "| --- |" + " ---: |" * len(languages),
    ]
    for name in ("triple", "partner", "event", "edge", "status", "activity", "date"):
        figures = [f"{values['ratchet'][f'{name}:{lang}']:.2f}" for lang in languages]
        rows.append(f"| {name}{' (accuracy)' if name == 'status' else ''} | {' | '.join(figures)} |")
    before, rest = README.read_text(encoding="utf-8").split("<!-- scores -->\n", 1)
    after = rest.split("<!-- /scores -->", 1)[1]
    later = values["unseen"]
    named = (f"{name} {later['scores']['all'][name]['f1']:.2f}" for name in ("triple", "partner", "event"))
    rows += [
        "",
        f"On the {later['articles']} articles of `samples/unseen`, written later: {', '.join(named)}.",
    ]
    table = "\n".join(rows)
    text = f"{before}<!-- scores -->\n\n{table}\n\n<!-- /scores -->{after}"
    README.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, say what fell, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--render", action="store_true", help="measure nothing, write the document anew")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else None
    if options.render:
        if before is None:
            raise SystemExit(f"{FIGURES} is missing: run this without --render first.")
        write(before)
        return
    values = measure(options.workers)
    for sentence in find_fallen(before["ratchet"] if before else {}, values["ratchet"]):
        print(f"Fell: {sentence}", file=sys.stderr)
    FIGURES.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write(values)
    for path in (DOCUMENT, FIGURES, PICTURE):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
