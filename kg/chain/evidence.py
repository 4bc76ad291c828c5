"""Which claims put an actor into a node, and which only wish for one (decision 4)."""

from __future__ import annotations

from kg.facts import Claim, Facts
from kg.vocab import ACTIVE

# Who can be in a node. A county or a bureau that wishes for a product does not make it; a laboratory that works on it
# does not either. In a technology those who research it count too. A named project may be what is to come.
FIRMS = ("Firm", "Group")
_MAKERS = (*FIRMS, "Hospital", "Organisation", "Project")
PLACES = ("Place", "Park")
_RESEARCHERS = ("Institute", "University", "Platform", "Alliance", "Team")
# Claims by which a platform, institute or park is tied to a node that it supports.
SUPPORT = ("serves", "develops", "activeIn", "carrierOf", "provides", "concerns")
# Claims by which a kind of firm, or a firm that is to come, is tied to what it is wanted for.
_WISHED = (*ACTIVE, "concerns", "provides")
SUPPORTERS = ("Platform", "Institute", "University", "Hospital", "Park", "Alliance")


def is_actor(facts: Facts, claim: Claim) -> bool:
    """Whether the claim's subject is a named actor that can be in its object (a wished-for kind of firm is in none)."""
    subject = facts.things.get(claim.subject)
    if subject is None or subject.generic:
        return False
    if facts.things[claim.object].kind == "Technology" and subject.kind in _RESEARCHERS:
        return True
    return subject.kind in _MAKERS


def is_place(facts: Facts, claim: Claim) -> bool:
    """Whether the claim says what a place or park has, without naming who."""
    subject = facts.things.get(claim.subject)
    return subject is not None and subject.kind in PLACES


def wishes_at(facts: Facts, claim: Claim) -> list[Claim]:
    """The wishes that a claim at a node makes, for one that puts nobody there; empty where it is none.

    "Attract makers of X" is said of a kind of firm: who wants that kind, wants X.
    """
    if claim.name in ("plans", "attractedFrom", "lacks", "develops"):
        return [claim]
    if not claim.wishes or claim.name not in _WISHED:
        return []
    subject = facts.things.get(claim.subject)
    if subject is None or not subject.generic:
        return [claim] if claim.status == "target" else []
    return [
        claim,
        *(c for c in facts.incoming.get(claim.subject, ()) if c.name == "plans" and c.wishes),
    ]


def group_claims(facts: Facts, iri: str) -> list[Claim]:
    """The claims that name actors for the whole group `iri` (a wish to attract them is none)."""
    return [
        c
        for c in facts.incoming.get(iri, [])
        if c.level == "group" and c.status != "target" and is_actor(facts, c)
    ]
