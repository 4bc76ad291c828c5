from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from conftest import kg
from rdflib.compare import isomorphic

from kg.export import WRITERS, as_csv_files
from kg.facts import Facts
from kg.graph import LocalGraph


@pytest.mark.parametrize("style", ["ttl", "nt", "trig", "jsonld"])
def test_rdf_formats_hold_every_triple(tiny: LocalGraph, style: str) -> None:
    name = {"ttl": "turtle", "nt": "nt", "trig": "trig", "jsonld": "json-ld"}[style]
    if name == "trig":
        back = rdflib.Dataset()
        back.parse(data=WRITERS[style](tiny), format=name)
        graph = rdflib.Graph()
        for s, p, o, _ in back.quads():
            graph.add((s, p, o))
    else:
        graph = rdflib.Graph().parse(data=WRITERS[style](tiny), format=name)
    raw = ox.serialize(
        (q.triple for q in tiny.store.quads_for_pattern(None, None, None, None)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert isomorphic(graph, rdflib.Graph().parse(data=raw, format="nt"))


@pytest.mark.parametrize("style", sorted(WRITERS))
def test_the_same_graph_gives_the_same_bytes(tiny_files: list[Path], style: str) -> None:
    from kg.graph import load_files

    assert WRITERS[style](load_files(tiny_files)) == WRITERS[style](load_files(tiny_files[::-1]))


@pytest.mark.parametrize(
    ("style", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_network_formats_hold_labels_kinds_status_and_citations(
    tiny: LocalGraph, style: str, read: object
) -> None:
    graph = read(io.BytesIO(WRITERS[style](tiny)))  # type: ignore[operator]
    assert (
        graph.nodes["actor:mill"]["label"] == "甲厂" and graph.nodes["actor:mill"]["kind"] == "Firm"
    )
    (edge,) = [d for s, o, d in graph.edges(data=True) if (s, o) == ("actor:mill", "node:foil")]
    assert (edge["predicate"], edge["status"], edge["citation"]) == ("makes", "existing", "第1句")


def test_csv_holds_every_thing_and_claim(tiny: LocalGraph, tiny_facts: Facts) -> None:
    files = {
        n: list(csv.DictReader(io.StringIO(b.decode("utf-8-sig"))))
        for n, b in as_csv_files(tiny).items()
    }
    assert {r["iri"] for r in files["nodes.csv"]} == set(tiny_facts.things)
    assert Counter(r["status"] for r in files["edges.csv"]) == Counter(
        c.status for c in tiny_facts.claims
    )
    domain = [r for r in files["edges.csv"] if r["origin"] == "domain"]
    assert [(r["source"], r["basis"], r["citation"]) for r in domain] == [
        ("node:ore", "smelting and rolling", "")
    ]


def test_the_command_writes_what_it_says(tmp_path: Path) -> None:
    assert kg("export", "--format", "csv", "-o", str(tmp_path / "t")).code == 0
    assert sorted(p.name for p in (tmp_path / "t").iterdir()) == ["edges.csv", "nodes.csv"]
    ran = kg("export", "--format", "jsonld")
    assert isinstance(json.loads(ran.out), list)
