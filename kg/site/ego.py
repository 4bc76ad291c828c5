"""What the browser draws the surroundings of every thing from: names, addresses, and where the neighbours stand.

All is in a few classic scripts that are loaded when a picture comes into view: the names of the page's language, one part of the places, and, when a box is chosen, addresses and citations (kg/site/path.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from kg.draw.ego import GRID, MOST, MOST_TWO, STATES, blocks
from kg.draw.ego.boxes import FIRST, HEAD, NEXT, NEXT_HEAD, SLIT, TALL, TALL_MIDDLE
from kg.facts import Facts
from kg.linkage import Web
from kg.paint import FAMILY, STATUS_WORDS
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.render import shared
from kg.site.sheets import Sheet
from kg.vocab import BASE, CLASSES, PREFIXES, page_of

# The places of all things are in so many scripts: a page reads one of them.
PARTS = 12


def ego_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The scripts of one language, and before them, once for all languages, those without words."""
    if not atlas.folder:
        yield Sheet("data/ids.js", lambda: ids_script(web_of(atlas)))
        for part in range(PARTS):
            yield Sheet(f"data/ego-{part}.js", partial(_part, atlas, part))
    yield Sheet("data/labels.js", partial(labels_script, atlas))


def _part(atlas: Atlas, part: int) -> str:
    return part_script(web_of(atlas), part)


_WEBS: WeakKeyDictionary[Ground, Web] = WeakKeyDictionary()


def web_of(atlas: Atlas) -> Web:
    """All ties of the ground of `atlas`, made once for all languages."""
    if (web := _WEBS.get(atlas.ground)) is None:
        web = _WEBS[atlas.ground] = Web(atlas.facts)
    return web


def script(name: str, value: object) -> str:
    """The classic script that sets `window.NAME` to `value`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Both end a line of a script in browsers older than 2019.
    return f"window.{name}={text};\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def relations(facts: Facts) -> list[str]:
    """The predicates by number: the tree, what has no block of its own, then all in use."""
    return ["", "*", *sorted({c.predicate for c in facts.claims})]


def kinds(facts: Facts) -> list[str]:
    """The classes by number; the last one stands for several."""
    used = {t.kind for t in facts.things.values()}
    return [*(c for c in CLASSES if c in used), *sorted(used - set(CLASSES)), ""]


def part_of(page: str) -> int:
    """In which part a thing's places are: the codes of the characters of its page, added up. ego.js does the same."""
    return sum(map(ord, page)) % PARTS


def ids_script(web: Web) -> str:
    """data/ids.js: the page of every thing by number."""
    return script("ATLAS_IDS", fronted(map(page_of, web.things)))


# A length above this would be a letter that JSON or a line's end needs.
_MOST_SHARED = 43


def fronted(lines: Iterable[str]) -> str:
    """`lines` in one text, each as a letter for how much it shares with the one before ("0" for nothing) and the rest."""
    told, before = [], ""
    for line in lines:
        shared = 0
        for a, b in zip(before, line, strict=False):
            if a != b or shared == _MOST_SHARED:
                break
            shared += 1
        told.append(chr(48 + shared) + line[shared:])
        before = line
    return "\n".join(told)


def part_script(web: Web, part: int) -> str:
    """data/ego-N.js: of each thing its number and its blocks.

    A block is ((relation × 6 + status) × 4 + zone) × 2 + direction, columns, `y`, `py`, its members by number, and
    where not all are drawn the classes of the rest with their counts in turn.
    """
    codes = {r: n for n, r in enumerate(relations(web.facts))}
    sorts = {k: n for n, k in enumerate(kinds(web.facts))}
    told: dict[str, list[Any]] = {}
    for n in _split(web)[part]:
        found: list[Any] = [n]
        for b in blocks(web, web.things[n]):
            code = ((codes[b.relation] * len(STATES) + STATES.index(b.status)) * 4 + b.zone) * 2
            block: list[Any] = [code + b.out, b.columns, b.y, b.py]
            block.append([web.number[m] for m in b.members])
            if b.more:
                block.append([x for kind, count in b.more for x in (sorts[kind], count)])
            found.append(block)
        told[page_of(web.things[n])] = found
    # A part adds its things to those that other parts brought.
    return f"Object.assign(window.ATLAS_EGO=window.ATLAS_EGO||{{}},{script('X', told)[9:-2]});\n"


_SPLIT: WeakKeyDictionary[Web, list[list[int]]] = WeakKeyDictionary()


def _split(web: Web) -> list[list[int]]:
    """The numbers of the things of each part."""
    if (split := _SPLIT.get(web)) is None:
        split = _SPLIT[web] = [[] for _ in range(PARTS)]
        for n, iri in enumerate(web.things):
            split[part_of(page_of(iri))].append(n)
    return split


def labels_script(atlas: Atlas) -> str:
    """data/labels.js: every name of the language by number, with classes and the words of the pictures."""
    return script("ATLAS_LABELS", labels(atlas))


def labels(atlas: Atlas) -> dict[str, Any]:
    """What is in data/labels.js, as a value."""
    facts, web = atlas.facts, web_of(atlas)
    sorts = kinds(facts)
    number = {k: n for n, k in enumerate(sorts)}
    return {
        "labels": [facts.things[i].label(atlas.lang) for i in web.things],
        "kinds": "".join(chr(97 + number[facts.things[i].kind]) for i in web.things),
        **words(atlas),
    }


def words(atlas: Atlas) -> dict[str, Any]:
    """The words and numbers that ego.js and path.js draw with, whatever they draw."""
    sorts = kinds(atlas.facts)
    before, _, after = atlas.page(BASE).partition(page_of(BASE))
    return {
        "page": [before, after],
        "sorts": [
            atlas.labels.get(PREFIXES["ic"] + k, k) if k else atlas.t["ego_other"] for k in sorts
        ],
        "families": [FAMILY.get(k, "other") for k in sorts],
        "relations": [atlas.t["ego_tree"], atlas.t["ego_rest"]]
        + [atlas.words.label(p) for p in relations(atlas.facts)[2:]],
        "states": [STATUS_WORDS[atlas.lang].get(s, "") for s in STATES],
        "words": {k[4:]: w for k, w in atlas.t.items() if k.startswith("ego_")},
        "grid": geometry(),
    }


def geometry() -> dict[str, int]:
    """The measures of the pictures: the same in Python and in the browser."""
    return {
        **GRID,
        "headAt": HEAD,
        "first": FIRST,
        "nextHead": NEXT_HEAD,
        "next": NEXT,
        "tall": TALL,
        "tallMiddle": TALL_MIDDLE,
        "slit": SLIT,
        "most": MOST,
        "mostTwo": MOST_TWO,
        "parts": PARTS,
        "states": len(STATES),
    }


def ego_context(atlas: Atlas, path: str) -> dict[str, Any]:
    """What kg.draw.ego.ego_page needs beside the web, the thing and the words: for one file that stands alone."""
    return {
        "ui": words(atlas),
        "relations": relations(atlas.facts),
        "kinds": kinds(atlas.facts),
        "context": shared(atlas, path),
    }
