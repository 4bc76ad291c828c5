"""A route from one thing to another as one page: boxes in the order of the route, and what they need beside it.

Everything comes in as plain values, so that any route can be drawn: what makes a chain run, or how two things are
tied. On wide screens the route runs from left to right, in rows where it is long, and further inputs hang below the
node that needs them; on phones it runs down the left column and the rest stands in the right one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from kg.chain import WORDS
from kg.draw import SCRIPTS
from kg.draw.layout import still, wrap
from kg.draw.route.places import HIGH, SMALL, Actor, Box, Line, Places, actor_rows
from kg.draw.sheet import sheet
from kg.paint import (
    STATUS_WORDS,
    environment,
    hash_source,
    static,
    style,
    style_sheet,
    vis_bundle,
)
from kg.words import clip, width

__all__ = ["Actor", "Box", "Line", "network", "route_page"]

# What fits on one line of a small box: capitals are wider than a terminal's columns tell.
_ACTOR_COLUMNS = {"zh": 18, "en": 16}


def network(boxes: Sequence[Box], lines: Sequence[Line], lang: str) -> Any:
    """A pyvis Network with every box and line at its place, and our template."""
    from pyvis.network import Network

    class Route(Network):  # type: ignore[misc]
        """pyvis with an own template, and its data as values instead of pasted text."""

        def __init__(self) -> None:
            super().__init__(directed=True, cdn_resources="in_line")
            self.templateEnv = environment()
            self.path = "route.html"

    tokens, places = style(), Places(boxes, lines)
    picture = Route()

    def put(at: str, label: str, look: Mapping[str, str], **more: Any) -> None:
        x, y, px, py = places.spots[at]
        color = {"background": look["ground"], "border": look["border"]}
        picture.add_node(
            at, label=label, shape="box", color=color, x=x, y=y, px=px, py=py, level=0, **more
        )

    for box in boxes:
        word = WORDS[box.presence].pick(lang) + "\n" if box.presence in WORDS else ""
        look = tokens["presence"].get(box.presence) or tokens["kind"][box.family]
        put(
            box.id,
            word + wrap(box.label, lang),
            look,
            role="node",
            family=box.family,
            presence=box.presence,
            mark=box.mark,
            high=HIGH,
        )
        for actor in actor_rows(box):
            put(
                actor.id,
                clip(actor.label, _ACTOR_COLUMNS[lang]),
                tokens["kind"][actor.family],
                role="firm",
                family=actor.family,
                presence="" if actor.certain else "possible",
                high=SMALL,
            )
    for names in places.turns.values():
        for at in names:
            line = tokens["colour"]["accent"]
            put(at, "", {"ground": line, "border": line}, role="turn", presence="", high=2)
    way = {*pairwise(b.id for b in places.path)}
    for one in lines:
        corners = places.turns.get((one.start, one.end), [])
        if back := places.turns.get((one.end, one.start)):
            corners = back[::-1]
        stops = [one.start, *corners, one.end]
        straight = bool({(one.start, one.end), (one.end, one.start)} & way)
        for n, (a, b) in enumerate(pairwise(stops)):
            picture.add_edge(
                a,
                b,
                label=one.label if n == len(corners) else "",
                dashes=one.dashed,
                arrows="to" if n == len(corners) else "",
                curved=not straight,
                hidden=True,
            )
    picture.options = {
        **still(),
        "edges": {
            "color": dict.fromkeys(("color", "highlight", "hover"), tokens["colour"]["accent"]),
            "width": 2,
            "font": {"size": 12, "align": "middle", "background": tokens["colour"]["ground"]},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
            "smooth": {"enabled": False},
        },
    }
    return picture


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column of the table is, in hundredths of the whole: by its longest cell, within limits."""
    columns = zip(*rows, strict=True)
    wide = [min(max(12, *map(width, column)), 48) for column in columns]
    return [round(100 * w / sum(wide), 1) for w in wide]


def route_page(
    title: str,
    sentence: str,
    boxes: Sequence[Box],
    lines: Sequence[Line],
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    panels: Mapping[str, Mapping[str, Any]],
    lang: str,
    t: Mapping[str, Any],
) -> str:
    """One HTML file that needs nothing else: the sentence, the picture, and the same as a table.

    The first cell of each of `rows` names the step; `panels` tell of boxes and of actors (by the id of the thing);
    `t` are the texts of viz/words/.
    """
    picture = network(boxes, lines, lang)
    told = {b.id: panels[b.id] for b in boxes if b.id in panels}
    for box in boxes:
        for actor in actor_rows(box):
            iri = actor.id.removeprefix(box.id + "|")
            told[actor.id] = panels.get(iri) or panels.get(box.id, {})
    scripts = [static(name) for name in SCRIPTS]
    bundle = vis_bundle().read_text("utf-8")
    extra = {
        "single": True,
        "root": "",
        "lang": lang,
        "t": t,
        "title": title,
        "sentence": sentence,
        "head": head,
        "rows": rows,
        "shares": _shares([head, *rows]),
        "told": told,
        "scripts": scripts,
        "bundle": bundle,
        "sheet": style_sheet(),
        "csp_scripts": " ".join(hash_source(s) for s in (bundle, *scripts)),
        "presence_words": {p: w.pick(lang) for p, w in WORDS.items()},
        "status_words": STATUS_WORDS[lang],
        "marked": any(b.mark for b in boxes),
        "pyvis_options": picture.options,
        "paper": sheet(
            picture.nodes,
            picture.edges,
            title=title,
            notes=[],
            legend=[(p, w.pick(lang)) for p, w in WORDS.items()],
        ),
    }
    # pyvis hands its template nodes and edges; everything else comes with the template itself.
    picture.templateEnv = environment().overlay()
    picture.templateEnv.globals = {**environment().globals, **extra}
    return str(picture.generate_html())
