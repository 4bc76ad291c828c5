"""The chain of one industry as values: its rows and stages, who is in each node and how sure, what feeds into what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.facts import Claim, Thing
from kg.statements import Statement
from kg.words import Words

if TYPE_CHECKING:
    import networkx

Presence = Literal["present", "possible", "unseen", "absent"]
WORDS: dict[Presence, Words] = {
    "present": Words("有", "present"),
    "possible": Words("或有", "possible"),
    "unseen": Words("未见", "unseen"),
    "absent": Words("确认无", "confirmed absent"),
}
STAGE_WORDS: dict[str, Words] = {
    "upstream": Words("上游", "Upstream"),
    "midstream": Words("中游", "Midstream"),
    "downstream": Words("下游", "Downstream"),
    "support": Words("创新支撑", "Innovation support"),
    "": Words("未分段", "Stage not stated"),
}


@dataclass
class Node:
    """One node of a chain: its row (`segment`), `stage` (local name, "" if none), presence and the claims behind it.

    `checks` are the valid completeness statements that cover it.
    """

    thing: Thing
    segment: str
    stage: str
    leaf: bool
    presence: Presence = "unseen"
    present: list[Claim] = field(default_factory=list)
    possible: list[Claim] = field(default_factory=list)
    wishes: list[Claim] = field(default_factory=list)
    checks: list[Statement] = field(default_factory=list)

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
