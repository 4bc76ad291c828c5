"""kg close: the fewest links that make a chain run from one node to another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import put, put_rows, say
from kg.cli.surveying import Asked, survey_of, survey_options, tell_problems, terms
from kg.errors import KgError
from kg.table import FORMATS, as_json
from kg.vocab import NODE_CLASSES
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps import Survey
    from kg.gaps.closing import Route
    from kg.gaps.telling import Teller
    from kg.graph import Graph

KINDS = NODE_CLASSES
ENDINGS = ("html", "htm", "txt", *FORMATS)
# How many links the sentence names; the table has them all.
NAMED = 4


@click.command(
    epilog="""\b
例 Examples:
  kg close 有色金属 锂电池
  kg close 有色金属 锂电池 -o 路线.html        路线图 the route drawn
  kg close 氨基酸 高端化妆品 --format json --plan-only"""
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--format",
    "style",
    type=click.Choice([*FORMATS, "html"]),
    help="输出格式，默认看文件名 output format, by default from the file name",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入文件 write to this file")
@survey_options
def command(
    a: str,
    b: str,
    style: str | None,
    output: Path | None,
    asked: Asked,
) -> int:
    """补几环可使供给从 A 通到 B：最少的缺环、上下限与路线。

    How many links make the supply run from A to B: the least cost (0 present, ½ possible, 1 missing), its bounds, and the
    route. Exit code 1 where no supply edges lead from A to B.
    """
    from kg.gaps import close

    chosen = _style(style, output)
    lang = asked.lang
    graph, survey, teller = survey_of(asked, (), True)
    start, goal = (_end(graph, survey, name) for name in (a, b))
    # A problem of a chain that nobody asked for says nothing here.
    survey.scope = frozenset((survey.chain_of[start], survey.chain_of[goal]))
    tell_problems(graph, survey, lang)
    route = close(survey, start, goal)
    if route is None:
        why, back = _no_way(survey, start, goal)
        if chosen == "json":
            put(as_json(_told(teller, start, goal, None, why.pick(lang), back)), output)
        say(why.pick(lang))
        return 1
    answer = sentence(survey, route, start, goal)
    if chosen == "html":
        from kg.cli.route import page

        title = Words(
            f"补环路线：{survey.label(start, 'zh')} → {survey.label(goal, 'zh')}",
            f"Links to close: {survey.label(start, 'en')} → {survey.label(goal, 'en')}",
        )
        put(page(teller, route, title, answer, terms(graph, survey, lang)), output)
    elif chosen == "json":
        put(as_json(_told(teller, start, goal, route, answer.pick(lang))), output)
    else:
        from kg.cli.route import HEAD, steps

        rows = [s.row(teller) for s in steps(survey, route)]
        put_rows(HEAD.pick(lang).split(","), rows, chosen, output, "close")
    say(answer.pick(lang))
    if output:
        say(Words(f"已写入 {output}", f"wrote {output}").pick(lang))
    return 0


def _style(style: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's name, else "table". KgError where neither is one of ours."""
    ending = output.suffix[1:].lower() if output else ""
    if not style and ending and ending not in ENDINGS:
        known = " ".join(f".{e}" for e in ("html", "json", "csv", "xlsx", "md", "txt"))
        raise KgError(
            Words(f"不认识的文件类型 .{ending}。", f"Unknown kind of file: .{ending}."),
            Words(f"可用：{known}；或用 --format 指定。", f"Use one of {known}, or --format."),
        )
    chosen = style or {"htm": "html", "txt": "table", "": "table"}.get(ending, ending)
    if chosen == "html" and output is None and sys.stdout.isatty():
        raise KgError(
            Words("网页不能显示在终端上。", "A page cannot be shown on a terminal."),
            Words("请加 -o 路线.html。", "Add -o route.html."),
        )
    return chosen


def _end(graph: Graph, survey: Survey, name: str) -> str:
    """The chain node or segment that `name` means. KgError with the nearest where it is none."""
    from kg.names import resolve

    try:
        iri = resolve(graph, name, KINDS)
    except KgError as fault:
        try:
            iri = resolve(graph, name)
        except KgError:
            raise fault from None
    facts = survey.facts
    thing = facts.things.get(iri)
    if thing is None:
        raise KgError(
            Words(f"图谱中没有代号“{name}”。", f'The graph has no key "{name}".'),
            Words("请用 kg find 查找。", "Look for it with kg find."),
        )
    if thing.kind in KINDS and iri in survey.chain_of:
        return iri
    near = dict.fromkeys(
        other
        for c in (*facts.outgoing.get(iri, ()), *facts.incoming.get(iri, ()))
        for other in (c.subject, c.object)
    )
    inside = [*survey.chains[iri].segments, *near] if iri in survey.chains else [*near]
    fits = [i for i in inside if i in survey.chain_of and facts.things[i].kind in KINDS][:6]
    what = Words(
        f"“{thing.label('zh')}”不在任何一条链上。", f'"{thing.label("en")}" is in no chain.'
    )
    if thing.kind not in KINDS:
        cls = f"https://w3id.org/cn-industry-chain/vocab#{thing.kind}"
        zh, en = (graph.labels([cls], lang).get(cls, thing.kind) for lang in ("zh", "en"))
        what = Words(
            f"“{thing.label('zh')}”属于“{zh}”，不是链上的节点。",
            f'"{thing.label("en")}" is of the kind "{en}" and no node of a chain.',
        )
    step = Words(
        "请给出链上的产品、技术、服务或环节。",
        "Name a product, technology, service or segment of a chain.",
    )
    if fits:
        step = Words(
            f"可改用与它相连的节点：{_names(survey, fits, 'zh')}。",
            f"Use a node tied to it: {_names(survey, fits, 'en')}.",
        )
    raise KgError(what, step)


