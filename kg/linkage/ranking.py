"""The cheapest simple ways between two things, in order (after Yen and Lawler)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice, pairwise, permutations

from kg.facts import Facts
from kg.linkage.web import STEP, Path, Web

# A way that must pass certain things is put together from the first so many ways of each leg.
_DEEP = 24
_FAR = 1 << 60

Ranked = tuple[int, tuple[int, ...]]


def paths(
    facts: Facts | Web,
    a: str,
    b: str,
    most: int = 5,
    via: Sequence[str] = (),
    without: Collection[str] = (),
    kinds: Collection[str] = (),
) -> list[Path]:
    """The up to `most` cheapest telling ways from `a` to `b`, the cheapest first; none where `a` is `b`.

    A way costs 100 for each link and, for each thing in between, 100 × log2(1 + number of its neighbours): few links,
    over things that are tied to few others. Ways of one cost stand in the order of their IRIs. No thing stands twice
    in a way, and no hub (`linkage.hubs`) in between; `a` and `b` themselves may be hubs.

    `via`: things that all ways pass, in any order. `without`: things that none passes. `kinds`: classes (local names) to
    which everything in between belongs. KeyError for what is no thing of the graph.
    """
    web = facts if isinstance(facts, Web) else Web(facts)
    start, end, stops = web.number[a], web.number[b], [web.number[v] for v in dict.fromkeys(via)]
    stops = [s for s in stops if s not in (start, end)]
    shut = {*web.hubs, *(web.number[w] for w in without)}
    if kinds:
        shut |= {n for n, iri in enumerate(web.things) if web.facts.things[iri].kind not in kinds}
    if start == end or most < 1 or {web.number[w] for w in without} & {start, end, *stops}:
        return []
    found = _over(web, start, end, stops, shut, most) if stops else _ranked(web, start, end, shut)
    return [web.path(cost, way) for cost, way in islice(found, most)]


def nearest(facts: Facts | Web, a: str, b: str) -> Path | None:
    """The cheapest way where hubs may stand in between: where two things meet that no telling way ties.

    None where they lie in separate parts of the graph, or are the same thing.
    """
    web = facts if isinstance(facts, Web) else Web(facts)
    start, end = web.number[a], web.number[b]
    found = next(_ranked(web, start, end, frozenset()), None) if start != end else None
    return web.path(*found) if found else None


def _over(
    web: Web, start: int, end: int, stops: list[int], shut: Collection[int], most: int
) -> list[Ranked]:
    """The cheapest ways that pass all `stops`, each leg one of its first `_DEEP`."""
    found: dict[tuple[int, ...], int] = {}
    for order in permutations(stops):
        marks = (start, *order, end)
        legs: list[list[Ranked]] = []
        for n, (one, two) in enumerate(pairwise(marks)):
            # The ends of the other legs are no stations of this one.
            others = {m for k, m in enumerate(marks) if k not in (n, n + 1)}
            legs.append(list(islice(_ranked(web, one, two, {*shut, *others}), _DEEP)))
        extra = sum(web.tolls[s] for s in order)
        for cost, way in _joined(legs, most):
            found[way] = min(cost + extra, found.get(way, _FAR))
    return sorted((cost, way) for way, cost in found.items())


def _joined(legs: list[list[Ranked]], most: int) -> Iterator[Ranked]:
    """One way of each leg put together, the cheapest first; those that pass a thing twice are left out."""
    if not all(legs):
        return
    first = (0,) * len(legs)
    heap, seen, given = [(sum(leg[0][0] for leg in legs), first)], {first}, 0
    last = _FAR
    while heap:
        cost, pick = heappop(heap)
        if given >= most and cost > last:
            return
        way = legs[0][pick[0]][1]
        for leg, n in zip(legs[1:], pick[1:], strict=True):
            way += leg[n][1][1:]
        if len(set(way)) == len(way):
            given, last = given + 1, cost
            yield cost, way
        for k, n in enumerate(pick):
            if n + 1 < len(legs[k]) and (more := (*pick[:k], n + 1, *pick[k + 1 :])) not in seen:
                seen.add(more)
                heappush(heap, (cost - legs[k][n][0] + legs[k][n + 1][0], more))


def _ranked(web: Web, start: int, end: int, shut: Collection[int]) -> Iterator[Ranked]:
    """All simple ways from `start` to `end` past nothing that is `shut`, in the order of (cost, numbers).

    Yen's scheme as Lawler put it: the ways not yet given are split into sets, each of the ways that begin alike and
    then leave a given way. A set waits under a bound and is searched only when its turn comes: most never are.
    """
    ahead = _ahead(web, start, end, shut)
    if ahead[start] >= _FAR:
        return
    # (cost or bound, 0 where only a bound, the way or its beginning, how much of it is fixed, steps not to be taken next)
    heap: list[tuple[int, int, tuple[int, ...], int, frozenset[int]]] = [
        (ahead[start], 0, (start,), 0, frozenset())
    ]
    while heap:
        cost, found, way, fixed, barred = heappop(heap)
        if not found:
            rest = _search(web, way, end, barred, ahead)
            if rest is not None:
                heappush(heap, (rest[0], 1, rest[1], fixed, barred))
            continue
        yield cost, way
        so_far = sum(STEP + web.tolls[n] for n in way[1 : fixed + 1])
        for at in range(fixed, len(way) - 1):
            if at > fixed:
                so_far += STEP + web.tolls[way[at]]
            bars = barred | {way[at + 1]} if at == fixed else frozenset({way[at + 1]})
            begun = way[: at + 1]
            bound = min(
                (
                    STEP + (web.tolls[n] if n != end else 0) + ahead[n]
                    for n in web.near[way[at]]
                    if n not in bars and n not in begun
                ),
                default=_FAR,
            )
            if bound < _FAR:
                heappush(heap, (so_far + bound, 0, begun, at, bars))


def _ahead(web: Web, start: int, end: int, shut: Collection[int]) -> list[int]:
    """What it costs to get from each thing to `end`, `_FAR` where it does not lead there or may not be passed."""
    ahead = [_FAR] * len(web.things)
    closed = [False] * len(web.things)
    for n in shut:
        closed[n] = True
    # The start is reached and never passed.
    closed[end], closed[start] = True, False
    ahead[end] = 0
    heap = [(0, end)]
    tolls, near = web.tolls, web.near
    while heap:
        cost, here = heappop(heap)
        if cost > ahead[here] or here == start:
            continue
        cost += STEP + (tolls[here] if here != end else 0)
        for n in near[here]:
            if cost < ahead[n] and not closed[n]:
                ahead[n] = cost
                heappush(heap, (cost, n))
    return ahead


def _search(
    web: Web, begun: tuple[int, ...], end: int, barred: frozenset[int], ahead: list[int]
) -> Ranked | None:
    """The cheapest way that begins with `begun` and does not go on to `barred`; of equal ones the first by numbers."""
    tolls, near = web.tolls, web.near
    done = set(begun)
    cost = sum(STEP + tolls[n] for n in begun[1:])
    heap: list[tuple[int, tuple[int, ...], int]] = []
    for n in near[begun[-1]]:
        if n not in done and n not in barred and ahead[n] < _FAR:
            spent = cost + STEP + (tolls[n] if n != end else 0)
            heap.append((spent + ahead[n], (*begun, n), spent))
    heapify(heap)
    while heap:
        whole, way, spent = heappop(heap)
        here = way[-1]
        if here == end:
            return whole, way
        if here in done:
            continue
        done.add(here)
        for n in near[here]:
            if n not in done and ahead[n] < _FAR:
                more = spent + STEP + (tolls[n] if n != end else 0)
                heappush(heap, (more + ahead[n], (*way, n), more))
    return None
