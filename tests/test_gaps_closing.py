"""Rule b′: what it takes to make a chain run."""

from __future__ import annotations

from typing import Any

import pytest
from gapgraphs import NODE, Survey, by_node, claim, short, shorts, span, survey

from kg.gaps import RULES, Gap, Interval, Route, close
from kg.gaps.closing import LINKS
from kg.words import Words


def closed(city: Survey, ends: str, **more: Any) -> Route:
    a, b = ends.split()
    route = close(city, NODE + a, NODE + b, **more)
    assert route is not None
    return route


def way(city: Survey, ends: str, **more: Any) -> tuple[str, str, tuple[float, float, float]]:
    """The way, what is needed beside it, and low, cost and high."""
    found = closed(city, ends, **more)
    return shorts(found.path), shorts(found.beside), (found.low, found.cost, found.high)


def walked(route: Route) -> str:
    return " ".join(f"{short(e.subject)}>{short(e.object)}" for e in route.edges)


def test_the_whole_answer_of_a_route() -> None:
    city = survey("A>B~C>D", present="A", possible="B")
    edges = {f"{short(e.subject)}{short(e.object)}": e for e in city.supply}
    assert close(city, NODE + "A", NODE + "D") == Route(
        low=2.0,
        cost=2.5,
        high=3.0,
        path=tuple(NODE + n for n in "ABCD"),
        beside=(),
        links=(NODE + "C", NODE + "D"),
        possible=(NODE + "B",),
        edges=(edges["AB"], edges["BC"], edges["CD"]),
        n=4,
        proven=True,
    )


def test_any_input_is_enough_where_nothing_else_is_said() -> None:
    # A shorter way over two missing nodes against a longer one over actors.
    city = survey("A>X>Y>Z  A>P>Q>R>Z  S>Z", present="A P Q R")
    assert way(city, "A Z") == ("A P Q R Z", "", (1, 1, 1))


def test_of_ways_of_one_cost_the_one_with_fewest_steps_is_told() -> None:
    city = survey("A>P>Q>Z  A>R>Z", present="A P Q R Z")
    assert way(city, "A Z") == ("A R Z", "", (0, 0, 0))


def test_the_bounds_may_take_other_ways_than_the_middle() -> None:
    # Over three possible nodes: 0, 1.5 or 3; over two missing ones: 2.
    city = survey("A>L>M>N>Z  A>X>Y>Z", present="A Z", possible="L M N")
    assert way(city, "A Z") == ("A L M N Z", "", (0, 1.5, 2))


def test_a_node_that_needs_everything_gets_everything() -> None:
    city = survey("C>D K>D S>D E>D", present="C", possible="K", all_of="D")
    route = closed(city, "C D")
    assert way(city, "C D") == ("C D", "E K S", (3, 3.5, 4))
    assert (shorts(route.links), shorts(route.possible)) == ("D E S", "K")
    assert sorted(walked(route).split()) == ["C>D", "E>D", "K>D", "S>D"]


def test_what_two_nodes_need_is_counted_once() -> None:
    # D and E both need M: A D E M is four links, not five.
    city = survey("A>D>E  M>D  M>E", all_of="D E")
    assert way(city, "A E") == ("A D E", "M", (4, 4, 4))
    # Y alone is the cheapest input of C, and V of D; but X, with W before it, serves both.
    text = "A>G  C>G  D>G  X>C  Y>C  X>D  V>D  W>X"
    city = survey(text, present="A", possible="W", all_of="G")
    assert way(city, "A G") == ("A G", "C D W X", (4, 4.5, 5))


def test_inputs_beside_the_way_need_their_own_inputs_the_cheapest_of_them() -> None:
    city = survey("A>D  M>D  P>X>M  Q>M  Y>Q", present="A P", all_of="D")
    route = closed(city, "A D")
    # M from X (1) beside P, who is there; not from Q (1) who needs Y (1) too.
    assert way(city, "A D") == ("A D", "M P X", (3, 3, 3))
    assert sorted(walked(route).split()) == ["A>D", "M>D", "P>X", "X>M"]


def test_nodes_that_run_need_nothing() -> None:
    city = survey("A>D>Z  M>D", present="A D", all_of="D")
    assert way(city, "A Z") == ("A D Z", "", (1, 1, 1))


def test_a_possible_node_runs_unless_it_is_counted_as_missing() -> None:
    city = survey("A>D>Z  M>D", present="A Z", possible="D", all_of="D")
    # Counted as a whole link, D needs M too.
    assert way(city, "A Z") == ("A D Z", "", (0, 0.5, 2))


