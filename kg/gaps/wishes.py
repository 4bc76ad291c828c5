"""The verbs by which the plan declares a target, and how strong they are."""

from __future__ import annotations

from collections.abc import Iterable

from kg.chain import Node, wishes_at
from kg.facts import Claim, Facts, unique
from kg.words import Words

# Verbs of a declared target, strongest first (method page), with the strength used where one must be compared.
STRENGTH = {
    "recruit": 5,
    "breakthrough": 4,
    "develop": 3,
    "build": 3,
    "support": 3,
    "opportune": 2,
    "explore": 1,
}
WISH_WORDS = {
    "recruit": Words("引进", "recruit"),
    "breakthrough": Words("突破", "achieve a breakthrough in"),
    "develop": Words("发展", "develop"),
    "build": Words("建设", "build"),
    "support": Words("支持", "support"),
    "opportune": Words("择机发展", "develop when opportune"),
    "explore": Words("探索", "explore"),
}


def strongest(claims: Iterable[Claim]) -> tuple[str, list[Claim]]:
    """The strongest verb among `claims`, with those that carry a verb; "" where none does."""
    best, carrying = "", []
    for claim in claims:
        for iri in claim.wishes:
            verb = iri.rpartition("/")[2]
            carrying.append(claim)
            if STRENGTH.get(verb, 0) > STRENGTH.get(best, 0):
                best = verb
    return best, list(unique(carrying))


def wish(node: Node) -> tuple[str, list[Claim]]:
    """The strongest verb by which the node is declared a target, with its claims; "" where it is none."""
    return strongest(node.wishes)


def wish_at_group(facts: Facts, iri: str) -> tuple[str, list[Claim]]:
    """The same for a segment, which is no node of the count."""
    return strongest(w for c in facts.incoming.get(iri, ()) for w in wishes_at(facts, c))


def wanted_from(facts: Facts, iri: str, claims: Iterable[Claim]) -> list[str]:
    """Where what is wished for is to come from: said of the node, or of the kind of firm that is wanted for it."""
    ends = {i for c in claims for i in (c.subject, c.object)}
    # A kind of firm only: what the city at large is to be attracted from says nothing of one node.
    kinds = sorted(i for i in ends if (t := facts.things.get(i)) is not None and t.generic)
    about = dict.fromkeys([iri, *kinds])
    return list(
        dict.fromkeys(
            c.object for i in about for c in facts.outgoing.get(i, ()) if c.name == "attractedFrom"
        )
    )
