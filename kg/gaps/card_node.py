"""What the gap card says of the thing a finding is about: a node, a group of nodes, or an actor."""

from __future__ import annotations

from kg.gaps.card_lines import Field, Writer
from kg.gaps.feasibility import COMPONENTS, components
from kg.gaps.matrix import evidence
from kg.gaps.position import nearest
from kg.gaps.wishes import WISH_WORDS, wish
from kg.words import Words

TITLES = {
    "actors": Words("有 / 或有主体", "Actors, present and possible"),
    "below": Words("下属节点", "Nodes below"),
    "neighbours": Words("上下游主体", "Actors upstream and downstream"),
    "profile": Words("目标企业画像", "Profile of the firm wanted"),
    "candidates": Words("候选企业", "Candidates"),
    "carriers": Words("承接载体", "Parks"),
    "institutes": Words("对接院所与平台", "Institutes and platforms"),
    "policy": Words("政策依据", "Policy"),
    "feasibility": Words("可行性区间（0–1）", "Feasibility intervals (0–1)"),
}
_NEAREST = 5


def thing_fields(w: Writer) -> list[Field]:
    """The fields from the actors to the feasibility, of which each says so where nothing is known."""
    iri = w.gap.node
    if iri not in w.survey.nodes:
        return _actor_fields(w)
    fields = [
        _field("actors", w.presence_of(iri) or [w.none], [a for who in w.actors(iri) for a in who])
    ]
    if below := w.below(iri):
        inside = [i for i in w.survey.facts.below(iri) if i in w.survey.nodes]
        fields.append(_field("below", below, inside))
    return [
        *fields,
        _neighbours(w, iri),
        _profile(w, iri),
        _candidates(w),
        *_support(w, iri),
        _field("feasibility", _feasible(w, iri)),
    ]


def _field(key: str, lines: list[str], iris: list[str] | None = None) -> Field:
    return Field(key, TITLES[key], tuple(lines), tuple(dict.fromkeys(iris or ())))


def _actor_fields(w: Writer) -> list[Field]:
    """Of an actor most fields cannot be asked; the card says so instead of leaving them out."""
    na = w.say("不适用：本条是关于主体的", "not applicable: this finding is about an actor")
    own = {"actors": ([w.t.label(w.gap.node)], [w.gap.node]), "candidates": (_candidates(w)[2], ())}
    return [
        _field(k, list(own[k][0]), list(own[k][1])) if k in own else _field(k, [na])
        for k in TITLES
        if k != "below"
    ]


def _neighbours(w: Writer, iri: str) -> Field:
    """The nearest nodes upstream and downstream that have actors, a line for each with these actors."""
    survey = w.survey
    inside = {iri, *survey.facts.below(iri)}
    lines: list[str] = []
    named: list[str] = []
    for upstream, side in ((True, w.say("上游", "Upstream")), (False, w.say("下游", "Downstream"))):
        near: list[str] = []
        if iri in survey.network.enter:
            # From a group the search comes by its own members: they are no neighbours.
            rows = nearest(survey, iri, upstream, _NEAREST + len(inside))
            near = [i for i in rows if i not in inside][:_NEAREST]
        if not near:
            lines.append(w.pair(side, w.none))
        for at in near:
            lines += [f"{side} · {w.t.label(at)} · {who}" for who in w.presence_of(at)]
            named += [at, *(a for who in w.actors(at) for a in who)]
    return _field("neighbours", lines, named)


def _profile(w: Writer, iri: str) -> Field:
    """What the firm would make, of what, with what, and the plan's verb for it."""
    node = w.survey.nodes[iri]
    ins, outs = w.survey.around_edges(iri)
    technologies = sorted(w.skills.of.get(iri, ()), key=w.survey.facts.order)
    group = node.thing.kind in ("Segment", "Industry")
    head = w.say("环节", "Segment") if group else w.say("产品", "Product")
    lines = [w.pair(head, w.t.label(iri))]
    for title, rows in (
        (Words("工艺与技术", "Processes and technologies"), technologies),
        (Words("需要的投入", "Inputs needed"), ins),
        (Words("去向", "Where it goes"), outs),
    ):
        if rows:
            lines.append(w.pair(title.pick(w.lang), w.names(rows)))
    verb, wishes = wish(node)
    if verb:
        # A wording may itself be a row of verbs.
        printed = w.row(dict.fromkeys(v for c in wishes for x in c.wordings for v in x.split("、")))
        said = WISH_WORDS[verb].pick(w.lang) + w.aside(printed)
        lines.append(w.pair(w.say("规划提法", "The plan's verb"), said))
    return _field("profile", lines, [*technologies, *ins, *outs])


def _candidates(w: Writer) -> Field:
    return _field(
        "candidates",
        [
            w.say(
                "尚未载入企业表；候选只取自本单位载入的表。",
                "No table of firms is loaded; candidates come from your own tables only.",
            )
        ],
    )


def _support(w: Writer, iri: str) -> list[Field]:
    """Parks, institutes and platforms, and policy, each by its claims."""
    survey, node = w.survey, w.survey.nodes[iri]
    carriers = survey.carriers(iri)
    ins, outs = survey.around_edges(iri)
    up = [a for a in survey.facts.ancestors(iri) if a not in survey.chains]
    inside = survey.facts.below(iri) if node.thing.kind in ("Segment", "Industry") else []
    near = dict.fromkeys([iri, *up, *inside, *ins, *outs])
    helpers = [
        c for at in near for c in (*survey.researchers.get(at, ()), *survey.supporters.get(at, ()))
    ]
    _, backing = evidence(survey, iri)["backing"]
    _, wishes = wish(node)
    land = [w.say("用地待核。", "Land is to be checked.")] if carriers else []
    return [
        _field("carriers", [*w.claims(carriers), *land] or [w.none], [c.subject for c in carriers]),
        _field("institutes", w.claims(helpers) or [w.none], [c.subject for c in helpers]),
        _field("policy", w.claims([*wishes, *backing]) or [w.none], [c.subject for c in backing]),
    ]


def _feasible(w: Writer, iri: str) -> list[str]:
    """A line for each component: its interval with n, or that it does not apply."""
    lines = []
    for key, part in components(w.survey, iri, w.skills).items():
        said = w.say("不适用", "not applicable")
        if part is not None:
            low, high, n, _ = part
            said = f"{low:.2g}–{high:.2g}" + w.aside(f"n={n}")
        lines.append(w.pair(COMPONENTS[key].pick(w.lang), said))
    return lines
