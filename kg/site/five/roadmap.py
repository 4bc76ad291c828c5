"""The technology roadmap: each technology where the source puts it, from what is at hand to what is to be explored."""

from __future__ import annotations

from typing import Any

from kg.facts import Claim
from kg.site.atlas import Atlas
from kg.site.five.entries import Pages, Step
from kg.site.five.homes import verbs
from kg.site.five.rows import fits
from kg.site.render import render

_WISHED = ("planned", "target")
# Verbs on a chip; the page of the technology has all of them.
_MOST_VERBS = 2


def roadmap_page(atlas: Atlas, pages: Pages) -> str:
    """The page: rows are segments, columns how far a technology is or what the plan's verb asks for."""
    blocks: list[dict[str, Any]] = []
    for industry, chain in atlas.survey.chains.items():
        rows: list[dict[str, Any]] = []
        for segment in chain.segments:
            nodes = [
                n.iri
                for n in chain.nodes.values()
                if n.segment == segment and n.thing.kind in pages.roadmap_kinds
            ]
            cells = _cells(atlas, pages, nodes)
            if any(cells):
                rows.append({
                    "label": atlas.words.label(segment),
                    "href": atlas.page(segment),
                    "cells": cells,
                    "count": len(nodes),
                })
        if rows:
            blocks.append({
                "key": atlas.key(industry),
                "label": atlas.words.label(industry),
                "href": f"{atlas.chain_path(industry)}.html" if industry in atlas.chains else "",
                "rows": rows,
                "count": sum(r["count"] for r in rows),
            })
    entry = next(m for m in pages.maps if m.page == "roadmap.html")
    columns = [s.title.pick(atlas.lang) for s in pages.steps]
    return render(
        atlas,
        "roadmap.html",
        "roadmap.html",
        title=entry.title.pick(atlas.lang),
        entry={k: getattr(entry, k).pick(atlas.lang) for k in ("what", "rests", "lacks")},
        columns=columns,
        blocks=blocks,
        total=sum(b["count"] for b in blocks),
        sums=[
            sum(len(r["cells"][n]) for b in blocks for r in b["rows"]) for n in range(len(columns))
        ],
    )


def technologies(atlas: Atlas, pages: Pages) -> int:
    """How many things the roadmap is about."""
    return sum(n.thing.kind in pages.roadmap_kinds for n in atlas.survey.nodes.values())


def _cells(atlas: Atlas, pages: Pages, nodes: list[str]) -> list[list[dict[str, Any]]]:
    cells: list[list[dict[str, Any]]] = [[] for _ in pages.steps]
    for iri in nodes:
        claims = [c for c in atlas.facts.incoming.get(iri, ()) if fits(pages.roadmap, c)]
        for n, carrying in _steps(pages.steps, claims).items():
            words = verbs(atlas, carrying).split("、")
            cells[n].append({
                "label": atlas.words.label(iri),
                "href": atlas.page(iri),
                "verbs": "、".join(words[:_MOST_VERBS]) if pages.steps[n].wishes else "",
                "target": bool(carrying) and all(c.status == "target" for c in carrying),
            })
    return cells


def _steps(steps: tuple[Step, ...], claims: list[Claim]) -> dict[int, list[Claim]]:
    """The columns of a technology with the claims that put it there; the rest column only where no other takes it."""
    found: dict[int, list[Claim]] = {}
    wished = False
    for n, step in enumerate(steps):
        if step.statuses:
            carrying = [c for c in claims if c.status in step.statuses and _by(step, c)]
        elif step.wishes:
            carrying = [] if wished else [c for c in claims if _wants(step, c) and _by(step, c)]
            wished = wished or bool(carrying)
        elif not found:
            found[n] = claims
            continue
        else:
            continue
        if carrying:
            found[n] = carrying
    return found


def _by(step: Step, claim: Claim) -> bool:
    return not step.predicates or claim.name in step.predicates


def _wants(step: Step, claim: Claim) -> bool:
    return claim.status in _WISHED and any(
        w.rpartition("/")[2] in step.wishes for w in claim.wishes
    )
