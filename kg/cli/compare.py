"""kg compare: what changed in the findings since a dated export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.changes import put_changes
from kg.cli.options import row_options, say
from kg.cli.surveying import Asked, survey_of, survey_options, terms, told
from kg.errors import KgError
from kg.gaps.finding import VERSION
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps import Survey


@click.command(
    epilog="""\b
例 Examples:
  kg gaps --all --format json -o 2026-11-01.json    留存今天的发现 keep today's findings
  kg compare 2026-11-01.json
  kg export --format trig -o 2026-11-01.trig        或留存整个图谱 or the whole graph
  kg compare 2026-11-01.trig --format xlsx -o 变化.xlsx"""
)
@click.argument("snapshot", type=click.Path(path_type=Path))
@click.option(
    "--all", "everything", is_flag=True, help="包括“3+3”以外的领域 the further fields too"
)
@row_options
@survey_options
def command(
    snapshot: Path,
    everything: bool,
    style: str | None,
    output: Path | None,
    asked: Asked,
) -> None:
    """与某日留存的发现或图谱相比，缺口有何变化、为什么。

    What changed since SNAPSHOT and why: findings kept with kg gaps --format json, or the graph kept with kg export
    (ttl, trig or nt) or as a data folder.
    """
    from kg.gaps import RULES, findings, open_survey
    from kg.gaps.comparing import spans, spans_of
    from kg.gaps.telling import Teller

    lang = asked.lang
    _, survey, teller = survey_of(asked, (), everything)
    if snapshot.suffix.lower() == ".json":
        before = _read(snapshot)
        _same_question(snapshot, before, survey)
        after = [
            g for g in told(teller, findings(survey)) if g["rule"] in before[0]["computed"]["rules"]
        ]
        was = spans(before)
    else:
        from kg.graph import load_snapshot

        old_graph = load_snapshot(snapshot)
        if not old_graph.texts("SELECT ?n WHERE { ?n a ic:Industry } LIMIT 1"):
            raise KgError(
                Words(f"{snapshot} 中没有产业链。", f"There is no chain in {snapshot}."),
                Words(
                    "请给出 kg gaps --format json 或 kg export 的结果。",
                    "Give what kg gaps --format json or kg export wrote.",
                ),
            )
        old = open_survey(
            old_graph,
            survey.today,
            survey.statements,
            plan_only=asked.plan_only,
            seed=asked.seed,
            scope=survey.scope,
        )
        then = Teller(old, RULES, terms(old_graph, old, lang), lang)
        before, after = told(then, findings(old)), told(teller, findings(survey))
        was = spans_of(old)
        said = Words(
            "图谱快照不含核查记录：两边都按今天的核查计算。核查的变化请用 kg gaps --format json 留存后比较。",
            "A snapshot of the graph holds no checks: both sides are computed with today's. To see changes of checks,"
            " keep kg gaps --format json.",
        )
        say(said.pick(lang))
    put_changes(before, after, (was, spans_of(survey)), teller, style, output, "compare")


def _same_question(path: Path, before: list[dict[str, Any]], survey: Survey) -> None:
    """Makes `survey` ask what the snapshot asked. KgError where it used other edges or another method."""
    asked = before[0]["computed"]
    if asked["plan_only"] != survey.plan_only:
        raise KgError(
            Words(
                f"{path} 与本次对行业常识的取舍不同。",
                f"{path} was made with another choice of --plan-only.",
            ),
            Words("两次都用或都不用 --plan-only。", "Use --plan-only both times, or neither."),
        )
    if asked["version"] != VERSION:
        raise KgError(
            Words(
                f"{path} 由方法版本 {asked['version']} 算出，现为 {VERSION}。",
                f"{path} was computed by method version {asked['version']}; this is {VERSION}.",
            ),
            Words(
                "改用图谱快照（kg export）比较。",
                "Compare a snapshot of the graph (kg export) instead.",
            ),
        )
    # What the snapshot did not look at is no change.
    survey.scope = frozenset(asked["chains"]) & survey.chains.keys()
    survey.within = frozenset(asked["within"])


def _read(path: Path) -> list[dict[str, Any]]:
    """The findings in `path`. KgError when the file is missing or holds something else."""
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except OSError as fault:
        raise KgError(
            Words(f"无法读取 {path}：{fault.strerror}。", f"Cannot read {path}: {fault.strerror}."),
            Words("请检查路径。", "Check the path."),
        ) from None
    except ValueError as fault:
        raise KgError(
            Words(f"{path} 不是 JSON：{fault}。", f"{path} is not JSON: {fault}."),
            Words(
                "请给出 kg gaps --format json 的结果。", "Give what kg gaps --format json wrote."
            ),
        ) from None
    needed = {
        "id",
        "rule",
        "chain",
        "node",
        "presence",
        "position",
        "interval",
        "claims",
        "edges",
        "details",
        "computed",
    }
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(g, dict) and needed <= g.keys() for g in found)
    ):
        raise KgError(
            Words(f"{path} 不是缺口清单。", f"{path} is no list of findings."),
            Words(
                "请给出 kg gaps --format json 的结果。", "Give what kg gaps --format json wrote."
            ),
        )
    return found
