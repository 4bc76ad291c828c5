"""The page of sources: what was read from which document, how a citation is read, what is domain knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from kg.check.disagreements import disagreements
from kg.citation import Source, sources
from kg.facts import Claim, Figure
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.keys import Keys, digest
from kg.site.passages import Section, outline, place_href
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.vocab import expand

# What stands behind a value in print; every other word of the plan stands before it ("达 47 亿元").
_BEHIND = ("以上", "以下", "左右", "上限", "下限", "级")


@dataclass
class Part:
    """What was read from one chapter: passages, paragraphs with and without facts, claims, things, figures."""

    passages: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    paragraphs: set[str] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)

    def counts(self) -> tuple[int, ...]:
        """Paragraphs, those with facts, passages, cited ones, claims, things, figures."""
        return (
            len(self.paragraphs),
            len(self.telling),
            len(self.passages),
            len(self.cited),
            len(self.claims),
            len(self.things),
            len(self.figures),
        )


def source_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The page of the sources."""
    yield Sheet("sources.html", partial(sources_page, atlas), partial(_rests, atlas.ground))


def _rests(ground: Ground, keys: Keys) -> str:
    headings = [(s.iri, s.zh, s.en, s.up) for s in outline(ground).sections.values()]
    return digest([keys.everything, *headings, *sources(ground.graph), *_imprint(ground).items()])


def sources_page(atlas: Atlas) -> str:
    """Documents and what was read from them, how to read a citation, domain knowledge, figures said twice."""
    facts = atlas.facts
    domain = [c for c in facts.claims if c.origin == "domain"]
    return render(
        atlas,
        "sources.html",
        "sources.html",
        title=atlas.t["sources_title"],
        documents=_documents(atlas),
        example=_example(atlas),
        supply=len(atlas.survey.supply),
        stated=len(facts.claims) - len(domain),
        domain=len(domain),
        chains=_domain(atlas, domain),
        twice=_twice(atlas),
        found=sum(map(bool, atlas.quotes.values())),
        passages=len(facts.passages),
    )


def _documents(atlas: Atlas) -> list[dict[str, Any]]:
    said, parts = _imprint(atlas.ground), read_parts(atlas)
    found = []
    for source in sources(atlas.ground.graph):
        about = said.get(source.iri, {})
        publisher = about.get("publisher", "")
        chapters = parts.get(source.iri, [])
        found.append({
            "label": source.label_en if atlas.lang == "en" else source.label,
            "other": source.label if atlas.lang == "en" else "",
            "identifier": about.get("identifier", ""),
            "issued": about.get("issued", ""),
            "publisher": atlas.words.label(publisher) if publisher else "",
            "href": atlas.named(publisher, ""),
            "length": source.length,
            "sha256": source.sha256,
            "attached": _attached(atlas, source),
            "chapters": [(*_heading(atlas, s), part.counts()) for s, part in chapters],
            "whole": _whole(part for _, part in chapters).counts(),
        })
    return found


def _imprint(ground: Ground) -> dict[str, dict[str, str]]:
    """Number, day and publisher of each document, as far as the graph tells them."""
    said: dict[str, dict[str, str]] = {}
    for iri, prop, value in ground.graph.texts(
        "SELECT ?d ?p ?v WHERE { ?d a ic:SourceDocument ; ?p ?v"
        " FILTER(?p IN (dcterms:identifier, dcterms:issued, dcterms:publisher)) } ORDER BY ?d ?p ?v"
    ):
        said.setdefault(iri, {}).setdefault(prop.rpartition("/")[2], value)
    return said


def _attached(atlas: Atlas, source: Source) -> str:
    """What the text that is attached to these pages is: "same", "other", or "" where none is."""
    if atlas.document is None:
        return ""
    return "same" if atlas.document.sha256 == source.sha256 else "other"


def _heading(atlas: Atlas, section: Section) -> tuple[str, str, str]:
    """The name of a chapter, its Chinese heading where that is another, and where it stands in the outline."""
    href = f"plan.html#s-{section.key}"
    if atlas.lang == "zh" or section.zh == section.en:
        return section.zh, "", href
    return section.en, section.zh, href


def _whole(parts: Iterable[Part]) -> Part:
    whole = Part()
    for part in parts:
        for name, inside in vars(part).items():
            getattr(whole, name).update(inside)
    return whole


