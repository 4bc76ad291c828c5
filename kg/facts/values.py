"""Things, claims and figures as Python values, and the whole graph made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.citation import Passage
from kg.vocab import PREFIXES, claim_id
from kg.words import Words


@dataclass(frozen=True, slots=True)
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


NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with how sure it is and where it stands.

    `status` and `level` are local names; `wishes` IRIs of the verb's class and `wordings` the printed verbs;
    `sources` IRIs of passages; `origin` is "" for the plan or "domain" for knowledge of the field with its `basis` in words.
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
    basis: Words = NO_WORDS
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


def unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """`claims` each once, in their order. By identity: hashing twelve fields costs more than most rules do."""
    return tuple({id(c): c for c in claims}.values())


@dataclass(frozen=True, slots=True)
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


# Chapter → how many claims cite it, and the first place in it.
_Count = dict[str, tuple[int, int]]


def _add(count: _Count, chapter: str, n: int, start: int) -> None:
    before, first = count.get(chapter, (0, start))
    count[chapter] = before + n, min(first, start)


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

    @cached_property
    def figures_of(self) -> dict[str, list[Figure]]:
        """The figures of each indicator."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.indicator, []).append(figure)
        return found

    def order(self, iri: str) -> tuple[int, str]:
        """Sort key of a thing: the earliest place that mentions it, then its IRI."""
        return self._first.get(iri, 1 << 30), iri

    def __post_init__(self) -> None:
        cited = {c.sources for c in self.claims} | {f.sources for f in self.figures}
        places = {sources: self.place(sources) for sources in cited}
        self.claims.sort(
            key=lambda c: (places[c.sources], c.subject, c.predicate, c.object, c.status)
        )
        first: dict[str, int] = {}
        out: dict[str, list[Claim]] = {}
        into: dict[str, list[Claim]] = {}
        for claim in self.claims:
            at = places[claim.sources]
            for side, iri in ((out, claim.subject), (into, claim.object)):
                # A list of one takes less room than one that has grown to one: most firms have one claim.
                if beside := side.get(iri):
                    beside.append(claim)
                else:
                    side[iri] = [claim]
                # The claims come in the order of the text: the first one is the earliest.
                first.setdefault(iri, at)
        for figure in self.figures:
            at = places[figure.sources]
            first[figure.indicator] = min(at, first.get(figure.indicator, 1 << 30))
        self._first = first
        self.outgoing, self.incoming = out, into
        below = defaultdict(list)
        for thing in self.things.values():
            if thing.broader:
                below[thing.broader].append(thing.iri)
        home = self._homes(below)
        self.children = {k: sorted(v, key=lambda i: (home[i], i)) for k, v in below.items()}

    def _homes(self, below: dict[str, list[str]]) -> dict[str, int]:
        """The first place of `home` for all nodes in `below`: each counts its own claims and hands them up."""
        chapters = self._chapters()
        counts: dict[str, _Count] = {i: {} for parts in below.values() for i in parts}
        for iri, count in counts.items():
            for claim in (*self.outgoing.get(iri, ()), *self.incoming.get(iri, ())):
                for source in claim.sources:
                    if source in chapters:
                        chapter, start = chapters[source]
                        _add(count, chapter, 1, start)
        waiting = {i: len(below.get(i, ())) for i in counts}
        ready = [i for i, n in waiting.items() if not n]
        while ready:
            iri = ready.pop()
            up = self.things[iri].broader
            if up not in counts:
                continue
            for chapter, (n, start) in counts[iri].items():
                _add(counts[up], chapter, n, start)
            waiting[up] -= 1
            if not waiting[up]:
                ready.append(up)
        # What still waits goes round in circles, where each lies below each.
        turning = {i for i, n in waiting.items() if n}
        while turning:
            circle = [turning.pop()]
            while (up := self.things[circle[-1]].broader) != circle[0]:
                circle.append(up)
            turning.difference_update(circle)
            whole: _Count = {}
            for member in circle:
                for chapter, (n, start) in counts[member].items():
                    _add(whole, chapter, n, start)
            counts.update(dict.fromkeys(circle, whole))
        return {
            iri: max(count.values(), key=lambda c: (c[0], -c[1]), default=(0, 1 << 30))[1]
            for iri, count in counts.items()
        }

    def _chapters(self) -> dict[str, tuple[str, int]]:
        """The chapter of every passage, and where the passage begins."""
        return {i: (p.label.partition("章")[0], p.start) for i, p in self.passages.items()}

    def home(self, iri: str) -> tuple[int, int]:
        """Where in the text a node is at home: first and middle place in the chapter that speaks most of it.

        What is below it counts too. The first place of all would be some list in an introduction that mentions
        one product of many.
        """
        chapters: dict[str, list[int]] = defaultdict(list)
        for i in (iri, *self.below(iri)):
            for claim in (*self.outgoing.get(i, ()), *self.incoming.get(i, ())):
                for source in claim.sources:
                    if passage := self.passages.get(source):
                        chapters[passage.label.partition("章")[0]].append(passage.start)
        nowhere = [1 << 30]
        most = max(
            chapters.values(), key=lambda places: (len(places), -min(places)), default=nowhere
        )
        return min(most), sorted(most)[len(most) // 2]

    def ancestors(self, iri: str) -> list[str]:
        """The broader nodes of `iri`, nearest first; a cycle ends where it closes. Empty for what is no thing."""
        chain: list[str] = []
        at = self.things.get(iri)
        while at and (up := at.broader) not in chain and up in self.things:
            chain.append(up)
            at = self.things[up]
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