def test_the_start_needs_nothing() -> None:
    city = survey("M>D  N>D  D>Z", all_of="D")
    assert way(city, "D Z") == ("D Z", "", (2, 2, 2))
    assert way(city, "D D") == ("D", "", (1, 1, 1))


@pytest.mark.parametrize("ends", ["B A", "A C", "C A"])
def test_without_supply_edges_there_is_no_route(ends: str) -> None:
    a, b = ends.split()
    assert close(survey("A>B", nodes="C"), NODE + a, NODE + b) is None


def test_plan_only_does_not_walk_along_the_fields_knowledge() -> None:
    text, ends = "A~B>C  A>X>Y>C", {"present": "A B C"}
    assert way(survey(text, **ends), "A C") == ("A B C", "", (0, 0, 0))
    assert way(survey(text, plan_only=True, **ends), "A C") == ("A X Y C", "", (2, 2, 2))
    assert close(survey("A~B", plan_only=True), NODE + "A", NODE + "B") is None


def test_a_route_from_a_group_begins_in_any_member_and_one_to_a_group_ends_in_any() -> None:
    city = survey(
        "A>X>C  B>Y>D",
        groups={"G": "A B", "H": "C D"},
        present="A C Y",
        possible="B",
    )
    assert way(city, "G H") == ("A X C", "", (1, 1, 1))
    assert way(city, "G D") == ("B Y D", "", (1, 1.5, 2))
    assert way(city, "A H") == ("A X C", "", (1, 1, 1))
    assert way(city, "B G") == ("B", "", (0, 0.5, 1))
    assert way(city, "G B") == ("B", "", (0, 0.5, 1))


def test_groups_inside_groups_are_opened_too() -> None:
    city = survey("A>X>C", groups={"G": "H", "H": "A B", "K": "L", "L": "C"}, present="A X C")
    assert way(city, "G K") == ("A X C", "", (0, 0, 0))


def test_members_of_a_group_are_no_way_from_one_to_another() -> None:
    city = survey("P>G  G>Q", groups={"G": "A B"})
    assert close(city, NODE + "A", NODE + "B") is None
    assert close(city, NODE + "Q", NODE + "P") is None
    assert way(city, "P Q") == ("P A Q", "", (3, 3, 3))


def test_a_member_of_the_group_where_the_route_begins_needs_nothing() -> None:
    city = survey("M>D  N>D  D>Z", groups={"G": "D"}, all_of="D", present="Z")
    assert way(city, "G Z") == way(city, "D Z") == ("D Z", "", (1, 1, 1))


def test_an_all_of_group_needs_all_its_inputs_for_a_member_that_is_missing() -> None:
    city = survey("P>G Q>G  A>Y B>Z", groups={"G": "A B"}, present="P A Y Z", all_of="G")
    assert way(city, "P Z") == ("P B Z", "Q", (2, 2, 2))


def test_an_all_of_group_needs_nothing_for_a_member_that_runs() -> None:
    city = survey("P>G Q>G  A>Y B>Z", groups={"G": "A B"}, present="P A Y Z", all_of="G")
    assert way(city, "P Y") == ("P A Y", "", (0, 0, 0))


def test_a_missing_member_beside_a_running_one_still_needs_all_the_groups_inputs() -> None:
    # Z needs both members of the ALL-OF group: A runs, B does not.
    city = survey(
        "P>G Q>G  A>Z B>Z", groups={"G": "A B"}, present="P A Z", possible="", all_of="G Z"
    )
    assert way(city, "P Z") == ("P A Z", "", (0, 0, 0))
    missing = survey("P>G Q>G  A>Z B>Z", groups={"G": "A B"}, present="P A", all_of="G Z")
    assert way(missing, "P Z") == ("P A Z", "B Q", (3, 3, 3))


def test_an_all_of_member_may_be_reached_over_its_group_and_needs_its_own_inputs() -> None:
    city = survey("P>G  M>D N>D  D>Z", groups={"G": "D E"}, present="P", all_of="D")
    assert way(city, "P Z") == ("P D Z", "M N", (4, 4, 4))


def test_an_all_of_group_as_input_is_one_input_and_any_member_serves() -> None:
    city = survey("G>D  M>D", groups={"G": "A B"}, present="B M", all_of="D")
    assert way(city, "M D") == ("M D", "B", (1, 1, 1))


