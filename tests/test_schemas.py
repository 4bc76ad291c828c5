"""The JSON of every command is as docs/schemas/ says, over the real data; a broken document is not."""

from __future__ import annotations

import copy
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from conftest import PLAN, ROOT, TINY_TEXT, kg
from jsonschema import Draft202012Validator

from kg.about import about
from kg.cli.root import COMMANDS, root
from kg.facts import Facts
from kg.graph import LocalGraph
from kg.names import REASONS
from kg.query import catalogue
from kg.vocab import STAGES, STATUSES

FOLDER = ROOT / "docs" / "schemas"
SCHEMAS = sorted(p.name.removesuffix(".schema.json") for p in FOLDER.glob("*.schema.json"))

# A command's schema has its name, with hyphens for blanks ("what-if", "source attach" → "source-attach"), but for:
SCHEMA_OF = {"query": "query-list", "query NAME": "query", "sparql": "query"}

# Commands that offer json and have no schema → the reason.
WITHOUT: dict[str, str] = {}

# A command that prints JSON → command lines whose answer is held against its schema (--format json is added).
# A new command: docs/schemas/NAME.schema.json, a line in docs/schemas/README.md, an entry here and in RICH.
# What only a graph can tell (an indicator, a generic firm …) is asked of it in the tests below.
CASES: dict[str, list[tuple[str, ...]]] = {
    "about": [
        ("about", "铝箔"),  # made by firms, planned and existing
        ("about", "铝箔", "--lang", "en"),
        ("about", "东阳光"),  # by another name
        ("about", "先进材料"),  # an industry: neither broader nor stage
        ("about", "韶关市"),  # the thing that most is said of
    ],
    "check": [("check",), ("check", "--lang", "en")],
    "close": [
        ("close", "有色金属", "铝箔"),
        ("close", "正极材料", "高能量安全快充型动力电池", "--lang", "en"),  # needs every input
        ("close", "铝箔", "有色金属"),  # no way
    ],
    "compare": [("compare", "SNAPSHOT")],
    "confirm": [("confirm", "--list")],
    "gap": [("gap", "ANY"), ("gap", "ANY", "--lang", "en")],
    "gaps": [
        ("gaps", "--all"),
        ("gaps", "现代轻工", "--lang", "en"),
        ("gaps", "先进材料", "--plan-only", "--rule", "b"),
    ],
    "what-if": [
        ("what-if", "--without", "东阳光"),
        ("what-if", "--with", "高精度铜带=某铜业公司", "--lang", "en"),
    ],
    "find": [
        ("find", "韶钢"),
        ("find", "shaogang", "--lang", "en"),
        ("find", "铝", "--limit", "200"),
        ("find", "铝铂"),  # only near misses
        ("find", "qqqqqq"),  # nothing
    ],
    "query": [("query",), ("query", "--lang", "en")],
    "query NAME": [
        ("query", "lacks"),
        ("query", "lacks", "--lang", "en"),
        ("query", "indicators"),  # numbers
        ("query", "firms-of-chain", "--chain", "先进材料"),
        ("query", "in-place", "--place", "珠玑古巷"),  # no row
    ],
    "sparql": [
        ("sparql", "ASK { ?s ?p ?o }"),
        ("sparql", "ASK { ?s ?s ?s }"),
        ("sparql", "SELECT * WHERE { ?s ic:claim ?c } LIMIT 9"),  # blank nodes
        ("sparql", "SELECT ?no WHERE { BIND(1 AS ?other) }"),  # an unbound variable
        ("sparql", "SELECT * WHERE { ?t a ic:Firm ; ?p ?o } LIMIT 500"),
        ("sparql", "SELECT (2.0 AS ?n) ('a'@en AS ?t) ('' AS ?u) WHERE {}"),
        ("sparql", "SELECT (TRIPLE(ic:a, ic:b, 'c'@en--ltr) AS ?t) WHERE {}"),
    ],
}

# Keys that may be missing, and objects (by path) whose keys are free: variables of a query.
OPTIONAL = {"text", "link", "datatype", "xml:lang", "its:dir"}
FREE = {"$.results.bindings[]"}

