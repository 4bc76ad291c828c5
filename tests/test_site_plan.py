"""The plan read place by place: addresses, passages within their paragraph, what was taken from each sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import TINY_TEXT

from kg.citation import Document, normalise
from kg.facts import Facts
from kg.graph import LocalGraph, load_files
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.keys import Keys
from kg.site.packed import unpacked
from kg.site.passages import base36, in_paragraph, outline, place_href
from kg.site.plan import places_index, plan_sheets
from kg.site.taken import rests, taken
from kg.vocab import PREFIXES

SRC = PREFIXES["src"]
# A chapter with a section; the one paragraph lies in the section.
OUTLINE = """
@prefix ic: <https://w3id.org/cn-industry-chain/vocab#> .
@prefix src: <https://w3id.org/cn-industry-chain/passage/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
src:1 a ic:Section ; skos:prefLabel "第一章 <i>金属</i>"@zh , "Ch. 1"@en ; ic:order 1 .
src:1-1 a ic:Section ; skos:prefLabel "第一节"@zh , "Ch. 1 §1"@en ; ic:order 2 ; dcterms:isPartOf src:1 .
src:1-1-1 a ic:Section ; skos:prefLabel "一、箔"@zh , "Ch. 1 §1.1"@en ; ic:order 3 ; dcterms:isPartOf src:1-1 .
src:p1 dcterms:isPartOf src:1-1-1 .
src:p1-s3 ic:skips [ ic:wording "企业"@zh ; ic:skipReason "too general"@en ] .
"""


def with_outline(files: list[Path], extra: str = "") -> LocalGraph:
    path = files[0].parent / "outline.ttl"
    path.write_text(OUTLINE + extra, "utf-8")
    return load_files([*files, path])


def pages(graph: LocalGraph, lang: str = "zh", document: Document | None = None) -> dict[str, str]:
    """The sheets of the reading view by path."""
    atlas = Atlas(Ground(graph, document), lang, ("zh", "en"))
    return {s.path: str(s.make()) for s in plan_sheets(atlas)}


def words(html: str) -> str:
    """What a reader sees of a piece of HTML, without white space."""
    return re.sub(r"<[^>]*>|\s", "", html)


def sentence(page: str, anchor: str) -> str:
    """The HTML of what was taken from the sentence at `anchor`."""
    return re.split(r"<li id=|</ol>", page.partition(f"<li id={anchor}>")[2], maxsplit=1)[0]


@pytest.fixture(scope="module")
def reading(graph: LocalGraph) -> Atlas:
    return Atlas(Ground(graph), "zh", ("zh", "en"))


@pytest.fixture(scope="module")
def read(reading: Atlas) -> dict[str, str]:
    return {s.path: str(s.make()) for s in plan_sheets(reading)}


def test_an_address_is_the_page_of_the_section_and_the_first_offset_in_base_36(
    tiny_files: list[Path], tiny: LocalGraph
) -> None:
    atlas = Atlas(Ground(with_outline(tiny_files)), "zh", ("zh", "en"))
    assert place_href(atlas, SRC + "p1-s1", "../") == "../plan/1-1.html#0"
    assert place_href(atlas, SRC + "p1-s3", "") == "plan/1-1.html#p"
    assert place_href(atlas, SRC + "nowhere", "") == ""
    # A text without headings is read under the name of its document.
    assert place_href(Atlas(Ground(tiny), "zh"), SRC + "p1-s2", "") == "plan/tiny.html#7"
    assert [base36(n) for n in (0, 35, 36, 39_693)] == ["0", "z", "10", "uml"]


def test_every_passage_of_the_plan_has_its_own_place_on_its_page(
    reading: Atlas, read: dict[str, str], facts: Facts
) -> None:
    found = {place_href(reading, iri, "") for iri in facts.passages}
    assert len(found) == len(facts.passages)
    for address in found:
        path, _, anchor = address.partition("#")
        assert read[path].count(f"<li id={anchor}>") == 1


def test_each_claim_and_figure_is_shown_at_every_place_that_it_cites(
    reading: Atlas, read: dict[str, str], facts: Facts
) -> None:
    missing = []
    names = {iri: normalise(t.zh) for iri, t in facts.things.items()}
    at: dict[str, str] = {}
    for iri in facts.passages:
        path, _, anchor = place_href(reading, iri, "").partition("#")
        at[iri] = normalise(words(sentence(read[path], anchor))).replace("&amp;", "&")
    for claim in facts.claims:
        for source in claim.sources:
            if names[claim.subject] not in at[source] or names[claim.object] not in at[source]:
                missing.append((source, claim.subject, claim.object))
    for figure in facts.figures:
        for source in figure.sources:
            if names[figure.indicator] not in at[source] or figure.printed not in at[source]:
                missing.append((source, figure.indicator, figure.printed))
    assert missing == []


def test_a_sentence_shows_what_was_taken_by_subject_with_its_status(tiny_files: list[Path]) -> None:
    page = pages(with_outline(tiny_files))["plan/1-1.html"]
    assert words(sentence(page, "0")) == "第1句现有甲厂生产·链主铝箔产值本市202547亿元目标"
    assert words(sentence(page, "7")) == (
        "第2句本市规划“发展”铝粉、银粉规划乙厂、丙厂从事·组级·依托粉材现有"
    )
    assert "列举中不单独立项：企业" in words(sentence(page, "p"))
    # A thing is linked once in a sentence: where it is the subject.
    assert sentence(page, "p").count("actor/ore-firms>") == 1


def test_a_label_stays_text(tiny_files: list[Path]) -> None:
    made = pages(with_outline(tiny_files))
    assert "第一章 &lt;i&gt;金属&lt;/i&gt;" in made["plan.html"]
    assert not any("<i>金属" in page for page in made.values())


def test_the_outline_counts_each_claim_once_and_tells_where_none_was_taken(
    tiny_files: list[Path],
) -> None:
    text = tiny_files[0].parent / "tiny.ttl"
    text.write_text(
        text.read_text("utf-8").replace("dcterms:source src:p1-s3", "dcterms:source src:p1-s2"),
        "utf-8",
    )
    why = 'src:p1 ic:statesNothing "一般性表述"@zh , "rhetoric"@en .'
    graph = with_outline(tiny_files, why)
    assert taken(Ground(graph)).counts[SRC + "1"] == {
        "sentences": 3,
        "taken": 2,
        "claims": 7,
        "things": 11,
        "figures": 2,
    }
    made = pages(graph), pages(graph, "en")
    assert "未取说法·一般性表述" in words(made[0]["plan/1-1.html"])
    assert "Noclaimtaken·rhetoric" in words(made[1]["plan/1-1.html"])


def test_an_outline_without_a_claim_is_shown(tiny_files: list[Path]) -> None:
    for path in tiny_files:
        if path.name == "tiny.ttl":
            path.write_text("", "utf-8")
    made = pages(with_outline(tiny_files))
    assert "未取说法·图谱尚无说法引用这一句。" in words(made["plan/1-1.html"])
    assert "第一节30" in words(made["plan.html"])


def test_a_change_in_what_is_left_out_makes_the_pages_anew(tiny_files: list[Path]) -> None:
    keys = [Keys(Ground(with_outline(tiny_files, e))) for e in ("", 'src:1 skos:note "x" .')]
    assert rests(keys[0]) == rests(keys[1])
    more = 'src:p1-s2 ic:skips [ ic:wording "为依托"@zh ; ic:skipReason "a phrase"@en ] .'
    assert rests(Keys(Ground(with_outline(tiny_files, more)))) != rests(keys[0])
    renamed = 'src:1-2 a ic:Section ; skos:prefLabel "第二节"@zh , "Ch. 1 §2"@en ; ic:order 4 .'
    assert rests(Keys(Ground(with_outline(tiny_files, renamed)))) != rests(keys[0])


def around(graph: LocalGraph, text: str) -> dict[str, tuple[str, str, str]]:
    atlas = Atlas(Ground(graph, Document(text)), "zh")
    return {n: in_paragraph(atlas, f"{SRC}p1-s{n}") for n in "123"}


def test_a_passage_stands_within_its_paragraph(tiny: LocalGraph) -> None:
    one, two, three = "甲厂做强铝箔。", "以乙厂、丙厂为依托，发展铝粉、银粉。", "引进矿石企业。"
    found = {"1": ("", one, two + three), "2": (one, two, three), "3": (one + two, three, "")}
    assert around(tiny, TINY_TEXT) == found
    # Line breaks and another paragraph before it change nothing.
    assert around(tiny, "新增的一段。\n\n" + TINY_TEXT.replace("丙厂", "\n丙厂")) == found
    assert in_paragraph(Atlas(Ground(tiny), "zh"), SRC + "p1-s1") == ("", "", "")


def test_an_edited_sentence_is_not_quoted_and_its_neighbours_are(tiny: LocalGraph) -> None:
    found = around(tiny, TINY_TEXT.replace("为依托，发展", "为依托，大力发展"))
    assert found == {
        "1": ("", "甲厂做强铝箔。", "以乙厂、丙厂为依托，大力发展铝粉、银粉。引进矿石企业。"),
        "2": ("", "", ""),
        "3": ("甲厂做强铝箔。以乙厂、丙厂为依托，大力发展铝粉、银粉。", "引进矿石企业。", ""),
    }


def test_a_sentence_that_is_only_found_far_away_is_no_neighbour(tiny: LocalGraph) -> None:
    found = around(
        tiny, "引进矿石企业。" + "别的话。" * 300 + TINY_TEXT.replace("引进矿石企业。", "")
    )
    assert found["3"] == ("", "引进矿石企业。", "")
    assert found["2"] == ("甲厂做强铝箔。", "以乙厂、丙厂为依托，发展铝粉、银粉。", "")


def test_a_long_paragraph_is_clipped_on_either_side(graph: LocalGraph, plan: Document) -> None:
    atlas = Atlas(Ground(graph, plan), "zh")
    lines = outline(atlas.ground)
    clipped = 0
    for iri, passage in lines.passages.items():
        before, words_, behind = in_paragraph(atlas, iri)
        paragraph = "".join(t for t, _ in lines.text(lines.home[iri]))
        assert normalise(words_.replace(" | ", "")) == plan.passage_text(passage)
        assert before.removeprefix("…") + words_ + behind.removesuffix("…") in paragraph + " "
        assert len(normalise(before)) <= 121 and len(normalise(behind)) <= 121
        clipped += before.startswith("…") or behind.endswith("…")
    assert clipped > 100


def test_with_the_plan_attached_the_sentences_that_were_taken_are_marked(
    graph: LocalGraph, plan: Document, facts: Facts
) -> None:
    made = pages(graph, "zh", plan)
    marked = [
        (f"{path}#{anchor}", text)
        for path, page in made.items()
        for anchor, text in re.findall(r"<mark><a href=#([^>]*)>(.*?)</a></mark>", page)
    ]
    lines = outline(Ground(graph, plan))
    cited = {s for c in facts.claims for s in c.sources} | {
        s for f in facts.figures for s in f.sources
    }
    assert {a for a, _ in marked} == {lines.addresses[s] for s in cited}
    assert len(marked) == len(cited)


def test_without_the_plan_no_sentence_of_it_is_on_a_page(
    read: dict[str, str], plan: Document, facts: Facts
) -> None:
    shown = normalise("".join(words(p) for path, p in read.items() if path.endswith(".html")))
    # Shorter ones are headings and names.
    long = [plan.passage_text(p) for p in facts.passages.values() if p.end - p.start > 30]
    assert len(long) > 400 and [t for t in long if t in shown] == []


def test_a_lost_paragraph_is_said_to_be_lost(tiny_files: list[Path]) -> None:
    graph = with_outline(tiny_files)
    page = pages(graph, "zh", Document("别的文件。"))["plan/1-1.html"]
    # Nothing is quoted at all, so that it is read as a site without the text.
    assert "<blockquote" not in page
    edited = Document(TINY_TEXT.replace("引进", "引入"))
    page = pages(graph, "zh", edited)["plan/1-1.html"]
    assert "所附文件中没有找到这一句。" in sentence(page, "p")
    assert "所附文件中没有找到这一句。" not in sentence(page, "7")


def test_the_search_of_the_outline_holds_all_names_in_both_languages(
    tiny_files: list[Path],
) -> None:
    atlas = Atlas(Ground(with_outline(tiny_files)), "zh", ("zh", "en"))
    sheet = next(s for s in plan_sheets(atlas) if s.path == "data/plan.js")
    data = unpacked(str(sheet.make()))
    ((page, _, _, places),) = data["sections"]
    anchor, tail, *named = places[0]
    assert page == "1-1"
    assert (anchor, data["tails"][tail]) == ("0", ["第1句", "p1-s1"])
    assert {(data["zh"][n], data["en"][n]) for n in named} == {
        ("甲厂\n甲铝业", "Mill A"),
        ("铝箔", "Aluminium foil"),
        ("产值", "Output"),
        ("本市", "The city"),
    }
    english = Atlas(atlas.ground, "en", ("zh", "en"))
    assert "data/plan.js" not in {s.path for s in plan_sheets(english)}


def test_headings_are_listed_with_their_address(tiny_files: list[Path]) -> None:
    atlas = Atlas(Ground(with_outline(tiny_files)), "en", ("zh", "en"))
    assert places_index(atlas) == [
        ("Ch. 1 第一章 <i>金属</i>", "plan/1-1.html"),
        ("Ch. 1 §1 第一节", "plan/1-1.html"),
        ("Ch. 1 §1.1 一、箔", "plan/1-1.html#s-1-1-1"),
    ]


def test_both_languages_together_stay_small(graph: LocalGraph) -> None:
    size = sum(len(p.encode()) for lang in ("zh", "en") for p in pages(graph, lang).values())
    assert size <= 1_600_000


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("name", ["plan.html", "plan/5-2.html", "en/plan.html", "en/plan/1-1.html"])
def test_the_reading_view_opens_clean(opened: Any, name: str, size: str) -> None:
    one = opened(name, size)
    one.page.wait_for_timeout(150)
    assert one.said == [] and one.outside == []
    width = one.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    small = one.page.evaluate(
        "[...document.querySelectorAll('main a, main summary, main button, main input')]"
        ".filter(e => !e.closest('dd, blockquote'))"
        ".map(e => [e.textContent, e.getBoundingClientRect().height])"
        ".filter(e => e[1] > 0 && e[1] < 24)"
    )
    assert small == []


def test_a_name_is_found_in_the_whole_plan_and_the_hit_leads_to_its_sentence(opened: Any) -> None:
    one = opened("plan.html")
    one.page.locator("#plan-find input").fill("电容器铝箔")
    one.page.wait_for_selector("#plan-hits a")
    hit = one.page.locator("#plan-hits a").last
    assert "电容器铝箔" in hit.inner_text()
    assert re.fullmatch(r"\d+ 处", one.page.locator("#plan-told").inner_text())
    hit.click()
    shown = one.page.locator("li:target")
    assert "电容器铝箔" in shown.inner_text() and shown.is_visible()
    assert one.said == []


def test_a_hyphen_does_not_hide_a_name(opened: Any) -> None:
    page = opened("en/plan.html").page
    page.locator("#plan-find input").fill("rare earth")
    page.wait_for_selector("#plan-hits a")
    assert "Rare-earth magnetic materials" in page.locator("#plan-hits").inner_text()


def test_a_page_is_filtered_by_words(opened: Any) -> None:
    page = opened("plan/5-1.html").page
    every = page.locator(".plan ol > li").count()
    page.locator("#plan-filter input").fill("东阳光")
    shown = page.locator(".plan ol > li:visible").count()
    assert 0 < shown < every
    assert page.locator("#plan-told").inner_text() == f"{shown} / {every} 句可见"
    assert page.locator(".plan h2:visible").count() < page.locator(".plan h2").count()


def test_the_outline_lies_open_on_a_desk_and_folded_on_a_phone(opened: Any) -> None:
    link = ".plan nav a[aria-current]"
    assert opened("plan/5-1.html").page.locator(link).is_visible()
    phone = opened("plan/5-1.html", "phone").page
    assert not phone.locator(link).is_visible()
    phone.locator(".plan summary").click()
    assert phone.locator(link).is_visible()


def test_the_reading_view_reads_without_scripts(opened: Any) -> None:
    page = opened("plan/5-1.html", scripts=False).page
    assert "东阳光" in page.locator("main").inner_text()
    assert page.locator("#plan-filter").is_hidden()
    page = opened("plan.html", scripts=False).page
    assert "第五章" in page.locator("#plan-outline").inner_text()
