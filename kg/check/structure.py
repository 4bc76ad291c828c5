"""Direct triples and claims in step, no claim twice, a tree without cycles."""

from __future__ import annotations

from collections import Counter

from kg.errors import Finding
from kg.facts import Facts
from kg.graph import Graph
from kg.vocab import PREFIXES, compact
from kg.words import Words


def structure(graph: Graph, facts: Facts) -> list[Finding]:
    """Findings about the form of the graph that SHACL cannot tell."""
    return [*_in_step(graph, facts), *_twice(facts), *_cycles(facts), *_shared_names(facts)]


def _in_step(graph: Graph, facts: Facts) -> list[Finding]:
    """Beside an existing claim stands its direct triple, and no direct triple stands without one."""
    stated = {(c.subject, c.predicate, c.object) for c in facts.claims if c.status == "existing"}
    direct = set(graph.texts("SELECT ?s ?p ?o WHERE { ?p rdfs:subPropertyOf ic:link . ?s ?p ?o }"))
    found = []
    for s, p, o in sorted(stated - direct):
        line = f"{compact(s)} {compact(p)} {compact(o)}"
        found.append(
            Finding(
                "error",
                "structure",
                line,
                Words("现有说法旁缺少直接三元组", "an existing claim lacks its direct triple"),
                Words(f"请加上：{line} .", f"Add: {line} ."),
            )
        )
    for s, p, o in sorted(direct - stated):
        line = f"{compact(s)} {compact(p)} {compact(o)}"
        found.append(
            Finding(
                "error",
                "structure",
                line,
                Words(
                    "直接三元组没有对应的现有说法",
                    "a direct triple has no existing claim behind it",
                ),
                Words(
                    "请补一条带出处的 ic:claim，或删去该三元组。",
                    "Add an ic:claim with its source, or remove the triple.",
                ),
            )
        )
    return found


def _twice(facts: Facts) -> list[Finding]:
    count = Counter((c.subject, c.predicate, c.object, c.status) for c in facts.claims)
    return [
        Finding(
            "error",
            "structure",
            f"{compact(s)} {compact(p)} {compact(o)}",
            Words("同一说法出现多次", "the same claim stands more than once"),
            Words("请合并为一条，出处并列。", "Merge them into one with all sources."),
        )
        for (s, p, o, _), n in sorted(count.items())
        if n > 1
    ]


def _cycles(facts: Facts) -> list[Finding]:
    found = []
    for iri in sorted(facts.things):
        seen, at = {iri}, facts.things[iri].broader
        while at in facts.things:
            if at == iri:
                found.append(
                    Finding(
                        "error",
                        "structure",
                        compact(iri),
                        Words("上级关系成环", "its broader nodes form a cycle"),
                        Words(
                            "请改正其中一个 skos:broader。", "Correct one skos:broader on the way."
                        ),
                    )
                )
            if at in seen:
                break
            seen.add(at)
            at = facts.things[at].broader
    return found


def _shared_names(facts: Facts) -> list[Finding]:
    """One preferred Chinese name for two things of one class: nobody could tell them apart."""
    by: dict[tuple[str, str], list[str]] = {}
    for thing in facts.things.values():
        if thing.iri.startswith(PREFIXES["ic"]):
            continue
        by.setdefault((thing.kind, thing.zh), []).append(thing.iri)
    return [
        Finding(
            "warning",
            "structure",
            " ".join(compact(i) for i in sorted(iris)),
            Words(f"同类对象重名：{zh}", f"two things of one class share the name {zh}"),
            Words("请合并，或改用可区分的名称。", "Merge them, or give them names that differ."),
        )
        for (_, zh), iris in sorted(by.items())
        if len(iris) > 1
    ]
