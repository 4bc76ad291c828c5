"""A picture as SVG, from the same places as the canvas: for paper, for readers without scripts, and to be saved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from kg.draw.letters import FACE, em
from kg.draw.svg import figure_of as n
from kg.paint import style

# Dots and dashes of a border that is not solid.
DASHES = {"possible": "6 4", "unseen": "2 3", "more": "4 3"}
# The height of a line of letters of 16 pixels, and of a box with so many.
_LINE, _PAD = 17.0, 8
_ROUND = 4
# Classes of boxes that no thing stands behind; the page's own classes must not reach into the picture.
_ROLES = {"stage": "sh", "more": "more"}


def _css(looks: set[str]) -> str:
    """The look of the classes in `looks`, colours as numbers, so that a saved file needs no other."""
    tokens = style()
    colour = tokens["colour"]
    ink, quiet, accent = colour["ink"], colour["quiet"], colour["accent"]
    brand, light = colour["brand"], colour["brand-ink"]
    rules = [
        f" text{{font:16px {FACE};text-anchor:middle;fill:{ink}}}",
        " .st text{text-anchor:start}",
        " rect{stroke-width:1.5}",
        f" .sl{{fill:{colour['band']};stroke:none}}",
        f" .sh rect,.sheet .sm rect{{fill:{brand}}}",
        f" .sh text,.sheet .sm text{{fill:{light};font-weight:700}}",
        " .segment text{font-weight:700}",
        f" path{{fill:none;stroke:{accent};stroke-width:1.6}}",
        f" .sa{{fill:{accent};stroke:none}}",
        f" .ss text{{fill:{quiet}}}",
    ]
    for name, look in (*tokens["kind"].items(), *tokens["presence"].items()):
        if name in looks:
            rules.append(f" .{name} rect{{fill:{look['ground']};stroke:{look['border']}}}")
    rules.append(f" .present .sb{{fill:{tokens['presence']['present']['border']};stroke:none}}")
    rules += [f" .{name} rect{{stroke-dasharray:{dashes}}}" for name, dashes in DASHES.items()]
    rules += [
        f" .absent .sw{{fill:{tokens['presence']['absent']['border']};font-weight:700}}",
        f" .more rect{{fill:{colour['ground']};stroke:{quiet}}}",
        f" .more text{{fill:{accent}}}",
    ]
    return "".join(".sheet" + rule for rule in rules)


def look_of(node: Mapping[str, Any]) -> str:
    """The class of a box: its presence, or what it is."""
    role, presence = node.get("role") or "", node.get("presence") or ""
    if role == "node" and presence:
        return str(presence)
    return _ROLES.get(role) or str(node.get("family") or "other")


def size_of(node: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height of a box; where a picture gives none, those of a box of one width."""
    lines = node["label"].count("\n") + 1
    return node.get("w") or 142, node.get("h") or lines * 18 + 8


def sheet(
    nodes: Sequence[Mapping[str, Any]],
    edges: Iterable[Mapping[str, Any]] = (),
    *,
    title: str,
    notes: Sequence[str],
    legend: Sequence[tuple[str, str]],
    bands: Iterable[tuple[float, float, float, float]] = (),
) -> Markup:
    """The picture of `nodes` and `edges` (as pyvis holds them) with title, legend (class, words) and notes."""
    drawn = [x for x in nodes if x.get("role") != "turn"]
    boxes = [(x["x"], x["y"], *size_of(x)) for x in drawn]
    left = min((x - w / 2 for x, _, w, _ in boxes), default=0) - 12
    right = max((x + w / 2 for x, _, w, _ in boxes), default=400) + 12
    top = min((y - h / 2 for _, y, _, h in boxes), default=0) - 12
    end = max((y + h / 2 for _, y, _, h in boxes), default=100) + 12
    # A small picture still has room for its title.
    right = max(right, left + 640)
    zoom = max(1.0, (right - left) / 1400)
    parts = [
        f'<rect class="sl" x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="4"/>'
        for x, y, w, h in bands
    ]
    parts += _lines(nodes, edges)
    parts += map(_box, drawn)
    foot, height = _foot(left, right, end, zoom, notes, legend)
    head = 34 * zoom
    name = escape(title)
    return Markup(
        f'<svg class="sheet" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}"'
        f' viewBox="{n(left)} {n(top - head)} {n(right - left)} {n(end - top + head + height)}">'
        f"<style>{_css({*map(look_of, drawn), *(look for look, _ in legend)})}</style>"
        f'<rect x="{n(left)}" y="{n(top - head)}" width="100%" height="100%" fill="#fff"/>'
        f'<g class="st"><text x="{n(left + 12)}" y="{n(top - head / 3)}"'
        f' style="font-size:{n(22 * zoom)}px;font-weight:700">{name}</text></g>'
        f"{''.join(parts)}{foot}</svg>"
    )


