"""Rules a and b: who is not seen, where that node stands, and what hangs together."""

from __future__ import annotations

from datetime import date
from typing import Any

from gapgraphs import NODE, PLAN, TODAY, Survey, by_node, check, claim, short, shorts, span, survey

from kg.gaps import RULES, Gap, Interval, findings
from kg.gaps.survey import LEAVES
from kg.words import Words


def rule_a(city: Survey) -> dict[str, Any]:
    return by_node(RULES["a"].find(city), lambda g: (g.presence, span(g)))


def position(gap: Gap) -> tuple[str, str]:
    """As it is with the possible counted, and as it is without."""
    return gap.position, gap.details["position_certain"]


def segment(gap: Gap) -> tuple[str, int]:
    """The nodes of the missing segment and its length."""
    found = gap.details["segment"]
    assert found["size"] == len(found["nodes"])
    return shorts(found["nodes"]), found["length"]


def around(gap: Gap) -> tuple[str, str]:
    """The nearest nodes with an actor upstream and downstream."""
    return shorts(gap.details["upstream"]), shorts(gap.details["downstream"])


def rule_b(city: Survey, pick: Any) -> dict[str, Any]:
    return by_node(RULES["b"].find(city), pick)


def test_a_node_without_an_actor_is_told_with_the_sources_that_were_read() -> None:
    (gap,) = RULES["a"].find(survey("A>B", present="A"))
    assert gap == Gap(
        rule="a",
        chain=NODE + "chain",
        node=NODE + "B",
        presence="unseen",
        position="extendable",
        interval=Interval(1, 1, 2, LEAVES),
        what=Words(
            "已收录的 1 个来源中未见“B”的主体。",
            'No actor of "B" is seen in the 1 source(s) read.',
        ),
        overturned_by=gap.overturned_by,
        next_check=Words(
            "查市级企业名录与统计名录中经营“B”的企业，必要时走访；结果用 kg confirm 记录。",
            'Search the city\'s register of firms for "B", visit if needed; record it with kg confirm.',
        ),
        claims=tuple(survey("A>B", present="A").supply),
        edges=tuple(survey("A>B", present="A").supply),
        details={"checks": []},
    )


def test_a_node_with_a_firm_a_listed_firm_or_one_that_is_being_built_is_not_missing() -> None:
    city = survey(
        nodes="A B C D E", present="A", possible="B", groups={"G": "C D"}, listed={"list": "G"}
    )
    assert rule_a(city) == {"E": ("unseen", "1 to 4 of 5")}


def test_a_missing_node_is_told_with_the_position_that_counts_the_possible() -> None:
    city = survey("M>A>P", present="P", possible="M")
    assert by_node(RULES["a"].find(city), lambda g: g.position) == {"A": "break"}


def test_a_valid_check_makes_the_node_and_what_is_below_it_absent() -> None:
    city = survey(nodes="A B C", groups={"G": "A B"}, absent="G")
    assert rule_a(city) == {
        "A": ("absent", "0 to 0 of 3"),
        "B": ("absent", "0 to 0 of 3"),
        "C": ("unseen", "0 to 0 of 3"),
    }


def test_an_absent_node_says_when_how_and_until_when_it_was_checked() -> None:
    (gap,) = RULES["a"].find(survey(absent="A"))
    assert gap.what == Words(
        "“A”确认无主体：2026-07-01 以“register”核查，有效至 2027-01-01。",
        '"A" has no actor: checked on 2026-07-01 by "register", valid until 2027-01-01.',
    )
    assert gap.details["checks"] == [
        {
            "verdict": "absent",
            "on": "2026-07-01",
            "until": "2027-01-01",
            "method": "register",
            "by": "officer",
            "valid": True,
        }
    ]


def test_a_firm_found_by_a_check_takes_the_node_off_the_list() -> None:
    assert rule_a(survey(nodes="A B", statements=[check("A", "present")])) == {
        "B": ("unseen", "1 to 1 of 2")
    }


def test_a_check_that_has_expired_leaves_the_node_unseen_and_the_finding_says_why() -> None:
    late = check("A", until=date(2026, 11, 23))
    (gap,) = RULES["a"].find(survey(nodes="A", statements=[late]))
    assert (gap.presence, gap.what.en) == (
        "unseen",
        'No actor of "A" is seen in the 1 source(s) read. The check of 2026-07-01 expired on 2026-11-23.',
    )
    assert [c["valid"] for c in gap.details["checks"]] == [False]


