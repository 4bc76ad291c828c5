"""kg gap: the whole card of one finding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import output_option, put
from kg.cli.surveying import Asked, survey_of, survey_options
from kg.errors import KgError
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps import Survey
    from kg.graph import Graph


@click.command(
    epilog="""\b
例 Examples:
  kg gap d-0d5b7ebe
  kg gap b2-50968843 --format json
  kg gap d-27eea92d --lang en -o card.md --format md"""
)
@click.argument("gap_id", metavar="ID")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "md", "json"]),
    help="输出格式，默认看文件名 output format, by default from the file name, else text",
)
@output_option
@survey_options
def command(
    gap_id: str,
    style: str | None,
    output: Path | None,
    asked: Asked,
) -> None:
    """一个缺口的全卡：依据、上下游、载体、院所、可行性、推翻条件与下一步。

    The whole card of one gap: claims with their places, actors, carriers, institutes, feasibility, what would overturn
    it and what to do next; with the passages where the plan is attached (kg source attach).
    """
    from kg.attach import attached
    from kg.gaps import RULES, find_gap
    from kg.gaps.card import card
    from kg.table import as_json

    lang = asked.lang
    graph, survey, teller = survey_of(asked, (), True)
    kind = _style(style, output)
    if "-" not in gap_id or gap_id.partition("-")[0].lower() not in (*RULES, "b′", "b'"):
        raise _ids_of(graph, survey, gap_id)
    gap = find_gap(survey, gap_id)
    fields = card(teller, gap, attached(asked.workspace))
    if kind == "json":
        rows = [
            {"field": f.key, "title": f.title.pick(lang), "lines": list(f.lines)} for f in fields
        ]
        put(as_json({**teller.gap(gap), "card": rows}), output)
        return
    title = Words(f"缺口卡 {gap.id}", f"Gap card {gap.id}").pick(lang)
    lines = [f"# {title}" if kind == "md" else title, ""]
    for field in fields:
        head = field.title.pick(lang)
        if kind == "md":
            lines += [f"## {head}", "", *(f"- {one}" for one in field.lines), ""]
        else:
            lines.append(head)
            lines += [f"  {one}" for one in field.lines]
    put("\n".join(lines).rstrip() + "\n", output)


def _style(style: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's name, else "text". KgError for the name of another kind of file."""
    ending = output.suffix[1:].lower() if output else ""
    if not style and ending not in ("", "txt", "md", "json"):
        raise KgError(
            Words(f"不认识的文件类型：{output}。", f"Unknown kind of file: {output}."),
            Words(
                "可用：.txt、.md、.json；网页见 kg site。",
                "Use .txt, .md or .json; kg site makes pages.",
            ),
        )
    return style or {"md": "md", "json": "json"}.get(ending, "text")


def _ids_of(graph: Graph, survey: Survey, name: str) -> KgError:
    """What to say to a name in place of an id: the findings of the thing it names."""
    from kg.gaps import RULES, findings
    from kg.names import resolve

    iri = resolve(graph, name)
    ids = [(g.id, RULES[g.rule].title) for g in findings(survey) if g.node == iri]
    zh = "、".join(f"{i}（{t.zh}）" for i, t in ids) or "无"
    en = ", ".join(f"{i} ({t.en})" for i, t in ids) or "none"
    return KgError(
        Words(
            f"“{name}”是名称，不是编号；它的发现：{zh}。",
            f'"{name}" is a name and no id; its findings: {en}.',
        ),
        Words("用 kg gap 编号 看其中一条。", "See one of them with kg gap ID."),
    )
