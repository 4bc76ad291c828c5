"""Where each box of the stage graph stands: lanes are segments, columns stages; chosen so that letters are large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.chain import STAGE_WORDS, WORDS, Chain
from kg.draw.columns import (
    HEAD,
    LINE,
    MOST_SCALE,
    PAD,
    SCREEN,
    SIDE,
    TIGHT,
    WIDE,
    Air,
    Size,
    columns,
    flow,
    stacked,
)
from kg.draw.letters import FACE, em, even, wrap
from kg.draw.shown import Cell, Lane, Shown, shown
from kg.facts import Facts
from kg.paint import FAMILY, Words, style

__all__ = ["BOX", "CANVAS", "FONT", "GAP", "LIMIT", "Picture", "Spot", "layout", "still", "wrap"]

# Pixels on the canvas before it is fitted to the screen: boxes of pictures whose boxes are all of one width.
BOX, GAP = 158, 8
# The canvas of a 1440 × 900 screen that such a picture fills.
CANVAS = (1376, 690)
FONT = 16
# At most so many boxes for nodes: the letters of a fitted screen stay readable.
LIMIT = 150
# How labels are broken, of which the best is taken: into lines of at most so many em, or into two or three lines.
_LINES = (6.0, 8.0, 10.0, 12.0, 15.0, 18.0, -2.0, -3.0)
# With letters of this size on the screen boxes stand apart; where they would be smaller, boxes move closer.
_ENOUGH = 11.5 / FONT
# Letters of heads are bold, and wider.
_BOLD = 1.09
# A phone's width, which a tall picture has; a line of a box there.
TALL, _TALL_LINE, _CAPTION = 400, 11.0, 18


def still() -> dict[str, Any]:
    """The vis-network options that every picture shares: nothing moves, boxes of one width."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "dragNodes": False,
            "keyboard": {"enabled": False},
            "multiselect": False,
        },
        "nodes": {
            "margin": {"top": 4, "bottom": 4, "left": 6, "right": 6},
            "widthConstraint": {"minimum": BOX - 16, "maximum": BOX - 16},
            "font": {"size": FONT, "color": style()["colour"]["ink"], "face": FACE},
            "borderWidth": 1.5,
        },
    }


@dataclass
class Spot:
    """One box of the picture: its middle and its size, `x`, `y`, `w`, `h` on wide screens, `px` … on tall ones.

    `name` is whole; `label` has the line breaks of wide screens, `narrow` those of tall ones. `iri` is the thing it stands for, ""
    for none; `inside` are the nodes or firms that it stands for besides.
    """

    id: str
    name: str
    role: str  # "node", "firm", "segment", "stage", "more"
    family: str
    presence: str = ""
    iri: str = ""
    inside: list[str] = field(default_factory=list)
    label: str = ""
    narrow: str = ""
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0
    px: float = 0
    py: float = 0
    pw: float = 0
    ph: float = 0


# Left, top, width, height.
Band = tuple[float, float, float, float]


@dataclass
class Picture:
    """The boxes, the bands behind the lanes, and on tall screens the captions (text, y) that tell the stages."""

    spots: list[Spot]
    bands: list[Band]
    tall_bands: list[Band]
    captions: list[tuple[str, float]]
    shown: Shown


@dataclass
class _Row:
    """A lane's boxes before they have places."""

    head: Spot
    firms: list[Spot]
    cells: list[list[Spot]]


def layout(
    chain: Chain,
    facts: Facts,
    lang: str,
    limit: int = LIMIT,
    sayings: Mapping[str, str] | None = None,
) -> Picture:
    """Every box with its place. `sayings`: what a box says that stands for others (more_nodes, more_firms)."""
    picked = shown(chain, facts, limit)
    maker = _Maker(chain, Words(facts, lang, {}), picked, sayings or {})
    rows = [maker.row(lane) for lane in picked.lanes]
    picture = Picture([], [], [], [], picked)
    _wide(picture, rows, picked.stages, lang)
    _tall(picture, rows, picked.stages, lang)
    return picture


