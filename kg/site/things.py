"""The pages of single things, packed: one page shows any of them, as the address says; and the directory of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from kg.site.atlas import Atlas
from kg.site.entity import Entity, entity
from kg.site.keys import Keys, digest
from kg.site.packed import packed
from kg.site.passages import place_href
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.vocab import CLASSES, PREFIXES, page_of

# About so many things lie in one script: it is read in a moment, and a changed fact makes few of them.
_EACH = 100


def thing_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The page that shows any thing, the scripts with what it shows, and the directory."""
    parts = _parts(atlas)
    yield Sheet("thing.html", partial(thing_page, atlas), _shell)
    yield Sheet("things.html", partial(directory_page, atlas))
    for n, iris in enumerate(parts):
        yield Sheet(f"data/things-{n}.js", partial(_pack, atlas, iris), partial(_key, iris=iris))


def _shell(keys: Keys) -> str:
    # The page tells its script in how many parts the things lie.
    return digest([keys.base, len(keys.ground.facts.things) // _EACH])


def _key(keys: Keys, iris: list[str]) -> str:
    return keys.things(iris)


def _parts(atlas: Atlas) -> list[list[str]]:
    """The things of each script, by their address; assets/thing.js finds the script in the same way."""
    parts: list[list[str]] = [[] for _ in range(_count(atlas))]
    for iri in sorted(atlas.facts.things):
        parts[part_of(page_of(iri), len(parts))].append(iri)
    return parts


def _count(atlas: Atlas) -> int:
    return max(1, len(atlas.facts.things) // _EACH)


def part_of(page: str, parts: int) -> int:
    """In which of `parts` scripts the thing at `page` ("actor/shaogang") lies."""
    number = 0
    for char in page:
        # As far as 32 bits, which a browser counts in too.
        number = (number * 31 + ord(char)) % 2**32
    return number % parts


def _pack(atlas: Atlas, iris: list[str]) -> str:
    return packed("ATLAS_THINGS", {page_of(i): list(entity(atlas, i)) for i in iris})


def thing_page(atlas: Atlas, iri: str = "") -> str:
    """The page that shows the thing its address names; with `iri` the page of this thing alone."""
    shown = entity(atlas, iri) if iri else None
    thing = shown and Entity(*map(Markup, shown))
    title = shown.title if shown else atlas.t["thing_title"]
    return render(atlas, "thing.html", "thing.html", title=title, thing=thing, parts=_count(atlas))


def directory_page(atlas: Atlas) -> str:
    """All things by class, each with its page and the first places that speak of it: it reads without scripts."""
    facts, words = atlas.facts, atlas.words
    by: dict[str, list[str]] = {}
    for iri in facts.things:
        by.setdefault(facts.things[iri].kind, []).append(iri)
    groups = []
    for kind in sorted(by, key=lambda k: (CLASSES.index(k) if k in CLASSES else len(CLASSES), k)):
        rows = []
        for iri in sorted(by[kind], key=lambda i: (words.label(i), i)):
            claims = [*facts.outgoing.get(iri, ()), *facts.incoming.get(iri, ())]
            cited = {s for c in (*claims, *facts.figures_of.get(iri, ())) for s in c.sources}
            first = sorted((facts.passages[s].start, s) for s in cited if s in facts.passages)[:1]
            rows.append((
                words.label(iri),
                atlas.page(iri),
                [place_href(atlas, s, "") for _, s in first],
                len(claims),
            ))
        groups.append({
            "key": kind.lower(),
            "label": atlas.labels.get(PREFIXES["ic"] + kind, kind),
            "rows": rows,
        })
    return render(
        atlas,
        "things.html",
        "things.html",
        title=atlas.t["things_title"],
        groups=groups,
        total=len(facts.things),
    )
