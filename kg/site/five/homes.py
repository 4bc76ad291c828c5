"""Where in the chains a thing stands, and how it and what is said of it look on the pages of maps and lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.facts import Claim
from kg.paint import FAMILY, SEMICOLON
from kg.site.atlas import Atlas

Home = tuple[str, str]


def home_of(atlas: Atlas, iri: str) -> Home | None:
    """The industry and segment of a chain node, segment or industry (no segment); None for any other thing."""
    industry = atlas.survey.chain_of.get(iri) or (iri if iri in atlas.chains else "")
    if not industry:
        return None
    node = atlas.survey.nodes.get(iri)
    segment = node.segment if node else iri
    return industry, "" if segment == industry else segment


def homes(atlas: Atlas, iris: Iterable[str]) -> list[Home]:
    """The places of several things in the chains, in the order of the chains and of the text."""
    found = {home for iri in iris if (home := home_of(atlas, iri))}
    # "先进材料" beside "先进材料 · 铝基材料" says nothing more.
    narrow = {chain for chain, segment in found if segment}
    kept = [h for h in found if h[1] or h[0] not in narrow]
    return sorted(kept, key=lambda h: (rank(atlas, h[0]), atlas.facts.order(h[1] or h[0])))


def rank(atlas: Atlas, industry: str) -> int:
    """Where a chain stands among all, "3+3" first; behind them for what is in no chain."""
    order = list(atlas.survey.chains)
    return order.index(industry) if industry in order else len(order)


def chains_of(atlas: Atlas, found: Iterable[Home]) -> list[dict[str, Any]]:
    """Chains with their segments in words: one line each."""
    lines: dict[str, list[str]] = {}
    for industry, segment in found:
        lines.setdefault(industry, [])
        if segment:
            lines[industry].append(atlas.words.label(segment))
    return [
        {
            "label": atlas.words.label(industry),
            "href": f"{atlas.chain_path(industry)}.html" if industry in atlas.chains else "",
            "segments": atlas.t["five_comma"].join(segments),
        }
        for industry, segments in lines.items()
    ]


def link(atlas: Atlas, iri: str) -> dict[str, str]:
    """A thing's name, page and colour family, for pages in the language's folder."""
    return {
        "label": atlas.words.label(iri),
        "href": atlas.named(iri, "") or "#",
        "family": FAMILY.get(kind(atlas, iri), "other"),
    }


def kind(atlas: Atlas, iri: str) -> str:
    """The class of a thing, "" for what a claim names and the graph has no name for."""
    thing = atlas.facts.things.get(iri)
    return thing.kind if thing else ""


def places(atlas: Atlas, claims: Iterable[Claim]) -> str:
    """Where claims stand in the source, in words, in the order of the text."""
    sources = {s: None for c in claims for s in c.sources}
    return SEMICOLON[atlas.lang].join(atlas.words.place(tuple(sources)))


def verbs(atlas: Atlas, claims: Iterable[Claim]) -> str:
    """The verbs of claims as they are printed (the source is Chinese, whatever the page)."""
    return "、".join(dict.fromkeys(w for c in claims for w in c.wordings))
