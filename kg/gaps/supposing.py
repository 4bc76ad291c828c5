"""The same city with a firm less, or a firm more: for `kg what-if`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.facts import Claim, Facts, Thing
from kg.gaps.survey import Survey, firm_iri
from kg.vocab import PREFIXES


def suppose(survey: Survey, without: Iterable[str], with_: Iterable[tuple[str, str]]) -> Survey:
    """A survey of the city without the actors `without`, and with each (node, firm) of `with_` making that node.

    A firm is the IRI of a thing of the graph, or a name that is in none: then it is made up for the occasion.
    """
    facts, gone = survey.facts, set(without)
    claims = [c for c in facts.claims if c.subject not in gone]
    things = dict(facts.things)
    for node, firm in with_:
        iri = firm if firm in things else firm_iri(firm)
        if iri not in things:
            things[iri] = Thing(iri, "Firm", firm, "")
        claims.append(Claim(iri, PREFIXES["ic"] + "makes", node, "existing"))
    return replace(
        survey,
        facts=Facts(things, claims, facts.figures, facts.passages),
        statements=[s for s in survey.statements if s.firm not in gone],
    )
