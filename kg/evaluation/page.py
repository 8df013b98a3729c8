"""Write the errors page: every missed and every extra fact beside its text, in one HTML file.

What articles and records say only ever becomes text: the template escapes all of it, and the page's own
policy admits no other program than the one that it brings.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from kg.evaluation.comparisons import Comparison
from kg.evaluation.mistakes import MISTAKES, SIDES, Mistake
from kg.evaluation.scores import Record
from kg.evaluation.summary import Evaluation
from kg.model import EVENT_TYPES

_FILES = files("kg.evaluation") / "errors"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks; ``at`` names the events that quote it ("g0 p2")."""

    text: str
    classes: str
    at: str


@dataclass(frozen=True, slots=True)
class Row:
    """An event of the gold and its counterpart, either of which may be missing."""

    at: str
    state: str
    gold: Mapping[str, Any] | None
    predicted: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    name: str
    at: str


def write_page(evaluation: Evaluation, texts: Mapping[str, str], path: Path, *, title: str) -> None:
    """Write all mistakes, the articles with the most first; ``texts`` are the articles' texts by id."""
    by_article: dict[str, list[Mistake]] = {}
    for mistake in evaluation.mistakes:
        by_article.setdefault(mistake.article, []).append(mistake)
    comparisons = [item for item in evaluation.comparisons if item.id in by_article]
    comparisons.sort(key=lambda item: (-len(by_article[item.id]), item.id))
    script = (_FILES / "errors.js").read_text(encoding="utf-8")
    template = Environment(autoescape=True).from_string((_FILES / "errors.html").read_text(encoding="utf-8"))
    page = template.render(
        title=title,
        style=Markup((_FILES / "errors.css").read_text(encoding="utf-8")),
        script=Markup(script),
        hash="sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        total=len(evaluation.mistakes),
        filters=_filters(evaluation),
        meanings=MISTAKES,
        articles=[_article(item, by_article[item.id], texts.get(item.id, "")) for item in comparisons],
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def _filters(evaluation: Evaluation) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Attribute, label and choices with their numbers of mistakes."""
    orders: list[tuple[str, str, Iterable[str]]] = [
        ("lang", "language", evaluation.languages),
        ("kind", "error", MISTAKES),
        ("side", "side", SIDES),
        ("type", "event type", EVENT_TYPES),
    ]
    found = []
    for name, label, order in orders:
        counts = Counter(str(getattr(item, name)) for item in evaluation.mistakes)
        found.append((name, label, [(value, counts[value]) for value in order if counts[value]]))
    return found


def _article(comparison: Comparison, mistakes: list[Mistake], text: str) -> dict[str, Any]:
    return {
        "id": comparison.id,
        "lang": comparison.lang,
        "segments": list(segments(text, _spans(comparison, mistakes, text))),
        "rows": list(_rows(comparison)),
        "mistakes": [(item, _at(item.gold, item.predicted)) for item in mistakes],
    }


# --- text -------------------------------------------------------------------------------------------------


def segments(text: str, spans: Iterable[_Span]) -> Iterator[Segment]:
    """Cut the text wherever a span begins or ends; together the segments are the whole text."""
    spans = list(spans)
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    for start, end in pairwise(cuts):
        over = [span for span in spans if span.start <= start and end <= span.end]
        names, places = ({span.name for span in over}, {span.at for span in over if span.at})
        yield Segment(text[start:end], " ".join(sorted(names)), " ".join(sorted(places)))


def _spans(comparison: Comparison, mistakes: Iterable[Mistake], text: str) -> Iterator[_Span]:
    sides = (("gold", "g", comparison.gold), ("predicted", "p", comparison.predicted))
    for name, letter, events in sides:
        for number, event in enumerate(events):
            for quote in event.get("evidence", ()):
                for start, end in _places(text, quote):
                    yield _Span(start, end, name, f"{letter}{number}")
    lost = {item.partner for item in mistakes if item.kind == "partner not found"}
    for partner in (partner for event in comparison.gold for partner in event["partners"]):
        if partner["name"] in lost:
            for form in partner.get("match", ()):
                for match in re.finditer(rf"(?<!\w){_pattern(form)}(?!\w)", text):
                    yield _Span(match.start(), match.end(), "lost", "")


def _places(text: str, quote: Any) -> Iterator[tuple[int, int]]:
    """Where a quote stands: predicted ones say it, gold ones are looked for, white space aside."""
    if isinstance(quote, dict):
        start, end = quote.get("start"), quote.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            yield start, end
            return
        quote = quote.get("text", "")
    match = re.search(_pattern(str(quote)), text) if str(quote).strip() else None
    if match:
        yield match.span()


def _pattern(words: str) -> str:
    escaped = r"\s+".join(map(re.escape, words.split()))
    return re.sub("['’]", "['’]", escaped)


# --- events -----------------------------------------------------------------------------------------------


def _rows(comparison: Comparison) -> Iterator[Row]:
    """Aligned events first, then those of the gold, the optional and the predicted ones that stand alone."""
    gold, predicted = comparison.gold, comparison.predicted
    for i, j in sorted(comparison.pairs):
        yield Row(
            _at(i, j), "aligned", _event(gold[i], predicted[j]), _event(predicted[j], gold[i], is_gold=False)
        )
    for i in sorted(set(range(len(gold))) - {i for i, _ in comparison.pairs}):
        yield Row(_at(i, None), "missed", _event(gold[i], None), None)
    for i, j in sorted(comparison.free):
        wanted = comparison.optional[i]
        yield Row(_at(None, j), "optional", _event(wanted, None), _event(predicted[j], wanted, is_gold=False))
    for j in sorted(set(range(len(predicted))) - comparison.right):
        yield Row(_at(None, j), "extra", None, _event(predicted[j], None, is_gold=False))


def _event(event: Record, other: Record | None, *, is_gold: bool = True) -> dict[str, Any]:
    """The parts of an event; each is (words, whether the other side lacks it)."""
    keys = None if other is None else {partner["key"] for partner in other["partners"]}
    names = [
        (
            partner.get("name") if is_gold else partner.get("label"),
            keys is not None and partner["key"] not in keys,
        )
        for partner in event["partners"]
    ]
    return {
        "type": event["type"],
        "partners": names,
        "details": [
            *_detail(event, other, "status"),
            *(part for name in ("sectors", "activities") for part in _list(event, other, name)),
            *_detail(event, other, "date"),
        ],
        "confidence": None if is_gold else event.get("confidence"),
        "rule": None if is_gold else event.get("rule"),
    }


def _detail(event: Record, other: Record | None, name: str) -> list[tuple[str, bool]]:
    value = event.get(name)
    allowed = {(other or {}).get(name), *(other or {}).get(f"{name}_also", ())}
    return [(str(value), other is not None and value not in allowed)] if value else []


def _list(event: Record, other: Record | None, name: str) -> list[tuple[str, bool]]:
    allowed = {*(other or {}).get(name, ()), *(other or {}).get(f"{name}_optional", ())}
    return [(str(value), other is not None and value not in allowed) for value in event.get(name, ())]


def _at(gold: int | None, predicted: int | None) -> str:
    places = ("g", gold), ("p", predicted)
    return " ".join(f"{letter}{number}" for letter, number in places if number is not None)
