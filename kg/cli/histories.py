"""The command that tells a history: one or two partners in, their matters step by step out."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import filter_options, graph_option, make_filters
from kg.cli.pages import FORMATS, events_told, form_of, lang_option, output_option, write_answer
from kg.cli.terminal import counted, note, out, show_table

if TYPE_CHECKING:
    from kg.network import EventRow
    from kg.timelines import Matter, Timeline


@click.command(short_help="Tell the history of a partner, or of two.")
@click.argument("partner")
@click.argument("other", required=False)
@graph_option
@click.option("--alone", is_flag=True, help="The partners themselves, without what is part of them.")
@filter_options
@output_option
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to write it.  [default: text]")
@lang_option
def timeline(
    partner: str,
    other: str | None,
    graph: Path,
    alone: bool,
    output: Path | None,
    form: str | None,
    lang: str | None,
    **values: Any,
) -> None:
    """Tell the history of a partner, or of two with each other, matter by matter.

    Talks, a proposal, a memorandum, a contract, an opening, an end: events of the same partners in the same
    sector are steps of one matter. PARTNER is a name in any language, an acronym, a country's code or an
    IRI; it stands for its departments and subsidiaries too, a country for all that belong to it.

    \b
    Examples:
      kg timeline Vietnam "South Korea"
      kg timeline NVIDIA --sector semiconductors
      kg timeline VN KR -o timeline.html
    """
    from kg.timelines import timeline_record

    chosen = form_of(output, form)
    found = _timeline(graph, [partner, *([other] if other else [])], lang=lang, alone=alone, values=values)
    if not found.matters:
        note(f"{graph}: no event with these choices.")
    if chosen == "text" and output is None:
        show_timeline(found)
    else:
        write_answer("timeline", timeline_record(found), output, chosen, lang=lang)


def _timeline(
    graph: Path, words: list[str], *, lang: str | None, alone: bool, values: dict[str, Any]
) -> Timeline:
    from kg.network import read_rows
    from kg.store import read_graph
    from kg.timelines import NAMES, build_timeline, find_partner

    filters = make_filters(values)
    with read_graph(graph) as store:
        names: dict[str, list[str]] = defaultdict(list)
        for row in store.select(NAMES):
            names[row["partner"] or ""].append(row["name"] or "")
        partners = [find_partner(word, names) for word in words]
        rows = [row for row in read_rows(store.select, lang=lang or "") if filters.admits(row)]
        return build_timeline(rows, list(dict.fromkeys(partners)), base_iri=store.base_iri, alone=alone)


def show_timeline(timeline: Timeline) -> None:
    """Print the matters one after another, and last what stands alone."""
    matters = [matter for matter in timeline.matters if len(matter.entries) > 1]
    single = [matter for matter in timeline.matters if len(matter.entries) == 1]
    named = {item.iri for item in timeline.partners}
    for matter in matters:
        title = ", ".join(matter.sectors[:3]) or "no sector named"
        _show(f"{title}: {counted(len(matter.entries), 'step')}", [matter], named)
        out("")
    if single:
        _show("Events on their own" if matters else "Events", single, named)


def _progress(event: EventRow) -> str:
    """Write how far an event got: "planned → concluded → ended, told 2025-10-02"."""
    from kg.timelines import progress

    steps = progress(event)
    words = " → ".join(status for status, _ in steps)
    return f"{words}, told {steps[-1][1]}" if len(steps) > 1 else words


def _show(title: str, matters: list[Matter], named: set[str]) -> None:
    rows: list[tuple[str, ...]] = []
    for entry in (entry for matter in matters for entry in matter.entries):
        event = entry.event
        day = " / ".join(event.dates) or (f"told {entry.day}" if entry.day else "")
        others = [item.label for item in event.participants if item.iri not in named]
        differing = dict.fromkeys(item.what for item in event.differences)
        rows.append(
            (
                day,
                entry.step,
                f"{event.type}/{_progress(event)}",
                " + ".join(others),
                events_told(event),
                ", ".join(differing),
            )
        )
    columns = ["date", "step", "event", "with", "told by", "differing"]
    if not any(row[-1] for row in rows):
        columns.pop()
        rows = [row[:-1] for row in rows]
    show_table(columns, rows, title=title)
