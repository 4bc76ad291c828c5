"""The stage graph of a chain with pyvis: fixed places computed here, no physics, nothing from another host.

Membership is read from the place (lane = segment, column = stage), not from edges; the edges of a node appear
when it is selected. Stock pyvis loads from a CDN in every mode and lets HTML in through titles and headings: here
it gets its own template and environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.chain import WORDS, Chain
from kg.draw.layout import LIMIT, Picture, Spot, layout, still
from kg.draw.sheet import sheet
from kg.draw.shown import MOST_INSIDE
from kg.draw.told import compact, panel, panels
from kg.facts import Claim, Facts
from kg.paint import (
    STATUS_WORDS,
    Words,
    environment,
    hash_source,
    static,
    style_sheet,
    vis_bundle,
)
from kg.vocab import PREFIXES

__all__ = ["LIMIT", "SCRIPTS", "compact", "layout", "network", "page", "panel", "panels"]

# The scripts of a page with a picture, in the order in which they run.
SCRIPTS = ("panel.js", "graph.js", "picture.js")
# Filters by kind, in this order; what is drawn of no other kind has no filter.
_KINDS = {
    "product": "Product",
    "technology": "Technology",
    "service": "Service",
    "application": "Application",
    "firm": "Firm",
}


def edges(chain: Chain, spots: Sequence[Spot], facts: Facts, words: Words) -> list[dict[str, Any]]:
    """The lines between boxes that are drawn: what feeds into what, and which firm is in which node."""
    at = {s.iri: s.id for s in spots if s.role in ("node", "segment")}
    found = [
        _line(claim, at[claim.subject], at[claim.object], words)
        for claim in chain.edges
        if claim.subject in at and claim.object in at
    ]
    for spot in spots:
        if spot.role != "firm":
            continue
        lane = spot.id.partition("|")[0]
        for claim in facts.outgoing.get(spot.iri, []):
            target = at.get(claim.object)
            if target and (claim.object in chain.nodes or target == lane):
                found.append(_line(claim, spot.id, target, words))
    return found


def _line(claim: Claim, start: str, end: str, words: Words) -> dict[str, Any]:
    dashed = claim.status != "existing" or claim.origin == "domain"
    label = words.label(claim.predicate)
    return {"from": start, "to": end, "label": label, "dashes": dashed}


def network(
    chain: Chain,
    facts: Facts,
    words: Words,
    picture: Picture,
    rules: Mapping[str, list[str]] | None = None,
) -> Any:
    """A pyvis Network with every box and line of `picture` at its place, and our template.

    `rules`: the gap rules with a finding at each node.
    """
    from pyvis.network import Network

    class Stage(Network):  # type: ignore[misc]
        """pyvis with an own template, and its data as values instead of pasted text."""

        def __init__(self) -> None:
            super().__init__(directed=True, cdn_resources="in_line")
            self.templateEnv = environment()
            self.path = "graph.html"

    net = Stage()
    for spot in picture.spots:
        key = spot.iri.rpartition("/")[2]
        more = {
            "key": key if key != spot.id else "",
            "narrow": spot.narrow if spot.narrow != spot.label else "",
            "inside": [i.rpartition("/")[2] for i in spot.inside[:MOST_INSIDE]],
            "beyond": max(0, len(spot.inside) - MOST_INSIDE),
            "rules": (rules or {}).get(spot.iri, []) if spot.role == "node" else [],
            "presence": spot.presence,
        }
        net.add_node(
            spot.id,
            label=spot.label,
            shape="box",
            role=spot.role,
            family=spot.family,
            **_place(spot),
            **{k: v for k, v in more.items() if v},
        )
    # pyvis checks every new edge against all others when undirected; directed edges are simply appended.
    for line in edges(chain, picture.spots, facts, words):
        net.add_edge(line["from"], line["to"], label=line["label"], dashes=line["dashes"])
    net.options = still()
    return net


def _place(spot: Spot) -> dict[str, float]:
    """The box on whole pixels: the same on the canvas, in the SVG and in a test."""
    found: dict[str, float] = {}
    for p in ("", "p"):
        x, y, w, h = (getattr(spot, p + k) for k in "xywh")
        if not w:
            continue
        left, top, right, end = (round(v) for v in (x - w / 2, y - h / 2, x + w / 2, y + h / 2))
        found |= {p + "w": right - left, p + "h": end - top}
        found |= {p + "x": _short((left + right) / 2), p + "y": _short((top + end) / 2)}
    return found


def _short(value: float) -> float:
    return int(value) if value == int(value) else value


class _Templates:
    """The templates as pyvis asks for them, each with the names in `extra` besides those that pyvis hands over."""

    def __init__(self, extra: dict[str, Any]) -> None:
        self._extra = extra

    def get_template(self, name: str) -> _Templates:
        self._template = environment().get_template(name)
        return self

    def render(self, **names: Any) -> str:
        names["nodes"] = [
            # What pyvis adds to every node and is the same for all.
            {k: v for k, v in node.items() if k not in ("color", "shape", "size")}
            for node in names["nodes"]
        ]
        at = {node["id"]: n for n, node in enumerate(names["nodes"])}
        words: dict[str, int] = {}
        # Thousands of lines: numbers of boxes, number of the word, and whether it is dashed.
        names["lines"] = [
            [
                at[e["from"]],
                at[e["to"]],
                words.setdefault(e["label"], len(words)),
                int(e["dashes"]),
            ]
            for e in names.pop("edges")
        ]
        names["line_words"] = list(words)
        return self._template.render(**names, **self._extra)


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

    `single`: everything in one file that can be mailed; otherwise scripts and styles are linked from the site, and
    `context` names as `told_at` the script with what the panels tell.
    `context` holds the template's other names (root, links, `t` the texts of viz/words/), as `more` what a panel says
    of a node besides, and, where gaps are known, as `rules` the rules (id, letter, title) and as `rules_at` those
    found at each node; `sources` names the documents read.
    """
    words, context = Words(facts, lang, labels), dict(context)
    t = context["t"]
    at: Mapping[str, list[str]] = context.pop("rules_at", {})
    more: Callable[[str], dict[str, str]] = context.pop("more", lambda iri: {})
    sayings = {"more_nodes": t["graph_more_nodes"], "more_firms": t["graph_more_firms"]}
    picture = layout(chain, facts, lang, limit, sayings)
    net = network(chain, facts, words, picture, at)
    told = compact(panels(chain, facts, words, picture.shown.reached(), more)) if single else {}
    scripts = [static(name) for name in SCRIPTS]
    bundle = vis_bundle().read_text("utf-8") if single else ""
    nodes = [s for s in picture.spots if s.role == "node"]
    touched = Counter(r for s in nodes for r in at.get(s.iri, ()))
    presences: dict[str, int] = {p: sum(s.presence == p for s in nodes) for p in WORDS}
    title = words.label(chain.industry.iri)
    notes = [context.get("as_of", ""), t["graph_source"].format(names=context.pop("sources", ""))]
    kinds = Counter(s.family for s in nodes)
    kinds["firm"] = len({s.iri for s in picture.spots if s.role == "firm"})
    extra = {
        "lang": lang,
        "words": words,
        "title": title,
        "told": told,
        "told_at": "",
        "scripts": scripts if single else [],
        "bundle": bundle,
        "sheet": style_sheet() if single else "",
        "csp_scripts": " ".join(hash_source(s) for s in (bundle, *scripts)) if single else "'self'",
        "presences": presences,
        "kinds": [
            {"id": k, "word": words.label(PREFIXES["ic"] + c), "count": kinds[k]}
            for k, c in _KINDS.items()
            if kinds[k]
        ],
        "rules": [
            r | {"count": touched[r["id"]]} for r in context.pop("rules", ()) if touched[r["id"]]
        ],
        "as_of": "",
        "presence_words": {p: w.pick(lang) for p, w in WORDS.items()},
        "status_words": STATUS_WORDS[lang],
        "pyvis_options": net.options,
        "bands": [[round(v) for v in b] for b in picture.bands],
        "tall_bands": [[round(v) for v in b] for b in picture.tall_bands],
        "captions": [[c, round(y)] for c, y in picture.captions],
        "folded": _folded(picture, t, limit),
        "paper": sheet(
            net.nodes,
            title=f"{title} · {t['graph']}",
            notes=[x for x in notes if x],
            legend=_legend(presences, kinds["firm"], t, lang),
            bands=picture.bands,
        ),
        **context,
        "single": single,
    }
    # pyvis hands its template nodes and edges; everything else comes with the template itself.
    net.templateEnv = _Templates(extra)
    return str(net.generate_html())


def _legend(
    presences: Mapping[str, int], firms: int, t: Mapping[str, Any], lang: str
) -> list[tuple[str, str]]:
    """The classes of the picture's boxes, with what they mean and how many there are."""
    found: list[tuple[str, str]] = [(p, f"{w.pick(lang)} {presences[p]}") for p, w in WORDS.items()]
    return [*found, *([("firm", f"{t['firms']} {firms}")] if firms else [])]


def _folded(picture: Picture, t: Mapping[str, Any], limit: int) -> str:
    """What is not drawn, and where it is; "" where all is drawn."""
    drawn = len(picture.shown.drawn())
    if drawn == picture.shown.whole:
        return ""
    saying = t["graph_cut"] if picture.shown.most or _has_rest(picture) else t["graph_folded"]
    return str(saying).format(
        limit=limit,
        whole=picture.shown.whole,
        drawn=drawn,
        rest=picture.shown.whole - drawn,
        most=picture.shown.most,
    )


def _has_rest(picture: Picture) -> bool:
    return any(c.rest for lane in picture.shown.lanes for c in lane.cells.values())
