"""Figures may not fall: what was measured before and now in, a sentence for each figure that fell out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.evaluation.names import ALL

#: A figure may be lower than before by so much: less than one article more or less in a small language.
TOLERANCE = 0.01


def ratchet_figures(record: Mapping[str, Any]) -> dict[str, float]:
    """Choose from ``summary.as_record`` the figures that may not fall; in all of them more is better."""
    figures: dict[str, float] = {}
    for where, scores in record["scores"].items():
        for name, values in scores.items():
            figures[f"{name}:{where}"] = values["accuracy" if name == "status" else "f1"]
    for where, values in ((record["names"] or {}).get("figures", {}).get(ALL, {})).items():
        figures[f"names:{where}"] = values["recall"]
    if record["identity"]:
        figures["identity:all"] = record["identity"]["all"]["f1"]
        figures["identity:in clusters"] = record["identity"]["in clusters"]["f1"]
    if record["negatives"]["articles"]:
        figures["silence:all"] = round(1 - record["negatives"]["per_article"], 4)
    figures["calibration:all"] = round(1 - record["calibration"]["error"], 4)
    return figures


def find_fallen(before: Mapping[str, float], now: Mapping[str, float]) -> Iterator[str]:
    """Say of each figure that is gone or more than ``TOLERANCE`` lower what it was and what it is."""
    for name, value in before.items():
        if name not in now:
            yield f"{name} was {value:.3f} and is no longer measured"
        # Both are rounded to four decimals, so that a fall of exactly the tolerance is one of floating point.
        elif value - now[name] > TOLERANCE + 1e-9:
            yield f"{name} was {value:.3f} and is {now[name]:.3f}"
