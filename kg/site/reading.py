"""The reading view of the plan in one language: headings, paragraphs and sentences as their pages show them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from kg.citation import Passage
from kg.facts import Claim, Figure
from kg.paint import STATUS_WORDS
from kg.site.atlas import Atlas
from kg.site.passages import Paragraph, Section, outline
from kg.site.taken import Texts, taken
from kg.vocab import ACTOR_CLASSES, PREFIXES, reading_rank


class _Chips(dict[str, Markup]):
    """The word of each status, in its colour, behind a space."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, status: str) -> Markup:
        chip = Markup(" <b class={}>{}</b>").format(status[:1], self._words.get(status, status))
        self[status] = chip
        return chip


class Reading:
    """The reading view in one language: what its pages share."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas, self.facts, self.zh = atlas, atlas.facts, atlas.lang == "zh"
        self.outline, self.taken = outline(atlas.ground), taken(atlas.ground)
        self.comma = "、" if self.zh else ", "
        self._names: dict[str, Markup] = {}
        self._links: dict[str, Markup] = {}
        self.chips = _Chips(STATUS_WORDS[atlas.lang])

    @cached_property
    def pages(self) -> dict[str, list[Section]]:
        """The sections that each page shows, in reading order; pages with something to show."""
        found: dict[str, list[Section]] = {}
        for section in self.outline.sections.values():
            found.setdefault(section.page, []).append(section)
        return {p: s for p, s in found.items() if any(x.paragraphs for x in s)}

    @cached_property
    def headings(self) -> dict[str, dict[str, Any]]:
        """Each heading with its address (from the language's folder), and the counts of everything below it."""
        return {s.iri: self._heading(s) for s in self.outline.sections.values()}

    def _heading(self, section: Section) -> dict[str, Any]:
        shown = self.pages.get(section.page)
        at = "" if shown and shown[0] is section else f"#s-{section.key}"
        return {
            "iri": section.iri,
            "id": f"s-{section.key}",
            "depth": section.depth,
            "page": section.page,
            "label": section.zh if self.zh else section.en,
            # The outline has its headings in Chinese; their English names are numbers.
            "other": "" if self.zh or section.zh == section.en else section.zh,
            # A chapter that is read section by section opens at the first of them.
            "href": section.page + at if shown else self._first_page(section),
            **self.taken.counts[section.iri],
        }

    def _first_page(self, section: Section) -> str:
        pages = (s.page for s in self.outline.sections.values() if s.up == section.iri)
        return next((p for p in pages if p in self.pages), "")

    def said(self, texts: Texts) -> tuple[str, str]:
        """A text and, where it is in another language than the page, which; ("", "") where there is none."""
        for lang in (self.atlas.lang, "", *sorted(texts)):
            if lang in texts:
                return texts[lang], "" if lang in (self.atlas.lang, "") else lang
        return "", ""

    def paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        """A paragraph: its place within the section, its text where the document is attached, its sentences."""
        label = paragraph.zh if self.zh else paragraph.en
        return {
            "label": label.rpartition(" " if self.zh else ", ")[2],
            "text": [
                (text, self.outline.anchor(iri) if self.taken.cites(iri) else "", iri)
                for text, iri in self.outline.text(paragraph)
            ],
            "sentences": [self.sentence(s, label) for s in paragraph.sentences],
        }

    def sentence(self, sentence: Passage, above: str) -> dict[str, Any]:
        """What was taken from a sentence, by subject; or why nothing was. `above`: the words for its paragraph."""
        iri, document = sentence.iri, self.outline.document
        claims = self.taken.claims.get(iri, [])
        states = {c.status for c in claims}
        words = sentence.place(self.atlas.lang)
        return {
            "id": self.outline.anchor(iri),
            "label": words.removeprefix(above).lstrip(", ") if words != above else "",
            # Where all claims of a sentence have one status it is said once.
            "status": self.chips[next(iter(states))] if len(states) == 1 else "",
            "groups": self.groups(claims, len(states) == 1),
            "figures": self.figures(self.taken.figures.get(iri, [])),
            "why": self.said(self.taken.silent.get(iri, {})),
            "skips": self._skipped(self.taken.skips.get(iri, {})),
            "lost": document is not None and document.anchor(sentence).where == "lost",
        }

    def _skipped(self, skips: dict[str, Texts]) -> list[tuple[str, str]]:
        """(items, why they are no things of their own), those with one reason together; a reason in the page's language."""
        found: dict[str, list[str]] = {}
        for item, texts in skips.items():
            why, foreign = self.said(texts)
            found.setdefault("" if foreign else why, []).append(item)
        return [("、".join(items), why) for why, items in found.items()]

    def groups(self, claims: list[Claim], one: bool) -> list[tuple[Markup, list[Any]]]:
        """The claims by subject: (subjects, [(relation, detail, objects, status or "")]), actors first.

        Subjects of which the same is said stand together. Each thing is linked once: where it is a subject, else where
        it is first named.
        """
        found: dict[str, dict[Any, list[str]]] = {}
        for c in sorted(claims, key=self._order) if len(claims) > 1 else claims:
            how = c.predicate, c.status, self._detail(c)
            found.setdefault(c.subject, {}).setdefault(how, []).append(c.object)
        alike: dict[Any, list[str]] = {}
        for subject, rows in found.items():
            alike.setdefault(tuple((how, *rows[how]) for how in rows), []).append(subject)
        linked = set(found)

        def objects(iris: list[str]) -> Markup:
            names = []
            for iri in iris:
                names.append(self.name(iri) if iri in linked else self.link(iri))
                linked.add(iri)
            return Markup(self.comma.join(names))

        return [
            (
                Markup(self.comma.join(map(self.link, subjects))),
                [
                    (self.name(relation), detail, objects(iris), "" if one else self.chips[status])
                    for (relation, status, detail), *iris in said
                ],
            )
            for said, subjects in alike.items()
        ]

    def _order(self, c: Claim) -> Any:
        thing = self.facts.things.get(c.subject)
        actor = thing is not None and thing.kind in ACTOR_CLASSES
        order = self.facts.order
        return not actor, order(c.subject), reading_rank(c.name), c.predicate, order(c.object)

    def _detail(self, c: Claim) -> str:
        """Level, roles, and on Chinese pages the printed verbs, as far as they say more than the relation does."""
        words = self.atlas.words
        parts = ["", self.atlas.t["plan_group"]] if c.level == "group" else [""]
        detail = " · ".join([*parts, *map(words.label, c.roles)]) if c.roles or parts[1:] else ""
        # Of a claim that cites several sentences nobody knows which verb stands in which.
        if self.zh and len(c.sources) == 1 and c.wordings != (words.label(c.predicate),):
            detail += "".join(f"“{w}”" for w in c.wordings)
        return detail

    def figures(self, figures: list[Figure]) -> list[tuple[Markup, list[Any]]]:
        """The figures by indicator: (indicator, [(whose and when, value, kind)])."""
        found: dict[str, list[Any]] = {}
        for f in sorted(figures, key=lambda f: (self.facts.order(f.indicator), f.period, f.iri)):
            about = Markup(f"{self.link(f.about)} {escape(f.period)}")
            value = f"{f.printed} {f.unit} {f.bound}".strip()
            kind = self.atlas.labels.get(PREFIXES["ic"] + f.figure, f.figure)
            found.setdefault(f.indicator, []).append((about, value, kind))
        return [(self.link(i), rows) for i, rows in found.items()]

    @cached_property
    def _city(self) -> str:
        """The subject of most claims."""
        subjects = Counter(c.subject for c in self.facts.claims)
        return min(subjects, key=lambda i: (-subjects[i], i), default="")

    def once(self, page: str) -> str:
        """`page` with the city linked at its first place alone: it is the subject of nearly every sentence."""
        # As plain text: to add to a Markup escapes what is added.
        link, name = str(self.link(self._city)), str(self.name(self._city))
        if link == name:
            return page
        before, first, behind = page.partition(link)
        return before + first + behind.replace(link, name)

    def name(self, iri: str) -> Markup:
        """The name of a thing or a relation."""
        if (known := self._names.get(iri)) is None:
            known = self._names[iri] = escape(self.atlas.words.label(iri))
        return known

    def link(self, iri: str) -> Markup:
        """The name of a thing, linked to its page from the folder plan/."""
        if (known := self._links.get(iri)) is None:
            known = self.name(iri)
            if iri in self.facts.things:
                # No quotation marks: an address is of letters, digits and _-./? only.
                known = Markup(f"<a href=../{self.atlas.page(iri)}>{known}</a>")
            self._links[iri] = known
        return known
