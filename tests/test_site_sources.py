"""The page of sources: its counts are those of the graph, its places lead somewhere, and what it says is so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import SIZES, TINY_TEXT, Opened

from kg.check.disagreements import disagreements
from kg.citation import Document, digest
from kg.facts import Facts
from kg.gaps.network import SUPPLY
from kg.graph import LocalGraph, load_files
from kg.paint import style_sheet
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.keys import Keys
from kg.site.sources import read_parts, source_sheets, sources_page
from kg.vocab import ACTOR_CLASSES

BOTH = ("zh", "en")


@pytest.fixture(scope="module")
def atlas(graph: LocalGraph) -> Atlas:
    return Atlas(Ground(graph), "zh", BOTH)


@pytest.fixture(scope="module")
def page(atlas: Atlas) -> str:
    return sources_page(atlas)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_what_was_read_is_counted_by_chapter(tiny: LocalGraph) -> None:
    atlas = Atlas(Ground(tiny), "zh", BOTH)
    [(document, chapters)] = read_parts(atlas).items()
    assert document.endswith("/tiny")
    # One paragraph and three sentences, all cited: seven claims about eleven things, and two figures.
    assert [(s.zh, part.counts()) for s, part in chapters] == [("小规划", (1, 1, 3, 3, 7, 11, 2))]


def test_the_chapters_of_the_plan_come_in_its_order_and_their_sum_is_the_whole(
    atlas: Atlas, facts: Facts
) -> None:
    [chapters] = read_parts(atlas).values()
    names = [s.zh for s, _ in chapters]
    assert [n[:3] for n in names if n.startswith("第")] == [f"第{n}章" for n in "一二三四五六"]
    # A passage lies in one chapter; a claim or a thing may be counted in several.
    for at, whole in ((2, len(facts.passages)), (6, len(facts.figures))):
        assert sum(part.counts()[at] for _, part in chapters) == whole
    cited = {n for _, part in chapters for n in part.claims}
    assert cited == {n for n, c in enumerate(facts.claims) if c.sources}


def test_every_claim_has_a_place_or_is_domain_knowledge_with_a_basis(
    facts: Facts, page: str
) -> None:
    domain = [c for c in facts.claims if c.origin == "domain"]
    assert all(c.basis.zh and c.basis.en for c in domain)
    assert all(c.sources for c in facts.claims if c.origin != "domain")
    assert f"<b>{len(facts.claims) - len(domain)}</b> 条说法有出处" in page
    assert f"<b>{len(domain)}</b> 条行业常识" in page


def test_domain_knowledge_says_what_feeds_what_and_names_no_actor(facts: Facts) -> None:
    domain = [c for c in facts.claims if c.origin == "domain"]
    assert {c.name for c in domain} == set(SUPPLY)
    ends = {facts.things[i].kind for c in domain for i in (c.subject, c.object)}
    assert not ends & set(ACTOR_CLASSES)


@pytest.mark.parametrize("lang", BOTH)
def test_every_claim_of_domain_knowledge_is_listed_once_with_its_basis(
    atlas: Atlas, facts: Facts, lang: str
) -> None:
    here = Atlas(atlas.ground, lang, BOTH)
    rows = []
    for block in re.findall(r'<details class="domain".*?</details>', sources_page(here), re.S):
        counted = re.search(r'<b class="count">(\d+)</b>', block)
        subject, inside = "", []
        for row in re.findall(r"<tr>(?!<th scope=\"col\").*?</tr>", block, re.S):
            if head := re.search(r"<th scope=\"row\"[^>]*>(.*?)</th>", row):
                subject = plain(head[1]).strip()
            cells = [plain(c).strip() for c in re.findall(r"<td>(.*?)</td>", row, re.S)]
            inside.append((subject, *cells))
        assert counted and int(counted[1]) == len(inside)
        rows += inside
    words = here.words
    wanted = [
        (
            words.label(c.subject),
            f"{words.label(c.predicate)} {words.label(c.object)}",
            c.basis.pick(lang),
        )
        for c in facts.claims
        if c.origin == "domain"
    ]
    assert sorted(rows) == sorted(wanted)


def test_the_figures_that_are_said_twice_stand_there_with_both_places(
    facts: Facts, page: str
) -> None:
    told = plain(page.partition('id="twice"')[2].partition('id="domain"')[0])
    found = disagreements(facts)
    assert found
    for finding in found:
        # "…（第一章第二节四 指标表 第4行）；…": each value with its place.
        for place in re.findall(r"（(第.章[^；]*)）(?:；|$)", finding.what.zh):
            assert place in told
    assert "达 47 亿元" in told and "46.7 亿元" in told
    assert page.count("<tbody>", page.index('id="twice"'), page.index('id="domain"')) == len(found)


def test_the_example_is_a_citation_that_holds(atlas: Atlas, page: str, plan: Document) -> None:
    told = page.partition('id="reading"')[2].partition('id="attach"')[0]
    start, end = map(int, re.search(r">(\d+)、(\d+)<", told).groups())  # type: ignore[union-attr]
    assert digest(plan.text[start:end]) in told
    assert plan.sha256 in page and f"{len(plan.text)} 个字符" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TINY_TEXT, "与上列 SHA-256 相同：每处引文都在原位。"),
        (
            TINY_TEXT.replace("引进矿石企业。", ""),
            "与上列 SHA-256 不同；引文处数，找到与总数： 2 / 3",
        ),
        ("", "生成这些网页时没有挂接原文，页面只写位置，不显示原句。"),
    ],
)
def test_the_page_tells_what_the_attached_file_is(tiny: LocalGraph, text: str, says: str) -> None:
    ground = Ground(tiny, Document(text) if text else None)
    assert says in plain(sources_page(Atlas(ground, "zh", BOTH)))


def test_links_lead_to_pages_and_to_headings_of_the_outline(atlas: Atlas, page: str) -> None:
    things = {atlas.page(i) for i in atlas.facts.things}
    for href in re.findall(r'<a href="([^"]+)"', page.partition("<main")[2]):
        path, _, place = html.unescape(href).partition("#")
        assert path in things or path.startswith("plan/") or (path == "plan.html" and place), href


def test_the_page_is_made_again_when_the_document_changes(tiny_files: list[Path]) -> None:
    def key() -> str:
        ground = Ground(load_files(tiny_files))
        [sheet] = source_sheets(Atlas(ground, "zh", BOTH))
        return sheet.rests(Keys(ground, BOTH))

    before = key()
    assert key() == before
    file = next(p for p in tiny_files if p.name == "sources.ttl")
    file.write_text(file.read_text("utf-8").replace("小规划", "大规划"), "utf-8")
    assert key() != before


@pytest.fixture
def opens(browser: Any, atlas: Atlas, tmp_path: Path) -> Iterator[Any]:
    contexts = []
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "atlas.css").write_text(style_sheet(), "utf-8")
    (tmp_path / "en").mkdir()
    for lang, folder in (("zh", tmp_path), ("en", tmp_path / "en")):
        made = sources_page(Atlas(atlas.ground, lang, BOTH))
        # Scripts of all pages are tested with the whole site.
        (folder / "sources.html").write_text(re.sub(r"<script[^>]*></script>", "", made), "utf-8")

    def do(name: str, size: str) -> Opened:
        one = Opened(browser, (tmp_path / name).as_uri(), SIZES[size])
        contexts.append(one.context)
        return one

    yield do
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["sources.html", "en/sources.html"])
def test_the_page_opens_clean_and_does_not_overflow(opens: Any, name: str, size: str) -> None:
    one = opens(name, size)
    one.page.locator("details.domain").first.locator("summary").click()
    assert one.page.locator("details.domain table").first.is_visible()
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
