"""Dominators, articulation points and lost pairs of the supply network."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from kg.gaps.network import FOLLOW_ALL, Network, components

if TYPE_CHECKING:
    import networkx

# Pairs are enumerated from each first node; in a large network from a seeded sample of this many, and it is said.
MOST_SOURCES = 48


class Choke(NamedTuple):
    """What rests on each vertex: leaves that every supply reaches through it (`dominated`), leaves whose every way to
    a market leads through it (`market`), whether the network falls apart without it, pairs lost of `pairs` looked at.
    """

    dominated: list[int]
    market: list[int]
    articulation: set[int]
    lost: list[int]
    pairs: int
    sampled: bool


def measure(net: Network, leaf: list[bool], seed: int) -> Choke:
    """The four measures for every vertex of the network. Dominators after Cooper, Harvey and Kennedy (networkx)."""
    import networkx

    arcs = [(v, w) for v, row in enumerate(net.after) for w in row]
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(len(net)))
    graph.add_edges_from(arcs)
    weight = [int(x) for x in leaf]
    dominated = _below(graph, _ends(net.after), weight)
    market = _below(graph.reverse(), _ends(net.before), weight)
    articulation = _articulation(net)
    sources = [v for v in range(len(net)) if not net.before[v] and net.after[v]]
    sampled = len(net) > FOLLOW_ALL and len(sources) > MOST_SOURCES
    if sampled:
        sources = sorted(random.Random(seed).sample(sources, MOST_SOURCES))
    sink = [int(not row) for row in net.after]
    lost = [0] * len(net)
    pairs = 0
    for source in sources:
        subtree, order = _subtree(graph, source, sink)
        pairs += subtree[source]
        for v in order:
            if v != source:
                lost[v] += subtree[v] - sink[v]
    return Choke(dominated, market, articulation, lost, pairs, sampled)


def _articulation(net: Network) -> set[int]:
    """The vertices without which the network, arcs taken both ways, falls into more parts.

    A group's entry or exit must not hold its members together by itself: where one vertex alone leads to it, or it
    leads to one alone, it is taken as that one, so that it goes when that goes.
    """
    import networkx

    before, after = ([set(row) for row in side] for side in (net.before, net.after))
    between = {v for v, t in enumerate(net.thing) if not t and before[v] and after[v]}
    todo = sorted(between)
    while todo:
        v = todo.pop()
        if v not in between or min(len(before[v]), len(after[v])) != 1:
            continue
        between.discard(v)
        (same,) = before[v] if len(before[v]) == 1 else after[v]
        for u in before[v]:
            after[u].discard(v)
            if u != same:
                after[u].add(same)
                before[same].add(u)
        for w in after[v]:
            before[w].discard(v)
            if w != same:
                before[w].add(same)
                after[same].add(w)
        todo += sorted({same, *before[v], *after[v]} & between)
        before[v], after[v] = set(), set()
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_edges_from((v, w) for v, row in enumerate(after) for w in row)
    return set(networkx.articulation_points(graph))


def _ends(arcs: list[list[int]]) -> list[int]:
    """The vertices that nothing leads into, and those of a circle into which nothing leads from outside.

    All of such a circle: of its nodes none comes before the others.
    """
    home, parts = components(arcs)
    entered = {home[w] for v, row in enumerate(arcs) for w in row if home[w] != home[v]}
    return [v for c, part in enumerate(parts) if c not in entered for v in part]


def _below(graph: networkx.DiGraph[int], starts: list[int], weight: list[int]) -> list[int]:
    """For each vertex the weight of what it dominates from a virtual vertex before all `starts`, itself left out."""
    virtual = len(weight)
    graph.add_node(virtual)
    graph.add_edges_from((virtual, v) for v in starts)
    subtree, order = _subtree(graph, virtual, [*weight, 0])
    graph.remove_node(virtual)
    found = [0] * len(weight)
    for v in order:
        if v != virtual:
            found[v] = subtree[v] - weight[v]
    return found


def _subtree(
    graph: networkx.DiGraph[int], start: int, weight: list[int]
) -> tuple[dict[int, int], list[int]]:
    """Weights summed over the dominator tree from `start`, and its vertices."""
    import networkx

    over = networkx.immediate_dominators(graph, start)
    children: dict[int, list[int]] = {}
    for v, up in over.items():
        # networkx has given the start itself, or None, as the start's dominator.
        if v != start and up is not None:
            children.setdefault(up, []).append(v)
    order, stack = [], [start]
    while stack:
        v = stack.pop()
        order.append(v)
        stack += children.get(v, [])
    total = {v: weight[v] for v in order}
    for v in reversed(order):
        for w in children.get(v, ()):
            total[v] += total[w]
    return total, order
