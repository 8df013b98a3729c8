"""The terms in which corrections are written, for reading and writing alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import ontology as o
from kg.corrections.values import VERDICTS

CLASS_BY_VERDICT: Final = {verdict: o.COOP + verdict.title().replace("-", "") for verdict in VERDICTS}
VERDICT_BY_CLASS: Final = {iri: verdict for verdict, iri in CLASS_BY_VERDICT.items()}
ABOUT, OTHER, NOT_NAMED = o.COOP + "about", o.COOP + "comparedWith", o.COOP + "notNamed"
KIND, EVENT_TYPE = o.COOP + "kind", o.COOP + "eventType"
WHO, WHEN, WHY = o.PROV + "wasAttributedTo", o.PROV + "generatedAtTime", o.RDFS + "comment"
PERSON, LABEL = o.PROV + "Person", o.RDFS + "label"
#: What a thing was called, and the sentence that a report was read from.
TITLE, QUOTE = o.DCTERMS + "title", o.OA + "exact"
#: What may be said of a correction: IRI -> how it is written.
PROPERTIES: Final = {
    ABOUT: "coop:about",
    OTHER: "coop:comparedWith",
    NOT_NAMED: "coop:notNamed",
    KIND: "coop:kind",
    WHO: "prov:wasAttributedTo",
    WHEN: "prov:generatedAtTime",
    WHY: "rdfs:comment",
}

Term = NamedNode | Literal | BlankNode
Properties = Mapping[str, list[Term]]
