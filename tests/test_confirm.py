"""kg confirm as a person at the desk runs it, on the real data."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from conftest import Ran, kg

from kg.statements import Statement, read_statements

BASE = "https://w3id.org/cn-industry-chain/"
STRIP = BASE + "node/high-precision-copper-strip"
CITY = BASE + "actor/shaoguan"
TODAY = "2026-11-24"
BY = ("--method", "名录", "--by", "张三")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "office"


def confirm(workspace: Path, *words: str, **env: str) -> Ran:
    return kg("confirm", *words, "--workspace", str(workspace), **{"KG_TODAY": TODAY, **env})


def recorded(workspace: Path) -> list[Statement]:
    statements, findings = read_statements(workspace)
    assert findings == []
    return statements


def test_a_search_in_vain_is_recorded_and_the_next_step_said(workspace: Path) -> None:
    ran = confirm(workspace, "高精度铜带", "--absent", *BY)
    (s,) = recorded(workspace)
    assert ran.code == 0 and ran.out == ""
    assert ran.err == (
        "已记录：高精度铜带 确认无。核查于 2026-11-24 · 名录 · 有效至 2027-11-24\n"
        f"文件：{s.path}\n"
        f"下一步：kg gaps 会显示这次核查；撤回：kg confirm --retract {s.id[:8]}\n"
    )
    assert (s.scope, s.verdict, s.region, s.method, s.by) == (STRIP, "absent", CITY, "名录", "张三")
    assert (s.checked_on.isoformat(), s.valid_until.isoformat()) == ("2026-11-24", "2027-11-24")
    assert Path(s.path).parent == workspace / "statements"


def test_the_same_in_english(workspace: Path) -> None:
    ran = confirm(workspace, "High-precision copper strip", "--absent", *BY, "--lang", "en")
    (s,) = recorded(workspace)
    assert ran.err == (
        "Recorded: High-precision copper strip confirmed absent."
        " Checked on 2026-11-24 · 名录 · valid until 2027-11-24\n"
        f"File: {s.path}\n"
        f"Next: kg gaps shows it; to take it back: kg confirm --retract {s.id[:8]}\n"
    )


def test_a_firm_found_is_recorded_by_name_or_as_the_thing_of_the_graph(workspace: Path) -> None:
    words = ("--present", "--method", "企业走访", "--by", "李四")
    for firm in ("某某铜业有限公司", "东阳光集团", "actor:hec-group", "dyg"):
        ran = confirm(workspace, "高精度铜带", *words, "--firm", firm)
        # By name and by key it is the same firm, and so the same statement.
        assert ran.code == (2 if firm == "actor:hec-group" else 0), ran.err
    hec = BASE + "actor/hec-group"
    # Letters that could be the initials of somebody stay as typed.
    assert {s.firm for s in recorded(workspace)} == {"某某铜业有限公司", hec, "dyg"}


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        (("--on", "2026-11-01"), "2026-11-01", "2027-11-01"),
        (("--valid", "30"), "2026-11-24", "2026-12-24"),
        (("--on", "2024/2/29", "--valid", "1"), "2024-02-29", "2024-03-01"),
        (("--on", "2026年9月1日", "--until", "２０２６－１２－３１"), "2026-09-01", "2026-12-31"),
        (("--until", "2026-11-24"), "2026-11-24", "2026-11-24"),
        (("--today", "2027-01-02"), "2027-01-02", "2028-01-02"),
        (("--today", "9999-12-01"), "9999-12-01", "9999-12-31"),
    ],
)
def test_days_are_written_in_any_usual_way(
    workspace: Path, words: tuple[str, ...], first: str, last: str
) -> None:
    ran = confirm(workspace, "高精度铜带", "--absent", *BY, *words)
    (s,) = recorded(workspace)
    assert ran.code == 0
    assert (s.checked_on.isoformat(), s.valid_until.isoformat()) == (first, last)


def test_a_check_of_one_park_is_recorded_and_does_not_close_the_city(workspace: Path) -> None:
    ran = confirm(workspace, "油墨", "--absent", *BY, "--region", "南雄高新区")
    assert ran.code == 0
    assert "注意：只核查了南雄高新区，不是全市：“未见”不会因此变为“确认无”。\n" in ran.err
    (s,) = recorded(workspace)
    assert s.region == BASE + "actor/nanxiong-high-tech-zone"


def test_the_whole_city_by_any_of_its_names_closes_it(workspace: Path) -> None:
    for n, name in enumerate(("韶关市", "全市", "韶关", "actor:shaoguan")):
        ran = confirm(
            workspace, "油墨", "--absent", "--method", str(n), "--by", "张三", "--region", name
        )
        assert "注意" not in ran.err
    assert {s.region for s in recorded(workspace)} == {CITY}


def test_a_firm_that_the_plan_names_contradicts_and_both_are_kept(workspace: Path) -> None:
    ran = confirm(workspace, "铝箔", "--absent", *BY)
    assert ran.code == 1 and len(recorded(workspace)) == 1
    assert re.findall("矛盾：(.*)\n", ran.err)[0] == (
        "按图谱，铝箔 有 东阳光集团（第五章第一节一 专栏5-1 第4段第1句）"
    )
    assert ran.err.endswith("两者都已保留。请核对哪一个有误：更正图谱，或撤回核查记录。\n")


def test_a_group_claim_or_a_plan_does_not_contradict(workspace: Path) -> None:
    # Firms are listed for the group of 油墨; the city only wishes for 高精度铜带.
    for node in ("油墨", "高精度铜带"):
        assert confirm(workspace, node, "--absent", *BY).code == 0


def test_a_check_of_one_park_contradicts_no_firm_elsewhere(workspace: Path) -> None:
    ran = confirm(workspace, "铝箔", "--absent", *BY, "--region", "南雄高新区")
    assert ran.code == 0 and "矛盾" not in ran.err


def test_two_checks_that_disagree_are_both_kept_and_told(workspace: Path) -> None:
    confirm(workspace, "高精度铜带", "--absent", *BY)
    (first,) = recorded(workspace)
    words = ("--present", "--firm", "某厂", "--method", "企业走访", "--by", "李四")
    ran = confirm(workspace, "高精度铜带", *words, "--lang", "en")
    assert ran.code == 1 and len(recorded(workspace)) == 2
    assert (
        f"Contradiction: statement {first.id[:8]} (High-precision copper strip, 2026-11-24)"
        " says the opposite\n" in ran.err
    )
    # A year later the first has expired and contradicts nothing.
    later = confirm(workspace, "高精度铜带", *words, "--today", "2028-01-01")
    assert later.code == 0


def test_an_old_check_is_recorded_and_said_to_count_for_nothing(workspace: Path) -> None:
    ran = confirm(workspace, "铝箔", "--absent", *BY, "--on", "2022-01-12", "--lang", "en")
    assert ran.code == 0 and len(recorded(workspace)) == 1
    assert "Note: it has expired by today (2026-11-24) and counts for nothing.\n" in ran.err


ABSENT = ("高精度铜带", "--absent", *BY)
WRONG = [
    ((), "请写一个环节"),
    (("--absent",), "请写一个环节"),
    (("高精度铜带", *BY), "--absent（确认无）与 --present（有）中选一个"),
    ((*ABSENT, "--present"), "--absent（确认无）与 --present（有）中选一个"),
    (("高精度铜带", "--absent", "--by", "张三"), "缺少参数 --method"),
    (("高精度铜带", "--absent", "--method", "名录"), "缺少参数 --by"),
    (("高精度铜带", "--absent", "--method", " ", "--by", "张三"), "缺少参数 --method"),
    (("高精度铜带", "--present", *BY), "--present 须用 --firm"),
    (("高精度铜带", "--present", *BY, "--firm", ""), "--present 须用 --firm"),
    ((*ABSENT, "--firm", "某厂"), "--absent 不用 --firm"),
    (("高精度铜带", "--present", *BY, "--firm", "铝企业"), "是一类企业"),
    (("高精度铜带", "--present", *BY, "--firm", "actor:shaoguan"), "类别是地区"),
    (("高精度铜带", "--present", *BY, "--firm", "https://x.cn/1"), "图谱中没有"),
    ((*ABSENT, "--on", "昨天"), "--on：“昨天”不是日期"),
    ((*ABSENT, "--on", "2026-02-30"), "--on：“2026-02-30”不是日期"),
    ((*ABSENT, "--until", "24.11.2027"), "--until：“24.11.2027”不是日期"),
    ((*ABSENT, "--today", "soon"), "--today / KG_TODAY：“soon”不是日期"),
    ((*ABSENT, "--on", "2026-11-25"), "核查日 2026-11-25 在今天（2026-11-24）之后"),
    ((*ABSENT, "--until", "2026-11-23"), "有效期至 2026-11-23，早于核查日 2026-11-24"),
    ((*ABSENT, "--until", "2027-01-01", "--valid", "3"), "只能用一个"),
    ((*ABSENT, "--valid", "0"), "--valid 有误"),
    ((*ABSENT, "--region", "火星"), "没有叫“火星”的对象"),
    ((*ABSENT, "--region", "铝箔"), "类别是产品"),
    (("铝铂", "--absent", *BY), "铝箔（node:aluminium-foil）"),
    (("先进材料", "--absent", *BY), "“先进材料”的类别是产业。 此处须为：环节、产品、技术、服务"),
    (("node:nothing", "--absent", *BY), "图谱中没有“node:nothing”"),
    (("node:a b", "--absent", *BY), "不是有效的代号"),
    (("高精度铜带", "--absent", "--method", "a\x07", "--by", "张三"), "控制字符 U+0007"),
    ((*ABSENT, "--format", "json"), "只用于 --list"),
    ((*ABSENT, "--list"), "请写一个环节"),
    (("--list", "--retract", "ab"), "请写一个环节"),
    (("--retract", "ab"), "没有编号以“ab”开头的核查记录"),
    ((*ABSENT, "--data", "no-such-folder"), "找不到数据文件夹"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=lambda v: v if isinstance(v, str) else "")
def test_a_wrong_command_line_gets_one_clear_sentence_and_records_nothing(
    workspace: Path, words: tuple[str, ...], said: str
) -> None:
    ran = confirm(workspace, *words)
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert said in ran.err and not workspace.exists()


def test_an_ambiguous_node_is_listed_and_nothing_is_guessed(
    tiny_files: list[Path], workspace: Path
) -> None:
    (tiny_files[0].parent / "twin.ttl").write_text(
        f"@prefix ic: <{BASE}vocab#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f'<{BASE}node/foil-2> a ic:Product ; skos:prefLabel "铝箔"@zh , "Foil two"@en ;'
        f" skos:broader <{BASE}node/foils> .\n",
        "utf-8",
    )
    data = ("--data", str(tiny_files[0].parent))
    ran = confirm(workspace, "铝箔", "--absent", *BY, *data, "--region", "本市")
    assert ran.code == 2 and "node:foil" in ran.err and "node:foil-2" in ran.err
    assert not workspace.exists()
    assert confirm(workspace, "node:foil-2", "--absent", *BY, *data, "--region", "本市").code == 0


def test_data_of_another_city_asks_for_the_place(tiny_files: list[Path], workspace: Path) -> None:
    ran = confirm(workspace, "铝箔", "--absent", *BY, "--data", str(tiny_files[0].parent))
    assert ran.code == 2 and "请用 --region 写明核查的地区" in ran.err


def test_the_same_check_is_not_recorded_twice(workspace: Path) -> None:
    confirm(workspace, *ABSENT)
    ran = confirm(workspace, *ABSENT, "--note", "again")
    (s,) = recorded(workspace)
    assert ran.code == 2 and s.note == ""
    assert f"已经有了：{s.path}。 如需更改，请先 kg confirm --retract {s.id[:8]}。" in ran.err


def test_hostile_words_come_back_exactly_and_move_no_cursor(workspace: Path) -> None:
    text = '"""\\"; drop\n\t<b>\u202e=1'
    ran = confirm(
        workspace, "高精度铜带", "--absent", "--method", text, "--by", text, "--note", text
    )
    (s,) = recorded(workspace)
    assert ran.code == 0 and (s.method, s.by, s.note) == (text, text, text)
    assert "\u202e" not in ran.err and ran.err.count("\n") == 3
    table = confirm(workspace, "--list")
    assert "\u202e" not in table.out and table.out.count("\n") == 3
    (told,) = json.loads(confirm(workspace, "--list", "--format", "json").out)
    assert told["note"] == text


