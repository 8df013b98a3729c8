"""Commands that tell what changed: diff between two graphs, news since a day in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.pages import FORMATS, events_told, form_of, lang_option, output_option, write_answer
from kg.cli.terminal import counted, note, out, show_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.changes import Change, Changes, Judgement
    from kg.network import EventRow, EvidenceRow
    from kg.store import Store

_TITLES = {
    "new": "New",
    "moved": "Changed status",
    "ended": "Ended, suspended or refused",
    "changed": "Changed otherwise",
    "gone": "No longer in the graph",
}
#: What else changed, by the clock of news: only the journal knows of corrections.
_NEWS_TITLES = {"published": "Told again by new articles", "added": "Told again or corrected"}
_JUDGED = ("id", "what", "why", "who", "when")
_format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="How to write it.  [default: text]"
)
_graph_argument = click.Path(path_type=Path)


@click.command(short_help="Tell what differs between two graphs.")
@click.argument("old", type=_graph_argument, metavar="GRAPH_A")
@click.argument("new", type=_graph_argument, metavar="GRAPH_B")
@output_option
@_format_option
@lang_option
def diff(old: Path, new: Path, output: Path | None, form: str | None, lang: str | None) -> None:
    """Tell what is new in GRAPH_B, what changed its status, what else changed, and what went.

    An event is the same one when it has the same name, or the same reports, or when an article tells the
    same of the same partners.

    \b
    Examples:
      kg diff graph graphs/chips
      kg diff graphs/monday graphs/friday -o week.html
      kg diff graph graphs/chips --format json
    """
    from kg.changes import changes_record, compare_events

    chosen = form_of(output, form)
    (old_base, before), (new_base, after) = (_read(path, lang) for path in (old, new))
    if old_base != new_base:
        raise UsageError(
            f"{old}: its IRIs start with {old_base}, those of {new} with {new_base}. "
            "Only graphs with one base_iri can be compared."
        )
    changes = compare_events(before, after)
    if chosen == "text" and output is None:
        show_changes(changes)
        return
    record = {"kind": "diff", "from": str(old), "to": str(new), **changes_record(changes)}
    write_answer("changes", record, output, chosen, lang=lang)


@click.command(short_help="Tell what is new since a day.")
@click.option("--since", metavar="DATE", help="The first day that counts: 2025, 2025-09, 2025-09-18.")
@click.option(
    "--by",
    "clock",
    type=click.Choice(["published", "added"]),
    default="published",
    show_default=True,
    help="What the day is compared with: when articles were published, or when they came into this graph.",
)
@graph_option
@output_option
@_format_option
@lang_option
def news(
    since: str | None, clock: str, graph: Path, output: Path | None, form: str | None, lang: str | None
) -> None:
    """Tell what is new since a day: events first told since, and those that new articles brought further.

    --by published asks the articles themselves, and gives everybody the same answer. --by added asks the
    journal of this graph, which keeps when each build brought or took which articles and what people
    corrected: it tells what you have not seen yet, however old the articles are, what went with articles that
    were taken out, and what kg correct took away, brought or changed, with who said so and why.

    \b
    Examples:
      kg news --since 2025-09-19
      kg news --since 2025-09 --by added
      kg news --since 2025-09-19 -o news.html --lang fr
    """
    from kg.changes import changes_record

    if since is None:
        raise click.UsageError("Say since when, as in kg news --since 2025-09-19")
    _check_date(since)
    chosen = form_of(output, form)
    changes, undated = _news(graph, since, clock, lang)
    if chosen == "text" and output is None:
        show_changes(changes, _TITLES | {"changed": _NEWS_TITLES[clock]})
        if undated:
            note(
                f"Not counting {counted(undated, 'event')} told only by articles without a day of publication"
                ": --by added goes by the day on which they came into the graph."
            )
        return
    record = {
        "kind": "news",
        "since": since,
        "by": clock,
        "undated": undated,
        **changes_record(changes, is_news=True),
    }
    write_answer("changes", record, output, chosen, lang=lang)


def _check_date(value: str) -> None:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise UsageError(f"--since: {value!r} is no date. Write 2025, 2025-09 or 2025-09-18.")


def _news(graph: Path, since: str, clock: str, lang: str | None) -> tuple[Changes, int]:
    """The news, and how many events no published day can date."""
    from kg.changes import news_added, news_since
    from kg.network import read_rows
    from kg.network.rows import first_day
    from kg.store import read_graph
    from kg.store.journal import added_since, read_journal, records_since

    day = first_day(since)
    with read_graph(graph) as store:
        rows = list(read_rows(store.select, lang=lang or ""))
        if clock == "published":
            undated = sum(not any(item.published for item in row.evidence) for row in rows)
            return news_since(rows, lambda item: bool(item.published) and str(item.published) >= day), undated
        journal = read_journal(graph)
        return news_added(rows, _is_among(store, added_since(journal, day)), records_since(journal, day)), 0


def _is_among(store: Store, names: set[str]) -> Callable[[EvidenceRow], bool]:
    articles = {f"{store.base_iri}article/{name}" for name in names}
    return lambda item: item.article in articles


def _read(graph: Path, lang: str | None) -> tuple[str, list[EventRow]]:
    from kg.network import read_rows
    from kg.store import read_graph

    with read_graph(graph) as store:
        return store.base_iri, list(read_rows(store.select, lang=lang or ""))


def show_changes(changes: Changes, titles: Mapping[str, str] = _TITLES) -> None:
    """Print the sections one after another, and how many events are as they were."""
    for name, items in changes.sections():
        # On a narrow screen there is room for the sectors or for what changed.
        last = ("told by", "what changed") if any(item.details for item in items) else ("sectors", "told by")
        by_hand = ("by correction",) if any(item.because for item in items) else ()
        columns = ("date", "event", "partners", *last, *by_hand)
        rows = [[_cells(item)[column] for column in columns] for item in items]
        show_table(columns, rows, title=f"{titles[name]}: {len(items)}")
        out("")
    if changes.corrections:
        rows = [[_judged(item)[column] for column in _JUDGED] for item in changes.corrections]
        show_table(_JUDGED, rows, title=f"Corrections: {len(rows)}")
        out("")
    elif not any(True for _ in changes.sections()):
        note("Nothing has changed.")
    note(f"{counted(changes.unchanged, 'event')} as before.")


def _cells(change: Change) -> dict[str, str]:
    event = change.event
    was = f"{change.before} → " if change.before not in (None, event.status) else ""
    told = min((item.published for item in event.evidence if item.published), default="")
    return {
        "date": " / ".join(event.dates) or (told and f"told {told}"),
        "event": f"{event.type}/{was}{event.status}",
        "partners": " + ".join(item.label for item in event.participants),
        "sectors": ", ".join(event.sectors),
        "told by": events_told(event) if event.evidence else "",
        "by correction": ", ".join(
            item.id + (" taken back" if item.taken_back else "") for item in change.because
        ),
        "what changed": "; ".join(_detail(item.what, item.before, item.after) for item in change.details),
    }


def _judged(item: Judgement) -> dict[str, str]:
    back = f"taken back on {item.taken_back[:10]}" if item.taken_back else ""
    return {
        "id": item.id,
        "what": f"{item.what} ({back})" if back else item.what,
        "why": item.why,
        "who": item.who,
        "when": item.when[:10],
    }


def _detail(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Write short values as they are, and count the others: pages and JSON name them."""
    if what in ("dates", "places", "type"):
        return f"{what} " + " ".join([*(f"-{item}" for item in before), *(f"+{item}" for item in after)])
    signs = ((len(after), "+"), (len(before), "-"))
    return f"{what} " + " ".join(f"{sign}{number}" for number, sign in signs if number)
