"""Every box and line of the picture of one thing, one step deep or two, on wide screens and on tall ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.draw.ego.blocks import GRID, MOST_TWO, Block, blocks, share
from kg.linkage import Web

# From the middle: where heads and the first boxes stand on wide screens, and then those of the second step.
HEAD = GRID["box"] // 2 + GRID["gutter"] + GRID["head"] // 2
FIRST = HEAD + GRID["head"] // 2 + (GRID["pitch"] - GRID["box"]) + GRID["box"] // 2
NEXT_HEAD = FIRST + GRID["box"] // 2 + 30 + GRID["head"] // 2
NEXT = NEXT_HEAD + GRID["head"] // 2 + (GRID["pitch"] - GRID["box"]) + GRID["box"] // 2
# The two columns of a tall screen, and the middle between them.
TALL, TALL_MIDDLE = -72, 12
SLIT = 6


@dataclass(slots=True)
class Box:
    """One box: `x`, `y` on wide screens, `px`, `py` on tall ones.

    `role`: "centre", "head" (of a block), "one" and "two" (steps away), "hub", "more" (`count` things of the class
    `kind`); `low` ones are drawn small. `block` joins a head with its boxes. `rest`: how many neighbours of a box are
    not drawn.
    """

    id: str
    role: str
    thing: str = ""
    kind: str = ""
    count: int = 0
    block: str = ""
    relation: str = ""
    out: bool = True
    status: str = ""
    low: bool = False
    rest: int = 0
    x: int = 0
    y: int = 0
    px: int = 0
    py: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line from box to box in the direction of the claim; `hidden` until one of its ends is chosen."""

    start: str
    end: str
    relation: str
    status: str
    hidden: bool = False