@pytest.fixture
def four(workspace: Path) -> Path:
    """One of each state: valid, expired, in one park only, and a firm."""
    confirm(workspace, *ABSENT)
    confirm(workspace, "油墨", "--absent", *BY, "--on", "2025-01-01", "--valid", "30")
    confirm(workspace, "油墨", "--absent", *BY, "--region", "南雄高新区", "--note", "园区 3 家")
    confirm(
        workspace, "油墨", "--present", "--firm", "某某油墨", "--method", "企业走访", "--by", "李四"
    )
    return workspace


def test_the_list_shows_every_statement_and_how_it_stands(four: Path) -> None:
    ran = confirm(four, "--list", "--format", "csv")
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert ran.code == 0 and ran.err == ""
    heads = "编号 环节 结论 状态 地区 方法 核查人 核查日 有效至 企业 备注 文件"
    assert rows[0] == heads.split()
    assert sorted(r[1:11] for r in rows[1:]) == sorted([
        ["高精度铜带", "确认无", "有效", "韶关市", "名录", "张三", TODAY, "2027-11-24", "", ""],
        ["油墨", "确认无", "已过期", "韶关市", "名录", "张三", "2025-01-01", "2025-01-31", "", ""],
        [
            "油墨",
            "确认无",
            "未覆盖全市",
            "南雄高新区",
            "名录",
            "张三",
            TODAY,
            "2027-11-24",
            "",
            "园区 3 家",
        ],
        ["油墨", "有", "有效", "韶关市", "企业走访", "李四", TODAY, "2027-11-24", "某某油墨", ""],
    ])
    assert [r[11] for r in rows[1:]] == [s.path for s in recorded(four)]
    early = confirm(four, "--list", "--format", "csv", "--today", "2025-01-31", "--lang", "en")
    states = {r["state"] for r in csv.DictReader(io.StringIO(early.out))}
    assert states == {"not yet checked", "valid"}


