"""Rule h: nodes through which supply must pass."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.survey import Survey
from kg.words import Words

PAIRS = Words("对起点与终点之间的供给会中断", "pairs of first and last nodes lose their supply")


def find(survey: Survey) -> Iterable[Gap]:
    """供给网络的咽喉。支配：从所有起点出发到达某节点的每条供给都经过 v，v 支配它；市场侧同法反向再算。割点：去掉 v，
    网络断开。断对：起点到终点的可达对中，去掉 v 后不可达的对数；在大网络中按种子抽样并注明。

    The choke points of the supply network. Dominators: every supply from the first nodes to a node passes through v;
    the market side is the same backwards. Articulation: without v the network falls apart. Pairs lost: of the pairs
    of first and last nodes that are joined, those that are not without v; in a large network a seeded sample is
    taken, and it is said.
    """
    net, choke = survey.network, survey.choke
    for industry, chain in survey.selected.items():
        for node in chain.nodes.values():
            v = net.own[node.iri]
            figures = choke.dominated[v], choke.market[v], choke.lost[v]
            cut = v in choke.articulation
            if not any(figures) and not cut:
                continue
            label = node.thing
            yield Gap(
                "h",
                industry,
                node.iri,
                node.presence,
                "",
                Interval(choke.lost[v], choke.lost[v], choke.pairs, PAIRS),
                Words(
                    f"“{label.label('zh')}”是 {figures[0]} 个末级节点供给的必经之处，{figures[1]} 个节点通往市场的必经之处"
                    + ("，为割点" if cut else "")
                    + f"；去掉它，{choke.pairs} 对起终点中 {figures[2]} 对中断"
                    + ("（抽样）。" if choke.sampled else "。"),
                    f'All supply of {figures[0]} leaves, and the way to market of {figures[1]}, passes "{label.label("en")}"'
                    + ("; the network falls apart without it" if cut else "")
                    + f"; {figures[2]} of {choke.pairs} pairs of first and last nodes"
                    + (" (sampled) are lost." if choke.sampled else " are lost."),
                ),
                Words(
                    "另一条绕过它的供给关系。",
                    "A supply edge that goes around it.",
                ),
                Words(
                    "核对它的供给关系是否完整，并为它找备选来源。",
                    "Check that its supply edges are complete, and find an alternative source for it.",
                ),
                tuple([*node.present, *node.possible] or survey.around(node.iri)),
                tuple(survey.edge_claims(node.iri)),
                {
                    "dominated": figures[0],
                    "market": figures[1],
                    "articulation": cut,
                    "pairs_lost": figures[2],
                    "pairs": choke.pairs,
                    "sampled": choke.sampled,
                },
            )


RULE = Rule(
    "h",
    "critical",
    Words("咽喉", "choke point"),
    Words("哪里最不能断", "what must not break"),
    find,
)