def read_parts(atlas: Atlas) -> dict[str, list[tuple[Section, Part]]]:
    """For each document its chapters in the order of the text, each with what was read from it."""
    facts, sections = atlas.facts, outline(atlas.ground).sections
    rows = atlas.ground.graph.texts(
        "SELECT ?p ?d WHERE { ?p oa:hasSource ?d } ORDER BY DESC(?p) DESC(?d)"
    )
    source = {row[0]: row[1] for row in rows}
    parts: dict[tuple[str, str], Part] = {}
    at: dict[str, tuple[Part, str]] = {}
    for section in sections.values():
        chapter = section
        while chapter.up:
            chapter = sections[chapter.up]
        for paragraph in section.paragraphs:
            document = source.get(paragraph.sentences[0].iri, "")
            part = parts.setdefault((document, chapter.iri), Part())
            part.paragraphs.add(paragraph.iri)
            for sentence in paragraph.sentences:
                part.passages.add(sentence.iri)
                at[sentence.iri] = part, paragraph.iri

    def read(cited: Iterable[str]) -> Iterator[Part]:
        for iri in cited:
            if iri in at:
                part, paragraph = at[iri]
                part.cited.add(iri)
                part.telling.add(paragraph)
                yield part

    for n, claim in enumerate(facts.claims):
        for part in read(claim.sources):
            part.claims.add(n)
            part.things.update({claim.subject, claim.object} & facts.things.keys())
    for figure in facts.figures:
        for part in read(figure.sources):
            part.figures.add(figure.iri)
            part.things.update({figure.indicator, figure.about} & facts.things.keys())
    found: dict[str, list[tuple[Section, Part]]] = {}
    for (document, top), part in parts.items():
        found.setdefault(document, []).append((sections[top], part))
    return found


def _example(atlas: Atlas) -> dict[str, Any] | None:
    """The passage that most claims cite, as an example of how a citation is read."""
    facts = atlas.facts
    cited = Counter(s for c in facts.claims for s in c.sources if s in facts.passages)
    if not cited:
        return None
    iri = min(cited, key=lambda s: (-cited[s], facts.passages[s].start, s))
    passage = facts.passages[iri]
    return passage.as_json(atlas.lang) | {
        "href": place_href(atlas, iri, ""),
        "claims": cited[iri],
        "quote": atlas.quotes.get(iri, ""),
    }


def _domain(atlas: Atlas, claims: list[Claim]) -> list[dict[str, Any]]:
    """The claims of domain knowledge by chain, in the order of the chains, each with its basis."""
    by: dict[str, list[Claim]] = {iri: [] for iri in atlas.chains}
    for claim in claims:
        home = atlas.home.get(claim.subject) or atlas.home.get(claim.object, "")
        by.setdefault(home, []).append(claim)
    words = atlas.words
    return [
        {
            "key": atlas.key(iri) if iri else "elsewhere",
            "label": words.label(iri) if iri else atlas.t["sources_elsewhere"],
            "count": len(inside),
            "subjects": [
                (
                    words.label(subject),
                    atlas.named(subject, ""),
                    [
                        (words.label(c.predicate), words.label(c.object), _basis(c, atlas.lang))
                        for c in same
                    ],
                )
                for subject, same in (
                    (s, list(g)) for s, g in groupby(inside, key=lambda c: c.subject)
                )
            ],
        }
        for iri, inside in by.items()
        if inside
    ]


def _basis(claim: Claim, lang: str) -> str:
    """What a claim of domain knowledge rests on; in the other language where it is said in one only."""
    return claim.basis.pick(lang) or claim.basis.zh or claim.basis.en


def _twice(atlas: Atlas) -> list[dict[str, Any]]:
    """The figures that the plan gives twice with different values, each value with its place."""
    facts, words = atlas.facts, atlas.words

    def key(f: Figure) -> tuple[str, str, str, str]:
        return f.about, f.period, f.figure, f.unit

    found = []
    for finding in disagreements(facts):
        indicator = expand(finding.place)
        own = sorted((f for f in facts.figures if f.indicator == indicator), key=key)
        for (_, period, _, _), same in groupby(own, key):
            figures = sorted(same, key=lambda f: facts.place(f.sources))
            told = f"{facts.things[indicator].zh} {period} "
            if len({(f.value, f.bound) for f in figures}) < 2 or not finding.what.zh.startswith(
                told
            ):
                continue
            found.append({
                "label": words.label(indicator),
                "href": atlas.page(indicator),
                "period": period,
                "values": [
                    (
                        _printed(f),
                        [(w, place_href(atlas, i, "")) for w, i in words.cited(f.sources)],
                    )
                    for f in figures
                ],
            })
    return found


def _printed(figure: Figure) -> str:
    """The value as the plan prints it: "47 亿元", "达 47 亿元", "2 % 以上"."""
    value = f"{figure.printed} {figure.unit}".strip()
    if not figure.bound:
        return value
    return f"{value} {figure.bound}" if figure.bound in _BEHIND else f"{figure.bound} {value}"
