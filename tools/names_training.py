"""What runs of capitalised words teach of partners' names: examples in, a model of them out.

An article's own examples must not judge it when others are to learn from what is found there: ``unseen``
gives each article the names that a model finds which has not seen it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from typing import Any
from unittest import mock

import numpy as np
from measure_names import normalise
from network_training import Recipe, fit_network
from scipy.sparse import csr_matrix
from spacy.tokens import Doc
from training_data import WRITTEN, origin_of, read_sentences, weight_of

from kg.documents import make_documents
from kg.mentions import likelihood
from kg.mentions.organisations import examples
from kg.names.texts import read_text
from kg.settings import Settings
from kg.weights import FeatureModel, Network

#: A word beside the run is a feature from this many runs on.
_SEEN = 6
_STRENGTH = 0.1
#: Chosen by what unseen articles say.
_RECIPE = Recipe(epochs=10, batch=64)
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


def sentence_rows() -> Iterator[Row]:
    """Yield the runs of the sentences written for their names; they only teach."""
    sentences = list(read_sentences(WRITTEN))
    docs = make_documents((article for article, _ in sentences), Settings())
    return make_rows(docs, {article.id: gold for article, gold in sentences})


def _forms(record: dict[str, Any]) -> set[str]:
    partners = (
        p for part in ("events", "optional_events") for e in record.get(part, []) for p in e["partners"]
    )
    return {normalise(form) for p in partners if p["kind"] != "country" for form in (p["name"], *p["match"])}


def fit(rows: Sequence[Row]) -> FeatureModel:
    """Fit the weights, and a network beside them; the labels of the model are the languages."""
    languages = sorted({row.lang for row in rows})
    seen = Counter(name for row in rows for name in set(row.features))
    names = sorted(name for name, count in seen.items() if count >= _SEEN)
    own = _fit_weights(rows, languages)
    bias = tuple(own[lang].pop("bias", 0.0) for lang in languages)
    weights = {name: tuple(own[lang].get(name, 0.0) for lang in languages) for name in names}
    return FeatureModel(tuple(languages), weights, bias, _fit_network(rows, languages, names))


def _fit_network(rows: Sequence[Row], languages: Sequence[str], names: Sequence[str]) -> Network:
    """All languages share the units; an example counts for the label of its own."""
    column = {name: number for number, name in enumerate(names)}
    found = [sorted({column[name] for name in row.features if name in column}) for row in rows]
    ends = np.cumsum([0, *map(len, found)])
    indices = np.fromiter(chain.from_iterable(found), dtype=np.int64)
    matrix = csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=(len(rows), len(names)))
    answers = np.array([[row.is_partner] * len(languages) for row in rows], dtype=np.float32)
    counted = np.array([[row.weight * (row.lang == lang) for lang in languages] for row in rows], np.float32)
    return fit_network(matrix, answers, counted / counted.sum(axis=1).mean(), _RECIPE, exclusive=False)


def _fit_weights(rows: Sequence[Row], languages: Sequence[str]) -> Weights:
    """The weights of each language, the bias among them.

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
    return {lang: _own_weights(lang, languages, learnt) for lang in languages}


def _own_weights(lang: str, languages: Sequence[str], learnt: Mapping[str, float]) -> dict[str, float]:
    own: dict[str, float] = {}
    for name, weight in learnt.items():
        prefix, _, rest = name.partition(":")
        if prefix not in languages:
            own[name] = own.get(name, 0.0) + weight
        elif prefix == lang:
            own[rest] = own.get(rest, 0.0) + weight
    return own


def folds_of(articles: Iterable[str]) -> dict[str, int]:
    """The part that each article is dealt to; what retells another is with it."""
    names = sorted({origin_of(article) for article in articles})
    return {name: number % FOLDS for number, name in enumerate(names)}


def fit_folds(rows: list[Row], fold_of: Mapping[str, int]) -> list[FeatureModel]:
    """For each part the model that the others teach, and what is dealt to none."""
    part_of = [fold_of.get(origin_of(row.article)) for row in rows]
    return [
        fit([row for row, part in zip(rows, part_of, strict=True) if part != fold]) for fold in range(FOLDS)
    ]


def unseen(
    docs: Iterable[Doc], gold: Mapping[str, dict[str, Any]]
) -> Callable[[str], AbstractContextManager[Any]]:
    """For each article the model in force that has not seen it."""
    rows = [*make_rows(docs, gold), *sentence_rows()]
    fold_of = folds_of(gold)
    folds = fit_folds(rows, fold_of)
    return lambda article: mock.patch.object(
        likelihood, "load_names", return_value=folds[fold_of[origin_of(article)]]
    )
