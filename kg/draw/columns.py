"""How wide the columns of a stage graph are, so that the whole picture is as large as a screen allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# Pixels at a letter size of 16: a line (Latin letters need less), what a box needs beside its lines (above and below;
# left and right), the heads of the stages.
LINE, PAD, SIDE, HEAD = {"zh": 17, "en": 16}, 4, 11, 24


class Air(NamedTuple):
    """The gaps between boxes (in a column, in a row), between stages, between lanes, and inside a lane's edges."""

    row: int
    column: int
    stage: int
    lane: int
    edge: int


WIDE, TIGHT = Air(6, 7, 14, 6, 4), Air(3, 4, 10, 4, 2)
# The canvas of a 1440 × 900 screen, and how large letters may get on it.
SCREEN = (1396, 700)
MOST_SCALE = 1.5
# What is tried at once stays within so many numbers.
_ROOM = 200_000

# Width and height of a box.
Size = tuple[float, float]


def flow(sizes: Sequence[Size], wide: float, air: Air) -> list[list[int]]:
    """The boxes, by number, in rows that are at most `wide`: in their order, like words in lines."""
    rows: list[list[int]] = []
    used = wide
    for n, (w, _) in enumerate(sizes):
        if not rows or used + air.column + w > wide + 0.01:
            rows.append([n])
            used = w
        else:
            rows[-1].append(n)
            used += air.column + w
    return rows


def high(sizes: Sequence[Size], wide: float, air: Air) -> float:
    """The height of the boxes when they flow in a column that is `wide`."""
    total, used, row = 0.0, 0.0, 0.0
    for w, h in sizes:
        if row and used + air.column + w <= wide + 0.01:
            used += air.column + w
            row = max(row, h)
        else:
            total += row + (air.row if row else 0)
            used, row = w, h
    return total + row


def stacked(sizes: Sequence[Size], wide: float, air: Air) -> float:
    """The height of a lane's head, the first box, with its firms below it."""
    return sizes[0][1] + (air.row + high(sizes[1:], wide, air) if sizes[1:] else 0)


def columns(
    least: Sequence[float], left: float, cells: Sequence[Sequence[Sequence[Size]]], air: Air
) -> tuple[float, list[float]]:
    """The scale at which the picture fits the screen, and the width of each stage that allows it.

    `least` is the height that the head of each lane needs, `left` the width of the heads; `cells` are the boxes by
    lane and stage.
    """
    import numpy as np

    stages = len(cells[0]) if cells else 0
    if not stages:
        return 1.0, []
    narrow = [max((w for row in cells for w, _ in row[s]), default=SIDE) for s in range(stages)]
    broad = [
        max(narrow[s], *(sum(w + air.column for w, _ in row[s]) for row in cells))
        for s in range(stages)
    ]
    tries = max(3, min(32, int((_ROOM / max(1, len(cells))) ** (1 / stages))))
    best, chosen = 0.0, narrow
    spans = list(zip(narrow, broad, strict=True))
    # First over all widths, then closer around the best.
    for _ in range(3):
        steps = [np.geomspace(a, max(a, b), tries) for a, b in spans]
        tall = np.array(least, float).reshape((-1, *[1] * stages))
        wide = np.full([1] * stages, left)
        for s in range(stages):
            known = np.array([[high(row[s], w, air) for w in steps[s]] for row in cells])
            shape = [1] * stages
            shape[s] = tries
            tall = np.maximum(tall, known.reshape((len(cells), *shape)))
            wide = wide + (steps[s] + air.stage).reshape(shape)
        whole = tall.sum(0) + len(cells) * (air.lane + 2 * air.edge) + HEAD
        scale = np.minimum(SCREEN[0] / wide, SCREEN[1] / whole)
        found = float(scale.max())
        at = [int(i) for i in np.unravel_index(int(scale.argmax()), scale.shape)]
        if found > best:
            best, chosen = found, [float(steps[s][i]) for s, i in enumerate(at)]
        spans = [
            (float(steps[s][max(0, i - 1)]), float(steps[s][min(tries - 1, i + 1)]))
            for s, i in enumerate(at)
        ]
    return best, chosen
