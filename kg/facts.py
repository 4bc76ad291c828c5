"""Things and claims as Python values: what every ability that reads the whole graph, or one thing of it, starts from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.citation import Passage, passages
from kg.graph import Graph
from kg.vocab import BASE, NOT_THINGS, PREFIXES, claim_id

_IC = PREFIXES["ic"]


@dataclass(frozen=True)
class Thing:
    """A named thing. `kind` is its class (local name of the ic: vocabulary), `kinds` its finer sorts (IRIs).

    `alts` are other names of it; `hidden` printed stretches that hold its name with another's ("A、B两家园区").
    """

    iri: str
    kind: str
    zh: str
    en: str
    alts: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: str = ""
    stage: str = ""
    kinds: tuple[str, ...] = ()
    generic: bool = False
    open_list: bool = False
    notes: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    scheme: str = ""

    def label(self, lang: str) -> str:
        """The name in `lang`, or in the other language where that is missing."""
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)


@dataclass(frozen=True)
class Claim:
    """One statement with how sure it is and where it stands.

    `status` and `level` are local names; `wishes` IRIs of the verb's class and `wordings` the printed verbs;
    `sources` IRIs of passages; `origin` is "" for the plan or "domain" for knowledge of the field with its `basis`.
    """

    subject: str
    predicate: str
    object: str
    status: str
    level: str = "product"
    wishes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    origin: str = ""
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """16 hex digits that address the claim (design: claim ids)."""
        return claim_id(
            self.subject,
            self.predicate,
            self.object,
            PREFIXES["status"] + self.status,
        )

    @property
    def name(self) -> str:
        """The local name of the predicate: "makes"."""
        return self.predicate.rpartition("#")[2]


@dataclass(frozen=True)
class Figure:
    """One value of an indicator: `printed` as in the source, `figure` "measured", "target" or "expected"."""

    iri: str
    indicator: str
    about: str
    period: str
    value: str
    printed: str
    unit: str
    figure: str
    bound: str
    sources: tuple[str, ...]


@dataclass
class Facts:
    """The whole graph as values; `of` gives a thing's claims from both sides, in the order of the text."""

    things: dict[str, Thing]
    claims: list[Claim]
    figures: list[Figure]
    passages: dict[str, Passage]
    outgoing: dict[str, list[Claim]] = field(default_factory=dict)
    incoming: dict[str, list[Claim]] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)

    def place(self, sources: tuple[str, ...]) -> int:
        """Where in the text the earliest of `sources` begins; behind everything when there is none."""
        return min(
            (self.passages[s].start for s in sources if s in self.passages),
            default=1 << 30,
        )

    def order(self, iri: str) -> tuple[int, str]:
        """Sort key of a thing: the earliest place that mentions it, then its IRI."""
        return self._first.get(iri, 1 << 30), iri

    def __post_init__(self) -> None:
        first: dict[str, int] = {}
        self.claims.sort(
            key=lambda c: (self.place(c.sources), c.subject, c.predicate, c.object, c.status)
        )
        out, into = defaultdict(list), defaultdict(list)
        for claim in self.claims:
            out[claim.subject].append(claim)
            into[claim.object].append(claim)
            at = self.place(claim.sources)
            for iri in (claim.subject, claim.object):
                first[iri] = min(at, first.get(iri, 1 << 30))
        for figure in self.figures:
            at = self.place(figure.sources)
            first[figure.indicator] = min(at, first.get(figure.indicator, 1 << 30))
        self._first = first
        self.outgoing, self.incoming = dict(out), dict(into)
        below = defaultdict(list)
        for thing in self.things.values():
            if thing.broader:
                below[thing.broader].append(thing.iri)
        self.children = dict(below)
        home = {i: self._home(i) for parts in below.values() for i in parts}
        self.children = {k: sorted(v, key=lambda i: (home[i], i)) for k, v in below.items()}

    def _home(self, iri: str) -> int:
        """Where in the text a node is at home: the middle place of those that speak of it or of what is below it.

        The first place would be some list in an introduction that mentions one product of many.
        """
        places = sorted(
            at
            for i in (iri, *self.below(iri))
            for c in (*self.outgoing.get(i, ()), *self.incoming.get(i, ()))
            if (at := self.place(c.sources)) < 1 << 30
        )
        return places[(len(places) - 1) // 2] if places else 1 << 30

    def ancestors(self, iri: str) -> list[str]:
        """The broader nodes of `iri`, nearest first; a cycle ends where it closes."""
        chain: list[str] = []
        while (up := self.things[iri].broader) and up not in chain and up in self.things:
            chain.append(up)
            iri = up
        return chain

    def below(self, iri: str) -> list[str]:
        """All narrower nodes of `iri`, in tree order."""
        found: list[str] = []
        seen = {iri}
        stack = list(reversed(self.children.get(iri, [])))
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            found.append(node)
            stack.extend(reversed(self.children.get(node, [])))
        return found


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
    for s, c, prop, value in graph.texts(f"SELECT ?s ?c ?property ?value WHERE {{ {core} }}"):
        found.setdefault((s, c), {}).setdefault(prop, set()).add(value)
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
        many(_IC + "basis"),
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
