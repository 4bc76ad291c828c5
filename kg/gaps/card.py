"""The gap card: everything an officer needs about one finding, field by field, in the order of the method page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.citation import Document
from kg.facts import Claim
from kg.gaps.feasibility import COMPONENTS, Skills, components
from kg.gaps.finding import POSITIONS, Gap
from kg.gaps.matrix import evidence
from kg.gaps.position import nearest
from kg.gaps.survey import firm_iri
from kg.gaps.telling import Teller
from kg.gaps.wishes import WISH_WORDS, wish
from kg.words import Words

_MOST = 12


class Field(NamedTuple):
    """One field of the card: key, title, and its lines in the teller's language; `iris` are the things it names."""

    key: str
    title: Words
    lines: tuple[str, ...]
    iris: tuple[str, ...] = ()


class _Card:
    def __init__(
        self, teller: Teller, gap: Gap, document: Document | None, skills: Skills | None
    ) -> None:
        self.t, self.gap, self.survey, self.document = teller, gap, teller.survey, document
        self.skills = skills or Skills(teller.survey)
        self.lang = teller.lang

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def names(self, iris: Iterable[str]) -> str:
        return self.say("、", ", ").join(self.t.label(i) for i in iris)

    def claims(self, claims: Iterable[Claim]) -> list[str]:
        """A line for each claim with its places; and the passage, once, where the document is at hand."""
        lines: list[str] = []
        passages = self.survey.facts.passages
        quoted: set[str] = set()
        rows = list(claims)
        for c in rows[:_MOST]:
            status = self.survey_status(c)
            place = "；".join(self.t.places([c]))
            basis = c.basis.pick(self.lang)
            about = place or basis
            said = f"{self.t.label(c.subject)} {self.t.label(c.predicate)} {self.t.label(c.object)}"
            lines.append(
                f"{said}（{status}）：{about}"
                if self.lang == "zh"
                else f"{said} ({status}): {about}"
            )
            for source in c.sources:
                if self.document is None or source in quoted or source not in passages:
                    continue
                quoted.add(source)
                if text := self.document.passage_text(passages[source]):
                    lines.append(f"“{text}”")
        if len(rows) > _MOST:
            lines.append(self.say(f"另 {len(rows) - _MOST} 条", f"{len(rows) - _MOST} more"))
        return lines

    def survey_status(self, claim: Claim) -> str:
        if claim.origin == "domain":
            return self.say("行业常识", "domain knowledge")
        word = {
            "existing": Words("现有", "existing"),
            "underway": Words("在建在研", "underway"),
            "planned": Words("规划", "planned"),
            "target": Words("目标", "target"),
        }[claim.status].pick(self.lang)
        return word + (self.say("，组级", ", group level") if claim.level == "group" else "")

    def found(self) -> list[str]:
        """A line for each check that found the firm which the finding is about."""
        survey = self.survey
        return [
            f"{self.t.label(n.iri)}：{s.checked_on} · {s.method} · {s.valid_until}"
            for n in survey.nodes.values()
            for s in n.checks
            if s.verdict == "present" and s.scope == n.iri and firm_iri(s.firm) == self.gap.node
        ]

    def actors(self) -> tuple[list[str], list[str]]:
        node = self.survey.nodes[self.gap.node]
        sure = self.survey.actors_of(self.gap.node, possible=False)
        maybe = self.survey.actors_of(self.gap.node, possible=True) - sure
        order = list(dict.fromkeys(c.subject for c in (*node.present, *node.possible)))
        return (
            [*(a for a in order if a in sure), *sorted(sure - set(order))],
            [a for a in order if a in maybe],
        )


def card(
    teller: Teller, gap: Gap, document: Document | None = None, skills: Skills | None = None
) -> list[Field]:
    """The fields of the card of `gap`. Passages are quoted where `document` is at hand; what is not known is said so.

    `skills` of the survey, where many cards are made.
    """
    c = _Card(teller, gap, document, skills)
    rule = teller.rules[gap.rule]
    where = teller.label(gap.chain) + (
        f" / {teller.label(teller.survey.nodes[gap.node].segment)}"
        if gap.node in teller.survey.nodes
        else ""
    )
    fields = [
        _one("id", "编号", "Number", gap.id),
        Field(
            "node",
            Words("链 / 环节 / 对象", "Chain / segment / thing"),
            (f"{where} / {teller.label(gap.node)}",),
            (gap.node,),
        ),
        Field(
            "rule",
            Words("类别（规则）", "Rule"),
            (
                f"{gap.rule} {rule.title.pick(c.lang)}：{rule.tells.pick(c.lang)}",
                rule.definition.pick(c.lang),
            ),
        ),
        _one("finding", "结论", "Finding", gap.what.pick(c.lang)),
        _one("interval", "区间", "Interval", gap.interval.text(c.lang)),
    ]
    if gap.presence:
        position = gap.position and POSITIONS[gap.position].pick(c.lang)
        said = f"{teller.presence(gap)} · {teller.meaning(gap)}" + (
            f" · {position}" if position else ""
        )
        fields.append(_one("presence", "有无与位置", "Presence and position", said))
    none = c.say("来源中未见", "none seen in the sources")
    rests = c.claims(gap.claims) or c.found() or [none]
    fields.append(Field("claims", Words("依据", "What it rests on"), tuple(rests)))
    if gap.node in teller.survey.nodes:
        fields += _node_fields(c, none)
    edges, domain = len(gap.edges), gap.domain_edges
    sources = len(teller.survey.sources)
    fields += [
        Field(
            "uncertainty",
            Words("不确定性", "What is not sure"),
            (
                c.say(
                    f"所用供给关系 {edges} 条，其中 {domain} 条为行业常识。",
                    f"{edges} supply edges used, {domain} of them domain knowledge.",
                ),
                c.say(
                    f"只查过 {sources} 个来源：{'、'.join(teller.sources())}。来源未写到的，不等于没有。",
                    f"Only {sources} source(s) were read: {', '.join(teller.sources())}. What they do not name may exist.",
                ),
            ),
        ),
        _one(
            "overturned_by",
            "什么会推翻它",
            "What would overturn it",
            gap.overturned_by.pick(c.lang),
        ),
        _one("next_check", "下一步核验", "Next check", gap.next_check.pick(c.lang)),
        _one("responsible", "责任人 / 期限", "Who / until when", c.say("待填", "to be filled in")),
        _one(
            "state",
            "状态",
            "State",
            c.say(
                "未登记（项目台账载入后显示）",
                "not registered (shown once a project table is loaded)",
            ),
        ),
    ]
    return fields


