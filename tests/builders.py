"""Hand-made articles and reports for tests: one readable line each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.model import (
    Article,
    ArticleReports,
    EventDate,
    Evidence,
    Mention,
    Participant,
    Partner,
    Report,
)
from kg.ontology import DATA, country_iri, partner_iri
from kg.pipeline.steps import Counter, finish, store_articles
from kg.pipeline.versions import Versions, fingerprint
from kg.settings import Settings
from kg.store import open_graph

BASE = DATA
_NAMES = {"VN": "Vietnam", "KR": "South Korea", "FR": "France", "US": "United States", "JP": "Japan"}


def partner(spec: str, text: str = "") -> Partner:
    """Make a partner from ``VN`` (a country) or ``name/kind/country``; it is mentioned where the text has its name."""
    if "/" not in spec:
        iri, label, kind, country = country_iri(spec), _NAMES.get(spec, spec), "country", spec
    else:
        label, kind, country = spec.split("/")
        iri = partner_iri(label.casefold().replace(" ", "-"))
    at = text.find(label)
    mentions = (Mention(at, at + len(label), label, "partner"),) if at >= 0 else ()
    return Partner(iri, label, kind, country or None, mentions=mentions)


def report(line: str, *, text: str = "", quote: str = "", roles: dict[str, str] | None = None) -> Report:
    """Make a report from ``type/status: A + B | sector, sector | 2025-09-18``; the last parts may be absent."""
    head, _, rest = line.partition(":")
    type_, status = head.strip().split("/")
    parts = [part.strip() for part in rest.split("|")] + ["", ""]
    partners = sorted(
        (partner(spec.strip(), text) for spec in parts[0].split("+")), key=lambda item: item.iri
    )
    start = max(text.find(quote), 0)
    return Report(
        type=type_,
        status=status,
        participants=tuple(Participant(item, (roles or {}).get(item.label)) for item in partners),
        evidence=(Evidence(text[start : start + len(quote)], start, start + len(quote)),),
        rule="test.rule",
        confidence=0.9,
        sectors=tuple(sorted(item.strip() for item in parts[1].split(",") if item.strip())),
        date=EventDate(parts[2]) if parts[2] else None,
    )


def article(id: str, *lines: str, lang: str = "en", published: str = "2025-09-19") -> ArticleReports:
    """Make an article whose text names every report's partners; each report quotes its own sentence."""
    bodies = [line.partition(":")[2].split("|")[0].strip() + "." for line in lines]
    text = f"Title of {id}\n\n" + " ".join(bodies)
    value = Article(
        id=id,
        text=text,
        title=f"Title of {id}",
        lang=lang,
        published=date.fromisoformat(published),
        url=f"https://example.org/{id}",
        source="The Example",
    )
    reports = (report(line, text=text, quote=body) for line, body in zip(lines, bodies, strict=True))
    return ArticleReports(value, tuple(reports))


def graph_of(folder: Path, *items: ArticleReports) -> Path:
    """Write articles into a graph as a build does once they are read; returns the folder."""
    settings = Settings(base_iri=BASE)
    versions = Versions("1", (), "x")
    counter = Counter(_ignore, _ignore)
    pending = {item.article.id: (fingerprint(item.article, versions), False) for item in items}
    with open_graph(folder, base_iri=settings.base_iri) as store:
        store_articles(store, list(items), versions, pending, counter)
        finish(store, settings, versions, counter)
    return folder


def _ignore(_: object) -> None:
    """Let it pass."""
