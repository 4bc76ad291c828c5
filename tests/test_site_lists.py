"""The five maps and five lists: what stands in them, what an officer adds to them, and how they work in a browser."""

from __future__ import annotations

import csv
import dataclasses
import re
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from conftest import ROOT, SIZES, put_assets

from kg.errors import KgError
from kg.graph import LocalGraph, load_files
from kg.site.atlas import Atlas
from kg.site.five.applications import applications_page
from kg.site.five.entries import Pages
from kg.site.five.leads import gap_nodes, ways
from kg.site.five.reading import known_words, read_pages
from kg.site.five.regions import regions_page
from kg.site.five.roadmap import roadmap_page
from kg.site.five.routes import routes_page
from kg.site.five.rows import list_page, rows
from kg.site.ground import Ground
from kg.site.lists import list_sheets

REAL = ROOT / "viz" / "pages.toml"
BASE = "https://w3id.org/cn-industry-chain/"
NAMES = [
    "lists",
    "roadmap",
    "applications",
    "regions",
    "routes",
    "list-firms",
    "list-projects",
    "list-technologies",
    "list-recruits",
    "list-platforms",
    "list-policies",
    "list-problems",
]
ENTRY = """
[[list]]
page = "list-makers"
title = { zh = "谁在做", en = "Who makes" }
what = { zh = "一", en = "a" }
rests = { zh = "二", en = "b" }
lacks = { zh = "三", en = "c" }
kinds = ["Firm"]
named = true
columns = ["name", "chain", "says", "role", "status", "place"]
claims = [{ side = "out", predicates = ["makes", "activeIn"] }]
"""
TECHNOLOGIES = """
node:etching a ic:Technology ; skos:prefLabel "腐蚀"@zh , "Etching"@en ; skos:broader node:foils .
node:coating a ic:Technology ; skos:prefLabel "涂覆"@zh , "Coating"@en ; skos:broader node:foils .
actor:fair a ic:Event ; skos:prefLabel "展会"@zh , "Fair"@en ;
    ic:concerns node:coating ;
    ic:claim [ rdf:predicate ic:concerns ; rdf:object node:coating ; ic:status status:existing ; ic:level level:product ; dcterms:source src:p1-s1 ] .
actor:lab a ic:Institute ; skos:prefLabel "所"@zh , "Lab"@en ;
    ic:claim [ rdf:predicate ic:develops ; rdf:object node:etching ; ic:status status:underway ; ic:level level:product ; dcterms:source src:p1-s1 ] ,
      [ rdf:predicate ic:develops ; rdf:object node:etching ; ic:status status:target ; ic:level level:product ; ic:wish wish:breakthrough ; ic:wording "攻关"@zh ; dcterms:source src:p1-s2 ] ,
      [ rdf:predicate ic:develops ; rdf:object node:etching ; ic:status status:planned ; ic:level level:product ; ic:wish wish:support ; ic:wording "支持"@zh ; dcterms:source src:p1-s2 ] .
"""
APPLICATIONS = """
node:cars a ic:Application ; skos:prefLabel "汽车"@zh , "Cars"@en .
node:foil ic:claim [ rdf:predicate ic:usedIn ; rdf:object node:cars ; ic:status status:planned ; ic:level level:product ; dcterms:source src:p1-s1 ] .
node:ore ic:claim [ rdf:predicate ic:usedIn ; rdf:object node:cars ; ic:status status:planned ; ic:level level:product ; ic:origin ic:domain ; ic:basis "依据"@zh , "basis"@en ] .
"""
REGIONS = """
actor:far a ic:Place ; skos:prefLabel "远城"@zh , "Far"@en .
actor:near a ic:Place ; skos:prefLabel "近城"@zh , "Near"@en .
actor:ore-firms ic:claim [ rdf:predicate ic:attractedFrom ; rdf:object actor:far ; ic:status status:target ; ic:level level:product ; dcterms:source src:p1-s3 ] .
actor:city ic:claim [ rdf:predicate ic:partnersWith ; rdf:object actor:near ; ic:status status:planned ; ic:level level:product ; dcterms:source src:p1-s3 ] .
"""
PARKS = """
actor:park a ic:Park ; skos:prefLabel "铝园"@zh , "Aluminium park"@en ;
    ic:claim [ rdf:predicate ic:carrierOf ; rdf:object node:foils ; ic:status status:planned ; ic:level level:product ; dcterms:source src:p1-s1 ] .
actor:silent a ic:Park ; skos:prefLabel "静园"@zh , "Silent park"@en .
actor:mill ic:claim [ rdf:predicate ic:locatedIn ; rdf:object actor:park ; ic:status status:underway ; ic:level level:product ; dcterms:source src:p1-s1 ] .
"""


