"""The HTML of each kind of page, from the atlas's facts."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from kg.chain import STAGE_WORDS, WORDS, Chain, Node
from kg.draw import page as draw_page
from kg.draw import panel
from kg.facts import Claim, Figure
from kg.gaps.survey import firm_iri
from kg.names import fold
from kg.paint import FAMILY
from kg.site.atlas import Atlas
from kg.site.gaps import rule_words
from kg.site.render import render, shared
from kg.vocab import PREFIXES, STAGES, page_of

_TABLE = PREFIXES["src"] + "1-2-table-"


def index_page(atlas: Atlas) -> str:
    """The first page: chains with their counts, search, indicators, further fields."""
    cards = [_card(atlas, atlas.chains[i]) for i in atlas.core]
    further = [_card(atlas, c) for i, c in atlas.chains.items() if i not in atlas.core]
    facts = atlas.facts
    return render(
        atlas,
        "index.html",
        "index.html",
        title=atlas.t["atlas"],
        chains=cards,
        further=further,
        indicators=_indicator_rows(atlas),
        total={
            "things": len(facts.things),
            "claims": len(facts.claims),
            "passages": len({s for c in facts.claims for s in c.sources}),
        },
        findings=len(atlas.gaps),
        targets=sum(g.rule == "i" for g in atlas.gaps),
    )


def _card(atlas: Atlas, chain: Chain) -> dict[str, Any]:
    low, high, leaves = chain.completeness()
    path = atlas.chain_path(chain.industry.iri)
    helpers = {
        c.subject
        for claims in chain.supporters.values()
        for c in claims
        if c.status != "target" and not atlas.facts.things[c.subject].generic
    }
    return {
        "label": atlas.words.label(chain.industry.iri),
        "other": atlas.words.other(chain.industry),
        "href": path + ".html",
        "graph": path + "-graph.html",
        "segments": len(chain.segments),
        "nodes": len(chain.nodes),
        "firms": len(chain.firms),
        "supporters": len(helpers),
        "low": low,
        "high": high,
        "leaves": leaves,
        "key": atlas.key(chain.industry.iri),
        "unseen": sum(n.presence == "unseen" for n in chain.leaves()),
        "absent": sum(n.presence == "absent" for n in chain.leaves()),
        "declared": atlas.tally(chain.industry.iri)["d"],
        "shares": [round(100 * low / leaves, 2), round(100 * (high - low) / leaves, 2)]
        if leaves
        else [0, 0],
    }


def _indicator_rows(atlas: Atlas) -> list[list[dict[str, Any]]]:
    """The rows of the plan's own table in its order, each with its indicators (one row gives three with "or").

    An indicator has its value of 2020 and its target of 2025.
    """
    facts = atlas.facts
    by: dict[str, dict[str, dict[str, Figure]]] = {}
    for figure in facts.figures:
        row = next((s for s in figure.sources if s.startswith(_TABLE)), "")
        if row and figure.period in ("2020", "2025"):
            by.setdefault(row, {}).setdefault(figure.indicator, {})[figure.period] = figure

    def shown(figure: Figure | None) -> str:
        return f"{figure.printed} {figure.unit} {figure.bound}".strip() if figure else "—"

    return [
        [
            {
                "label": atlas.words.label(indicator),
                "href": atlas.page(indicator),
                "base": shown(by[row][indicator].get("2020")),
                "target": shown(by[row][indicator].get("2025")),
            }
            for indicator in sorted(by[row], key=facts.order)
        ]
        for row in sorted(by, key=lambda r: facts.passages[r].start)
    ]


def _chips(atlas: Atlas, claims: list[Claim], root: str) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for claim in claims:
        thing = atlas.facts.things[claim.subject]
        chip = found.setdefault(
            claim.subject,
            {
                "label": thing.label(atlas.lang),
                "href": root + atlas.page(claim.subject),
                "family": FAMILY.get(thing.kind, "other"),
                "planned": True,
            },
        )
        if claim.status in ("existing", "underway"):
            chip["planned"] = False
    return list(found.values())


def _found(atlas: Atlas, nodes: list[Node], root: str) -> list[dict[str, Any]]:
    """The firms that a check found at these very nodes."""
    firms = {firm_iri(s.firm): s for n in nodes for s in n.checks if s.firm and s.scope == n.iri}
    return [
        {"label": atlas.name(i), "href": atlas.named(i, root), "family": "firm", "planned": False}
        for i in firms
    ]


def chain_page(atlas: Atlas, chain: Chain) -> str:
    """The matrix of a chain: rows are segments, columns stages."""
    root = "../"
    stages = [
        s for s in (*STAGES, "") if any(n.stage == s for n in chain.nodes.values()) or s in STAGES
    ]
    rows = []
    for segment in chain.segments:
        inside = [n for n in chain.nodes.values() if n.segment == segment]
        helpers = [
            c for i in (segment, *(n.iri for n in inside)) for c in chain.supporters.get(i, [])
        ]
        group = chain.listed(segment)
        cells = []
        for stage in stages:
            nodes = chain.cell(segment, stage)
            own = [c for n in nodes for c in n.present if c.object == n.iri]
            firms = [c for c in own if FAMILY.get(atlas.facts.things[c.subject].kind) == "firm"]
            cells.append({
                "stage": STAGE_WORDS[stage].pick(atlas.lang),
                "nodes": [_node(atlas, chain, n, root) for n in nodes],
                "firms": _chips(atlas, firms, root) + _found(atlas, nodes, root),
                "helpers": _chips(atlas, helpers, root) if stage == "support" else [],
            })
        up = atlas.facts.things[segment].broader
        counts = {p: sum(n.presence == p for n in inside) for p in WORDS}
        rows.append({
            "id": segment.rpartition("/")[2],
            "label": atlas.words.label(segment),
            "href": root + atlas.page(segment),
            "up": atlas.words.label(up) if up and up != chain.industry.iri else "",
            "sum": " · ".join(f"{WORDS[p].pick(atlas.lang)} {n}" for p, n in counts.items() if n)
            or ("" if atlas.facts.children.get(segment) else atlas.t["no_products"]),
            "group": _chips(atlas, group, root),
            "cells": cells,
        })
    low, high, leaves = chain.completeness()
    told = {
        n.iri.rpartition("/")[2]: panel(atlas.facts, atlas.words, n.iri, chain, root)
        | atlas.node_words(n.iri, root)
        for n in chain.nodes.values()
    }
    return render(
        atlas,
        "chain.html",
        atlas.chain_path(chain.industry.iri) + ".html",
        title=atlas.words.label(chain.industry.iri),
        other=atlas.words.other(chain.industry),
        graph=page_of(chain.industry.iri).rpartition("/")[2] + "-graph.html",
        rows=rows,
        stages=[{"label": STAGE_WORDS[s].pick(atlas.lang)} for s in stages],
        total=len(chain.nodes),
        firms=len(chain.firms),
        low=low,
        high=high,
        leaves=leaves,
        gaps=sum(n.presence in ("unseen", "absent") for n in chain.nodes.values()),
        rules=_rules(atlas, chain),
        key=atlas.key(chain.industry.iri),
        findings=atlas.tally(chain.industry.iri).total(),
        told=told,
    )


def _node(atlas: Atlas, chain: Chain, node: Node, root: str) -> dict[str, Any]:
    names = [node.thing.zh, node.thing.en, *node.thing.alts]
    names += [atlas.words.label(c.subject) for c in (*node.present, *node.possible)]
    return {
        "id": node.iri.rpartition("/")[2],
        "label": node.thing.label(atlas.lang),
        "presence": node.presence,
        "href": root + atlas.page(node.iri),
        "child": node.thing.broader in chain.nodes
        and chain.nodes[node.thing.broader].stage == node.stage,
        "text": " ".join(dict.fromkeys(names)).lower(),
        "rules": " ".join(atlas.rules_at.get(node.iri, ())),
        "checked": _checked(node),
    }


def _checked(node: Node) -> str:
    """The day of the check by which a node is confirmed absent, "" for any other."""
    if node.presence != "absent":
        return ""
    return max(c.checked_on for c in node.checks if c.verdict == "absent").isoformat()


def _rules(atlas: Atlas, chain: Chain) -> list[dict[str, Any]]:
    """The rules with a finding at a node of the chain, and how many nodes each touches."""
    touched = Counter(r for iri in chain.nodes for r in atlas.rules_at.get(iri, ()))
    return [r | {"count": touched[r["id"]]} for r in rule_words(atlas) if touched[r["id"]]]


def graph_page(atlas: Atlas, chain: Chain) -> str:
    """The stage graph of a chain, drawn with pyvis."""
    path = atlas.chain_path(chain.industry.iri) + "-graph.html"
    context = graph_context(atlas, chain, path) | {"more": lambda iri: atlas.node_words(iri, "../")}
    return draw_page(chain, atlas.facts, atlas.lang, atlas.labels, context, single=False)


def graph_context(atlas: Atlas, chain: Chain, path: str) -> dict[str, Any]:
    """What the graph's template needs beside the picture: words, links and the table below it."""
    root = atlas.ways(path)["root"]
    return {
        **shared(atlas, path),
        "rules": rule_words(atlas),
        "rules_at": atlas.rules_at,
        "matrix": page_of(chain.industry.iri).rpartition("/")[2] + ".html",
        "table": [
            {
                "segment": atlas.words.label(n.segment),
                "label": n.thing.label(atlas.lang),
                "href": root + atlas.page(n.iri),
                "stage": STAGE_WORDS[n.stage].pick(atlas.lang),
                "presence": " ".join((WORDS[n.presence].pick(atlas.lang), _checked(n))).strip(),
            }
            for n in chain.nodes.values()
        ],
    }


def names_script(atlas: Atlas, index: list[dict[str, str | list[str]]]) -> str:
    """The search list as a classic script (file:// knows no fetch): label, other label, kind, page, folded keys."""
    rows = []
    for entry in index:
        thing = atlas.facts.things.get(str(entry["iri"]))
        if thing is None:
            continue
        keys = [fold(k) for k in (thing.zh, *thing.alts, thing.en)]
        keys += [str(k) for k in (*entry["pinyin"], *entry["initials"])]
        kind = atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind)
        rows.append([
            thing.label(atlas.lang),
            atlas.words.other(thing),
            kind,
            atlas.page(thing.iri),
            list(dict.fromkeys(keys)),
        ])
    return (
        "window.ATLAS_NAMES=" + json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + ";\n"
    )
