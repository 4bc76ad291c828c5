"""A list: which things it takes, what the graph says of each, one row for each status, and the page of it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from kg.facts import Claim, Thing
from kg.site.atlas import Atlas
from kg.site.five.entries import List, Pick
from kg.site.five.homes import Home, chains_of, homes, link, places, rank, verbs
from kg.site.render import render
from kg.vocab import PREFIXES, STATUSES, reading_rank

# The wish itself: said in a column of its own.
_PLANS = "plans"


class Row(NamedTuple):
    """What is said of one thing with one status, and the places in the chains that this touches."""

    thing: str
    status: str
    claims: tuple[Claim, ...]
    homes: tuple[Home, ...]


def fits(pick: Pick, claim: Claim) -> bool:
    """Whether a claim of the source (not of the field's knowledge) is one that `pick` takes."""
    return (
        not claim.origin
        and claim.name in pick.predicates
        and (not pick.statuses or claim.status in pick.statuses)
        and (not pick.wishes or any(w.rpartition("/")[2] in pick.wishes for w in claim.wishes))
    )


def rows(atlas: Atlas, entry: List) -> list[Row]:
    """The rows of `entry`: chain by chain, then in the order of the text; the surer status first."""
    facts = atlas.facts
    order: list[tuple[int, tuple[int, str], list[Row]]] = []
    for thing in facts.things.values():
        if not _taken(entry, thing):
            continue
        by: dict[str, dict[int, Claim]] = {}
        for pick in entry.picks:
            side = facts.outgoing if pick.side == "out" else facts.incoming
            for claim in side.get(thing.iri, ()):
                if fits(pick, claim):
                    by.setdefault(claim.status, {})[id(claim)] = claim
        found = [
            Row(thing.iri, s, claims, tuple(homes(atlas, _ends(claims))))
            for s in STATUSES
            if (claims := tuple(by.get(s, {}).values()))
        ]
        if found:
            nearest = min((rank(atlas, h[0]) for r in found for h in r.homes), default=1 << 30)
            order.append((nearest, facts.order(thing.iri), found))
    return [row for _, _, found in sorted(order, key=lambda o: o[:2]) for row in found]


def _taken(entry: List, thing: Thing) -> bool:
    return (
        (not entry.kinds or thing.kind in entry.kinds)
        and (entry.named is None or entry.named != thing.generic)
        and (not entry.sorts or any(k.rpartition("/")[2] in entry.sorts for k in thing.kinds))
    )


def _ends(claims: tuple[Claim, ...]) -> list[str]:
    return list(dict.fromkeys(i for c in claims for i in (c.subject, c.object)))


def list_page(atlas: Atlas, entry: List) -> str:
    """The page of one list: a table to filter, print and take along as CSV."""
    found = rows(atlas, entry)
    chains = Counter(h for r in found for h in dict.fromkeys(home[0] for home in r.homes))
    return render(
        atlas,
        "list.html",
        entry.page + ".html",
        title=entry.title.pick(atlas.lang),
        what=entry.what.pick(atlas.lang),
        rests=entry.rests.pick(atlas.lang),
        lacks=entry.lacks.pick(atlas.lang),
        page=entry.page,
        columns=[(c, atlas.t["col_" + c]) for c in entry.columns],
        rows=[_shown(atlas, entry, row) for row in found],
        things=len({r.thing for r in found}),
        chains=[
            (atlas.key(i), atlas.words.label(i), chains[i])
            for i in atlas.survey.chains
            if chains[i]
        ],
        none=sum(not r.homes for r in found),
    )


def _shown(atlas: Atlas, entry: List, row: Row) -> dict[str, Any]:
    thing, things = atlas.facts.things[row.thing], atlas.facts.things
    out = [c for c in row.claims if c.subject == row.thing]
    into = [c for c in row.claims if c.subject != row.thing]
    wanting = [c for c in into if c.name == _PLANS] if "says" in entry.columns else into
    if "by" not in entry.columns:
        wanting = []
    said = [*out, *(c for c in into if c not in wanting)]
    kind = atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind)
    near = [row.thing, *(c.object for c in out)]
    return {
        "chains": " ".join(dict.fromkeys(atlas.key(h[0]) for h in row.homes)),
        "status": row.status,
        "generic": thing.generic,
        "cells": {
            "name": [link(atlas, row.thing)],
            "kind": atlas.t["five_comma"].join([
                kind,
                *(atlas.words.label(k) for k in thing.kinds),
            ]),
            "chain": chains_of(atlas, row.homes),
            "says": _said(atlas, row.thing, said),
            "by": [link(atlas, i) for i in dict.fromkeys(c.subject for c in wanting)],
            "verb": verbs(atlas, row.claims),
            "role": atlas.t["five_comma"].join(
                dict.fromkeys(atlas.words.label(r) for c in row.claims for r in c.roles)
            ),
            "from": [
                link(atlas, c.object)
                for c in atlas.facts.outgoing.get(row.thing, ())
                if c.name == "attractedFrom" and c.object in things
            ],
            "card": [
                {
                    "label": "" if i == row.thing else atlas.words.label(i),
                    "href": atlas.card(i),
                    "presence": atlas.survey.strength(i),
                }
                for i in dict.fromkeys(near)
                if i in atlas.survey.chain_of and atlas.card(i)
            ],
            "place": places(atlas, row.claims),
        },
    }


def _said(atlas: Atlas, iri: str, claims: list[Claim]) -> list[dict[str, Any]]:
    """Relations with what they lead to, in the order in which an officer reads."""
    lines: dict[str, list[dict[str, str]]] = {}
    for claim in sorted(claims, key=lambda c: reading_rank(c.name)):
        out = claim.subject == iri
        word = atlas.words.label(claim.predicate)
        line = lines.setdefault(word if out else "← " + word, [])
        line.append(link(atlas, claim.object if out else claim.subject))
    return [{"word": word, "things": found} for word, found in lines.items()]
