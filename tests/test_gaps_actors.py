"""Rules c, d, e, f and i: who a node hangs on, what was declared, and what stands behind it."""

from __future__ import annotations

from typing import Any

import pytest
from gapgraphs import ACTOR, NODE, Survey, by_node, claim, short, shorts, span, survey, thing

from kg.facts import Thing
from kg.gaps import RULES, Gap, findings
from kg.gaps.supposing import suppose
from kg.vocab import PREFIXES


def rule(letter: str, city: Survey, pick: Any) -> dict[str, Any]:
    return by_node(RULES[letter].find(city), pick)


# c: dependence


def hangs(gap: Gap) -> tuple[str, str, str, str]:
    """Nodes that have it only, with the interval; the leaves downstream of them; what stops."""
    found = gap.details
    return (
        shorts(found["nodes"]),
        span(gap),
        shorts(found["downstream"]),
        shorts(found["stops"]),
    )


def test_a_sole_actor_is_told_with_what_lies_downstream_and_what_stops() -> None:
    # f alone makes A and B; g and h share C. X is missing and passes on what comes.
    city = survey(
        "A>X>P  B>P  C>Q  Q>R",
        present="P Q R",
        firms={"f": "A B C", "g": "C"},
    )
    assert rule("c", city, hangs) == {
        "f": ("A B", "2 to 2 of 3", "P X", "P"),
        "firm-P": ("P", "1 to 1 of 1", "", ""),
        "firm-Q": ("Q", "1 to 1 of 1", "R", "R"),
        "firm-R": ("R", "1 to 1 of 1", "", ""),
    }


def test_the_sentence_of_a_sole_actor() -> None:
    gaps = rule("c", survey("A>B", firms={"f": "A"}), lambda g: g.what)
    assert gaps["f"].zh == (
        "只有“f”的节点 1 至 1 个（A）。下游 1 个末级节点；停产后 0 个节点上游不再有主体。"
    )
    assert gaps["f"].en == (
        '"f" is the only actor of 1 to 1 node(s) (A).'
        " 1 leaves lie downstream; 0 node(s) lose every actor upstream if it stops."
    )


def test_two_certain_actors_are_nobodys_dependence() -> None:
    assert rule("c", survey(firms={"f": "A", "g": "A"}), hangs) == {}


def test_a_possible_second_actor_makes_the_dependence_possible_only() -> None:
    city = survey(groups={"G": "A B"}, firms={"f": "A"}, listed={"g": "G"})
    # A has f for certain and g possibly; B has g possibly and nobody else.
    assert rule("c", city, hangs) == {
        "f": ("A", "0 to 1 of 1", "", ""),
        "g": ("B", "0 to 1 of 2", "", ""),
    }


def test_two_possible_actors_are_nobodys_dependence_either() -> None:
    assert rule("c", survey(groups={"G": "A"}, listed={"f": "G", "g": "G"}), hangs) == {}


def test_a_node_that_stopped_passes_on_nothing_though_it_is_supplied_from_elsewhere() -> None:
    city = survey("A>B>P D>B", present="D P", firms={"f": "A B"})
    assert rule("c", city, hangs)["f"] == ("A B", "2 to 2 of 2", "P", "P")


def test_a_dependence_rests_on_the_claims_of_that_actor_and_the_edges_of_its_nodes() -> None:
    city = survey("A>X", groups={"G": "A"}, firms={"f": "A"}, listed={"g": "G"})
    (gap,) = RULES["c"].find(city)
    assert [short(c.subject) for c in gap.claims] == ["f"]
    assert gap.edges == tuple(city.supply)


def test_a_laboratory_a_project_and_a_place_are_no_suppliers() -> None:
    city = survey(
        nodes="A B C",
        technologies="T",
        things=[thing("lab", "Institute"), thing("site", "Project")],
        claims=[
            claim("lab", "activeIn", "T"),
            claim("site", "makes", "A"),
            claim("city", "makes", "B"),
        ],
    )
    assert rule("c", city, hangs) == {}


def test_a_firm_found_by_a_check_is_an_actor() -> None:
    from gapgraphs import check

    city = survey("A>P", present="P", statements=[check("A", "present")])
    assert rule("c", city, hangs) == {
        "urn:kg:firm:found": ("A", "1 to 1 of 1", "P", "P"),
        "firm-P": ("P", "1 to 1 of 1", "", ""),
    }


def test_what_has_another_supply_does_not_stop() -> None:
    city = survey("A>P  B>P  B>X>Q  A>Q", present="P Q", firms={"f": "A", "g": "B", "h": "B"})
    assert rule("c", city, hangs)["f"] == ("A", "1 to 1 of 1", "P Q", "")


