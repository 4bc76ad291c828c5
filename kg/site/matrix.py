"""The matrix of a chain: rows are segments, columns stages; nodes with their presence, who is in them, who supports them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from kg.chain import STAGE_WORDS, WORDS, Chain, Node
from kg.facts import Claim
from kg.gaps.survey import firm_iri
from kg.paint import FAMILY
from kg.site.atlas import Atlas
from kg.site.gaps import rule_words
from kg.site.paper import Row, em, fit
from kg.site.render import render
from kg.vocab import PREFIXES, STAGES

# Where no stage is stated, what supports stands beside it, as on the right of the four stages.
_COLUMNS = (*(s for s in STAGES if s != "support"), "", "support")
_KINDS = ("product", "technology", "service", "application")
_FAMILIES = ("firm", "platform", "institute", "park", "government", "other")
# Of several claims the one that is furthest along tells how sure an actor is.
_STATUSES = ("existing", "underway", "planned", "target")


def chain_page(atlas: Atlas, chain: Chain) -> str:
    """The matrix of a chain: rows are segments, columns stages."""
    root, industry = "../", chain.industry.iri
    segments = list(chain.segments)
    if industry not in segments and (chain.listed(industry) or chain.supporters.get(industry)):
        segments.append(industry)
    rows = [_row(atlas, chain, s, root) for s in segments]
    # The "3+3" keep their four stages; a field for which the plan states none has no column for them.
    stages = [
        s
        for s in _COLUMNS
        if any(r["cells"][s]["any"] for r in rows) or (s in STAGES and industry in atlas.core)
    ]
    for row in rows:
        row["cells"] = [row["cells"][s] for s in stages]
    paper = fit([_on_paper(atlas, r) for r in rows], len(stages))
    low, high, leaves = chain.completeness()
    families = _families(rows)
    key = atlas.key(industry)
    return render(
        atlas,
        "chain.html",
        atlas.chain_path(industry) + ".html",
        title=atlas.words.label(industry),
        other=atlas.words.other(chain.industry),
        graph=key + "-graph.html",
        rows=rows,
        stages=[{"label": STAGE_WORDS[s].pick(atlas.lang)} for s in stages],
        shares=[f"{round(s, 2):g}" for s in paper.shares],
        size=f"{paper.size:g}",
        flow=paper.flow,
        total=len(chain.nodes),
        firms=families["firm"],
        low=low,
        high=high,
        leaves=leaves,
        gaps=sum(n.presence in ("unseen", "absent") for n in chain.nodes.values()),
        kinds=_kinds(atlas, chain, families),
        rules=_rules(atlas, chain),
        key=key,
        findings=atlas.tally(industry).total(),
        day=atlas.survey.today.isoformat(),
    )


def _row(atlas: Atlas, chain: Chain, segment: str, root: str) -> dict[str, Any]:
    """A row of the matrix, with a cell for each stage."""
    inside = [n for n in chain.nodes.values() if n.segment == segment]
    helpers = [c for i in (segment, *(n.iri for n in inside)) for c in chain.supporters.get(i, [])]
    cells = {}
    for stage in _COLUMNS:
        nodes = chain.cell(segment, stage)
        cell = {
            "stage": STAGE_WORDS[stage].pick(atlas.lang),
            "nodes": [_node(atlas, chain, n, root) for n in nodes],
            "firms": _chips(atlas, (c for n in nodes for c in _own(atlas, n)), root)
            + _found(atlas, nodes, root),
            "helpers": _chips(atlas, helpers, root) if stage == "support" else [],
        }
        cells[stage] = cell | {"any": any(cell[k] for k in ("nodes", "firms", "helpers"))}
    up = atlas.facts.things[segment].broader
    counts = {p: sum(n.presence == p for n in inside) for p in WORDS}
    whole = segment == chain.industry.iri
    return {
        "id": segment.rpartition("/")[2],
        "label": atlas.words.label(segment),
        "href": root + atlas.page(segment),
        "up": atlas.t["whole_chain"]
        if whole
        else atlas.words.label(up)
        if up and up != chain.industry.iri
        else "",
        "sum": " · ".join(f"{WORDS[p].pick(atlas.lang)} {n}" for p, n in counts.items() if n)
        or ("" if whole or atlas.facts.children.get(segment) else atlas.t["no_products"]),
        "group": _chips(atlas, chain.listed(segment), root),
        "cells": cells,
    }


def _own(atlas: Atlas, node: Node) -> list[Claim]:
    """The claims that tie a firm to this very node, also those that are only underway or planned."""
    return [
        c
        for c in (*node.present, *node.possible)
        if c.object == node.iri
        and c.level != "group"
        and FAMILY.get(atlas.facts.things[c.subject].kind) == "firm"
    ]


def _chips(atlas: Atlas, claims: Iterable[Claim], root: str) -> list[dict[str, Any]]:
    """The subjects of `claims`, each once, with the word for its status where it does not exist yet."""
    best: dict[str, str] = {}
    for claim in claims:
        known = best.setdefault(claim.subject, claim.status)
        best[claim.subject] = min(known, claim.status, key=_STATUSES.index)
    words = atlas.t["chip_status"]
    return [
        {
            "label": atlas.words.label(iri),
            "href": root + atlas.page(iri),
            "family": FAMILY.get(atlas.facts.things[iri].kind, "other"),
            "status": words.get(status, ""),
        }
        for iri, status in best.items()
    ]


def _found(atlas: Atlas, nodes: list[Node], root: str) -> list[dict[str, Any]]:
    """The firms that a check found at these very nodes."""
    firms = {firm_iri(s.firm): s for n in nodes for s in n.checks if s.firm and s.scope == n.iri}
    return [
        {"label": atlas.name(i), "href": atlas.named(i, root), "family": "firm", "status": ""}
        for i in firms
    ]


def _node(atlas: Atlas, chain: Chain, node: Node, root: str) -> dict[str, Any]:
    names = [node.thing.zh, node.thing.en, *node.thing.alts]
    names += [atlas.words.label(c.subject) for c in (*node.present, *node.possible)]
    kind = node.thing.kind.lower()
    return {
        "id": node.iri.rpartition("/")[2],
        "label": node.thing.label(atlas.lang),
        "kind": kind,
        "mark": atlas.t["kind_marks"].get(kind, ""),
        "presence": node.presence,
        "href": root + atlas.page(node.iri),
        "child": node.thing.broader in chain.nodes
        and chain.nodes[node.thing.broader].stage == node.stage,
        "text": " ".join(dict.fromkeys(names)).lower(),
        "rules": " ".join(atlas.rules_at.get(node.iri, ())),
        "checked": checked(node),
        "who": _who(atlas, node, root),
    }


def _who(atlas: Atlas, node: Node, root: str) -> str:
    """The firms of a node for the downloaded table: its own, then those listed for its group, marked so."""

    def names(chips: Sequence[dict[str, Any]]) -> str:
        comma: str = atlas.t["name_comma"]
        return comma.join(
            c["label"] + (f" [{c['status']}]" if c["status"] else "")
            for c in chips
            if c["family"] == "firm"
        )

    group = names(_chips(atlas, (c for c in node.possible if c.level == "group"), root))
    own = names(_chips(atlas, _own(atlas, node), root) + _found(atlas, [node], root))
    parts = [own, atlas.t["group_firms"] + atlas.t["colon"] + group if group else ""]
    semicolon: str = atlas.t["name_semicolon"]
    return semicolon.join(p for p in parts if p)


def checked(node: Node) -> str:
    """The day of the check by which a node is confirmed absent, "" for any other."""
    if node.presence != "absent":
        return ""
    return max(c.checked_on for c in node.checks if c.verdict == "absent").isoformat()


def _families(rows: list[dict[str, Any]]) -> Counter[str]:
    """How many actors of each family stand in the matrix, each counted once."""
    seen = {
        (chip["family"], chip["href"] or chip["label"])
        for row in rows
        for chips in (row["group"], *(c[k] for c in row["cells"] for k in ("firms", "helpers")))
        for chip in chips
    }
    return Counter(family for family, _ in seen)


def _kinds(atlas: Atlas, chain: Chain, families: Counter[str]) -> list[dict[str, Any]]:
    """What stands in the matrix by kind, with its count: nodes first, then actors."""
    nodes = Counter(n.thing.kind for n in chain.nodes.values())
    order = {k: n for n, k in enumerate(_KINDS)}
    found = [
        {
            "id": kind.lower(),
            "word": atlas.labels.get(PREFIXES["ic"] + kind, kind),
            "mark": atlas.t["kind_marks"].get(kind.lower(), ""),
            "count": nodes[kind],
            "actor": False,
        }
        for kind in sorted(nodes, key=lambda k: (order.get(k.lower(), len(order)), k))
    ]
    return found + [
        {"id": f, "word": atlas.t["families"][f], "mark": "", "count": families[f], "actor": True}
        for f in _FAMILIES
        if families[f]
    ]


def _rules(atlas: Atlas, chain: Chain) -> list[dict[str, Any]]:
    """The rules with a finding at a node of the chain, and how many nodes each touches."""
    touched = Counter(r for iri in chain.nodes for r in atlas.rules_at.get(iri, ()))
    return [r | {"count": touched[r["id"]]} for r in rule_words(atlas) if touched[r["id"]]]


def _on_paper(atlas: Atlas, row: dict[str, Any]) -> Row:
    """A row as the sheet of A3 sees it: the widths of what stands in it."""

    def node(n: dict[str, Any]) -> float:
        word = f"{atlas.presences[n['presence']]} {n['checked']}".strip()
        return em(n["label"]) + em(n["mark"]) + 0.95 * em(word) + (2.3 if n["child"] else 1.5)

    def chip(c: dict[str, Any]) -> float:
        return em(c["label"]) + (0.95 * em(c["status"]) + 0.3 if c["status"] else 0) + 1.2

    head = em(row["up"] + row["label"]) + em(row["sum"]) + 2
    if row["group"]:
        head += em(atlas.t["group_firms"]) + sum(chip(c) + 0.5 for c in row["group"]) * 1.15
    return Row(
        head,
        [
            [
                *map(node, cell["nodes"]),
                *map(chip, cell["firms"]),
                *map(chip, cell["helpers"]),
            ]
            for cell in row["cells"]
        ],
    )
