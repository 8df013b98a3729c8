"""The figures of evaluation.json in; EVALUATION.md and the reliability picture out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Values = Mapping[str, Any]

FIGURES = ("triple", "partner", "event", "edge", "status", "activity", "date")
#: What the project set itself: overall, and in each language.
GOALS = {
    "triple": (0.62, 0.56),
    "partner": (0.74, 0.68),
    "event": (0.74, 0.68),
    "status": (0.85, None),
    "date": (0.72, None),
    "activity": (0.58, None),
}
_FROM = "<!-- Written by `make evaluate` from evaluation.json: do not edit by hand. -->"


def render(values: Values) -> str:
    """The whole document; the same figures give the same text."""
    parts = [
        _head(values),
        _scores(values),
        _unseen(values),
        _cross_validation(values),
        _names(values["dev"]),
        _negatives(values),
    ]
    parts += [_calibration(values["dev"]["calibration"]), _identity(values), _mistakes(values["dev"]), _TAIL]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _head(values: Values) -> str:
    dev = values["dev"]
    counts = ", ".join(f"{n} {lang}" for lang, n in dev["articles_by_language"].items() if lang != "all")
    dates = sorted(set(values["codebook"].values()))
    books = dates[0] if len(dates) == 1 else ", ".join(f"{k} {v}" for k, v in values["codebook"].items())
    return f"""# How good the extraction is

{_FROM}

Version {values["version"]}, codebook of {books}. Measured on the held-out half of `samples/gold/dev`:
{dev["articles"]} articles ({counts}) that no model was trained on. The models learned from the other
half, which `samples/gold/dev.learned.json` lists; articles that tell of the same happenings are on one side.
All are synthetic, written in the manner of the press and annotated after `samples/gold/GUIDELINES.md`. Every
figure can be checked: `make evaluate` writes this page
anew, `kg evaluate` prints the figures, `kg evaluate --errors errors.html` shows every error beside its
text, and `samples/gold/score.py` is the reference scorer, with which `kg evaluate` agrees (a test compares
them)."""


def _scores(values: Values) -> str:
    scores = values["dev"]["scores"]
    languages = list(scores)
    rows = []
    for name in FIGURES:
        overall, each = GOALS.get(name, (None, None))
        goal = f"{overall:.2f}" + (f" ({each:.2f})" if each else "") if overall else ""
        low, high = values["dev"]["ranges"]["all"][name]
        cells = (f"{_value(scores[where], name):.3f}" for where in languages)
        rows.append((name, *cells, f"{low:.2f}-{high:.2f}", goal))
    both = []
    for name in FIGURES:
        if name != "status":
            cells = (
                f"{scores[w][name]['precision']:.3f} / {scores[w][name]['recall']:.3f}" for w in languages
            )
            both.append((name, *cells))
    return f"""## The figures

{_table(("F1", *languages, "by chance, all", "goal (each language)"), rows)}

- **triple**: partner, event type, sector, in each article: who does what about what. The first figure.
- **partner**: partner and event type. **edge**: two partners and an event type, the links of the network.
- **event**: whole events of the same type, aligned by the partners that they share.
- **status**: of the events that were found, the share whose status (proposed, planned, concluded, ongoing,
  ended) is right. **activity**, **date**: of the events that were found.

By chance: had other articles of the same kind been drawn, nine in ten draws would give an overall figure
between these ends (1,000 draws with replacement of the articles themselves). A change within them may still
be one, as every version reads the same articles.

F1 is the harmonic mean of precision (of what is found, the share that is right) and recall (of what is
there, the share that is found); 1 is perfect. For comparison: two careful readers reach a triple F1 of 0.94
(French), 0.93 (English) and 0.87 (Vietnamese) against each other; joining whatever names stand in one
sentence with a keyword reaches 0.10.

{_table(("precision / recall", *languages), both)}"""


def _unseen(values: Values) -> str:
    unseen = values["unseen"]
    scores, held_out = unseen["scores"], values["dev"]["scores"]["all"]
    rows = [
        (name, *(f"{_value(scores[where], name):.3f}" for where in scores), f"{_value(held_out, name):.3f}")
        for name in FIGURES
    ]
    return f"""## On news that was written later

