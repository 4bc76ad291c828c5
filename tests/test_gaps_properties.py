"""What holds for every city: small ones are drawn, with groups, circles, checks and ALL-OF nodes among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from typing import Any
from unittest.mock import patch

import numpy
from gapgraphs import CHAIN, NODE, TODAY, Survey, claim, survey, thing
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_gaps_brute import bits, cut_off, made_of, parts

from kg.facts import Facts
from kg.gaps import RULES, close, findings, open_survey
from kg.gaps.position import segments
from kg.gaps.priority import Candidate, bands, candidates, check_weights, draw_ranks, pareto
from kg.gaps.supposing import suppose
from kg.graph import LocalGraph

City = dict[str, Any]
some = settings(derandomize=True, max_examples=120, deadline=None, database=None)
few = settings(some, max_examples=50)  # for those that draw 2,000 ranks each time
LEAVES = "abcdef"


@st.composite
def cities(draw: st.DrawFn) -> City:
    """The arguments of `survey`: up to six nodes, some in a group G, a group H (perhaps inside G), either perhaps a
    product itself; edges at nodes and groups.
    """
    leaves = LEAVES[: draw(st.integers(2, 6))]
    of = [(n, draw(st.sampled_from(["", "", "G", "H"]))) for n in leaves]
    groups = {g: " ".join(n for n, up in of if up == g) for g in "GH"}
    groups = {g: members for g, members in groups.items() if members}
    if len(groups) == 2 and draw(st.booleans()):
        groups["G"] += " H"
    ends = [*leaves, *groups]
    pairs = draw(st.lists(st.sampled_from(list(permutations(ends, 2))), max_size=10, unique=True))
    states = [(n, draw(st.sampled_from(["present", "possible", "absent", "", ""]))) for n in leaves]
    return {
        "nodes": " ".join(leaves),
        "supply": " ".join(draw(st.sampled_from([">", ">", "~"])).join(p) for p in pairs),
        "groups": groups,
        "wholes": " ".join(draw(st.lists(st.sampled_from("GH"), unique=True))),
        "targets": {
            n: v for n in leaves if (v := draw(st.sampled_from(["", "recruit", "explore"])))
        },
        "all_of": " ".join(draw(st.lists(st.sampled_from(ends), unique=True, max_size=3))),
    } | {
        s: " ".join(n for n, state in states if state == s)
        for s in ("present", "possible", "absent")
    }


def made(city: City, **more: Any) -> Survey:
    given_ = {**city, **more}
    return survey(given_.pop("supply"), **given_)


Flat = set[tuple[str, str]]


def flat(city: Survey) -> Flat:
    """The supply edges with every group multiplied out into its members, and itself where it is a product."""
    at: dict[str, list[str]] = {}
    for i in city.facts.things:
        if i in city.chain_of:
            at[i] = [n for n in (i, *city.facts.below(i)) if n in city.nodes]
    edges = set()
    for c in city.supply:
        a, b = c.subject, c.object
        if not {a, b} <= at.keys() or {a, b} & city.chains.keys() or a == b:
            continue
        if b not in city.facts.ancestors(a) and a not in city.facts.ancestors(b):
            edges |= {(x, y) for x in at[a] for y in at[b]}
    return edges


def onward(edges: Iterable[tuple[str, str]], start: Iterable[str]) -> set[str]:
    """What one comes to by at least one edge."""
    edges, seen, todo = list(edges), set(), list(start)
    while todo:
        at = todo.pop()
        new = [b for a, b in edges if a == at and b not in seen]
        seen.update(new)
        todo += new
    return seen


def actors(city: Survey, *states: str) -> set[str]:
    return {i for i, n in city.nodes.items() if n.presence in states}


@some
@given(cities())
def test_positions_are_those_of_a_plain_search_over_the_graph_without_groups(drawn: City) -> None:
    city = made(drawn)
    edges = flat(city)
    back = {(b, a) for a, b in edges}
    for node in city.missing:
        for reading in (("present",), ("present", "possible")):
            who = actors(city, *reading)
            up, down = node.iri in onward(edges, who), node.iri in onward(back, who)
            expected = {
                (True, True): "break",
                (False, True): "no-upstream",
                (True, False): "extendable",
                (False, False): "isolated",
            }[up, down]
            assert city.position(node.iri, len(reading) == 2) == expected


@some
@given(cities())
def test_segments_are_the_missing_nodes_joined_by_edges_and_their_longest_row(drawn: City) -> None:
    city = made(drawn)
    missing = {n.iri for n in city.missing}
    edges = {e for e in flat(city) if missing.issuperset(e)}
    both = edges | {(b, a) for a, b in edges}
    after = {i: onward(edges, [i]) for i in missing}

    def circle(i: str) -> frozenset[str]:
        return frozenset({i, *(j for j in after[i] if i in after[j])})

    def longest(ring: frozenset[str]) -> int:
        before = {circle(a) for a, b in edges if b in ring and a not in ring}
        return len(ring) + max(map(longest, before), default=0)

    found = segments(city)
    assert set(found) == missing
    for iri, (members, length) in found.items():
        assert set(members) == {iri, *onward(both, [iri])}
        assert length == max(longest(circle(i)) for i in members)


@some
@given(cities(), st.sampled_from(LEAVES))
def test_adding_a_firm_never_lowers_completeness(drawn: City, node: str) -> None:
    assume(node in drawn["nodes"])
    city = made(drawn)
    before = city.completeness(NODE + CHAIN)
    after = suppose(city, [], [(NODE + node, "a new firm")]).completeness(NODE + CHAIN)
    assert (before.low <= after.low, before.high <= after.high, before.n) == (True, True, after.n)
    assert after.low <= after.high <= after.n


def ends_of(city: Survey) -> list[tuple[str, str]]:
    return list(
        permutations([*city.nodes, *(s for c in city.chains.values() for s in c.segments)], 2)
    )


@some
@given(cities(), st.integers(0, 9), st.booleans())
def test_removing_an_edge_never_makes_a_route_cheaper(
    drawn: City, which: int, any_of: bool
) -> None:
    """With ALL-OF nodes only where nothing is needed less: such a node without one of its inputs is easier to make,
    and so is a node without inputs, which counts as a beginning.
    """
    pairs = drawn["supply"].split()
    assume(pairs)
    gone = pairs[which % len(pairs)]
    left = [p for p in pairs if p != gone]
    if any_of:
        drawn |= {"all_of": ""}
    else:
        assume(gone[-1] not in drawn["all_of"] and any(p[-1] == gone[-1] for p in left))
        # What the group is fed by counts for the member too.
        assume(drawn["groups"] == {})
    city, other = made(drawn), made(drawn, supply=" ".join(left))
    for a, b in ends_of(city):
        before, after = close(city, a, b), close(other, a, b)
        if before is None:
            assert after is None
        elif after is not None:
            assert before.low <= after.low
            assert before.cost <= after.cost
            assert before.high <= after.high


@some
@given(cities())
def test_a_possible_node_never_costs_less_for_being_counted_more(drawn: City) -> None:
    city = made(drawn)
    for a, b in ends_of(city):
        for most in (0, 20_000):
            route = close(city, a, b, most)
            if route:
                assert route.low <= route.cost <= route.high
    for gap in RULES["b2"].find(city):
        assert gap.interval.low <= gap.details["cost"] <= gap.interval.high
        assert gap.node in gap.details["route"]
        assert set(gap.details["links"]) <= {*gap.details["route"], *gap.details["beside"]}


@some
@given(cities())
def test_a_large_network_gets_a_sound_route_through_the_break_instead_of_the_least(
    drawn: City,
) -> None:
    city = made(drawn)
    exact = {g.node: g for g in RULES["b2"].find(city)}
    with patch("kg.gaps.closing.FOLLOW_ALL", -1):
        found = {g.node: g for g in RULES["b2"].find(city)}
    assert found.keys() == exact.keys()
    net = city.network
    running = bits(city.actors(True))
    all_of = bits(v for v in range(len(net)) if city.all_of(v))
    for iri, gap in found.items():
        route = gap.details["route"]
        assert iri in route
        assert gap.interval.low <= gap.details["cost"] <= gap.interval.high
        least = exact[iri].details
        if least["proven"] and not gap.details["proven"]:
            assert gap.details["cost"] >= least["cost"]
            # All that is named can be made from what is named, beginning at the first node, and the edges are told.
            inside = {*route, *gap.details["beside"]}
            own = {net.own[i] for i in inside}
            between = {v for v in range(len(net)) if not net.thing[v]}
            start = net.own[route[0]]
            assert own <= made_of(net, own | between, start, running, all_of)
            ends = {(c.subject, c.object) for c in gap.edges}
            whole = (
                {NODE + n for n in drawn["all_of"].split()}
                & {*route[1:]}
                & {n.iri for n in city.missing}
            )
            for edge in city.network.edges.values():
                if edge.object in whole:
                    assert (edge.subject, edge.object) in ends


@some
@given(cities())
def test_the_cost_of_a_route_is_that_of_its_nodes(drawn: City) -> None:
    city = made(drawn)
    for a, b in ends_of(city):
        if route := close(city, a, b):
            assert route.cost == len(route.links) + len(route.possible) / 2
            assert not set(route.path) & set(route.beside)
            edges = flat(city)
            assert all(pair in edges for pair in zip(route.path, route.path[1:], strict=False))


def articulations(city: Survey) -> set[str]:
    """The nodes whose removal leaves the graph, groups multiplied out, in more parts."""
    number = {i: n for n, i in enumerate(city.nodes)}
    arcs = [(number[a], number[b]) for a, b in flat(city)]
    touched = {v for arc in arcs for v in arc}
    whole = parts(len(number), arcs, -1)
    return {i for i, v in number.items() if v in touched and parts(len(number), arcs, v) > whole}


@some
@given(cities())
def test_a_dominator_really_cuts_and_nothing_else_does(drawn: City) -> None:
    city = made(drawn)
    net, n = city.network, len(city.network)
    arcs = [(v, w) for v in range(n) for w in net.after[v]]
    leaves = {v for v in range(n) if net.thing[v] and city.nodes[net.thing[v]].leaf}
    turned = [(b, a) for a, b in arcs]
    assert city.choke.dominated == [cut_off(n, arcs, v, leaves) for v in range(n)]
    assert city.choke.market == [cut_off(n, turned, v, leaves) for v in range(n)]
    assert {net.thing[v] for v in city.choke.articulation} - {""} == articulations(city)


@some
@given(cities())
def test_what_stops_with_a_firm_has_no_actor_upstream_in_the_graph_without_its_nodes(
    drawn: City,
) -> None:
    city = made(drawn | {"wholes": ""}, firms={"f": "a b"})
    edges, who = flat(city), actors(city, "present", "possible")
    for gap in RULES["c"].find(city):
        gone = set(gap.details["nodes"])
        left = {e for e in edges if not gone & {*e}}
        down = onward(edges, gone)
        lost = (onward(edges, who) & down) - onward(left, who - gone) - gone
        assert set(gap.details["stops"]) == {i for i in lost if i in who}
        assert set(gap.details["downstream"]) == down - gone
        # Never fewer than those that have nobody upstream once the firm is gone from the city.
        rest = suppose(city, [gap.node], [])
        after = onward(flat(rest), actors(rest, "present", "possible"))
        assert {
            i for i in onward(edges, who) - after if i in actors(rest, "present", "possible")
        } <= (set(gap.details["stops"]) | gone)


@few
@given(cities())
def test_findings_and_their_ids_stay_when_unrelated_data_is_added(drawn: City) -> None:
    city = made(drawn)
    more = made(
        drawn | {"supply": drawn["supply"] + " x>y y>z"},
        chains={"another": "x y z"},
        firms={"new": "x"},
        things=[thing("lab", "Institute")],
        claims=[claim("lab", "develops", "y"), claim("park", "carrierOf", "z")],
    )
    mine = {g.id: g for g in findings(city)}
    theirs = {g.id: g for g in findings(more) if g.chain == NODE + CHAIN}
    assert mine.keys() == theirs.keys()
    for gap_id, gap in mine.items():
        if gap.rule not in ("g", "h"):
            assert theirs[gap_id] == gap
    # Rank and lost pairs are told among all gaps and pairs; which node dominates which is its own affair.
    for gap_id, gap in mine.items():
        if gap.rule == "h":
            keys = ("dominated", "market", "articulation", "pairs_lost")
            assert [theirs[gap_id].details[k] for k in keys] == [gap.details[k] for k in keys]


@few
@given(cities(), st.sampled_from(LEAVES))
def test_a_new_firm_changes_no_id_of_what_remains(drawn: City, node: str) -> None:
    assume(node in drawn["nodes"])
    city = made(drawn)
    after = suppose(city, [], [(NODE + node, "new")])
    before = {(g.rule, g.node, g.key): g.id for g in findings(city)}
    for gap in findings(after):
        assert before.get((gap.rule, gap.node, gap.key), gap.id) == gap.id


@few
@given(cities())
def test_plan_only_answers_as_if_the_fields_edges_were_not_there(drawn: City) -> None:
    plan = " ".join(p for p in drawn["supply"].split() if "~" not in p)
    found = findings(made(drawn, plan_only=True))
    assert found == findings(made(drawn, supply=plan))
    assert all(c.origin == "" for g in found for c in (*g.claims, *g.edges))
    assert all(g.domain_edges == 0 for g in found)


@few
@given(cities())
def test_plan_only_leaves_out_the_fields_edges_even_where_they_cite_a_place(drawn: City) -> None:
    city = made(drawn)
    claims = [replace(c, sources=("place:1",)) if c.origin else c for c in city.facts.claims]
    cited = replace(city, facts=Facts(city.facts.things, claims, [], {}), plan_only=True)
    assert all(c.origin == "" for g in findings(cited) for c in (*g.claims, *g.edges))


@few
@given(cities())
def test_the_same_city_is_told_the_same_way_twice(drawn: City) -> None:
    assert findings(made(drawn)) == findings(made(drawn))


@few
@given(cities())
def test_intervals_never_turn_round(drawn: City) -> None:
    for gap in findings(made(drawn)):
        assert gap.interval.low <= gap.interval.high
        # A rank is one of n places; a cost counts each node once at most.
        if gap.rule != "g":
            assert gap.interval.high <= gap.interval.n


spans = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda x: (min(x), max(x)))
rivals = st.lists(st.tuples(spans, spans, spans, spans), min_size=1, max_size=12).map(
    lambda rows: [Candidate(f"c{n}", *row, 0, (0, 0)) for n, row in enumerate(rows)]
)


def inside(found: list[Candidate], weights: dict[str, float]) -> numpy.ndarray[Any, Any]:
    """Per candidate the share of fresh draws that fall into the band of the first seed."""
    low, _, high = numpy.array(bands(draw_ranks(found, weights, seed=0))).T
    fresh = draw_ranks(found, weights, seed=1)
    return ((fresh >= low) & (fresh <= high)).mean(axis=0)


@settings(some, max_examples=25)
@given(rivals, st.sampled_from([{}, {"value": 0.7, "feasibility": 0.3}]))
def test_fresh_draws_fall_into_the_band(found: list[Candidate], weights: dict[str, float]) -> None:
    assert inside(found, check_weights(weights)).min() >= 0.88


def test_fresh_draws_of_the_real_data_fall_into_the_band(graph: LocalGraph, facts: Facts) -> None:
    share = inside(candidates(open_survey(graph, TODAY, facts=facts)), check_weights({}))
    assert share.min() >= 0.88


@settings(some, max_examples=200)
@given(rivals)
def test_the_pareto_set_is_what_nothing_beats(found: list[Candidate]) -> None:
    def middle(c: Candidate) -> list[float]:
        return [round(sum(x) / 2, 9) for x in c[1:5]]

    best = {
        c.iri
        for c in found
        if not any(
            middle(o) != middle(c)
            and all(a >= b for a, b in zip(middle(o), middle(c), strict=True))
            for o in found
        )
    }
    assert pareto(found) == best
