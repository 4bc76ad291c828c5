"""What vertices need to run, what it costs to make them, and a sound route without a search."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kg.gaps.network import Network


class Solution(NamedTuple):
    """Cost, the vertices on the way, the vertices beside it, whether it is proven least."""

    cost: float
    path: list[int]
    beside: list[int]
    proven: bool


def needs_of(net: Network, v: int, all_of: Callable[[int], bool]) -> list[int]:
    """The inputs of a vertex; for ALL-OF its own, not those that it shares with its group."""
    if all_of(v):
        return sorted(net.inputs.get(v) or net.before[v])
    return net.before[v]


def strict(
    net: Network,
    way: Sequence[int],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
) -> bool:
    """Whether the last vertex of `way` (told backwards from the goal) needs all its inputs."""
    v = way[-1]
    if running(v) or not all_of(v):
        return False
    # The entry of a group has no actor: it is the member behind it that runs or needs.
    member = v if net.thing[v] else next((w for w in reversed(way) if net.thing[w]), v)
    return not running(member)


def supplied(
    net: Network,
    path: list[int],
    cost: Callable[[int], float],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
    price: dict[int, float],
) -> Solution | None:
    """A sound answer without search: the way `path`, with all that its ALL-OF nodes need, cheapest input first (Knuth
    1977). It is not proven least. `price` is from `prices`; None where something on the way cannot be made.
    """
    # In the order of their prices, so that nothing is made from what comes after it.
    order = {v: n for n, v in enumerate(price)}
    start, back = path[0], path[::-1]
    todo = [
        u
        for n, v in enumerate(back, 1)
        if v != start and strict(net, back[:n], running, all_of)
        for u in needs_of(net, v, all_of)
    ]
    way = set(path)
    chosen: set[int] = set()
    while todo:
        v = todo.pop()
        if v in chosen:
            continue
        if v not in order and v not in way:
            return None
        chosen.add(v)
        if v == start or running(v) or not net.before[v]:
            continue
        needs = needs_of(net, v, all_of)
        made = [u for u in needs if u in order]
        if not made:
            return None
        todo += needs if all_of(v) else [min(made, key=order.__getitem__)]
    return Solution(sum(map(cost, chosen | way)), path, sorted(chosen - way), False)


def prices(
    net: Network,
    start: int,
    cost: Callable[[int], float],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
) -> dict[int, float]:
    """The additive price of making each vertex that can be made, cheapest first (Knuth's generalisation of Dijkstra's
    algorithm). `start` needs nothing; -1 for none.
    """
    price: dict[int, float] = {}
    open_ = {v: set(needs_of(net, v, all_of)) for v in range(len(net)) if all_of(v)}
    heap = [(cost(v), v) for v in range(len(net)) if v == start or running(v) or not net.before[v]]
    heapq.heapify(heap)
    while heap:
        d, v = heapq.heappop(heap)
        if v in price:
            continue
        price[v] = d
        for w in net.after[v]:
            if w in price:
                continue
            if w in open_:
                open_[w].discard(v)
                if not open_[w]:
                    total = sum(price[u] for u in needs_of(net, w, all_of)) + cost(w)
                    heapq.heappush(heap, (total, w))
            else:
                heapq.heappush(heap, (d + cost(w), w))
    return price
