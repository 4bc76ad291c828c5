"""Rule e: nodes with actors that no platform serves, by kind; and platforms whose nodes have no actor."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import Claim, unique
from kg.gaps.finding import Gap, Interval, Rule
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.words import Words

KINDS: dict[str, Words] = {
    "rd": Words("研发", "R&D"),
    "testing": Words("检测", "testing"),
    "pilot": Words("中试", "pilot"),
    "public": Words("公共服务", "public service"),
    "incubation": Words("孵化", "incubation"),
}
SERVED = Words("类平台服务该节点或其所在组", "kinds of platform serve the node or its group")
OCCUPIED = Words("个所服务节点有主体", "nodes it serves have an actor")


def find(survey: Survey) -> Iterable[Gap]:
    """有主体（有或或有）的末级节点，逐类看是否有平台服务于它或它所在的组：研发、检测、中试、公共服务、孵化。确定口径只计现有、
    服务于节点或组的平台；可能口径再计在建的和面向整个产业的。只有规划或目标的，列为“仅规划”。反向：现有平台所服务的节点
    全部未见主体。

    Leaves with an actor (present or possible), and for each kind whether a platform serves the node or its group:
    R&D, testing, pilot, public service, incubation. Certain: existing platforms of the node or group; possible: those
    underway and those of the industry as a whole too. What is only planned or a target is listed as planned only. The
    reverse: existing platforms all of whose nodes have no actor.
    """
    for industry, chain in survey.selected.items():
        for node in chain.leaves():
            if node.presence not in (CERTAIN, ANY):
                continue
            sure, maybe, planned, claims = _served(survey, node.iri)
            lacking = [k for k in KINDS if k not in sure and k not in maybe]
            if not lacking:
                continue
            label = node.thing
            only = [k for k in lacking if k in planned]
            zh = "、".join(KINDS[k].zh + ("（仅规划）" if k in only else "") for k in lacking)
            en = ", ".join(KINDS[k].en + (" (planned only)" if k in only else "") for k in lacking)
            yield Gap(
                "e",
                industry,
                node.iri,
                node.presence,
                "",
                Interval(len(sure), len(sure | maybe), len(KINDS), SERVED),
                Words(
                    f"“{label.label('zh')}”及其所在组未见这几类平台：{zh}。",
                    f'No platform of these kinds is seen for "{label.label("en")}" or its group: {en}.',
                ),
                Words(
                    "来源写明某平台服务该节点或该组。",
                    "A source that names a platform serving the node or its group.",
                ),
                Words(
                    "向科技主管部门核对平台名录；对接可服务该环节的院所。",
                    "Check the science bureau's list of platforms; look for an institute of this field.",
                ),
                unique([*claims, *node.present, *node.possible]),
                details={
                    "lacking": lacking,
                    "planned_only": only,
                    "served": sorted(sure, key=list(KINDS).index),
                    "possibly_served": sorted(maybe - sure, key=list(KINDS).index),
                    "platforms": list(dict.fromkeys(c.subject for c in claims)),
                },
            )
    yield from _idle(survey)


def _served(survey: Survey, iri: str) -> tuple[set[str], set[str], set[str], list[Claim]]:
    """Kinds of platform that serve the node for certain, possibly, and by plan only; with the claims."""
    sure: set[str] = set()
    maybe: set[str] = set()
    planned: set[str] = set()
    claims: list[Claim] = []
    for at in (iri, *survey.facts.ancestors(iri)):
        for claim in survey.supporters.get(at, ()):
            kinds = {
                k.rpartition("/")[2] for k in survey.facts.things[claim.subject].kinds
            } & KINDS.keys()
            if not kinds:
                continue
            claims.append(claim)
            if claim.status in ("planned", "target"):
                planned |= kinds
            elif claim.status == "existing" and at not in survey.chains:
                sure |= kinds
            else:
                maybe |= kinds
    return sure, maybe - sure, planned - sure - maybe, claims


def _idle(survey: Survey) -> Iterable[Gap]:
    per: dict[str, list[Claim]] = {}
    for claims in survey.supporters.values():
        for claim in claims:
            platform = survey.facts.things[claim.subject]
            if (
                claim.status == "existing"
                and not platform.generic
                and claim.object not in survey.chains
            ):
                per.setdefault(claim.subject, []).append(claim)
    for iri in sorted(per, key=survey.facts.order):
        served = list(dict.fromkeys(c.object for c in per[iri]))
        states = [survey.strength(i) for i in served]
        if (
            any(s in (CERTAIN, ANY) for s in states)
            or survey.chain_of[served[0]] not in survey.selected
        ):
            continue
        names = survey.names(served[:5])
        yield Gap(
            "e",
            survey.chain_of[served[0]],
            iri,
            "",
            "",
            Interval(0, 0, len(served), OCCUPIED),
            Words(
                f"平台“{survey.label(iri, 'zh')}”所服务的节点均未见主体：{names.zh}。",
                f'No node that the platform "{survey.label(iri, "en")}" serves has an actor: {names.en}.',
            ),
            Words(
                "来源写明有企业使用该平台，或所服务的节点有了主体。",
                "A source that names a firm using it, or an actor at one of its nodes.",
            ),
            Words(
                f"向{survey.label(iri, 'zh')}了解服务过的企业。",
                f"Ask {survey.label(iri, 'en')} which firms it has served.",
            ),
            tuple(per[iri]),
            details={"nodes": served, "idle": True},
            key="idle",
        )


RULE = Rule(
    "e",
    "innovation",
    Words("创新缺口", "innovation gap"),
    Words("对接院所与平台", "which institute or platform to find"),
    find,
)
