"""What every kind of graph can do: answer SPARQL, and tell the labels of things."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.vocab import BASE, PREFIXES
from kg.words import Words

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_RDFS_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


class Graph(ABC):
    """A graph that answers SPARQL 1.1. Use `open_graph` to get one."""

    source: str  # where the data lies, for people

    @abstractmethod
    def query(self, sparql: str) -> Any:
        """pyoxigraph's QuerySolutions, QueryBoolean or QueryTriples for `sparql`.

        Raises KgError when the query is not SPARQL or the store cannot answer.
        """

    def select(self, sparql: str) -> list[tuple[Term, ...]]:
        """All rows of a SELECT, a term or None for each projected variable in order."""
        return list(map(tuple, self.query(sparql)))

    def texts(self, sparql: str) -> list[tuple[str, ...]]:
        """All rows of a SELECT as plain strings: IRIs and literal values, "" where unbound."""
        return [
            tuple(["" if t is None else t.value if hasattr(t, "value") else str(t) for t in row])
            for row in self.query(sparql)
        ]

    @abstractmethod
    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """IRI → label in `lang`, or in the other language where that is missing. IRIs without any are left out."""


class LocalGraph(Graph):
    """A graph in this process: pyoxigraph in memory or on disk."""

    def __init__(self, store: ox.Store, source: str, key: str = "") -> None:
        self.store = store
        self.source = source
        # Of the compiled store, "" for a graph in memory: what else is compiled from it is named by this key.
        self.key = key
        self._query = store.query

    def query(self, sparql: str) -> Any:
        """As `Graph.query`, straight from pyoxigraph."""
        try:
            return self._query(sparql, prefixes=PREFIXES)
        except SyntaxError as fault:
            raise broken_query(str(fault)) from None

    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """As `Graph.labels`, by index look-ups."""
        found: dict[str, str] = {}
        for iri in iris:
            if iri in found:
                continue
            node = ox.NamedNode(iri)
            best = ""
            for predicate in (_LABEL, _RDFS_LABEL):
                for quad in self.store.quads_for_pattern(node, predicate, None, None):
                    term = quad.object
                    if isinstance(term, ox.Literal) and (not best or term.language == lang):
                        best = term.value
                if best:
                    found[iri] = best
                    break
        return found


def broken_query(fault: str) -> KgError:
    """The error for a text that is not SPARQL 1.1, with the parser's own place."""
    one = " ".join(fault.split())
    return KgError(
        Words(f"查询不是有效的 SPARQL：{one}", f"The query is not valid SPARQL: {one}"),
        Words(
            "请按上面的行列号修改查询。",
            "Mend the query at the line and column given above.",
        ),
    )


def is_ours(iri: str) -> bool:
    """Whether `iri` is named by this project (and so may have a label in its graph)."""
    return iri.startswith(BASE)
