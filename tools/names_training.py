"""What runs of capitalised words teach of partners' names: examples in, weights of each language out.

An article's own examples must not judge it when others are to learn from what is found there: ``unseen``
gives each article the names that weights find which have not seen it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from measure_names import normalise
from spacy.tokens import Doc
from training_data import origin_of, weight_of

from kg.mentions import likelihood
from kg.mentions.organisations import examples
from kg.names.texts import read_text

#: A word beside the run is a feature from this many runs on.
_SEEN = 6
_STRENGTH = 0.1
#: Smaller weights change nothing.
_LEAST = 0.01
#: The articles are judged in this many parts, each by what was learnt from the others.
FOLDS = 5
Weights = dict[str, dict[str, float]]


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


def make_rows(docs: Iterable[Any], gold: Mapping[str, dict[str, Any]]) -> Iterator[Row]:
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
    return {name: round(weight, 3) for name, weight in sorted(own.items()) if abs(weight) >= _LEAST}


def folds_of(articles: Iterable[str]) -> dict[str, int]:
    """The part that each article is dealt to; what retells another is with it."""
    names = sorted({origin_of(article) for article in articles})
    return {name: number % FOLDS for number, name in enumerate(names)}


def fit_folds(rows: list[Row], fold_of: Mapping[str, int]) -> list[Weights]:
    """For each part the weights that the others teach."""
    return [fit([row for row in rows if fold_of[origin_of(row.article)] != fold]) for fold in range(FOLDS)]


def unseen(
    docs: Iterable[Doc], gold: Mapping[str, dict[str, Any]]
) -> Callable[[str], AbstractContextManager[Any]]:
    """For each article the weights in force that have not seen it."""
    rows = list(make_rows(docs, gold))
    fold_of = folds_of(gold)
    folds = fit_folds(rows, fold_of)
    return lambda article: mock.patch.object(
        likelihood, "_weights", folds[fold_of[origin_of(article)]].__getitem__
    )
