"""The gap card: everything an officer needs about one finding, field by field, in the order of the method page."""

from __future__ import annotations

from kg.citation import Document
from kg.gaps.card_lines import Field, Writer
from kg.gaps.card_node import thing_fields
from kg.gaps.feasibility import Skills
from kg.gaps.finding import Gap
from kg.gaps.telling import Teller
from kg.words import Words

__all__ = ["Field", "card"]


def card(
    teller: Teller, gap: Gap, document: Document | None = None, skills: Skills | None = None
) -> list[Field]:
    """The fields of the card of `gap`. Passages are quoted where `document` is at hand; what is not known is said so.

    `skills` of the survey, where many cards are made.
    """
    w = Writer(teller, gap, document, skills)
    return [*_head(w), *thing_fields(w), *_foot(w)]


def _one(key: str, zh: str, en: str, line: str) -> Field:
    return Field(key, Words(zh, en), (line,))


def _head(w: Writer) -> list[Field]:
    """What is found, by which rule, and what it rests on."""
    gap, rule = w.gap, w.t.rules[w.gap.rule]
    node = w.t.survey.nodes.get(gap.node)
    where = dict.fromkeys([gap.chain, node.segment if node else gap.chain, gap.node])
    letter = gap.rule.replace("2", "′")
    fields = [
        _one("id", "编号", "Number", gap.id),
        Field(
            "node",
            Words("链 / 环节 / 对象", "Chain / segment / thing"),
            (" / ".join(w.t.label(i) for i in where),),
            (gap.node,),
        ),
        Field(
            "rule",
            Words("类别（规则）", "Rule"),
            (
                w.pair(f"{letter} {rule.title.pick(w.lang)}", rule.tells.pick(w.lang)),
                rule.definition.pick(w.lang),
            ),
        ),
        _one("finding", "结论", "Finding", gap.what.pick(w.lang)),
        _one("interval", "区间", "Interval", gap.interval.text(w.lang)),
    ]
    if gap.presence:
        said = [w.t.presence(gap), w.t.meaning(gap), w.t.position(gap)]
        line = " · ".join(x for x in said if x)
        fields.append(_one("presence", "有无与位置", "Presence and position", line))
    rests = w.claims(gap.claims) or w.found() or [w.none]
    edges = w.edges(gap.edges) or [w.say("本条不用供给关系", "this finding uses none")]
    ends = dict.fromkeys(i for e in gap.edges for i in (e.subject, e.object))
    return [
        *fields,
        Field("claims", Words("依据", "What it rests on"), tuple(rests)),
        Field("edges", Words("供给关系", "Supply edges"), tuple(edges), tuple(ends)),
    ]


def _foot(w: Writer) -> list[Field]:
    """What is not sure, what to do next, and who does it."""
    gap, names = w.gap, w.row(w.t.sources())
    edges, domain, sources = len(gap.edges), gap.domain_edges, len(w.survey.sources)
    return [
        Field(
            "uncertainty",
            Words("不确定性", "What is not sure"),
            (
                w.say(
                    f"所用供给关系 {edges} 条，其中 {domain} 条为行业常识。",
                    f"{edges} supply edges used, {domain} of them domain knowledge.",
                ),
                w.say(
                    f"只查过 {sources} 个来源：{names}。来源未写到的，不等于没有。",
                    f"Only {sources} source(s) were read: {names}. What they do not name may exist.",
                ),
            ),
        ),
        _one(
            "overturned_by",
            "什么会推翻它",
            "What would overturn it",
            gap.overturned_by.pick(w.lang),
        ),
        _one("next_check", "下一步核验", "Next check", gap.next_check.pick(w.lang)),
        _one("responsible", "责任人 / 期限", "Who / until when", w.say("待填", "to be filled in")),
        _one(
            "state",
            "状态",
            "State",
            w.say(
                "未登记（项目台账载入后显示）",
                "not registered (shown once a project table is loaded)",
            ),
        ),
    ]
