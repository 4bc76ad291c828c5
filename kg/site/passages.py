"""Where every passage stands: in the plan's outline, at which address of the site, and within its paragraph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from kg.citation import Anchor, Document, Passage, sources
from kg.graph import Graph
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.vocab import PREFIXES, page_of

# How much of its paragraph is shown on either side of a passage.
_AROUND = 120
# How much longer a paragraph may have become in another edition, in characters, before it is taken for another one.
_GROWTH = 400


@dataclass(slots=True)
class Section:
    """A heading of a document: what it is called, what it lies in, its depth (0 for a chapter), its own paragraphs."""

    iri: str
    zh: str
    en: str
    up: str = ""
    depth: int = 0
    page: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What addresses the section: the last part of its IRI."""
        local = self.iri.rpartition("/")[2]
        # Made safe as the names of things' pages are.
        return page_of(PREFIXES["doc"] + local).rpartition("/")[2]

    @property
    def sentences(self) -> list[Passage]:
        """The sentences of its own paragraphs, in the order of the text."""
        return [s for p in self.paragraphs for s in p.sentences]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or table row: its place in words, and its sentences in the order of the text."""

    iri: str
    zh: str
    en: str
    sentences: tuple[Passage, ...]


class Outline:
    """The documents of a graph as one reads them: `sections` in reading order, and where each passage is shown.

    `addresses` leads from a passage to "plan/5-1.html#1cz"; the part behind # is the passage's first offset in base 36:
    short, because thousands of links carry it, and the same as long as the document is.
    """

    def __init__(
        self, graph: Graph, passages: dict[str, Passage], document: Document | None
    ) -> None:
        self.document, self.passages = document, passages
        self.sections = _sections(graph)
        self.home: dict[str, Paragraph] = {}
        _fill(self.sections, graph, passages, self.home)
        self.addresses: dict[str, str] = {}
        taken: set[str] = set()
        for section in self.sections.values():
            for sentence in section.sentences:
                anchor = base36(sentence.start)
                while anchor in taken:
                    anchor += "-"
                taken.add(anchor)
                self.addresses[sentence.iri] = f"{section.page}#{anchor}"
        self._within: dict[str, tuple[str, str, str]] = {}

    def anchor(self, passage: str) -> str:
        """What addresses a passage on its page."""
        return self.addresses[passage].partition("#")[2]

    def within(self, iri: str) -> tuple[str, str, str]:
        """A passage and what stands before and behind it in its paragraph, as printed; "" for what is not found."""
        if (known := self._within.get(iri)) is None:
            known = self._within[iri] = self._around(iri)
        return known

    def _around(self, iri: str) -> tuple[str, str, str]:
        document, passage = self.document, self.passages.get(iri)
        if document is None or passage is None:
            return "", "", ""
        at = document.anchor(passage)
        if at.where == "lost":
            return "", "", ""
        first, last = at.start, at.end
        if iri in self.home:
            stand = self._standing(self.home[iri], at, passage)
            first, last = stand[0][1].start, stand[-1][1].end
        before = document.printed(max(first, at.start - _AROUND), at.start)
        behind = document.printed(at.end, min(last, at.end + _AROUND))
        words = document.printed(at.start, at.end)
        return (
            ("…" if at.start - first > _AROUND else "") + before,
            # White space before what follows belongs to neither.
            words if behind else words.rstrip(),
            behind.rstrip() + ("…" if last - at.end > _AROUND else ""),
        )

    def _standing(
        self, paragraph: Paragraph, at: Anchor, passage: Passage
    ) -> list[tuple[Passage, Anchor]]:
        """The sentences of a paragraph that stand together with one of them in the document, in the order of the text.

        A sentence that is only found far away belongs to another paragraph, where the same is said.
        """
        assert self.document
        here = paragraph.sentences.index(passage)
        found = [(passage, at)]
        for step, others in (
            (-1, reversed(paragraph.sentences[:here])),
            (1, paragraph.sentences[here + 1 :]),
        ):
            for sentence in others:
                stands = self.document.anchor(sentence)
                if stands.where == "lost":
                    continue
                if step < 0:
                    gap, due = found[0][1].start - stands.end, found[0][0].start - sentence.end
                else:
                    gap, due = stands.start - found[-1][1].end, sentence.start - found[-1][0].end
                if 0 <= gap <= due + _GROWTH:
                    found.insert(0 if step < 0 else len(found), (sentence, stands))
        return found

    def text(self, paragraph: Paragraph) -> list[tuple[str, str]]:
        """A paragraph as printed, piece by piece, each with its passage ("" for what has been put in since)."""
        if self.document is None:
            return []
        for sentence in paragraph.sentences:
            at = self.document.anchor(sentence)
            if at.where != "lost":
                break
        else:
            return []
        pieces, end = [], at.start
        for found, stands in self._standing(paragraph, at, sentence):
            if stands.start > end:
                pieces.append((self.document.printed(end, stands.start), ""))
            pieces.append((self.document.printed(stands.start, stands.end), found.iri))
            end = stands.end
        return pieces


_OUTLINES: WeakKeyDictionary[Ground, Outline] = WeakKeyDictionary()


def outline(ground: Ground) -> Outline:
    """The outline of the documents that `ground` cites; read once."""
    if (known := _OUTLINES.get(ground)) is None:
        known = Outline(ground.graph, ground.facts.passages, ground.document)
        _OUTLINES[ground] = known
    return known


def place_href(atlas: Atlas, passage: str, root: str) -> str:
    """The address of a passage in the reading view of the plan, "" for what is no passage."""
    address = outline(atlas.ground).addresses.get(passage)
    return root + address if address else ""


def in_paragraph(atlas: Atlas, passage: str) -> tuple[str, str, str]:
    """(before, passage, behind) as printed in the attached document; "" where there is nothing or it is not found."""
    return outline(atlas.ground).within(passage)


def base36(number: int) -> str:
    """`number` in the digits 0–9a–z."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def _sections(graph: Graph) -> dict[str, Section]:
    """The headings in reading order, each with its depth and the page that shows it."""
    rows = graph.texts(
        "SELECT ?section ?zh ?en ?order ?up WHERE { ?section a ic:Section ; skos:prefLabel ?zh, ?en ; ic:order ?order ."
        ' FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") OPTIONAL { ?section dcterms:isPartOf ?up } }'
    )
    rows = sorted(rows, key=lambda r: (int(r[3]), r[0]))
    known = {r[0]: Section(r[0], r[1], r[2]) for r in rows}
    below: dict[str, list[Section]] = defaultdict(list)
    for iri, _, _, _, up in rows:
        known[iri].up = up if up in known else ""
        below[known[iri].up].append(known[iri])
    found: dict[str, Section] = {}
    waiting = below[""][::-1]
    while waiting:
        section = waiting.pop()
        above = found.get(section.up)
        section.depth = above.depth + 1 if above else 0
        # A page is a chapter, or a section of a chapter: what lies deeper is read on the page of its section.
        section.page = above.page if above and section.depth > 1 else f"plan/{section.key}.html"
        found[section.iri] = section
        waiting += below[section.iri][::-1]
    return found


