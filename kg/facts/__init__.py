"""Things and claims as Python values: what every ability that reads the whole graph, or one thing of it, starts from."""

from kg.facts.reading import read_claims, read_facts, read_figures, read_things
from kg.facts.telling import claim_json
from kg.facts.values import Claim, Facts, Figure, Thing, unique

__all__ = [
    "Claim",
    "Facts",
    "Figure",
    "Thing",
    "claim_json",
    "read_claims",
    "read_facts",
    "read_figures",
    "read_things",
    "unique",
]
