"""The page of declared targets: each against the firms, platforms, parks, talent and policies that stand behind it."""

from __future__ import annotations

from typing import Any

from kg.gaps import Gap
from kg.gaps.matrix import COLUMNS
from kg.gaps.wishes import STRENGTH, WISH_WORDS
from kg.paint import FAMILY
from kg.site.atlas import Atlas
from kg.site.render import render

# Actors shown in a cell; the rest is on the card.
_MOST = 4


def evidence_page(atlas: Atlas) -> str:
    """The matrix of rule i: rows are declared targets by chain and verb, columns what stands behind them."""
    rows = [g for g in atlas.gaps if g.rule == "i"]
    blocks = []
    for industry in atlas.survey.chains:
        inside = [g for g in rows if g.chain == industry]
        if not inside:
            continue
        verbs = [
            {
                "verb": verb,
                "word": WISH_WORDS[verb].pick(atlas.lang),
                "rows": [_row(atlas, g) for g in inside if g.details["verb"] == verb],
            }
            for verb in STRENGTH
        ]
        blocks.append({
            "key": atlas.key(industry),
            "label": atlas.words.label(industry),
            "verbs": [v for v in verbs if v["rows"]],
            **_sums(inside),
        })
    verbs_used = {g.details["verb"] for g in rows}
    return render(
        atlas,
        "evidence.html",
        "evidence.html",
        title=atlas.t["evidence_title"],
        columns=[w.pick(atlas.lang) for w in COLUMNS.values()],
        blocks=blocks,
        whole=_sums(rows),
        verbs=[(v, w.pick(atlas.lang)) for v, w in WISH_WORDS.items() if v in verbs_used],
    )


def _sums(rows: list[Gap]) -> dict[str, Any]:
    """How many targets, how many of them without legs, and for each column the certain and the possible ones."""
    states = {k: [g.details["cells"][k]["state"] for g in rows] for k in COLUMNS}
    return {
        "total": len(rows),
        "none": sum(g.details["no_legs"] for g in rows),
        "columns": [
            (sum(s == "present" for s in found), sum(s in ("present", "possible") for s in found))
            for found in states.values()
        ],
    }


def _row(atlas: Atlas, gap: Gap) -> dict[str, Any]:
    thing = atlas.facts.things[gap.node]
    return {
        "label": thing.label(atlas.lang),
        "href": f"{atlas.card(gap.node)}#{gap.id}",
        "id": gap.id,
        "text": " ".join(dict.fromkeys((thing.zh, thing.en, *thing.alts))).lower(),
        "no_legs": gap.details["no_legs"],
        "cells": [_cell(atlas, gap, k) for k in COLUMNS],
    }


def _cell(atlas: Atlas, gap: Gap, column: str) -> dict[str, Any]:
    state, actors = (gap.details["cells"][column][k] for k in ("state", "actors"))
    things = atlas.facts.things
    if state == "none":
        # Only a check tells "confirmed absent" from "unseen", and it is about firms.
        state = "absent" if column == "firm" and gap.presence == "absent" else "unseen"
    return {
        "state": state,
        "word": atlas.presences[state],
        "actors": [
            {
                "label": atlas.name(i),
                "href": atlas.named(i, ""),
                "family": FAMILY.get(things[i].kind, "other") if i in things else "firm",
            }
            for i in actors[:_MOST]
        ],
        "more": max(0, len(actors) - _MOST),
    }
