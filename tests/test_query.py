from __future__ import annotations

import csv
import io
import json
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from conftest import kg

from kg.errors import KgError
from kg.graph import LocalGraph, data_files
from kg.query import Question, catalogue, fill, load, parse, run
from kg.rows import materialise

QUESTIONS = catalogue()


@pytest.fixture(scope="module")
def oracle() -> rdflib.Graph:
    """The same files in rdflib's own store."""
    graph = rdflib.Graph()
    for path in data_files():
        graph.parse(path, format="turtle")
    return graph


def value(term: Any) -> object:
    """A term for comparison by value: pyoxigraph turns 2.0 into 2, rdflib does not."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode | rdflib.URIRef):
        return str(getattr(term, "value", term))
    datatype = str(getattr(term.datatype, "value", term.datatype) or "")
    text = str(getattr(term, "value", term)) if isinstance(term, ox.Literal) else str(term)
    if datatype.endswith(("#integer", "#decimal")):
        return Decimal(text)
    return text, term.language or ""


def example(question: Question) -> dict[str, str]:
    """The parameters of the example as a shell would split them."""
    words = shlex.split(question.example)[3:]
    return {
        words[n].removeprefix("--").replace("-", "_"): words[n + 1] for n in range(0, len(words), 2)
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_gives_the_same_rows_on_pyoxigraph_and_on_rdflib(
    question: Question, graph: LocalGraph, oracle: rdflib.Graph
) -> None:
    sparql = fill(question, graph, example(question))
    _, ours = materialise(graph.query(sparql))
    theirs = oracle.query(sparql)
    assert sorted(map(repr, ([value(t) for t in row] for row in ours))) == sorted(
        map(repr, ([value(t) for t in row] for row in theirs))
    )
    assert ours, f"the example of {question.name} has no row"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_the_file_runs_as_it_is_in_any_console(question: Question, graph: LocalGraph) -> None:
    # Without our prefixes: what another console would be given.
    _, rows = materialise(graph.store.query(question.text))
    _, filled = materialise(run(question, graph, example(question)))
    assert sorted(map(repr, rows)) == sorted(map(repr, filled))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_every_column_has_a_name_in_both_languages(question: Question, graph: LocalGraph) -> None:
    head, _ = materialise(run(question, graph, example(question)))
    assert set(head) == set(question.columns)
    assert all(w.zh and w.en and w.zh != w.en for w in question.columns.values())


def test_a_value_is_bound_and_never_pasted(tmp_path: Path, tiny: LocalGraph) -> None:
    path = tmp_path / "hostile.rq"
    path.write_text(
        "#+ summary: {zh: 试, en: try}\n#+ parameters: {word: {zh: 词, en: word, example: 甲厂}}\n"
        'SELECT ?t WHERE { VALUES ?_word_literal { "甲厂" } ?t skos:prefLabel ?l FILTER(STR(?l) = ?_word_literal) }',
        "utf-8",
    )
    question = parse(path)
    assert len(tiny.select(fill(question, tiny, {"word": "甲厂"}))) == 1
    hostile = '甲厂" } ?t ?p ?o } #'
    assert tiny.select(fill(question, tiny, {"word": hostile})) == []


def test_an_optional_parameter_left_out_restricts_nothing(tmp_path: Path, tiny: LocalGraph) -> None:
    path = tmp_path / "open.rq"
    path.write_text(
        "#+ summary: {zh: 试, en: try}\n#+ parameters: {stage: {zh: 段, en: stage, example: x}}\n"
        "SELECT ?n WHERE { ?n ic:stage ?s . VALUES ?__stage_iri { stage:upstream } "
        "FILTER(!BOUND(?__stage_iri) || ?s = ?__stage_iri) }",
        "utf-8",
    )
    question = parse(path)
    assert len(tiny.select(fill(question, tiny, {}))) == 4
    assert len(tiny.select(fill(question, tiny, {"stage": "stage:upstream"}))) == 1


def test_wrong_names_and_missing_or_unknown_parameters_get_one_clear_sentence(
    tiny: LocalGraph,
) -> None:
    with pytest.raises(KgError, match="Nearest: firms-of-chain"):
        load("firm-of-chain")
    question = load("firms-of-chain")
    with pytest.raises(KgError, match="--chain is missing"):
        fill(question, tiny, {})
    with pytest.raises(KgError, match="Did you mean --chain"):
        fill(question, tiny, {"chian": "x", "chain": "金属"})


def test_a_number_is_a_number(tmp_path: Path, tiny: LocalGraph) -> None:
    path = tmp_path / "n.rq"
    path.write_text(
        '#+ summary: {zh: 试, en: try}\n#+ parameters: {most: {zh: 多, en: most, example: "3"}}\n'
        "SELECT ?x WHERE { VALUES ?_most_integer { 3 } BIND(?_most_integer + 1 AS ?x) }",
        "utf-8",
    )
    assert tiny.texts(fill(parse(path), tiny, {"most": "41"})) == [("42",)]
    with pytest.raises(KgError, match="takes a number"):
        fill(parse(path), tiny, {"most": "many"})


def test_a_query_without_a_summary_says_what_its_header_lacks(tmp_path: Path) -> None:
    path = tmp_path / "bare.rq"
    path.write_text("SELECT * WHERE { ?s ?p ?o }", "utf-8")
    with pytest.raises(KgError, match=r"bare\.rq: the header is incomplete"):
        parse(path)


def test_a_dropped_in_file_is_a_question(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ summary: {zh: 我的, en: mine}\nASK {}", "utf-8")
    assert load("mine", tmp_path).summary.zh == "我的"
    assert load("lacks", tmp_path).name == "lacks"


def drop_in(folder: Path, name: str, parameter: str = "") -> None:
    """A question that works, with one parameter if asked for."""
    header = (
        f"#+ summary: {{zh: 试{name}, en: try {name}}}\n#+ columns: {{x: {{zh: 值, en: value}}}}\n"
    )
    body = "SELECT ?x WHERE { BIND(1 AS ?x) }"
    if parameter:
        header += f"#+ parameters: {{{parameter}: {{zh: 参, en: it, example: 甲}}}}\n"
        body = f'SELECT ?x WHERE {{ VALUES ?_{parameter}_literal {{ "甲" }} BIND(?_{parameter}_literal AS ?x) }}'
    (folder / f"{name}.rq").write_text(header + body, "utf-8")


def test_the_list_speaks_both_languages() -> None:
    assert kg("query").out.startswith("问题")
    english = kg("query", "--lang", "en")
    assert english.code == 0 and english.out.startswith("question")
    assert "The firms of a chain" in english.out and kg("query", KG_LANG="en").out == english.out


def test_the_list_comes_in_every_format(tmp_path: Path) -> None:
    known = [q.name for q in QUESTIONS]
    told = json.loads(kg("query", "--format", "json", "--lang", "en").out)
    assert [q["name"] for q in told] == known
    chain = next(q for q in told if q["name"] == "firms-of-chain")
    assert chain["parameters"] == [
        {
            "option": "--chain",
            "type": "iri",
            "required": True,
            "help": "industry or segment",
            "example": "先进材料",
        }
    ]
    assert [c["name"] for c in chain["columns"]] == list(load("firms-of-chain").columns)
    for style in ("csv", "md", "xlsx", "json"):
        out = tmp_path / f"list.{style}"
        assert kg("query", "-o", str(out)).code == 0
        as_asked = kg("query", "--format", style).raw
        assert out.read_bytes().removeprefix(b"\xef\xbb\xbf") == as_asked
    rows = list(csv.reader(io.StringIO((tmp_path / "list.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["问题", "说明", "参数", "例"] and [r[0] for r in rows[1:]] == known


def test_options_hold_before_and_behind_the_name(tmp_path: Path) -> None:
    behind = kg("query", "lacks", "--lang", "en", "--format", "csv")
    assert behind.out.startswith("who,lacks")
    assert kg("query", "--lang", "en", "--format", "csv", "lacks").raw == behind.raw
    assert kg("query", "--lang", "zh", "lacks", "--lang", "en", "--format", "csv").raw == behind.raw
    out = tmp_path / "lacks.csv"
    assert kg("query", "-o", str(out), "lacks", "--lang", "en").out == ""
    assert out.read_bytes() == b"\xef\xbb\xbf" + behind.raw


BUILT_IN = ("lang", "style", "data", "store", "keys", "output", "format", "o", "help", "h")


@pytest.mark.parametrize("parameter", BUILT_IN)
def test_a_parameter_with_the_name_of_an_option_is_refused_in_one_sentence(
    parameter: str, tmp_path: Path
) -> None:
    drop_in(tmp_path, "mine", parameter)
    ran = kg("query", "--queries", str(tmp_path), "mine", KG_LANG="en")
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert f"{tmp_path / 'mine.rq'}: the parameter {parameter} has the name of an option" in ran.err
    drop_in(tmp_path, "mine", f"the_{parameter}")
    ran = kg("query", "--queries", str(tmp_path), "mine", f"--the-{parameter}", "乙")
    assert ran.code == 0 and "乙" in ran.out


def test_a_broken_file_does_not_take_the_list_with_it(tmp_path: Path) -> None:
    drop_in(tmp_path, "good")
    drop_in(tmp_path, "clash", "lang")
    (tmp_path / "bare.rq").write_text("SELECT * WHERE { ?s ?p ?o }", "utf-8")
    (tmp_path / "yaml.rq").write_text("#+ summary: {zh: 无\nASK {}", "utf-8")
    (tmp_path / "gbk.rq").write_bytes("#+ summary: {zh: 试, en: try}\nASK {}".encode("gbk"))
    wrong = ["bare.rq", "clash.rq", "gbk.rq", "yaml.rq"]
    ran = kg("query", "--queries", str(tmp_path), "--format", "json")
    assert ran.code == 1 and "Traceback" not in ran.err
    assert [q["name"] for q in json.loads(ran.out)] == sorted([
        "good",
        *(q.name for q in QUESTIONS),
    ])
    assert [line.partition("：")[0] for line in ran.err.splitlines()[:2]] == [
        f"kg: {tmp_path / name}" for name in wrong[:2]
    ]
    assert ran.err.count("\n") == 4 and all(str(tmp_path / name) in ran.err for name in wrong)
    # Nor the help, nor the questions that are sound.
    shown = kg("query", "--queries", str(tmp_path), "--help")
    assert shown.code == 0 and "try good" in shown.out and shown.err == ran.err
    assert kg("query", "--queries", str(tmp_path), "good").code == 0
    assert kg("query", "--queries", str(tmp_path), "lacks").code == 0
    assert kg("query", "--queries", str(tmp_path), "bare").code == 2
