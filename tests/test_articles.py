"""Reading: every format gives the same kind of article, and bad input is one clear sentence."""

from __future__ import annotations

import contextlib
import io
import json
import os
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import read_articles
from kg.articles.decoding import cleaned, decoded
from kg.errors import InputError
from kg.model import Article
from kg.settings import Settings

DATA = Path(__file__).parent / "data" / "articles"
SENTENCE = "The port of Valmer and the city of Orsa signed a memorandum."


def read(
    *inputs: Path | str, settings: Settings | None = None, stdin: IO[Any] | None = None
) -> tuple[list[Article], list[str]]:
    problems: list[InputError] = []
    articles = read_articles(
        [str(item) for item in inputs],
        settings=settings or Settings(),
        on_problem=problems.append,
        stdin=stdin,
    )
    return list(articles), [str(problem) for problem in problems]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return folder


def only(result: tuple[list[Article], list[str]]) -> Article:
    articles, problems = result
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def refused(result: tuple[list[Article], list[str]]) -> str:
    articles, problems = result
    assert articles == []
    assert len(problems) == 1
    return problems[0]


def ids(articles: Iterable[Article]) -> list[str]:
    return [article.id for article in articles]


# Formats


def test_a_web_page_gives_text_title_date_address_and_site() -> None:
    article = only(read(DATA / "page.html"))
    assert (article.id, article.title) == ("page", "Le port de Valmer et la ville d'Orsa signent")
    assert article.published == date(2025, 3, 14)
    assert (article.url, article.source) == ("https://gazette.example/port-valmer", "La Gazette du Quai")
    assert article.text.startswith(f"{article.title}\n\nLe port de Valmer et la ville d'Orsa ont signé jeudi")
    assert "comité de suivi" in article.text
    assert "Accueil" not in article.text
    assert "tracker" not in article.text


def test_the_language_tag_of_a_web_page_is_not_believed() -> None:
    assert only(read(DATA / "page.html")).lang is None


def test_a_web_page_without_a_date_gets_none(tmp_path: Path) -> None:
    lines = (DATA / "page.html").read_text(encoding="utf-8").replace("© La", "© 2019 La").splitlines()
    page = "\n".join(line for line in lines if "published_time" not in line)
    assert only(read(write(tmp_path, {"p.htm": page}))).published is None


def test_a_web_page_in_its_declared_encoding_is_decoded(tmp_path: Path) -> None:
    page = (DATA / "page.html").read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="iso-8859-2"')
    page = page.replace("Orsa", "Łódź").replace("mémorandum", "memorandum").replace("à", "a")
    assert "Łódź" in only(read(write(tmp_path, {"p.html": page.encode("iso-8859-2", "replace")}))).text


def test_front_matter_gives_the_fields_and_markup_goes() -> None:
    article = only(read(DATA / "front_matter.md"))
    assert article == Article(
        id="valmer-2025-03",
        text="Valmer : un accord pour le port\n\nLe port de Valmer et la ville d'Orsa ont signé un mémorandum.\n\n"
        "La suite\n\n\nUn comité se réunira en juin.",
        title="Valmer : un accord pour le port",
        lang="fr",
        published=date(2025, 3, 14),
        url="https://gazette.example/port-valmer",
        source="La Gazette du Quai",
        origin=str(DATA / "front_matter.md"),
    )
    assert article.text[article.body_start :].startswith("Le port")


def test_markdown_without_front_matter_takes_its_first_heading_as_title(tmp_path: Path) -> None:
    article = only(read(write(tmp_path, {"a.md": f"# Port and wind\n\n{SENTENCE}\n"})))
    assert (article.title, article.text) == ("Port and wind", f"Port and wind\n\n{SENTENCE}")


def test_front_matter_values_stay_the_strings_that_were_written(tmp_path: Path) -> None:
    article = only(read(write(tmp_path, {"a.md": f"---\nid: 007\nlang: no\ntitle: ~\n---\n{SENTENCE}"})))
    assert (article.id, article.lang, article.title) == ("007", "no", None)


def test_a_date_line_above_a_text_gives_date_and_title() -> None:
    article = only(read(DATA / "dated.txt"))
    assert (article.published, article.title) == (date(2025, 3, 14), "Le port de Valmer s'ouvre au vent")
    assert (
        article.text[article.body_start :] == "Le port de Valmer et la ville d'Orsa ont signé un mémorandum."
    )


