"""The page that tells how two things are tied, for any pair, in the browser; and the scripts that it reads.

`web.js` holds every claim as numbers: who, to whom, by what relation and status, and where it stands. The browser
counts the ways with the same whole numbers as kg/linkage does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from kg.draw.ego import STATES
from kg.linkage import Path, Web, paths
from kg.site.atlas import Atlas
from kg.site.ego import fronted, relations, script, web_of, words
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.vocab import page_of

# So many examples stand on the page, from pairs that the data itself offers.
_EXAMPLES = 4


def path_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The page and its scripts; those without words once for all languages."""
    yield Sheet("path.html", partial(path_page, atlas))
    yield Sheet("data/places.js", partial(places_script, atlas))
    if not atlas.folder:
        yield Sheet("data/web.js", partial(web_script, atlas))


def web_script(atlas: Atlas) -> str:
    """data/web.js: the claims of every thing as subject, three numbers each, and what each thing lies under.

    The numbers of a claim: its object, 6 × relation + status, and where it stands (in data/places.js: a set of places,
    or the basis of domain knowledge).
    """
    facts, web = atlas.facts, web_of(atlas)
    codes = {r: n for n, r in enumerate(relations(facts))}
    places = {s: n for n, s in enumerate(cited(atlas))}
    bases = {b: n for n, b in enumerate(grounds(atlas))}
    rows: list[Any] = []
    for iri in web.things:
        row: list[int] = []
        for c in facts.outgoing.get(iri, ()):
            if c.object not in web.number or c.object == iri:
                continue
            state = STATES.index("domain" if c.origin == "domain" else c.status)
            at = bases[c.basis.zh, c.basis.en] if c.origin == "domain" else places[c.sources]
            row += web.number[c.object], codes[c.predicate] * len(STATES) + state, at
        rows.append(row or 0)
    up = [web.number.get(facts.things[i].broader, -1) for i in web.things]
    return script("ATLAS_WEB", {"claims": rows, "up": up, "hubs": sorted(web.hubs)})


def cited(atlas: Atlas) -> list[tuple[str, ...]]:
    """The sets of passages that claims cite, in the order of the numbers in web.js."""
    return sorted({c.sources for c in atlas.facts.claims if c.origin != "domain"})


def grounds(atlas: Atlas) -> list[tuple[str, str]]:
    """What domain knowledge rests on, in both languages, in the order of the numbers in web.js."""
    return sorted({(c.basis.zh, c.basis.en) for c in atlas.facts.claims if c.origin == "domain"})


def places_script(atlas: Atlas) -> str:
    """data/places.js: the places and the bases in the words of one language."""
    here = atlas.words.place
    pick = ("zh", "en").index(atlas.lang)
    value = {
        "places": fronted("\t".join(here(sources)) for sources in cited(atlas)),
        "bases": fronted((b[pick] or b[1 - pick]).replace("\n", " ") for b in grounds(atlas)),
    }
    return script("ATLAS_PLACES", value)


def path_page(atlas: Atlas) -> str:
    """The page: two boxes for the names, room for the ways, how they are counted, and examples that need no script."""
    web = web_of(atlas)
    return render(
        atlas,
        "path.html",
        "path.html",
        title=atlas.t["path_title"],
        examples=[_told(atlas, path) for path in examples(web)],
        ui=words(atlas) | {"path": {k[5:]: w for k, w in atlas.t.items() if k.startswith("path_")}},
        hubs=[_link(atlas, iri) for iri in web.things if _named_hub(web, iri)],
        kinds_of=sum(atlas.facts.things[web.things[n]].generic for n in web.hubs),
    )


def _named_hub(web: Web, iri: str) -> bool:
    return web.number[iri] in web.hubs and not web.facts.things[iri].generic


def examples(web: Web) -> list[Path]:
    """The cheapest ways between the firms that are tied to most things, no thing twice."""
    facts = web.facts
    firms = [
        n
        for n, iri in enumerate(web.things)
        if facts.things[iri].kind in ("Firm", "Group") and n not in web.hubs
    ]
    firms.sort(key=lambda n: (-len(web.near[n]), n))
    found: list[Path] = []
    used: set[str] = set()
    for k, a in enumerate(firms[:12]):
        for b in firms[k + 1 : 12]:
            ends = {web.things[a], web.things[b]}
            if ends & used or len(found) >= _EXAMPLES:
                continue
            best = paths(web, web.things[a], web.things[b], 1)
            if best and 2 <= len(best[0].links) <= 4:
                found += best
                used |= ends
    return found


def _link(atlas: Atlas, iri: str) -> dict[str, str]:
    return {"label": atlas.words.label(iri), "href": atlas.page(iri)}


def _told(atlas: Atlas, path: Path) -> dict[str, Any]:
    """A way in words: its things, and before each but the first what ties it to the one before."""
    steps = [{**_link(atlas, path.things[0]), "relation": "", "out": True, "status": ""}]
    for link in path.links:
        first = link.claims[0] if link.claims else None
        steps.append({
            **_link(atlas, link.end),
            "relation": atlas.words.label(first.predicate) if first else atlas.t["ego_tree"],
            "out": first.subject == link.start if first else link.below == link.start,
            "status": ("domain" if first.origin == "domain" else first.status) if first else "",
        })
    a, b = page_of(path.things[0]), page_of(path.things[-1])
    return {"steps": steps, "href": f"#a={a}&b={b}"}
