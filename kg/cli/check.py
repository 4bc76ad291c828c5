"""kg check: is the graph sound, and is the whole plan accounted for?"""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.options import chosen_style, put, put_rows, row_options, say, workspace_option
from kg.errors import KgError
from kg.words import Words

HEAD = Words("级别,规则,位置,所见,下一步", "level,rule,place,what,next step")


@click.command(
    epilog="""\b
例 Examples:
  kg check
  kg check --document plan.txt
  kg check --data my-data --format xlsx -o findings.xlsx"""
)
@click.option(
    "--document",
    type=click.Path(path_type=Path),
    help="规划全文（纯文本）the plan as plain text; default: the attached one",
)
@click.option("--data", metavar="DIR", help="另一个数据文件夹 another folder of Turtle files")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=lambda: os.environ.get("KG_LANG", "zh")
)
@row_options
@workspace_option
def command(
    document: Path | None,
    data: str | None,
    lang: str,
    style: str | None,
    output: Path | None,
    workspace: Path,
) -> int:
    """核对图谱：形状、出处、全文覆盖、前后数值是否一致。

    Checks shapes, structure, that every paragraph and every enumeration of the plan is accounted for, that every
    citation stands in the text and names what it is cited for; lists figures on which the plan disagrees with itself.
    Exit code 1 when something is wrong; a disagreement of the plan with itself is only a note.
    """
    from kg.attach import attached
    from kg.check import check
    from kg.citation import read_document
    from kg.graph import data_files
    from kg.table import as_json

    text = read_document(document) if document else attached(workspace)
    report = check(data_files(data), text)
    if (
        report.standing
        and report.standing.lost
        and not report.standing.exact + report.standing.moved
    ):
        raise KgError(
            Words(
                "这份文件不是图谱所引的规划：没有找到任何一处引文。",
                "This is not the plan that the graph cites: no passage is in it.",
            ),
            Words("请换用规划全文的纯文本。", "Give the plain text of that plan."),
        )
    if chosen_style(style, output) == "json":
        keys = ("level", "rule", "place", "what", "next_step")
        put(as_json([dict(zip(keys, f.row(lang), strict=True)) for f in report.findings]), output)
    elif report.findings:
        put_rows(
            HEAD.pick(lang).split(","),
            [f.row(lang) for f in report.findings],
            style,
            output,
            "check",
        )
    good, total = report.paragraphs
    say(
        Words(
            f"对象 {report.things}，说法 {report.claims}，数值 {report.figures}；段落已交代 {good}/{total}。",
            f"{report.things} things, {report.claims} claims, {report.figures} figures; {good}/{total} paragraphs accounted for.",
        ).pick(lang)
    )
    if report.standing and report.items:
        s, i = report.standing, report.items
        say(
            Words(
                f"引文：原位 {s.exact}，移位 {s.moved}，丢失 {s.lost}；已核对 {s.claims} 条说法的引文。\n"
                f"列举项：{i.found}+{i.excused}（有理由）/{i.total}；其中产业链各节与专栏 {i.strict_found}+{i.strict_excused}/{i.strict_total}。",
                f"Citations: {s.exact} in place, {s.moved} moved, {s.lost} lost; {s.claims} claims held against their passage.\n"
                f"Items of enumerations: {i.found}+{i.excused} (with a reason) of {i.total}; in the chain chapters and boxes {i.strict_found}+{i.strict_excused} of {i.strict_total}.",
            ).pick(lang)
        )
    else:
        say(
            Words(
                "手边没有规划原文，未核对引文与列举项。请用 --document，或先 kg source attach。",
                "The plan is not at hand: citations and enumerations were not checked. Use --document, or kg source attach first.",
            ).pick(lang)
        )
    return 1 if report.failed else 0
