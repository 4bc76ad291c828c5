"""What panels tell, in few bytes: one script for all pages of a chain, with every text once (panel.js reads it)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.chain import Chain
from kg.facts import Facts
from kg.paint import Words
from kg.vocab import address_of, reading_rank


def compact(told: Mapping[str, Mapping[str, Any]], root: str = "") -> dict[str, Any]:
    """The panels of `told` by key, texts and things as numbers.

    `s` are the texts, `o` the things (name, page), `r` what stands before each page; `t` has for every key label,
    other name, presence, page, card, what the presence rests on, position, how many facts more, then per fact
    relation, thing, status, detail, places. A page is kept without `root`.
    """
    texts: dict[str, int] = {"": 0}
    things: dict[tuple[int, int], int] = {}

    def text(value: str) -> int:
        return texts.setdefault(value, len(texts))

    def page(href: str) -> int:
        return text(href.removeprefix(root))

    rows = {}
    for key, one in told.items():
        row = [
            text(one["label"]),
            text(one["other"]),
            text(one["presence"]),
            page(one["href"]),
            page(one.get("gap", "")),
            text(one.get("means", "")),
            text(one.get("position", "")),
            one["more"],
        ]
        for relation, thing, href, status, detail, places in one["facts"]:
            pair = text(thing), page(href)
            row += [
                text(relation),
                things.setdefault(pair, len(things)),
                text(status),
                text(detail),
                text(places),
            ]
        rows[key] = row
    return {"s": list(texts), "o": [list(p) for p in things], "r": root, "t": rows}


def panels(
    chain: Chain,
    facts: Facts,
    words: Words,
    iris: Iterable[str],
    more: Callable[[str], dict[str, str]] = lambda iri: {},
    root: str | None = None,
) -> dict[str, dict[str, Any]]:
    """What the panels of the things `iris` tell, by the last part of their IRI, the first of two that share it.

    Without `root` no page is linked: a file that is mailed alone has none beside it.
    """
    found: dict[str, dict[str, Any]] = {}
    for iri in iris:
        key = iri.rpartition("/")[2]
        if iri in facts.things and key not in found:
            told = panel(facts, words, iri, chain, root or "") | more(iri)
            if root is None:
                told |= {"href": "", "gap": ""}
                told["facts"] = [[*f[:2], "", *f[3:]] for f in told["facts"]]
            found[key] = told
    return found


def panel(facts: Facts, words: Words, iri: str, chain: Chain | None, root: str) -> dict[str, Any]:
    """What a panel shows of one thing: names, kind, presence, page and its facts."""
    thing = facts.things[iri]
    node = chain.nodes.get(iri) if chain else None
    claims = [*facts.outgoing.get(iri, []), *facts.incoming.get(iri, [])]
    claims.sort(key=lambda c: reading_rank(c.name))
    return {
        "label": thing.label(words.lang),
        "other": words.other(thing),
        "kind": thing.kind,
        "presence": node.presence if node else "",
        "href": root + address_of(iri),
        "facts": [words.fact(c, iri, root) for c in claims[:40]],
        "more": max(0, len(claims) - 40),
    }