def _names(survey: Survey, iris: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(survey.label(i, lang) for i in iris)


def sentence(survey: Survey, route: Route, start: str, goal: str) -> Words:
    """The answer in one sentence."""
    a, b = (Words(survey.label(i, "zh"), survey.label(i, "en")) for i in (start, goal))
    if start == goal == route.path[0]:
        way = Words(
            f"起点与终点都是“{a.zh}”，路线就是它自己",
            f'Start and end are both "{a.en}": the route is the node itself',
        )
    elif start == goal:
        way = Words(
            f"起点与终点都是“{a.zh}”，路线就在其中",
            f'Start and end are both "{a.en}": the route lies inside it',
        )
    elif len(route.path) == 1:
        inner, outer = (b, a) if start in survey.facts.ancestors(goal) else (a, b)
        way = Words(
            f"“{inner.zh}”在“{outer.zh}”之内，路线只有一个节点",
            f'"{inner.en}" lies in "{outer.en}": the route is one node',
        )
    else:
        way = Words(f"从“{a.zh}”到“{b.zh}”", f'From "{a.en}" to "{b.en}"')
    links = list(route.links)
    if links:
        zh, en = (_names(survey, links[:NAMED], g) for g in ("zh", "en"))
        more = len(links) > NAMED
        need = Words(
            f"补 {len(links)} 环可贯通（{zh}{' 等' if more else ''}）",
            f"{len(links)} link(s) make it run ({en}{' …' if more else ''})",
        )
    else:
        need = Words("不需补环即可贯通", "no link has to be added")
    if route.possible:
        n = len(route.possible)
        need = Words(
            f"{need.zh}，另有 {n} 个节点或有、待核",
            f"{need.en}, and {n} node(s) are only possible and to be checked",
        )
    domain = sum(e.origin == "domain" for e in route.edges)
    cut = (
        Words("", "")
        if route.proven
        else Words("（搜索未穷尽，费用为上界）", " (search cut short: the cost is an upper bound)")
    )
    cost = Words(
        f"费用 {route.cost:g}（或有计半环），介于 {route.low:g}（或有计 0）与 {route.high:g}（或有计 1）",
        f"cost {route.cost:g} (possible counts half), between {route.low:g} (possible counts 0)"
        f" and {route.high:g} (possible counts 1)",
    )
    if route.low == route.high:
        cost = Words(
            f"费用 {route.cost:g}，上下限相同", f"cost {route.cost:g}, both bounds the same"
        )
    return Words(
        f"{way.zh}：{need.zh}；{cost.zh}；供给关系 {len(route.edges)} 条，其中行业常识 {domain} 条{cut.zh}。",
        f"{way.en}: {need.en}; {cost.en}; {len(route.edges)} supply edges, {domain} of domain knowledge{cut.en}.",
    )


def _no_way(survey: Survey, start: str, goal: str) -> tuple[Words, bool]:
    """Says that no supply leads there, what would help, and whether it leads the other way round."""
    from kg.gaps import close

    a, b = (Words(survey.label(i, "zh"), survey.label(i, "en")) for i in (start, goal))
    back = close(survey, goal, start) is not None
    turn = Words("反向也没有。", "Nor the other way round.")
    if back:
        turn = Words(
            f"反向（{b.zh} → {a.zh}）有路线。", f"There is a route the other way ({b.en} → {a.en})."
        )
    step = Words(
        "kg query chain-edges 列出一条链已有的供给关系。",
        "kg query chain-edges lists the supply edges of a chain.",
    )
    if survey.plan_only and close(replace(survey, plan_only=False), start, goal):
        step = Words(
            "用上行业常识的供给关系则有路线：去掉 --plan-only。",
            "With the supply edges of domain knowledge there is one: leave out --plan-only.",
        )
    return Words(
        f"没有从“{a.zh}”通到“{b.zh}”的供给关系。{turn.zh}{step.zh}",
        f'No supply edges lead from "{a.en}" to "{b.en}". {turn.en} {step.en}',
    ), back


def _told(
    teller: Teller,
    start: str,
    goal: str,
    route: Route | None,
    finding: str,
    reverse: bool | None = None,
) -> dict[str, Any]:
    nodes = teller.survey.nodes

    def told(iris: Sequence[str]) -> list[dict[str, str]]:
        return [{"iri": i, "label": teller.label(i), "presence": nodes[i].presence} for i in iris]

    edges = route.edges if route else ()
    return {
        "a": start,
        "b": goal,
        "found": route is not None,
        "finding": finding,
        "reverse": reverse,
        "links": told(route.links if route else ()),
        "cost": route
        and {
            "low": route.low,
            "middle": route.cost,
            "high": route.high,
            "n": len(route.path) + len(route.beside),
        },
        "proven": route.proven if route else True,
        "route": told(route.path if route else ()),
        "beside": told(route.beside if route else ()),
        "edges": [teller.claim(e) for e in edges],
        "domain_edges": sum(e.origin == "domain" for e in edges),
        "sources": teller.sources(),
    }