def test_a_month_alone_is_no_day_of_publication(tmp_path: Path) -> None:
    article = only(read(write(tmp_path, {"a.txt": f"date 2025-03 Port and wind\n\n{SENTENCE}"})))
    assert (article.published, article.title) == (None, "Port and wind")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Port and wind\n\n{SENTENCE}", "Port and wind"),
        (f"« Un port, du vent »\n\n{SENTENCE}", "« Un port, du vent »"),
        (f"Who pays for the port?\n\n{SENTENCE}", "Who pays for the port?"),
        (f"{SENTENCE}\n\nIt runs for a year.", None),
        (f"Port and wind\n{SENTENCE}", None),
        ("Port and wind", None),
        (f"{'word ' * 50}\n\n{SENTENCE}", None),
        (f">> Another story\n\n{SENTENCE}", None),
        (f"He said: “It is done.”\n\n{SENTENCE}", None),
    ],
)
def test_a_first_line_that_reads_like_a_headline_is_the_title(
    tmp_path: Path, text: str, title: str | None
) -> None:
    article = only(read(write(tmp_path, {"a.txt": text})))
    assert article.title == title
    assert cleaned(text) == article.text


def test_json_lines_give_every_field() -> None:
    articles, problems = read(DATA / "lines.jsonl")
    assert problems == []
    first = articles[0]
    assert first.text == "Cảng Valmer\n\nCảng Valmer và thành phố Orsa đã ký bản ghi nhớ."
    assert (first.id, first.lang, first.published) == ("a", "vi", date(2025, 3, 14))
    assert (first.url, first.source) == ("https://bao.example/a", "Báo Cảng")
    assert [article.origin for article in articles] == [
        f"{DATA / 'lines.jsonl'}:{line}" for line in (1, 2, 4)
    ]


def test_a_json_line_without_id_is_named_by_its_text_not_its_line(tmp_path: Path) -> None:
    line = json.dumps({"text": SENTENCE})
    alone, _ = read(write(tmp_path / "1", {"a.jsonl": line}))
    below, _ = read(write(tmp_path / "2", {"a.jsonl": f'{{"id": "x", "text": "First."}}\n{line}'}))
    assert alone[0].id == below[1].id
    assert alone[0].id.startswith("a-")


def test_a_title_that_the_text_repeats_stands_once(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "title": "Port and wind", "text": f"Port and wind\n\n{SENTENCE}"})
    assert only(read(write(tmp_path, {"a.jsonl": line}))).text == f"Port and wind\n\n{SENTENCE}"


@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_hyphen_reads_json_lines_from_standard_input(as_bytes: bool) -> None:
    text = (DATA / "lines.jsonl").read_text(encoding="utf-8")
    stdin: IO[Any] = io.BytesIO(text.encode()) if as_bytes else io.StringIO(text)
    articles, problems = read("-", stdin=stdin)
    assert problems == []
    assert ids(articles)[:2] == ["a", "b"]
    assert articles[0].origin == "standard input:1"


# Folders, globs, order and identity


def test_folders_are_read_by_name_and_ids_are_paths_without_ending(tmp_path: Path) -> None:
    write(tmp_path, {"b/2.txt": "Two.", "b/1.txt": "One.", "a.md": "Three.", "c.TXT": "Four."})
    write(
        tmp_path,
        {"README.md": "About.", "x.pdf": b"%PDF-", ".hidden.txt": "No.", "x.gold.jsonl": '{"id": "a"}'},
    )
    articles, problems = read(tmp_path)
    assert problems == []
    assert ids(articles) == ["a", "b/1", "b/2", "c"]


def test_globs_are_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"b/2.txt": "Two.", "a/1.txt": "One.", "a/3.csv": "x"})
    articles, problems = read(tmp_path / "*" / "*")
    assert problems == []
    assert ids(articles) == ["a/1", "b/2"]


def test_a_file_that_is_reached_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two."})
    articles, problems = read(tmp_path / "a.txt", tmp_path, tmp_path / "*.txt")
    assert problems == []
    assert ids(articles) == ["a", "b"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    write(tmp_path, {f"{number:03}.txt": SENTENCE for number in range(20)})
    stream = read_articles([str(tmp_path)], settings=Settings(), on_problem=lambda problem: None)
    assert next(stream).id == "000"
    for path in tmp_path.glob("*.txt"):
        path.unlink()
    assert list(stream) == []


def test_of_two_articles_with_one_id_the_later_is_refused_and_both_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"1/a.txt": "One.", "2/a.txt": "Two.", "2/b.txt": "Three."})
    articles, problems = read(tmp_path / "1", tmp_path / "2")
    assert [article.text for article in articles] == ["One.", "Three."]
    assert problems[0].startswith(f"{tmp_path}/2/a.txt: the id 'a' is taken by {tmp_path}/1/a.txt")


def test_reading_the_same_files_twice_gives_equal_articles() -> None:
    assert read(DATA) == read(DATA)
    assert len(read(DATA)[0]) == 6


