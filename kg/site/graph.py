"""The pictures of the chains as pages, and the script with what their panels tell: matrix and graph share it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from kg.chain import STAGE_WORDS, WORDS, Chain
from kg.draw import LIMIT, compact, panels
from kg.draw import page as draw_page
from kg.draw.shown import shown
from kg.paint import SEMICOLON
from kg.site.atlas import Atlas
from kg.site.gaps import rule_words
from kg.site.matrix import checked
from kg.site.render import shared


def graph_page(atlas: Atlas, chain: Chain) -> str:
    """The stage graph of a chain, drawn with pyvis."""
    path = atlas.chain_path(chain.industry.iri) + "-graph.html"
    context = graph_context(atlas, chain, path)
    context["told_at"] = f"{context['root']}data/chain-{atlas.key(chain.industry.iri)}.js"
    return draw_page(chain, atlas.facts, atlas.lang, atlas.labels, context, single=False)


def chain_script(atlas: Atlas, chain: Chain) -> str:
    """data/chain-NAME.js: what the panels of the chain's two pages tell, as a classic script."""
    root = "../"
    iris = (*chain.nodes, *shown(chain, atlas.facts, LIMIT).reached())
    more = partial(atlas.node_words, root=root)
    told = compact(panels(chain, atlas.facts, atlas.words, iris, more, root), root)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"window.ATLAS_TOLD={text};\n"


def graph_context(atlas: Atlas, chain: Chain, path: str) -> dict[str, Any]:
    """What the graph's template needs beside the picture: words, links and the table below it."""
    root = atlas.ways(path)["root"]
    return {
        **shared(atlas, path),
        "rules": rule_words(atlas),
        "rules_at": atlas.rules_at,
        "matrix": atlas.key(chain.industry.iri) + ".html",
        "sources": SEMICOLON[atlas.lang].join(atlas.teller.sources()),
        "day": atlas.survey.today.isoformat(),
        "table": [
            {
                "segment": atlas.words.label(n.segment),
                "label": n.thing.label(atlas.lang),
                "href": root + atlas.page(n.iri),
                "stage": STAGE_WORDS[n.stage].pick(atlas.lang),
                "presence": " ".join((WORDS[n.presence].pick(atlas.lang), checked(n))).strip(),
            }
            for n in chain.nodes.values()
        ],
    }
