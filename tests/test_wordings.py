"""How far a draft got is read from the wording that tells it, and from where in the article it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from marked import read_passages

from kg.documents import make_documents
from kg.model import Article
from kg.reports.grouping import Draft
from kg.reports.progress import status_features
from kg.reports.scenes import Scene, Setting
from kg.reports.wordings import telling_trigger, wording_features
from kg.settings import Settings

BOTH = "Intel has signed an agreement with FPT, and Samsung will sign a contract with Viettel next year."


def scene(text: str, names: tuple[str, ...], *, lang: str = "en", kind: str = "agreement") -> Scene:
    """Make a draft of the named partners, told in the first sentence."""
    article = Article("wording", text, lang=lang, published=date(2025, 9, 19))
    (doc,) = make_documents([article], Settings())
    passages, partners = read_passages(doc)
    numbers = frozenset(n for n, partner in enumerate(partners) if partner.label in names)
    assert len(numbers) == len(names), [partner.label for partner in partners]
    return Scene(Draft(kind, numbers, (0,), 0.9), Setting(passages, partners, article.published, lang))


def test_the_trigger_nearest_to_the_partners_tells_of_them() -> None:
    for names, verb in ((("Intel", "FPT"), "signed"), (("Samsung", "Viettel"), "sign")):
        trigger = telling_trigger(scene(BOTH, names))
        assert trigger is not None
        assert BOTH.index(verb + " a") <= trigger.start < BOTH.index(verb + " a") + len(verb) + 13
    assert telling_trigger(scene("Intel and FPT.", ("Intel", "FPT"))) is None


def test_one_matter_is_not_coloured_by_its_neighbour() -> None:
    done = set(wording_features(scene(BOTH, ("Intel", "FPT"))))
    to_come = set(wording_features(scene(BOTH, ("Samsung", "Viettel"))))
    assert "stretch=future" in to_come
    assert "stretch=future" not in done
    assert any(feature.startswith("form=have:Pres") for feature in done)
    assert any(feature.startswith("form=will") for feature in to_come)


@pytest.mark.parametrize(
    ("lang", "text", "feature", "is_told"),
    [
        ("en", "Vietnam proposes that Japan sign an agreement.", "above=propose", True),
        ("en", "Vietnam and Japan signed an agreement.", "above=propose", False),
        ("fr", "Le Vietnam souhaite signer un accord avec le Japon.", "above=souhaiter", True),
        ("fr", "Le Vietnam a signé un accord avec le Japon.", "above=souhaiter", False),
        ("vi", "Việt Nam sẽ ký hiệp định với Nhật Bản.", "left=sẽ", True),
        ("vi", "Việt Nam đã ký hiệp định với Nhật Bản.", "left=sẽ", False),
        ("vi", "Việt Nam đã ký hiệp định với Nhật Bản.", "left=đã", True),
    ],
)
def test_what_stands_above_or_before_a_trigger_colours_it(
    lang: str, text: str, feature: str, is_told: bool
) -> None:
    found = set(wording_features(scene(text, ("Vietnam", "Japan"), lang=lang)))
    assert (feature in found) is is_told


def test_a_cue_behind_a_mark_is_told_apart() -> None:
    near = set(wording_features(scene("Intel wants to sign a contract with FPT.", ("Intel", "FPT"))))
    far = set(wording_features(scene("As he wants, Intel signed a contract with FPT.", ("Intel", "FPT"))))
    assert "last=wish:False" in near
    assert "last=wish:True" in far


def test_only_a_draft_of_several_passages_has_a_later_one() -> None:
    text = "Intel signed a contract with FPT. It was cancelled in May."
    alone = scene(text, ("Intel", "FPT"))
    both = replace(alone, draft=replace(alone.draft, passages=(0, 1)))
    assert "later=ended" in status_features(both)
    assert not any(feature.startswith("later") for feature in status_features(alone))


def test_the_lead_is_told_from_what_follows() -> None:
    text = "It rained. Intel signed a contract with FPT."
    lead = scene("Intel signed a contract with FPT.", ("Intel", "FPT"))
    below = scene(text, ("Intel", "FPT"))
    below = replace(below, draft=replace(below.draft, passages=(1,)))
    assert "index=0" in status_features(lead)
    assert "index=1" in status_features(below)
    assert "named=2" in status_features(below)
