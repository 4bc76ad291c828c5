"""kg gaps: what the chains lack, by rule, each line with its claims and what would overturn it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import chosen_style, put, put_rows, row_options, say
from kg.cli.surveying import Asked, survey_of, survey_options, tell_problems, told
from kg.words import Words


@click.command(
    epilog="""\b
例 Examples:
  kg gaps 先进材料                        一条链的全部发现 all findings of a chain
  kg gaps 生物医药与健康 --rule d         声明目标而未见主体 declared targets without actor
  kg gaps 铝基材料                        一个环节 one segment
  kg gaps --rule g --format xlsx -o 先后.xlsx
  kg gaps --all --plan-only --format json
  kg gap g-054f1e72                       一个缺口的全卡 the whole card of one gap"""
)
@click.argument("chains", nargs=-1, metavar="[CHAIN]...")
@click.option(
    "--all", "everything", is_flag=True, help="包括“3+3”以外的领域 the further fields too"
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    help="只用这些规则（字母或名称，可多次）only these rules, by letter or name: a b b2 c d e f g h i",
)
@click.option(
    "--relatedness",
    is_flag=True,
    help="关联密度，需 30 个地区 relatedness density; needs 30 places",
)
@click.option(
    "--record",
    is_flag=True,
    help="把发现写入工作区，带方法与版本 write the findings to the workspace, with method and version",
)
@click.option("-q", "--quiet", is_flag=True, help="不显示说明 say nothing on stderr")
@row_options
@survey_options
def command(
    chains: tuple[str, ...],
    everything: bool,
    rules: tuple[str, ...],
    relatedness: bool,
    record: bool,
    quiet: bool,
    style: str | None,
    output: Path | None,
    asked: Asked,
) -> int:
    """链上缺什么：逐条规则的发现，每条都有依据、出处和推翻条件。

    What the chains lack: the findings of each rule, with claims, places and what would overturn them. CHAIN is an
    industry, a segment or a node; without it, the six "3+3" chains. csv, xlsx and json also hold claims and sources.
    """
    from kg.gaps import findings, rules_named
    from kg.gaps.telling import summary
    from kg.table import as_json

    chosen = rules_named(rules)
    lang = asked.lang
    graph, survey, teller = survey_of(asked, chains, everything)
    if relatedness:
        return _relatedness(graph, teller.label, style, output, lang)
    warnings = tell_problems(graph, survey, lang, quiet)
    found = findings(survey, chosen)
    teller.asked = [r.id for r in chosen]
    style = chosen_style(style, output)
    if style == "json":
        put(as_json(told(teller, found)), output)
    else:
        full = style != "table"
        put_rows(teller.head(full), [teller.row(g, full) for g in found], style, output, "gaps")
    for line in summary(survey, lang):
        say(line, quiet)
    if record:
        from kg.gaps.recording import record as write

        path = write(asked.workspace, survey, found, survey.today)
        said = Words(f"已写入 {path}（{len(found)} 条）。", f"Written to {path} ({len(found)}).")
        say(said.pick(lang), quiet)
    if not found:
        said = Words("没有符合条件的发现。", "Nothing fits.")
        say(said.pick(lang), quiet)
    return 1 if warnings else 0


def _relatedness(
    graph: object, label: object, style: str | None, output: Path | None, lang: str
) -> int:
    from kg.gaps.relatedness import density, places
    from kg.graph import Graph

    assert isinstance(graph, Graph) and callable(label)
    has = places(graph)
    head = Words("地区,节点,已有,关联密度,地区数", "place,node,present,density,places").pick(lang)
    rows = [
        [label(p), label(n), "1" if n in has[p] else "0", f"{value:.4f}", str(len(has))]
        for (p, n), value in density(has).items()
    ]
    put_rows(head.split(","), rows, style, output, "relatedness")
    return 0
