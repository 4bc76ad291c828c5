"""The whole graph in the formats that other tools open."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox

from kg.citation import Passage
from kg.facts import Facts, read_facts
from kg.graph import Graph
from kg.table import as_csv
from kg.turtle import tidy
from kg.vocab import compact

NODE_HEAD = ("id", "iri", "label", "label_en", "alt", "kind", "broader", "stage", "generic")
EDGE_HEAD = (
    "source",
    "target",
    "predicate",
    "status",
    "level",
    "verb",
    "role",
    "origin",
    "basis",
    "citation",
    "passage",
)


def _triples(graph: Graph) -> list[ox.Triple]:
    """All triples with canonical blank node labels (RDFC-1.0), so that the same graph gives the same bytes."""
    found = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((q.triple for q in dataset), key=str)


def as_ntriples(graph: Graph) -> bytes:
    """N-Triples, sorted, with canonical blank node labels."""
    return "".join(f"{t} .\n" for t in _triples(graph)).encode()


def as_turtle(graph: Graph) -> bytes:
    """One Turtle file in the layout of `kg tidy`."""
    return tidy(as_ntriples(graph).decode(), "export").encode()


def as_trig(graph: Graph) -> bytes:
    """TriG; today's data is one default graph, so the body is the Turtle's."""
    return as_turtle(graph)


def as_jsonld(graph: Graph) -> bytes:
    """Expanded JSON-LD: full IRIs, no context to fetch."""
    raw = ox.serialize(_triples(graph), format=ox.RdfFormat.JSON_LD)
    assert raw is not None
    return raw + b"\n"


def _places(facts: Facts, sources: tuple[str, ...]) -> str:
    found: list[Passage] = sorted(
        (facts.passages[s] for s in sources if s in facts.passages), key=lambda p: p.start
    )
    return "；".join(p.label for p in found)


def nodes_and_edges(facts: Facts) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Rows for NODE_HEAD and EDGE_HEAD: things in the order of the text, claims as edges with status and citation."""
    nodes: list[tuple[str, ...]] = [
        (
            compact(t.iri),
            t.iri,
            t.zh,
            t.en,
            "；".join(t.alts),
            t.kind,
            compact(t.broader) if t.broader else "",
            t.stage,
            "true" if t.generic else "false",
        )
        for t in sorted(facts.things.values(), key=lambda t: facts.order(t.iri))
    ]
    edges: list[tuple[str, ...]] = [
        (
            compact(c.subject),
            compact(c.object),
            c.name,
            c.status,
            c.level,
            "；".join(c.wordings),
            "；".join(r.rpartition("/")[2] for r in c.roles),
            c.origin or "plan",
            c.basis.zh or c.basis.en,
            _places(facts, c.sources),
            " ".join(compact(s) for s in c.sources),
        )
        for c in facts.claims
    ]
    return nodes, edges


def network(facts: Facts) -> Any:
    """A networkx MultiDiGraph of all things and claims, every attribute a string."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    nodes, edges = nodes_and_edges(facts)
    for row in nodes:
        graph.add_node(row[0], **{k: _xml(v) for k, v in zip(NODE_HEAD[1:], row[1:], strict=True)})
    for row in edges:
        attributes = {k: _xml(v) for k, v in zip(EDGE_HEAD[2:], row[2:], strict=True)}
        graph.add_edge(row[0], row[1], key=f"{row[2]} {row[3]}", **attributes)
    return graph


def _xml(text: str) -> str:
    """`text` without the control characters that XML 1.0 forbids."""
    return "".join(c if c >= " " or c in "\t\n\r" else " " for c in text)


def as_graphml(graph: Graph) -> bytes:
    """GraphML for yEd, Gephi, networkx."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(network(read_facts(graph)), out, encoding="utf-8")
    return out.getvalue()


def as_gexf(graph: Graph) -> bytes:
    """GEXF 1.2 for Gephi; the date in its head is the plan's, not the clock's."""
    import re

    import networkx

    text = "\n".join(networkx.generate_gexf(network(read_facts(graph)), encoding="utf-8")) + "\n"
    return re.sub(r'lastmodifieddate="[^"]*"', 'lastmodifieddate="2022-01-12"', text).encode()


def as_csv_files(graph: Graph) -> dict[str, bytes]:
    """nodes.csv and edges.csv, UTF-8 with the mark by which Excel knows it."""
    nodes, edges = nodes_and_edges(read_facts(graph))
    return {
        "nodes.csv": ("\ufeff" + as_csv(NODE_HEAD, nodes)).encode(),
        "edges.csv": ("\ufeff" + as_csv(EDGE_HEAD, edges)).encode(),
    }


WRITERS: dict[str, Callable[[Graph], bytes]] = {
    "ttl": as_turtle,
    "trig": as_trig,
    "nt": as_ntriples,
    "jsonld": as_jsonld,
    "graphml": as_graphml,
    "gexf": as_gexf,
}
FORMATS = (*WRITERS, "csv")