def test_supply_does_not_pass_through_the_node_that_stopped() -> None:
    # D stands before the node of f; what comes out of it goes through there and nowhere else.
    city = survey("D>A>P", present="P", firms={"f": "A", "g": "D", "h": "D"})
    assert rule("c", city, hangs)["f"] == ("A", "1 to 1 of 1", "P", "P")


def test_missing_nodes_in_a_circle_do_not_supply_each_other_out_of_nothing() -> None:
    city = survey("A>X>Y>X  Y>P", present="P", firms={"f": "A"})
    assert rule("c", city, hangs)["f"] == ("A", "1 to 1 of 1", "P X Y", "P")


def test_a_product_that_is_present_by_its_part_stops_with_it() -> None:
    city = survey("W>P", groups={"W": "A B"}, wholes="W", present="P", firms={"f": "A"})
    assert rule("c", city, hangs)["f"] == ("A", "1 to 1 of 1", "P", "P")
    assert after_the_stop(city, "f") == {"P"}


def after_the_stop(city: Survey, firm: str) -> set[str]:
    """The nodes with an actor upstream that have none once the firm is gone from the city."""
    left = suppose(city, [ACTOR + firm], [])
    upstream = [s.network.enter for s in (city, left)]
    before, after = (s.sides[True][0] for s in (city, left))
    return {
        short(i)
        for i, n in left.nodes.items()
        if n.presence in ("present", "possible")
        and before[upstream[0][i]]
        and not after[upstream[1][i]]
    }


def test_edges_at_groups_carry_the_dependence() -> None:
    city = survey("G>H", groups={"G": "A B", "H": "P Q"}, present="P Q", firms={"f": "A"})
    assert rule("c", city, hangs)["f"] == ("A", "1 to 1 of 1", "P Q", "P Q")


def test_a_dependence_is_the_same_finding_whichever_chains_are_asked_for() -> None:
    chains = {"one": "A", "two": "B"}
    whole = survey(chains=chains, firms={"f": "A B"})
    part = survey(chains=chains, firms={"f": "A B"}, scope="two")
    ids = [[g.id for g in RULES["c"].find(city)] for city in (whole, part)]
    assert ids[0] == ids[1]


# d: declared targets


def test_declared_targets_are_sorted_by_what_their_verb_asks_for() -> None:
    verbs = {
        "A": "recruit",
        "B": "breakthrough",
        "C": "develop",
        "D": "build",
        "E": "support",
        "F": "opportune",
        "G": "explore",
    }
    city = survey(nodes="X", targets=verbs)
    picked = rule("d", city, lambda g: (g.details["verb"], g.details["asks"], g.details["printed"]))
    assert picked == {
        "A": ("recruit", "recruit", ["recruit"]),
        "B": ("breakthrough", "technology", ["breakthrough"]),
        "C": ("develop", "develop", ["develop"]),
        "D": ("build", "develop", ["build"]),
        "E": ("support", "develop", ["support"]),
        "F": ("opportune", "watch", ["opportune"]),
        "G": ("explore", "watch", ["explore"]),
    }


def test_a_target_with_an_actor_certain_or_possible_is_no_gap_and_an_absent_one_is() -> None:
    city = survey(
        present="A", possible="B", absent="C", targets=dict.fromkeys("ABC", "develop"), nodes="D"
    )
    assert rule("d", city, lambda g: g.presence) == {"C": "absent"}


def test_of_several_verbs_the_strongest_counts_and_all_are_printed() -> None:
    wishes = [
        claim("city", "plans", "A", "planned", wishes=(PREFIXES["wish"] + verb,), wordings=(zh,))
        for verb, zh in (("explore", "探索"), ("recruit", "引进"), ("support", "支持"))
    ]
    city = survey(nodes="A", claims=[*wishes, claim("A", "attractedFrom", "B")])
    (gap,) = RULES["d"].find(city)
    assert (gap.details["verb"], sorted(gap.details["printed"])) == (
        "recruit",
        sorted(["探索", "引进", "支持"]),
    )
    assert len(gap.claims) == 3


def test_the_sentence_of_a_declared_target() -> None:
    (gap,) = RULES["d"].find(survey(targets={"A": "recruit"}))
    assert gap.what.zh == "规划对“A”的提法为引进（原文“recruit”），来源中未见主体：找目标企业。"
    assert gap.what.en == (
        'The plan wants to recruit "A" and no source names an actor: find the firm to recruit.'
    )


