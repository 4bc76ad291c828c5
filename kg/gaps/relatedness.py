"""Relatedness density (Hidalgo, Klinger, Barabási, Hausmann 2007): refused below 30 places read the same way."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import KgError
from kg.graph import Graph
from kg.words import Words

LEAST_PLACES = 30
# Which place has which node for certain: claims from documents that say which place they are about.
QUERY = """SELECT DISTINCT ?place ?node WHERE {
  ?document a ic:SourceDocument ; dcterms:spatial ?place . ?passage oa:hasSource ?document .
  ?claim dcterms:source ?passage ; rdf:object ?node ; ic:status status:existing ; ic:level level:product ;
    rdf:predicate ?relation .
  FILTER(?relation IN (ic:leads, ic:makes, ic:activeIn))
  ?node skos:broader ?above .
}"""


def proximity(has: Mapping[str, set[str]]) -> dict[tuple[str, str], float]:
    """φ(i, j) = places with both ÷ places with the commoner one: the smaller of the two conditional probabilities.

    Only pairs above 0 are given, each in both orders; φ(i, i) is left out.
    """
    count: dict[str, int] = {}
    both: dict[tuple[str, str], int] = {}
    for nodes in has.values():
        for i in nodes:
            count[i] = count.get(i, 0) + 1
            for j in nodes:
                if i != j:
                    both[i, j] = both.get((i, j), 0) + 1
    return {(i, j): n / max(count[i], count[j]) for (i, j), n in both.items()}


def density(has: Mapping[str, set[str]]) -> dict[tuple[str, str], float]:
    """ω(place, j) = Σᵢ x(place, i)·φ(i, j) ÷ Σᵢ φ(i, j) for every place and node (0 where nothing is near j).

    KgError below 30 places: with fewer it says nothing.
    """
    if len(has) < LEAST_PLACES:
        raise KgError(
            Words(
                f"关联密度（Hidalgo 等，2007）需要至少 {LEAST_PLACES} 个以同样方式读取的地区，现有 {len(has)} 个；"
                "地区太少时它不说明任何问题，因此不计算。",
                f"Relatedness density (Hidalgo et al. 2007) needs at least {LEAST_PLACES} places that were read the same"
                f" way; there are {len(has)}. With fewer it says nothing, so it is not computed.",
            ),
            Words(
                "载入更多地区的规划后再用；来源文件以 dcterms:spatial 标明地区。",
                "Load the plans of more places first; each source document names its place with dcterms:spatial.",
            ),
        )
    near = proximity(has)
    total: dict[str, float] = {}
    for (_, j), phi in near.items():
        total[j] = total.get(j, 0.0) + phi
    nodes = sorted({i for found in has.values() for i in found})
    result = {(p, j): 0.0 for p in sorted(has) for j in nodes}
    for place, found in has.items():
        for (i, j), phi in near.items():
            if i in found:
                result[place, j] += phi / total[j]
    return result


def places(graph: Graph) -> dict[str, set[str]]:
    """Place → its nodes with an existing product-level actor, for every place that a source document is about."""
    has: dict[str, set[str]] = {}
    for place, node in graph.texts(QUERY):
        has.setdefault(place, set()).add(node)
    return has
