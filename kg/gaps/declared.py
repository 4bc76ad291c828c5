"""Rule d: what the plan declares as a target, and no source names an actor for."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import Claim
from kg.gaps.finding import Gap, Rule
from kg.gaps.no_actor import next_check
from kg.gaps.survey import ANY, CERTAIN, Survey
from kg.gaps.wishes import WISH_WORDS, wanted_from, wish, wish_at_group
from kg.words import Words

# What a verb asks for (method page): somebody must come, a technology is missing, or it is only watched.
ASKS = {
    "recruit": ("recruit", Words("找目标企业", "find the firm to recruit")),
    "breakthrough": ("technology", Words("揭榜挂帅或对接院所", "open a call or find an institute")),
    "develop": ("develop", Words("培育或扩建", "grow what is here, or recruit")),
    "build": ("develop", Words("落实建设主体", "find who builds it")),
    "support": ("develop", Words("落实受支持的主体", "find whom the support is for")),
    "opportune": ("watch", Words("观察", "watch")),
    "explore": ("watch", Words("观察", "watch")),
}


def find(survey: Survey) -> Iterable[Gap]:
    """规划以动词声明要做、而节点属于 M（未见或确认无）的目标，按最强的动词归类：引进→招引，突破、攻关→技术，重点发展、建设、
    支持→发展，择机发展、探索→观察。对整个环节提出的目标，在该环节全部节点未见主体时计入。

    Targets that the plan declares by a verb while the node is in M (unseen or absent), sorted by the strongest verb:
    recruit → recruit; breakthrough → technology; develop, build, support → develop; opportune, explore → watch. A
    target for a whole segment counts where none of its nodes has an actor.
    """
    facts = survey.facts
    rows: list[tuple[str, str, tuple[str, list[Claim]]]] = [
        (n.iri, n.presence, wish(n)) for n in survey.missing
    ]
    rows += [
        (n.iri, n.presence, wish(n))
        for chain in survey.selected.values()
        for n in chain.nodes.values()
        if not n.leaf
        and n.presence not in (CERTAIN, ANY)
        and (not survey.within or n.iri in survey.within)
    ]
    for chain in survey.selected.values():
        for segment in chain.segments:
            inside = not survey.within or segment in survey.within
            state = survey.strength(segment) if inside and segment in facts.things else CERTAIN
            if state not in (CERTAIN, ANY):
                rows.append((segment, state, wish_at_group(facts, segment)))
    for iri, presence, (verb, claims) in rows:
        if not verb:
            continue
        kind, ask = ASKS[verb]
        printed = list(dict.fromkeys(w for c in claims for w in c.wordings))
        label = Words(survey.label(iri, "zh"), survey.label(iri, "en"))
        said = f"（原文“{'、'.join(printed)}”）" if printed else ""
        industry = survey.chain_of[iri]
        yield Gap(
            "d",
            industry,
            iri,
            presence,
            survey.position(iri, True) if iri in survey.nodes else "",
            survey.completeness(industry),
            Words(
                f"规划对“{label.zh}”的提法为{WISH_WORDS[verb].zh}{said}，来源中未见主体：{ask.zh}。",
                f'The plan wants to {WISH_WORDS[verb].en} "{label.en}" and no source names an actor: {ask.en}.',
            ),
            Words(
                "来源写明已有主体，或目标已被撤回或完成。",
                "A source that names an actor, or a target that was withdrawn or reached.",
            ),
            next_check(survey, iri),
            tuple(claims),
            tuple(survey.edge_claims(iri)),
            {
                "verb": verb,
                "verb_word": WISH_WORDS[verb]._asdict(),
                "printed": printed,
                "asks": kind,
                "from": wanted_from(facts, iri, claims),
            },
        )


RULE = Rule(
    "d",
    "declared",
    Words("声明目标未见主体", "declared target without actor"),
    Words(
        "招引目标企业、揭榜挂帅，还是观察",
        "whom to recruit, which technology to call for, what to watch",
    ),
    find,
)