def test_the_list_as_json_has_one_form_in_every_language(four: Path) -> None:
    zh = json.loads(confirm(four, "--list", "--format", "json").out)
    en = json.loads(confirm(four, "--list", "--format", "json", "--lang", "en").out)
    (told,) = (t for t in en if t["state"] == "partial")
    (kept,) = (s for s in recorded(four) if s.region != CITY)
    assert told == {
        "id": kept.id,
        "scope": BASE + "node/inks",
        "scope_label": "Inks",
        "verdict": "absent",
        "state": "partial",
        "region": BASE + "actor/nanxiong-high-tech-zone",
        "region_label": "Nanxiong High-tech Zone",
        "method": "名录",
        "by": "张三",
        "checked_on": TODAY,
        "valid_until": "2027-11-24",
        "firm": "",
        "firm_label": "",
        "note": "园区 3 家",
        "path": kept.path,
    }
    same = [k for k in told if not k.endswith("_label")]
    assert [{k: t[k] for k in same} for t in zh] == [{k: t[k] for k in same} for t in en]
    assert {t["scope_label"] for t in zh} == {"高精度铜带", "油墨"}


def test_the_list_as_workbook_markdown_and_table_holds_the_same_rows(four: Path) -> None:
    from openpyxl import load_workbook

    out = four / "list.xlsx"
    assert confirm(four, "--list", "-o", str(out)).code == 0
    sheet = load_workbook(out).active
    assert sheet is not None and sheet.max_row == 5
    assert {str(r[0]) for r in sheet.iter_rows(min_row=2, values_only=True)} == {
        s.id for s in recorded(four)
    }
    for style, extra in (("md", 2), ("table", 2)):
        assert confirm(four, "--list", "--format", style).out.count("\n") == 4 + extra


