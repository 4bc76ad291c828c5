"""The page of the counties: tiles (or the user's own borders), what is tied to each county and by what, and the sums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.facts import Claim
from kg.paint import FAMILY, SEMICOLON
from kg.site.atlas import Atlas
from kg.site.borders import WIDE, Borders, Shape
from kg.site.counties import SORTS, Tie, Ties, sort_of, ties, wider
from kg.site.keys import digest
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.words import width

# What a tile counts, in its order.
_ON_TILE = ("firms", "platforms", "parks")
# From one line of words on the map to the next, in units of the picture.
_LINE = 26


def county_tiles(atlas: Atlas) -> list[dict[str, Any]]:
    """The tiles for the first page: label, href, counts, row, column, and the counts as lines of text."""
    return [_tile(atlas, one) for one in ties(atlas.survey)]


def places_sheet(atlas: Atlas) -> Sheet:
    """The sheet of the page: it rests on all of the data and on the user's borders."""
    borders = atlas.ground.borders
    return Sheet(
        "places.html",
        lambda: places_page(atlas, borders),
        lambda keys: digest([keys.everything, borders]),
    )


def places_page(atlas: Atlas, borders: Borders | None = None) -> str:
    """The page of the counties; with `borders` their shapes stand in the place of the tiles."""
    found = ties(atlas.survey)
    tied = {t.thing for one in found for t in one.lying}
    rest = {s: [0, 0, 0] for s in SORTS}
    twice = dict.fromkeys(SORTS, 0)
    for thing in atlas.facts.things.values():
        if sort := sort_of(thing):
            at = 0 if thing.iri in tied else 1 if wider(atlas.facts, thing.iri) else 2
            rest[sort][at] += 1
            inside = sum(thing.iri in {t.thing for t in one.lying} for one in found)
            twice[sort] += max(0, inside - 1)
    return render(
        atlas,
        "places.html",
        "places.html",
        title=atlas.t["pl_title"],
        tiles=[_tile(atlas, one) for one in found],
        borders=_map(atlas, found, borders) if borders else None,
        counties=[_county(atlas, one) for one in found],
        first=max(found, key=lambda one: len(one.lying)).county.key,
        sorts=[(s, atlas.t["pl_sorts"][s]) for s in SORTS],
        table=[_row(atlas, one) for one in found],
        rest=[
            (atlas.t[word], [rest[s][at] for s in SORTS])
            for at, word in ((1, "pl_wider"), (2, "pl_nowhere"))
        ],
        sums=[sum(rest[s]) for s in SORTS],
        without=[(atlas.t["pl_sorts"][s], rest[s][1] + rest[s][2], sum(rest[s])) for s in SORTS],
        twice=any(twice.values()),
        unnamed=sum(not one.places for one in found),
    )


def _counts(atlas: Atlas, one: Ties) -> dict[str, tuple[int, int]]:
    """Of each sort how many lie in the county by statements of today, and how many only by plans."""
    found = {}
    for sort in SORTS:
        own = one.of(sort, atlas.facts)
        planned = sum(t.planned for t in own)
        found[sort] = (len(own) - planned, planned)
    return found


def _count(atlas: Atlas, now: int, planned: int) -> str:
    """A count in words: "3", "3+规划 1", and the word for unseen where there is none."""
    only = str(atlas.t["pl_planned"]).format(n=planned)
    if not now:
        return only if planned else str(atlas.presences["unseen"])
    return f"{now}+{only}" if planned else str(now)


def _missing(atlas: Atlas, one: Ties) -> str:
    return str(atlas.t["pl_unknown"]) if one.missing is None else str(len(one.missing))


def _tile(atlas: Atlas, one: Ties) -> dict[str, Any]:
    counts = _counts(atlas, one)
    county = one.county
    lines = [(atlas.t["pl_sorts"][s], _count(atlas, *counts[s])) for s in _ON_TILE]
    lines.append((atlas.t["pl_gaps"], _missing(atlas, one)))
    return {
        "key": county.key,
        "label": county.label(atlas.lang),
        "href": f"places.html#{county.key}",
        **{s: sum(counts[s]) if one.places else None for s in _ON_TILE},
        "gaps": len(one.missing) if one.missing is not None else None,
        "row": county.row,
        "column": county.column,
        "seen": bool(one.places),
        "lines": lines if one.places else [],
        "note": "" if one.places else atlas.t["pl_not_named"],
    }


def _row(atlas: Atlas, one: Ties) -> dict[str, Any]:
    counts = _counts(atlas, one)
    return {
        "key": one.county.key,
        "label": one.county.en if atlas.lang == "en" else one.county.zh,
        "seen": bool(one.places),
        "cells": [_count(atlas, *counts[s]) for s in SORTS] if one.places else [],
        "gaps": _missing(atlas, one),
    }


