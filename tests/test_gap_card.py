"""The gap card: whole cards of a small city, what every card of the real plan has, and the examples of the help."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import kg
from gapgraphs import ACTOR, NODE, check, claim, survey, thing

from kg.cli.surveying import terms
from kg.facts import unique
from kg.gaps import RULES, Gap, Survey, findings, open_survey
from kg.gaps.card import Field, card
from kg.gaps.feasibility import Skills
from kg.gaps.telling import Teller
from kg.graph import LocalGraph

# The fields of the method page in its order; what stands between them is the product's own.
FIELDS = [
    "id",
    "node",
    "rule",
    "claims",
    "actors",
    "neighbours",
    "profile",
    "candidates",
    "carriers",
    "institutes",
    "policy",
    "feasibility",
    "uncertainty",
    "next_check",
    "responsible",
    "state",
]
CHINESE = re.compile("[：（）；、，。]")


@pytest.fixture(scope="module")
def real(graph: LocalGraph) -> Survey:
    return open_survey(graph, date(2026, 11, 24))


@pytest.fixture(scope="module")
def found(real: Survey) -> list[Gap]:
    return findings(real)


def lines(fields: list[Field]) -> dict[str, list[str]]:
    return {f.key: list(f.lines) for f in fields}


def small(city: Survey, rule: str, node: str, lang: str = "zh") -> dict[str, list[str]]:
    gap = next(g for g in RULES[rule].find(city) if g.node.endswith("/" + node))
    return lines(card(Teller(city, RULES, {}, lang), gap))


def test_card_of_a_node_between_actors() -> None:
    """B is missing; A upstream has a certain firm and one being built, C downstream one that a check found."""
    city = survey(
        "A>B~C",
        targets={"B": "breakthrough"},
        firms={"mill": "A"},
        claims=[
            claim("new-mill", "makes", "A", "underway"),
            claim("park", "carrierOf", "B"),
            claim("lab", "develops", "B", "underway"),
            claim("fund", "serves", "B"),
        ],
        things=[thing("park", "Park"), thing("lab", "Institute"), thing("fund", "Fund")],
        statements=[check("C", "present")],
    )
    told = small(city, "b", "B")
    assert told["edges"] == ["A → B：规划", "B → C：行业常识（工艺）"]
    assert told["actors"] == ["来源中未见"]
    assert told["neighbours"] == [
        "上游 · A · 有：mill",
        "上游 · A · 或有：new-mill",
        "下游 · C · 有：found（2026-07-01 · register）",
    ]
    assert told["profile"] == [
        "产品：B",
        "需要的投入：A",
        "去向：C",
        "规划提法：突破（breakthrough）",
    ]
    assert [x.split(" ")[0] for x in told["carriers"]] == ["park", "用地待核。"]
    assert [x.split(" ")[0] for x in told["institutes"]] == ["lab"]
    assert [x.split(" ")[0] for x in told["policy"]] == ["city", "fund"]
    assert told["feasibility"] == [
        "投入：1–1（n=1）",
        "市场：1–1（n=1）",
        "技术：不适用",
        "院所：0–1（n=1）",
        "载体：1–1（n=1）",
        "政策：0.8–0.8（n=1）",
    ]
    english = small(city, "b", "B", "en")
    assert english["neighbours"] == [
        "Upstream · A · present: mill",
        "Upstream · A · possible: new-mill",
        "Downstream · C · present: found (2026-07-01 · register)",
    ]
    assert english["edges"] == ["A → B: the plan", "B → C: domain knowledge (the process)"]


def test_card_of_a_segment_is_as_full_as_that_of_a_node() -> None:
    city = survey(
        "A>S S>Z",
        groups={"S": "x y"},
        targets={"S": "recruit"},
        absent="y",
        present="A",
        possible="Z",
        claims=[claim("park", "carrierOf", "S"), claim("lab", "develops", "x")],
        things=[thing("park", "Park"), thing("lab", "Institute")],
    )
    told = small(city, "d", "S")
    assert told["node"] == ["chain / S"]
    assert told["below"] == ["未见（n=1）：x", "确认无（n=1）：y"]
    assert told["neighbours"] == ["上游 · A · 有：firm-A", "下游 · Z · 或有：built-Z"]
    assert told["profile"] == ["环节：S", "需要的投入：A", "去向：Z", "规划提法：引进（recruit）"]
    assert [x.split(" ")[0] for x in told["carriers"]] == ["park", "用地待核。"]
    assert [x.split(" ")[0] for x in told["institutes"]] == ["lab"]
    assert [x.split(" ")[0] for x in told["policy"]] == ["city"]
    assert told["feasibility"][-1] == "政策：1–1（n=1）"
    # The group is a node of the card only, never of the count.
    assert NODE + "S" not in city.nodes


def test_actors_of_a_segment_are_those_of_its_nodes_and_of_the_group() -> None:
    city = survey(
        groups={"S": "x y z"},
        targets={"S": "develop"},
        firms={"mill": "x"},
        possible="y",
        listed={"co": "S"},
    )
    gap = next(g for g in RULES["a"].find(survey(nodes="S2", targets={"S2": "develop"})))
    gap = replace(gap, node=NODE + "S", chain=NODE + "chain", claims=())
    told = lines(card(Teller(city, RULES, {}, "zh"), gap))
    assert told["actors"][0] == "有：mill"
    assert set(told["actors"][1].removeprefix("或有：").split("、")) == {"built-y", "co"}
    assert told["below"] == ["有（n=1）：x", "或有（n=2）：y、z"]


def test_card_of_an_actor_says_what_cannot_be_asked() -> None:
    city = survey("A>B", firms={"mill": "A B"})
    told = small(city, "c", "mill")
    assert told["actors"] == ["mill"]
    assert told["carriers"] == ["不适用：本条是关于主体的"]
    assert [f for f in told if f in FIELDS] == FIELDS


def test_a_long_list_of_claims_is_never_cut() -> None:
    city = survey(firms={f"f{n}": "A" for n in range(30)})
    told = small(city, "e", "A")
    assert [x.split(" ")[0] for x in told["claims"]] == sorted(f"f{n}" for n in range(30))
    assert all(f"f{n}" in told["actors"][0] for n in range(30))


def test_every_card_of_the_plan_has_every_field_claim_and_edge(
    graph: LocalGraph, real: Survey, found: list[Gap]
) -> None:
    for lang in ("zh", "en"):
        teller, skills = Teller(real, RULES, terms(graph, real, lang), lang), Skills(real)
        colon = ": " if lang == "en" else "："
        for gap in found:
            fields = card(teller, gap, None, skills)
            told = lines(fields)
            assert [k for k in told if k in FIELDS] == FIELDS, gap.id
            assert all(told.values()) and len(told) == len(fields), gap.id
            claims, edges = unique(gap.claims), unique(gap.edges)
            assert len(told["claims"]) == max(1, len(claims)), gap.id
            for c, line in zip(claims, told["claims"], strict=False):
                for part in (teller.label(c.subject), teller.label(c.object), *teller.places([c])):
                    assert part in line, gap.id
            assert len(told["edges"]) == max(1, len(edges)), gap.id
            for c, line in zip(edges, told["edges"], strict=False):
                ends = f"{teller.label(c.subject)} → {teller.label(c.object)}{colon}"
                behind = [c.basis.pick(lang)] if c.origin else teller.places([c])
                assert line.startswith(ends) and behind, gap.id
                assert all(x and x in line for x in behind), gap.id
            if lang == "en":
                wide = [x for f in fields for x in f.lines if CHINESE.search(x)]
                assert wide == [], gap.id


def test_neighbours_of_the_plan_name_actors_with_places(
    graph: LocalGraph, real: Survey, found: list[Gap]
) -> None:
    teller = Teller(real, RULES, terms(graph, real, "zh"), "zh")
    gap = next(g for g in found if g.id == "d-0d5b7ebe")
    field = next(f for f in card(teller, gap) if f.key == "neighbours")
    wanted = {a for i in field.iris if i in real.nodes for a in real.actors_of(i, possible=True)}
    assert wanted and wanted <= set(field.iris)
    assert all(i.startswith((ACTOR, NODE)) for i in field.iris)
    assert all("第五章" in line for line in field.lines)


def test_command_prints_the_letter_and_each_language(tmp_path: Path) -> None:
    printed = kg("gaps", "先进材料", "--rule", "b2", "--format", "csv", "-q").out
    gap_id = printed.splitlines()[1].split(",")[0]
    assert gap_id.startswith("b2-")
    zh, en = kg("gap", gap_id), kg("gap", gap_id, "--lang", "en")
    assert zh.code == en.code == 0
    assert "\n  b′ " in zh.out and "\n  b′ " in en.out
    assert "\n供给关系\n" in zh.out and "\nSupply edges\n" in en.out


@pytest.mark.parametrize("command", ["gap", "gaps", "close", "what-if", "compare"])
def test_examples_of_the_help_run(command: str, tmp_path: Path) -> None:
    told = kg(command, "--help").out
    examples = [x.strip() for x in told.partition("Examples:")[2].splitlines()]
    # A remark stands behind two blanks.
    typed = [re.split(r"\s{2,}", x)[0] for x in examples if x.startswith("kg ")]
    assert typed
    for line in typed:
        ran = kg(*shlex.split(line)[1:], cwd=tmp_path)
        assert ran.code in (0, 1), (line, ran.err)
