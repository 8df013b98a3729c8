"""Documents: the text kept to the character, sentences, language, entities, and input that means harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.documents import detect_language, load_pipeline, make_documents
from kg.errors import InputError, KgError, LanguageError
from kg.languages import languages
from kg.model import Article
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = {
    "fr": [
        "M. Jean Dupont a reçu Mme. Lan à Hanoï. | Ils ont signé un accord de 2,5 millions d'euros. | Le reste suivra.",
        "« Nous irons plus loin. » | Le ministre l'a dit hier.",
        "« Pourquoi pas ? » a-t-il demandé. | Personne n'a répondu !",
        "La société Acme Inc. Vietnam a ouvert une usine. | Elle emploie 200 personnes.",
        "Le site d'Acme Inc. | Il emploie 200 personnes.",
    ],
    "en": [
        "Mr. Smith met Dr. Nguyen of Acme Co. in Hanoi. | They signed. | The rest follows.",
        'He said: "We will go further." | The minister left.',
        "The deal is with Acme Inc. | It was signed on Jan. 5 in Washington, D.C. on a rainy day.",
        "John F. Kennedy spoke at 9 a.m. to the U.S. Senate. | Nobody answered.",
    ],
    "vi": [
        "TS. Nguyễn Văn A làm việc tại TP. Hồ Chí Minh. | Hai bên ký kết với KFIA. | Ông B. Trần dự lễ.",
        "PGS.TS. Lan cho biết kim ngạch đạt 2,5 tỷ USD. | Hội nghị kết thúc./.",
        '"Chúng tôi sẽ đi xa hơn." | Bộ trưởng nói vậy.',
    ],
}
POISON = {
    "control characters": "a\x00b\x01\x1f c\x0b\x0c\x85\u2028x\u200b\ufeff. Le 5 mars.",
    "emoji": "😀👩‍👩‍👧 🇻🇳 Hello 👍🏽. Xin chào 😀",
    "white space": " \n\t \u00a0\n",
    "nothing": "",
    "leading lines": "\n\n\nText\n\n",
    "combining marks": "e\u0301" * 50,
    "full stops": "." * 500,
    "a long word": "x" * 100_000,
    "wide gaps": "a" + " " * 5_000 + "b",
    "right to left": "שלום עולם 2025 עולם",
}


@pytest.mark.parametrize(
    ("lang", "marked"), [(lang, text) for lang, texts in SENTENCES.items() for text in texts]
)
def test_sentences_end_where_a_reader_ends_them(lang: str, marked: str) -> None:
    doc = document(marked.replace(" | ", " "), lang)
    assert " | ".join(sentence.text for sentence in doc.sents) == marked


@pytest.mark.parametrize("lang", languages())
def test_a_title_is_a_sentence_and_no_sentence_crosses_a_line(lang: str) -> None:
    title = "Hanoi. Seoul. Tokyo"
    doc = document(f"{title}\n\nKFIA\nNVIDIA va Samsung\n\nViettel.", lang, title=title)
    assert [sentence.text.strip() for sentence in doc.sents] == [
        title,
        "KFIA",
        "NVIDIA va Samsung",
        "Viettel.",
    ]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("text", POISON.values(), ids=POISON)
def test_poison_passes_with_its_text_unchanged(lang: str, text: str) -> None:
    assert document(text, lang).text == text


@settings(max_examples=60)
@given(lang=st.sampled_from(languages()), text=st.text(max_size=200))
def test_any_text_passes_with_its_text_unchanged(lang: str, text: str) -> None:
    doc = document(text, lang)
    assert doc.text == text
    assert all("\n" not in sentence.text.strip() for sentence in doc.sents)


def test_documents_come_in_the_order_of_their_articles_whatever_their_languages() -> None:
    articles = [
        Article(str(i), text_of(lang), lang=lang) for i, lang in enumerate(("vi", "fr", "en", "fr", "vi"))
    ]
    documents = list(make_documents(articles, Settings()))
    assert [doc.user_data["article"].id for doc in documents] == ["0", "1", "2", "3", "4"]
    assert [doc.lang_ for doc in documents] == ["vi", "fr", "en", "fr", "vi"]


def test_articles_are_read_no_further_ahead_than_a_window() -> None:
    read: list[int] = []

    def articles() -> Iterator[Article]:
        for i in range(1_000):
            read.append(i)
            yield Article(str(i), "Bonjour.", lang="fr")

    next(make_documents(articles(), Settings()))
    assert len(read) < 500


@pytest.mark.parametrize("lang", languages())
def test_words_have_lemma_and_part_of_speech_and_names_their_kind(lang: str) -> None:
    doc = document(text_of(lang), lang)
    assert all(token.pos_ and token.lemma_ for token in doc if not token.is_space)
    assert {"VERB", "NOUN", "PUNCT"} <= {token.pos_ for token in doc}
    assert doc.ents
    assert {entity.label_ for entity in doc.ents} <= {"PER", "ORG", "LOC", "MISC"}


def test_vietnamese_tokens_are_words_of_several_syllables() -> None:
    doc = document("Hai bên ký kết thỏa thuận với KFIA.", "vi")
    assert "thỏa thuận" in [token.text for token in doc]
    assert doc[-1].text == "."


def test_vietnamese_models_agree_with_the_library_that_they_come_from() -> None:
    from underthesea import pos_tag

    text = "Bộ trưởng Nguyễn Mạnh Hùng thăm Hà Nội và làm việc với Viettel."
    assert [(token.text, token.tag_) for token in document(text, "vi")] == pos_tag(text)


def test_pipelines_reach_no_network_and_write_no_file(tmp_path: Path) -> None:
    program = """
import sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"network: {arguments}")
    if event == "open" and arguments[1] and set(arguments[1]) & set("wax+") and arguments[0] != "/dev/null":
        raise SystemExit(f"written: {arguments}")

sys.addaudithook(watch)
from kg.documents import load_pipeline
from kg.languages import languages
from kg.settings import Settings
for lang in languages():
    load_pipeline(lang, Settings())("Hanoi 2025.")
"""
    environment = {"HOME": str(tmp_path / "absent"), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", "-c", program]
    result = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "absent").exists()


def test_residue_is_marked() -> None:
    text = "Hanoï signe un accord\n\nLe ministre a signé un accord à Hanoï.\n\nPhoto : VNA/CVN"
    doc = document(text, "fr", title="Hanoï signe un accord")
    assert [span.text.strip() for span in doc.spans["residue"]] == ["Photo : VNA/CVN"]


@pytest.mark.parametrize("lang", languages())
def test_a_language_is_recognised(lang: str) -> None:
    assert detect_language(text_of(lang)) == lang


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Президент России встретился с министром иностранных дел Вьетнама в Москве."),
        ("de", "Der Bundeskanzler traf den Premierminister in Berlin und unterzeichnete ein Abkommen."),
        ("es", "El presidente del Gobierno firmó ayer en Madrid un acuerdo de cooperación con Vietnam."),
        ("zh", "中国与越南签署了合作协议，双方同意加强半导体领域的合作"),
    ],
)
def test_an_article_in_another_language_is_named_and_left_out(code: str, text: str) -> None:
    problems: list[KgError] = []
    articles = [Article("a", text, origin="news.jsonl:7"), Article("b", text_of("fr"))]
    documents = list(make_documents(articles, Settings(), on_problem=problems.append))
    assert [doc.user_data["article"].id for doc in documents] == ["b"]
    assert [str(problem) for problem in problems] == [
        f"news.jsonl:7: the text is in {code!r}. There are: en, fr, vi."
    ]


def test_a_language_that_the_article_names_is_trusted_with_or_without_its_region() -> None:
    assert document("OK", "fr-CA").lang_ == "fr"


@pytest.mark.parametrize(
    ("article", "words"),
    [
        (Article("x", "Hallo", lang="de"), "language 'de' is not known. There are: en, fr, vi."),
        (Article("x", "a\ud800b", lang="fr"), "not Unicode at character 1"),
        (Article("x", " 12 \n 34"), "there are no words"),
    ],
    ids=["language", "surrogate", "no words"],
)
def test_an_article_that_cannot_be_read_is_a_problem_and_no_crash(article: Article, words: str) -> None:
    problems: list[KgError] = []
    assert list(make_documents([article], Settings(), on_problem=problems.append)) == []
    assert isinstance(problems[0], InputError)
    assert words in str(problems[0])


def test_a_pipeline_that_is_not_installed_is_named_with_its_remedy() -> None:
    with pytest.raises(LanguageError, match=r"No pipeline 'fr_none' for French\. Install it with"):
        load_pipeline("fr", Settings(models={"fr": "fr_none"}))


def test_an_unknown_language_is_named_with_those_that_there_are() -> None:
    with pytest.raises(LanguageError, match=r"No rules for language 'xx'\. There are: en, fr, vi\."):
        load_pipeline("xx", Settings())


def document(text: str, lang: str, *, title: str | None = None) -> Doc:
    [doc] = make_documents([Article("x", text, title=title, lang=lang)], Settings(), on_problem=_fail)
    return doc


def text_of(lang: str) -> str:
    return {
        "fr": "Le ministre français a signé à Hanoï un accord de coopération avec Samsung.",
        "en": "The French minister signed a cooperation agreement with Samsung in Hanoi.",
        "vi": "Bộ trưởng Nguyễn Mạnh Hùng ký kết thỏa thuận hợp tác với Samsung tại Hà Nội.",
    }[lang]


def _fail(problem: KgError) -> None:
    raise problem
