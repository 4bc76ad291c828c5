"""The stage graph of a chain with pyvis: fixed places computed here, no physics, nothing from another host.

Membership is read from the place (lane = segment, column = stage), not from edges; the edges of a node appear
when it is selected. Stock pyvis loads from a CDN in every mode and lets HTML in through titles and headings: here
it gets its own template and environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.chain import FIRMS, STAGE_WORDS, WORDS, Chain, Node
from kg.facts import Claim, Facts
from kg.paint import (
    FAMILY,
    STATUS_WORDS,
    Words,
    environment,
    hash_source,
    static,
    style,
    style_sheet,
    vis_bundle,
)
from kg.vocab import STAGES, page_of

# Pixels on the canvas before it is fitted to the screen.
BOX, ROW, GAP, LANE_GAP = 168, 46, 14, 26
# A fitted screen stays readable up to about this many boxes (labels of about 10 px).
LIMIT = 150
# Sub-columns per stage on a wide screen: most nodes of the plan are midstream.
COLUMNS = {"firms": 1, "upstream": 2, "midstream": 4, "downstream": 3, "support": 2, "": 1}


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
    spots: list[Spot] = []
    heads = [s for s in ("firms", *STAGES, "") if s == "firms" or any(n.stage == s for n in shown)]
    left, x = {}, BOX + 2 * GAP
    for stage in heads:
        left[stage] = x
        x += COLUMNS[stage] * (BOX + GAP) + 2 * GAP
    for stage in heads:
        if stage == "firms":
            name = "企业" if lang == "zh" else "Firms"
        else:
            name = STAGE_WORDS[stage].pick(lang)
        middle = left[stage] + (COLUMNS[stage] * (BOX + GAP) - GAP) / 2 - BOX / 2
        spots.append(Spot(f"stage:{stage}", name, "stage", "", "", middle, 0, 0, -1e6))
    y, py = ROW * 1.6, 0.0
    rows = [s for s in chain.segments if _row(chain, shown, s)]
    for segment in rows:
        cells: dict[str, list[Spot]] = {s: [] for s in heads}
        for iri in _firms(chain, facts, segment, shown):
            cells["firms"].append(Spot(f"{segment}|{iri}", words.label(iri), "firm", "firm", ""))
        for node in shown:
            if node.segment == segment:
                cells[node.stage].append(_spot(node, words, hidden))
        deep = max(-(-len(c) // COLUMNS[s]) for s, c in cells.items()) or 1
        head = Spot(
            segment,
            words.label(segment),
            "segment",
            "segment",
            "",
            0,
            y + (deep - 1) * ROW / 2,
            0,
            py,
        )
        spots.append(head)
        py += ROW
        for stage, cell in cells.items():
            for n, spot in enumerate(cell):
                column, line = n % COLUMNS[stage], n // COLUMNS[stage]
                spot.x, spot.y = left[stage] + column * (BOX + GAP), y + line * ROW
                spot.px, spot.py = (n % 2 - 0.5) * (BOX + GAP), py + n // 2 * ROW
                spots.append(spot)
            py += -(-len(cell) // 2) * ROW
        y += deep * ROW + LANE_GAP
        py += LANE_GAP
    return spots


def _spot(node: Node, words: Words, hidden: dict[str, int]) -> Spot:
    count = hidden.get(node.iri, 0)
    label = words.label(node.iri) + (f"（+{count}）" if count else "")
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


def _row(chain: Chain, shown: list[Node], segment: str) -> bool:
    return segment in chain.group_actors or any(n.segment == segment for n in shown)


def _firms(chain: Chain, facts: Facts, segment: str, shown: list[Node]) -> list[str]:
    found: dict[str, None] = {}
    for claim in chain.group_actors.get(segment, []):
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


def edges(chain: Chain, spots: list[Spot], facts: Facts, words: Words) -> list[dict[str, Any]]:
    """The lines between boxes that are drawn: what feeds into what, and which firm is in which node."""
    drawn = {s.id for s in spots}
    found = []
    for claim in chain.edges:
        if claim.subject in drawn and claim.object in drawn:
            found.append(_line(claim, claim.subject, claim.object, words))
    for spot in spots:
        if spot.role != "firm":
            continue
        segment, _, firm = spot.id.partition("|")
        for claim in facts.outgoing.get(firm, []):
            target = chain.nodes.get(claim.object)
            if target and claim.object in drawn and target.segment == segment:
                found.append(_line(claim, spot.id, claim.object, words))
            elif claim.object == segment and segment in drawn:
                found.append(_line(claim, spot.id, segment, words))
    return found


def _line(claim: Claim, start: str, end: str, words: Words) -> dict[str, Any]:
    return {
        "from": start,
        "to": end,
        "label": words.label(claim.predicate),
        "domain": claim.origin == "domain",
        "dashes": claim.status != "existing" or claim.origin == "domain",
    }


def network(chain: Chain, facts: Facts, lang: str, words: Words, limit: int = LIMIT) -> Any:
    """A pyvis Network with every box and line at its place, and our template."""
    from pyvis.network import Network

    class Stage(Network):  # type: ignore[misc]
        """pyvis with an own template, and its data as values instead of pasted text."""

        def __init__(self) -> None:
            super().__init__(directed=True, cdn_resources="in_line")
            self.templateEnv = environment()
            self.path = "graph.html"

    tokens = style()
    spots = layout(chain, facts, lang, limit)
    picture = Stage()
    for spot in spots:
        look = tokens["presence"].get(spot.presence) or tokens["kind"].get(
            spot.family, tokens["kind"]["industry"]
        )
        picture.add_node(
            spot.id,
            label=_wrap(spot.label, lang) if spot.role != "stage" else spot.label,
            shape="box",
            color={"background": look["ground"], "border": look["border"]},
            x=spot.x,
            y=spot.y,
            px=spot.px,
            py=spot.py,
            role=spot.role,
            family=spot.family,
            presence=spot.presence,
            level=0,
        )
    # pyvis checks every new edge against all others when undirected; directed edges are simply appended.
    for line in edges(chain, spots, facts, words):
        picture.add_edge(
            line["from"], line["to"], label=line["label"], dashes=line["dashes"], hidden=True
        )
    picture.options = {
        "physics": {"enabled": False},
        "interaction": {"hover": True, "keyboard": {"enabled": False}, "multiselect": False},
        "nodes": {
            "margin": {"top": 7, "bottom": 7, "left": 8, "right": 8},
            "widthConstraint": {"minimum": BOX - 16, "maximum": BOX - 16},
            "font": {"size": 15, "color": tokens["colour"]["ink"], "face": "sans-serif"},
            "borderWidth": 1.5,
        },
        "edges": {
            "color": {"color": tokens["colour"]["accent"]},
            "font": {"size": 12, "align": "middle", "background": tokens["colour"]["ground"]},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal"},
        },
    }
    return picture


def _wrap(label: str, lang: str) -> str:
    """`label` in at most two lines of a box; the whole name is in the panel and the table."""
    from kg.words import clip, width

    most = 19
    if width(label) <= most:
        return label
    if lang == "en" and " " in label:
        lines, line = [], ""
        for word in label.split(" "):
            if line and width(line) + 1 + width(word) > most:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
        return "\n".join(
            clip(x, most) for x in (lines if len(lines) < 3 else [lines[0], " ".join(lines[1:])])
        )
    first = clip(label, most + 1).removesuffix("…")
    return first + "\n" + clip(label[len(first) :], most)


def page(
    chain: Chain,
    facts: Facts,
    lang: str,
    labels: dict[str, str],
    context: dict[str, Any],
    single: bool = True,
    limit: int = LIMIT,
) -> str:
    """The HTML page of the stage graph.

    `single`: everything in one file that can be mailed; otherwise scripts and styles are linked from the site.
    `context` holds the template's other names (root, links).
    """
    words = Words(facts, lang, labels)
    picture = network(chain, facts, lang, words, limit)
    root = context.get("root", "")
    told = {}
    for node in picture.nodes:
        iri = node["id"].rpartition("|")[2]
        if iri in facts.things and node["role"] != "stage":
            told[node["id"]] = panel(facts, words, iri, chain, root)
    scripts = [static("panel.js"), static("graph.js")]
    bundle = vis_bundle().read_text("utf-8") if single else ""
    counts: dict[str, int] = {"firm": 0}
    for node in picture.nodes:
        if node["role"] in ("node", "firm"):
            counts[node["family"]] = counts.get(node["family"], 0) + 1
    presences = {p: sum(n["presence"] == p for n in picture.nodes) for p in WORDS}
    extra = {
        "single": single,
        "lang": lang,
        "chain": chain,
        "words": words,
        "title": words.label(chain.industry.iri),
        "told": told,
        "scripts": scripts if single else [],
        "bundle": bundle,
        "sheet": style_sheet() if single else "",
        "csp_scripts": " ".join(hash_source(s) for s in (bundle, *scripts)) if single else "'self'",
        "counts": counts,
        "presences": presences,
        "presence_words": {p: w.pick(lang) for p, w in WORDS.items()},
        "status_words": STATUS_WORDS[lang],
        "kinds": style()["kind"],
        "page_of": page_of,
        "pyvis_options": picture.options,
        **context,
    }
    # pyvis hands its template nodes and edges; everything else comes with the template itself.
    picture.templateEnv = environment().overlay()
    picture.templateEnv.globals = {**environment().globals, **extra}
    return str(picture.generate_html())


def panel(facts: Facts, words: Words, iri: str, chain: Chain | None, root: str) -> dict[str, Any]:
    """What a panel shows of one thing: names, kind, presence, page and its facts."""
    thing = facts.things[iri]
    node = chain.nodes.get(iri) if chain else None
    claims = [*facts.outgoing.get(iri, []), *facts.incoming.get(iri, [])]
    return {
        "label": thing.label(words.lang),
        "other": words.other(thing),
        "kind": thing.kind,
        "presence": node.presence if node else "",
        "href": root + page_of(iri) + ".html",
        "facts": [words.fact(c, iri, root) for c in claims[:40]],
        "more": max(0, len(claims) - 40),
    }
