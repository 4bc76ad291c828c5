"""Completeness statements: somebody checked a node and found no actor, or a firm. They alone close the world, and expire.

Each lies in the workspace as one small Turtle file (statements/DATE-NODE-VERDICT-ID.ttl), readable and diffable.
"""

from kg.statements.form import turtle_of
from kg.statements.keeping import read_statements, retract, write_statement
from kg.statements.values import CITY, State, Statement, Verdict, is_iri, make_statement

__all__ = [
    "CITY",
    "State",
    "Statement",
    "Verdict",
    "is_iri",
    "make_statement",
    "read_statements",
    "retract",
    "turtle_of",
    "write_statement",
]
