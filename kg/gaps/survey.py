"""What all rules look at: the chains with presence, the supply network, who supports what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from kg.chain import PLACES, SUPPORT, Chain, Node, build, industries
from kg.facts import Claim, Facts, read_facts
from kg.gaps.chokes import Choke, measure
from kg.gaps.finding import Interval
from kg.gaps.network import SUPPLY, Network, build_network, reached
from kg.graph import Graph
from kg.statements import Statement, is_iri
from kg.words import Words

CERTAIN, ANY = "present", "possible"
LEAVES = Words("个末级节点有主体", "leaf nodes have an actor")
_RESEARCH = ("Institute", "University", "Hospital", "Platform", "Alliance", "Team")
_FIELD = ("develops", "serves", "activeIn", "concerns", "provides")

# A firm that is named and is no thing of the graph.
NAMED = "urn:kg:firm:"


def firm_iri(firm: str) -> str:
    """The IRI of a firm that is given as an IRI or by a name."""
    return firm if is_iri(firm) else NAMED + quote(firm, safe="")


@dataclass
class Survey:
    """The graph as the rules see it on one day: `open_survey` makes one.

    `all_of_nodes` need every input; `sources` are the documents read; `weights` and `seed` are for the priority rule.
    `scope` are the chains asked for, `within` the nodes of them (all where empty).
    """

    facts: Facts
    today: date
    statements: Sequence[Statement] = ()
    all_of_nodes: frozenset[str] = frozenset()
    sources: tuple[Words, ...] = ()
    scope: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    plan_only: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    seed: int = 0

    @cached_property
    def chains(self) -> dict[str, Chain]:
        """The chain of each industry that has nodes, "3+3" first."""
        valid = [s for s in self.statements if s.valid(self.today)]
        every = {i.iri: build(self.facts, i.iri, valid) for i in industries(self.facts)}
        return {i: c for i, c in every.items() if c.nodes}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every chain node by IRI."""
        return {iri: n for c in self.chains.values() for iri, n in c.nodes.items()}

    @cached_property
    def chain_of(self) -> dict[str, str]:
        """Industry of each node and segment."""
        return {iri: i for i, c in self.chains.items() for iri in (i, *c.segments, *c.nodes)}

    @cached_property
    def selected(self) -> dict[str, Chain]:
        """The chains that were asked for: `scope`, or all."""
        return {i: c for i, c in self.chains.items() if not self.scope or i in self.scope}

    @cached_property
    def all_missing(self) -> list[Node]:
        """Leaves of all chains that are unseen or confirmed absent, in the order of the chains."""
        return [
            n for c in self.chains.values() for n in c.leaves() if n.presence not in (CERTAIN, ANY)
        ]

    @cached_property
    def missing(self) -> list[Node]:
        """Those of the chains that were asked for."""
        inside = [n for n in self.all_missing if self.chain_of[n.iri] in self.selected]
        return [n for n in inside if not self.within or n.iri in self.within]

    @cached_property
    def supply(self) -> list[Claim]:
        """The supply claims of the graph, without those of the field's knowledge where `plan_only`."""
        return [c for c in self.facts.claims if c.name in SUPPLY and not self._left_out(c)]

    @cached_property
    def network(self) -> Network:
        """The supply network over all chains."""
        order: list[str] = []
        silent: set[str] = set()
        for industry, chain in self.chains.items():
            rows = [industry, *(s for s in chain.segments if s != industry)]
            silent.update(rows)
            order += [*rows, *chain.nodes]
        above = {iri: set(self.facts.ancestors(iri)) for iri in order}
        # An edge to or from a whole industry says nothing of a single node (decision 4); it is a market.
        claims = [
            c for c in self.supply if c.subject not in self.chains and c.object not in self.chains
        ]
        return build_network(order, self.facts.children, silent, claims, above)

    def label(self, iri: str, lang: str) -> str:
        """A thing's name; of a firm that only a check or a supposition names, that name."""
        thing = self.facts.things.get(iri)
        return thing.label(lang) if thing else unquote(iri.removeprefix(NAMED))

    def names(self, iris: Iterable[str]) -> Words:
        """The names of several things in a row."""
        rows = list(iris)
        zh, en = ([self.label(i, lang) for i in rows] for lang in ("zh", "en"))
        return Words("、".join(zh), ", ".join(en))

    def all_of(self, vertex: int) -> bool:
        """Whether a vertex is a node that needs every input (a group: where its own inputs enter)."""
        return vertex in self._all_of

    @cached_property
    def _all_of(self) -> set[int]:
        enter = self.network.enter
        return {enter[i] for i in self.all_of_nodes if i in enter}

    def carriers(self, iri: str) -> list[Claim]:
        """The claims by which a park or place has the node, or a group above it, as its direction."""
        return [
            c
            for at in (iri, *self.facts.ancestors(iri))
            for c in self.facts.incoming.get(at, ())
            if c.name == "carrierOf"
        ]

    def presence(self, vertex: int) -> str:
        """Presence at a vertex: "" for a group's entry and exit."""
        iri = self.network.thing[vertex]
        return self.nodes[iri].presence if iri else ""

    def cost(self, vertex: int, possible: float) -> float:
        """What a vertex costs on a route: 0 present, `possible` for a possible one, 1 missing."""
        presence = self.presence(vertex)
        return 0.0 if presence in ("", CERTAIN) else possible if presence == ANY else 1.0

    def actors(self, possible: bool) -> list[int]:
        """Vertices with an actor: the certain ones, or with the possible ones."""
        wanted = (CERTAIN, ANY) if possible else (CERTAIN,)
        return [v for v in range(len(self.network)) if self.presence(v) in wanted]

    @cached_property
    def sides(self) -> dict[bool, tuple[bytearray, bytearray]]:
        """Per reading (False certain, True possible): where an actor stands upstream, and where downstream."""
        net = self.network
        return {
            p: (reached(net.after, self.actors(p)), reached(net.before, self.actors(p)))
            for p in (False, True)
        }

    def position(self, iri: str, possible: bool) -> str:
        """The position of a missing node: break, no-upstream, extendable or isolated."""
        v = self.network.own.get(iri, self.network.enter[iri])
        up, down = (bool(side[v]) for side in self.sides[possible])
        if up:
            return "break" if down else "extendable"
        return "no-upstream" if down else "isolated"

    def completeness(self, industry: str) -> Interval:
        """The interval of a chain: leaves with an actor for certain and at most, of all leaves."""
        return Interval(*self.chains[industry].completeness(), LEAVES)

    def around(self, iri: str) -> list[Claim]:
        """The claims that make a node part of the picture: wishes, then all that cite a place."""
        node = self.nodes.get(iri)
        seen = dict.fromkeys([*(node.wishes if node else ()), *(node.possible if node else ())])
        if not seen:
            near = [*self.facts.incoming.get(iri, ()), *self.facts.outgoing.get(iri, ())]
            seen = dict.fromkeys(c for c in near if c.sources and not self._left_out(c))
        return list(seen)

    def around_edges(self, iri: str) -> tuple[list[str], list[str]]:
        """Direct inputs and outputs of a node, by the claims of `edge_claims`."""
        ins = dict.fromkeys(c.subject for c in self._side(iri, True))
        outs = dict.fromkeys(c.object for c in self._side(iri, False))
        return list(ins), list(outs)

    def edge_claims(self, iri: str) -> list[Claim]:
        """The supply claims by which a node is fed and feeds; on a side where it has none, those of the nearest group
        above it that has any.
        """
        return [*self._side(iri, True), *self._side(iri, False)]

    @cached_property
    def _sides(self) -> dict[tuple[str, bool], list[Claim]]:
        return {}

    def _side(self, iri: str, incoming: bool) -> list[Claim]:
        # Rules and cards ask for the same sides again and again.
        if (iri, incoming) not in self._sides:
            self._sides[iri, incoming] = self._edges(iri, incoming)
        return self._sides[iri, incoming]

    def _edges(self, iri: str, incoming: bool) -> list[Claim]:
        claims = self.facts.incoming if incoming else self.facts.outgoing
        for at in (iri, *self.facts.ancestors(iri)):
            if at in self.chains:
                break
            said = [c for c in claims.get(at, ()) if c.name in SUPPLY and not self._left_out(c)]
            found = [c for c in said if not self._akin(at, c.subject if incoming else c.object)]
            if found:
                return found
        return []

    def _left_out(self, claim: Claim) -> bool:
        return self.plan_only and claim.origin == "domain"

    def _akin(self, a: str, b: str) -> bool:
        """Whether one holds the other: an edge between them is membership and no supply, as in the network."""
        if b not in self.facts.things:
            return False
        return a == b or b in self.facts.ancestors(a) or a in self.facts.ancestors(b)

    def strength(self, iri: str) -> str:
        """Presence of any chain node or group: a segment is as present as its best node, and absent where all are."""
        node = self.nodes.get(iri)
        if node:
            return node.presence
        found = {self.nodes[i].presence for i in self.facts.below(iri) if i in self.nodes}
        best = next((p for p in (CERTAIN, ANY) if p in found), "")
        return best or ("absent" if found == {"absent"} else "unseen")

    def actors_of(self, iri: str, possible: bool) -> set[str]:
        """The actors of a node: the certain ones, or with the possible ones; a firm found by a check counts."""
        node = self.nodes[iri]
        claims = [*node.present, *node.possible] if possible else node.present
        checked = {firm_iri(s.firm) for s in node.checks if s.verdict == "present"}
        things = self.facts.things
        return {c.subject for c in claims if things[c.subject].kind not in PLACES} | checked

    @cached_property
    def supporters(self) -> dict[str, list[Claim]]:
        """Claims by which a platform supports a node, group or industry, by that node."""
        return self._claims_on(SUPPORT, ("Platform",), named=False)

    @cached_property
    def researchers(self) -> dict[str, list[Claim]]:
        """Claims by which a named institute, university, hospital, platform, alliance or team works in a node's field."""
        return self._claims_on(_FIELD, _RESEARCH, named=True)

    def _claims_on(
        self, names: Sequence[str], kinds: Sequence[str], named: bool
    ) -> dict[str, list[Claim]]:
        things, found = self.facts.things, {}
        for iri in self.chain_of:
            claims = [
                c
                for c in self.facts.incoming.get(iri, ())
                if c.name in names
                and (t := things.get(c.subject))
                and t.kind in kinds
                and not (named and t.generic)
            ]
            if claims:
                found[iri] = claims
        return found

    @cached_property
    def choke(self) -> Choke:
        """The choke points of the supply network."""
        leaf = [bool(t) and self.nodes[t].leaf for t in self.network.thing]
        return measure(self.network, leaf, self.seed)


def open_survey(
    graph: Graph,
    today: date,
    statements: Sequence[Statement] = (),
    facts: Facts | None = None,
    **options: Any,
) -> Survey:
    """The survey of `graph` on one day. `facts` where they are read already; `options` are the further fields."""
    rows = graph.texts(
        'SELECT ?d ?zh ?en WHERE { ?d a ic:SourceDocument ; skos:prefLabel ?zh . FILTER(LANG(?zh) = "zh")'
        ' OPTIONAL { ?d skos:prefLabel ?en FILTER(LANG(?en) = "en") } } ORDER BY ?d'
    )
    return Survey(
        facts or read_facts(graph),
        today,
        statements,
        frozenset(r[0] for r in graph.texts("SELECT ?n WHERE { ?n ic:inputs ic:allOf }")),
        tuple(Words(zh, en or zh) for _, zh, en in rows),
        **options,
    )
