"""The command that shows how an article was read: an article in, its sentences with what they state out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import Problems, console, counted, note, plain, print_block
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from kg.explain import Explanation, Seen, Sentence
    from kg.model import Article, Report
    from kg.settings import Settings

#: What is coloured how; the same signs stand in the text, for those who see no colours.
_STYLES = {
    "partner": "bold cyan",
    "person": "cyan",
    "group": "italic cyan",
    "place": "blue",
    "sector": "green",
    "activity": "yellow",
    "instrument": "magenta",
    "date": "bright_black",
}
_TRIGGER_STYLE = "underline"
_REASONS = {
    "residue": "newsroom residue (caption, byline, link): it states nothing",
    "no trigger": "no word of the codebook fired",
    "few partners": "fewer than two partners are named or meant",
    "below threshold": "not sure enough",
    "unrelated": "what it says belongs to no report",
}


@click.command(short_help="Show how an article is read, sentence by sentence.")
@click.argument("article", required=False)
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only sentence N.")
@click.option("--lang", metavar="CODE", help="Language of the text, when it is too short to tell, as vi.")
def explain(article: str | None, sentence: int | None, lang: str | None) -> int:
    """Show how an article is read: what each sentence states, or why it states nothing.

    ARTICLE is a file of articles, a text in quotes, or - for text on standard input. Each sentence is shown
    with what is named in it, the entries of the codebook that fired, and the reports that quote it.

    \b
    Examples:
      kg explain samples/articles/fr-memorandum.md
      kg explain article.md --sentence 3
      kg explain "Samsung and Hanoi University signed a memorandum on chips on Friday."
    """
    if article is None:
        raise click.UsageError('Name a file, or give a text in quotes, as in kg explain "Samsung met NVIDIA"')
    from kg.explain import explain_article
    from kg.settings import read_settings

    settings, problems, shown = read_settings(), Problems(), 0
    for item in _articles(article, lang, settings, problems):
        try:
            explanation = explain_article(item, settings)
        except KgError as error:
            problems(error)
            continue
        if shown:
            click.echo("\n")
        _show(explanation, sentence)
        shown += 1
    if shown and not problems.count and sys.stdout.isatty():
        note("An entry of the codebook stands in kg/languages/<code>/codebook.toml under its id.")
    return problems.exit_code


def _articles(given: str, lang: str | None, settings: Settings, problems: Problems) -> Iterable[Article]:
    from kg.articles import read_articles
    from kg.model import Article

    if given != "-" and (Path(given).exists() or not any(sign.isspace() for sign in given)):
        return read_articles([given], settings=settings, on_problem=problems)
    import unicodedata

    text = unicodedata.normalize("NFC", sys.stdin.read() if given == "-" else given).strip()
    if not text:
        raise UsageError("There is no text on standard input.")
    return [Article(id="text", text=text, lang=lang, origin="the text")]


def _show(explanation: Explanation, only: int | None) -> None:
    from rich.text import Text

    screen = console()
    article, count = explanation.article, len(explanation.sentences)
    if only is not None and only > count:
        raise UsageError(f"{article.id} has {count} sentences; there is no sentence {only}.")
    head = (article.title or article.id, explanation.lang, str(article.published or ""))
    screen.print(Text(plain(" · ".join(filter(None, head))), style="bold"), soft_wrap=True)
    for sentence in explanation.sentences:
        if only in (None, sentence.number):
            click.echo()
            _print_rows([(Text(f"{sentence.number:>3}", style="bright_black"), _marked(sentence))])
            _print_rows(_details(explanation, sentence), indent=5)
    if only is None:
        click.echo()
        reports = explanation.reports
        click.echo(
            f"{counted(count, 'sentence')}, {counted(len(reports), 'report')}{':' if reports else '.'}"
        )
        _print_rows(
            [(Text(f"[{number}]"), Text(_report_words(item))) for number, item in enumerate(reports, 1)],
            indent=2,
        )


def _print_rows(rows: Iterable[tuple[Text, Text]], *, indent: int = 0) -> None:
    """Print labels with their texts beside them, so that a long text is folded under itself."""
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    for label, text in rows:
        grid.add_row(label, text)
    if grid.row_count:
        print_block(Padding(grid, (0, 0, 0, indent)))


def _details(explanation: Explanation, sentence: Sentence) -> Iterable[tuple[Text, Text]]:
    from rich.text import Text

    for label, style in _STYLES.items():
        named = [_seen_words(seen) for seen in sentence.mentions if seen.mention.label == label]
        if named:
            yield Text(label, style=style), Text(plain(", ".join(dict.fromkeys(named))))
    for fired in sentence.triggers:
        words = sentence.text[fired.start - sentence.start : fired.end - sentence.start]
        rule = f'"{plain(words)}" → {fired.entry} ({fired.type}/{fired.status})'
        yield Text("trigger", style=_TRIGGER_STYLE), Text(rule)
    for index in sentence.quoted:
        words = _report_words(explanation.reports[index])
        yield Text("states", style="bold green"), Text(f"[{index + 1}] {words}")
    for index in sentence.supports:
        words = _report_words(explanation.reports[index])
        yield Text("adds to", style="green"), Text(f"[{index + 1}] {words}")
    if sentence.reason is not None:
        yield Text("nothing", style="red"), Text(plain(_reason_words(sentence)))


def _reason_words(sentence: Sentence) -> str:
    words, near = _REASONS[sentence.reason or ""], sentence.nearest
    if sentence.reason != "below threshold" or near is None:
        return words
    one, other = near.partners
    return (
        f"{words}: {near.type} of {one} and {other} at {near.probability:.2f}, "
        f"where {near.threshold:.2f} is needed"
    )


def _seen_words(seen: Seen) -> str:
    text, mention = " ".join(seen.mention.text.split()), seen.mention
    meant = " + ".join(seen.partners) or mention.ref or ""
    return f"{text} = {meant}" if meant and meant != text else text


def _marked(sentence: Sentence) -> Text:
    """Colour what is named in a sentence; the text itself is only ever shown."""
    from rich.text import Text

    # Characters of the text may not be dropped before the offsets are used; one control sign stays one sign.
    marked = Text(plain(sentence.text.replace("\r", " ").replace("\n", " ")))
    for seen in sentence.mentions:
        mention = seen.mention
        marked.stylize(
            _STYLES.get(mention.label, ""), mention.start - sentence.start, mention.end - sentence.start
        )
    for fired in sentence.triggers:
        marked.stylize(_TRIGGER_STYLE, fired.start - sentence.start, fired.end - sentence.start)
    return marked


def _report_words(report: Report) -> str:
    """Write a report in one line, as the tests of the codebook do."""
    head = f"{report.type}/{report.status}: {' + '.join(partner.label for partner in report.partners)}"
    details = [
        ", ".join(report.sectors),
        ", ".join(report.activities),
        report.instrument or "",
        report.date.value if report.date else "",
        report.place or "",
        f"{report.confidence:.2f}",
    ]
    return plain(" | ".join([head, *filter(None, details)]))