def _fill(
    sections: dict[str, Section],
    graph: Graph,
    passages: dict[str, Passage],
    home: dict[str, Paragraph],
) -> None:
    """Puts the paragraphs into their sections; what lies in none goes under the name of its document."""
    inside: dict[str, list[Passage]] = defaultdict(list)
    for sentence, place in graph.texts("SELECT ?s ?p WHERE { ?s ic:place ?p }"):
        if sentence in passages:
            inside[place].append(passages[sentence])
    placed = {s.iri for parts in inside.values() for s in parts}
    documents = {d.iri: d for d in sources(graph)}
    rows = graph.texts(
        "SELECT ?p ?zh ?en ?doc ?section WHERE { ?p skos:prefLabel ?zh, ?en ; oa:hasSource ?doc ."
        ' FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") OPTIONAL { ?p dcterms:isPartOf ?section } }'
    )
    found = []
    for iri, zh, en, document, section in rows:
        # A passage that lies in no paragraph is one of its own.
        alone = [passages[iri]] if iri in passages and iri not in placed else []
        if parts := inside.get(iri, alone):
            parts.sort(key=lambda s: (s.start, s.end, s.iri))
            found.append((parts[0].start, Paragraph(iri, zh, en, tuple(parts)), document, section))
    for _, paragraph, document, section in sorted(found, key=lambda f: (f[0], f[1].iri)):
        where = sections.get(section) or sections.get(document)
        if where is None:
            name = documents.get(document)
            where = Section(document, name.label if name else "", name.label_en if name else "")
            where.page = f"plan/{where.key}.html"
            sections[document] = where
        where.paragraphs.append(paragraph)
        home.update(dict.fromkeys((s.iri for s in paragraph.sentences), paragraph))