# Bad input


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", "", "the file is empty"),
        ("a.txt", " \n\n", "the file is empty"),
        ("a.txt", "\u200b\ufeff … \n", "there is no text in it"),
        ("a.txt", b"%PDF-1.7 \xe2\xe3", "binary data"),
        ("a.txt", bytes(range(256)) * 20, "binary data"),
        ("a.txt", "date 2025-13-01 Port and wind\n\nA text.", "a.txt:1: '2025-13-01' is no date"),
        ("a.md", "---\ntitle: Port\ndate: 31/12/2025\n---\nA text.", "a.md:3: '31/12/2025' is no date"),
        ("a.md", "---\ntitle: Port\ndate: 2025-02-30\n---\nA text.", "a.md:3: '2025-02-30' is no date"),
        ("a.md", "---\nid: a\ntitle: Port : wind\n---\nA text.", "a.md:3: the front matter is no valid YAML"),
        ("a.md", "---\n- a\n- b\n---\nA text.", "a.md:2: the front matter must be lines"),
        ("a.md", "---\ntitle: [a, b]\n---\nA text.", "a.md:2: title must be one value"),
        ("a.md", "---\ntitle: Port\nA text.", "a.md:1: the front matter does not end"),
        ("a.md", "---\ntitle: " + "[" * 5000 + "\n---\nA text.", "the front matter is no valid YAML"),
        ("a.md", "---\ntitle: Port\n---\n", "there is no text"),
        ("a.html", "<html><body><script>1</script></body></html>", "no article text was found"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00", "binary data"),
        ("a.jsonl", "", "there is no article in it"),
        ("a.jsonl", "\n\n", "there is no article in it"),
        ("a.jsonl", '{"id": "a", "text": 5}', 'a.jsonl:1: "text" must be a string, not int'),
        ("a.jsonl", '{"id": "a"}', 'a.jsonl:1: the article has no "text"'),
        ("a.jsonl", '{"id": "a", "text": " "}', 'a.jsonl:1: the article has no "text"'),
        ("a.jsonl", '["a"]', "a.jsonl:1: the line is no JSON object"),
        ("a.jsonl", '{"id": "a", "text": "A text.", "published": "soon"}', "a.jsonl:1: 'soon' is no date"),
        ("a.jsonl", "[" * 100_000, "a.jsonl:1: this JSON nests too deeply"),
        ("a.pdf", "A text.", "the ending '.pdf' is not known. There are: .txt, .md, .html, .htm, .jsonl."),
        ("a", "A text.", "a file without an ending is not known"),
    ],
)
def test_bad_content_is_named_in_one_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    write(tmp_path, {name: content, "good.txt": SENTENCE})
    articles, problems = read(tmp_path / name, tmp_path / "good.txt")
    assert ids(articles) == ["good"]
    assert len(problems) == 1
    assert problems[0].startswith(str(tmp_path / name))
    assert sentence in problems[0]
    assert "\n" not in problems[0]


def test_broken_json_on_line_7_of_10_leaves_the_other_nine(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(number), "text": SENTENCE}) for number in range(1, 11)]
    lines[6] = lines[6][:-3]
    articles, problems = read(write(tmp_path, {"a.jsonl": "\n".join(lines)}))
    assert ids(articles) == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert len(problems) == 1
    assert f"{tmp_path}/a.jsonl:7: broken JSON at column" in problems[0]


def test_a_text_that_is_too_long_is_refused_unread_or_read(tmp_path: Path) -> None:
    settings = Settings(max_characters=100)
    write(tmp_path, {"a.txt": "word " * 1000, "b.txt": "word " * 30, "c.txt": "word " * 10})
    write(
        tmp_path,
        {
            "d.jsonl": "\n".join(
                json.dumps({"id": i, "text": "word " * n}) for i, n in enumerate((30_000, 30, 2))
            )
        },
    )
    articles, problems = read(tmp_path, settings=settings)
    assert ids(articles) == ["c", "2"]
    assert "5,000 bytes are more than the 400 that one article may have" in problems[0]
    assert "149 characters are more than the 100" in problems[1]
    assert "d.jsonl:1: the line is longer than" in problems[2]
    assert "d.jsonl:2: 149 characters are more than the 100" in problems[3]
    assert len(problems) == 4


def test_a_file_of_50_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(50_000_000)
    assert "50,000,000 bytes are more than the 4,000,000" in refused(read(tmp_path))


@pytest.mark.parametrize(
    ("given_name", "sentence"),
    [
        ("nothing", "there is no such file or folder"),
        ("*.txt", "it matches nothing"),
        ("empty", "no articles in this folder. It should hold .txt, .md, .html, .htm, .jsonl."),
        ("other", "no articles in this folder"),
        ("other/*", "what it matches has none of the endings"),
        ("a\x00b", "there is no such file or folder"),
    ],
)
def test_an_input_that_leads_to_no_article_is_named(tmp_path: Path, given_name: str, sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, {"other/a.csv": "x"})
    assert sentence in refused(read(f"{tmp_path}/{given_name}"))


