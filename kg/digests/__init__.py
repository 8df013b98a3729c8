"""Events and their network in; the record of a report that a person can send out.

The report (``kg report``) is one page: figures, map, timeline, who stands out in each sector, the newest and
the best told agreements, and proposals that nothing has followed yet. Every statement has footnotes, and a
footnote is the sentence of an article with its source, date and address. ``kg.pages`` writes the page.
"""

from kg.digests.records import digest

__all__ = ["digest"]
