"""The guided tour: every stop leads somewhere and says what is so; the bar and its keys in a real browser."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SIZES, Opened

from kg.errors import KgError
from kg.graph import LocalGraph
from kg.paint import static, style_sheet, vis_bundle
from kg.site.atlas import Atlas
from kg.site.contents import contents
from kg.site.ground import Ground
from kg.site.keys import Keys
from kg.site.sheets import Sheet
from kg.site.things import part_of
from kg.site.tour import read_tour, tour_page, tour_sheets

BOTH = ("zh", "en")
TOUR = ROOT / "viz" / "tour.toml"
HEC = "actor/hec-group"
Known = Mapping[str, Sheet]


@pytest.fixture(scope="module")
def ground(graph: LocalGraph) -> Ground:
    return Ground(graph)


@pytest.fixture
def small(tiny: LocalGraph) -> tuple[Atlas, Known]:
    """The atlas of the tiny graph and its sheets."""
    atlas = Atlas(Ground(tiny), "zh", BOTH)
    return atlas, {s.path: s for s in contents(atlas)}


def written(folder: Path, *entries: str) -> Path:
    file = folder / "tour.toml"
    file.write_text("".join(f"[[stop]]\n{e}\n" for e in entries), "utf-8")
    return file


def entry(path: str, zh: str = "看", en: str = "look") -> str:
    return f'path = "{path}"\nzh = "{zh}"\nen = "{en}"'


@pytest.mark.parametrize("lang", BOTH)
def test_every_stop_of_the_shipped_tour_leads_to_a_page(ground: Ground, lang: str) -> None:
    atlas = Atlas(ground, lang, BOTH)
    stops = read_tour(atlas, {s.path: s for s in contents(atlas)})
    assert len(stops) == len(tomllib.loads(TOUR.read_text("utf-8"))["stop"])
    assert all(s.text and "{" not in s.text for s in stops)


def test_no_sentence_of_the_shipped_tour_has_a_number_that_goes_stale() -> None:
    for stop in tomllib.loads(TOUR.read_text("utf-8"))["stop"]:
        for lang in BOTH:
            # The years of the plan's own table, and the name of the “3+3”.
            numbers = re.findall(r"\d+", stop[lang].replace("“3+3”", ""))
            assert set(numbers) <= {"2020", "2025"}, stop


def test_words_in_braces_are_filled_in_from_the_graph(
    small: tuple[Atlas, Known], tmp_path: Path
) -> None:
    file = written(
        tmp_path,
        entry("chain/metals.html", "{chain}：{nodes} 个节点，{low} 至 {high}，共 {leaves}"),
        entry("chain/metals-graph.html#foil", "{thing}（{presence}）"),
        entry(
            "thing.html?actor/mill", "{thing}；{stated} 条有出处，{domain} 条常识，{sources} 个来源"
        ),
        entry("gaps.html#chain=metals&rule=a", "{chain}：{unseen}，{findings}/{rules}"),
    )
    atlas, known = small
    assert read_tour(atlas, known, file) == [
        ("chain/metals.html", "金属：4 个节点，1 至 3，共 4"),
        ("chain/metals-graph.html#foil", "铝箔（有）"),
        ("thing.html?actor/mill", "甲厂；7 条有出处，1 条常识，1 个来源"),
        ("gaps.html#chain=metals&rule=a", f"金属：1，{len(atlas.gaps)}/10"),
    ]


def test_a_gap_is_the_first_of_its_rule_and_left_out_while_there_is_none(
    small: tuple[Atlas, Known], tmp_path: Path
) -> None:
    told = '\nchain = "metals"\nzh = "{thing}（{presence}）"\nen = "x"'
    file = written(tmp_path, 'gap = "a"' + told, 'gap = "b"' + told)
    atlas, known = small
    assert not any(g.rule == "b2" for g in atlas.gaps)
    assert read_tour(atlas, known, file)[0] == ("card.html?metals/ore", "矿石（未见）")
    assert read_tour(atlas, known, written(tmp_path, 'gap = "b2"' + told)) == []


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (entry("chain/wood.html"), "没有这一页"),
        (entry("data/names.js"), "没有这一页"),
        (entry("chain/metals.html#gold"), "这条链上没有节点 gold"),
        (entry("thing.html?actor/mill#gold"), "页面上没有 #gold"),
        (entry("thing.html?actor/gold"), "没有 actor/gold"),
        (entry("path.html#a=actor/mill&b=node/gold"), "没有 node/gold"),
        (entry("path.html#a=actor/mill"), "两端要写成 #a=…&b=…"),
        (entry("method.html#gold"), "页面上没有 #gold"),
        (entry("gaps.html#chain=wood"), "没有产业链 wood"),
        (entry("gaps.html#rule=z"), "清单没有筛选 rule=z"),
        (entry("card.html?metals/gold"), "没有 metals/gold"),
        (entry("card.html?metals/ore#z-1"), "卡上没有 #z-1"),
        (entry("index.html", "{gold} 条"), "这一站没有 {gold}"),
        (entry("index.html", "{low} 条"), "这一站没有 {low}"),
        (entry("index.html", ""), "没有写 zh"),
        ('zh = "看"\nen = "look"', "没有写 path"),
        ('gap = "z"\nchain = "metals"\nzh = "看"\nen = "look"', "没有规则 z"),
        ('gap = "a"\nchain = "wood"\nzh = "看"\nen = "look"', "没有产业链 wood"),
    ],
)
def test_a_stop_that_leads_nowhere_is_told_with_its_entry(
    small: tuple[Atlas, Known], tmp_path: Path, told: str, fault: str
) -> None:
    file = written(tmp_path, entry("method.html#rule-d"), told)
    with pytest.raises(KgError) as raised:
        read_tour(*small, file)
    text = raised.value.text("zh")
    assert f"{file}, [[stop]] 2" in text and fault in text


def test_a_file_that_is_no_toml_is_named(small: tuple[Atlas, Known], tmp_path: Path) -> None:
    file = tmp_path / "tour.toml"
    for text in ("[[stop]\n", "stop = 3\n"):
        file.write_text(text, "utf-8")
        with pytest.raises(KgError) as raised:
            read_tour(*small, file)
        assert f"{file} 无法读取" in raised.value.text("zh")


def test_a_graph_of_another_source_has_no_tour_and_says_so(small: tuple[Atlas, Known]) -> None:
    atlas, known = small
    assert read_tour(atlas, known) == []
    assert atlas.t["tour_none"] in tour_page(atlas, known)


def test_the_tour_is_checked_again_when_a_page_goes(small: tuple[Atlas, Known]) -> None:
    atlas, known = small
    keys = Keys(atlas.ground, BOTH)
    less = {p: s for p, s in known.items() if p != "path.html"}
    for now, then in zip(tour_sheets(atlas, known), tour_sheets(atlas, less), strict=True):
        assert now.path == then.path and now.rests(keys) != then.rests(keys)


@pytest.fixture(scope="module")
def folder(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the tour and what they load, in both languages."""
    target = tmp_path_factory.mktemp("tour")
    (target / "assets").mkdir()
    (target / "assets" / "atlas.css").write_text(style_sheet(), "utf-8")
    (target / "assets" / "vis-network.min.js").write_bytes(vis_bundle().read_bytes())
    for path in (ROOT / "viz" / "static").glob("*.js"):
        (target / "assets" / path.name).write_text(static(path.name), "utf-8")
    for lang in BOTH:
        atlas = Atlas(ground, lang, BOTH)
        known = {s.path: s for s in contents(atlas)}
        wanted = {re.split(r"[?#]", s.path)[0] for s in read_tour(atlas, known)}
        wanted.add("tour.html")
        # Of what lies in many scripts only those of the tour's chain and of its one thing.
        many = ("data/cards-", "data/chain-", "data/things-")
        wanted |= {p for p in known if p.startswith("data/") and not p.startswith(many)}
        wanted |= {f"data/{kind}-advanced-materials.js" for kind in ("cards", "chain")}
        parts = sum(p.startswith("data/things-") for p in known)
        wanted.add(f"data/things-{part_of(HEC, parts)}.js")
        for path in wanted:
            made = known[path].make()
            file = target / atlas.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made.encode() if isinstance(made, str) else made)
    return target


