"""What of a chain is drawn, and in which box the rest can be reached.

Up to `limit` nodes all are drawn. Beyond it those below another node go into its box; where that is not enough, every
cell of the picture shows its first nodes in the order of the text and one box for the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.chain import FIRMS, Chain, Node
from kg.facts import Facts
from kg.vocab import STAGES

# A row with fewer nodes than this goes into the lane of the segment above it.
SMALL = 5
# A box that stands for more things than this lists the first of them.
MOST_INSIDE = 300
# Firms beside a lane; the others are in one more box.
MOST_FIRMS = 6


@dataclass
class Cell:
    """The boxes of one lane in one stage: what is drawn, and what only its last box lists."""

    drawn: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


@dataclass
class Lane:
    """A row of the picture: a segment (with the small ones below it), its firms, its nodes by stage."""

    iri: str
    firms: Cell
    cells: dict[str, Cell]


@dataclass
class Shown:
    """The picture before it has places: `inside` are the nodes folded into a node, `stages` those with nodes,
    `most` how many nodes a cell shows (0: all), `whole` how many nodes the chain has.
    """

    lanes: list[Lane]
    stages: list[str]
    inside: dict[str, list[str]]
    most: int
    whole: int

    def drawn(self) -> list[str]:
        """The nodes with a box of their own."""
        return [iri for lane in self.lanes for cell in lane.cells.values() for iri in cell.drawn]

    def reached(self) -> list[str]:
        """All that a box stands for or lists: nodes first, then segments and firms."""
        found = self.drawn()
        found += [i for inside in self.inside.values() for i in inside[:MOST_INSIDE]]
        found += [i for n in self.lanes for c in n.cells.values() for i in c.rest[:MOST_INSIDE]]
        found += [n.iri for n in self.lanes]
        return found + [
            i for n in self.lanes for i in (*n.firms.drawn, *n.firms.rest[:MOST_INSIDE])
        ]


def shown(chain: Chain, facts: Facts, limit: int) -> Shown:
    """What is drawn of `chain` with at most `limit` boxes for nodes."""
    nodes = list(chain.nodes.values())
    inside: dict[str, list[str]] = {}
    if len(nodes) > limit:
        nodes, inside = _folded(chain)
    stages = [s for s in (*STAGES, "") if any(n.stage == s for n in nodes)]
    drawn = {n.iri for n in nodes}
    at: dict[str, list[Node]] = {}
    for node in chain.nodes.values():
        at.setdefault(node.segment, []).append(node)
    lanes = []
    for iri, segments in _lanes(chain, facts, nodes).items():
        cells = {s: Cell() for s in stages}
        inner = [n for s in segments for n in at.get(s, ())]
        for node in inner:
            if node.iri in drawn:
                cells[node.stage].drawn.append(node.iri)
        lanes.append(
            Lane(iri, _cut(Cell(_firms(chain, facts, segments, inner)), MOST_FIRMS), cells)
        )
    most = _most([len(c.drawn) for lane in lanes for c in lane.cells.values()], limit)
    if most >= 0:
        for lane in lanes:
            for cell in lane.cells.values():
                _cut(cell, most + 1)
                cell.rest = [x for iri in cell.rest for x in (iri, *inside.pop(iri, ()))]
    return Shown(lanes, stages, inside, max(0, most), len(chain.nodes))


def _folded(chain: Chain) -> tuple[list[Node], dict[str, list[str]]]:
    """The nodes with no other node above them, and what is below each."""
    tops: list[Node] = []
    inside: dict[str, list[str]] = {}
    for node in chain.nodes.values():
        up, seen = node, {node.iri}
        while up.thing.broader in chain.nodes and up.thing.broader not in seen:
            up = chain.nodes[up.thing.broader]
            seen.add(up.iri)
        if up is node:
            tops.append(node)
        else:
            inside.setdefault(up.iri, []).append(node.iri)
    return tops, inside


def _most(sizes: Iterable[int], limit: int) -> int:
    """The most nodes a cell may show so that all boxes together stay within `limit`; -1 where all fit."""
    sizes = list(sizes)
    if sum(sizes) <= limit:
        return -1
    most = 0
    while sum(s if s <= most + 2 else most + 2 for s in sizes) <= limit:
        most += 1
    return most


def _cut(cell: Cell, boxes: int) -> Cell:
    """`cell` in at most `boxes` boxes, the last one for what is left over."""
    if len(cell.drawn) > boxes:
        cell.drawn, cell.rest = cell.drawn[: boxes - 1], cell.drawn[boxes - 1 :]
    return cell


def _lanes(chain: Chain, facts: Facts, drawn: list[Node]) -> dict[str, list[str]]:
    """Lane (a segment) → the segments drawn in it: small ones go with the segment above them."""
    direct = dict.fromkeys(chain.segments, 0)
    for node in drawn:
        direct[node.segment] += 1
    whole = {s: direct[s] + sum(direct.get(b, 0) for b in facts.below(s)) for s in direct}
    lanes: dict[str, list[str]] = {}
    for segment in chain.segments:
        lane, seen = segment, {segment}
        while whole[lane] < SMALL:
            up = facts.things.get(facts.things[lane].broader)
            if up is None or up.kind != "Segment" or up.iri not in whole or up.iri in seen:
                break
            seen.add(up.iri)
            lane = up.iri
        lanes.setdefault(lane, []).append(segment)
    return {
        lane: inside
        for lane, inside in lanes.items()
        if any(direct[s] or chain.listed(s) for s in inside)
    }


def _firms(chain: Chain, facts: Facts, segments: list[str], inside: list[Node]) -> list[str]:
    """The firms listed for one of `segments` or at a node inside them."""
    found = dict.fromkeys(c.subject for s in segments for c in chain.listed(s))
    for node in inside:
        for claim in (*node.present, *node.possible):
            if claim.level == "product" and claim.object in chain.nodes:
                found[claim.subject] = None
    return [i for i in found if facts.things[i].kind in FIRMS]
