"""Places against chains: what the source ties to each county and park, by chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg.facts import Claim, Thing
from kg.site.atlas import Atlas
from kg.site.counties import Ties, ties
from kg.site.five.entries import Pages
from kg.site.five.homes import home_of, kind, link, places
from kg.site.render import render
from kg.vocab import ACTOR_CLASSES, STATUSES

_GROUND = ("Park", "Site")
# By which a place or park says what it is for, and by which who lies there says what it does.
_DIRECTION = ("carrierOf", "activeIn", "plans", "provides", "serves", "hosts")
_DOES = ("leads", "makes", "activeIn", "develops", "provides", "serves", "carries", "concerns")
_LIES = ("locatedIn", "partOf")
# What can be somewhere and do something there: a fair or a kind of people is not what a chain has in a place.
_RESIDENTS = (*ACTOR_CLASSES, "Project", "Industry", "Segment", "Product", "Service")
# What stands in the open of a cell and of the places cited; the rest is folded.
_OPEN, _OPEN_PLACES = 6, 3
# One chip for each thing and status of a cell.
Cell = dict[tuple[str, str], list[Claim]]


def regions_page(atlas: Atlas, pages: Pages) -> str:
    """The page: rows are the city, its counties and the parks in them, columns the chains of the "3+3"."""
    found = ties(atlas.survey)
    city = home_city(atlas)
    blocks = [{"label": "", "rows": [_row(atlas, city, 0, skip=_DIRECTION[2:])]}] if city else []
    seen: set[str] = set()
    for one in found:
        rows, inside = _county(atlas, one)
        seen |= inside
        blocks.append({"label": "", "rows": rows})
    parks = [
        t.iri
        for t in sorted(atlas.facts.things.values(), key=lambda t: atlas.facts.order(t.iri))
        if t.kind == "Park" and t.iri not in seen
    ]
    bare: list[dict[str, str]] = []
    for generic in (False, True):
        rows = []
        for iri in parks:
            if atlas.facts.things[iri].generic != generic:
                continue
            row = _row(atlas, iri, 0)
            if row["empty"]:
                bare += [link(atlas, iri)] if not generic else []
            else:
                rows.append(row)
        if rows:
            word = "parks_generic" if generic else "parks_elsewhere"
            blocks.append({"label": atlas.t[word], "rows": rows})
    entry = next(m for m in pages.maps if m.page == "regions.html")
    return render(
        atlas,
        "regions.html",
        "regions.html",
        title=entry.title.pick(atlas.lang),
        entry={k: getattr(entry, k).pick(atlas.lang) for k in ("what", "rests", "lacks")},
        columns=[
            {"label": atlas.words.label(i), "href": f"{atlas.chain_path(i)}.html"}
            for i in atlas.core
        ],
        blocks=blocks,
        bare=bare,
        counties=len(found),
        named=sum(bool(t.places) for t in found),
        parks=sum(_park(t) and not t.generic for t in atlas.facts.things.values()),
    )


def home_city(atlas: Atlas) -> str:
    """The place that the source plans for: the subject of most plans; "" where no place plans anything."""
    things = atlas.facts.things
    plans = Counter(
        c.subject
        for c in atlas.facts.claims
        if c.name == "plans" and (t := things.get(c.subject)) and t.kind == "Place"
    )
    return min(plans, key=lambda i: (-plans[i], i), default="")


def _park(thing: Thing) -> bool:
    return thing.kind == "Park"


def _county(atlas: Atlas, one: Ties) -> tuple[list[dict[str, Any]], set[str]]:
    """The row of a county and those of the parks that lie in it."""
    label = one.county.label(atlas.lang)
    grounds = [t.thing for t in one.lying if kind(atlas, t.thing) in _GROUND]
    named = one.places[0] if one.places else ""
    row = _row(atlas, named, 0, skip=("plans",)) if named else _blank(atlas, label)
    row["label"] = label
    rows = [row, *(_row(atlas, i, 1) for i in grounds)]
    return rows, set(grounds)


def _blank(atlas: Atlas, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "href": "",
        "depth": 0,
        "cells": [[] for _ in range(len(atlas.core) + 1)],
        "empty": True,
        "places": ("", 0),
    }


def _row(atlas: Atlas, iri: str, depth: int, skip: Iterable[str] = ()) -> dict[str, Any]:
    """A place or park against the chains: its own directions, and who lies in it, each where it is active."""
    facts = atlas.facts
    columns = [*atlas.core, ""]
    cells: dict[str, Cell] = {c: {} for c in columns}

    def add(about: str, shown: str, *claims: Claim) -> None:
        home = home_of(atlas, about)
        if home is None:
            return
        # The least sure step says how sure the whole is.
        status = max((c.status for c in claims), key=_rank)
        column = home[0] if home[0] in atlas.core else ""
        cells[column].setdefault((shown, status), []).extend(claims)

    for claim in facts.outgoing.get(iri, ()):
        if claim.name in _DIRECTION and claim.name not in skip and not claim.origin:
            add(claim.object, claim.object, claim)
    for claim in facts.incoming.get(iri, ()):
        sort = kind(atlas, claim.subject)
        if claim.name not in _LIES or sort not in _RESIDENTS or sort in ("Place", *_GROUND):
            continue
        add(claim.subject, claim.subject, claim)
        for does in facts.outgoing.get(claim.subject, ()):
            if does.name in _DOES and not does.origin:
                add(does.object, claim.subject, claim, does)
    shown = [_chips(atlas, cells[c], bool(c)) for c in columns]
    return {
        **link(atlas, iri),
        "depth": depth,
        "cells": shown,
        "empty": not any(shown),
        "places": _cited(atlas, cells),
    }


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def _cited(atlas: Atlas, cells: dict[str, Cell]) -> tuple[str, int]:
    """The places of all that a row says, and their number where they are many."""
    claims = [c for cell in cells.values() for found in cell.values() for c in found]
    many = atlas.words.place(tuple(dict.fromkeys(s for c in claims for s in c.sources)))
    return places(atlas, claims), len(many) if len(many) > _OPEN_PLACES else 0


def _chips(atlas: Atlas, cell: Cell, core: bool) -> list[list[dict[str, Any]]]:
    """What stands in the open, and what is folded (none where it is one thing more)."""
    chips: dict[str, dict[str, Any]] = {}
    for (iri, status), claims in sorted(cell.items(), key=lambda p: _rank(p[0][1])):
        if iri in chips:
            # The surer status has been said already.
            continue
        home = None if core else home_of(atlas, claims[-1].object) or home_of(atlas, iri)
        chips[iri] = {
            **link(atlas, iri),
            "status": status,
            "chain": atlas.words.label(home[0]) if home and home[0] != iri else "",
        }
    found = list(chips.values())
    if not found:
        return []
    cut = _OPEN if len(found) > _OPEN + 1 else len(found)
    return [found[:cut], found[cut:]]
