"""The page of one thing: names, place in the tree, facts by kind with their places, figures."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.chain import STAGE_WORDS
from kg.facts import Claim, Figure
from kg.gaps.survey import firm_iri
from kg.paint import fragment
from kg.site.atlas import Atlas
from kg.site.passages import in_paragraph, place_href
from kg.vocab import PREFIXES, page_of, reading_rank


class Entity(NamedTuple):
    """What the page of a thing shows, as HTML whose links lead from the language's folder; `title` is text."""

    title: str
    trail: str
    head: str
    main: str


def entity(atlas: Atlas, iri: str) -> Entity:
    """Names, place in the tree, facts by kind with their places, and figures of the thing `iri`."""
    facts, words = atlas.facts, atlas.words
    thing = facts.things[iri]
    node = atlas.survey.nodes.get(iri)
    details = [words.label(k) for k in thing.kinds]
    if node:
        details.insert(0, STAGE_WORDS[node.stage].pick(atlas.lang))
    if thing.generic:
        details.append(atlas.t["generic"])
    title = thing.label(atlas.lang)
    html = fragment(
        "entity.html",
        atlas.safe_words,
        page=page_of(iri),
        title=title,
        other=words.other(thing),
        kind=atlas.labels.get(PREFIXES["ic"] + thing.kind, thing.kind),
        presence=node.presence if node else "",
        why=atlas.teller.means(iri) if node else "",
        position=atlas.position(iri),
        checks=_checks(atlas, iri),
        gap=atlas.card(iri),
        alts=thing.alts,
        details=details,
        notes=thing.notes,
        crumbs=_crumbs(atlas, iri),
        groups=_groups(atlas, iri),
        figures=[_figure(atlas, f) for f in facts.figures_of.get(iri, ())],
        narrower=[_link(atlas, n) for n in facts.children.get(iri, [])],
        see=[_link(atlas, n) for n in thing.see_also],
    )
    return Entity(title, *html.split("<!---->"))


def _groups(atlas: Atlas, iri: str) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The claims of a thing from both sides, those of one relation together.

    Of each claim: its id, the other thing, its page, status, detail, places, passages, whether they stand above.
    """
    facts, words = atlas.facts, atlas.words
    groups: dict[str, list[tuple[Any, ...]]] = {}
    quoted: set[str] = set()
    for out, claims in ((True, facts.outgoing.get(iri, [])), (False, facts.incoming.get(iri, []))):
        for claim in sorted(claims, key=lambda c: reading_rank(c.name)):
            relation, label, href, status, detail, _ = words.fact(claim, iri, "")
            seen = [s for s in claim.sources if s in atlas.quotes]
            fresh = [s for s in seen if s not in quoted]
            quoted.update(fresh)
            groups.setdefault(relation, []).append((
                # A claim is at home with its subject: there its address leads.
                claim.id if out else "",
                label,
                href,
                status,
                detail,
                _places(atlas, claim),
                # A passage that carries many claims stands once, at the first of them.
                [in_paragraph(atlas, s) for s in fresh],
                bool(seen) and not fresh,
            ))
    return list(groups.items())


def _places(atlas: Atlas, cited: Claim | Figure) -> list[tuple[str, str]]:
    """The places in words, each with its address in the reading view of the plan."""
    return [(label, place_href(atlas, iri, "")) for label, iri in atlas.words.cited(cited.sources)]


def _crumbs(atlas: Atlas, iri: str) -> list[tuple[str, str]]:
    """The chain that the thing is in, at its place, and what stands between them."""
    crumbs = []
    home = atlas.home.get(iri) or (iri if iri in atlas.chains else "")
    if home:
        at = "" if iri == home else "#" + atlas.key(iri)
        crumbs.append((atlas.words.label(home), f"{atlas.chain_path(home)}.html{at}"))
    return crumbs + [
        _link(atlas, up) for up in reversed(atlas.facts.ancestors(iri)) if up not in (home, iri)
    ]


def _link(atlas: Atlas, iri: str) -> tuple[str, str]:
    return atlas.words.label(iri), atlas.page(iri)


def _checks(atlas: Atlas, iri: str) -> list[dict[str, str]]:
    """What staff found out about a node, and until when it holds."""
    node = atlas.survey.nodes.get(iri)
    found = []
    for check in node.checks if node else ():
        firm = check.firm and atlas.name(firm_iri(check.firm))
        parts = (check.checked_on.isoformat(), check.method, firm)
        found.append({
            "word": atlas.presences[check.verdict],
            "line": " · ".join(filter(None, parts)),
            "until": check.valid_until.isoformat(),
        })
    return found


def _figure(atlas: Atlas, figure: Figure) -> dict[str, Any]:
    return {
        "about": atlas.words.label(figure.about),
        "period": figure.period,
        "value": f"{figure.printed} {figure.unit} {figure.bound}".strip(),
        "kind": atlas.labels.get(PREFIXES["ic"] + figure.figure, figure.figure),
        "places": _places(atlas, figure),
        "quotes": [in_paragraph(atlas, s) for s in figure.sources if atlas.quotes.get(s)],
    }