def wanted(name: str) -> dict[str, Any]:
    """A kind of firm that the city wants to recruit for A, from a region."""
    recruit = (PREFIXES["wish"] + "recruit",)
    return {
        "things": [thing(name, "Firm", generic=True), thing("bay", "Place")],
        "claims": [
            claim(name, "makes", "A", "target", wishes=recruit, wordings=("引进",)),
            claim(name, "attractedFrom", ACTOR + "bay", "target"),
        ],
    }


def test_a_kind_of_firm_that_is_wanted_declares_its_node_and_is_no_actor_of_it() -> None:
    city = survey(nodes="A B", **wanted("battery firms"))
    picked = rule("d", city, lambda g: (g.presence, g.details["verb"], shorts(g.details["from"])))
    assert picked == {"A": ("unseen", "recruit", "bay")}


def test_a_wish_of_somebody_without_a_name_is_a_wish_all_the_same() -> None:
    city = survey(nodes="A B", **wanted("battery firms"))
    del city.facts.things[ACTOR + "battery firms"]
    picked = rule("d", city, lambda g: g.details["verb"])
    assert picked.get("A", "recruit") == "recruit"


def test_a_target_for_a_whole_segment_counts_where_none_of_its_nodes_has_an_actor() -> None:
    verbs = dict.fromkeys("GHK", "breakthrough")
    groups = {"G": "A B", "H": "C D", "K": "E"}
    city = survey(groups=groups, possible="C", absent="K", targets=verbs)
    picked = rule("d", city, lambda g: (g.presence, g.position, g.details["asks"]))
    assert picked == {"G": ("unseen", "", "technology"), "K": ("absent", "", "technology")}


# e: innovation


def platform(name: str, *kinds: str, **more: Any) -> Thing:
    return thing(name, "Platform", kinds=tuple(PREFIXES["kind"] + k for k in kinds), **more)


def services(gap: Gap) -> tuple[str, str, str, str]:
    """Kinds that serve it for certain, possibly, not at all, and of these by plan only."""
    found = gap.details
    return tuple(  # type: ignore[return-value]
        " ".join(found[k]) for k in ("served", "possibly_served", "lacking", "planned_only")
    )


def test_each_kind_of_platform_is_looked_for_at_the_node_and_its_group() -> None:
    city = survey(
        groups={"G": "A B"},
        present="A",
        possible="B",
        nodes="C",
        things=[
            platform("lab", "rd"),
            platform("bench", "testing", "public"),
            platform("line", "pilot"),
            platform("nest", "incubation"),
        ],
        claims=[
            claim("lab", "serves", "A"),
            claim("bench", "serves", "G", "underway"),
            claim("line", "serves", "A", "planned"),
            claim("nest", "serves", "chain"),
        ],
    )
    # The incubator serves the industry as a whole: perhaps this node too. C has no actor and is no innovation gap.
    assert rule("e", city, lambda g: (services(g), span(g))) == {
        "A": (
            ("rd", "testing public incubation", "pilot", "pilot"),
            "1 to 4 of 5",
        ),
        "B": (
            ("", "testing public incubation", "rd pilot", ""),
            "0 to 3 of 5",
        ),
    }


def test_what_is_only_planned_is_said_so() -> None:
    city = survey(
        present="A",
        things=[platform("line", "pilot")],
        claims=[claim("line", "serves", "A", "planned")],
    )
    (gap,) = RULES["e"].find(city)
    assert (
        gap.what.zh == "“A”及其所在组未见这几类平台：研发、检测、中试（仅规划）、公共服务、孵化。"
    )
    assert gap.what.en == (
        'No platform of these kinds is seen for "A" or its group:'
        " R&D, testing, pilot (planned only), public service, incubation."
    )


def test_a_node_with_every_kind_of_platform_has_no_innovation_gap() -> None:
    every = platform("all", "rd", "testing", "pilot", "public", "incubation")
    city = survey(present="A", things=[every], claims=[claim("all", "serves", "A")])
    assert rule("e", city, services) == {}


def test_a_platform_without_a_kind_and_an_institute_serve_no_kind() -> None:
    city = survey(
        present="A",
        things=[platform("some"), thing("school", "University")],
        claims=[claim("some", "serves", "A"), claim("school", "serves", "A")],
    )
    assert rule("e", city, services)["A"] == ("", "", "rd testing pilot public incubation", "")


