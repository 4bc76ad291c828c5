"""The chain graphs: letters, filters, addresses, what is folded, the picture as a file, on paper and without scripts."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from conftest import ROOT, SIZES, kg, put_assets
from hypothesis import given
from hypothesis import strategies as st

from kg.chain import build
from kg.draw import compact, layout, panels
from kg.draw.letters import MOST, em, even, lines
from kg.draw.shown import shown
from kg.facts import Facts
from kg.graph import LocalGraph
from kg.paint import Words
from kg.site.atlas import Atlas
from kg.site.graph import chain_script, graph_page
from kg.site.ground import Ground
from kg.site.matrix import chain_page
from kg.words import LANGS

NODE = "https://w3id.org/cn-industry-chain/node/"
MATERIALS = NODE + "advanced-materials"
SVG = "{http://www.w3.org/2000/svg}"
# Pixels of the letters of every chain on a fitted screen of 1440 × 900, and on a phone.
LEAST = {("zh", "desk"): 12.0, ("en", "desk"): 9.7, ("zh", "phone"): 14.0, ("en", "phone"): 14.0}

MEASURE = """() => {
  const data = JSON.parse(document.getElementById("graph-data").textContent), net = atlasGraph, narrow = stage.clientWidth < 640;
  const pen = document.createElement("canvas").getContext("2d"), font = data.options.nodes.font;
  const boxes = data.nodes.filter(n => !(narrow && n.role === "stage")).map(n => ({ n, b: net.getBoundingBox(n.id) })), bad = [];
  boxes.forEach(({ n, b }) => {
    const text = (narrow && n.narrow || n.label).split("\\n").filter(Boolean);
    pen.font = (n.role === "segment" || n.role === "stage" ? "bold " : "") + font.size + "px " + font.face;
    const wide = Math.max(0, ...text.map(t => pen.measureText(t).width));
    if (wide > b.right - b.left - 4) bad.push([n.id, "wide", wide, b.right - b.left]);
    if (text.length * font.size > b.bottom - b.top) bad.push([n.id, "high"]);
  });
  boxes.sort((x, y) => x.b.left - y.b.left);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length && boxes[j].b.left < boxes[i].b.right - 0.5; j++) {
    const a = boxes[i].b, b = boxes[j].b;
    if (a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) bad.push([boxes[i].n.id, boxes[j].n.id]);
  }
  const all = boxes.map(x => x.b), view = stage.getBoundingClientRect();
  const corner = net.canvasToDOM({ x: Math.min(...all.map(b => b.left)), y: Math.min(...all.map(b => b.top)) });
  const end = net.canvasToDOM({ x: Math.max(...all.map(b => b.right)), y: Math.max(...all.map(b => b.bottom)) });
  return { bad, letters: net.getScale() * font.size, inside: corner.x >= 0 && corner.y >= 0 && end.x <= view.width && (narrow || end.y <= view.height) };
}"""


@pytest.fixture(scope="module")
def site(graph: LocalGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the chains in both languages: what else a site has is built and tested elsewhere."""
    target = tmp_path_factory.mktemp("chains")
    put_assets(target)
    ground = Ground(graph, today=date(2026, 11, 24))
    for lang in LANGS:
        atlas = Atlas(ground, lang, LANGS)
        for chain in atlas.chains.values():
            path, key = atlas.chain_path(chain.industry.iri), atlas.key(chain.industry.iri)
            for name, text in (
                (f"{path}.html", chain_page(atlas, chain)),
                (f"{path}-graph.html", graph_page(atlas, chain)),
                (f"data/chain-{key}.js", chain_script(atlas, chain)),
            ):
                file = target / atlas.folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    return target


def data_of(page: Path) -> dict[str, Any]:
    raw = page.read_text("utf-8").split('id="graph-data">')[1].split("</script>")[0]
    found: dict[str, Any] = json.loads(raw)
    return found


def graph_pages(site: Path, lang: str) -> list[str]:
    folder = site / ("en" if lang == "en" else "")
    return sorted(str(p.relative_to(site)) for p in folder.glob("chain/*-graph.html"))


def ready(one: Any) -> Any:
    one.page.wait_for_selector("html[data-ready='1']")
    return one.page


