"""kg gaps, gap, what-if and compare as a newcomer and an analyst use them: the real command, whole answers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from conftest import kg

from kg.facts import Facts
from kg.gaps import findings, open_survey, rules_named
from kg.graph import LocalGraph
from kg.query import fill, load

NODE = "https://w3id.org/cn-industry-chain/node/"
ACTOR = "https://w3id.org/cn-industry-chain/actor/"


@pytest.fixture
def data(tiny_files: list[Path]) -> tuple[str, str]:
    """The tiny city: ore feeds foil; the mill makes foil; two firms are listed for the powders; ore is wished for."""
    return "--data", str(tiny_files[0].parent)


def gaps(*words: str) -> list[dict[str, Any]]:
    ran = kg("gaps", *words, "--format", "json")
    assert ran.code in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_a_finding_carries_formula_claims_sources_and_what_would_overturn_it(
    data: tuple[str, str],
) -> None:
    (gap,) = gaps("--rule", "a", "--today", "2026-01-01", *data)
    assert gap["formula"].startswith("链上的末级节点")
    del gap["formula"]
    assert gap["claims"][0]["citation"][0]["place"] == "第3句"
    del gap["claims"]
    assert [(e["subject_label"], e["object_label"], e["origin"]) for e in gap.pop("edges")] == [
        ("矿石", "铝箔", "domain")
    ]
    assert gap.pop("computed") == {
        "on": "2026-01-01",
        "version": "1",
        "rules": ["a"],
        "chains": [NODE + "metals"],
        "within": [],
        "plan_only": False,
        "weights": None,
        "seed": 0,
    }
    assert gap == {
        "id": gap["id"],
        "rule": "a",
        "rule_name": "no-actor",
        "chain": NODE + "metals",
        "chain_label": "金属",
        "node": NODE + "ore",
        "label": "矿石",
        "kind": "Product",
        "presence": "unseen",
        "presence_word": "未见",
        "presence_means": "已收录 1 个来源中未见",
        "position": "no-upstream",
        "position_word": "缺上游",
        "interval": {"low": 1, "high": 3, "n": 4, "of": "个末级节点有主体"},
        "finding": "已收录的 1 个来源中未见“矿石”的主体。",
        "domain_edges": 1,
        "sources": ["小规划"],
        "overturned_by": "任一来源写明某企业生产或从事“矿石”，或核查找到一家：kg confirm 矿石 --present --firm 企业 --method 方法 --by 姓名。",
        "next_check": "查市级企业名录与统计名录中经营“矿石”的企业，必要时走访；结果用 kg confirm 记录。",
        "details": {"checks": []},
    }


def test_a_wish_for_a_kind_of_firm_is_a_declared_target_of_what_it_makes(
    data: tuple[str, str],
) -> None:
    (gap,) = gaps("--rule", "declared", *data)
    assert gap["label"] == "矿石"
    assert gap["details"] == {
        "verb": "recruit",
        "verb_word": {"zh": "引进", "en": "recruit"},
        "printed": ["引进"],
        "asks": "recruit",
        "from": [],
    }


def test_the_same_gap_keeps_its_id_in_another_language_and_with_other_data(
    data: tuple[str, str], tiny_files: list[Path]
) -> None:
    (before,) = gaps("--rule", "a", *data)
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    more = f"<{NODE}gold> a ic:Product ; skos:prefLabel '金'@zh , 'Gold'@en ; skos:broader node:powders ."
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    after = gaps("--rule", "a", "--lang", "en", *data)
    assert before["id"] in {g["id"] for g in after}


def test_an_absence_in_another_place_than_the_city_closes_nothing_and_says_so(
    data: tuple[str, str], tmp_path: Path
) -> None:
    place = ("--workspace", str(tmp_path / "w"), *data)
    said = ("--method", "名录", "--by", "张三", "--on", "2026-01-10", "--today", "2026-01-10")
    region = ("--region", "本市")
    ran = kg("confirm", "矿石", "--absent", "--valid", "30", *said, *region, *place)
    assert ran.code in (0, 1), ran.err
    (still,) = gaps("--rule", "a", "--today", "2026-01-20", *place)
    # The tiny city is not 韶关市: a check that does not cover the city closes nothing.
    assert (still["presence"], still["details"]) == ("unseen", {"checks": []})
    told = kg("gaps", "--rule", "a", "--today", "2026-01-20", *place)
    assert "“矿石”的核查只覆盖本市，不能说明全市没有。" in told.err


def test_only_a_check_turns_unseen_into_absent_and_it_expires(tmp_path: Path) -> None:
    place = ("--workspace", str(tmp_path))
    said = ("--method", "名录", "--by", "张三", "--on", "2026-01-10", "--today", "2026-01-10")
    node = "a-ec915a65"  # 高精度铜带

    def now(day: str) -> tuple[str, str, list[dict[str, Any]]]:
        found = {g["id"]: g for g in gaps("先进材料", "--rule", "a", "--today", day, *place)}
        gap = found[node]
        return gap["presence_word"], gap["presence_means"], gap["details"]["checks"]

    assert now("2026-01-20") == ("未见", "已收录 1 个来源中未见", [])
    assert kg("confirm", "高精度铜带", "--absent", "--valid", "30", *said, *place).code == 0
    check = {
        "verdict": "absent",
        "on": "2026-01-10",
        "until": "2026-02-09",
        "method": "名录",
        "by": "张三",
    }
    assert now("2026-01-20") == (
        "确认无",
        "核查于 2026-01-10 · 名录 · 有效至 2026-02-09",
        [{**check, "valid": True}],
    )
    assert now("2026-02-10") == ("未见", "已收录 1 个来源中未见", [{**check, "valid": False}])
    late = ("--today", "2026-02-10", "--format", "csv", *place)
    ran = kg("gaps", "先进材料", "--rule", "a", *late)
    assert "“高精度铜带”的核查（2026-01-10）已于 2026-02-09 到期，不再计入。" in ran.err
    assert "“高精度铜带”的主体。2026-01-10 的核查已于 2026-02-09 到期。" in ran.out


def test_a_firm_found_makes_the_node_present(tmp_path: Path) -> None:
    place = ("--workspace", str(tmp_path))
    said = ("--firm", "某铜业公司", "--method", "走访", "--by", "李四")
    assert kg("confirm", "高精度铜带", "--present", *said, *place).code == 0
    assert "a-ec915a65" not in {g["id"] for g in gaps("先进材料", "--rule", "a", *place)}


def test_csv_and_xlsx_hold_the_sources_in_the_rows_and_no_formula(tmp_path: Path) -> None:
    out = tmp_path / "gaps.xlsx"
    assert kg("gaps", "现代轻工", "-o", str(out)).code == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
    text = kg("gaps", "现代轻工", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][-4:] == ["什么会推翻它", "下一步核验", "出处", "已查来源"]
    assert [
        ["" if c is None else str(c) for c in r] for r in sheet.iter_rows(values_only=True)
    ] == rows
    assert all("韶关市科技创新“十四五”规划" in row[-1] for row in rows[1:])
    assert any("章" in row[-2] for row in rows[1:])


def test_a_hostile_name_runs_in_no_spreadsheet(
    data: tuple[str, str], tiny_files: list[Path]
) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(path.read_text("utf-8").replace('"矿石"@zh', '"=cmd|calc"@zh'), "utf-8")
    rows = list(csv.reader(io.StringIO(kg("gaps", "--rule", "a", "--format", "csv", *data).out)))
    assert rows[1][3] == "'=cmd|calc"


def test_plan_only_leaves_domain_edges_out(data: tuple[str, str]) -> None:
    (with_domain,) = gaps("--rule", "b", *data)
    (without,) = gaps("--rule", "b", "--plan-only", *data)
    assert (with_domain["position"], with_domain["domain_edges"]) == ("no-upstream", 1)
    assert (without["position"], without["edges"]) == ("isolated", [])


def test_what_if_says_what_would_change(data: tuple[str, str]) -> None:
    ran = kg("what-if", "--with", "矿石=丁矿业", "--format", "json", *data)
    assert ran.code == 0, ran.err
    assert [(c["change"], c["rule"], c["label"]) for c in json.loads(ran.out)] == [
        ("gone", "a", "矿石"),
        ("gone", "b", "矿石"),
        ("new", "c", "丁矿业"),
        ("gone", "d", "矿石"),
        ("new", "e", "矿石"),
        ("gone", "f", "矿石"),
        ("changed", "h", "矿石"),
        ("changed", "i", "矿石"),
    ]
    assert "1–3/4 → 2–4/4" in ran.err and "按新企业假设" in ran.err
    ran = kg("what-if", "--without", "甲厂", "--format", "json", *data)
    assert ("new", "a", "铝箔") in [
        (c["change"], c["rule"], c["label"]) for c in json.loads(ran.out)
    ]


def test_compare_finds_nothing_where_nothing_changed_and_says_why_where_it_did(
    data: tuple[str, str], tmp_path: Path
) -> None:
    then, export = tmp_path / "then.json", tmp_path / "then.trig"
    assert kg("gaps", "--format", "json", "-o", str(then), *data).code == 0
    assert kg("export", "--format", "trig", "-o", str(export), *data).code == 0
    for snapshot in (then, export, Path(data[1])):
        ran = kg("compare", str(snapshot), "--format", "json", *data)
        assert (ran.code, json.loads(ran.out)) == (0, []), ran.err
    place = ("--workspace", str(tmp_path / "w"))
    said = ("--firm", "丁矿业", "--method", "走访", "--by", "李四", "--region", "本市")
    assert kg("confirm", "矿石", "--present", *said, *place, *data).code == 0
    ran = kg("compare", str(then), "--format", "json", *place, *data)
    assert ("gone", "a", "矿石") in [
        (c["change"], c["rule"], c["label"]) for c in json.loads(ran.out)
    ]


def test_findings_are_recorded_as_claims_with_method_and_version_and_same_bytes(
    data: tuple[str, str], tmp_path: Path
) -> None:
    place = ("--workspace", str(tmp_path), "--today", "2026-03-01", *data)
    assert kg("gaps", "--rule", "a", "--record", *place).code == 0
    (path,) = (tmp_path / "findings").iterdir()
    first = path.read_bytes()
    assert path.name.startswith("2026-03-01-a-") and path.suffix == ".ttl"
    assert kg("gaps", "--rule", "a", "--record", *place).code == 0
    assert path.read_bytes() == first
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        "PREFIX ic: <https://w3id.org/cn-industry-chain/vocab#> PREFIX prov: <http://www.w3.org/ns/prov#>"
        " SELECT ?node ?version WHERE { ?node ic:claim ?f . ?f a ic:Finding ; prov:hadPlan ?m ."
        " ?m ic:methodVersion ?version }"
    )
    assert [(r["node"].value, r["version"].value) for r in rows] == [(NODE + "ore", "1")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("gaps", "不存在的链"), 2, "图谱中没有叫“不存在的链”的对象"),
        (("gaps", "韶钢"), 2, "“韶钢”是企业，这里需要：产业"),
        (("gaps", "--rule", "zz"), 2, "没有规则 zz"),
        (("gaps", "--weights", "value=0.5"), 2, "合计为 1，现合计 0.5"),
        (("gaps", "--weights", "luck=1"), 2, "没有名为 luck 的权重"),
        (("gaps", "--weights", "value=much"), 2, "无法读取权重"),
        (("gaps", "--today", "明天"), 2, "不是日期"),
        (("gaps", "--relatedness"), 2, "需要至少 30 个以同样方式读取的地区，现有 1 个"),
        (("gap", "a-00000000"), 2, "今天没有编号为 a-00000000 的缺口"),
        (("gap", "zz-1"), 2, "图谱中没有叫“zz-1”的对象"),
        (("gap", "铜合金引线框架"), 2, "是名称，不是编号；它的发现：a-"),
        (("gap", "d-0d5b7ebe", "-o", "card.pdf"), 2, "不认识的文件类型：card.pdf"),
        (("gaps", "-o", "list.doc"), 2, "不认识的文件类型：list.doc"),
        (("gaps", "node:nosuch"), 2, "“node:nosuch”不在任何一条链上"),
        (("gaps", "--seed", "-1"), 2, "--seed 有误"),
        (("what-if", "--with", "高精度铜带=铝箔"), 2, "“铝箔”是产品"),
        (("what-if", "--with", "高精度铜带=铝企业"), 2, "不是某一家企业或机构"),
        (("what-if", "--without", "actor:nosuch"), 2, "不是某一家企业或机构"),
        (("what-if",), 2, "没有假设"),
        (("what-if", "--without", "没有这家企业"), 2, "图谱中没有叫“没有这家企业”的对象"),
        (("what-if", "--with", "铝箔"), 2, "写成 --with 节点=企业"),
        (("what-if", "--with", "韶钢=某厂"), 2, "“韶钢”是企业"),
        (("compare", "/no/such.json"), 2, "无法读取"),
        (("compare", "/no/such.pdf"), 2, "不认识的留存文件"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else None,
)
def test_wrong_input_gets_one_sentence_and_the_next_step(
    words: tuple[str, ...], code: int, said: str
) -> None:
    ran = kg(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err and ran.err.count("\n") == 1


def test_a_snapshot_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text, said in (("{", "不是 JSON"), ("[1]", "不是缺口清单"), ('{"a": 1}', "不是缺口清单")):
        path.write_text(text, "utf-8")
        ran = kg("compare", str(path))
        assert ran.code == 2 and said in ran.err


@pytest.mark.parametrize(("name", "rule"), [("unseen-nodes", "a"), ("declared-unseen", "d")])
def test_a_rule_that_is_a_pattern_is_a_query_and_both_find_the_same(
    name: str, rule: str, graph: LocalGraph, facts: Facts
) -> None:
    survey = open_survey(graph, date(2026, 1, 1), facts=facts)
    found: dict[str, set[str]] = {}
    for gap in findings(survey, rules_named([rule])):
        # A target for a whole group is told by the rule; the query tells leaves.
        if gap.node in survey.nodes and survey.nodes[gap.node].leaf:
            found.setdefault(gap.chain, set()).add(gap.node)
    for chain in survey.chains:
        rows = graph.texts(fill(load(name), graph, {"chain": chain}))
        assert {row[0] for row in rows} == found.get(chain, set()), chain


def test_the_same_input_gives_the_same_bytes() -> None:
    one, two = (kg("gaps", "现代轻工", "--format", "json", "--seed", "7").raw for _ in range(2))
    assert one == two
