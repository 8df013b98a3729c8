"""What people correct: written for people, applied to every build, taken back without a trace."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from builders import BASE, article, graph_of
from hypothesis import given
from hypothesis import strategies as st

from kg.corrections import (
    FILE_NAME,
    Correction,
    Corrections,
    Subject,
    check_corrections,
    make_id,
    ordered,
    read_corrections,
    unite,
    write_corrections,
)
from kg.errors import DataError, KgError
from kg.model import ArticleReports, Mention
from kg.ontology import country_iri, partner_iri
from kg.pipeline import build, change_corrections, merge, remove
from kg.settings import Settings
from kg.store import read_graph
from kg.triples import report_iris

SETTINGS = Settings(base_iri=BASE)
SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"
OTHER = "agreement/concluded: KFIA/association/KR + FPT/company/VN | semiconductors | 2025-09-18"
LONG = (
    "agreement/concluded: Korea Chip Club/company/KR + ITID/government-body/VN | semiconductors | 2025-09-18"
)
ITEMS = [
    article("fr", SIGNED, lang="fr"),
    article("vi", LONG, "meeting/concluded: VN + KR || 2025-09-18", lang="vi", published="2025-09-20"),
    article("en", OTHER, published="2025-09-21"),
]
KFIA, CLUB, ITID, FPT = map(partner_iri, ("kfia", "korea-chip-club", "itid", "fpt"))


def reports(item: ArticleReports) -> tuple[str, ...]:
    return report_iris(item, base_iri=BASE)


def correction(verdict: str, *about: str, **values: object) -> Correction:
    options = {"who": "Ann Lee", "when": "2025-10-01T12:00:00+00:00", "why": "It says so."} | values
    item = Correction(verdict, about, **options)  # type: ignore[arg-type]
    return replace(item, id=make_id(item))


SAME = correction("same-partner", KFIA, other=(CLUB,))
WRONG = correction("wrong-report", reports(ITEMS[2])[0])
TWO = correction("different-partner", KFIA, other=(CLUB,))
KIND = correction("partner-kind", CLUB, kind="association")
ONE_EVENT = correction("same-event", reports(ITEMS[0])[0], other=(reports(ITEMS[2])[0],))
TWO_EVENTS = correction("different-event", reports(ITEMS[0])[0], other=(reports(ITEMS[1])[0],))


def say(graph: Path, *items: Correction) -> None:
    change_corrections(graph, lambda old: unite(old, Corrections(items)), SETTINGS)


def take_back(graph: Path, *ids: str) -> None:
    def change(old: Corrections) -> Corrections:
        return ordered(replace(old, items=tuple(item for item in old.items if item.id not in ids)))

    change_corrections(graph, change, SETTINGS)


def content(graph: Path) -> list[str]:
    with read_graph(graph) as store:
        return store.content()


def events(graph: Path) -> list[tuple[str, ...]]:
    """Give the events as the labels of their partners."""
    query = "SELECT ?event ?label { ?event a coop:Event ; coop:partner/rdfs:label ?label }"
    found: dict[str, list[str]] = {}
    with read_graph(graph) as store:
        for row in store.select(query):
            found.setdefault(row["event"] or "", []).append(row["label"] or "")
    return sorted(tuple(sorted(labels)) for labels in found.values())


# --- what they do -----------------------------------------------------------------------------------------


def test_without_corrections_the_articles_tell_of_four_events(tmp_path: Path) -> None:
    assert events(graph_of(tmp_path / "g", *ITEMS)) == [
        ("FPT", "KFIA"),
        ("ITID", "KFIA"),
        ("ITID", "Korea Chip Club"),
        ("South Korea", "Vietnam"),
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([SAME], [("FPT", "KFIA"), ("ITID", "KFIA"), ("South Korea", "Vietnam")]),
        ([WRONG], [("ITID", "KFIA"), ("ITID", "Korea Chip Club"), ("South Korea", "Vietnam")]),
        (
            [ONE_EVENT],
            [("FPT", "ITID", "KFIA"), ("ITID", "Korea Chip Club"), ("South Korea", "Vietnam")],
        ),
        (
            [SAME, TWO_EVENTS],
            [("FPT", "KFIA"), ("ITID", "KFIA"), ("ITID", "KFIA"), ("South Korea", "Vietnam")],
        ),
    ],
)
def test_a_correction_changes_the_events(
    tmp_path: Path, items: list[Correction], expected: list[tuple[str, ...]]
) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, *items)
    assert events(graph) == expected


ALL = [SAME, WRONG, KIND, TWO_EVENTS]


def test_correcting_after_the_build_gives_what_a_build_with_the_file_gives(tmp_path: Path) -> None:
    after = graph_of(tmp_path / "after", *ITEMS)
    say(after, *ALL)
    graph_of(tmp_path / "before")
    shutil.copy(after / FILE_NAME, tmp_path / "before")
    assert content(graph_of(tmp_path / "before", *ITEMS)) == content(after)
    one_by_one = graph_of(tmp_path / "one", *ITEMS)
    for item in reversed(ALL):
        say(one_by_one, item)
    assert content(one_by_one) == content(after)


@pytest.mark.parametrize("item", [*ALL, ONE_EVENT, TWO])
def test_taking_back_gives_the_bytes_before(tmp_path: Path, item: Correction) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    before = content(graph), sorted(path.name for path in graph.iterdir())
    say(graph, item)
    assert content(graph) != before[0]
    take_back(graph, item.id)
    assert (content(graph), sorted(path.name for path in graph.iterdir())) == before


def test_corrections_survive_what_happens_to_articles(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, *ALL)
    whole = content(graph)
    remove(graph, ["en", "vi"], SETTINGS)
    assert events(graph) == [("ITID", "KFIA")]
    graph_of(graph, *ITEMS[1:])
    assert content(graph) == whole


def test_merging_carries_corrections_over(tmp_path: Path) -> None:
    one, two = graph_of(tmp_path / "1", *ITEMS[:2]), graph_of(tmp_path / "2", *ITEMS[1:])
    say(one, SAME, TWO_EVENTS)
    say(two, WRONG, KIND)
    merge([one, two], tmp_path / "a", SETTINGS)
    merge([two, one], tmp_path / "b", SETTINGS)
    whole = graph_of(tmp_path / "c", *ITEMS)
    say(whole, *ALL)
    assert content(tmp_path / "a") == content(tmp_path / "b") == content(whole)


def test_graphs_whose_corrections_contradict_are_not_merged(tmp_path: Path) -> None:
    one, two = graph_of(tmp_path / "1", *ITEMS), graph_of(tmp_path / "2", *ITEMS)
    say(one, SAME)
    say(two, TWO)
    into = graph_of(tmp_path / "into", article("x", SIGNED))
    before = content(into)
    with pytest.raises(DataError, match="Keep one"):
        merge([one, two], into, SETTINGS)
    graph_of(into)
    assert content(into) == before


def test_an_edited_file_is_applied_by_the_next_build_even_when_no_article_is_new(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    (graph / FILE_NAME).write_text(write_corrections(Corrections((SAME,)), base_iri=BASE), encoding="utf-8")
    graph_of(graph)
    assert ("ITID", "Korea Chip Club") not in events(graph)


def test_a_corrected_graph_fits_the_shapes(tmp_path: Path) -> None:
    from kg.validation import find_violations

    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, *ALL)
    with read_graph(graph) as store:
        assert [str(item) for item in find_violations(store)] == []


def test_the_graph_says_who_corrected_what_and_why(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, WRONG)
    query = """SELECT ?report ?who ?why { ?report prov:wasInvalidatedBy ?c .
        ?c a coop:WrongReport ; prov:wasAttributedTo/rdfs:label ?who ; rdfs:comment ?why }"""
    with read_graph(graph) as store:
        assert list(store.select(query)) == [
            {"report": reports(ITEMS[2])[0], "who": "Ann Lee", "why": "It says so."}
        ]


def test_a_name_that_does_not_mean_a_partner_becomes_one_of_its_own(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, correction("different-partner", KFIA, name="KFIA"))
    with read_graph(graph) as store:
        found = {row["p"] for row in store.select("SELECT ?p { ?p a coop:Partner ; rdfs:label 'KFIA' }")}
    assert len(found) == 1
    assert KFIA not in found


def test_a_report_is_found_again_by_its_quote_when_its_article_is_read_anew(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    told = ITEMS[2].reports[0]
    subject = Subject("x", told.type, told.evidence[0].text)
    change_corrections(graph, lambda _: Corrections((WRONG,), {reports(ITEMS[2])[0]: subject}), SETTINGS)
    # A better reader finds another partner, so that the report has another name.
    better = article("en", OTHER.replace("FPT", "FPT"), published="2025-09-21")
    changed = replace(told, participants=(told.participants[0], ITEMS[0].reports[0].participants[0]))
    graph_of(graph, ArticleReports(replace(better.article, source="Y"), (changed,)))
    assert ("ITID", "KFIA") in events(graph)
    assert len(events(graph)) == 3


# --- what is refused --------------------------------------------------------------------------------------


def lines(*statements: str) -> str:
    return (
        "@prefix coop: <https://w3id.org/entente/ontology#> .\n"
        f"@prefix c: <{BASE}correction/> .\n@prefix p: <{BASE}partner/> .\n@prefix person: <{BASE}person/> .\n"
        "@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        + "\n".join(
            f"{text} ;\n  prov:wasAttributedTo person:Ann ; prov:generatedAtTime '2025-10-01'^^xsd:date ."
            for text in statements
        )
        + "\n"
    )


REPORT = f"<{reports(ITEMS[0])[0]}>"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (lines("c:a a coop:SamePartner ;\n coop:about p:kfia ;\n coop:comparedWith p:nope"), 9, "no partner"),
        (lines(f"c:a a coop:WrongReport ; coop:about <{BASE}article/x#r1>"), 7, "no report"),
        (lines("c:a a coop:SamePartner ; coop:about p:kfia"), 7, "coop:comparedWith"),
        (lines("c:a a coop:SamePartner ; coop:about p:kfia ; coop:comparedWith p:kfia"), 7, "with itself"),
        (lines("c:a a coop:SamePartner ; coop:about 'KFIA' ; coop:comparedWith p:fpt"), 7, "no IRI"),
        (lines("c:a a coop:SamePartner ; coop:about p:kfia, p:itid ; coop:comparedWith p:fpt"), 7, "each"),
        (lines("c:a a coop:PartnerKind ; coop:about p:kfia ;\n  coop:kind coop:Firm"), 8, "coop:University"),
        (
            lines("c:a a coop:PartnerKind ; coop:about p:kfia ;\n  coop:kind coop:Country"),
            8,
            "no partner can",
        ),
        (lines("c:a a coop:PartnerKind ; coop:about p:kfia"), 7, "has no coop:kind"),
        (lines("c:a a coop:Nonsense ; coop:about p:kfia"), 7, "coop:WrongReport"),
        (lines("c:a a coop:WrongReport ; coop:abuot p:kfia"), 7, "coop:about"),
        (lines("c:a a coop:WrongReport"), 7, "what it is about"),
        (
            lines(f"c:a a coop:SameEvent ; coop:about {REPORT} ; coop:comparedWith <{BASE}event/1>"),
            7,
            "no report",
        ),
        (
            lines(
                "c:a a coop:SamePartner ; coop:about p:kfia ; coop:comparedWith p:itid",
                "c:b a coop:SamePartner ; coop:about p:itid ; coop:comparedWith p:fpt",
                "c:d a coop:DifferentPartner ; coop:about p:fpt ; coop:comparedWith p:kfia",
            ),
            None,
            "Keep one",
        ),
        (
            lines(
                "c:a a coop:PartnerKind ; coop:about p:kfia ; coop:kind coop:Company",
                "c:b a coop:PartnerKind ; coop:about p:kfia ; coop:kind coop:University",
            ),
            None,
            "of the kind",
        ),
        ("@prefix p: <urn:p:> .\np:a p:b ] .\n", 2, "not valid Turtle"),
        (lines("c:a a coop:WrongReport ; coop:about p:kfia").replace("person:Ann", "''"), 7, "who made it"),
        (
            lines(f"c:a a coop:WrongReport ; coop:about {REPORT}").replace("2025-10-01", "now"),
            8,
            "when it was",
        ),
    ],
)
def test_a_bad_file_is_refused_as_a_whole_with_file_and_line(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    before = content(graph)
    (graph / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as caught:
        graph_of(graph)
    assert words in str(caught.value)
    place = f"{graph / FILE_NAME}:"
    assert str(caught.value).startswith(place if line is None else f"{place}{line}: ")
    assert content(graph) == before
    (graph / FILE_NAME).unlink()
    graph_of(graph)
    assert content(graph) == before


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, but for the empty locks of those who read."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_change_that_is_refused_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    say(graph, SAME)
    before = files(graph)
    nobody = correction("same-partner", KFIA, other=(partner_iri("nobody"),))
    no_report = correction("wrong-report", f"{BASE}article/en#r000000000000")
    for bad in (TWO, nobody, no_report):
        with pytest.raises(DataError):
            say(graph, bad)
    assert files(graph) == before


def test_a_build_with_a_bad_file_or_list_touches_no_file(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", *ITEMS)
    source, lists = tmp_path / "a.txt", tmp_path / "mine.csv"
    source.write_text("KFIA signed an agreement with ITID.", encoding="utf-8")
    lists.write_text("id,label,kind\nx,X,firm\n", encoding="utf-8")
    (graph / FILE_NAME).write_text("@prefix", encoding="utf-8")
    before = files(graph)
    with pytest.raises(KgError, match=FILE_NAME):
        build([str(source)], graph, SETTINGS)
    assert files(graph) == before
    with pytest.raises(DataError, match="firm"):
        build([str(source)], tmp_path / "new", SETTINGS, lists=[lists])
    assert not (tmp_path / "new").exists()


def test_events_that_are_one_through_a_third_cannot_be_two() -> None:
    ones, twos, threes = (f"{BASE}article/a#r{n}" for n in "123")
    items = (
        correction("same-event", ones, other=(twos,)),
        correction("same-event", twos, other=(threes,)),
        correction("different-event", threes, other=(ones,)),
    )
    check_corrections(Corrections(items[:2]))
    with pytest.raises(DataError, match="one event"):
        check_corrections(Corrections(items))


# --- the file ---------------------------------------------------------------------------------------------

_IRIS = st.sampled_from([KFIA, CLUB, ITID, FPT, country_iri("KR"), f"{BASE}partner/%C3%A9-1"])
_TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)
_ITEMS = st.builds(
    correction,
    st.just("same-partner"),
    _IRIS,
    other=st.tuples(st.just(partner_iri("other"))),
    who=_TEXTS.filter(bool),
    why=_TEXTS,
    when=st.datetimes().map(lambda when: when.isoformat(timespec="seconds")),
)


@given(st.lists(_ITEMS, max_size=5, unique_by=lambda item: item.id), _TEXTS)
def test_a_file_read_back_holds_what_was_written(items: list[Correction], title: str) -> None:
    import tempfile

    whole = unite(Corrections(tuple(items), {KFIA: Subject(title, "agreement", title)}), Corrections())
    text = write_corrections(whole, base_iri=BASE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        path.write_text(text, encoding="utf-8", newline="")
        back = read_corrections(path)
    assert back.items == whole.items
    assert set(back.subjects) == set(whole.subjects)
    assert write_corrections(unite(Corrections(), back), base_iri=BASE) == text


def test_a_line_of_the_file_is_a_line_that_people_read() -> None:
    text = write_corrections(
        unite(Corrections((SAME, WRONG), {KFIA: Subject("KFIA")}), Corrections()), base_iri=BASE
    )
    assert "    coop:about partner:kfia ;\n    coop:comparedWith partner:korea-chip-club ;" in text
    assert '    rdfs:comment "It says so." ;' in text
    assert "prov:wasAttributedTo person:Ann%20Lee" in text
    assert 'partner:kfia dcterms:title "KFIA" .' in text
    assert max(map(len, text.splitlines())) < 120


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """Run kg in an empty folder that has a graph; give its exit code and what it printed."""
    from kg.cli import kg as group
    from kg.cli.running import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_USER", "Ann Lee")
    graph_of(tmp_path / "graph", *ITEMS)

    def call(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(group, arguments)
        captured = capfd.readouterr()
        return code, captured.out + captured.err

    return call


def listed(kg: object) -> list[dict[str, str]]:
    code, text = kg("correct", "list", "--format", "json")  # type: ignore[operator]
    assert code == 0
    return json.loads(text) if text.startswith("[") else []  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["wrong", reports(ITEMS[2])[0]], 'report "agreement: FPT + KFIA" (en) is wrong'),
        (["wrong", "{report}"], 'report "agreement: FPT + KFIA" (en) is wrong'),
        (["same", "KFIA", "Korea Chip Club"], '"Korea Chip Club" is "KFIA"'),
        (["same", "partner/kfia", CLUB], '"Korea Chip Club" is "KFIA"'),
        (["different", "kfia", "korea chip club"], '"KFIA" is not "Korea Chip Club"'),
        (["kind", "KFIA", "company"], '"KFIA" is of the kind company'),
        (["same", "{event}", "{other}"], "are one event"),
        (["different", "{event}", "{other}"], "are two events"),
    ],
)
def test_things_are_named_by_iri_by_id_or_by_label(kg, arguments: list[str], says: str) -> None:
    with read_graph(Path("graph")) as store:
        told = {row["r"]: row["e"] for row in store.select("SELECT ?r ?e { ?r coop:tellsOf ?e }")}
    event, other = (told[reports(item)[0]] or "" for item in (ITEMS[0], ITEMS[2]))
    words = {
        "{report}": reports(ITEMS[2])[0].partition("#")[2],
        "{event}": event.rpartition("/")[2][:8],
        "{other}": "event/" + other.rpartition("/")[2],
    }
    code, text = kg("correct", *(words.get(item, item) for item in arguments), "--why", "because")
    assert (code, says in text) == (0, True), text
    (item,) = listed(kg)
    assert (item["who"], item["why"], says in item["what"]) == ("Ann Lee", "because", True)
    assert kg("correct", "undo", item["id"][:4])[0] == 0
    assert listed(kg) == []


def test_the_reports_of_a_partner_are_listed_with_their_ids_and_quotes(kg) -> None:
    code, text = kg("correct", "reports", "KFIA")
    assert code == 0
    assert f"en#{reports(ITEMS[2])[0].partition('#')[2]}" in text
    assert "KFIA/association/KR + FPT/company/VN." in text


def test_a_report_can_be_told_from_the_rest_of_its_event(kg) -> None:
    assert kg("correct", "same", "KFIA", "Korea Chip Club")[0] == 0
    before = len(events(Path("graph")))
    with read_graph(Path("graph")) as store:
        query = f"SELECT ?e {{ <{reports(ITEMS[0])[0]}> coop:tellsOf ?e }}"
        (row,) = store.select(query)
    event = (row["e"] or "").rpartition("/")[2]
    assert kg("correct", "different", event, reports(ITEMS[1])[0])[0] == 0
    assert len(events(Path("graph"))) == before + 1


def test_a_partner_that_was_taken_for_another_by_itself_can_be_told_from_it(kg) -> None:
    named = "agreement/concluded: {}/{}/KR + VN | health"
    long = article("long", named.format("Korea Health Forum", "association"))
    first = long.reports[0].participants[0]
    partner = first.partner if first.partner.label != "Vietnam" else long.reports[0].participants[1].partner
    with_short = replace(partner, mentions=(*partner.mentions, Mention(0, 4, "KHFX", "partner")))
    told = replace(
        long.reports[0],
        participants=tuple(
            replace(item, partner=with_short) if item.partner == partner else item
            for item in long.reports[0].participants
        ),
    )
    # A mention is read back from the text, so that the text must begin with it.
    text = "KHFX" + long.article.text[4:]
    long = ArticleReports(replace(long.article, text=text), (told,))
    graph_of(Path("graph"), long, article("short", named.format("KHFX", "company")))
    assert not any("KHFX" in labels for labels in events(Path("graph")))
    code, text = kg("correct", "different", "Korea Health Forum", "KHFX")
    assert code == 0, text
    assert any("KHFX" in labels for labels in events(Path("graph")))


def test_corrections_are_shared_between_graphs(kg, tmp_path: Path) -> None:
    assert kg("correct", "same", "KFIA", "Korea Chip Club")[0] == 0
    code, text = kg("correct", "list", "--format", "turtle")
    (tmp_path / "shared.ttl").write_text(text, encoding="utf-8")
    for number, source in enumerate(("shared.ttl", "graph")):
        graph_of(tmp_path / str(number), *ITEMS)
        code, text = kg("correct", "--from", source, "-g", str(number))
        assert code == 0, text
        assert content(tmp_path / str(number)) == content(tmp_path / "graph")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["wrong", "r0000000"], 2, "kg correct reports"),
        (["wrong", "KFIA"], 2, "kg correct reports"),
        (["same", "KFIA", "Korea Chip Clib"], 2, "Did you mean 'Korea Chip Club'"),
        (["same", "KFIA", "kfia"], 2, "the same partner already"),
        (["different", "KFIA", "kfia"], 2, "that partner itself"),
        (["kind", "KFIA", "firm"], 2, "company"),
        (["kind", "Vietnam", "company"], 2, "stays one"),
        (["undo", "zzz"], 2, "kg correct list"),
        (["same", "KFIA"], 2, "OTHER"),
        (["--from", "nowhere.ttl"], 1, "no such file"),
        (["kind", "KFIA", "company", "-g", "nowhere"], 1, "no graph here"),
        (["kind", "KFIA", "company", "--when", "soon"], 2, "2025-09-19"),
    ],
)
def test_what_cannot_be_corrected_is_said_in_one_sentence(
    kg, arguments: list[str], code: int, words: str
) -> None:
    found, text = kg("correct", *arguments)
    assert found == code, text
    assert words in text
    assert len(text.splitlines()) == 1
    assert not (Path("graph") / FILE_NAME).exists()


def test_an_ambiguous_name_is_answered_with_what_it_could_mean(kg) -> None:
    graph_of(
        Path("graph"), article("two", "meeting/concluded: Science Fund/company/KR + Science Found/company/FR")
    )
    two = article("three", "meeting/concluded: Science Fund/company/US + VN")
    partner = two.reports[0].participants[1].partner
    other = replace(partner, iri=partner_iri("science-fund-of-america"))
    assert partner.label == "Science Fund"
    told = replace(
        two.reports[0],
        participants=(two.reports[0].participants[0], replace(two.reports[0].participants[1], partner=other)),
    )
    graph_of(Path("graph"), ArticleReports(two.article, (told,)))
    code, text = kg("correct", "kind", "Science Fund", "association")
    assert code == 2
    assert "partner/science-fund-of-america" in text
    assert kg("correct", "kind", "partner/science-fund-of-america", "association")[0] == 0
