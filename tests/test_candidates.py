"""Who may have a part in what a sentence tells, named there or not."""

from __future__ import annotations

import pytest
from marked import read_document, read_passages

from kg.reports.candidates import Role, make_roles
from kg.reports.codebook import load_codebook, look_up
from kg.reports.features import role_features


def roles_of(text: str, lang: str) -> list[dict[str, Role]]:
    """Return the roles of each sentence by the label of the partner."""
    passages, partners = read_passages(read_document(text, lang))
    return [{partners[r.place.partner].label: r for r in roles} for roles in make_roles(passages)]


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("It signed with its partner; both sides hope.", "en", ("it", "both")),
        ("The Dutch company signed here.", "en", ("named", "home")),
        ("L’institution et son homologue ont signé.", "fr", ("it", "both", "named")),
        ("Ông nói tập đoàn này ký với họ.", "vi", ("it", "person", "they", "named")),
        ("The minister signed.", "en", ()),
    ],
)
def test_how_a_sentence_speaks_of_somebody_named_before(text: str, lang: str, found: tuple[str, ...]) -> None:
    assert look_up(text, load_codebook(lang)).references == found


@pytest.mark.parametrize(
    ("text", "lang", "announces"),
    [
        ("Three other documents were exchanged.", "en", True),
        ("They signed a series of cooperation agreements.", "en", True),
        ("The document was signed by two firms.", "en", False),
        ("The two signed an agreement.", "en", False),
        ("The two, an agreement says, will meet.", "en", False),
        ("Deux autres textes ont été échangés.", "fr", True),
        ("Une série d’accords a été signée.", "fr", True),
        ("Le protocole lie deux banques.", "fr", False),
        ("Bốn cặp đối tác khác lần lượt trao văn kiện.", "vi", True),
        ("Hai bên đã ký một bản ghi nhớ.", "vi", False),
    ],
)
def test_a_sentence_announces_several_agreements(text: str, lang: str, announces: bool) -> None:
    ((passage,), _) = read_passages(read_document(text, lang))
    assert passage.announces is announces


def test_who_is_named_most_often_is_in_focus() -> None:
    text = "Nokia met FPT. Nokia left. FPT and Nokia signed with Ericsson."
    last = roles_of(text, "en")[-1]
    assert [last[name].focus for name in ("Nokia", "FPT", "Ericsson")] == [0, 1, 2]


def test_those_who_are_not_named_are_ranked_from_the_nearest() -> None:
    text = "Nokia left. Ericsson came. It signed an agreement with FPT."
    last = roles_of(text, "en")[-1]
    assert {name: (role.distance, role.rank) for name, role in last.items()} == {
        "FPT": (0, 0),
        "Ericsson": (1, 0),
        "Nokia": (2, 1),
    }


def test_what_may_speak_of_a_partner_is_a_feature_only_where_it_is_not_named() -> None:
    passages, partners = read_passages(read_document("Ericsson came. It signed an agreement with FPT.", "en"))
    *_, roles = make_roles(passages)
    refers = {
        partners[role.place.partner].label: [
            name for name in role_features(role, passages, partners) if name.startswith("p_refer=")
        ]
        for role in roles
    }
    assert refers["FPT"] == []
    assert "p_refer=it:company" in refers["Ericsson"]
