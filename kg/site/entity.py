"""The page of one thing: names, place in the tree, facts by kind with their places, figures."""

from __future__ import annotations

from typing import Any

from kg.chain import STAGE_WORDS
from kg.facts import Figure
from kg.gaps.survey import firm_iri
from kg.site.atlas import Atlas
from kg.site.render import render
from kg.vocab import PREFIXES, reading_rank


def entity_page(atlas: Atlas, iri: str) -> str:
    """The page of one thing: names, place in the tree, facts by kind with their places, figures."""
    facts, words, root = atlas.facts, atlas.words, "../"
    thing = facts.things[iri]
    groups: dict[str, list[dict[str, Any]]] = {}
    quoted: set[str] = set()
    for out, claims in ((True, facts.outgoing.get(iri, [])), (False, facts.incoming.get(iri, []))):
        for claim in sorted(claims, key=lambda c: reading_rank(c.name)):
            relation, label, href, status, detail, _ = words.fact(claim, iri, root)
            entry = {
                "id": claim.id + ("" if out else "-in"),
                "label": label,
                "href": href,
                "status": status,
                "detail": detail,
                "places": words.place(claim.sources),
                # A passage that carries many claims stands once, at the first of them.
                "quotes": [
                    atlas.quotes[s]
                    for s in claim.sources
                    if atlas.quotes.get(s) and s not in quoted
                ],
                "above": any(s in quoted for s in claim.sources),
            }
            quoted.update(s for s in claim.sources if s in atlas.quotes)
            groups.setdefault(relation, []).append(entry)
    crumbs = []
    home = atlas.home.get(iri) or (iri if iri in atlas.chains else "")
    if home:
        crumbs.append({
            "label": words.label(home),
            "href": root + atlas.chain_path(home) + ".html#" + iri.rpartition("/")[2],
        })
    for up in reversed(facts.ancestors(iri)):
        if up != home:
            crumbs.append({"label": words.label(up), "href": root + atlas.page(up)})
    node = atlas.survey.nodes.get(iri)
    details = [words.label(k) for k in thing.kinds]
    if node:
        details.insert(0, STAGE_WORDS[node.stage].pick(atlas.lang))
    if thing.generic:
        details.append("一类对象" if atlas.lang == "zh" else "a kind, not one individual")
    return render(
        atlas,
        "entity.html",
        atlas.page(iri),
        title=thing.label(atlas.lang),
        other=words.other(thing),
        kind=atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind),
        presence=node.presence if node else "",
        why=atlas.teller.means(iri) if node else "",
        position=atlas.position(iri),
        checks=[
            {
                "word": atlas.presences[s.verdict],
                "line": " · ".join(
                    x
                    for x in (
                        s.checked_on.isoformat(),
                        s.method,
                        s.firm and atlas.name(firm_iri(s.firm)),
                    )
                    if x
                ),
                "until": s.valid_until.isoformat(),
            }
            for s in (node.checks if node else ())
        ],
        gap=root + atlas.card(iri) if atlas.card(iri) else "",
        alts=list(thing.alts),
        details=details,
        notes=list(thing.notes),
        crumbs=crumbs,
        groups=[{"title": k, "facts": v} for k, v in groups.items()],
        figures=[_figure(atlas, f) for f in facts.figures if f.indicator == iri],
        narrower=[
            {"label": words.label(n), "href": root + atlas.page(n)}
            for n in facts.children.get(iri, [])
        ],
        see=[{"label": words.label(n), "href": root + atlas.page(n)} for n in thing.see_also],
    )


def _figure(atlas: Atlas, figure: Figure) -> dict[str, Any]:
    return {
        "about": atlas.words.label(figure.about),
        "period": figure.period,
        "value": f"{figure.printed} {figure.unit} {figure.bound}".strip(),
        "kind": atlas.labels.get(PREFIXES["ic"] + figure.figure, figure.figure),
        "places": atlas.words.place(figure.sources),
        "quotes": [atlas.quotes[s] for s in figure.sources if atlas.quotes.get(s)],
    }
