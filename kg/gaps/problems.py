"""What is wrong with the data that the rules start from. Everything is still answered; this says how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import Finding
from kg.gaps.network import components
from kg.gaps.survey import Survey
from kg.graph import Graph
from kg.words import Words


def problems(survey: Survey, graph: Graph) -> list[Finding]:
    """Circles of supply, nodes of two chains, chains without edges, targets that name no node, and statements that have
    expired, name no node, or contradict a source; in this order.
    """
    return [
        *_circles(survey),
        *_two_parents(survey, graph),
        *_no_edges(survey),
        *_targets(survey),
        *_statements(survey),
    ]


def circles(survey: Survey) -> list[list[str]]:
    """Groups of nodes that feed into each other in a circle."""
    net = survey.network
    _, parts = components(net.after)
    return [nodes for part in parts if len(part) > 1 and (nodes := net.nodes(part))]


def _circles(survey: Survey) -> Iterable[Finding]:
    for nodes in sorted(circles(survey)):
        names = survey.names(nodes[:8])
        yield Finding(
            "warning",
            "circle",
            nodes[0],
            Words(f"供给关系成环：{names.zh}。", f"Supply goes in a circle: {names.en}."),
            Words(
                "核对这些 ic:feedsInto；结果仍按环内节点互相可达计算。",
                "Check these ic:feedsInto; the answer treats the nodes of the circle as reaching each other.",
            ),
        )


def _two_parents(survey: Survey, graph: Graph) -> Iterable[Finding]:
    rows = graph.texts(
        "SELECT DISTINCT ?n ?a ?b WHERE { ?n skos:broader ?a, ?b . FILTER(STR(?a) < STR(?b)) } ORDER BY ?n ?a ?b"
    )
    for n, a, b in rows:
        zh, en = survey.names((a, b))
        yield Finding(
            "warning",
            "two-chains",
            n,
            Words(
                f"“{survey.label(n, 'zh')}”有两个上级：{zh}；按第一个计算。",
                f'"{survey.label(n, "en")}" has two parents: {en}; the first is used.',
            ),
            Words("只留一个 skos:broader。", "Keep one skos:broader."),
        )


def _no_edges(survey: Survey) -> Iterable[Finding]:
    ends = {i for c in survey.supply for i in (c.subject, c.object)}
    for iri, chain in survey.selected.items():
        if ends.isdisjoint(chain.nodes) and ends.isdisjoint(chain.segments):
            yield Finding(
                "warning",
                "no-edges",
                iri,
                Words(
                    f"链“{survey.label(iri, 'zh')}”没有供给关系：位置、补环与咽喉无从计算，均按“整链未见”。",
                    f'The chain "{survey.label(iri, "en")}" has no supply edges: no position, route or choke point can be told.',
                ),
                Words(
                    "补充 ic:feedsInto，或不用 --plan-only。",
                    "Add ic:feedsInto, or leave out --plan-only.",
                ),
            )


def _targets(survey: Survey) -> Iterable[Finding]:
    for claim in survey.facts.claims:
        if (claim.wishes or claim.status == "target") and claim.object not in survey.facts.things:
            yield Finding(
                "warning",
                "target-names-nothing",
                claim.object,
                Words(
                    f"“{survey.label(claim.subject, 'zh')}”的目标没有指向图谱中的对象：{claim.object}。",
                    f'A target of "{survey.label(claim.subject, "en")}" names nothing in the graph: {claim.object}.',
                ),
                Words("改正 rdf:object，或补上该对象。", "Correct rdf:object, or add the thing."),
            )


def _statements(survey: Survey) -> Iterable[Finding]:
    for s in survey.statements:
        name = Words(survey.label(s.scope, "zh"), survey.label(s.scope, "en"))
        if s.scope not in survey.chain_of:
            yield Finding(
                "warning",
                "statement-names-nothing",
                s.path or s.id,
                Words(
                    f"核查 {s.id} 的节点不在图谱中：{s.scope}。",
                    f"The check {s.id} names no chain node: {s.scope}.",
                ),
                Words(
                    "用 kg find 查出节点后重新记录。",
                    "Look the node up with kg find and record it again.",
                ),
            )
        elif s.state(survey.today) == "expired":
            yield Finding(
                "note",
                "statement-expired",
                s.path or s.id,
                Words(
                    f"“{name.zh}”的核查（{s.checked_on}）已于 {s.valid_until} 到期，不再计入。",
                    f'The check of "{name.en}" ({s.checked_on}) expired on {s.valid_until} and no longer counts.',
                ),
                Words(
                    "重新核查并用 kg confirm 记录。", "Check again and record it with kg confirm."
                ),
            )
        elif s.state(survey.today) == "future":
            yield Finding(
                "note",
                "statement-future",
                s.path or s.id,
                Words(
                    f"“{name.zh}”的核查日 {s.checked_on} 在今天（{survey.today}）之后，尚不计入。",
                    f'The check of "{name.en}" is dated {s.checked_on}, after today ({survey.today}): it does not count yet.',
                ),
                Words("核对日期。", "Check the date."),
            )
        elif s.state(survey.today) == "partial":
            yield Finding(
                "note",
                "statement-region",
                s.path or s.id,
                Words(
                    f"“{name.zh}”的核查只覆盖{survey.label(s.region, 'zh')}，不能说明全市没有。",
                    f'The check of "{name.en}" covers {survey.label(s.region, "en")} only and does not close the city.',
                ),
                Words("核查全市后再记录。", "Check the whole city and record that."),
            )
        elif s.verdict == "absent" and survey.strength(s.scope) == "present":
            yield Finding(
                "warning",
                "statement-contradicts",
                s.path or s.id,
                Words(
                    f"“{name.zh}”核查为无，而来源或另一次核查写明已有主体；两者都保留，按“有”计。",
                    f'"{name.en}" was checked as absent while a source or another check names an actor; both are kept, it counts as present.',
                ),
                Words(
                    "核对来源与核查，撤回有误的一项。",
                    "Compare the source and the check, and retract the wrong one.",
                ),
            )
