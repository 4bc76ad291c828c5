"""Faulty data: it is named, with what to do, and everything is still answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from gapgraphs import NODE, TODAY, Survey, by_node, check, claim, short, shorts, survey

from kg.errors import Finding, KgError
from kg.gaps import RULES, close, findings, open_survey, problems, rules_named
from kg.gaps.problems import circles
from kg.graph import LocalGraph, load_files
from kg.words import Words

FAULTS = ROOT / "tests" / "graphs" / "gaps-faults.ttl"


@pytest.fixture
def faulty() -> LocalGraph:
    return load_files([FAULTS])


@pytest.fixture
def sound(tmp_path: Path) -> LocalGraph:
    """A graph without a fault, for what is wrong with the statements only."""
    file = tmp_path / "empty.ttl"
    file.write_text("", "utf-8")
    return load_files([file])


def test_every_fault_is_named_with_its_place_and_the_next_step(faulty: LocalGraph) -> None:
    assert problems(open_survey(faulty, TODAY), faulty) == [
        Finding(
            "warning",
            "circle",
            NODE + "casting",
            Words(
                "供给关系成环：铸造、轧制、冶炼。",
                "Supply goes in a circle: Casting, Rolling, Smelting.",
            ),
            Words(
                "核对这些 ic:feedsInto；结果仍按环内节点互相可达计算。",
                "Check these ic:feedsInto; the answer treats the nodes of the circle as reaching each other.",
            ),
        ),
        Finding(
            "warning",
            "two-chains",
            NODE + "scrap",
            Words(
                "“废料”有两个上级：金属、茶；按第一个计算。",
                '"Scrap" has two parents: Metals, Tea; the first is used.',
            ),
            Words("只留一个 skos:broader。", "Keep one skos:broader."),
        ),
        Finding(
            "warning",
            "no-edges",
            NODE + "tea",
            Words(
                "链“茶”没有供给关系：位置、补环与咽喉无从计算，均按“整链未见”。",
                'The chain "Tea" has no supply edges: no position, route or choke point can be told.',
            ),
            Words(
                "补充 ic:feedsInto，或不用 --plan-only。",
                "Add ic:feedsInto, or leave out --plan-only.",
            ),
        ),
        Finding(
            "warning",
            "target-names-nothing",
            NODE + "unheard-of",
            Words(
                f"“本市”的目标没有指向图谱中的对象：{NODE}unheard-of。",
                f'A target of "The city" names nothing in the graph: {NODE}unheard-of.',
            ),
            Words("改正 rdf:object，或补上该对象。", "Correct rdf:object, or add the thing."),
        ),
    ]


def test_a_faulty_graph_is_answered_all_the_same(faulty: LocalGraph) -> None:
    city = open_survey(faulty, TODAY)
    assert {short(i): c.completeness() for i, c in city.chains.items()} == {
        "metals": (1, 1, 5),
        "tea": (0, 0, 1),
    }
    assert by_node(RULES["b"].find(city), lambda g: (short(g.chain), g.position)) == {
        "foil": ("metals", "extendable"),
        "leaves": ("tea", "isolated"),
        "rolling": ("metals", "break"),
        "scrap": ("metals", "isolated"),
        "smelting": ("metals", "break"),
    }
    route = close(city, NODE + "smelting", NODE + "foil")
    assert route and (shorts(route.path), route.cost) == ("smelting casting rolling foil", 3.0)
    assert {g.rule for g in findings(city)} >= {"a", "b", "b2", "c", "f", "g", "h"}


def test_nodes_of_a_circle_are_named_and_those_outside_it_are_not() -> None:
    city = survey("P>A>B>A  C>D>E>C  E>F", nodes="G")
    assert [shorts(c) for c in sorted(circles(city))] == ["A B", "C D E"]
    assert circles(survey("A>B>C  A>C")) == []


def test_a_circle_that_closes_over_a_group_is_a_circle() -> None:
    city = survey("G>A>B", groups={"G": "B C"})
    assert [shorts(c) for c in circles(city)] == ["A B"]


def test_two_ways_from_a_group_are_no_circle() -> None:
    assert circles(survey("A>G  G>D", groups={"G": "B C"})) == []


def test_a_claim_of_somebody_without_a_name_does_not_stop_the_survey(tmp_path: Path) -> None:
    file = tmp_path / "nameless.ttl"
    text = FAULTS.read_text("utf-8").replace(
        'actor:mill a ic:Firm ; skos:prefLabel "甲厂"@zh , "The mill"@en ;', "actor:mill"
    )
    file.write_text(text, "utf-8")
    city = open_survey(load_files([file]), TODAY)
    assert city.chains[NODE + "metals"].completeness() == (0, 0, 5)


def test_a_chain_is_without_edges_where_plan_only_leaves_none(sound: LocalGraph) -> None:
    assert problems(survey("A~B"), sound) == []
    (found,) = problems(survey("A~B", plan_only=True), sound)
    assert (found.rule, found.place) == ("no-edges", NODE + "chain")


def test_only_chains_that_were_asked_for_are_reported_as_without_edges(sound: LocalGraph) -> None:
    chains = {"one": "A B", "two": "C"}
    whole = problems(survey("A>B", chains=chains), sound)
    assert [(f.rule, short(f.place)) for f in whole] == [("no-edges", "two")]
    assert problems(survey("A>B", chains=chains, scope="one"), sound) == []


# Statements


def told(city: Survey, graph: LocalGraph) -> list[tuple[str, str, str]]:
    return [(f.level, f.rule, f.what.en) for f in problems(city, graph)]


def test_a_statement_that_expires_changes_the_list_back_and_it_is_said_why(
    sound: LocalGraph,
) -> None:
    statement = check("B", until=TODAY)
    then = survey("A>B", statements=[statement])
    later = survey("A>B", statements=[statement], today=TODAY + timedelta(days=1))
    before = by_node(RULES["a"].find(then), lambda g: (g.id, g.presence))
    after = by_node(RULES["a"].find(later), lambda g: (g.id, g.presence))
    assert (before["B"][1], after["B"][1]) == ("absent", "unseen")
    # The same finding under the same number, with another presence.
    assert before["B"][0] == after["B"][0]
    assert told(then, sound) == []
    assert told(later, sound) == [
        (
            "note",
            "statement-expired",
            'The check of "B" (2026-07-01) expired on 2026-11-24 and no longer counts.',
        )
    ]


def test_a_firm_found_by_a_check_is_forgotten_when_the_check_expires(sound: LocalGraph) -> None:
    statement = check("B", "present", until=TODAY - timedelta(days=1))
    city = survey("A>B", statements=[statement])
    assert city.nodes[NODE + "B"].presence == "unseen"
    assert [rule for _, rule, _ in told(city, sound)] == ["statement-expired"]


def test_a_statement_for_a_part_of_the_city_closes_nothing_and_it_is_said_why(
    sound: LocalGraph,
) -> None:
    city = survey("A>B", statements=[check("B", region=NODE + "county")])
    assert city.nodes[NODE + "B"].presence == "unseen"
    assert told(city, sound) == [
        (
            "note",
            "statement-region",
            f'The check of "B" covers {NODE}county only and does not close the city.',
        )
    ]


def test_a_firm_found_in_a_part_of_the_city_is_in_the_city(sound: LocalGraph) -> None:
    city = survey("A>B", statements=[check("B", "present", region=NODE + "county")])
    assert (city.nodes[NODE + "B"].presence, told(city, sound)) == ("present", [])


def test_a_statement_against_a_source_is_a_contradiction_and_the_node_stays_present(
    sound: LocalGraph,
) -> None:
    city = survey("A>B", present="B", statements=[check("B")])
    assert city.nodes[NODE + "B"].presence == "present"
    assert told(city, sound) == [
        (
            "warning",
            "statement-contradicts",
            '"B" was checked as absent while a source or another check names an actor; both are kept, it counts as present.',
        )
    ]


def test_two_statements_against_each_other_are_a_contradiction_in_either_order(
    sound: LocalGraph,
) -> None:
    both = [check("B"), check("B", "present")]
    for statements in (both, both[::-1]):
        city = survey("A>B", statements=statements)
        assert city.nodes[NODE + "B"].presence == "present"
        assert [rule for _, rule, _ in told(city, sound)] == ["statement-contradicts"]


def test_a_firm_in_a_group_contradicts_that_there_is_none_in_the_group(sound: LocalGraph) -> None:
    city = survey("A>B", groups={"G": "B C"}, present="B", statements=[check("G")])
    assert {short(i): n.presence for i, n in city.nodes.items()} == {
        "A": "unseen",
        "B": "present",
        "C": "absent",
    }
    assert [rule for _, rule, _ in told(city, sound)] == ["statement-contradicts"]


def test_a_statement_closes_what_was_only_listed_for_the_group(sound: LocalGraph) -> None:
    city = survey("A>B", groups={"G": "B C"}, listed={"f": "G"}, statements=[check("B")])
    assert {short(i): n.presence for i, n in city.nodes.items()} == {
        "A": "unseen",
        "B": "absent",
        "C": "possible",
    }
    assert told(city, sound) == []


def test_a_statement_about_no_node_is_named(sound: LocalGraph) -> None:
    city = survey("A>B", statements=[check("nowhere")])
    (found,) = problems(city, sound)
    assert (found.level, found.rule) == ("warning", "statement-names-nothing")
    assert NODE + "nowhere" in found.what.en


def test_a_fault_of_a_statement_is_placed_in_its_file(sound: LocalGraph) -> None:
    late = check("B", until=TODAY - timedelta(days=1))
    rows = [check("nowhere"), late, check("B", region=NODE + "county"), check("A")]
    kept = [replace(s, path=f"statements/{n}.ttl") for n, s in enumerate(rows)]
    city = survey("A>B", present="A", statements=kept)
    assert [f.place for f in problems(city, sound)] == [s.path for s in kept]
    assert [f.place for f in problems(replace(city, statements=rows), sound)] == [
        s.id for s in rows
    ]


def test_a_statement_of_tomorrow_does_not_count_yet(sound: LocalGraph) -> None:
    city = survey("A>B", statements=[check("B")], today=date(2026, 6, 30))
    assert city.nodes[NODE + "B"].presence == "unseen"


def test_an_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(KgError) as fault:
        rules_named(["a", "z"])
    assert "z" in fault.value.what.en
    assert all(rule.name in fault.value.next_step.en for rule in RULES.values())
    assert [r.id for r in rules_named(["close", "b′", "a"])] == ["a", "b2"]


def test_a_park_may_be_named_by_a_claim_that_only_wishes_for_it() -> None:
    city = survey("A>B", claims=[claim("park", "carrierOf", "B", "target")])
    assert [short(g.node) for g in RULES["a"].find(city)] == ["A", "B"]
