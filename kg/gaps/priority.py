"""Rule g: which gaps come first, as a Pareto set and as bands of rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError
from kg.gaps import feasibility
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.network import FOLLOW_ALL
from kg.gaps.no_actor import next_check
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.gaps.wishes import STRENGTH, wish
from kg.words import Words

if TYPE_CHECKING:
    import numpy

CRITERIA: dict[str, Words] = {
    "value": Words("价值", "value"),
    "feasibility": Words("可行性", "feasibility"),
    "declared": Words("规划力度", "declared strength"),
    "evidence": Words("证据", "evidence"),
}
DRAWS = 2_000
RANK = Words("个缺口中的名次（1 为最先）", "gaps, as ranks (1 comes first)")
# In a large network what lies downstream is counted up to here.
REACH_MOST = 200


class Candidate(NamedTuple):
    """A missing node with its criteria as (low, high), each between 0 and 1; and the counts behind its value."""

    iri: str
    value: tuple[float, float]
    feasibility: tuple[float, float]
    declared: tuple[float, float]
    evidence: tuple[float, float]
    dominated: int
    downstream: tuple[int, int]


def check_weights(weights: dict[str, float]) -> dict[str, float]:
    """The weights of the four criteria: equal where none are given. KgError unless they are known, ≥ 0 and sum to 1."""
    if not weights:
        return dict.fromkeys(CRITERIA, 1 / len(CRITERIA))
    known = "、".join(CRITERIA)
    strange = [k for k in weights if k not in CRITERIA]
    if strange:
        raise KgError(
            Words(f"没有名为 {strange[0]} 的权重。", f"There is no weight called {strange[0]}."),
            Words(f"可用：{known}。", f"There are: {', '.join(CRITERIA)}."),
        )
    total = sum(weights.values())
    # Told so that what is not a number is refused too.
    if not abs(total - 1) <= 1e-6 or min(weights.values()) < 0:
        raise KgError(
            Words(
                f"权重须不小于 0 且合计为 1，现合计 {total:g}。",
                f"Weights must be 0 or more and sum to 1; these sum to {total:g}.",
            ),
            Words(
                "例如 --weights value=0.4,feasibility=0.3,declared=0.2,evidence=0.1。",
                "For example --weights value=0.4,feasibility=0.3,declared=0.2,evidence=0.1.",
            ),
        )
    return {k: weights.get(k, 0.0) for k in CRITERIA}


def candidates(survey: Survey) -> list[Candidate]:
    """The missing nodes of the chosen chains with their criteria."""
    net, choke = survey.network, survey.choke
    skills = feasibility.Skills(survey)
    rows = []
    for node in survey.missing:
        v = net.own[node.iri]
        down = _downstream(survey, v)
        parts = [
            c for c in feasibility.components(survey, node.iri, skills).values() if c is not None
        ]
        n = max(1, len(parts))
        ready = sum(c[0] for c in parts) / n, sum(c[1] for c in parts) / n
        verb, _ = wish(node)
        places = {s for c in survey.around(node.iri) for s in c.sources}
        rows.append((node.iri, choke.dominated[v], down, ready, STRENGTH.get(verb, 0), len(places)))
    most_value = max((d + high for _, d, (_, high), *_ in rows), default=0) or 1
    most_places = max((p for *_, p in rows), default=0) or 1
    return [
        Candidate(
            iri,
            ((d + low) / most_value, (d + high) / most_value),
            ready,
            (strength / max(STRENGTH.values()),) * 2,
            (places / most_places,) * 2,
            d,
            (low, high),
        )
        for iri, d, (low, high), ready, strength, places in rows
    ]


def _downstream(survey: Survey, start: int) -> tuple[int, int]:
    """How many nodes with an actor lie downstream: certain, and with the possible ones."""
    net = survey.network
    most = len(net) if len(net) <= FOLLOW_ALL else REACH_MOST
    seen, stack = {start}, [start]
    low = high = 0
    while stack and len(seen) < most:
        for w in net.after[stack.pop()]:
            if w in seen:
                continue
            seen.add(w)
            stack.append(w)
            state = survey.presence(w)
            low += state == CERTAIN
            high += state in (CERTAIN, ANY)
    return low, high


def draw_ranks(
    found: Sequence[Candidate], weights: dict[str, float], seed: int, draws: int = DRAWS
) -> numpy.ndarray[Any, Any]:
    """Ranks (1 first) of all candidates in `draws` seeded draws: an array of draws × candidates.

    Weights are drawn from a Dirichlet distribution with mean `weights` (uniform over all weights where they are
    equal), values uniformly within their intervals; equal scores are ordered by lot.
    """
    import numpy

    rng = numpy.random.Generator(numpy.random.PCG64(seed))
    used = [k for k in CRITERIA if weights[k] > 0]
    low = numpy.array([[getattr(c, k)[0] for k in used] for c in found])
    high = numpy.array([[getattr(c, k)[1] for k in used] for c in found])
    mixes = rng.dirichlet(
        [len(used) * weights[k] / sum(weights[u] for u in used) for k in used], draws
    )
    ranks = numpy.empty((draws, len(found)), dtype=numpy.int32)
    places = numpy.arange(1, len(found) + 1, dtype=numpy.int32)
    for n, mix in enumerate(mixes):
        drawn = low + (high - low) * rng.random(low.shape)
        score = drawn @ mix + 1e-9 * rng.random(len(found))
        ranks[n, numpy.argsort(-score, kind="stable")] = places
    return ranks


def bands(ranks: numpy.ndarray[Any, Any]) -> list[tuple[int, int, int]]:
    """The 5th, 50th and 95th percentile of each candidate's ranks: whole ranks, the outer ones rounded outwards."""
    import numpy

    ordered = numpy.sort(ranks, axis=0)
    last = len(ordered) - 1
    # The 5 % point of a sample lies off by chance: one and a half standard errors outwards, a fresh draw falls inside
    # as often as the band says for hundreds of gaps at once.
    edge = max(0.0, 0.05 - 1.5 * (0.05 * 0.95 / len(ordered)) ** 0.5)
    at = int(edge * last), last // 2, -int(-(1 - edge) * last // 1)
    return [(int(a), int(b), int(c)) for a, b, c in zip(*(ordered[i] for i in at), strict=True)]


