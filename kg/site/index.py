"""The first page: the chains with their counts, search, ways in, indicators, counties, further fields."""

from __future__ import annotations

from typing import Any

from kg.chain import Chain
from kg.site.atlas import Atlas
from kg.site.indicators import bullet_rows
from kg.site.places import county_tiles
from kg.site.render import render


def index_page(atlas: Atlas) -> str:
    """The first page: chains with their counts, search, indicators, further fields."""
    cards = [_card(atlas, atlas.chains[i]) for i in atlas.core]
    further = [_card(atlas, c) for i, c in atlas.chains.items() if i not in atlas.core]
    facts = atlas.facts
    return render(
        atlas,
        "index.html",
        "index.html",
        title=atlas.t["atlas"],
        chains=cards,
        further=further,
        indicators=bullet_rows(atlas),
        tiles=county_tiles(atlas),
        total={
            "things": len(facts.things),
            "claims": len(facts.claims),
            "passages": len({s for c in facts.claims for s in c.sources}),
        },
        ways=_ways(atlas),
    )


def _ways(atlas: Atlas) -> list[tuple[str, str, str]]:
    """Where else to begin: page, name, and in a few words what is there."""
    t = atlas.t
    targets = sum(g.rule == "i" for g in atlas.gaps)
    return [
        ("gaps", t["nav_gaps"], f"{len(atlas.gaps)} {t['findings']}"),
        ("evidence", t["nav_evidence"], f"{targets} {t['targets']}"),
        ("lists", t["nav_lists"], t["ways_lists"]),
        ("path", t["nav_path"], t["ways_path"]),
        ("plan", t["nav_plan"], t["ways_plan"]),
        ("queries", t["nav_queries"], t["ways_queries"]),
        ("tour", t["nav_tour"], t["ways_tour"]),
        ("things", t["things_title"], f"{len(atlas.facts.things)} {t['things']}"),
    ]


def _card(atlas: Atlas, chain: Chain) -> dict[str, Any]:
    low, high, leaves = chain.completeness()
    path = atlas.chain_path(chain.industry.iri)
    helpers = {
        c.subject
        for claims in chain.supporters.values()
        for c in claims
        if c.status != "target" and not atlas.facts.things[c.subject].generic
    }
    return {
        "label": atlas.words.label(chain.industry.iri),
        "other": atlas.words.other(chain.industry),
        "href": path + ".html",
        "graph": path + "-graph.html",
        "segments": len(chain.segments),
        "nodes": len(chain.nodes),
        "firms": len(chain.firms),
        "supporters": len(helpers),
        "low": low,
        "high": high,
        "leaves": leaves,
        "key": atlas.key(chain.industry.iri),
        "unseen": sum(n.presence == "unseen" for n in chain.leaves()),
        "absent": sum(n.presence == "absent" for n in chain.leaves()),
        "declared": atlas.tally(chain.industry.iri)["d"],
        "shares": [round(100 * low / leaves, 2), round(100 * (high - low) / leaves, 2)]
        if leaves
        else [0, 0],
    }