def click(page: Any, ident: str) -> None:
    """Clicks the box where it is on the screen."""
    at = page.evaluate(
        "id => { const d = atlasGraph.canvasToDOM(atlasGraph.getPosition(id)), s = stage.getBoundingClientRect();"
        " return [s.left + d.x, s.top + d.y]; }",
        ident,
    )
    page.mouse.click(*at)
    # vis-network waits whether a second click follows.
    page.wait_for_selector("#panel:not([hidden])")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_letters_of_every_chain_are_large_and_lie_in_their_boxes(
    site: Path, opened: Any, lang: str, size: str
) -> None:
    names = graph_pages(site, lang)
    assert len(names) >= 16
    for name in names:
        one = opened(name, size)
        found = ready(one).evaluate(MEASURE)
        assert found["bad"] == [] and found["inside"], (name, found)
        assert found["letters"] >= LEAST[lang, size], (name, found["letters"])
        assert one.said == [] and one.outside == []
        one.context.close()


def test_filters_of_one_group_add_up_and_groups_narrow_each_other(opened: Any, site: Path) -> None:
    name = "chain/advanced-materials-graph.html"
    nodes = [n for n in data_of(site / name)["nodes"] if n["role"] == "node"]

    def count(presences: set[str], families: set[str]) -> str:
        fits = sum(n["presence"] in presences and n["family"] in families for n in nodes)
        assert fits
        return f"{fits} / {len(nodes)}"

    page = ready(opened(name))
    buttons = {b.get_attribute("data-is"): b for b in page.locator("[data-filter]").all()}
    kinds = {n["family"] for n in nodes}
    for key, button in buttons.items():
        own = sum(key in (n["presence"], n["family"]) for n in nodes)
        if key != "firm":
            assert button.locator(".count").inner_text() == str(own)
    buttons["unseen"].click()
    assert page.locator("#told").inner_text() == count({"unseen"}, kinds)
    buttons["present"].click()
    assert page.locator("#told").inner_text() == count({"unseen", "present"}, kinds)
    buttons["technology"].click()
    assert page.locator("#told").inner_text() == count({"unseen", "present"}, {"technology"})
    buttons["product"].click()
    both = count({"unseen", "present"}, {"technology", "product"})
    assert page.locator("#told").inner_text() == both
    buttons["present"].click()
    assert page.locator("#only").get_attribute("aria-pressed") == "false"
    buttons["absent"].click()
    assert page.locator("#only").get_attribute("aria-pressed") == "true"
    dimmed = page.evaluate("atlasPicture.dimmed()")
    assert dimmed.count(False) == sum(
        n["role"] in ("stage", "segment")
        or (
            n["role"] == "node"
            and n["presence"] in ("unseen", "absent")
            and n["family"] in kinds - {"service"}
        )
        for n in data_of(site / name)["nodes"]
    )
    page.locator("#only").click()
    assert [b.get_attribute("aria-pressed") for b in buttons.values()].count("true") == 2
    page.locator("#rule").select_option(index=1)
    assert re.fullmatch(r"\d+ / \d+", page.locator("#told").inner_text())


def test_a_local_name_leads_from_matrix_to_graph_and_back(opened: Any) -> None:
    page = ready(opened("chain/advanced-materials-graph.html#aluminium-foil"))
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "铝箔" and "专栏5-1" in panel.inner_text()
    assert page.url.endswith("graph.html#aluminium-foil")
    back = panel.locator("a[href='advanced-materials.html#aluminium-foil']")
    back.click()
    page.wait_for_url("**/advanced-materials.html#aluminium-foil")
    assert page.locator("#panel h2").inner_text() == "铝箔"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://w3id.org/cn-industry-chain/node/aluminium-foil", "铝箔"),
        ("hec-group", "东阳光集团"),
        ("aluminium-based-materials|hec-group", "东阳光集团"),
        (
            f"{NODE}aluminium-based-materials|https://w3id.org/cn-industry-chain/actor/hec-group",
            "东阳光集团",
        ),
        ("aluminium-based-materials", "铝基材料"),
    ],
)
def test_older_and_longer_addresses_lead_to_the_same_box(
    opened: Any, address: str, name: str
) -> None:
    page = ready(opened("chain/advanced-materials-graph.html"))
    page.evaluate("a => { location.hash = encodeURIComponent(a); }", address)
    page.wait_for_selector("#panel:not([hidden])")
    assert page.locator("#panel h2").inner_text() == name
    assert page.url.endswith("#" + address.rpartition("|")[2].rpartition("/")[2])


@pytest.mark.parametrize("address", ["%E0%A4%A", "nothing", "constructor", "stage%7C1"])
def test_an_address_of_nothing_opens_nothing(opened: Any, address: str) -> None:
    one = opened(f"chain/advanced-materials-graph.html#{address}")
    assert not ready(one).locator("#panel").is_visible() and one.said == []


