from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, kg

from kg.cli.root import COMMANDS


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_teaches_by_example_in_both_languages(command: str) -> None:
    ran = kg(*command.split(), "--help")
    assert ran.code == 0 and "kg " in ran.out.split("例 Example")[1]
    assert any("\u4e00" <= c <= "\u9fff" for c in ran.out)


def test_the_start_loads_neither_rdflib_nor_networkx_nor_pyvis() -> None:
    code = (
        "import sys; sys.argv = ['kg', 'query', 'lacks']\n"
        "from kg.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join(sorted({'rdflib', 'networkx', 'pyvis', 'jinja2', 'pypinyin', 'openpyxl'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""


def test_a_question_prints_labels_with_places() -> None:
    ran = kg("query", "firms-of-chain", "--chain", "先进材料")
    assert ran.code == 0 and "东阳光集团" in ran.out and "专栏5-1" in ran.out
    english = kg("query", "firms-of-chain", "--chain", "Advanced materials", "--lang", "en")
    assert "HEC Group" in english.out and "Box 5-1" in english.out


def test_json_of_a_question_is_sparql_results_json() -> None:
    told = json.loads(kg("query", "lacks", "--format", "json").out)
    assert told["head"]["vars"] == ["who", "lacks", "status", "place"]
    assert {b["who"]["type"] for b in told["results"]["bindings"]} == {"uri"}


def test_csv_goes_to_excel_with_its_mark_and_to_a_pipe_without(tmp_path: Path) -> None:
    plain = kg("query", "lacks", "--format", "csv")
    rows = list(csv.reader(io.StringIO(plain.out)))
    assert rows[0] == ["谁", "缺乏", "状态", "出处"] and len(rows) > 5
    kg("query", "lacks", "--format", "csv", "-o", str(tmp_path / "lacks.csv"))
    assert (tmp_path / "lacks.csv").read_bytes() == b"\xef\xbb\xbf" + plain.raw


def test_a_workbook_opens_with_every_row_and_no_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "indicators.xlsx"
    assert kg("query", "indicators", "--format", "xlsx", "-o", str(out)).code == 0
    sheet = load_workbook(out).active
    rows = list(csv.reader(io.StringIO(kg("query", "indicators", "--format", "csv").out)))
    assert sheet is not None and sheet.max_row == len(rows)
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
    again = tmp_path / "again.xlsx"
    kg("query", "indicators", "--format", "xlsx", "-o", str(again))
    assert again.read_bytes() == out.read_bytes()


def test_about_json_has_the_documented_form() -> None:
    told = json.loads(kg("about", "铝箔", "--format", "json").out)
    assert {"iri", "label", "labels", "kind", "claims"} <= set(told)
    assert told["label"] == "铝箔" and told["labels"]["en"] == "Aluminium foil"
    claim = next(
        c
        for c in told["claims"]
        if c["subject_label"] == "东阳光集团" and c["status"] == "existing"
    )
    assert claim["predicate"] == "ic:makes" and claim["level"] == "product"
    (citation,) = claim["citation"]
    assert set(citation) == {"iri", "place", "start", "end", "sha256"}


def test_find_ranks_and_says_why() -> None:
    hits = json.loads(kg("find", "shaogang", "--format", "json").out)
    assert set(hits[0]) == {"iri", "label", "kind", "score", "why", "matched"}
    assert hits[0]["label"] == "广东韶关钢铁有限公司" and hits[0]["score"] >= hits[-1]["score"]


def test_sparql_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    query = "SELECT ?s WHERE { ?s skos:prefLabel '铝箔'@zh }"
    (tmp_path / "q.rq").write_text(query, "utf-8")
    assert kg("sparql", str(tmp_path / "q.rq")).out == kg("sparql", "-", stdin=query).out
    assert kg("sparql", "-", "--keys", stdin=query).out.split()[-1] == "node:aluminium-foil"
    assert kg("sparql", "-", stdin="ASK { ?s ?p ?o }").out == "true\n"
    triple = kg("sparql", "-", stdin="CONSTRUCT WHERE { node:aluminium-foil a ?c }").out
    assert triple.endswith("vocab#Product> .\n")


def test_a_query_that_never_ends_is_ended_with_advice() -> None:
    forever = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ran = kg("sparql", "-", "--timeout", "1", stdin=forever)
    assert ran.code == 2 and "LIMIT" in ran.err and ran.out == ""


WRONG = [
    (("abuot", "x"), "是否指 about"),
    ((), "Commands"),
    (("about",), "缺少参数"),
    (("about", "铝铂"), "铝箔"),
    (("query", "firm-of-chain"), "firms-of-chain"),
    (("query", "firms-of-chain"), "缺少参数 --chain"),
    (("query", "firms-of-chain", "--chian", "x"), "是否指 --chain"),
    (("query", "firms-of-chain", "--chain", "不存在的链"), "没有叫“不存在的链”的对象"),
    (("query", "lacks", "--format", "pdf"), "有误"),
    (("sparql", "no-such-file.rq"), "无法读取 no-such-file.rq"),
    (("query", "lacks", "--data", "no-such-folder"), "找不到数据文件夹"),
    (("query", "lacks", "--queries", "no-such-folder"), "没有选项"),
    (("query", "--queries", "no-such-folder"), "找不到查询文件夹"),
    (("query", "lacks", "--store", "ftp://x"), "http(s)"),
    (("source", "attach", "no-such-plan.txt"), "无法读取文件"),
    (("check", "--document", "no-such-plan.txt"), "无法读取文件"),
    (("export", "--format", "csv"), "-o 文件夹"),
    (("tidy", "no-such.ttl"), "无法读取"),
    (("site",), "缺少参数"),
]


@pytest.mark.parametrize(
    ("words", "said"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_a_wrong_command_line_gets_one_clear_sentence(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ran = kg(*words, cwd=tmp_path)
    assert said in ran.err + ran.out
    assert "Traceback" not in ran.err
    if words:
        assert ran.code == 2 and ran.err.count("\n") == 1 and not list(tmp_path.iterdir())


def test_a_broken_query_names_line_and_column() -> None:
    ran = kg("sparql", "-", stdin="SELECT ?x WHERE { ?x a }", KG_LANG="en")
    assert ran.code == 2 and "not valid SPARQL" in ran.err and "1:" in ran.err


def test_nothing_found_is_a_finding_and_not_a_fault() -> None:
    assert kg("find", "qqqqqq").code == 1
    ran = kg("query", "in-place", "--place", "珠玑古巷", KG_LANG="en")
    assert ran.code == 1 and "kg find" in ran.err


def test_messages_follow_the_language() -> None:
    assert (
        "There is no command" in kg("--lang=en", "nonsense").err
        or "option" in kg("--lang=en", "x").err
    )
    assert "Nothing in the graph" in kg("about", "qqqq", "--lang", "en").err
    assert "Nothing in the graph" in kg("about", "qqqq", KG_LANG="en").err


def test_a_c_locale_changes_no_byte() -> None:
    usual = kg("query", "lacks")
    assert kg("query", "lacks", LC_ALL="C", PYTHONIOENCODING="gbk", PYTHONUTF8="0").raw == usual.raw


def test_a_closed_pipe_is_not_a_fault() -> None:
    done = subprocess.run(
        f"{sys.executable} -m kg export --format nt | head -n 1",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.stderr == b"" and done.stdout.count(b"\n") == 1


def test_output_into_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    ran = kg("query", "lacks", "-o", str(tmp_path / "file" / "out.txt"))
    assert ran.code == 2 and "无法写入" in ran.err
