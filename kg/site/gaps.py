"""The list of all findings: its page, the data its filters work on, and the same rows as CSV and workbook."""

from __future__ import annotations

import json
from typing import Any

from kg.gaps import POSITIONS, RULES, Gap
from kg.site.atlas import Atlas
from kg.site.render import render
from kg.table import as_csv, as_xlsx

# The rule that the list shows, for the "3+3", before anybody has chosen; without scripts it is what is read.
FIRST = "d"
PRESENCES = ("present", "possible", "unseen", "absent", "")


def letter(rule: str) -> str:
    """The letter of a rule as the method writes it."""
    return rule.replace("2", "′")


def rule_words(atlas: Atlas) -> list[dict[str, Any]]:
    """The rules with letter, title and what they tell, in the order of the method."""
    return [
        {
            "id": rule.id,
            "letter": letter(rule.id),
            "title": rule.title.pick(atlas.lang),
            "tells": rule.tells.pick(atlas.lang),
        }
        for rule in RULES.values()
    ]


def gaps_page(atlas: Atlas) -> str:
    """The page of all findings: how many by chain and rule, and the list with its filters."""
    counts = {rule: sum(g.rule == rule for g in atlas.gaps) for rule in RULES}
    presences = {p: sum(g.presence == p for g in atlas.gaps) for p in PRESENCES}
    positions = {p: sum(g.position == p for g in atlas.gaps) for p in POSITIONS}
    return render(
        atlas,
        "gaps.html",
        "gaps.html",
        title=atlas.t["gaps_title"],
        total=len(atlas.gaps),
        touched=len(atlas.found),
        rules=[r | {"count": counts[r["id"]]} for r in rule_words(atlas)],
        blocks=_blocks(atlas, counts),
        presences=[
            (p, atlas.presences[p] if p else atlas.t["no_presence"], n)
            for p, n in presences.items()
            if n
        ],
        positions=[(p, POSITIONS[p].pick(atlas.lang), n) for p, n in positions.items() if n],
        first=FIRST,
        rows=[_row(atlas, g) for g in atlas.gaps if g.rule == FIRST and g.chain in atlas.core],
    )


def _blocks(atlas: Atlas, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The rows of the matrix of chains and rules, the "3+3" first, with the sums of both parts and of all."""
    most = {
        r: max((atlas.tally(i)[r] for i in atlas.survey.chains), default=0) or 1 for r in counts
    }
    blocks = []
    for key, own in (("core", True), ("further", False)):
        chains = [i for i in atlas.survey.chains if (i in atlas.core) == own]
        if not chains:
            continue
        rows = [
            {
                "key": atlas.key(i),
                "label": atlas.words.label(i),
                "sum": atlas.tally(i).total(),
                # The deeper of five shades, the nearer to the most of this rule.
                "cells": [
                    (r, atlas.tally(i)[r], -(-5 * atlas.tally(i)[r] // most[r])) for r in counts
                ],
            }
            for i in chains
        ]
        sums = {r: sum(atlas.tally(i)[r] for i in chains) for r in counts}
        blocks.append({
            "key": key,
            "label": atlas.t["core" if own else "other_fields"],
            "rows": rows,
            "sums": sums,
            "sum": sum(sums.values()),
        })
    return blocks


def _row(atlas: Atlas, gap: Gap) -> dict[str, str]:
    return {
        "id": gap.id,
        "href": f"{atlas.card(gap.node)}#{gap.id}",
        "rule": RULES[gap.rule].title.pick(atlas.lang),
        "chain": atlas.words.label(gap.chain),
        "node": atlas.name(gap.node),
        "presence": gap.presence,
        "position": atlas.teller.position(gap),
        "interval": gap.interval.text(atlas.lang),
        "what": gap.what.pick(atlas.lang),
    }


def gaps_script(atlas: Atlas) -> str:
    """The findings as a classic script (file:// knows no fetch): what repeats is listed once and named by number."""
    chains = {i: n for n, i in enumerate(atlas.survey.chains)}
    nodes = {i: n for n, i in enumerate(atlas.found)}
    rules = {r: n for n, r in enumerate(RULES)}
    positions = ["", *POSITIONS]
    spans: dict[tuple[str, float, float], int] = {}
    rows = []
    for gap in atlas.gaps:
        text = gap.interval.text(atlas.lang)
        span = spans.setdefault((text, gap.interval.low, gap.interval.high), len(spans))
        rows.append([
            gap.id.partition("-")[2],
            rules[gap.rule],
            chains[gap.chain],
            nodes[gap.node],
            PRESENCES.index(gap.presence),
            positions.index(gap.position),
            span,
            gap.what.pick(atlas.lang),
        ])
    things = atlas.facts.things
    data = {
        "rules": [[r["id"], r["letter"], r["title"], r["tells"]] for r in rule_words(atlas)],
        "chains": [[atlas.key(i), atlas.words.label(i), i in atlas.core] for i in chains],
        "nodes": [
            [atlas.cards[i], atlas.name(i), atlas.words.other(things[i]) if i in things else ""]
            for i in nodes
        ],
        "presences": [[p, atlas.presences.get(p, "")] for p in PRESENCES],
        "positions": [[p, POSITIONS[p].pick(atlas.lang) if p else ""] for p in positions],
        "spans": [list(s) for s in spans],
        "rows": rows,
    }
    return (
        "window.ATLAS_GAPS=" + json.dumps(data, ensure_ascii=False, separators=(",", ":")) + ";\n"
    )


def gap_files(atlas: Atlas) -> dict[str, bytes]:
    """The list as files to take along, with claims and places in the rows; nothing in them runs as a formula."""
    head = atlas.teller.head(True)
    rows = [atlas.teller.row(g, True) for g in atlas.gaps]
    return {
        # Excel on Windows reads a CSV file without this mark as GBK.
        "gaps.csv": ("\ufeff" + as_csv(head, rows)).encode(),
        "gaps.xlsx": as_xlsx(head, rows, atlas.t["gaps_title"]),
    }
