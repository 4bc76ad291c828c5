"""kg gap: the whole card of one finding."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import output_option, put
from kg.cli.surveying import Asked, survey_of, survey_options
from kg.words import Words


@click.command(
    epilog="""\b
例 Examples:
  kg gap a-899dd09c
  kg gap d-27eea92d --format json
  kg gap d-27eea92d --lang en -o card.md --format md"""
)
@click.argument("gap_id", metavar="ID")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    help="输出格式 output format",
)
@output_option
@survey_options
def command(
    gap_id: str,
    style: str,
    output: Path | None,
    asked: Asked,
) -> None:
    """一个缺口的全卡：依据、上下游、载体、院所、可行性、推翻条件与下一步。

    The whole card of one gap: claims with their places, actors, carriers, institutes, feasibility, what would overturn
    it and what to do next; with the passages where the plan is attached (kg source attach).
    """
    from kg.attach import attached
    from kg.gaps import find_gap
    from kg.gaps.card import card
    from kg.table import as_json

    lang = asked.lang
    _, survey, teller = survey_of(asked, (), True)
    gap = find_gap(survey, gap_id)
    fields = card(teller, gap, attached(asked.workspace))
    if style == "json":
        rows = [
            {"field": f.key, "title": f.title.pick(lang), "lines": list(f.lines)} for f in fields
        ]
        put(as_json({**teller.gap(gap), "card": rows}), output)
        return
    title = Words(f"缺口卡 {gap.id}", f"Gap card {gap.id}").pick(lang)
    lines = [f"# {title}" if style == "md" else title, ""]
    for field in fields:
        head = field.title.pick(lang)
        if style == "md":
            lines += [f"## {head}", "", *(f"- {one}" for one in field.lines), ""]
        else:
            lines.append(head)
            lines += [f"  {one}" for one in field.lines]
    put("\n".join(lines).rstrip() + "\n", output)
