"""The page of the indicators: its numbers are the graph's, each on its own scale, each with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import SIZES, Opened, put_assets

from kg.draw.bullets import NARROW, Mark, bullet, scale
from kg.facts import Facts
from kg.graph import LocalGraph, load_files
from kg.site.atlas import Atlas, page_words
from kg.site.ground import Ground
from kg.site.indicators import bullet_rows, indicators_page


@pytest.fixture(scope="module")
def ground(graph: LocalGraph) -> Ground:
    return Ground(graph)


@pytest.fixture(scope="module")
def text(ground: Ground) -> str:
    return indicators_page(Atlas(ground, "zh", ("zh", "en")))


def page_at(folder: Path, html: str) -> str:
    """Writes one page with its style sheet into `folder` and gives its address."""
    put_assets(folder)
    (folder / "page.html").write_text(html, "utf-8")
    return (folder / "page.html").as_uri()


def row_of(text: str, key: str) -> str:
    """The rows of one indicator of the page."""
    start = text.rindex('<tr class="v', 0, text.index(f'id="{key}"'))
    return re.split(r'<tr class="v[^"]*"><th|</tbody>', text[start + 20 :])[0]


def test_the_scale_ends_above_every_value_and_a_share_at_the_whole() -> None:
    assert scale([308, 616]) == [0, 200, 400, 600, 800]
    assert scale([0.66, 1.32]) == [0, 0.5, 1, 1.5]
    assert scale([52, 60]) == [0, 20, 40, 60, 80]
    assert scale([80, 100], 100) == [0, 20, 40, 60, 80, 100]
    assert scale([0.0]) == [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]


def test_a_bullet_draws_its_values_to_scale() -> None:
    svg = str(
        bullet(
            [Mark("base", 308, "2020 308"), Mark("target", 616, "2025 616", 1)],
            "个",
            "b",
            "企业",
            "说",
        )
    )
    root = ElementTree.fromstring(svg)
    bar = next(e for e in root.iter("rect") if e.get("class") == "base")
    line = next(e for e in root.iter("line") if e.get("class") == "target")
    assert (bar.get("x"), bar.get("width"), line.get("x1")) == ("0", "38.5%", "77%")
    assert [e.text for e in root.iter("text")] == [
        *("800 个", "600", "400", "200", "0"),
        *("2020 308", "2025 616"),
    ]
    assert root.get("role") == "img" and root.get("aria-labelledby") == "b-t b-d"
    assert [root.findtext("title"), root.findtext("desc")] == ["企业", "说"]
    # The bound is drawn: an arrow on the line of the target.
    assert [e.get("x") for e in root.iter("svg") if e.get("class") == "to"] == ["77%"]


def test_what_is_no_number_of_a_scale_is_not_drawn() -> None:
    for values in ([], [-1.0], [float("nan"), 2.0], [float("inf")]):
        assert bullet([Mark("base", v, "x") for v in values], "", "b", "t", "d") == ""


def test_texts_of_a_bullet_stay_text() -> None:
    evil = "</title></svg><script>alert(1)</script>"
    svg = str(bullet([Mark("base", 1, evil)], evil, 'b"', evil, evil))
    assert "<script" not in svg and ElementTree.fromstring(svg).findtext("title") == evil


def test_the_ten_of_the_plan_stand_in_its_order_with_its_figures(ground: Ground) -> None:
    rows = bullet_rows(Atlas(ground, "zh"))
    assert [(r["number"], r["label"], r["base"], r["target"]) for r in rows] == [
        (1, "全社会研究与开发（R&D）投入占地区生产总值（GDP）的比重", "1.45%", "2.0%"),
        (2, "高新技术企业数量", "308 个", "616 个"),
        (2, "高新技术企业纳税额", "26 亿元", "52 亿元"),
        (2, "高新技术企业利润总额", "48 亿元", "96 亿元"),
        (3, "规上工业企业建立研发机构比例", "52%", "60%"),
        (4, "创新平台数量", "266 个", "532 个 以上"),
        (5, "每万人口高价值发明专利拥有量", "1.32 件", "2.0 件"),
        (6, "高技术制造业增加值", "23.34 亿元", "46.7 亿元 / 达 47 亿元"),
        (7, "高技术制造业增加值占规上工业增加值的比重", "7.3%", "10%"),
        (8, "人才发展指数", "73.01", "75"),
        (9, "技术合同成交额", "0.66 亿元", "1.32 亿元"),
        (10, "公民具备科学素质比例", "9.4%", "16%"),
    ]
    assert all(r["svg"] and "指标表" in r["where"] for r in rows)


def test_every_figure_of_the_graph_stands_on_the_page_with_its_place(
    ground: Ground, facts: Facts, text: str
) -> None:
    atlas = Atlas(ground, "zh")
    for figure in facts.figures:
        key = figure.indicator.rpartition("/")[2]
        assert f'id="{key}"' in text
        if figure.printed not in ("0",):
            assert figure.printed in text
        for place in atlas.words.place(figure.sources):
            assert place in text
    listed = len(re.findall(r'<td class="va">', text))
    growth = sum(
        f.period == "2020-2025" and "指标表" in str(atlas.words.place(f.sources))
        for f in facts.figures
    )
    assert listed + growth == len(facts.figures) == 131
    keys = {t.iri.rpartition("/")[2] for t in facts.things.values() if t.kind == "Indicator"}
    assert len(keys) == 124 and keys <= set(re.findall(r'id="([^"]+)"', text))


def test_two_figures_for_one_year_are_both_kept_and_marked(text: str) -> None:
    rows = row_of(text, "value-added-of-high-tech-manufacturing")
    assert re.findall(r'<td class="va">(.*?) <b', rows) == ["46.7 亿元", "达 47 亿元"]
    assert rows.count(page_words()["zh"]["ix_apart"]) == 2
    assert "第一章第二节四 指标表 第9行" in rows and "第一章第二节四（二） 第3段第5句" in rows
    # Both are drawn, each as a line of its own.
    assert len(re.findall(r'<line class="target fine"', rows)) == 2
    assert text.count(page_words()["zh"]["ix_apart"]) == 2


def test_another_scale_or_area_is_told_and_not_drawn(text: str) -> None:
    number = row_of(text, "number-of-high-tech-enterprises")
    assert re.search(r"2 倍 <span class=\"off\">", number)
    assert "倍" not in re.search(r"<svg.*</svg>", number, re.S)[0]  # type: ignore[index]
    share = row_of(text, "r-d-expenditure-as-a-share-of-gdp")
    assert "广东省" in share and "3.2" not in re.search(r"<svg.*</svg>", share, re.S)[0]  # type: ignore[index]


def test_a_rise_from_nothing_is_no_number(text: str) -> None:
    rows = row_of(text, "number-of-national-innovative-counties-or-cities")
    assert page_words()["zh"]["ix_from_none"] in rows and "<svg" not in rows


def test_an_indicator_without_a_value_says_so_and_where_it_is_named(text: str) -> None:
    rows = text[text.index('id="sort-none"') :]
    assert "留韶毕业生比率" in rows and "不断提升" in rows and "第四章第一节五 第1段第5句" in rows
    assert "<svg" not in rows


def test_a_value_of_later_years_becomes_a_dot_when_it_is_loaded(tiny_files: list[Path]) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    extra = """
obs:output-2020 a qb:Observation ; ic:indicator ind:output ; sdmx-dimension:refArea actor:city ;
    sdmx-dimension:refPeriod "2020" ; sdmx-measure:obsValue 20.0 ; ic:printed "20" ;
    sdmx-attribute:unitMeasure "亿元" ; ic:figure ic:measured ; dcterms:source src:p1-s1 .