def test_an_idle_platform_is_one_all_of_whose_nodes_have_no_actor() -> None:
    city = survey(
        groups={"G": "C D"},
        present="A C",
        nodes="B E",
        things=[
            *(platform(f"for-{n}", "rd") for n in "ABGE"),
            platform("generic", "rd", generic=True),
            platform("wish", "rd"),
        ],
        claims=[
            claim("for-A", "serves", "A"),
            claim("for-A", "serves", "B"),
            claim("for-B", "serves", "B"),
            claim("for-B", "serves", "E"),
            claim("for-G", "serves", "G"),
            claim("for-E", "serves", "chain"),
            claim("generic", "serves", "B"),
            claim("wish", "serves", "B", "planned"),
        ],
    )
    idle = [g for g in RULES["e"].find(city) if g.details.get("idle")]
    assert [(short(g.node), shorts(g.details["nodes"]), span(g)) for g in idle] == [
        ("for-B", "B E", "0 to 0 of 2")
    ]


# f: feasibility


def parts(city: Survey, node: str) -> dict[str, tuple[float, float, int] | None]:
    found = rule("f", city, lambda g: g.details["components"])[node]
    return {k: c and (c["low"], c["high"], c["n"]) for k, c in found.items()}


NOTHING = {
    "inputs": None,
    "market": None,
    "skill": None,
    "institute": (0.0, 0.0, 0),
    "carrier": (0.0, 0.0, 0),
    "policy": None,
}


def test_what_does_not_apply_is_not_counted() -> None:
    (gap,) = RULES["f"].find(survey(nodes="X"))
    assert parts(survey(nodes="X"), "X") == NOTHING
    assert span(gap) == "0 to 0 of 2"


def test_inputs_are_the_share_of_direct_inputs_with_an_actor() -> None:
    city = survey("A>X B>X C~X D>A", present="A D", possible="B")
    assert parts(city, "X") == NOTHING | {"inputs": (0.3333, 0.6667, 3)}
    plan_only = survey("A>X B>X C~X", present="A", possible="B", plan_only=True)
    assert parts(plan_only, "X") == NOTHING | {"inputs": (0.5, 1.0, 2)}


def test_an_input_that_is_a_group_is_as_present_as_its_best_member() -> None:
    city = survey("G>X H>X", groups={"G": "A B", "H": "C D"}, present="A", possible="D")
    assert parts(city, "X") == NOTHING | {"inputs": (0.5, 1.0, 2)}


def test_inputs_and_outputs_of_the_group_count_for_its_members_and_membership_does_not() -> None:
    city = survey("P>G X>Q X>G", groups={"G": "X Y"}, present="P Q")
    both = {"inputs": (1.0, 1.0, 1), "market": (1.0, 1.0, 1)}
    assert parts(city, "X") == NOTHING | both
    assert parts(city, "Y") == NOTHING | {"inputs": (1.0, 1.0, 1)}


def test_a_market_outside_the_chain_counts_as_a_source_names_it() -> None:
    # The plan names M; N is what the field knows; Y is in the chain, and missing.
    city = survey("X>M X~N X>Y", markets="M N")
    assert parts(city, "X") == NOTHING | {"market": (0.3333, 0.6667, 3)}


def test_skill_is_the_nearest_set_of_technologies_at_a_node_with_an_actor() -> None:
    used = {"X": "S T", "P": "T U", "M": "S T", "Y": "S T"}
    uses = [claim(NODE + n, "uses", t) for n, row in used.items() for t in row.split()]
    city = survey(nodes="X Y", present="P", possible="M", technologies="S T U", claims=uses)
    # Jaccard: one of three with P, which is certain; both of two with M, which is possible; Y has no actor.
    assert parts(city, "X") == NOTHING | {"skill": (0.3333, 1.0, 2)}


@pytest.mark.parametrize(
    ("at", "status", "kind", "expected"),
    [
        ("X", "existing", "Institute", (1.0, 1.0, 1)),
        ("X", "underway", "Platform", (0.0, 1.0, 1)),
        ("X", "planned", "University", (0.0, 1.0, 1)),
        ("G", "existing", "Team", (1.0, 1.0, 1)),
        ("A", "existing", "Hospital", (1.0, 1.0, 1)),
        ("B", "existing", "Institute", (1.0, 1.0, 1)),
        ("C", "existing", "Institute", (0.0, 0.0, 0)),
        ("X", "target", "Institute", (0.0, 0.0, 0)),
        ("chain", "existing", "Institute", (0.0, 0.0, 0)),
        ("X", "existing", "Firm", (0.0, 0.0, 0)),
    ],
)
def test_an_institute_counts_at_the_node_its_group_or_a_direct_neighbour(
    at: str, status: str, kind: str, expected: tuple[float, float, int]
) -> None:
    city = survey(
        "B>A>X",
        groups={"G": "X"},
        things=[thing("lab", kind)],
        claims=[claim("lab", "concerns", at, status)],
    )
    assert parts(city, "X")["institute"] == expected


