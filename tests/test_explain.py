"""What an explanation says of each sentence, with thresholds that are set by hand, and its page in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import stump

from kg.errors import InputError
from kg.explain import Explanation, Reason, Sentence, explain_article
from kg.explain.features import feature_words
from kg.explain.page import segments, write_page
from kg.explain.words import (
    REASONS,
    barred_words,
    candidates_told,
    doubt_words,
    reason_words,
    theme_words,
    verdict_words,
)
from kg.model import EVENT_TYPES, Article
from kg.reports.weights import Models, load_models
from kg.settings import Settings
from kg.weights import FeatureModel

if TYPE_CHECKING:
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

TEXT = (
    "Chips bring firms together\n\n"
    "Intel and Samsung Electronics signed a contract on semiconductors in Hanoi on 18 September 2025.\n\n"
    "Intel will grow.\n\n"
    "Intel signed.\n\n"
    "It rained."
)
EVIL = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>\"><b>"


def models(least: float, *, article: float = 0.0) -> Models:
    """The same threshold for all types: 0 admits whatever two partners might share, 1.1 nothing at all."""
    known = load_models()
    changed = {**dict.fromkeys(EVENT_TYPES, least), "article": article}
    return replace(known, thresholds={**known.thresholds, **changed})


def explained(text: str = TEXT, chosen: Models | None = None, *, lang: str = "en") -> Explanation:
    title, _, _ = text.partition("\n\n")
    item = Article(id="a", text=text, title=title, lang=lang, published=date(2025, 9, 19))
    return explain_article(item, Settings(), models=chosen or models(0.0))


def codes(sentence: Sentence) -> list[str]:
    return [reason.code for reason in sentence.reasons]


@pytest.fixture(scope="module")
def told() -> Explanation:
    return explained()


@pytest.fixture(scope="module")
def unsure() -> Explanation:
    return explained(chosen=models(1.1))


def test_every_sentence_of_the_text_is_there_with_its_place(told: Explanation) -> None:
    assert [item.number for item in told.sentences] == [1, 2, 3, 4, 5]
    assert all(TEXT[item.start : item.end] == item.text for item in told.sentences)


def test_a_sentence_shows_what_it_names_and_which_entries_fired(told: Explanation) -> None:
    signed = told.sentences[1]
    partners = [seen.meant for seen in signed.mentions if seen.mention.label == "partner"]
    assert partners == [("Intel",), ("Samsung Electronics",)]
    sectors = {seen.meant for seen in signed.mentions if seen.mention.label == "sector"}
    assert ("semiconductors",) in sectors
    assert {"sector", "date", "instrument"} <= {seen.mention.label for seen in signed.mentions}
    fired = next(item for item in signed.triggers if item.entry == "en.agreement.sign")
    assert (TEXT[fired.start : fired.end], fired.type, fired.status) == ("signed", "agreement", "concluded")


def test_a_sentence_says_which_reports_quote_it(told: Explanation) -> None:
    signed = told.sentences[1]
    assert signed.reasons == ()
    assert "agreement" in {told.reports[index].type for index in signed.quoted}
    for index in signed.quoted:
        assert any(signed.start <= quote.start < signed.end for quote in told.reports[index].evidence)


# --- candidates -------------------------------------------------------------------------------------------


def test_candidates_come_the_surest_first_with_what_they_need_and_became(told: Explanation) -> None:
    signed = told.sentences[1]
    best = signed.candidates[0]
    assert {party.label for party in best.parties} == {"Intel", "Samsung Electronics"}
    beyond = [item.probability - item.threshold for item in signed.candidates]
    assert beyond == sorted(beyond, reverse=True)
    assert best.is_enough
    assert best.report is not None
    assert told.reports[best.report].type == best.type
    assert f"told in [{best.report + 1}]" in verdict_words(best, told.doubt)


def test_a_candidate_that_is_not_sure_enough_says_what_it_needs(unsure: Explanation) -> None:
    signed = unsure.sentences[1]
    assert unsure.reports == ()
    best = signed.candidates[0]
    assert not best.is_enough
    assert best.report is None
    assert verdict_words(best, None) == f"{best.probability:.2f}, not the 1.10 that it needs"
    assert codes(signed) == ["below threshold"]
    told = reason_words(signed.reasons[0], signed)
    assert told == f"not sure enough: {best.type} at {best.probability:.2f}, needs 1.10"


def test_of_many_failed_candidates_the_surest_are_told_and_the_rest_counted(unsure: Explanation) -> None:
    signed = unsure.sentences[1]
    shown, rest = candidates_told(replace(signed, candidates=signed.candidates[:1] * 5))
    assert len(shown) == 2
    assert rest == f"and 3 more, none surer than {signed.candidates[0].probability:.2f}"


def test_a_partner_named_before_the_sentence_says_where(told: Explanation) -> None:
    lonely = told.sentences[3]
    where = {party.label: party.distance for item in lonely.candidates for party in item.parties}
    assert where["Intel"] == 0
    assert where["Samsung Electronics"] == 2


def test_the_clues_and_the_bias_are_the_log_odds_of_the_bond(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = explained().sentences[1]
    best = signed.candidates[0]
    asked: list[tuple[float, list[float]]] = []
    shares_of = FeatureModel.shares_of

    def noted(model: FeatureModel, features: Sequence[str], label: int) -> tuple[float, list[float]]:
        asked.append(shares_of(model, features, label))
        return asked[-1]

    monkeypatch.setattr(FeatureModel, "shares_of", noted)
    explained()
    total = sum(clue.weight for clue in signed.clues)
    bias = next(bias for bias, added in asked if sum(added) == pytest.approx(total, abs=1e-4))
    odds = log(best.bond / (1 - best.bond))
    assert bias + sum(clue.weight for clue in signed.clues) == pytest.approx(odds, abs=1e-3)
    weights = [abs(clue.weight) for clue in signed.clues]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("index=<=-1", "it is the headline"),
        ("e=agreement.sign", "rule agreement.sign"),
        ("ce=agreement.sign", "rule agreement.sign"),
        ("e=agreement.sign:between:near", "rule agreement.sign between the names"),
        ("gov_b=agreement.sign:obl:avec", "FPT depends on rule agreement.sign"),
        ("b_joint=with:agreement.sign", 'FPT follows "with" after agreement.sign'),
        ("a-1=the", '"the" before Intel'),
        ("a-1=^", "Intel begins the sentence"),
        ("b+1=in", '"in" after FPT'),
        ("case_b=avec", 'FPT after "avec"'),
        ("dep_a=nsubj", "Intel as subject"),
        ("kinds=university>company", "company and university"),
        ("kindset=company+university", "company and university"),
        ("countries=inside", "one is the other's country"),
        ("here=hc", "one of them is named before the sentence"),
        ("count_b=<=1", "sentences that name FPT: 1"),
        ("count_b=>8", "sentences that name FPT: more than 8"),
        ("tokens=<=16", "words between the names: up to 16"),
        ("index=<=0", "it is sentence 1 of the article"),
        ("cue=negation", "a sign of negation"),
        ("shape=A with B agreement", 'the order "A with B agreement"'),
        ("b_name=bank", '"bank" in the name FPT'),
        ("name=bank", '"bank" in one of the names'),
        ("left=the two", '"the two" before the names'),
        ("mid=and", '"and" between the names'),
        ("right=will", '"will" after the names'),
        ("focus=0+2", "among those whom the article names most: 1 and 3"),
        ("focus=soon", "focus=soon"),
        ("b_refer=it:1s#0", 'the sentence speaks of somebody by "it", FPT stands before it'),
        ("a_stand=1s#0", "how near Intel stands before the sentence, and as what"),
        ("announced=<=2", "several agreements were announced up to 2 sentences before"),
        ("announced=here:<=1", "several agreements were announced in the sentence before"),
        ("gathering=forum:<=4", "the article told of a forum up to 4 sentences before"),
        ("gathering=meeting.talks", "the gathering that was told last: rule meeting.talks"),
        ("root=agreement.sign", "its verb is of rule agreement.sign"),
        ("root=sign", 'its verb is "sign"'),
        ("root_dobj=agreement.mou", "rule agreement.mou hangs on its verb"),
        ("first=agreement.sign", "its first trigger: rule agreement.sign"),
        ("new_paragraph", "it begins a paragraph"),
        ("unheard=of", "unheard=of"),
    ],
)
def test_a_feature_is_told_in_words(feature: str, words: str) -> None:
    assert feature_words(feature, ("Intel", "FPT")) == words


@given(st.text(min_size=1))
def test_any_feature_has_words(feature: str) -> None:
    assert feature_words(feature, ("a", "b"))


@given(
    st.sampled_from(
        [
            "e",
            "kinds",
            "labels",
            "here",
            "gap",
            "index",
            "count_a",
            "a_joint",
            "b-2",
            "focus",
            "announced",
            "gathering",
            "root",
        ]
    ),
    st.text(),
)
def test_any_value_of_a_known_feature_has_words(key: str, value: str) -> None:
    assert feature_words(f"{key}={value}", ("a", "b"))


# --- why not ----------------------------------------------------------------------------------------------


def test_a_sentence_that_states_nothing_says_why(told: Explanation) -> None:
    assert codes(told.sentences[4]) == ["no trigger", "no partner"]
    lonely = explained("Firms\n\nIntel signed a contract.").sentences[1]
    assert lonely.reasons == (Reason("one partner", ("Intel",)),)
    assert reason_words(lonely.reasons[0], lonely) == "only one partner: Intel"
    caption = explained("Firms\n\nIntel and Samsung signed a contract.\n\nPhoto: VNA/CVN")
    assert codes(caption.sentences[-1]) == ["residue"]


def test_a_counter_example_of_the_codebook_is_named() -> None:
    visit = explained("Tin\n\nÔng Nam làm ở một hợp tác xã.", lang="vi").sentences[1]
    barred = next(item for item in visit.barred if item.entry == "vi.cooperation.cooperate")
    assert (barred.text, barred.is_name) == ("hợp tác xã", False)
    assert barred.example is not None
    assert "hợp tác xã" in barred.example.lower()
    assert "](" not in barred.example
    assert Reason("counter-example", ("hợp tác xã",)) in visit.reasons
    assert "counter-example: hợp tác xã" in [reason_words(item, visit) for item in visit.reasons]


def test_words_within_a_name_fire_nothing_and_say_so() -> None:
    named = explained("Firms\n\nThe European Investment Bank has an office.").sentences[1]
    assert [item.text for item in named.barred if item.is_name] == ["Investment"]
    assert "counter-example" not in codes(named)


def test_a_sign_that_costs_much_is_named_with_what_there_would_be_without_it() -> None:
    known = models(0.5)
    denied = tuple(-9.0 for _ in known.pairs.labels)
    weights = {**known.pairs.weights, "cue=negation": denied}
    strict = replace(known, pairs=replace(known.pairs, weights=weights))
    text = "Firms\n\nIntel and Samsung Electronics have not signed the contract."
    sentence = explained(text, strict).sentences[1]
    denied_by = next(item for item in sentence.reasons if item.code == "negation")
    assert denied_by.names == ("not",)
    assert denied_by.probability is not None
    assert denied_by.probability > sentence.candidates[0].probability
    assert 'negated ("not"): it would be at' in reason_words(denied_by, sentence)


def test_an_article_in_doubt_yields_nothing_and_says_so() -> None:
    doubted = explained(chosen=models(0.0, article=1.1))
    assert doubted.reports == ()
    assert doubted.doubt is not None
    assert doubted.doubt.threshold == 1.1
    assert "yields nothing" in doubt_words(doubted)
    signed = doubted.sentences[1]
    assert codes(signed) == ["article"]
    assert "the article is in doubt" in verdict_words(signed.candidates[0], doubted.doubt)
    assert doubt_words(explained()) == ""


@pytest.mark.parametrize(
    "text", [TEXT, "Tin\n\nIntel và FPT chưa ký hợp đồng. Trời mưa.", "Puces\n\nOrange et FPT sont rivaux."]
)
@pytest.mark.parametrize("least", [0.0, 1.1])
def test_a_sentence_states_something_or_has_a_reason_that_has_words(text: str, least: float) -> None:
    for item in explained(text, models(least), lang="en" if text == TEXT else "vi").sentences:
        assert bool(item.reasons) != bool(item.quoted or item.supports)
        assert all(reason.code in REASONS and reason_words(reason, item) for reason in item.reasons)


def test_an_article_that_cannot_be_read_says_so() -> None:
    with pytest.raises(InputError, match="There are: en, fr, vi"):
        explain_article(Article(id="x", text="Hallo Welt", lang="de"), Settings())


# --- the page ---------------------------------------------------------------------------------------------


def test_the_marks_of_a_sentence_lose_none_of_its_text(told: Explanation) -> None:
    for sentence in told.sentences:
        assert "".join(part.text for part in segments(sentence)) == sentence.text.rstrip()
    signed = list(segments(told.sentences[1]))
    intel = next(part for part in signed if part.text == "Intel")
    assert (intel.label, intel.tags[0]) == ("partner", "partner")
    assert next(part for part in signed if part.text == "signed").fires


@pytest.mark.browser
def test_the_page_shows_what_the_terminal_does_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, told: Explanation
) -> None:
    write_page([told], tmp_path / "e.html")
    with browser.open(tmp_path / "e.html") as visit:
        page = visit.page
        assert page.inner_text("h1") == "Chips bring firms together"
        assert page.locator("section").count() == 5
        # A word beside each mark, so that no colour has to be known.
        assert "partner" in page.locator("#a1-s2 .text .tag").all_inner_texts()
        assert "en.agreement.sign" in page.inner_text("#a1-s2 dl")
        assert "only one partner: Intel" in page.inner_text("#a1-s3")
        # By keys alone: the choice hides what states nothing.
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert not page.is_visible("#a1-s5")
        assert page.is_visible("#a1-s2")
        page.set_viewport_size({"width": 420, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
        assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.browser
def test_what_articles_say_stays_text(browser: Browser, tmp_path: Path) -> None:
    text = f"{EVIL}\n\nIntel and {EVIL} Samsung Electronics signed a contract in {EVIL} Hanoi."
    article = Article(id=EVIL, text=text, title=EVIL, lang="en", source=EVIL)
    write_page([explain_article(article, Settings(), models=models(0.0))], tmp_path / "e.html")
    with browser.open(tmp_path / "e.html") as visit:
        page = visit.page
        assert page.evaluate("window.hacked") is None
        assert page.query_selector("script, main img, article > b") is None
        assert page.inner_text("h1") == EVIL
        assert EVIL in page.locator(".about").inner_text()
        assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.browser
def test_on_paper_everything_is_unfolded(browser: Browser, tmp_path: Path, told: Explanation) -> None:
    write_page([told, told], tmp_path / "e.html", only=3)
    with browser.open(tmp_path / "e.html") as visit:
        page = visit.page
        assert page.locator("section").count() == 2
        assert not page.is_visible("#a2-s3 dl")
        page.emulate_media(media="print")
        assert page.locator("#a2-s3 dl").bounding_box()["height"] > 0
        assert page.is_visible("#a2-s3 dl")


def test_what_a_sentence_denies_is_told_as_denied_and_not_concluded() -> None:
    told = explained("Airbus has not signed any contract with Vietjet, analysts said.")
    words = [barred_words(bar) for bar in told.sentences[0].barred]
    assert '"signed" is denied: en.agreement.sign does not fire' in words
    assert all(report.status != "concluded" for report in told.reports)


def test_a_sector_that_nothing_names_is_told_with_the_words_that_tell_it(tmp_path: Path) -> None:
    known = models(0.0)
    weights = {"en=sign": (9.0,), "stem=signed": (9.5,), "name=intel": (0.5,), "en=grow": (-3.0,)}
    words = {**known.words, "sector": FeatureModel(("space",), weights, (0.0,))}

    trees = {**known.topics, "sector": stump("own-words", 3.0)}

    told = explained(chosen=replace(known, words=words, topics=trees))

    assert len(told.themes) == len(told.reports) > 0
    (theme,) = (theme for theme in told.themes[0] if theme.topic == "space")
    assert theme.words == ("sign", "intel")
    assert theme_words(theme) == 'space is not named; "sign", "intel" tell of it'
    assert not any(theme.topic == "semiconductors" for theme in told.themes[0])
    write_page([told], tmp_path / "why.html")
    assert "space is not named" in (tmp_path / "why.html").read_text(encoding="utf-8")


def test_a_sector_that_only_another_sentence_names_is_told_with_its_sentence(tmp_path: Path) -> None:
    text = "Oslo likes hydrogen\n\nIntel signed an agreement with Viettel on Monday. The pact is about that."
    known = models(0.0)
    trees = {**known.topics, "sector": stump("all", 0.5)}

    told = explained(text, chosen=replace(known, topics=trees))

    (theme,) = (theme for theme in told.themes[0] if theme.topic == "hydrogen")
    assert (theme.words, theme.sentences) == ((), (1,))
    assert theme_words(theme) == "hydrogen is named in sentence 1, not where this is told"
    several = replace(theme, sentences=(1, 4, 7))
    assert theme_words(several) == "hydrogen is named in sentences 1, 4 and 7, not where this is told"
    write_page([told], tmp_path / "why.html")
    assert "hydrogen is named in sentence 1" in (tmp_path / "why.html").read_text(encoding="utf-8")
