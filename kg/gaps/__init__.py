"""What a chain lacks: the rules of the method page, one file each, over one survey of the graph."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence

from kg.errors import KgError
from kg.gaps import (
    closing,
    critical,
    declared,
    dependence,
    feasibility,
    innovation,
    matrix,
    no_actor,
    position,
    priority,
)
from kg.gaps.closing import Route, close
from kg.gaps.finding import POSITIONS, VERSION, Gap, Interval, Rule
from kg.gaps.problems import problems
from kg.gaps.survey import Survey, open_survey
from kg.words import Words

__all__ = [
    "POSITIONS",
    "RULES",
    "VERSION",
    "Gap",
    "Interval",
    "Route",
    "Rule",
    "Survey",
    "close",
    "find_gap",
    "findings",
    "open_survey",
    "problems",
    "rules_named",
]

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        no_actor.RULE,
        position.RULE,
        closing.RULE,
        dependence.RULE,
        declared.RULE,
        innovation.RULE,
        feasibility.RULE,
        priority.RULE,
        critical.RULE,
        matrix.RULE,
    )
}


def rules_named(names: Iterable[str]) -> list[Rule]:
    """The rules by letter or name, in the order of the method; all where none are named. KgError for an unknown one."""
    wanted = set()
    by = {r.name: r.id for r in RULES.values()} | {i: i for i in RULES} | {"b′": "b2", "b'": "b2"}
    for name in (part.strip() for text in names for part in text.replace("，", ",").split(",")):
        if name not in by:
            known = "、".join(f"{r.id}（{r.name}）" for r in RULES.values())
            raise KgError(
                Words(f"没有规则 {name}。", f"There is no rule {name}."),
                Words(
                    f"可用：{known}。",
                    f"There are: {', '.join(f'{r.id} ({r.name})' for r in RULES.values())}.",
                ),
            )
        wanted.add(by[name])
    return [r for r in RULES.values() if not wanted or r.id in wanted]


def findings(survey: Survey, rules: Sequence[Rule] = ()) -> list[Gap]:
    """The findings of `rules` (all where none are given), rule by rule in the order of the method."""
    # Findings hold no circles: looking for some among half a million claims costs more than a rule.
    was = gc.isenabled()
    gc.disable()
    try:
        found = [gap for rule in rules or RULES.values() for gap in rule.find(survey)]
    finally:
        if was:
            gc.enable()
    return [
        g
        for g in found
        if not survey.within or not survey.within.isdisjoint((g.node, *g.details.get("nodes", ())))
    ]


def find_gap(survey: Survey, gap_id: str) -> Gap:
    """The finding with that id. KgError when there is none today, with the nearest ids."""
    letter, _, digits = gap_id.strip().lower().partition("-")
    letter = "b2" if letter in ("b′", "b'") else letter
    rule = RULES.get(letter)
    known = {g.id: g for g in (rule.find(survey) if rule else ())}
    whole = f"{letter}-{digits}"
    if whole in known:
        return known[whole]
    near = [i for i in known if digits and i.partition("-")[2].startswith(digits[:3])][:3]
    raise KgError(
        Words(f"今天没有编号为 {gap_id} 的缺口。", f"There is no gap {gap_id} today."),
        Words(
            f"最接近：{'、'.join(near)}。"
            if near
            else "用 kg gaps 列出全部；数据变化后缺口可能已不存在。",
            f"Nearest: {', '.join(near)}."
            if near
            else "kg gaps lists them; it may be gone since the data changed.",
        ),
    )
