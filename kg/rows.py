"""Query results as rows of text: labels for IRIs, places in words for passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph, Term
from kg.vocab import BASE, compact


def materialise(found: Any) -> tuple[list[str], list[tuple[Term, ...]]]:
    """Column names and all rows of a QuerySolutions."""
    head = [v.value for v in found.variables]
    return head, [tuple(row[i] for i in range(len(head))) for row in found]


def as_text(
    graph: Graph, rows: Sequence[Sequence[Term]], lang: str, keys: bool = False
) -> list[list[str]]:
    """`rows` as text cells. IRIs become labels in `lang`, or CURIEs where `keys` is set or there is no label."""
    iris = {
        t.value
        for row in rows
        for t in row
        if isinstance(t, ox.NamedNode) and not keys and t.value.startswith(BASE)
    }
    labels = graph.labels(sorted(iris), lang)

    def cell(term: Term) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            return labels.get(term.value) or compact(term.value)
        if isinstance(term, ox.Literal):
            return term.value
        return str(term)

    return [[cell(t) for t in row] for row in rows]
