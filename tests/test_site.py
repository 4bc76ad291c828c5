"""The pages in a real browser, opened as a reader opens them: by file://, without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SIZES, kg

from kg.graph import LocalGraph
from kg.site import Ground, build
from kg.site.packed import unpacked

PAGES = [
    "index.html",
    "chain/advanced-materials.html",
    "chain/advanced-materials-graph.html",
    "chain/biomedicine-and-health.html",
    "chain/biomedicine-and-health-graph.html",
    "chain/big-data-software-and-information-services-graph.html",
    "thing.html?actor/shaogang",
    "thing.html?node/aluminium-foil",
    "thing.html?ind/value-added-of-high-tech-manufacturing",
    "things.html",
]


def things(site: Path) -> dict[str, list[str]]:
    """Title, trail, head and body of every thing of a site."""
    found = {}
    for script in (site / "data").glob("things-*.js"):
        found.update(unpacked(script.read_text("utf-8")))
    return found


def thing(site: Path, page: str) -> str:
    return re.sub("<[^>]+>", "", things(site)[page][3])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_clean_needs_no_network_and_does_not_overflow(
    opened: Any, name: str, size: str
) -> None:
    one = opened(name, size)
    if name.endswith("-graph.html"):
        one.page.wait_for_selector("html[data-ready='1']")
    one.page.wait_for_timeout(150)
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    folder = ROOT / "tests" / "artefacts"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"{re.sub('[/?]', '_', name)}-{size}.png")


def test_the_check_for_outside_requests_can_fail(opened: Any, tmp_path: Path) -> None:
    """The negative control: a page as stock pyvis writes it."""
    from pyvis.network import Network

    stock = Network(cdn_resources="in_line")
    stock.add_node(1, label="x")
    (tmp_path / "stock.html").write_text(stock.generate_html(), "utf-8")
    one = opened((tmp_path / "stock.html").as_uri())
    assert one.outside != []


def test_every_link_inside_the_site_leads_to_a_page(site: Path) -> None:
    missing = set()
    for page in site.rglob("*.html"):
        for href in re.findall(r'href="?([^"#:?> ]+)(?:[?#][^"> ]*)?[">]', page.read_text("utf-8")):
            if not (page.parent / href).resolve().is_file():
                missing.add((page.name, href))
    assert missing == set()


def test_the_six_chains_with_their_counts_are_the_first_thing_seen(opened: Any) -> None:
    page = opened("index.html").page
    assert page.locator(".card h3").count() == 6
    box = page.locator(".card").last.bounding_box()
    assert box["y"] + box["height"] <= 900
    assert re.search(r"\d+ 至 \d+，共 \d+", page.locator(".card").first.inner_text())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("铝箔", "铝箔"),
        ("shaogang", "广东韶关钢铁有限公司"),
        ("韶冶", "韶关冶炼厂"),
        ("lvbo", "铝箔"),
    ],
)
def test_search_finds_by_name_pinyin_and_alias_without_a_server(
    opened: Any, typed: str, first: str
) -> None:
    one = opened("index.html")
    one.page.keyboard.press("/")
    one.page.keyboard.type(typed)
    one.page.wait_for_selector("#hits a")
    assert one.page.locator("#hits a span").first.inner_text() == first
    one.page.locator("#hits a").first.click()
    one.page.wait_for_selector("html[data-ready='1']")
    assert first in one.page.locator("h1").inner_text()
    assert one.said == []


def test_a_card_of_the_matrix_opens_its_facts_and_escape_closes_them(opened: Any) -> None:
    one = opened("chain/advanced-materials.html")
    one.page.locator("#aluminium-foil").click()
    panel = one.page.locator("#panel")
    assert (
        panel.is_visible()
        and "东阳光集团" in panel.inner_text()
        and "专栏5-1" in panel.inner_text()
    )
    assert one.page.url.endswith("#aluminium-foil")
    one.page.keyboard.press("Escape")
    assert not panel.is_visible()
    deep = opened(one.page.url)
    assert deep.page.locator("#panel").is_visible()


def test_only_unseen_hides_everything_else_and_counts(opened: Any) -> None:
    page = opened("chain/advanced-materials.html").page
    unseen = page.locator(".node.unseen[data-node]").count()
    page.locator("#only").click()
    assert page.locator(".node[data-node]:visible").count() == unseen > 0
    assert page.locator("#told").inner_text().startswith(f"{unseen} /")
    page.locator("#only").click()
    page.locator("#filter").fill("东阳光")
    assert page.locator("#aluminium-foil").is_visible() and not page.locator("#ink").is_visible()


def test_the_graph_selects_by_search_and_walks_by_arrow_keys(opened: Any) -> None:
    one = opened("chain/advanced-materials-graph.html")
    one.page.wait_for_selector("html[data-ready='1']")
    one.page.keyboard.press("/")
    one.page.keyboard.type("铝箔")
    one.page.keyboard.press("Enter")
    assert "东阳光集团" in one.page.locator("#panel").inner_text()
    one.page.keyboard.press("Escape")
    one.page.locator("#stage").focus()
    one.page.keyboard.press("ArrowRight")
    first = one.page.locator("#told").inner_text()
    one.page.keyboard.press("ArrowDown")
    assert first and one.page.locator("#told").inner_text() not in ("", first)
    one.page.keyboard.press("Enter")
    assert one.page.locator("#panel").is_visible() and one.said == []


def test_boxes_of_the_graph_never_overlap(opened: Any) -> None:
    overlap = """(names) => {
      const boxes = names.map(id => [id, net.getBoundingBox(id)]).filter(b => b[1]);
      const bad = [];
      for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
        const a = boxes[i][1], b = boxes[j][1];
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push([boxes[i][0], boxes[j][0]]);
      }
      return bad;
    }"""
    for name in [p for p in PAGES if p.endswith("-graph.html")]:
        for size in SIZES:
            page = opened(name, size).page
            page.wait_for_selector("html[data-ready='1']")
            found = page.evaluate(
                f"({overlap.replace('net.', 'atlasGraph.')})(atlasGraph.body.nodeIndices)"
            )
            assert found == [], (name, size)


@pytest.mark.parametrize(
    "name", ["index.html", "chain/advanced-materials.html", "things.html", "plan/5-1.html"]
)
def test_a_page_reads_without_scripts(opened: Any, name: str) -> None:
    page = opened(name, scripts=False).page
    assert len(page.locator("main").inner_text()) > 500


def test_a_chain_prints_on_one_sheet_of_a3(opened: Any, tmp_path: Path) -> None:
    from subprocess import run

    page = opened("chain/modern-light-industry.html").page
    page.pdf(path=tmp_path / "chain.pdf", prefer_css_page_size=True)
    told = run(
        ["pdfinfo", tmp_path / "chain.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "Pages:           1\n" in told and "A3" in told


def test_the_same_data_gives_the_same_bytes(tiny: LocalGraph, tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(Ground(tiny), tmp_path / name, ("zh",))
    files = {
        n: {
            p.relative_to(tmp_path / n): p.read_bytes()
            for p in (tmp_path / n).rglob("*")
            if p.is_file()
        }
        for n in "ab"
    }
    assert files["a"] == files["b"] and len(files["a"]) > 10


def test_a_folder_of_something_else_is_not_touched(tiny: LocalGraph, tmp_path: Path) -> None:
    from kg.errors import KgError

    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(KgError, match="holds other files"):
        build(Ground(tiny), tmp_path, ("zh",))
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".txt"] == ["thesis.txt"]


def test_a_hostile_label_stays_text_on_every_page(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    from kg.graph import load_files

    evil = "</script><img src=x onerror=alert(1)>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(
        path
        .read_text("utf-8")
        .replace('"铝箔"@zh', f'"{evil}"@zh')
        .replace('"甲铝业"@zh', f'"{evil}"@zh'),
        "utf-8",
    )
    build(Ground(load_files(tiny_files)), tmp_path / "site", ("zh",))
    for name in (
        "index.html",
        "chain/metals.html",
        "chain/metals-graph.html",
        "thing.html?node/foil",
        "thing.html?actor/mill",
        "things.html",
        "card.html?metals/foil",
    ):
        one = opened((tmp_path / "site").as_uri() + "/" + name)
        one.page.wait_for_timeout(150)
        assert one.said == [] and one.page.locator("img").count() == 0


def test_one_file_of_kg_draw_is_complete_and_at_most_a_megabyte(
    opened: Any, tmp_path: Path
) -> None:
    out = tmp_path / "chain.html"
    assert kg("draw", "先进材料", "-o", str(out)).code == 0
    assert out.stat().st_size <= 1_000_000
    one = opened(out.as_uri())
    one.page.wait_for_selector("html[data-ready='1']")
    assert one.said == [] and one.outside == []
    english = tmp_path / "en.html"
    kg("draw", "铝基材料", "-o", str(english), "--lang", "en")
    assert "Aluminium foil" in opened(english.as_uri()).page.locator("main").inner_text()
    firm = tmp_path / "firm.html"
    assert kg("draw", "韶钢", "-o", str(firm)).code == 0
    assert firm.stat().st_size <= 1_000_000
    around = opened(firm.as_uri())
    around.page.wait_for_timeout(300)
    assert around.said == [] and around.outside == []
    assert "高品质热作模具钢" in around.page.locator("main").inner_text()


def test_both_languages_have_the_same_words() -> None:
    from kg.site.atlas import page_words

    words = page_words()
    assert set(words["zh"]) == set(words["en"])
    assert not re.search("缺失|空白", str(words["zh"]))


def test_with_the_plan_attached_pages_show_the_passage(tiny: LocalGraph, tmp_path: Path) -> None:
    from conftest import TINY_TEXT

    from kg.citation import Document

    build(Ground(tiny, Document(TINY_TEXT)), tmp_path / "site", ("zh",))
    assert "甲厂做强铝箔。" in thing(tmp_path / "site", "actor/mill")
    build(Ground(tiny), tmp_path / "plain", ("zh",))
    assert "做强" not in thing(tmp_path / "plain", "actor/mill")


def test_a_name_from_a_file_never_leads_out_of_the_site(
    tiny_files: list[Path], tmp_path: Path
) -> None:
    from kg.graph import load_files

    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    extra = (
        '\n<https://w3id.org/cn-industry-chain/actor/../../../out> a ic:Firm ; skos:prefLabel "外"@zh , "Out"@en .\n'
        'actor:CON a ic:Firm ; skos:prefLabel "控"@zh , "Con"@en .\n'
    )
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    build(Ground(load_files(tiny_files)), tmp_path / "deep" / "site", ("zh",))
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".html"] == []
    pages = set(things(tmp_path / "deep" / "site"))
    assert "actor/CON" not in pages and sum(p.startswith("other/") for p in pages) == 2


def test_pages_that_cannot_be_replaced_stay(
    tiny: LocalGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.errors import KgError

    build(Ground(tiny), tmp_path / "site", ("zh",))
    before = (tmp_path / "site" / "index.html").read_bytes()
    real = Path.rename

    def busy(self: Path, target: Path) -> Path:
        if Path(target).name == "site" and ".old" not in self.name:
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(KgError, match="Cannot replace"):
        build(Ground(tiny), tmp_path / "site", ("en",))
    assert (tmp_path / "site" / "index.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