def atlas_of(files: list[Path], more: str = "", lang: str = "zh") -> Atlas:
    """The atlas of the tiny graph with `more` Turtle."""
    path = next(p for p in files if p.name == "tiny.ttl")
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    return Atlas(Ground(load_files(files)), lang, ("zh", "en"))


def pages_of(atlas: Atlas, path: Path = REAL) -> Pages:
    return read_pages(path, known_words(atlas.ground.graph))


def text_of(html: str) -> str:
    """What is read of a piece of HTML, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def cells_of(html: str, head: str) -> list[str]:
    """The texts of the cells in the row whose head is `head`."""
    for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        cells = [text_of(c) for c in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        if cells[0] == head:
            return cells[1:]
    raise AssertionError(f"no row {head}")


def test_a_new_list_is_one_entry_without_code(tiny_files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "pages.toml"
    path.write_text(REAL.read_text("utf-8") + ENTRY, "utf-8")
    atlas = atlas_of(tiny_files)
    entry = pages_of(atlas, path).lists[-1]
    local = [(r.thing.rpartition("/")[2], r.status, len(r.claims)) for r in rows(atlas, entry)]
    assert local == [("mill", "existing", 1), ("firm-b", "existing", 1), ("firm-c", "existing", 1)]
    html = list_page(atlas, entry)
    assert cells_of(html, "甲厂") == ["金属 · 箔材", "生产 铝箔", "链主", "现有", "第1句"]
    assert cells_of(html, "乙厂") == ["金属 · 粉材", "从事 粉材", "依托", "现有", "第2句"]
    # A kind of firm is no single one, and knowledge of the field makes no row.
    assert "矿石企业" not in html


def test_what_is_wanted_names_the_verb_who_wants_it_and_the_gap_card(
    tiny_files: list[Path],
) -> None:
    atlas = atlas_of(tiny_files, REGIONS)
    entry = next(x for x in pages_of(atlas).lists if x.page == "list-recruits")
    html = list_page(atlas, entry)
    assert cells_of(html, "矿石企业 一类") == [
        "企业", "金属 · 箔材", "生产 矿石", "本市", "引进", "远城", "矿石 未见", "目标", "第3句",
    ]  # fmt: skip


def test_a_technology_stands_where_it_is_and_where_the_strongest_verb_puts_it(
    tiny_files: list[Path],
) -> None:
    atlas = atlas_of(tiny_files, TECHNOLOGIES)
    html = roadmap_page(atlas, pages_of(atlas))
    # Columns: existing, under way, break through, develop, support, explore, no verb. The weaker verb is not listed
    # again, and a fair about a technology does not make it exist.
    assert cells_of(html, "箔材") == ["", "腐蚀", "腐蚀 攻关 目标", "", "", "", "涂覆"]


def test_uses_are_read_from_both_ends_and_domain_knowledge_is_marked(
    tiny_files: list[Path],
) -> None:
    atlas = atlas_of(tiny_files, APPLICATIONS)
    html = applications_page(atlas, pages_of(atlas))
    assert cells_of(html, "汽车") == ["铝箔 矿石 常识"]
    assert cells_of(html, "箔材") == ["铝箔 → 汽车 矿石 → 汽车 常识"]


def test_a_park_has_its_direction_and_its_firms_and_the_rest_is_unseen(
    tiny_files: list[Path],
) -> None:
    atlas = atlas_of(tiny_files, PARKS)
    html = regions_page(atlas, pages_of(atlas))
    # The mill makes foil for certain; that it is in the park is only under way: so is the whole.
    assert cells_of(html, "铝园") == ["甲厂 在建在研 箔材 规划", "未见", "第1句"]
    assert cells_of(html, "乐昌") == ["未见", "未见", ""]
    assert "静园" in html.partition("未写明产业方向")[2]
    assert not re.search("缺失|空白|>无<|没有企业", html)


def test_only_a_stated_origin_makes_a_route(tiny_files: list[Path]) -> None:
    atlas = atlas_of(tiny_files, REGIONS)
    far, near, city = (BASE + "actor/" + n for n in ("far", "near", "city"))
    nodes = {i.rpartition("/")[2]: asks for i, asks in gap_nodes(atlas).items()}
    assert nodes == {"ore": "recruit"}
    found = [(r.end, [c.name for c in r.claims]) for r in ways(atlas, far, city)]
    assert found == [(BASE + "node/ore", ["attractedFrom", "makes"])]
    assert ways(atlas, near, city) == []
    pages = dataclasses.replace(pages_of(atlas), regions=(near, far, BASE + "actor/nowhere"))
    html = routes_page(atlas, pages)
    parts = {k: text_of(v) for k, v in re.findall(r'<section class="origin" id="(\w+)">(.*?)</section>', html, re.DOTALL)}  # fmt: skip
    # The region that leads somewhere comes first.
    assert list(parts) == ["far", "near", "rest"]
    assert "远城 ← 引自 矿石企业 生产 → 矿石 目标 第3句 矿石 未见 · 引进" in parts["far"]
    assert "来源没有把它与某个环节或产品联系起来" in parts["near"] and "矿石" not in parts["near"]
    assert parts["rest"].startswith("来源未写明招商来源地 0 / 1") and "矿石" not in parts["rest"]
    assert "图谱里没有的来源地：nowhere" in text_of(html)


def test_without_an_origin_the_node_stays_among_those_not_stated(tiny_files: list[Path]) -> None:
    atlas = atlas_of(tiny_files)
    html = routes_page(atlas, pages_of(atlas))
    rest = text_of(html.partition('id="rest"')[2])
    assert "来源未写明招商来源地 1 / 1" in rest and "矿石 未见 · 引进" in rest


WRONG = [
    ('kinds = ["Firm"]', 'kinds = ["Fimr"]', 'kinds does not know "Fimr".', "Nearest: Firm"),
    ('"makes"', '"make"', 'predicates does not know "make".', "makes"),
    ('"chain", "says"', '"chian", "says"', 'columns does not know "chian".', "Nearest: chain"),
    ('side = "out"', 'side = "from"', 'side does not know "from".', "There are: in, out."),
    ('"activeIn"] }', '"activeIn"], statuses = ["done"] }', 'statuses does not know "done".', ""),
    ('"activeIn"] }', '"activeIn"], wishes = ["want"] }', 'wishes does not know "want".', ""),
    ('named = true', 'named = "yes"', "named must be true or false.", "Leave it out for both."),
    ('zh = "谁在做", en', 'zh = "谁在做", fr', "title needs both languages.", "Write title ="),
    ('kinds = ["Firm"]', 'kind = ["Firm"]', 'does not know "kind".', "Nearest: kinds"),
    ('columns = [', 'colums = [', 'does not know "colums".', "Nearest: columns"),
    ('"list-makers"', '"../out"', "page must be list-", "For example page"),
    ('"list-makers"', '"list-firms"', "another list has this page.", "Choose another name."),
    ('claims = [{', 'claims = [', "is not well formed", "Look at that line"),
    ("predicates = [", "# [", "is not well formed", "Look at that line"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "what", "then"), WRONG)
def test_a_wrong_entry_is_told_with_file_entry_and_next_step(
    tiny: LocalGraph, tmp_path: Path, right: str, wrong: str, what: str, then: str
) -> None:
    path = tmp_path / "pages.toml"
    assert right in ENTRY
    path.write_text(REAL.read_text("utf-8") + ENTRY.replace(right, wrong, 1), "utf-8")
    with pytest.raises(KgError) as told:
        read_pages(path, known_words(tiny))
    english, chinese = told.value.text("en"), told.value.text("zh")
    assert str(path) in english and what in english and then in english
    assert str(path) in chinese and re.search("[\u4e00-\u9fff]", told.value.next_step.zh)
    if "well formed" not in what:
        assert "[[list]] 8" in english and "[[list]] 8" in chinese


def test_a_file_without_one_of_the_maps_is_told(tiny: LocalGraph, tmp_path: Path) -> None:
    path = tmp_path / "pages.toml"
    path.write_text(REAL.read_text("utf-8").replace('page = "roadmap.html"', 'page = "regions.html"'), "utf-8")  # fmt: skip
    with pytest.raises(KgError, match=r"roadmap.html is missing"):
        read_pages(path, known_words(tiny))


def test_every_region_of_the_file_is_a_thing_of_the_graph(graph: LocalGraph) -> None:
    ground = Ground(graph)
    assert [i for i in read_pages(REAL, known_words(graph)).regions if i not in ground.facts.things] == []  # fmt: skip


def test_nothing_on_these_pages_calls_the_unseen_missing(graph: LocalGraph) -> None:
    for lang in ("zh", "en"):
        for sheet in list_sheets(Atlas(Ground(graph), lang, ("zh", "en"))):
            html = sheet.make()
            assert isinstance(html, str) and not re.search("缺失|空白", html), sheet.path
            assert len(html.encode()) <= 200_000, sheet.path


def test_every_row_of_the_real_lists_says_where_it_stands(graph: LocalGraph) -> None:
    atlas = Atlas(Ground(graph), "zh")
    passages = atlas.facts.passages
    pages = pages_of(atlas)
    assert [x.page for x in pages.lists if x.set == "five"] == NAMES[5:10]
    for entry in pages.lists:
        found = rows(atlas, entry)
        assert found, entry.page
        for row in found:
            assert all(c.sources and set(c.sources) <= set(passages) for c in row.claims)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_a_map_or_list_opens_clean_and_does_not_overflow(opened: Any, name: str, size: str) -> None:
    one = opened(name + ".html", size)
    one.page.wait_for_timeout(100)
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    small = """[...document.querySelectorAll("main a, main button, main select, main summary")].filter(
      e => { const b = e.getBoundingClientRect(); return b.height && b.height < 23.9 }).map(e => e.outerHTML)"""
    assert one.page.evaluate(small) == []


def test_the_hub_leads_to_every_map_and_list(opened: Any) -> None:
    page = opened("lists.html").page
    titles = page.locator(".five .card h3").all_inner_texts()
    assert titles[:5] == ["产业链图", "技术路线图", "应用领域图", "区域分布图", "招商线路图"]
    assert len(titles) == 12
    page.locator(".card h3 a", has_text="招引目标清单").click()
    assert page.locator("h1").inner_text() == "招引目标清单"


def test_a_list_is_filtered_by_chain_and_text_and_counts_what_is_shown(opened: Any) -> None:
    page = opened("list-firms.html").page
    page.locator("select[name=chain]").select_option(label=page.locator("option", has_text="先进装备制造").inner_text())  # fmt: skip
    shown = page.locator("#roll tbody tr:visible")
    firms = shown.locator("th").all_inner_texts()
    assert "东南轴承" in firms and "广东韶关钢铁有限公司" not in firms
    page.locator("input[name=q]").fill("齿轮")
    assert shown.count() == 1 and page.locator("#told").inner_text().startswith("1 / ")
    page.locator("button[type=reset]").click()
    page.wait_for_timeout(50)
    assert shown.count() == page.locator("#roll tbody tr").count() > 40


def test_a_list_is_taken_along_as_csv_that_runs_no_formula(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    evil = '=HYPERLINK(\\"http://x\\",\\"甲\\")'
    path.write_text(path.read_text("utf-8").replace('"甲厂"@zh', f'"{evil}"@zh'), "utf-8")
    atlas = atlas_of(tiny_files)
    put_assets(tmp_path / "site")
    page = tmp_path / "site" / "list-firms.html"
    page.write_text(list_page(atlas, pages_of(atlas).lists[0]), "utf-8")
    one = opened(page.as_uri())
    one.page.locator("input[name=q]").fill("铝箔")
    with one.page.expect_download() as waiting:
        one.page.locator("#csv").click()
    waiting.value.save_as(tmp_path / "list.csv")
    raw = (tmp_path / "list.csv").read_bytes()
    assert (
        raw.startswith(b"\xef\xbb\xbf") and waiting.value.suggested_filename == "重点企业清单.csv"
    )
    assert list(csv.reader(raw.decode("utf-8-sig").splitlines())) == [
        ["名称", "产业链 · 环节", "规划怎么说", "角色", "状态", "出处"],
        ['\'=HYPERLINK("http://x","甲")', "金属 · 箔材", "生产 铝箔", "链主", "现有", "第1句"],
    ]
    assert one.said == []


def test_a_list_prints_on_a4_and_the_places_on_a3(opened: Any, tmp_path: Path) -> None:
    for name, paper in (("list-firms", "A4"), ("regions", "A3")):
        page = opened(name + ".html").page
        page.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True)
        told = run(["pdfinfo", tmp_path / "x.pdf"], capture_output=True, text=True, check=True)
        assert paper in told.stdout and int(re.findall(r"Pages:\s+(\d+)", told.stdout)[0]) <= 6


@pytest.mark.parametrize("name", NAMES)
def test_a_map_or_list_reads_without_scripts(opened: Any, name: str) -> None:
    assert len(opened(name + ".html", scripts=False).page.locator("main").inner_text()) > 300


def test_the_words_of_the_predicates_in_the_file_are_those_of_the_model(graph: LocalGraph) -> None:
    """The vocabulary is at hand, so that a slip in the file cannot pass unseen."""
    known = known_words(graph)
    assert {"leads", "plans", "lacks"} <= known.predicates
    assert {"recruit", "breakthrough"} <= known.wishes and {"pilot", "testing"} <= known.sorts
