"""Where what is missing could be sought: regions of origin, the stated ties to them, and the gap nodes these lead to."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.facts import Claim
from kg.site.atlas import Atlas
from kg.site.five.entries import Pages
from kg.site.five.homes import kind, link, places, rank
from kg.site.five.leads import Route, by_use, gap_chip, gap_nodes, markets, ways
from kg.site.five.regions import home_city
from kg.site.render import render
from kg.vocab import reading_rank


def routes_page(atlas: Atlas, pages: Pages) -> str:
    """The page: one card for each region, then what no stated origin leads to."""
    city = home_city(atlas)
    wanted = gap_nodes(atlas)
    reached: set[str] = set()
    cards = []
    for iri in regions(atlas, pages):
        found = [r for r in ways(atlas, iri, city) if r.end]
        narrow = [r for r in found if r.end not in atlas.survey.chains]
        for route in narrow:
            route.nodes = [n for n in (route.end, *atlas.facts.below(route.end)) if n in wanted]
        reached.update(n for r in narrow for n in r.nodes)
        cards.append({
            **link(atlas, iri),
            "key": atlas.key(iri),
            "ties": _ties(atlas, iri),
            "routes": [_route(atlas, r, wanted) for r in narrow],
            "chains": [_chain(atlas, r) for r in found if r.end in atlas.survey.chains],
            "uses": by_use(atlas, iri, city, wanted),
            "markets": markets(atlas, iri, wanted),
            "count": len({n for r in narrow for n in r.nodes}),
        })
    # What leads somewhere first; the order of the file within.
    cards.sort(key=lambda c: not c["count"] and 1 + (not any(c[k] for k in _SOME)))
    entry = next(m for m in pages.maps if m.page == "routes.html")
    rest = [n for n in wanted if n not in reached]
    return render(
        atlas,
        "routes.html",
        "routes.html",
        title=entry.title.pick(atlas.lang),
        entry={k: getattr(entry, k).pick(atlas.lang) for k in ("what", "rests", "lacks")},
        cards=cards,
        reached=len(reached),
        wanted=len(wanted),
        rest=len(rest),
        table=_rest(atlas, wanted, rest),
        recruits=[gap_chip(atlas, n, wanted) for n in rest if wanted[n] == "recruit"],
        named=_named(atlas, city),
        bodies=_bodies(atlas, pages),
        unknown=[
            i.rpartition("/")[2] for i in pages.regions if cards and i not in atlas.facts.things
        ],
    )


def regions(atlas: Atlas, pages: Pages) -> list[str]:
    """The regions of the file that the graph has, without those about which it says nothing."""
    facts = atlas.facts
    return [
        i
        for i in pages.regions
        if i in facts.things and (facts.outgoing.get(i) or facts.incoming.get(i))
    ]


def _ties(atlas: Atlas, region: str) -> list[dict[str, Any]]:
    """All that the graph says of a region, one line for each relation and status."""
    facts = atlas.facts
    lines: dict[tuple[str, str], list[Claim]] = {}
    claims = [*facts.outgoing.get(region, ()), *facts.incoming.get(region, ())]
    for claim in sorted(claims, key=lambda c: reading_rank(c.name)):
        word = atlas.words.label(claim.predicate)
        out = claim.subject == region
        lines.setdefault((f"{word} →" if out else f"← {word}", claim.status), []).append(claim)
    return [
        {
            "word": word,
            "status": status,
            "things": [
                link(atlas, i)
                for i in dict.fromkeys(
                    c.object if c.subject == region else c.subject for c in found
                )
            ],
            "places": places(atlas, found),
        }
        for (word, status), found in lines.items()
    ]


def _route(atlas: Atlas, route: Route, wanted: dict[str, str]) -> dict[str, Any]:
    return {
        "end": link(atlas, route.end),
        "by": [link(atlas, c.subject) for c in route.claims[:1] if len(route.claims) > 1],
        "words": [atlas.words.label(c.predicate) for c in route.claims],
        "status": [c.status for c in route.claims],
        "nodes": [gap_chip(atlas, n, wanted) for n in route.nodes],
        "places": places(atlas, route.claims),
    }


def _chain(atlas: Atlas, route: Route) -> dict[str, Any]:
    """A tie to a whole industry: it names no node, so the chain's list is all it leads to."""
    return {
        **_route(atlas, route, {}),
        "key": atlas.key(route.end),
        "declared": atlas.tally(route.end)["d"],
    }


def _rest(atlas: Atlas, wanted: dict[str, str], rest: list[str]) -> list[dict[str, Any]]:
    """What no stated origin leads to, by chain and by what the plan's verb asks for."""
    chain_of = atlas.survey.chain_of
    counts: dict[str, Counter[str]] = {}
    for node in rest:
        counts.setdefault(chain_of[node], Counter())[wanted[node]] += 1
    return [
        {
            "label": atlas.words.label(i),
            "key": atlas.key(i),
            "cells": [counts[i][k] for k in ASKED],
            "sum": counts[i].total(),
        }
        for i in sorted(counts, key=lambda i: rank(atlas, i))
    ]


# The parts of a card that lead somewhere, though to no node that a source names.
_SOME = ("chains", "uses", "markets")
# What the plan's verb asks for, in the order of the columns; "" for a node it does not declare.
ASKED = ("recruit", "technology", "develop", "watch", "")


def _named(atlas: Atlas, city: str) -> list[dict[str, str]]:
    """Single firms the city is to approach, for which no location is stated."""
    facts = atlas.facts
    return [
        link(atlas, i)
        for i in dict.fromkeys(
            c.object
            for c in facts.outgoing.get(city, ())
            if c.name == "partnersWith" and kind(atlas, c.object) in ("Firm", "Group")
        )
        if not facts.things[i].generic
        and not any(c.name == "locatedIn" for c in facts.outgoing.get(i, ()))
    ]


def _bodies(atlas: Atlas, pages: Pages) -> list[dict[str, Any]]:
    """Origins that are a body and no region."""
    by: dict[str, list[Claim]] = {}
    for claim in atlas.facts.claims:
        if claim.name == "attractedFrom" and claim.object not in pages.regions:
            by.setdefault(claim.object, []).append(claim)
    return [
        {
            **link(atlas, i),
            "things": [link(atlas, c.subject) for c in found],
            "places": places(atlas, found),
        }
        for i, found in by.items()
    ]
