"""Findings as JSON and as rows: the one form that commands, pages and workbooks share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from kg.chain import PLACES, WORDS
from kg.facts import Claim, claim_json
from kg.gaps.finding import POSITIONS, VERSION, Gap, Rule
from kg.gaps.survey import Survey, firm_iri
from kg.words import Words

HEAD = Words(
    "编号,规则,链,节点,有无,位置,区间,结论",
    "id,rule,chain,node,presence,position,interval,finding",
)
MORE = Words(
    "有无依据,供给关系,其中行业常识,什么会推翻它,下一步核验,出处,已查来源",
    "presence means,supply edges,of these domain knowledge,overturned by,next check,places,sources searched",
)


class Teller:
    """Tells findings in one language. `labels` name what is no thing: predicates and roles."""

    def __init__(
        self, survey: Survey, rules: Mapping[str, Rule], labels: Mapping[str, str], lang: str
    ) -> None:
        self.survey, self.rules, self.lang, self._labels = survey, rules, lang, labels
        # The rules that were asked for; all unless a command says otherwise.
        self.asked: Sequence[str] = list(rules)

    @cached_property
    def computed(self) -> dict[str, Any]:
        """On which day, by which version of the method, and for what the findings were asked for."""
        survey = self.survey
        return {
            "on": survey.today.isoformat(),
            "version": VERSION,
            "rules": list(self.asked),
            "chains": sorted(survey.selected),
            "within": sorted(survey.within),
            "plan_only": survey.plan_only,
            "weights": survey.weights or None,
            "seed": survey.seed,
        }

    def about(self, survey: Survey) -> Teller:
        """The teller of another survey of the same graph."""
        return Teller(survey, self.rules, self._labels, self.lang)

    def label(self, iri: str) -> str:
        """The name of a thing, predicate or role."""
        thing = self.survey.facts.things.get(iri)
        return (
            thing.label(self.lang)
            if thing
            else self._labels.get(iri) or self.survey.label(iri, self.lang)
        )

    def claim(self, claim: Claim) -> dict[str, Any]:
        """A claim with its citations."""
        return claim_json(claim, self.label, self.survey.facts.passages, self.lang)

    def sources(self) -> list[str]:
        """The names of the documents that were read."""
        return [s.pick(self.lang) for s in self.survey.sources]

    def meaning(self, gap: Gap) -> str:
        """What the presence rests on, in the fixed words of the method page; "" for a finding about no node."""
        return self.means(gap.node)

    def means(self, iri: str) -> str:
        """What the presence of the node `iri` rests on, in the fixed words; "" for what is no node."""
        node = self.survey.nodes.get(iri)
        n = len(self.survey.sources)
        unseen = Words(f"已收录 {n} 个来源中未见", f"unseen in the {n} source(s) read").pick(
            self.lang
        )
        if node is None:
            seen = iri in self.survey.chain_of and self.survey.strength(iri)
            return unseen if seen == "unseen" else ""
        if node.presence == "absent":
            last = max(
                (s for s in node.checks if s.verdict == "absent"), key=lambda s: s.checked_on
            )
            return Words(
                f"核查于 {last.checked_on} · {last.method} · 有效至 {last.valid_until}",
                f"checked on {last.checked_on} · {last.method} · valid until {last.valid_until}",
            ).pick(self.lang)
        if node.presence == "possible":
            return _possible(self.survey, node.possible).pick(self.lang)
        if node.presence == "present":
            claims = [c for c in node.present if c.sources]
            places = self.places(claims[:1])
            if places:
                return places[0]
            checks = [s for s in node.checks if s.verdict == "present"]
            found = max(checks, key=lambda s: s.checked_on, default=None)
            firm = self.survey.label(firm_iri(found.firm), self.lang) if found else ""
            return f"{found.checked_on} · {found.method} · {firm}" if found else ""
        return unseen

    def places(self, claims: Iterable[Claim]) -> list[str]:
        """The places of claims in words, in the order of the text, each once."""
        passages = self.survey.facts.passages
        found = {s for c in claims for s in c.sources if s in passages}
        return list(
            dict.fromkeys(
                passages[s].place(self.lang) for s in sorted(found, key=lambda s: passages[s].start)
            )
        )

    def join(self, parts: Iterable[str]) -> str:
        """Parts of a list in one cell, with the language's own mark between them."""
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def presence(self, gap: Gap) -> str:
        """The word for the presence, "" for a finding about no node."""
        return WORDS[gap.presence].pick(self.lang) if gap.presence else ""  # type: ignore[index]

    def position(self, gap: Gap) -> str:
        """The word for the position, "" where the rule gives none."""
        return POSITIONS[gap.position].pick(self.lang) if gap.position else ""

    def gap(self, gap: Gap) -> dict[str, Any]:
        """The documented JSON of a finding (docs/schemas/gaps.schema.json)."""
        rule = self.rules[gap.rule]
        thing = self.survey.facts.things.get(gap.node)
        return {
            "id": gap.id,
            "rule": gap.rule,
            "rule_name": rule.name,
            "formula": rule.definition.pick(self.lang),
            "chain": gap.chain,
            "chain_label": self.label(gap.chain),
            "node": gap.node,
            "label": self.label(gap.node),
            "kind": thing.kind if thing else "",
            "presence": gap.presence or None,
            "presence_word": self.presence(gap) or None,
            "presence_means": self.meaning(gap) or None,
            "position": gap.position or None,
            "position_word": self.position(gap) or None,
            "interval": gap.interval.as_json(self.lang),
            "finding": gap.what.pick(self.lang),
            "claims": [self.claim(c) for c in gap.claims],
            "edges": [self.claim(c) for c in gap.edges],
            "domain_edges": gap.domain_edges,
            "sources": self.sources(),
            "overturned_by": gap.overturned_by.pick(self.lang),
            "next_check": gap.next_check.pick(self.lang),
            "details": gap.details,
            "computed": self.computed,
        }

    def head(self, full: bool) -> list[str]:
        """The column names of `row`."""
        names = HEAD.pick(self.lang) + ("," + MORE.pick(self.lang) if full else "")
        return names.split(",")

    def row(self, gap: Gap, full: bool) -> list[str]:
        """A finding as one row; with `full` also what it rests on, what would overturn it and its places."""
        cells = [
            gap.id,
            self.rules[gap.rule].title.pick(self.lang),
            self.label(gap.chain),
            self.label(gap.node),
            self.presence(gap),
            self.position(gap),
            gap.interval.text(self.lang),
            gap.what.pick(self.lang),
        ]
        if full:
            cells += [
                self.meaning(gap),
                str(len(gap.edges)),
                str(gap.domain_edges),
                gap.overturned_by.pick(self.lang),
                gap.next_check.pick(self.lang),
                self.join(self.places([*gap.claims, *gap.edges])),
                self.join(self.sources()),
            ]
        return cells


