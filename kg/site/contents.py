"""The table of contents: every file of one language, the pages that are read first in front."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kg.gaps.feasibility import Skills
from kg.names import index_of
from kg.site.atlas import Atlas
from kg.site.cards import card_page
from kg.site.entity import entity_page
from kg.site.evidence import evidence_page
from kg.site.gaps import gap_files, gaps_page, gaps_script
from kg.site.method import method_page
from kg.site.pages import chain_page, graph_page, index_page, names_script
from kg.site.sheets import Sheet


def contents(atlas: Atlas) -> Iterator[Sheet]:
    """All sheets of the language of `atlas`. A new page is one more line here."""
    yield Sheet("index.html", partial(index_page, atlas))
    yield Sheet("gaps.html", partial(gaps_page, atlas))
    yield Sheet("evidence.html", partial(evidence_page, atlas))
    yield Sheet("method.html", partial(method_page, atlas))
    yield Sheet("data/names.js", lambda: names_script(atlas, index_of(atlas.ground.graph)))
    yield Sheet("data/gaps.js", partial(gaps_script, atlas))
    for name, content in gap_files(atlas).items():
        yield Sheet(name, partial(bytes, content))
    for chain in atlas.chains.values():
        path = atlas.chain_path(chain.industry.iri)
        yield Sheet(f"{path}.html", partial(chain_page, atlas, chain))
        yield Sheet(f"{path}-graph.html", partial(graph_page, atlas, chain))
    for iri in sorted(atlas.facts.things):
        yield Sheet(atlas.page(iri), partial(entity_page, atlas, iri))
    skills = Skills(atlas.survey)
    for iri in atlas.cards:
        yield Sheet(atlas.card(iri), partial(card_page, atlas, iri, skills))
