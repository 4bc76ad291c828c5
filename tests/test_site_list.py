"""The gap list: one row for each node, what unfolds, what is downloaded; and the page of targets."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import kg

from kg.gaps import Gap, findings, open_survey
from kg.graph import LocalGraph
from kg.site.packed import unpacked

ROWS = "#list tbody tr:not(.group):not(.sub)"


@pytest.fixture(scope="module")
def gaps(graph: LocalGraph) -> list[Gap]:
    from datetime import date

    return findings(open_survey(graph, date.today()))


def ready(one: Any) -> Any:
    one.page.wait_for_selector("html[data-ready='1']")
    return one.page


def rows_of(page: Any) -> list[list[str]]:
    """The rows of the file that the button gives."""
    with page.expect_download() as waiting:
        page.locator("#csv").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff") and re.search(r"-\d{4}-\d\d-\d\d\.csv$", _name(waiting))
    return list(csv.reader(io.StringIO(text[1:])))


def _name(waiting: Any) -> str:
    return str(waiting.value.suggested_filename)


def test_the_first_view_has_a_row_for_each_node_and_says_how_many_findings_it_has(
    opened: Any, gaps: list[Gap]
) -> None:
    one = opened("gaps.html")
    page = ready(one)
    told = [int(n) for n in re.findall(r"\d+", page.locator("#told").inner_text())]
    core = page.locator("[name=chain] option[value=core]").inner_text()
    assert told[1] == int(re.search(r"（(\d+)）", core).group(1))  # type: ignore[union-attr]
    assert told[2] == len(gaps) and told[0] < told[1]
    page.locator("#more").click()
    page.locator("#more").click()
    assert page.locator(ROWS).count() == told[0]
    links = [a.get_attribute("href") for a in page.locator(f"{ROWS} td:first-child a").all()]
    assert len({href.partition("#")[0] for href in links}) == told[0]
    assert one.said == []


def test_the_letters_of_the_other_rules_unfold_their_findings(opened: Any, gaps: list[Gap]) -> None:
    page = ready(opened("gaps.html#q=高精度铜带&rule="))
    row = page.locator(ROWS, has=page.get_by_role("link", name="高精度铜带", exact=True))
    button = row.locator("button")
    node = next(g.node for g in gaps if g.node.endswith("/high-precision-copper-strip"))
    mine = [g for g in gaps if g.node == node]
    assert row.locator("td").nth(2).inner_text() == "d 声明目标未见主体"
    assert len(button.inner_text().split()) == len(mine) - 1
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    ids = set(page.locator("#list .sub td.id").all_inner_texts())
    assert ids == {g.id for g in mine if g.rule != "d"}
    button.click()
    assert page.locator("#list .sub").count() == 0


def test_with_a_rule_a_row_tells_the_finding_of_that_rule(opened: Any, gaps: list[Gap]) -> None:
    page = ready(opened("gaps.html#rule=b2&chain=advanced-materials"))
    inside = [g for g in gaps if g.rule == "b2" and g.chain.endswith("/advanced-materials")]
    what = page.locator(f"{ROWS} td:nth-child(4)").all_inner_texts()
    assert sorted(what) == sorted(g.what.zh for g in inside)


def test_the_switch_shows_findings_and_stands_in_the_address(opened: Any) -> None:
    page = ready(opened("gaps.html#rule=&chain=modern-light-industry"))
    nodes = page.locator(ROWS).count()
    page.locator("[name=view][value=finding]").check()
    told = re.match(r"(\d+) / ", page.locator("#told").inner_text())
    assert told and page.locator(ROWS).count() == int(told.group(1)) > nodes
    assert page.url.endswith("view=finding")
    again = ready(opened(page.url))
    assert again.locator(ROWS).count() == int(told.group(1))
    assert again.locator("[name=view][value=finding]").is_checked()


def test_all_findings_as_csv_are_the_rows_of_kg_gaps(opened: Any) -> None:
    page = ready(opened("gaps.html#rule=&view=finding"))
    listed = kg("gaps", "--all", "--format", "csv", "-q").out
    assert rows_of(page) == list(csv.reader(io.StringIO(listed)))


def test_the_download_is_the_rows_that_fit(opened: Any) -> None:
    page = ready(opened("en/gaps.html#chain=modern-light-industry&rule="))
    head, *rows = rows_of(page)
    assert head[:4] == ["id", "rule", "chain", "node"] and head[-1] == "Other rules"
    names = page.locator(f"{ROWS} td:first-child a").all_inner_texts()
    assert [r[3] for r in rows] == names
    assert all(re.fullmatch(r"([a-i]2?-[0-9a-f]{8} ?)*", r[-1]) for r in rows)


def test_a_browser_that_cannot_unpack_says_so_and_keeps_the_first_view(
    browser: Any, site: Path
) -> None:
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(site.as_uri() + "/gaps.html")
    page.wait_for_selector("html[data-ready='1']")
    assert "浏览器太旧" in page.locator("#tells").inner_text()
    assert page.locator(ROWS).count() > 400 and not page.locator("#filters").is_visible()
    page.close()


def test_the_workbook_begins_with_what_its_rows_are(site: Path) -> None:
    from openpyxl import load_workbook

    for folder, title in (("", "缺口清单"), ("en", "Gap list")):
        path = site / folder / "gaps.xlsx"
        assert path.stat().st_size <= 400_000
        about, rows = load_workbook(path).worksheets
        told = {a.value: b.value for a, b in about.iter_rows() if a.value}
        assert next(iter(told)) == title == about.title
        head = [c.value for c in rows[1]]
        assert set(head) <= told.keys() and all(told[h] for h in head)
        assert rows.freeze_panes == "A2" and rows.auto_filter.ref == rows.dimensions
        assert rows.page_setup.orientation == "landscape" and rows.print_title_rows == "$1:$1"


def test_pages_and_data_of_the_list_are_small(site: Path) -> None:
    most = {"gaps.html": 163_840, "data/gaps.js": 250_000, "evidence.html": 260_000}
    sizes = {
        f"{folder}{name}": (site / folder / name).stat().st_size - size
        for folder in ("", "en/")
        for name, size in most.items()
    }
    assert {n: s for n, s in sizes.items() if s > 0} == {}
    assert not (site / "gaps.csv").exists()


def test_the_data_repeat_no_sentence(site: Path) -> None:
    data = unpacked((site / "data" / "gaps.js").read_text("utf-8"))
    assert len(data["texts"]) == len(set(data["texts"]))
    assert len(data["texts"]) < len(data["rows"])


def test_targets_with_the_same_behind_them_share_a_row_and_bare_ones_come_first(
    opened: Any, gaps: list[Gap]
) -> None:
    page = opened("evidence.html").page
    targets = [g for g in gaps if g.rule == "i"]
    hrefs = [a.get_attribute("href") for a in page.locator("#legs tbody th a").all()]
    assert sorted(h.partition("#")[2] for h in hrefs) == sorted(g.id for g in targets)
    parts = page.locator("#legs tbody").evaluate_all(
        "ps => ps.map(p => [...p.querySelectorAll('tr:not(.verb)')].map(r => [...r.cells].slice(1).map(c => c.innerHTML).join('|')))"
    )
    assert all(len(rows) == len(set(rows)) for rows in parts)
    bare = page.locator("#legs tbody").evaluate_all(
        "ps => ps.map(p => [...p.querySelectorAll('tr:not(.verb)')].map(r => r.classList.contains('bare')))"
    )
    assert all(rows == sorted(rows, reverse=True) for rows in bare)


def test_what_is_not_certain_behind_a_target_is_dashed(opened: Any) -> None:
    page = opened("evidence.html#advanced-materials").page
    row = page.locator("#legs tr", has=page.get_by_role("link", name="铝箔", exact=True))
    firm, park = row.locator("td").first.locator("i"), row.locator("td").nth(2).locator("i")
    assert firm.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    assert park.evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
    assert park.locator("small").inner_text() == "规划"


def test_a_chain_of_targets_unfolds_from_its_address_and_on_paper(opened: Any) -> None:
    page = opened("evidence.html#modern-agriculture", "phone").page
    assert page.locator("#modern-agriculture").get_attribute("open") is not None
    assert page.locator("#legs details[open]").count() == 2
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#legs details:not([open])").count() == 0


def test_a_target_is_found_by_its_other_names(opened: Any) -> None:
    page = opened("evidence.html").page
    page.locator("[name=q]").fill("aluminium foil")
    assert "铝箔" in page.locator("#legs tbody th a:visible").all_inner_texts()
