"""The stage graph of a chain with pyvis: fixed places computed here, no physics, nothing from another host.

Membership is read from the place (lane = segment, column = stage), not from edges; the edges of a node appear
when it is selected. Stock pyvis loads from a CDN in every mode and lets HTML in through titles and headings: here
it gets its own template and environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from kg.chain import WORDS, Chain
from kg.draw.layout import LIMIT, Spot, layout, still, wrap
from kg.facts import Claim, Facts
from kg.paint import (
    STATUS_WORDS,
    Words,
    environment,
    hash_source,
    static,
    style,
    style_sheet,
    vis_bundle,
)
from kg.vocab import page_of, reading_rank


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
            if target and claim.object in drawn:
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


def network(
    chain: Chain,
    facts: Facts,
    lang: str,
    words: Words,
    limit: int = LIMIT,
    rules: Mapping[str, list[str]] | None = None,
) -> Any:
    """A pyvis Network with every box and line at its place, and our template.

    `rules`: the gap rules with a finding at each node.
    """
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
            label=wrap(spot.label, lang) if spot.role != "stage" else spot.label,
            shape="box",
            color={"background": look["ground"], "border": look["border"]},
            x=spot.x,
            y=spot.y,
            px=spot.px,
            py=spot.py,
            role=spot.role,
            family=spot.family,
            presence=spot.presence,
            rules=(rules or {}).get(spot.id, []),
            level=0,
        )
    # pyvis checks every new edge against all others when undirected; directed edges are simply appended.
    for line in edges(chain, spots, facts, words):
        picture.add_edge(
            line["from"], line["to"], label=line["label"], dashes=line["dashes"], hidden=True
        )
    picture.options = {
        **still(),
        "edges": {
            "color": {"color": tokens["colour"]["accent"]},
            "font": {"size": 12, "align": "middle", "background": tokens["colour"]["ground"]},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal"},
        },
    }
    return picture


class _Templates:
    """The templates as pyvis asks for them, each with the names in `extra` besides those that pyvis hands over."""

    def __init__(self, extra: dict[str, Any]) -> None:
        self._extra = extra

    def get_template(self, name: str) -> _Templates:
        self._template = environment().get_template(name)
        return self

    def render(self, **names: Any) -> str:
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

    `single`: everything in one file that can be mailed; otherwise scripts and styles are linked from the site.
    `context` holds the template's other names (root, links), as `more` what a panel says of a node besides,
    and, where gaps are known, as `rules` the rules (id, letter, title) and as `rules_at` those found at each node.
    """
    words = Words(facts, lang, labels)
    root = context.get("root", "")
    context = dict(context)
    at: Mapping[str, list[str]] = context.pop("rules_at", {})
    picture = network(chain, facts, lang, words, limit, at)
    more: Callable[[str], dict[str, str]] = context.pop("more", lambda iri: {})
    told = {}
    for node in picture.nodes:
        iri = node["id"].rpartition("|")[2]
        if iri in facts.things and node["role"] != "stage":
            told[node["id"]] = panel(facts, words, iri, chain, root) | more(iri)
            if single:
                # A file that is mailed alone has no pages beside it.
                told[node["id"]]["href"] = ""
    scripts = [static("panel.js"), static("graph.js")]
    bundle = vis_bundle().read_text("utf-8") if single else ""
    firms = {n["id"].rpartition("|")[2] for n in picture.nodes if n["role"] == "firm"}
    counts = {"firm": len(firms)}
    touched = Counter(r for n in picture.nodes for r in n["rules"])
    rules = [r | {"count": touched[r["id"]]} for r in context.pop("rules", ()) if touched[r["id"]]]
    presences = {p: sum(n["presence"] == p for n in picture.nodes) for p in WORDS}
    extra = {
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
        "rules": rules,
        "as_of": "",
        "presence_words": {p: w.pick(lang) for p, w in WORDS.items()},
        "status_words": STATUS_WORDS[lang],
        "kinds": style()["kind"],
        "pyvis_options": picture.options,
        **context,
        "single": single,
    }
    # pyvis hands its template nodes and edges; everything else comes with the template itself.
    picture.templateEnv = _Templates(extra)
    return str(picture.generate_html())


def panel(facts: Facts, words: Words, iri: str, chain: Chain | None, root: str) -> dict[str, Any]:
    """What a panel shows of one thing: names, kind, presence, page and its facts."""
    thing = facts.things[iri]
    node = chain.nodes.get(iri) if chain else None
    claims = [*facts.outgoing.get(iri, []), *facts.incoming.get(iri, [])]
    claims.sort(key=lambda c: reading_rank(c.name))
    return {
        "label": thing.label(words.lang),
        "other": words.other(thing),
        "kind": thing.kind,
        "presence": node.presence if node else "",
        "href": root + page_of(iri) + ".html",
        "facts": [words.fact(c, iri, root) for c in claims[:40]],
        "more": max(0, len(claims) - 40),
    }
