"""What viz/pages.toml describes, as values: the five maps, the lists, and which claims they are made of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.words import Words

COLUMNS = (
    "name",
    "kind",
    "chain",
    "says",
    "by",
    "verb",
    "role",
    "status",
    "from",
    "card",
    "place",
)
SETS = ("five", "more")
# The pages of the five maps: their templates and code know them.
MAPS = ("index.html", "roadmap.html", "applications.html", "regions.html", "routes.html")


@dataclass(frozen=True)
class Known:
    """The words that a graph's vocabulary has; an empty set is not checked against (a graph without vocabulary)."""

    predicates: frozenset[str]
    sorts: frozenset[str]
    wishes: frozenset[str]


@dataclass(frozen=True)
class Pick:
    """Which claims of a thing count: on which side of them it stands, and by which words."""

    side: str
    predicates: frozenset[str]
    statuses: frozenset[str]
    wishes: frozenset[str]


@dataclass(frozen=True)
class Map:
    """One of the five maps as the hub shows it."""

    page: str
    title: Words
    what: Words
    rests: Words
    lacks: Words


@dataclass(frozen=True)
class List(Map):
    """One list: the hub's words, which things and claims it takes, and its columns."""

    set: str
    kinds: frozenset[str]
    sorts: frozenset[str]
    named: bool | None
    columns: tuple[str, ...]
    picks: tuple[Pick, ...]


@dataclass(frozen=True)
class Step:
    """One column of the roadmap, by status or by wish; without either it takes what is left."""

    title: Words
    predicates: frozenset[str]
    statuses: frozenset[str]
    wishes: frozenset[str]


@dataclass(frozen=True)
class Pages:
    """The whole file."""

    maps: tuple[Map, ...]
    lists: tuple[List, ...]
    roadmap: Pick
    roadmap_kinds: frozenset[str]
    steps: tuple[Step, ...]
    uses: Pick
    use_kinds: frozenset[str]
    regions: tuple[str, ...]
