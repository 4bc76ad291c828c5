"""From facts to chains. Presence follows the method page: `present` by an existing claim of an actor at the node or
below it at level product; `possible` by a claim for a whole product group, or one that is only planned or under way;
otherwise `unseen`. A plan that names no firm does not prove that there is none: only a valid completeness statement
makes a node `absent`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.chain.evidence import (
    FIRMS,
    SUPPORT,
    SUPPORTERS,
    group_claims,
    is_actor,
    is_place,
    wishes_at,
)
from kg.chain.values import Chain, Node
from kg.errors import KgError
from kg.facts import Claim, Facts, Thing, unique
from kg.statements import Statement
from kg.vocab import ACTIVE, STAGES
from kg.words import Words


def industries(facts: Facts, core: bool = False) -> list[Thing]:
    """The industries of the graph, "3+3" first, each group in the order in which the plan treats them.

    With `core` only those of the "3+3".
    """
    found = [t for t in facts.things.values() if t.kind == "Industry"]
    if core:
        found = [t for t in found if t.scheme == "three-plus-three"]
    # One sentence names three of them first: where the bulk of a chain stands tells their order.
    return sorted(
        found, key=lambda t: (t.scheme != "three-plus-three", facts.home(t.iri)[1], t.iri)
    )


def build(facts: Facts, industry: str, statements: Sequence[Statement] = ()) -> Chain:
    """The chain of the thing `industry` (IRI), with the completeness `statements` that are valid on the day.

    KgError when it is no industry or segment.
    """
    top = facts.things.get(industry)
    if top is None or top.kind not in ("Industry", "Segment"):
        name = top.zh if top else industry
        known = "、".join(t.zh for t in industries(facts, core=True))
        raise KgError(
            Words(f"“{name}”不是产业或环节。", f'"{name}" is not an industry or a segment.'),
            Words(f"可用的产业：{known}。", f"The industries are: {known}."),
        )
    tree = facts.below(industry)
    group_actors: dict[str, list[Claim]] = {}
    supporters: dict[str, list[Claim]] = {}
    for iri in (industry, *tree):
        claims = facts.incoming.get(iri, [])
        group = [
            c for c in claims if c.level == "group" and c.status != "target" and is_actor(facts, c)
        ]
        if group:
            group_actors[iri] = group
        helpers = [
            c
            for c in claims
            if c.name in SUPPORT and (t := facts.things.get(c.subject)) and t.kind in SUPPORTERS
        ]
        if helpers:
            supporters[iri] = helpers
    nodes: dict[str, Node] = {}
    for iri in tree:
        thing = facts.things[iri]
        if thing.kind == "Segment":
            continue
        nodes[iri] = _node(facts, thing, industry)
    _apply(facts, nodes, statements)
    touching: dict[Claim, None] = {}
    coming: list[Claim] = []
    for iri in (industry, *tree):
        touching.update(dict.fromkeys(facts.outgoing.get(iri, ())))
        coming += facts.incoming.get(iri, ())
    touching.update(dict.fromkeys(coming))
    edges = _in_order(facts, (c for c in touching if c.name in ("feedsInto", "usedIn")))
    segments = [i for i in tree if facts.things[i].kind == "Segment"]
    if any(n.segment == industry for n in nodes.values()):
        segments.append(industry)
    firms = dict.fromkeys(
        c.subject
        for c in _in_order(facts, coming)
        if (c.name in ACTIVE or c.name == "develops")
        and c.status != "target"
        and (who := facts.things.get(c.subject))
        and who.kind in FIRMS
        and not who.generic
    )
    return Chain(top, segments, nodes, edges, group_actors, supporters, list(firms))


def _in_order(facts: Facts, claims: Iterable[Claim]) -> list[Claim]:
    """`claims` in the order of the text."""
    return sorted(
        claims, key=lambda c: (facts.place(c.sources), c.subject, c.predicate, c.object, c.status)
    )


def _apply(facts: Facts, nodes: dict[str, Node], statements: Sequence[Statement]) -> None:
    """Enters what somebody checked, on the very node and what is above or below it.

    A firm found makes the node and its groups present. A search in vain makes the node and what is below it absent,
    unless a source names an actor for that very product: then both stand, and the survey reports the contradiction.
    """
    for statement in statements:
        found = statement.verdict == "present"
        more = facts.ancestors(statement.scope) if found else facts.below(statement.scope)
        for node in (nodes[i] for i in (statement.scope, *more) if i in nodes):
            node.checks.append(statement)
            if found:
                node.presence = "present"
    for node in nodes.values():
        if node.presence in ("unseen", "possible") and node.checks:
            node.presence = "absent"


def _node(facts: Facts, thing: Thing, industry: str) -> Node:
    above = facts.ancestors(thing.iri)
    segment = next((a for a in above if facts.things[a].kind == "Segment"), industry)
    if industry not in above:
        segment = industry
    stage = thing.stage
    for a in above:
        if stage:
            break
        stage = facts.things[a].stage
    below = facts.below(thing.iri)
    leaf = not below
    node = Node(thing, segment, stage if stage in STAGES else "", leaf)
    for iri in (thing.iri, *below):
        for claim in facts.incoming.get(iri, []):
            if claim.name in ("plans", "attractedFrom", "lacks") or not is_actor(facts, claim):
                # "The city makes steel": somebody does, and the source does not say who.
                if claim.status == "existing" and claim.name in ACTIVE and is_place(facts, claim):
                    node.possible.append(claim)
                elif iri == thing.iri:
                    node.wishes.extend(wishes_at(facts, claim))
            elif claim.name in ACTIVE and claim.status == "existing" and claim.level == "product":
                is_project = facts.things[claim.subject].kind == "Project"
                (node.possible if is_project else node.present).append(claim)
            elif claim.status != "target" and (claim.name in ACTIVE or claim.name == "develops"):
                node.possible.append(claim)
            elif iri == thing.iri:
                node.wishes.extend(wishes_at(facts, claim))
    node.wishes = list(unique(node.wishes))
    # Firms listed for a whole group of products may make this one. A firm named for an industry as such says
    # nothing of a single product: everything would be possible.
    for a in above:
        if facts.things[a].kind != "Industry":
            node.possible.extend(group_claims(facts, a))
    node.presence = "present" if node.present else "possible" if node.possible else "unseen"
    return node
