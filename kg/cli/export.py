"""kg export: the whole graph for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_options, put, say
from kg.errors import KgError
from kg.export import FORMATS
from kg.words import Words


@click.command(
    epilog="""\b
例 Examples:
  kg export --format graphml -o 图谱.graphml       yEd, Gephi
  kg export --format csv -o tables                 nodes.csv, edges.csv
  kg export --format nt | head"""
)
@click.option("--format", "style", type=click.Choice(FORMATS), required=True, help="格式 format")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="文件（csv：文件夹）file; for csv a folder",
)
@data_options
def command(
    style: str, output: Path | None, data: str | None, store: str | None, lang: str
) -> None:
    """导出整个图谱，每条边带状态与出处。

    Exports the graph; every edge carries status and citation. The same data gives the same bytes.
    """
    from kg.export import WRITERS, as_csv_files
    from kg.graph import open_graph

    graph = open_graph(data, store)
    if style == "csv":
        if output is None:
            raise KgError(
                Words("csv 有两个文件，需要文件夹。", "csv is two files and needs a folder."),
                Words("请加 -o 文件夹。", "Add -o FOLDER."),
            )
        for name, content in as_csv_files(graph).items():
            put(content, output / name)
    else:
        put(WRITERS[style](graph), output)
    if output:
        say(Words(f"已写入 {output}", f"wrote {output}").pick(lang))
