"""The gap card of one node or actor: the card of its leading finding, to be printed and taken along; then the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

from kg.gaps import RULES, Gap
from kg.gaps.card import Field
from kg.gaps.feasibility import COMPONENTS
from kg.paint import SEMICOLON, fragment
from kg.site.atlas import Atlas
from kg.site.gaps import letter
from kg.site.keys import Keys
from kg.site.packed import packed
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.vocab import PREFIXES

# Fields that the page lays out in its own way.
_APART = ("id", "node", "rule", "finding", "presence", "responsible")
# What the card cites stands in its right column; everything else in the left, in this order.
_LEFT = ("actors", "below", "neighbours", "profile", "interval")
_RIGHT = ("claims", "edges", "policy", "carriers", "institutes")
# Below that, what fills the column on paper.
_BELOW = ("candidates", "feasibility")
# Places of a finding that stand in the open; the rest is folded.
_PLACES = 6
# Fields whose lines name things.
_NAMING = (*_LEFT, *_RIGHT, *_BELOW, "next_check")

Part = tuple[str, str]


class Card(NamedTuple):
    """A gap card as HTML, and what the page around it says."""

    title: str
    kind: str
    html: str


def card_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The page that shows any card, and for each chain its cards, packed."""
    yield Sheet("card.html", partial(card_page, atlas))
    for industry, iris in by_chain(atlas).items():
        key = atlas.key(industry)
        yield Sheet(
            f"data/cards-{key}.js", partial(_pack, atlas, key, iris), partial(Keys.cards, iris=iris)
        )


def by_chain(atlas: Atlas) -> dict[str, list[str]]:
    """What has a card, under the chain of its leading finding, in the order of the list."""
    found: dict[str, list[str]] = {}
    for iri, gaps in atlas.found.items():
        found.setdefault(gaps[0].chain, []).append(iri)
    return found


def _pack(atlas: Atlas, key: str, iris: list[str]) -> str:
    cards = {atlas.cards[i]: list(make_card(atlas, i)) for i in iris}
    return packed("ATLAS_CARDS", {"chain": key, "cards": cards})


def card_page(atlas: Atlas, iri: str = "") -> str:
    """The page that shows the card its address names; with `iri` the page of this card alone."""
    t = atlas.t
    shown = make_card(atlas, iri) if iri else None
    return render(
        atlas,
        "card.html",
        "card.html",
        title=shown.title if shown else t["gap_card"],
        kind=shown.kind if shown else "",
        card=Markup(shown.html) if shown else "",
        crumbs="",
        chains=[
            {"key": atlas.key(i), "label": atlas.words.label(i), "count": len(inside)}
            for i, inside in by_chain(atlas).items()
        ],
    )


def make_card(atlas: Atlas, iri: str) -> Card:
    """The card of the node or actor `iri`, which has findings; its links lead from the language's folder."""
    gaps = atlas.found[iri]
    lead, others = gaps[0], gaps[1:]
    fields = {f.key: f for f in atlas.ground.card_fields(atlas.teller, iri)}
    links = _links(atlas, lead, fields.values())
    thing, chain = atlas.facts.things.get(iri), atlas.survey.chains[lead.chain].industry
    node = atlas.survey.nodes.get(iri)
    segment = node.segment if node else ""
    cited: set[str] = set()
    shown = {
        k: _field(atlas, f, links, cited)
        for k, f in sorted(fields.items(), key=lambda p: p[0] not in _RIGHT)
        if k not in _APART
    }
    if "feasibility" in shown:
        shown["feasibility"]["bars"] = _bars(atlas, gaps)
    left = [k for k in dict.fromkeys((*_LEFT, *shown)) if k not in (*_RIGHT, *_BELOW)]
    halves = [[shown[k] for k in half if k in shown] for half in (left, (*_RIGHT, *_BELOW))]
    chain_page = atlas.chain_path(chain.iri) + ".html" if chain.iri in atlas.chains else ""
    name = atlas.name(iri)
    html = fragment(
        "gap.html",
        atlas.safe_words,
        title=name,
        entity=atlas.named(iri, ""),
        chain={
            "label": atlas.words.label(chain.iri),
            "href": chain_page and chain_page + ("#" + atlas.key(iri) if node else ""),
        },
        segment={"label": atlas.words.label(segment), "href": atlas.page(segment)}
        if segment and segment != chain.iri
        else None,
        presence=lead.presence,
        means=atlas.teller.means(iri),
        position=atlas.position(iri),
        lead=_finding(atlas, lead, ()),
        halves=halves,
        others=[_finding(atlas, g, (lead,)) for g in others],
    )
    kind = atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind) if thing else ""
    return Card(name, kind, html)


def _field(atlas: Atlas, field: Field, links: dict[str, str], cited: set[str]) -> dict[str, Any]:
    """A field with its lines as HTML; what the card has cited already (`cited`) is not repeated."""
    lines: list[Markup] = []
    for line in field.lines:
        if field.key in _RIGHT and len(line) > 12:
            if line in cited:
                continue
            cited.add(line)
        # A quoted passage is the source's own text: nothing in it is ours to link.
        quote = atlas.document is not None and line.startswith("“")
        if quote:
            lines.append(Markup("<li><blockquote>%s</blockquote></li>") % line)
        else:
            lines.append(_line(line, links if field.key in _NAMING else {}))
    if not lines:
        lines = [_line(atlas.t["as_above"], {})]
    return {"key": field.key, "title": field.title.pick(atlas.lang), "bars": [], "lines": lines}


