"""The chain of one industry: its rows and stages, who is in each node and how sure, what feeds into what.

The picture and the calculation see the same chain. Presence follows the method page: `present` by an existing
claim of an actor at the node or below it at level product; `possible` by a claim for a whole product group, or one
that is only planned or under way; otherwise `unseen`. A plan that names no firm does not prove that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.errors import KgError
from kg.facts import Claim, Facts, Thing
from kg.vocab import ACTIVE, PREFIXES, STAGES
from kg.words import Words

if TYPE_CHECKING:
    import networkx

Presence = Literal["present", "possible", "unseen"]
WORDS: dict[Presence, Words] = {
    "present": Words("有", "present"),
    "possible": Words("或有", "possible"),
    "unseen": Words("未见", "unseen"),
}
STAGE_WORDS: dict[str, Words] = {
    "upstream": Words("上游", "Upstream"),
    "midstream": Words("中游", "Midstream"),
    "downstream": Words("下游", "Downstream"),
    "support": Words("创新支撑", "Innovation support"),
    "": Words("未分段", "Stage not stated"),
}
# Who can be in a node. A county or a bureau that wishes for a product does not make it; a laboratory that works on it
# does not either. In a technology those who research it count too. A named project may be what is to come.
FIRMS = ("Firm", "Group")
_MAKERS = (*FIRMS, "Hospital", "Organisation", "Project")
_RESEARCHERS = ("Institute", "University", "Platform", "Alliance", "Team")
# Claims by which a platform, institute or park is tied to a node that it supports.
SUPPORT = ("serves", "develops", "activeIn", "carrierOf", "provides", "concerns")
SUPPORTERS = ("Platform", "Institute", "University", "Hospital", "Park", "Alliance")
_IC = PREFIXES["ic"]


@dataclass
class Node:
    """One node of a chain: its row (`segment`), `stage` (local name, "" if none), presence and the claims behind it."""

    thing: Thing
    segment: str
    stage: str
    leaf: bool
    presence: Presence = "unseen"
    present: list[Claim] = field(default_factory=list)
    possible: list[Claim] = field(default_factory=list)
    wishes: list[Claim] = field(default_factory=list)

    @property
    def iri(self) -> str:
        """The node's IRI."""
        return self.thing.iri

    def firms(self) -> list[str]:
        """IRIs of the actors that are certainly at this very node, in the order of the text."""
        return list(dict.fromkeys(c.subject for c in self.present if c.object == self.iri))


@dataclass
class Chain:
    """The chain of `industry`. `segments` are its rows in the order of the text; the industry itself is the last
    row where nodes hang on it directly. `edges` are feedsInto and usedIn claims with at least one end in the chain;
    `firms` the named firms and groups with a claim in it that is more than a wish, in the order of the text.
    """

    industry: Thing
    segments: list[str]
    nodes: dict[str, Node]
    edges: list[Claim]
    group_actors: dict[str, list[Claim]]
    supporters: dict[str, list[Claim]]
    firms: list[str]

    def leaves(self) -> list[Node]:
        """The nodes that the count of completeness is over: products, technologies and services with nothing below."""
        return [n for n in self.nodes.values() if n.leaf]

    def completeness(self) -> tuple[int, int, int]:
        """(certain, certain or possible, all) leaves: an interval of counts, never one percentage."""
        leaves = self.leaves()
        certain = sum(n.presence == "present" for n in leaves)
        maybe = sum(n.presence == "possible" for n in leaves)
        return certain, certain + maybe, len(leaves)

    def cell(self, segment: str, stage: str) -> list[Node]:
        """The nodes in one cell of the matrix, in tree order."""
        return [n for n in self.nodes.values() if n.segment == segment and n.stage == stage]

    def listed(self, segment: str) -> list[Claim]:
        """The claims that name actors for the row `segment` as a group, or for a group of products in it."""
        inside = [n.iri for n in self.nodes.values() if n.segment == segment]
        return [c for iri in (segment, *inside) for c in self.group_actors.get(iri, [])]

    def network(self) -> networkx.DiGraph[str]:
        """The chain as a networkx DiGraph: nodes with label, kind, stage, presence; edges with predicate, origin."""
        import networkx

        graph: networkx.DiGraph[str] = networkx.DiGraph()
        for iri, node in self.nodes.items():
            graph.add_node(
                iri,
                label=node.thing.zh,
                label_en=node.thing.en,
                kind=node.thing.kind,
                stage=node.stage,
                presence=node.presence,
            )
        for edge in self.edges:
            graph.add_edge(
                edge.subject,
                edge.object,
                predicate=edge.name,
                origin=edge.origin or "plan",
                status=edge.status,
            )
        return graph


