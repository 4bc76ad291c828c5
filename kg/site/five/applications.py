"""Where products, technologies and services are used: by application, and by what is used."""

from __future__ import annotations

from typing import Any

from kg.facts import Claim
from kg.site.atlas import Atlas
from kg.site.five.entries import Pages
from kg.site.five.homes import home_of, link, rank
from kg.site.render import render


def uses(atlas: Atlas, pages: Pages) -> list[Claim]:
    """The claims that something of a chain is used in an application, the source's and the field's."""
    things = atlas.facts.things
    return [
        c
        for c in atlas.facts.claims
        if c.name in pages.uses.predicates
        and c.subject in atlas.survey.chain_of
        and c.object in things
        and things[c.object].kind in pages.use_kinds
    ]


def applications_page(atlas: Atlas, pages: Pages) -> str:
    """The page: applications with what is used in them, and segments with where their products go."""
    found = uses(atlas, pages)
    entry = next(m for m in pages.maps if m.page == "applications.html")
    used = {c.object for c in found}
    kept = [
        i
        for i, thing in atlas.facts.things.items()
        if thing.kind == "Application" and thing.kind in pages.use_kinds and i not in used
    ]
    return render(
        atlas,
        "applications.html",
        "applications.html",
        title=entry.title.pick(atlas.lang),
        entry={k: getattr(entry, k).pick(atlas.lang) for k in ("what", "rests", "lacks")},
        groups=_by_application(atlas, found),
        blocks=_by_chain(atlas, found),
        chains=[
            (atlas.key(i), atlas.words.label(i))
            for i in atlas.survey.chains
            if any(atlas.survey.chain_of[c.subject] == i for c in found)
        ],
        total=len(used),
        users=len({c.subject for c in found}),
        claims=len(found),
        domain=sum(bool(c.origin) for c in found),
        alone=len(kept),
    )


def _by_application(atlas: Atlas, found: list[Claim]) -> list[dict[str, Any]]:
    """Applications of several chains first, then chain by chain."""
    chain_of, facts = atlas.survey.chain_of, atlas.facts
    by: dict[str, dict[str, list[Claim]]] = {}
    for claim in found:
        by.setdefault(claim.object, {}).setdefault(chain_of[claim.subject], []).append(claim)
    groups: dict[str, list[dict[str, Any]]] = {}
    for iri in sorted(by, key=lambda i: (-len(by[i]), facts.order(i))):
        chains = sorted(by[iri], key=lambda c: rank(atlas, c))
        group = "" if len(chains) > 1 else chains[0]
        groups.setdefault(group, []).append({
            **link(atlas, iri),
            "at": [
                link(atlas, c.object)
                for c in facts.outgoing.get(iri, ())
                if c.name == "locatedIn" and c.object in facts.things
            ],
            "keys": " ".join(atlas.key(c) for c in chains),
            "lines": [
                {
                    "label": atlas.words.label(c) if not group else "",
                    "chips": _chips(atlas, by[iri][c], False),
                }
                for c in chains
            ],
        })
    return [
        {
            "label": atlas.words.label(g) if g else atlas.t["several_chains"],
            "rows": groups[g],
        }
        for g in sorted(groups, key=lambda g: -1 if not g else rank(atlas, g))
    ]


def _by_chain(atlas: Atlas, found: list[Claim]) -> list[dict[str, Any]]:
    """Chains with their segments, and in them what is used where."""
    by: dict[str, dict[str, dict[str, list[Claim]]]] = {}
    for claim in found:
        industry, segment = home_of(atlas, claim.subject) or ("", "")
        by.setdefault(industry, {}).setdefault(segment or industry, {}).setdefault(
            claim.subject, []
        ).append(claim)
    order = atlas.facts.order
    return [
        {
            "key": atlas.key(industry),
            "label": atlas.words.label(industry),
            "count": sum(len(nodes) for nodes in by[industry].values()),
            "rows": [
                {
                    **link(atlas, segment),
                    "nodes": [
                        {**link(atlas, iri), "chips": _chips(atlas, nodes[iri], True)}
                        for iri in sorted(nodes, key=order)
                    ],
                }
                for segment, nodes in sorted(by[industry].items(), key=lambda p: order(p[0]))
            ],
        }
        for industry in sorted(by, key=lambda i: rank(atlas, i))
    ]


def _chips(atlas: Atlas, claims: list[Claim], forward: bool) -> list[dict[str, Any]]:
    """The other ends of claims, each once: the source's word before that of the field."""
    chips: dict[str, dict[str, Any]] = {}
    for claim in sorted(claims, key=lambda c: bool(c.origin)):
        iri = claim.object if forward else claim.subject
        if iri in chips:
            continue
        # Nearly all uses are as planned: only what differs is said at the chip.
        status = "" if claim.origin or claim.status == "planned" else claim.status
        chips[iri] = {**link(atlas, iri), "domain": bool(claim.origin), "status": status}
    return list(chips.values())
