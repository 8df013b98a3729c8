"""The partner list: complete, without two meanings of one name, and wide enough for the news."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from kg.ontology import load_gazetteer

TOOL = Path(__file__).resolve().parent.parent / "tools" / "check_partners.py"


def _load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_partners", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = _load_tool()

PREFIXES = """@prefix p: <https://w3id.org/entente/data/partner/> .
@prefix country: <https://w3id.org/entente/data/country/> .
@prefix coop: <https://w3id.org/entente/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""
GOOD = 'p:a a coop:Company ; skos:prefLabel "Aa"@en ; coop:country country:VN .\n'


def test_the_list_has_no_problems() -> None:
    assert list(tool.problems(tool.FILE.read_text(encoding="utf-8"))) == []


def test_the_list_has_partners_of_every_kind_and_many_countries() -> None:
    partners = load_gazetteer()
    kinds = Counter(partner.kind for partner in partners)
    assert len(partners) >= 300
    assert len({partner.country for partner in partners if partner.country}) >= 15
    for kind in ("government-body", "company", "university", "research-institute", "association"):
        assert kinds[kind] >= 40, kind
    assert kinds["international-organisation"] >= 20


@pytest.mark.parametrize(
    ("name", "label", "kind", "country"),
    [
        ("NDIVIA", "NVIDIA", "company", "US"),
        ("KFIA", "Korea Fabless Industry Association", "association", "KR"),
        (
            "Bộ Khoa học và Công nghệ",
            "Ministry of Science and Technology of Vietnam",
            "government-body",
            "VN",
        ),
        (
            "Agence japonaise de coopération internationale",
            "Japan International Cooperation Agency",
            "government-body",
            "JP",
        ),
        ("Ngân hàng Thế giới", "World Bank", "international-organisation", None),
        ("Đại học Bách khoa Hà Nội", "Hanoi University of Science and Technology", "university", "VN"),
    ],
)
def test_a_name_in_any_language_is_one_partner(name: str, label: str, kind: str, country: str | None) -> None:
    found = [p for p in load_gazetteer() if name in {text for _, text in p.names}]
    assert [(p.label, p.kind, p.country) for p in found] == [(label, kind, country)]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('p:b a coop:Company ; skos:prefLabel "AA"@en ; coop:country country:KR .', "'aa' names a, b"),
        ('p:a a coop:Company ; skos:altLabel "Ab"@en .', "a: is defined 2 times"),
        ('p:b a coop:Firm ; skos:prefLabel "B"@en ; coop:country country:KR .', "b: has the kinds ['Firm']"),
        ('p:b a coop:Company ; skos:prefLabel "Bê"@fr ; coop:country country:KR .', "b: has no English"),
        ('p:b a coop:Company ; skos:prefLabel "Bb"@en .', "b: has the country None"),
        (
            'p:b a coop:InternationalOrganisation ; skos:prefLabel "Bb"@en ; coop:country country:KR .',
            "b: is an international organisation",
        ),
        (
            'p:b a coop:Company ; skos:prefLabel "Bb"@en ; coop:country country:KR ; coop:partOf p:c .',
            "b: is part of https://w3id.org/entente/data/partner/c, which is not in the list",
        ),
        (
            'p:b a coop:Company ; skos:prefLabel "Bb"@en ; coop:country country:KR ; coop:partOf p:b .',
            "b: is part of itself (b -> b)",
        ),
        (
            'p:b a coop:Company ; skos:prefLabel "Bb"@en ; coop:country country:KR ; coop:commonWord "bee" .',
            "b: the common word 'bee' is none of its labels",
        ),
    ],
)
def test_the_check_names_what_is_wrong(entry: str, problem: str) -> None:
    found = list(tool.problems(PREFIXES + GOOD + entry))
    assert any(problem in line for line in found), found


def test_the_check_passes_a_good_entry() -> None:
    assert list(tool.problems(PREFIXES + GOOD)) == []
