"""What a completeness statement says, when it counts, and what keeps a record from being one."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pyoxigraph as ox

from kg.vocab import PREFIXES
from kg.words import Words

Verdict = Literal["absent", "present"]
State = Literal["valid", "expired", "partial", "future"]
# The place whose world an absence closes.
CITY = PREFIXES["actor"] + "shaoguan"


@dataclass(frozen=True)
class Statement:
    """What one check of the node `scope` (IRI) found: `verdict` in `region` (IRI), how, by whom, when, until when.

    `firm` (present only) is the name or the IRI of the firm found; `path` the file it stands in.
    """

    id: str
    scope: str
    verdict: Verdict
    region: str
    method: str
    by: str
    checked_on: date
    valid_until: date
    firm: str = ""
    note: str = ""
    path: str = ""

    def state(self, today: date) -> State:
        """How it stands on `today`; "partial" is an absence in a place smaller than the city."""
        if today > self.valid_until:
            return "expired"
        if today < self.checked_on:
            return "future"
        return "partial" if self.verdict == "absent" and self.region != CITY else "valid"

    def valid(self, today: date) -> bool:
        """Whether it counts for the city on `today`, first and last day included. A partial absence never does."""
        return self.state(today) == "valid"


def make_statement(
    scope: str,
    verdict: Verdict,
    method: str,
    by: str,
    checked_on: date,
    valid_until: date,
    region: str = CITY,
    firm: str = "",
    note: str = "",
) -> Statement:
    """The statement with its id: 16 hex digits that change with what was checked, found where, how, when, by whom."""
    s = Statement("", scope, verdict, region, method, by, checked_on, valid_until, firm, note)
    return replace(s, id=id_of(s))


def id_of(s: Statement) -> str:
    """The id that belongs to what `s` says."""
    # Region and firm are in it: a walk through two parks, or one register with two firms, are two statements.
    said = (s.scope, s.verdict, s.checked_on.isoformat(), s.by, s.method, s.region, s.firm)
    # NUL cannot stand in any of them, so no two statements give one text.
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_NAMES = {
    "method": Words("核查方法", "the method"),
    "by": Words("核查人", "the person who checked"),
    "firm": Words("企业", "the firm"),
    "note": Words("备注", "the note"),
    "scope": Words("环节", "the node"),
    "region": Words("地区", "the region"),
}


def faults(s: Statement) -> Iterator[Words]:
    """What keeps `s` from being a statement, in words without a full stop."""
    for field in ("method", "by", "firm", "note"):
        text = getattr(s, field)
        zh, en = _NAMES[field]
        if field in ("method", "by") and not text.strip():
            yield Words(f"缺少{zh}", f"{en} is missing")
        # What no terminal, workbook or page can show; line breaks and tabs are text.
        for c in text:
            if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t":
                code = f"U+{ord(c):04X}"
                yield Words(f"{zh}含有控制字符 {code}", f"{en} holds the control character {code}")
                break
    for field in ("scope", "region", "firm"):
        value = getattr(s, field)
        if (field != "firm" or is_iri(value)) and not _is_valid_iri(value):
            zh, en = _NAMES[field]
            yield Words(f"{zh}不是有效的代号", f"{en} is not a valid IRI")
    if s.valid_until < s.checked_on:
        yield Words(
            f"有效期至 {s.valid_until}，早于核查日 {s.checked_on}",
            f"it ends on {s.valid_until}, before the check on {s.checked_on}",
        )
    if s.verdict == "present" and not s.firm.strip():
        yield Words("结论为“有”时须写明企业", "a present verdict names the firm")
    if s.verdict == "absent" and s.firm:
        yield Words("结论为“确认无”时不写企业", "an absent verdict names no firm")


def is_iri(firm: str) -> bool:
    """Whether a statement's firm is meant as an IRI, and not as a name."""
    return firm.startswith(("http://", "https://"))


def _is_valid_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
