"""What the graph ties to each county of the city, and by which statements: the same in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from kg.assets import folder
from kg.facts import Claim, Facts, Thing
from kg.gaps.survey import Survey
from kg.vocab import STATUSES

# By which predicates a thing lies in a county, and through which things it may do so.
_LIES = ("locatedIn", "partOf")
_GROUND = ("Place", "Park", "Site")
# By which an actor that lies elsewhere, or nowhere that is said, stands behind something in the county.
_BEHIND = ("carries", "builds", "manages", "leads", "organises")
# By which a park or the county says what it is for.
_DIRECTION = ("carrierOf", "plans")

# The sorts that are counted, and their classes.
SORTS: dict[str, tuple[str, ...]] = {
    "firms": ("Firm", "Group"),
    "platforms": ("Platform", "Alliance"),
    "parks": ("Park",),
    "institutes": ("Institute", "University", "Hospital"),
    "sites": ("Site",),
    "projects": ("Project",),
}
_SORT_OF = {kind: sort for sort, kinds in SORTS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class County:
    """A county as viz/counties.toml has it; `row` and `column` are those of its tile."""

    key: str
    zh: str
    short: str
    en: str
    row: int
    column: int
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All forms of its name."""
        return (self.zh, self.short, *self.also)

    def label(self, lang: str) -> str:
        """Its short name in `lang`."""
        return self.en if lang == "en" else self.short


@dataclass(frozen=True, slots=True)
class Tie:
    """A thing with the claims that lead from it to the county, and how sure the least sure of them is."""

    thing: str
    path: tuple[Claim, ...]
    status: str

    @property
    def planned(self) -> bool:
        """Whether some step of it is only planned or a target."""
        return self.status in ("planned", "target")


@dataclass
class Ties:
    """What one county has: `places` are its things of the graph, none where no source names it as a place.

    `lying` lies in it; `beside` has another relation to it or to what lies in it; `named` only has its name in its own.
    `aims` are the nodes that the county or its parks are said to be for, with the claim that says so; `wide` whole
    industries among them; `missing` the leaves of the aims for which no actor has been seen, None where there is no aim.
    """

    county: County
    places: tuple[str, ...]
    lying: list[Tie] = field(default_factory=list)
    beside: list[Tie] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    aims: dict[str, Claim] = field(default_factory=dict)
    wide: list[str] = field(default_factory=list)
    missing: list[str] | None = None

    def of(self, sort: str, facts: Facts) -> list[Tie]:
        """The things of one sort that lie in it; kinds of things ("the firms of the park") are none."""
        return [t for t in self.lying if sort_of(facts.things[t.thing]) == sort]


@cache
def counties() -> tuple[County, ...]:
    """The counties of viz/counties.toml, in the order of the file."""
    rows = tomllib.loads((folder("viz") / "counties.toml").read_text("utf-8"))["county"]
    return tuple(County(**{**row, "also": tuple(row.get("also", ()))}) for row in rows)


def county_names() -> dict[str, str]:
    """Every form of the name of every county → its key: what `read_borders` looks for in a map."""
    return {name: c.key for c in counties() for name in (*c.names, c.en)}


def sort_of(thing: Thing) -> str:
    """The sort under which a thing is counted, "" for a kind of things and for whatever has no sort."""
    return "" if thing.generic else _SORT_OF.get(thing.kind, "")


def ties(survey: Survey) -> list[Ties]:
    """What the graph ties to each county, in the order of the counties."""
    facts = survey.facts
    named: dict[str, list[str]] = {}
    for thing in facts.things.values():
        if thing.kind == "Place":
            for name in {thing.zh, *thing.alts}:
                named.setdefault(name, []).append(thing.iri)
    found = []
    for county in counties():
        places = tuple(sorted({iri for name in county.names for iri in named.get(name, ())}))
        one = Ties(county, places)
        one.lying = _lying(facts, places)
        inside = {t.thing for t in one.lying} | set(places)
        one.beside = _beside(facts, places, inside)
        known = inside | {t.thing for t in one.beside}
        one.named = [
            t.iri
            for t in sorted(facts.things.values(), key=lambda t: facts.order(t.iri))
            if sort_of(t)
            and t.iri not in known
            and any(county.short in name for name in (t.zh, *t.alts))
        ]
        _aim(survey, one)
        found.append(one)
    return found


