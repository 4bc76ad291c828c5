"""The page that ties two things: its answers against Python's, and what a reader does with it."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import SIZES

from kg.facts import Facts
from kg.linkage import Web, nearest, paths
from kg.vocab import BASE, page_of

PAIR = "path.html#a=actor/shaoguan-smelter&b=actor/shaogang"


def ready(one: Any) -> Any:
    one.page.wait_for_selector("#path-out[data-ready]")
    return one.page


def test_the_browser_finds_the_ways_that_python_finds(opened: Any, facts: Facts) -> None:
    web = Web(facts)
    dice = random.Random(11)
    tied = [i for n, i in enumerate(web.things) if len(web.near[n]) > 3 and n not in web.hubs]
    pairs = [tuple(dice.sample(tied, 2)) for _ in range(40)]
    pairs += [tuple(dice.sample(web.things, 2)) for _ in range(30)]
    pairs += [(BASE + "actor/shaoguan", BASE + "node/aluminium-foil")]
    page = opened("path.html").page
    page.wait_for_selector("html[data-path]")
    told = page.evaluate(
        """pairs => pairs.map(([a, b]) => {
          const n = atlasPath.number, pages = atlasPath.pages;
          const tell = x => [x.cost, x.way.map(k => pages[k])];
          return [atlasPath.ways(n[a], n[b], 5).map(tell), atlasPath.nearest(n[a], n[b]).map(tell)];
        })""",
        [[page_of(a), page_of(b)] for a, b in pairs],
    )
    expected = []
    for a, b in pairs:
        found = [p for p in [nearest(web, a, b)] if p]
        expected.append([
            [[p.cost, list(map(page_of, p.things))] for p in some]
            for some in (paths(web, a, b), found)
        ])
    assert told == expected
    # The test is about something: many of them have ways.
    assert sum(bool(e[0]) for e in expected) >= 30


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["path.html", PAIR, "en/" + PAIR])
def test_the_page_opens_clean_and_does_not_overflow(opened: Any, name: str, size: str) -> None:
    one = opened(name, size)
    one.page.wait_for_selector("html[data-path]")
    if "#" in name:
        ready(one)
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


def test_a_way_is_told_in_a_sentence_and_each_step_with_status_and_place(opened: Any) -> None:
    page = ready(opened(PAIR))
    first = page.locator("#way-1")
    sentence = first.locator(".way").inner_text()
    assert (
        sentence
        == "韶关冶炼厂 ← 涉及 — “厂区变园区、产区变城区”试点工作 — 涉及 → 广东韶关钢铁有限公司"
    )
    steps = first.locator("ol > li").all_inner_texts()
    assert len(steps) == 2
    assert all("在建在研" in s and re.search(r"出处：第五章\S+ 第\d+段第\d+句", s) for s in steps)


def test_the_picture_holds_every_way_and_no_box_lies_on_another(opened: Any) -> None:
    from test_site_ego import OVERLAP

    for size in SIZES:
        for name in (PAIR, "en/path.html#a=actor/shaoguan-high-tech-zone&b=actor/mount-danxia"):
            page = ready(opened(name, size))
            assert page.evaluate(OVERLAP) == []
            drawn = page.evaluate(
                "atlasPath.found.map((f, k) => atlasEgo.current.scene.nodes"
                ".filter(n => n.way === k).map(n => n.thing))"
            )
            assert drawn == page.evaluate("atlasPath.found.map(f => f.way)")


def test_two_names_are_chosen_by_typing_and_the_address_holds_the_pair(opened: Any) -> None:
    one = opened("path.html")
    page = one.page
    page.wait_for_selector("html[data-path]")
    for box, text, name in (("#path-a", "铝箔", "铝箔"), ("#path-b", "中南大学", "中南大学")):
        page.locator(box).click()
        page.keyboard.type(text)
        page.wait_for_selector(f"{box}-list li")
        page.keyboard.press("Enter")
        assert page.locator(box).input_value() == name
    ready(one)
    assert page.url.endswith("path.html#a=node/aluminium-foil&b=actor/central-south-university")
    found = page.locator(".ways-told section").count()
    again = ready(opened(page.url))
    assert again.locator(".ways-told section").count() == found == 5
    page.locator("#path-swap").click()
    assert page.url.endswith("#a=actor/central-south-university&b=node/aluminium-foil")
    assert one.said == []


def test_an_example_opens_by_its_button(opened: Any) -> None:
    page = opened("path.html").page
    page.wait_for_selector("html[data-path]")
    page.locator(".examples .button").first.click()
    page.wait_for_selector("#path-out[data-ready]")
    assert page.locator("#path-a").input_value() == page.locator(".examples a").first.inner_text()


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("a=node/aluminium-foil&b=node/aluminium-foil", "同一个对象：铝箔"),
        ("a=actor/nobody-at-all&b=node/aluminium-foil", "图谱中没有“actor/nobody-at-all”"),
    ],
)
def test_one_thing_twice_and_an_unknown_one_are_told(opened: Any, pair: str, said: str) -> None:
    page = opened("path.html#" + pair).page
    page.wait_for_selector("html[data-path]")
    assert said in page.locator("#path-out").inner_text()
    assert page.locator("#path-out .ego-stage").count() == 0


def test_where_no_telling_way_is_the_page_names_the_hub_or_says_that_they_are_apart(
    opened: Any, facts: Facts
) -> None:
    web = Web(facts)
    alone = [n for n in range(len(web.things)) if not web.near[n]]
    foil = BASE + "node/aluminium-foil"
    city = web.number[BASE + "actor/shaoguan"]
    only = next(n for n in range(len(web.things)) if web.near[n] == [city])
    one = opened(f"path.html#a={page_of(web.things[only])}&b={page_of(foil)}")
    text = ready(one).locator("#path-out").inner_text()
    assert "最近的交会处是 韶关市" in text and "出处" in text
    one = opened(f"path.html#a={page_of(web.things[alone[0]])}&b={page_of(foil)}")
    assert "互不相连" in ready(one).locator("#path-out").inner_text()


def test_without_scripts_examples_and_method_can_be_read(opened: Any) -> None:
    page = opened("path.html", scripts=False).page
    text = page.locator("main").inner_text()
    assert "log₂(1 + 它的相邻对象数)" in text and page.locator(".examples li").count() == 4
    assert not page.locator("#path-form").is_visible()


def test_the_page_reads_at_most_350_kilobytes_of_data(site: Path) -> None:
    shared = [site / "data" / f"{n}.js" for n in ("ids", "web")]
    for folder in (site, site / "en"):
        own = [folder / "data" / f"{n}.js" for n in ("labels", "places")]
        assert sum(p.stat().st_size for p in (*shared, *own)) <= 350_000