def _county(atlas: Atlas, one: Ties) -> dict[str, Any]:
    """One county's list: things by sort, other relations, bare names, and the aims with what is missing of them."""
    facts, words, t = atlas.facts, atlas.words, atlas.t
    groups: dict[str, list[Tie]] = {s: [] for s in (*SORTS, "")}
    for tie in one.lying:
        groups[sort_of(facts.things[tie.thing])].append(tie)
    sources = tuple(dict.fromkeys(s for c in one.aims.values() for s in c.sources))
    return {
        "key": one.county.key,
        "label": one.county.en if atlas.lang == "en" else one.county.zh,
        "own": [{"label": words.label(i), "href": atlas.page(i)} for i in one.places],
        "seen": bool(one.places),
        "groups": [
            {"title": t["pl_sorts"][s or "rest"], "things": [_tied(atlas, one, x) for x in found]}
            for s, found in groups.items()
            if found
        ],
        "beside": [_tied(atlas, one, x) for x in one.beside],
        "named": [{"label": words.label(i), "href": atlas.page(i)} for i in one.named],
        "aims": [{"label": words.label(i), "href": atlas.page(i)} for i in one.aims],
        "aims_where": _where(atlas, sources),
        "wide": [
            {"label": words.label(i), "href": f"gaps.html#chain={atlas.key(i)}&rule=a"}
            for i in one.wide
        ],
        "missing": None
        if one.missing is None
        else [
            {
                "label": words.label(i),
                "href": atlas.card(i) or atlas.page(i),
                "presence": atlas.survey.nodes[i].presence,
            }
            for i in one.missing
        ],
        "short": one.county.label(atlas.lang),
    }


def _tied(atlas: Atlas, one: Ties, tie: Tie) -> dict[str, Any]:
    """A thing of a county's list: its status there, the words for its relation, and the places that say so."""
    thing = atlas.facts.things[tie.thing]
    sources = tuple(dict.fromkeys(s for c in tie.path for s in c.sources))
    return {
        "label": thing.label(atlas.lang),
        "href": atlas.page(tie.thing),
        "family": FAMILY.get(thing.kind, "other"),
        "status": tie.status,
        "generic": thing.generic,
        "how": " → ".join(_steps(atlas, one, tie.path, tie.thing)),
        "where": _where(atlas, sources),
    }


def _steps(atlas: Atlas, one: Ties, path: Iterable[Claim], start: str) -> list[str]:
    """The relations on the way from the thing to the county, with what lies between: "位于 乳源高新区", "位于 乳源"."""
    steps, at = [], start
    for claim in path:
        out = claim.subject == at
        at = claim.object if out else claim.subject
        relation = atlas.words.label(claim.predicate)
        name = one.county.label(atlas.lang) if at in one.places else atlas.words.label(at)
        steps.append(f"{relation} {name}" if out else f"{name} {relation}")
    return steps


def _where(atlas: Atlas, sources: tuple[str, ...]) -> str:
    return SEMICOLON[atlas.lang].join(atlas.words.place(sources))


class _Block(NamedTuple):
    """Where the words of one county stand on the map: middle, half their width, top and foot."""

    x: float
    half: float
    top: float
    foot: float


def _block(shape: Shape, label: str, lines: list[tuple[str, str]]) -> _Block:
    half = max(width(label) * 7.5, *(width(f"{w} {n}") * 5.6 for w, n in lines), 0)
    tall = 34 + _LINE * len(lines)
    top = max(shape.y - tall / 2, 0)
    return _Block(min(max(shape.x, half), WIDE - half), half, top, top + tall)


def _free(
    shape: Shape, label: str, lines: list[tuple[str, str]], taken: list[_Block]
) -> _Block | None:
    """The block of a county where it meets no other, at most one line from its middle; None where there is no room."""
    block = _block(shape, label, lines)
    for move in (0, 6, -6, 12, -12, 18, -18, _LINE, -_LINE):
        top, foot = block.top + move, block.foot + move
        if top >= 0 and not any(
            abs(block.x - b.x) < block.half + b.half and top < b.foot and b.top < foot
            for b in taken
        ):
            return block._replace(top=top, foot=foot)
    return None


def _map(atlas: Atlas, found: list[Ties], borders: Borders) -> dict[str, Any]:
    """The picture of the user's own borders: shapes with names that keep clear of each other, and its number."""
    shapes = []
    taken: list[_Block] = []
    drawn = [one for one in found if one.county.key in borders.shapes]
    for one in sorted(drawn, key=lambda o: (borders.shapes[o.county.key].y, o.county.key)):
        shape, tile = borders.shapes[one.county.key], _tile(atlas, one)
        lines: list[tuple[str, str]] = tile["lines"]
        block = _free(shape, tile["label"], lines, taken)
        if block is None and lines:
            # Counts that find no room are read in the table; a name never moves into another county.
            lines = []
            block = _free(shape, tile["label"], lines, taken)
        block = block or _block(shape, tile["label"], lines)
        taken.append(block)
        shapes.append({
            **{k: tile[k] for k in ("key", "label", "seen", "note")},
            "told": tile["lines"],
            "lines": [
                (w, n, round(block.top + 28 + _LINE * at)) for at, (w, n) in enumerate(lines, 1)
            ],
            "path": shape.path,
            "x": round(block.x),
            "y": round(block.top + 28),
        })
    lowest = max((block.foot for block in taken), default=0)
    return {
        "wide": round(WIDE),
        "high": round(max(borders.height, lowest)),
        "shapes": shapes,
        "number": borders.number,
        "absent": [
            one.county.label(atlas.lang) for one in found if one.county.key not in borders.shapes
        ],
    }
