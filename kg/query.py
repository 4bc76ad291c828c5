"""The query catalogue: each file queries/NAME.rq is a question with its parameters, example and SPARQL.

The header is YAML behind `#+` (grlc's dialect). A parameter stands in the query as a one-line
`VALUES ?_chain_iri { <example> }` (`?_x_iri` required, `?__word_literal` optional): the file runs as it is in
any SPARQL console, and here the example is swapped for a serialised term, so that nothing is ever pasted.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import assets
from kg.disk import write_atomic
from kg.errors import KgError
from kg.graph import Graph
from kg.names import resolve, resolve_word
from kg.vocab import PREFIXES
from kg.words import Words

_CLAUSE = re.compile(
    r"VALUES\s+\?(?P<variable>(?P<optional>__?)(?P<name>[a-z][a-z0-9_]*?)_(?P<type>iri|literal|integer|decimal))"
    r"\s*\{\s*(?P<example>[^{}]*?)\s*\}"
)


class Parameter(NamedTuple):
    """One parameter: option name, type ("iri", "literal", "integer", "decimal"), whether it may be left out."""

    name: str
    type: str
    optional: bool
    help: Words
    example: str
    words: str = ""  # the namespace of the model whose words it takes ("kind", "wish", "ic")
    kinds: tuple[str, ...] = ()  # the classes that the thing it names must have


class Question(NamedTuple):
    """One entry of the catalogue."""

    name: str
    summary: Words
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    path: Path
    columns: Mapping[str, Words]

    @property
    def example(self) -> str:
        """The command line of the example."""
        given = "".join(
            f" --{p.name.replace('_', '-')} {p.example}" for p in self.parameters if p.example
        )
        return f"kg query {self.name}{given}"


def _close(name: str, known: Iterable[str], most: int) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, list(known), n=most, cutoff=0.4)


def folders(extra: str | Path | None = None) -> list[Path]:
    """Where query files are looked for: the user's `--queries DIR` first, then our own."""
    own = assets.folder("queries")
    return [Path(extra), own] if extra else [own]


def names(extra: str | Path | None = None) -> dict[str, Path]:
    """Every query's name and file, by name; a user's file hides ours of the same name."""
    found: dict[str, Path] = {}
    for folder in reversed(folders(extra)):
        if not folder.is_dir():
            raise KgError(
                Words(f"找不到查询文件夹 {folder}。", f"There is no query folder {folder}."),
                Words("请检查 --queries 后的路径。", "Check the path after --queries."),
            )
        found.update({p.stem: p for p in folder.glob("*.rq")})
    return dict(sorted(found.items()))


def load(name: str, extra: str | Path | None = None) -> Question:
    """The question called `name`. KgError suggests the nearest name, or says what is wrong in its header."""
    known = names(extra)
    if name not in known:
        near = _close(name, known, 3)
        tip = ", ".join(near) or "kg query"
        raise KgError(
            Words(f"没有名为 {name} 的查询。", f"There is no query called {name}."),
            Words(
                f"最接近的是：{tip}；用 kg query 列出全部。"
                if near
                else "用 kg query 列出全部查询。",
                f"Nearest: {tip}; kg query lists them all." if near else "kg query lists them all.",
            ),
        )
    return parse(known[name])


