"""The list of all findings: its page, the data its filters work on, and the same rows as a workbook."""

from __future__ import annotations

from html import escape
from typing import Any

from markupsafe import Markup

from kg.gaps import POSITIONS, RULES
from kg.site.atlas import Atlas
from kg.site.packed import packed
from kg.site.render import render
from kg.table import as_xlsx

PRESENCES = ("present", "possible", "unseen", "absent", "")
# Stands in a sentence for the name it is about, so that sentences of one rule are the same text.
_NAME = "\x01"
# The columns of the workbook in characters, as Teller.head names them.
_WIDTHS = (12, 18, 18, 26, 9, 11, 30, 56, 30, 10, 12, 44, 44, 50, 28)


def letter(rule: str) -> str:
    """The letter of a rule as the method writes it."""
    return rule.replace("2", "′")


def rule_words(atlas: Atlas) -> list[dict[str, Any]]:
    """The rules with letter, title and what they tell, in the order of the method."""
    return [
        {
            "id": rule.id,
            "letter": letter(rule.id),
            "title": rule.title.pick(atlas.lang),
            "tells": rule.tells.pick(atlas.lang),
        }
        for rule in RULES.values()
    ]


def gaps_page(atlas: Atlas) -> str:
    """The page of all findings: how many by chain and rule, and the list, one row per node of the "3+3"."""
    counts = {rule: sum(g.rule == rule for g in atlas.gaps) for rule in RULES}
    presences = {p: sum(g.presence == p for g in atlas.gaps) for p in PRESENCES}
    positions = {p: sum(g.position == p for g in atlas.gaps) for p in POSITIONS}
    nodes = [n for n in in_order(atlas) if atlas.found[n][0].chain in atlas.core]
    return render(
        atlas,
        "gaps.html",
        "gaps.html",
        title=atlas.t["gaps_title"],
        total=len(atlas.gaps),
        touched=len(atlas.found),
        inside=sum(len(atlas.found[n]) for n in nodes),
        rules=[r | {"count": counts[r["id"]]} for r in rule_words(atlas)],
        blocks=_blocks(atlas, counts),
        presences=[
            (p, atlas.presences[p] if p else atlas.t["no_presence"], n)
            for p, n in presences.items()
            if n
        ],
        positions=[(p, POSITIONS[p].pick(atlas.lang), n) for p, n in positions.items() if n],
        listed=len(nodes),
        groups=[
            {
                "label": atlas.words.label(i),
                "rows": [_row(atlas, n) for n in nodes if atlas.found[n][0].chain == i],
            }
            for i in atlas.core
        ],
        day=atlas.survey.today.isoformat(),
    )


def in_order(atlas: Atlas) -> list[str]:
    """The nodes and actors with findings: chain by chain, in each by the rule that leads, then as the rules give them."""
    chains = {i: n for n, i in enumerate(atlas.survey.chains)}
    # What is declared and unseen is asked for first; the rest comes as the method has it.
    rules = {r: n for n, r in enumerate(("d", *(r for r in RULES if r != "d")))}
    return sorted(
        atlas.found,
        key=lambda i: (chains[atlas.found[i][0].chain], rules[atlas.found[i][0].rule]),
    )


