"""How the gap card writes: names, claims, actors and supply edges as lines, punctuated as its language is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import NamedTuple, cast

from kg.chain import WORDS, Node, Presence, group_claims
from kg.citation import Document
from kg.facts import Claim, unique
from kg.gaps.feasibility import Skills
from kg.gaps.finding import Gap
from kg.gaps.survey import Survey, firm_iri
from kg.gaps.telling import Teller
from kg.gaps.wishes import wish_at_group
from kg.words import Words

_STATUS = {
    "existing": Words("现有", "existing"),
    "underway": Words("在建在研", "underway"),
    "planned": Words("规划", "planned"),
    "target": Words("目标", "target"),
}
_PLAN, _DOMAIN = Words("规划", "the plan"), Words("行业常识", "domain knowledge")


class Field(NamedTuple):
    """One field of the card: key, title, and its lines in the teller's language; `iris` are the things it names."""

    key: str
    title: Words
    lines: tuple[str, ...]
    iris: tuple[str, ...] = ()


class Writer:
    """Writes the lines of one card in the teller's language.

    `survey` is the teller's; where the finding is about a group, one in which that group can be asked like a node.
    """

    def __init__(
        self, teller: Teller, gap: Gap, document: Document | None, skills: Skills | None
    ) -> None:
        self.t, self.gap, self.document, self.lang = teller, gap, document, teller.lang
        self.skills = skills or Skills(teller.survey)
        self.survey = _with_group(teller.survey, gap.node)

    @property
    def none(self) -> str:
        """What is said where nothing is known."""
        return self.say("来源中未见", "none seen in the sources")

    def say(self, zh: str, en: str) -> str:
        """The text in the card's language."""
        return en if self.lang == "en" else zh

    def pair(self, head: str, rest: str) -> str:
        """`head` with what it introduces."""
        return self.say(f"{head}：{rest}", f"{head}: {rest}")

    def aside(self, text: str) -> str:
        """`text` in brackets, as it follows a word; "" for no text."""
        return self.say(f"（{text}）", f" ({text})") if text else ""

    def row(self, words: Iterable[str]) -> str:
        """Words in a row."""
        return self.say("、", ", ").join(words)

    def parts(self, words: Iterable[str]) -> str:
        """Parts of a sentence in a row."""
        return self.say("；", "; ").join(words)

    def names(self, iris: Iterable[str]) -> str:
        """The names of things in a row."""
        return self.row(self.t.label(i) for i in iris)

    def places(self, claims: Iterable[Claim]) -> str:
        """The places of claims in a row."""
        return self.parts(self.t.places(claims))

    def claims(self, claims: Iterable[Claim]) -> list[str]:
        """A line for each claim with its places; and the passage, once, where the document is at hand."""
        lines: list[str] = []
        passages = self.survey.facts.passages
        quoted: set[str] = set()
        for c in unique(claims):
            said = f"{self.t.label(c.subject)} {self.t.label(c.predicate)} {self.t.label(c.object)}"
            about = self.places([c]) or c.basis.pick(self.lang)
            said += self.aside(self.status(c))
            lines.append(self.pair(said, about) if about else said)
            for source in c.sources:
                if self.document is None or source in quoted or source not in passages:
                    continue
                quoted.add(source)
                if text := self.document.quote(passages[source]):
                    lines.append(f"“{text}”")
        return lines

    def status(self, claim: Claim) -> str:
        """The status and level of a claim in words."""
        if claim.origin == "domain":
            return _DOMAIN.pick(self.lang)
        word = _STATUS[claim.status].pick(self.lang)
        return word + (self.say("，组级", ", group level") if claim.level == "group" else "")

    def edges(self, claims: Iterable[Claim]) -> list[str]:
        """A line for each supply edge: the plan's with its place, the field's with its basis."""
        lines = []
        for c in unique(claims):
            domain = c.origin == "domain"
            word = _DOMAIN if domain else _PLAN
            behind = (
                c.basis.pick(self.lang) if domain else self.places([c]) or c.basis.pick(self.lang)
            )
            said = f"{self.t.label(c.subject)} → {self.t.label(c.object)}"
            lines.append(self.pair(said, word.pick(self.lang) + self.aside(behind)))
        return lines

    def found(self) -> list[str]:
        """A line for each check that found the firm which the finding is about."""
        return [
            self.pair(self.t.label(n.iri), f"{s.checked_on} · {s.method} · {s.valid_until}")
            for n in self.survey.nodes.values()
            for s in n.checks
            if s.verdict == "present" and s.scope == n.iri and firm_iri(s.firm) == self.gap.node
        ]

    def actors(self, iri: str) -> tuple[list[str], list[str]]:
        """The actors of a node, the certain and the merely possible ones, in the order of the text."""
        node = self.survey.nodes[iri]
        sure = self.survey.actors_of(iri, possible=False)
        maybe = self.survey.actors_of(iri, possible=True) - sure
        order = list(dict.fromkeys(c.subject for c in (*node.present, *node.possible)))
        return (
            [*(a for a in order if a in sure), *sorted(sure - set(order))],
            [a for a in order if a in maybe],
        )

    def presence_of(self, iri: str) -> list[str]:
        """The actors of a node by presence, each with the places of the claims and the checks that put them there.

        Where none is named but something is there, what its presence rests on.
        """
        node = self.survey.nodes[iri]
        lines = []
        for state, who, rows in zip(
            ("present", "possible"),
            self.actors(iri),
            (node.present, (*node.present, *node.possible)),
            strict=True,
        ):
            if not who:
                continue
            behind = self.t.places(c for c in rows if c.subject in who)
            behind += [
                f"{s.checked_on} · {s.method}"
                for s in node.checks
                if s.verdict == "present" and state == "present" and firm_iri(s.firm) in who
            ]
            lines.append(
                self.pair(self.word(state), self.names(who) + self.aside(self.parts(behind)))
            )
        if not lines and node.presence in ("present", "possible"):
            cited = self.places((*node.present, *node.possible))
            word, means = self.word(node.presence), self.t.means(iri)
            lines.append((self.pair(word, means) if means else word) + self.aside(cited))
        return lines

    def word(self, presence: str) -> str:
        """The word for a presence."""
        return WORDS[cast("Presence", presence)].pick(self.lang)

    def below(self, iri: str) -> list[str]:
        """The nodes below a group, a line for each presence with their number."""
        inside = [i for i in self.survey.facts.below(iri) if i in self.survey.nodes]
        lines = []
        for state, word in WORDS.items():
            rows: Sequence[str] = [i for i in inside if self.survey.nodes[i].presence == state]
            if rows:
                head = word.pick(self.lang) + self.aside(f"n={len(rows)}")
                lines.append(self.pair(head, self.names(rows)))
        return lines


def _with_group(survey: Survey, iri: str) -> Survey:
    """`survey`, or where `iri` is a segment or industry a view of it in which the group counts as a node too."""
    if iri in survey.nodes or iri not in survey.chain_of:
        return survey
    facts = survey.facts
    # Who is in a node below is in the group.
    inside = [survey.nodes[i] for i in facts.below(iri) if i in survey.nodes]
    group = Node(
        facts.things[iri],
        iri,
        "",
        leaf=False,
        presence=cast("Presence", survey.strength(iri)),
        present=list(unique(c for n in inside for c in n.present)),
        possible=list(
            unique([*group_claims(facts, iri), *(c for n in inside for c in n.possible)])
        ),
        wishes=list(wish_at_group(facts, iri)[1]),
        checks=[s for n in inside for s in n.checks if s.verdict == "present"],
    )
    # What is read once is read before the view is taken, so that both share it.
    _ = survey.network, survey.supply, survey.researchers, survey.supporters
    view = copy(survey)
    view.nodes = {**survey.nodes, iri: group}
    return view
