"""The files of the ontology: complete, labelled in three languages, and read as they are written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import ontology as o
from kg.errors import DataError
from kg.languages import languages
from kg.model import EVENT_TYPES, KINDS, ROLES, STATUSES
from kg.triples import article_quads, event_quads

VOCABULARIES: tuple[o.VocabularyName, ...] = get_args(o.VocabularyName)
#: The closed lists of the annotation guidelines.
IDS = {
    "sectors": "semiconductors artificial-intelligence ict digital-transformation telecommunications cybersecurity "
    "cloud-data fintech quantum electronics manufacturing nuclear-energy renewable-energy hydrogen energy "
    "electric-mobility critical-minerals materials biotechnology health agriculture environment space aviation "
    "defence-security transport-logistics infrastructure education science-technology finance trade "
    "tourism-culture public-administration",
    "activities": "training research technology-transfer investment financing policy-dialogue "
    "information-exchange ecosystem-development infrastructure-development production supply-chain "
    "trade-promotion people-exchange procurement",
    "statuses": " ".join(STATUSES),
    "instruments": "mou treaty agreement contract letter-of-intent joint-statement action-plan "
    "strategic-partnership licence joint-venture protocol framework",
}


def read(name: str) -> dict[str, dict[str, list[tuple[str | None, str]]]]:
    """Give subject -> predicate -> (language, value) of a file of the ontology."""
    found: dict[str, dict[str, list[tuple[str | None, str]]]] = {}
    for quad in parse((o.ontology_folder() / name).read_bytes(), format=RdfFormat.TURTLE):
        value = getattr(quad.object, "value", str(quad.object))
        lang = getattr(quad.object, "language", None)
        subject = getattr(quad.subject, "value", str(quad.subject))
        found.setdefault(subject, {}).setdefault(quad.predicate.value, []).append((lang, value))
    return found


def terms() -> dict[str, dict[str, list[tuple[str | None, str]]]]:
    """The classes and properties of ``cooperation.ttl``."""
    found = {iri: row for iri, row in read("cooperation.ttl").items() if iri.startswith(o.COOP)}
    return {iri: row for iri, row in found.items() if (None, o.COOP + "Coding") not in row[o.TYPE]}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_holds_the_ids_of_the_guidelines_and_no_other(name: o.VocabularyName) -> None:
    assert list(o.load_vocabulary(name).concepts) == IDS[name].split()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_concept_has_a_label_in_every_language_and_a_definition(name: o.VocabularyName) -> None:
    rows = read(f"{name}.ttl")
    for concept in o.load_vocabulary(name):
        assert sorted(concept.pref) == list(languages()), concept.id
        definitions = rows[concept.iri][o.SKOS + "definition"]
        assert sorted(lang or "" for lang, _ in definitions) == ["en", "fr"], concept.id
        assert rows[concept.iri][o.SKOS + "inScheme"] == [(None, o.BASE_BY_VOCABULARY[name])]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_label_stands_twice_in_one_vocabulary_and_language(name: o.VocabularyName) -> None:
    labels = Counter(
        (lang, text.casefold())
        for concept in o.load_vocabulary(name)
        for lang, text in (*concept.pref.items(), *concept.alt, *concept.hidden)
    )
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("name", ["sectors", "activities", "instruments"])
def test_news_in_each_language_has_words_for_every_concept(name: o.VocabularyName) -> None:
    least = {"sectors": 10, "activities": 10, "instruments": 3}[name]
    for concept in o.load_vocabulary(name):
        for lang in languages():
            texts = (*concept.pref.items(), *concept.alt, *concept.terms)
            assert sum(tag in (lang, "mul") for tag, _ in texts) >= least, (concept.id, lang)


@pytest.mark.parametrize("name", ["sectors", "activities", "instruments"])
def test_no_term_is_both_strong_and_weak_or_stopped_as_it_stands(name: o.VocabularyName) -> None:
    for concept in o.load_vocabulary(name):
        strong = {*concept.pref.items(), *concept.alt, *concept.terms}
        assert strong.isdisjoint(concept.weak_terms), concept.id
        assert strong.isdisjoint(concept.stop_terms), concept.id


def test_every_term_has_labels_in_three_languages_and_comments_in_two() -> None:
    for iri, row in terms().items():
        assert sorted(lang or "" for lang, _ in row[o.RDFS + "label"]) == ["en", "fr", "vi"], iri
        assert sorted(lang or "" for lang, _ in row[o.RDFS + "comment"]) == ["en", "fr"], iri


def test_classes_and_values_of_the_model_name_each_other() -> None:
    row = terms()
    assert set(o.CLASS_BY_KIND) == set(KINDS)
    assert tuple(o.CLASS_BY_EVENT_TYPE) == EVENT_TYPES
    for name, iri in (*o.CLASS_BY_KIND.items(), *o.CLASS_BY_EVENT_TYPE.items()):
        assert iri in row
        if name != "other":
            assert row[iri][o.SKOS + "notation"] == [(None, name)]


def test_roles_are_subproperties_of_partner() -> None:
    for role in ROLES:
        assert terms()[o.COOP + role][o.RDFS + "subPropertyOf"] == [(None, o.COOP + "partner")]


def test_cooperation_is_symmetric() -> None:
    assert (None, o.OWL + "SymmetricProperty") in terms()[o.COOP + "cooperatesWith"][o.TYPE]


def test_every_term_that_a_file_or_a_graph_uses_is_defined() -> None:
    from builders import BASE, article

    from kg.model import Event

    item = article("a", "agreement/concluded: VN + FR | health | 2025-09-18")
    report = item.reports[0]
    event = Event("urn:e", report.type, report.status, report.participants, ("urn:r",), articles=("a",))
    quads = [
        *article_quads(item, base_iri=BASE, fingerprint="f", build="urn:b"),
        *event_quads(event, graph="urn:g"),
    ]
    used = {
        term.value for quad in quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)
    }
    for name in ("sectors", "activities", "instruments", "statuses", "partners"):
        for row in read(f"{name}.ttl").values():
            used |= {*row, *(value for _, value in row.get(o.TYPE, []))}
    defined = {*terms(), *read("codings.ttl")}
    assert sorted(iri for iri in used if iri.startswith(o.COOP) and iri not in defined) == []


def test_every_type_with_every_status_has_codes() -> None:
    for event_type in EVENT_TYPES:
        for status in STATUSES:
            codes = o.event_codes(event_type, status, ["country", "company"])
            assert codes is not None
            assert codes.cameo.isdecimal()
            assert codes.plover.isupper()
    assert o.event_codes("agreement", "concluded", ["country"])[:2] == ("057", "SUPPORT")


def test_public_money_is_aid_and_a_company_makes_it_business() -> None:
    aid = o.event_codes("investment", "concluded", ["country", "university"], ["financing"])
    assert aid is not None
    assert aid[:2] == ("071", "AID")
    business = o.event_codes("investment", "concluded", ["country", "company"], ["financing"])
    assert business is not None
    assert business[:2] == ("061", "COOPERATE")


def test_a_code_is_close_to_its_coding_or_broader_and_has_words_of_its_own() -> None:
    rows = read("codings.ttl")
    codings = {iri: row for iri, row in rows.items() if (None, o.COOP + "Coding") in row[o.TYPE]}
    assert len(codings) > len(EVENT_TYPES) * len(STATUSES)
    for iri, row in codings.items():
        if iri != o.OUTSIDE:
            matches = {
                value for name in ("closeMatch", "broadMatch") for _, value in row.get(o.SKOS + name, [])
            }
            codes = {row[o.COOP + name][0][1] for name in ("cameo", "plover")}
            assert {rows[match][o.SKOS + "notation"][0][1] for match in matches} == codes
            assert all(len(rows[match][o.PREF_LABEL]) == 3 for match in matches)


def test_deals_of_companies_alone_have_no_codes() -> None:
    assert o.event_codes("agreement", "concluded", ["company", "university"]) is None


def test_an_unknown_concept_is_answered_with_those_that_exist() -> None:
    with pytest.raises(
        DataError, match=r"No concept 'steam' among the sectors\. There are: semiconductors, "
    ):
        o.load_vocabulary("sectors")["steam"]


def test_narrower_sectors_lead_to_sectors() -> None:
    sectors = o.load_vocabulary("sectors")
    assert sectors["nuclear-energy"].broader == "energy"
    assert all(sector.broader is None or sector.broader in sectors for sector in sectors)


def test_labels_fall_back_to_english_and_then_to_the_id() -> None:
    sector = o.load_vocabulary("sectors")["quantum"]
    assert sector.label("vi") == "Công nghệ lượng tử"
    assert sector.label("xx") == sector.label("en") == "Quantum technology"
    assert o.Concept("steam", "urn:steam", {}).label() == "steam"


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("@prefix p: <urn:p:> .\n\np:a a ] .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"mine\.ttl:3: not valid Turtle"):
        o.load_gazetteer([file])


def test_the_json_ld_context_turns_an_extracted_record_into_the_terms_of_the_ontology() -> None:
    context = json.loads((o.ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))
    # "status" and "instrument" are fields of a record there.
    prefixes = {key: iri for key, iri in context["@context"].items() if isinstance(iri, str) and "//" in iri}
    assert prefixes.items() <= o.PREFIXES.items()
    partner = {"id": o.partner_iri("kfia"), "label": "KFIA", "kind": "association", "country": "KR"}
    event = {"type": "agreement", "status": "concluded", "partners": [partner], "sectors": ["semiconductors"]}
    record = {**context, "id": "vi-1", "lang": "vi", "events": [event]}
    quads = list(parse(json.dumps(record).encode(), format=RdfFormat.JSON_LD))
    said = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads}
    assert {
        (o.COOP + "eventType", o.COOP + "Agreement"),
        (o.COOP + "status", o.status_iri("concluded")),
        (o.COOP + "sector", o.sector_iri("semiconductors")),
        (o.COOP + "partner", o.partner_iri("kfia")),
        (o.TYPE, o.COOP + "Association"),
        (o.COOP + "country", o.country_iri("KR")),
    } <= said


def test_shapes_speak_in_whole_sentences() -> None:
    messages = [
        value
        for row in read("shapes.ttl").values()
        for _, value in row.get("http://www.w3.org/ns/shacl#message", [])
    ]
    assert len(messages) > 30
    assert [text for text in messages if not (text[0].isupper() and text.endswith("."))] == []


def test_the_description_of_a_query_does_not_repeat_its_parameters() -> None:
    assert not [query.name for query in o.load_queries().values() if "params:" in query.description]
