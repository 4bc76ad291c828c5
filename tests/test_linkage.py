"""The ways between two things, against sums done by hand and against networkx."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from math import log2

import networkx as nx
import pytest

from kg.facts import Claim, Facts, Thing
from kg.linkage import STEP, Web, hubs, nearest, paths, toll
from kg.vocab import PREFIXES

IC = PREFIXES["ic"]


def claim(subject: str, name: str, other: str, status: str = "existing", origin: str = "") -> Claim:
    return Claim(subject, IC + name, other, status, origin=origin)


def small(
    edges: str,
    kinds: dict[str, str] | None = None,
    generic: str = "",
    up: dict[str, str] | None = None,
) -> Facts:
    """Facts from edges such as "ab bc": a supplies b. All are products but for `kinds`."""
    names = sorted(set("".join(edges.split())) | set(up or ()) | set((up or {}).values()))
    things = {
        n: Thing(
            n,
            (kinds or {}).get(n, "Product"),
            n,
            n,
            generic=n in generic,
            broader=(up or {}).get(n, ""),
        )
        for n in names
    }
    return Facts(things, [claim(e[0], "feedsInto", e[1]) for e in edges.split()], [], {})


def ways(facts: Facts, a: str, b: str, **more: object) -> list[str]:
    return ["".join(p.things) for p in paths(facts, a, b, **more)]  # type: ignore[arg-type]


def test_a_way_costs_its_links_and_the_neighbours_of_what_stands_in_between() -> None:
    facts = small("ab bc bd be")
    (only,) = paths(facts, "a", "c")
    assert only.things == ("a", "b", "c")
    assert only.cost == 2 * STEP + round(100 * log2(1 + 4)) == 432


def test_a_direct_link_costs_one_step_however_many_ties_its_ends_have() -> None:
    assert [p.cost for p in paths(small("ab ac ad bc"), "a", "b", 1)] == [STEP]


def test_two_rare_things_in_between_are_more_telling_than_one_that_everything_is_tied_to() -> None:
    # m has 32 neighbours, x and y two each.
    facts = small("am mb ax xy yb " + " ".join(f"m{n}" for n in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"))
    assert ways(facts, "a", "b") == ["axyb", "amb"]
    assert [p.cost for p in paths(facts, "a", "b")] == [300 + 2 * toll(2), 200 + toll(32)]


def test_ways_of_one_cost_stand_in_the_order_of_their_things() -> None:
    assert ways(small("an nb am mb ak kb"), "a", "b") == ["akb", "amb", "anb"]


def test_no_thing_stands_twice_in_a_way() -> None:
    found = ways(small("ab bc ca cd da"), "a", "d", most=50)
    assert sorted(found) == ["abcd", "acd", "ad"] and all(len(set(w)) == len(w) for w in found)


def test_kinds_of_things_the_city_what_it_lies_in_and_its_plan_never_stand_in_between() -> None:
    kinds = {"c": "Place", "r": "Place", "p": "Policy", "q": "Policy", "v": "Place"}
    facts = small("ag gb", kinds | {"g": "Institute"}, generic="g", up={})
    extra = [
        claim("c", "plans", "a", "planned"),
        claim("c", "plans", "b", "planned"),
        claim("v", "plans", "a", "planned"),
        claim("v", "supports", "b"),
        claim("c", "partOf", "r"),
        claim("c", "implements", "p"),
        claim("p", "basedOn", "q"),
    ]
    things = facts.things | {n: Thing(n, k, n, n) for n, k in kinds.items()}
    facts = Facts(things, [*facts.claims, *extra], [], {})
    assert hubs(facts) == {"g", "c", "r", "p"}
    # The village that plans less than the city is a place like any other.
    assert ways(facts, "a", "b") == ["avb"]
    assert ways(facts, "a", "b", without=["v"]) == []


def test_a_hub_may_be_where_a_way_begins_or_ends() -> None:
    facts = small("ag gb bc", generic="g")
    assert ways(facts, "g", "c") == ["gbc"] and ways(facts, "a", "g") == ["ag"]


def test_where_no_telling_way_is_the_nearest_meeting_point_is_told_or_that_there_is_none() -> None:
    facts = small("ag gb xy", generic="g")
    assert paths(facts, "a", "b") == []
    found = nearest(facts, "a", "b")
    assert found is not None and found.things == ("a", "g", "b")
    assert nearest(facts, "a", "x") is None and nearest(facts, "a", "a") is None


def test_a_thing_is_not_tied_to_itself_and_an_unknown_one_is_an_error() -> None:
    facts = small("ab bc ca")
    assert paths(facts, "a", "a") == []
    with pytest.raises(KeyError):
        paths(facts, "a", "nobody")


def test_the_tree_of_a_chain_ties_too_and_says_which_end_is_below() -> None:
    facts = small("ab", up={"b": "s", "c": "s"})
    (only,) = paths(facts, "a", "c")
    assert only.things == ("a", "b", "s", "c")
    assert [(x.start, x.end, x.below, len(x.claims)) for x in only.links] == [
        ("a", "b", "", 1),
        ("b", "s", "b", 0),
        ("s", "c", "c", 0),
    ]


def test_the_surest_claim_of_a_link_comes_first_and_domain_knowledge_last() -> None:
    things = {n: Thing(n, "Product", n, n) for n in "ab"}
    claims = [
        claim("a", "feedsInto", "b", "existing", "domain"),
        claim("a", "uses", "b", "target"),
        claim("b", "uses", "a", "planned"),
        claim("b", "makes", "a", "existing"),
        claim("b", "builds", "a", "underway"),
    ]
    (only,) = paths(Facts(things, claims, [], {}), "a", "b")
    told = [(c.status, c.origin) for c in only.links[0].claims]
    assert told == [
        ("existing", ""),
        ("underway", ""),
        ("planned", ""),
        ("target", ""),
        ("existing", "domain"),
    ]


def test_ways_pass_what_they_must_and_avoid_what_they_must_not() -> None:
    facts = small("ab bc ad dc ae ec bd", {"b": "Firm", "d": "Platform"})
    assert ways(facts, "a", "c", via=["b"])[0] == "abc"
    assert all("b" in w for w in ways(facts, "a", "c", via=["b"]))
    assert set(ways(facts, "a", "c", via=["b", "d"])) == {"abdc", "adbc"}
    assert not any("d" in w for w in ways(facts, "a", "c", without=["d"]))
    assert ways(facts, "a", "c", kinds=["Firm", "Platform"], most=9) == [
        w for w in ways(facts, "a", "c", most=9) if "e" not in w
    ]
    assert ways(facts, "a", "c", via=["b"], without=["b"]) == []


def random_facts(dice: random.Random, count: int, edges: int) -> Facts:
    names = "abcdefghijklmnop"[:count]
    pairs = {tuple(sorted(dice.sample(names, 2))) for _ in range(edges)}
    generic = "".join(dice.sample(names[2:], 1)) if dice.random() < 0.5 else ""
    return small(" ".join(a + b for a, b in sorted(pairs)), generic=generic)


def all_ways(facts: Facts, a: str, b: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every simple way past no hub, by networkx, in the order of cost and names."""
    graph = nx.Graph((c.subject, c.object) for c in facts.claims)
    degree = dict(graph.degree)
    graph.remove_nodes_from(hubs(facts) - {a, b})
    if a not in graph or b not in graph:
        return []
    return sorted(
        (STEP * (len(w) - 1) + sum(toll(degree[n]) for n in w[1:-1]), tuple(w))
        for w in nx.all_simple_paths(graph, a, b)
    )