def test_a_file_that_vanishes_in_between_is_named_and_the_others_go_through(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two.", "c.txt": "Three."})
    problems: list[InputError] = []
    stream = read_articles([str(tmp_path)], settings=Settings(), on_problem=problems.append)
    assert next(stream).id == "a"
    (tmp_path / "b.txt").unlink()
    assert ids(stream) == ["c"]
    assert str(problems[0]) == f"{tmp_path}/b.txt: it is not there (any more)."


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b/c.txt": "Two.", "d.txt": "Three."})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    articles, problems = read(tmp_path)
    (tmp_path / "b").chmod(0o700)
    assert ids(articles) == ["d"]
    assert all("you have no permission to read it" in problem for problem in problems)
    assert len(problems) == 2


def test_links_that_lead_in_circles_are_named_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": "One."})
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    articles, problems = read(tmp_path)
    assert ids(articles) == ["in/a"]
    assert len(problems) == 3
    assert "it is not there" in problems[0]
    assert "the link leads back to a folder above it" in problems[1]
    assert "self.txt: it cannot be read (too many levels of symbolic links)" in problems[2]


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"there/a.txt": "One.", "here/b.txt": "Two."})
    (tmp_path / "here" / "link").symlink_to(tmp_path / "there")
    articles, problems = read(tmp_path / "here")
    assert (ids(articles), problems) == (["b", "link/a"], [])


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "no regular file" in refused(read(tmp_path))


# Text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Cảng Valmer và thành phố Orsa đã ký bản ghi nhớ."),
        ("utf-16", "Cảng Valmer và thành phố Orsa đã ký bản ghi nhớ."),
        ("utf-16-le", "Cảng Valmer và thành phố Orsa đã ký bản ghi nhớ."),
        ("utf-16-be", "Le port de Valmer et la ville d'Orsa ont signé."),
        ("utf-32", "Le port de Valmer et la ville d'Orsa ont signé."),
        ("cp1252", "Le port a signé « un accord » à l’été, où l’œuvre est née."),
        ("latin-1", "Le port a signé « un accord » à l'été, déjà évoqué."),
        ("cp1251", "Порт и город подписали соглашение о сотрудничестве в области энергетики."),
        (
            "shift_jis",
            "港と市は、再生可能エネルギー分野での協力について覚書に署名した。日本とベトナムの協力。",
        ),
    ],
)
def test_other_encodings_are_recognised(encoding: str, text: str) -> None:
    assert cleaned(decoded(text.encode(encoding), "a.txt")) == text


def test_the_code_page_with_combining_tones_is_recognised() -> None:
    text = "Cảng Valmer và thành phố Orsa đã ký bản ghi nhớ về năng lượng."
    split = "".join(_tone_split(character) for character in text)
    assert cleaned(decoded(split.encode("cp1258"), "a.txt")) == text


def _tone_split(character: str) -> str:
    """Write a letter as the code page does: letters with one mark as they are, a tone mark behind."""
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        parts = unicodedata.normalize("NFD", character)
        if tone in parts:
            return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return character


def test_text_is_stored_clean() -> None:
    raw = (
        "Cafe\u0301\r\nport\u00a0: vent \t\r\rso\u00adft\x00\x07 \ud83d\ude00 \ud800 end\ufeff\u2028next\x85"
    )
    assert cleaned(raw) == "Café\nport\u00a0: vent\n\nsoft 😀 \ufffd end\nnext"


def test_lone_surrogates_and_control_characters_in_json_lines_pass(tmp_path: Path) -> None:
    line = '{"id": "a\\u0000b", "title": "Port\\u0007 and\\nwind", "text": "One \\ud800 two.\x01"}'
    article = only(read(write(tmp_path, {"a.jsonl": line})))
    assert article.text == "Port and wind\n\nOne \ufffd two."
    assert article.id == "ab"


ANY_TEXT = st.text(st.characters(), max_size=300)


@given(ANY_TEXT)
def test_cleaning_gives_nfc_without_control_characters_and_twice_is_once(text: str) -> None:
    clean = cleaned(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert cleaned(clean) == clean
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in clean)
    clean.encode("utf-8")


@given(ANY_TEXT, ANY_TEXT)
def test_any_unicode_text_passes_or_is_named_and_the_body_begins_where_said(title: str, body: str) -> None:
    line = json.dumps({"id": "a", "title": title, "text": body})
    articles, problems = read("-", stdin=io.StringIO(line))
    assert len(articles) + len(problems) == 1
    for article in articles:
        assert unicodedata.is_normalized("NFC", article.text)
        assert article.text.strip() == article.text
        if article.title:
            assert article.text == f"{article.title}\n\n{article.text[article.body_start :]}"
            assert "\n" not in article.title


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_named(data: bytes) -> None:
    with contextlib.suppress(InputError):
        cleaned(decoded(data, "a.txt")).encode("utf-8")
