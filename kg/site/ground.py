"""What the pages of both languages share: facts, chains, findings, cards, quoted passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from kg.chain import Chain, build, industries
from kg.citation import Document
from kg.errors import Finding
from kg.facts import read_facts
from kg.gaps import RULES, Gap, findings, open_survey, problems
from kg.gaps.card import Field, card
from kg.gaps.feasibility import Skills
from kg.gaps.telling import Teller
from kg.graph import Graph
from kg.site.borders import Borders
from kg.statements import Statement
from kg.vocab import PREFIXES, page_of
from kg.words import LANGS

# Which finding of a node its card begins with: what is asked for, then what is missing, then what hangs on it.
_LEADING = ("d", "a", "c", "e", "h", "i")


class Ground:
    """One graph as it stands on the day `today`, with what staff checked; the same in every language."""

    def __init__(
        self,
        graph: Graph,
        document: Document | None = None,
        statements: Sequence[Statement] = (),
        today: date | None = None,
    ) -> None:
        self.graph = graph
        self._fields: dict[tuple[str, str], list[Field]] = {}
        # Real borders of the counties, where a user has brought some.
        self.borders: Borders | None = None
        self.document = document
        self.facts = read_facts(graph)
        self.survey = open_survey(graph, today or date.today(), statements, self.facts)
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
            self.quotes = {iri: document.quote(p) for iri, p in self.facts.passages.items()}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """The names of predicates, roles, kinds and classes by language."""
        terms = {c.predicate for c in self.facts.claims}
        terms |= {r for c in self.facts.claims for r in c.roles}
        terms |= {k for t in self.facts.things.values() for k in t.kinds}
        terms |= {PREFIXES["ic"] + t.kind for t in self.facts.things.values()}
        terms |= {PREFIXES["ic"] + k for k in ("measured", "target", "expected")}
        return {lang: self.graph.labels(sorted(terms), lang) for lang in LANGS}

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

    def card_fields(self, teller: Teller, iri: str, keep: bool = False) -> list[Field]:
        """The fields of the card of what `iri` names, by its leading finding, in the language of `teller`.

        `keep` them for the next one who asks: a key is told by them, and then the card is made of them.
        """
        fields = self._fields.pop((teller.lang, iri), None)
        if fields is None:
            fields = card(teller, self.found[iri][0], self.document, self.skills)
        if keep:
            self._fields[teller.lang, iri] = fields
        return fields

    @cached_property
    def skills(self) -> Skills:
        """What the fields of gap cards share."""
        return Skills(self.survey)

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
        """The address of a thing's gap card from the language's folder, "" where it has none."""
        name = self.cards.get(iri)
        return (
            f"card.html?{page_of(self.found[iri][0].chain).rpartition('/')[2]}/{name}"
            if name
            else ""
        )

    @cached_property
    def tallies(self) -> dict[str, Counter[str]]:
        """How many findings of each rule each chain has."""
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

    @cached_property
    def problems(self) -> list[Finding]:
        """What is wrong with the data that the findings start from."""
        return problems(self.survey, self.graph)