_HEADS = {"zh": "环节 · 企业", "en": "Segments · firms"}


class _Maker:
    """Makes boxes with ids that are unique in the picture: the last part of the IRI, as in the matrix."""

    def __init__(
        self, chain: Chain, words: Words, picked: Shown, sayings: Mapping[str, str]
    ) -> None:
        self.chain, self.words, self.picked, self.sayings = chain, words, picked, sayings
        self.keys: dict[str, str] = {}
        taken: set[str] = set()
        for iri in (*chain.nodes, *(lane.iri for lane in picked.lanes)):
            key = iri.rpartition("/")[2]
            self.keys.setdefault(iri, iri if key in taken else key)
            taken.add(key)

    def row(self, lane: Lane) -> _Row:
        """The boxes of `lane`."""
        at = self.keys[lane.iri]
        firms = [
            Spot(f"{at}|{i.rpartition('/')[2]}", self.words.label(i), "firm", "firm", iri=i)
            for i in lane.firms.drawn
        ]
        cells = [
            [*map(self._node, cell.drawn), *self._rest(f"{at}|{stage}|+", cell, "more_nodes")]
            for stage, cell in lane.cells.items()
        ]
        head = Spot(at, self.words.label(lane.iri), "segment", "segment", iri=lane.iri)
        return _Row(head, [*firms, *self._rest(f"{at}|+", lane.firms, "more_firms")], cells)

    def _node(self, iri: str) -> Spot:
        node, inside = self.chain.nodes[iri], self.picked.inside.get(iri, [])
        label = self.words.label(iri)
        if inside:
            label += f"（+{len(inside)}）" if self.words.lang == "zh" else f" (+{len(inside)})"
        family = FAMILY.get(node.thing.kind, "other")
        return Spot(self.keys[iri], label, "node", family, node.presence, iri, inside)

    def _rest(self, at: str, cell: Cell, saying: str) -> list[Spot]:
        if not cell.rest:
            return []
        text = self.sayings.get(saying, "+{n}").format(n=len(cell.rest))
        return [Spot(at, text, "more", "other", inside=cell.rest)]


def _lettered(spot: Spot, most: float, lang: str) -> tuple[Size, str]:
    """What a box needs whose lines are at most `most` em long, and its label with these lines."""
    bold = _BOLD if spot.role in ("segment", "stage") else 1
    room, lines = even(spot.name, most / bold if most > 0 else most)
    if spot.presence == "absent":
        # What is confirmed absent says so in its box: no dashes say it clearly enough.
        word = WORDS["absent"].pick(lang)
        room, lines = max(room, em(word)), (word, *lines)
    double = 6 if spot.presence == "absent" else 0
    size = room * bold * FONT + SIDE + double, len(lines) * LINE[lang] + PAD + double
    return size, "\n".join(lines)


