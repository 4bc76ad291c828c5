"""The chain of one industry: its rows and stages, who is in each node and how sure, what feeds into what.

The picture and the calculation see the same chain.
"""

from kg.chain.building import build, industries
from kg.chain.evidence import FIRMS, PLACES, SUPPORT, SUPPORTERS, group_claims, is_actor, wishes_at
from kg.chain.values import STAGE_WORDS, WORDS, Chain, Node, Presence

__all__ = [
    "FIRMS",
    "PLACES",
    "STAGE_WORDS",
    "SUPPORT",
    "SUPPORTERS",
    "WORDS",
    "Chain",
    "Node",
    "Presence",
    "build",
    "group_claims",
    "industries",
    "is_actor",
    "wishes_at",
]
