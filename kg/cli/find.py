"""kg find: which thing a name means."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import chosen_style, data_options, put, put_rows, row_options
from kg.vocab import CLASSES, PREFIXES, compact
from kg.words import Words

HEAD = Words("名称,类别,代号,匹配,得分", "name,kind,key,match,score")


@click.command(
    epilog="""\b
例 Examples:
  kg find 韶钢
  kg find lvbo --format json
  kg find "aluminium foil" --lang en"""
)
@click.argument("text")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(CLASSES),
    metavar="CLASS",
    help="只找这一类（如 Firm）only this class, e.g. Firm",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@row_options
@data_options
def command(
    text: str,
    kinds: tuple[str, ...],
    limit: int,
    style: str | None,
    output: Path | None,
    data: str | None,
    store: str | None,
    lang: str,
) -> int:
    """按名称、别名、英文、拼音或首字母查找。

    Finds things by name, alias, English, pinyin, initials, part of a name or a near miss, best first.
    Exit code 1 when nothing is found.
    """
    from kg.graph import open_graph
    from kg.names import find
    from kg.table import as_json

    graph = open_graph(data, store)
    hits = find(graph, text, limit, kinds)
    if chosen_style(style, output) == "json":
        put(
            as_json([
                {
                    "iri": h.iri,
                    "label": h.label_en if lang == "en" else h.label,
                    "kind": h.kind,
                    "score": h.score,
                    "why": h.why,
                    "matched": h.matched,
                }
                for h in hits
            ]),
            output,
        )
    elif hits:
        named = {PREFIXES["ic"] + h.kind for h in hits}
        classes = {k: k for k in named} | graph.labels(sorted(named), lang)
        rows = [
            [
                h.label_en if lang == "en" else h.label,
                classes[PREFIXES["ic"] + h.kind],
                compact(h.iri),
                f"{h.reason(lang)} {h.matched}"
                if h.why not in ("exact", "english")
                else h.reason(lang),
                str(h.score),
            ]
            for h in hits
        ]
        put_rows(HEAD.pick(lang).split(","), rows, style, output, text)
    if not hits:
        click.echo(
            Words(
                f"没有找到“{text}”。请换一个写法，或只写其中两三个字。",
                f'Nothing found for "{text}". Try another spelling, or only a part of the name.',
            ).pick(lang),
            err=True,
        )
        return 1
    return 0