def pareto(found: Sequence[Candidate]) -> set[str]:
    """The candidates that no other beats in one criterion without losing in another (by the middle of intervals)."""
    points = [(tuple(round(sum(getattr(c, k)) / 2, 9) for k in CRITERIA), c.iri) for c in found]
    points.sort(key=lambda p: (tuple(-x for x in p[0]), p[1]))
    front: list[tuple[tuple[float, ...], str]] = []
    for values, iri in points:
        if not any(
            other != values and all(a >= b for a, b in zip(other, values, strict=True))
            for other, _ in front
        ):
            front.append((values, iri))
    return {iri for _, iri in front}


def find(survey: Survey) -> Iterable[Gap]:
    """未见节点的先后。四项准则：价值 = 它支配的末级节点数 + 下游有主体的节点数；可行性 = 规则 f 各适用分量的平均；规划力度 =
    动词强度；证据 = 涉及它的出处数；都换算到 0 至 1。帕累托集：没有别的缺口在一项更好而其余不差。名次带：权重与区间按种子抽取
    2,000 次，取名次的 5、50、95 分位。名次带重叠者读作“无法区分”。

    Which missing nodes come first. Four criteria: value = leaves it dominates + nodes with an actor downstream;
    feasibility = mean of the components of rule f that apply; declared strength of the verb; evidence = number of
    places that speak of it; all scaled to 0–1. Pareto set: no other gap is better in one and no worse in the rest.
    Rank band: 2,000 seeded draws of weights and intervals; the 5th, 50th and 95th percentile of the rank. Overlapping bands
    read "cannot be told apart".
    """
    weights = check_weights(survey.weights)
    full = len(survey.network) <= FOLLOW_ALL
    found = candidates(survey)
    if not found:
        return
    band = bands(draw_ranks(found, weights, survey.seed))
    front = pareto(found)
    lows = sorted(b[0] for b in band)
    highs = sorted(b[2] for b in band)
    order = sorted(range(len(found)), key=lambda i: (band[i][1], band[i][0], found[i].iri))
    for i in order:
        c, (low, middle, high) = found[i], band[i]
        alike = _at_most(lows, high) - _below(highs, low) - 1
        label = survey.facts.things[c.iri]
        best = c.iri in front
        yield Gap(
            "g",
            survey.chain_of[c.iri],
            c.iri,
            survey.nodes[c.iri].presence,
            survey.position(c.iri, True),
            Interval(low, high, len(found), RANK),
            Words(
                f"“{label.label('zh')}”名次 {low}–{middle}–{high}（共 {len(found)} 个）"
                + ("，在帕累托集" if best else "")
                + (f"；与 {alike} 个无法区分" if alike else "")
                + ("。" if full else f"；下游只数到 {REACH_MOST} 个。"),
                f'"{label.label("en")}" ranks {low}–{middle}–{high} of {len(found)}'
                + (", in the Pareto set" if best else "")
                + (f"; cannot be told apart from {alike} other(s)" if alike else "")
                + ("." if full else f"; downstream counted up to {REACH_MOST}."),
            ),
            Words(
                "任一准则的依据改变，或换一组权重（--weights）。",
                "A change in what a criterion rests on, or other weights (--weights).",
            ),
            next_check(survey, c.iri),
            tuple(survey.around(c.iri)),
            tuple(survey.edge_claims(c.iri)),
            {
                "band": [low, middle, high],
                "of": len(found),
                "pareto": best,
                "indistinct": alike,
                "criteria": {k: [round(x, 4) for x in getattr(c, k)] for k in CRITERIA},
                "dominated": c.dominated,
                "downstream": list(c.downstream),
                "weights": {k: round(w, 6) for k, w in weights.items()},
                "seed": survey.seed,
                "draws": DRAWS,
            },
        )


def _at_most(ordered: list[int], x: int) -> int:
    from bisect import bisect_right

    return bisect_right(ordered, x)


def _below(ordered: list[int], x: int) -> int:
    from bisect import bisect_left

    return bisect_left(ordered, x)


RULE = Rule(
    "g",
    "priority",
    Words("先后", "priority"),
    Words("先补哪一个，能分清到什么程度", "what first, and how far that can be told"),
    find,
)
