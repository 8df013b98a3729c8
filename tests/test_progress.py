"""How far a matter got: what a rule settles after the model has spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import read_document, read_passages

from kg.model import STATUSES
from kg.reports.grouping import Draft
from kg.reports.progress import choose_statuses, status_features
from kg.reports.scenes import Scene, Setting
from kg.reports.weights import load_models
from kg.weights import FeatureModel


def scene_of(text: str, lang: str, *passages: int, kind: str = "agreement") -> Scene:
    read, partners = read_passages(read_document(text, lang))
    return Scene(Draft(kind, frozenset({0, 1}), passages or (0,), 0.5), Setting(read, partners, None, lang))


@pytest.mark.parametrize(
    ("text", "lang", "kind", "status"),
    [
        ("Vietnam and France have a strategic partnership.", "en", "agreement", "ongoing"),
        ("Vietnam and France proclaimed a strategic partnership.", "en", "agreement", "concluded"),
        ("Vietnam and France have had a strategic partnership since 2013.", "en", "agreement", "concluded"),
        ("Vietnam and France have a strategic partnership.", "en", "meeting", "concluded"),
        ("Vietnam and France have an agreement.", "en", "agreement", "concluded"),
        ("Le Vietnam et la France sont liés par un partenariat stratégique.", "fr", "agreement", "ongoing"),
        ("Le Vietnam et la France ont noué un partenariat stratégique.", "fr", "agreement", "concluded"),
        (
            "Le Vietnam et la France avaient élevé leurs relations au rang de partenariat stratégique.",
            "fr",
            "agreement",
            "ongoing",
        ),
        ("Quan hệ đối tác chiến lược giữa Việt Nam và Pháp rất tốt.", "vi", "agreement", "ongoing"),
        ("Việt Nam và Pháp nâng cấp lên đối tác chiến lược.", "vi", "agreement", "concluded"),
    ],
)
def test_a_standing_relationship_without_a_date_is_in_force(
    text: str, lang: str, kind: str, status: str
) -> None:
    sure = tuple(4.0 if name == "concluded" else 0.0 for name in STATUSES)
    models = replace(load_models(), status=FeatureModel(STATUSES, {}, sure))
    assert choose_statuses([scene_of(text, lang, kind=kind)], models) == [status]


def test_the_signs_of_the_sentence_before_are_features_of_the_status() -> None:
    text = "Nokia hopes to win. Nokia and FPT signed an agreement."
    assert "earlier=here:wish" in status_features(scene_of(text, "en", 1))
    assert not [f for f in status_features(scene_of(text, "en", 0)) if f.startswith("earlier=")]