def parse(path: Path) -> Question:
    """The question in `path`. KgError names the file and what its header lacks."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise KgError(
            Words(f"无法读取 {path}：{fault}。", f"Cannot read {path}: {fault}."),
            Words("请另存为 UTF-8 文本。", "Save it as UTF-8 text."),
        ) from None
    header = "\n".join(
        line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")
    )
    try:
        meta = _read_header(header)
        summary = Words(str(meta["summary"]["zh"]), str(meta["summary"]["en"]))
        described = meta.get("parameters") or {}
        parameters: dict[str, Parameter] = {}
        for clause in _CLAUSE.finditer(text):
            name = clause["name"]
            about = described[name]
            parameters.setdefault(
                name,
                Parameter(
                    name,
                    clause["type"],
                    clause["optional"] == "__",
                    Words(str(about["zh"]), str(about["en"])),
                    str(about.get("example", "")),
                    str(about.get("words", "")),
                    tuple(map(str, about.get("kinds", ()))),
                ),
            )
        columns = {
            str(k): Words(str(v["zh"]), str(v["en"]))
            for k, v in (meta.get("columns") or {}).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise KgError(
            Words(
                f"{path}：查询头不完整：{fault}。", f"{path}: the header is incomplete: {fault}."
            ),
            Words(
                "每个查询需要 summary（zh、en）以及每个参数的 zh、en、example；见 queries/README.md。",
                "A query needs summary (zh, en) and for each parameter zh, en, example; see queries/README.md.",
            ),
        ) from None
    return Question(
        path.stem,
        summary,
        tuple(map(str, meta.get("tags") or ())),
        tuple(parameters.values()),
        text,
        path,
        columns,
    )


def _read_header(header: str) -> Any:
    """The YAML of a header. What was read once is kept as JSON: importing yaml costs more than a query."""
    kept = assets.cache() / f"header-{zlib.crc32(header.encode()):08x}.json"
    with suppress(OSError, ValueError):
        seen, meta = json.loads(kept.read_bytes())
        if seen == header:
            return meta
    import yaml

    try:
        meta = yaml.safe_load(header) or {}
    except yaml.YAMLError as fault:
        raise ValueError(" ".join(str(fault).split())) from None
    with suppress(OSError, TypeError):
        write_atomic(kept, json.dumps([header, meta], ensure_ascii=False))
    return meta


def catalogue(extra: str | Path | None = None) -> list[Question]:
    """All questions, by name."""
    return [parse(path) for path in names(extra).values()]


def fill(question: Question, graph: Graph, given: Mapping[str, str]) -> str:
    """The SPARQL of `question` with `given` values in place of the examples.

    Names are resolved to IRIs in `graph`. KgError for a missing or unknown parameter, or a value of the wrong type.
    """
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            near = _close(name, known, 1)
            options = ", ".join(f"--{n.replace('_', '-')}" for n in known) or "—"
            raise KgError(
                Words(
                    f"查询 {question.name} 没有参数 --{name}。",
                    f"The query {question.name} has no parameter --{name}.",
                ),
                Words(
                    f"是否指 --{near[0]}？" if near else f"可用参数：{options}。",
                    f"Did you mean --{near[0]}?" if near else f"It takes: {options}.",
                ),
            )
    terms: dict[str, str] = {}
    for name, parameter in known.items():
        if name in given:
            terms[name] = _term(parameter, graph, given[name])
        elif parameter.optional:
            terms[name] = "UNDEF"
        else:
            option = name.replace("_", "-")
            raise KgError(
                Words(
                    f"缺少参数 --{option}（{parameter.help.zh}）。",
                    f"The parameter --{option} is missing ({parameter.help.en}).",
                ),
                Words(f"例如：{question.example}", f"For example: {question.example}"),
            )

    def swap(clause: re.Match[str]) -> str:
        return f"VALUES ?{clause['variable']} {{ {terms[clause['name']]} }}"

    return _CLAUSE.sub(swap, question.text)


def _term(parameter: Parameter, graph: Graph, value: str) -> str:
    if parameter.type == "iri":
        if parameter.words:
            return str(ox.NamedNode(resolve_word(graph, value, parameter.words)))
        return str(ox.NamedNode(resolve(graph, value, parameter.kinds)))
    if parameter.type == "literal":
        return str(ox.Literal(value))
    shape = r"[+-]?\d+" if parameter.type == "integer" else r"[+-]?\d+(\.\d+)?"
    if not re.fullmatch(shape, value):
        raise KgError(
            Words(
                f"--{parameter.name} 需要数字，而不是“{value}”。",
                f'--{parameter.name} takes a number, not "{value}".',
            ),
            Words(f"例如：{parameter.example}", f"For example: {parameter.example}"),
        )
    datatype = ox.NamedNode(PREFIXES["xsd"] + parameter.type)
    return str(ox.Literal(value, datatype=datatype))


def run(question: Question, graph: Graph, given: Mapping[str, str]) -> Any:
    """pyoxigraph's results of `question` with `given` values."""
    return graph.query(fill(question, graph, given))
