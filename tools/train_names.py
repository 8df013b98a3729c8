"""Learn which runs of capitalised words name partners, from the training gold; write
languages/*/names_weights.json.

In: articles and gold (JSON Lines) and the written articles of samples/training. Out: one JSON file of weights
a language, sorted, rounded: the same each time; on standard output how well articles left out of the learning
are judged. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure_names import normalise
from training_data import WRITTEN, origin_of, read_all_gold, read_written, weight_of

from kg.documents import make_documents
from kg.mentions.organisations import examples
from kg.names.texts import read_text
from kg.settings import Settings

#: A word beside the run is a feature from this many runs on.
_SEEN = 4
_STRENGTH = 0.2
#: The articles are judged in this many parts, each by what was learnt from the others.
_FOLDS = 5
#: The probability from which a run is a partner.
_LIKELY = 0.4


@dataclass(frozen=True, slots=True)
class Row:
    """A run of capitalised words: its article, how it is written, and whether it names a partner of the
    gold.
    """

    article: str
    lang: str
    form: str
    features: list[str]
    is_partner: bool
    weight: float


def make_rows(docs: Iterable[Any], gold: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Yield the runs of all articles."""
    for doc in docs:
        name = doc.user_data["article"].id
        forms = _forms(gold[name])
        text = read_text(doc)
        for run, found in examples(text):
            form = normalise(text.text(run.start, run.end))
            # Shorter pieces have as many names for their length.
            yield Row(name, doc.lang_, form, found, form in forms, max(1.0, weight_of(name)))


def _forms(record: dict[str, Any]) -> set[str]:
    partners = (
        p for part in ("events", "optional_events") for e in record.get(part, []) for p in e["partners"]
    )
    return {normalise(form) for p in partners if p["kind"] != "country" for form in (p["name"], *p["match"])}


def fit(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return the weights of each language.

    One logistic regression learns from all languages: each feature stands in it once for all and once for its
    language, so that a language borrows from the others what it has too few examples of (Daume 2007).
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    doubled = [[*row.features, *(f"{row.lang}:{name}" for name in [*row.features, "bias"])] for row in rows]
    seen = Counter(name for found in doubled for name in set(found))
    table = DictVectorizer()
    matrix = table.fit_transform([{name: 1 for name in found if seen[name] >= _SEEN} for found in doubled])
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    model.fit(matrix, [row.is_partner for row in rows], [row.weight for row in rows])
    learnt = dict(zip(table.feature_names_, (float(value) for value in model.coef_[0]), strict=True))
    learnt["bias"] = float(model.intercept_[0])
    languages = sorted({row.lang for row in rows})
    return {lang: _own_weights(lang, languages, learnt) for lang in languages}


def _own_weights(lang: str, languages: list[str], learnt: dict[str, float]) -> dict[str, float]:
    own: dict[str, float] = {}
    for name, weight in learnt.items():
        prefix, _, rest = name.partition(":")
        if prefix not in languages:
            own[name] = own.get(name, 0.0) + weight
        elif prefix == lang:
            own[rest] = own.get(rest, 0.0) + weight
    return {name: round(weight, 3) for name, weight in sorted(own.items()) if abs(weight) >= 0.005}


def judge(rows: list[Row]) -> str:
    """Return precision and recall over articles that the learning did not see, by cross-validation."""
    counts: Counter[tuple[bool, bool]] = Counter()
    names = sorted({origin_of(row.article) for row in rows})
    fold_of = {name: number % _FOLDS for number, name in enumerate(names)}
    for fold in range(_FOLDS):
        weights = fit([row for row in rows if fold_of[origin_of(row.article)] != fold])
        scores: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
        for row in rows:
            # Articles retold only teach.
            if fold_of.get(row.article) == fold:
                score = sum(weights[row.lang].get(feature, 0.0) for feature in ["bias", *row.features])
                scores[row.article, row.form].append((score, row.is_partner))
        for found in scores.values():
            # As ``likelihood.probabilities`` does: what is written alike is judged alike.
            mean = sum(score for score, _ in found) / len(found)
            counts.update((1 / (1 + math.exp(-mean)) >= _LIKELY, label) for _, label in found)
    right = counts[True, True]
    return (
        f"{sum(counts.values())} runs, {_FOLDS} folds: "
        f"precision {right / max(1, right + counts[True, False]):.3f}, "
        f"recall {right / max(1, right + counts[False, True]):.3f}"
    )


def main() -> None:
    """Train on all gold to learn from and write the weights."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    pairs = [*read_written(WRITTEN), *read_all_gold()]
    gold = {article.id: record for article, record in pairs}
    rows = list(make_rows(make_documents((article for article, _ in pairs), Settings()), gold))
    print(judge(rows))
    write(rows)


def write(rows: list[Row]) -> None:
    """Fit on all examples and write one file a language."""
    for lang, weights in fit(rows).items():
        path = Path(__file__).parent.parent / "kg" / "languages" / lang / "names_weights.json"
        path.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
