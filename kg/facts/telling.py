"""A claim in the one JSON form that every command gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.citation import Passage
from kg.facts.values import Claim
from kg.vocab import compact


def claim_json(
    claim: Claim, label: Callable[[str], str], passages: Mapping[str, Passage], lang: str
) -> dict[str, Any]:
    """`claim` as documented (docs/schemas): what it says, how sure it is, and its citations in the order given."""
    return {
        "id": claim.id,
        "subject": claim.subject,
        "subject_label": label(claim.subject),
        "predicate": compact(claim.predicate),
        "predicate_label": label(claim.predicate),
        "object": claim.object,
        "object_label": label(claim.object),
        "status": claim.status,
        "level": claim.level,
        "verb": list(claim.wordings),
        "role": [label(r) for r in claim.roles],
        "origin": claim.origin or "plan",
        "basis": {"zh": claim.basis.zh, "en": claim.basis.en} if claim.origin else None,
        "citation": [passages[s].as_json(lang) for s in claim.sources if s in passages],
    }
