"""What all pages of one site share: facts, chains, findings, labels, links, words."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any

from kg.assets import folder
from kg.chain import WORDS, Chain, build, industries
from kg.citation import Document
from kg.errors import Finding
from kg.facts import read_facts
from kg.gaps import POSITIONS, RULES, Gap, findings, open_survey, problems
from kg.gaps.telling import Teller
from kg.graph import Graph
from kg.paint import Words
from kg.statements import Statement
from kg.vocab import PREFIXES, page_of

# Which finding of a node its card begins with: what is asked for, then what is missing, then what hangs on it.
_LEADING = ("d", "a", "c", "e", "h", "i")


@cache
def page_words() -> dict[str, dict[str, Any]]:
    """The texts of viz/words.toml by language."""
    with (folder("viz") / "words.toml").open("rb") as file:
        return tomllib.load(file)


class Atlas:
    """One graph, ready to be shown in one language as it stands on the day `today`, with what staff checked."""

    def __init__(
        self,
        graph: Graph,
        lang: str,
        document: Document | None = None,
        statements: Sequence[Statement] = (),
        today: date | None = None,
    ) -> None:
        self.lang = lang
        self.document = document
        self.facts = read_facts(graph)
        self.t = page_words()[lang]
        self.presences: dict[str, str] = {p: w.pick(lang) for p, w in WORDS.items()}
        terms = {c.predicate for c in self.facts.claims} | {
            r for c in self.facts.claims for r in c.roles
        }
        terms |= {k for t in self.facts.things.values() for k in t.kinds}
        terms |= {PREFIXES["ic"] + t.kind for t in self.facts.things.values()}
        terms |= {PREFIXES["ic"] + k for k in ("measured", "target", "expected")}
        self.labels = graph.labels(sorted(terms), lang)
        self.words = Words(self.facts, lang, self.labels)
        self.survey = open_survey(graph, today or date.today(), statements, self.facts)
        self.teller = Teller(self.survey, RULES, self.labels, lang)
        shown = [i for i in industries(self.facts) if i.scheme]
        self.chains: dict[str, Chain] = {
            i.iri: self.survey.chains.get(i.iri) or build(self.facts, i.iri) for i in shown
        }
        self.core = [i.iri for i in shown if i.scheme == "three-plus-three"]
        self.home: dict[str, str] = {
            n: c.industry.iri for c in self.chains.values() for n in (*c.segments, *c.nodes)
        }
        self.quotes: dict[str, str] = {}
        if document is not None:
            self.quotes = {iri: document.passage_text(p) for iri, p in self.facts.passages.items()}
        self._graph = graph

    @property
    def as_of(self) -> str:
        """The day and the number of sources that every count of a page holds for."""
        day, read = self.survey.today.isoformat(), len(self.survey.sources)
        return f"{self.t['up_to']} {day} · {read} {self.t['sources_read']}"

    def page(self, iri: str) -> str:
        """The path of a thing's page from the site's root."""
        return page_of(iri) + ".html"

    def chain_path(self, industry: str) -> str:
        """The path of a chain's matrix from the site's root, without ending."""
        return "chain/" + self.key(industry)

    def key(self, iri: str) -> str:
        """The last part of a thing's page: what addresses it inside a page."""
        return page_of(iri).rpartition("/")[2]

    @cached_property
    def gaps(self) -> list[Gap]:
        """All findings, rule by rule."""
        return findings(self.survey)

    @cached_property
    def found(self) -> dict[str, list[Gap]]:
        """The findings of each node or actor, the one its card begins with first."""
        by: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            by.setdefault(gap.node, []).append(gap)
        for gaps in by.values():
            order = [*_LEADING, *(r for r in RULES if r not in _LEADING)]
            lead = min(gaps, key=lambda g: order.index(g.rule))
            gaps.remove(lead)
            gaps.insert(0, lead)
        return by

    @cached_property
    def cards(self) -> dict[str, str]:
        """The name of the card of each node or actor with findings: the last part of its page, made unique."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        for iri in self.found:
            kind, _, local = page_of(iri).partition("/")
            # Windows does not tell Foil from foil.
            name = local if local.lower() not in taken else f"{kind}-{local}"
            while name.lower() in taken:
                name += "-x"
            taken.add(name.lower())
            names[iri] = name
        return names

    def card(self, iri: str) -> str:
        """The path of a thing's gap card from the site's root, "" where it has none."""
        name = self.cards.get(iri)
        return f"gap/{name}.html" if name else ""

    def name(self, iri: str) -> str:
        """The name of anything a finding is about: a firm that only a check names is no thing of the graph."""
        return self.survey.label(iri, self.lang)

    def named(self, iri: str, root: str) -> str:
        """The address of a thing's page, "" for what is no thing of the graph."""
        return root + self.page(iri) if iri in self.facts.things else ""

    def tally(self, industry: str) -> Counter[str]:
        """How many findings of each rule a chain has."""
        return self._tallies.get(industry, Counter())

    @cached_property
    def _tallies(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for gap in self.gaps:
            found.setdefault(gap.chain, Counter())[gap.rule] += 1
        return found

    @cached_property
    def rules_at(self) -> dict[str, list[str]]:
        """The rules with a finding that touches each node; a firm's dependence touches the nodes that hang on it."""
        at: dict[str, dict[str, None]] = {}
        for gap in self.gaps:
            nodes = [gap.node] if gap.node in self.survey.nodes else gap.details.get("nodes", [])
            for iri in nodes:
                at.setdefault(iri, {})[gap.rule] = None
        return {iri: list(rules) for iri, rules in at.items()}

    def position(self, iri: str) -> str:
        """The word for where a missing node stands between actors, "" for any other."""
        node = self.survey.nodes.get(iri)
        if node is None or not node.leaf or node.presence not in ("unseen", "absent"):
            return ""
        return POSITIONS[self.survey.position(iri, True)].pick(self.lang)

    def node_words(self, iri: str, root: str) -> dict[str, str]:
        """What a panel adds for a node: what its presence rests on, its position, and its card."""
        card = self.card(iri)
        return {
            "means": self.teller.means(iri),
            "position": self.position(iri),
            "gap": root + card if card else "",
        }

    @cached_property
    def problems(self) -> list[Finding]:
        """What is wrong with the data that the findings start from."""
        return problems(self.survey, self._graph)
