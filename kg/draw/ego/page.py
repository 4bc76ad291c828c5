"""The picture of one thing as one file that can be mailed: built with pyvis, drawn by the site's own script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.draw.ego.blocks import STATES
from kg.draw.ego.boxes import Box, Picture, one_step, two_steps
from kg.linkage import Link, Web
from kg.paint import SEMICOLON, Words, environment, hash_source, static, style_sheet, vis_bundle
from kg.vocab import PREFIXES


def ego_page(
    web: Web,
    iri: str,
    words: Words,
    ui: Mapping[str, Any],
    relations: Sequence[str],
    kinds: Sequence[str],
    context: Mapping[str, Any],
) -> str:
    """The HTML of one thing and what is around it, one step and two, with no need of anything else.

    `ui` are the words and measures that the script draws with, `relations` and `kinds` what their numbers mean,
    `context` the template's other names (all of these: kg.site.ego.ego_context). KeyError for what is no thing.
    """
    thing = web.facts.things[iri]
    first = one_step(web, iri)
    opens = any(b.role == "one" for b in first.boxes)
    second = two_steps(web, iri) if opens else first
    numbers = {r: n for n, r in enumerate(relations)}, {k: n for n, k in enumerate(kinds)}
    pictures = [network(first, words, numbers, False), network(second, words, numbers, True)]
    near = sorted((web.things[n] for n in web.near[web.number[iri]]), key=web.facts.order)
    data = {
        "words": ui,
        "one": _value(pictures[0]),
        "two": _value(pictures[1]) if opens else None,
        "told": _panels(web, iri, first, second, words),
    }
    script, bundle = static("ego.js"), vis_bundle().read_text("utf-8")
    extra = {
        **context,
        "lang": words.lang,
        "title": thing.label(words.lang),
        "other": words.other(thing),
        "kind": words.label(PREFIXES["ic"] + thing.kind),
        "data": data,
        "rows": [row for other in near for row in _told(web, iri, other, words)],
        "scripts": [bundle, script],
        "sheet": style_sheet(),
        "csp_scripts": " ".join(hash_source(s) for s in (bundle, script)),
        "single": True,
    }
    # pyvis hands its template nodes and edges; everything else comes with the template itself.
    pictures[0].templateEnv = _Template(extra)
    return str(pictures[0].generate_html())


class _Template:
    """The template as pyvis asks for it, with the names in `extra` besides those that pyvis hands over."""

    def __init__(self, extra: dict[str, Any]) -> None:
        self._extra = extra

    def get_template(self, name: str) -> _Template:
        return self

    def render(self, **names: Any) -> str:
        return environment().get_template("ego_page.html").render(**names | self._extra)


def network(
    picture: Picture, words: Words, numbers: tuple[Mapping[str, int], Mapping[str, int]], wide: bool
) -> Any:
    """A pyvis Network with every box and line of `picture` at its place.

    `numbers` are those of the relations and of the classes. `wide`: on tall screens a neighbour takes the whole width, because its own stand below it.
    """
    from pyvis.network import Network

    relations, kinds = numbers
    # pyvis checks every new edge against all others when undirected; directed edges are simply appended.
    net = Network(directed=True, cdn_resources="in_line")
    for box in picture.boxes:
        label = words.label(box.thing) if box.thing else ""
        more = {
            "thing": label,
            "kind": kinds[box.kind],
            "count": box.count,
            "block": box.block,
            "relation": relations[box.relation],
            "out": box.out,
            "state": STATES.index(box.status),
            "low": box.low,
            "rest": box.rest,
            "full": wide and box.role == "one",
        }
        place = {"x": box.x, "y": box.y, "px": box.px, "py": box.py}
        net.add_node(box.id, label=label or " ", shape="box", role=box.role, **place, **more)
    for line in picture.lines:
        state = STATES.index(line.status)
        relation = relations[line.relation]
        net.add_edge(line.start, line.end, relation=relation, state=state, hidden=line.hidden)
    return net


def _value(net: Any) -> dict[str, Any]:
    """What the script reads of a network: no colours and arrows, which it chooses itself."""
    drop = ("color", "shape", "size", "arrows", "width", "title")
    return {
        "boxes": [{k: v for k, v in n.items() if k not in drop} for n in net.nodes],
        "lines": [{k: v for k, v in e.items() if k not in drop} for e in net.edges],
    }


def _panels(
    web: Web, iri: str, first: Picture, second: Picture, words: Words
) -> dict[str, list[dict[str, Any]]]:
    """What is told of each box when it is chosen: its ties with the box that it hangs on."""
    found: dict[str, list[dict[str, Any]]] = {}
    parents: dict[str, Box] = {b.id: b for b in second.boxes if b.role == "one"}
    for box in (*first.boxes, *second.boxes):
        if not box.thing or box.role == "centre":
            continue
        parent = parents[".".join(box.id.split(".")[:2])].thing if box.role == "two" else iri
        found[box.id] = _told(web, parent, box.thing, words)
    return found


def _told(web: Web, start: str, end: str, words: Words) -> list[dict[str, Any]]:
    """The ties of two neighbours in words, as ego.js tells them: the surest first, the tree last."""
    link: Link = web.link(web.number[start], web.number[end])
    rows: list[dict[str, Any]] = [
        {
            "from": words.label(c.subject),
            "to": words.label(c.object),
            "relation": words.label(c.predicate),
            "state": STATES.index("domain" if c.origin == "domain" else c.status),
            "place": c.basis.pick(words.lang)
            if c.origin == "domain"
            else SEMICOLON[words.lang].join(words.place(c.sources)),
            "known": c.origin == "domain",
        }
        for c in link.claims
    ]
    if link.below:
        up = end if link.below == start else start
        ends = {"from": words.label(link.below), "to": words.label(up)}
        rows.append({**ends, "relation": "", "state": len(STATES) - 1, "place": "", "known": False})
    return rows
