"""A bullet: one indicator on its own scale from nought, as SVG whose text keeps its size however wide it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from kg.draw.svg import element, percent
from kg.words import width

# The narrowest picture in which no two labels may meet: a phone's column.
NARROW = 320
# What one column of text takes at the picture's 12 px (a Chinese character takes two).
_COLUMN = 6.7
_LEVEL, _BAND, _TICKS = 17, 18, 19

Kind = Literal["base", "earlier", "actual", "stage", "target"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a bullet: `text` is its label; `open_end` 1 where the value is a lower bound, -1 an upper one."""

    kind: Kind
    value: float
    text: str
    open_end: int = 0


def bullet(
    marks: Sequence[Mark], unit: str, ident: str, title: str, told: str, whole: float = 0
) -> Markup:
    """The picture of `marks`, which share one scale: bar, targets, ticks with `unit`; "" where there is none.

    `ident` makes the ids of title and description its own; `told` says in words what the picture shows; `whole` is where
    the scale ends at the latest, 0 where it has no end.
    """
    if not marks or any(m.value < 0 or not math.isfinite(m.value) for m in marks):
        return Markup("")
    ticks = scale([m.value for m in marks], whole)
    most = ticks[-1]
    placed, levels = _levels(marks, most)
    top = levels * _LEVEL + 3
    foot = top + _BAND
    parts: list[Markup] = [
        element("title", title, id=f"{ident}-t"),
        element("desc", told, id=f"{ident}-d"),
        element("rect", class_="bg", x=0, y=top, width="100%", height=_BAND),
    ]
    order: tuple[Kind, ...] = ("base", "earlier", "actual", "stage", "target")
    for mark in sorted(marks, key=lambda m: order.index(m.kind)):
        # Two lines that nearly meet are drawn finer, so that they stay two.
        close = any(0 < abs(m.value - mark.value) < most / 50 for m in marks if m.kind == mark.kind)
        parts += _drawn(mark, mark.value / most, top, " fine" if close else "")
    # From the right, where the unit stands: a number that would meet the one beside it is left out, its tick is not.
    free = math.inf
    for tick in reversed(ticks):
        at = percent(tick / most)
        parts.append(element("line", class_="tk", x1=at, x2=at, y1=foot, y2=foot + 4))
        text = f"{_number(tick)} {unit}".strip() if tick == most else _number(tick)
        left, right = _span(tick / most, text)
        if right <= free:
            anchor = _anchor(tick / most, text)
            parts.append(element("text", text, class_="ax", x=at, y=foot + 16, text_anchor=anchor))
            free = left - 4
    for mark, level in placed:
        parts.append(
            element(
                "text",
                mark.text,
                class_=mark.kind,
                x=percent(mark.value / most),
                y=(levels - level) * _LEVEL - 4,
                text_anchor=_anchor(mark.value / most, mark.text),
            )
        )
    return element(
        "svg",
        *parts,
        class_="bullet",
        role="img",
        aria_labelledby=f"{ident}-t {ident}-d",
        width="100%",
        height=foot + _TICKS,
    )


def scale(values: Sequence[float], whole: float = 0) -> list[float]:
    """Round steps from nought to the first that is above all `values`: a bound at the very end could not be told.

    Where all `values` are within `whole`, the steps do not go beyond it.
    """
    most = max(values) or 1.0
    size = 10.0 ** math.floor(math.log10(most / 4))
    step = next(s * size for s in (1, 2, 2.5, 5, 10) if s * size * 5 >= most)
    ticks = [round(n * step, 10) for n in range(math.floor(round(most / step, 9)) + 2)]
    return [t for t in ticks if t <= whole] if most <= whole < ticks[-1] else ticks


def _number(tick: float) -> str:
    return f"{tick:.6f}".rstrip("0").rstrip(".")


def _anchor(share: float, text: str) -> str:
    """Where a label begins: one that would run out of the narrowest picture grows inward."""
    half = width(text) * _COLUMN / 2
    if share * NARROW < half:
        return "start"
    return "end" if share * NARROW > NARROW - half else "middle"


def _span(share: float, text: str) -> tuple[float, float]:
    """From where to where a label at `share` of the width reaches where the picture is narrowest."""
    long = width(text) * _COLUMN
    left = share * NARROW - {"start": 0.0, "middle": long / 2, "end": long}[_anchor(share, text)]
    return left, left + long


def _levels(marks: Sequence[Mark], most: float) -> tuple[list[tuple[Mark, int]], int]:
    """Each label with its level above the band, so that no two meet where the picture is narrowest."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for mark in sorted(marks, key=lambda m: (m.value, m.text)):
        left, right = _span(mark.value / most, mark.text)
        span = left - 6, right + 6
        level = next(
            (n for n, row in enumerate(taken) if all(span[1] <= a or span[0] >= b for a, b in row)),
            len(taken),
        )
        if level == len(taken):
            taken.append([])
        taken[level].append(span)
        placed.append((mark, level))
    return placed, len(taken)


def _drawn(mark: Mark, share: float, top: float, fine: str) -> list[Markup]:
    at = percent(share)
    if mark.kind == "base":
        return [element("rect", class_="base", x=0, y=top + 4, width=at, height=_BAND - 8)]
    if mark.kind in ("earlier", "actual"):
        return [element("circle", class_=mark.kind, cx=at, cy=top + _BAND / 2, r=4)]
    line = element("line", class_=mark.kind + fine, x1=at, x2=at, y1=top - 2, y2=top + _BAND + 2)
    if not mark.open_end:
        return [line]
    # An arrow on the line: the value is met by anything beyond it.
    tip = 13 * mark.open_end
    back = 5 * mark.open_end
    arrow = element("path", d=f"M0 {_BAND // 2}h{tip}m{-back} -5l{back} 5l{-back} 5")
    return [line, element("svg", arrow, class_="to", x=at, y=top, width=14, height=_BAND)]
