"""五图五清单: the hub, and the sheets of the maps and lists that viz/pages.toml describes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from kg.assets import folder
from kg.site.atlas import Atlas
from kg.site.counties import counties
from kg.site.five.applications import applications_page, uses
from kg.site.five.entries import Map, Pages
from kg.site.five.reading import known_words, read_pages
from kg.site.five.regions import regions_page
from kg.site.five.roadmap import roadmap_page, technologies
from kg.site.five.routes import regions, routes_page
from kg.site.five.rows import list_page, rows
from kg.site.render import render
from kg.site.sheets import Sheet


def list_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The hub, the four maps that are pages of their own, and a page for each list of viz/pages.toml."""
    pages = read_pages(folder("viz") / "pages.toml", known_words(atlas.ground.graph))
    yield Sheet("lists.html", partial(lists_page, atlas, pages))
    yield Sheet("roadmap.html", partial(roadmap_page, atlas, pages))
    yield Sheet("applications.html", partial(applications_page, atlas, pages))
    yield Sheet("regions.html", partial(regions_page, atlas, pages))
    yield Sheet("routes.html", partial(routes_page, atlas, pages))
    for entry in pages.lists:
        yield Sheet(entry.page + ".html", partial(list_page, atlas, entry))


def lists_page(atlas: Atlas, pages: Pages) -> str:
    """The hub: each map and list with its count, what it rests on, and what the graph does not hold."""
    counts = _counts(atlas, pages)
    lists = [
        _card(
            atlas,
            entry,
            entry.page + ".html",
            [(len({r.thing for r in rows(atlas, entry)}), atlas.t["five_listed"])],
        )
        | {"set": entry.set}
        for entry in pages.lists
    ]
    return render(
        atlas,
        "lists.html",
        "lists.html",
        title=atlas.t["nav_lists"],
        maps=[_card(atlas, m, m.page, counts.get(m.page, [])) for m in pages.maps],
        lists=[entry for entry in lists if entry["set"] == "five"],
        more=[entry for entry in lists if entry["set"] != "five"],
        chains=[
            {
                "label": atlas.words.label(i),
                "href": f"{atlas.chain_path(i)}.html",
                "graph": f"{atlas.chain_path(i)}-graph.html",
            }
            for i in atlas.core
        ],
        further=len(atlas.chains) - len(atlas.core),
    )


def _card(atlas: Atlas, entry: Map, href: str, counts: list[tuple[int, str]]) -> dict[str, Any]:
    return {
        "href": href,
        "counts": counts,
        **{k: getattr(entry, k).pick(atlas.lang) for k in ("title", "what", "rests", "lacks")},
    }


def _counts(atlas: Atlas, pages: Pages) -> dict[str, list[tuple[int, str]]]:
    """The counts of the maps, by page."""
    t, found = atlas.t, uses(atlas, pages)
    places = {n for thing in atlas.facts.things.values() for n in (thing.zh, *thing.alts)}
    return {
        "index.html": [
            (len(atlas.core), t["five_core"]),
            (len(atlas.chains) - len(atlas.core), t["five_further_chains"]),
        ],
        "roadmap.html": [(technologies(atlas, pages), t["five_technologies"])],
        "applications.html": [
            (len({c.object for c in found}), t["five_applications"]),
            (len(found), t["five_uses"]),
        ],
        "regions.html": [
            (sum(any(n in places for n in c.names) for c in counties()), t["five_counties"]),
            (
                sum(x.kind == "Park" and not x.generic for x in atlas.facts.things.values()),
                t["five_parks"],
            ),
        ],
        "routes.html": [(len(regions(atlas, pages)), t["five_regions"])],
    }
