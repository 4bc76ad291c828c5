"""Where a region leads: the stated ways from it into the chains, and the gap nodes at their ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.facts import Claim
from kg.site.atlas import Atlas
from kg.site.five.homes import kind, link, places, rank

# By which a region is an origin of something, and by which that is tied to a chain.
_FROM = ("attractedFrom", "locatedIn", "partnersWith", "concerns")
_OWN = ("activeIn", "carrierOf")
_ABOUT = ("concerns", "activeIn", "carrierOf", "leads", "makes", "develops", "provides")
# Rules whose findings are sought for: what is declared and unseen, and what has no actor.
_RULES = ("d", "a")
_NOT_FROM = ("Place", "GovernmentBody", "Strategy", "Policy")


@dataclass
class Route:
    """One way from a region to a place in the chains: the claims it goes by, and the gap nodes at its end."""

    end: str
    claims: tuple[Claim, ...]
    nodes: list[str] = field(default_factory=list)


def gap_nodes(atlas: Atlas) -> dict[str, str]:
    """Nodes that are declared or without actor, in the order of the chains: what the plan's verb asks for, "" for none."""
    found: dict[str, str] = {}
    for gap in atlas.gaps:
        if gap.rule in _RULES and gap.node in atlas.survey.chain_of:
            asks = str(gap.details.get("asks", "")) if gap.rule == "d" else ""
            found[gap.node] = asks or found.get(gap.node, "")
    order = atlas.facts.order
    return dict(
        sorted(found.items(), key=lambda p: (rank(atlas, atlas.survey.chain_of[p[0]]), order(p[0])))
    )


def _sources(atlas: Atlas, region: str, city: str) -> list[Claim]:
    """The claims by which something else than a place comes from, lies in or has to do with the region."""
    return [
        c
        for c in atlas.facts.incoming.get(region, ())
        if c.name in _FROM
        and c.subject != city
        and not c.origin
        and kind(atlas, c.subject) not in _NOT_FROM
    ]


def ways(atlas: Atlas, region: str, city: str) -> list[Route]:
    """The stated ways from a region to a segment, node or industry, the shortest first, each end once."""
    facts, chain_of = atlas.facts, atlas.survey.chain_of
    found = [
        Route(c.object, (c,))
        for c in facts.outgoing.get(region, ())
        if c.name in _OWN and c.object in chain_of and not c.origin
    ]
    for first in _sources(atlas, region, city):
        for second in facts.outgoing.get(first.subject, ()):
            if second.name in _ABOUT and not second.origin and second.object in chain_of:
                found.append(Route(second.object, (first, second)))
    once: dict[str, Route] = {}
    for route in found:
        once.setdefault(route.end, route)
    return list(once.values())


def by_use(atlas: Atlas, region: str, city: str, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Firms to be attracted from the region for an application, with the missing nodes that are used in it."""
    facts = atlas.facts
    rows = []
    for first in _sources(atlas, region, city):
        if first.name != "attractedFrom":
            continue
        for second in facts.outgoing.get(first.subject, ()):
            if second.name not in _ABOUT or kind(atlas, second.object) != "Application":
                continue
            used = {
                c.subject: c
                for c in sorted(facts.incoming.get(second.object, ()), key=lambda c: not c.origin)
                if c.name == "usedIn" and c.subject in wanted
            }
            rows.append({
                "by": link(atlas, first.subject),
                "words": [atlas.words.label(c.predicate) for c in (first, second)],
                "use": link(atlas, second.object),
                "status": first.status,
                "nodes": [
                    {**gap_chip(atlas, n, wanted), "domain": bool(used[n].origin)}
                    for n in wanted
                    if n in used
                ],
                "places": places(atlas, (first, second)),
            })
    return rows


def markets(atlas: Atlas, region: str, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Uses that are said to lie in the region, with the missing nodes that the source says are used there.

    Uses of the same segments and products stand together.
    """
    facts = atlas.facts
    rows: dict[tuple[str, ...], list[Claim]] = {}
    for lies in facts.incoming.get(region, ()):
        if lies.name != "locatedIn" or kind(atlas, lies.subject) != "Application":
            continue
        used = [
            c
            for c in facts.incoming.get(lies.subject, ())
            if c.name == "usedIn" and not c.origin and c.subject in atlas.survey.chain_of
        ]
        by = tuple(dict.fromkeys(c.subject for c in used))
        rows.setdefault(by, []).extend([lies, *used])
    return [
        {
            "uses": [
                link(atlas, i)
                for i in dict.fromkeys(c.subject for c in claims if c.name == "locatedIn")
            ],
            "by": [link(atlas, i) for i in by],
            "nodes": [
                gap_chip(atlas, n, wanted)
                for n in dict.fromkeys(n for i in by for n in (i, *facts.below(i)))
                if n in wanted and n in atlas.survey.nodes
            ],
            "places": places(atlas, claims),
        }
        for by, claims in rows.items()
    ]


def gap_chip(atlas: Atlas, iri: str, wanted: dict[str, str]) -> dict[str, str]:
    """A gap node with its card, its presence and what the plan's verb asks for."""
    node = atlas.survey.nodes.get(iri)
    return {
        **link(atlas, iri),
        "href": atlas.card(iri),
        "presence": node.presence if node else atlas.survey.strength(iri),
        "asks": wanted[iri],
    }
