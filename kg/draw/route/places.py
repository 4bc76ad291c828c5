"""What is drawn of a route, as plain values, and where each of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.draw.layout import BOX, CANVAS, GAP

# Pixels on the canvas: a box, the step to the next one, a small box, and the room for lines between levels and rows.
HIGH, STEP, SMALL, LEVEL, TURN = 70, BOX + 56, 34, 46, 28
# Small boxes under a node; the others are counted on one more.
MOST_ACTORS = 4
# Below this scale letters get too small: then a route is broken into one row more.
LEAST_SCALE = 0.85


@dataclass(frozen=True)
class Actor:
    """A small box under a node. `certain` is False where it is only listed for the group, or planned."""

    id: str
    label: str
    family: str
    certain: bool = True


@dataclass(frozen=True)
class Box:
    """A thing on the route, in its order, or (`beside`) one that a thing on the route needs.

    `presence` is "" for what is no chain node; `mark` is the badge of a link that is to be added ("补 1").
    """

    id: str
    label: str
    family: str
    presence: str = ""
    mark: str = ""
    beside: bool = False
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True)
class Line:
    """An arrow. One that starts at a box beside the route tells what needs it. `dashed`: knowledge of the field."""

    start: str
    end: str
    label: str
    dashed: bool


def actor_rows(box: Box) -> tuple[Actor, ...]:
    """The small boxes of a node: at most four actors, then one that counts the rest."""
    shown = tuple(
        Actor(f"{box.id}|{a.id}", a.label, a.family, a.certain) for a in box.actors[:MOST_ACTORS]
    )
    more = len(box.actors) - MOST_ACTORS
    return (*shown, Actor(f"{box.id}|+", f"+{more}", "other")) if more > 0 else shown


class Places:
    """Where every box stands: `spots` are (id, x, y, px, py), `turns` the corners of lines from row to row."""

    def __init__(self, boxes: Sequence[Box], lines: Sequence[Line]) -> None:
        self.box = {b.id: b for b in boxes}
        self.path = [b for b in boxes if not b.beside]
        self.needs = self._needs(lines)
        self.spots: dict[str, tuple[float, float, float, float]] = {}
        self.turns: dict[tuple[str, str], list[str]] = {}
        rows = self._rows()
        top = 0.0
        for n, row in enumerate(rows):
            top = self._row(row, top) + (TURN + LEVEL if n < len(rows) - 1 else 0)
        self._column()
        for before, after in pairwise(rows):
            self._turn(before[-1], after[0])

    def _needs(self, lines: Sequence[Line]) -> dict[str, list[str]]:
        """What hangs below each box; each thing once, at the first box that needs it."""
        beside = [b.id for b in self.box.values() if b.beside]
        found: dict[str, list[str]] = {i: [] for i in self.box}
        left = set(beside)
        queue = [b.id for b in self.path]
        for at in queue:
            for line in lines:
                if line.end == at and line.start in left:
                    left.remove(line.start)
                    found[at].append(line.start)
                    queue.append(line.start)
        if self.path:
            found[self.path[-1].id] += [i for i in beside if i in left]
        return found

    def _breadth(self, at: str) -> int:
        return max(1, sum(map(self._breadth, self.needs[at])))

    def _above(self, at: str) -> float:
        # Lines from below must not run through the actors: a box that needs others has them on top.
        return len(actor_rows(self.box[at])) * SMALL if self.needs[at] else 0

    def _depth(self, at: str) -> float:
        if self.needs[at]:
            return HIGH + max(LEVEL + self._above(n) + self._depth(n) for n in self.needs[at])
        return HIGH + len(actor_rows(self.box[at])) * SMALL

    def _rows(self) -> list[list[Box]]:
        """The route in as few rows as keep the letters large enough."""
        wide = [self._breadth(b.id) for b in self.path]
        best: tuple[float, int, int] | None = None
        chosen: list[list[Box]] = []
        for most in range(max(wide, default=1), sum(wide) + 1):
            rows: list[list[Box]] = [[]]
            used, widest, high = 0, 0, 0.0
            for box, breadth in zip(self.path, wide, strict=True):
                if used + breadth > most:
                    rows.append([])
                    used = 0
                rows[-1].append(box)
                used += breadth
                widest = max(widest, used)
            for row in rows:
                high += max(self._above(b.id) + self._depth(b.id) for b in row) + TURN + LEVEL
            scale = min(CANVAS[0] / (widest * STEP + TURN), CANVAS[1] / high, LEAST_SCALE)
            rank = (scale, -len(rows), -most)
            if best is None or rank > best:
                best, chosen = rank, rows
        return chosen

    def _row(self, row: list[Box], top: float) -> float:
        """Sets one row and returns where it ends."""
        level = top + max(self._above(b.id) for b in row)
        left, end = 0.0, level
        for box in row:
            self._tree(box.id, left, level)
            left += self._breadth(box.id) * STEP
            end = max(end, level + self._depth(box.id))
        return end

    def _tree(self, at: str, left: float, top: float) -> None:
        x, y = left + (self._breadth(at) - 1) * STEP / 2, top + HIGH / 2
        self.spots[at] = x, y, 0, 0
        needs = self.needs[at]
        first = top - self._above(at) + SMALL / 2 - 4 if needs else top + HIGH + SMALL / 2 + 1
        for n, actor in enumerate(actor_rows(self.box[at])):
            self.spots[actor.id] = x, first + n * SMALL, 0, 0
        for need in needs:
            self._tree(need, left, top + HIGH + LEVEL + self._above(need))
            left += self._breadth(need) * STEP

    def _column(self) -> None:
        """The places on a phone."""
        aside = BOX / 2 + 2 * GAP
        y = 0.0
        for box in self.path:
            self._move(box.id, -aside, y)
            edge = self._stack(box.id, aside, y - HIGH / 2, y + HIGH / 2 + LEVEL / 2)
            y = max(y + HIGH + LEVEL, edge + GAP + HIGH / 2)

    def _stack(self, at: str, x: float, edge: float, below: float) -> float:
        """Stacks what belongs to `at`: actors from `edge` downwards, what it needs not above `below`. Returns the end."""
        for actor in actor_rows(self.box[at]):
            self._move(actor.id, x, edge + SMALL / 2)
            edge += SMALL
        for need in self.needs[at]:
            edge = max(edge + GAP, below)
            self._move(need, x, edge + HIGH / 2)
            edge = self._stack(need, x, edge + HIGH, edge + HIGH + LEVEL / 2)
        return edge + GAP

    def _move(self, at: str, px: float, py: float) -> None:
        x, y, _, _ = self.spots[at]
        self.spots[at] = x, y, px, py

    def _turn(self, one: Box, two: Box) -> None:
        """The corners of the line from the end of a row to the beginning of the next one."""
        (x1, y1, px, p1), (x2, y2, _, p2) = self.spots[one.id], self.spots[two.id]
        right, left = x1 + BOX / 2 + TURN, x2 - BOX / 2 - TURN
        between = y2 - HIGH / 2 - self._above(two.id) - LEVEL
        # On a phone they lie on the straight line between the two boxes.
        p1, p2 = p1 + HIGH / 2, p2 - HIGH / 2
        names = []
        for n, (x, y) in enumerate(((right, y1), (right, between), (left, between), (left, y2))):
            names.append(f"turn|{one.id}|{n}")
            self.spots[names[-1]] = x, y, px, p1 + (p2 - p1) * (n + 1) / 5
        self.turns[one.id, two.id] = names
