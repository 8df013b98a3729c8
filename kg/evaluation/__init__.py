"""How good the extraction is: predicted records against gold, in figures and in errors."""

from kg.evaluation.comparisons import Comparison, compare
from kg.evaluation.gold import read_clusters, read_learned, read_records
from kg.evaluation.mistakes import MISTAKES, Mistake, count_mistakes, find_mistakes
from kg.evaluation.scores import Figure, Scores, align, give_keys, score
from kg.evaluation.summary import FIGURES, Evaluation, as_record, evaluate

__all__ = [
    "FIGURES",
    "MISTAKES",
    "Comparison",
    "Evaluation",
    "Figure",
    "Mistake",
    "Scores",
    "align",
    "as_record",
    "compare",
    "count_mistakes",
    "evaluate",
    "find_mistakes",
    "give_keys",
    "read_clusters",
    "read_learned",
    "read_records",
    "score",
]
