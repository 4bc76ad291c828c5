"""kg source: where the user's copy of the plan lies."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_options, say, workspace_option
from kg.words import Words


@click.group(epilog="\b\n例 Example:\n  kg source attach 规划全文.txt")
def command() -> None:
    """挂接规划原文（图谱本身不含原文）。

    The atlas carries places, not the plan's sentences: attach your own copy, and commands and pages show them.
    """


@command.command(epilog="\b\n例 Example:\n  kg source attach 规划全文.txt")
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
@data_options
def attach(file: Path, workspace: Path, data: str | None, store: str | None, lang: str) -> int:
    """记住规划全文（纯文本）的位置，并核对每一处引文。

    Remembers where the plan's text lies and checks every cited passage. Exit code 1 when some are lost.
    """
    from kg.attach import attach as do
    from kg.graph import open_graph

    found = do(open_graph(data, store), file, workspace)
    total = len(found.exact) + len(found.moved) + len(found.lost)
    say(
        Words(
            f"已挂接《{found.source.label}》：{total} 处引文，原位 {len(found.exact)}，移位 {len(found.moved)}，丢失 {len(found.lost)}。",
            f"Attached “{found.source.label_en}”: {total} passages, {len(found.exact)} in place, {len(found.moved)} moved, {len(found.lost)} lost.",
        ).pick(lang)
    )
    for passage in found.lost[:20]:
        say("  " + (passage.label_en if lang == "en" else passage.label))
    return 1 if found.lost else 0
