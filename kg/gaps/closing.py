"""Rule b′: the fewest links that make a chain run from one node to another, with bounds and the route."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from kg.facts import Claim, unique
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.hyperpath import MOST_STATES, least
from kg.gaps.network import FOLLOW_ALL, Network
from kg.gaps.no_actor import next_check
from kg.gaps.supplying import Solution, prices, supplied
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.words import Words

READINGS = (0.0, 0.5, 1.0)
LINKS = Words("个路线节点", "nodes on the route")


@dataclass(frozen=True)
class Route:
    """A least-cost way from one node to another. `low`, `cost` and `high` count a possible node 0, ½ and 1.

    `n` are the nodes of all three. `path` are the nodes on the way, `beside` the further inputs that ALL-OF nodes need, `links` those of both that
    are missing, `possible` those that are possible; `proven` is False where the search was cut short and `cost` may
    be more than the least. `edges` are the supply claims walked along.
    """

    low: float
    cost: float
    high: float
    path: tuple[str, ...]
    beside: tuple[str, ...]
    links: tuple[str, ...]
    possible: tuple[str, ...]
    edges: tuple[Claim, ...]
    n: int
    proven: bool = True


def close(
    survey: Survey, source: str, target: str, most: int = MOST_STATES, through: str = ""
) -> Route | None:
    """The least-cost route from the node or group `source` to `target` (by way of the node `through`, if given); None
    where no supply edges lead there.

    A node's own cost is 0 where an actor is present, ½ where possible, 1 where missing; both ends count. Where the
    route begins, nothing is needed: the node `source`, or any member of that group.
    """
    net = survey.network.opened(source, target)
    found = {r: _solve(survey, net, source, target, r, most, through) for r in READINGS}
    middle = found[0.5]
    if middle is None:
        return None
    low, high = (found[r].cost if found[r] else middle.cost for r in (0.0, 1.0))  # type: ignore[union-attr]
    edges = _edges(survey, net, middle)
    named = net.nodes([*middle.path, *middle.beside])
    return Route(
        # A search that was cut short may have missed the lower cost of an easier reading.
        min(low, middle.cost),
        middle.cost,
        max(high, middle.cost),
        tuple(net.nodes(middle.path)),
        tuple(net.nodes(middle.beside)),
        tuple(i for i in named if survey.nodes[i].presence not in (CERTAIN, ANY)),
        tuple(i for i in named if survey.nodes[i].presence == ANY),
        unique(edges),
        len({i for s in found.values() if s for i in net.nodes([*s.path, *s.beside])}),
        all(s.proven for s in found.values() if s),
    )


def _edges(survey: Survey, net: Network, found: Solution) -> list[Claim]:
    """The supply claims along the way; then those by which an ALL-OF node on it gets the rest of its inputs, and by
    which what stands beside it gets those that were chosen.
    """
    chosen = {*found.path, *found.beside}
    edges = [*net.walked(found.path)]
    needing = [v for v in found.path[1:] if survey.all_of(v)] if found.beside else []
    for v in (*needing, *found.beside):
        if survey.presence(v) not in (CERTAIN, ANY):
            edges += [net.edges[u, v] for u in net.inputs.get(v, ()) if u in chosen]
    return edges


def _solve(
    survey: Survey,
    net: Network,
    source: str,
    target: str,
    possible: float,
    most: int,
    through: str,
) -> Solution | None:
    """One reading: a possible node costs `possible`, and counts as running unless it costs a whole link."""
    runs = (CERTAIN, ANY) if possible < 1 else (CERTAIN,)
    begins = {net.own[i] for i in (source, *survey.facts.below(source)) if i in net.own}
    return least(
        net,
        net.enter[source],
        net.leave[target],
        lambda v: survey.cost(v, possible),
        lambda v: v in begins or survey.presence(v) in runs,
        survey.all_of,
        most,
        net.own[through] if through else -1,
    )


def find(survey: Survey) -> Iterable[Gap]:
    """每个断点：要补几环，才能使供给从最近的上游主体经它通到最近的下游主体。费用为路线上各节点之和：有为 0，或有为 ½，
    未见或确认无为 1；下限按或有为 0、上限按或有为 1 另算。标为“全部投入”的节点，其全部投入都要具备（最小费用超路径，
    共用节点只计一次），其余节点有任一投入即可。

    For each break: how many links make the supply run from the nearest actor upstream, through it, to the nearest
    downstream. The cost is the sum over the nodes on the route: 0 present, ½ possible, 1 unseen or absent; the bounds
    count a possible node 0 and 1. A node marked ALL-OF needs every input (least-cost hyperpath, shared nodes once),
    any other node one of them.
    """
    net = survey.network
    ways = {r: _from_actors(survey, r) for r in READINGS}
    price: dict[int, float] = {}
    for node in survey.missing:
        if survey.position(node.iri, True) != "break":
            continue
        v = net.own[node.iri]
        totals = {}
        for r in READINGS:
            (up, _), (down, _) = ways[r]
            totals[r] = up[v] + down[v] - survey.cost(v, r)
        (_, back), (_, on) = ways[0.5]
        path = [*_follow(back, v)[::-1], *_follow(on, v)[1:]]
        if len(set(path)) < len(path):
            # In a circle the way there and the way on share nodes.
            totals = {r: sum(survey.cost(u, r) for u in set(path)) for r in READINGS}
        route = _assembled(survey, path, node.iri, price) if _assembles(survey, path) else None
        if route:
            low, cost, high, nodes, beside = (
                route.low,
                route.cost,
                route.high,
                route.path,
                route.beside,
            )
            edges = route.edges
        else:
            low, cost, high = (totals[r] for r in READINGS)
            nodes, beside, edges = tuple(net.nodes(path)), (), tuple(net.walked(path))
        links = [
            i
            for i in dict.fromkeys((*nodes, *beside))
            if survey.nodes[i].presence not in (CERTAIN, ANY)
        ]
        proven = route.proven if route else True
        zh = " → ".join(survey.label(i, "zh") for i in nodes)
        en = " → ".join(survey.label(i, "en") for i in nodes)
        yield Gap(
            "b2",
            survey.chain_of[node.iri],
            node.iri,
            node.presence,
            "break",
            Interval(low, high, route.n if route else len(set(nodes)), LINKS),
            Words(
                f"补 {len(links)} 环可贯通（或有计半环，费用 {cost:g}，介于 {low:g} 与 {high:g}{'' if proven else '；未证最少'}）：{zh}。",
                f"{len(links)} link(s) make it run (a possible node counts half: cost {cost:g}, between {low:g} and {high:g}{'' if proven else '; not proven least'}): {en}.",
            ),
            Words(
                "路线上任一节点的有无改变，或一条供给关系被证实有误。",
                "A change in the presence of any node on the route, or a supply edge that proves wrong.",
            ),
            next_check(survey, node.iri),
            tuple(survey.around(node.iri)),
            edges,
            {
                "cost": cost,
                "route": list(nodes),
                "beside": list(beside),
                "links": links,
                "proven": proven,
            },
        )


def _assembled(
    survey: Survey, path: list[int], through: str, price: dict[int, float]
) -> Route | None:
    """The route where a node on `path` needs all its inputs. In a large network a sound one is told instead of the
    least, since each search would walk over all of it; `price` is filled once for all of them.
    """
    net = survey.network
    if len(net) <= FOLLOW_ALL:
        return close(survey, net.thing[path[0]], net.thing[path[-1]], through=through)

    def running(v: int) -> bool:
        return survey.presence(v) in (CERTAIN, ANY)

    def half(v: int) -> float:
        return survey.cost(v, 0.5)

    if not price:
        price.update(prices(net, -1, half, running, survey.all_of))
    found = supplied(net, path, half, running, survey.all_of, price)
    if found is None:
        return None
    chosen = {*path, *found.beside}
    edges = _edges(survey, net, found)
    named = net.nodes([*path, *found.beside])
    low, high = (sum(survey.cost(v, r) for v in chosen) for r in (0.0, 1.0))
    return Route(
        low,
        found.cost,
        high,
        tuple(net.nodes(path)),
        tuple(net.nodes(found.beside)),
        tuple(i for i in named if survey.nodes[i].presence not in (CERTAIN, ANY)),
        tuple(i for i in named if survey.nodes[i].presence == ANY),
        unique(edges),
        len(set(named)),
        False,
    )


def _assembles(survey: Survey, path: list[int]) -> bool:
    return any(survey.all_of(v) and survey.presence(v) != CERTAIN for v in path[1:])


Far = tuple[dict[int, float], dict[int, int]]


def _from_actors(survey: Survey, possible: float) -> tuple[Far, Far]:
    """Least cost from the actors to each vertex and from each vertex to the actors, with the next vertex on the way."""
    net, starts = survey.network, survey.actors(True)
    return _spread(survey, net.after, starts, possible), _spread(
        survey, net.before, starts, possible
    )


def _spread(survey: Survey, arcs: list[list[int]], starts: list[int], possible: float) -> Far:
    far: dict[int, float] = {}
    back: dict[int, int] = {}
    heap = [(survey.cost(v, possible), 0, v, -1) for v in starts]
    heapq.heapify(heap)
    while heap:
        d, steps, v, via = heapq.heappop(heap)
        if v in far:
            continue
        far[v], back[v] = d, via
        for w in arcs[v]:
            if w not in far:
                heapq.heappush(heap, (d + survey.cost(w, possible), steps + 1, w, v))
    return far, back


def _follow(back: dict[int, int], v: int) -> list[int]:
    path = [v]
    while back[path[-1]] >= 0:
        path.append(back[path[-1]])
    return path


RULE = Rule(
    "b2",
    "close",
    Words("补环贯通", "links to close a chain"),
    Words("补几环可贯通，走哪条路线", "how many links make it run, and by which route"),
    find,
)
