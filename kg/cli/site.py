"""kg site: all pages of the atlas."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

import click

from kg.cli.days import today_of, today_option
from kg.cli.options import data_options, say, workspace_option
from kg.words import LANGS, Words


@click.command(
    epilog="\b\n例 Examples:\n  kg site -o site\n  kg site -o site --open\n  kg site -o site --open --lang en"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="网页文件夹 folder for the pages",
)
@click.option("--open", "show", is_flag=True, help="完成后打开 open it when done")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度 no progress")
@today_option
@workspace_option
@data_options
def command(
    output: Path,
    show: bool,
    quiet: bool,
    today: str | None,
    workspace: Path,
    data: str | None,
    store: str | None,
    lang: str,
) -> None:
    """生成全部网页（中文和英文）：双击 index.html 即可打开，不需要网络。

    Builds all pages in both languages (English in en/): open index.html by double-click, no network needed. With the
    plan attached, pages show passages; what kg confirm recorded is shown as it stands on the day.
    """
    from kg.attach import attached
    from kg.graph import open_graph
    from kg.site import build
    from kg.statements import read_statements

    when = today_of(today)
    start = time.monotonic()
    live = sys.stderr.isatty() and not quiet

    def progress(done: int, total: int) -> None:
        if live:
            click.echo(f"\r{done}/{total}", err=True, nl=done == total)

    # The process ends with the pages: looking through some 100,000 living objects for dead ones takes a tenth of it.
    gc.disable()
    statements, faults = read_statements(workspace)
    for fault in faults:
        say(f"{fault.place}：{fault.what.pick(lang)} {fault.next_step.pick(lang)}")
    graph = open_graph(data, store)
    count = build(graph, output, LANGS, attached(workspace), progress, statements, when)
    page = (output / ("en/index.html" if lang == "en" else "index.html")).resolve()
    say(
        Words(
            f"已生成 {count} 页，用时 {time.monotonic() - start:.1f} 秒：{page.as_uri()}",
            f"{count} pages in {time.monotonic() - start:.1f} s: {page.as_uri()}",
        ).pick(lang),
        quiet,
    )
    if show and _has_screen():
        click.launch(str(page))


def _has_screen() -> bool:
    """Whether a browser could show anything: without one, xdg-open only complains."""
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )
