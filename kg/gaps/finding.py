"""What a gap rule returns: a finding that carries its formula, its claims and what would overturn it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.facts import Claim
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps.survey import Survey

# The version of the method: raised when a rule gives another answer on the same data.
VERSION = "1"
POSITIONS: dict[str, Words] = {
    "break": Words("断点", "break in the chain"),
    "no-upstream": Words("缺上游", "no upstream"),
    "extendable": Words("可延链", "can be extended"),
    "isolated": Words("整链未见", "whole chain unseen"),
}

# Chinese characters and their punctuation.
_WIDE = "[\u2018-\u201d\u3000-\u9fff\uff00-\uffef]"


@dataclass(frozen=True, slots=True)
class Interval:
    """A count that is certain (`low`) and one that is possible (`high`), of `n`; `of` says what is counted.

    Counts may be halves where a cost counts a possible node half.
    """

    low: float
    high: float
    n: int
    of: Words

    def text(self, lang: str) -> str:
        """In words, never a bare share: "3 至 60，共 100 个末级节点"."""
        low, high = (f"{round(x, 2):g}" for x in (self.low, self.high))
        if lang == "en":
            return f"{low} to {high} of {self.n} {self.of.en}"
        return f"{low} 至 {high}，共 {self.n} {self.of.zh}"

    def as_json(self, lang: str) -> dict[str, Any]:
        """low, high, n and what is counted."""
        return {"low": self.low, "high": self.high, "n": self.n, "of": self.of.pick(lang)}


@dataclass(frozen=True, slots=True)
class Gap:
    """One finding of a rule about one node (or one actor). `details` holds the rule's own values, ready for JSON.

    `claims` are all claims it rests on; `edges` the supply claims it walked along, so that every result can say how
    many of them are domain knowledge. `chain` is the industry's IRI, `node` the IRI of what the finding is about.
    """

    rule: str
    chain: str
    node: str
    presence: str
    position: str
    interval: Interval
    what: Words
    overturned_by: Words
    next_check: Words
    claims: tuple[Claim, ...] = ()
    edges: tuple[Claim, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def id(self) -> str:
        """Rule letter and 8 hex digits of the SHA-256 of rule, node and key: the same while the data around changes."""
        text = "\n".join((self.rule, self.node, self.key))
        return f"{self.rule}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    @property
    def domain_edges(self) -> int:
        """How many of its supply edges are knowledge of the field and not the plan's."""
        return sum(e.origin == "domain" for e in self.edges)


@dataclass(frozen=True)
class Rule:
    """One rule of the method: `find` is its function, whose docstring is the rule's text on the method page."""

    id: str
    name: str
    title: Words
    tells: Words
    find: Callable[[Survey], Iterable[Gap]]

    @property
    def definition(self) -> Words:
        """The docstring of `find`: its Chinese paragraphs and its English ones."""
        return _definition(self.find.__doc__ or "")


@cache
def _definition(text: str) -> Words:
    """The paragraphs of a docstring by language: every card shows one."""
    parts = [" ".join(p.split()) for p in text.split("\n\n")]
    chinese = [p for p in parts if any("\u4e00" <= c <= "\u9fff" for c in p)]
    english = [p for p in parts if p and p not in chinese]
    # Chinese has no blank where a line of the docstring ends.
    return Words(
        re.sub(f"(?<={_WIDE}) (?={_WIDE})", "", "\n".join(chinese)),
        "\n".join(english),
    )
