"""Writes the generated pages of docs/ (or, with --check, fails when one is out of date)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.root import COMMANDS, root
from kg.facts import read_facts
from kg.graph import data_files, load_files
from kg.query import catalogue
from kg.vocab import PREFIXES, compact

DOCS = Path(__file__).resolve().parent
NOTE = "<!-- Made by docs/generate.py: do not edit. -->\n"


def commands() -> str:
    """Every command's help, as printed."""
    parts = [f"# 命令 Commands\n\n{NOTE}"]
    with click.Context(root, info_name="kg", terminal_width=96) as top:
        parts.append(f"```text\n{root.get_help(top)}\n```\n")
        for name in sorted(COMMANDS):
            command = root.get_command(top, name)
            assert command is not None
            with click.Context(command, info_name=name, parent=top, terminal_width=96) as ctx:
                parts.append(f"## kg {name}\n\n```text\n{command.get_help(ctx)}\n```\n")
                if isinstance(command, click.Group) and name != "query":
                    for sub_name in command.list_commands(ctx):
                        sub = command.get_command(ctx, sub_name)
                        assert sub is not None
                        with click.Context(
                            sub, info_name=sub_name, parent=ctx, terminal_width=96
                        ) as inner:
                            parts.append(
                                f"### kg {name} {sub_name}\n\n```text\n{sub.get_help(inner)}\n```\n"
                            )
    parts.append(
        "## 结果与退出码 Results and exit codes\n\n"
        "结果在标准输出，说明在标准错误；退出码 0 完成，1 完成但有发现，2 未能完成。\n"
        "Results go to stdout, talk to stderr; exit code 0 done, 1 done with findings, 2 could not.\n\n"
        "`kg query`, `kg sparql --format json`: SPARQL 1.1 Query Results JSON. "
        "`kg find --format json`: a list of `iri, label, kind, score (0-100), why, matched`. "
        "`kg about --format json`: `iri, label, labels (zh, en, alt), kind, broader, stage, notes, narrower, "
        "claims, figures`; each claim has `id, subject, subject_label, predicate, predicate_label, object, "
        "object_label, status, level, verb, role, origin, basis, citation`; each citation `iri, place, start, end, "
        "sha256` and, where the plan is attached, `text`. `kg check --format json`: `level, rule, place, what, next_step`. "
        "`kg query --format json` (the list): `name, summary, tags, parameters, columns, example`.\n\n"
        "JSON Schema: [`docs/schemas/`](schemas/README.md).\n"
    )
    return "\n".join(parts)


def queries() -> str:
    """The catalogue as a table, then each question with parameters, example and SPARQL."""
    parts = [f"# 问题 Questions\n\n{NOTE}\n| | 说明 | Summary |\n| --- | --- | --- |"]
    questions = catalogue()
    parts += [f"| [{q.name}](#{q.name}) | {q.summary.zh} | {q.summary.en} |" for q in questions]
    for q in questions:
        parts.append(f"\n## {q.name}\n\n{q.summary.zh}。{q.summary.en}.\n")
        for p in q.parameters:
            needed = "可选 optional" if p.optional else "必填 required"
            parts.append(f"- `--{p.name.replace('_', '-')}` ({needed}): {p.help.zh} · {p.help.en}")
        body = "\n".join(line for line in q.text.splitlines() if not line.startswith("#+"))
        parts.append(f"\n```sh\n{q.example}\n```\n\n```sparql\n{body}\n```")
    return "\n".join(parts) + "\n"


def vocabulary() -> str:
    """Classes, links, properties and values of data/vocab.ttl with their definitions."""
    graph = load_files(data_files())
    rows = graph.texts(
        "SELECT ?term ?type ?zh ?en ?dz ?de WHERE { ?term a ?type ."
        " { ?term rdfs:label ?zh, ?en } UNION { ?term a ic:Word ; skos:prefLabel ?zh, ?en }"
        " OPTIONAL { ?term skos:definition ?dz, ?de FILTER(LANG(?dz) = 'zh' && LANG(?de) = 'en') }"
        " FILTER(LANG(?zh) = 'zh' && LANG(?en) = 'en')"
        " FILTER(?type IN (rdfs:Class, rdf:Property, ic:Word)) } ORDER BY ?type ?term"
    )
    heads = {"Class": "类 Classes", "Property": "属性 Properties", "Word": "取值 Values"}
    parts = [
        f"# 词汇 Vocabulary\n\n{NOTE}\n"
        "复用 Reused: SKOS (labels, broader), W3C ORG, PROV-O, DCTERMS, schema.org, RDF Data Cube, Web Annotation, SHACL. "
        "自有词汇 Own terms: `ic:` = `" + PREFIXES["ic"] + "`。\n"
    ]
    for kind, head in heads.items():
        parts.append(
            f"\n## {head}\n\n| | 中文 | English | 定义 | Definition |\n| --- | --- | --- | --- | --- |"
        )
        parts += [
            f"| `{compact(term)}` | {zh} | {en} | {dz} | {de} |"
            for term, type_, zh, en, dz, de in rows
            if type_.endswith(kind)
        ]
    return "\n".join(parts) + "\n"


def doubtful() -> str:
    """Pairs that may be one thing and are kept apart, with the reason."""
    facts = read_facts(load_files(data_files()))
    parts = [
        f"# 存疑的同一性 Doubtful pairs\n\n{NOTE}\n"
        "规划用了相近的名称，没有说明是否同一对象；有疑则分立，并以 `rdfs:seeAlso` 相连。\n"
        "Names so near that they may be one thing; in doubt they stay apart, joined by `rdfs:seeAlso`.\n\n"
        "| | | why |\n| --- | --- | --- |"
    ]
    for thing in sorted(facts.things.values(), key=lambda t: facts.order(t.iri)):
        for note in thing.notes:
            if note.startswith("doubtful: "):
                other, _, why = note.removeprefix("doubtful: ").partition(" - ")
                parts.append(f"| {thing.zh} | {other} | {why} |")
    return "\n".join(parts) + "\n"


PAGES = {
    "commands.md": commands,
    "queries.md": queries,
    "vocabulary.md": vocabulary,
    "doubtful-pairs.md": doubtful,
}


def main() -> int:
    """Writes or checks every page; 1 when a checked page is out of date."""
    stale = 0
    for name, make in PAGES.items():
        text = make()
        path = DOCS / name
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        if "--check" in sys.argv:
            print(f"docs/{name} is out of date: run make docs", file=sys.stderr)
            stale = 1
        else:
            path.write_text(text, "utf-8", newline="\n")
            print(f"wrote docs/{name}")
    return stale


if __name__ == "__main__":
    sys.exit(main())
