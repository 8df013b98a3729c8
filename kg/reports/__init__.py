"""Documents, mentions and partners in, reports out: what one article says of each event, with the sentence
that says so.

The codebook finds triggers, learned weights decide who takes part and in which type, then sectors, status
and date are chosen among what the article names. Nothing here knows RDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import Evidence, Mention, Participant, Partner, Report
from kg.reports.amounts import with_amounts
from kg.reports.codebook import load_codebook
from kg.reports.details import choose_instrument, choose_place, is_at_forum
from kg.reports.grouping import group_links
from kg.reports.links import Link, find_links
from kg.reports.passages import Passage, make_passages
from kg.reports.progress import choose_statuses
from kg.reports.scenes import Scene, Setting
from kg.reports.times import choose_date
from kg.reports.topics import choose_topics
from kg.reports.weights import Models, load_models

__all__ = ["find_reports"]

#: At most so many passages are quoted as evidence of one report.
_QUOTES = 2


def find_reports(
    doc: Doc, mentions: Sequence[Mention], partners: Sequence[Partner], *, models: Models | None = None
) -> tuple[Report, ...]:
    """Return the reports of an article in the order of the text; ``mentions`` hold topics and dates too."""
    models = models or load_models()
    passages = make_passages(doc, mentions, partners, load_codebook(doc.lang_))
    return make_reports(doc, passages, partners, find_links(passages, partners, doc.lang_, models), models)


def make_reports(
    doc: Doc, passages: Sequence[Passage], partners: Sequence[Partner], links: Sequence[Link], models: Models
) -> tuple[Report, ...]:
    """Make reports of links that are already weighed."""
    scenes = make_scenes(doc, passages, partners, links, models.thresholds)
    # An article whose surest event is doubtful tells of none: what is left are words that tempt.
    if max((scene.draft.probability for scene in scenes), default=0.0) < models.thresholds["article"]:
        return ()
    topics = choose_topics(scenes, models)
    told = zip(scenes, choose_statuses(scenes, models), topics["sector"], topics["activity"], strict=True)
    return with_amounts(_placed([_report(*one, models) for one in told], scenes), scenes)


def make_scenes(
    doc: Doc,
    passages: Sequence[Passage],
    partners: Sequence[Partner],
    links: Sequence[Link],
    thresholds: Mapping[str, float],
) -> list[Scene]:
    """The drafts of the events that are sure enough, each in its article."""
    article = doc.user_data.get("article")
    published = article.published if article is not None else None
    drafts = group_links(links, thresholds, passages)
    setting = Setting(passages, partners, published, doc.lang_)
    return [Scene(draft, setting) for draft in drafts]


def _placed(reports: Sequence[Report], scenes: Sequence[Scene]) -> tuple[Report, ...]:
    """What was signed or said at a forum was signed or said where the forum was."""
    forum = next((r.place for r in reports if r.type == "forum" and r.place), None)
    return tuple(
        replace(report, place=forum) if report.place is None and forum and is_at_forum(scene) else report
        for report, scene in zip(reports, scenes, strict=True)
    )


def _report(
    scene: Scene, status: str, sectors: tuple[str, ...], activities: tuple[str, ...], models: Models
) -> Report:
    draft = scene.draft
    return Report(
        type=draft.type,
        status=status,
        participants=tuple(Participant(scene.partners[number]) for number in sorted(draft.partners)),
        evidence=tuple(_evidence(scene.passages[number]) for number in sorted(_told_in(scene)[:_QUOTES])),
        rule=_rule(scene),
        confidence=round(models.confidence(draft.probability), 4),
        sectors=sectors,
        activities=activities,
        instrument=choose_instrument(scene),
        date=choose_date(scene, status, models),
        place=choose_place(scene),
    )


def _told_in(scene: Scene) -> list[int]:
    """The passages that tell a draft, the surest first; an item says little without its heading."""
    first, *others = scene.draft.passages
    above = [scene.heading.lead] if scene.heading else []
    return list(dict.fromkeys([first, *above, *others]))


def _evidence(passage: Passage) -> Evidence:
    text = passage.text.rstrip()
    start = passage.start + len(text) - len(text.lstrip())
    return Evidence(text.lstrip(), start, passage.start + len(text))


def _rule(scene: Scene) -> str:
    """The entry of the draft's type that fired nearest to its partners; the context, when none did."""
    spans = [(m.start, m.end) for n in scene.draft.partners for m in scene.partners[n].mentions]
    near = [(a, b) for a, b in spans if scene.main.start <= a < scene.main.end]
    own = [t for t in scene.main.triggers if t.entry.type == scene.draft.type]
    if not own and scene.heading:
        above = scene.passages[scene.heading.lead]
        own = [t for t in above.triggers if t.entry.type == scene.draft.type]
    if not own:
        return f"{scene.lang}.{scene.draft.type}.context"
    if not near:
        return own[0].entry.id
    return min(own, key=lambda t: (min(max(a - t.end, t.start - b, 0) for a, b in near), t.start)).entry.id
