"""What all pages of one language share: the ground they stand on, labels, links, words."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache, cached_property
from typing import Any

from kg.assets import folder
from kg.chain import WORDS
from kg.errors import KgError
from kg.gaps import POSITIONS, RULES
from kg.gaps.telling import Teller
from kg.paint import SEMICOLON, STATUS_WORDS, Words, escaped
from kg.site.ground import Ground
from kg.vocab import address_of, page_of
from kg.words import LANGS
from kg.words import Words as Both


@cache
def page_words() -> dict[str, dict[str, Any]]:
    """The texts of viz/words/*.toml by language. KgError where two files name one word."""
    found: dict[str, dict[str, Any]] = {lang: {} for lang in LANGS}
    for path in sorted((folder("viz") / "words").glob("*.toml")):
        for lang, words in tomllib.loads(path.read_text("utf-8")).items():
            if twice := found[lang].keys() & words.keys():
                name = min(twice)
                raise KgError(
                    Both(
                        f"{path}：词条 {name} 在另一个文件里已有。",
                        f"{path}: {name} stands in another file too.",
                    ),
                    Both("请改名或删去一处。", "Rename it or delete one of them."),
                )
            found[lang].update(words)
    return found


class Atlas:
    """One ground, ready to be shown in one language; `langs` are all the languages of the site."""

    def __init__(self, ground: Ground, lang: str, langs: tuple[str, ...] = ()) -> None:
        self.ground, self.lang, self.langs = ground, lang, langs or (lang,)
        self.document, self.quotes = ground.document, ground.quotes
        self.facts, self.survey = ground.facts, ground.survey
        self.chains, self.core, self.home = ground.chains, ground.core, ground.home
        self.t = page_words()[lang]
        self.presences: dict[str, str] = {p: w.pick(lang) for p, w in WORDS.items()}
        self.labels = ground.labels[lang]
        self.words = Words(self.facts, lang, self.labels)
        self.teller = Teller(self.survey, RULES, self.labels, lang)
        self.gaps, self.found, self.cards = ground.gaps, ground.found, ground.cards
        self.rules_at, self.problems = ground.rules_at, ground.problems

    @cached_property
    def safe_words(self) -> dict[str, Any]:
        """The texts that all pages share, safe for HTML: what `kg.paint.fragment` takes."""
        found: dict[str, Any] = escaped({
            "t": self.t,
            "lang": self.lang,
            "presence_words": self.presences,
            "status_words": STATUS_WORDS[self.lang],
            "semicolon": SEMICOLON[self.lang],
        })
        return found

    @property
    def folder(self) -> str:
        """Where the pages of this language lie, from the site's root: the first language at the root itself."""
        return "" if self.lang == self.langs[0] else self.lang + "/"

    @property
    def as_of(self) -> str:
        """The day and the number of sources that every count of a page holds for."""
        day, read = self.survey.today.isoformat(), len(self.survey.sources)
        return f"{self.t['up_to']} {day} · {read} {self.t['sources_read']}"

    def ways(self, path: str) -> dict[str, str]:
        """How the page at `path` (from the language's folder) reaches others.

        `root`: the folder of its language; `top`: the site's root, where assets/ lies; `twin`: the same page in the
        other language, "" where the site has one language.
        """
        root = "../" * path.count("/")
        top = root + "../" * self.folder.count("/")
        other = next((x for x in self.langs if x != self.lang), "")
        twin = top + ("" if other == self.langs[0] else other + "/") + path if other else ""
        return {"root": root, "top": top, "twin": twin}

    def page(self, iri: str) -> str:
        """The address of a thing's page from the language's folder."""
        return address_of(iri)

    def chain_path(self, industry: str) -> str:
        """The path of a chain's matrix from the language's folder, without ending."""
        return "chain/" + self.key(industry)

    def key(self, iri: str) -> str:
        """The last part of a thing's page: what addresses it inside a page."""
        return page_of(iri).rpartition("/")[2]

    def card(self, iri: str) -> str:
        """The path of a thing's gap card from the language's folder, "" where it has none."""
        return self.ground.card(iri)

    def name(self, iri: str) -> str:
        """The name of anything a finding is about: a firm that only a check names is no thing of the graph."""
        return self.survey.label(iri, self.lang)

    def named(self, iri: str, root: str) -> str:
        """The address of a thing's page, "" for what is no thing of the graph."""
        return root + self.page(iri) if iri in self.facts.things else ""

    def tally(self, industry: str) -> Counter[str]:
        """How many findings of each rule a chain has."""
        return self.ground.tallies.get(industry, Counter())

    def position(self, iri: str) -> str:
        """The word for where a missing node stands between actors, "" for any other."""
        node = self.survey.nodes.get(iri)
        if node is None or not node.leaf or node.presence not in ("unseen", "absent"):
            return ""
        return POSITIONS[self.survey.position(iri, True)].pick(self.lang)

    def node_words(self, iri: str, root: str) -> dict[str, str]:
        """What a panel adds for a node: what its presence rests on, its position, and its card."""
        card = self.card(iri)
        return {
            "means": self.teller.means(iri),
            "position": self.position(iri),
            "gap": root + card if card else "",
        }