def _box(node: Mapping[str, Any]) -> str:
    w, h = size_of(node)
    role, presence, look = node.get("role"), node.get("presence"), look_of(node)
    x, y = node["x"] - w / 2, node["y"] - h / 2
    round_ = min(h / 2, 12) if role == "firm" else 0 if role == "stage" else _ROUND
    said = [
        f'<g class="b {look}"><rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(round_)}"/>'
    ]
    if presence == "absent":
        said.append(
            f'<rect x="{n(x + 3)}" y="{n(y + 3)}" width="{n(w - 6)}" height="{n(h - 6)}" rx="2"/>'
        )
    elif presence == "present" and role == "node":
        said.append(f'<rect class="sb" x="{n(x)}" y="{n(y)}" width="4" height="{n(h)}"/>')
    lines = node["label"].split("\n") if node["label"] else []
    size = 13 if role == "firm" and not node.get("w") else 16
    pitch = min(_LINE, (h - 2) / max(1, len(lines)))
    at = node["y"] - pitch * len(lines) / 2 + pitch / 2 + size * 0.35
    for i, line in enumerate(lines):
        extra = ' class="sw"' if presence == "absent" and i == 0 and len(lines) > 1 else ""
        extra += f' style="font-size:{size}px"' if size != 16 else ""
        said.append(
            f'<text x="{n(node["x"])}" y="{n(at + i * pitch)}"{extra}>{escape(line)}</text>'
        )
    said.append("</g>")
    if mark := node.get("mark"):
        wide = em(mark) * 15 + 12
        said.append(
            f'<g class="sm"><rect x="{n(x - 8)}" y="{n(y - 11)}" width="{n(wide)}" height="22"/>'
            f'<text x="{n(x - 8 + wide / 2)}" y="{n(y + 5)}">{escape(mark)}</text></g>'
        )
    return "".join(said)


def _lines(nodes: Sequence[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> list[str]:
    at = {x["id"]: x for x in nodes}
    said = []
    for edge in edges:
        a, b = at[edge["from"]], at[edge["to"]]
        (x1, y1), (x2, y2) = _border(a, b), _border(b, a)
        middle = (y1 + y2) / 2
        if edge.get("curved"):
            way = f"M{n(x1)} {n(y1)}C{n(x1)} {n(middle)} {n(x2)} {n(middle)} {n(x2)} {n(y2)}"
            turn = math.atan2(y2 - y1, 0)
        else:
            way, turn = f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}", math.atan2(y2 - y1, x2 - x1)
        dashes = ' stroke-dasharray="5 4"' if edge.get("dashes") else ""
        said.append(f'<path d="{way}"{dashes}/>')
        if edge.get("arrows"):
            corners = [(0.0, 0.0)] + [
                (-11 * math.cos(turn + d), -11 * math.sin(turn + d)) for d in (0.45, -0.45)
            ]
            tip = " ".join(f"{n(x2 + dx)},{n(y2 + dy)}" for dx, dy in corners)
            said.append(f'<polygon class="sa" points="{tip}"/>')
    return said


def _border(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[float, float]:
    """Where a line from `a` to `b` leaves the box of `a`."""
    w, h = (4, 4) if a.get("role") == "turn" else size_of(a)
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    if not dx and not dy:
        return a["x"], a["y"]
    share = min(w / 2 / abs(dx) if dx else math.inf, h / 2 / abs(dy) if dy else math.inf)
    return a["x"] + dx * share, a["y"] + dy * share


def _foot(
    left: float,
    right: float,
    top: float,
    zoom: float,
    notes: Sequence[str],
    legend: Sequence[tuple[str, str]],
) -> tuple[str, float]:
    """The legend and the notes below the picture, and how high they are."""
    size = 14 * zoom
    x, y = left + 12, top + size * 1.2
    said = ['<g class="st ss">']
    for look, words in legend:
        wide = (em(words) + 3.2) * size
        if x + wide > right and x > left + 12:
            x, y = left + 12, y + size * 1.7
        inner = (
            f'<rect x="{n(x + 3)}" y="{n(y - size * 0.85 + 3)}" width="{n(size * 1.6 - 6)}" height="{n(size - 6)}"/>'
            if look == "absent"
            else ""
        )
        said.append(
            f'<g class="{look}"><rect x="{n(x)}" y="{n(y - size * 0.85)}" width="{n(size * 1.6)}"'
            f' height="{n(size)}" rx="{n(size / 2 if look == "firm" else 2)}"/>{inner}</g>'
            f'<text x="{n(x + size * 2)}" y="{n(y)}" style="font-size:{n(size)}px">{escape(words)}</text>'
        )
        x += wide
    for note in notes:
        y += size * 1.6
        said.append(
            f'<text x="{n(left + 12)}" y="{n(y)}" style="font-size:{n(size)}px">{escape(note)}</text>'
        )
    said.append("</g>")
    return "".join(said), y + size - top
