"""What all pages of one site share: facts, chains, labels, links, words."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from kg.assets import folder
from kg.chain import Chain, build, industries
from kg.citation import Document
from kg.facts import read_facts
from kg.graph import Graph
from kg.paint import Words
from kg.vocab import PREFIXES, page_of


@cache
def page_words() -> dict[str, dict[str, Any]]:
    """The texts of viz/words.toml by language."""
    with (folder("viz") / "words.toml").open("rb") as file:
        return tomllib.load(file)


class Atlas:
    """One graph, ready to be shown in one language."""

    def __init__(self, graph: Graph, lang: str, document: Document | None = None) -> None:
        self.lang = lang
        self.facts = read_facts(graph)
        self.t = page_words()[lang]
        terms = {c.predicate for c in self.facts.claims} | {
            r for c in self.facts.claims for r in c.roles
        }
        terms |= {k for t in self.facts.things.values() for k in t.kinds}
        terms |= {PREFIXES["ic"] + t.kind for t in self.facts.things.values()}
        terms |= {PREFIXES["ic"] + k for k in ("measured", "target", "expected")}
        self.labels = graph.labels(sorted(terms), lang)
        self.words = Words(self.facts, lang, self.labels)
        shown = [i for i in industries(self.facts) if i.scheme]
        self.chains: dict[str, Chain] = {i.iri: build(self.facts, i.iri) for i in shown}
        self.core = [i.iri for i in shown if i.scheme == "three-plus-three"]
        self.home: dict[str, str] = {
            n: c.industry.iri for c in self.chains.values() for n in (*c.segments, *c.nodes)
        }
        self.quotes: dict[str, str] = {}
        if document is not None:
            self.quotes = {iri: document.passage_text(p) for iri, p in self.facts.passages.items()}

    def page(self, iri: str) -> str:
        """The path of a thing's page from the site's root."""
        return page_of(iri) + ".html"

    def chain_path(self, industry: str) -> str:
        """The path of a chain's matrix from the site's root, without ending."""
        return "chain/" + page_of(industry).rpartition("/")[2]
