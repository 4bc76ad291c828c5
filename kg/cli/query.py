"""kg query: the catalogue of ready questions, each a command of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.cli.options import data_options, put_rows, row_options
from kg.words import Words

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
        from kg.query import catalogue

        with formatter.section("问题 Questions"):
            formatter.write_dl(
                [
                    (q.name, f"{q.summary.zh} · {q.summary.en}")
                    for q in catalogue(ctx.params.get("queries"))
                ],
                col_max=28,
            )


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
@click.pass_context
def command(ctx: click.Context, queries: str | None) -> None:
    """预设问题：不带名称时列出全部。

    Ready questions; without a name, lists them all.
    """
    if ctx.invoked_subcommand is not None:
        return
    import sys

    from kg.cli.root import chosen_lang
    from kg.query import catalogue

    lang = chosen_lang(sys.argv[1:])
    rows = [
        [
            q.name,
            q.summary.pick(lang),
            " ".join(
                ("[%s]" if p.optional else "%s") % f"--{p.name.replace('_', '-')}"
                for p in q.parameters
            ),
            q.example,
        ]
        for q in catalogue(queries)
    ]
    put_rows(HEAD.pick(lang).split(","), rows, "table", None, "queries")


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
    for parameter in reversed(question.parameters):
        needed = "" if parameter.optional else "必填 required · "
        decorated = click.option(
            f"--{parameter.name.replace('_', '-')}",
            parameter.name,
            metavar=parameter.type.upper() if parameter.type != "iri" else "NAME",
            help=f"{needed}{parameter.help.zh} · {parameter.help.en}",
        )(decorated)
    return click.command(
        question.name,
        help=f"{question.summary.zh}\n\n{question.summary.en}",
        epilog=f"\b\n例 Example:\n  {question.example}",
    )(decorated)
