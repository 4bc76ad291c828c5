"""kg draw: a chain as one interactive page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.days import today_of, today_option
from kg.cli.options import data_options, put, say, workspace_option
from kg.errors import KgError
from kg.words import Words


@click.command(
    epilog="\b\n例 Examples:\n  kg draw 先进材料 -o chain.html\n  kg draw 铝基材料 -o al.html --lang en\n  kg draw 东阳光集团 -o hec.html"
)
@click.argument("name")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="HTML 文件 HTML file"
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=150,
    show_default=True,
    help="最多画多少个节点 nodes drawn at most",
)
@today_option
@workspace_option
@data_options
def command(
    name: str,
    output: Path,
    limit: int,
    today: str | None,
    workspace: Path,
    data: str | None,
    store: str | None,
    lang: str,
) -> None:
    """把一个产业、环节或任何对象画成交互网页（pyvis，单个文件，不需要网络）。

    Draws one self-contained page: an industry or a segment with segments as rows and stages as columns, any other thing
    with what is around it. Checks recorded with kg confirm count where they are valid.
    """
    from kg.chain import build
    from kg.draw import page
    from kg.draw.ego import ego_page
    from kg.graph import open_graph
    from kg.linkage import Web
    from kg.names import resolve
    from kg.site.atlas import Atlas
    from kg.site.ego import ego_context
    from kg.site.graph import graph_context
    from kg.site.ground import Ground
    from kg.statements import read_statements

    if output.suffix.lower() not in (".html", ".htm", ""):
        raise KgError(
            Words(
                f"画出的是网页，不是 {output.suffix}。", f"A page is drawn, and no {output.suffix}."
            ),
            Words("请以 .html 结尾。", "Let the name end in .html."),
        )
    when = today_of(today)
    graph = open_graph(data, store)
    iri = resolve(graph, name)
    statements, faults = read_statements(workspace)
    for fault in faults:
        say(f"{fault.place}：{fault.what.pick(lang)} {fault.next_step.pick(lang)}")
    atlas = Atlas(Ground(graph, None, statements, when), lang)
    if atlas.facts.things[iri].kind in ("Industry", "Segment"):
        valid = [s for s in statements if s.valid(when)]
        chain = build(atlas.facts, iri, valid)
        context = graph_context(atlas, chain, output.name)
        context["more"] = lambda iri: atlas.node_words(iri, "")
        drawn = page(chain, atlas.facts, lang, atlas.labels, context, True, limit)
    else:
        drawn = ego_page(Web(atlas.facts), iri, atlas.words, **ego_context(atlas, output.name))
    put(drawn, output)
    say(Words(f"已写入 {output}", f"wrote {output}").pick(lang))
