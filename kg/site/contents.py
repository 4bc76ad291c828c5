"""The table of contents: every file of one language, the pages that are read first in front."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kg.chain import Chain
from kg.names import index_of
from kg.site.atlas import Atlas
from kg.site.cards import card_sheets
from kg.site.ego import ego_sheets
from kg.site.evidence import evidence_page
from kg.site.gaps import gaps_book, gaps_page, gaps_script
from kg.site.graph import chain_script, graph_page
from kg.site.index import index_page
from kg.site.indicators import indicators_page
from kg.site.keys import Keys
from kg.site.lists import list_sheets
from kg.site.matrix import chain_page
from kg.site.method import method_page
from kg.site.path import path_sheets
from kg.site.places import places_sheet
from kg.site.plan import plan_sheets
from kg.site.queries import query_sheets
from kg.site.search import names_script
from kg.site.sheets import Sheet, findings
from kg.site.sources import source_sheets
from kg.site.things import thing_sheets
from kg.site.tour import tour_sheets


def contents(atlas: Atlas) -> Iterator[Sheet]:
    """All sheets of the language of `atlas`."""
    pages = list(_pages(atlas))
    yield from pages
    # The tour leads to the others: it is told which there are.
    yield from tour_sheets(atlas, {s.path: s for s in pages})


def _pages(atlas: Atlas) -> Iterator[Sheet]:
    """All sheets but the tour. A new page is one more line here."""
    yield Sheet("index.html", partial(index_page, atlas))
    yield Sheet("gaps.html", partial(gaps_page, atlas), findings)
    yield Sheet("evidence.html", partial(evidence_page, atlas), findings)
    yield from list_sheets(atlas)
    yield Sheet("method.html", partial(method_page, atlas))
    yield from plan_sheets(atlas)
    yield Sheet("indicators.html", partial(indicators_page, atlas))
    yield places_sheet(atlas)
    if not atlas.folder:
        # The names of both languages, once.
        yield Sheet("data/names.js", partial(_names, atlas), Keys.names)
    yield Sheet("data/gaps.js", partial(gaps_script, atlas), findings)
    yield from query_sheets(atlas)
    yield from source_sheets(atlas)
    yield Sheet("gaps.xlsx", partial(gaps_book, atlas), findings)
    for chain in atlas.chains.values():
        path, rests = atlas.chain_path(chain.industry.iri), _chain(chain)
        yield Sheet(f"{path}.html", partial(chain_page, atlas, chain), rests)
        yield Sheet(f"{path}-graph.html", partial(graph_page, atlas, chain), rests)
        told = f"data/chain-{atlas.key(chain.industry.iri)}.js"
        yield Sheet(told, partial(chain_script, atlas, chain), rests)
    yield from thing_sheets(atlas)
    yield from card_sheets(atlas)
    yield from ego_sheets(atlas)
    yield from path_sheets(atlas)


def _names(atlas: Atlas) -> str:
    return names_script(atlas.ground, index_of(atlas.ground.graph))


def _chain(chain: Chain) -> partial[str]:
    return partial(Keys.chain, chain=chain)
