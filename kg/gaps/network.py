"""The supply network as integers: what feeds into what, groups included, at any size in near-linear time.

A node with narrower nodes is a group. An edge that ends at a group enters any of its members, one that starts there
leaves from any of them; so a group has a vertex where edges enter and one where they leave, between which lie the
members and, for a group that is itself a product, the group as such. Nothing is multiplied out. An entry that no edge
enters, or an exit that none leaves, has no arcs: otherwise every member would seem to be supplied out of nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.facts import Claim

SUPPLY = ("feedsInto", "usedIn")
# Up to this many vertices every enumeration of pairs is done in full; above it a sample is taken, and said.
FOLLOW_ALL = 5_000


@dataclass
class Network:
    """Vertices 0…n-1. `thing[v]` is the node's IRI, "" for a group's entry or exit; `enter` and `leave` give a node's
    vertices. `after` and `before` are the adjacency lists in ascending order; `edges` the supply claims by their end
    vertices (leave of the input, enter of the output).
    """

    thing: list[str] = field(default_factory=list)
    enter: dict[str, int] = field(default_factory=dict)
    leave: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    after: list[list[int]] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)
    edges: dict[tuple[int, int], Claim] = field(default_factory=dict)
    inputs: dict[int, list[int]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.thing)

    def vertex(self, thing: str = "") -> int:
        """A new vertex."""
        self.thing.append(thing)
        self.after.append([])
        self.before.append([])
        return len(self.thing) - 1

    def join(self, a: int, b: int) -> None:
        """An arc a → b."""
        self.after[a].append(b)
        self.before[b].append(a)

    def opened(self, source: str, target: str) -> Network:
        """This network, where a route may begin in any member of the group `source` and end in any of `target`."""
        begins, ends = (
            self._shut(source, self.enter, self.after),
            self._shut(target, self.leave, self.before),
        )
        if not begins and not ends:
            return self
        other = replace(
            self, after=[list(r) for r in self.after], before=[list(r) for r in self.before]
        )
        for iri in begins:
            other._spread(iri, entry=True)
        for iri in ends:
            other._spread(iri, entry=False)
        return other

    def _shut(self, group: str, at: dict[str, int], arcs: list[list[int]]) -> list[str]:
        """The group and those inside it whose entry (or exit) has no arcs."""
        if group not in self.parts or arcs[at[group]]:
            return []
        return [group, *(i for part in self.parts[group] for i in self._shut(part, at, arcs))]

    def _spread(self, group: str, entry: bool) -> None:
        """The arcs between a group's entry (or exit) and its members, and the group as such."""
        inner = [(self.enter[p], self.leave[p]) for p in self.parts[group]]
        if group in self.own:
            inner.append((self.own[group], self.own[group]))
        for into, out in inner:
            if entry:
                self.join(self.enter[group], into)
            else:
                self.join(out, self.leave[group])

    def walked(self, path: Sequence[int]) -> list[Claim]:
        """The supply claims along a path of vertices."""
        return [self.edges[p] for p in pairwise(path) if p in self.edges]

    def nodes(self, path: Iterable[int]) -> list[str]:
        """The nodes along a path, without the entries and exits of groups."""
        return [self.thing[v] for v in path if self.thing[v]]


def build_network(
    order: Sequence[str],
    children: dict[str, list[str]],
    silent: set[str],
    claims: Iterable[Claim],
    above: dict[str, set[str]],
) -> Network:
    """The network over the nodes `order`; those in `silent` (segments, industries) are groups without a vertex of
    their own. Claims between a node and a group that holds it are membership, not supply, and are left out.
    """
    net = Network()
    inside = set(order)
    for iri in order:
        parts = [c for c in children.get(iri, []) if c in inside]
        if not parts and iri not in silent:
            net.enter[iri] = net.leave[iri] = net.own[iri] = net.vertex(iri)
            continue
        net.parts[iri] = parts
        net.enter[iri], net.leave[iri] = net.vertex(), net.vertex()
        if iri not in silent:
            net.own[iri] = net.vertex(iri)
    fed: set[str] = set()
    feeding: set[str] = set()
    for claim in claims:
        a, b = claim.subject, claim.object
        if a not in inside or b not in inside or a == b or b in above[a] or a in above[b]:
            continue
        pair = net.leave[a], net.enter[b]
        if pair in net.edges:
            # The plan's own word counts before the knowledge of the field.
            if net.edges[pair].origin and not claim.origin:
                net.edges[pair] = claim
            continue
        net.edges[pair] = claim
        net.join(*pair)
        net.inputs.setdefault(net.enter[b], []).append(net.leave[a])
        feeding.add(a)
        fed.add(b)
    for group in net.parts:
        if group in fed or not fed.isdisjoint(above[group]):
            net._spread(group, entry=True)
        if group in feeding or not feeding.isdisjoint(above[group]):
            net._spread(group, entry=False)
    for row in (*net.after, *net.before):
        row.sort()
    return net


def reached(arcs: list[list[int]], starts: Iterable[int]) -> bytearray:
    """Which vertices one reaches from any of `starts` by at least one arc: 1 at each of them."""
    seen = bytearray(len(arcs))
    stack = list(starts)
    while stack:
        for w in arcs[stack.pop()]:
            if not seen[w]:
                seen[w] = 1
                stack.append(w)
    return seen


def components(arcs: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """Strongly connected components (Tarjan 1972, iterative): component of each vertex, and the components in
    reverse topological order (what a component reaches comes before it).
    """
    n = len(arcs)
    index, low, home = [-1] * n, [0] * n, [-1] * n
    found: list[list[int]] = []
    stack: list[int] = []
    count = 0
    for root in range(n):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            v, at = work.pop()
            if at == 0:
                index[v] = low[v] = count
                count += 1
                stack.append(v)
            row = arcs[v]
            deeper = False
            while at < len(row):
                w = row[at]
                at += 1
                if index[w] < 0:
                    work += [(v, at), (w, 0)]
                    deeper = True
                    break
                if home[w] < 0:
                    low[v] = min(low[v], index[w])
            if deeper:
                continue
            if low[v] == index[v]:
                part: list[int] = []
                while True:
                    w = stack.pop()
                    home[w] = len(found)
                    part.append(w)
                    if w == v:
                        break
                found.append(sorted(part))
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[v])
    return home, found
