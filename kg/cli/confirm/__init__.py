"""kg confirm: what somebody checked on the spot, recorded until a day; and the list of what was."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.confirm.days import DAYS, first_and_last
from kg.cli.days import today_of, today_option
from kg.cli.options import data_options, row_options, say, workspace_option
from kg.errors import KgError
from kg.vocab import NODE_CLASSES
from kg.words import Words

NODES = NODE_CLASSES
# A firm found is found in a product or a technology: of a whole segment it would say nothing.
PLACES_OF_FIRMS = NODE_CLASSES[1:]
PLACES = ("Place", "Park", "Site")
SEE_HELP = Words("用法见 kg confirm --help。", "See kg confirm --help.")


@click.command(
    epilog="""\b
例 Examples:
  kg confirm 高精度铜带 --absent --method 名录 --by 张三
  kg confirm 铝箔 --present --firm 某某铝业有限公司 --method 企业走访 --by 李四 --on 2026-11-20
  kg confirm 油墨 --absent --region 南雄高新区 --method 园区 --by 张三 --valid 180
  kg confirm --list
  kg confirm --retract 1a2b3c4d"""
)
@click.argument("node", required=False)
@click.option("--absent", is_flag=True, help="确认无 checked: no actor there")
@click.option("--present", is_flag=True, help="有 checked: a firm is there (with --firm)")
@click.option(
    "--method", metavar="TEXT", help="怎样核查 how: 名录, 园区, 企业走访 …（必填 required）"
)
@click.option("--by", metavar="NAME", help="核查人 who checked（必填 required）")
@click.option("--firm", metavar="NAME", help="查到的企业 the firm found, with --present")
@click.option("--on", metavar="DATE", help="核查日 day of the check (default today)")
@click.option(
    "--valid",
    type=click.IntRange(1, 36_500),
    metavar="DAYS",
    help=f"有效天数 days it holds (default {DAYS})",
)
@click.option("--until", metavar="DATE", help="有效至 last day it holds, instead of --valid")
@click.option(
    "--region", metavar="PLACE", help="核查的地区或园区 place or park checked (default 韶关市)"
)
@click.option("--note", metavar="TEXT", default="", help="备注 a note")
@click.option("--list", "listing", is_flag=True, help="列出全部核查记录 list what was recorded")
@click.option("--retract", metavar="ID", help="撤回一条 take one back, by the beginning of its id")
@today_option
@row_options
@workspace_option
@data_options
def command(
    node: str | None,
    absent: bool,
    present: bool,
    method: str | None,
    by: str | None,
    firm: str | None,
    on: str | None,
    valid: int | None,
    until: str | None,
    region: str | None,
    note: str,
    listing: bool,
    retract: str | None,
    today: str | None,
    style: str | None,
    output: Path | None,
    workspace: Path,
    data: str | None,
    store: str | None,
    lang: str,
) -> int:
    """记录一次核查：某环节在本市确实没有（确认无），或查到了企业（有）。到期失效。

    Records a check: a node really has no actor in the city, or a named firm is there. It holds until a day.
    Exit code 1 when it contradicts the graph or another statement (it is recorded all the same), or when a
    file of the list cannot be read.
    """
    now = today_of(today)
    if (node is not None) + listing + (retract is not None) != 1 or (
        node is None and (absent or present)
    ):
        raise KgError(
            Words(
                "请写一个环节，或只用 --list，或只用 --retract。",
                "Name one node, or use --list alone, or --retract alone.",
            ),
            SEE_HELP,
        )
    if listing:
        from kg.cli.confirm.listing import show

        return show(workspace, now, style, output, data, store, lang)
    if style or output:
        raise KgError(
            Words("--format 和 -o 只用于 --list。", "--format and -o go with --list only."),
            SEE_HELP,
        )
    if retract is not None:
        from kg.statements import retract as take_back

        path = take_back(workspace, retract)
        say(Words(f"已撤回，移至 {path}", f"Taken back: now in {path}").pick(lang))
        return 0
    if absent == present:
        raise KgError(
            Words(
                "请在 --absent（确认无）与 --present（有）中选一个。",
                "Choose one of --absent and --present.",
            ),
            SEE_HELP,
        )
    for option, text in (("--method", method), ("--by", by)):
        if not (text or "").strip():
            raise KgError(Words(f"缺少参数 {option}。", f"{option} is missing."), SEE_HELP)
    if present != bool((firm or "").strip()):
        raise KgError(
            Words(
                "--present 须用 --firm 写明查到的企业；--absent 不用 --firm。",
                "--present needs the firm found (--firm); --absent takes none.",
            ),
            SEE_HELP,
        )
    first, last = first_and_last(on, valid, until, now)

    from kg.cli.confirm.naming import firm_of, thing
    from kg.cli.confirm.telling import contradictions, tell
    from kg.facts import read_facts
    from kg.graph import open_graph
    from kg.statements import CITY, make_statement, read_statements, write_statement

    assert node is not None
    graph = open_graph(data, store)
    facts = read_facts(graph)
    scope = thing(graph, facts, node, PLACES_OF_FIRMS if present else NODES)
    if region is None and CITY not in facts.things:
        raise KgError(
            Words("这份数据中没有韶关市。", "Shaoguan is not in this data."),
            Words("请用 --region 写明核查的地区。", "Name the place checked with --region."),
        )
    statement = make_statement(
        scope,
        "absent" if absent else "present",
        method or "",
        by or "",
        first,
        last,
        CITY if region is None else thing(graph, facts, region, PLACES),
        firm_of(graph, facts, firm) if firm else "",
        note,
    )
    others = read_statements(workspace)[0]
    path = write_statement(workspace, statement)
    tell(facts, statement, path, now, lang)
    return 1 if contradictions(facts, statement, others, now, lang) else 0
