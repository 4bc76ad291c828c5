"""kg tidy: the Turtle files in their one layout."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.options import say
from kg.errors import KgError
from kg.words import Words


@click.command(
    epilog="""\b
例 Examples:
  kg tidy                            整理自带数据 the project's own data files
  kg tidy --check my/*.ttl           只检查，不改动 only tell, change nothing"""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="只检查不改动 change nothing; exit code 1 if a file is not tidy"
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=lambda: os.environ.get("KG_LANG", "zh")
)
def command(files: tuple[Path, ...], check: bool, lang: str) -> int:
    """把 Turtle 文件整理成统一格式：顺序与注释不变，每条说法一行。

    Puts Turtle files into their one layout; order and comments stay, one claim a line.
    """
    from kg.assets import folder
    from kg.disk import write_atomic
    from kg.turtle import tidy

    untidy = 0
    for path in files or sorted(folder("data").glob("*.ttl")):
        try:
            before = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise KgError(
                Words(f"无法读取 {path}：{why}。", f"Cannot read {path}: {why}."),
                Words("请检查路径与编码（UTF-8）。", "Check the path and the encoding (UTF-8)."),
            ) from None
        after = tidy(before, str(path))
        if after == before:
            continue
        untidy += 1
        if check:
            say(
                Words(
                    f"{path} 未整理。请运行 kg tidy {path}",
                    f"{path} is not tidy. Run kg tidy {path}",
                ).pick(lang)
            )
        else:
            write_atomic(path, after)
            say(Words(f"已整理 {path}", f"tidied {path}").pick(lang))
    return 1 if check and untidy else 0
