"""Rule f: how ready a missing node is, as intervals by component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.facts import Claim, unique
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.no_actor import next_check
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.gaps.wishes import STRENGTH, wish
from kg.words import Words

COMPONENTS: dict[str, Words] = {
    "inputs": Words("投入", "inputs"),
    "market": Words("市场", "market"),
    "skill": Words("技术", "skill"),
    "institute": Words("院所", "institute"),
    "carrier": Words("载体", "carrier"),
    "policy": Words("政策", "policy"),
}
COUNTED = Words("项条件具备", "conditions met")

Component = tuple[float, float, int, list[Claim]]


def find(survey: Survey) -> Iterable[Gap]:
    """未见节点的可行性分量，各为区间 [下限, 上限]，范围 0 至 1，或不适用：投入 = 直接上游中有主体的比例；市场 = 直接下游中有
    主体的比例，链外市场以来源写明计；技术 = 与某个有主体节点的技术集合的最大 Jaccard 系数；院所 = 两步以内是否有研究方向相符的院所
    或平台；载体 = 是否有园区以它或它的组为方向；政策 = 动词强度除以 5。下限只计确定的，上限再计可能的。

    The components of a missing node's feasibility, each an interval [low, high] between 0 and 1, or not applicable:
    inputs = share of direct inputs with an actor; market = share of direct outputs with an actor, where a market
    outside the chain counts as a source names it; skill = the largest Jaccard index of its technologies with those of
    a node that has an actor; institute = whether one of this field, or a platform, is within two steps; carrier =
    whether a park has the node or its group as direction; policy = strength of the verb over 5. The low end counts
    what is certain, the high end what is possible too.
    """
    skills = Skills(survey)
    for node in survey.missing:
        parts = components(survey, node.iri, skills)
        known = {k: c for k, c in parts.items() if c is not None}
        low, high = sum(c[0] for c in known.values()), sum(c[1] for c in known.values())
        label = node.thing
        zh = "，".join(f"{COMPONENTS[k].zh} {_span(c)}（n={c[2]}）" for k, c in known.items())
        en = ", ".join(f"{COMPONENTS[k].en} {_span(c)} (n={c[2]})" for k, c in known.items())
        claims = [e for c in known.values() for e in c[3]]
        edges = [e for e in claims if e.name in ("feedsInto", "usedIn")]
        yield Gap(
            "f",
            survey.chain_of[node.iri],
            node.iri,
            node.presence,
            survey.position(node.iri, True),
            Interval(round(low, 4), round(high, 4), len(known), COUNTED),
            Words(
                f"“{label.label('zh')}”的条件：{zh or '均不适用'}。",
                f'What "{label.label("en")}" can build on: {en or "nothing applies"}.',
            ),
            Words(
                "任一分量的依据改变：新的企业、院所、园区方向或政策。",
                "A change in what a component rests on: a new firm, institute, park direction or policy.",
            ),
            next_check(survey, node.iri),
            tuple(dict.fromkeys(c for c in claims if c not in edges))
            or tuple(survey.around(node.iri)),
            unique(edges),
            {
                "components": {
                    k: None
                    if c is None
                    else {"low": round(c[0], 4), "high": round(c[1], 4), "n": c[2]}
                    for k, c in parts.items()
                }
            },
        )


def _span(component: Component) -> str:
    low, high, *_ = component
    return f"{low:.2g}–{high:.2g}" if low != high else f"{low:.2g}"


class Skills:
    """The technologies of each node: those that feed into it, are used in it, or that it uses."""

    def __init__(self, survey: Survey) -> None:
        things = survey.facts.things
        self.of: dict[str, set[str]] = {}
        for claim in survey.facts.claims:
            pair = None
            if claim.name in ("feedsInto", "usedIn"):
                pair = claim.subject, claim.object
            elif claim.name == "uses":
                pair = claim.object, claim.subject
            if not pair or (survey.plan_only and claim.origin == "domain"):
                continue
            technology, node = pair
            if node in survey.nodes and (t := things.get(technology)) and t.kind == "Technology":
                self.of.setdefault(node, set()).add(technology)
        self.at: dict[str, list[str]] = {}
        for node, found in self.of.items():
            if survey.nodes[node].presence in (CERTAIN, ANY):
                for technology in found:
                    self.at.setdefault(technology, []).append(node)

    def nearest(self, survey: Survey, iri: str) -> Component | None:
        """Largest Jaccard index with a present node (low) and with a possible one too (high); n technologies."""
        own = self.of.get(iri)
        if not own:
            return None
        low = high = 0.0
        for other in {n for t in own for n in self.at.get(t, ()) if n != iri}:
            theirs = self.of[other]
            index = len(own & theirs) / len(own | theirs)
            high = max(high, index)
            if survey.nodes[other].presence == CERTAIN:
                low = max(low, index)
        return low, high, len(own), []


def components(survey: Survey, iri: str, skills: Skills) -> Mapping[str, Component | None]:
    """Each component as (low, high, n, claims), None where it does not apply."""
    return {
        "inputs": _share(survey, iri, incoming=True),
        "market": _share(survey, iri, incoming=False),
        "skill": skills.nearest(survey, iri),
        "institute": _institute(survey, iri),
        "carrier": _carrier(survey, iri),
        "policy": _policy(survey, iri),
    }


def _share(survey: Survey, iri: str, incoming: bool) -> Component | None:
    """Share of direct inputs (or outputs) with an actor. A market outside the chain has no presence of its own: where
    the plan names it, it counts for certain; where the field's knowledge does, it is possible."""
    ins, outs = survey.around_edges(iri)
    ends = set(ins if incoming else outs)
    if not ends:
        return None
    low = high = 0
    claims = []
    for claim in survey.edge_claims(iri):
        end = claim.subject if incoming else claim.object
        if end not in ends:
            continue
        ends.discard(end)
        claims.append(claim)
        if end in survey.chain_of and end not in survey.chains:
            state = survey.strength(end)
        else:
            # A market that the plan names is there; an input from outside every chain may be.
            state = ANY if incoming or claim.origin == "domain" else CERTAIN
        low += state == CERTAIN
        high += state in (CERTAIN, ANY)
    return low / len(claims), high / len(claims), len(claims), claims


def _institute(survey: Survey, iri: str) -> Component:
    """Whether an institute or platform of this field is at the node, above it, or up to two supply steps away. One that
    is only a target is not there."""
    ins, outs = survey.around_edges(iri)
    up = [a for a in survey.facts.ancestors(iri) if a not in survey.chains][:2]
    first = dict.fromkeys([*ins, *outs])
    second = [
        j for i in first if i in survey.chain_of for side in survey.around_edges(i) for j in side
    ]
    near = dict.fromkeys([iri, *up, *first, *second])
    claims = [c for at in near for c in survey.researchers.get(at, ()) if c.status != "target"]
    sure = any(c.status == "existing" for c in claims)
    return float(sure), float(bool(claims)), len(claims), claims


def _carrier(survey: Survey, iri: str) -> Component:
    claims = [c for c in survey.carriers(iri) if c.status != "target"]
    sure = any(c.status == "existing" and c.object not in survey.chains for c in claims)
    return float(sure), float(bool(claims)), len(claims), claims


def _policy(survey: Survey, iri: str) -> Component | None:
    verb, claims = wish(survey.nodes[iri])
    if not verb:
        return None
    strength = STRENGTH[verb] / max(STRENGTH.values())
    return strength, strength, len(claims), claims


RULE = Rule(
    "f",
    "feasibility",
    Words("可行性", "feasibility"),
    Words("哪个缺口最容易补", "which gap is easiest to fill"),
    find,
)
