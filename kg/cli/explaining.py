"""The command that shows how an article was read: an article in, its sentences with what they state out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import Problems, console, note, plain
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
    article = explanation.article
    head = " · ".join(
        filter(None, (article.title or article.id, explanation.lang, str(article.published or "")))
    )
    count = len(explanation.sentences)
    if only is not None and only > count:
        raise UsageError(f"{article.id} has {count} sentences; there is no sentence {only}.")
    screen.print(Text(plain(head), style="bold"), soft_wrap=True)
    for sentence in explanation.sentences:
        if only in (None, sentence.number):
            screen.print()
            for line in _lines(explanation, sentence):
                screen.print(line, soft_wrap=not screen.is_terminal)
    if only is None:
        screen.print()
        screen.print(f"{count} sentences, {_counted(explanation)}" + (":" if explanation.reports else "."))
        for number, report in enumerate(explanation.reports, 1):
            screen.print(Text(f"  [{number}] {_report_words(report)}"), soft_wrap=True)


def _counted(explanation: Explanation) -> str:
    count = len(explanation.reports)
    return f"{count} report{'' if count == 1 else 's'}"


def _lines(explanation: Explanation, sentence: Sentence) -> Iterable[Text]:
    from rich.text import Text

    yield Text.assemble((f"{sentence.number:>3}  ", "bright_black"), _marked(sentence))
    indent = "     "
    for label in _STYLES:
        named = [_seen_words(seen) for seen in sentence.mentions if seen.mention.label == label]
        if named:
            joined = ", ".join(dict.fromkeys(named))
            yield Text.assemble(indent, (f"{label:<11}", _STYLES[label]), plain(joined))
    for fired in sentence.triggers:
        words = sentence.text[fired.start - sentence.start : fired.end - sentence.start]
        yield Text.assemble(
            indent,
            (f"{'trigger':<11}", _TRIGGER_STYLE),
            f'"{plain(words)}" → {fired.entry} ({fired.type}/{fired.status})',
        )
    yield from (Text.assemble(indent, line) for line in _outcome(explanation, sentence))


def _outcome(explanation: Explanation, sentence: Sentence) -> Iterable[Text]:
    from rich.text import Text

    for index in sentence.quoted:
        words = _report_words(explanation.reports[index])
        yield Text.assemble(("states     ", "bold green"), f"[{index + 1}] {words}")
    for index in sentence.supports:
        yield Text.assemble(
            ("adds to    ", "green"), f"[{index + 1}] {_report_words(explanation.reports[index])}"
        )
    if sentence.reason is not None:
        words = _REASONS[sentence.reason]
        if sentence.reason == "below threshold" and (near := sentence.nearest):
            one, other = near.partners
            words += (
                f": {near.type} of {one} and {other} at {near.probability:.2f}, "
                f"where {near.threshold:.2f} is needed"
            )
        yield Text.assemble(("nothing    ", "red"), plain(words))


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
