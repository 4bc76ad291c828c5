"""The gap pages in a real browser: the list with its filters, the cards, the targets, the method; and what a check changes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import SIZES, kg

from kg.gaps import RULES, Gap, Survey, findings, open_survey
from kg.graph import LocalGraph, load_files
from kg.site import Ground, build
from kg.site.cards import split
from kg.site.packed import unpacked
from kg.statements import Statement, make_statement, write_statement
from kg.table import inert
from kg.vocab import PREFIXES

TODAY = date(2026, 11, 24)
STRIP = PREFIXES["node"] + "high-precision-copper-strip"
WIRE = PREFIXES["node"] + "high-strength-high-conductivity-copper-alloy-contact-wire"
CARD = "advanced-materials/high-precision-copper-strip"
KINDS = {
    "list": "gaps.html",
    "filtered list": "gaps.html#chain=advanced-materials&rule=b2",
    "targets": "evidence.html",
    "method": "method.html",
    "card of a node with a route": "card.html?advanced-materials/copper-alloy-plate-strip-and-foil",
    "card of a checked node": "card.html?" + CARD,
    "card of a firm": "card.html?advanced-materials/shaogang",
    "index": "index.html",
    "matrix": "chain/advanced-materials.html",
    "graph": "chain/advanced-materials-graph.html",
    "entity": "thing.html?node/high-precision-copper-strip",
}


@pytest.fixture(scope="module")
def checks() -> list[Statement]:
    """One search in vain, one that has expired, one firm found that the graph does not know."""
    on, until = date(2026, 11, 1), date(2027, 11, 1)
    return [
        make_statement(STRIP, "absent", "名录核对", "张三", on, until),
        make_statement(
            PREFIXES["node"] + "copper-alloy-lead-frames",
            "absent",
            "走访",
            "张三",
            date(2025, 1, 1),
            date(2026, 1, 1),
        ),
        make_statement(WIRE, "present", "走访", "李四", on, until, firm="=某某<b>线缆厂"),
    ]


@pytest.fixture(scope="module")
def checked(
    graph: LocalGraph, checks: list[Statement], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The pages with these checks, in both languages."""
    folder = tmp_path_factory.mktemp("checked")
    for lang in ("zh", "en"):
        build(Ground(graph, None, checks, TODAY), folder / lang, (lang,))
    return {lang: folder / lang for lang in ("zh", "en")}


@pytest.fixture(scope="module")
def survey(graph: LocalGraph) -> Survey:
    return open_survey(graph, TODAY)


@pytest.fixture(scope="module")
def gaps(survey: Survey) -> list[Gap]:
    return findings(survey)


@pytest.fixture(scope="module")
def core(survey: Survey) -> set[str]:
    """The six chains."""
    chains = survey.chains.values()
    return {c.industry.iri for c in chains if c.industry.scheme == "three-plus-three"}


def shown(page: Any) -> tuple[int, int]:
    """How many findings the list says fit, and how many rows are there."""
    page.wait_for_selector("html[data-ready='1']")
    told = re.search(r"(\d+) / ", page.locator("#told").inner_text())
    rows = page.locator("#list tbody tr:not(.group):not(.sub)")
    return int(told.group(1)) if told else 0, rows.count()


def cards(folder: Path) -> dict[str, str]:
    """The cards below `folder` as HTML, under what the address of card.html names them by."""
    found = {}
    for path in sorted(folder.glob("data/cards-*.js")):
        data = unpacked(path.read_text("utf-8"))
        found.update({f"{data['chain']}/{n}": html for n, (_, _, html) in data["cards"].items()})
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_every_kind_of_page_opens_clean_and_does_not_overflow(
    opened: Any, checked: dict[str, Path], name: str, lang: str, size: str
) -> None:
    one = opened(checked[lang].as_uri() + "/" + name, size)
    one.page.wait_for_timeout(150)
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert one.page.locator("h1").count() == 1
    assert not re.search("缺失|空白", one.page.locator("main").inner_text())