@pytest.fixture
def opens(browser: Any, folder: Path) -> Iterator[Any]:
    contexts = []

    def do(name: str, size: str = "desk", scripts: bool = True) -> Opened:
        one = Opened(browser, f"{folder.as_uri()}/{name}", SIZES[size], scripts)
        contexts.append(one.context)
        if re.search(r"tour=\d", name):
            one.page.wait_for_selector(".tour-bar")
        return one

    yield do
    for context in contexts:
        context.close()


def stop_of(page: Any) -> int:
    """The number of the stop that a page shows, once it is there."""
    page.wait_for_load_state()
    page.wait_for_selector(".tour-bar")
    return int(page.locator(".tour-bar b").inner_text().split("/")[0])


def press(page: Any, key: str) -> int:
    """Presses a key that leads to another page, and returns the stop that it shows."""
    with page.expect_navigation():
        page.keyboard.press(key)
    return stop_of(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", BOTH)
def test_the_tour_is_walked_from_its_first_stop_to_its_last(
    opens: Any, ground: Ground, folder: Path, lang: str, size: str
) -> None:
    atlas = Atlas(ground, lang, BOTH)
    stops = read_tour(atlas, {s.path: s for s in contents(atlas)})
    one = opens(f"{atlas.folder}tour.html", size)
    page = one.page
    with page.expect_navigation():
        page.locator(".tour-start").click()
    for number, stop in enumerate(stops, start=1):
        assert stop_of(page) == number
        bar = page.locator(".tour-bar")
        assert bar.locator("p").inner_text() == f"{number} / {len(stops)}{stop.text}"
        # The address is that of the stop, with the number before its #place.
        path, mark, place = stop.path.partition("#")
        path += f"{'&' if '?' in path else '?'}tour={number}"
        assert page.url == f"{folder.as_uri()}/{atlas.folder}{path}{mark}{place}"
        # For the back row: no letter of the bar under 20 pixels; nothing stands behind it.
        sizes = bar.locator("p, p *, a, button").evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(sizes) >= 20
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        # A picture that comes into view makes the page longer: scroll until there is no more.
        page.wait_for_function("""() => {
          window.scrollTo(0, document.documentElement.scrollHeight);
          const low = document.querySelector("body > footer").getBoundingClientRect();
          return low.bottom <= document.querySelector(".tour-bar").getBoundingClientRect().top + 1;
        }""")
        if number < len(stops):
            with page.expect_navigation():
                bar.locator("a.on").click()
    assert page.locator(".tour-bar a.on").count() == 0
    assert one.said == [] and one.outside == []


def test_the_node_of_a_stop_is_open_and_its_panel_stands_above_the_bar(opens: Any) -> None:
    for size in SIZES:
        page = opens("chain/advanced-materials.html?tour=3#aluminium-foil", size).page
        panel, bar = page.locator("#panel"), page.locator(".tour-bar")
        assert "铝箔" in panel.inner_text()
        box = panel.bounding_box()
        assert box["y"] + box["height"] <= bar.bounding_box()["y"] + 1


def test_arrows_and_a_presenters_remote_move_between_stops(opens: Any) -> None:
    page = opens("index.html?tour=1").page
    assert press(page, "ArrowRight") == 2
    assert press(page, "PageDown") == 3
    assert press(page, "PageUp") == 2
    assert press(page, "ArrowLeft") == 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+ArrowRight")
    page.wait_for_timeout(200)
    assert page.url.endswith("index.html?tour=1")


def test_arrows_stay_with_a_field_and_with_the_graph(opens: Any) -> None:
    page = opens("gaps.html?tour=5#chain=advanced-materials&rule=d").page
    page.locator("[name=q]").first.fill("铜带")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert "tour=5" in page.url and stop_of(page) == 5
    # The remote moves on from there all the same.
    assert press(page, "PageUp") == 4
    page.wait_for_selector("html[data-ready='1']")
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert "tour=4" in page.url and page.locator("#told").inner_text()
    assert press(page, "PageDown") == 5


def test_escape_closes_a_panel_first_and_then_ends_the_tour_where_it_stands(opens: Any) -> None:
    page = opens("chain/advanced-materials.html?tour=3#aluminium-foil").page
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible() and page.locator(".tour-bar").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".tour-bar").count() == 0
    assert page.url.endswith("chain/advanced-materials.html#aluminium-foil")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.url.endswith("chain/advanced-materials.html#aluminium-foil")
    card = opens("card.html?advanced-materials/high-precision-copper-strip&tour=6").page
    card.get_by_role("button", name="结束").click()
    assert card.url.endswith("card.html?advanced-materials/high-precision-copper-strip")