def test_a_check_counts_on_its_last_day() -> None:
    (gap,) = RULES["a"].find(survey(nodes="A", statements=[check("A", until=TODAY)]))
    assert gap.presence == "absent"


def test_a_check_of_a_part_of_the_city_closes_nothing_and_has_not_expired() -> None:
    county = check("A", region=NODE + "a-county")
    (gap,) = RULES["a"].find(survey(nodes="A", statements=[county]))
    assert (gap.presence, gap.what.en, gap.details["checks"]) == (
        "unseen",
        'No actor of "A" is seen in the 1 source(s) read.',
        [],
    )


def test_the_park_whose_direction_covers_the_node_is_asked_first() -> None:
    city = survey(
        groups={"G": "A"},
        things=[],
        claims=[claim("park", "carrierOf", "G")],
    )
    (gap,) = RULES["a"].find(city)
    assert gap.next_check.en == (
        "Ask park for its list of firms, then search the city's register; record it with kg confirm."
    )


def test_a_claim_of_somebody_whom_the_graph_does_not_name_stops_no_rule() -> None:
    city = survey(nodes="A", claims=[claim("nobody", "carrierOf", "A")])
    del city.facts.things["https://w3id.org/cn-industry-chain/actor/nobody"]
    assert {g.rule for g in findings(city)} >= {"a", "b", "f", "g"}


def test_the_four_positions() -> None:
    city = survey("P>Break>Q  Up>Q  P>On", nodes="Alone", present="P Q")
    assert rule_b(city, position) == {
        "Break": ("break", "break"),
        "Up": ("no-upstream", "no-upstream"),
        "On": ("extendable", "extendable"),
        "Alone": ("isolated", "isolated"),
    }


def test_positions_are_told_with_the_possible_counted_and_without() -> None:
    city = survey("M>A>P  Q>B>N  M>C>N  P>D>Q", present="P Q", possible="M N")
    assert rule_b(city, position) == {
        "A": ("break", "no-upstream"),
        "B": ("break", "extendable"),
        "C": ("break", "isolated"),
        "D": ("break", "break"),
    }


def test_where_the_readings_differ_the_sentence_says_so() -> None:
    gaps = by_node(RULES["b"].find(survey("M>A>P", present="P", possible="M")), lambda g: g.what)
    assert gaps == {
        "A": Words(
            "“A”为断点（含或有；只计“有”时为缺上游）；所在未见段共 1 个节点，最长连续 1 个。",
            '"A": break in the chain (counting the possible; no upstream otherwise);'
            " its missing segment has 1 node(s), 1 in a row at most.",
        )
    }


def test_an_actor_far_away_counts_and_the_nearest_are_named_first() -> None:
    city = survey("P>Q>A>B>C>R>S", present="P Q R S")
    assert rule_b(city, lambda g: (g.position, *around(g))) == {
        "A": ("break", "Q", "R"),
        "B": ("break", "Q", "R"),
        "C": ("break", "Q", "R"),
    }


def test_missing_nodes_joined_by_edges_form_a_segment_with_its_longest_row() -> None:
    # Four hang together, three of them in a row; an actor between two others keeps those apart.
    city = survey("P>A>B>C>Q  A>D  E>R>F", nodes="G", present="P Q R")
    assert rule_b(city, segment) == {
        "A": ("A B C D", 3),
        "B": ("A B C D", 3),
        "C": ("A B C D", 3),
        "D": ("A B C D", 3),
        "E": ("E", 1),
        "F": ("F", 1),
        "G": ("G", 1),
    }


def test_siblings_of_a_group_are_not_joined_by_membership_alone() -> None:
    city = survey(groups={"G": "A B C"}, present="C")
    assert rule_b(city, lambda g: (g.position, *segment(g))) == {
        "A": ("isolated", "A", 1),
        "B": ("isolated", "B", 1),
    }


def test_an_edge_at_a_group_reaches_its_members_and_not_from_one_to_another() -> None:
    # P feeds any of the group, so B and C can follow on; A, which is there, is no input of its siblings.
    city = survey("P>G", groups={"G": "A B C"}, present="P A")
    assert rule_b(city, lambda g: (*position(g), *around(g), *segment(g))) == {
        "B": ("extendable", "extendable", "P", "", "B", 1),
        "C": ("extendable", "extendable", "P", "", "C", 1),
    }


