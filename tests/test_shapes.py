"""Every shape of the ontology can be violated, and is found to be: one planted violation each, at least.

A shape that is added without a plant fails here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from builders import BASE, article, graph_of
from rdflib import SH, Graph

from kg.corrections import Correction, Corrections, make_id
from kg.errors import KgError
from kg.model import Amount
from kg.ontology import PREFIXES, ontology_folder, partner_iri
from kg.pipeline import build, change_corrections
from kg.settings import Settings
from kg.store import Store, open_graph, read_graph
from kg.triples.measures import measure_quads
from kg.validation import find_violations

SIGNED = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"
#: Message of a shape -> what violates it, each a line: whose (a class, the form of a partner or a mention), which
#: property, and what becomes of its values: "-" takes them away, "+" adds some, "=" puts one in their place.
PLANTS: dict[str, tuple[str, ...]] = {
    # Articles
    "An article has exactly one identifier.": ("coop:Article dcterms:identifier -",),
    "An article has exactly one text; its quotes are counted in it.": ('coop:Article schema:text + "More."',),
    "An article has at most one title, a plain text.": ("coop:Article schema:headline = 5",),
    "An article is in at most one language, given by its code.": (
        'coop:Article schema:inLanguage = "French, I think"',
        'coop:Article schema:inLanguage + "de"',
    ),
    "An article was published on at most one day, given as a full date.": (
        'coop:Article schema:datePublished = "2025"^^xsd:gYear',
        'coop:Article schema:datePublished = "2025-9-1"^^xsd:date',
    ),
    "An article has at most one address, kept as a plain text.": ("coop:Article schema:url = <urn:x>",),
    "An article has at most one source, kept as a plain text.": ('coop:Article schema:publisher + "B"',),
    # Reports
    "A report belongs to exactly one article.": (
        "coop:Report prov:wasDerivedFrom -",
        "coop:Report prov:wasDerivedFrom = <urn:x>",
    ),
    "A report carries at least one quote that states it.": ("coop:Report coop:evidence -",),
    "A report has exactly one type: agreement, meeting, forum, investment, programme or cooperation.": (
        "coop:Report coop:eventType + coop:Amount",
    ),
    "A report has one confidence, a number from 0 to 1.": (
        "coop:Report coop:confidence = 1.5",
        'coop:Report coop:confidence = "high"',
        "coop:Report coop:confidence -",
    ),
    "A report names the one rule that found it.": ("coop:Report coop:rule -",),
    "A report names at most one kind of instrument.": (
        "coop:Report coop:instrument + instrument:mou, instrument:treaty",
    ),
    "A report gives at most one date.": ('coop:Report coop:date + "2019"^^xsd:gYear, "2020"^^xsd:gYear',),
    "The date of a report is either stated or derived.": ('coop:Report coop:dateBasis = "guessed"',),
    "A report gives at most one place, a plain text.": ("coop:Report coop:place + 5",),
    "What a report states as an amount is described.": ("coop:Report coop:amount + <urn:x>",),
    "A report tells of at most one event, and the event is there.": ("coop:Report coop:tellsOf + <urn:x>",),
    # Events
    "An event has exactly one type: agreement, meeting, forum, investment, programme or cooperation.": (
        "coop:Event rdf:type + coop:Forum, coop:Meeting",
    ),
    "An event is told of by at least one report.": ("coop:Event ^coop:tellsOf -",),
    "An amount of an event is stated by a report.": ("coop:Event coop:amount + <urn:x>",),
    "An event says how many articles tell of it, at least one.": (
        "coop:Event coop:articleCount = 0",
        "coop:Event coop:articleCount -",
    ),
    "An event says how many independent sources tell of it, at least one and no more than articles.": (
        "coop:Event coop:sourceCount = 99",
        "coop:Event coop:sourceCount = 0",
    ),
    "What repeats another account of an event is an article of the graph.": (
        "coop:Event coop:repeatedIn + <urn:x>",
    ),
    "Reports differ in status, date, place, partners or amount.": ("coop:Event coop:differsIn + coop:rule",),
    "An event follows at most one other, and that one is there.": ("coop:Event coop:follows + <urn:x>",),
    # What reports and events have alike
    "There are at least two different partners; a plan of one alone is no cooperation.": (
        "coop:Event coop:partner -",
        "coop:Report coop:partner -",
    ),
    "Every partner is described, with its kind and its name.": (
        "coop:Report coop:partner + <urn:x>",
        'coop:Event coop:partner + "somebody"',
    ),
    "There is exactly one status: proposed, planned, concluded, ongoing or ended.": (
        "coop:Event coop:status = status:rumoured",
        "coop:Report coop:status + status:ended, status:planned",
        "coop:Report coop:status -",
    ),
    "A sector is a concept of the vocabulary of sectors.": (
        "coop:Event coop:sector + sector:astrology",
        "coop:Event coop:sector + status:ended",
    ),
    "An activity is a concept of the vocabulary of activities.": (
        "coop:Report coop:activity + activity:idling",
    ),
    "An instrument is a concept of the vocabulary of instruments.": (
        "coop:Report coop:instrument + instrument:trumpet",
    ),
    "A date is a day, a month of a year, or a year.": ('coop:Event coop:date + "last Friday"',),
    "There is exactly one coding: in CAMEO and PLOVER, or outside both.": (
        "coop:Event coop:coding -",
        "coop:Report coop:coding = coop:Event",
    ),
    "There is at most one CAMEO code, of two to four digits.": ('coop:Event coop:cameo = "57x"',),
    "There is at most one PLOVER code, a word in capitals.": ('coop:Event coop:plover = "agree"',),
    "An organiser is one of the partners.": ("coop:Report coop:organiser + <urn:x>",),
    "An investor is one of the partners.": ("coop:Event coop:investor + <urn:x>",),
    "A host is one of the partners.": ('coop:Report coop:host + "Hanoi"',),
    "A requester is one of the partners.": ("coop:Event coop:requester + <urn:x>",),
    # Partners
    "A partner has exactly one name.": ("coop:Partner rdfs:label -", 'coop:Partner rdfs:label + "A", "B"'),
    "A partner is of one kind alone.": ("coop:Partner rdf:type + coop:Company, coop:University",),
    "A partner belongs to at most one country, named by its code of two letters.": (
        "coop:Partner coop:country + <urn:x>",
    ),
    "A partner is part of at most one other.": ("coop:Partner coop:partOf + <urn:x>, <urn:y>",),
    "A partner has at most one item of Wikidata.": ("coop:Partner skos:exactMatch + <urn:x>",),
    "A partner cooperates with partners.": ('coop:Partner coop:cooperatesWith + "everybody"',),
    "What an article knows of a partner is of one partner.": ("form prov:specializationOf + <urn:x>",),
    "An article gives a partner one name, and others beside it.": ("form schema:name -",),
    "An article knows a partner as of one kind.": ("form coop:kind = coop:Event",),
    "An article knows a partner as of at most one country, named by its code of two letters.": (
        'form coop:country + "VN"',
    ),
    "An article knows a partner by at most one item of Wikidata.": ("form skos:exactMatch + <urn:x>",),
    "A mention is a place of an article's text, by its offsets.": ("coop:Article coop:mentionOf + <urn:x>",),
    "A mention is of a partner.": ('mention coop:mentionOf + "him"',),
    # Amounts
    "An amount keeps the words of the article.": ("coop:Amount coop:statedAs -",),
    "An amount has one number, above 0.": (
        "coop:Amount coop:value = 0.0",
        'coop:Amount coop:value = "much"',
        "coop:Amount coop:value -",
    ),
    "A range has one upper end, a number above 0.": ("coop:Amount coop:upperValue = -1.0",),
    "A range goes from the smaller number to the greater.": ("coop:Amount coop:upperValue = 1.0",),
    "An amount counts people or one currency, given by its code of three letters.": (
        'coop:Amount coop:unit = "bushels"',
    ),
    "An amount is stated flatly, or as about, at-least or at-most so much.": (
        'coop:Amount coop:bound = "surely"',
    ),
    "An amount is one for all, or per year or month.": ('coop:Amount coop:per = "day"',),
    "An amount has the quote that states it.": ("coop:Amount coop:evidence -",),
    # Quotes
    "A quote states exactly one report, or one amount of it.": ("oa:Annotation oa:hasBody = <urn:x>",),
    "A quote has exactly one place in an article.": ("oa:Annotation oa:hasTarget -",),
    "The place of a quote is in exactly one article.": ("oa:SpecificResource oa:hasSource = <urn:x>",),
    "The place of a quote has its exact text.": ("oa:SpecificResource oa:hasSelector -",),
    "The place of a quote has its offsets.": ("oa:SpecificResource oa:hasSelector = <urn:x>",),
    "A quote has exactly one text, and it is not empty.": ('oa:TextQuoteSelector oa:exact = ""',),
    "At most one text stands before a quote.": ('oa:TextQuoteSelector oa:prefix + "a", "b"',),
    "At most one text stands after a quote.": ('oa:TextQuoteSelector oa:suffix + "a", "b"',),
    "A quote begins at one offset, not below 0, and before it ends.": (
        "oa:TextPositionSelector oa:start = 100000",
        "oa:TextPositionSelector oa:start = -1",
    ),
    "A quote ends at one offset.": ("oa:TextPositionSelector oa:end -",),
    # Builds and measures
    "A build says which version of the program made it.": ("prov:Activity coop:programVersion -",),
    "A build says which rules it used.": ("prov:Activity coop:codebookVersion -",),
    "A build names its trained models as plain texts.": ("prov:Activity coop:modelVersion + 5",),
    "No clock shows in a graph: when a build ended, its journal says.": (
        'prov:Activity prov:endedAtTime + "2025-09-19T12:00:00Z"^^xsd:dateTime',
    ),
    "A network that was measured says what its nodes were.": ("coop:Network coop:level -",),
    "A network that was measured says how many nodes it had.": ('coop:Network coop:nodeCount = "many"',),
    "A network that was measured says how many links it had.": ("coop:Network coop:linkCount = -1",),
    # Corrections
    "A correction says what it is about.": (
        "coop:PartnerKind coop:about -",
        'coop:PartnerKind coop:about = "KFIA"',
    ),
    "A correction gives one kind, which a partner can have.": (
        "coop:PartnerKind coop:kind = coop:Country",
        "coop:PartnerKind coop:kind + coop:Company",
    ),
    "A correction says who made it.": (
        "coop:PartnerKind prov:wasAttributedTo -",
        "coop:PartnerKind prov:wasAttributedTo = <urn:nobody>",
    ),
    "A correction says when it was made.": ("coop:PartnerKind prov:generatedAtTime -",),
}
SELECTED = {"form": "?s prov:specializationOf ?any", "mention": "?s coop:mentionOf ?any"}


def shapes() -> Graph:
    return Graph().parse(str(ontology_folder() / "shapes.ttl"), format="turtle")


def messages() -> list[str]:
    return sorted(str(message) for message in shapes().objects(None, SH.message))


def update(plant: str) -> str:
    """Write a line of ``PLANTS`` as SPARQL."""
    subject, path, rest = plant.split(" ", 2)
    action, _, values = rest.partition(" ")
    chosen = SELECTED.get(subject, f"?s a {subject}")
    triple = f"?old {path[1:]} ?s" if path.startswith("^") else f"?s {path} ?old"
    where = f"GRAPH ?g {{ {chosen} }} GRAPH ?h {{ {triple} }}"
    take = f"DELETE {{ GRAPH ?h {{ {triple} }} }} WHERE {{ {where} }}"
    add = f"INSERT {{ GRAPH ?g {{ ?s {path} {values} }} }} WHERE {{ GRAPH ?g {{ {chosen} }} }}"
    return {"-": take, "+": add, "=": f"{take} ; {add}"}[action]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a graph that has every kind of thing that the program writes."""
    first = article("a", SIGNED, "investment/planned: FR + JP | health | 2025-10")
    start = first.article.text.index("FR")
    amount = Amount("FR", start, start + 2, Decimal(5), "EUR", upper=Decimal(7), bound="about", per="year")
    first = replace(first, reports=(first.reports[0], replace(first.reports[1], amounts=(amount,))))
    path = graph_of(tmp_path_factory.mktemp("w") / "g", first, article("b", SIGNED, lang="fr"))
    kind = Correction(
        "partner-kind", (partner_iri("kfia"),), kind="association", who="Ann", when="2025-10-01"
    )
    made = Corrections((replace(kind, id=make_id(kind)),))
    change_corrections(path, lambda _: made, Settings(base_iri=BASE))
    with open_graph(path, base_iri=BASE) as store:
        about = {"level": "partner", "nodes": 2, "edges": 1}
        store.replace_measures(measure_quads([], about=about, graph=store.measures_graph, base_iri=BASE))
        store.publish()
    return path


