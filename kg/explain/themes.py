"""A reading in; out: which sectors and activities of its reports are not named where these are told, which
other sentences name them, and which words tell those that none names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.explain.readings import Reading
from kg.explain.values import Theme

if TYPE_CHECKING:
    from kg.model import Report
    from kg.reports.scenes import Scene
    from kg.reports.weights import Models
    from kg.weights import FeatureModel

#: So many words or sentences are told for each.
_MOST = 3


def find_themes(reading: Reading) -> tuple[tuple[Theme, ...], ...]:
    """For each report its sectors and activities that its own sentences do not name."""
    from kg.reports import make_scenes

    if not reading.reports:
        return ()
    thresholds = reading.models.thresholds
    scenes = make_scenes(reading.doc, reading.passages, reading.partners, reading.links, thresholds)
    numbers = {span.start_char: number for number, span in reading.sentences}
    pairs = zip(scenes, reading.reports, strict=True)
    return tuple(tuple(_themes(reading.models, scene, report, numbers)) for scene, report in pairs)


def _themes(models: Models, scene: Scene, report: Report, numbers: Mapping[int, int]) -> Iterator[Theme]:
    for label, topics in (("sector", report.sectors), ("activity", report.activities)):
        model = models.words[label]
        for topic in topics:
            passages = [p for p, mention in scene.setting.mentions.get(label, ()) if mention.ref == topic]
            away = {numbers[p.start]: abs(scene.distance(p)) for p in passages}
            if away and min(away.values()):
                yield Theme(topic, (), tuple(sorted(sorted(away, key=away.__getitem__)[:_MOST])))
            elif not away and topic in model.labels:
                yield Theme(topic, tuple(_telling(scene, model, model.labels.index(topic))))


def _telling(scene: Scene, model: FeatureModel, label: int) -> Iterator[str]:
    """The words that weigh most, each once: a beginning that they share with another word says no more."""
    from kg.reports.themes import theme_features

    features = theme_features(scene)
    _, shares = model.shares_of(features, label)
    ranked = sorted(zip(shares, features, strict=True), key=lambda item: (-item[0], item[1]))
    words = [f for share, f in ranked if share > 0 and not f.startswith(("type=", "stem="))]
    seen = dict.fromkeys(feature.partition("=")[2] for feature in words)
    yield from list(seen)[:_MOST]
