from datetime import date

import pytest

from kg.chain import build, industries
from kg.errors import KgError
from kg.facts import Facts
from kg.statements import make_statement

NODE = "https://w3id.org/cn-industry-chain/node/"
ACTOR = "https://w3id.org/cn-industry-chain/actor/"


def test_presence_follows_level_and_status(tiny_facts: Facts) -> None:
    chain = build(tiny_facts, NODE + "metals")
    # The mill makes foil; b and c are listed for the powders as a group; ore is only wished for.
    assert {n.thing.zh: n.presence for n in chain.nodes.values()} == {
        "矿石": "unseen",
        "铝箔": "present",
        "铝粉": "possible",
        "银粉": "possible",
    }


def test_completeness_is_an_interval_of_counts(tiny_facts: Facts) -> None:
    assert build(tiny_facts, NODE + "metals").completeness() == (1, 3, 4)


def test_rows_are_segments_and_cells_hold_nodes_by_stage(tiny_facts: Facts) -> None:
    chain = build(tiny_facts, NODE + "metals")
    assert [s.rpartition("/")[2] for s in chain.segments] == ["foils", "powders"]
    assert [n.thing.zh for n in chain.cell(NODE + "foils", "upstream")] == ["矿石"]
    assert [n.thing.zh for n in chain.cell(NODE + "powders", "midstream")] == ["铝粉", "银粉"]
    assert chain.cell(NODE + "powders", "upstream") == []


def test_a_firm_that_is_only_wished_for_is_in_no_chain(tiny_facts: Facts) -> None:
    chain = build(tiny_facts, NODE + "metals")
    assert chain.firms == [ACTOR + "mill", ACTOR + "firm-b", ACTOR + "firm-c"]


def test_a_wish_of_the_city_is_kept_beside_the_node(tiny_facts: Facts) -> None:
    chain = build(tiny_facts, NODE + "metals")
    assert [(c.status, c.wordings) for c in chain.nodes[NODE + "silver-powder"].wishes] == [
        ("planned", ("发展",))
    ]


def test_a_domain_edge_carries_its_origin_into_the_network(tiny_facts: Facts) -> None:
    network = build(tiny_facts, NODE + "metals").network()
    assert list(network.edges(data=True)) == [
        (
            NODE + "ore",
            NODE + "foil",
            {"predicate": "feedsInto", "origin": "domain", "status": "existing"},
        )
    ]


def test_industries_come_in_the_order_of_the_text_and_only_the_core_when_asked(
    tiny_facts: Facts,
) -> None:
    assert [i.zh for i in industries(tiny_facts, core=True)] == ["金属"]


def test_what_is_no_industry_is_refused_with_the_industries(tiny_facts: Facts) -> None:
    with pytest.raises(KgError) as fault:
        build(tiny_facts, ACTOR + "mill")
    assert "金属" in fault.value.next_step.zh


def test_a_part_of_a_chain_shows_what_the_whole_shows(facts: Facts) -> None:
    for industry in industries(facts, core=True):
        whole = build(facts, industry.iri)
        for segment in whole.segments:
            part = build(facts, segment)
            assert {i: n.presence for i, n in part.nodes.items()} == {
                i: whole.nodes[i].presence for i in part.nodes
            }


def test_a_laboratory_does_not_make_what_it_develops(facts: Facts) -> None:
    for industry in industries(facts, core=True):
        for node in build(facts, industry.iri).nodes.values():
            if node.thing.kind == "Product":
                kinds = {facts.things[c.subject].kind for c in node.present}
                assert kinds <= {"Firm", "Group"}


def test_a_check_of_something_that_the_data_does_not_have_changes_nothing(
    tiny_facts: Facts,
) -> None:
    checks = [
        make_statement(
            NODE + "gone", verdict, "走访", "张三", date(2026, 1, 1), date(2027, 1, 1), firm=firm
        )
        for verdict, firm in (("present", "某厂"), ("absent", ""))
    ]
    plain, checked = build(tiny_facts, NODE + "metals"), build(tiny_facts, NODE + "metals", checks)
    assert {i: n.presence for i, n in checked.nodes.items()} == {
        i: n.presence for i, n in plain.nodes.items()
    }