def test_a_page_opened_on_the_way_keeps_the_sentence_and_leads_back(opens: Any) -> None:
    page = opens("chain/advanced-materials.html?tour=3#aluminium-foil").page
    sentence = page.locator(".tour-bar p").inner_text()
    with page.expect_navigation():
        page.locator("#panel").get_by_role("link", name="东阳光集团").click()
    assert stop_of(page) == 3 and f"/thing.html?{HEC}&tour=3" in page.url
    assert page.locator(".tour-bar p").inner_text() == sentence
    with page.expect_navigation():
        page.get_by_role("link", name="回到这一站").click()
    assert stop_of(page) == 3 and "chain/advanced-materials.html?tour=3#aluminium-foil" in page.url
    # The other language goes on at the same stop.
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.locator("a.twin").click()
    assert stop_of(page) == 3 and "/en/chain/advanced-materials.html?tour=3" in page.url
    assert "Select a node" in page.locator(".tour-bar p").inner_text()


def test_a_page_without_a_tour_loads_nothing_of_it(opens: Any) -> None:
    for name in ("index.html", "index.html?tour=x", f"thing.html?{HEC}"):
        page = opens(name).page
        page.wait_for_timeout(150)
        assert page.locator("script[src$='data/tour.js']").count() == 0
        assert page.locator(".tour-bar").count() == 0
    far = opens("index.html", "desk").page
    far.goto(far.url + "?tour=99")
    far.wait_for_timeout(150)
    assert far.locator(".tour-bar").count() == 0


def test_the_list_without_scripts_leads_to_the_plain_pages(opens: Any) -> None:
    page = opens("tour.html", scripts=False).page
    links = page.locator(".tour-stops a")
    assert links.count() == len(tomllib.loads(TOUR.read_text("utf-8"))["stop"])
    assert links.first.get_attribute("href") == "index.html"
    assert "?tour=" not in page.content()


def test_on_paper_there_is_no_bar(opens: Any) -> None:
    page = opens("index.html?tour=1").page
    page.emulate_media(media="print")
    assert not page.locator(".tour-bar").is_visible()
