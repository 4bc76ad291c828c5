"""The plan read place by place: what the graph took from each sentence, and what it did not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from kg.paint import SEMICOLON
from kg.site.atlas import Atlas
from kg.site.packed import packed
from kg.site.passages import Section
from kg.site.reading import Reading
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.site.taken import rests


def plan_sheets(atlas: Atlas) -> Iterator[Sheet]:
    """The outline of the plan, a page for each of its sections, and what the outline is searched by."""
    reading = Reading(atlas)
    yield Sheet("plan.html", partial(plan_page, reading), rests)
    for path in reading.pages:
        yield Sheet(path, partial(section_page, reading, path), rests)
    # One for both languages, where the first of them lies.
    if not atlas.folder:
        yield Sheet("data/plan.js", partial(plan_script, reading), rests)


def plan_page(reading: Reading) -> str:
    """The outline with what was taken from each section, and the sentences from which nothing was."""
    atlas, lines, found = reading.atlas, reading.outline, reading.taken
    every = [s for x in lines.sections.values() for s in x.sentences]
    return render(
        atlas,
        "plan.html",
        "plan.html",
        title=atlas.t["plan_title"],
        sections=reading.headings.values(),
        whole=found.count(every),
        uncited=found.uncited,
        silent=[
            (
                s.place(atlas.lang),
                lines.addresses[s.iri],
                *reading.said(found.silent.get(s.iri, {})),
            )
            for s in every
            if not found.cites(s.iri)
        ],
    )


def section_page(reading: Reading, path: str) -> str:
    """What was taken from each sentence of the sections that the page at `path` shows."""
    headings, lines, shown = reading.headings, reading.outline.sections, reading.pages[path]
    head = shown[0]
    around: list[Section | None] = [None, *(s[0] for s in reading.pages.values()), None]
    here = around.index(head)

    def heading(section: Section | None) -> dict[str, Any] | None:
        return headings[section.iri] if section else None

    page = render(
        reading.atlas,
        "plan_section.html",
        path,
        head=headings[head.iri],
        title=head.zh if reading.zh else head.en,
        above=heading(lines.get(head.up)),
        # All chapters, the pages of this one, and all of this page.
        contents=[
            headings[s.iri] for s in lines.values() if not s.up or s.page == path or s.up == head.up
        ],
        before=heading(around[here - 1]),
        after=heading(around[here + 1]),
        semicolon=SEMICOLON[reading.atlas.lang],
        parts=[
            {**headings[s.iri], "paragraphs": [reading.paragraph(p) for p in s.paragraphs]}
            for s in shown
        ],
    )
    return reading.once(page)


def plan_script(reading: Reading) -> str:
    """data/plan.js: the names that the graph took from each sentence, in all languages, for the search of the outline.

    `sections`: page, words for the section (zh, en), and of each sentence its address, words for its place in the
    section (a number in `tails`), and its things (numbers in `zh`: name and other names, a line each, and in `en`).
    """
    names: dict[str, int] = {}
    tails: dict[tuple[str, str], int] = {}
    sections = []
    things, order = reading.facts.things, reading.facts.order
    for section in reading.outline.sections.values():
        places: list[list[Any]] = []
        stems = "", ""
        for paragraph in section.paragraphs:
            stems = paragraph.zh.rpartition(" ")[0], paragraph.en.rpartition(", ")[0]
            for s in paragraph.sentences:
                tail = s.label.removeprefix(stems[0]), s.label_en.removeprefix(stems[1])
                places.append([
                    reading.outline.anchor(s.iri),
                    tails.setdefault((tail[0].strip(), tail[1].lstrip(", ")), len(tails)),
                    *(
                        names.setdefault(i, len(names))
                        for i in sorted(reading.taken.named(s.iri), key=order)
                    ),
                ])
        if places:
            page = section.page.removeprefix("plan/").removesuffix(".html")
            sections.append([page, *stems, places])
    data = {
        "zh": ["\n".join((things[i].zh, *things[i].alts)) for i in names],
        # Apart from the others they pack better.
        "en": [things[i].en for i in names],
        "tails": list(tails),
        "sections": sections,
    }
    return packed("ATLAS_PLAN", data)


def places_index(atlas: Atlas) -> list[tuple[str, str]]:
    """(heading, its address from the language's folder) for the search of the site, in reading order."""
    return [
        (f"{h['label']} {h['other']}".strip(), h["href"] or f"plan.html#{h['id']}")
        for h in Reading(atlas).headings.values()
    ]