def test_a_citation_is_two_clicks_away(opened: Any) -> None:
    page = ready(opened("chain/biomedicine-and-health-graph.html"))
    click(page, "vaccines")
    assert re.search("第.+章", page.locator("#panel .where").first.inner_text())


def test_on_a_phone_the_panel_comes_from_below_and_does_not_cover_the_box(opened: Any) -> None:
    page = ready(opened("chain/biomedicine-and-health-graph.html", "phone"))
    for ident in ("vaccines", "biomedicine-and-health|hec-group", "medicine"):
        page.evaluate("id => { location.hash = encodeURIComponent(id); }", ident)
        page.wait_for_selector("#panel:not([hidden])")
        low, panel = page.evaluate(
            "id => [stage.getBoundingClientRect().top + atlasGraph.canvasToDOM({ x: 0, y: atlasGraph.getBoundingBox(id).bottom }).y,"
            " document.getElementById('panel').getBoundingClientRect().top]",
            ident,
        )
        assert 0 < low <= panel, ident
        close = page.locator("#panel-close")
        box = close.bounding_box()
        assert box["height"] >= 24 and box["width"] >= 24 and box["y"] >= panel
        page.locator("#panel").evaluate("p => { p.scrollTop = p.scrollHeight; }")
        assert abs(close.bounding_box()["y"] - box["y"]) < 30
        close.click()
        assert page.evaluate("document.activeElement.id") == "stage"


def drawn_and_inside(page: Path) -> tuple[list[str], list[str]]:
    nodes = data_of(page)["nodes"]
    drawn = [n["id"] for n in nodes if n["role"] == "node"]
    inside = [i for n in nodes if n["role"] in ("node", "more") for i in n.get("inside", [])]
    return drawn, inside


@pytest.mark.parametrize("limit", [25, 60, 90, 144])
def test_what_is_not_drawn_is_in_a_box_that_lists_it(
    facts: Facts, opened: Any, tmp_path: Path, limit: int
) -> None:
    out = tmp_path / "few.html"
    assert kg("draw", "生物医药与健康", "-o", str(out), "--limit", str(limit)).code == 0
    chain = build(facts, NODE + "biomedicine-and-health")
    drawn, inside = drawn_and_inside(out)
    assert sorted(drawn + inside) == sorted(i.rpartition("/")[2] for i in chain.nodes)
    assert len(drawn) < limit and out.stat().st_size <= 1_000_000
    one = opened(out.as_uri())
    page = ready(one)
    said = page.locator(".folded").inner_text()
    assert f"{len(chain.nodes)} 个节点，图中画 {len(drawn)} 个" in said
    box = next(
        n for n in data_of(out)["nodes"] if n.get("inside") and n["role"] in ("node", "more")
    )
    click(page, box["id"])
    links = page.locator("#panel .inside a")
    assert links.count() == len(box["inside"])
    name = links.first.inner_text()
    links.first.click()
    page.wait_for_timeout(100)
    assert page.locator("#panel h2").inner_text() == name
    assert page.locator("#panel li").count() >= 1 and one.said == []
    # The address of a folded node opens it, in the box that it is in.
    deep = ready(opened(f"{out.as_uri()}#{box['inside'][-1]}"))
    assert deep.locator("#panel").is_visible()


@given(limit=st.integers(15, 160))
def test_at_most_so_many_boxes_are_drawn_and_no_node_is_lost(facts: Facts, limit: int) -> None:
    chain = build(facts, NODE + "biomedicine-and-health")
    picked = shown(chain, facts, limit)
    cells = [c for lane in picked.lanes for c in lane.cells.values()]
    boxes = sum(len(c.drawn) + bool(c.rest) for c in cells)
    inside = [i for found in picked.inside.values() for i in found]
    every = picked.drawn() + inside + [i for c in cells for i in c.rest]
    assert sorted(every) == sorted(chain.nodes)
    # One box for each cell is the least that there can be.
    assert boxes <= max(limit, sum(bool(c.drawn or c.rest) for c in cells))


def labels_of(svg: ET.Element) -> list[str]:
    """The labels of the boxes, lines joined as in the data."""
    return [
        "\n".join(t.text or "" for t in g.findall(SVG + "text"))
        for g in svg.iter(SVG + "g")
        if "b" in (g.get("class") or "").split()
    ]