@pytest.mark.parametrize(
    ("at", "status", "expected"),
    [
        ("X", "existing", (1.0, 1.0, 1)),
        ("G", "existing", (1.0, 1.0, 1)),
        ("X", "planned", (0.0, 1.0, 1)),
        ("chain", "existing", (0.0, 1.0, 1)),
        ("Y", "existing", (0.0, 0.0, 0)),
    ],
)
def test_a_park_carries_the_nodes_of_its_direction(
    at: str, status: str, expected: tuple[float, float, int]
) -> None:
    city = survey(groups={"G": "X Y"}, claims=[claim("park", "carrierOf", at, status)])
    assert parts(city, "X")["carrier"] == expected


def test_policy_is_the_strength_of_the_verb_over_five() -> None:
    city = survey(targets={"A": "recruit", "B": "breakthrough", "C": "explore"})
    assert {n: parts(city, n)["policy"] for n in "ABC"} == {
        "A": (1.0, 1.0, 1),
        "B": (0.8, 0.8, 1),
        "C": (0.2, 0.2, 1),
    }


def test_the_interval_is_the_sum_of_what_applies() -> None:
    city = survey("A>X B>X", present="A", possible="B", targets={"X": "develop"})
    (gap,) = RULES["f"].find(city)
    assert span(gap) == "1.1 to 1.6 of 4"
    assert gap.what.en == (
        'What "X" can build on: inputs 0.5–1 (n=2), institute 0 (n=0), carrier 0 (n=0), policy 0.6 (n=1).'
    )


def test_claims_and_supply_edges_behind_the_components_are_told_apart() -> None:
    city = survey(
        "A>X",
        possible="A",
        targets={"X": "develop"},
        claims=[claim("park", "carrierOf", "X")],
    )
    (gap,) = RULES["f"].find(city)
    assert gap.edges == tuple(city.supply)
    assert [(short(c.subject), c.name) for c in gap.claims] == [
        ("park", "carrierOf"),
        ("city", "plans"),
    ]
    assert gap.position == "extendable"


# i: plan against evidence


def cells(gap: Gap) -> dict[str, tuple[str, str]]:
    return {k: (c["state"], shorts(c["actors"])) for k, c in gap.details["cells"].items()}


def test_each_declared_target_is_held_against_firm_platform_park_and_backing() -> None:
    city = survey(
        groups={"G": "A B"},
        nodes="C",
        targets={"A": "develop", "C": "explore"},
        firms={"mill": "A"},
        things=[platform("lab", "rd"), thing("park", "Park"), thing("fund", "Fund")],
        claims=[
            claim("lab", "serves", "G"),
            claim("park", "carrierOf", "A"),
            claim("fund", "supports", "A", "planned"),
        ],
    )
    assert rule("i", city, lambda g: (cells(g), span(g), g.details["no_legs"])) == {
        "A": (
            {
                "firm": ("present", "mill"),
                "platform": ("possible", "lab"),
                "park": ("present", "park"),
                "backing": ("possible", "fund"),
            },
            "2 to 4 of 4",
            False,
        ),
        "C": (
            dict.fromkeys(("firm", "platform", "park", "backing"), ("none", "")),
            "0 to 0 of 4",
            True,
        ),
    }


def test_a_target_without_legs_says_which_columns_are_empty() -> None:
    (gap,) = RULES["i"].find(survey(targets={"A": "recruit"}))
    assert gap.what.zh == "目标“A”（引进）未见依据的列：企业、平台、园区、人才与政策。"
    assert gap.what.en == (
        'Target "A" (recruit): columns without evidence: firm, platform, park, talent and policy.'
    )


def test_support_for_a_whole_industry_is_no_leg_of_one_target() -> None:
    city = survey(
        targets={"A": "develop"},
        things=[platform("lab", "rd")],
        claims=[claim("lab", "serves", "chain"), claim("lab", "plans", "A", "planned")],
    )
    assert rule("i", city, lambda g: g.details["no_legs"]) == {"A": True}


def test_every_finding_of_every_rule_says_what_it_rests_on() -> None:
    city = survey(
        "P>A>Q B>Q",
        present="P Q",
        targets={"A": "recruit"},
        things=[platform("idle", "rd")],
        claims=[claim("idle", "serves", "B")],
    )
    found = findings(city)
    assert {g.rule for g in found} == set(RULES)
    for gap in found:
        assert all(gap.what) and all(gap.overturned_by) and all(gap.next_check)
        assert gap.interval.n >= 0 and gap.chain == NODE + "chain" and gap.node
        assert gap.claims or gap.edges
    assert len({g.id for g in found}) == len(found)
