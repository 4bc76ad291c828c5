"""kg close on a small city and on the real data: the answer, its page, and what is said when there is none."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CHROMIUM, ROOT, SIZES, Opened, kg, passages_of

from kg.draw.route import Actor, Box, Line, route_page
from kg.site.atlas import page_words
from kg.vocab import PREFIXES, claim_id

NODE, ACTOR, IC = PREFIXES["node"], PREFIXES["actor"], PREFIXES["ic"]
TEXT = "甲厂至庚厂生产箔。规划建设金属。电芯供给电池包。子厂生产负极和树脂。"
# 金属 ~> 箔 ~> 电芯 -> 电池包; a cell needs foil, anode and separator, a separator needs resin.
NAMES = {
    "metal": ("金属", "Metal"),
    "foil": ("箔", "Foil"),
    "cell": ("电芯", "Cell"),
    "pack": ("电池包", "Pack"),
    "anode": ("负极", "Anode"),
    "separator": ("隔膜", "Separator"),
    "resin": ("树脂", "Resin"),
    "alone": ("孤品", "Alone"),
}
EDGES = [
    ("metal", "foil", "轧制成箔", "rolled into foil"),
    ("foil", "cell", "集流体", "current collector"),
    ("anode", "cell", "负极装入电芯", "anodes go into cells"),
    ("separator", "cell", "隔开两极", "keeps the electrodes apart"),
    ("resin", "separator", "树脂成膜", "resin is cast into film"),
]


def city() -> str:
    """Turtle of the small city."""
    lines = [f"@prefix {p}: <{iri}> ." for p, iri in PREFIXES.items()]
    lines.append('node:trade a ic:Industry ; skos:prefLabel "电池链"@zh , "Battery trade"@en .')
    for key, (zh, en) in NAMES.items():
        kind = (
            'ic:inputs ic:allOf ; ic:inputsBasis "缺一不可"@zh , "all of them"@en ;'
            if key == "cell"
            else ""
        )
        said = [
            f'[ rdf:predicate ic:feedsInto ; rdf:object node:{b} ; ic:status status:planned ; ic:level level:product ; ic:origin ic:domain ; ic:basis "{zh2}"@zh , "{en2}"@en ]'
            for a, b, zh2, en2 in EDGES
            if a == key
        ]
        if key == "cell":
            said.append(
                "[ rdf:predicate ic:feedsInto ; rdf:object node:pack ; ic:status status:existing ; ic:level level:product ; dcterms:source src:p1-s3 ]"
            )
        claims = f" ic:claim {' , '.join(said)} ;" if said else ""
        lines.append(
            f'node:{key} a ic:Product ; {kind}{claims} skos:broader node:trade ; skos:prefLabel "{zh}"@zh , "{en}"@en .'
        )
    lines.append('actor:shaoguan a ic:Place ; skos:prefLabel "本市"@zh , "The city"@en .')
    # A product of no industry.
    lines.append('node:stray a ic:Product ; skos:prefLabel "散件"@zh , "Stray"@en .')

    def firm(key: str, zh: str, node: str, status: str, source: str) -> str:
        return (
            f'actor:{key} a ic:Firm ; skos:prefLabel "{zh}"@zh , "Firm {key}"@en ; ic:claim [ rdf:predicate ic:makes ;'
            f" rdf:object node:{node} ; ic:status status:{status} ; ic:level level:product ; dcterms:source src:{source} ] ."
        )

    for n, name in enumerate("甲乙丙丁戊己"):
        lines.append(firm(f"f{n}", name + "厂", "foil", "existing", "p1-s1"))
    lines.append(firm("built", "新厂", "metal", "planned", "p1-s2"))
    lines.append(firm("an", "子厂", "anode", "existing", "p1-s4"))
    lines.append(firm("re", "丑厂", "resin", "existing", "p1-s4"))
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("city") / "data"
    folder.mkdir()
    (folder / "city.ttl").write_text(city(), "utf-8")
    (folder / "sources.ttl").write_text(passages_of(TEXT), "utf-8")
    shutil.copy(ROOT / "data" / "vocab.ttl", folder / "vocab.ttl")
    return str(folder)


def close(*words: str, data: str = "", **env: str) -> Any:
    more = ("--data", data) if data else ()
    return kg("close", *words, *more, KG_TODAY="2026-11-24", **env)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "no Chromium: make test installs Debian's"
    with sync_playwright() as play:
        instance = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield instance
        instance.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    contexts = []

    def do(page: Path, size: str = "desk", scripts: bool = True) -> Opened:
        one = Opened(browser, page.as_uri(), SIZES[size], scripts)
        contexts.append(one.context)
        if scripts:
            one.page.wait_for_selector("html[data-ready='1']")
            one.page.wait_for_timeout(150)
        return one

    yield do
    for context in contexts:
        context.close()


# The answer


def test_the_answer_counts_what_is_missing_with_bounds_and_names_it(data: str) -> None:
    ran = close("金属", "电池包", data=data)
    assert ran.code == 0
    assert ran.err == (
        "从“金属”到“电池包”：补 3 环可贯通（电芯、电池包、隔膜），另有 1 个节点或有、待核；"
        "费用 3.5（或有计半环），介于 3（或有计 0）与 4（或有计 1）；供给关系 6 条，其中行业常识 5 条。\n"
    )
    english = close("Metal", "Pack", "--lang", "en", data=data)
    assert english.err == (
        'From "Metal" to "Pack": 3 link(s) make it run (Cell, Pack, Separator), and 1 node(s) are only possible and to be'
        " checked; cost 3.5 (possible counts half), between 3 (possible counts 0) and 4 (possible counts 1);"
        " 6 supply edges, 5 of domain knowledge.\n"
    )


ROWS = [
    ["步", "节点", "有无", "要补", "作用", "主体", "供给依据", "出处"],
    ["1", "金属", "或有", "", "路线", "新厂", "", ""],
    ["2", "箔", "有", "", "路线", "甲厂、乙厂、丙厂、丁厂、戊厂、己厂", "轧制成箔", ""],
    [
        "3",
        "电芯",
        "未见",
        "补 1",
        "路线",
        "",
        "箔：集流体；负极：负极装入电芯；隔膜：隔开两极",
        "",
    ],
    ["4", "电池包", "未见", "补 2", "路线", "", "规划", "第3句"],
    ["5", "负极", "有", "", "同时需要", "子厂", "", ""],
    ["6", "树脂", "有", "", "同时需要", "丑厂", "", ""],
    ["7", "隔膜", "未见", "补 3", "同时需要", "", "树脂成膜", ""],
]


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_step_says_who_is_there_and_what_its_supply_rests_on(data: str) -> None:
    found = rows_of(close("金属", "电池包", "--format", "csv", data=data).out)
    # What is needed beside the route has no order of its own.
    assert found[:5] == ROWS[:5] and [r[0] for r in found] == [r[0] for r in ROWS]
    assert sorted(r[1:] for r in found[5:]) == sorted(r[1:] for r in ROWS[5:])


def test_the_whole_answer_as_json(data: str) -> None:
    told = json.loads(close("金属", "电池包", "--format", "json", data=data).out)

    def node(key: str, presence: str) -> dict[str, str]:
        return {"iri": NODE + key, "label": NAMES[key][0], "presence": presence}

    def edge(a: str, b: str, zh: str, en: str) -> dict[str, Any]:
        status = "planned" if zh else "existing"
        return {
            "id": claim_id(NODE + a, IC + "feedsInto", NODE + b, f"{PREFIXES['status']}{status}"),
            "subject": NODE + a,
            "subject_label": NAMES[a][0],
            "predicate": "ic:feedsInto",
            "predicate_label": "供给",
            "object": NODE + b,
            "object_label": NAMES[b][0],
            "status": status,
            "level": "product",
            "verb": [],
            "role": [],
            "origin": "domain" if zh else "plan",
            "basis": {"zh": zh, "en": en} if zh else None,
        }

    def key(edge: dict[str, Any]) -> str:
        return str(edge["id"])

    citations = [e.pop("citation") for e in told["edges"]]
    (cited,) = [c for c in citations if c]
    assert [c["iri"] for c in cited] == [PREFIXES["src"] + "p1-s3"]
    beside = [node("anode", "present"), node("resin", "present"), node("separator", "unseen")]
    assert {
        **told,
        "edges": sorted(told["edges"], key=key),
        "beside": sorted(told["beside"], key=lambda n: n["iri"]),
    } == {
        "a": NODE + "metal",
        "b": NODE + "pack",
        "found": True,
        "finding": close("金属", "电池包", data=data).err.strip(),
        "reverse": None,
        "links": [node("cell", "unseen"), node("pack", "unseen"), node("separator", "unseen")],
        "cost": {"low": 3.0, "middle": 3.5, "high": 4.0, "n": 7},
        "proven": True,
        "route": [
            node("metal", "possible"),
            node("foil", "present"),
            node("cell", "unseen"),
            node("pack", "unseen"),
        ],
        "beside": beside,
        "edges": sorted([edge(*e) for e in EDGES] + [edge("cell", "pack", "", "")], key=key),
        "domain_edges": 5,
        "sources": ["小规划"],
    }


@pytest.mark.parametrize("ending", ["csv", "json", "md", "xlsx", "txt", "html", "htm"])
def test_the_name_of_the_file_decides_what_is_written(
    data: str, ending: str, tmp_path: Path
) -> None:
    out = tmp_path / f"路线.{ending}"
    ran = close("金属", "电池包", "-o", str(out), data=data)
    assert ran.code == 0 and ran.out == "" and f"已写入 {out}" in ran.err
    raw = out.read_bytes()
    start = {"csv": b"\xef\xbb\xbf", "json": b"{", "md": b"| ", "xlsx": b"PK", "txt": "步".encode()}
    assert raw.startswith(start.get(ending, b"<!doctype html>"))
    style = {"htm": "html", "txt": "table"}.get(ending, ending)
    piped = close("金属", "电池包", "--format", style, data=data).raw
    assert raw.removeprefix(b"\xef\xbb\xbf") == piped.removeprefix(b"\xef\xbb\xbf")


# What a newcomer runs into


def test_from_a_node_to_itself_the_route_is_the_node(data: str) -> None:
    ran = close("箔", "箔", data=data)
    assert ran.code == 0 and rows_of(close("箔", "箔", "--format", "csv", data=data).out)[1:] == [
        ["1", "箔", "有", "", "路线", "甲厂、乙厂、丙厂、丁厂、戊厂、己厂", "", ""]
    ]
    assert ran.err.startswith(
        "起点与终点都是“箔”，路线就是它自己：不需补环即可贯通；费用 0，上下限相同"
    )
    assert "补 1 环可贯通（电芯）" in close("电芯", "电芯", data=data).err


def test_a_node_inside_its_group_is_said_to_be_inside() -> None:
    for ends in (("铝基材料", "铝箔"), ("铝箔", "铝基材料")):
        ran = close(*ends)
        assert ran.code == 0 and ran.err.startswith("“铝箔”在“铝基材料”之内，路线只有一个节点：")
    assert close("铝基材料", "铝基材料").err.startswith("起点与终点都是“铝基材料”，路线就在其中：")


def test_where_no_supply_leads_the_other_direction_is_tried(data: str) -> None:
    ran = close("电池包", "金属", data=data)
    assert ran.code == 1 and ran.out == ""
    assert ran.err.startswith("没有从“电池包”通到“金属”的供给关系。反向（金属 → 电池包）有路线。")
    none = close("孤品", "金属", data=data)
    assert none.code == 1 and "反向也没有。kg query chain-edges" in none.err
    told = json.loads(close("电池包", "金属", "--format", "json", data=data).out)
    assert told == {
        "a": NODE + "pack",
        "b": NODE + "metal",
        "found": False,
        "finding": ran.err.strip(),
        "reverse": True,
        "links": [],
        "cost": None,
        "proven": True,
        "route": [],
        "beside": [],
        "edges": [],
        "domain_edges": 0,
        "sources": ["小规划"],
    }


def test_without_domain_knowledge_it_says_that_there_is_a_route_with_it(data: str) -> None:
    ran = close("金属", "电池包", "--plan-only", data=data)
    assert ran.code == 1 and "去掉 --plan-only" in ran.err
    assert close("电芯", "电池包", "--plan-only", data=data).code == 0


WRONG = [
    (("金蜀", "电池包"), "图谱中没有叫“金蜀”的对象。 最接近的是：金属"),
    (("金属", "qqqq"), "图谱中没有叫“qqqq”的对象。 请用 kg find"),
    (("金属", "散件"), "“散件”不在任何一条链上。 请给出链上的产品、技术、服务或环节。"),
    (("金属", "node:nothing"), "图谱中没有代号“node:nothing”。 请用 kg find 查找。"),
    (("子厂", "电池包"), "“子厂”属于“企业”，不是链上的节点。 可改用与它相连的节点：负极。"),
    (("金属", "电池链"), "“电池链”属于“产业”，不是链上的节点。"),
    (("金属",), "缺少参数"),
    (("金属", "电池包", "--format", "pdf"), "--format 有误"),
    (("金属", "电池包", "-o", "r.pdf"), "不认识的文件类型 .pdf。 可用：.html .json"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=lambda v: " ".join(v))
def test_a_wrong_request_gets_one_sentence_with_the_next_step(
    data: str, words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ran = kg("close", *words, "--data", data, cwd=tmp_path)
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert said in ran.err and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_firm_of_the_real_data_leads_to_its_nodes() -> None:
    ran = close("韶钢", "铝箔", KG_LANG="en")
    assert ran.code == 2 and 'is of the kind "Firm" and no node of a chain' in ran.err
    assert "Use a node tied to it: " in ran.err


def test_no_sentence_speaks_of_a_percentage_or_calls_unseen_a_lack(data: str) -> None:
    for ends in (("有色金属", "锂电池"), ("氨基酸", "高端化妆品"), ("有色金属", "铝箔")):
        ran = close(*ends)
        assert ran.code == 0 and "环" in ran.err
        assert not re.search("%|％|缺失|空白|没有企业", ran.out + ran.err)


# The page


@pytest.fixture(scope="module")
def pages(data: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    wanted = {
        "small": ("金属", "电池包", "--data", data),
        "one": ("箔", "箔", "--data", data),
        "real": ("有色金属", "锂电池"),
        "long": ("清洁生产工艺", "可视化"),
        "wide": ("氯碱化工产品", "保温装饰一体化复合板材"),
        "english": ("助剂", "保温装饰一体化复合板材", "--lang", "en"),
    }
    for name, words in wanted.items():
        out = folder / f"{name}.html"
        ran = close(*words, "-o", str(out))
        assert ran.code == 0, ran.err
    return {name: folder / f"{name}.html" for name in wanted}


OVERLAPS = """() => {
  const net = atlasGraph, ids = net.body.nodeIndices, box = ids.map(i => net.getBoundingBox(i)), bad = [];
  for (let i = 0; i < ids.length; i++) for (let j = i + 1; j < ids.length; j++) {
    const a = box[i], b = box[j];
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push([ids[i], ids[j]]);
  }
  return bad;
}"""
PLACES = (
    "() => Object.fromEntries(atlasGraph.body.nodeIndices.map(i => [i, atlasGraph.getPosition(i)]))"
)


def nodes_of(page: Path) -> list[dict[str, Any]]:
    raw = page.read_text("utf-8").split('id="graph-data">')[1].split("</script>")[0]
    told: list[dict[str, Any]] = json.loads(raw)["nodes"]
    return told


def edges_of(page: Path) -> list[dict[str, Any]]:
    raw = page.read_text("utf-8").split('id="graph-data">')[1].split("</script>")[0]
    told: list[dict[str, Any]] = json.loads(raw)["edges"]
    return told


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["small", "one", "real", "long", "wide", "english"])
def test_the_page_is_clean_complete_and_nothing_overlaps(
    pages: dict[str, Path], opened: Any, name: str, size: str
) -> None:
    one = opened(pages[name], size)
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert one.page.evaluate(OVERLAPS) == []
    assert pages[name].stat().st_size <= 1_000_000
    folder = ROOT / "tests" / "artefacts"
    folder.mkdir(exist_ok=True)
    one.page.screenshot(path=folder / f"close-{name}-{size}.png", full_page=True)


def test_the_first_thing_on_the_page_is_the_sentence_of_the_command(
    pages: dict[str, Path], opened: Any, data: str
) -> None:
    page = opened(pages["small"], scripts=False).page
    assert page.locator("h1").inner_text() == "补环路线：金属 → 电池包"
    assert page.locator("#answer").inner_text() == close("金属", "电池包", data=data).err.strip()
    table = page.locator("main table")
    cells = [
        [c.strip() for c in row.locator("th, td").all_inner_texts()]
        for row in table.locator("tr").all()
    ]
    rows = rows_of(close("金属", "电池包", "--format", "csv", data=data).out)
    assert cells == [[f"{r[0]} · {r[1]}", *r[2:]] for r in rows]


def test_on_a_desk_the_route_runs_to_the_right_and_on_a_phone_down(
    pages: dict[str, Path], opened: Any
) -> None:
    way = [NODE + k for k in ("metal", "foil", "cell", "pack")]
    desk = opened(pages["small"]).page.evaluate(PLACES)
    assert len({desk[i]["y"] for i in way}) == 1
    assert [desk[i]["x"] for i in way] == sorted({desk[i]["x"] for i in way})
    # Further inputs hang below the node that needs them, and what these need below them.
    cell, anode, film, resin = (desk[NODE + k] for k in ("cell", "anode", "separator", "resin"))
    assert cell["y"] < anode["y"] == film["y"] < resin["y"] and film["x"] == resin["x"]
    assert desk[f"{NODE}anode|{ACTOR}an"]["y"] > anode["y"]
    phone = opened(pages["small"], "phone").page.evaluate(PLACES)
    assert len({phone[i]["x"] for i in way}) == 1
    assert [phone[i]["y"] for i in way] == sorted({phone[i]["y"] for i in way})


def test_presence_shows_by_word_border_and_colour_and_links_to_add_by_a_numbered_badge(
    pages: dict[str, Path], opened: Any
) -> None:
    nodes = {n["id"]: n for n in nodes_of(pages["small"])}
    told = {k: (nodes[NODE + k]["label"], nodes[NODE + k]["mark"]) for k in NAMES if k != "alone"}
    assert told == {
        "metal": ("或有\n金属", ""),
        "foil": ("有\n箔", ""),
        "cell": ("未见\n电芯", "补 1"),
        "pack": ("未见\n电池包", "补 2"),
        "anode": ("有\n负极", ""),
        "separator": ("未见\n隔膜", "补 3"),
        "resin": ("有\n树脂", ""),
    }
    page = opened(pages["small"]).page
    looks = page.evaluate(
        "() => Object.fromEntries(atlasGraph.body.nodeIndices.map(i => { const o = atlasGraph.body.nodes[i].options;"
        " return [i, [o.color.border, JSON.stringify(o.shapeProperties.borderDashes)]]; }))"
    )
    assert len({tuple(looks[NODE + k]) for k in ("metal", "foil", "cell")}) == 3
    assert len({looks[NODE + k][1] for k in ("metal", "foil", "cell")}) == 3


def test_at_most_four_firms_stand_under_a_node_and_the_rest_is_counted(
    pages: dict[str, Path], opened: Any
) -> None:
    under = [n["label"] for n in nodes_of(pages["small"]) if n["id"].startswith(NODE + "foil|")]
    assert under == ["甲厂", "乙厂", "丙厂", "丁厂", "+2"]
    page = opened(pages["small"]).page
    page.evaluate(f"location.hash = encodeURIComponent('{NODE}foil|+')")
    page.reload()
    page.wait_for_selector("html[data-ready='1']")
    assert "己厂" in page.locator("#panel").inner_text()


def test_an_edge_of_domain_knowledge_is_dashed_and_the_panel_says_what_it_rests_on(
    pages: dict[str, Path], opened: Any
) -> None:
    dashes = {
        (e["from"].removeprefix(NODE), e["to"].removeprefix(NODE)): (e["dashes"], e["arrows"])
        for e in edges_of(pages["small"])
    }
    assert dashes == {(a, b): (True, "to") for a, b, *_ in EDGES} | {
        ("cell", "pack"): (False, "to")
    }
    one = opened(pages["small"])
    page = one.page
    page.keyboard.press("/")
    page.keyboard.type("电芯")
    page.keyboard.press("Enter")
    panel = page.locator("#panel").inner_text()
    assert "未见" in panel and "集流体" in panel and "第3句" in panel and "行业常识" in panel
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    page.locator("#stage").focus()
    for _ in ("金属", "箔", "电芯", "电池包"):
        page.keyboard.press("ArrowRight")
    assert page.locator("#told").inner_text() == "补 2 未见 电池包"
    page.keyboard.press("Enter")
    assert "第3句" in page.locator("#panel").inner_text() and one.said == []


def test_an_edge_between_groups_is_told_as_such() -> None:
    rows = rows_of(close("有色金属", "锂电池", "--format", "csv").out)
    assert rows[2][1:3] == ["铝箔", "有"] and rows[2][6].startswith("有色金属 → 铝基材料：")


def test_a_long_route_goes_on_in_a_second_row(pages: dict[str, Path], opened: Any) -> None:
    way = [n for n in nodes_of(pages["long"]) if n["role"] == "node"]
    levels = [n["y"] for n in way]
    assert levels == sorted(levels) and len(set(levels)) == 2
    turns = [n["id"] for n in nodes_of(pages["long"]) if n["role"] == "turn"]
    arrows = [e["arrows"] for e in edges_of(pages["long"]) if {e["from"], e["to"]} & set(turns)]
    assert len(turns) == 4 and arrows == ["", "", "", "", "to"]
    page = opened(pages["long"]).page
    assert page.evaluate("atlasGraph.getScale()") >= 0.85


def test_the_same_answer_gives_the_same_bytes(pages: dict[str, Path], data: str) -> None:
    assert close("金属", "电池包", "--format", "html", data=data).raw == pages["small"].read_bytes()


def test_a_check_shows_on_the_page_as_confirmed_absent_or_as_the_firm_found(
    data: str, opened: Any, tmp_path: Path
) -> None:
    office = ("--workspace", str(tmp_path / "office"), "--data", data)
    by = ("--method", "名录", "--by", "张三", "--on", "2026-11-24")
    env = {"KG_TODAY": "2026-11-24"}
    assert kg("confirm", "隔膜", "--absent", *by, *office, **env).code == 0
    assert (
        kg("confirm", "电池包", "--present", "--firm", "某<b>厂</b>公司", *by, *office, **env).code
        == 0
    )
    out = tmp_path / "r.html"
    ran = close("金属", "电池包", *office, "-o", str(out))
    assert ran.code == 0 and "补 2 环可贯通（电芯、隔膜）" in ran.err
    labels = {n["id"]: n["label"] for n in nodes_of(out)}
    assert labels[NODE + "separator"] == "确认无\n隔膜"
    found = next(i for i in labels if i.startswith(NODE + "pack|"))
    one = opened(out)
    one.page.evaluate("i => { location.hash = encodeURIComponent(i); }", found)
    one.page.reload()
    one.page.wait_for_selector("html[data-ready='1']")
    assert one.page.locator("#panel h2").inner_text() == "某<b>厂</b>公司" and one.said == []


def test_a_page_of_any_route_is_made_of_plain_values(opened: Any, tmp_path: Path) -> None:
    """Things that are no chain nodes, twenty of them, hostile names, and a need that two nodes share."""
    evil = "</script><img src=x onerror=alert(1)>"
    boxes = [
        Box(f"n{n}", evil if n == 3 else f"第{n}个", "firm", actors=(Actor("a", evil, "park"),) * 7)
        for n in range(20)
    ]
    boxes += [Box(f"b{n}", "投入", "product", "absent", "补 1", beside=True) for n in range(4)]
    lines = [Line(f"n{n}", f"n{n + 1}", "是", n % 2 == 0) for n in range(19)]
    # A tie of kg path may point backwards, also from row to row.
    lines[6] = Line("n7", "n6", "在", False)
    lines += [Line(f"b{n}", "n5", "要", True) for n in range(3)]
    lines += [Line("b0", "n9", "要", True), Line("b3", "b1", "要", True)]
    told = {"label": evil, "other": "", "presence": "", "href": "", "facts": [], "more": 0}
    page = tmp_path / "any.html"
    words = page_words()["zh"]
    page.write_text(
        route_page(
            evil, evil, boxes, lines, ["步", "说明"], [[evil, evil]], {"a": told}, "zh", words
        ),
        "utf-8",
    )
    for size in SIZES:
        one = opened(page, size)
        assert one.said == [] and one.page.locator("img").count() == 0
        assert one.page.evaluate(OVERLAPS) == []
        assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        assert one.page.locator("h1").inner_text() == evil
