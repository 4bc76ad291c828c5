"""The chain matrix: filters by kind, its download, its head that stays, and its sheet of A3."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from kg.graph import LocalGraph, load_files
from kg.site import Ground, build
from kg.site.atlas import Atlas
from kg.site.matrix import chain_page
from kg.site.paper import SIZES, Row, em, fit

NODES = ".matrix .node[data-node]"


def matrices(site: Path) -> list[Path]:
    """The matrices of both languages."""
    pages = (*site.glob("chain/*.html"), *site.glob("en/chain/*.html"))
    return sorted(p for p in pages if not p.name.endswith("-graph.html"))


def rows_of(page: Any) -> tuple[str, list[list[str]]]:
    """The name of the file that the button gives, and its rows."""
    with page.expect_download() as waiting:
        page.locator("#csv").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return waiting.value.suggested_filename, list(csv.reader(io.StringIO(text[1:])))


def test_every_chain_prints_on_one_sheet_of_a3_in_both_languages(
    opened: Any, site: Path, tmp_path: Path
) -> None:
    from subprocess import run

    pages = matrices(site)
    assert len(pages) == 2 * 16
    page = opened("index.html").page
    printed = {}
    for path in pages:
        page.goto(path.as_uri())
        page.pdf(path=tmp_path / "one.pdf", prefer_css_page_size=True)
        told = run(
            ["pdfinfo", tmp_path / "one.pdf"], capture_output=True, text=True, check=True
        ).stdout
        found = re.findall(r"Pages: +(\d+)|Page size: +(\d+)[.\d]* x (\d+)", told)
        printed[str(path.relative_to(site))] = [x for row in found for x in row if x]
    assert {n: p for n, p in printed.items() if p != ["1", "1191", "841"]} == {}


def test_the_sheet_has_title_legend_day_and_source_and_no_letter_too_small(opened: Any) -> None:
    page = opened("en/chain/advanced-materials.html").page
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    for said in ("Advanced materials", "confirmed absent", "As of ", "Source: Shaoguan"):
        assert said in text
    assert "Print A3" not in text
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("body *")]
          .filter(e => e.checkVisibility() && [...e.childNodes].some(c => c.nodeType === 3 && c.data.trim()))
          .map(e => parseFloat(getComputedStyle(e).fontSize))) * 72 / 96"""
    )
    assert 6.5 <= round(smallest, 2) < 7


def test_small_tables_get_large_letters_and_boxes_break_only_where_nothing_else_fits() -> None:
    assert em("铝箔 foil") == pytest.approx(2 + 5 * 0.54)
    small = fit([Row(8, [[5, 5], []])], 2)
    assert (small.size, small.flow, round(sum(small.shares))) == (SIZES[0], False, 100)
    # The column that holds more is the wider one.
    assert small.shares[1] > small.shares[2]
    full = fit([Row(30, [[14.0] * 12, [9.0] * 3]) for _ in range(30)], 2)
    assert full.flow and SIZES[-1] <= full.size < SIZES[0]
    over = fit([Row(30, [[14.0] * 30, [9.0] * 3]) for _ in range(40)], 2)
    assert (over.size, over.flow) == (SIZES[-1], True)


def test_kinds_are_counted_and_filter_what_is_shown(opened: Any) -> None:
    page = opened("chain/biomedicine-and-health.html").page
    buttons = page.locator(".kinds button").all()
    assert len(buttons) == 6
    for button in buttons:
        kind, count = button.get_attribute("data-kind"), int(button.locator(".count").inner_text())
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        nodes = page.locator(f"{NODES}:visible")
        chips = page.locator(".matrix .chip:visible")
        if kind in ("product", "technology", "service"):
            assert (nodes.count(), chips.count()) == (count, 0)
        else:
            assert nodes.count() == 0
            hrefs = {c.get_attribute("href") or c.inner_text() for c in chips.all()}
            assert len(hrefs) == count > 0
            assert all(kind in c.get_attribute("class").split() for c in chips.all())
        assert len(re.findall(r"\d+", page.locator("#told").inner_text())) == 3
        button.click()
    assert page.locator("#told").inner_text() == ""
    assert page.locator(f"{NODES}:visible").count() == page.locator(NODES).count()


def test_kind_text_gaps_and_rule_are_combined(opened: Any) -> None:
    page = opened("chain/advanced-materials.html").page
    page.locator(".kinds [data-kind=technology]").click()
    page.locator("#only").click()
    nodes = page.locator(f"{NODES}:visible")
    fits = f"{NODES}[data-kind=technology].unseen"
    assert nodes.count() == page.locator(fits).count() > 0
    assert page.locator("#told").inner_text().startswith(f"{nodes.count()} / 101 个节点")
    page.locator("#filter").fill("没有这个词")
    assert page.locator("#told").inner_text() == "没有符合条件的节点。"
    page.locator("#filter").fill("")
    page.locator("#only").click()
    page.locator(".kinds [data-kind=technology]").click()
    # A firm is found by its name, beside the nodes it is in.
    page.locator("#filter").fill("东阳光")
    assert page.locator("#aluminium-foil").is_visible()
    assert not page.locator("#ink").is_visible()