`samples/unseen` holds {unseen["articles"]} articles, written when the rules and models were there, by
people who knew only the guidelines and some articles to learn from. No model learns from them and no
threshold is chosen on them; how they came about and which of them were looked at since says
`samples/unseen/README.md`. They are denser than the gold and take more of the world's long tail.

{_table(("F1", *scores, "held out, all"), rows)}"""


def _value(scores: Values, name: str) -> float:
    return float(scores[name]["accuracy" if name == "status" else "f1"])


def _cross_validation(values: Values) -> str:
    measured = values["cross_validation"]
    if not measured:
        return ""
    figures = dict(_flat(measured["figures"]))
    languages = [where for where in values["dev"]["scores"] if any(key[1] == where for key in figures)]
    scores = values["dev"]["scores"]
    rows = [
        (name, *(f"{figures[name, where]:.3f}" if (name, where) in figures else "" for where in languages),
         f"{_value(scores['all'], name):.3f}")
        for name in FIGURES
        if any(key[0] == name for key in figures)
    ]  # fmt: skip
    return f"""## On articles that the models learned from, each left out in turn

Cross-validation in {measured["folds"]} folds over the {measured.get("articles", "")} articles of
`samples/gold/train` and of the learned half of `dev`: each is read by models that were trained without it and
without any other article that tells of the same (`python tools/train_reports.py --measure`). Words that name
a sector or an activity in no other article are passed over, as many were found in these very articles.
The thresholds are chosen on the same articles, so that these figures are a little too good. They are measured
when the weights are learned; rules that come later are not in them. Where they lie far above those on the
held-out half, something was fitted to its articles.

{_table(("F1", *languages, "held out, all"), rows)}"""


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, str], float]]:
    """Figures by (name, language) from any nesting of both ("triple:all", triple -> all -> f1, ...)."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, (*path, *str(key).split(":")))
    elif isinstance(value, int | float):
        if path[-1] in ("f1", "accuracy"):
            path = path[:-1]
        names = [part for part in path if part in FIGURES]
        if len(path) <= 2 and names:
            yield (names[0], next((part for part in path if part not in FIGURES), "all")), float(value)


def _names(dev: Values) -> str:
    names = dev["names"]
    if not names:
        return ""
    languages = list(dev["scores"])
    rows = []
    for kind, by_language in names["figures"].items():
        one = by_language["all"]
        recalls = (f"{by_language[w]['recall']:.3f}" if w in by_language else "" for w in languages)
        rows.append(
            (kind, one["found"] + one["missed"], f"{one['precision']:.3f}", f"{one['f1']:.3f}", *recalls)
        )
    heading = ("kind", "in gold", "precision", "F1", *(f"recall {where}" for where in languages))
    return f"""## Names by themselves

Whether the partners of the gold are found in the text at all, whatever is said of them: distinct partners
of an article, by kind. Precision is a lower bound, since names that take part in no event are not in the
gold. Of the partners that are found, {names["kind_accuracy"]:.3f} have the right kind.

{_table(heading, rows)}"""


def _negatives(values: Values) -> str:
    item = values["dev"]["negatives"]
    return f"""## Articles that state no cooperation

{item["articles"]} articles have no event in the gold; {item["silent"]} of them yield no report. All of them
together yield {item["reports"]}, which is {item["per_article"]:.2f} an article; the goal is 0.10 at most."""


def _calibration(calibration: Values) -> str:
    rows = [
        (
            f"{b['low']:.1f}–{b['high']:.1f}",
            b["reports"],
            f"{b['confidence']:.3f}",
            f"{b['right'] / b['reports']:.3f}",
        )
        for b in calibration["bins"]
    ]
    return f"""## What confidence means

Of the reports at confidence 0.8, about eight in ten should be right. A report is right when it is aligned
with a gold event of its type. On average confidence and truth lie {calibration["error"]:.3f} apart
(expected calibration error); the Brier score is {calibration["brier"]:.3f}.

![Reliability: the share of right reports by confidence](docs/reliability.svg)

{_table(("confidence", "reports", "mean confidence", "right"), rows)}"""


