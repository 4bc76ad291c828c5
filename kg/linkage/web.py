"""The graph as a web of ties: who is tied to whom, by what, and what it costs to pass a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from kg.facts import Claim, Facts

# What every link costs, in hundredths.
STEP = 100
# The surest claim of a link is told first.
_SURE = ("existing", "underway", "planned", "target")


def toll(degree: int) -> int:
    """What it costs to pass a thing with `degree` neighbours: 100 × log2(1 + degree), rounded to a whole number.

    Whole numbers, so that Python and a browser find the same sums and the same order.
    """
    return round(100 * log2(1 + degree))


def hubs(facts: Facts) -> frozenset[str]:
    """The things that tie everything and tell nothing: kinds of things, the city, what it lies in, and its plan.

    A kind of thing (`ic:generic`) is no individual: two firms that both support "universities" need not know the same
    one. The city is the place that plans most. What it lies in ties as much as the city does. The plan is the
    policy that the city carries out and that is itself based on others.
    """
    found = {t.iri for t in facts.things.values() if t.generic}
    plans = Counter(
        c.subject
        for c in facts.claims
        if c.name == "plans"
        and c.subject in facts.things
        and facts.things[c.subject].kind == "Place"
    )
    if plans:
        city = min(plans, key=lambda i: (-plans[i], i))
        found.add(city)
        based = {c.subject for c in facts.claims if c.name == "basedOn"}
        for claim in facts.outgoing[city]:
            if claim.status == "existing" and claim.name in ("partOf", "locatedIn"):
                found.add(claim.object)
            if claim.name == "implements" and claim.object in based:
                found.add(claim.object)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a way from `start` to `end`: all claims between the two, the surest first.

    `below` is the one of the two that stands directly under the other in the tree of a chain ("" for neither): that
    order is the graph's own and has no place in a source.
    """

    start: str
    end: str
    claims: tuple[Claim, ...] = ()
    below: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """One way: its things from the first to the last, the links between them, and what it costs (in hundredths)."""

    things: tuple[str, ...]
    links: tuple[Link, ...]
    cost: int


class Web:
    """All ties of a graph, made once and asked often. Things are numbers in the order of their IRIs.

    `near` are the neighbours of each thing, `tolls` what it costs to pass it, `hubs` what is never passed.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.things = sorted(facts.things)
        self.number = {iri: n for n, iri in enumerate(self.things)}
        ties: dict[tuple[int, int], list[Claim]] = {}
        number = self.number
        for claim in facts.claims:
            a, b = number.get(claim.subject), number.get(claim.object)
            if a is not None and b is not None and a != b:
                ties.setdefault((a, b) if a < b else (b, a), []).append(claim)
        for a, iri in enumerate(self.things):
            up = number.get(facts.things[iri].broader)
            if up is not None and up != a:
                ties.setdefault((a, up) if a < up else (up, a), [])
        self._ties = ties
        near: list[list[int]] = [[] for _ in self.things]
        for a, b in ties:
            near[a].append(b)
            near[b].append(a)
        for beside in near:
            beside.sort()
        self.near = near
        self.tolls = [toll(len(beside)) for beside in near]
        self.hubs = frozenset(number[iri] for iri in hubs(facts))

    def link(self, start: int, end: int) -> Link:
        """What ties the two neighbours."""
        claims = self._ties[(start, end) if start < end else (end, start)]
        a, b = self.things[start], self.things[end]
        below = a if self.facts.things[a].broader == b else b
        if self.facts.things[below].broader != (b if below == a else a):
            below = ""
        if len(claims) > 1:
            claims = sorted(claims, key=_sureness)
        return Link(a, b, tuple(claims), below)

    def path(self, cost: int, numbers: Iterable[int]) -> Path:
        """The way over these things."""
        way = tuple(numbers)
        links = tuple(self.link(a, b) for a, b in pairwise(way))
        return Path(tuple(self.things[n] for n in way), links, cost)


def _sureness(claim: Claim) -> tuple[bool, int, str, str, str]:
    rank = _SURE.index(claim.status) if claim.status in _SURE else len(_SURE)
    return claim.origin == "domain", rank, claim.predicate, claim.subject, claim.id
