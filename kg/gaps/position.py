"""Rule b: where a missing node stands between actors, and which missing nodes hang together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gaps.finding import POSITIONS, Gap, Interval, Rule
from kg.gaps.network import components
from kg.gaps.no_actor import next_check
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.words import Words

NEIGHBOURS = Words("个直接上下游节点有主体", "direct inputs and outputs with an actor")
_NEAREST = 5


def find(survey: Survey) -> Iterable[Gap]:
    """未见节点 v 的位置，看供给关系上游、下游是否有主体：两侧都有为断点；只有下游有为缺上游；只有上游有为可延链；
    都没有为整链未见。位置按两种口径各算一次：只计“有”，或“有”与“或有”都计。经供给关系相连的未见节点合为一段，
    段长为沿供给方向连续未见的最多节点数。

    The position of a missing node v, by whether actors stand upstream and downstream of it along the supply edges:
    both, a break; only downstream, no upstream; only upstream, can be extended; neither, whole chain unseen. It is
    told twice: counting only what is present, and counting the possible too. Missing nodes that are joined by supply
    edges form one segment; its length is the largest number of missing nodes in a row along the supply.
    """
    of = segments(survey)
    for node in survey.missing:
        iri = node.iri
        members, length = of[iri]
        ins, outs = survey.around_edges(iri)
        near = [survey.strength(i) for i in (*ins, *outs) if i in survey.chain_of]
        sure = sum(p == CERTAIN for p in near)
        maybe = sum(p in (CERTAIN, ANY) for p in near)
        position, certain = survey.position(iri, True), survey.position(iri, False)
        label = node.thing
        word, strict = POSITIONS[position], POSITIONS[certain]
        same = position == certain
        yield Gap(
            "b",
            survey.chain_of[iri],
            iri,
            node.presence,
            position,
            Interval(sure, maybe, len(near), NEIGHBOURS),
            Words(
                f"“{label.label('zh')}”为{word.zh}"
                + ("" if same else f"（含或有；只计“有”时为{strict.zh}）")
                + ("" if near else "，没有已知的供给关系")
                + f"；所在未见段共 {len(members)} 个节点，最长连续 {length} 个。",
                f'"{label.label("en")}": {word.en}'
                + ("" if same else f" (counting the possible; {strict.en} otherwise)")
                + ("" if near else ", no supply edges known")
                + f"; its missing segment has {len(members)} node(s), {length} in a row at most.",
            ),
            Words(
                "上游或下游新增一个主体，或一条供给关系被证实有误。",
                "A new actor upstream or downstream, or a supply edge that proves wrong.",
            ),
            next_check(survey, iri),
            tuple(survey.around(iri)),
            tuple(survey.edge_claims(iri)),
            {
                "position_certain": certain,
                "segment": {"nodes": members, "size": len(members), "length": length},
                "upstream": nearest(survey, iri, upstream=True),
                "downstream": nearest(survey, iri, upstream=False),
            },
        )


def nearest(survey: Survey, iri: str, upstream: bool, most: int = _NEAREST) -> list[str]:
    """The nearest nodes with an actor, certain or possible, upstream or downstream of a node: breadth first."""
    net = survey.network
    arcs = net.before if upstream else net.after
    start = net.own.get(iri, net.enter[iri])
    found: list[str] = []
    seen, layer = {start}, [start]
    while layer and len(found) < most and len(seen) < 200:
        following: list[int] = []
        for v in layer:
            for w in arcs[v]:
                if w in seen:
                    continue
                seen.add(w)
                if survey.presence(w) in (CERTAIN, ANY):
                    found.append(net.thing[w])
                else:
                    following.append(w)
        layer = following
    return found[:most]


def segments(survey: Survey) -> dict[str, tuple[list[str], int]]:
    """For each missing leaf: the missing leaves joined with it by supply edges, and the longest row among them."""
    facts, missing = survey.facts, {n.iri for n in survey.all_missing}
    parent = {i: i for i in missing}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    inside: dict[str, list[str]] = {}
    joined: set[str] = set()

    def within(iri: str) -> list[str]:
        """The missing leaves at or below a node."""
        if iri not in inside:
            inside[iri] = [i for i in (iri, *facts.below(iri)) if i in missing]
        return inside[iri]

    for claim in survey.network.edges.values():
        ends = claim.subject, claim.object
        # An edge that meets no missing node at its other end joins nothing.
        if not all(within(i) for i in ends):
            continue
        for iri in ends:
            # An edge at a group reaches each of its members: they hang together, once and for all.
            if iri not in joined:
                joined.add(iri)
                for other in inside[iri][1:]:
                    parent[root(other)] = root(inside[iri][0])
        parent[root(inside[ends[0]][0])] = root(inside[ends[1]][0])
    members: dict[str, list[str]] = {}
    for iri in missing:
        members.setdefault(root(iri), []).append(iri)
    longest = _longest(survey, missing)
    result: dict[str, tuple[list[str], int]] = {}
    for part in members.values():
        part.sort()
        length = max(longest[i] for i in part)
        for iri in part:
            result[iri] = (part, length)
    return result


def _longest(survey: Survey, missing: set[str]) -> dict[str, int]:
    """The longest row of missing leaves that ends at each, over the network without nodes that have an actor.

    Nodes in a circle count together once.
    """
    net = survey.network
    keep = [not t or t in missing for t in net.thing]
    arcs = [[w for w in row if keep[w]] if keep[v] else [] for v, row in enumerate(net.after)]
    home, parts = components(arcs)
    best = [0] * len(parts)
    weight = [sum(1 for v in part if net.thing[v]) if keep[part[0]] else 0 for part in parts]
    # Components come with what they reach first; walked backwards, every input is done before its outputs.
    for c in range(len(parts) - 1, -1, -1):
        best[c] += weight[c]
        for v in parts[c]:
            for w in arcs[v]:
                if home[w] != c:
                    best[home[w]] = max(best[home[w]], best[c])
    return {net.thing[v]: best[home[v]] for v in range(len(net)) if net.thing[v] in missing}


RULE = Rule(
    "b",
    "position",
    Words("位置", "position"),
    Words("补链、延链还是建链", "mend, extend or build a chain"),
    find,
)