def test_every_page_leads_to_list_targets_and_method(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        path = page.relative_to(site).as_posix().removeprefix("en/")
        root = "../" * path.count("/")
        for name in ("gaps", "evidence", "method"):
            assert f'href="{root}{name}.html"' in text, (page.name, name)


def test_the_matrix_counts_every_finding_and_its_cells_set_the_filters(
    opened: Any, gaps: list[Gap]
) -> None:
    page = opened("gaps.html").page
    counts = Counter((g.chain.rpartition("/")[2], g.rule) for g in gaps)
    cells = {
        (m.group(1), m.group(2)): int(c.inner_text())
        for c in page.locator(".tally tr:not(.sums) td a").all()
        if (m := re.match("#chain=(.+)&rule=(.+)", c.get_attribute("href")))
    }
    assert cells == counts and sum(cells.values()) == len(gaps)
    for chain, rule in (("advanced-materials", "d"), ("science-and-technology-services", "a")):
        page.locator(f'.tally a[href="#chain={chain}&rule={rule}"]').click()
        page.wait_for_url(f"**#chain={chain}&rule={rule}")
        page.wait_for_function(
            "n => document.getElementById('told').innerText.includes(` ${n} /`)",
            arg=counts[chain, rule],
        )
        assert shown(page) == (counts[chain, rule],) * 2
        assert page.locator('.tally a[aria-current="true"]').count() == 1
        assert page.url.endswith(f"#chain={chain}&rule={rule}")


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"rule": "b2"}, lambda g: g.rule == "b2"),
        ({"rule": "", "position": "break"}, lambda g: g.position == "break"),
        ({"rule": "", "presence": "possible"}, lambda g: g.presence == "possible"),
        ({"rule": "", "presence": "none"}, lambda g: not g.presence),
        ({"rule": "h", "chain": "modern-agriculture"}, None),
        ({"rule": "a", "chain": "core"}, None),
    ],
)
def test_filters_count_right(
    opened: Any, core: set[str], gaps: list[Gap], filters: dict[str, str], fits: Any
) -> None:
    page = opened("gaps.html#rule=&view=finding").page
    page.wait_for_selector("html[data-ready='1']")
    for name, value in filters.items():
        page.locator(f"[name={name}]").select_option(value)

    def chosen(gap: Gap) -> bool:
        chain = filters["chain"]
        inside = gap.chain in core if chain == "core" else gap.chain.endswith("/" + chain)
        return gap.rule == filters["rule"] and inside

    expected = sum(map(fits or chosen, gaps))
    told, rows = shown(page)
    assert told == expected > 0 and rows == min(expected, 200)
    again = opened(page.url).page
    assert shown(again) == (told, rows)


def test_text_filter_reset_and_more_rows(opened: Any, gaps: list[Gap], core: set[str]) -> None:
    page = opened("gaps.html#rule=d&chain=core&view=finding").page
    first = sum(g.rule == "d" and g.chain in core for g in gaps)
    assert shown(page) == (first, first)
    page.locator("[name=rule]").select_option("")
    page.locator("[name=chain]").select_option("")
    page.locator("[name=q]").fill("高精度铜带")
    ids = {g.id for g in gaps if "高精度铜带" in g.what.zh or g.node == STRIP}
    assert shown(page) == (len(ids), len(ids))
    assert {t.inner_text() for t in page.locator("#list td.id").all()} == ids
    page.locator("[name=q]").fill("没有这个词")
    assert page.locator("#told").inner_text() == "没有符合条件的发现。"
    page.locator("button[type=reset]").click()
    assert shown(page) == (len(gaps), 200)
    page.locator("#more").click()
    assert shown(page) == (len(gaps), 400)
    chain = page.locator("[name=chain] option[value=advanced-materials]").inner_text()
    assert chain == f"先进材料（{sum(g.chain.endswith('/advanced-materials') for g in gaps)}）"


