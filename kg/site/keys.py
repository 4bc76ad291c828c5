"""What each page rests on, as a key: a page whose key is the same has the same bytes and is not made again.

A key takes in everything that its page is made of, and may take in more: then a page is made again for nothing, which
is slow and never wrong. A test changes the data at random and compares with a site that was built from nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import kg
from kg.assets import folder
from kg.chain import Chain
from kg.facts import Claim
from kg.gaps import RULES, Gap
from kg.gaps.telling import Teller
from kg.site.ground import Ground
from kg.site.passages import outline
from kg.vocab import page_of
from kg.words import LANGS


def digest(parts: Iterable[object]) -> str:
    """12 hex digits for the text of all `parts` in their order."""
    text = "\n".join(map(str, parts))
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def program() -> str:
    """The key of the program itself: its code, templates, words, styles, and the libraries that draw."""
    from importlib.metadata import version

    found = hashlib.blake2b(digest_size=6)
    for root in (Path(kg.__file__).parent, folder("viz")):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".md"):
                found.update(path.relative_to(root).as_posix().encode())
                found.update(path.read_bytes())
    for name in ("jinja2", "markupsafe", "openpyxl", "pypinyin", "pyvis"):
        found.update(version(name).encode())
    return found.hexdigest()


class Keys:
    """The keys of one ground. All of them hold for both languages: each takes in the texts of both."""

    def __init__(self, ground: Ground, langs: tuple[str, ...] = LANGS) -> None:
        self.ground = ground
        # Pages show the text as printed; the document's own digest is blind to white space and widths.
        document = ground.document.printed_sha256 if ground.document else ""
        places = [
            (p.iri, p.label, p.label_en, p.start, p.end) for p in ground.facts.passages.values()
        ]
        terms = [sorted(ground.labels[lang].items()) for lang in LANGS]
        # What every page shares.
        # A place is shown in the reading view: its address is on every page that cites it.
        addresses = sorted(outline(ground).addresses.items())
        self.base = digest([program(), langs, document, places, terms, addresses])
        self._claims: dict[int, str] = {}
        self._things: dict[str, str] = {}
        self._gaps: dict[int, str] = {}

    def claim(self, claim: Claim) -> str:
        """The key of a claim with the names of both its ends."""
        if (text := self._claims.get(id(claim))) is None:
            c = claim
            own = (
                c.predicate,
                c.status,
                c.level,
                c.wishes,
                c.wordings,
                c.roles,
                c.sources,
                c.origin,
            )
            text = digest([own, c.basis, self.name(c.subject), self.name(c.object)])
            self._claims[id(claim)] = text
        return text

    def name(self, iri: str) -> str:
        """What a link to a thing shows: address, names, class."""
        thing = self.ground.facts.things.get(iri)
        return f"<{iri}|{thing.zh}|{thing.en}|{thing.kind}>" if thing else f"<{iri}>"

    def thing(self, iri: str) -> str:
        """The key of a thing's own page, and of what a panel says of it."""
        if (key := self._things.get(iri)) is None:
            key = self._things[iri] = digest([self.base, *self._thing(iri)])
        return key

    def things(self, iris: Iterable[str]) -> str:
        """The key of what several things show."""
        return digest(map(self.thing, iris))

    def _thing(self, iri: str) -> Iterable[object]:
        ground, facts = self.ground, self.ground.facts
        yield facts.things[iri]
        for claims in (facts.outgoing, facts.incoming):
            yield from map(self.claim, claims.get(iri, ()))
        figures = facts.figures_of.get(iri, [])
        yield figures
        yield from (self.name(f.about) for f in figures)
        for iris in (facts.ancestors(iri), facts.children.get(iri, ()), facts.things[iri].see_also):
            yield from map(self.name, iris)
        yield ground.home.get(iri), iri in ground.chains, page_of(iri)
        yield ground.card(iri)
        node = ground.survey.nodes.get(iri)
        if node is not None:
            yield node.presence, node.stage, node.leaf, len(ground.survey.sources)
            yield node.checks
            yield from map(self.claim, (*node.present, *node.possible))
            if node.leaf and node.presence in ("unseen", "absent"):
                yield ground.survey.position(iri, True)

    def chain(self, chain: Chain) -> str:
        """The key of a chain's matrix, graph and panels."""
        ground = self.ground
        held = {*chain.nodes, *chain.segments, *chain.firms, chain.industry.iri}
        held |= {c.subject for claims in chain.supporters.values() for c in claims}
        # Firms that are named beside a group, or only planned, are drawn and told of too.
        held |= {c.subject for s in (chain.industry.iri, *chain.segments) for c in chain.listed(s)}
        held |= {c.subject for n in chain.nodes.values() for c in (*n.present, *n.possible)}
        return digest([
            self.base,
            ground.survey.today,
            sorted(ground.survey.sources),
            [self.thing(i) for i in sorted(held) if i in ground.facts.things],
            [(i, ground.rules_at.get(i)) for i in chain.nodes],
            sorted(ground.tallies.get(chain.industry.iri, {}).items()),
            [(n.iri, n.checks) for n in chain.nodes.values() if n.checks],
        ])

    def gap(self, gap: Gap) -> str:
        """The key of a finding with everything that its row and its card say of it."""
        # Digests are kept and not the texts: of a large city these are a tenth of all memory.
        if (key := self._gaps.get(id(gap))) is None:
            key = self._gaps[id(gap)] = digest(self._gap(gap))
        return key

    def _gap(self, gap: Gap) -> Iterable[str]:
        return (
            gap.id,
            self.name(gap.node),
            self.name(gap.chain),
            f"{gap.presence} {gap.position} {gap.interval}",
            f"{gap.what} {gap.overturned_by} {gap.next_check} {gap.details}",
            *map(self.claim, gap.claims),
            *map(self.claim, gap.edges),
        )

    def names(self) -> str:
        """The key of the search: names, classes, and the findings of every card."""
        ground, things = self.ground, self.ground.facts.things
        names = [
            (t.iri, t.zh, t.en, t.kind, t.kinds, t.alts, t.hidden)
            for _, t in sorted(things.items())
        ]
        cards = [(ground.card(i), [g.id for g in ground.found[i]]) for i in sorted(ground.cards)]
        return digest([self.base, *names, *cards, sorted(ground.chains)])

    def cards(self, iris: Iterable[str]) -> str:
        """The key of the cards of `iris`: their findings, and all fields of the card of the first finding.

        The fields are told in Chinese alone. Their English is made of the same things in the same order, so that the
        English names and bases of the whole graph stand for it.
        """
        ground = self.ground
        told: list[object] = [self.base, ground.survey.today, self._english]
        for iri in iris:
            told += map(self.gap, ground.found[iri])
            for field in ground.card_fields(self._teller, iri, keep=True):
                told += field.lines
                told += map(self.name, field.iris)
        return digest(told)

    @cached_property
    def _teller(self) -> Teller:
        return Teller(self.ground.survey, RULES, self.ground.labels["zh"], "zh")

    @cached_property
    def _english(self) -> str:
        facts = self.ground.facts
        names = [facts.things[i].en for i in sorted(facts.things)]
        sources = sorted(self.ground.survey.sources)
        return digest([*names, *(c.basis.en for c in facts.claims), *sources])

    @cached_property
    def found(self) -> str:
        """The key of everything that is made of the findings alone."""
        ground = self.ground
        sources = sorted(ground.survey.sources)
        nodes = ground.survey.nodes
        means = [(i, nodes[i].presence, nodes[i].checks) for i in sorted(nodes)]
        return digest([self.base, ground.survey.today, sources, means, *map(self.gap, ground.gaps)])

    @cached_property
    def everything(self) -> str:
        """The key of a page that may rest on any of the data."""
        facts, survey = self.ground.facts, self.ground.survey
        return digest([
            self.base,
            survey.today,
            sorted(survey.sources),
            survey.statements,
            self.found,
            *(facts.things[i] for i in sorted(facts.things)),
            *map(self.claim, facts.claims),
            *facts.figures,
        ])