def _identity(values: Values) -> str:
    rows = []
    for words, item in (
        ("as read", values["dev"]["identity"]),
        ("gold events merged", values["identity_of_gold"]),
    ):
        for scope, one in (item or {}).items():
            cells = (f"{one[name]:.3f}" for name in ("precision", "recall", "f1"))
            rows.append((words, scope, *cells, one["events"]))
    return (
        f"""## The same event in several articles

B-cubed over the gold events that a report is aligned with, as `samples/gold/cluster_score.py` prints it;
"in clusters" leaves out what stands alone on both sides. The second pair merges the gold events themselves,
so that it shows what merging loses when reading loses nothing.

{_table(("reports", "scope", "precision", "recall", "F1", "events"), rows)}"""
        if rows
        else ""
    )


def _mistakes(dev: Values) -> str:
    languages = [where for where in dev["scores"] if where != "all"]
    rows = [
        (item["kind"], item["side"], item["all"], *(item.get(where, 0) for where in languages))
        for item in sorted(dev["mistakes"], key=lambda item: -item["all"])
    ]
    return f"""## What goes wrong

Facts that only the gold has (missed), only the program has (extra), or both have differently (wrong).

{_table(("error", "side", "all", *languages), rows)}"""


_TAIL = """## How these figures are kept

`tests/test_ratchet.py` measures anew and fails when a figure lies more than 0.01 below `evaluation.json`. A
figure that was meant to fall, or one that has risen, is written down by `make evaluate`, and stands in the
change that caused it."""


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [" | ".join(map(str, row)) for row in rows]
    ruler = " | ".join(["---", *["---:"] * (len(heading) - 1)])
    return "\n".join(f"| {line} |" for line in (" | ".join(heading), ruler, *lines))


# --- the picture ------------------------------------------------------------------------------------------

_SIDE, _LEFT, _TOP = 320, 52, 16


def reliability_picture(bins: Sequence[Values]) -> str:
    """A square with the diagonal of perfect calibration and a disc a bin, its area the number of reports."""
    most = max((item["reports"] for item in bins), default=1)
    discs = []
    for item in bins:
        share = item["right"] / item["reports"]
        x, y = _x(item["confidence"]), _y(share)
        words = f"{item['reports']} reports at {item['confidence']:.2f}: {share:.2f} right"
        radius = 3 + 11 * (item["reports"] / most) ** 0.5
        discs.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{words}</title></circle>')
    ticks = []
    for step in range(0, 11, 2):
        share = step / 10
        ticks.append(
            f'<path d="M{_x(share):.0f} {_y(0):.0f}V{_y(1):.0f}M{_x(0):.0f} {_y(share):.0f}H{_x(1):.0f}"/>'
        )
        ticks.append(
            f'<text x="{_x(share):.0f}" y="{_y(0) + 18:.0f}" text-anchor="middle">{share:.1f}</text>'
        )
        ticks.append(f'<text x="{_LEFT - 8}" y="{_y(share) + 4:.0f}" text-anchor="end">{share:.1f}</text>')
    width, height = _LEFT + _SIDE + 20, _TOP + _SIDE + 48
    body = "\n".join(ticks)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"
 font-family="system-ui, sans-serif" font-size="12" fill="#37424f" role="img">
<rect width="{width}" height="{height}" fill="#ffffff"/>
<style>path {{ stroke: #e4e6e9; fill: none; }}</style>
{body}
<path d="M{_x(0):.0f} {_y(0):.0f}L{_x(1):.0f} {_y(1):.0f}" style="stroke: #6b7683; stroke-dasharray: 4 4"/>
<g fill="#2f5d8a" fill-opacity="0.8">
{chr(10).join(discs)}
</g>
<text x="{_x(0.5):.0f}" y="{height - 8}" text-anchor="middle">confidence</text>
<text transform="translate(14 {_y(0.5):.0f}) rotate(-90)" text-anchor="middle">share that is right</text>
</svg>
"""


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIDE
