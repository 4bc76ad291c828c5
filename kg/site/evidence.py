"""The page of declared targets: each against the firms, platforms, parks, talent and policies that stand behind it."""

from __future__ import annotations

from typing import Any

from kg.facts import Claim
from kg.gaps import Gap
from kg.gaps.matrix import COLUMNS, Backers, evidence
from kg.gaps.wishes import STRENGTH, WISH_WORDS
from kg.site.atlas import Atlas
from kg.site.render import render

# Of several claims the one that is furthest along tells how sure an actor is.
_STATUSES = ("existing", "underway", "planned", "target")
# How a cell is told: its state, then its actors, each with the word for its status and whether it is certain.
_Actor = tuple[str, str, bool]
_Cell = tuple[str, tuple[_Actor, ...]]


def evidence_page(atlas: Atlas) -> str:
    """The matrix of rule i: rows are declared targets by chain and verb, columns what stands behind them.

    Targets of one verb behind which the same stands share a row; those behind which nothing stands come first.
    """
    rows = [g for g in atlas.gaps if g.rule == "i"]
    known: Backers = {}
    blocks = []
    for industry in atlas.survey.chains:
        inside = [g for g in rows if g.chain == industry]
        if not inside:
            continue
        verbs = [
            {
                "verb": verb,
                "word": WISH_WORDS[verb].pick(atlas.lang),
                "rows": _rows(atlas, [g for g in inside if g.details["verb"] == verb], known),
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


def _rows(atlas: Atlas, gaps: list[Gap], known: Backers) -> list[dict[str, Any]]:
    """The targets of one verb, those with the same cells in one row, the rows without legs first."""
    found: dict[tuple[_Cell, ...], list[Gap]] = {}
    for gap in gaps:
        behind = evidence(atlas.survey, gap.node, known)
        cells = tuple(_cell(atlas, gap, k, behind[k][1]) for k in COLUMNS)
        found.setdefault(cells, []).append(gap)
    rows = [
        {
            "no_legs": same[0].details["no_legs"],
            "targets": [_target(atlas, g) for g in same],
            "cells": [
                {
                    "state": state,
                    "actors": [
                        {
                            "label": atlas.name(iri),
                            "href": atlas.named(iri, ""),
                            "status": atlas.t["chip_status"].get(status, ""),
                            "sure": sure,
                        }
                        for iri, status, sure in actors
                    ],
                }
                for state, actors in cells
            ],
        }
        for cells, same in found.items()
    ]
    return sorted(rows, key=lambda r: not r["no_legs"])


def _target(atlas: Atlas, gap: Gap) -> dict[str, str]:
    thing = atlas.facts.things[gap.node]
    label = thing.label(atlas.lang)
    others = dict.fromkeys(n for n in (thing.zh, thing.en, *thing.alts) if n != label)
    return {
        "label": label,
        "href": f"{atlas.card(gap.node)}#{gap.id}",
        # The other names, so that they are found too.
        "names": " ".join(others).lower(),
    }


def _cell(atlas: Atlas, gap: Gap, column: str, claims: list[Claim]) -> _Cell:
    state, actors = (gap.details["cells"][column][k] for k in ("state", "actors"))
    if state == "none":
        # Only a check tells "confirmed absent" from "unseen", and it is about firms.
        state = "absent" if column == "firm" and gap.presence == "absent" else "unseen"
    told = []
    for iri in actors:
        own = [c for c in claims if c.subject == iri]
        status = min((c.status for c in own), key=_STATUSES.index, default="existing")
        sure = state == "present" and any(
            c.status == "existing" and c.level != "group" and c.object == gap.node for c in own
        )
        told.append((iri, status, sure))
    return state, tuple(told)
