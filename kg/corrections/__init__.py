"""What people say of a graph: this report is wrong, these two are the same, or are not.

::

    corrections.ttl <-> Corrections -> Rulings -> correct_reports (between reports and events)
"""

from kg.corrections.checks import check_corrections, check_known, say, unknown_subjects
from kg.corrections.reading import FILE_NAME, read_corrections
from kg.corrections.rulings import Rulings, correct_reports, make_rulings, replace_partners
from kg.corrections.values import Correction, Corrections, Subject, make_id, ordered, unite
from kg.corrections.writing import accepted_ids, correction_iri, correction_quads, write_corrections

__all__ = [
    "FILE_NAME",
    "Correction",
    "Corrections",
    "Rulings",
    "Subject",
    "accepted_ids",
    "check_corrections",
    "check_known",
    "correct_reports",
    "correction_iri",
    "correction_quads",
    "make_id",
    "make_rulings",
    "ordered",
    "read_corrections",
    "replace_partners",
    "say",
    "unite",
    "unknown_subjects",
    "write_corrections",
]
