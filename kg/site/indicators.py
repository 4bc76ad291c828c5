"""The page of the indicators: the plan's ten as bullets, all others by sort of value, every value with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.facts import Figure
from kg.paint import SEMICOLON
from kg.site.atlas import Atlas
from kg.site.counties import counties
from kg.site.measures import BASE, GOAL, TABLE, YEAR, Measure, scaled
from kg.site.render import render

# Units → the sort under which an indicator stands; values of one sort and one family share a scale.
_SORTS = {
    "money": ("亿元", "万元"),
    "count": ("家", "个", "项", "件", "名", "人", "家次"),
    "share": ("%",),
    "multiple": ("倍",),
    "rank": ("位", "分"),
}
_SORT_OF = {unit: sort for sort, units in _SORTS.items() for unit in units}
# What the reading notes say of two wordings of one thing: the plan does not equate them, neither do we.
_PERHAPS = re.compile(r"(?:maybe same as|doubtful:)\s*(.+?)(?:\s-\s|\s?\(|;|,|$)")


def _rows(atlas: Atlas) -> dict[str, Measure]:
    by: dict[str, list[Figure]] = {}
    for figure in atlas.facts.figures:
        by.setdefault(figure.indicator, []).append(figure)
    for iri, thing in atlas.facts.things.items():
        if thing.kind == "Indicator":
            by.setdefault(iri, [])
    return {i: Measure(atlas, i, tuple(by[i])) for i in sorted(by, key=atlas.facts.order)}


def _main(atlas: Atlas, rows: dict[str, Measure]) -> list[tuple[list[Measure], list[Measure]]]:
    """The rows of the plan's own table in its order: each with its indicators, and the growth rates of its last column."""
    found: dict[str, tuple[list[Measure], list[Measure]]] = {}
    for row in rows.values():
        places = {s for f in row.figures for s in f.sources if s.startswith(TABLE)}
        for place in places:
            rates = all(not YEAR.match(f.period) for f in row.figures)
            found.setdefault(place, ([], []))[rates].append(row)
    order = sorted(found, key=lambda s: (atlas.facts.place((s,)), s))
    return [found[s] for s in order if found[s][0]]


def bullet_rows(atlas: Atlas) -> list[dict[str, Any]]:
    """The main indicators for the first page: number of the row, label, href, picture, 2020, 2025 and their places."""
    found = []
    for number, (indicators, _) in enumerate(_main(atlas, _rows(atlas)), start=1):
        for row in indicators:
            base, goal = ([f for f in row.drawn if f.period == p] for p in (BASE, GOAL))
            found.append({
                "number": number,
                "label": row.label,
                "href": f"indicators.html#{row.key}",
                "svg": row.svg(),
                "base": _values(row, base),
                "target": _values(row, goal),
                "where": SEMICOLON[atlas.lang].join(
                    dict.fromkeys(p for f in (*base, *goal) for p in atlas.words.place(f.sources))
                ),
            })
    return found


def _values(row: Measure, figures: Iterable[Figure]) -> str:
    """The values of one year, those of the plan's own table first; "—" where there is none."""
    ordered = sorted(figures, key=lambda f: (row.order(f), f.iri))
    values: dict[float, str] = {}
    for figure in ordered:
        values.setdefault(scaled(figure), row.value(figure))
    return " / ".join(values.values()) or "—"


def indicators_page(atlas: Atlas) -> str:
    """The page of all indicators of the graph."""
    rows = _rows(atlas)
    main = _main(atlas, rows)
    ten = {r.iri for part in main for side in part for r in side}
    groups: dict[str, list[Measure]] = {s: [] for s in (*_SORTS, "growth", "other", "none")}
    for row in rows.values():
        if row.iri not in ten:
            groups[_sort(row)].append(row)
    figures = atlas.facts.figures
    places = {n for c in counties() for n in c.names}
    by_county = sum(
        bool(places & {t.zh, *t.alts})
        for f in figures
        if (t := atlas.facts.things.get(f.about)) is not None
    )
    return render(
        atlas,
        "indicators.html",
        "indicators.html",
        title=atlas.t["ix_title"],
        main=[
            {
                "number": n,
                "rows": [_shown(atlas, r) for r in indicators],
                "growth": [_shown(atlas, r) for r in rates],
                "perhaps": _perhaps(atlas, rows, indicators),
            }
            for n, (indicators, rates) in enumerate(main, start=1)
        ],
        groups=[
            {"key": s, "title": atlas.t["ix_sorts"][s], "rows": [_shown(atlas, r) for r in found]}
            for s, found in groups.items()
            if found
        ],
        total={
            "indicators": len(rows),
            "figures": len(figures),
            "main": len(main),
            "apart": sum(len(r.conflicts()) for r in rows.values()),
            "growth": sum(len(rates) for _, rates in main),
            "further": len(rows) - len(ten),
            "actual": sum(m.kind == "actual" for r in rows.values() for m in r.marks),
            "by_county": by_county,
        },
    )


def _sort(row: Measure) -> str:
    if not row.figures:
        return "none"
    first = row.figures[0]
    if first.unit == "%" and "增长率" in row.atlas.facts.things[row.iri].zh:
        return "growth"
    return _SORT_OF.get(first.unit, "other")


def _shown(atlas: Atlas, row: Measure) -> dict[str, Any]:
    thing = atlas.facts.things[row.iri]
    wishes = [c for c in atlas.facts.incoming.get(row.iri, ()) if c.name in ("plans", "monitors")]
    return {
        "key": row.key,
        "label": row.label,
        "href": atlas.page(row.iri),
        "other": atlas.words.other(thing),
        "svg": row.svg() if row.serial else "",
        "figures": row.rows(),
        "wishes": [
            {
                "who": atlas.words.label(c.subject),
                "what": "、".join(c.wordings) or atlas.words.label(c.predicate),
                "where": SEMICOLON[atlas.lang].join(atlas.words.place(c.sources)),
            }
            for c in wishes
        ]
        if not row.figures
        else [],
    }


def _perhaps(atlas: Atlas, rows: dict[str, Measure], own: list[Measure]) -> list[dict[str, str]]:
    """Indicators that may be one of `own` under another name: the plan does not say so, so they stand apart."""
    names = {atlas.facts.things[r.iri].zh for r in own}
    found = []
    for row in rows.values():
        notes = atlas.facts.things[row.iri].notes
        said = {name.strip() for note in notes for name in _PERHAPS.findall(note)}
        heard = {
            name.strip()
            for r in own
            for note in atlas.facts.things[r.iri].notes
            for name in _PERHAPS.findall(note)
        }
        if row not in own and (said & names or atlas.facts.things[row.iri].zh in heard):
            values = "；".join(row.told()) if atlas.lang == "zh" else "; ".join(row.told())
            found.append({"label": row.label, "key": row.key, "values": values})
    return found
