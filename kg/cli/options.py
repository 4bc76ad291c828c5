"""Options that several commands share, and how results leave the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from kg.errors import KgError
from kg.table import FORMATS, as_xlsx, render
from kg.words import LANGS, Words

F = TypeVar("F", bound=Callable[..., object])


def data_options(command: F) -> F:
    """Adds --data, --store and --lang."""
    for option in (
        click.option(
            "--lang",
            type=click.Choice(LANGS),
            default=lambda: os.environ.get("KG_LANG", "zh"),
            help="语言 language (zh, en)",
        ),
        click.option(
            "--store", metavar="URL", help="远程 SPARQL 端点 a SPARQL endpoint instead of files"
        ),
        click.option(
            "--data", metavar="DIR", help="另一个数据文件夹 another folder of Turtle files"
        ),
    ):
        command = option(command)
    return command


def row_options(command: F) -> F:
    """Adds --format and -o for commands that print rows."""
    command = click.option(
        "--format",
        "style",
        type=click.Choice(FORMATS),
        default=None,
        help="输出格式，默认看文件名 output format, by default from the file name, else table",
    )(command)
    return output_option(command)


def output_option(command: F) -> F:
    """Adds -o."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), help="写入文件 write to this file"
    )(command)


def workspace_option(command: F) -> F:
    """Adds --workspace."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: Path(os.environ.get("KG_WORKSPACE", "kg-workspace")),
        help="工作区 the workspace folder (default ./kg-workspace)",
    )(command)


def say(text: str, quiet: bool = False) -> None:
    """Talk for the person at the terminal: on stderr, so that stdout holds results only."""
    if not quiet:
        click.echo(text, err=True)


def put(content: str | bytes, output: Path | None) -> None:
    """The result on stdout, or in the file `output`, whole or not at all."""
    if output is None:
        if isinstance(content, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            click.echo(content, nl=False)
        return
    from kg.disk import write_atomic

    try:
        write_atomic(output, content)
    except OSError as fault:
        raise KgError(
            Words(
                f"无法写入 {output}：{fault.strerror}。",
                f"Cannot write {output}: {fault.strerror}.",
            ),
            Words(
                "请换一个位置，或检查磁盘空间与权限。",
                "Choose another place, or check space and permissions.",
            ),
        ) from None


def chosen_style(style: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's name, else "table". KgError for the name of another kind of file."""
    ending = output.suffix[1:].lower() if output else ""
    if not style and ending not in ("", "txt", "text", *FORMATS):
        known = "、".join(f".{f}" for f in ("csv", "xlsx", "md", "json", "txt"))
        raise KgError(
            Words(f"不认识的文件类型：{output}。", f"Unknown kind of file: {output}."),
            Words(
                f"可用：{known}；或用 --format。", f"Use {known.replace('、', ', ')}, or --format."
            ),
        )
    return style or (ending if ending in FORMATS else "table")


def put_rows(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: str | None,
    output: Path | None,
    title: str,
) -> None:
    """Rows in the format asked for. KgError when a workbook would go to a terminal."""
    style = chosen_style(style, output)
    if style == "xlsx":
        if output is None and sys.stdout.isatty():
            raise KgError(
                Words("xlsx 不能显示在终端上。", "A workbook cannot be shown on a terminal."),
                Words("请加 -o 文件名.xlsx。", "Add -o NAME.xlsx."),
            )
        put(as_xlsx(head, rows, title), output)
        return
    text = render(head, rows, style)
    # Excel on Windows reads a CSV file without this mark as GBK.
    put("\ufeff" + text if style == "csv" and output else text, output)