def _line(line: str, links: dict[str, str]) -> Markup:
    """A line of a field as HTML, the names in it linked."""
    parts = (
        f'<a href="{escape(href)}">{escape(text)}</a>' if href else escape(text)
        for text, href in split(line, links)
    )
    return Markup("<li>" + "".join(parts) + "</li>")


def _links(atlas: Atlas, gap: Gap, fields: Iterable[Field]) -> dict[str, str]:
    """Name → page of everything that the card names."""
    named = dict.fromkeys(i for f in fields for i in f.iris)
    named.update(dict.fromkeys(i for c in (*gap.claims, *gap.edges) for i in (c.subject, c.object)))
    if gap.node in atlas.survey.nodes:
        named.update(dict.fromkeys(atlas.facts.ancestors(gap.node)))
    return {
        atlas.words.label(i): atlas.page(i)
        for i in named
        if i in atlas.facts.things and len(atlas.words.label(i)) > 1
    }


def split(line: str, links: dict[str, str]) -> list[Part]:
    """`line` in parts of text and page, "" where a part leads nowhere; of two names that fit, the longer is meant."""
    parts = [(line, "")]
    for name in sorted((n for n in links if n in line), key=lambda n: (-len(n), n)):
        parts = [p for text, href in parts for p in _cut(text, href, name, links[name])]
    return parts


def _cut(text: str, href: str, name: str, page: str) -> Iterator[Part]:
    """`text`, which leads to `href`, with every `name` in it cut out and linked to `page`."""
    start = at = 0
    while not href and (at := text.find(name, at)) >= 0:
        end = at + len(name)
        # An English name is no part of a longer word; Chinese has no blanks between words.
        if _word(text[at - 1 : at] + name[0]) or _word(name[-1] + text[end : end + 1]):
            at += 1
            continue
        if at > start:
            yield text[start:at], ""
        yield name, page
        start = at = end
    if start < len(text):
        yield text[start:], href


def _word(pair: str) -> bool:
    """Whether two neighbouring characters belong to one word of Latin letters or digits."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _bars(atlas: Atlas, gaps: list[Gap]) -> list[dict[str, Any]]:
    """The components of feasibility as intervals to draw; empty where the rule says nothing of the node."""
    gap = next((g for g in gaps if g.rule == "f"), None)
    if gap is None:
        return []
    bars: list[dict[str, Any]] = []
    for key, found in gap.details["components"].items():
        bar: dict[str, Any] = {
            "label": COMPONENTS[key].pick(atlas.lang),
            "known": found is not None,
        }
        if found:
            low, high = found["low"], found["high"]
            text = f"{low:.2g}" + (f" {atlas.t['to']} {high:.2g}" if high != low else "")
            left, wide = round(100 * low, 1), round(100 * (high - low), 1)
            bar |= {"left": left, "wide": wide, "text": text, "n": found["n"]}
        bars.append(bar)
    return bars


def _finding(atlas: Atlas, gap: Gap, told: tuple[Gap, ...]) -> dict[str, Any]:
    """A finding as the template shows it; a next check that one of `told` gives already is not repeated."""
    places, mark = atlas.teller.places(gap.claims), SEMICOLON[atlas.lang]
    return {
        "id": gap.id,
        "rule": gap.rule,
        "letter": letter(gap.rule),
        "title": RULES[gap.rule].title.pick(atlas.lang),
        "tells": RULES[gap.rule].tells.pick(atlas.lang),
        "what": gap.what.pick(atlas.lang),
        "interval": gap.interval.text(atlas.lang),
        "overturned": gap.overturned_by.pick(atlas.lang),
        "next": ""
        if any(g.next_check == gap.next_check for g in told)
        else gap.next_check.pick(atlas.lang),
        "edges": len(gap.edges),
        "domain": gap.domain_edges,
        "places": mark.join(places[:_PLACES]),
        "more": mark.join(places[_PLACES:]),
        "more_count": len(places) - _PLACES,
        "route": _route(atlas, gap) if gap.rule == "b2" else [],
        "beside": [_chip(atlas, i) for i in gap.details.get("beside", ())],
        "proven": gap.details.get("proven", True),
    }


def _route(atlas: Atlas, gap: Gap) -> list[dict[str, Any]]:
    """The nodes of a route, each with the edge that leads to it: "plan", "domain", or "" within a group."""
    chips: list[dict[str, Any]] = []
    before = ""
    for iri in gap.details["route"]:
        chip = _chip(atlas, iri)
        if before:
            starts = {before, *atlas.facts.ancestors(before)}
            ends = {iri, *atlas.facts.ancestors(iri)}
            edge = next((e for e in gap.edges if e.subject in starts and e.object in ends), None)
            chip["edge"] = (edge.origin or "plan") if edge else ""
            chip["basis"] = edge.basis.pick(atlas.lang) if edge else ""
        chips.append(chip)
        before = iri
    return chips


def _chip(atlas: Atlas, iri: str) -> dict[str, Any]:
    presence = atlas.survey.nodes[iri].presence
    return {
        "label": atlas.words.label(iri),
        "href": atlas.card(iri) or atlas.page(iri),
        "presence": presence,
        "word": atlas.presences[presence],
        "edge": "",
        "basis": "",
    }
