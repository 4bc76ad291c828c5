"""Small surveys written in one line: survey("A>B>C", present="A C"). Names are the local part of the IRIs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from kg.facts import Claim, Facts, Thing
from kg.gaps import Gap, Survey
from kg.gaps.network import Network, build_network
from kg.statements import CITY, Statement, make_statement
from kg.vocab import PREFIXES
from kg.words import Words

TODAY = date(2026, 11, 24)
NODE, ACTOR, IC = PREFIXES["node"], PREFIXES["actor"], PREFIXES["ic"]
CHAIN = "chain"
PLAN = Words("规划", "the plan")


def short(iri: str) -> str:
    """The name that the test gave it."""
    return iri.rpartition("/")[2]


def shorts(iris: Iterable[str]) -> str:
    return " ".join(map(short, iris))


def claim(subject: str, name: str, node: str, status: str = "existing", **more: Any) -> Claim:
    """A claim of the actor or thing `subject` about a node. Cited from a place of its own unless `sources` say where."""
    more.setdefault("sources", (f"place:{subject}-{name}-{node}",))
    start = subject if ":" in subject else ACTOR + subject
    return Claim(start, IC + name, node if ":" in node else NODE + node, status, **more)


def edges(text: str) -> list[Claim]:
    """The supply claims in "A>B>C D~E": > is the plan's, ~ the field's knowledge."""
    found = []
    for row in text.split():
        names = re.split(r"([>~])", row)
        for a, sign, b in zip(names[::2], names[1::2], names[2::2], strict=False):
            origin = "domain" if sign == "~" else ""
            cited = () if origin else (f"place:{a}-{b}",)
            found.append(
                Claim(
                    NODE + a,
                    IC + "feedsInto",
                    NODE + b,
                    "existing",
                    sources=cited,
                    origin=origin,
                    basis=Words("工艺", "the process") if origin else Words("", ""),
                )
            )
    return found


def thing(name: str, kind: str, **more: Any) -> Thing:
    """An actor or item for `things`."""
    return Thing(ACTOR + name, kind, name, name, **more)


def check(scope: str, verdict: str = "absent", until: date = date(2027, 1, 1), **more: Any):
    """A completeness statement of 1 July 2026."""
    firm = "found" if verdict == "present" else ""
    words = {"method": "register", "by": "officer", "firm": firm} | more
    return make_statement(
        NODE + scope,
        verdict,  # type: ignore[arg-type]
        words["method"],
        words["by"],
        date(2026, 7, 1),
        until,
        words.get("region", CITY),
        words["firm"],
    )


def survey(
    supply: str = "",
    *,
    nodes: str = "",
    present: str = "",
    possible: str = "",
    absent: str = "",
    technologies: str = "",
    markets: str = "",
    groups: Mapping[str, str] | None = None,
    wholes: str = "",
    chains: Mapping[str, str] | None = None,
    targets: Mapping[str, str] | None = None,
    all_of: str = "",
    firms: Mapping[str, str] | None = None,
    listed: Mapping[str, str] | None = None,
    things: Iterable[Thing] = (),
    claims: Iterable[Claim] = (),
    statements: Iterable[Statement] = (),
    scope: str = "",
    **options: Any,
) -> Survey:
    """A city. All nodes are products right below the one industry "chain", unless `chains` (industry → nodes), `groups`
    (segment → members; a product itself if named in `wholes`), `technologies` or `markets` (outside) say otherwise.

    `present` nodes have a firm of their own, `possible` ones a firm that is being built, `absent` ones a valid check;
    `firms` (firm → nodes) make several, `listed` (firm → groups) are named for a group only; `targets` (node → verb)
    are declared by the city.
    """
    groups, chains, targets = groups or {}, chains or {}, targets or {}
    flow = edges(supply)
    up = {m: g for g, members in (*chains.items(), *groups.items()) for m in members.split()}
    names = dict.fromkeys(
        " ".join((
            nodes,
            present,
            possible,
            absent,
            technologies,
            *groups.values(),
            *groups,
            *chains.values(),
            *targets,
            *(firms or {}).values(),
        )).split()
    )
    names |= dict.fromkeys(short(i) for c in flow for i in (c.subject, c.object))
    found: dict[str, Thing] = {}
    for industry in (CHAIN, *chains):
        found[NODE + industry] = Thing(NODE + industry, "Industry", industry, industry)
    for name in sorted(names):
        kind = "Segment" if name in groups and name not in wholes.split() else "Product"
        kind = "Technology" if name in technologies.split() else kind
        outside = name in markets.split()
        broader = "" if outside else NODE + up.get(name, CHAIN)
        if NODE + name not in found:
            found[NODE + name] = Thing(
                NODE + name, "Application" if outside else kind, name, name, broader=broader
            )
    said = [*flow, *claims]
    own = {n: (f"firm-{n}", "existing") for n in present.split()}
    own |= {n: (f"built-{n}", "underway") for n in possible.split()}
    for node, (firm, status) in own.items():
        said.append(claim(firm, "makes", node, status))
    for firm, made in (firms or {}).items():
        said += [claim(firm, "makes", node) for node in made.split()]
    for firm, rows in (listed or {}).items():
        said += [claim(firm, "activeIn", row, level="group") for row in rows.split()]
    for node, verb in targets.items():
        wishes = (PREFIXES["wish"] + verb,)
        said.append(claim("city", "plans", node, "planned", wishes=wishes, wordings=(verb,)))
    found |= {t.iri: t for t in (*things, thing("city", "Place"))}
    for c in said:
        if c.subject.startswith(ACTOR) and c.subject not in found:
            found[c.subject] = thing(short(c.subject), "Firm")
    return Survey(
        Facts(found, said, [], {}),
        options.pop("today", TODAY),
        [*(check(n) for n in absent.split()), *statements],
        all_of_nodes=frozenset(NODE + n for n in all_of.split()),
        sources=(PLAN,),
        scope=frozenset(NODE + s for s in scope.split()),
        **options,
    )


def network(n: int, arcs: Iterable[tuple[int, int]]) -> Network:
    """The network over the plain nodes 0…n-1."""
    order = [str(v) for v in range(n)]
    claims = [Claim(str(a), IC + "feedsInto", str(b), "existing") for a, b in arcs]
    return build_network(order, {}, set(), claims, {i: set() for i in order})


def span(gap: Gap) -> str:
    """Its interval without the words for what is counted."""
    return f"{gap.interval.low:g} to {gap.interval.high:g} of {gap.interval.n}"


def by_node(found: Iterable[Gap], pick: Callable[[Gap], Any]) -> dict[str, Any]:
    """Name of the node → what `pick` takes from its finding; a node has one finding of a rule."""
    answer: dict[str, Any] = {}
    for gap in found:
        assert short(gap.node) not in answer
        answer[short(gap.node)] = pick(gap)
    return answer