def _one(key: str, zh: str, en: str, line: str) -> Field:
    return Field(key, Words(zh, en), (line,))


def _node_fields(c: _Card, none: str) -> list[Field]:
    survey, iri = c.survey, c.gap.node
    node = survey.nodes[iri]
    sure, maybe = c.actors()
    up, down = nearest(survey, iri, upstream=True), nearest(survey, iri, upstream=False)
    ins, outs = survey.around_edges(iri)
    technologies = sorted(c.skills.of.get(iri, ()), key=survey.facts.order)
    verb, wishes = wish(node)
    carriers = survey.carriers(iri)
    up_tree = [a for a in survey.facts.ancestors(iri) if a not in survey.chains]
    near = dict.fromkeys([iri, *up_tree, *ins, *outs])
    helpers = [
        x for at in near for x in (*survey.researchers.get(at, ()), *survey.supporters.get(at, ()))
    ]
    helpers = list(dict.fromkeys(helpers))
    parts = components(survey, iri, c.skills)
    feasible = [
        f"{COMPONENTS[k].pick(c.lang)}：{p[0]:.2g}–{p[1]:.2g}（n={p[2]}）"
        if p is not None
        else f"{COMPONENTS[k].pick(c.lang)}：{c.say('不适用', 'not applicable')}"
        for k, p in parts.items()
    ]
    _, backing = evidence(survey, node)["backing"]
    at = Words("现有", "present"), Words("或有", "possible")
    actors = [
        f"{w.pick(c.lang)}：{c.names(who)}" for w, who in zip(at, (sure, maybe), strict=True) if who
    ]
    profile = [c.say(f"产品：{node.thing.zh}", f"Product: {node.thing.label('en')}")]
    if technologies:
        profile.append(
            c.say("工艺与技术：", "Processes and technologies: ") + c.names(technologies)
        )
    if ins:
        profile.append(c.say("需要的投入：", "Inputs needed: ") + c.names(ins))
    if outs:
        profile.append(c.say("去向：", "Where it goes: ") + c.names(outs))
    if verb:
        printed = "、".join(dict.fromkeys(w for x in wishes for w in x.wordings))
        said = WISH_WORDS[verb].pick(c.lang) + (f"（{printed}）" if printed else "")
        profile.append(c.say("规划提法：", "The plan's verb: ") + said)
    nothing = (none,)
    return [
        Field(
            "actors",
            Words("有 / 或有主体", "Actors, present and possible"),
            tuple(actors) or nothing,
            (*sure, *maybe),
        ),
        Field(
            "neighbours",
            Words("上下游主体所在节点", "Nearest nodes with actors"),
            (
                c.say("上游：", "Upstream: ") + (c.names(up) or none),
                c.say("下游：", "Downstream: ") + (c.names(down) or none),
            ),
            (*up, *down),
        ),
        Field(
            "profile",
            Words("目标企业画像", "Profile of the firm wanted"),
            tuple(profile),
            (*technologies, *ins, *outs),
        ),
        Field(
            "candidates",
            Words("候选企业", "Candidates"),
            (
                c.say(
                    "尚未载入企业表；候选只取自本单位载入的表。",
                    "No table of firms is loaded; candidates come from your own tables only.",
                ),
            ),
        ),
        Field(
            "carriers",
            Words("承接载体", "Parks"),
            (*c.claims(carriers), c.say("用地待核。", "Land is to be checked."))
            if carriers
            else nothing,
            tuple(dict.fromkeys(x.subject for x in carriers)),
        ),
        Field(
            "institutes",
            Words("对接院所与平台", "Institutes and platforms"),
            tuple(c.claims(helpers)) or nothing,
            tuple(dict.fromkeys(x.subject for x in helpers)),
        ),
        Field(
            "policy",
            Words("政策依据", "Policy"),
            tuple(c.claims([*wishes, *backing])) or nothing,
            tuple(dict.fromkeys(x.subject for x in backing)),
        ),
        Field(
            "feasibility",
            Words("可行性区间（0–1）", "Feasibility intervals (0–1)"),
            tuple(feasible),
        ),
    ]
