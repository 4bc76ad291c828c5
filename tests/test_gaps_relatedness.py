"""Relatedness density (Hidalgo et al. 2007): refused for few places, right for many."""

from __future__ import annotations

import random
from pathlib import Path

import numpy
import pytest

from kg.errors import KgError
from kg.gaps.relatedness import LEAST_PLACES, density, places, proximity
from kg.graph import LocalGraph, load_files

Table = dict[str, set[str]]


def table(rows: int, seed: int = 0) -> Table:
    """Places with some of eight nodes, the first more often than the last; nobody has the ninth."""
    rng = random.Random(seed)
    return {
        f"place {n:02}": {f"node {i}" for i in range(8) if rng.random() < 0.7 - 0.08 * i}
        | {"node 0"}
        for n in range(rows)
    }


def reference(has: Table) -> dict[tuple[str, str], float]:
    """Hidalgo, Klinger, Barabási, Hausmann 2007 in matrices: φ_ij = min(P(i|j), P(j|i)), ω_kj = Σ x_ki φ_ij / Σ φ_ij."""
    rows, nodes = sorted(has), sorted({n for found in has.values() for n in found})
    x = numpy.array([[float(n in has[p]) for n in nodes] for p in rows])
    both, count = x.T @ x, x.sum(axis=0)
    phi = numpy.minimum(both / count[:, None], both / count[None, :])
    numpy.fill_diagonal(phi, 0)
    total = phi.sum(axis=0)
    omega = numpy.divide(x @ phi, total, out=numpy.zeros_like(x), where=total > 0)
    return {(p, n): omega[k, j] for k, p in enumerate(rows) for j, n in enumerate(nodes)}


@pytest.mark.parametrize("rows", [0, 1, LEAST_PLACES - 1])
def test_with_few_places_it_is_refused_with_the_reason(rows: int) -> None:
    with pytest.raises(KgError) as fault:
        density(table(rows))
    assert fault.value.what.en == (
        "Relatedness density (Hidalgo et al. 2007) needs at least 30 places that were read the same way;"
        f" there are {rows}. With fewer it says nothing, so it is not computed."
    )
    assert f"现有 {rows} 个" in fault.value.what.zh
    assert "dcterms:spatial" in fault.value.next_step.en


@pytest.mark.parametrize(("rows", "seed"), [(30, 0), (31, 1), (60, 2)])
def test_with_many_places_it_is_what_the_paper_defines(rows: int, seed: int) -> None:
    has = table(rows, seed)
    found, expected = density(has), reference(has)
    assert found.keys() == expected.keys()
    assert max(abs(found[k] - expected[k]) for k in expected) < 1e-12


def test_a_density_worked_out_by_hand() -> None:
    # 30 places: 10 have A, B and C; 10 have A and B; 5 have C; 5 have D alone.
    has = {f"p{n:02}": set("ABC") for n in range(10)}
    has |= {f"p{n:02}": set("AB") for n in range(10, 20)}
    has |= {f"p{n:02}": {"C"} for n in range(20, 25)}
    has |= {f"p{n:02}": {"D"} for n in range(25, 30)}
    # A and B: 20 places each, 20 with both. C: 15 places, 10 of them with A and with B. D is near nothing.
    near = {("A", "B"): 1.0, ("A", "C"): 0.5, ("B", "C"): 0.5}
    assert proximity(has) == near | {(j, i): phi for (i, j), phi in near.items()}
    omega = density(has)
    # A place with A and B has all that is near C; one with C has 0.5 of the 1.5 that is near A.
    assert omega["p10", "C"] == 1.0
    assert omega["p20", "A"] == pytest.approx(1 / 3)
    assert omega["p10", "A"] == pytest.approx(2 / 3)
    assert (omega["p25", "A"], omega["p00", "D"], omega["p25", "D"]) == (0.0, 0.0, 0.0)


def city(name: str, made: str, status: str = "existing", level: str = "product") -> str:
    """Turtle: a document about the place `name` with a claim that somebody makes the node `made`."""
    return f"""
doc:{name} a ic:SourceDocument ; skos:prefLabel "{name}"@zh ; dcterms:spatial actor:{name} .
src:{name} a oa:SpecificResource ; oa:hasSource doc:{name} .
actor:firm-{name} ic:claim [ rdf:predicate ic:makes ; rdf:object node:{made} ; ic:status status:{status} ;
    ic:level level:{level} ; dcterms:source src:{name} ] .
"""


@pytest.fixture
def many(tmp_path: Path) -> LocalGraph:
    head = Path(__file__).with_name("graphs") / "gaps-faults.ttl"
    prefixes = [r for r in head.read_text("utf-8").splitlines() if r.startswith("@prefix")]
    rows = [
        *prefixes,
        "node:steel skos:broader node:metals . node:wire skos:broader node:metals .",
        *(city(f"city-{n}", "steel") for n in range(30)),
        city("planning", "wire", status="planned"),
        city("listing", "wire", level="group"),
        city("elsewhere", "metals"),
    ]
    file = tmp_path / "many.ttl"
    file.write_text("\n".join(rows), "utf-8")
    return load_files([file])


def test_places_are_those_that_a_document_is_about_with_their_certain_nodes(
    many: LocalGraph,
) -> None:
    found = places(many)
    # A plan, a list for a group and a whole industry make no place a producer.
    assert {p.rpartition("/")[2] for p in found} == {f"city-{n}" for n in range(30)}
    assert {n.rpartition("/")[2] for nodes in found.values() for n in nodes} == {"steel"}
    assert set(density(found).values()) == {0.0}


def test_the_real_data_speaks_of_too_few_places(graph: LocalGraph) -> None:
    with pytest.raises(KgError):
        density(places(graph))