def planted(path: Path, plant: str) -> Store:
    """Copy a graph into memory and change it."""
    memory = ox.Store()
    with read_graph(path) as store:
        for line in store.dump():
            memory.load(line.encode(), format=ox.RdfFormat.N_QUADS)
        before = set(memory)
        memory.update(update(plant), prefixes=dict(PREFIXES))
        assert before != set(memory), f"{plant}: changes nothing"
        return Store(store.folder, memory, writable=False)


def test_each_shape_says_something_of_its_own() -> None:
    graph = shapes()
    assert len(set(messages())) == len(messages())
    assert [
        shape for shape in graph.objects(None, SH.property) if (shape, SH.message, None) not in graph
    ] == []
    assert set(PLANTS) <= set(messages()), "a plant for a shape that is gone"


def test_what_the_program_writes_conforms_at_a_quick_look_and_at_a_thorough_one(written: Path) -> None:
    with read_graph(written) as store:
        assert [str(item) for item in find_violations(store)] == []
        assert [str(item) for item in find_violations(store, quick=True)] == []


@pytest.mark.parametrize("message", messages())
def test_a_violation_of_a_shape_is_found_and_said_in_plain_words(written: Path, message: str) -> None:
    assert message in PLANTS, "a new shape: plant a violation of it in PLANTS"
    for plant in PLANTS[message]:
        store = planted(written, plant)
        found = [item for item in find_violations(store, quick=True) if item.message == message]
        assert found, plant
        assert all(item.shape.endswith("Shape") for item in found)
        if plant.startswith(("coop:Report", "coop:Event", "coop:Amount", "oa:")) and not plant.endswith("-"):
            assert all(item.article in ("a", "b") and item.article in str(item) for item in found), plant
            # Without its own text a quote cannot be shown.
            assert all(item.quote in str(item) for item in found), plant
            assert "oa:" in plant or all(item.quote for item in found), plant