# One rich answer per schema, broken in every way that is possible.
RICH = {
    "about": ("about", "铝箔"),
    "check": ("check",),
    "find": ("find", "韶钢"),
    "close": ("close", "正极材料", "高能量安全快充型动力电池"),
    "compare": ("compare", "SNAPSHOT"),
    "confirm": ("confirm", "--list"),
    "gap": ("gap", "ANY"),
    "gaps": ("gaps", "现代轻工"),
    "query": ("query", "targets", "--chain", "先进材料"),
    "query-list": ("query",),
    "what-if": ("what-if", "--without", "东阳光"),
}


@functools.cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8")))


@functools.cache
def answered(*words: str) -> Any:
    """What the real command prints as JSON; SPARQL goes in by standard input. Each is run once."""
    if words[0] == "compare":
        # Yesterday's findings: one firm more, and one finding less.
        then = answered("gaps", "先进材料", "--plan-only")
        then[0]["presence"] = "possible"
        words = ("compare", str(snapshot(then[:-1])), "--plan-only")
    if words[0] == "gap":
        words = ("gap", answered("gaps", "先进材料", "--rule", "b2")[0]["id"], *words[2:])
    env = {}
    if words[:2] == ("confirm", "--list"):
        # A workspace of its own: what is confirmed here must not change what other tests find.
        env["KG_WORKSPACE"] = tempfile.mkdtemp()
        kg("confirm", "铝箔", "--absent", "--method", "名录", "--by", "张三", **env)
        by = ("--method", "走访", "--by", "李四")
        kg("confirm", "油墨", "--present", "--firm", "某厂", *by, **env)
    if words[0] == "sparql":
        ran = kg("sparql", "-", "--format", "json", stdin=words[1])
    else:
        ran = kg(*words, "--format", "json", **env)
    assert ran.code in (0, 1), ran.err
    return json.loads(ran.out)


def snapshot(findings: Any) -> Path:
    path = Path(tempfile.mkdtemp()) / "then.json"
    path.write_text(json.dumps(findings), "utf-8")
    return path


def faults(name: str, document: Any) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in validator(name).iter_errors(document)]


def schema_of(command: str) -> str:
    return SCHEMA_OF.get(command, command.replace(" ", "-"))


def offers_json(command: click.Command) -> bool:
    """Whether its --help offers json as a format, or a --json."""
    return any(
        "--json" in option.opts or "json" in getattr(option.type, "choices", ())
        for option in command.params
    )


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """`command` and what is below it; the questions of the catalogue count as one, "query NAME"."""
    yield name, command
    if isinstance(command, click.Group):
        with click.Context(command) as ctx:
            below = command.list_commands(ctx)
            if name == "query":
                yield "query NAME", command.get_command(ctx, below[0]) or command
                return
            for sub in below:
                found = command.get_command(ctx, sub)
                assert found is not None
                yield from walk(found, f"{name} {sub}")


def with_json() -> list[str]:
    with click.Context(root) as ctx:
        tops = [(name, root.get_command(ctx, name)) for name in sorted(COMMANDS)]
    return [
        path
        for name, command in tops
        if command is not None
        for path, below in walk(command, name)
        if offers_json(below)
    ]


@pytest.mark.parametrize("command", with_json())
def test_every_command_that_offers_json_has_a_schema_and_cases(command: str) -> None:
    if command in WITHOUT:
        assert WITHOUT[command], f"say in WITHOUT why kg {command} has no schema"
        return
    name = schema_of(command)
    assert name in SCHEMAS, f"kg {command} prints JSON: write docs/schemas/{name}.schema.json"
    assert CASES.get(command), f"add command lines of kg {command} to CASES in {__file__}"


