"""The page of the method: its words, the rules as the code has them, what is not known, and how a check changes the list."""

from __future__ import annotations

from itertools import groupby

from kg.chain import WORDS
from kg.gaps import POSITIONS, RULES, VERSION
from kg.gaps.wishes import STRENGTH, WISH_WORDS
from kg.paint import SEMICOLON
from kg.site.atlas import Atlas
from kg.site.gaps import rule_words
from kg.site.render import render


def method_page(atlas: Atlas) -> str:
    """Words, presence, positions, rules with their formulas and counts, what is not known, sources, checks."""
    t, survey = atlas.t, atlas.survey
    sources = atlas.teller.sources()
    supply = survey.supply
    return render(
        atlas,
        "method.html",
        "method.html",
        title=t["method_title"],
        version=VERSION,
        presences=[
            (
                p,
                t[f"method_when_{p}"],
                t[f"method_say_{p}"],
                sum(n.presence == p for c in survey.chains.values() for n in c.leaves()),
            )
            for p in WORDS
        ],
        positions=[(w.pick(atlas.lang), t[f"method_position_{p}"]) for p, w in POSITIONS.items()],
        # Verbs of one strength stand together.
        verbs=[
            [WISH_WORDS[v].pick(atlas.lang) for v in group]
            for _, group in groupby(STRENGTH, STRENGTH.__getitem__)
        ],
        rules=[
            r
            | {
                "definition": RULES[r["id"]].definition.pick(atlas.lang).split("\n"),
                "name": RULES[r["id"]].name,
                "count": sum(g.rule == r["id"] for g in atlas.gaps),
            }
            for r in rule_words(atlas)
        ],
        one_source=t["method_one_source"].format(
            n=len(sources), names=SEMICOLON[atlas.lang].join(sources)
        ),
        domain=t["method_domain"].format(
            n=len(supply), domain=sum(c.origin == "domain" for c in supply)
        ),
        source_names=sources,
        problems=[(p.what.pick(atlas.lang), p.next_step.pick(atlas.lang)) for p in atlas.problems],
        today=survey.today.isoformat(),
        checks=[
            {
                "node": atlas.name(s.scope),
                "href": atlas.named(s.scope, ""),
                "verdict": s.verdict,
                "word": atlas.presences[s.verdict],
                "on": s.checked_on.isoformat(),
                "until": s.valid_until.isoformat(),
                "how": s.method,
                "where": atlas.name(s.region),
                "holds": s.valid(survey.today),
                "state": t[f"check_{s.state(survey.today)}"],
            }
            for s in sorted(survey.statements, key=lambda s: (s.checked_on, s.scope, s.id))
        ],
    )