@pytest.mark.parametrize(
    "plant", ["coop:Event coop:status = status:rumoured", "coop:Amount coop:value = 0.0", "form coop:kind -"]
)
def test_the_quick_look_and_the_thorough_one_find_the_same(written: Path, plant: str) -> None:
    store = planted(written, plant)
    found = list(find_violations(store))
    assert found
    assert list(find_violations(store, quick=True)) == found


def test_only_what_is_named_is_checked(written: Path) -> None:
    store = planted(written, "coop:Report coop:rule -")
    iri = next(iri for iri in store.articles() if iri.endswith("/b"))
    assert {item.article for item in find_violations(store, only=[iri])} == {"b"}


def test_a_build_names_what_it_wrote_and_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(
        "Samsung and FPT signed a contract in Hanoi on Friday.\n", encoding="utf-8"
    )
    strict = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix coop: <https://w3id.org/entente/ontology#> .
        coop:StrictShape a sh:NodeShape ; sh:targetClass coop:Report ;
            sh:property [ sh:path coop:place ; sh:hasValue "Seoul" ; sh:message "All is done in Seoul." ] ."""
    monkeypatch.setattr("kg.validation._own_shapes", lambda: Graph().parse(data=strict, format="turtle"))
    problems: list[KgError] = []
    summary = build([str(tmp_path / "a.txt")], tmp_path / "g", Settings(), on_problem=problems.append)
    assert summary.problems == len(problems) > 0
    assert all("All is done in Seoul." in str(item) and "signed a contract" in str(item) for item in problems)
    build([str(tmp_path / "a.txt")], tmp_path / "h", Settings(), on_problem=problems.append, check=False)
    assert len(problems) == summary.problems
