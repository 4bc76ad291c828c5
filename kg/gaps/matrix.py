"""Rule i: each declared target against what stands behind it: firm, platform, park, talent or policy."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import Claim, unique
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.gaps.wishes import WISH_WORDS, wish, wish_at_group
from kg.words import Words

COLUMNS: dict[str, Words] = {
    "firm": Words("企业", "firm"),
    "platform": Words("平台", "platform"),
    "park": Words("园区", "park"),
    "backing": Words("人才与政策", "talent and policy"),
}
LEGS = Words("类支撑有依据", "kinds of support have evidence")
_COLUMN_OF = {"Platform": "platform", "Park": "park"}
# What a claim of these says is no support: a wish, a supply edge, or that somebody makes it.
_NO_BACKING = ("plans", "feedsInto", "usedIn", "lacks", "makes", "leads")
_BACKING = ("Policy", "Programme", "Talent", "Fund", "Mechanism", "Award")


def find(survey: Survey) -> Iterable[Gap]:
    """每个声明的目标（节点或环节以动词提出）逐列看依据：企业、平台、园区、人才与政策。确定口径：现有且直接写到该节点；可能口径：写到其组，或
    在建、规划的也计。四列都没有依据的，是规划还没有落脚点的地方。

    Each declared target (a node or segment with a verb) against its evidence: firm, platform, park, talent and policy. Certain:
    existing and tied to this very node; possible: tied to its group, or underway or planned, too. Where all four are
    empty, the plan has no legs yet.
    """
    known: Backers = {}
    for industry, chain in survey.selected.items():
        for iri in (*chain.segments, *chain.nodes):
            if iri == industry:
                continue
            node = chain.nodes.get(iri)
            verb, wishes = wish(node) if node else wish_at_group(survey.facts, iri)
            if not verb:
                continue
            cells = evidence(survey, iri, known)
            sure = sum(state == "present" for state, _ in cells.values())
            maybe = sum(state != "" for state, _ in cells.values())
            empty = [k for k, (state, _) in cells.items() if not state]
            label = survey.facts.things[iri]
            zh = "、".join(COLUMNS[k].zh for k in empty) or "无"
            en = ", ".join(COLUMNS[k].en for k in empty) or "none"
            yield Gap(
                "i",
                industry,
                iri,
                survey.strength(iri),
                "",
                Interval(sure, maybe, len(COLUMNS), LEGS),
                Words(
                    f"目标“{label.label('zh')}”（{WISH_WORDS[verb].zh}）未见依据的列：{zh}。",
                    f'Target "{label.label("en")}" ({WISH_WORDS[verb].en}): columns without evidence: {en}.',
                ),
                Words(
                    "来源写明空列中的企业、平台、园区或政策。",
                    "A source that names a firm, platform, park or policy in an empty column.",
                ),
                Words(
                    "按空列逐项核对：企业名录、平台名录、园区产业方向、人才与资金政策。",
                    "Go through the empty columns: lists of firms and platforms, park directions, talent and fund policies.",
                ),
                unique([*wishes, *(c for _, cs in cells.values() for c in cs)]),
                details={
                    "verb": verb,
                    "cells": {
                        k: {
                            "state": state or "none",
                            "actors": list(dict.fromkeys(c.subject for c in cs)),
                        }
                        for k, (state, cs) in cells.items()
                    },
                    "no_legs": maybe == 0,
                },
            )


Backers = dict[str, list[tuple[str, bool, Claim]]]


def evidence(
    survey: Survey, iri: str, known: Backers | None = None
) -> dict[str, tuple[str, list[Claim]]]:
    """Per column "present", "possible" or "", with the claims behind it. `known` keeps what was read of groups."""
    known = {} if known is None else known
    node, state = survey.nodes.get(iri), survey.strength(iri)
    if node:
        firms = [*node.present, *node.possible]
    else:
        firms = survey.chains[survey.chain_of[iri]].group_actors.get(iri, [])
    found: dict[str, tuple[str, list[Claim]]] = {
        "firm": (
            state if state in (CERTAIN, ANY) else "",
            firms,
        )
    }
    rows: dict[str, list[tuple[bool, Claim]]] = {k: [] for k in COLUMNS if k != "firm"}
    for at in (iri, *survey.facts.ancestors(iri)):
        if at in survey.chains:
            continue
        if at not in known:
            known[at] = list(_backers(survey, at))
        for column, stands, claim in known[at]:
            rows[column].append((stands and at == iri, claim))
    for column, pairs in rows.items():
        held = "present" if any(sure for sure, _ in pairs) else "possible" if pairs else ""
        found[column] = (held, [c for _, c in pairs])
    return found


def _backers(survey: Survey, at: str) -> Iterable[tuple[str, bool, Claim]]:
    """Column, whether it exists and is named, and the claim, for what stands behind a node or group."""
    for claim in survey.facts.incoming.get(at, ()):
        # What is to come is no evidence (decision 4).
        if claim.name in _NO_BACKING or claim.status == "target":
            continue
        who = survey.facts.things.get(claim.subject)
        if who is None:
            continue
        column = "backing" if who.kind in _BACKING else _COLUMN_OF.get(who.kind)
        if column:
            yield column, claim.status == "existing" and not who.generic, claim


RULE = Rule(
    "i",
    "evidence",
    Words("规划与依据", "plan against evidence"),
    Words("规划哪里还没有落脚点", "where the plan has no legs yet"),
    find,
)
