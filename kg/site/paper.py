"""How a matrix stands on one sheet of A3: the widths of its columns and the size of its letters, reckoned without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.words import width

# The sheet inside its margins, less what stands above and below the table (title, legend, sources), in mm.
_WIDE, _HIGH = 408.0, 263.0
# Other fonts than the ones at hand are wider: that much of the height stays free.
_SPARE = 0.94
# Sizes that are tried, in points, the largest first; what is smaller than the last cannot be read on paper.
SIZES = (11.0, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.75, 6.5)
_POINT = 0.3528
# In em, as matrix.css sets them for paper: between boxes, a line of boxes, a line of text, around a cell.
_GAP, _LINE, _TEXT, _AROUND = 0.25, 1.48, 1.22, 0.6
# The same where boxes break across lines: their borders stand between the lines, and their sides are thinner.
_FLOW_LINE, _FLOW_AROUND, _FLOW_THIN = 1.27, 0.4, 0.35
# The least share of a column, and of the first one, in hundredths of the table.
_LEAST, _FIRST = 7.5, 10.0


@dataclass(frozen=True)
class Row:
    """A row as paper sees it: the text of its head, and the boxes of each cell, in em."""

    head: float
    cells: Sequence[Sequence[float]]


def em(text: str) -> float:
    """How wide `text` is, in em: one for a Chinese character, a good half for a Latin one."""
    columns, count = width(text), len(text)
    return (columns - count) + 0.54 * (2 * count - columns)


@dataclass(frozen=True)
class Fit:
    """The shares of all columns, the head first, in hundredths of the table; the size of letters in points; and whether
    boxes break across lines as words do, which fills the lines."""

    shares: list[float]
    size: float
    flow: bool


def fit(rows: Sequence[Row], columns: int) -> Fit:
    """The largest letters with which the rows fit; the smallest, with boxes that break, where none do."""
    for flow in (False, True):
        shares = _bargain(rows, columns, flow)
        for size in SIZES:
            if _height(rows, shares, size, flow) <= _HIGH * _SPARE:
                return Fit(shares, size, flow)
    return Fit(shares, SIZES[-1], True)


def _bargain(rows: Sequence[Row], columns: int, flow: bool) -> list[float]:
    """The shares of the columns: first by what each holds, then neighbours bargain while the sheet gets shorter."""
    mass = [sum(sum(r.cells[c]) for r in rows) for c in range(columns)]
    rest = 100 - 14.0 - _LEAST * columns
    shares = [14.0, *(_LEAST + rest * m / (sum(mass) or 1) for m in mass)]
    best = _height(rows, shares, SIZES[-1], flow)
    for step in (8.0, 3.0, 1.5):
        for giver in range(columns + 1):
            for taker in range(columns + 1):
                least = _LEAST if giver else _FIRST
                if giver == taker or shares[giver] - step < least:
                    continue
                tried = list(shares)
                tried[giver] -= step
                tried[taker] += step
                if (height := _height(rows, tried, SIZES[-1], flow)) < best:
                    shares, best = tried, height
    return shares


def _height(rows: Sequence[Row], shares: Sequence[float], size: float, flow: bool) -> float:
    """How high the table is on paper, in mm."""
    letter = size * _POINT
    line, around = (_FLOW_LINE, _FLOW_AROUND) if flow else (_LINE, _AROUND)
    first, *wide = (_WIDE * s / 100 / letter - _AROUND for s in shares)
    total = 2.0
    for row in rows:
        high = -(-row.head // first) * _TEXT
        for cell, room in zip(row.cells, wide, strict=True):
            if cell:
                # A word at the end of a line leaves a little of it free.
                text = 1.05 * (sum(cell) - _FLOW_THIN * len(cell)) + _GAP * len(cell)
                high = max(high, line * (-(-text // room) if flow else _lines(cell, room)))
        total += high + around
    return total * letter


def _lines(boxes: Sequence[float], room: float) -> float:
    """How many lines the boxes take, one after the other."""
    lines, at = 0.0, room
    for box in boxes:
        if at + box > room:
            # What is wider than the column breaks inside its box.
            over = -(-box // room) if box > room else 1
            lines += over
            at = 0.0 if over == 1 else room
        at += box + _GAP
    return lines