def test_the_download_is_what_is_shown(opened: Any) -> None:
    one = opened("chain/advanced-materials.html")
    page = one.page
    page.locator("#only").click()
    name, rows = rows_of(page)
    assert re.fullmatch(r"先进材料-\d{4}-\d\d-\d\d\.csv", name)
    assert rows[0] == ["环节", "链段", "节点", "类别", "有无", "企业"]
    shown = page.locator(f"{NODES}:visible")
    assert len(rows) - 1 == shown.count() and {r[4] for r in rows[1:]} == {"未见"}
    page.locator("#only").click()
    page.locator("#filter").fill("铝箔")
    _, rows = rows_of(page)
    foil = next(r for r in rows if r[2] == "铝箔")
    assert foil == ["铝基材料", "中游", "铝箔", "产品", "有", "东阳光集团；按组列名：东阳光集团"]
    assert one.said == []


def test_a_cell_of_the_download_never_runs_as_a_formula(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(path.read_text("utf-8").replace('"铝箔"@zh', '"=1+1,\\"a\\""@zh'), "utf-8")
    build(Ground(load_files(tiny_files)), tmp_path / "site", ("zh",))
    page = opened((tmp_path / "site" / "chain" / "metals.html").as_uri()).page
    _, rows = rows_of(page)
    assert [r[2] for r in rows if "1+1" in r[2]] == ['\'=1+1,"a"']


def test_head_and_first_column_stay_in_sight(opened: Any) -> None:
    page = opened("chain/biomedicine-and-health.html").page
    at = "e => e.getBoundingClientRect()"
    page.evaluate("scrollTo(0, 1500)")
    head = page.locator(".matrix thead th").first.evaluate(at)
    assert round(head["top"]) == 0
    # A narrow laptop: the table has its own window, which scrolls both ways.
    page.set_viewport_size({"width": 900, "height": 700})
    page.locator(".matrix-box").evaluate(
        "e => { e.scrollIntoView(); e.scrollTop = 600; e.scrollLeft = 300 }"
    )
    box = page.locator(".matrix-box").evaluate(at)
    head = page.locator(".matrix thead th").last.evaluate(at)
    assert round(head["top"]) == round(box["top"])
    for row in page.locator(".matrix tbody th").all():
        assert round(row.evaluate(at)["left"]) == round(box["left"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 900


def test_what_is_planned_is_dashed_and_says_so(opened: Any) -> None:
    page = opened("chain/advanced-materials.html").page
    chip = page.locator(".matrix .chip", has_text="韶关有色金属产业公共服务平台").first
    assert chip.locator("small").inner_text() == "规划"
    assert chip.evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
    park = page.locator(".matrix td .chip", has_text="南雄高新区").first
    assert park.locator("small").count() == 0
    assert park.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_the_firms_of_the_head_are_those_of_the_matrix(graph: LocalGraph) -> None:
    ground = Ground(graph)
    atlas = Atlas(ground, "zh", ("zh", "en"))
    for industry in atlas.core:
        chain = atlas.chains[industry]
        text = chain_page(atlas, chain)
        assert f"<li><b>{len(chain.firms)}</b> 企业</li>" in text
        for iri in chain.firms:
            assert f'href="../{atlas.page(iri)}">{atlas.words.label(iri)}' in text


def test_a_field_without_stages_has_no_column_for_them(opened: Any) -> None:
    page = opened("chain/modern-agriculture.html").page
    assert page.locator(".matrix thead th").all_inner_texts() == ["环节", "未分段", "创新支撑"]
    page = opened("chain/modern-light-industry.html").page
    heads = [t.split()[0] for t in page.locator(".matrix thead th").all_inner_texts()]
    assert heads == ["环节", "上游", "中游", "下游", "创新支撑"]


def test_enter_opens_a_node_and_the_graph_is_opened_at_it(opened: Any) -> None:
    one = opened("chain/advanced-materials.html")
    one.page.locator("#aluminium-foil").focus()
    one.page.keyboard.press("Enter")
    assert one.page.locator("#panel").is_visible()
    graph = one.page.locator("#to-graph").get_attribute("href")
    assert graph.endswith("advanced-materials-graph.html#aluminium-foil")
    assert one.page.locator("#aluminium-foil").get_attribute("aria-current") == "true"


def test_without_scripts_the_matrix_has_no_dead_buttons(opened: Any) -> None:
    page = opened("chain/advanced-materials.html", scripts=False).page
    buttons = page.locator("main button:visible")
    assert buttons.count() == page.locator(".kinds button").count()
    assert all(b.is_disabled() for b in buttons.all())


def test_a_matrix_is_at_most_300_kilobytes(site: Path) -> None:
    assert max(p.stat().st_size for p in matrices(site)) <= 300_000