def industries(facts: Facts, core: bool = False) -> list[Thing]:
    """The industries of the graph, "3+3" first, each group in the order in which the plan treats them.

    With `core` only those of the "3+3".
    """
    found = [t for t in facts.things.values() if t.kind == "Industry"]
    if core:
        found = [t for t in found if t.scheme == "three-plus-three"]
    # One sentence names three of them first: where the bulk of a chain stands tells their order.
    return sorted(
        found, key=lambda t: (t.scheme != "three-plus-three", facts.home(t.iri)[1], t.iri)
    )


def is_actor(facts: Facts, claim: Claim) -> bool:
    """Whether the claim's subject is a named actor that can be in its object (a wished-for kind of firm is in none)."""
    subject = facts.things.get(claim.subject)
    if subject is None or subject.generic:
        return False
    if facts.things[claim.object].kind == "Technology" and subject.kind in _RESEARCHERS:
        return True
    return subject.kind in _MAKERS


def group_claims(facts: Facts, iri: str) -> list[Claim]:
    """The claims that name actors for the whole group `iri` (a wish to attract them is none)."""
    return [
        c
        for c in facts.incoming.get(iri, [])
        if c.level == "group" and c.status != "target" and is_actor(facts, c)
    ]


def build(facts: Facts, industry: str) -> Chain:
    """The chain of the thing `industry` (IRI). KgError when it is no industry or segment."""
    top = facts.things.get(industry)
    if top is None or top.kind not in ("Industry", "Segment"):
        name = top.zh if top else industry
        known = "、".join(t.zh for t in industries(facts, core=True))
        raise KgError(
            Words(f"“{name}”不是产业或环节。", f'"{name}" is not an industry or a segment.'),
            Words(f"可用的产业：{known}。", f"The industries are: {known}."),
        )
    tree = facts.below(industry)
    inside = {industry, *tree}
    group_actors: dict[str, list[Claim]] = {}
    supporters: dict[str, list[Claim]] = {}
    for iri in (industry, *tree):
        claims = facts.incoming.get(iri, [])
        group = [
            c for c in claims if c.level == "group" and c.status != "target" and is_actor(facts, c)
        ]
        if group:
            group_actors[iri] = group
        helpers = [
            c
            for c in claims
            if c.name in SUPPORT and (t := facts.things.get(c.subject)) and t.kind in SUPPORTERS
        ]
        if helpers:
            supporters[iri] = helpers
    nodes: dict[str, Node] = {}
    for iri in tree:
        thing = facts.things[iri]
        if thing.kind == "Segment":
            continue
        nodes[iri] = _node(facts, thing, industry)
    edges = [
        c
        for c in facts.claims
        if c.name in ("feedsInto", "usedIn") and (c.subject in inside or c.object in inside)
    ]
    segments = [i for i in tree if facts.things[i].kind == "Segment"]
    if any(n.segment == industry for n in nodes.values()):
        segments.append(industry)
    firms = dict.fromkeys(
        c.subject
        for c in facts.claims
        if c.object in inside
        and (c.name in ACTIVE or c.name == "develops")
        and c.status != "target"
        and facts.things[c.subject].kind in FIRMS
        and not facts.things[c.subject].generic
    )
    return Chain(top, segments, nodes, edges, group_actors, supporters, list(firms))


def _node(facts: Facts, thing: Thing, industry: str) -> Node:
    above = facts.ancestors(thing.iri)
    segment = next((a for a in above if facts.things[a].kind == "Segment"), industry)
    if industry not in above:
        segment = industry
    stage = thing.stage
    for a in above:
        if stage:
            break
        stage = facts.things[a].stage
    below = facts.below(thing.iri)
    leaf = not below
    node = Node(thing, segment, stage if stage in STAGES else "", leaf)
    for iri in (thing.iri, *below):
        for claim in facts.incoming.get(iri, []):
            if claim.name in ("plans", "attractedFrom", "lacks"):
                if iri == thing.iri:
                    node.wishes.append(claim)
            elif not is_actor(facts, claim):
                if claim.name == "develops" and iri == thing.iri:
                    node.wishes.append(claim)
            elif claim.name in ACTIVE and claim.status == "existing" and claim.level == "product":
                is_project = facts.things[claim.subject].kind == "Project"
                (node.possible if is_project else node.present).append(claim)
            elif claim.status != "target" and (claim.name in ACTIVE or claim.name == "develops"):
                node.possible.append(claim)
    # Firms listed for a whole group of products may make this one. A firm named for an industry as such says
    # nothing of a single product: everything would be possible.
    for a in above:
        if facts.things[a].kind != "Industry":
            node.possible.extend(group_claims(facts, a))
    node.presence = "present" if node.present else "possible" if node.possible else "unseen"
    return node
