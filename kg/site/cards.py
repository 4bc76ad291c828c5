"""The gap card of one node or actor: the card of its leading finding, to be printed and taken along; then the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.gaps import RULES, Gap
from kg.gaps.card import Field, card
from kg.gaps.feasibility import COMPONENTS, Skills
from kg.site.atlas import Atlas
from kg.site.gaps import letter
from kg.site.render import render
from kg.vocab import PREFIXES

# Fields that the page lays out in its own way.
_APART = ("id", "node", "rule", "finding", "presence", "responsible")
# What the card cites stands in its right column; everything else in the left, in this order.
_LEFT = ("actors", "below", "neighbours", "profile", "interval")
_RIGHT = ("claims", "edges", "policy", "carriers", "institutes")
# Below that, what fills the column on paper.
_BELOW = ("candidates", "feasibility")
# Fields whose lines name things.
_NAMING = (*_LEFT, *_RIGHT, *_BELOW, "next_check")

Part = tuple[str, str]


def card_page(atlas: Atlas, iri: str, skills: Skills) -> str:
    """The page of the node or actor `iri`, which has findings."""
    root = "../"
    gaps = atlas.found[iri]
    lead, others = gaps[0], gaps[1:]
    fields = {f.key: f for f in card(atlas.teller, lead, atlas.document, skills)}
    links = _links(atlas, lead, fields.values(), root)
    thing, chain = atlas.facts.things.get(iri), atlas.survey.chains[lead.chain].industry
    node = atlas.survey.nodes.get(iri)
    segment = node.segment if node else ""
    cited: set[str] = set()
    shown = {
        k: _field(atlas, f, links, cited)
        for k, f in sorted(fields.items(), key=lambda p: p[0] not in _RIGHT)
        if k not in _APART
    }
    if "feasibility" in shown:
        shown["feasibility"]["bars"] = _bars(atlas, gaps)
    return render(
        atlas,
        "gap.html",
        atlas.card(iri),
        title=atlas.name(iri),
        other=atlas.words.other(thing) if thing else "",
        kind=atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind) if thing else "",
        entity=atlas.named(iri, root),
        chain={
            "label": atlas.words.label(chain.iri),
            "href": root + atlas.chain_path(chain.iri) + ".html"
            if chain.iri in atlas.chains
            else "",
            "key": atlas.key(chain.iri),
        },
        segment={"label": atlas.words.label(segment), "href": root + atlas.page(segment)}
        if segment and segment != chain.iri
        else None,
        at="#" + atlas.key(iri) if node else "",
        presence=lead.presence,
        means=atlas.teller.means(iri),
        position=atlas.position(iri),
        lead=_finding(atlas, lead, root),
        who=fields["responsible"].title.pick(atlas.lang),
        left=[
            shown[k]
            for k in dict.fromkeys((*_LEFT, *shown))
            if k in shown and k not in (*_RIGHT, *_BELOW)
        ],
        right=[shown[k] for k in (*_RIGHT, *_BELOW) if k in shown],
        definition=RULES[lead.rule].definition.pick(atlas.lang).split("\n"),
        others=[_finding(atlas, g, root) for g in others],
    )


def _field(atlas: Atlas, field: Field, links: dict[str, str], cited: set[str]) -> dict[str, Any]:
    """A field with its lines in parts; what the card has cited already (`cited`) is not repeated."""
    lines: list[tuple[bool, list[Part]]] = []
    for line in field.lines:
        if field.key in _RIGHT and len(line) > 12:
            if line in cited:
                continue
            cited.add(line)
        # A quoted passage is the source's own text: nothing in it is ours to link.
        quote = atlas.document is not None and line.startswith("“")
        named = links if field.key in _NAMING and not quote else {}
        lines.append((quote, split(line, named)))
    if not lines:
        lines = [(False, [(atlas.t["as_above"], "")])]
    return {"key": field.key, "title": field.title.pick(atlas.lang), "bars": [], "lines": lines}


def _links(atlas: Atlas, gap: Gap, fields: Iterable[Field], root: str) -> dict[str, str]:
    """Name → page of everything that the card names."""
    named = dict.fromkeys(i for f in fields for i in f.iris)
    named.update(dict.fromkeys(i for c in (*gap.claims, *gap.edges) for i in (c.subject, c.object)))
    if gap.node in atlas.survey.nodes:
        named.update(dict.fromkeys(atlas.facts.ancestors(gap.node)))
    return {
        atlas.words.label(i): root + atlas.page(i)
        for i in named
        if i in atlas.facts.things and len(atlas.words.label(i)) > 1
    }


def split(line: str, links: dict[str, str]) -> list[Part]:
    """`line` in parts of text and page, "" where a part leads nowhere; of two names that fit, the longer is meant."""
    found = [n for n in links if n in line]
    if not found:
        return [(line, "")]
    found.sort(key=lambda n: (-len(n), n))
    # An English name is no part of a longer word; Chinese has no blanks between words.
    names = "|".join(
        (r"(?<![A-Za-z0-9])" if n[0].isascii() and n[0].isalnum() else "")
        + re.escape(n)
        + (r"(?![A-Za-z0-9])" if n[-1].isascii() and n[-1].isalnum() else "")
        for n in found
    )
    parts = re.split(f"({names})", line)
    return [(p, links[p] if n % 2 else "") for n, p in enumerate(parts) if p]


def _bars(atlas: Atlas, gaps: list[Gap]) -> list[dict[str, Any]]:
    """The components of feasibility as intervals to draw; empty where the rule says nothing of the node."""
    gap = next((g for g in gaps if g.rule == "f"), None)
    if gap is None:
        return []
    return [
        {
            "label": COMPONENTS[k].pick(atlas.lang),
            "known": c is not None,
            **(c or {"low": 0, "high": 0, "n": 0}),
        }
        for k, c in gap.details["components"].items()
    ]


def _finding(atlas: Atlas, gap: Gap, root: str) -> dict[str, Any]:
    return {
        "id": gap.id,
        "rule": gap.rule,
        "letter": letter(gap.rule),
        "title": RULES[gap.rule].title.pick(atlas.lang),
        "tells": RULES[gap.rule].tells.pick(atlas.lang),
        "what": gap.what.pick(atlas.lang),
        "interval": gap.interval.text(atlas.lang),
        "overturned": gap.overturned_by.pick(atlas.lang),
        "next": gap.next_check.pick(atlas.lang),
        "edges": len(gap.edges),
        "domain": gap.domain_edges,
        "places": atlas.teller.places(gap.claims),
        "route": _route(atlas, gap, root) if gap.rule == "b2" else [],
        "beside": [_chip(atlas, i, root) for i in gap.details.get("beside", ())],
        "proven": gap.details.get("proven", True),
    }


def _route(atlas: Atlas, gap: Gap, root: str) -> list[dict[str, Any]]:
    """The nodes of a route, each with the edge that leads to it: "plan", "domain", or "" within a group."""
    chips: list[dict[str, Any]] = []
    before = ""
    for iri in gap.details["route"]:
        chip = _chip(atlas, iri, root)
        if before:
            starts = {before, *atlas.facts.ancestors(before)}
            ends = {iri, *atlas.facts.ancestors(iri)}
            edge = next((e for e in gap.edges if e.subject in starts and e.object in ends), None)
            chip["edge"] = (edge.origin or "plan") if edge else ""
            chip["basis"] = edge.basis.pick(atlas.lang) if edge else ""
        chips.append(chip)
        before = iri
    return chips


def _chip(atlas: Atlas, iri: str, root: str) -> dict[str, Any]:
    presence = atlas.survey.nodes[iri].presence
    return {
        "label": atlas.words.label(iri),
        "href": root + (atlas.card(iri) or atlas.page(iri)),
        "presence": presence,
        "word": atlas.presences[presence],
        "edge": "",
        "basis": "",
    }