def _weakest(claims: Iterable[Claim]) -> str:
    return max((c.status for c in claims), key=_rank, default="")


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def _lying(facts: Facts, places: tuple[str, ...]) -> list[Tie]:
    """What is located in `places` or part of them, directly or through a park, a site or a place in them."""
    found: dict[str, Tie] = {}
    steps: dict[str, tuple[Claim, ...]] = dict.fromkeys(places, ())
    while steps:
        reached: dict[str, list[tuple[Claim, ...]]] = {}
        for ground, path in steps.items():
            for claim in facts.incoming.get(ground, ()):
                if claim.name in _LIES and claim.subject not in (*places, *found):
                    reached.setdefault(claim.subject, []).append((claim, *path))
        steps = {}
        for iri, paths in reached.items():
            # Of two statements ("existing" and "underway") the surer one says how sure it is.
            best = min(paths, key=lambda p: _rank(_weakest(p)))
            found[iri] = Tie(iri, best, _weakest(best))
            if facts.things[iri].kind in _GROUND:
                steps[iri] = best
    return sorted(found.values(), key=lambda t: (t.planned, facts.order(t.thing)))


def _beside(facts: Facts, places: tuple[str, ...], inside: set[str]) -> list[Tie]:
    """What has another relation to the county, and who stands behind what lies in it."""
    found: dict[str, Tie] = {}

    def add(iri: str, claim: Claim) -> None:
        if iri in inside or iri not in facts.things or facts.things[iri].generic:
            return
        # Of several relations the surest one is told, of equally sure ones the first.
        if iri not in found or _rank(claim.status) < _rank(found[iri].status):
            found[iri] = Tie(iri, (claim,), claim.status)

    for place in places:
        for claim in facts.incoming.get(place, ()):
            if claim.name not in _LIES:
                add(claim.subject, claim)
        for claim in facts.outgoing.get(place, ()):
            if claim.name not in (*_LIES, *_DIRECTION):
                add(claim.object, claim)
    for iri in sorted(inside - set(places), key=facts.order):
        for claim in facts.incoming.get(iri, ()):
            # A city that builds a park is no actor of the county.
            if claim.name in _BEHIND and facts.things[claim.subject].kind != "Place":
                add(claim.subject, claim)
    return list(found.values())


def _aim(survey: Survey, one: Ties) -> None:
    """What the county and its parks are said to be for, and which leaves of it have no actor seen anywhere."""
    facts = survey.facts
    grounds = [t.thing for t in one.lying if facts.things[t.thing].kind in _GROUND]
    for iri in (*one.places, *grounds):
        for claim in facts.outgoing.get(iri, ()):
            if claim.name in _DIRECTION:
                if claim.object in survey.chains:
                    one.wide.append(claim.object)
                elif claim.object in survey.chain_of:
                    one.aims.setdefault(claim.object, claim)
    one.wide = list(dict.fromkeys(one.wide))
    if not one.aims:
        return
    below = dict.fromkeys(i for aim in one.aims for i in (aim, *facts.below(aim)))
    one.missing = [
        i
        for i in below
        if (node := survey.nodes.get(i)) and node.leaf and node.presence in ("unseen", "absent")
    ]


def wider(facts: Facts, iri: str) -> bool:
    """Whether a source says of a thing that it lies in some park or place: asked of what lies in no county."""
    return any(
        c.name == "locatedIn"
        or (
            c.name == "partOf"
            and c.object in facts.things
            and facts.things[c.object].kind in _GROUND
        )
        for c in facts.outgoing.get(iri, ())
    )