def _possible(survey: Survey, claims: Iterable[Claim]) -> Words:
    """Why a node is possible, by the strongest of its claims."""
    rows = list(claims)
    if any(c.level == "group" for c in rows):
        return Words("按产业组列名，未指明产品", "listed for the group, product not named")
    things = survey.facts.things
    if any(c.status == "existing" and things[c.subject].kind in PLACES for c in rows):
        return Words("来源写明本地有，未指明企业", "said of the place, no firm named")
    return Words("仅在建在研或规划", "only underway or planned")


def summary(survey: Survey, lang: str) -> list[str]:
    """One line for each chosen chain: the interval of completeness with n, and what the edges rest on."""
    n = len(survey.sources)
    lines = [
        Words(
            f"截至 {survey.today}，已收录 {n} 个来源，方法版本 {VERSION}。",
            f"As of {survey.today}, {n} source(s) read, method version {VERSION}.",
        ).pick(lang)
    ]
    for iri, chain in survey.selected.items():
        inside = {*chain.nodes, *chain.segments}
        edges = [c for c in survey.supply if c.subject in inside or c.object in inside]
        domain = sum(c.origin == "domain" for c in edges)
        name = Words(survey.label(iri, "zh"), survey.label(iri, "en"))
        span = survey.completeness(iri)
        lines.append(
            Words(
                f"{name.zh}：{span.text('zh')}；供给关系 {len(edges)} 条，其中行业常识 {domain} 条。",
                f"{name.en}: {span.text('en')}; {len(edges)} supply edges, {domain} of them domain knowledge.",
            ).pick(lang)
        )
    return lines
