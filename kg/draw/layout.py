"""Where each box of the stage graph stands: lanes are segments, columns stages; chosen to fill the screen."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from kg.chain import FIRMS, STAGE_WORDS, Chain, Node
from kg.facts import Facts
from kg.paint import FAMILY, Words, style
from kg.vocab import STAGES
from kg.words import clip, width

# Pixels on the canvas before it is fitted to the screen.
BOX, ROW, GAP, LANE_GAP = 158, 54, 8, 10
# A fitted screen stays readable up to about this many boxes (labels of about 10 px).
LIMIT = 150
# The canvas of a 1440 × 900 screen: columns are chosen so that the chain fills it.
CANVAS = (1376, 690)
# A row with fewer nodes than this goes into the lane of the segment above it.
SMALL = 5


def still() -> dict[str, Any]:
    """The vis-network options that every picture shares: nothing moves, boxes of one width."""
    return {
        "physics": {"enabled": False},
        "interaction": {"hover": True, "keyboard": {"enabled": False}, "multiselect": False},
        "nodes": {
            "margin": {"top": 4, "bottom": 4, "left": 6, "right": 6},
            "widthConstraint": {"minimum": BOX - 16, "maximum": BOX - 16},
            "font": {"size": 16, "color": style()["colour"]["ink"], "face": "sans-serif"},
            "borderWidth": 1.5,
        },
    }


@dataclass
class Spot:
    """One box of the picture: `x`, `y` for wide screens, `px`, `py` for tall ones."""

    id: str
    label: str
    role: str  # "node", "firm", "segment", "stage", "more"
    family: str
    presence: str
    x: float = 0
    y: float = 0
    px: float = 0
    py: float = 0
    count: int = 0


def layout(chain: Chain, facts: Facts, lang: str, limit: int = LIMIT) -> list[Spot]:
    """Every box with its place. Nodes below other nodes are counted on these where there are more than `limit`."""
    words = Words(facts, lang, {})
    shown, hidden = _shown(chain, limit)
    lanes = _lanes(chain, facts, shown)
    heads = ["firms", *(s for s in (*STAGES, "") if any(n.stage == s for n in shown))]
    cells: dict[str, dict[str, list[Spot]]] = {}
    for lane, segments in lanes.items():
        row: dict[str, list[Spot]] = {s: [] for s in heads}
        firms = dict.fromkeys(f for s in segments for f in _firms(chain, facts, s))
        row["firms"] = [Spot(f"{lane}|{f}", words.label(f), "firm", "firm", "") for f in firms]
        for node in shown:
            if node.segment in segments:
                row[node.stage].append(_spot(node, words, hidden))
        cells[lane] = row
    columns = _columns(heads, [{s: len(c) for s, c in row.items()} for row in cells.values()])
    spots: list[Spot] = []
    left, x = {}, BOX + 2 * GAP
    for stage in heads:
        name = STAGE_WORDS[stage].pick(lang) if stage != "firms" else _FIRMS[lang]
        left[stage] = x
        middle = x + (columns[stage] - 1) * (BOX + GAP) / 2
        spots.append(Spot(f"stage:{stage}", name, "stage", "", "", middle, 0, 0, -1e6))
        x += columns[stage] * (BOX + GAP) + 2 * GAP
    y, py = ROW * 1.4, 0.0
    for lane, row in cells.items():
        deep = max(-(-len(c) // columns[s]) for s, c in row.items()) or 1
        middle = y + (deep - 1) * ROW / 2
        spots.append(Spot(lane, words.label(lane), "segment", "segment", "", 0, middle, 0, py))
        py += ROW
        for stage, cell in row.items():
            for n, spot in enumerate(cell):
                line, column = divmod(n, columns[stage])
                spot.x, spot.y = left[stage] + column * (BOX + GAP), y + line * ROW
                spot.px, spot.py = (n % 2 - 0.5) * (BOX + GAP), py + n // 2 * (ROW + 4)
                spots.append(spot)
            py += -(-len(cell) // 2) * (ROW + 4)
        y += deep * ROW + LANE_GAP
        py += LANE_GAP
    return spots


_FIRMS = {"zh": "企业", "en": "Firms"}


def _lanes(chain: Chain, facts: Facts, shown: list[Node]) -> dict[str, list[str]]:
    """Lane (a segment) → the segments drawn in it: small ones go with the segment above them."""
    direct = {s: sum(n.segment == s for n in shown) for s in chain.segments}
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


def _columns(heads: list[str], rows: list[dict[str, int]]) -> dict[str, int]:
    """How many boxes stand side by side in each stage, so that the whole picture is as large as the canvas allows."""
    best, chosen = 0.0, dict.fromkeys(heads, 1)
    choices = [range(1, 2) if s == "firms" else range(1, 7) for s in heads]
    for pick in itertools.product(*choices):
        columns = dict(zip(heads, pick, strict=True))
        wide = BOX + 2 * GAP + sum(c * (BOX + GAP) + 2 * GAP for c in pick)
        lines = sum(max(1, *(-(-row[s] // columns[s]) for s in heads)) for row in rows)
        high = ROW * 2.4 + lines * ROW + len(rows) * LANE_GAP
        scale = min(CANVAS[0] / wide, CANVAS[1] / high)
        if scale > best:
            best, chosen = scale, columns
    return chosen


def _spot(node: Node, words: Words, hidden: dict[str, int]) -> Spot:
    count = hidden.get(node.iri, 0)
    label = words.label(node.iri) + (
        (f"（+{count}）" if words.lang == "zh" else f" (+{count})") if count else ""
    )
    return Spot(
        node.iri, label, "node", FAMILY.get(node.thing.kind, "other"), node.presence, count=count
    )


def _shown(chain: Chain, limit: int) -> tuple[list[Node], dict[str, int]]:
    nodes = list(chain.nodes.values())
    if len(nodes) <= limit:
        return nodes, {}
    tops = [n for n in nodes if n.thing.broader not in chain.nodes]
    hidden: dict[str, int] = {}
    for node in nodes:
        up = node
        while up.thing.broader in chain.nodes:
            up = chain.nodes[up.thing.broader]
        if up is not node:
            hidden[up.iri] = hidden.get(up.iri, 0) + 1
    if len(tops) > limit:
        # The plan's order is kept; what falls off is on the chain page, which the picture says.
        tops = tops[:limit]
    return tops, hidden


def _firms(chain: Chain, facts: Facts, segment: str) -> list[str]:
    found: dict[str, None] = {}
    for claim in chain.listed(segment):
        found[claim.subject] = None
    for node in chain.nodes.values():
        if node.segment == segment:
            own = [
                c
                for c in (*node.present, *node.possible)
                if c.level == "product" and c.object in chain.nodes
            ]
            found.update(dict.fromkeys(c.subject for c in own))
    return [i for i in found if facts.things[i].kind in FIRMS]


def wrap(label: str, lang: str) -> str:
    """`label` in at most two lines of a box; the whole name is in the panel and the table."""
    # Chinese fonts draw curly quotation marks as wide as a character; a terminal counts one column.
    return _two_lines(label.translate(_WIDE), lang).translate(_NARROW)


_WIDE = {ord("“"): "〝", ord("”"): "〞"}
_NARROW = {ord("〝"): "“", ord("〞"): "”"}
_LINE = 16


def _two_lines(label: str, lang: str) -> str:
    if width(label) <= _LINE:
        return label
    if lang == "en" and " " in label:
        lines, line = [], ""
        for word in label.split(" "):
            # Capitals are wider than a terminal's columns tell.
            if line and width(line) + 1 + width(word) > _LINE - 2:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
        two = lines if len(lines) < 3 else [lines[0], " ".join(lines[1:])]
        return "\n".join(clip(x, _LINE - 1) for x in two)
    # Two even lines rather than a full one and an orphan; an ellipsis is drawn two columns wide.
    half = min(_LINE, -(-width(label) // 2) + 1)
    first = clip(label, half + 1).removesuffix("…")
    rest = label[len(first) :]
    return first + "\n" + (rest if width(rest) <= _LINE else clip(rest, _LINE - 1))
