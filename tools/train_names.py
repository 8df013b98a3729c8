"""Learn which runs of capitalised words name partners, from the training gold; write
mentions/weights/names.npz and languages/*/common_words.txt.

In: articles and gold (JSON Lines) and the written articles of samples/training. Out: the model, and the words
that articles write in small letters: the same each time; on standard output how well articles left out of the
learning are judged. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from learning import write_model
from names_training import FOLDS, Row, fit, fit_folds, folds_of, make_rows, sentence_rows
from training_data import WRITTEN, read_all_gold, read_written

from kg.documents import make_documents
from kg.mentions.organisations import LIKELY
from kg.model import Article
from kg.names.words import split_words
from kg.settings import Settings

_PACKAGE = Path(__file__).resolve().parent.parent / "kg"
_LANGUAGES = _PACKAGE / "languages"
_WEIGHTS = _PACKAGE / "mentions" / "weights"
#: So many articles write a word in small letters.
_COMMON = 3


def judge(rows: list[Row], sentences: list[Row]) -> str:
    """Return precision and recall over articles that the learning did not see, by cross-validation; the
    ``sentences`` only teach.
    """
    counts: Counter[tuple[bool, bool]] = Counter()
    fold_of = folds_of(row.article for row in rows)
    for fold, model in enumerate(fit_folds(rows + sentences, fold_of)):
        scores: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
        for row in rows:
            # Articles retold only teach.
            if fold_of.get(row.article) == fold:
                score = model.scores(row.features)[model.labels.index(row.lang)]
                scores[row.article, row.form].append((score, row.is_partner))
        for found in scores.values():
            # As ``likelihood.probabilities`` does: what is written alike is judged alike.
            mean = sum(score for score, _ in found) / len(found)
            counts.update((1 / (1 + math.exp(-mean)) >= LIKELY, label) for _, label in found)
    right = counts[True, True]
    return (
        f"{sum(counts.values())} runs, {FOLDS} folds: "
        f"precision {right / max(1, right + counts[True, False]):.3f}, "
        f"recall {right / max(1, right + counts[False, True]):.3f}"
    )


def main() -> None:
    """Train on all gold to learn from and write the weights."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    pairs = [*read_written(WRITTEN), *read_all_gold()]
    gold = {article.id: record for article, record in pairs}
    write_common_words(article for article, _ in pairs)
    docs = make_documents((article for article, _ in pairs), Settings())
    rows = list(make_rows(docs, gold))
    sentences = list(sentence_rows())
    print(judge(rows, sentences))
    _WEIGHTS.mkdir(exist_ok=True)
    write_model(fit(rows + sentences), _WEIGHTS / "names.npz")


def write_common_words(articles: Iterable[Article]) -> None:
    """Write the words that several articles of a language have in small letters."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        small = (word.fold for word in split_words(article.text) if word.text.islower())
        counts[str(article.lang)].update({word for word in small if word.isalpha() and len(word) > 1})
    for lang, found in counts.items():
        common = sorted(word for word, count in found.items() if count >= _COMMON)
        (_LANGUAGES / lang / "common_words.txt").write_text("\n".join(common) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
