"""What the graph took from each passage, and what it did not: claims, figures, reasons, items of lists left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from weakref import WeakKeyDictionary

from kg.citation import Passage
from kg.facts import Claim, Figure
from kg.site.ground import Ground
from kg.site.keys import Keys, digest
from kg.site.passages import Section, outline

# A text by language; "" is the language of one that names none.
Texts = dict[str, str]


class Taken:
    """What a graph took from each passage (by IRI): `claims`, `figures`; `silent` says why none, `skips` what was left out."""

    def __init__(self, ground: Ground) -> None:
        facts, graph = ground.facts, ground.graph
        self.claims: dict[str, list[Claim]] = defaultdict(list)
        self.figures: dict[str, list[Figure]] = defaultdict(list)
        for claim in facts.claims:
            for source in claim.sources:
                self.claims[source].append(claim)
        for figure in facts.figures:
            for source in figure.sources:
                self.figures[source].append(figure)
        self.silent: dict[str, Texts] = defaultdict(dict)
        for iri, why, lang in graph.texts(
            "SELECT ?p ?why (LANG(?why) AS ?lang) WHERE { ?p ic:statesNothing ?why } ORDER BY ?p ?why"
        ):
            self.silent[iri][lang] = why
        # Passage → item → why it is no thing of its own.
        self.skips: dict[str, dict[str, Texts]] = defaultdict(dict)
        for iri, item, why, lang in graph.texts(
            "SELECT ?p ?item ?why (LANG(?why) AS ?lang) WHERE"
            " { ?p ic:skips ?k . ?k ic:wording ?item ; ic:skipReason ?why } ORDER BY ?p ?item ?why"
        ):
            self.skips[iri].setdefault(item, {})[lang] = why
        self.uncited = sum(not any(s in facts.passages for s in c.sources) for c in facts.claims)
        self._things = facts.things.keys()
        self._sections = outline(ground).sections
        # What is said of a paragraph holds for each of its sentences.
        for paragraph in (p for x in self._sections.values() for p in x.paragraphs):
            if said := self.silent.get(paragraph.iri):
                for sentence in paragraph.sentences:
                    self.silent.setdefault(sentence.iri, said)
        self._excused = digest([
            *((s.iri, s.zh, s.en, s.page, s.depth, s.paragraphs) for s in self._sections.values()),
            *self.silent.items(),
            *self.skips.items(),
        ])

    def cites(self, passage: str) -> bool:
        """Whether a claim or a figure cites a passage."""
        return passage in self.claims or passage in self.figures

    def named(self, passage: str) -> set[str]:
        """The things that the claims and figures of a passage are about."""
        found = {i for c in self.claims.get(passage, ()) for i in (c.subject, c.object)}
        found |= {i for f in self.figures.get(passage, ()) for i in (f.indicator, f.about)}
        return found & self._things

    def count(self, sentences: Iterable[Passage]) -> dict[str, int]:
        """How many sentences, sentences with a claim or figure, claims, things and figures; each once."""
        total = cited = 0
        claims: set[int] = set()
        figures: set[str] = set()
        named: set[str] = set()
        for sentence in sentences:
            total += 1
            cited += self.cites(sentence.iri)
            claims.update(map(id, self.claims.get(sentence.iri, ())))
            figures.update(f.iri for f in self.figures.get(sentence.iri, ()))
            named |= self.named(sentence.iri)
        return {
            "sentences": total,
            "taken": cited,
            "claims": len(claims),
            "things": len(named),
            "figures": len(figures),
        }

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """The counts of each section with all that lies in it."""
        inside: dict[str, list[Passage]] = {iri: [] for iri in self._sections}
        for section in self._sections.values():
            own = section.sentences
            above: Section | None = section
            while above:
                inside[above.iri] += own
                above = self._sections.get(above.up)
        return {iri: self.count(parts) for iri, parts in inside.items()}

    def key(self, everything: str) -> str:
        """`everything` (of kg.site.keys) and what only these pages show: headings, reasons, items left out."""
        return digest([everything, self._excused])


_TAKEN: WeakKeyDictionary[Ground, Taken] = WeakKeyDictionary()


def taken(ground: Ground) -> Taken:
    """What the graph of `ground` took from each passage; read once for both languages."""
    if (known := _TAKEN.get(ground)) is None:
        known = _TAKEN[ground] = Taken(ground)
    return known


def rests(keys: Keys) -> str:
    """The key of a page of the reading view."""
    return taken(keys.ground).key(keys.everything)
