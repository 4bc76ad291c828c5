"""The steps of a least-cost route as rows and as boxes: what `kg close` prints and draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.chain import WORDS
from kg.words import Words

if TYPE_CHECKING:
    from kg.facts import Claim
    from kg.gaps import Survey
    from kg.gaps.closing import Route
    from kg.gaps.telling import Teller

HEAD = Words(
    "步,节点,有无,要补,作用,主体,供给依据,出处",
    "step,node,presence,to add,part,actors,supply rests on,place",
)
_MARK = Words("补", "add")
_COMMA, _COLON, _SEMICOLON = Words("、", ", "), Words("：", ": "), Words("；", "; ")
_ON, _BESIDE = Words("路线", "route"), Words("同时需要", "needed beside")


@dataclass(frozen=True)
class Step:
    """A node of a route: its number, the number of the link to be added (0 where none), its actors, and its inputs
    on the route with the claims that they rest on.
    """

    number: int
    iri: str
    beside: bool
    add: int
    actors: tuple[str, ...]
    inputs: tuple[tuple[str, Claim], ...]

    def mark(self, lang: str) -> str:
        """The badge of a link that is to be added: "补 1"."""
        return f"{_MARK.pick(lang)} {self.add}" if self.add else ""

    def row(self, teller: Teller) -> list[str]:
        """The step as a row under HEAD."""
        lang, survey = teller.lang, teller.survey
        rests = []
        for start, claim in self.inputs:
            on = claim.basis if claim.origin == "domain" else Words("规划", "plan")
            # Where it is told of a group, or beside others, it must be clear which edge is meant.
            about = teller.label(claim.subject)
            if claim.object != self.iri:
                about += f" → {teller.label(claim.object)}"
            elif claim.subject == start and len(self.inputs) == 1:
                about = ""
            rests.append((about and about + _COLON.pick(lang)) + on.pick(lang))
        return [
            str(self.number),
            teller.label(self.iri),
            WORDS[survey.nodes[self.iri].presence].pick(lang),
            self.mark(lang),
            (_BESIDE if self.beside else _ON).pick(lang),
            _COMMA.pick(lang).join(map(teller.label, self.actors)),
            _SEMICOLON.pick(lang).join(rests),
            _SEMICOLON.pick(lang).join(teller.places(c for _, c in self.inputs)),
        ]


def steps(survey: Survey, route: Route) -> list[Step]:
    """The nodes of `route` in its order, then those that are needed beside it."""
    into = _inputs(survey, route)
    found = []
    for n, iri in enumerate((*route.path, *route.beside), start=1):
        presence = survey.nodes[iri].presence
        actors = (
            survey.actors_of(iri, presence == "possible")
            if presence in ("present", "possible")
            else set()
        )
        found.append(
            Step(
                n,
                iri,
                n > len(route.path),
                route.links.index(iri) + 1 if iri in route.links else 0,
                tuple(sorted(actors, key=survey.facts.order)),
                tuple(into[iri]),
            )
        )
    return found


def _inputs(survey: Survey, route: Route) -> dict[str, list[tuple[str, Claim]]]:
    """The inputs of every node on the route: a claim may speak of a group that the node is in."""
    drawn = (*route.path, *route.beside)
    at = {i: (i, *survey.facts.ancestors(i)) for i in drawn}
    into: dict[str, list[tuple[str, Claim]]] = {i: [] for i in drawn}
    left = list(route.edges)
    for a, b in pairwise(route.path):
        claim = next((c for c in left if c.subject in at[a] and c.object in at[b]), None)
        if claim:
            left.remove(claim)
            into[b].append((a, claim))
    for claim in left:
        end = next((i for i in drawn if claim.object in at[i]), "")
        start = next(
            (i for i in (*route.beside, *route.path) if claim.subject in at[i] and i != end), ""
        )
        if start and end:
            into[end].append((start, claim))
    return into


def page(
    teller: Teller,
    route: Route,
    title: Words,
    answer: Words,
    labels: Mapping[str, str],
) -> str:
    """The route as one HTML page; `labels` name predicates and roles."""
    from kg.draw import panel
    from kg.draw.route import Actor, Box, Line, route_page
    from kg.paint import FAMILY
    from kg.paint import Words as PageWords
    from kg.site.atlas import page_words

    lang, survey = teller.lang, teller.survey
    facts = survey.facts
    words = PageWords(facts, lang, dict(labels))
    walked = steps(survey, route)
    boxes, lines, rows = [], [], []
    panels: dict[str, dict[str, Any]] = {}
    for step in walked:
        node = survey.nodes[step.iri]
        actors = []
        for iri in step.actors:
            thing = facts.things.get(iri)
            family = FAMILY.get(thing.kind, "other") if thing else "firm"
            actors.append(Actor(iri, teller.label(iri), family, node.presence == "present"))
            # A firm that a check has found may be in no source: it has a name and nothing else.
            panels[iri] = (
                panel(facts, words, iri, None, "")
                if thing
                else {
                    "label": teller.label(iri),
                    "other": "",
                    "presence": "",
                    "facts": [],
                    "more": 0,
                }
            )
        family = FAMILY.get(node.thing.kind, "other")
        boxes.append(
            Box(
                step.iri,
                teller.label(step.iri),
                family,
                node.presence,
                step.mark(lang),
                step.beside,
                tuple(actors),
            )
        )
        chain = survey.chains[survey.chain_of[step.iri]]
        panels[step.iri] = panel(facts, words, step.iri, chain, "")
        for start, claim in step.inputs:
            lines.append(
                Line(start, step.iri, words.label(claim.predicate), claim.origin == "domain")
            )
        number, name, *rest = step.row(teller)
        rows.append([f"{number} · {name}", *rest])
    for told in panels.values():
        # A file that is mailed alone has no pages beside it.
        told["href"] = ""
    for step in walked:
        for start, claim in step.inputs:
            for iri, seen_from in ((start, claim.subject), (step.iri, claim.object)):
                row = words.fact(claim, seen_from, "")
                if seen_from != iri:
                    row[4] = "，".join(filter(None, (words.label(seen_from), row[4])))
                told = panels[iri]
                told["facts"] = [row, *(r for r in told["facts"] if r != row)]
    head = HEAD.pick(lang).split(",")
    return route_page(
        title.pick(lang),
        answer.pick(lang),
        boxes,
        lines,
        [f"{head[0]} · {head[1]}", *head[2:]],
        rows,
        panels,
        lang,
        page_words()[lang],
    )