def test_an_empty_list_is_no_fault(workspace: Path) -> None:
    ran = confirm(workspace, "--list", "--format", "json")
    assert (ran.code, ran.out, ran.err) == (0, "[]\n", "还没有核查记录。\n")
    assert not workspace.exists()


def test_a_broken_file_is_told_and_the_rest_is_listed(four: Path) -> None:
    bad = four / "statements" / "bad.ttl"
    bad.write_text("ic:nonsense", "utf-8")
    ran = confirm(four, "--list", "--format", "json", "--lang", "en")
    assert ran.code == 1 and len(json.loads(ran.out)) == 4
    assert ran.err.startswith(f"{bad}: cannot be read: ") and ran.err.count("\n") == 1
    assert "Mend the file" in ran.err


def test_a_node_that_the_graph_no_longer_has_is_listed_by_its_key(four: Path) -> None:
    for s in recorded(four):
        path = Path(s.path)
        path.write_text(path.read_text("utf-8").replace("node:inks", "node:gone"), "utf-8")
    told = json.loads(confirm(four, "--list", "--format", "json").out)
    assert {t["scope_label"] for t in told} == {"高精度铜带", "node:gone"}


def test_a_statement_is_taken_back_and_can_be_made_again(workspace: Path) -> None:
    confirm(workspace, *ABSENT)
    (s,) = recorded(workspace)
    ran = confirm(workspace, "--retract", s.id[:6])
    gone = workspace / "statements" / "retracted" / Path(s.path).name
    assert (ran.code, ran.err) == (0, f"已撤回，移至 {gone}\n") and gone.is_file()
    assert recorded(workspace) == []
    assert confirm(workspace, *ABSENT).code == 0 and recorded(workspace) == [s]


def test_the_workspace_and_the_day_come_from_the_environment(tmp_path: Path) -> None:
    ran = kg("confirm", *ABSENT, KG_WORKSPACE=str(tmp_path / "desk"), KG_TODAY="2027-03-01")
    (s,) = recorded(tmp_path / "desk")
    assert ran.code == 0 and s.checked_on.isoformat() == "2027-03-01"


def test_the_examples_in_the_help_run(workspace: Path) -> None:
    import shlex

    examples = re.findall(r"^ +kg (confirm .+)$", kg("confirm", "--help").out, re.M)
    assert len(examples) == 5
    for example in examples[:4]:
        ran = confirm(workspace, *shlex.split(example)[1:])
        assert ran.code == 0, ran.err


def test_a_workspace_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "statements").write_text("x", "utf-8")
    ran = confirm(tmp_path, *ABSENT)
    assert ran.code == 2 and "无法写入" in ran.err and ran.err.count("\n") == 1