def test_no_schema_and_no_case_is_for_a_command_that_prints_none() -> None:
    found = set(with_json())
    assert set(CASES) | set(WITHOUT) == found, "CASES and WITHOUT hold just the commands with json"
    assert {schema_of(c) for c in CASES} == set(SCHEMAS), "a schema for each command, and no other"
    assert set(RICH) == set(SCHEMAS), "RICH needs one rich answer for each schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_valid_schema_and_says_what_it_is(name: str) -> None:
    schema = validator(name).schema
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://w3id.org/cn-industry-chain/schema/{name}.json"
    assert schema["title"].startswith("kg ") and "--format json" in schema["title"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_object_is_closed_and_every_property_described_in_both_languages(name: str) -> None:
    def look(part: Any, where: str) -> None:
        if isinstance(part, list):
            for n, item in enumerate(part):
                look(item, f"{where}[{n}]")
        if not isinstance(part, dict):
            return
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False, where
            assert set(part["required"]) <= set(part["properties"]), where
            assert set(part["properties"]) - set(part["required"]) <= OPTIONAL, where
            for key, value in part["properties"].items():
                said = value.get("description", "")
                assert re.match(r"[A-Za-z]", said), f"{where}.{key} needs an English description"
                assert re.search(r"[\u4e00-\u9fff]", said), f"{where}.{key} needs a Chinese one"
        for key, value in part.items():
            look(value, f"{where}.{key}")

    schema = validator(name).schema
    assert re.search(r"^[A-Z].*\. .*[\u4e00-\u9fff].*。$", schema["description"])
    look(schema, name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_page_of_schemas_has_a_line_for_each(name: str) -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    assert page.count(f"\n| [`{name}.schema.json`]({name}.schema.json) | `kg ") == 1


def test_the_page_of_schemas_tells_how_to_validate(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", (FOLDER / "README.md").read_text("utf-8"), re.S)
    shutil.copytree(FOLDER, tmp_path / "docs" / "schemas")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "-e", "-c", block], cwd=tmp_path, env={**os.environ, "PATH": path}, check=True
    )
    assert (tmp_path / "about.json").is_file()


@pytest.mark.parametrize(
    ("command", "words"),
    [(command, words) for command, lines in CASES.items() for words in lines],
    ids=lambda v: v if isinstance(v, str) else " ".join(v[1:]) or v[0],
)
def test_the_json_of_a_command_is_as_its_schema_says(command: str, words: tuple[str, ...]) -> None:
    assert faults(schema_of(command), answered(*words)) == []


@pytest.mark.parametrize("question", catalogue(), ids=lambda q: q.name)
def test_every_question_answers_in_the_form_of_the_standard(question: Any) -> None:
    assert faults("query", answered(*shlex.split(question.example)[1:])) == []


def test_about_is_as_its_schema_says_for_everything_in_the_graph(
    graph: LocalGraph, facts: Facts
) -> None:
    wrong = []
    for n, iri in enumerate(sorted(facts.things)):
        told = about(graph, iri, ("zh", "en")[n % 2]).as_json()
        wrong += [f"{iri} {f}" for f in faults("about", json.loads(json.dumps(told)))]
    assert wrong == []


def test_the_edge_cases_of_the_graph_are_as_the_schema_says(facts: Facts) -> None:
    figured = {f.indicator for f in facts.figures if f.bound}
    generic = {t.iri for t in facts.things.values() if t.kind == "Firm" and t.generic}
    edged = {c.subject for c in facts.claims if c.origin == "domain"}
    noted = {t.iri for t in facts.things.values() if t.notes and t.alts}
    grouped = {c.subject for c in facts.claims if c.level == "group"}
    for kind in (figured, generic, edged, noted, grouped):
        iri = min(kind)
        for lang in ("zh", "en"):
            told = answered("about", iri, "--lang", lang)
            assert faults("about", told) == [] and told["iri"] == iri
    assert answered("about", min(figured), "--lang", "zh")["figures"]
    told = answered("about", min(edged), "--lang", "en")
    assert any(c["origin"] == "domain" and c["basis"]["en"] for c in told["claims"])


def test_with_the_source_attached_a_citation_has_its_text(
    tmp_path: Path, tiny_files: list[Path]
) -> None:
    (tmp_path / "text.txt").write_text(TINY_TEXT, "utf-8")
    where = ("--data", str(tiny_files[0].parent), "--workspace", str(tmp_path / "w"))
    assert kg("source", "attach", str(tmp_path / "text.txt"), *where).code == 0
    told = json.loads(kg("about", "甲厂", *where, "--format", "json").out)
    assert faults("about", told) == []
    assert told["claims"][0]["citation"][0]["text"] == "甲厂做强铝箔。"


def test_the_findings_of_a_wrong_graph_are_as_the_schema_says(tiny_files: list[Path]) -> None:
    path = tiny_files[0].parent / "tiny.ttl"
    text = path.read_text("utf-8")
    path.write_text(text.replace("status:existing", "status:nonsense", 1), "utf-8")
    for lang in ("zh", "en"):
        told = answered("check", "--data", str(path.parent), "--lang", lang)
        assert faults("check", told) == [] and {f["level"] for f in told} >= {"error"}


@pytest.mark.skipif(not PLAN.is_file(), reason="the plan is not at hand: set KG_PLAN")
def test_the_findings_against_the_plan_are_as_the_schema_says() -> None:
    told = answered("check", "--document", str(PLAN))
    assert told and faults("check", told) == []


def test_lists_of_words_in_the_schemas_are_those_of_the_program() -> None:
    claim = validator("about").schema["$defs"]["claim"]["properties"]
    assert tuple(claim["status"]["enum"]) == STATUSES
    assert validator("about").schema["properties"]["stage"]["enum"] == [*STAGES, None]
    assert validator("find").schema["items"]["properties"]["why"]["enum"] == list(REASONS)


def broken(document: Any) -> Iterator[tuple[str, Any]]:
    """`document` with one thing wrong, once for each place of its form: (what is wrong, the document)."""
    seen: set[str] = set()

    def places(
        part: Any, path: str, keys: tuple[Any, ...]
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        yield path, keys
        items: Any = enumerate(part) if isinstance(part, list) else ()
        if isinstance(part, dict):
            items = part.items()
        for key, value in items:
            step = "[]" if isinstance(part, list) else f".{key}"
            yield from places(value, path + step, (*keys, key))

    def changed(keys: tuple[Any, ...], change: Any) -> Any:
        whole = {"document": copy.deepcopy(document)}
        at: Any = whole
        path = ("document", *keys)
        for key in path[:-1]:
            at = at[key]
        change(at, path[-1])
        return whole["document"]

    def retype(at: Any, key: Any) -> None:
        at[key] = 7 if at[key] is None or isinstance(at[key], dict) else {}

    def put_unknown(at: Any, key: Any) -> None:
        at[key]["unknown-field"] = "x"

    def remove(at: Any, key: Any) -> None:
        del at[key]

    for path, keys in places(document, "$", ()):
        if path in seen:
            continue
        seen.add(path)
        yield f"{path} has the wrong type", changed(keys, retype)
        value = functools.reduce(lambda part, key: part[key], keys, document)
        if isinstance(value, dict) and path not in FREE:
            yield f"{path} has an unknown field", changed(keys, put_unknown)
            for key in value:
                if key not in OPTIONAL:
                    yield f"{path}.{key} is missing", changed((*keys, key), remove)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_broken_document_is_refused(name: str) -> None:
    good = answered(*RICH[name])
    assert faults(name, good) == []
    ways = list(broken(good))
    accepted = [what for what, document in ways if not faults(name, document)]
    assert accepted == [] and len(ways) >= 10
    for kind in ("missing", "unknown", "wrong type"):
        assert any(kind in what for what, _ in ways)


def test_what_the_schema_of_about_forbids_beyond_the_form() -> None:
    good = answered("about", "铝箔")
    for key, value in {
        "status": "wished",
        "origin": "domain",
        "id": "xyz",
        "subject": "铝箔",
    }.items():
        claim = {**next(c for c in good["claims"] if c["origin"] == "plan"), key: value}
        assert faults("about", {**good, "claims": [claim]}), key


def test_a_boolean_answer_is_not_rows_and_an_unknown_kind_of_term_is_refused() -> None:
    yes = answered("sparql", "ASK { ?s ?p ?o }")
    assert faults("query", {**yes, "results": {"bindings": []}})
    assert faults("query", {"head": {}}) and faults("query", {"boolean": True})
    for way in broken(yes):
        assert faults("query", way[1]), way[0]
    row = {"x": {"type": "typed-literal", "value": "1"}}
    assert faults("query", {"head": {"vars": ["x"]}, "results": {"bindings": [row]}})
