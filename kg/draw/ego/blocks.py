"""Where the neighbours of one thing stand: what leads to it on the left, what it leads to on the right.

A star of forty lines tells nothing. Neighbours of one relation and one status stand in a block with one line to the
thing, so that the relation is written once and no line crosses a box. On each side actors are above, chain nodes in
the middle, places and papers below, and hubs (kinds of things, the city) last and small. On tall screens the blocks
stand under the thing. viz/static/ego.js draws the same places from the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.linkage import Web
from kg.vocab import ACTOR_CLASSES, CHAIN_CLASSES, CLASSES, reading_rank

# As many neighbours are drawn, the rest is counted; and as many boxes with the neighbours of these.
MOST, MOST_TWO = 40, 120
STATES = ("existing", "underway", "planned", "target", "domain", "")
_PLACES = ("Park", "Place", "Site")
# Pixels before the picture is fitted to the screen: boxes, rows (the second: of hubs), heads, gaps.
GRID = {
    "box": 158,
    "pitch": 168,
    "row": 54,
    "low": 36,
    "head": 116,
    "gutter": 64,
    "gap": 12,
    "headrow": 30,
    "top": 58,
}
# A side gets one more column where it is higher than this; and all together no more than so many.
_HIGH, _COLUMNS = 520, 5
# A thing with more blocks than this is told in numbers alone, with at most so many classes in a block.
_BLOCKS, _SORTS = 24, 6


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbours by one relation and status, with the places of the block.

    `relation` is the predicate ("" for the tree of the chain, "*" for all that has no block of its own), `out` whether
    the thing is its subject. `zone`: 0 actors, 1 chain nodes, 2 places and papers, 3 hubs. `more` counts what is not
    drawn, by class ("" for all other classes). `y` is the middle of the first row on wide screens, `py` that of the
    head on tall ones.
    """

    relation: str
    out: bool
    status: str
    zone: int
    members: tuple[str, ...]
    more: tuple[tuple[str, int], ...] = ()
    columns: int = 1
    y: int = 0
    py: int = 0

    @property
    def row(self) -> int:
        """How high one row is."""
        return GRID["low" if self.zone == 3 else "row"]

    def rows(self, columns: int) -> int:
        """How many rows the boxes take in so many columns."""
        return -(-(len(self.members) + len(self.more)) // columns)


def blocks(web: Web, iri: str, most: int = MOST) -> list[Block]:
    """The blocks of a thing with their places: what leads to it first, on each side from the top down."""
    found = _shortened(_gathered(web, iri), web, most)
    sides = {out: [b for b in found if b.out is out] for out in (False, True)}
    columns = {out: int(bool(side)) for out, side in sides.items()}
    while sum(columns.values()) < _COLUMNS:
        high = {out: _height(sides[out], c) if c else 0 for out, c in columns.items()}
        # The higher side grows; where both are as high, the right one, which is read last.
        out = high[True] >= high[False]
        if high[out] <= _HIGH or _height(sides[out], columns[out] + 1) == high[out]:
            break
        columns[out] += 1
    placed: dict[bool, list[Block]] = {}
    for out, side in sides.items():
        y = -_height(side, columns[out]) // 2
        placed[out] = []
        for block in side:
            at = y + block.row // 2
            placed[out].append(replace(block, columns=columns[out], y=at))
            y += block.rows(columns[out]) * block.row + GRID["gap"]
    py, told = GRID["top"], {}
    # A tall screen begins with what the thing itself does.
    for block in (*placed[True], *placed[False]):
        told[id(block)] = replace(block, py=py)
        py += GRID["headrow"] + block.rows(2) * block.row + GRID["gap"]
    return [told[id(b)] for b in (*placed[False], *placed[True])]


def _height(side: Sequence[Block], columns: int) -> int:
    """How high a side is in so many columns; even, so that half of it is a whole number."""
    return sum(b.rows(columns) * b.row + GRID["gap"] for b in side) - GRID["gap"] if side else 0


# Where a class stands on its side.
_ZONES = {
    **dict.fromkeys(ACTOR_CLASSES, 0),
    **dict.fromkeys(_PLACES, 2),
    **dict.fromkeys(CHAIN_CLASSES, 1),
}


def zone(web: Web, iri: str) -> int:
    """Where a thing stands on its side: 0 actors, 1 chain nodes, 2 places and papers, 3 hubs."""
    return 3 if web.number[iri] in web.hubs else _ZONES.get(web.facts.things[iri].kind, 2)


def _gathered(web: Web, iri: str) -> list[Block]:
    """All neighbours in blocks, the blocks in reading order."""
    facts, number = web.facts, web.number
    by: dict[_Key, dict[str, None]] = {}
    for out, claims in ((True, facts.outgoing.get(iri, ())), (False, facts.incoming.get(iri, ()))):
        for c in claims:
            other = c.object if out else c.subject
            if other in number and other != iri:
                status = "domain" if c.origin == "domain" else c.status
                by.setdefault((out, zone(web, other), c.predicate, status), {})[other] = None
    for out, others in ((True, (facts.things[iri].broader,)), (False, facts.children.get(iri, ()))):
        for other in others:
            if other in number and other != iri:
                by.setdefault((out, zone(web, other), "", ""), {})[other] = None
    many = len(by) > _BLOCKS
    if many:
        by = _merged(by)

    def inside(member: str) -> tuple[int, tuple[int, str]]:
        return _rank(facts.things[member].kind), facts.order(member)

    found = [
        Block(relation, out, status, at, tuple(sorted(by[out, at, relation, status], key=inside)))
        for out, at, relation, status in sorted(by, key=_order)
    ]
    return [_counted(b, web, 0) for b in found] if many else found


# Of a block: whether the thing is the subject, zone, relation, status.
_Key = tuple[bool, int, str, str]


def _order(key: _Key) -> tuple[bool, int, int, str, int]:
    out, at, relation, status = key
    name = relation.rpartition("#")[2]
    # The tree stands behind what is said, and what has no block of its own behind that.
    rank = reading_rank(name) if "#" in relation else 99 + len(relation)
    return out, at, rank, relation, STATES.index(status)


def _merged(by: dict[_Key, dict[str, None]]) -> dict[_Key, dict[str, None]]:
    """As many blocks as can be read: of whatever zone, the largest ones, the rest of each side in one."""
    whole: dict[_Key, dict[str, None]] = {}
    for (out, _, relation, status), members in by.items():
        whole.setdefault((out, 1, relation, status), {}).update(members)
    largest = sorted(whole, key=lambda k: (-len(whole[k]), _order(k)))
    found = {k: whole[k] for k in largest[: _BLOCKS - 2]}
    for key in largest[_BLOCKS - 2 :]:
        found.setdefault((key[0], 2, "*", ""), {}).update(whole[key])
    return found


_RANKS = {kind: n for n, kind in enumerate(CLASSES)}


def _rank(kind: str) -> int:
    return _RANKS.get(kind, len(_RANKS))


def _shortened(found: list[Block], web: Web, most: int) -> list[Block]:
    """`found` with at most `most` members, the rest counted by class; hubs go first, but for one in each block."""
    hubs = [b for b in found if b.zone == 3]
    room = most - min(len(hubs), most // 4)
    short: dict[int, Block] = {}
    for some in ([b for b in found if b.zone != 3], hubs):
        shares = share([len(b.members) for b in some], room)
        room = most - sum(shares)
        for block, n in zip(some, shares, strict=True):
            short[id(block)] = _counted(block, web, n) if n < len(block.members) else block
    return [short[id(b)] for b in found]


def _counted(block: Block, web: Web, n: int) -> Block:
    """`block` with its first `n` members; the others are numbers of their classes, the largest ones told apart."""
    sorts = Counter(web.facts.things[m].kind for m in block.members[n:])
    rest = sorted(sorts.items(), key=lambda r: (-r[1], _rank(r[0])))
    if len(rest) > _SORTS:
        rest = [*rest[: _SORTS - 1], ("", sum(count for _, count in rest[_SORTS - 1 :]))]
    return replace(block, members=block.members[:n], more=tuple(rest))


def share(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each may be drawn in `room`: as equal as their sizes allow, the first ones one more."""
    if sum(sizes) <= room:
        return list(sizes)
    level = 0
    while sum(min(s, level + 1) for s in sizes) <= room:
        level += 1
    shares = [min(s, level) for s in sizes]
    left = room - sum(shares)
    for n, size in enumerate(sizes):
        if left and size > shares[n]:
            shares[n] += 1
            left -= 1
    return shares