@dataclass(slots=True)
class Picture:
    """All boxes and lines."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def head(self, at: str, block: Block, name: str, parent: str) -> Box:
        """The head of a block, with its line to the box that the block hangs on."""
        n = len(block.members) + sum(count for _, count in block.more)
        box = Box(at, "head", "", "", n, name, block.relation, block.out, block.status)
        self.boxes.append(box)
        ends = (parent, at) if block.out else (at, parent)
        self.lines.append(Line(*ends, block.relation, block.status))
        return box

    def members(self, web: Web, block: Block, name: str, prefix: str, role: str) -> list[Box]:
        """The boxes of a block without their places."""
        made = [
            Box(
                f"{prefix}{n}",
                "hub" if block.zone == 3 else role,
                iri,
                web.facts.things[iri].kind,
                0,
                name,
                block.relation,
                block.out,
                block.status,
                block.zone == 3,
            )
            for n, iri in enumerate(block.members)
        ]
        for kind, count in block.more:
            at = f"{prefix}{len(made)}"
            same = (name, block.relation, block.out, block.status, block.zone == 3)
            made.append(Box(at, "more", "", kind, count, *same))
        self.boxes += made
        return made


def one_step(web: Web, iri: str) -> Picture:
    """The thing and its neighbours."""
    picture = Picture([_centre(web, iri)])
    for n, block in enumerate(blocks(web, iri)):
        side, name = 1 if block.out else -1, str(n)
        head = picture.head(f"h{n}", block, name, "c")
        head.x, head.y = side * HEAD, block.y + (block.rows(block.columns) - 1) * block.row // 2
        head.px, head.py = TALL_MIDDLE, block.py
        for k, box in enumerate(picture.members(web, block, name, f"{n}.", "one")):
            line, column = divmod(k, block.columns)
            box.x, box.y = side * (FIRST + column * GRID["pitch"]), block.y + line * block.row
            box.px, box.py = _tall(block.py, block.row, k)
    return picture


def _centre(web: Web, iri: str) -> Box:
    return Box("c", "centre", iri, web.facts.things[iri].kind)


def _tall(head: int, row: int, k: int) -> tuple[int, int]:
    """Where box `k` of a block stands on tall screens."""
    return TALL + k % 2 * GRID["pitch"], head + GRID["headrow"] // 2 + row // 2 + k // 2 * row


@dataclass(slots=True)
class _Kids:
    """The neighbours of a neighbour: those that are drawn below it, in blocks, and how many are not."""

    blocks: list[Block]
    rest: int


def two_steps(web: Web, iri: str, look: Callable[[Web, str], Sequence[Block]] = blocks) -> Picture:
    """The thing, its neighbours, and theirs, with at most 120 boxes. Hubs are not followed, nor drawn in the second step.

    Each thing stands once, below the first neighbour that leads to it; what ties it to others is a hidden line.
    """
    first = list(look(web, iri))
    kids, crosses = _kids(web, iri, first, look)
    picture = Picture([_centre(web, iri)])
    heads: list[Box] = []
    stacks: list[list[Box]] = []
    below: dict[str, list[tuple[Box, list[Box], Block]]] = {}
    for n, block in enumerate(first):
        heads.append(picture.head(f"h{n}", block, str(n), "c"))
        stacks.append(picture.members(web, block, str(n), f"{n}.", "one"))
        for box in stacks[-1]:
            if box.role != "one":
                continue
            # What stands in two blocks has its neighbours at the first.
            own = kids.pop(box.thing, _Kids([], 0))
            box.rest = own.rest
            below[box.id] = []
            for k, kid in enumerate(own.blocks):
                name = f"{box.id}.{k}"
                head = picture.head(f"{box.id}h{k}", kid, name, box.id)
                below[box.id].append((
                    head,
                    picture.members(web, kid, name, f"{name}.", "two"),
                    kid,
                ))
    for out in (False, True):
        side = [n for n, b in enumerate(first) if b.out is out]
        _stand_wide([(first[n], heads[n], stacks[n]) for n in side], below, 1 if out else -1)
    order = sorted(range(len(first)), key=lambda n: not first[n].out)
    _stand_tall([(first[n], heads[n], stacks[n]) for n in order], below)
    at = {b.thing: b.id for b in picture.boxes if b.role in ("one", "two", "hub")}
    for member, relation, out, status, other in crosses:
        if other in at:
            ends = (at[member], at[other]) if out else (at[other], at[member])
            picture.lines.append(Line(*ends, relation, status, True))
    return picture


_Cross = tuple[str, str, bool, str, str]


def _kids(
    web: Web, iri: str, first: list[Block], look: Callable[[Web, str], Sequence[Block]]
) -> tuple[dict[str, _Kids], list[_Cross]]:
    """What stands below each neighbour, and the ties between things that stand elsewhere."""
    open_ = list(dict.fromkeys(m for b in first if b.zone < 3 for m in b.members))
    boxes = sum(len(b.members) + len(b.more) for b in first)
    drawn = {iri, *(m for b in first for m in b.members)}
    tied: set[tuple[str, str, str, str]] = set()
    crosses: list[_Cross] = []
    own: dict[str, list[Block]] = {}
    for member in open_:
        own[member] = []
        fresh: set[str] = set()
        for block in look(web, member):
            if block.zone == 3:
                continue
            mine = []
            for kid in block.members:
                if kid not in drawn or kid in fresh:
                    fresh.add(kid)
                    mine.append(kid)
                elif kid != iri:
                    ends = (member, kid) if block.out else (kid, member)
                    if (tie := (*ends, block.relation, block.status)) not in tied:
                        tied.add(tie)
                        crosses.append((member, block.relation, block.out, block.status, kid))
            own[member].append(
                Block(block.relation, block.out, block.status, block.zone, tuple(mine), block.more)
            )
        drawn |= fresh
    shares = share(
        [sum(len(b.members) for b in own[m]) for m in open_], max(0, MOST_TWO - 1 - boxes)
    )
    kids: dict[str, _Kids] = {}
    for member, room in zip(open_, shares, strict=True):
        found, rest = [], 0
        for block in own[member]:
            taken = block.members[:room]
            room -= len(taken)
            rest += len(block.members) - len(taken) + sum(n for _, n in block.more)
            if taken:
                found.append(Block(block.relation, block.out, block.status, block.zone, taken))
        kids[member] = _Kids(found, rest)
    return kids, crosses


_Below = dict[str, list[tuple[Box, list[Box], Block]]]


def _deep(kids: list[tuple[Box, list[Box], Block]]) -> int:
    """How high what stands below a neighbour is on wide screens; even."""
    return sum(k.rows(2) * GRID["row"] + SLIT for _, _, k in kids) - SLIT if kids else 0


def _stand_wide(side: list[tuple[Block, Box, list[Box]]], below: _Below, sign: int) -> None:
    """One column of neighbours, beside each its own in two columns; the side is centred on the thing."""

    def high(block: Block, box: Box) -> int:
        return max(block.row, _deep(below.get(box.id, [])))

    whole = sum(sum(high(b, x) for x in stack) + GRID["gap"] for b, _, stack in side) - GRID["gap"]
    y = -whole // 2 if side else 0
    for block, head, stack in side:
        top = y
        for box in stack:
            tall = high(block, box)
            box.x, box.y = sign * FIRST, y + tall // 2
            kids = below.get(box.id, [])
            at = y + (tall - _deep(kids)) // 2
            for inner, members, kid in kids:
                rows = kid.rows(2) * GRID["row"]
                inner.x, inner.y = sign * NEXT_HEAD, at + rows // 2
                for k, member in enumerate(members):
                    line, column = divmod(k, 2)
                    member.x = sign * (NEXT + column * GRID["pitch"])
                    member.y = at + GRID["row"] // 2 + line * GRID["row"]
                at += rows + SLIT
            y += tall
        head.x, head.y = sign * HEAD, (top + y) // 2
        y += GRID["gap"]


def _stand_tall(stack: list[tuple[Block, Box, list[Box]]], below: _Below) -> None:
    """All below each other: a head, a neighbour over the whole width, below it its own in two columns."""
    py = GRID["top"]
    for block, head, boxes in stack:
        head.px, head.py = TALL_MIDDLE, py
        py += GRID["headrow"] // 2
        small = [b for b in boxes if b.role != "one"]
        for box in boxes:
            if box.role != "one":
                continue
            box.px, box.py = TALL_MIDDLE, py + block.row // 2
            py += block.row
            for inner, members, kid in below[box.id]:
                inner.px, inner.py = TALL_MIDDLE, py + GRID["headrow"] // 2
                for k, member in enumerate(members):
                    member.px, member.py = _tall(inner.py, GRID["row"], k)
                py += GRID["headrow"] + kid.rows(2) * GRID["row"]
        for k, box in enumerate(small):
            box.px, box.py = TALL + k % 2 * GRID["pitch"], py + block.row // 2 + k // 2 * block.row
        py += -(-len(small) // 2) * block.row + GRID["headrow"] // 2 + GRID["gap"]
