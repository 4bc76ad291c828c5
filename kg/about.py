"""Everything the graph says of one thing, each line with its place: for a person and as stable JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.citation import Document, Passage
from kg.errors import KgError
from kg.facts import Claim, Figure, Thing, claim_json, read_claims, read_figures, read_things
from kg.graph import Graph
from kg.vocab import PREFIXES, reading_rank
from kg.words import Words


@dataclass(frozen=True)
class About:
    """One thing with its claims (as subject, then as object), figures, narrower nodes and the labels all that needs."""

    thing: Thing
    claims: list[Claim]
    figures: list[Figure]
    narrower: list[str]
    passages: dict[str, Passage]
    labels: dict[str, str]
    lang: str

    def label(self, iri: str) -> str:
        """The name of a thing, predicate or place in the language asked for."""
        return self.labels.get(iri, iri)

    def places(self, sources: tuple[str, ...]) -> str:
        """The places of a claim in words, in the order of the text."""
        found = sorted(
            (self.passages[s] for s in sources if s in self.passages),
            key=lambda p: p.start,
        )
        return "；".join(p.label_en if self.lang == "en" else p.label for p in found)

    def as_json(self) -> dict[str, Any]:
        """The documented form: iri, label, labels, kind, claims (predicate, object, status, level, citation), figures."""
        thing = self.thing
        return {
            "iri": thing.iri,
            "label": thing.label(self.lang),
            "labels": {"zh": thing.zh, "en": thing.en, "alt": list(thing.alts)},
            "kind": thing.kind,
            "broader": thing.broader or None,
            "stage": thing.stage or None,
            "notes": list(thing.notes),
            "narrower": self.narrower,
            "claims": [claim_json(c, self.label, self.passages, self.lang) for c in self.claims],
            "figures": [
                {
                    "indicator": f.indicator,
                    "about": f.about,
                    "about_label": self.label(f.about),
                    "period": f.period,
                    "value": f.printed,
                    "unit": f.unit,
                    "kind": f.figure,
                    "bound": f.bound,
                    "citation": [
                        self.passages[s].as_json(self.lang) for s in f.sources if s in self.passages
                    ],
                }
                for f in self.figures
            ],
        }


def about(graph: Graph, iri: str, lang: str) -> About:
    """What the graph says of the thing `iri`. KgError when it says nothing."""
    things = read_things(graph, iri)
    if iri not in things:
        raise KgError(
            Words(f"图谱中没有 {iri}。", f"The graph has no {iri}."),
            Words("请用 kg find 查找。", "Look for it with kg find."),
        )
    claims = read_claims(graph, iri)
    figures = read_figures(graph, iri)
    narrower = [
        r[0] for r in graph.texts(f"SELECT ?n WHERE {{ ?n skos:broader <{iri}> }} ORDER BY ?n")
    ]
    wanted = {iri, *narrower}
    cited: set[str] = set()
    for c in claims:
        wanted.update((c.subject, c.object, c.predicate, *c.roles))
        cited.update(c.sources)
    for f in figures:
        wanted.add(f.about)
        cited.update(f.sources)
    if things[iri].broader:
        wanted.add(things[iri].broader)
    wanted.add(PREFIXES["ic"] + things[iri].kind)
    found = _passages(graph, cited)

    def place(c: Claim) -> tuple[bool, int, int, str, str]:
        start = min((found[s].start for s in c.sources if s in found), default=1 << 30)
        return c.subject != iri, reading_rank(c.name), start, c.predicate, c.object

    return About(
        things[iri],
        sorted(claims, key=place),
        figures,
        narrower,
        found,
        graph.labels(sorted(wanted), lang),
        lang,
    )


def _passages(graph: Graph, iris: set[str]) -> dict[str, Passage]:
    if not iris:
        return {}
    values = " ".join(f"<{i}>" for i in sorted(iris))
    rows = graph.texts(
        f"SELECT ?p ?zh ?en ?start ?end ?sha WHERE {{ VALUES ?p {{ {values} }}"
        " ?p skos:prefLabel ?zh, ?en ; oa:hasSelector ?selector ; ic:sha256 ?sha ."
        " ?selector oa:start ?start ; oa:end ?end ."
        ' FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }'
    )
    return {
        iri: Passage(iri, zh, en, int(start), int(end), sha)
        for iri, zh, en, start, end, sha in rows
    }


def quotations(found: About, document: Document | None) -> dict[str, str]:
    """Passage IRI → its words, where the document is at hand and the passage is found in it."""
    if document is None:
        return {}
    texts = {iri: document.quote(p) for iri, p in found.passages.items()}
    return {iri: text for iri, text in texts.items() if text}
