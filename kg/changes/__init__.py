"""Events of two graphs, or of one since a day, in; what is new, changed or gone out.

::

    compare_events (two graphs) | news_since (by articles) | news_added (by the journal) -> Changes
"""

from kg.changes.comparison import compare_events, find_details, pair_events
from kg.changes.news import news_added, news_since
from kg.changes.records import changes_record, event_snapshot, read_judgement, read_snapshot
from kg.changes.values import SECTIONS, Change, Changes, Detail, Judgement

__all__ = [
    "SECTIONS",
    "Change",
    "Changes",
    "Detail",
    "Judgement",
    "changes_record",
    "compare_events",
    "event_snapshot",
    "find_details",
    "news_added",
    "news_since",
    "pair_events",
    "read_judgement",
    "read_snapshot",
]
