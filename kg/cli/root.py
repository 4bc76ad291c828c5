"""`kg` itself: the list of commands, each loaded only when it is used."""

from __future__ import annotations

import importlib
import os

import click

import kg

# Command → module, summary. The modules are not imported for the list: `kg --help` stays quick.
COMMANDS: dict[str, tuple[str, str]] = {
    "about": ("about", "一个对象的全部说法与出处 · All that is said of one thing, with its places"),
    "check": (
        "check",
        "核对图谱与引文 · Check the graph, its citations and its coverage of the plan",
    ),
    "confirm": (
        "confirm",
        "记录一次核查：确认无，或有 · Record a check: nobody is there, or a firm is",
    ),
    "close": ("close", "补几环可从 A 通到 B · The fewest links from A to B"),
    "compare": ("compare", "与留存的清单相比有何变化 · What changed since a snapshot"),
    "draw": ("draw", "画一条产业链（pyvis）· Draw a chain as an interactive page"),
    "export": (
        "export",
        "导出整个图谱 · Export the graph (ttl, trig, nt, jsonld, graphml, gexf, csv)",
    ),
    "find": ("find", "按名称、拼音或英文查找 · Find a thing by name, pinyin or English"),
    "gap": ("gap", "一个缺口的全卡 · The whole card of one gap"),
    "gaps": ("gaps", "链上缺什么 · What the chains lack"),
    "query": ("query", "预设问题 · The catalogue of ready questions"),
    "site": ("site", "生成全部网页 · Build the pages of the atlas"),
    "source": ("source", "挂接规划原文 · Tell where your copy of the plan lies"),
    "sparql": ("sparql", "运行 SPARQL 文件 · Run your own SPARQL"),
    "tidy": ("tidy", "整理数据文件的格式 · Put the Turtle files into their one order"),
    "what-if": ("what_if", "假设少一家或多一家企业 · Without a firm, or with one more"),
}


class Lazy(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The command names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command `name`, from its module."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.{COMMANDS[name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table above, without importing any."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(n, COMMANDS[n][1]) for n in sorted(COMMANDS)], col_max=12)


EXAMPLES = """\b
例 Examples:
  kg find 铝箔
  kg about 东阳光
  kg query firms-of-chain --chain 先进材料
  kg gaps 先进材料
  kg draw 先进材料 -o chain.html
  kg site -o site
"""


@click.group(
    cls=Lazy,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(kg.__version__, prog_name="kg")
def root() -> None:
    """产业链图谱：查询、查找、画图，每一条都有出处。

    The atlas of a city's industry chains: ask it, search it, draw it; every line has its source.
    """


def chosen_lang(arguments: list[str]) -> str:
    """The language for messages: --lang in `arguments`, else KG_LANG, else Chinese."""
    for at, word in enumerate(arguments):
        if word == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("KG_LANG", "zh")
