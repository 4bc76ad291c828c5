"""From a graph to values: the whole of it, or one thing."""

from __future__ import annotations

from collections import defaultdict

from kg.citation import passages
from kg.facts.values import Claim, Facts, Figure, Thing
from kg.graph import Graph
from kg.vocab import BASE, NOT_THINGS, PREFIXES
from kg.words import Words

_IC = PREFIXES["ic"]
_BASIS = _IC + "basis"


def read_claims(graph: Graph, about: str = "") -> list[Claim]:
    """The claims of the graph, or those that have the thing `about` as subject or object."""
    core = "?s ic:claim ?c . ?c ?property ?value ."
    if about:
        core = (
            f"{{ VALUES ?s {{ <{about}> }} {core} }} UNION"
            f" {{ VALUES ?o {{ <{about}> }} ?c rdf:object ?o . {core} }}"
        )
    # One query, because blank nodes of a remote store have no name that a second query could use.
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for s, c, prop, value, lang in graph.texts(
        f"SELECT ?s ?c ?property ?value ?lang WHERE {{ {core} BIND(LANG(?value) AS ?lang) }}"
    ):
        # A basis is said in both languages; everything else in one.
        name = f"{prop}@{lang}" if prop == _BASIS else prop
        found.setdefault((s, c), {}).setdefault(name, set()).add(value)
    claims = [_claim(subject, props) for (subject, _), props in found.items()]
    return sorted(claims, key=lambda c: (c.subject, c.predicate, c.object, c.status))


def _claim(subject: str, props: dict[str, set[str]]) -> Claim:
    def many(iri: str) -> tuple[str, ...]:
        values = props.get(iri)
        return tuple(sorted(values)) if values else ()

    def one(iri: str) -> str:
        values = props.get(iri)
        return min(values) if values else ""

    return Claim(
        subject,
        one(PREFIXES["rdf"] + "predicate"),
        one(PREFIXES["rdf"] + "object"),
        one(_IC + "status").rpartition("/")[2],
        one(_IC + "level").rpartition("/")[2] or "product",
        many(_IC + "wish"),
        many(_IC + "wording"),
        many(_IC + "role"),
        many(PREFIXES["dcterms"] + "source"),
        "domain" if one(_IC + "origin") == _IC + "domain" else "",
        Words(one(_BASIS + "@zh"), one(_BASIS + "@en")),
        many(PREFIXES["skos"] + "note"),
    )


def read_things(graph: Graph, only: str = "") -> dict[str, Thing]:
    """The named things of the graph by IRI (or only one)."""
    bind = f"VALUES ?t {{ <{only}> }} " if only else ""
    rows = graph.select(
        f"SELECT ?t ?property ?value WHERE {{ {bind}?t skos:prefLabel ?any ; a ?class ; ?property ?value ."
        f' FILTER(STRSTARTS(STR(?class), "{_IC}")) FILTER(STRSTARTS(STR(?t), "{BASE}"))'
        f' FILTER(LANG(?any) = "zh") FILTER(?property NOT IN (ic:claim)) }}'
    )
    gathered: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for t, prop, value in rows:
        lang = getattr(value, "language", None) or ""
        gathered[t.value][prop.value].append((value.value, lang))  # type: ignore[union-attr]
    things = {}
    for iri, props in gathered.items():
        kind = next(
            (
                v[len(_IC) :]
                for v, _ in sorted(props[PREFIXES["rdf"] + "type"])
                if v.startswith(_IC)
            ),
            "",
        )
        if kind in NOT_THINGS:
            continue

        def values(
            name: str, lang: str = "", props: dict[str, list[tuple[str, str]]] = props
        ) -> tuple[str, ...]:
            prefix, _, local = name.partition(":")
            found = props.get(PREFIXES[prefix] + local, [])
            return tuple(sorted({v for v, tag in found if not lang or tag == lang}))

        def one(name: str, lang: str = "") -> str:
            return next(iter(values(name, lang)), "")

        things[iri] = Thing(
            iri,
            kind,
            one("skos:prefLabel", "zh"),
            one("skos:prefLabel", "en"),
            values("skos:altLabel"),
            values("skos:hiddenLabel"),
            one("skos:broader"),
            one("ic:stage").rpartition("/")[2],
            values("ic:kind"),
            one("ic:generic") == "true",
            one("ic:openList") == "true",
            values("skos:note"),
            values("rdfs:seeAlso"),
            one("skos:inScheme").rpartition("/")[2],
        )
    return things


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
    """Everything in `graph` as values (about a quarter of a second for the plan)."""
    return Facts(read_things(graph), read_claims(graph), read_figures(graph), passages(graph))