def test_the_saved_files_are_valid_and_hold_the_same_names(
    opened: Any, site: Path, tmp_path: Path
) -> None:
    name = "chain/advanced-materials-graph.html"
    one = opened(name)
    page = ready(one)
    page.locator("[data-is=unseen]").click()
    page.locator("#lines").click()
    with page.expect_download() as saved:
        page.locator("#save-svg").click()
    saved.value.save_as(tmp_path / "x.svg")
    root = ET.parse(tmp_path / "x.svg").getroot()
    assert labels_of(root) == [n["label"] for n in data_of(site / name)["nodes"]]
    text = "".join(root.itertext())
    assert "先进材料 · 关系图" in text and "截至" in text and "十四五" in text and "未见 36" in text
    dim = [g.get("opacity") for g in root.iter(SVG + "g") if "b" in (g.get("class") or "").split()]
    assert dim.count("0.2") == page.evaluate("atlasPicture.dimmed()").count(True) > 0
    assert len(root.findall(SVG + "path")) == len(page.evaluate("atlasPicture.lines()")) > 0
    with page.expect_download() as saved:
        page.locator("#save-png").click()
    assert re.fullmatch(r"先进材料-\d{4}-\d\d-\d\d\.png", saved.value.suggested_filename)
    saved.value.save_as(tmp_path / "x.png")
    raw = (tmp_path / "x.png").read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", raw[16:24])
    assert width == 2 * round(float(root.get("viewBox", "").split()[2])) and height > 1000
    assert one.said == [] and one.outside == []


def test_supply_lines_are_off_until_asked_for_and_follow_the_filter(opened: Any) -> None:
    page = ready(opened("chain/biomedicine-and-health-graph.html"))
    assert page.evaluate("atlasPicture.lines().length") == 0
    page.locator("#lines").click()
    every = page.evaluate("atlasPicture.lines().length")
    page.locator("[data-is=possible]").click()
    some = page.evaluate("atlasPicture.lines().length")
    assert 0 < some < every
    click(page, "medicinal-materials")
    chosen = page.evaluate("atlasPicture.lines()")
    assert chosen and all(line["strong"] for line in chosen)


