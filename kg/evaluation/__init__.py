"""How good the extraction is: predicted records against gold, in figures and in errors."""

from kg.evaluation.scores import Figure, Scores, align, give_keys, score

__all__ = ["Figure", "Scores", "align", "give_keys", "score"]
