"""Measure speed and memory against the bare spaCy pipelines, and print the ratios.

In: the texts of samples/gold, repeated with their lines in another order, so that no cache flatters. Out:
a table. Run with ``make bench``; ``make bench BENCH=--full`` takes the sizes that the promise of constant
memory names (2,000 and 20,000 articles); ``make bench BENCH=--map`` measures the map of 5,000 partners alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold"
KG = (sys.executable, "-c", "from kg.cli import main; main()")

#: What is promised: the whole way against the bare pipeline; the memory of ten times the articles;
#: the seconds until help is shown; what follows from the articles.
SPEED_LIMIT = 1.5
#: The events of 100,000 reports against extracting 2,000 articles; the seconds of one article more.
EVENTS_LIMIT, ONE_MORE_LIMIT = 1.0, 2.0
MEMORY_LIMIT = 1.3
START_LIMIT = 0.3


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; ``limit`` is None where nothing is promised; it may be a floor."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    is_floor: bool = False

    def __str__(self) -> str:
        """Lay it out as a line with the verdict last."""
        verdict = "" if self.limit is None else f"limit {self.limit:g}: {self.verdict}"
        return f"{self.name:<58} {self.value:>9.2f} {self.unit:<10} {verdict}"

    @property
    def verdict(self) -> str:
        """Say whether the promise is kept."""
        kept = self.limit is None or (self.value >= self.limit if self.is_floor else self.value <= self.limit)
        return "kept" if kept else "NOT KEPT"


def main() -> None:
    """Measure all and print each line as soon as it is known."""
    parser = argparse.ArgumentParser(description="Measure speed and memory; print the ratios.")
    parser.add_argument("--articles", type=int, default=300, help="articles per language for the speed")
    parser.add_argument("--full", action="store_true", help="memory with ten times the articles")
    parser.add_argument("--map", action="store_true", help="the map of 5,000 partners and 20,000 links alone")
    options = parser.parse_args()
    if options.map:
        for line in map_lines():
            print(line, flush=True)
        return
    print(start())
    with tempfile.TemporaryDirectory() as folder:
        for lang in sorted({article["lang"] for article in gold()}):
            for line in speed(lang, options.articles, Path(folder)):
                print(line, flush=True)
        small = 2_000 if options.full else 200
        for line in memory(small, 10 * small, Path(folder)):
            print(line, flush=True)
        for line in events(10 * small, Path(folder)):
            print(line, flush=True)


def start() -> Measure:
    """Time ``kg --help``: the best of five, as other work of the machine only ever adds."""
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([*KG, "--help"], stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
        seconds.append(time.perf_counter() - begin)
    return Measure("kg --help", min(seconds), "s", START_LIMIT)


def map_lines() -> Iterator[Measure]:
    """Open the map of a large network in a real browser and move it."""
    from map_bench import FRAMES_LIMIT, OPEN_LIMIT, measure_map

    for name, value, unit in measure_map(5_000, 20_000):
        if name.endswith("seen after"):
            yield Measure(name, value, unit, OPEN_LIMIT)
        elif unit == "frames/s":
            yield Measure(name, value, unit, FRAMES_LIMIT, is_floor=True)
        else:
            yield Measure(name, value, unit)


def speed(lang: str, count: int, folder: Path) -> Iterator[Measure]:
    """Time the bare pipeline and the whole way on the same texts, models loaded before both."""
    from kg.pipeline import build
    from kg.settings import Settings

    articles = list(islice(endless(lang), count))
    path = write(articles, folder / f"{lang}.jsonl")
    build([str(write(articles[:1], folder / f"{lang}-one.jsonl"))], folder / f"{lang}-warm", Settings())
    name, read = bare_pipeline(lang)
    texts = [article["text"] for article in articles]
    list(read(texts[:1]))
    bare, bare_work = seconds_of(lambda: deque(read(texts), maxlen=0))
    whole, work = seconds_of(lambda: build([str(path)], folder / f"{lang}-graph", Settings()))
    yield Measure(f"{lang}: articles read, extracted and stored", count / whole, "a second")
    yield Measure(f"{lang}: articles through {name}", count / bare, "a second")
    yield Measure(f"{lang}: whole way / {name}", whole / bare, "times", SPEED_LIMIT)
    # Other work of the machine lengthens the one and the other by chance; this it changes less.
    yield Measure(f"{lang}: the same in processor time", work / bare_work, "times")


def bare_pipeline(lang: str) -> tuple[str, Callable[[Sequence[str]], Iterable[object]]]:
    """Name and load the language's trained pipeline as it comes.

    Where spaCy has none, it is underthesea's own segmentation and tagging.
    """
    import spacy
    from spacy.util import is_package

    from kg.languages import language_settings

    model = language_settings(lang).model
    if is_package(model):
        return "bare spaCy pipeline", spacy.load(model).pipe
    from underthesea import pos_tag

    return "underthesea's own tagging", partial(map, pos_tag)


def seconds_of(work: Callable[[], object]) -> tuple[float, float]:
    """Time some work, by the clock and by what the processor did for it."""
    begin, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begin, time.process_time() - used


def memory(small: int, large: int, folder: Path) -> Iterator[Measure]:
    """Compare the peak of two builds that differ in the number of articles alone, each in its own process."""
    peaks = []
    for count in (small, large):
        path = write(islice(endless(), count), folder / f"{count}.jsonl")
        peaks.append(peak_megabytes(path, folder / f"graph-{count}"))
        yield Measure(f"peak memory of kg build, {count:,} articles", peaks[-1], "MB")
    yield Measure(f"peak memory, {large:,} / {small:,} articles", peaks[1] / peaks[0], "times", MEMORY_LIMIT)


#: Starts a command and prints its exit status and the peak of its memory in KB. A process counts what its
#: parent held when it started; this one holds little, while the benchmark has pipelines in memory.
_WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_megabytes(path: Path, graph: Path) -> float:
    """Run ``kg build`` and take the peak of its resident memory from the kernel."""
    command = [sys.executable, "-c", _WATCH, *KG, "build", str(path), "-g", str(graph)]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    status, kilobytes = map(int, told.split())
    if status not in (0, 1):
        raise SystemExit(f"kg build ended with {status}: nothing to measure.")
    return kilobytes / 1024


def events(count: int, folder: Path) -> Iterator[Measure]:
    """Compare what follows from made-up reports with extracting a tenth of as many real articles."""
    from bench_events import REPORTS_EACH, measure

    from kg.articles import read_articles
    from kg.pipeline import extract
    from kg.settings import Settings

    path = write(islice(endless(), count // 10), folder / "extracted.jsonl")
    articles = list(read_articles([str(path)], settings=Settings(), on_problem=lambda _: None))
    sum(1 for _ in extract(articles[:3], Settings()))
    begin = time.perf_counter()
    sum(1 for _ in extract(articles, Settings()))
    extraction = time.perf_counter() - begin
    whole, more, check = measure(count, folder)
    reports = f"{count * REPORTS_EACH:,} reports"
    yield Measure(
        f"events of {reports}, / extracting {count // 10:,} articles",
        whole / extraction,
        "times",
        EVENTS_LIMIT,
    )
    yield Measure(f"one article more in {count:,}, beyond its extraction", more, "s", ONE_MORE_LIMIT)
    yield Measure(f"check of {count:,} articles / extracting them", check / extraction / 10, "times")


def gold() -> list[dict[str, str]]:
    """Read the articles of the gold data."""
    files = [path for path in sorted(GOLD.glob("*.jsonl")) if ".gold." not in path.name]
    if not files:
        raise SystemExit(f"{GOLD} has no articles (*.jsonl): nothing to measure.")
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def endless(lang: str | None = None) -> Iterator[dict[str, str]]:
    """Yield the articles again and again, their lines in another order and with a new id each time."""
    chosen = [article for article in gold() if lang in (None, article["lang"])]
    for turn in range(1_000_000):
        for article in chosen:
            lines = article["text"].split("\n")
            cut = turn % len(lines)
            text = "\n".join(lines[cut:] + lines[:cut])
            yield {**article, "id": f"{article['id']}-{turn}", "text": text}


def write(articles: Sequence[dict[str, str]] | Iterator[dict[str, str]], path: Path) -> Path:
    """Write articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path


if __name__ == "__main__":
    main()
