"""The algorithms against answers found by trying everything, written from the definitions."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import pytest
from gapgraphs import IC, network

from kg.facts import Claim
from kg.gaps.chokes import measure
from kg.gaps.hyperpath import Solution, least
from kg.gaps.network import Network, build_network

Arc = tuple[int, int]
COST = {"present": 0.0, "possible": 0.5, "missing": 1.0}


def reach(n: int, arcs: Iterable[Arc], starts: Iterable[int], without: int = -1) -> set[int]:
    """What is reached from `starts`, themselves included, without passing through `without`."""
    after: dict[int, list[int]] = {v: [] for v in range(n)}
    for a, b in arcs:
        after[a].append(b)
    seen = {v for v in starts if v != without}
    todo = list(seen)
    while todo:
        new = [w for w in after[todo.pop()] if w not in seen and w != without]
        seen.update(new)
        todo += new
    return seen


class Possible:
    """All sets of vertices of one graph that hold a way from start to goal, with what makes them a solution.

    For vertex sets as bit masks: a set is a solution where every vertex is made in turn, beginning with those that
    need nothing (the start, the running ones, those without inputs); a vertex needs one of its inputs, ALL-OF all.
    """

    def __init__(self, n: int, arcs: Sequence[Arc], start: int, goal: int) -> None:
        self.n, self.start = n, start
        self.inputs = [0] * n
        for a, b in arcs:
            self.inputs[b] |= 1 << a
        ends = 1 << start | 1 << goal
        self.sets = []
        for s in range(1 << n):
            if s & ends != ends:
                continue
            inside = [(a, b) for a, b in arcs if s >> a & 1 and s >> b & 1]
            if goal in reach(n, inside, [start]):
                self.sets.append(s)
        self.solving: dict[tuple[int, int], list[int]] = {}

    def solves(self, s: int, running: int, all_of: int) -> bool:
        free = running | 1 << self.start
        made = 0
        while True:
            more = made
            for v in range(self.n):
                needs = self.inputs[v]
                if s >> v & 1 and (
                    free >> v & 1
                    or not needs
                    or (needs & made == needs if all_of >> v & 1 else needs & made)
                ):
                    more |= 1 << v
            if more == made:
                return made == s
            made = more

    def least(self, cost: Sequence[float], running: int, all_of: int) -> float | None:
        key = running, all_of
        if key not in self.solving:
            self.solving[key] = [s for s in self.sets if self.solves(s, *key)]
        prices = (sum(cost[v] for v in range(self.n) if s >> v & 1) for s in self.solving[key])
        return min(prices, default=None)


def solve(
    net: Network,
    start: int,
    goal: int,
    cost: Sequence[float],
    running: int,
    all_of: int,
    **more: int,
) -> Solution | None:
    return least(
        net,
        start,
        goal,
        cost.__getitem__,
        lambda v: bool(running >> v & 1),
        lambda v: bool(all_of >> v & 1),
        **more,
    )


def bits(vertices: Iterable[int]) -> int:
    return sum(1 << v for v in set(vertices))


def right(
    found: Solution | None,
    brute: Possible,
    arcs: Sequence[Arc],
    cost: Sequence[float],
    running: int,
    all_of: int,
) -> bool:
    """Whether the answer is a solution of least cost, told whole: way, what stands beside it, cost."""
    best = brute.least(cost, running, all_of)
    if found is None or best is None:
        return found is None and best is None
    chosen = bits([*found.path, *found.beside])
    return (
        found.cost == best
        and found.cost == sum(cost[v] for v in (*found.path, *found.beside))
        and all(pair in arcs for pair in zip(found.path, found.path[1:], strict=False))
        and not set(found.path) & set(found.beside)
        and chosen in brute.sets
        and brute.solves(chosen, running, all_of)
        and found.proven
    )


def dags(n: int) -> Iterator[list[Arc]]:
    """Every DAG of n nodes up to their names: every set of arcs that lead from a smaller to a larger number."""
    pairs = list(combinations(range(n), 2))
    for chosen in product((False, True), repeat=len(pairs)):
        yield [p for p, there in zip(pairs, chosen, strict=True) if there]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_the_least_route_is_right_on_every_dag_with_every_presence_and_every_all_of(n: int) -> None:
    wrong = []
    for arcs in dags(n):
        net = network(n, arcs)
        for start, goal in combinations(range(n), 2) if n > 1 else [(0, 0)]:
            brute = Possible(n, arcs, start, goal)
            # Counting a possible node 0 or 1 is the case of a present or missing one, that comes too.
            for states in product(COST, repeat=n):
                cost = [COST[s] for s in states]
                running = bits(v for v in range(n) if states[v] != "missing")
                for all_of in range(1 << n):
                    found = solve(net, start, goal, cost, running, all_of)
                    if not right(found, brute, arcs, cost, running, all_of):
                        wrong.append((arcs, start, goal, states, all_of, found))
                    if found is None:
                        break
    assert wrong == []


Trial = tuple[int, list[Arc], list[float], int, int]


def trials(seed: int, number: int, circles: bool = False) -> Iterator[Trial]:
    """Random graphs of up to 8 nodes: arcs, costs, running and ALL-OF nodes as bits. A DAG without `circles`."""
    rng = random.Random(seed)
    for _ in range(number):
        n = rng.randint(2, 6 if circles else 8)
        names = rng.sample(range(n), n)
        pairs = [
            (names[a], names[b])
            for a in range(n)
            for b in range(n)
            if a < b or (circles and a != b)
        ]
        density = rng.uniform(0.2, 0.7)
        arcs = [p for p in pairs if rng.random() < density]
        states = rng.choices(list(COST), k=n)
        yield (
            n,
            arcs,
            [COST[s] for s in states],
            bits(v for v in range(n) if states[v] != "missing"),
            rng.getrandbits(n),
        )


def joined(rng: random.Random, n: int, arcs: Sequence[Arc]) -> Arc:
    """Two nodes one of which leads to the other, where there are such; else any two."""
    ends = [(a, b) for a in range(n) for b in reach(n, arcs, [a]) - {a}]
    return rng.choice(ends) if ends else (0, n - 1)


@pytest.mark.parametrize(("circles", "number"), [(False, 2000), (True, 1000)])
def test_the_least_route_is_right_on_random_graphs(circles: bool, number: int) -> None:
    wrong = []
    rng = random.Random(1)
    for n, arcs, cost, running, all_of in trials(2, number, circles):
        net = network(n, arcs)
        start, goal = joined(rng, n, arcs)
        found = solve(net, start, goal, cost, running, all_of)
        if not right(found, Possible(n, arcs, start, goal), arcs, cost, running, all_of):
            wrong.append((arcs, start, goal, cost, running, all_of, found))
    assert wrong == []


@pytest.mark.parametrize("circles", [False, True])
def test_a_search_cut_short_gives_a_route_that_works_and_says_that_it_is_not_proven(
    circles: bool,
) -> None:
    wrong = []
    cut = dearer = 0
    rng = random.Random(1)
    for n, arcs, cost, running, all_of in trials(3, 1500, circles):
        net = network(n, arcs)
        start, goal = joined(rng, n, arcs)
        found = solve(net, start, goal, cost, running, all_of, most=rng.randint(0, 3))
        brute = Possible(n, arcs, start, goal)
        best = brute.least(cost, running, all_of)
        if found is None or best is None or found.proven:
            if not right(found, brute, arcs, cost, running, all_of):
                wrong.append((arcs, start, goal, cost, running, all_of, found))
            continue
        cut += 1
        dearer += found.cost > best
        chosen = bits([*found.path, *found.beside])
        if not (
            found.cost >= best and chosen in brute.sets and brute.solves(chosen, running, all_of)
        ):
            wrong.append((arcs, start, goal, cost, running, all_of, found))
    assert wrong == []
    assert cut > 100 and dearer > 0


# Groups: the same definition over the network with entries and exits, every way and every set tried.


def ways(net: Network, start: int, goal: int) -> Iterator[list[int]]:
    """Every way from start to goal that comes to no vertex twice."""

    def onward(way: list[int]) -> Iterator[list[int]]:
        if way[-1] == goal:
            yield way
            return
        for w in net.after[way[-1]]:
            if w not in way:
                yield from onward([*way, w])

    return onward([start])


def least_of_all(
    net: Network,
    start: int,
    goal: int,
    cost: Sequence[float],
    running: int,
    all_of: int,
    through: int,
) -> float | None:
    """The least cost over all ways and all sets. An entry of an ALL-OF group that leads the way to a running member
    needs nothing itself, and supplies nobody else unless it has all.
    """
    best = None
    for way in ways(net, start, goal):
        if through >= 0 and through not in way:
            continue
        behind = {v: next((w for w in way[at:] if net.thing[w]), -1) for at, v in enumerate(way)}
        exempt = {
            v for v in way if not net.thing[v] and behind[v] >= 0 and running >> behind[v] & 1
        }
        rest = [v for v in range(len(net)) if v not in way]
        for extra in range(1 << len(rest)):
            inside = {*way, *(v for n, v in enumerate(rest) if extra >> n & 1)}
            price = sum(cost[v] for v in inside)
            if (best is None or price < best) and inside - exempt <= made_of(
                net, inside, start, running, all_of
            ):
                best = price
    return best


def made_of(net: Network, inside: set[int], start: int, running: int, all_of: int) -> set[int]:
    made: set[int] = set()
    while True:
        more = {
            v
            for v in inside
            if v == start
            or running >> v & 1
            or not net.before[v]
            or (
                set(net.inputs.get(v) or net.before[v]) <= made
                if all_of >> v & 1
                else made & set(net.before[v])
            )
        }
        if more == made:
            return made
        made = more


def grouped(rng: random.Random) -> Network:
    """Up to four nodes, some of them in one of two groups, one perhaps inside the other; edges at nodes and groups."""
    leaves = [f"n{v}" for v in range(rng.randint(3, 4))]
    up = {i: rng.choice(["", "g", "g", "h"]) for i in leaves}
    up |= {"g": "", "h": rng.choice(["", "g"])}
    above = {i: {a for a in (up[i], up.get(up[i], "")) if a} for i in up}
    children: dict[str, list[str]] = {}
    for i, g in up.items():
        children.setdefault(g, []).append(i)
    everything = [*leaves, "g", "h"]
    # Of a rank for each node, edges lead upward: without circles but for those over groups.
    rank = {i: rng.random() for i in everything}
    claims = [
        Claim(a, IC + "feedsInto", b, "existing")
        for a in everything
        for b in everything
        if rank[a] < rank[b] and rng.random() < 0.5
    ]
    return build_network(everything, children, {"g", "h"}, claims, above)


@pytest.mark.parametrize("through", [False, True])
def test_the_least_route_is_right_on_networks_with_groups(through: bool) -> None:
    wrong = []
    rng = random.Random(7)
    answered = 0
    for _ in range(1500):
        net = grouped(rng)
        n = len(net)
        own = [v for v in range(n) if net.thing[v]]
        cost = [rng.choice([0.0, 0.5, 1.0]) if v in own else 0.0 for v in range(n)]
        running = bits(v for v in own if cost[v] < 1)
        all_of = bits(v for v in (*own, *net.enter.values()) if rng.random() < 0.5)
        start, goal = rng.choice(list(net.enter.values())), rng.choice(list(net.leave.values()))
        by = rng.choice(own) if through else -1
        found = solve(net, start, goal, cost, running, all_of, through=by)
        if found is not None and not found.proven:
            assert len(set(found.path)) < len(found.path)  # a circle
            continue
        best = least_of_all(net, start, goal, cost, running, all_of, by)
        answered += best is not None
        if (found and found.cost) != best or (found and by >= 0 and by not in found.path):
            wrong.append((net, start, goal, cost, bin(running), bin(all_of), by, found, best))
    assert wrong == []
    assert answered > 100


def pairs_of(n: int, arcs: Sequence[Arc]) -> set[Arc]:
    """First and last nodes that are joined."""
    into, out = {b for _, b in arcs}, {a for a, _ in arcs}
    return {(a, b) for a in out - into for b in reach(n, arcs, [a]) - out}


@pytest.mark.parametrize("circles", [False, True])
def test_dominated_leaves_are_those_that_no_first_node_reaches_around_the_choke_point(
    circles: bool,
) -> None:
    for n, arcs, _, _, leaf in trials(4, 1000, circles):
        leaves = {v for v in range(n) if leaf >> v & 1}
        choke = measure(network(n, arcs), [v in leaves for v in range(n)], 0)
        turned = [(b, a) for a, b in arcs]
        assert choke.dominated == [cut_off(n, arcs, v, leaves) for v in range(n)]
        assert choke.market == [cut_off(n, turned, v, leaves) for v in range(n)]


def cut_off(n: int, arcs: Sequence[Arc], v: int, leaves: set[int]) -> int:
    """How many of `leaves` are not reached without v from the first nodes: those that nothing leads to, and those in a
    first circle, into which nothing leads from outside.
    """
    above = {u: {w for w in range(n) if u in reach(n, arcs, [w])} for u in range(n)}
    first = [u for u in range(n) if all(u in above[w] for w in above[u])]
    return len(leaves - reach(n, arcs, first, without=v) - {v})


def test_pairs_lost_are_those_that_are_not_joined_without_the_node() -> None:
    for n, arcs, *_ in trials(5, 1000):
        choke = measure(network(n, arcs), [True] * n, 0)
        pairs = pairs_of(n, arcs)
        assert (choke.pairs, choke.sampled) == (len(pairs), False)
        assert choke.lost == [
            sum(v not in (a, b) and b not in reach(n, arcs, [a], without=v) for a, b in pairs)
            for v in range(n)
        ]


def parts(n: int, arcs: Sequence[Arc], gone: int) -> int:
    """Into how many parts the graph falls without `gone`, arcs taken both ways."""
    both = [*arcs, *((b, a) for a, b in arcs)]
    rest = set(range(n)) - {gone}
    return len({frozenset(reach(n, both, [v], without=gone)) for v in rest})


def test_articulation_points_are_those_whose_removal_leaves_more_parts() -> None:
    for n, arcs, *_ in trials(6, 500):
        choke = measure(network(n, arcs), [True] * n, 0)
        touched = {v for arc in arcs for v in arc}
        assert choke.articulation == {v for v in touched if parts(n, arcs, v) > parts(n, arcs, -1)}