def test_a_circle_is_walked_through_and_supplies_nothing_out_of_itself() -> None:
    city = survey("A>B>C>B  C>Z", present="A")
    assert way(city, "A Z") == ("A B C Z", "", (3, 3, 3))
    # D needs B, and B comes from D only: nothing begins it.
    city = survey("A>D>B>D", all_of="D")
    assert close(city, NODE + "A", NODE + "D") is None
    # Unless something from outside does.
    city = survey("A>D>B>D  P>B", present="P", all_of="D")
    assert way(city, "A D") == ("A D", "B P", (3, 3, 3))


def test_a_search_that_is_cut_short_says_so_and_keeps_its_bounds_in_order() -> None:
    city = survey("A>D M>D N>M O>M R>N R>O>D", all_of="D M", possible="N O")
    least, cut = closed(city, "A D"), closed(city, "A D", most=0)
    assert (least.proven, cut.proven) == (True, False)
    assert cut.low <= cut.cost <= cut.high
    assert least.cost <= cut.cost


# The rule: one finding for each break.


def test_each_break_is_told_with_its_route_from_the_nearest_actors() -> None:
    city = survey("P>A>B>Q>R  S>A  B>T", present="P Q R S", possible="T")
    picked = by_node(
        RULES["b2"].find(city),
        lambda g: (shorts(g.details["route"]), g.details["cost"], span(g)),
    )
    assert picked == {
        "A": ("P A B Q", 2.0, "2 to 2 of 4"),
        "B": ("P A B Q", 2.0, "2 to 2 of 4"),
    }


def test_the_whole_finding_of_a_break() -> None:
    city = survey("M>X>Q", present="Q", possible="M")
    (gap,) = RULES["b2"].find(city)
    assert gap == Gap(
        rule="b2",
        chain=NODE + "chain",
        node=NODE + "X",
        presence="unseen",
        position="break",
        interval=Interval(1.0, 2.0, 3, LINKS),
        what=Words(
            "补 1 环可贯通（或有计半环，费用 1.5，介于 1 与 2）：M → X → Q。",
            "1 link(s) make it run (a possible node counts half: cost 1.5, between 1 and 2): M → X → Q.",
        ),
        overturned_by=gap.overturned_by,
        next_check=gap.next_check,
        claims=tuple(city.supply),
        edges=tuple(city.supply),
        details={
            "cost": 1.5,
            "route": [NODE + n for n in "MXQ"],
            "beside": [],
            "links": [NODE + "X"],
            "proven": True,
        },
    )


def test_only_breaks_are_told() -> None:
    city = survey("P>A  B>P", nodes="C", present="P")
    assert list(RULES["b2"].find(city)) == []


def test_the_route_of_a_break_leads_through_it_even_where_another_way_is_cheaper() -> None:
    # D needs M too; around it, W alone would do.
    city = survey("P>D>T  M>D  P>W>T", present="P T", all_of="D")
    picked = by_node(
        RULES["b2"].find(city),
        lambda g: (shorts(g.details["route"]), shorts(g.details["beside"]), g.details["cost"]),
    )
    assert picked == {"D": ("P D T", "M", 2.0), "W": ("P W T", "", 1.0)}


def test_the_bounds_of_a_break_are_those_of_its_route() -> None:
    # T is possible: counted as a whole link it is not running, and needs M as well as A.
    city = survey("P>A>T  M>T", present="P", possible="T", all_of="T")
    (gap,) = RULES["b2"].find(city)
    assert (gap.interval.low, gap.details["cost"], gap.interval.high) == (1, 1.5, 3)
    assert way(city, "P T") == ("P A T", "", (1, 1.5, 3))


def test_a_break_in_a_circle_counts_each_node_once() -> None:
    city = survey("P>X>V>X  X>P", present="P")
    picked = by_node(
        RULES["b2"].find(city),
        lambda g: (shorts(g.details["route"]), span(g), shorts(g.details["links"])),
    )
    assert picked == {
        "V": ("P X V X P", "2 to 2 of 3", "X V"),
        "X": ("P X P", "1 to 1 of 2", "X"),
    }


@pytest.mark.parametrize("supply", ["A>B A~B", "A~B A>B"])
def test_an_edge_that_the_plan_and_the_field_both_know_is_the_plans(supply: str) -> None:
    route = closed(survey(supply), "A B")
    assert [e.origin for e in route.edges] == [""]


def test_a_route_is_told_with_its_edges_and_how_many_are_the_fields_knowledge() -> None:
    city = survey("P>D~T  M~D", present="P T", all_of="D", claims=[claim("f", "makes", "M")])
    (gap,) = RULES["b2"].find(city)
    assert (len(gap.edges), gap.domain_edges) == (3, 2)
