"""kg query: the catalogue of ready questions, each a command of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.cli.options import chosen_style, data_options, put, put_rows, row_options, say
from kg.errors import KgError
from kg.words import LANGS, Words

HEAD = Words("问题,说明,参数,例", "question,summary,parameters,example")


class Catalogue(click.Group):
    """A group whose commands are the files in queries/ (and in --queries DIR)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all questions."""
        from kg.query import names

        return list(names(ctx.params.get("queries")))

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        """The question `name` as a command with its parameters as options; KgError suggests the nearest."""
        from kg.query import load

        return _as_command(load(name, ctx.params.get("queries")))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line for each question."""
        from kg.cli.root import chosen_lang

        found, faults = _readable(ctx.params.get("queries"))
        with formatter.section("问题 Questions"):
            formatter.write_dl(
                [(q.name, f"{q.summary.zh} · {q.summary.en}") for q in found], col_max=28
            )
        _tell(faults, chosen_lang(sys.argv[1:]))


@click.group(
    cls=Catalogue,
    invoke_without_command=True,
    epilog="""\b
例 Examples:
  kg query                                          全部问题 all questions
  kg query firms-of-chain --chain 先进材料
  kg query indicators --format xlsx -o 指标.xlsx
  kg query firms-of-chain --help                    一个问题的参数 one question's parameters""",
)
@click.option(
    "--queries",
    metavar="DIR",
    help="另一个查询文件夹 a folder with your own .rq files",
    is_eager=True,
)
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=lambda: os.environ.get("KG_LANG", "zh"),
    help="语言 language (zh, en)",
)
@row_options
@click.pass_context
def command(
    ctx: click.Context,
    queries: str | None,
    lang: str,
    style: str | None,
    output: Path | None,
) -> int:
    """预设问题：不带名称时列出全部。

    Ready questions; without a name, lists them all. Exit code 1 when a query file is broken.
    """
    if ctx.invoked_subcommand is not None:
        # What stands before the question's name holds for it too, unless it is said again behind the name.
        given = {"lang": lang, "style": style, "output": output}
        ctx.default_map = {ctx.invoked_subcommand: {k: v for k, v in given.items() if v}}
        return 0
    found, faults = _readable(queries)
    if chosen_style(style, output) == "json":
        from kg.table import as_json

        put(as_json([_listed(q, lang) for q in found]), output)
    else:
        rows = [
            [
                q.name,
                q.summary.pick(lang),
                " ".join(
                    ("[%s]" if p.optional else "%s") % _option_of(p.name) for p in q.parameters
                ),
                q.example,
            ]
            for q in found
        ]
        put_rows(HEAD.pick(lang).split(","), rows, style, output, "queries")
    _tell(faults, lang)
    return 1 if faults else 0


def _option_of(parameter: str) -> str:
    return f"--{parameter.replace('_', '-')}"


def _readable(queries: str | None) -> tuple[list[Any], list[KgError]]:
    """All questions that can be asked, and what is wrong with each file that is none."""
    from kg.query import names, parse

    found, faults = [], []
    for path in names(queries).values():
        try:
            question = parse(path)
            _as_command(question)
            found.append(question)
        except KgError as fault:
            faults.append(fault)
    return found, faults


def _tell(faults: list[KgError], lang: str) -> None:
    for fault in faults:
        say(f"kg: {fault.text(lang)}")


def _listed(question: Any, lang: str) -> dict[str, Any]:
    """One entry of the list as JSON (docs/schemas/query-list.schema.json)."""
    return {
        "name": question.name,
        "summary": question.summary.pick(lang),
        "tags": list(question.tags),
        "parameters": [
            {
                "option": _option_of(p.name),
                "type": p.type,
                "required": not p.optional,
                "help": p.help.pick(lang),
                "example": p.example,
            }
            for p in question.parameters
        ],
        "columns": [{"name": k, "label": w.pick(lang)} for k, w in question.columns.items()],
        "example": question.example,
    }


def _as_command(question: Any) -> click.Command:
    def body(
        style: str | None,
        output: Path | None,
        keys: bool,
        data: str | None,
        store: str | None,
        lang: str,
        **given: str | None,
    ) -> int:
        from kg.cli.sparql import show
        from kg.graph import open_graph
        from kg.query import run

        graph = open_graph(data, store)
        found = run(question, graph, {k: v for k, v in given.items() if v is not None})
        heads = {k: w.pick(lang) for k, w in question.columns.items()}
        count = show(graph, found, style, output, lang, keys, question.name, heads)
        if not count:
            click.echo(
                Words(
                    "没有符合条件的行。可去掉可选参数，或用 kg find 核对名称。",
                    "No row fits. Leave out an optional parameter, or check the name with kg find.",
                ).pick(lang),
                err=True,
            )
            return 1
        return 0

    decorated: Callable[..., Any] = data_options(row_options(body))
    decorated = click.option(
        "--keys", is_flag=True, help="显示代号而不是名称 show keys instead of labels"
    )(decorated)
    made = click.command(
        question.name,
        help=f"{question.summary.zh}\n\n{question.summary.en}",
        epilog=f"\b\n例 Example:\n  {question.example}",
    )(decorated)
    _refuse_taken(question, made)
    made.params[:0] = [_option(p) for p in question.parameters]
    return made


def _option(parameter: Any) -> click.Option:
    needed = "" if parameter.optional else "必填 required · "
    return click.Option(
        [_option_of(parameter.name), parameter.name],
        metavar=parameter.type.upper() if parameter.type != "iri" else "NAME",
        help=f"{needed}{parameter.help.zh} · {parameter.help.en}",
    )


def _refuse_taken(question: Any, made: click.Command) -> None:
    """KgError when a parameter of the file has the name of an option that every question has."""
    taken = {"help", "h"}
    for built_in in made.params:
        taken.update(o.lstrip("-").replace("-", "_") for o in (*built_in.opts, built_in.name or ""))
    for parameter in question.parameters:
        if parameter.name in taken:
            raise KgError(
                Words(
                    f"{question.path}：参数 {parameter.name} 与 kg query 自带的选项同名。",
                    f"{question.path}: the parameter {parameter.name} has the name of an option of kg query itself.",
                ),
                Words(
                    f"请在查询头和 VALUES 中给它换个名字，例如 the_{parameter.name}。",
                    f"Rename it in the header and in its VALUES, for example the_{parameter.name}.",
                ),
            )
