"""From a graph to values: the whole of it, or one thing."""

from __future__ import annotations

import gc
from typing import Any

from kg.citation import passages
from kg.facts.values import NO_WORDS, Claim, Facts, Figure, Thing
from kg.graph import Graph
from kg.vocab import BASE, NOT_THINGS, PREFIXES
from kg.words import Words

_IC, _SKOS = PREFIXES["ic"], PREFIXES["skos"]
_WISH, _WORDING, _ROLE, _ORIGIN, _BASIS = (
    _IC + name for name in ("wish", "wording", "role", "origin", "basis")
)
_DOMAIN = _IC + "domain"
_SOURCE = PREFIXES["dcterms"] + "source"
_NOTE = _SKOS + "note"


class _Same(dict[str, str]):
    """One string for all that are equal: most of what a store hands out has been there before."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


class _Local(dict[str, str]):
    """What stands behind the last slash of an IRI."""

    def __missing__(self, iri: str) -> str:
        self[iri] = local = iri.rpartition("/")[2]
        return local


def _text(term: Any) -> str:
    """As `Graph.texts` tells one term."""
    return "" if term is None else term.value if hasattr(term, "value") else str(term)


def read_claims(graph: Graph, about: str = "") -> list[Claim]:
    """The claims of the graph, or those that have the thing `about` as subject or object."""
    claims = _claims(graph, _Same(), about)
    claims.sort(key=lambda c: (c.subject, c.predicate, c.object, c.status))
    return claims


def _claims(graph: Graph, same: _Same, about: str = "") -> list[Claim]:
    """As `read_claims`, in the order of the store."""
    core = "?s ic:claim ?c ."
    if about:
        core = (
            f"{{ VALUES ?s {{ <{about}> }} {core} }} UNION"
            f" {{ VALUES ?end {{ <{about}> }} ?c rdf:object ?end . {core} }}"
        )
    # One query, because blank nodes of a remote store have no name that a second query could use. What a claim has
    # once stands in all its rows, and what it may have several times makes the rows: most claims are one row.
    rows = graph.query(
        f"SELECT ?s ?c ?predicate ?object ?status ?level ?property ?value WHERE {{ {core}"
        " OPTIONAL { ?c rdf:predicate ?predicate } OPTIONAL { ?c rdf:object ?object }"
        " OPTIONAL { ?c ic:status ?status } OPTIONAL { ?c ic:level ?level }"
        " OPTIONAL { ?c ?property ?value FILTER(?property IN (ic:wish, ic:wording, ic:role,"
        " dcterms:source, ic:origin, ic:basis, skos:note)) } }"
    )
    # Of each claim: predicate, object, status, level, and then its other properties and values in turn.
    found: dict[tuple[str, str], list[str]] = {}
    for s, c, predicate, target, status, level, prop, value in rows:
        key = same[s.value], c.value
        once = [same[_text(t)] for t in (predicate, target, status, level)]
        fields = found.setdefault(key, once)
        if fields is not once and fields[:4] != once:
            # Not well formed. The lesser of two values, so that the order of the rows does not matter.
            fields[:4] = [min(a or b, b or a) for a, b in zip(fields[:4], once, strict=True)]
        if prop is not None:
            name = prop.value
            if name == _BASIS:
                # A basis is said in both languages; everything else in one.
                name = f"{name}@{getattr(value, 'language', None) or ''}"
            fields += same[name], same[_text(value)]
    local = _Local()
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    # A claim that says nothing is none.
    return [
        _claim(subject, fields, local, shared)
        for (subject, _), fields in found.items()
        if any(fields)
    ]


def _claim(
    subject: str,
    fields: list[str],
    local: _Local,
    shared: dict[tuple[str, ...], tuple[str, ...]],
) -> Claim:
    props: dict[str, list[str]] = {}
    for n in range(4, len(fields), 2):
        props.setdefault(fields[n], []).append(fields[n + 1])

    def many(iri: str) -> tuple[str, ...]:
        if iri not in props:
            return ()
        values = tuple(sorted(set(props[iri])))
        return shared.setdefault(values, values)

    def one(iri: str) -> str:
        return min(props[iri]) if iri in props else ""

    zh, en = one(_BASIS + "@zh"), one(_BASIS + "@en")
    return Claim(
        subject,
        fields[0],
        fields[1],
        local[fields[2]],
        local[fields[3]] or "product",
        many(_WISH),
        many(_WORDING),
        many(_ROLE),
        many(_SOURCE),
        "domain" if one(_ORIGIN) == _DOMAIN else "",
        Words(zh, en) if zh or en else NO_WORDS,
        many(_NOTE),
    )


def read_things(graph: Graph, only: str = "") -> dict[str, Thing]:
    """The named things of the graph by IRI (or only one)."""
    return _things(graph, _Same(), only)


def _things(graph: Graph, same: _Same, only: str = "") -> dict[str, Thing]:
    bind = f"VALUES ?t {{ <{only}> }} " if only else ""
    # Class and names first: most things have nothing else, so that the rest is a short query of its own.
    named: dict[str, tuple[str, str, str]] = {}
    for t, cls, zh, en in graph.query(
        f"SELECT ?t ?class ?zh ?en WHERE {{ {bind}?t skos:prefLabel ?zh ; a ?class ."
        f' FILTER(STRSTARTS(STR(?class), "{_IC}")) FILTER(STRSTARTS(STR(?t), "{BASE}"))'
        ' FILTER(LANG(?zh) = "zh") OPTIONAL { ?t skos:prefLabel ?en FILTER(LANG(?en) = "en") } }'
    ):
        iri, names = same[t.value], (same[cls.value], zh.value, _text(en))
        if (known := named.setdefault(iri, names)) is not names:
            # Of two values the lesser, so that the order of the rows does not matter.
            kind, zh, en = map(min, known, names)
            named[iri] = kind, zh, en
    found: dict[str, dict[str, list[str]]] = {}
    for t, prop, value in graph.query(
        f"SELECT ?t ?property ?value WHERE {{ {bind}VALUES ?property {{ skos:altLabel skos:hiddenLabel skos:broader"
        " ic:stage ic:kind ic:generic ic:openList skos:note rdfs:seeAlso skos:inScheme } ?t ?property ?value }"
    ):
        if (iri := t.value) in named:
            props = found.setdefault(same[iri], {})
            props.setdefault(same[prop.value], []).append(same[_text(value)])
    things = {}
    for iri, (cls, zh, en) in named.items():
        kind = same[cls[len(_IC) :]]
        if kind in NOT_THINGS:
            continue
        things[iri] = (
            _thing(iri, kind, zh, en, found[iri]) if iri in found else Thing(iri, kind, zh, en)
        )
    return things


def _thing(iri: str, kind: str, zh: str, en: str, props: dict[str, list[str]]) -> Thing:
    def many(prop: str) -> tuple[str, ...]:
        return tuple(sorted(set(props.get(prop, ()))))

    def one(prop: str) -> str:
        return min(props.get(prop, [""]))

    return Thing(
        iri,
        kind,
        zh,
        en,
        many(_SKOS + "altLabel"),
        many(_SKOS + "hiddenLabel"),
        one(_SKOS + "broader"),
        one(_IC + "stage").rpartition("/")[2],
        many(_IC + "kind"),
        one(_IC + "generic") == "true",
        one(_IC + "openList") == "true",
        many(_NOTE),
        many(PREFIXES["rdfs"] + "seeAlso"),
        one(_SKOS + "inScheme").rpartition("/")[2],
    )


def read_figures(graph: Graph, about: str = "") -> list[Figure]:
    """The observations of the graph (or of one indicator), in the order of indicator, place, period and value."""
    bind = f"VALUES ?indicator {{ <{about}> }} " if about else ""
    rows = graph.texts(
        "SELECT ?o ?indicator ?about ?period ?value ?printed ?unit ?figure ?bound ?source WHERE {"
        f" {bind}?o a qb:Observation ; ic:indicator ?indicator ; sdmx-dimension:refArea ?about ;"
        " sdmx-dimension:refPeriod ?period ; sdmx-measure:obsValue ?value ; ic:printed ?printed ;"
        " ic:figure ?figure ; dcterms:source ?source ."
        " OPTIONAL { ?o sdmx-attribute:unitMeasure ?unit } OPTIONAL { ?o ic:bound ?bound } }"
    )
    by: dict[str, tuple[tuple[str, ...], set[str]]] = {}
    for *rest, source in rows:
        by.setdefault(rest[0], (tuple(rest), set()))[1].add(source)
    figures = []
    for fields, sources in by.values():
        iri, indicator, whose, period, value, printed, unit, figure, bound = fields
        kind = figure.rpartition("#")[2]
        cited = tuple(sorted(sources))
        figures.append(
            Figure(iri, indicator, whose, period, value, printed, unit, kind, bound, cited)
        )
    return sorted(figures, key=lambda f: (f.indicator, f.about, f.period, f.iri))


def read_facts(graph: Graph) -> Facts:
    """Everything in `graph` as values (a seventh of a second for the plan, seven for a city of 250,000 claims)."""
    same = _Same()
    # Nothing that is made here is garbage: to look for it over and over takes a sixth of the time in a large city.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Facts(
            _things(graph, same), _claims(graph, same), read_figures(graph), passages(graph)
        )
    finally:
        if collecting:
            gc.enable()