def test_a_click_on_a_head_sorts_and_says_so(opened: Any) -> None:
    page = opened("gaps.html#rule=g").page
    page.wait_for_selector("html[data-ready='1']")
    head = page.locator("th[data-sort=interval]")
    for order, sign in (("ascending", 1), ("descending", -1)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        assert page.locator("th[aria-sort]").count() == 1
        lows = [int(t.split(" ")[0]) for t in page.locator("#list td.interval").all_inner_texts()]
        assert lows == sorted(lows, reverse=sign < 0) and len(set(lows)) > 1


def test_a_broken_address_filters_nothing(opened: Any, gaps: list[Gap]) -> None:
    one = opened("gaps.html#rule=zz&chain=%E0%A4&x")
    assert shown(one.page)[0] == len(gaps) and one.said == []


def test_a_row_opens_its_card_at_its_finding(opened: Any, gaps: list[Gap]) -> None:
    one = opened("gaps.html#chain=advanced-materials&rule=b2&view=finding")
    one.page.wait_for_selector("html[data-ready='1']")
    row = one.page.locator("#list tbody tr").first
    gap_id, what = row.locator("td.id").inner_text(), row.locator("td").nth(3).inner_text()
    row.locator("td").nth(3).click()
    one.page.wait_for_url(re.compile(rf"/card\.html\?.+#{gap_id}$"))
    one.page.wait_for_selector("html[data-ready='1']")
    told = one.page.locator(f"#{gap_id}").inner_text()
    assert what in told and "什么会推翻它" in told and one.said == []
    assert "下一步核验" in one.page.locator("main").inner_text()


def test_without_scripts_each_node_of_the_six_chains_has_its_row(
    opened: Any, gaps: list[Gap], core: set[str]
) -> None:
    page = opened("gaps.html", scripts=False).page
    nodes = {g.node for g in gaps if g.chain in core}
    assert page.locator("#list tbody tr:not(.group)").count() == len(nodes)
    assert page.locator("#list .group").count() == 6
    inside = sum(g.chain in core for g in gaps)
    told = f"{len(nodes)} 个节点或主体 · {inside} / {len(gaps)} 条发现"
    assert page.locator("#told").inner_text() == told
    assert not page.locator("#filters").is_visible() and not page.locator("#csv").is_visible()
    assert "Excel" in page.locator("noscript").inner_text()


def test_the_workbook_is_the_rows_of_kg_gaps_and_nothing_in_it_is_a_formula(
    graph: LocalGraph, tmp_path: Path, checks: list[Statement]
) -> None:
    from openpyxl import load_workbook

    from kg.site.atlas import Atlas
    from kg.site.gaps import gaps_book

    workspace = tmp_path / "workspace"
    for statement in checks:
        write_statement(workspace, statement)
    env = {"KG_WORKSPACE": str(workspace), "KG_TODAY": TODAY.isoformat()}
    listed = kg("gaps", "--all", "--format", "csv", "-q", **env).out
    assert "核查于 2026-11-01" in listed
    atlas = Atlas(Ground(graph, None, checks, TODAY), "zh")
    book = load_workbook(io.BytesIO(gaps_book(atlas)))
    cells = [[c.value for c in row] for row in book.worksheets[1].iter_rows()]
    told = [["" if v is None else inert(str(v)) for v in row] for row in cells]
    assert told == list(csv.reader(io.StringIO(listed)))
    assert all(
        c.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for c in row
    )


def test_every_finding_stands_on_its_card_once(site: Path, gaps: list[Gap]) -> None:
    found: Counter[str] = Counter()
    for text in cards(site).values():
        found.update(re.findall(r'<article class="[^"]+" id="([^"]+)"', text))
    assert found == Counter(g.id for g in gaps)


def test_a_card_names_what_it_links_and_shows_the_route(opened: Any) -> None:
    page = opened("card.html?advanced-materials/copper-alloy-plate-strip-and-foil").page
    page.wait_for_selector("html[data-ready='1']")
    for key in ("actors", "profile", "carriers", "institutes", "feasibility", "claims"):
        assert page.locator(f".field.{key}").count() == 1
    assert (
        page
        .locator(".field.carriers a")
        .first.get_attribute("href")
        .startswith("thing.html?actor/")
    )
    route = page.locator(".route").first
    assert route.locator(".node .word").count() >= 3
    assert "行业常识" in route.locator(".edge").first.inner_text()
    assert page.locator(".write dd").count() == 3
    assert all(not d for d in page.locator(".write dd").all_inner_texts())


def test_no_share_is_given_in_hundredths(site: Path) -> None:
    pages = {
        n: (site / n).read_text("utf-8") for n in ("gaps.html", "evidence.html", "method.html")
    }
    for name, html in (pages | cards(site)).items():
        # A drug of the plan has its strength in its name.
        text = re.sub(r"<[^>]*>|葡萄糖（11%）|glucose \(11%\)", " ", html)
        assert not re.search(r"\d\s*[%％]", text), name


def test_cards_print_on_one_sheet_of_a4(
    opened: Any, graph: LocalGraph, checked: dict[str, Path]
) -> None:
    for lang, folder in checked.items():
        known = cards(folder)
        for name in sorted(known, key=lambda n: (-len(known[n]), n))[:12]:
            page = opened(f"{folder.as_uri()}/card.html?{name}").page
            page.wait_for_selector("html[data-ready='1']")
            raw = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", raw)) == 1, (lang, name)
            assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", raw)


def test_what_is_confirmed_absent_says_so_with_its_date_everywhere(
    opened: Any, checked: dict[str, Path]
) -> None:
    zh = checked["zh"].as_uri()
    matrix = opened(zh + "/chain/advanced-materials.html").page
    node = matrix.locator("#high-precision-copper-strip")
    assert "absent" in node.get_attribute("class").split()
    assert "确认无 2026-11-01" in node.inner_text()
    assert "确认无" in matrix.locator(".legend").inner_text()
    matrix.locator("#only").click()
    assert node.is_visible()
    gone = matrix.locator(".node.unseen[data-node], .node.absent[data-node]").count()
    assert matrix.locator("#told").inner_text().startswith(f"{gone} /")
    node.click()
    means = "核查于 2026-11-01 · 名录核对 · 有效至 2027-11-01"
    assert means in matrix.locator("#panel").inner_text()
    link = matrix.locator("#panel a", has_text="缺口卡")
    assert link.get_attribute("href") == "../card.html?" + CARD
    assert "断点" in matrix.locator("#panel").inner_text()

    text = (checked["zh"] / "chain" / "advanced-materials-graph.html").read_text("utf-8")
    graph = json.loads(re.search(r'id="graph-data">(.*?)</script>', text).group(1))  # type: ignore[union-attr]
    drawn = next(n for n in graph["nodes"] if n["id"] == CARD.rpartition("/")[2])
    assert drawn["presence"] == "absent"
    told = (checked["zh"] / "data" / "chain-advanced-materials.js").read_text("utf-8")
    assert f'"{means}"' in told and f'"card.html?{CARD}"' in told
    assert "确认无 2026-11-01" in text

    card = opened(f"{zh}/card.html?{CARD}").page
    card.wait_for_selector("html[data-ready='1']")
    assert f"确认无 {means}" in " ".join(card.locator(".standing").inner_text().split())
    entity = opened(zh + "/thing.html?node/high-precision-copper-strip").page
    entity.wait_for_selector("html[data-ready='1']")
    assert means in entity.locator("body").inner_text()
    assert entity.locator(f'a[href="card.html?{CARD}"]').count() == 1
    targets = opened(zh + "/evidence.html").page
    assert targets.locator(".legs b.a").all_inner_texts() == ["确认无"]
    index = opened(zh + "/index.html").page
    assert "1 确认无" in index.locator(".card").first.inner_text()


def test_an_expired_check_leaves_the_node_unseen_and_a_firm_found_has_a_card(
    opened: Any, checked: dict[str, Path]
) -> None:
    zh = checked["zh"].as_uri()
    matrix = opened(zh + "/chain/advanced-materials.html").page
    assert "未见" in matrix.locator("#copper-alloy-lead-frames").inner_text()
    cell = matrix.locator("td", has=matrix.locator(f"#{WIRE.rpartition('/')[2]}"))
    assert "=某某<b>线缆厂" in cell.inner_text()
    listed = opened(zh + "/gaps.html#rule=c&q=" + "某某").page
    assert shown(listed) == (1, 1)
    listed.locator("#list tbody a").click()
    listed.wait_for_selector("#card .gapcard")
    assert "=某某<b>线缆厂" in listed.locator("h1").inner_text()
    method = opened(zh + "/method.html").page
    rows = method.locator("#checks ~ .scroll tbody tr").all_inner_texts()
    assert len(rows) == 3 and "已到期" in rows[0] and "张三" not in "".join(rows)


def test_the_method_page_names_every_rule_with_its_formula(opened: Any, gaps: list[Gap]) -> None:
    page = opened("method.html").page
    text = page.locator("main").inner_text()
    for rule in RULES.values():
        told = page.locator(f"#rule-{rule.id}").inner_text()
        assert rule.title.zh in told and rule.tells.zh in told
        assert rule.definition.zh[:30] in told
        assert f"{sum(g.rule == rule.id for g in gaps)} 条发现" in told
    assert "没有官方定义" in text and "2022 年 1 月" in text and "kg confirm" in text
    for word in ("有", "或有", "未见", "确认无"):
        assert page.locator("#presence + table .word", has_text=re.compile(f"^{word}$")).count()


def test_targets_without_legs_are_counted_and_filtered(opened: Any, gaps: list[Gap]) -> None:
    page = opened("evidence.html").page
    targets = [g for g in gaps if g.rule == "i"]
    bare = [g for g in targets if g.details["no_legs"]]
    named, seen = page.locator("#legs tbody th a"), page.locator("#legs tbody th a:visible")
    assert named.count() == len(targets)
    page.locator("#only").click()
    assert seen.count() == len(bare)
    assert page.locator("#told").inner_text().startswith(f"{len(bare)} / {len(targets)}")
    page.locator("[name=chain]").select_option("advanced-materials")
    inside = [g for g in bare if g.chain.endswith("/advanced-materials")]
    assert seen.count() == len(inside)
    page.locator("button[type=reset]").click()
    page.wait_for_timeout(50)
    assert page.locator("#legs details[open]").count() == 1
    page.locator("#unfold").click()
    assert seen.count() == len(targets)
    page.locator("[name=verb]").select_option("recruit")
    assert seen.count() == sum(g.details["verb"] == "recruit" for g in targets)


def test_the_chain_matrix_is_filtered_by_rule(opened: Any, gaps: list[Gap]) -> None:
    page = opened("chain/advanced-materials.html").page
    for rule in ("d", "h", "c"):
        page.locator("#rule").select_option(rule)
        said = re.search(r"（(\d+)）", page.locator(f"#rule option[value={rule}]").inner_text())
        assert said and page.locator(".node[data-node]:visible").count() == int(said.group(1)) > 0
    page.locator("#rule").select_option("")
    assert page.locator(".node[data-node]:visible").count() == page.locator("[data-node]").count()


def bright(page: Any) -> set[str]:
    """The nodes of the graph that are not dimmed, by the last part of their IRI."""
    return set(
        page.evaluate(
            """() => {
              const boxes = JSON.parse(document.getElementById("graph-data").textContent).nodes.filter(n => n.role !== "turn");
              const dimmed = atlasPicture.dimmed();
              return boxes.filter((n, i) => n.role === "node" && !dimmed[i]).map(n => n.id);
            }"""
        )
    )


def test_the_graph_is_filtered_by_gaps_and_rule(
    opened: Any, survey: Survey, gaps: list[Gap]
) -> None:
    page = opened("chain/advanced-materials-graph.html").page
    page.wait_for_selector("html[data-ready='1']")
    drawn = bright(page)
    presence = {n.iri.rpartition("/")[2]: n.presence for n in survey.nodes.values()}
    missing = {i for i in drawn if presence[i] in ("unseen", "absent")}
    page.locator("#only").click()
    assert page.locator("#only").get_attribute("aria-pressed") == "true"
    assert bright(page) == missing and 0 < len(missing) < len(drawn)
    assert page.locator("#only .count").inner_text() == str(len(missing))
    declared = {g.node.rpartition("/")[2] for g in gaps if g.rule == "d"} & drawn
    page.locator("#rule").select_option("d")
    assert bright(page) == missing & declared
    assert page.locator("#told").inner_text() == f"{len(missing & declared)} / {len(drawn)}"
    page.locator("#only").click()
    assert bright(page) == declared
    for option in page.locator("#rule option:not([value=''])").all():
        page.locator("#rule").select_option(option.get_attribute("value"))
        said = re.search(r"（(\d+)）", option.inner_text())
        assert said and len(bright(page)) == int(said.group(1)) > 0
    page.locator("#rule").select_option("")
    assert bright(page) == drawn and page.locator("#told").inner_text() == ""


def test_one_file_of_kg_draw_has_the_filters_too(opened: Any, tmp_path: Path) -> None:
    out = tmp_path / "chain.html"
    assert kg("draw", "铜基材料", "-o", str(out), "--today", "2026-11-24").code == 0
    one = opened(out.as_uri())
    one.page.wait_for_selector("html[data-ready='1']")
    said = re.search(r"（(\d+)）", one.page.locator("#rule option[value=a]").inner_text())
    one.page.locator("#rule").select_option("a")
    assert said and len(bright(one.page)) == int(said.group(1)) > 0
    assert "截至 2026-11-24 · 1 个来源" in one.page.locator(".asof").inner_text()
    assert one.said == []


@pytest.mark.parametrize(
    "name",
    [
        "gaps.html",
        "evidence.html",
        "index.html",
        "chain/advanced-materials.html",
        "card.html",
    ],
)
def test_every_count_tells_its_day_and_its_sources(checked: dict[str, Path], name: str) -> None:
    for lang, said in (
        ("zh", "截至 2026-11-24 · 1 个来源"),
        ("en", "As of 2026-11-24 · 1 source(s)"),
    ):
        assert f'<li class="asof">{said}</li>' in (checked[lang] / name).read_text("utf-8")


def test_places_in_english_are_joined_in_english_and_none_is_cut(checked: dict[str, Path]) -> None:
    long = 0
    pages = {p.name: p.read_text("utf-8") for p in checked["en"].rglob("*.html")}
    for name, text in (pages | cards(checked["en"])).items():
        for where in re.findall(r'class="where">(.*?)</(?:td|dd)>', text, re.S):
            own = re.sub("<blockquote>.*?</blockquote>", "", where, flags=re.S)
            assert "；" not in own, name
            # "+3 passages" is followed by these three.
            for n, rest in re.findall(r"<summary>\+(\d+) .*?</summary>(.*?)</details>", own, re.S):
                assert len(rest.split("; ")) == int(n)
                long += 1
    assert long > 0


def test_a_chain_card_leads_to_what_it_counts(opened: Any, gaps: list[Gap]) -> None:
    page = opened("index.html").page
    link = page.locator(".card .lacks a", has_text="声明目标").first
    count = int(re.match(r"\d+", link.inner_text()).group())  # type: ignore[union-attr]
    link.click()
    page.wait_for_selector("html[data-ready='1']")
    assert shown(page) == (count, count)


def test_a_hostile_label_stays_text_on_gap_pages(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(path.read_text("utf-8").replace('"矿石"@zh', f'"{evil}"@zh'), "utf-8")
    build(Ground(load_files(tiny_files)), tmp_path / "site", ("zh",))
    for name in ("gaps.html#rule=", "evidence.html", "method.html", "card.html?metals/ore"):
        one = opened((tmp_path / "site").as_uri() + "/" + name)
        one.page.wait_for_timeout(200)
        assert one.said == [] and one.page.locator("img").count() == 0
    assert evil in one.page.locator("h1").inner_text()


def test_the_same_day_and_checks_give_the_same_bytes(tiny: LocalGraph, tmp_path: Path) -> None:
    check = make_statement(
        PREFIXES["node"] + "ore", "absent", "走访", "张三", date(2026, 1, 1), date(2026, 12, 31)
    )
    for name in ("a", "b"):
        build(Ground(tiny, None, [check], TODAY), tmp_path / name, ("zh",))
    read = {
        n: {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in "ab"
    }
    assert read["a"] == read["b"]
    assert "确认无" in cards(tmp_path / "a")["metals/ore"]
    build(Ground(tiny, None, [check], date(2027, 1, 1)), tmp_path / "later", ("zh",))
    later = cards(tmp_path / "later")["metals/ore"]
    assert 'class="node unseen"' in later and 'class="node absent"' not in later


def test_a_name_is_linked_where_it_is_meant() -> None:
    links = {"铝箔": "a", "电容器铝箔": "b", "Steel": "c"}
    assert split("电容器铝箔与铝箔", links) == [("电容器铝箔", "b"), ("与", ""), ("铝箔", "a")]
    assert split("Steelmaking, Steel", links) == [("Steelmaking, ", ""), ("Steel", "c")]
    assert split("没有", links) == [("没有", "")]


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    done = kg("site", "-o", str(tmp_path / "site"), "--today", "gestern")
    assert done.code != 0 and not (tmp_path / "site").exists() and "gestern" in done.err
