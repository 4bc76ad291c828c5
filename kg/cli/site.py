"""kg site: all pages of the atlas, or pages that can be sent alone."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.days import today_of, today_option
from kg.cli.options import data_options, put, say, workspace_option
from kg.errors import KgError
from kg.words import LANGS, Words

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.site.atlas import Atlas
    from kg.site.ground import Ground


# Above so many things a site leaves more garbage behind than memory should hold.
_MANY = 10_000


@click.command(
    epilog="\b\n例 Examples:\n  kg site -o site\n  kg site -o site --open --lang en\n"
    "  kg site --single-file -o 单页\n  kg site --single-file --page 先进材料 -o 先进材料.html"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="网页文件夹 folder for the pages (with --page: the file)",
)
@click.option("--open", "show", is_flag=True, help="完成后打开 open it when done")
@click.option(
    "--single-file",
    "single",
    is_flag=True,
    help="每页一个文件，不超过 1 MB，可以转发 pages of one file each, to be sent",
)
@click.option(
    "--page",
    metavar="NAME",
    help="只要这一页：名称或网页地址 only this page: a name, or an address like gaps.html",
)
@click.option(
    "--map",
    "borders",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="自备区县界线 GeoJSON your own county borders as GeoJSON",
)
@click.option("--map-number", metavar="审图号", help="该地图的审图号 the review number of that map")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度 no progress")
@today_option
@workspace_option
@data_options
def command(
    output: Path,
    show: bool,
    single: bool,
    page: str | None,
    borders: Path | None,
    map_number: str | None,
    quiet: bool,
    today: str | None,
    workspace: Path,
    data: str | None,
    store: str | None,
    lang: str,
) -> None:
    """生成全部网页（中文和英文）：双击 index.html 即可打开，不需要网络。

    Builds all pages in both languages (English in en/): open index.html by double-click, no network needed. What has
    not changed since the last time is taken over. With the plan attached, pages show passages; what kg confirm
    recorded is shown as it stands on the day. With --single-file, pages of one file each, in the language of --lang.
    """
    from kg.attach import attached
    from kg.graph import open_graph
    from kg.site import build
    from kg.site.borders import read_borders
    from kg.site.counties import county_names
    from kg.site.ground import Ground
    from kg.statements import read_statements

    when = today_of(today)
    start = time.monotonic()
    if page and not single:
        raise KgError(
            Words("--page 要与 --single-file 一起用。", "--page goes with --single-file."),
            Words(
                "例如 kg site --single-file --page 先进材料 -o 先进材料.html。",
                "For example: kg site --single-file --page 先进材料 -o materials.html.",
            ),
        )
    # What is read lives as long as the process: looking through it for dead objects takes a tenth of the time.
    gc.disable()
    statements, faults = read_statements(workspace)
    for fault in faults:
        say(f"{fault.place}：{fault.what.pick(lang)} {fault.next_step.pick(lang)}")
    graph = open_graph(data, store, compile=False)
    ground = Ground(graph, attached(workspace), statements, when)
    if borders or map_number:
        if borders is None:
            raise KgError(
                Words("--map-number 要与 --map 一起用。", "--map-number goes with --map."),
                Words("请给出 GeoJSON 文件。", "Name the GeoJSON file."),
            )
        ground.borders = read_borders(borders, map_number or "", county_names())
        for seen in ground.borders.findings:
            say(f"{seen.place}：{seen.what.pick(lang)} {seen.next_step.pick(lang)}")
    _ = ground.cards
    if len(ground.facts.things) > _MANY:
        gc.freeze()
        gc.enable()
    if single:
        _single(ground, graph, output, page, lang, quiet)
        return
    built = build(ground, output, LANGS, _progress(quiet))
    first = (output / ("en/index.html" if lang == "en" else "index.html")).resolve()
    spent = time.monotonic() - start
    say(
        Words(
            f"共 {built.pages} 页，更新 {built.made} 个文件，用时 {spent:.1f} 秒：{first.as_uri()}",
            f"{built.pages} pages, {built.made} files made, in {spent:.1f} s: {first.as_uri()}",
        ).pick(lang),
        quiet,
    )
    if show and _has_screen():
        click.launch(str(first))


def _progress(quiet: bool):  # type: ignore[no-untyped-def]
    live = sys.stderr.isatty() and not quiet

    def progress(done: int, total: int) -> None:
        if live:
            click.echo(f"\r{done}/{total}", err=True, nl=done == total)

    return progress


def _single(
    ground: Ground, graph: Graph, output: Path, page: str | None, lang: str, quiet: bool
) -> None:
    """Writes one page as one file, or all of them into a folder."""
    from kg.site.atlas import Atlas
    from kg.site.shelf import Shelf
    from kg.site.single import single_files, single_page

    atlas = Atlas(ground, lang)
    if page:
        put(single_page(atlas, _address(atlas, graph, page)), output)
        say(Words(f"已写入 {output}", f"wrote {output}").pick(lang), quiet)
        return
    shelf = Shelf(output.resolve())
    progress = _progress(quiet)
    try:
        files = list(single_files(atlas))
        for done, (name, make) in enumerate(files, start=1):
            shelf.put(name, make())
            progress(done, len(files))
        shelf.finish()
    finally:
        shelf.clear()
    say(
        Words(
            f"已写入 {output}：{len(files)} 个文件",
            f"wrote {len(files)} files to {output}",
        ).pick(lang),
        quiet,
    )


def _address(atlas: Atlas, graph: Graph, page: str) -> str:
    """The address of the page that a person named: as it is, or the matrix of an industry, or the page of a thing."""
    from kg.names import resolve

    if page.endswith(".html") or "?" in page:
        return page
    iri = resolve(graph, page)
    return atlas.chain_path(iri) + ".html" if iri in atlas.chains else atlas.page(iri)


def _has_screen() -> bool:
    """Whether a browser could show anything: without one, xdg-open only complains."""
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )
