"""kg about: everything the graph says of one thing."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_options, output_option, put, workspace_option
from kg.words import Words

STATUS = {
    "existing": Words("现有", "existing"),
    "underway": Words("在建在研", "underway"),
    "planned": Words("规划", "planned"),
    "target": Words("目标", "target"),
}


@click.command(
    epilog="""\b
例 Examples:
  kg about 韶钢
  kg about 铝箔 --format json
  kg about node:aluminium-foil --lang en"""
)
@click.argument("name")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="输出格式 output format",
)
@output_option
@workspace_option
@data_options
def command(
    name: str,
    style: str,
    output: Path | None,
    workspace: Path,
    data: str | None,
    store: str | None,
    lang: str,
) -> None:
    """一个对象的全部说法：每条都有状态、级别与出处。

    All that the graph says of one thing, each line with status, level and place; with the passage itself where
    the plan is attached (kg source attach).
    """
    from kg.about import about, quotations
    from kg.attach import attached
    from kg.graph import open_graph
    from kg.names import resolve
    from kg.table import as_json

    graph = open_graph(data, store)
    found = about(graph, resolve(graph, name), lang)
    quotes = quotations(found, attached(workspace))
    if style == "json":
        told = found.as_json()
        for claim in told["claims"]:
            for citation in claim["citation"]:
                if citation["iri"] in quotes:
                    citation["text"] = quotes[citation["iri"]]
        put(as_json(told), output)
        return
    put(_as_text(found, quotes, lang), output)


def _as_text(found: object, quotes: dict[str, str], lang: str) -> str:
    from kg.about import About
    from kg.table import one_line
    from kg.vocab import PREFIXES, compact

    assert isinstance(found, About)
    thing = found.thing
    other = thing.label("zh" if lang == "en" else "en")
    lines = [
        f"{one_line(thing.label(lang))}  {one_line(other)}",
        f"{compact(thing.iri)}  {found.label(PREFIXES['ic'] + thing.kind)}",
    ]
    if thing.alts:
        lines.append(Words("又名 ", "also ").pick(lang) + one_line("；".join(thing.alts)))
    if thing.broader:
        lines.append(Words("属于 ", "part of ").pick(lang) + found.label(thing.broader))
    cited: list[str] = []
    if found.claims:
        lines.append("")
    for claim in found.claims:
        domain = claim.origin == "domain"
        words = [] if domain else [STATUS[claim.status].pick(lang)]
        if claim.level == "group":
            words.append(Words("组级", "group level").pick(lang))
        words.extend(found.label(r) for r in claim.roles)
        words.extend(claim.wordings)
        if domain:
            words.append(
                Words("行业常识：", "domain knowledge: ").pick(lang) + claim.basis.pick(lang)
            )
        place = found.places(claim.sources)
        said = f"{found.label(claim.subject)} — {found.label(claim.predicate)} — {found.label(claim.object)}"
        lines.append(f"· {one_line(said)}  [{one_line(', '.join(words))}]  {place}".rstrip())
        cited.extend(s for s in claim.sources if s in quotes)
    for figure in found.figures:
        lines.append(
            f"· {found.label(figure.about)} {figure.period}：{figure.printed}{figure.unit}{figure.bound}"
            f"  [{figure.figure}]  {found.places(figure.sources)}"
        )
    if found.narrower:
        lines += [
            "",
            Words("下级 ", "narrower ").pick(lang)
            + "、".join(found.label(n) for n in found.narrower),
        ]
    if thing.notes:
        lines += ["", Words("阅读注记（英文）", "Reading notes").pick(lang)]
        lines += ["  " + one_line(n) for n in thing.notes]
    if cited:
        lines += ["", Words("原文", "Passages").pick(lang)]
        for source in dict.fromkeys(cited):
            lines.append(f"  {found.passages[source].label}：{one_line(quotes[source])}")
    return "\n".join(lines) + "\n"
