"""Rules g and h: what comes first, and what must not break."""

from __future__ import annotations

from typing import Any

import pytest
from gapgraphs import NODE, Survey, by_node, claim, short, shorts, survey

from kg.errors import KgError
from kg.gaps import RULES, Gap, findings
from kg.gaps.chokes import MOST_SOURCES
from kg.gaps.network import FOLLOW_ALL
from kg.gaps.priority import Candidate, bands, candidates, check_weights, draw_ranks, pareto


def rule(letter: str, city: Survey, pick: Any) -> dict[str, Any]:
    return by_node(RULES[letter].find(city), pick)


def criteria(gap: Gap) -> tuple[list[float], ...]:
    return tuple(gap.details["criteria"].values())


# g: priority


def test_the_criteria_of_a_gap_by_hand() -> None:
    # X dominates Y and P leads on to nobody; behind X lie one certain actor and one possible.
    city = survey("X>Y>P  Y>M", present="P", possible="M", targets={"X": "recruit", "Y": "explore"})
    picked = rule(
        "g", city, lambda g: (g.details["dominated"], g.details["downstream"], criteria(g))
    )
    assert picked == {
        # Value: 3 dominated + 1 to 2 downstream, of the most that any has (5). Feasibility: market 0 (Y is missing),
        # institute 0, carrier 0, policy 1. One place speaks of each: its wish.
        "X": (3, [1, 2], ([0.8, 1.0], [0.25, 0.25], [1.0, 1.0], [1.0, 1.0])),
        # Y dominates P and M. Inputs 0, market ½ to 1, institute 0, carrier 0, policy 0.2: means of five.
        "Y": (2, [1, 2], ([0.6, 0.8], [0.14, 0.24], [0.2, 0.2], [1.0, 1.0])),
    }


def test_a_gap_that_is_better_in_everything_comes_first_whatever_the_weights() -> None:
    city = survey("X>P", nodes="Y", present="P", targets={"X": "recruit"})
    gaps = list(RULES["g"].find(city))
    assert [(short(g.node), g.details["band"], g.details["pareto"]) for g in gaps] == [
        ("X", [1, 1, 1], True),
        ("Y", [2, 2, 2], False),
    ]
    assert [g.details["indistinct"] for g in gaps] == [0, 0]
    assert gaps[0].what.zh == "“X”名次 1–1–1（共 2 个），在帕累托集。"
    assert gaps[0].what.en == '"X" ranks 1–1–1 of 2, in the Pareto set.'
    assert gaps[1].interval.text("zh") == "2 至 2，共 2 个缺口中的名次（1 为最先）"


def test_gaps_that_are_alike_cannot_be_told_apart() -> None:
    city = survey(nodes="A B C")
    assert rule("g", city, lambda g: (g.details["band"], g.details["indistinct"])) == dict.fromkeys(
        "ABC", ([1, 2, 3], 2)
    )
    (first, *_) = RULES["g"].find(city)
    assert first.what.en == (
        '"A" ranks 1–2–3 of 3, in the Pareto set; cannot be told apart from 2 other(s).'
    )


def exact(name: str, *values: float) -> Candidate:
    spans = [(v, v) for v in values]
    return Candidate(name, *spans, 0, (0, 0))  # type: ignore[arg-type]


def test_the_pareto_set_by_hand() -> None:
    rivals = [
        exact("best value", 1, 0, 0, 0),
        exact("its twin", 1, 0, 0, 0),
        exact("beaten by both", 0.9, 0, 0, 0),
        exact("all-rounder", 0.5, 0.5, 0.5, 0.5),
        exact("less so", 0.5, 0.5, 0.5, 0.4),
        exact("best declared", 0, 0, 1, 0),
    ]
    assert pareto(rivals) == {"best value", "its twin", "all-rounder", "best declared"}


def test_ranks_are_the_same_for_a_seed_and_others_for_another() -> None:
    rivals = [exact("a", 1, 0, 0, 0), exact("b", 0, 1, 0, 0), exact("c", 0, 0, 1, 0)]
    equal = check_weights({})
    one, same, other = (draw_ranks(rivals, equal, seed) for seed in (0, 0, 1))
    assert one.shape == (2000, 3)
    assert (one == same).all() and not (one == other).all()
    assert {tuple(sorted(row)) for row in one.tolist()} == {(1, 2, 3)}
    # With equal weights none of three that excel in one thing each is before the others.
    assert all(abs((one[:, i] == 1).mean() - 1 / 3) < 0.03 for i in range(3))


def test_a_band_is_rounded_outwards() -> None:
    import numpy

    # 21 draws: by chance alone the 5 % point may be the first, the 95 % point the last.
    ranks = numpy.array([[r] for r in range(21, 0, -1)])
    assert bands(ranks) == [(1, 11, 21)]
    # 10 draws: 0.45 and 8.55 steps along; outwards these are the first and the last.
    assert bands(numpy.array([[r] for r in range(10, 0, -1)])) == [(1, 5, 10)]


def test_a_weight_of_one_ranks_by_that_criterion_alone() -> None:
    weights = {"declared": 1.0, "value": 0.0}
    city = survey(nodes="Z", targets={"A": "explore", "B": "recruit"}, weights=weights)
    assert [short(g.node) for g in RULES["g"].find(city)] == ["B", "A", "Z"]
    assert {tuple(g.details["band"]) for g in RULES["g"].find(city)} == {
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 3),
    }


def test_gaps_of_the_chains_asked_for_are_ranked_among_themselves() -> None:
    city = survey(chains={"one": "A B", "two": "C"}, scope="one")
    assert set(rule("g", city, lambda g: g.details["of"]).items()) == {("A", 2), ("B", 2)}