def _blocks(atlas: Atlas, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The rows of the matrix of chains and rules, the "3+3" first, with the sums of both parts and of all."""
    most = {
        r: max((atlas.tally(i)[r] for i in atlas.survey.chains), default=0) or 1 for r in counts
    }
    blocks = []
    for key, own in (("core", True), ("further", False)):
        chains = [i for i in atlas.survey.chains if (i in atlas.core) == own]
        if not chains:
            continue
        rows = [
            {
                "key": atlas.key(i),
                "label": atlas.words.label(i),
                "sum": atlas.tally(i).total(),
                # The deeper of five shades, the nearer to the most of this rule.
                "cells": [
                    (r, atlas.tally(i)[r], -(-5 * atlas.tally(i)[r] // most[r])) for r in counts
                ],
            }
            for i in chains
        ]
        sums = {r: sum(atlas.tally(i)[r] for i in chains) for r in counts}
        blocks.append({
            "key": key,
            "label": atlas.t["core" if own else "other_fields"],
            "rows": rows,
            "sums": sums,
            "sum": sum(sums.values()),
        })
    return blocks


def _row(atlas: Atlas, iri: str) -> dict[str, Any]:
    """A node with its leading finding, and the letters of its other rules."""
    lead, *others = atlas.found[iri]
    return {
        "href": atlas.card(iri),
        "node": atlas.name(iri),
        "presence": lead.presence,
        "position": atlas.teller.position(lead),
        "letter": letter(lead.rule),
        # Quotation marks need no escape outside of attributes: many rows, many marks.
        "what": Markup(escape(lead.what.pick(atlas.lang), quote=False)),
        "others": " ".join(letter(g.rule) for g in others),
    }


def gaps_script(atlas: Atlas) -> str:
    """The findings, packed: what repeats is listed once and named by number; the list downloads its rows from them."""
    return packed("ATLAS_GAPS", _data(atlas))


def _data(atlas: Atlas) -> dict[str, Any]:
    teller, lang = atlas.teller, atlas.lang
    chains = {i: n for n, i in enumerate(atlas.survey.chains)}
    nodes = {i: n for n, i in enumerate(in_order(atlas))}
    rules = {r: n for n, r in enumerate(RULES)}
    positions = ["", *POSITIONS]
    spans: dict[tuple[str, float, float], int] = {}
    texts: dict[str, int] = {}

    def text(said: str, name: str = "") -> int:
        return texts.setdefault(said.replace(name, _NAME) if name else said, len(texts))

    rows = []
    for gap in atlas.gaps:
        interval, name = gap.interval, atlas.name(gap.node)
        span = (interval.text(lang), interval.low, interval.high)
        rows.append([
            gap.id.partition("-")[2],
            rules[gap.rule],
            chains[gap.chain],
            nodes[gap.node],
            PRESENCES.index(gap.presence),
            positions.index(gap.position),
            spans.setdefault(span, len(spans)),
            text(gap.what.pick(lang), name),
            len(gap.edges),
            gap.domain_edges,
            text(gap.overturned_by.pick(lang), name),
            text(gap.next_check.pick(lang), name),
            text(teller.join(teller.places([*gap.claims, *gap.edges]))),
        ])
    number = {g.id: n for n, g in enumerate(atlas.gaps)}
    things = atlas.facts.things
    return {
        "rules": [[r["id"], r["letter"], r["title"], r["tells"]] for r in rule_words(atlas)],
        "chains": [[atlas.key(i), atlas.words.label(i), i in atlas.core] for i in chains],
        "nodes": [
            [
                atlas.card(i),
                atlas.name(i),
                atlas.words.other(things[i]) if i in things else "",
                text(teller.meaning(atlas.found[i][0])),
                [number[g.id] for g in atlas.found[i]],
            ]
            for i in nodes
        ],
        "presences": [[p, atlas.presences.get(p, "")] for p in PRESENCES],
        "positions": [[p, POSITIONS[p].pick(lang) if p else ""] for p in positions],
        "spans": [list(s) for s in spans],
        "texts": list(texts),
        "rows": rows,
        "head": teller.head(True),
        "sources": teller.join(teller.sources()),
        "day": atlas.survey.today.isoformat(),
    }


def gaps_book(atlas: Atlas) -> bytes:
    """The list as a workbook to take along, with claims and places in the rows; nothing in it runs as a formula."""
    t, teller = atlas.t, atlas.teller
    head = teller.head(True)
    about = [
        (t["gaps_title"], ""),
        ("", ""),
        (t["xlsx_day"], atlas.survey.today.isoformat()),
        (t["xlsx_rows"], f"{len(atlas.gaps)} {t['findings']} · {len(atlas.found)} {t['touched']}"),
        (t["method_sources"], teller.join(teller.sources())),
        (t["xlsx_unseen_head"], t["xlsx_unseen"]),
        ("", ""),
        (t["xlsx_columns"], ""),
        *zip(head, t["xlsx_means"], strict=True),
        ("", ""),
        (t["method_rules"], ""),
        *((f"{r['letter']} {r['title']}", r["tells"]) for r in rule_words(atlas)),
    ]
    rows = [teller.row(g, True) for g in atlas.gaps]
    return as_xlsx(head, rows, t["gaps_list_title"], about, _WIDTHS)