def _wide(picture: Picture, rows: list[_Row], stages: list[str], lang: str) -> None:
    """Places for wide screens: labels are broken so that letters get largest."""
    best, most, widths, left, air = 0.0, _LINES[0], [0.0], 0.0, WIDE
    for air in (WIDE, TIGHT):
        for tried in _LINES:
            sizes = [[[_lettered(s, tried, lang)[0] for s in c] for c in r.cells] for r in rows]
            head = max(
                (_lettered(s, tried, lang)[0][0] for r in rows for s in (r.head, *r.firms)),
                default=0.0,
            )
            line = (head - SIDE) / FONT
            beside = [[_lettered(s, line, lang)[0] for s in (r.head, *r.firms)] for r in rows]
            least = [stacked(row, head, air) for row in beside]
            scale, found = columns(least, head, sizes, air)
            if scale > best * 1.005:
                best, most, widths, left = scale, tried, found, head
        if best >= _ENOUGH:
            break
    # What is left of the width is shared out; but letters as on a poster help nobody.
    spare = SCREEN[0] / min(best, MOST_SCALE) - left - sum(w + air.stage for w in widths)
    wider = min(1 + max(0.0, spare) / max(1.0, sum(widths)), 1.6)
    lefts, x = [], left + air.stage
    for wide in widths:
        lefts.append(x)
        x += wide * wider + air.stage
    for n, (at, wide) in enumerate([(0.0, left), *zip(lefts, widths, strict=True)]):
        wide *= wider if n else 1
        name = STAGE_WORDS[stages[n - 1]].pick(lang) if n else _HEADS[lang]
        room = (wide - SIDE) / FONT / _BOLD
        spot = Spot(f"stage|{n}", name, "stage", "", x=at + wide / 2, y=HEAD / 2, w=wide, h=HEAD)
        spot.label = next((t for t in (name, name.split(" ")[0]) if em(t) <= room), "")
        picture.spots.append(spot)
    y = float(HEAD + air.lane + air.edge)
    for row in rows:
        deep = 0.0
        for spots, at, wide, line in (
            ([row.head], 0.0, left, (left - SIDE) / FONT),
            (row.firms, 0.0, left, (left - SIDE) / FONT),
            *((c, x, w * wider, most) for c, x, w in zip(row.cells, lefts, widths, strict=True)),
        ):
            top = y + row.head.h + air.row if spots is row.firms else y
            for spot, label, place in _set(spots, at, top, wide, line, lang, air, line == most):
                spot.label, (spot.x, spot.y, spot.w, spot.h) = label, place
                deep = max(deep, spot.y + spot.h / 2 - y)
            picture.spots += spots
        picture.bands.append((-4, y - air.edge, x - air.stage + 8, deep + 2 * air.edge))
        y += deep + 2 * air.edge + air.lane


def _tall(picture: Picture, rows: list[_Row], stages: list[str], lang: str) -> None:
    """Places for tall screens: lane below lane, and in each the stages one below the other."""
    left, wide, y, air = -TALL / 2 + 6, TALL - 12.0, 0.0, WIDE
    for row in rows:
        top = y
        parts = [("", [row.head]), ("", row.firms)]
        parts += [(STAGE_WORDS[s].pick(lang), c) for s, c in zip(stages, row.cells, strict=True)]
        for caption, spots in parts:
            if not spots:
                continue
            if caption and len(stages) > 1:
                picture.captions.append((caption, y + _CAPTION / 2))
                y += _CAPTION
            end = y
            head = spots[0] is row.head
            line = (wide - SIDE) / FONT if head else _TALL_LINE
            for spot, label, place in _set(spots, left, y, wide, line, lang, air, not head):
                spot.narrow, (spot.px, spot.py, spot.pw, spot.ph) = label, place
                end = max(end, spot.py + spot.ph / 2)
            y = end + air.row
        picture.tall_bands.append((left - 4, top - air.edge, wide + 8, y - top + air.edge))
        y += air.edge + air.lane + 4


def _set(
    spots: Sequence[Spot],
    left: float,
    top: float,
    wide: float,
    most: float,
    lang: str,
    air: Air,
    loose: bool,
) -> Iterator[tuple[Spot, str, Band]]:
    """Boxes in a column like words in lines: each with its label in lines, and its middle and size.

    All boxes of a line are equally high. Lines reach from edge to edge, so that the columns are seen; a last line
    that is short keeps the measure of the one above it where it may be `loose`.
    """
    lettered = [_lettered(s, most, lang) for s in spots]
    rows, y, share = flow([size for size, _ in lettered], wide, air), top, 1.0
    for n, row in enumerate(rows):
        natural = sum(lettered[i][0][0] for i in row)
        room = wide - air.column * (len(row) - 1)
        high_ = max(lettered[i][0][1] for i in row)
        short = n == len(rows) - 1 and natural < 0.8 * room and loose
        share = min(room / natural, share if n else 1.2) if short else room / natural
        x = left
        for i in row:
            w = lettered[i][0][0] * share
            yield spots[i], lettered[i][1], (x + w / 2, y + high_ / 2, w, high_)
            x += w + air.column
        y += high_ + air.row