@pytest.mark.parametrize("seed", range(60))
def test_on_any_small_graph_the_ways_are_those_of_networkx_in_that_order(seed: int) -> None:
    dice = random.Random(seed)
    facts = random_facts(dice, dice.randint(4, 9), dice.randint(4, 16))
    names = sorted(facts.things)
    for a in names[:3]:
        for b in names[-3:]:
            if a == b:
                continue
            expected = all_ways(facts, a, b)
            for most in (1, 5, 400):
                found = [(p.cost, p.things) for p in paths(facts, a, b, most)]
                assert found == expected[:most], (seed, a, b)


@pytest.mark.parametrize("seed", range(20))
def test_on_any_small_graph_the_ways_over_a_thing_are_those_of_networkx(seed: int) -> None:
    dice = random.Random(seed)
    facts = random_facts(dice, 6, 8)
    a, b, via = dice.sample(sorted(facts.things), 3)
    if via in hubs(facts):
        return
    expected = [w for w in all_ways(facts, a, b) if via in w[1]]
    assert [(p.cost, p.things) for p in paths(facts, a, b, 50, via=[via])] == expected


def test_on_the_plan_the_costs_are_those_of_networkx(facts: Facts) -> None:
    web = Web(facts)
    dice = random.Random(3)
    graph = nx.DiGraph()
    for n, beside in enumerate(web.near):
        graph.add_edges_from((n, m) for m in beside)
    open_ = [n for n in range(len(web.things)) if n not in web.hubs and web.near[n]]
    graph = graph.subgraph(open_).copy()
    compared = 0
    for _ in range(14):
        a, b = dice.sample(open_, 2)
        for u, v in graph.edges:
            graph[u][v]["weight"] = STEP + (web.tolls[v] if v != b else 0)
        found = paths(web, web.things[a], web.things[b], 3)
        if not nx.has_path(graph, a, b):
            assert found == []
            continue
        compared += 1
        oracle = nx.shortest_simple_paths(graph, a, b, weight="weight")
        for path, way in zip(found, oracle, strict=False):
            assert path.cost == sum(graph[u][v]["weight"] for u, v in pairwise(way))
    assert compared >= 3


def test_a_question_on_the_plan_takes_some_milliseconds(facts: Facts) -> None:
    web = Web(facts)
    dice = random.Random(5)
    pairs = [dice.sample(web.things, 2) for _ in range(60)]
    start = time.perf_counter()
    for a, b in pairs:
        paths(web, a, b)
    # One takes 0.8 ms on the plan; ten leave room for a busy machine.
    assert (time.perf_counter() - start) / len(pairs) < 0.010
