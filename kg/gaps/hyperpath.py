"""The least-cost hyperpath: what must be there for one vertex to run from another, ALL-OF nodes included."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container

from kg.gaps.network import Network, reached
from kg.gaps.supplying import Solution, needs_of, prices, strict, supplied

# Partial routes looked at before a search with ALL-OF nodes gives bounds instead of the optimum.
MOST_STATES = 20_000


def least(
    net: Network,
    start: int,
    goal: int,
    cost: Callable[[int], float],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
    most: int = MOST_STATES,
    through: int = -1,
) -> Solution | None:
    """The least-cost set of vertices that makes `goal` run from `start`; None where no route exists.

    Its cost is the sum over its vertices, each once. It holds a way from start to goal (by way of `through`, if
    given); every vertex in it that is not running, not the start and has inputs has one of them in the set (ALL-OF:
    all), without going in circles. The entry of an ALL-OF group by which the way comes to a running member needs one.
    """
    ahead = _distances(net.before, goal, lambda v: 0.0)
    if start not in ahead:
        return None
    behind = _distances(net.after, start, cost)
    # Vertices from which the start supplies the goal.
    between = ahead.keys() & behind.keys()
    if any(all_of(v) and not running(v) and net.inputs.get(v) for v in between if v != start):
        return _search(net, start, goal, cost, running, all_of, most, through)
    path = _path(net, start, goal, cost, behind, through)
    if path is None:
        return None
    chosen = set(path)
    # In a circle the way there and the way on may share vertices: counted once, but not proven least.
    return Solution(sum(map(cost, chosen)), path, [], len(chosen) == len(path))


def _distances(
    arcs: list[list[int]],
    start: int,
    cost: Callable[[int], float],
    among: Container[int] | None = None,
) -> dict[int, float]:
    """Least sum of vertex costs from `start`, both ends counted (Dijkstra 1959), over all vertices or those `among`."""
    found: dict[int, float] = {}
    heap = [(cost(start), start)]
    while heap:
        d, v = heapq.heappop(heap)
        if v in found:
            continue
        found[v] = d
        for w in arcs[v]:
            if w not in found and (among is None or w in among):
                heapq.heappush(heap, (d + cost(w), w))
    return found


def _path(
    net: Network,
    start: int,
    goal: int,
    cost: Callable[[int], float],
    behind: dict[int, float],
    through: int,
    among: Container[int] | None = None,
) -> list[int] | None:
    """A least-cost path from start to goal by way of `through`."""
    if through < 0:
        return _trace(net, start, goal, behind, cost) if goal in behind else None
    onward = _distances(net.after, through, cost, among)
    if through not in behind or goal not in onward:
        return None
    way = _trace(net, start, through, behind, cost)
    return [*way, *_trace(net, through, goal, onward, cost)[1:]]


def _trace(
    net: Network, start: int, goal: int, far: dict[int, float], cost: Callable[[int], float]
) -> list[int]:
    """A least-cost path backwards from `goal`: of equals the fewest arcs, then the smallest vertices."""
    steps = {start: 0}
    layer = [start]
    # Breadth first along tight arcs only: a path over zero costs must not go in circles.
    while layer:
        following: list[int] = []
        for v in layer:
            for w in net.after[v]:
                if w not in steps and w in far and abs(far[v] + cost(w) - far[w]) < 1e-9:
                    steps[w] = steps[v] + 1
                    following.append(w)
        layer = sorted(following)
    path = [goal]
    while path[-1] != start:
        v = path[-1]
        path.append(
            min(
                u
                for u in net.before[v]
                if steps.get(u, -2) == steps[v] - 1 and abs(far[u] + cost(v) - far[v]) < 1e-9
            )
        )
    return path[::-1]


def _search(
    net: Network,
    start: int,
    goal: int,
    cost: Callable[[int], float],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
    most: int,
    through: int,
) -> Solution | None:
    """Best first over partial routes: first the way back to `start`, then what ALL-OF nodes need beside it."""
    price = prices(net, start, cost, running, all_of)
    # What nobody can make, because it needs itself in a circle, is in no solution.
    behind = _distances(net.after, start, cost, price)
    path = _path(net, start, goal, cost, behind, through, price)
    if path is None:
        return None
    beyond = reached(net.after, (through,)) if through >= 0 else None
    first = frozenset((goal,))
    # (bound, tie, spent, head of the way or -1, way, set, open)
    State = tuple[float, int, float, int, tuple[int, ...], frozenset[int], tuple[int, ...]]
    heap: list[State] = [(behind[goal], 0, cost(goal), goal, (goal,), first, ())]
    tie = 0
    seen: set[tuple[int, frozenset[int], tuple[int, ...]]] = set()
    while heap:
        _, _, spent, head, way, chosen, todo = heapq.heappop(heap)
        if (head, chosen, todo) in seen:
            continue
        seen.add((head, chosen, todo))
        following: list[tuple[int, tuple[int, ...], frozenset[int], tuple[int, ...]]] = []
        if head == start:
            head = -1
        if head >= 0:
            needs = needs_of(net, head, all_of) if strict(net, way, running, all_of) else []
            astray = beyond is not None and through not in way
            for u in net.before[head]:
                if u not in behind or u in way:
                    continue
                if astray and u != through and not (beyond and beyond[u]):
                    continue
                more = tuple(sorted({*todo, *(n for n in needs if n != u)}))
                following.append((u, (*way, u), chosen | {u}, more))
        elif through >= 0 and through not in way:
            continue
        elif todo:
            v, rest = todo[0], todo[1:]
            seen_to = v in way and not _eased(net, way, v, running, all_of)
            if v == start or seen_to or (v in chosen and running(v)):
                following.append((-1, way, chosen, rest))
            else:
                inputs = [] if running(v) else needs_of(net, v, all_of)
                grown = chosen | {v}
                if not inputs:
                    following.append((-1, way, grown, rest))
                else:
                    for some in (inputs,) if all_of(v) else ((u,) for u in inputs):
                        new = {
                            u
                            for u in some
                            if u not in grown or _eased(net, way, u, running, all_of)
                        }
                        following.append((-1, way, grown, tuple(sorted({*rest, *new}))))
        elif _sound(net, start, way, chosen, running, all_of):
            beside = sorted(chosen - set(way))
            return Solution(spent, list(way[::-1]), beside, True)
        for u, onward, grown, more in following:
            paid = spent + sum(cost(x) for x in grown - chosen)
            ahead = (
                behind[u] - cost(u)
                if u >= 0
                else max((0.0 if x in grown else cost(x) for x in more), default=0.0)
            )
            tie += 1
            heapq.heappush(heap, (paid + ahead, tie, paid, u, onward, grown, more))
        if len(seen) > most:
            return supplied(net, path, cost, running, all_of, price)
    return None


def _eased(
    net: Network,
    way: tuple[int, ...],
    v: int,
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
) -> bool:
    """Whether v is the entry of an ALL-OF group by which the way comes to a running member: others may need it whole."""
    if v not in way or net.thing[v] or not all_of(v):
        return False
    return not strict(net, way[: way.index(v) + 1], running, all_of)


def _sound(
    net: Network,
    start: int,
    way: tuple[int, ...],
    chosen: frozenset[int],
    running: Callable[[int], bool],
    all_of: Callable[[int], bool],
) -> bool:
    """Whether everything chosen can be made from what is chosen, beginning somewhere (no supply in circles)."""
    made = {v for v in chosen if v == start or running(v) or not net.before[v]}
    eased = {v for n, v in enumerate(way, 1) if not strict(net, way[:n], running, all_of)}
    changed = True
    while changed:
        changed = False
        for v in chosen - made:
            needs = net.before[v] if v in eased else needs_of(net, v, all_of)
            every = all_of(v) and v not in eased
            if all(u in made for u in needs) if every else any(u in made for u in needs):
                made.add(v)
                changed = True
    return made == chosen
