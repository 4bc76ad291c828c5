"""Rule c: nodes that hang on one actor, and what stops if that actor stops."""

from __future__ import annotations

from collections.abc import Iterable

from kg.chain import FIRMS
from kg.facts import unique
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.network import FOLLOW_ALL
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.words import Words

# Who can stop production: a laboratory that researches a technology is no supplier, nor is a project.
_FIRMS = (*FIRMS, "Hospital", "Organisation")
SOLE = Words("个该主体所在的末级节点只有它", "leaf nodes of this actor that have no other")
# In a large network only the actors with most sole nodes are followed downstream.
FOLLOW_MOST = 60


def find(survey: Survey) -> Iterable[Gap]:
    """对每个主体 f：只有 f 的末级节点有几个。确定口径：有主体且全部（含或有）只有 f；可能口径：确定的主体只有 f，或没有
    确定的主体而或有的只有 f。再数这些节点下游有几个末级节点，以及 f 停产、去掉这些节点后哪些有主体的节点上游不再有主体。

    For each actor f: the leaves that have f only. Certain: there is an actor for certain and f is the only one, the
    possible included. Possible: f is the only certain one, or there is none and f is the only possible one. Then how
    many leaves lie downstream of them, and which nodes with an actor lose every actor upstream if f stops, that is,
    without these nodes.
    """
    per: dict[str, list[tuple[str, bool, bool]]] = {}
    for chain in survey.selected.values():
        for node in chain.leaves():
            for actor in survey.actors_of(node.iri, possible=True):
                who = survey.facts.things.get(actor)
                if who and who.kind not in _FIRMS:
                    continue
                per.setdefault(actor, []).append((node.iri, *_only(survey, node.iri, actor)))
    sole = {a: rows for a, rows in per.items() if any(maybe for _, _, maybe in rows)}
    followed = set(sole)
    if len(survey.network) > FOLLOW_ALL:
        ranked = sorted(sole, key=lambda a: (-sum(m for _, _, m in sole[a]), a))
        followed = set(ranked[:FOLLOW_MOST])
    for actor in sorted(sole, key=survey.facts.order):
        rows = sole[actor]
        nodes = [i for i, _, maybe in rows if maybe]
        low, high = sum(s for _, s, _ in rows), len(nodes)
        down, stops = _downstream(survey, nodes, actor) if actor in followed else (None, None)
        label = Words(survey.label(actor, "zh"), survey.label(actor, "en"))
        names = survey.names(nodes[:6])
        more = "" if len(nodes) <= 6 else "…"
        claims = [
            c
            for i in nodes
            for c in (*survey.nodes[i].present, *survey.nodes[i].possible)
            if c.subject == actor
        ]
        tail = Words(
            "（下游未追踪：只追踪了部分主体）", "(Not followed downstream: only some actors are.)"
        )
        if down is not None and stops is not None:
            tail = Words(
                f"下游 {len(down)} 个末级节点；停产后 {len(stops)} 个节点上游不再有主体。",
                f"{len(down)} leaves lie downstream; {len(stops)} node(s) lose every actor upstream if it stops.",
            )
        yield Gap(
            "c",
            survey.chain_of[nodes[0]],
            actor,
            "",
            "",
            Interval(low, high, len(rows), SOLE),
            Words(
                f"只有“{label.zh}”的节点 {low} 至 {high} 个（{names.zh}{more}）。{tail.zh}",
                f'"{label.en}" is the only actor of {low} to {high} node(s) ({names.en}{more}). {tail.en}',
            ),
            Words(
                "任一节点找到另一家企业。",
                "A second firm found at any of these nodes.",
            ),
            Words(
                f"向{label.zh}了解其供应商与替代来源，并在名录中找第二家。",
                f"Ask {label.en} for its suppliers and alternatives, and search the register for a second firm.",
            ),
            unique(claims),
            unique(e for i in nodes for e in survey.edge_claims(i)),
            {"nodes": nodes, "downstream": down, "stops": stops, "sampled": actor not in followed},
        )


def _only(survey: Survey, iri: str, actor: str) -> tuple[bool, bool]:
    """Whether a node has `actor` only: for certain, and possibly."""
    certain = survey.actors_of(iri, possible=False)
    every = survey.actors_of(iri, possible=True)
    sole = len(every) == 1 and actor in every
    return certain == {actor} and sole, certain == {actor} or (not certain and sole)


def _downstream(survey: Survey, nodes: list[str], actor: str) -> tuple[list[str], list[str]]:
    """The leaves downstream of `nodes`, and the nodes with an actor there that have none upstream without these nodes."""
    net = survey.network
    gone = {net.own[i] for i in nodes}
    seen: set[int] = set()
    stack = list(gone)
    while stack:
        for w in net.after[stack.pop()]:
            if w not in seen:
                seen.add(w)
                stack.append(w)
    # A product that is there by one of these nodes goes with it.
    for above in {a for i in nodes for a in survey.facts.ancestors(i)}:
        if above in net.own and _only(survey, above, actor)[1]:
            gone.add(net.own[above])
    supplied = survey.sides[True][0]

    def gives(u: int) -> bool:
        """Whether u has an actor, or what comes out of it does not come from these nodes."""
        if u in gone:
            return False
        return survey.presence(u) in (CERTAIN, ANY) or (u not in seen and bool(supplied[u]))

    kept = {v for v in seen if any(gives(u) for u in net.before[v])}
    stack = list(kept - gone)
    while stack:
        for w in net.after[stack.pop()]:
            if w not in kept:
                kept.add(w)
                if w not in gone:
                    stack.append(w)
    things = [(v, net.thing[v]) for v in sorted(seen - gone) if net.thing[v]]
    leaves = [iri for _, iri in things if survey.nodes[iri].leaf]
    stops = [
        iri
        for v, iri in things
        if supplied[v] and v not in kept and survey.presence(v) in (CERTAIN, ANY)
    ]
    return leaves, stops


RULE = Rule(
    "c",
    "dependence",
    Words("依赖单一主体", "dependence"),
    Words("强链与备选供应", "where to look for a second source"),
    find,
)
