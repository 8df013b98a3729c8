"""The command that shows how an article was read: an article in, its sentences with what they state out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import need_folder
from kg.cli.terminal import Problems, console, counted, note, plain, print_block
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from kg.explain import Explanation, Sentence
    from kg.model import Article
    from kg.settings import Settings

    #: A label, what is told, the style of the label.
    _Row = tuple[str, str, str]

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
_ENDINGS = (".html", ".htm")


@click.command(short_help="Show how an article is read, sentence by sentence.")
@click.argument("article", required=False)
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only sentence N.")
@click.option("--lang", metavar="CODE", help="Language of the text, when it is too short to tell, as vi.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a page instead: FILE.html.")
def explain(article: str | None, sentence: int | None, lang: str | None, output: Path | None) -> int:
    """Show how an article is read: what each sentence states, or why it states nothing.

    ARTICLE is a file of articles, a text in quotes, or - for text on standard input. Each sentence is shown
    with what is named in it, the entries of the codebook that fired or were kept from it, the events that it
    might state with how sure each is and has to be, what speaks for the surest of them and against it, and
    the reports that it states - or why it states none.

    \b
    Examples:
      kg explain samples/articles/fr-memorandum.md
      kg explain article.md --sentence 3
      kg explain article.md -o why.html
      kg explain "Samsung and Hanoi University signed a memorandum on chips on Friday."
    """
    if article is None:
        raise click.UsageError('Name a file, or give a text in quotes, as in kg explain "Samsung met NVIDIA"')
    if output is not None:
        _check_output(output)
    from kg.settings import read_settings

    settings, problems = read_settings(), Problems()
    found = _explanations(_articles(article, lang, settings, problems), sentence, settings, problems)
    if output is not None:
        _write(list(found), sentence, output)
        return problems.exit_code
    shown = 0
    for explanation in found:
        if shown:
            click.echo("\n")
        _show(explanation, sentence)
        shown += 1
    if shown and not problems.count and sys.stdout.isatty():
        note("An entry of the codebook stands in kg/languages/<code>/codebook.toml under its id.")
    return problems.exit_code


def _check_output(output: Path) -> None:
    if output.suffix.lower() not in _ENDINGS:
        raise UsageError(f"{output}: what is written is a page. Give it the ending .html.")
    need_folder(output)


def _explanations(
    articles: Iterable[Article], only: int | None, settings: Settings, problems: Problems
) -> Iterator[Explanation]:
    """Explain what can be read and name the rest."""
    from kg.explain import explain_article

    for item in articles:
        try:
            explanation = explain_article(item, settings)
        except KgError as error:
            problems(error)
            continue
        count = len(explanation.sentences)
        if only is not None and only > count:
            raise UsageError(f"{item.id} has {counted(count, 'sentence')}; there is no sentence {only}.")
        yield explanation


def _write(explanations: Sequence[Explanation], only: int | None, output: Path) -> None:
    from kg.explain.page import write_page

    if explanations:
        write_page(explanations, output, only=only)
        note(f"Written: {output}")


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

    from kg.explain.words import doubt_words, report_words, theme_words

    screen, article = console(), explanation.article
    head = (article.title or article.id, explanation.lang, str(article.published or ""))
    screen.print(Text(plain(" · ".join(filter(None, head))), style="bold"), soft_wrap=True)
    for sentence in explanation.sentences:
        if only in (None, sentence.number):
            click.echo()
            _print_rows([(Text(f"{sentence.number:>3}", style="bright_black"), _marked(sentence))])
            _print_rows(_details(explanation, sentence), indent=5)
    if doubt := doubt_words(explanation):
        click.echo()
        screen.print(Text(doubt, style="red"), soft_wrap=True)
    if only is None:
        click.echo()
        reports, count = explanation.reports, counted(len(explanation.sentences), "sentence")
        click.echo(f"{count}, {counted(len(reports), 'report')}{':' if reports else '.'}")
        rows = [
            row
            for number, (report, themes) in enumerate(zip(reports, explanation.themes, strict=True), 1)
            for row in ((f"[{number}]", report_words(report)), *(("", theme_words(one)) for one in themes))
        ]
        _print_rows([(Text(label), Text(plain(words))) for label, words in rows], indent=2)


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
    """Tell what is known of a sentence, a label and its words a row."""
    from rich.text import Text

    for label, words, style in (
        *_outcome(explanation, sentence),
        *_named(sentence),
        *_fired(sentence),
        *_weighed(explanation, sentence),
    ):
        yield Text(label, style=style), Text(plain(words))


def _named(sentence: Sentence) -> Iterator[_Row]:
    from kg.explain.words import seen_words

    for label, style in _STYLES.items():
        named = [seen_words(seen) for seen in sentence.mentions if seen.mention.label == label]
        if named:
            yield label, ", ".join(dict.fromkeys(named)), style


def _fired(sentence: Sentence) -> Iterator[_Row]:
    from kg.explain.words import barred_words

    for fired in sentence.triggers:
        words = sentence.text[fired.start - sentence.start : fired.end - sentence.start]
        yield "trigger", f'"{words}" → {fired.entry} ({fired.type}/{fired.status})', _TRIGGER_STYLE
    for barred in sentence.barred:
        yield "barred", barred_words(barred), "red"


def _weighed(explanation: Explanation, sentence: Sentence) -> Iterator[_Row]:
    """Tell the candidates, and what speaks for and against the surest."""
    from kg.explain.words import bond_words, candidate_words, candidates_told, clues_told, verdict_words
    from kg.explain.words import clue_words as told

    candidates, rest = candidates_told(sentence)
    for item in candidates:
        verdict = verdict_words(item, explanation.doubt)
        yield "candidate", f"{candidate_words(item)} {verdict}", "bold" if item.is_enough else "bright_black"
    if rest:
        yield "", rest, ""
    if candidates:
        pro, contra = clues_told(sentence.clues)
        yield "weighed", bond_words(candidates[0]), "bright_black"
        for label, clues in (("for it", pro), ("against", contra)):
            if clues:
                yield label, ", ".join(map(told, clues)), "bright_black"


def _outcome(explanation: Explanation, sentence: Sentence) -> Iterator[_Row]:
    from kg.explain.words import reason_words, report_words

    for label, style, numbers in (
        ("states", "bold green", sentence.quoted),
        ("adds to", "green", sentence.supports),
    ):
        for index in numbers:
            report = explanation.reports[index]
            yield label, f"[{index + 1}] {report_words(report)}", style
            yield "  rule", report.rule, "green"
    for number, reason in enumerate(sentence.reasons):
        yield "" if number else "nothing", reason_words(reason, sentence), "red"


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