def test_gaps_within_a_segment_are_ranked_among_themselves() -> None:
    city = survey(groups={"G": "A B", "H": "C"}, within=frozenset(NODE + n for n in "GAB"))
    assert rule("g", city, lambda g: g.details["of"]) == {"A": 2, "B": 2}
    assert {short(g.node) for g in findings(city)} == {"A", "B"}


def test_a_rank_comes_with_the_position_that_counts_the_possible() -> None:
    city = survey("M>A>P", present="P", possible="M")
    assert rule("g", city, lambda g: g.position) == {"A": "break"}


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"value": 0.5, "feasibility": 0.4}, "these sum to 0.9."),
        ({"value": 1.5, "feasibility": -0.5}, "Weights must be 0 or more and sum to 1"),
        ({"value": float("nan")}, "these sum to nan."),
        ({"value": float("inf")}, "these sum to inf."),
        ({"luck": 1.0}, "There is no weight called luck."),
    ],
)
@pytest.mark.parametrize("nodes", ["A B", ""])
def test_weights_that_are_none_are_refused_with_the_names_of_those_there_are(
    weights: dict[str, float], said: str, nodes: str
) -> None:
    with pytest.raises(KgError) as fault:
        list(RULES["g"].find(survey(nodes=nodes, weights=weights)))
    assert said in fault.value.what.en
    assert all(name in fault.value.next_step.en for name in ("value", "feasibility", "declared"))


# h: choke points


def choke(gap: Gap) -> tuple[int, int, bool, str]:
    """Leaves dominated, leaves that reach a market through it only, whether it cuts, pairs lost of all."""
    found = gap.details
    lost = f"{found['pairs_lost']}/{found['pairs']}"
    return found["dominated"], found["market"], found["articulation"], lost


def test_the_choke_points_of_an_hourglass() -> None:
    city = survey("A>M B>M C>M M>X M>Y", present="M")
    assert rule("h", city, choke) == {"M": (2, 3, True, "6/6")}
    (gap,) = RULES["h"].find(city)
    assert gap.what.zh == (
        "“M”是 2 个末级节点供给的必经之处，3 个节点通往市场的必经之处，为割点；去掉它，6 对起终点中 6 对中断。"
    )
    assert gap.what.en == (
        'All supply of 2 leaves, and the way to market of 3, passes "M"; the network falls apart without it;'
        " 6 of 6 pairs of first and last nodes are lost."
    )
    assert gap.interval.text("en") == "6 to 6 of 6 pairs of first and last nodes lose their supply"


def test_two_ways_round_leave_no_choke_point_between() -> None:
    city = survey("S>A>T S>B>T")
    assert rule("h", city, choke) == {"S": (3, 0, False, "0/1"), "T": (0, 3, False, "0/1")}


def test_upstream_and_market_side_are_told_apart() -> None:
    # All supply of C and D comes through B, but A has a way to market without it.
    city = survey("A>B>C B>D A>E")
    assert rule("h", city, choke) == {
        "A": (4, 0, True, "0/3"),
        "B": (2, 0, True, "2/3"),
    }


def test_a_group_of_two_is_no_choke_point_and_one_of_one_is() -> None:
    two = survey("A>G>Z", groups={"G": "B C"})
    assert rule("h", two, choke) == {"A": (3, 0, False, "0/1"), "Z": (0, 3, False, "0/1")}
    one = survey("A>G>Z", groups={"G": "B"})
    assert rule("h", one, choke)["B"] == (1, 1, True, "1/1")


def test_membership_of_a_group_does_not_hold_the_network_together() -> None:
    # Without A nothing joins B and C; without B, A still feeds C.
    city = survey("A>G", groups={"G": "B C"})
    assert rule("h", city, choke) == {"A": (2, 0, True, "0/2")}


def test_nodes_of_a_first_circle_do_not_dominate_each_other() -> None:
    # Neither comes before the other; all that follows comes out of B.
    city = survey("A>B>A  B>C")
    assert rule("h", city, choke) == {"B": (1, 1, True, "0/0"), "C": (0, 2, False, "0/0")}


def test_in_a_large_network_first_nodes_are_sampled_and_it_is_said() -> None:
    many = " ".join(f"S{n}>M" for n in range(FOLLOW_ALL))
    city = survey(many + " M>T")
    found = rule("h", city, lambda g: (g.details["sampled"], choke(g)))
    assert found["M"] == (True, (1, FOLLOW_ALL, True, f"{MOST_SOURCES}/{MOST_SOURCES}"))
    (gap,) = (g for g in RULES["h"].find(city) if short(g.node) == "M")
    assert gap.what.en.endswith("(sampled) are lost.") and gap.what.zh.endswith("（抽样）。")
    again = survey(many + " M>T", seed=1)
    assert rule("h", again, choke)["M"] == found["M"][1]


def test_choke_points_are_found_over_the_whole_network_and_told_for_the_chains_asked_for() -> None:
    city = survey("A>B>C", chains={"one": "A B", "two": "C"}, scope="one")
    assert rule("h", city, choke) == {"A": (2, 0, False, "0/1"), "B": (1, 1, True, "1/1")}


def test_a_city_without_any_chain_has_no_findings() -> None:
    assert findings(survey()) == []
    assert candidates(survey()) == []


def test_a_choke_point_rests_on_its_claims_and_edges() -> None:
    city = survey("A>M~X", present="M", claims=[claim("city", "plans", "M", "planned")])
    picked = rule("h", city, lambda g: (shorts(c.subject for c in g.claims), g.domain_edges))
    assert picked["M"] == ("firm-M", 1)
    assert NODE + "M" in city.nodes