obs:output-2023 a qb:Observation ; ic:indicator ind:output ; sdmx-dimension:refArea actor:city ;
    sdmx-dimension:refPeriod "2023" ; sdmx-measure:obsValue 300000.0 ; ic:printed "300000" ;
    sdmx-attribute:unitMeasure "万元" ; ic:figure ic:measured ; dcterms:source src:p1-s2 .
"""
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    html = indicators_page(Atlas(Ground(load_files(tiny_files)), "zh"))
    words = page_words()["zh"]
    assert words["ix_actual_some"] in html and words["ix_actual_none"] not in html
    # 300,000 of 万元 are 30 of 亿元, on a scale that ends at 50.
    assert re.findall(r'<circle class="actual" cx="([^"]+)" cy="', html)[-1] == "60%"
    assert "2023 300000 万元" in html


def test_hostile_names_and_figures_stay_text(tiny_files: list[Path]) -> None:
    evil = "</svg><img src=x onerror=alert(1)>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(
        path
        .read_text("utf-8")
        .replace('"产值"@zh', f'"{evil}"@zh')
        .replace('ic:printed "47"', f'ic:printed "{evil}"')
        .replace('unitMeasure "亿元"', f'unitMeasure "{evil}"'),
        "utf-8",
    )
    html = indicators_page(Atlas(Ground(load_files(tiny_files)), "zh"))
    assert "<img" not in html and "&lt;img" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_labels_meet_and_nothing_runs_out_of_the_page(
    ground: Ground, browser: Any, tmp_path: Path, lang: str, size: str
) -> None:
    html = indicators_page(Atlas(ground, lang)).replace(' src="', ' data-src="')
    one = Opened(browser, page_at(tmp_path, html), SIZES[size])
    meeting = one.page.evaluate(
        """() => [...document.querySelectorAll('.pic svg.bullet')].flatMap(svg => {
          const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
          return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
            .filter(([, q]) => p.left < q.right && q.left < p.right && p.top + 2 < q.bottom && q.top + 2 < p.bottom)
            .map(([b]) => a + ' | ' + b));
        })"""
    )
    assert meeting == [] and one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    narrowest = one.page.evaluate(
        "Math.min(...[...document.querySelectorAll('.pic svg.bullet')].map(s => s.getBoundingClientRect().width))"
    )
    assert narrowest >= NARROW
