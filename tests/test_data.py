"""What a careless reading gets wrong, and what the graph must hold."""

from __future__ import annotations

import networkx
import pytest

from kg.chain import build, industries
from kg.facts import Claim, Facts
from kg.names import resolve

SIX = [
    "先进材料",
    "先进装备制造",
    "现代轻工",
    "生物医药与健康",
    "电子信息制造",
    "大数据及软件信息服务",
]


@pytest.fixture(scope="module")
def named(facts: Facts) -> dict[str, str]:
    """Every Chinese name and alias → IRI."""
    found: dict[str, str] = {}
    for thing in facts.things.values():
        for name in (*thing.alts, thing.zh):
            found[name] = thing.iri
    for thing in facts.things.values():
        found[thing.zh] = thing.iri
    return found


def claims(
    facts: Facts, named: dict[str, str], subject: str, predicate: str, obj: str
) -> list[Claim]:
    return [
        c
        for c in facts.outgoing.get(named[subject], [])
        if c.name == predicate and c.object == named[obj]
    ]


def test_the_reading_is_exhaustive_and_no_sketch(facts: Facts) -> None:
    assert len(facts.things) >= 1_200
    assert sum(c.origin == "" for c in facts.claims) >= 2_000


def test_every_claim_has_a_place_or_a_basis(facts: Facts) -> None:
    assert [c for c in facts.claims if not c.sources and not (c.origin and c.basis)] == []


def test_every_thing_has_both_names_and_the_english_is_latin(facts: Facts) -> None:
    bare = [t.zh for t in facts.things.values() if not t.zh or not t.en]
    assert bare == []
    mixed = [t.en for t in facts.things.values() if any("\u4e00" <= c <= "\u9fff" for c in t.en)]
    # One body is known only by its short form; its English name says so.
    assert len(mixed) <= 1


def test_the_six_industries_and_the_further_fields(facts: Facts) -> None:
    assert [i.zh for i in industries(facts, core=True)] == SIX
    further = {t.zh for t in industries(facts) if t.scheme == "further"}
    assert {"现代农业", "林业经济", "民生科技", "绿色港航智能技术", "生态保护与绿色技术"} <= further


@pytest.mark.parametrize(
    "industry",
    SIX,
)
def test_a_chain_is_connected_from_its_inputs_to_its_markets(
    facts: Facts, named: dict[str, str], industry: str
) -> None:
    chain = build(facts, named[industry])
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for edge in chain.edges:
        graph.add_edge(edge.subject, edge.object)
    # An edge of a segment holds for what is below it.
    for iri in (*chain.segments, *chain.nodes):
        up = facts.things[iri].broader
        graph.add_edge(iri, up)
        graph.add_edge(up, iri)
    markets = {n for n in graph if n in facts.things and facts.things[n].kind == "Application"}
    inputs = {i for i, n in chain.nodes.items() if n.stage == "upstream"}
    assert markets and inputs
    loose = [
        chain.nodes[i].thing.zh for i in inputs if not markets & networkx.descendants(graph, i)
    ]
    assert loose == []


def test_a_list_of_firms_beside_a_list_of_products_is_never_multiplied_out(
    facts: Facts, named: dict[str, str]
) -> None:
    for firm in ("衡光新材料", "三本化学", "自由能"):
        (claim,) = claims(facts, named, firm, "activeIn", "化工新材料")
        assert (claim.level, claim.status) == ("group", "existing")
        for product in ("油墨", "胶粘剂", "树脂"):
            assert not claims(facts, named, firm, "makes", product)
    (wish,) = claims(facts, named, "韶关市", "plans", "油墨")
    assert (wish.status, wish.wordings) == ("planned", ("重点发展",))


def test_what_is_made_strong_exists_at_product_level(facts: Facts, named: dict[str, str]) -> None:
    (foil,) = claims(facts, named, "东阳光集团", "makes", "铝箔")
    assert (foil.level, foil.status) == ("product", "existing")


def test_a_shared_head_is_given_to_each(named: dict[str, str]) -> None:
    parks = [n for n in named if "农业科技园" in n and ("曲江" in n or "翁源" in n)]
    assert any("曲江" in p for p in parks) and any("翁源" in p for p in parks)


def test_misprints_are_alternative_names_with_a_note(facts: Facts, named: dict[str, str]) -> None:
    smelter = facts.things[named["韶关冶炼厂"]]
    assert {"韶冶", "韶冶冶炼厂"} <= set(smelter.alts)
    assert named["丹霞冶炼厂冶"] == named["丹霞冶炼厂"]


def test_group_and_subsidiary_institute_and_project_stay_apart(named: dict[str, str]) -> None:
    group = named["东阳光集团"]
    for other in ("乳源东阳光磁性材料有限公司", "韶关东阳光科技研发有限公司"):
        assert named[other] != group
    assert named["广东碳中和研究院"] != named["广东碳中和研究所"]
    assert named["华韶数谷"] != named["华韶数谷数字产业园"]


def test_wished_for_is_not_there(facts: Facts, named: dict[str, str]) -> None:
    for product in ("高精度铜带", "铜合金引线框架"):
        (claim,) = claims(facts, named, "韶关市", "plans", product)
        assert (claim.status, claim.wordings) == ("target", ("突破发展",))


def test_the_table_has_ten_rows_and_its_second_is_three_indicators(facts: Facts) -> None:
    rows: dict[str, set[str]] = {}
    for figure in facts.figures:
        for source in figure.sources:
            local = source.rpartition("/")[2]
            if local.startswith("1-2-table-p") and figure.period in ("2020", "2025"):
                rows.setdefault(local, set()).add(figure.indicator)
    assert sorted(len(v) for v in rows.values()) == [1] * 9 + [3]


@pytest.mark.parametrize(
    ("indicator", "period", "values"),
    [
        ("高技术制造业增加值", "2025", {"46.7", "47"}),
        ("高技术制造业增加值", "2020", {"23.34"}),
        ("公民具备科学素质比例", "2025", {"16"}),
        ("人才发展指数", "2020", {"73.01"}),
        ("技术合同成交额", "2025", {"1.32"}),
    ],
)
def test_figures_are_as_printed(
    facts: Facts, named: dict[str, str], indicator: str, period: str, values: set[str]
) -> None:
    found = {
        f.printed for f in facts.figures if f.indicator == named[indicator] and f.period == period
    }
    assert found == values


def test_the_plan_says_itself_what_is_lacking(facts: Facts) -> None:
    lacking = {facts.things[c.object].zh for c in facts.claims if c.name == "lacks"}
    assert {"国家级创新平台", "龙头高新技术企业"} <= lacking


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("韶钢", "广东韶关钢铁有限公司"),
        ("韶冶", "韶关冶炼厂"),
        ("东阳光", "东阳光集团"),
        ("中科院", "中国科学院"),
        ("高新区", "韶关高新区"),
    ],
)
def test_short_forms_lead_to_their_body(
    graph: object, named: dict[str, str], short: str, full: str
) -> None:
    assert resolve(graph, short) == named[full]  # type: ignore[arg-type]