def test_without_scripts_the_picture_and_the_table_are_there(opened: Any, site: Path) -> None:
    name = "chain/advanced-materials-graph.html"
    page = opened(name, scripts=False).page
    assert page.locator("svg.sheet").is_visible() and not page.locator("#stage").is_visible()
    assert page.locator("svg.sheet .b").count() == len(data_of(site / name)["nodes"])
    assert not page.locator("#lines").is_visible()
    assert page.locator("table tbody tr").count() == 101
    phone = opened(name, "phone", scripts=False).page
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", ["chain/biomedicine-and-health", "en/chain/advanced-materials"])
def test_a_graph_prints_as_one_picture_on_a3(opened: Any, tmp_path: Path, name: str) -> None:
    page = ready(opened(f"{name}-graph.html"))
    page.pdf(path=tmp_path / "g.pdf", prefer_css_page_size=True)
    told = run(["pdfinfo", tmp_path / "g.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told and "A3" in told
    text = run(["pdftotext", tmp_path / "g.pdf", "-"], capture_output=True, text=True, check=True)
    for word in ["Sources", "HEC Group"] if name[:2] == "en" else ["来源", "疫苗"]:
        assert word in text.stdout


def test_a_hostile_name_stays_text_in_the_picture(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    evil = "</noscript></script><img src=x onerror=alert(1)> & ]]>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(
        path
        .read_text("utf-8")
        .replace('"铝箔"@zh', f'"{evil}"@zh')
        .replace('"甲厂"@zh', f'"{evil}"@zh'),
        "utf-8",
    )
    page_file = tmp_path / "x.html"
    assert kg("draw", "金属", "-o", str(page_file), "--data", str(path.parent)).code == 0
    for scripts in (True, False):
        one = opened(page_file.as_uri(), scripts=scripts)
        assert one.page.locator("img").count() == 0 and one.said == [] and one.outside == []
        if not scripts:
            continue
        with one.page.expect_download() as saved:
            one.page.locator("#save-svg").click()
        saved.value.save_as(tmp_path / "x.svg")
        names = labels_of(ET.parse(tmp_path / "x.svg").getroot())
        assert names == [n["label"] for n in data_of(page_file)["nodes"]]
        assert sum("onerror" in n.replace("\n", "") for n in names) == 2
        one.page.evaluate("location.hash = 'foil'")
        one.page.wait_for_selector("#panel:not([hidden])")
        assert one.page.locator("#panel h2").inner_text() == evil


def test_what_is_confirmed_absent_says_so_in_its_box(opened: Any, tmp_path: Path) -> None:
    office = ("--workspace", str(tmp_path / "office"))
    env = {"KG_TODAY": "2026-11-24"}
    by = ("--method", "名录", "--by", "张三", "--on", "2026-11-24")
    assert kg("confirm", "高精度铜带", "--absent", *by, *office, **env).code == 0
    out = tmp_path / "x.html"
    assert kg("draw", "先进材料", "-o", str(out), *office, **env).code == 0
    absent = [n for n in data_of(out)["nodes"] if n.get("presence") == "absent"]
    assert [n["label"] for n in absent] == ["确认无\n高精度铜带"]
    page = ready(opened(out.as_uri()))
    assert page.evaluate(MEASURE)["bad"] == []
    page.locator("[data-is=absent]").click()
    assert page.locator("#told").inner_text() == "1 / 101"
    page.evaluate("id => { location.hash = id; }", absent[0]["id"])
    page.wait_for_selector("#panel:not([hidden])")
    assert "2026-11-24" in page.locator("#panel .means").inner_text()
    page.screenshot(path=ROOT / "tests" / "artefacts" / "graph-absent.png")


def test_one_script_tells_the_panels_of_both_pages_in_few_bytes(
    graph: LocalGraph, facts: Facts, site: Path
) -> None:
    chain = build(facts, MATERIALS)
    words = Words(facts, "zh", graph.labels(sorted({c.predicate for c in facts.claims}), "zh"))
    told = panels(chain, facts, words, chain.nodes, root="../")
    packed = compact(told, "../")

    def page(number: int) -> str:
        return packed["r"] + packed["s"][number] if number else ""

    for key, one in told.items():
        row = packed["t"][key]
        text = packed["s"]
        assert [text[n] for n in row[:3]] + [page(row[3])] == [
            one[k] for k in ("label", "other", "presence", "href")
        ]
        rows = [row[n : n + 5] for n in range(8, len(row), 5)]
        assert [
            [text[r], text[packed["o"][o][0]], page(packed["o"][o][1]), text[s], text[d], text[p]]
            for r, o, s, d, p in rows
        ] == one["facts"]
    size = {
        n: len(json.dumps(v, ensure_ascii=False).encode()) for n, v in enumerate((told, packed))
    }
    assert size[1] < 0.7 * size[0]
    script = (site / "data" / "chain-advanced-materials.js").read_text("utf-8")
    known = json.loads(script.removeprefix("window.ATLAS_TOLD=").removesuffix(";\n"))["t"]
    assert (
        told.keys() <= known.keys() and {"hec-group", "aluminium-based-materials"} <= known.keys()
    )


def test_the_graph_pages_stay_small(site: Path) -> None:
    sizes = {p: (site / p).stat().st_size for lang in ("zh", "en") for p in graph_pages(site, lang)}
    assert max(sizes.values()) <= 300_000 and sum(sizes.values()) <= 2_200_000


def test_the_same_chain_gives_the_same_picture(facts: Facts) -> None:
    chain = build(facts, MATERIALS)
    assert layout(chain, facts, "zh").spots == layout(chain, facts, "zh").spots


@given(st.text("ab 铝 箔（）、-/.W", max_size=60), st.sampled_from([4.0, 7.5, 18.0]))
def test_lines_hold_the_whole_label_and_are_never_too_long(label: str, most: float) -> None:
    found = lines(label, most)
    assert "".join("".join(found).split()) == "".join(label.split())
    assert all(em(line) <= most + 0.01 or len(line) == 1 for line in found)
    wide, broken = even(label, most)
    assert wide == pytest.approx(max(map(em, broken)))
    if em(label) <= MOST:
        assert len(broken) <= len(found)


def test_long_names_are_broken_at_words_and_into_even_lines() -> None:
    assert even("废弃物综合处置", 4.2)[1] == ("废弃物综", "合处置")
    assert even("Key engineering technologies", 9.0)[1] == ("Key engineering", "technologies")
    assert even("脂肪乳氨基酸（17）葡萄糖（11%）注射液", 12.0)[1] == (
        "脂肪乳氨基酸（17）",
        "葡萄糖（11%）注射液",
    )
    assert even("x" * 200, 10.0)[1][-1].endswith("…")
