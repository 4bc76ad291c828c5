"""kg compare: what changed in the findings since a dated export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.changes import put_changes
from kg.cli.options import row_options
from kg.cli.surveying import Asked, survey_of, survey_options, terms, told
from kg.errors import KgError
from kg.words import Words


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
        rules = {g["rule"] for g in before}
        chains = {g["chain"] for g in before}
        # What the snapshot did not look at is no change.
        survey.scope = frozenset(chains & survey.chains.keys()) or survey.scope
        after = [g for g in told(teller, findings(survey)) if g["rule"] in rules]
        was = spans(before)
    else:
        from kg.graph import load_snapshot

        old_graph = load_snapshot(snapshot)
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
    put_changes(before, after, (was, spans_of(survey)), teller, style, output, "compare")


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
    }
    if not isinstance(found, list) or not all(
        isinstance(g, dict) and needed <= g.keys() for g in found
    ):
        raise KgError(
            Words(f"{path} 不是缺口清单。", f"{path} is no list of findings."),
            Words(
                "请给出 kg gaps --format json 的结果。", "Give what kg gaps --format json wrote."
            ),
        )
    return found