def test_the_group_leads_on_from_any_member() -> None:
    city = survey("P>G>Q", groups={"G": "A B"}, present="P Q")
    assert rule_b(city, lambda g: (g.position, *around(g), *segment(g))) == {
        "A": ("break", "P", "Q", "A", 1),
        "B": ("break", "P", "Q", "B", 1),
    }


def test_members_reached_by_an_edge_from_a_missing_node_hang_together_with_it() -> None:
    city = survey("X>G>Y", groups={"G": "A B"})
    assert rule_b(city, segment) == dict.fromkeys("ABXY", ("A B X Y", 3))


def test_an_edge_reaches_through_a_group_into_the_groups_inside_it() -> None:
    city = survey("P>G  H>Q", groups={"G": "A H", "H": "B C"}, present="P Q")
    assert rule_b(city, lambda g: (g.position, *around(g))) == {
        "A": ("extendable", "P", ""),
        "B": ("break", "P", "Q"),
        "C": ("break", "P", "Q"),
    }


def test_a_group_that_is_a_product_itself_has_actors_of_its_own() -> None:
    city = survey("P>W>Q  W>R", groups={"W": "A B"}, wholes="W", present="P", firms={"mill": "W"})
    # The mill makes the whole; what it makes of it nobody says. Q and R follow on from the whole.
    assert rule_b(city, lambda g: (g.position, *around(g))) == {
        "A": ("extendable", "P", ""),
        "B": ("extendable", "P", ""),
        "Q": ("extendable", "W P", ""),
        "R": ("extendable", "W P", ""),
    }


def test_an_edge_between_a_node_and_its_own_group_is_membership_and_no_supply() -> None:
    city = survey("A>G  G>B  P>G", groups={"G": "A B"}, present="P")
    assert rule_b(city, lambda g: (g.position, *around(g), span(g), *segment(g))) == {
        "A": ("extendable", "P", "", "1 to 1 of 1", "A", 1),
        "B": ("extendable", "P", "", "1 to 1 of 1", "B", 1),
    }


def test_direct_neighbours_are_counted_for_certain_and_possibly() -> None:
    city = survey("P>A  M>A  X>A  A>Q", present="P Q", possible="M")
    gaps = {short(g.node): span(g) for g in RULES["b"].find(city)}
    assert gaps == {
        "A": "2 to 3 of 4",
        "X": "0 to 0 of 1",
    }


def test_the_inputs_of_the_group_count_for_a_member_that_has_only_outputs_of_its_own() -> None:
    city = survey("P>G  A>Q", groups={"G": "A B"}, present="P Q")
    assert rule_b(city, lambda g: (g.position, span(g), len(g.edges))) == {
        "A": ("break", "2 to 2 of 2", 2),
        "B": ("extendable", "1 to 1 of 1", 1),
    }


def test_an_edge_at_a_whole_industry_says_nothing_of_a_single_node() -> None:
    city = survey("P>other", chains={"other": "A"}, present="P")
    assert rule_b(city, lambda g: (g.position, *around(g))) == {"A": ("isolated", "", "")}


def test_nodes_in_a_circle_count_once_and_lie_upstream_and_downstream_of_each_other() -> None:
    city = survey("P>A>B>C>A  C>D")
    assert rule_b(city, segment) == dict.fromkeys("ABCDP", ("A B C D P", 5))
    city = survey("P>A>B>A", present="P")
    assert rule_b(city, lambda g: (g.position, *around(g), *segment(g))) == {
        "A": ("extendable", "P", "", "A B", 2),
        "B": ("extendable", "P", "", "A B", 2),
    }


def test_edges_of_the_fields_knowledge_are_counted_as_such() -> None:
    gaps = by_node(
        RULES["b"].find(survey("P>A~Q", present="P Q")),
        lambda g: (g.position, len(g.edges), g.domain_edges),
    )
    assert gaps == {"A": ("break", 2, 1)}
    plan_only = survey("P>A~Q", present="P Q", plan_only=True)
    assert rule_b(plan_only, lambda g: (g.position, len(g.edges), g.domain_edges)) == {
        "A": ("extendable", 1, 0)
    }


def test_sources_read_is_what_the_survey_was_opened_with() -> None:
    assert survey().sources == (PLAN,)
