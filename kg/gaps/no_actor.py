"""Rule a: leaves of a chain in which no source names an actor."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gaps.finding import Gap, Rule
from kg.gaps.survey import Survey
from kg.words import Words


def find(survey: Survey) -> Iterable[Gap]:
    """链上的末级节点（产品、技术、服务），在全部来源中既没有产品级的现有主体，也没有按产业组列名的或规划中的主体：未见；
    经有效核查覆盖的：确认无。公式：末级节点 ∈ M，M = 未见 ∪ 确认无。

    A leaf of the chain (product, technology, service) for which no source names an existing actor at product level,
    nor one listed for its group, nor one that is planned: unseen; where a valid check covers it: confirmed absent.
    Formula: leaf ∈ M, M = unseen ∪ absent.
    """
    for node in survey.missing:
        label = Words(node.thing.label("zh"), node.thing.label("en"))
        checks = [c for c in node.checks if c.verdict == "absent"]
        late = [
            s
            for s in survey.statements
            if s.state(survey.today) == "expired"
            and s.scope in (node.iri, *survey.facts.ancestors(node.iri))
        ]
        if checks:
            last = max(checks, key=lambda s: s.checked_on)
            what = Words(
                f"“{label.zh}”确认无主体：{last.checked_on} 以“{last.method}”核查，有效至 {last.valid_until}。",
                f'"{label.en}" has no actor: checked on {last.checked_on} by "{last.method}", valid until {last.valid_until}.',
            )
        else:
            n = len(survey.sources)
            what = Words(
                f"已收录的 {n} 个来源中未见“{label.zh}”的主体。",
                f'No actor of "{label.en}" is seen in the {n} source(s) read.',
            )
            for old in late:
                what = Words(
                    f"{what.zh}{old.checked_on} 的核查已于 {old.valid_until} 到期。",
                    f"{what.en} The check of {old.checked_on} expired on {old.valid_until}.",
                )
        industry = survey.chain_of[node.iri]
        yield Gap(
            "a",
            industry,
            node.iri,
            node.presence,
            survey.position(node.iri, True),
            survey.completeness(industry),
            what,
            Words(
                f"任一来源写明某企业生产或从事“{label.zh}”，或核查找到一家：kg confirm {label.zh} --present --firm 企业 --method 方法 --by 姓名。",
                f'A source that names a firm making "{label.en}", or a check that finds one: kg confirm "{label.en}" --present --firm FIRM --method HOW --by WHO.',
            ),
            next_check(survey, node.iri),
            tuple(survey.around(node.iri)),
            tuple(survey.edge_claims(node.iri)),
            {
                "checks": [
                    {
                        "verdict": c.verdict,
                        "on": str(c.checked_on),
                        "until": str(c.valid_until),
                        "method": c.method,
                        "by": c.by,
                        "valid": c.valid(survey.today),
                    }
                    for c in [*node.checks, *late]
                ],
            },
        )


def next_check(survey: Survey, iri: str) -> Words:
    """What the officer does next: asks the park whose direction covers the node, else looks through the register."""
    label = survey.facts.things[iri]
    parks = survey.carriers(iri)
    parks = sorted((c for c in parks if c.status != "target"), key=lambda c: c.status != "existing")
    if parks:
        # One that is only planned has no firms to ask about yet, but an office that plans it.
        zh, en = ("", "") if parks[0].status == "existing" else ("（规划中）", " (planned)")
        park = parks[0].subject
        return Words(
            f"向{survey.label(park, 'zh')}{zh}核对入园企业名录，再查市级企业名录；结果用 kg confirm 记录。",
            f"Ask {survey.label(park, 'en')}{en} for its list of firms, then search the city's register; record it with kg confirm.",
        )
    return Words(
        f"查市级企业名录与统计名录中经营“{label.label('zh')}”的企业，必要时走访；结果用 kg confirm 记录。",
        f'Search the city\'s register of firms for "{label.label("en")}", visit if needed; record it with kg confirm.',
    )


RULE = Rule(
    "a",
    "no-actor",
    Words("未见主体", "no actor"),
    Words(
        "未见或确认无，以及查过哪些来源",
        "unseen or confirmed absent, and which sources were searched",
    ),
    find,
)
