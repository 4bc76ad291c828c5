"""kg sparql: the user's own SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import data_options, put, put_rows, row_options
from kg.errors import KgError
from kg.words import Words


@click.command(
    epilog="""\b
例 Examples:
  kg sparql my.rq
  echo 'SELECT ?f WHERE { ?f a ic:Firm } LIMIT 5' | kg sparql -"""
)
@click.argument("file")
@click.option(
    "--timeout",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    help="最多秒数 seconds at most",
)
@click.option("--keys", is_flag=True, help="显示代号而不是名称 show keys instead of labels")
@row_options
@data_options
def command(
    file: str,
    timeout: int,
    keys: bool,
    style: str | None,
    output: Path | None,
    data: str | None,
    store: str | None,
    lang: str,
) -> None:
    """运行 SPARQL 1.1 查询（文件，或 - 表示标准输入）。

    Runs a SPARQL 1.1 query from a file or from standard input (-). The usual prefixes (ic, node, actor, skos …)
    are known. SELECT prints rows, ASK true or false, CONSTRUCT and DESCRIBE N-Triples.
    """
    from kg.graph import open_graph

    text = _read(file)
    graph = open_graph(data, store)
    watchdog = _watch(timeout, lang)
    try:
        show(graph, graph.query(text), style, output, lang, keys, title=Path(file).stem)
    finally:
        watchdog.cancel()


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise KgError(
            Words(f"无法读取 {file}：{why}。", f"Cannot read {file}: {why}."),
            Words(
                "请给出一个 .rq 文件，或用 - 从标准输入读取。",
                "Give a .rq file, or - for standard input.",
            ),
        ) from None


def _watch(seconds: int, lang: str) -> Any:
    """Ends the process when a query runs on: pyoxigraph cannot be interrupted, but lets other threads run."""
    import os
    import threading

    def end() -> None:
        said = Words(
            f"kg: 查询在 {seconds} 秒内没有结束。请加 LIMIT 或更具体的条件，或用 --timeout 延长。",
            f"kg: The query did not end within {seconds} seconds. Add a LIMIT or a closer pattern, or raise --timeout.",
        )
        sys.stderr.write(said.pick(lang) + "\n")
        sys.stderr.flush()
        os._exit(2)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer


def show(
    graph: Any,
    found: Any,
    style: str | None,
    output: Path | None,
    lang: str,
    keys: bool = False,
    title: str = "kg",
    heads: dict[str, str] | None = None,
) -> int:
    """Prints any query result in `style`; returns the number of rows (1 for ASK)."""
    import pyoxigraph as ox

    from kg.cli.options import chosen_style
    from kg.rows import as_text, materialise

    style = chosen_style(style, output)

    if isinstance(found, ox.QueryBoolean):
        if style == "json":
            raw = found.serialize(format=ox.QueryResultsFormat.JSON)
            put((raw or b"").decode() + "\n", output)
        else:
            put(f"{str(bool(found)).lower()}\n", output)
        return 1
    if not isinstance(found, ox.QuerySolutions):
        lines = sorted(str(triple) + " .\n" for triple in found)
        put("".join(lines), output)
        return len(lines)
    if style == "json":
        raw = found.serialize(format=ox.QueryResultsFormat.JSON)
        text = (raw or b"").decode()
        put(text + "\n", output)
        import json

        return len(json.loads(text)["results"]["bindings"])
    head, rows = materialise(found)
    named = [(heads or {}).get(h, h) for h in head]
    put_rows(named, as_text(graph, rows, lang, keys), style, output, title)
    return len(rows)
